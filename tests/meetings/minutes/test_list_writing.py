"""Lists of names put into notes as they stand: the people wanted, and no other line touched."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from meetings.minutes import reader
from meetings.minutes.list_writing import put_lists
from meetings.minutes.structure import Attendee, Presence

NOTES = sorted((Path(__file__).parents[2] / "corpus" / "notes").glob("*.txt"))
NEW = Attendee(name="Zadie Quince", presence=Presence.ATTENDED, organisation="Quay Trust")
AWAY = Attendee(name="Yann Orr", presence=Presence.APOLOGIES)
GUEST = Attendee(name="Wanda Lisle", presence=Presence.GUESTS, organisation="Lisle Ltd")


def names(attendees):
    return sorted((one.name, one.presence) for one in attendees)


def changes(doc):
    """What a secretary may want of the lists: somebody more, somebody moved, somebody gone."""
    people = list(doc.attendees)
    yield "more", (*people, NEW, AWAY)
    yield "guest", (*people, GUEST)
    if people:
        first = people[0]
        moved = Presence.APOLOGIES if first.presence is Presence.ATTENDED else Presence.ATTENDED
        yield "moved", (*people[1:], replace(first, presence=moved))
        yield "gone", tuple(people[:-1])


CASES = [
    pytest.param(path, kind, wanted, id=f"{path.stem}-{kind}")
    for path in NOTES
    for kind, wanted in changes(reader.read(path.read_text("utf-8"), year_from=reader.date_in_name(path.name)))
]


@cache
def put(path, wanted):
    text = path.read_text("utf-8")
    return text, put_lists(text, wanted, year_from=reader.date_in_name(path.name))


def lists_of(text, path):
    """The numbers of the lines that belong to lists of names."""
    doc = reader.read(text, year_from=reader.date_in_name(path.name))
    kinds = {"attended", "guests", "apologies", "label"}
    return {span.line for span in doc.spans if span.kind.value in kinds}


@pytest.mark.parametrize(("path", "kind", "wanted"), CASES)
def test_lists_change_and_nothing_else(path, kind, wanted):
    text, new = put(path, wanted)
    if new is None:
        return  # counted below
    year_from = reader.date_in_name(path.name)
    before, after = (reader.read(one, year_from=year_from) for one in (text, new))
    assert names(after.attendees) == names(wanted)
    assert replace(after, attendees=()) == replace(before, attendees=())
    others = [line for number, line in enumerate(text.split("\n"), 1) if number not in lists_of(text, path)]
    lines = new.split("\n")
    assert [line for line in others if line.strip() and line not in lines] == []


def test_nearly_all_notes_can_be_given_other_lists():
    none = [case.id for case in CASES if put(*case.values[::2])[1] is None]
    assert len(none) < len(CASES) / 12, none


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_the_same_lists_change_no_character(path):
    doc = reader.read(path.read_text("utf-8"), year_from=reader.date_in_name(path.name))
    text, new = put(path, doc.attendees)
    assert new == text


def test_a_name_more_changes_one_line():
    text = "Present: Ada Boyle (Chair), Ned Orme\nApologies: Jo Marsh.\n\n1. Towpath\n\nNO to ask the Trust.\n"
    listed = reader.read(text).attendees
    assert put_lists(text, [*listed, NEW, AWAY]) == (
        "Present: Ada Boyle (Chair), Ned Orme, Zadie Quince (Quay Trust)\nApologies: Jo Marsh, Yann Orr.\n\n"
        "1. Towpath\n\nNO to ask the Trust.\n"
    )


def test_notes_without_lists_get_them_below_what_stands_at_the_top():
    text = "Meeting: Canal Data Circle\nDate: Wednesday 28 January 2026\n\n## 1. Towpath\n\n- NO to ask the Trust.\n"
    assert put_lists(text, [NEW, GUEST, AWAY]) == (
        "Meeting: Canal Data Circle\nDate: Wednesday 28 January 2026\n\n"
        "Attended by:\n- Zadie Quince (Quay Trust)\n\nIn attendance:\n- Wanda Lisle (Lisle Ltd)\n\n"
        "Apologies:\n- Yann Orr\n\n## 1. Towpath\n\n- NO to ask the Trust.\n"
    )


def test_an_empty_text_gets_lists_alone():
    assert put_lists("", [NEW]) == "Attended by:\n- Zadie Quince (Quay Trust)\n"
