"""Notes as passages: all of the notes is in one, and a passage written again as it stands changes nothing."""

import pytest

from meetings.corrections.passages import Part, passages, rewrite, told, without_lost_references
from meetings.minutes import reader
from meetings.minutes.structure import Kind
from tests.archive_of_notes import archive

LETTERS = {Kind.ACTION: "A", Kind.USED: "D", Kind.WANTS: "D"}
# One of each layout, with the references that recording puts in.
NOTES = [truth.text for truth in archive((".txt",))[5::12]]


def annotated(text):
    """The notes with a reference at each record, and what they say."""
    lines = [line for _, line in reader.read(text).lines()]
    references = {place: f"{LETTERS[line.kind]}{place + 1}" for place, line in enumerate(lines) if line.kind in LETTERS}
    text = reader.annotate(text, references)
    return text, reader.read(text)


@pytest.mark.parametrize("text", NOTES)
def test_every_word_is_in_one_passage(text):
    text, doc = annotated(text)
    found = passages(doc, text)
    covered = [place for one in found for start, end in one.pieces for place in range(start, end)]
    assert len(covered) == len(set(covered))
    rest = "".join(character for place, character in enumerate(text) if place not in set(covered))
    assert {word for word in rest.replace("[", " [").split() if word.strip("[]").isalpha()} <= {"[confidential]"}
    assert [one.index for one in found if one.index is not None] == list(range(len(list(doc.lines()))))


@pytest.mark.parametrize("text", NOTES)
def test_a_passage_written_again_as_it_stands_changes_nothing(text):
    text, doc = annotated(text)
    for one in passages(doc, text):
        again, _, _ = rewrite(text, one, one.words)
        assert told(reader.read(again)) == told(doc), one.words


@pytest.mark.parametrize("text", NOTES)
def test_a_word_more_changes_that_passage_alone(text):
    text, doc = annotated(text)
    before = told(doc).split("\n")
    for one in passages(doc, text):
        if one.part is not Part.LINE or not one.words.endswith("."):
            continue
        more, _, _ = rewrite(text, one, f"{one.words.removesuffix('.')} indeed.")
        after = told(reader.read(more)).split("\n")
        assert len(after) == len(before)
        assert sum(first != second for first, second in zip(before, after, strict=True)) == 1, one.words


def test_references_that_belong_to_nothing_go_and_others_stay():
    text = "All is well. [A37] [confidential] [A38]\nNext."
    assert without_lost_references(text, 12, {"A38"}) == "All is well. [confidential] [A38]\nNext."
    assert without_lost_references(text, 3, set()) == text


def test_striking_a_passage_out_takes_its_marks_along():
    text = "CP to ring the library. [A37] [confidential]\nNext."
    doc = reader.read(text)
    assert rewrite(text, passages(doc, text)[0], "")[0] == "\nNext."
