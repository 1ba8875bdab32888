"""The home page."""

from datetime import date

import pytest
import time_machine

from meetings import publishing
from tests import factories
from tests.pages import addresses_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(date(2026, 3, 2), tick=False):
        yield


def test_it_shows_the_next_meeting_and_those_after(anonymous_client, group):
    factories.make_meeting(on=date(2026, 3, 1))
    factories.make_meeting(on=date(2026, 3, 25), venue="Old Mill", host=factories.make_organisation())
    factories.make_meeting(on=date(2026, 5, 20), status="tentative")
    factories.make_meeting(on=date(2026, 4, 1), published=False)
    words = words_of(anonymous_client.get("/"))
    assert (
        "Next meeting Wednesday 25 March 2026 11:00 to 13:00 · Old Mill Hosted by Elmbridge Council "
        "Then: 20 May 2026 (provisional) Never miss a meeting" in words
    )


def test_it_says_that_the_next_meeting_is_provisional(anonymous_client, group):
    factories.make_meeting(on=date(2026, 3, 25), status="tentative", starts=None)
    words = words_of(anonymous_client.get("/"))
    assert "Next meeting Wednesday 25 March 2026 time to be announced Provisional Never miss" in words


def test_it_says_that_a_meeting_is_cancelled_and_which_is_next(anonymous_client, group):
    factories.make_meeting(on=date(2026, 3, 25), status="cancelled")
    factories.make_meeting(on=date(2026, 5, 20))
    words = words_of(anonymous_client.get("/"))
    assert "Next meeting Wednesday 20 May 2026 11:00 to 13:00 Cancelled the meeting of 25 March 2026" in words


def test_it_shows_circulated_notes_and_data_wanted(anonymous_client, group):
    told = factories.make_meeting(on=date(2026, 1, 28))
    person = factories.make_person("Zed Quietly", public_name="member")
    factories.make_entry("Tree register", kind="wants", meeting=told, person=person)
    factories.make_entry("Bus stop times", kind="used", meeting=told)
    factories.make_entry("Street lights", kind="wants", status="released", meeting=told)
    factories.make_entry("Secret ledger", kind="wants", meeting=told, line={"is_confidential": True})
    factories.make_minutes(told)
    drafted = factories.make_meeting(on=date(2026, 2, 25))
    factories.make_entry("Drafted census", kind="wants", meeting=drafted)
    factories.make_minutes(drafted, circulated=False)
    page = anonymous_client.get("/")
    words = words_of(page)
    assert "Latest notes Wednesday 28 January 2026" in words
    assert "Data that members want Tree register a member 28 January 2026 All data" in words
    assert addresses_of(page, r"/meetings/\d") == {"/meetings/2026-01-28/", "/meetings/2026-01-28/#d1"}


def test_it_says_what_will_be_there(anonymous_client, group):
    words = words_of(anonymous_client.get("/"))
    said = {
        "The next meeting will be here as soon as its date is announced.",
        "The notes of each meeting will be here once they are circulated.",
        "What data members are looking for will be here.",
    }
    assert {sentence for sentence in said if sentence in words} == said


def test_it_works_before_the_site_is_set_up(anonymous_client):
    assert "A group not yet set up" in words_of(anonymous_client.get("/"))


def test_it_says_how_to_subscribe(anonymous_client, group):
    assert addresses_of(anonymous_client.get("/"), "/calendar") == {"/calendar/"}


def test_the_header_offers_what_the_reader_may_do(anonymous_client, member_client, secretary_client):
    pages = [words_of(client.get("/")) for client in (anonymous_client, member_client, secretary_client)]
    heads = [page.partition("Meetings Actions")[0] for page in pages]
    offered = [{said for said in ("Log in", "Log out", "Admin") if said in head} for head in heads]
    assert offered == [{"Log in"}, {"Log out"}, {"Log out", "Admin"}]


@pytest.mark.parametrize("is_demonstration", [False, True])
def test_a_demonstration_says_so(anonymous_client, group, is_demonstration):
    group.is_demonstration = is_demonstration
    group.save()
    said = "This is a demonstration: the group and its people are made up." in words_of(anonymous_client.get("/"))
    assert said == is_demonstration


def test_it_is_only_read(anonymous_client):
    assert anonymous_client.post("/").status_code == 405


def test_highlights_are_shown_until_the_notes_follow(anonymous_client, group):
    meetings = [factories.make_meeting(on=on) for on in (date(2026, 2, 11), date(2026, 2, 25), date(2026, 3, 1))]
    minutes = [factories.make_minutes(meeting, circulated=False) for meeting in meetings]
    assert "Highlights of" not in words_of(anonymous_client.get("/"))
    for one in minutes[:2]:
        publishing.publish_highlights(minutes=one, now=factories.NOW)
    page = anonymous_client.get("/")
    assert "Highlights of 25 February 2026 : what was promised" in words_of(page)
    assert "11 February" not in words_of(page)
    assert addresses_of(page, "/meetings/2") == {"/meetings/2026-02-25/highlights/"}
    for one in minutes[:2]:
        publishing.circulate(minutes=one, now=factories.NOW)
    assert "Highlights of" not in words_of(anonymous_client.get("/"))


def test_the_secretary_is_told_of_notes_waited_for(secretary_client, member_client, group):
    meeting = factories.make_meeting(on=date(2026, 2, 28))
    assert "are waited for" not in words_of(secretary_client.get("/"))  # two days
    with time_machine.travel(date(2026, 3, 3), tick=False):
        page = secretary_client.get("/")
        assert "The notes of 28 February 2026 are waited for: see your desk ." in words_of(page)
        assert f"/admin/meetings/meeting/{meeting.pk}/record/" in addresses_of(page, "/admin/")
        assert "are waited for" not in words_of(member_client.get("/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(anonymous_client, group, django_assert_num_queries, rows):
    for number in range(rows):
        host = factories.make_organisation(f"Host {number}")
        factories.make_meeting(on=date(2026, 4, 1 + number), host=host)
        told = factories.make_meeting(on=date(2026, 1, 1 + number), host=host)
        person = factories.make_person(f"Ada Birch {number}")
        factories.make_entry(f"Data {number}", kind="wants", meeting=told, person=person, organisation=host)
        factories.make_minutes(told)
    with django_assert_num_queries(10):
        anonymous_client.get("/")
