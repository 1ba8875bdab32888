"""The list of data used and wanted."""

from datetime import date

import pytest
import time_machine

from meetings.models import MinuteLine
from tests import factories
from tests.pages import addresses_of, options_of, words_of
from wishlists.models import Entry

pytestmark = pytest.mark.django_db

TEXTS = {"Bus stop times", "Zed's tree register", "Street lights", "Secret ledger", "Drafted census"}


def found(response):
    words = words_of(response)
    return {text for text in TEXTS | {"a member's tree register"} if text in words}


# The same rows for all these tests.
@pytest.fixture(scope="module", autouse=True)
def entries(kept_group):
    """Public ones (used, wanted, released), a confidential one, a draft."""
    council = factories.make_organisation("Elmbridge Council")
    secret = factories.make_organisation("Secret Service")
    named = factories.make_person("Ada Birch")
    hidden = factories.make_person("Zed", public_name="member")
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    factories.make_entry("Bus stop times", meeting=meeting, person=named, organisation=council)
    factories.make_entry("Zed's tree register", kind="wants", meeting=meeting, person=hidden)
    factories.make_entry(
        "Street lights", kind="wants", status="released", meeting=meeting, person_name="GH gh@private.example"
    )
    factories.make_entry("Secret ledger", meeting=meeting, organisation=secret, line={"is_confidential": True})
    factories.make_minutes(meeting)
    draft = factories.make_meeting(on=date(2026, 2, 25))
    factories.make_entry("Drafted census", meeting=draft)
    factories.make_minutes(draft, circulated=False)
    return {"council": council, "secret": secret}


def test_it_shows_what_is_used_and_wanted_and_by_whom(anonymous_client, entries):
    words = words_of(anonymous_client.get("/wishlists/"))
    assert "D1 Bus stop times used Ada Birch , Elmbridge Council 28 January 2026" in words
    assert "D2 a member's tree register wanted a member 28 January 2026" in words
    assert "D3 Street lights released GH (address withheld) 28 January 2026" in words
    assert "3 entries, the newest first" in words


def test_each_reader_sees_what_they_may(anonymous_client, member_client, secretary_client, entries):
    assert found(anonymous_client.get("/wishlists/")) == {"Bus stop times", "a member's tree register", "Street lights"}
    assert found(member_client.get("/wishlists/")) == TEXTS - {"Drafted census"}
    assert found(secretary_client.get("/wishlists/")) == TEXTS


def test_rows_link_only_to_lines_that_the_reader_may_see(anonymous_client, secretary_client, entries):
    raised = {f"/meetings/2026-01-28/#d{number}" for number in (1, 2, 3)}
    assert addresses_of(anonymous_client.get("/wishlists/"), "/meetings/") == raised
    more = {"/meetings/2026-01-28/#d4", "/meetings/2026-02-25/#d5"}
    assert addresses_of(secretary_client.get("/wishlists/"), "/meetings/") == raised | more


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("kind=used", {"Bus stop times"}),
        ("kind=wants", {"a member's tree register", "Street lights"}),
        ("status=released", {"Street lights"}),
        ("kind=used&status=released", set()),
        ("words=STOP+bus", {"Bus stop times"}),
        ("words=zed", set()),
        ("words=secret", set()),
        ("words=b_s", set()),
    ],
)
def test_it_filters(anonymous_client, entries, query, texts):
    page = anonymous_client.get(f"/wishlists/?{query}")
    assert found(page) == texts
    assert texts or "Nothing fits these filters." in words_of(page)


def test_it_filters_by_organisation_and_offers_only_those_seen(anonymous_client, member_client, entries):
    page = anonymous_client.get(f"/wishlists/?organisation={entries['council'].pk}")
    assert found(page) == {"Bus stop times"}
    assert options_of(page, "organisation") == {"Elmbridge Council"}
    assert options_of(member_client.get("/wishlists/"), "organisation") == {"Elmbridge Council", "Secret Service"}


def test_references_lead_to_the_entries_pages(anonymous_client, entries):
    pages = {f"/wishlists/D{number}/" for number in (1, 2, 3)}
    assert addresses_of(anonymous_client.get("/wishlists/"), "/wishlists/D") == pages


def test_it_filters_by_dataset_and_offers_only_those_seen(anonymous_client, member_client, entries):
    stops, secrets = factories.make_dataset("NaPTAN"), factories.make_dataset("Ledgers")
    Entry.objects.get(number=1).link(stops)
    Entry.objects.get(number=4).link(secrets)
    page = anonymous_client.get(f"/wishlists/?dataset={stops.pk}")
    assert found(page) == {"Bus stop times"}
    assert "D1 Bus stop times Dataset: NaPTAN used" in words_of(page)
    assert options_of(page, "dataset") == {"NaPTAN"}
    assert "Choose one of the datasets listed." in words_of(anonymous_client.get(f"/wishlists/?dataset={secrets.pk}"))
    assert options_of(member_client.get("/wishlists/"), "dataset") == {"NaPTAN", "Ledgers"}


def test_what_was_withdrawn_is_left_out_unless_asked_for(anonymous_client, entries):
    Entry.objects.get(number=3).withdraw(now=factories.at(date(2026, 3, 1)))
    rest = {"Bus stop times", "a member's tree register"}
    assert found(anonymous_client.get("/wishlists/")) == rest
    assert found(anonymous_client.get("/wishlists/?status=released")) == set()
    page = anonymous_client.get("/wishlists/?status=withdrawn")
    assert found(page) == {"Street lights"}
    assert "withdrawn 1 March 2026" in words_of(page)
    assert found(anonymous_client.get("/wishlists/?status=lost")) == rest


@pytest.mark.parametrize(
    ("age", "days"),
    [
        ("6", {date(2026, 8, 31), date(2026, 2, 28)}),
        ("12", {date(2026, 2, 27), date(2025, 8, 31)}),
        ("24", {date(2025, 8, 30), date(2024, 8, 31)}),
        ("older", {date(2024, 8, 30)}),
    ],
)
def test_it_filters_by_age(secretary_client, age, days):
    borders = [(2026, 8, 31), (2026, 2, 28), (2026, 2, 27), (2025, 8, 31), (2025, 8, 30), (2024, 8, 31), (2024, 8, 30)]
    for border in borders:
        factories.make_entry("Aged", raised_on=date(*border))
    with time_machine.travel(factories.at(date(2026, 8, 31)), tick=False):
        page = secretary_client.get(f"/wishlists/?age={age}")
    assert {entry.raised_on for entry in page.context["page"] if entry.text == "Aged"} == days


def test_it_says_since_when_a_want_stands(anonymous_client, entries):
    Entry.objects.get(number=2).move(status="asked", on=date(2026, 2, 3), by=None, now=factories.NOW)
    assert "asked for 3 February 2026" in words_of(anonymous_client.get("/wishlists/"))


def test_members_are_led_to_the_page_on_which_they_add(client, anonymous_client, member, admin):
    assert "/wishlists/add/" not in anonymous_client.get("/wishlists/").text
    for user, is_led in ((member, True), (admin, False)):
        client.force_login(user)
        assert ("/wishlists/add/" in client.get("/wishlists/").text) == is_led


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"kind": "abc"}, "Choose “Used” or “Wanted”."),
        ({"status": "\x00"}, "Choose one of the states listed."),
        ({"organisation": "9" * 30}, "Choose one of the organisations listed."),
        ({"dataset": "9" * 30}, "Choose one of the datasets listed."),
        ({"age": "13"}, "Choose one of the ages listed."),
        ({"words": "a\x00"}, "These words hold a character that no text has: leave it out."),
        ({"words": "w" * 100_000}, "Write at most 200 characters."),
    ],
)
def test_a_bad_filter_is_said_and_not_used(anonymous_client, entries, query, message):
    page = anonymous_client.get("/wishlists/", query)
    assert page.status_code == 200
    assert message in words_of(page)
    assert "3 entries," in words_of(page)
    assert f'aria-describedby="id_{next(iter(query))}_error"' in page.content.decode()


def test_it_says_what_will_be_there(anonymous_client, group):
    MinuteLine.objects.all().delete()
    Entry.objects.all().delete()
    assert "There is nothing here yet." in words_of(anonymous_client.get("/wishlists/"))


def test_it_is_only_read(anonymous_client):
    assert anonymous_client.post("/wishlists/").status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(anonymous_client, group, django_assert_num_queries, rows):
    for number in range(rows):
        meeting = factories.make_meeting(on=date(2026, 1, 1 + number))
        factories.make_entry(
            f"Data {number}",
            meeting=meeting,
            person=factories.make_person(f"Ada Birch {number}"),
            organisation=factories.make_organisation(f"Body {number}"),
            dataset=factories.make_dataset(f"Dataset {number}"),
        )
        factories.make_minutes(meeting)
    with django_assert_num_queries(8):
        anonymous_client.get("/wishlists/")
