"""The one structured form that everything about a meeting's notes goes through.

A ``MinutesDoc`` is frozen and knows no database: the reader makes one from text, recording turns one into rows,
composing makes one from rows for one reader, and the writers turn one into documents.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum


class Kind(StrEnum):
    """What a line of the minutes is."""

    PROSE = "prose"
    ACTION = "action"
    REVIEW = "review"
    DECISION = "decision"
    USED = "used"
    WANTS = "wants"
    NEXT_MEETING = "next meeting"
    AGREED = "agreed"
    LEFT_OUT = "left out"


class Presence(StrEnum):
    """The list of names that a person stands in."""

    ATTENDED = "attended"
    GUESTS = "guests"
    APOLOGIES = "apologies"


class Stretch(StrEnum):
    """What a stretch of the notes became: the words that ``read_notes`` prints in ``lines``."""

    LABEL = "label"
    TITLE = "title"
    DATE = "date"
    PLACE = "place"
    ATTENDED = "attended"
    GUESTS = "guests"
    APOLOGIES = "apologies"
    HEADING = "heading"
    PROSE = "prose"
    ACTION = "action"
    OWNER = "owner"
    USED = "used"
    WANTS = "wants"
    DECISION = "decision"
    NEXT_MEETING = "next meeting"
    AGREED = "agreed"
    LEFT_OUT = "left out"
    PROBLEM = "problem"


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A stretch of one line of the text as given: lines count from 1, offsets from 0, the end not included."""

    line: int
    start: int
    end: int
    kind: Stretch


@dataclass(frozen=True, kw_only=True, slots=True)
class Attendee:
    """One name of the lists of those present, in attendance or sending apologies, as minuted.

    ``role`` is the office that the notes mark beside the name ("Chair", "Secretary", or empty); ``note`` any other
    remark ("until 5pm"); ``initials`` those printed beside the name, never derived.
    """

    name: str
    presence: Presence
    organisation: str = ""
    role: str = ""
    initials: str = ""
    note: str = ""
    source: tuple[Span, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of the minutes: a stretch of prose, or one record.

    ``text`` is the words as minuted, on one line, spaces tidied, without the reference. Which of the other fields
    have a meaning depends on ``kind``:

    - action: ``owners`` (initials, names, roles or groups as written), ``due`` (the words), ``due_on``;
    - review: ``reference`` says which action was heard; ``outcome`` is "done", "dropped" or "" (only talked about);
    - used, wants: ``who`` as written;
    - next meeting: ``on``, ``starts``, ``ends``, ``host``, ``place``, ``note``;
    - agreed: ``on``, the date of the meeting whose notes were agreed.

    ``reference`` is the record's ("A37" an action, "D12" data used or wanted), empty until it has one.
    ``source`` is where the line stands in the text that was read; it does not count when two lines are compared.
    """

    kind: Kind
    text: str
    owners: tuple[str, ...] = ()
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
    source: tuple[Span, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemDoc:
    """One item of business: its number as written (may be empty or repeat), its heading and its lines in order."""

    title: str
    number: str = ""
    is_confidential: bool = False
    lines: tuple[Line, ...] = ()
    source: tuple[Span, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """Something that the reader could not be sure of, put as a question to the secretary.

    ``subject`` is what it is about, in a form that stays the same from one reading to the next ("MT"): it keys the
    answer. ``code`` tells what kind of question it is; ``message`` is for people; ``choices`` are the readings between
    which the reader could not decide, empty where any answer may be right.

    Codes: ``initials`` (nobody in the lists has them), ``same-initials`` (two have), ``date`` (impossible,
    contradictory or unreadable), ``name``, ``time``, ``other``.
    """

    line: int
    text: str
    message: str
    code: str = "other"
    subject: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class MinutesDoc:
    """A meeting's notes: who, when, where, and an ordered list of lines, those before the first heading apart.

    ``spans`` and ``problems`` say how the text was read; they are no part of what the notes say, so that two
    documents with equal contents are equal however they were written.
    """

    title: str = ""
    on: date | None = None
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    attendees: tuple[Attendee, ...] = ()
    opening: tuple[Line, ...] = ()
    items: tuple[ItemDoc, ...] = ()
    problems: tuple[Problem, ...] = field(default=(), compare=False, repr=False)
    spans: tuple[Span, ...] = field(default=(), compare=False, repr=False)

    def lines(self) -> Iterator[tuple[ItemDoc | None, Line]]:
        """Every line in order, each with its item, or None for those before the first heading."""
        for line in self.opening:
            yield None, line
        for item in self.items:
            for line in item.lines:
                yield item, line

    def of_kind(self, *kinds: Kind) -> list[Line]:
        """The lines of these kinds, in order."""
        return [line for _, line in self.lines() if line.kind in kinds]

    def listed(self, presence: Presence) -> list[Attendee]:
        """The people in one of the three lists, in order."""
        return [attendee for attendee in self.attendees if attendee.presence == presence]

    def officer(self, role: str) -> str:
        """The name that the notes mark as "Chair" or "Secretary"; empty where they mark nobody.

        Somebody who is both has the second office as a note: "also Secretary".
        """
        both = f"also {role}"
        named = [attendee.name for attendee in self.attendees if attendee.role == role]
        named += [attendee.name for attendee in self.attendees if both in attendee.note.split(", ")]
        return next(iter(named), "")
