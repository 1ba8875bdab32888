"""Notes as passages that can be picked and rewritten one by one: headings, lists of names, lines. No database."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from meetings.minutes.marks import MARK
from meetings.minutes.structure import ItemDoc, Kind, MinutesDoc, Presence, Span

LISTS = {Presence.ATTENDED: "Present", Presence.GUESTS: "In attendance", Presence.APOLOGIES: "Apologies"}
MARKS = re.compile(rf"(?:[^\S\n]*{MARK.pattern})+", re.IGNORECASE)


class Part(StrEnum):
    """What a passage is a part of."""

    HEADING = "heading"
    NAMES = "names"
    LINE = "line"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A stretch of notes that is rewritten as a whole; without the references and marks behind it.

    `number` is its place in the notes, `words` what it says on one line, `pieces` where it stands: from, to. It has
    several where others stand between them, as in columns. `index` is that of its line in `doc.lines()`, None where it
    is none.
    """

    number: int
    part: Part
    words: str
    pieces: tuple[tuple[int, int], ...]
    index: int | None = None
    item: ItemDoc | None = None
    is_confidential: bool = False


@dataclass(frozen=True)
class _Claim:
    """A part of the notes with the stretches of the text that it stands in."""

    part: Part
    spans: tuple[tuple[int, int], ...]
    index: int | None = None
    item: ItemDoc | None = None
    is_confidential: bool = False


def passages(doc: MinutesDoc, text: str) -> list[Passage]:
    """All that the notes say, in order, each stretch of it in one passage; `doc` is what `text` was read as."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    claims = list(_claims(doc, text, starts))
    taken: dict[int, list[tuple[int, int, int]]] = defaultdict(list)  # by line: from, to, whose
    for place, claim in enumerate(claims):
        for start, end in claim.spans:
            taken[bisect_right(starts, start) - 1].append((start, end, place))
    found = []
    for place, claim in enumerate(claims):
        pieces = _pieces(claim, place, taken, text, starts)
        words = " ".join(text[start:end].replace("\n", " ").strip() for start, end in pieces)
        if claim.part is not Part.OTHER and "\n" in text[pieces[0][0] : pieces[-1][1]]:
            words = " ".join(words.split())  # wrapped: the line ends mean nothing
        found.append((pieces, claim, words))
    return [
        Passage(
            number=number,
            part=claim.part,
            words=words,
            pieces=pieces,
            index=claim.index,
            item=claim.item,
            is_confidential=claim.is_confidential,
        )
        for number, (pieces, claim, words) in enumerate(sorted(found, key=lambda one: one[0]))
    ]


def _claims(doc: MinutesDoc, text: str, starts: list[int]) -> Iterator[_Claim]:
    seen: set[int] = set()
    for item in doc.items:
        if spans := _offsets(item.source, text, starts):
            seen.update(span.line for span in item.source)
            yield _Claim(Part.HEADING, spans, item=item, is_confidential=item.is_confidential)
    for index, (item, line) in enumerate(doc.lines()):
        if spans := _offsets(line.source, text, starts):
            seen.update(span.line for span in line.source)
            is_confidential = line.is_confidential or (item is not None and item.is_confidential)
            yield _Claim(Part.LINE, spans, index=index, item=item, is_confidential=is_confidential)
    names = sorted({span.line for attendee in doc.attendees for span in attendee.source} - seen)
    others = sorted({span.line for span in doc.spans} - seen - set(names))
    for part, numbers in ((Part.NAMES, names), (Part.OTHER, others)):
        for number in numbers:
            start = starts[number - 1]
            stop = starts[number] - 1 if number < len(starts) else len(text)
            if words := text[start:stop].strip():
                begin = text.index(words, start)
                yield _Claim(part, ((begin, begin + len(words)),))


def _offsets(source: Iterable[Span], text: str, starts: list[int]) -> tuple[tuple[int, int], ...]:
    """Where the spans stand in the text, without the references and marks at the end."""
    spans = [(starts[span.line - 1] + span.start, starts[span.line - 1] + span.end) for span in source]
    while spans and MARKS.fullmatch(text[spans[-1][0] : spans[-1][1]]):
        spans.pop()
    return tuple(spans)


def _pieces(
    claim: _Claim, place: int, taken: dict[int, list[tuple[int, int, int]]], text: str, starts: list[int]
) -> tuple[tuple[int, int], ...]:
    """One piece, from the start of its line if nothing else stands there; its own spans where others are between."""
    first, last = claim.spans[0][0], claim.spans[-1][1]
    line, last_line = bisect_right(starts, first) - 1, bisect_right(starts, last) - 1
    others = [
        (start, end) for one in range(line, last_line + 1) for start, end, whose in taken.get(one, ()) if whose != place
    ]
    if any(first < start < last for start, _ in others):
        return claim.spans
    if not any(start < first for start, _ in others):
        begin = starts[line]
        first = begin + len(text[begin:first]) - len(text[begin:first].lstrip())
    return ((first, last),)


def rewrite(text: str, passage: Passage, reads: str) -> tuple[str, int, int]:
    """The notes with other words in the passage's place, and from where to where these stand; none strikes it out."""
    first, *rest = passage.pieces
    for start, end in reversed(rest):
        text = text[:start].rstrip(" \t") + text[end:]
    start, end = first
    if not reads and (marks := MARKS.match(text, end)):
        end = marks.end()  # there is nothing left that they could be of
    return text[:start] + reads + text[end:], start, start + len(reads)


def without_lost_references(text: str, at: int, kept: set[str]) -> str:
    """The notes without those references behind a passage that ends `at` which belong to nothing any more."""
    marks = MARKS.match(text, at)
    if marks is None:
        return text
    left = "".join(
        f" {mark}"
        for mark in MARK.findall(marks.group())
        if mark.strip("[]").casefold() == "confidential" or mark.strip("[]").upper() in kept
    )
    return text[:at] + left + text[marks.end() :]


def told(doc: MinutesDoc) -> str:
    """What the notes say, a line for each name, heading and line: for showing what differs between two of them."""
    lines = [" ".join(filter(None, (doc.title, str(doc.on or ""), doc.place)))]
    for attendee in doc.attendees:
        beside = ", ".join(filter(None, (attendee.organisation, attendee.role, attendee.note)))
        lines.append(f"{LISTS[attendee.presence]}: {attendee.name}{f' ({beside})' if beside else ''}")
    item_before = None
    lines += [_heading(item) for item in doc.items if not item.lines]
    for item, line in doc.lines():
        if item is not None and item is not item_before:
            lines.append(_heading(item))
            item_before = item
        label = "" if line.kind is Kind.PROSE else f"{line.kind.value.capitalize()} {line.reference}".rstrip() + ": "
        facts = [f"owner: {', '.join(line.owners)}" if line.owners else "", f"due {line.due}" if line.due else ""]
        facts += [f"by {line.who}" if line.who else "", "confidential" if line.is_confidential else ""]
        beside = "; ".join(filter(None, facts))
        lines.append(f"{label}{line.text}{f' ({beside})' if beside else ''}")
    return "\n".join(lines)


def _heading(item: ItemDoc) -> str:
    return f"Heading: {item.number} {item.title}{' (confidential)' if item.is_confidential else ''}".replace("  ", " ")
