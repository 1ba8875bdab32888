"""The archive of meetings, where there are none but a test's own."""

from datetime import date

import pytest

from meetings.minutes.structure import Kind
from meetings.models import Meeting
from tests import factories
from tests.meetings.test_meeting_list import TODAY, slugs
from tests.pages import addresses_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with TODAY:
        yield


def test_it_says_that_a_meeting_is_cancelled_or_provisional(anonymous_client, group):
    factories.make_meeting(on=date(2026, 5, 1), status="cancelled")
    factories.make_meeting(on=date(2026, 6, 1), status="tentative")
    words = words_of(anonymous_client.get("/meetings/"))
    assert {"Cancelled", "Provisional"} <= set(words.split())


def test_it_says_what_will_be_there(anonymous_client, group):
    assert "There are no past meetings yet." in words_of(anonymous_client.get("/meetings/"))


def test_it_is_paged_and_keeps_the_filter(anonymous_client, group):
    for month in range(1, 13):
        for day in (3, 11, 17):
            factories.make_meeting(on=date(2025, month, day))
    first = anonymous_client.get("/meetings/?year=2025")
    assert len(slugs(first)) == 30
    assert addresses_of(first, r"\?") == {"?year=2025&amp;page=2"}
    assert len(slugs(anonymous_client.get("/meetings/?year=2025&page=2"))) == 6


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(anonymous_client, group, django_assert_num_queries, rows):
    for number in range(rows):
        for year in (2025, 2027):
            host = factories.make_organisation(f"Host {number}")
            meeting = factories.make_meeting(on=date(year, 1, 1 + number), host=host)
            factories.make_attendance(meeting, factories.make_person(f"Ada Birch {year} {number}"), representing=host)
            factories.make_line(meeting, "Words.", kind=Kind.DECISION)
            factories.make_minutes(meeting)
    assert Meeting.objects.count() == rows * 2
    with django_assert_num_queries(9):
        anonymous_client.get("/meetings/?words=words")
