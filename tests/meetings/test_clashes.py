"""What is said of a day on which the group may meet."""

from datetime import date, time, timedelta

import pytest

from meetings.dates.clashes import Known, Planned, said_of, said_of_event
from meetings.dates.planning import known_around
from tests import factories

TODAY = date(2026, 11, 28)
WEDNESDAY = date(2027, 3, 10)
TWELVE = [date(2026, 10, 7) - timedelta(weeks=4 * step) for step in range(12)]  # Wednesdays


def meeting(on, **fields):
    return Planned(name="Steering group meeting", on=on, until=on, **fields)


def event(on, until=None, **fields):
    return Planned(name="Open Data Day", on=on, until=until or on, is_meeting=False, **fields)


def said(on, *, besides=None, **known):
    return said_of(on, known=Known(**known), today=TODAY, besides=besides)


def test_nothing_is_said_of_a_usual_day():
    assert said(WEDNESDAY, met_on=TWELVE, planned=[meeting(WEDNESDAY + timedelta(days=7))]) == []


@pytest.mark.parametrize(
    ("on", "met_on", "words"),
    [
        (date(2027, 3, 12), TWELVE, ["A Friday: your last 12 meetings were on Wednesdays."]),
        (
            date(2027, 3, 12),
            [*TWELVE[:3], date(2026, 6, 4)],
            ["A Friday: none of your last 4 meetings was on a Friday."],
        ),
        (date(2027, 3, 12), TWELVE[:2], []),
        (date(2027, 3, 12), [*TWELVE[:3], date(2026, 6, 5)], []),
        (date(2027, 3, 13), TWELVE, ["A Saturday, at the weekend: your last 12 meetings were on Wednesdays."]),
        (date(2027, 3, 14), [], ["A Sunday, at the weekend."]),
        (date(2027, 3, 26), [], ["A bank holiday in England: Good Friday."]),
        (date(2027, 12, 28), [], ["A bank holiday in England: Boxing Day (observed)."]),
        (TODAY - timedelta(days=2), [], ["In the past."]),
        (date(2028, 11, 28), [], []),
        (date(2028, 11, 29), [], ["More than two years ahead."]),
    ],
)
def test_the_day(on, met_on, words):
    assert said(on, met_on=met_on) == words


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (
            meeting(WEDNESDAY, starts=time(11)),
            ["Another meeting at 11:00 (Steering group meeting, 10 March 2027) is on the same day."],
        ),
        (meeting(date(2027, 3, 8)), ["There is a meeting in the same week: Monday 8 March 2027."]),
        (meeting(date(2027, 3, 14)), ["There is a meeting in the same week: Sunday 14 March 2027."]),
        (meeting(date(2027, 3, 7)), []),
        (event(WEDNESDAY), ["“Open Data Day” (10 March 2027) is on the same day."]),
        (
            event(date(2027, 3, 9), date(2027, 3, 11)),
            ["“Open Data Day” (9 March 2027 to 11 March 2027) is on the same day."],
        ),
        (event(date(2027, 3, 11)), []),
    ],
)
def test_clashes(other, words):
    assert said(WEDNESDAY, planned=[other]) == words


def test_a_meeting_does_not_clash_with_itself_but_an_event_of_the_same_key_does():
    assert said(WEDNESDAY, besides=5, planned=[meeting(WEDNESDAY, key=5)]) == []
    assert len(said(WEDNESDAY, besides=5, planned=[event(WEDNESDAY, key=5)])) == 1


def test_events_clash_with_meetings_and_other_events():
    known = Known(planned=[meeting(WEDNESDAY), event(WEDNESDAY, key=1), event(date(2027, 4, 1))])
    assert said_of_event(date(2027, 3, 9), date(2027, 3, 11), known=known, besides=1) == [
        "Another meeting (Steering group meeting, 10 March 2027) falls into the same time."
    ]


def test_what_is_known_comes_from_the_records(group):
    factories.make_meeting(on=WEDNESDAY, published=False)
    factories.make_meeting(on=WEDNESDAY + timedelta(days=1), status="cancelled")
    factories.make_event(on=WEDNESDAY - timedelta(days=20), until=WEDNESDAY)
    factories.make_event(on=WEDNESDAY, status="cancelled")
    for on in (*TWELVE, date(2026, 1, 2)):
        factories.make_meeting(on=on)
    known = known_around([WEDNESDAY], today=TODAY)
    assert [(one.on, one.is_meeting) for one in known.planned] == [
        (WEDNESDAY, True), (WEDNESDAY - timedelta(days=20), False),
    ]  # fmt: skip
    assert len(known.met_on) == 12
    assert known.met_on[0] == TWELVE[0]


@pytest.mark.parametrize("rows", [1, 3])
def test_it_takes_three_queries(group, django_assert_num_queries, rows):
    days = [WEDNESDAY + timedelta(weeks=step) for step in range(rows)]
    for on in days:
        factories.make_meeting(on=on)
    with django_assert_num_queries(3):
        known_around(days, today=TODAY)
    with django_assert_num_queries(0):
        known_around([], today=TODAY)
