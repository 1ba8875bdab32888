"""The archive of meetings."""

from datetime import date

import pytest
import time_machine

from tests import factories
from tests.pages import addresses_of, options_of, words_of

pytestmark = pytest.mark.django_db

TODAY = time_machine.travel(date(2026, 3, 2), tick=False)


@pytest.fixture(autouse=True)
def _today():
    with TODAY:
        yield


def slugs(response):
    return {address.split("/")[2] for address in addresses_of(response, r"/meetings/\d")}


# The same rows for all these tests.
@pytest.fixture(scope="module", autouse=True)
@TODAY
def archive(kept_group):
    """Five meetings: notes with everything, notes with one name, nothing but a host, a draft, one not announced."""
    council = factories.make_organisation("Elmbridge Council")
    college = factories.make_organisation("Elmbridge College")
    told = factories.make_meeting(on=date(2025, 11, 26), host=council, venue="Old Mill")
    named = factories.make_person("Ada Birch")
    hidden = factories.make_person("Zed Quietly", public_name="member", email="zed@private.example")
    away = factories.make_person("Una Away")
    factories.make_attendance(told, named, representing=college)
    factories.make_attendance(told, hidden, representing=college)
    factories.make_attendance(told, away, status="apologies")
    factories.make_line(told, "Zed Quietly spoke of lampposts.", item=factories.make_item(told, "Street furniture"))
    factories.make_line(told, "The secret tender.", is_confidential=True)
    factories.make_minutes(told)
    trust = factories.make_organisation("Elmbridge Trust")
    earlier = factories.make_meeting(on=date(2025, 9, 24), host=trust)
    factories.make_attendance(earlier, named, status="apologies", representing=college)
    factories.make_minutes(earlier)
    factories.make_meeting(on=date(2026, 4, 22), host=college)
    draft = factories.make_meeting(on=date(2026, 1, 28))
    factories.make_attendance(draft, factories.make_person("Dora Draft"))
    factories.make_line(draft, "Drafted bollards.")
    factories.make_minutes(draft, circulated=False)
    factories.make_meeting(on=date(2024, 5, 1), published=False)
    return {"council": council, "college": college, "trust": trust, "named": named, "hidden": hidden}


def test_it_shows_coming_and_past_meetings(anonymous_client, archive):
    page = anonymous_client.get("/meetings/")
    assert page.status_code == 200
    assert slugs(page) == {"2025-09-24", "2025-11-26", "2026-01-28", "2026-04-22"}
    words = words_of(page)
    assert words.index("Coming") < words.index("Wednesday 22 April 2026") < words.index("Past")
    assert words.index("Wednesday 28 January 2026") < words.index("Wednesday 26 November 2025")
    assert "Notes not yet agreed circulated on 2 March 2026" in words
    assert "Draft notes" not in words


def test_it_shows_the_secretary_drafts_and_what_is_not_announced(secretary_client, archive):
    page = secretary_client.get("/meetings/")
    assert slugs(page) == {"2024-05-01", "2025-09-24", "2025-11-26", "2026-01-28", "2026-04-22"}
    words = words_of(page)
    assert "Draft notes" in words
    assert "Not announced: only the secretary sees it" in words


def test_it_filters_by_year(anonymous_client, archive):
    page = anonymous_client.get("/meetings/?year=2025")
    assert slugs(page) == {"2025-09-24", "2025-11-26"}
    assert options_of(page, "year") == {"2025", "2026"}


def test_it_filters_by_organisation_hosting_or_represented(anonymous_client, archive):
    assert slugs(anonymous_client.get(f"/meetings/?organisation={archive['council'].pk}")) == {"2025-11-26"}
    assert slugs(anonymous_client.get(f"/meetings/?organisation={archive['trust'].pk}")) == {"2025-09-24"}
    page = anonymous_client.get(f"/meetings/?organisation={archive['college'].pk}")
    assert slugs(page) == {"2025-11-26", "2026-04-22"}


def test_it_filters_by_person_present(anonymous_client, archive):
    page = anonymous_client.get(f"/meetings/?person={archive['named'].pk}")
    assert slugs(page) == {"2025-11-26"}


def test_it_offers_the_public_only_people_whom_the_public_sees(anonymous_client, archive):
    page = anonymous_client.get(f"/meetings/?person={archive['hidden'].pk}")
    assert options_of(page, "person") == {"Ada Birch"}
    assert "Choose one of the people listed." in words_of(page)
    assert slugs(page) == {"2025-09-24", "2025-11-26", "2026-01-28", "2026-04-22"}


def test_it_offers_members_everyone_in_circulated_notes(member_client, archive):
    page = member_client.get(f"/meetings/?person={archive['hidden'].pk}")
    assert options_of(page, "person") == {"Ada Birch", "Zed Quietly"}
    assert slugs(page) == {"2025-11-26"}


def test_it_offers_the_secretary_those_in_drafts_too(secretary_client, archive):
    assert options_of(secretary_client.get("/meetings/"), "person") == {"Ada Birch", "Zed Quietly", "Dora Draft"}


@pytest.mark.parametrize("words", ["lampposts", "LAMPPOSTS spoke", "furniture", "mill", "elmbridge council"])
def test_it_finds_words_that_the_public_reads(anonymous_client, archive, words):
    assert slugs(anonymous_client.get("/meetings/", {"words": words})) == {"2025-11-26"}


@pytest.mark.parametrize("words", ["tender", "quietly", "bollards", "lampposts furniture", "lamp%posts", "l_mpposts"])
def test_it_does_not_find_what_the_public_may_not_read(anonymous_client, archive, words):
    page = anonymous_client.get("/meetings/", {"words": words})
    assert slugs(page) == set()
    assert "No past meeting fits these filters." in words_of(page)


def test_it_finds_for_members_and_the_secretary_what_they_may_read(member_client, secretary_client, archive):
    assert slugs(member_client.get("/meetings/?words=tender")) == {"2025-11-26"}
    assert slugs(member_client.get("/meetings/?words=bollards")) == set()
    assert slugs(secretary_client.get("/meetings/?words=bollards")) == {"2026-01-28"}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"year": "abc"}, "There are no meetings in this year: choose one of those listed."),
        ({"year": "9" * 5000}, "There are no meetings in this year: choose one of those listed."),
        ({"year": "2026\x00"}, "There are no meetings in this year: choose one of those listed."),
        ({"year": "null"}, "There are no meetings in this year: choose one of those listed."),
        ({"organisation": "\x00"}, "Null characters are not allowed."),
        ({"organisation": "9" * 30}, "Choose one of the organisations listed."),
        ({"person": "-1"}, "Choose one of the people listed."),
        ({"words": "lamp\x00posts"}, "These words hold a character that no text has: leave it out."),
        ({"words": "w" * 100_000}, "Write at most 200 characters."),
    ],
)
def test_a_bad_filter_is_said_and_not_used(anonymous_client, archive, query, message):
    page = anonymous_client.get("/meetings/", query)
    assert page.status_code == 200
    assert message in words_of(page)
    assert "A filter could not be used: the form says which." in words_of(page)
    assert slugs(page) == {"2025-09-24", "2025-11-26", "2026-01-28", "2026-04-22"}
    name = next(iter(query))
    assert f'aria-describedby="id_{name}_error"' in page.content.decode()
    assert f'id="id_{name}_error"' in page.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "abc", "99999999999999999999999999", "\x00"])
def test_a_bad_page_is_the_first_or_last(anonymous_client, archive, page):
    assert slugs(anonymous_client.get("/meetings/", {"page": page})) == {
        "2025-09-24",
        "2025-11-26",
        "2026-01-28",
        "2026-04-22",
    }


def test_it_is_only_read(anonymous_client):
    assert anonymous_client.post("/meetings/").status_code == 405
