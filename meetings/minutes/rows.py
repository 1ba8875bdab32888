"""The rows of notes: lines, with those joined that a line break cut in the middle of a sentence."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from meetings.minutes.source import Source

BULLET = re.compile(r"(?:[·•▪●◦‣*\uf0b7]|[-–](?=\s)|o(?=\s{2}))\s*+")
INLINE_LABEL = re.compile(
    r"(?<=\S\s)(?<!Other )(?<!Also )(?<!Members )(?<!OTHER )(?<!ALSO )(?<!MEMBERS )"
    r"(?:(?:Attended [Bb]y|ATTENDED BY|Present|PRESENT|Attendees|ATTENDEES|Also [Pp]resent|APOLOGIES"
    r"|Apologies(?: [Rr]eceived| [Ff]or [Aa]bsence)?|In [Aa]ttendance|IN ATTENDANCE)\s?:(?=\s)"
    # "The Chair welcomed everyone. Apologies had been received from A and B."
    r"|(?<=[.:;] )[Aa]pologies (?:for absence )?(?:(?:were|had been|have been) )?"
    r"(?:(?:received|sent|given|noted) )?from\b)"
)
# A number, or words of the label itself: "1. Apologies:", "Committee Members Present:".
NOTHING_BEFORE = re.compile(r"\W*(?:\d{1,2}\W{1,3})?(?:[A-Z][\w-]{0,20} ){0,4}")
COUNTED = re.compile(r"\s{0,8}(\d{1,2})[.)]\s")
COUNTED_FIRST = re.compile(r"(?<=[\w).,;]\s)(1)[.)]\s(?=[A-Z])")
COUNTED_LATER = re.compile(r"(?<=[.?!]\s)(\d{1,2})[.)]\s(?=[A-Z])")
NO_BREAK_SPACE = "\u00a0"


@dataclass
class Row:
    """One row: where it starts (after its bullet) and ends, and how it stands on the page."""

    start: int
    end: int
    first: int
    blank_before: int = 0
    is_bullet: bool = False
    no_break_spaces: int = 0
    ends_cell: bool = False
    indent: int = 0
    is_table_text: bool = False
    breaks: list[tuple[int, int]] = field(default_factory=list)


def read_rows(source: Source, limit: int) -> list[Row]:
    """The rows of the first ``limit`` characters."""
    rows: list[Row] = []
    offset = blank = 0
    for line in source.plain[:limit].split("\n"):
        if not line.strip():
            blank += 1
        else:
            for start, end in _run_on(line):
                row = _row(source, offset + start, offset + end, blank if rows else 0)
                if row.start < row.end:
                    _append(rows, row, source.plain, joins=not blank and start == 0)
                    blank = 0
        offset += len(line) + 1
    return rows


def _append(rows: list[Row], row: Row, text: str, *, joins: bool) -> None:
    if rows and joins and _continues(text, rows[-1], row):
        rows[-1].end = row.end
        rows[-1].ends_cell = row.ends_cell
        rows[-1].breaks += row.breaks
    else:
        rows.append(row)


def _run_on(line: str) -> list[tuple[int, int]]:
    """The rows that a page's flattening ran together: at labels of lists of names, and at items counted upwards."""
    edges = [0]
    edges += [
        found.start() for found in INLINE_LABEL.finditer(line) if not NOTHING_BEFORE.fullmatch(line, 0, found.start())
    ]
    first = COUNTED.match(line)
    # A page run together on one line goes from its lists of names to "1. Notes".
    first_after_list = COUNTED_FIRST.search(line, edges[-1]) if len(edges) > 1 and not first else None
    if first_after_list:
        edges.append(first_after_list.start(1))
    if first or first_after_list:
        count = int(first[1]) if first else 1
        for found in COUNTED_LATER.finditer(line, edges[-1] if first_after_list else 0):
            if int(found[1]) == count + 1:
                count += 1
                edges.append(found.start())
    edges = sorted({*edges, len(line)})
    return list(pairwise(edges))


def _row(source: Source, start: int, end: int, blank: int) -> Row:
    given = source.rest[start:end]
    stripped = given.rstrip("\r ")
    lead = given[: len(given) - len(given.lstrip())]
    first, last = source.trim(start, end)
    row = Row(first, last, first, blank, indent=len(lead))
    row.no_break_spaces = lead.count(NO_BREAK_SPACE)
    row.ends_cell = stripped.endswith(NO_BREAK_SPACE)
    bullet = BULLET.match(source.plain, first, last)
    if bullet and bullet.end() < last and not source.plain.startswith("**", first):
        row.start = bullet.end()
        row.is_bullet = True
    row.breaks = [(row.start, last)]
    return row


def _continues(text: str, before: Row, row: Row) -> bool:
    """A line that begins in lower case goes on with the sentence of the line above it."""
    if row.is_bullet or not text[row.start].islower():
        return False
    # "a. NP had talked" is a point of its own.
    return not re.match(r"[a-z][.)]\s", text[row.start : row.start + 3]) and text[before.end - 1] != ":"
