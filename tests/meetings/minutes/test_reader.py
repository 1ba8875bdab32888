"""The laws of reading: nothing is lost, nothing is refused, references do not change what notes say."""

import json
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.minutes import reader
from meetings.minutes.as_json import to_json
from meetings.minutes.structure import Kind, MinutesDoc, Presence, Stretch
from tests.meetings.minutes.strategies import notes
from tests.timing import assert_linear

NOTES = sorted((Path(__file__).parents[2] / "corpus" / "notes").glob("*.txt"))
easy = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_file(path):
    return path.read_bytes().decode("utf-8")


def assert_nothing_is_lost(text, doc):
    """Every character but white space and punctuation lies in exactly one span."""
    lines = text.split("\n")
    held = [[0] * len(line) for line in lines]
    for span in doc.spans:
        assert 0 <= span.start < span.end <= len(lines[span.line - 1])
        for offset in range(span.start, span.end):
            held[span.line - 1][offset] += 1
    for line, counts in zip(lines, held, strict=True):
        for character, count in zip(line, counts, strict=True):
            assert count <= 1
            if not character.isspace() and not unicodedata.category(character).startswith("P"):
                assert count == 1, (character, line)


def strings_of(doc):
    yield from (doc.title, doc.place)
    for attendee in doc.attendees:
        yield from (attendee.name, attendee.organisation, attendee.role, attendee.initials, attendee.note)
    for item in doc.items:
        yield from (item.title, item.number)
    for _, line in doc.lines():
        yield from (line.text, line.who, line.due, line.host, line.place, line.note, *line.owners)


# The corpus


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_it_reads_the_corpus(path):
    text = read_file(path)
    found = to_json(reader.read(text, year_from=reader.date_in_name(path.name)), text)
    del found["lines"]
    assert found == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_it_loses_nothing_of_the_corpus(path):
    text = read_file(path)
    assert_nothing_is_lost(text, reader.read(text))
    assert_nothing_is_lost(text.replace("\n", "\r\n"), reader.read(text.replace("\n", "\r\n")))


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_carriage_returns_change_nothing(path):
    text = read_file(path)
    assert reader.read(text.replace("\n", "\r\n")) == reader.read(text)


# The laws


@easy
@given(notes | st.text())
def test_it_loses_nothing(text):
    assert_nothing_is_lost(text, reader.read(text, year_from=date(2020, 1, 1)))


@easy
@given(notes)
def test_its_strings_are_tidy(text):
    doc = reader.read(text)
    for string in strings_of(doc):
        assert string == " ".join(string.split())
        assert not any(unicodedata.category(character) == "Cc" for character in string)
    for _, line in doc.lines():
        assert line.text
        assert line.source
    assert all(item.title for item in doc.items)


@easy
@given(notes)
def test_references_change_nothing_else(text):
    text = text.replace("[A37]", "").replace("[D12]", "")
    doc = reader.read(text)
    lines = [line for _, line in doc.lines()]
    references = {
        index: f"{'A' if line.kind is Kind.ACTION else 'D'}{index + 100}"
        for index, line in enumerate(lines)
        if line.kind in {Kind.ACTION, Kind.USED, Kind.WANTS}
    }
    annotated = reader.annotate(text, references)
    again = reader.read(annotated)
    assert [line for _, line in again.lines()] == [
        replace(line, reference=line.reference or references.get(index, "")) for index, line in enumerate(lines)
    ]
    assert [item.title for item in again.items] == [item.title for item in doc.items]
    assert reader.annotate(annotated, references) == annotated


BIG = {
    "lines": "a\n",
    "blank lines": "\n",
    "one word": "A",
    "spaces": " ",
    "brackets": "( ",
    "sentences": "AB to do. ",
    "joined owners": "AB and ",
    "marks": "x [A1] [confidential] ",
    "dates": "25 March, ",
    "headings": "1. Heading\n",
    "names": "Present: Ada Boyle (Lock CC), Ned Orme\n",
    "data": "AB: Used: x Wants: y ",
}


@pytest.mark.parametrize("piece", BIG.values(), ids=BIG.keys())
@pytest.mark.parametrize("head", ["", "Minutes of: x\nDate: 1 May 2020\n", "Next meeting: ", "Attendance Ada Boyle\n"])
def test_it_takes_linear_time(piece, head):
    assert_linear(lambda size: reader.read(head + piece * (size // len(piece))), 30_000)


LONG_LISTS = {
    "capitals": "A, ",
    "no-break spaces": "\u00a0",
    "strokes": "Ann Bee/",
    "cells": "Ann Bee\t",
    "names without commas": "Ann Bee ",
    "names and names": "Ann Bee and ",
    "open brackets": "(\n",
    "brackets": "(Lock CC) ",
    "offices": "Chair: Ann Bee; ",
    "broken names": "Ann Bee, Cy\nDee, ",
    "late comers": "Cy Dee arrived late.\n",
}


@pytest.mark.parametrize("piece", LONG_LISTS.values(), ids=LONG_LISTS.keys())
def test_a_long_list_takes_linear_time(piece):
    test_it_takes_linear_time(piece, "Present: Ann Bee, ")


# What it does where notes are not plain


def test_an_empty_text_is_an_empty_document():
    assert reader.read("") == MinutesDoc()


def test_a_file_s_date_lends_its_year_and_no_more():
    text = "Present: Ada Boyle, Ned Orme\n\n1. Next meeting\n25 March, 11.00-13.00\n"
    doc = reader.read(text, year_from=date(2020, 1, 29))
    assert doc.on is None
    assert [line.on for line in doc.of_kind(Kind.NEXT_MEETING)] == [date(2020, 3, 25)]


def test_a_next_meeting_without_a_year_comes_after_the_meeting():
    text = "Notes of the Circle held at Lock House on 4 December 2019\n\n1. Next meeting\n8 January, 11.00\n"
    assert [line.on for line in reader.read(text).of_kind(Kind.NEXT_MEETING)] == [date(2020, 1, 8)]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("circle-2020-01-29.txt", date(2020, 1, 29)),
        ("20200129 notes.txt", date(2020, 1, 29)),
        ("circle-2020-13-29.txt", None),
        ("notes.txt", None),
    ],
)
def test_a_date_in_a_file_s_name(name, day):
    assert reader.date_in_name(name) == day


def test_present_means_guests_beside_attendance():
    doc = reader.read("Attendance Ada Boyle, Ned Orme\nPresent Una Pike, Cal Dunmore\nApologies Jo Marsh, Bea Stubbs\n")
    assert [attendee.name for attendee in doc.listed(Presence.GUESTS)] == ["Una Pike", "Cal Dunmore"]


def test_present_means_members_beside_in_attendance():
    doc = reader.read("Present Ada Boyle, Ned Orme\nIn attendance Una Pike, Cal Dunmore\n")
    assert [attendee.name for attendee in doc.listed(Presence.ATTENDED)] == ["Ada Boyle", "Ned Orme"]
    assert [attendee.name for attendee in doc.listed(Presence.GUESTS)] == ["Una Pike", "Cal Dunmore"]


def test_two_owners_in_a_line_are_two_actions():
    doc = reader.read("Present: Ada Boyle, Ned Orme\n\n1. Keepers\nAB to write. NO to ring them.\n")
    assert [(line.text, line.owners) for line in doc.of_kind(Kind.ACTION)] == [
        ("AB to write.", ("AB",)),
        ("NO to ring them.", ("NO",)),
    ]


def test_a_recipient_is_no_owner():
    doc = reader.read("Present: Ada Boyle, Ned Orme\n\n1. Keepers\nThanks to AB. The list was sent to NO.\n")
    assert doc.of_kind(Kind.ACTION) == []


def test_unknown_initials_are_asked_once():
    doc = reader.read("Present: Ada Boyle, Ned Orme\n\n1. Keepers\nAction: MT to write.\nAction: MT to ring.\n")
    assert [(problem.line, problem.code, problem.subject) for problem in doc.problems] == [(4, "initials", "MT")]
    assert doc.problems[0].message == "MT: nobody at this meeting has these initials: who is it?"


def test_a_page_s_boilerplate_is_left_out():
    doc = reader.read("Present: Ada Boyle, Ned Orme\n\n1. Keepers\nAll well.\n\n%d bloggers like this:")
    assert [line.text for line in doc.of_kind(Kind.LEFT_OUT)] == ["%d bloggers like this:"]
    assert doc.spans[-1].kind is Stretch.LEFT_OUT


# References and secrets in notes as typed


def test_a_reference_at_the_end_belongs_to_what_stands_before_it():
    doc = reader.read(
        "Present: Ada Boyle, Ned Orme\n\n1. Keepers\nAB to write. [A7] NO to ring. [A8]\nAB: Used: tolls [D3]\n"
    )
    assert [(line.text, line.reference) for _, line in doc.lines()] == [
        ("AB to write.", "A7"), ("NO to ring.", "A8"), ("tolls", "D3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "outcome"),
    [("A7: The signs are up, done.", "done"), ("[A7] no longer needed", "dropped"), ("A7: not done yet", "")],
)
def test_a_reference_at_the_start_is_a_review(words, outcome):
    doc = reader.read(f"Present: Ada Boyle, Ned Orme\n\n1. Keepers\n{words}\n")
    (line,) = doc.of_kind(Kind.REVIEW)
    assert (line.reference, line.outcome) == ("A7", outcome)


def test_a_reference_that_belongs_to_nothing_stays_in_the_words():
    doc = reader.read("Present: Ada Boyle, Ned Orme\n\n1. Keepers\nWe talked about [A7] for an hour.\n")
    assert [line.text for _, line in doc.lines()] == ["We talked about [A7] for an hour."]


def test_headings_and_lines_may_be_confidential():
    doc = reader.read(
        "Present: Ada Boyle, Ned Orme\n\n1. Keepers\nAll well.\nOne is ill. [confidential]\n2. Pay "
        "[confidential]\nIt rose.\n"
    )
    assert [(item.title, item.is_confidential) for item in doc.items] == [("Keepers", False), ("Pay", True)]
    assert [(line.text, line.is_confidential) for _, line in doc.lines()] == [
        ("All well.", False), ("One is ill.", True), ("It rose.", False),
    ]  # fmt: skip


def test_confidential_in_mid_line_keeps_the_whole_line_and_is_told():
    doc = reader.read("Present: Ada Boyle, Ned Orme\n\n1. Keepers\nOne is ill. [confidential] The rest are well.\n")
    ((_, line),) = doc.lines()
    assert line.is_confidential
    assert [problem.line for problem in doc.problems] == [4]


def test_annotating_adds_references_where_there_are_none():
    text = "Attendance Ada Boyle, Ned Orme\n1. Keepers\nAB to write. NO to ring. [A8]\n"
    assert reader.annotate(text, {0: "A7", 1: "A9"}) == text.replace("write.", "write. [A7]")
