"""The text of notes while they are read: copies with the same offsets, marks cut out, what each stretch became.

A line of notes is what ``text.split("\\n")`` gives, a carriage return at its end not counted; every other kind of white
space and every control character is a space within a line.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from meetings.minutes.structure import Span, Stretch

STRETCHES = tuple(Stretch)
CODES = {stretch: number for number, stretch in enumerate(STRETCHES, start=1)}

# Zero-width characters that pages and word processors leave behind; they are spaces to a reader.
INVISIBLE = {"\ufeff", "\u200b", "\u2060"}
HYPHENS = {"\u2010", "\u2011"}

# A stretch longer than this shares the document's own spans.
LONG = 100_000

RUN = re.compile(rb"([^\x00])\1*")
GAP = re.compile(rb"\x00+")


def is_space(character: str) -> bool:
    """White space, or a control character, which counts as a space."""
    return character.isspace() or character in INVISIBLE or unicodedata.category(character) == "Cc"


def plain_copy(text: str, *, hyphens: bool) -> str:
    """The text with every kind of space (but for line ends and tabs) as a plain one, character for character."""
    table = {ord(character): " " for character in set(text) if character not in "\n\t" and is_space(character)}
    if hyphens:
        table |= {ord(hyphen): "-" for hyphen in HYPHENS}
    return text.translate(table)


def tidy(text: str) -> str:
    """One line, single spaces."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Mark:
    """Something cut out of the text before it is read: ``at`` is where it stood in what remains."""

    at: int
    start: int
    end: int
    words: str
    stretch: Stretch


class Source:
    """The text as given, the text as read (``plain``, without the marks), and what each stretch became."""

    def __init__(self, text: str, cuts: list[tuple[int, int, str, Stretch]], *, hyphens: bool = True) -> None:
        self.text = text
        self.marks: list[Mark] = []
        kept: list[str] = []
        position = length = 0
        for start, end, words, stretch in cuts:
            kept.append(text[position:start])
            length += start - position
            position = end
            self.marks.append(Mark(length, start, end, words, stretch))
        kept.append(text[position:])
        self.rest = "".join(kept)
        self.plain = plain_copy(self.rest, hyphens=hyphens)
        self._paint = bytearray(len(self.rest))
        self._painted = bytearray()
        self._mark_at = [mark.at for mark in self.marks]
        self._shift: list[int] = []
        shift = 0
        for mark in self.marks:
            shift += mark.end - mark.start
            self._shift.append(shift)
        self._line_starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._spans: list[Span] = []
        self._span_starts: list[int] = []

    def words(self, start: int, end: int) -> str:
        """The words of a stretch, tidied."""
        return tidy(self.plain[start:end])

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """The stretch without the spaces at its ends."""
        piece = self.plain[start:end]
        return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()) if piece.strip() else start

    def mark(self, stretch: Stretch, start: int, end: int) -> None:
        """Remember what a stretch became; the last word counts."""
        start, end = self.trim(start, end)
        if start < end:
            self._paint[start:end] = bytes([CODES[stretch]]) * (end - start)

    def given(self, position: int, *, is_end: bool = False) -> int:
        """Where a position of the text as read stands in the text as given; an end stands before what was cut there."""
        index = (bisect_left if is_end else bisect_right)(self._mark_at, position)
        return position + (self._shift[index - 1] if index else 0)

    def line_at(self, position: int) -> int:
        """The number of the line, from 1, in which a position of the text as read stands."""
        return bisect_right(self._line_starts, self.given(position))

    def finish(self) -> tuple[Span, ...]:
        """Every stretch, line by line; what no rule named takes the kind of its neighbour, so that nothing is lost."""
        self._painted = painted = self._with_marks()
        ignored = {c for c in set(self.text) if c.isspace() or unicodedata.category(c).startswith("P")}
        for number, line in enumerate(self.text.split("\n"), start=1):
            words = line.strip()
            if not words:
                continue
            offset = self._line_starts[number - 1]
            start = offset if line[0] == words[0] else offset + len(line) - len(line.lstrip())
            end = start + len(words)
            if painted.find(0, start, end) >= 0:
                self._fill(painted, start, end, ignored)
            while start < end:  # as a rule a line is one stretch
                run = RUN.match(painted, start, end)
                if run is None:
                    start += 1
                    continue
                kind = STRETCHES[painted[start] - 1]
                self._spans.append(Span(line=number, start=start - offset, end=run.end() - offset, kind=kind))
                self._span_starts.append(start)
                start = run.end()
        return tuple(self._spans)

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The spans within a stretch of the text as read, line by line; only after ``finish``."""
        start, end = self.given(start), self.given(end, is_end=True)
        if end - start > LONG:
            return tuple(self._spans[bisect_left(self._span_starts, start) : bisect_left(self._span_starts, end)])
        found: list[Span] = []
        number = bisect_right(self._line_starts, start)
        while number <= len(self._line_starts) and self._line_starts[number - 1] < end:
            offset = self._line_starts[number - 1]
            stop = self._line_starts[number] - 1 if number < len(self._line_starts) else len(self.text)
            for run in RUN.finditer(self._painted, *self._trim_given(max(start, offset), min(end, stop))):
                kind = STRETCHES[run.group(1)[0] - 1]
                found.append(Span(line=number, start=run.start() - offset, end=run.end() - offset, kind=kind))
            number += 1
        return tuple(found)

    def _trim_given(self, start: int, end: int) -> tuple[int, int]:
        piece = self.text[start:end]
        return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())

    def _with_marks(self) -> bytearray:
        painted = bytearray()
        position = 0
        for mark in self.marks:
            painted += self._paint[position : mark.at]
            space = len(self.text[mark.start : mark.end]) - len(self.text[mark.start : mark.end].lstrip())
            painted += b"\x00" * space + bytes([CODES[mark.stretch]]) * (mark.end - mark.start - space)
            position = mark.at
        painted += self._paint[position:]
        return painted

    def _fill(self, painted: bytearray, start: int, end: int, ignored: set[str]) -> None:
        for gap in list(GAP.finditer(painted, start, end)):
            stretch = self.text[gap.start() : gap.end()]
            held = [index for index, character in enumerate(stretch) if character not in ignored]
            if not held:
                continue
            before = painted[gap.start() - 1] if gap.start() > start else 0
            after = painted[gap.end()] if gap.end() < end else 0
            code = before or after or CODES[Stretch.LEFT_OUT]
            first, last = gap.start() + held[0], gap.start() + held[-1] + 1
            painted[first:last] = bytes([code]) * (last - first)
