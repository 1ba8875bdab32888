"""The house layouts: a document laid out once, in blocks that every format writes.

- ``table``: what was said beside what is to be done, as a table of item, notes and action.
- ``columns``: names in two columns, items under their headings, actions as lines of their own.
- ``highlights``: what was decided and promised, and the next meetings; the talk is left out.

Whatever a layout does not print it names: see ``left_out``. Words are printed as minuted. What a line holds beyond its
words (owners, a day) is added where the words themselves don't say it, in the forms that the reader knows.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum

from meetings.minutes import strict
from meetings.minutes.names import INITIALS_TEXT, People, fold_initials, initials_of
from meetings.minutes.source import plain_copy, tidy
from meetings.minutes.structure import Attendee, ItemDoc, Kind, Line, MinutesDoc, Presence

LISTS = {Presence.ATTENDED: "Attended by", Presence.GUESTS: "In attendance", Presence.APOLOGIES: "Apologies"}
# The heads of the highlights, and the kinds of lines under each.
HEADS = {
    "Decisions": (Kind.AGREED, Kind.DECISION),
    "Actions": (Kind.ACTION,),
    "Next meetings": (Kind.NEXT_MEETING,),
}
INITIALS = re.compile(INITIALS_TEXT)
SAYS_AGREED = re.compile(
    r"\b(?:notes|minutes)\b[^.?!]{0,120}\b(?:agreed|approved|accepted)\b(?<!not agreed)", re.IGNORECASE
)
SAYS_NEXT = re.compile(r"(?:the )?next meeting (?:is|will|takes)\b", re.IGNORECASE)
# How far into a line its own words are asked for what they say: a sentence is shorter, and asking takes time.
MOST_WORDS = 2_000


class Layout(StrEnum):
    """The layouts that a group may choose between."""

    TABLE = "table"
    COLUMNS = "columns"
    HIGHLIGHTS = "highlights"


@dataclass(frozen=True, kw_only=True)
class Cover:
    """What a document says of the notes that they don't say themselves: whose, how far they are, where they live.

    ``status`` is words ("circulated, not yet agreed"); ``address`` that of the meeting's page; ``corrections`` a
    sentence on each. Any may be empty.
    """

    group: str = ""
    status: str = ""
    address: str = ""
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Name:
    """One person of a list: who, and in the second column for whom, with any remark."""

    who: str
    beside: str = ""

    def __str__(self) -> str:
        return f"{self.who} {self.beside}".rstrip()


@dataclass(frozen=True, kw_only=True)
class NameList:
    """One list of names with its label."""

    label: str
    names: tuple[Name, ...]


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One line of the notes: a label such as "Decision", the words, and owners whom the words don't name.

    Label and owners may be empty.
    """

    words: str
    label: str = ""
    owners: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The statement as the reader knows it, in one line, or in three where the words don't name the owners."""
        if self.owners:
            return f"{self.label} point:", self.words, f"Owner: {self.owners}"
        return (f"{self.label}: {self.words}" if self.label else self.words,)


@dataclass(frozen=True, kw_only=True)
class Row:
    """Lines that stand beside each other: what was said, and what is to be done about it."""

    notes: tuple[Statement, ...] = ()
    actions: tuple[Statement, ...] = ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All lines in the order of the notes."""
        return self.notes + self.actions


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading, empty for what comes before the first, and its rows; `beside` stands at the end of its line."""

    heading: str
    rows: tuple[Row, ...]
    beside: str = ""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All lines in the order of the notes."""
        return tuple(statement for row in self.rows for statement in row.statements)


@dataclass(frozen=True, kw_only=True)
class Laid:
    """A document in blocks, ready to be written. ``foot`` are sentences about the document itself.

    ``kind`` says what it is where it is no notes: "Agenda".
    """

    layout: Layout
    title: str
    on: date | None
    facts: tuple[tuple[str, str], ...]
    lists: tuple[NameList, ...]
    sections: tuple[Section, ...]
    cover: Cover
    foot: tuple[str, ...]
    kind: str = ""

    @property
    def name(self) -> str:
        """What to call the document in a list of files: its title and day."""
        title = self.heading if self.kind else self.title
        return ", ".join(part for part in (title, _day(self.on)) if part) or "Notes of a meeting"

    @property
    def heading(self) -> str:
        """What stands at its top."""
        return ": ".join(part for part in (self.kind, self.title) if part) or "Notes"

    @property
    def about(self) -> str:
        """What heads its foot, so that it is read as no part of the item above it."""
        return f"About this {self.kind.lower()}" if self.kind else "About these notes"


def lay_out(doc: MinutesDoc, *, layout: Layout, cover: Cover) -> Laid:
    """The document in a house layout."""
    people = People()
    for attendee in doc.attendees:
        people.add(attendee.name, attendee.initials)
    writer = _Writer(people, doc.on)
    sections = _heads(doc, writer) if layout is Layout.HIGHLIGHTS else _business(doc, writer)
    return Laid(
        layout=layout,
        title=_words(doc.title),
        on=doc.on,
        facts=tuple(_facts(doc)),
        lists=tuple(_lists(doc)),
        sections=tuple(sections),
        cover=cover,
        foot=tuple(_foot(left_out(doc, layout), cover)),
    )


def within(laid: Laid, most: int) -> Laid:
    """The document, cut after so many characters of its notes if it is longer, which its foot then says."""
    sections, left = [], most
    for section in laid.sections:
        rows = []
        for row in section.rows:
            left, notes = _cut(row.notes, left)
            left, actions = _cut(row.actions, left)
            rows.append(Row(notes=notes, actions=actions))
        sections.append(replace(section, rows=tuple(row for row in rows if row.statements)))
        if left < 0:
            what = f"This {laid.kind.lower()} is" if laid.kind else "These notes are"
            said = f"{what} too long for this kind of file, and end early. As plain text they are whole."
            return replace(laid, sections=tuple(sections), foot=(said, *laid.foot))
    return laid


def _cut(statements: tuple[Statement, ...], left: int) -> tuple[int, tuple[Statement, ...]]:
    """As much of the statements as there is room for, and the room left: less than none once they are cut."""
    kept = []
    for statement in statements:
        if left < 0:
            break
        fits = len(statement.words) <= left
        kept.append(statement if fits else replace(statement, words=statement.words[:left] + "…"))
        left -= len(statement.words)
    return left, tuple(kept)


def left_out(doc: MinutesDoc, layout: Layout) -> tuple[str, ...]:
    """What of this document the layout does not print, in words with counts; empty where it prints all."""
    counts = [(len(doc.of_kind(Kind.LEFT_OUT)), "line that is no part of the notes", "lines that are no part of them")]
    if layout is Layout.HIGHLIGHTS:
        counts += [
            (len(doc.items), "heading", "headings"),
            (len(doc.of_kind(Kind.PROSE)), "paragraph of discussion", "paragraphs of discussion"),
            (len(doc.of_kind(Kind.REVIEW)), "report on an earlier action", "reports on earlier actions"),
            (len(doc.of_kind(Kind.USED, Kind.WANTS)), "entry of data used or wanted", "entries of data used or wanted"),
        ]
    return tuple(f"{count} {one if count == 1 else many}" for count, one, many in counts if count)


def _facts(doc: MinutesDoc) -> Iterable[tuple[str, str]]:
    if doc.on:
        yield "Date", f"{doc.on:%A} {_day(doc.on)}"
    if doc.starts or doc.ends:
        yield "Time", _times(doc.starts, doc.ends)
    if doc.place:
        yield "Venue", _words(doc.place)


def _lists(doc: MinutesDoc) -> Iterable[NameList]:
    """The lists that have names. Guests beside nobody else are called so: "In attendance" alone would mean members."""
    for presence, label in LISTS.items():
        names = tuple(name_of(attendee) for attendee in doc.listed(presence))
        if names:
            alone = presence is Presence.GUESTS and not doc.listed(Presence.ATTENDED)
            yield NameList(label="Guests" if alone else label, names=names)


def name_of(attendee: Attendee) -> Name:
    """Una Vance (UV) – Chair | (Weir Trust) – until 5pm; a remark alone stands in the brackets."""
    who = _words(attendee.name)
    if attendee.initials:
        who += f" ({_words(attendee.initials)})"
    if attendee.role:
        who += f" – {_words(attendee.role)}"
    first, *more = [_words(words) for words in (attendee.organisation, attendee.note) if words] or [""]
    return Name(who=who, beside=" – ".join([f"({first})" if first else "", *more]))


def _business(doc: MinutesDoc, writer: "_Writer") -> Iterable[Section]:
    """Every item in order, its actions beside what led to them."""
    opening = _rows(doc.opening, writer)
    if opening:
        # Right below a list of names, lines would be read as more of them.
        yield Section(heading="Notes" if doc.attendees else "", rows=opening)
    for item in doc.items:
        yield Section(heading=_heading(item), rows=_rows(item.lines, writer))


def _heading(item: ItemDoc) -> str:
    number = _words(item.number)
    stop = "" if not number or number.endswith((".", ")")) else "."
    written = f"{number}{stop} {_words(item.title)}".lstrip()
    return written + (" [confidential]" if item.is_confidential else "")


def _rows(lines: Iterable[Line], writer: "_Writer") -> tuple[Row, ...]:
    rows: list[Row] = []
    for line in lines:
        if line.kind is Kind.LEFT_OUT:
            continue
        statement = writer.statement(line)
        last = rows.pop() if rows else Row()
        if line.kind is Kind.ACTION:
            rows.append(Row(notes=last.notes, actions=(*last.actions, statement)))
        elif last.actions:
            rows += [last, Row(notes=(statement,))]
        else:
            rows.append(Row(notes=(*last.notes, statement)))
    return tuple(rows)


def _heads(doc: MinutesDoc, writer: "_Writer") -> Iterable[Section]:
    """What was decided and promised and when the next meetings are, each under its head; heads with nothing left out.

    A line of a confidential item has lost the heading that says so, and says it itself.
    """
    for heading, kinds in HEADS.items():
        statements = tuple(
            writer.statement(line, is_confidential=line.is_confidential or (item is not None and item.is_confidential))
            for item, line in doc.lines()
            if line.kind in kinds
        )
        if statements:
            yield Section(heading=heading, rows=(Row(notes=statements),))


def _foot(missing: tuple[str, ...], cover: Cover) -> Iterable[str]:
    if missing:
        *most, last = missing
        listed = f"{', '.join(most)} and {last}" if most else last
        yield f"Left out of this layout: {listed}."
    # Read again as notes, "agreed" would be a decision; "already agreed" is none.
    status = f"Status: {re.sub('^agreed', 'already agreed', cover.status)}." if cover.status else ""
    said = " ".join(part for part in (f"{cover.group}." if cover.group else "", status, cover.address) if part)
    if said:
        yield said
    yield from cover.corrections


@dataclass(frozen=True)
class _Writer:
    """Writes lines of one document; knows who was there and the day, as its reader will."""

    people: People
    on: date | None

    def statement(self, line: Line, *, is_confidential: bool | None = None) -> Statement:
        """One line with its label, reference and mark."""
        words = _words(line.text)
        label = owners = ""
        if line.kind is Kind.ACTION:
            words += self._due(line, words)
            label, owners = "Action", self._unsaid_owners(line, words)
        elif line.kind is Kind.REVIEW:
            label = line.reference
            outcome = line.outcome or "still open"
            words += "" if strict.said_outcome(words[:MOST_WORDS]) == line.outcome else f" ({outcome})"
        elif line.kind is Kind.DECISION:
            label = "Decision"
        elif line.kind in {Kind.USED, Kind.WANTS}:
            label = self._data_label(line)
        elif line.kind is Kind.AGREED:
            words = self._agreed(line, words)
        elif line.kind is Kind.NEXT_MEETING:
            words = self._meeting(line, words)
            label = "" if SAYS_NEXT.match(words) else "Next meeting"
        if line.reference and line.kind is not Kind.REVIEW:
            words += f" [{line.reference}]"
        if line.is_confidential if is_confidential is None else is_confidential:
            words += " [confidential]"
        return Statement(label=label, words=words, owners=owners)

    def _unsaid_owners(self, line: Line, words: str) -> str:
        """The owners, unless the words say just those: as written, or by the initials of their names."""
        said = strict.said_action(words[:MOST_WORDS], self.people, self.on)[0]
        owners = tuple(_words(owner) for owner in line.owners)
        if len(said) == len(owners) and all(map(_is_called, owners, said)):
            return ""
        return ", ".join(owners)

    def _due(self, line: Line, words: str) -> str:
        """When it is due, where the words don't say so."""
        _, due, due_on = strict.said_action(words[:MOST_WORDS], self.people, self.on)
        if line.due_on:
            return f" (by {_day(line.due_on)})" if line.due_on != due_on else ""
        written = _words(line.due)
        return "" if written == due or written in words else f" (due {written})"

    def _data_label(self, line: Line) -> str:
        """ "AB: Used" as notes have it; whom the reader may take for no speaker stands behind, lest it be another's."""
        label = line.kind.value.capitalize()
        who = _words(line.who)
        if INITIALS.fullmatch(who) or who in self.people.names:
            return f"{who}: {label}"
        return f"{label} ({who or 'not noted by whom'})"

    def _agreed(self, line: Line, words: str) -> str:
        if SAYS_AGREED.search(words[:MOST_WORDS]) and strict.said_day(words[:MOST_WORDS], self.on) == line.on:
            return words
        return f"Notes of the meeting of {_day(line.on) or 'a day not noted'} agreed: {words}"

    def _meeting(self, line: Line, words: str) -> str:
        """The words, in brackets behind what they don't say of day, times, host, place and remark."""
        on, starts, ends, host, place, note = strict.said_meeting(words[:MOST_WORDS], self.on)
        parts = []
        if line.on and line.on != on:
            parts.append(_day(line.on))
        if (line.starts, line.ends) != (starts, ends) and (line.starts or line.ends):
            parts.append(_times(line.starts, line.ends))
        for written, said, lead in ((line.host, host, "hosted by "), (line.place, place, "at "), (line.note, note, "")):
            if _words(written) != said and _words(written) not in words:
                parts.append(lead + _words(written))
        return f"{', '.join(parts)} ({words})" if parts else words


def _is_called(owner: str, said: str) -> bool:
    """Whether this is how the words call an owner."""
    if owner == said:
        return True
    sure, likely = initials_of(owner)
    return fold_initials(said) in sure | likely


def _words(text: str) -> str:
    return tidy(plain_copy(text, hyphens=False))


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year:04d}" if day else ""


def _times(starts: time | None, ends: time | None) -> str:
    first = f"{starts:%H:%M}" if starts else "until " if ends else ""
    return f"{first}{'–' if starts else ''}{ends:%H:%M}" if ends else first
