"""Reads notes of meetings, as people write them, into a ``MinutesDoc``.

Rules are a secretary's: lists of names stand behind "Attended by" or "Apologies"; a number, a line of its own or a
table's first cell is a heading; "CP to write" is an action of CP's. What no rule is sure of stays prose, or becomes a
question. Every word of the notes is part of something: see ``MinutesDoc.spans``.

References that the project has given out stand as ``[A37]`` or ``[D12]`` at the end of an action or entry, and
``[confidential]`` at the end of what is; notes are read as if these were not there, and then given back what they say.
``A37:`` or ``[A37]`` before a sentence makes it a review of that action.
"""

import re
from datetime import date

from meetings.minutes import strict
from meetings.minutes.house import MOST_CHARACTERS, HouseReader
from meetings.minutes.marks import TAKES, find_marks, place_marks
from meetings.minutes.source import Source
from meetings.minutes.structure import MinutesDoc

NAME_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)[-_.]?(?P<month>\d\d)[-_.]?(?P<day>\d\d)(?!\d)")


def read(text: str, *, year_from: date | None = None) -> MinutesDoc:
    """What notes say.

    ``year_from``, the meeting's date if known from elsewhere, lends years to other dates, and speaks for one of the
    dates written where these contradict each other; it is never itself what the notes say.
    """
    if strict.is_strict(text):
        return strict.read(text)
    marks = find_marks(text, MOST_CHARACTERS)
    # A reference that belongs to nothing is part of the words: read again with it left where it is.
    for _ in range(3):
        reader = HouseReader(Source(text, marks), year_from)
        reader.read()
        lost = place_marks(reader)
        if not lost:
            return reader.doc()
        marks = [mark for mark in marks if mark[:2] not in lost]
    reader = HouseReader(Source(text, []), year_from)
    reader.read()
    return reader.doc()


def annotate(text: str, references: dict[int, str], *, year_from: date | None = None) -> str:
    """The notes as typed, with references added at the end of the actions and entries that have none.

    ``references`` maps the index of a line in ``doc.lines()``, as read with this ``year_from``, to its reference. Read
    again, the notes say what they said, with these references; those of lines that take none, or have one, are passed
    over.
    """
    lines = [line for _, line in read(text, year_from=year_from).lines()]
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    places: list[tuple[int, str]] = []
    for index, reference in references.items():
        line = lines[index] if 0 <= index < len(lines) else None
        if line and line.source and not line.reference and line.kind in TAKES.get(reference[:1], ()):
            last = line.source[-1]
            places.append((starts[last.line - 1] + last.end, reference))
    annotated, position = [], 0
    for at, reference in sorted(places):
        annotated += [text[position:at], f" [{reference}]"]
        position = at
    return "".join(annotated) + text[position:]


def date_in_name(filename: str) -> date | None:
    """The date that a file's name holds ("wmodf-2020-01-29.txt"); None if it holds none."""
    for found in NAME_DATE.finditer(filename):
        try:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            continue
    return None
