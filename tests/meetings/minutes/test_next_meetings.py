"""Next meetings as sentences and lists tell them."""

from datetime import date, time

import pytest

from meetings.minutes.next_meetings import NextMeetingReader
from meetings.minutes.source import Source

NEAR = date(2019, 5, 14)


def told(words):
    reader = NextMeetingReader(Source(words, []), NEAR, own_words=frozenset({"canal", "circle"}))
    return [(piece.on, piece.starts, piece.ends, piece.place, piece.host) for piece in reader.sentence(0, len(words))]


@pytest.mark.parametrize(
    ("words", "meetings"),
    [
        ("Next meeting will be Monday 15 July, 7pm.", [(date(2019, 7, 15), time(19), None, "", "")]),
        ("Next meeting: 2pm-3pm, Wednesday 12th June", [(date(2019, 6, 12), time(14), time(15), "", "")]),
        (
            "The next meeting is on 16 July at Quay Street hosted by Weirham.",
            [(date(2019, 7, 16), None, None, "Quay Street", "Weirham")],
        ),
        (
            "The next meeting will be at Lock House, 5.00-7.00pm on 16 July.",
            [(date(2019, 7, 16), time(17), time(19), "Lock House", "")],
        ),
        (
            "Next meetings: 16 July, 17 September and 19 November, all at 11am at Lock House.",
            [
                (date(2019, 7, 16), time(11), None, "Lock House", ""),
                (date(2019, 9, 17), time(11), None, "Lock House", ""),
                (date(2019, 11, 19), time(11), None, "Lock House", ""),
            ],
        ),
        (
            "Next meeting 16 July, 4.30, Weirham DC and then 17 September (Zoom)",
            [(date(2019, 7, 16), time(16, 30), None, "", "Weirham DC"), (date(2019, 9, 17), None, None, "Zoom", "")],
        ),
        ("The Circle will next meet on 16 July.", [(date(2019, 7, 16), None, None, "", "")]),
        ("It was agreed that the next meeting would be on 16 July.", [(date(2019, 7, 16), None, None, "", "")]),
    ],
)
def test_a_next_meeting(words, meetings):
    assert told(words) == meetings


@pytest.mark.parametrize(
    "words",
    [
        "The next meeting of the Boaters Union is on 12 June.",
        "The Boaters will next meet on 12 June.",
        "Next meeting to be confirmed.",
        "Towpath Day is on 8 June.",
        "The agenda for 16 July was read.",
    ],
)
def test_no_next_meeting(words):
    assert told(words) == []


def test_it_may_be_told_in_passing():
    words = "Eels come up at the next meeting, which will be held on 25 June at Lock House."
    assert told(words) == [(None, None, None, "", ""), (date(2019, 6, 25), None, None, "Lock House", "")]


def test_what_is_said_of_another_meeting_in_passing_is_none():
    assert told("Eels came up at the Trust's meeting, which was held on 25 April.") == []
