"""meetings.waiting: how long notes take."""

from datetime import date, timedelta

import pytest

from meetings import waiting
from meetings.models import Minutes
from tests import factories

TODAY = date(2026, 3, 14)


@pytest.mark.parametrize(
    ("days", "place"), [(-1, None), (0, None), (2, None), (3, 2), (6, 2), (7, 1), (20, 1), (21, 0), (900, 0)]
)
def test_reminders_grow(days, place):
    assert waiting.reminder(days) == ("" if place is None else f"{days} days: {waiting.REMINDERS[place][1]}.")


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "on the day of the meeting"), (1, "the day after the meeting"), (5, "5 days after the meeting")],
)
def test_days_in_words(days, words):
    assert waiting.days_words(days) == words


@pytest.mark.parametrize(
    ("at", "days"),
    [
        (factories.at(date(2026, 3, 11), hour=23), 0),
        (factories.at(date(2026, 3, 12), hour=0), 1),
        (factories.at(date(2026, 3, 16)), 5),
        (factories.at(date(2026, 3, 1)), 0),
    ],
)
def test_days_are_counted_by_londons_calendar(at, days):
    assert waiting.days_taken(Minutes(circulated_at=at), on=date(2026, 3, 11)) == days


def test_notes_not_circulated_took_no_days_yet():
    assert waiting.days_taken(None, on=TODAY) is None
    assert waiting.days_taken(Minutes(), on=TODAY) is None


def circulated(*days, on=date(2026, 1, 1)):
    """Meetings a week apart whose notes took these days."""
    for number, taken in enumerate(days):
        held = on + timedelta(weeks=number)
        factories.make_minutes(factories.make_meeting(on=held), now=factories.at(held + timedelta(days=taken)))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("taken", "usual"), [((6,), 6), ((2, 6, 40), 6), ((2, 5), 4), ((2, 4, 6, 7, 30), 6), ((0, 1), 1)]
)
def test_the_usual_is_the_one_in_the_middle(group, taken, usual):
    circulated(*taken)
    assert waiting.usual_days(on=TODAY) == waiting.Usual(days=usual, meetings=len(taken))


@pytest.mark.django_db
def test_meetings_of_the_last_year_count(group):
    assert waiting.usual_days(on=TODAY) is None
    circulated(90, on=date(2025, 3, 14))
    assert waiting.usual_days(on=TODAY) is None
    circulated(8, on=date(2025, 3, 15))
    factories.make_minutes(factories.make_meeting(on=date(2026, 2, 1)), circulated=False)
    assert waiting.usual_days(on=TODAY) == waiting.Usual(days=8, meetings=1)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_one_query(group, django_assert_num_queries, rows):
    circulated(*[5] * rows)
    with django_assert_num_queries(1):
        assert waiting.usual_days(on=TODAY).meetings == rows
