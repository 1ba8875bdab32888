"""The page of one dataset, and the list of them."""

from datetime import date, timedelta

import pytest

from tests import factories
from tests.pages import addresses_of, section_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def stops(group):
    """A dataset that somebody used, somebody else wants, and a confidential line names."""
    council = factories.make_organisation("Elmbridge Council")
    ada, hidden = factories.make_person("Ada Birch"), factories.make_person("Zed Quietly", public_name="member")
    stops = factories.make_dataset(
        "NaPTAN",
        other_names="bus stops, ask ann@private.example",
        publisher="Department for Transport",
        url="https://naptan.example/",
        licence="Open Government Licence v3.0",
    )
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    factories.make_entry("Bus stop times", meeting=meeting, person=ada, organisation=council, dataset=stops)
    want = factories.make_entry("All stops", kind="wants", meeting=meeting, person=hidden, dataset=stops)
    factories.make_entry("Hush", meeting=meeting, person=ada, dataset=stops, line={"is_confidential": True})
    factories.make_minutes(meeting)
    said = {"by": ada, "now": factories.NOW}
    want.move(status="asked", way="foi", on=date(2026, 2, 1), note="Private words.", **said)
    want.move(status="", on=date(2026, 2, 3), note="More of them.", **said)
    want.move(status="released", on=date(2026, 3, 1), **said)
    return stops


def test_it_says_what_it_is_who_used_it_and_how_the_wants_went(anonymous_client, stops):
    page = anonymous_client.get(stops.get_absolute_url())
    assert (
        "Publisher Department for Transport Address https://naptan.example/ Licence Open Government Licence v3.0 "
        "Also called bus stops, ask (address withheld)" in words_of(page)
    )
    assert section_of(page, "used") == ("Who used it D1 Bus stop times Ada Birch , Elmbridge Council 28 January 2026")
    assert section_of(page, "wants") == (
        "Who wants it D2 All stops 28 January 2026 wanted 1 February 2026 asked for 1 March 2026 released "
        "released 1 March 2026 a member 28 January 2026"
    )


def test_each_reader_reads_what_they_may(anonymous_client, member_client, stops):
    hidden = {"Hush", "Zed Quietly", "Private words", "private.example"}
    public, members = (words_of(client.get(stops.get_absolute_url())) for client in (anonymous_client, member_client))
    assert {words for words in hidden if words in public} == set()
    assert {words for words in hidden if words in members} == {"Hush", "Zed Quietly"}


def test_it_says_what_will_be_there_and_what_nobody_knows(secretary_client, group):
    words = words_of(secretary_client.get(factories.make_dataset("Bare").get_absolute_url()))
    assert "Publisher Not known here Address Not known here Licence Not known here" in words
    assert "Nobody has said that they want it." in words
    assert "Nobody has said that they used it." in words


def test_the_list_counts_what_the_reader_may_read(anonymous_client, member_client, stops):
    factories.make_dataset("Unused")
    row = "NaPTAN Department for Transport Open Government Licence v3.0 {} 1 time"
    public = anonymous_client.get("/datasets/")
    assert row.format("1 time") in words_of(public)
    assert row.format("2 times") in words_of(member_client.get("/datasets/"))
    assert addresses_of(public, "/datasets/.") == {stops.get_absolute_url()}


def test_the_list_says_what_will_be_there(anonymous_client, group):
    assert "Datasets will be here once" in words_of(anonymous_client.get("/datasets/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_they_make_a_fixed_number_of_queries(anonymous_client, group, django_assert_num_queries, rows):
    stops = factories.make_dataset("NaPTAN")
    for number in range(rows):
        person = factories.make_person(f"Ada Birch {number}")
        meeting = factories.make_meeting(on=date(2024, 1, 1) + timedelta(days=number))
        for kind in ("used", "wants"):
            factories.make_entry(kind=kind, person=person, meeting=meeting, dataset=stops)
        want = factories.make_entry(kind="wants", meeting=meeting, dataset=factories.make_dataset(f"Set {number}"))
        want.link(stops)
        want.move(status="asked", on=meeting.on, by=person, now=factories.NOW)
        factories.make_minutes(meeting)
    with django_assert_num_queries(9):
        anonymous_client.get(stops.get_absolute_url())
    with django_assert_num_queries(3):
        anonymous_client.get("/datasets/")
