"""The list of actions."""

import copy
from datetime import date

import pytest
import time_machine

from meetings import publishing
from meetings.minutes.structure import Kind
from members.models import Membership
from tests import factories
from tests.pages import addresses_of, options_of, words_of

pytestmark = pytest.mark.django_db

TODAY = time_machine.travel(date(2026, 3, 2), tick=False)


@pytest.fixture(autouse=True)
def _today():
    with TODAY:
        yield


TEXTS = {"Ask the bus company", "Count the trees", "Write to Zed by Easter", "Secret errand", "Drafted errand"}


def found(response):
    words = words_of(response)
    return {text for text in TEXTS | {"Write to a member by Easter"} if text in words}


# The same rows for all these tests.
@pytest.fixture(scope="module", autouse=True)
@TODAY
def recorded(kept_group):
    """Public ones (overdue, done, one that names and belongs to somebody withheld), a confidential one, a draft."""
    council = factories.make_organisation("Elmbridge Council")
    quiet_house = factories.make_organisation("Quiet House")
    named = factories.make_person("Ada Birch", role="", on_behalf_of=council, email="ada@private.example")
    hidden = factories.make_person("Zed", role="", on_behalf_of=quiet_house, public_name="member")
    Membership.objects.create(person=hidden, organisation=kept_group, on_behalf_of=council)
    closed = factories.make_person("Carl Closed")
    drafter = factories.make_person("Dora Draft")
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    factories.make_action(
        "Ask the bus company", owners=[named, "IT it@private.example"], meeting=meeting, due_on=date(2026, 3, 1)
    )
    done = factories.make_action("Count the trees", owners=[named, hidden], meeting=meeting, due_text="till Zed goes")
    done.finish(now=factories.at(date(2026, 2, 14)), by=None)
    factories.make_action("Write to Zed by Easter", owners=[hidden], meeting=meeting, due_text="by Easter")
    factories.make_action("Secret errand", owners=[closed], meeting=meeting, line={"is_confidential": True})
    factories.make_minutes(meeting)
    draft = factories.make_meeting(on=date(2026, 2, 25))
    factories.make_action("Drafted errand", owners=[drafter], meeting=draft)
    factories.make_line(draft, "Trees counted.", kind=Kind.REVIEW, action=done)
    factories.make_minutes(draft, circulated=False)
    return {"named": named, "hidden": hidden, "council": council, "quiet_house": quiet_house, "draft": draft}


@pytest.fixture
def actions(recorded):
    return copy.deepcopy(recorded)


def test_it_shows_what_was_promised_and_how_it_stands(anonymous_client, actions):
    words = words_of(anonymous_client.get("/actions/"))
    assert (
        "A1 Ask the bus company Ada Birch and IT (address withheld) 1 March 2026 "
        "overdue since 1 March 2026 28 January 2026" in words
    )
    assert "A2 Count the trees Ada Birch and a member – done 14 February 2026 28 January 2026" in words
    assert "A3 Write to a member by Easter a member by Easter open 28 January 2026" in words
    assert "3 actions, the newest first" in words


def test_each_reader_sees_what_they_may(anonymous_client, member_client, secretary_client, actions):
    assert found(anonymous_client.get("/actions/")) == {
        "Ask the bus company",
        "Count the trees",
        "Write to a member by Easter",
    }
    assert found(member_client.get("/actions/")) == TEXTS - {"Drafted errand"}
    assert found(secretary_client.get("/actions/")) == TEXTS
    page = anonymous_client.get("/actions/").content.decode()
    assert {word for word in ("Zed", "private.example", "Carl", "Dora") if word in page} == set()


def test_rows_link_only_to_lines_that_the_reader_may_see(anonymous_client, member_client, secretary_client, actions):
    raised = {"/meetings/2026-01-28/#a1", "/meetings/2026-01-28/#a2", "/meetings/2026-01-28/#a3"}
    assert addresses_of(anonymous_client.get("/actions/"), "/meetings/") == raised
    assert addresses_of(member_client.get("/actions/"), "/meetings/") == raised | {"/meetings/2026-01-28/#a4"}
    heard = {"/meetings/2026-01-28/#a4", "/meetings/2026-02-25/#a5", "/meetings/2026-02-25/#a2"}
    assert addresses_of(secretary_client.get("/actions/"), "/meetings/") == raised | heard
    publishing.circulate(minutes=actions["draft"].minutes, now=factories.NOW)
    assert addresses_of(anonymous_client.get("/actions/?words=trees"), "/meetings/") == {
        "/meetings/2026-01-28/#a2",
        "/meetings/2026-02-25/#a2",
    }


@pytest.mark.parametrize(
    ("state", "texts"),
    [
        ("open", {"Ask the bus company", "Write to a member by Easter"}),
        ("overdue", {"Ask the bus company"}),
        ("done", {"Count the trees"}),
        ("dropped", set()),
    ],
)
def test_it_filters_by_state(anonymous_client, actions, state, texts):
    assert found(anonymous_client.get(f"/actions/?state={state}")) == texts


def test_it_filters_by_owner(anonymous_client, actions):
    page = anonymous_client.get(f"/actions/?person={actions['named'].pk}")
    assert found(page) == {"Ask the bus company", "Count the trees"}


def test_it_offers_each_reader_only_owners_whom_they_see(anonymous_client, member_client, secretary_client, actions):
    page = anonymous_client.get(f"/actions/?person={actions['hidden'].pk}")
    assert options_of(page, "person") == {"Ada Birch"}
    assert "Choose one of the people listed." in words_of(page)
    assert options_of(member_client.get("/actions/"), "person") == {"Ada Birch", "Zed", "Carl Closed"}
    assert options_of(secretary_client.get("/actions/"), "person") == {"Ada Birch", "Zed", "Carl Closed", "Dora Draft"}


def test_it_filters_by_the_owners_organisation(anonymous_client, actions):
    page = anonymous_client.get(f"/actions/?organisation={actions['council'].pk}")
    assert found(page) == {"Ask the bus company", "Count the trees"}
    assert "2 actions," in words_of(page)


def test_an_organisation_does_not_betray_a_withheld_owner(anonymous_client, member_client, actions):
    page = anonymous_client.get(f"/actions/?organisation={actions['quiet_house'].pk}")
    assert options_of(page, "organisation") == {"Elmbridge Council"}
    assert "Choose one of the organisations listed." in words_of(page)
    page = member_client.get(f"/actions/?organisation={actions['quiet_house'].pk}")
    assert options_of(page, "organisation") == {"Elmbridge Council", "Quiet House"}
    assert found(page) == {"Count the trees", "Write to Zed by Easter"}
    page = member_client.get(f"/actions/?organisation={actions['council'].pk}")
    assert found(page) == {"Ask the bus company", "Count the trees", "Write to Zed by Easter"}


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        ("bus ASK", {"Ask the bus company"}),
        ("trees", {"Count the trees"}),
        ("bus trees", set()),
        ("zed", set()),
        ("secret", set()),
        ("drafted", set()),
        ("b_s", set()),
        ("100%", set()),
    ],
)
def test_it_finds_words_that_the_public_reads(anonymous_client, actions, words, texts):
    page = anonymous_client.get("/actions/", {"words": words})
    assert found(page) == texts
    assert texts or "No action fits these filters." in words_of(page)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"state": "abc"}, "Choose one of the states listed."),
        ({"state": "open\x00"}, "Choose one of the states listed."),
        ({"person": "x" * 100_000}, "Choose one of the people listed."),
        ({"organisation": "\x00"}, "Null characters are not allowed."),
        ({"words": "\x00"}, "These words hold a character that no text has: leave it out."),
        ({"words": "w" * 100_000}, "Write at most 200 characters."),
    ],
)
def test_a_bad_filter_is_said_and_not_used(anonymous_client, actions, query, message):
    page = anonymous_client.get("/actions/", query)
    assert page.status_code == 200
    assert message in words_of(page)
    assert "3 actions," in words_of(page)
    assert f'aria-describedby="id_{next(iter(query))}_error"' in page.content.decode()


def test_it_is_only_read(anonymous_client):
    assert anonymous_client.post("/actions/").status_code == 405
