"""Reads notes in the layouts that groups use: front matter, lists of names, headings, and the text between them."""

import re
from dataclasses import dataclass, field
from datetime import date

from meetings.minutes import document, front
from meetings.minutes.attendance import STRETCH_OF, Attendance
from meetings.minutes.attendance_reader import AttendanceReader
from meetings.minutes.doubts import Doubt, ask_initials
from meetings.minutes.headings import (
    DATA,
    INNER_NUMBER,
    MARKDOWN,
    NEXT_MEETINGS,
    SPEAKER,
    Heading,
    glued,
    is_sentence,
    numbered,
    standing_alone,
)
from meetings.minutes.list_labels import LABEL as LIST_LABEL
from meetings.minutes.names import Entry, People, is_person
from meetings.minutes.paragraphs import ParagraphReader, Talk
from meetings.minutes.rows import BULLET, Row, read_rows
from meetings.minutes.sentences import Piece, owners_in
from meetings.minutes.source import Source
from meetings.minutes.structure import ItemDoc, Kind, MinutesDoc, Stretch

# Longer than any notes of one meeting: what lies beyond is kept as it stands, so that no text takes for ever to read.
MOST_CHARACTERS = 150_000
MOST_ROWS = 4_000

PAGE = re.compile(
    r"%d bloggers like this:?|(?:top|bottom) of page|skip to (?:main )?content|share this:?|like this:?"
    r"|(?:like )?loading(?:\.\.\.|…)"
    r"|leave a (?:comment|reply).{0,40}|page \d{1,3}(?: of \d{1,3})?|advertisements?|back to top|[-_=*]{3,}",
    re.IGNORECASE,
)
ACTION_LIST = re.compile(r"\baction (?:items?|points?|list|log)$|^(?:new )?actions?$", re.IGNORECASE)
AGENDA = re.compile(r"agenda\b", re.IGNORECASE)
PAGE_EDGE = re.compile(r"search|menu|home|print|related|tweet|share|log ?in|contact us", re.IGNORECASE)
ACTION_POINT = re.compile(r"action (?:point|item)s?\s?\d{0,3}\s?:?", re.IGNORECASE)
OWNER_ROW = re.compile(r"(?:owners?|by whom|who|responsible)\s?:\s*(?P<owners>.{1,120})", re.IGNORECASE)
RUN_IN = re.compile(r"(?P<title>[A-Z][^:.;\n]{3,70}):\s{2,}\S")


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
        self.base = 0
        self.inner = 0
        self.agenda_end = 0
        self.paragraphs = ParagraphReader(source, People(), None, is_table=False)

    def read(self) -> None:
        """Read everything; the parts are then in the reader's own lists."""
        limit = self._limit()
        self.rows = read_rows(self.source, limit)
        self._see_table()
        self.attendance = AttendanceReader(self.source, self.rows).read()
        self._see_agenda()
        people = People(entry for found in self.attendance.lists for entry in found.entries)
        reader = front.FrontReader(self.source, self.rows, self.attendance, self.year_from, self._is_body_heading)
        self.front = reader.read()
        near = self.front.near or self.year_from
        self.paragraphs = ParagraphReader(self.source, people, near, self.is_table, self.doubts)
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
            self.base = max(row.no_break_spaces for row in labels)
            for row in self.rows:
                row.is_table_text = row.no_break_spaces > self.base

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
        point = self._action_point(index)
        if point:
            return point
        heading = self._heading(index)
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
        return index

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

    def _heading(self, index: int) -> Heading | None:
        row = self.rows[index]
        if self._is_inner_list(index):
            return None
        return self._marked_heading(row) or self._cell_heading(row) or self._plain_heading(index)

    def _is_body_heading(self, index: int) -> bool:
        """Whether a row, met while the front matter is read, begins the business."""
        row = self.rows[index]
        if index < self.agenda_end or front.HEADER.match(self.text, row.start, row.end):
            return False
        heading = numbered(self.text, row.start, row.end)
        if heading and not self._after_colon(index):
            return True
        return bool(MARKDOWN.match(self.text, row.start, row.end)) and self.text.startswith("##", row.start)

    def _marked_heading(self, row: Row) -> Heading | None:
        hashes = MARKDOWN.match(self.text, row.start, row.end)
        if hashes:
            found = numbered(self.text, hashes.end(), row.end)
            if found and found.end == row.end:
                return found
            line_end = self.text.find("\n", hashes.end(), row.end)
            stop = line_end if line_end >= 0 else row.end
            if not any(character.isalnum() for character in self.text[hashes.end() : stop]):
                return None
            return Heading(hashes.end(), stop, stop)
        found = numbered(self.text, row.start, row.end)
        if found and found.title:
            end = glued(self.text, found.start, row.end, self.paragraphs.people)
            if end > found.start:
                found = Heading(
                    found.start, self.source.trim(found.start, end)[1], end, found.number, found.number_start
                )
        if found and found.number_start >= 0:
            self.source.mark(Stretch.LABEL, found.number_start, found.start)
        return found

    def _cell_heading(self, row: Row) -> Heading | None:
        """A heading glued to the text of the cell beside it."""
        if row.is_bullet:
            return None
        sub = self._data_heading(row)
        if sub or not self.is_table or row.no_break_spaces != self.base:
            return sub
        end = glued(self.text, row.start, row.end, self.paragraphs.people)
        if end > row.start:
            return Heading(row.start, self.source.trim(row.start, end)[1], end)
        return None

    def _data_heading(self, row: Row) -> Heading | None:
        """ "Use of data and wish lists Used": a heading with the first of two sub-headings behind it."""
        words = self.text[row.start : row.end].split()
        if (
            len(words) > 1
            and len(words) < 14
            and words[-1].strip(":") in {"Used", "Wants"}
            and DATA.search(self.text, row.start, row.end)
        ):
            cut = self.text.rfind(words[-1], row.start, row.end)
            self.source.mark(Stretch.LABEL, cut, row.end)
            return Heading(row.start, self.source.trim(row.start, cut)[1], row.end)
        return None

    def _plain_heading(self, index: int) -> Heading | None:
        row = self.rows[index]
        if row.is_bullet or row.is_table_text:
            return None
        run_in = RUN_IN.match(self.text, row.start, row.end)
        if (
            run_in
            and row.blank_before
            and not self.is_table
            and self._has_few_numbers()
            and self._is_run_in(row, run_in)
        ):
            return Heading(row.start, run_in.end("title"), run_in.end("title") + 1)
        line_end = row.breaks[0][1]
        if line_end == row.end and self._stands_alone(index):
            return Heading(row.start, row.end, row.end)
        return None

    def _is_run_in(self, row: Row, run_in: re.Match[str]) -> bool:
        words = run_in["title"].split()
        return len(words) >= 2 and words[0][0].isupper() and not is_sentence(self.text, row.start, run_in.end("title"))

    def _stands_alone(self, index: int) -> bool:
        row = self.rows[index]
        following = self.rows[index + 1] if index + 1 < len(self.rows) else None
        if not following or not self._after_front(index) or SPEAKER.match(self.text, row.start, row.end):
            return False
        words = self.text[row.start : row.end].split()
        if self.paragraphs.people.has(" ".join(words)) or (self._is_numbered() and not " ".join(words).isupper()):
            return False
        framed = (self.is_table and row.ends_cell) or (
            row.blank_before > 0 and (following.blank_before > 0 or following.is_bullet)
        )
        leads = is_sentence(self.text, following.start, following.end) and not following.is_bullet and len(words) >= 2
        short = len(words) <= 3 and framed and self._is_short_heading(row, words)
        return (standing_alone(self.text, row.start, row.end) and (framed or leads)) or short

    def _is_short_heading(self, row: Row, words: list[str]) -> bool:
        """ "Useful links": two or three words between blank lines, with a capital and no stop."""
        plain = all(word.strip("&").isalpha() or word == "&" for word in words)
        return plain and len(words) >= 2 and words[0][0].isupper() and not is_sentence(self.text, row.start, row.end)

    def _after_front(self, index: int) -> bool:
        return any(row_index < index for row_index in self.attendance.rows) or bool(self.items)

    def _is_numbered(self) -> bool:
        return len({item.number for item in self.items if item.number}) >= 2

    def _has_few_numbers(self) -> bool:
        return not self._is_numbered()

    def _after_colon(self, index: int) -> bool:
        return index > 0 and self.text[self.rows[index - 1].end - 1] == ":"

    def _is_inner_list(self, index: int) -> bool:
        """A numbered list that a colon announces, counted from one, is no list of items."""
        row = self.rows[index]
        number = INNER_NUMBER.match(self.text, row.start, row.end)
        if not number:
            self.inner = 0
            return False
        count = int(number[1])
        if count == 1 and self._after_colon(index):
            self.inner = 2
            return True
        if self.inner and count == self.inner:
            self.inner += 1
            return True
        self.inner = 0
        return False

    def _open_item(self, heading: Heading) -> None:
        title = heading.title or self.source.words(heading.start, heading.end).strip(" ,:–-")
        standing_data = bool(DATA.search(title))
        item = ItemDraft(title or heading.number, heading.number)
        if not heading.title:
            item.start, item.end = heading.start, heading.end
        self.items.append(item)
        talk = Talk(next_meetings=bool(NEXT_MEETINGS.search(title)), actions=bool(ACTION_LIST.search(title)))
        if standing_data:
            after = self.text[heading.end : heading.rest].strip(" :")
            talk.section = {"Used": Kind.USED, "Wants": Kind.WANTS}.get(after)
        self.paragraphs.talk = talk

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
                self.paragraphs.add_due(piece)
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
        return doubts + ask_initials(owned, self.paragraphs.people)
