"""Sources on one meeting that disagree."""

from datetime import date, time

import pytest

from meetings import contradictions, recording
from meetings.contradictions import Announced, Told, between, of_name
from meetings.dates import rescheduling
from meetings.minutes import reader
from meetings.models import Minutes
from tests import factories
from tests.factories import NOW

JANUARY, MARCH, MAY = date(2026, 1, 28), date(2026, 3, 25), date(2026, 5, 27)


def announcing(on, *, by=JANUARY, **fields):
    return Told(on=by, announced=(Announced(on=on, **fields),))


def test_notes_that_agree_with_each_other_say_nothing():
    told = Told(on=MARCH, agreed=(JANUARY,), starts=time(11), announced=(Announced(on=MAY, starts=time(11)),))
    others = [announcing(MARCH, starts=time(11)), Told(on=MAY, starts=time(11), agreed=(MARCH,))]
    assert between(told, [told, *others]) == []


@pytest.mark.parametrize(
    ("in_name", "in_text", "count"),
    [(JANUARY, MARCH, 1), (JANUARY, JANUARY, 0), (None, MARCH, 0), (JANUARY, None, 0)],
)
def test_the_file_s_name_against_its_text(in_name, in_text, count):
    told = of_name(in_name=in_name, in_text=in_text)
    assert len(told) == count
    assert all("28 January 2026" in words and "25 March 2026" in words for words in told)


def test_notes_agreed_of_a_day_with_none_while_some_are_a_few_days_off():
    told = Told(on=MARCH, agreed=(date(2026, 1, 29),))
    assert between(told, [Told(on=JANUARY)]) == [
        (
            "The notes agree those of Thursday 29 January 2026: there are none of that day, but some of"
            " Wednesday 28 January 2026."
        )
    ]
    # Notes that are not here yet are no contradiction.
    assert between(told, [Told(on=date(2025, 11, 26))]) == []


@pytest.mark.parametrize("agreed", [MARCH, MAY])
def test_notes_can_t_agree_those_of_their_own_day_or_a_later_one(agreed):
    (words,) = between(Told(on=MARCH, agreed=(agreed,)), [Told(on=MAY)])
    assert "which is not before this meeting" in words


def test_a_meeting_announced_for_a_day_and_held_on_another():
    held = Told(on=MARCH)
    told = announcing(date(2026, 3, 18))
    assert between(told, [held]) == [
        (
            "These notes announce a meeting on Wednesday 18 March 2026: there are no notes of that day, but some of"
            " Wednesday 25 March 2026."
        )
    ]
    assert between(held, [told]) == [
        (
            "The notes of Wednesday 28 January 2026 announced a meeting on Wednesday 18 March 2026; these are of"
            " Wednesday 25 March 2026."
        )
    ]


def test_three_dates_for_one_meeting():
    # The file's name, the notes before it and the notes after it each give another day.
    held = Told(on=MARCH)
    others = [announcing(date(2026, 3, 18)), Told(on=MAY, agreed=(date(2026, 3, 24),))]
    told = [*of_name(in_name=date(2026, 3, 23), in_text=MARCH), *between(held, others)]
    assert [next(day for day in ("18", "23", "24") if f" {day} March" in words) for words in told] == ["23", "18"]
    (after,) = between(others[1], [held, others[0]])
    assert "24 March 2026" in after


def test_a_meeting_whose_notes_are_missing_is_no_contradiction():
    assert between(announcing(MARCH), [Told(on=MAY)]) == []
    # Nor where the group meets each week.
    assert between(announcing(date(2026, 2, 4)), [Told(on=date(2026, 2, 11))]) == []
    # Nor where nothing is known of any later meeting.
    assert between(announcing(MARCH), []) == []


def test_time_and_place_announced_against_those_of_the_notes():
    told = announcing(MARCH, starts=time(11), host="Thornbeck Library")
    held = Told(on=MARCH, starts=time(10, 30), place="Aldermere Guildhall")
    assert between(told, [held]) == [
        "These notes announce 11:00 for Wednesday 25 March 2026, the notes of Wednesday 25 March 2026 say 10:30.",
        (
            "These notes announce Thornbeck Library for Wednesday 25 March 2026, the notes of Wednesday 25 March 2026"
            " say Aldermere Guildhall."
        ),
    ]
    assert [words.partition(" for ")[0] for words in between(held, [told])] == [
        "The notes of Wednesday 28 January 2026 announced 11:00",
        "The notes of Wednesday 28 January 2026 announced Thornbeck Library",
    ]


@pytest.mark.parametrize(
    ("host", "place"),
    [
        ("Thornbeck Library", "The Old Hall, Thornbeck"),
        ("TBC", "Mill Road"),  # initials may stand for anything
        ("", "Mill Road"),
        ("Thornbeck Library", ""),
    ],
)
def test_places_that_may_be_one(host, place):
    assert between(announcing(MARCH, host=host), [Told(on=MARCH, place=place)]) == []


def test_what_notes_tell_goes_through_json_and_back():
    told = Told(
        on=MARCH,
        starts=time(11),
        place="Mill Road",
        agreed=(JANUARY,),
        announced=(Announced(on=MAY), Announced(on=MAY, starts=time(9), host="H", place="P")),
    )
    assert contradictions.from_json(contradictions.to_json(told)) == told


@pytest.mark.django_db
def test_a_meeting_that_was_moved_with_a_reason_is_announced_no_more(group):
    january, march = factories.make_meeting(on=JANUARY), factories.make_meeting(on=date(2026, 3, 18))
    recording.record(meeting=january, text="Present: Ada Birch\n\nNext meeting: 18 March 2026\n", now=NOW)
    assert contradictions.told_by_records() == [
        Told(on=JANUARY, starts=time(11), announced=(Announced(on=date(2026, 3, 18)),))
    ]
    rescheduling.move(
        meeting=march,
        on=MARCH,
        starts=time(11),
        ends=None,
        host=None,
        venue="",
        reason="The room is flooded.",
        by=None,
        now=NOW,
    )
    assert contradictions.told_by_records() == [Told(on=JANUARY, starts=time(11))]
    # Nor by the notes that announced it, when they are opened again.
    doc = reader.read(Minutes.objects.get().text, year_from=JANUARY)
    assert contradictions.told_by(doc, on=JANUARY).announced != ()
    assert contradictions.told_by(doc, on=JANUARY, moved=contradictions.moved_since(january)).announced == ()
