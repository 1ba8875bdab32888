"""The project's own text form gives back every document."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from meetings.minutes import reader
from meetings.minutes.structure import ItemDoc, Kind, Line, MinutesDoc
from meetings.minutes.text import to_text
from tests.meetings.minutes.strategies import documents, notes
from tests.timing import assert_linear

NOTES = sorted((Path(__file__).parents[2] / "corpus" / "notes").glob("*.txt"))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_it_reads_back_what_it_wrote(doc):
    assert reader.read(to_text(doc)) == doc


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(notes)
def test_it_reads_back_what_was_read_from_any_notes(text):
    doc = reader.read(text)
    assert reader.read(to_text(doc)) == doc


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_it_reads_back_what_was_read_from_the_corpus(path):
    doc = reader.read(path.read_text(encoding="utf-8"))
    assert reader.read(to_text(doc)) == doc


@pytest.mark.parametrize("piece", ["25 March, ", "before 31 April, ", "AB to do, "])
@pytest.mark.parametrize("kind", [Kind.ACTION, Kind.NEXT_MEETING, Kind.AGREED])
def test_it_takes_linear_time(piece, kind):
    def write(size):
        line = Line(kind=kind, text=piece * (size // len(piece)))
        doc = MinutesDoc(title="x", on=date(2020, 1, 29), items=(ItemDoc(title="y", lines=(line,)),))
        to_text(doc)

    assert_linear(write, 30_000)


def test_it_is_pleasant_to_read():
    line = Line(kind=Kind.ACTION, text="NO to print the list", owners=("NO",), reference="A12")
    doc = MinutesDoc(title="Canal Data Circle", items=(ItemDoc(title="Matters arising", number="1", lines=(line,)),))
    assert to_text(doc) == (
        "Minutes of: Canal Data Circle\nDate: not known\n\n# 1. Matters arising\nAction: NO to print the list [A12]\n"
    )


def test_it_asks_about_a_date_that_cannot_be():
    doc = reader.read("Minutes of: Canal Data Circle\nDate: 31 February 2020\n")
    assert doc.on is None
    assert [(problem.line, problem.code) for problem in doc.problems] == [(2, "date")]


def test_names_may_stand_beside_their_label():
    doc = reader.read("Minutes of: Canal Data Circle\nDate: not known\nApologies: Jo Marsh (Lock CC), Ned Orme\n")
    assert [(attendee.name, attendee.organisation) for attendee in doc.attendees] == [
        ("Jo Marsh", "Lock CC"),
        ("Ned Orme", ""),
    ]


def test_notes_with_a_list_of_a_house_layout_are_read_as_those():
    doc = reader.read("Minutes of: Canal Data Circle\nDate: 5 May 2020\n\nPresent: Ada Boyle, Ned Orme\n")
    assert [attendee.name for attendee in doc.attendees] == ["Ada Boyle", "Ned Orme"]
