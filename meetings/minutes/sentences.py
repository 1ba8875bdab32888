"""The sentences of a paragraph, and what one of them says of dates due and of how an action came out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time

from meetings.minutes.structure import Kind

ABBREVIATION = re.compile(
    r"(?:\b(?:eg|e\.g|ie|i\.e|etc|approx|no|nos|dr|mr|mrs|ms|prof|rev|st|cllr|cllrs|dept|vs|re|para|tel|ext"
    r"|inc|ltd|fig|ref|jr|[A-Z]\d{0,2}"
    r"|a|arr|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec))\.$",
    re.IGNORECASE,
)
STOP = re.compile(r"[.?!][”\"’')\]]{0,2}(?:\s+|(?<=[a-z]\.)(?=[A-Z][a-z]))")

NUMBER_ONLY = re.compile(r"\s*\d{1,2}(?:\.\d{1,2}){0,3}\.\s*")

REVIEW = re.compile(r"(?:\[(?P<one>A\d{1,6})\]|(?P<two>A\d{1,6})(?=\s?[:–-]))\s?[:–.-]?\s*")
DONE = re.compile(r"\b(?:done|completed?|discharged|finished|closed)\b", re.IGNORECASE)
NOT_DONE = re.compile(
    r"\b(?:not|un|isn['’]t|never|partly|nearly|almost|to be|be)\s?(?:yet )?(?:done|complete|discharged"
    r"|finished|closed)",
    re.I,
)
DROPPED = re.compile(
    r"\b(?:dropped|no longer (?:needed|required|relevant)|withdrawn|abandoned|cancelled|not needed)\b", re.I
)

DUE = re.compile(
    r"\b(?:by|before|until|in time for|for|at|in|on)\s+(?P<due>(?:the\s+)?(?:next|following) (?:meeting|mtg"
    r"|month|week|year)"
    r"|(?:the\s+)?end (?:of )?(?:the )?(?:month|week|year|January|February|March|April|May|June|July|August"
    r"|September|October|November|December)"
    r"|(?:early |late |the )?(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)(?:\s+\d{4})?)\b"
)
DUE_DATE = re.compile(r"\b(?:by|before|until|due|no later than)\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass
class Piece:
    """A line to be: its kind and stretch (``text_start`` where its words begin, if later), and what it says."""

    kind: Kind
    start: int
    end: int
    owners: tuple[str, ...] = ()
    owner_spans: list[tuple[int, int]] = field(default_factory=list)
    labels: list[tuple[int, int]] = field(default_factory=list)
    due: str = ""
    due_on: date | None = None
    outcome: str = ""
    who: str = ""
    on: date | None = None
    starts: time | None = None
    ends: time | None = None
    host: str = ""
    place: str = ""
    note: str = ""
    reference: str = ""
    is_confidential: bool = False


def split_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a stretch; abbreviations and initials end none."""
    begun = start
    for found in STOP.finditer(text, start, end):
        if found.end() >= end:
            break
        after = text[found.end()]
        if not (after.isupper() or after.isdigit() or after in "“\"‘('[·•–-"):
            continue
        if text[found.start()] == "." and ABBREVIATION.search(text, max(begun, found.start() - 12), found.start() + 1):
            # One capital and a stop is an initial, unless a list of owners ended there.
            continue
        if NUMBER_ONLY.fullmatch(text, begun, found.end()):
            continue
        stop = found.start() + len(found.group().rstrip())
        yield begun, stop
        begun = found.end()
    if text[begun:end].strip():
        yield begun, end


def without_join(words: str) -> str:
    """The words without the comma or "and" that leads on to what follows."""
    words = words.rstrip(" ,;:–—-")
    return re.sub(r"(?<=[\s,;])(?:and|but|so|that)$", "", words).rstrip(" ,;:–—-")


def outcome_of(words: str) -> str:
    """What a review says became of the action."""
    if DROPPED.search(words):
        return "dropped"
    if DONE.search(words) and not NOT_DONE.search(words):
        return "done"
    return ""
