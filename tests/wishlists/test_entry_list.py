"""The list of data used and wanted."""

from datetime import date

import pytest

from tests import factories
from tests.pages import addresses_of, options_of, words_of

pytestmark = pytest.mark.django_db

TEXTS = {"Bus stop times", "Zed's tree register", "Street lights", "Secret ledger", "Drafted census"}


def found(response):
    words = words_of(response)
    return {text for text in TEXTS | {"a member's tree register"} if text in words}


@pytest.fixture
def entries(group):
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
    assert "D1 Bus stop times used Ada Birch, Elmbridge Council 28 January 2026" in words
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


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"kind": "abc"}, "Choose “Used” or “Wanted”."),
        ({"status": "\x00"}, "Choose one of the states listed."),
        ({"organisation": "9" * 30}, "Choose one of the organisations listed."),
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
        )
        factories.make_minutes(meeting)
    with django_assert_num_queries(6):
        anonymous_client.get("/wishlists/")
