"""Reads notes in the layouts that groups use: front matter, lists of names, headings, and the text between them."""

import re
from dataclasses import dataclass, field
from datetime import date

from meetings.minutes import columns, document, front
from meetings.minutes.attendance import STRETCH_OF, Attendance
from meetings.minutes.attendance_reader import AttendanceReader
from meetings.minutes.dates import find_dates
from meetings.minutes.doubts import Doubt, ask_initials
from meetings.minutes.heading_rows import HeadingReader, speaks_of
from meetings.minutes.headings import Heading
from meetings.minutes.list_labels import LABEL as LIST_LABEL
from meetings.minutes.names import Entry, People, is_person
from meetings.minutes.owners import owners_in
from meetings.minutes.paragraphs import ParagraphReader
from meetings.minutes.rows import BULLET, Row, read_rows
from meetings.minutes.sentences import Piece
from meetings.minutes.source import Source
from meetings.minutes.structure import ItemDoc, Kind, MinutesDoc, Stretch
from meetings.minutes.talk import Notes, Talk

# Longer than any notes of one meeting: what lies beyond is kept as it stands, so that no text takes for ever to read.
MOST_CHARACTERS = 150_000
MOST_ROWS = 4_000

PAGE = re.compile(
    r"%d bloggers like this:?|(?:top|bottom) of page|skip to (?:main )?content|share this:?|like this:?"
    r"|(?:like )?loading(?:\.\.\.|…)"
    r"|leave a (?:comment|reply).{0,40}|page \d{1,3}(?: of \d{1,3})?|advertisements?|back to top|[-_=*]{3,}",
    re.IGNORECASE,
)
RULE = re.compile(r"[\s|:=_-]+")  # the line of dashes under a table's header
AGENDA = re.compile(r"agenda\b", re.IGNORECASE)
PAGE_EDGE = re.compile(r"search|menu|home|print|related|tweet|share|log ?in|contact us", re.IGNORECASE)
ACTION_POINT = re.compile(r"action (?:point|item)s?\s?\d{0,3}\s?:?", re.IGNORECASE)
OWNER_ROW = re.compile(r"(?:owners?|by whom|who|responsible)\s?:\s*(?P<owners>.{1,120})", re.IGNORECASE)


@dataclass
class ItemDraft:
    """An item while it is read; ``start`` is -1 where its title is lent by its first words."""

    title: str
    number: str = ""
    start: int = -1
    end: int = -1
    is_confidential: bool = False
    pieces: list[Piece] = field(default_factory=list)

    def __lt__(self, other: "ItemDraft") -> bool:
        return self.start < other.start


def has_date(text: str, start: int, end: int) -> bool:
    """Whether a stretch names a day."""
    return next(find_dates(text, start, end), None) is not None


class HouseReader:
    """One reading of one text."""

    def __init__(self, source: Source, year_from: date | None) -> None:
        self.source = source
        self.text = source.plain
        self.year_from = year_from
        self.opening: list[Piece] = []
        self.items: list[ItemDraft] = []
        self.front = front.Front()
        self.attendance = Attendance()
        self.doubts: list[Doubt] = []
        self.rows: list[Row] = []
        self.is_table = False
        self.agenda_end = 0
        self.headings = HeadingReader(source, [], People())
        self.columns: columns.Columns | None = None
        self.notes = Notes(source, People(), None)
        self.paragraphs = ParagraphReader(self.notes)

    def read(self) -> None:
        """Read everything; the parts are then in the reader's own lists."""
        limit = self._limit()
        self.rows = read_rows(self.source, limit)
        self.headings.rows = self.rows
        self._see_table()
        self.attendance = AttendanceReader(self.source, self.rows).read()
        self._see_agenda()
        people = People(entry for found in self.attendance.lists for entry in found.entries)
        self.headings.people = people
        self.headings.front_end = min(self.attendance.rows, default=-1)
        self.headings.survey()
        reader = front.FrontReader(self.source, self.rows, self.attendance, self.year_from, self._is_body_heading)
        self.front = reader.read()
        near = self.front.near or self.year_from
        own_words = frozenset(word.casefold() for word in self.front.title.split())
        self.notes = Notes(self.source, people, near, self.is_table, self.doubts, own_words=own_words)
        self.paragraphs = ParagraphReader(self.notes)
        self._read_body()
        self._read_chairing()
        if limit < len(self.text):
            self._keep_tail(limit)

    def pieces(self) -> list[tuple[ItemDraft | None, Piece]]:
        """Every line to be, in order, with its item."""
        return [(None, piece) for piece in self.opening] + [
            (item, piece) for item in self.items for piece in item.pieces
        ]

    def doubt_mark(self, at: int, piece: Piece) -> None:
        """A mark in the middle of a line counts for the whole line, and the secretary is told."""
        message = (
            "[confidential] stands in the middle of a line: the whole line is kept confidential. "
            "Please put it at the line's end."
        )
        self.doubts.append(Doubt(at, self.source.words(piece.start, piece.end), message))

    # How the page is laid out

    def _limit(self) -> int:
        limit = len(self.text)
        if limit > MOST_CHARACTERS:
            cut = self.text.rfind("\n", 0, MOST_CHARACTERS)
            limit = cut if cut > 0 else MOST_CHARACTERS
        position = count = 0
        while count < MOST_ROWS:
            position = self.text.find("\n", position, limit)
            if position < 0:
                return limit
            position += 1
            count += 1
        return position

    def _see_table(self) -> None:
        """Notes pasted from a table: lists are labelled by a cell without a colon, or rows end with empty cells."""
        labels = [row for row in self.rows if self._is_cell_label(row)]
        ends = sum(row.ends_cell for row in self.rows)
        self.is_table = bool(labels) and (ends >= 2 or len(labels) >= 2)
        if self.is_table:
            self.headings.is_table = True
            self.headings.base = max(row.no_break_spaces for row in labels)
            for row in self.rows:
                row.is_table_text = row.no_break_spaces > self.headings.base

    def _see_agenda(self) -> None:
        """An agenda printed above the lists of names: its rows are what was to be talked about, not what was said."""
        first = min(self.attendance.rows, default=0)
        if any(AGENDA.match(self.text, row.start, row.end) for row in self.rows[:first]):
            self.agenda_end = first

    def _is_cell_label(self, row: Row) -> bool:
        label = LIST_LABEL.match(self.text, row.start, row.end)
        return (
            bool(label)
            and not label["mark"]
            and label.end() < row.end
            and self.text[label.end() :].lstrip()[:1].isupper()
        )

    # The body

    def _read_body(self) -> None:
        index = 0
        leftovers: dict[int, list[tuple[int, int]]] = {}
        for row_index, start, end in self.attendance.leftovers:
            leftovers.setdefault(row_index, []).append((start, end))
        while index < len(self.rows):
            if index in self.attendance.rows:
                self._attendance_row(index, leftovers.get(index, []))
            elif index not in self.front.rows:
                index = self._body_row(index)
            index += 1

    def _attendance_row(self, index: int, leftovers: list[tuple[int, int]]) -> None:
        if index in self.attendance.headings:
            number, number_start, start, end = self.attendance.headings[index]
            self.source.mark(Stretch.LABEL, number_start, start)
            self.headings.has_items = True
            self.headings.numbers |= {number} - {""}
            self._open_item(Heading(start, end, end, number))
        for start, end in leftovers:
            self._add(self.paragraphs.read(Row(start, end, start), start))

    def _body_row(self, index: int) -> int:
        """Read one row, or the few that belong together; returns the last one read."""
        row = self.rows[index]
        if self._is_page(index):
            self._add([Piece(Kind.LEFT_OUT, row.start, row.end)])
            return index
        if index < self.agenda_end:
            self._add([Piece(Kind.PROSE, row.start, row.end)])
            return index
        last = self._action_point(index) or self._numbered_cell(index)
        if last:
            return last
        before = self.items[-1].pieces if self.items else self.opening
        if not self._column_row(index) and not self.paragraphs.actions.owners_of_row(row, before):
            self._read_row(index)
        return index

    def _read_row(self, index: int) -> None:
        row = self.rows[index]
        heading = self.headings.read(index)
        start = row.start
        if heading:
            self._open_item(heading)
            start = heading.rest
        start, end = self.source.trim(start, row.end)
        bullet = BULLET.match(self.text, start, end) if heading else None
        if bullet and bullet.end() < end:
            start = bullet.end()
        if start < end:
            self._add(self.paragraphs.read(row, start))

    def _numbered_cell(self, index: int) -> int:
        """A number on a row of its own and the item's title on the next: a table's first two cells; else 0."""
        number = self.headings.number_alone(index)
        if not number:
            return 0
        row, title = self.rows[index], self.rows[index + 1]
        self.source.mark(Stretch.LABEL, row.start, row.end)
        self._open_item(Heading(title.start, title.end, title.end, number))
        return index + 1

    def _is_page(self, index: int) -> bool:
        row = self.rows[index]
        if PAGE.fullmatch(self.text, row.first, row.end):
            return True
        at_edge = index < 3 or index >= len(self.rows) - 5
        return at_edge and bool(PAGE_EDGE.fullmatch(self.text, row.start, row.end))

    def _action_point(self, index: int) -> int:
        """ "Action Point 1", what is to be done, "Owner: …": one action over several rows; 0 if this is none."""
        row = self.rows[index]
        if not ACTION_POINT.fullmatch(self.text, row.start, row.end):
            return 0
        for last in range(index + 2, min(index + 6, len(self.rows))):
            owner = OWNER_ROW.fullmatch(self.text, self.rows[last].start, self.rows[last].end)
            if owner:
                self.source.mark(Stretch.LABEL, row.start, row.end)
                self.source.mark(Stretch.LABEL, self.rows[last].start, owner.start("owners"))
                self.source.mark(Stretch.OWNER, *owner.span("owners"))
                piece = Piece(
                    Kind.ACTION, self.rows[index + 1].start, self.rows[last - 1].end, owners_in(owner["owners"])
                )
                self._add([piece])
                return last
        return 0

    def _column_row(self, index: int) -> bool:
        """A row of a table of actions: its header, or one action, cell by cell."""
        row = self.rows[index]
        named = columns.header(self.text, row)
        if named:
            self.columns = named
            self.source.mark(Stretch.LABEL, row.start, row.end)
            return True
        if self.columns is None:
            return False
        if RULE.fullmatch(self.text, row.start, row.end):
            self.source.mark(Stretch.LABEL, row.start, row.end)
            return True
        piece = columns.action(self.text, row, self.columns)
        if piece is None:
            self.columns = None
            return False
        self._add(self.paragraphs.actions.with_status([piece]))
        return True

    def _is_body_heading(self, index: int) -> bool:
        """Whether a row, met while the front matter is read, begins the business."""
        row = self.rows[index]
        if index < self.agenda_end or front.HEADER.match(self.text, row.start, row.end):
            return False
        return self.headings.begins_business(index)

    def _open_item(self, heading: Heading) -> None:
        title = heading.title or self.source.words(heading.start, heading.end).strip(" ,:–-")
        item = ItemDraft(title or heading.number, heading.number)
        if not heading.title:
            item.start, item.end = heading.start, heading.end
        self.items.append(item)
        self._speak_of(title, heading.start, heading.end, heading.rest)

    def _speak_of(self, title: str, start: int, end: int, rest: int) -> None:
        """Begin to talk of what a heading says, until the next."""
        before = self.notes.talk
        talk = Talk(**speaks_of(title))
        if talk.notes:
            line_end = self.text.find("\n", start)
            whole = (start, line_end if 0 <= line_end < start + 200 else end)
            talk.agreed_day = before.agreed_day if before.notes and not has_date(self.text, *whole) else whole
        if talk.data:
            after = self.text[end:rest].strip(" :")
            talk.section = {"Used": Kind.USED, "Wants": Kind.WANTS}.get(after)
        self.notes.talk = talk

    def _add(self, pieces: list[Piece]) -> None:
        (self.items[-1].pieces if self.items else self.opening).extend(pieces)

    def _keep_tail(self, limit: int) -> None:
        start, end = self.source.trim(limit, len(self.text))
        if start < end:
            # What nobody reads line by line may hold something confidential anywhere.
            is_confidential = "[confidential]" in self.text[start:end].lower()
            self._add([Piece(Kind.PROSE, start, end, is_confidential=is_confidential)])
            message = (
                "These notes are longer than a meeting's: from here on they are kept as they stand. "
                "Please cut them in two."
            )
            self.doubts.append(Doubt(start, self.source.words(start, min(end, start + 80)), message))

    def _read_chairing(self) -> None:
        """ "The meeting was chaired by X; minutes were taken by Y": an office for somebody whom the lists name."""
        said: list[tuple[str, str, bool]] = []
        for _, piece in self.pieces()[:80]:
            said += front.offices(self.source.words(piece.start, min(piece.end, piece.start + 2000)))
        for role, name, is_meeting in said:
            self.attendance.give_office(role, Entry(0, 0, name), may_add=is_meeting and is_person(name))
        self.attendance.hear_bodies(self.text)

    # The document

    def doc(self) -> MinutesDoc:
        """What was read, as a document."""
        pieces = [piece for _, piece in self.pieces()]
        for piece in pieces:
            if piece.kind is Kind.ACTION:
                self.paragraphs.actions.add_due(piece)
            document.paint(self.source, piece)
        for item in self.items:
            if item.start >= 0:
                self.source.mark(Stretch.HEADING, item.start, item.end)
        people = self.attendance.resolve()
        for entry, presence in people:
            self.source.mark(STRETCH_OF[presence], entry.start, entry.end)
        spans = self.source.finish()
        return MinutesDoc(
            title=self.front.title,
            on=self.front.on,
            starts=self.front.starts,
            ends=self.front.ends,
            place=self.front.place,
            attendees=tuple(document.attendee(self.source, entry, presence) for entry, presence in people),
            opening=document.lines(self.source, self.opening),
            items=tuple(self._item(item) for item in self.items),
            problems=document.problems(self.source, self._all_doubts(pieces)),
            spans=spans,
        )

    def _item(self, item: ItemDraft) -> ItemDoc:
        return ItemDoc(
            title=item.title,
            number=item.number,
            is_confidential=item.is_confidential,
            lines=document.lines(self.source, item.pieces),
            source=self.source.spans(item.start, item.end) if item.start >= 0 else (),
        )

    def _all_doubts(self, pieces: list[Piece]) -> list[Doubt]:
        doubts = [*self.front.doubts, *self.attendance.doubts, *self.doubts]
        if not self.attendance.lists:
            return doubts
        owned = (
            (
                piece.start,
                self.source.words(piece.start, piece.end),
                (*piece.owners, *([piece.who] if piece.who else [])),
            )
            for piece in pieces
            if piece.owners or piece.who
        )
        return doubts + ask_initials(owned, self.notes.people)
