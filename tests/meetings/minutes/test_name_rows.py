"""Rows of lists of names below a label."""

import pytest

from meetings.minutes import reader
from meetings.minutes.structure import Presence


def listed(text, presence):
    return [person.name for person in reader.read(text).listed(presence)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## Attended by\n\nAda\nNO\nGil – Chair\n\n## Notes\n", ["Ada", "NO", "Gil"]),
        ("Attended by:\n\nAda\n\nFunds\n", ["Ada"]),
    ],
)
def test_first_names_and_initials_one_on_each_row(text, found):
    assert listed(text, Presence.ATTENDED) == found


def test_a_heading_and_words_below_it_list_nobody():
    assert listed("## Present\n\nWelcome\n\nFunds\nAda to ring the Trust.\n", Presence.ATTENDED) == []


def test_who_is_present_beside_the_welcome():
    text = "- Welcome and members present: Ada Boyle, Ned Orme\n- Apologies: Uma Vance\n"
    assert listed(text, Presence.ATTENDED) == ["Ada Boyle", "Ned Orme"]
    assert listed(text, Presence.APOLOGIES) == ["Uma Vance"]


def test_a_councillor_of_somewhere_is_no_part_of_the_name():
    text = "Present: Ada Boyle, Ned Orme\nAlso present: Lockham Councillor Uma Vance (UV)\n"
    assert listed(text, Presence.GUESTS) == ["Uma Vance"]


def test_who_is_present_behind_where_the_meeting_was_held():
    text = "The meeting was held in the Lock Hall at 8pm. Those present were: Ada Boyle, Ned Orme\nFunds\n"
    assert listed(text, Presence.ATTENDED) == ["Ada Boyle", "Ned Orme"]
    assert listed("The Trust met. Those present were glad of it.\nFunds\n", Presence.ATTENDED) == []
