"""Which rows of notes are headings: numbered, marked, set apart by blank lines, or glued to a cell's text."""

import re
from dataclasses import replace

from meetings.minutes import next_meetings, promises
from meetings.minutes.data import DATA_ITEM
from meetings.minutes.decisions import NOTES_ITEM
from meetings.minutes.heading_shapes import LABEL_COLON, Shapes, Survey
from meetings.minutes.headings import (
    INNER_NUMBER,
    MARKDOWN,
    SLASHED,
    SPEAKER,
    Heading,
    glued,
    is_sentence,
    is_standing,
    is_title,
    numbered,
    standing_alone,
)
from meetings.minutes.names import People
from meetings.minutes.rows import Row
from meetings.minutes.source import Source
from meetings.minutes.structure import Stretch

ACTION_LIST = re.compile(
    r"(?:.*\b)?actions? (?:items?|points?|list|log|plan|summary|arising|agreed|required|carried forward"
    r"|brought forward)"
    r"|(?:(?:new|c/f|b/f|further|outstanding|other|agreed) )?actions?(?: (?:from|of|arising from) (?:this"
    r"|the|today['’]s)"
    r" (?:meeting|discussion))?|(?:summary|list) of actions\b.*|to[ -]do(?: list)?",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"(?:aob|a\.o\.b\.?|any other business|any other matters|close(?: of meeting)?|(?:date|dates|time"
    r"|details)\b.{0,30}"
    r"\b(?:next|future|forthcoming)\b.{0,30}|(?:next|future|forthcoming) (?:\w+ ){0,2}(?:meetings?|dates?)"
    r"|(?:aob|any other business) (?:and|&) .{3,40}|(?:future|next|forthcoming) meetings? \(.{1,60}\))",
    re.IGNORECASE,
)
OPENING = re.compile(r"matters arising|(?:minutes|notes) of (?:the )?(?:last|previous) meeting", re.IGNORECASE)
ROMAN = re.compile(r"\((?P<number>[ivx]{1,4})\)\s+(?=[A-Z])")
REMARK = re.compile(r"\s\([^()\n]{1,80}\)\s?:?$")
RUN_IN = re.compile(r"(?P<title>[A-Z][^:.;\n]{3,70}):\s{2,}\S")
BOLD = re.compile(r"(?:\*\*|__)(?P<title>[^*_\n]{2,90}?)\s?:?(?:\*\*|__)\s?:?")
LINK_BEHIND = re.compile(r"\s+\[[^\]\n]{1,80}\]\([^)\n]{1,200}\)$")
NUMBER_ALONE = re.compile(r"(?P<number>\d{1,2}(?:\.0)?)[.):]?")
# The cells that head a table's columns.
COLUMN_NAMES = """
    item items no no. ref agenda subject topic discussion notes minute action actions actioned who owner by and &
    responsible status lead
"""
COLUMN_WORDS = frozenset(COLUMN_NAMES.split())
# "Both to be on Zoom" goes on with a list.
SPEAKS_OF_ALL = frozenset({"Both", "All", "Each"})
QUESTION_WORDS = """
    Who What Where When Why How Which Whose Is Are Do Does Can Should Shall Any Anything
"""
QUESTIONS = frozenset(QUESTION_WORDS.split())


class HeadingReader:
    """Says of each row, in order, whether it is or begins with a heading."""

    def __init__(self, source: Source, rows: list[Row], people: People) -> None:
        self.source = source
        self.text = source.plain
        self.rows = rows
        self.people = people
        self.is_table = False
        self.base = 0
        self.inner = self.inner_indent = 0
        self.shapes = Shapes()
        self.numbers: set[str] = set()
        self.has_items = False
        self.front_end = -1
        self.last_heading = -1
        self.last_was_plain = False

    def survey(self) -> None:
        """See how these notes set their headings."""
        self.shapes = Survey(self.text, self.rows, self.people, self.front_end).shapes()

    def read(self, index: int) -> Heading | None:
        """The heading that a row is or begins with."""
        row = self.rows[index]
        if self._is_inner_list(index):
            return None
        marked = self._marked(index)
        found = marked or self._cell(row) or self._plain(index)
        if found:
            self.last_heading, self.last_was_plain = index, not found.number
            self.has_items = True
            if found.number:
                self.numbers.add(found.number)
        return found

    def begins_business(self, index: int) -> bool:
        """Whether a row, met while the front matter is read, begins the business."""
        row = self.rows[index]
        heading = numbered(self.text, row.start, row.end)
        if heading and not self._after_colon(index):
            return True
        return bool(MARKDOWN.match(self.text, row.start, row.end)) and self.text.startswith("##", row.start)

    def _marked(self, index: int) -> Heading | None:
        row = self.rows[index]
        hashes = MARKDOWN.match(self.text, row.start, row.end)
        if hashes:
            return self._under_hashes(row, hashes.end())
        bold = BOLD.fullmatch(self.text, row.start, row.end)
        if bold and not row.is_bullet and self._after_front(index):
            return self._in_bold(row, bold)
        slashed = SLASHED.match(self.text, row.start, row.end)
        if slashed:
            self.source.mark(Stretch.LABEL, row.start, slashed.start("title"))
            return Heading(slashed.start("title"), slashed.end("title"), slashed.end(), slashed["number"], row.start)
        return self._numbered(index) or self.shapes.before_stroke.get(index)

    def _in_bold(self, row: Row, bold: re.Match[str]) -> Heading:
        found = numbered(self.text, *bold.span("title"))
        if found and not found.title and found.end == bold.end("title"):
            return Heading(found.start, found.end, row.end, found.number, row.start)
        return Heading(bold.start("title"), bold.end("title"), row.end)

    def _numbered(self, index: int) -> Heading | None:
        row = self.rows[index]
        found = numbered(self.text, row.start, row.end)
        found = found or self.shapes.numbered.get(index)
        if not found or self._is_promise(found.start, row.end) or self._is_sub_promise(found, row.end):
            return None  # "1. AB to ring" is a point of a list of actions
        if found.title:
            end = glued(self.text, found.start, row.end, self.people, is_numbered=True)
            if end > found.start:
                stop = self.source.trim(found.start, end)[1]
                found = Heading(found.start, stop, end, found.number, found.number_start)
            elif self.last_heading == index - 1 and self.last_was_plain and found.number == "1":
                self.inner = 2
                return None  # what is numbered under a plain heading are its points
        if found.number_start >= 0:
            self.source.mark(Stretch.LABEL, found.number_start, found.start)
        data = self._data_heading(found.start, found.end) if not found.title else None
        return replace(found, end=data.end) if data else found

    def _under_hashes(self, row: Row, start: int) -> Heading | None:
        line_end = self.text.find("\n", start, row.end)
        stop = line_end if line_end >= 0 else row.end
        number, number_start = "", -1
        if found := numbered(self.text, start, stop):
            self.source.mark(Stretch.LABEL, start, found.start)
            if found.end > found.start:
                return found
            # "## 6. The Forum should ask": no heading by its words, but by its hashes.
            number, number_start, start = found.number, found.number_start, found.start
        stop = start + len(self.text[start:stop].rstrip("# "))
        start += len(self.text[start:stop]) - len(self.text[start:stop].lstrip("*_ "))
        stop = start + len(self.text[start:stop].rstrip("*_ :"))
        link = LINK_BEHIND.search(self.text, start, stop)
        if link and start < link.start():
            return Heading(start, link.start(), link.start(), number, number_start)
        if not any(character.isalnum() for character in self.text[start:stop]):
            return None
        return Heading(start, stop, line_end if line_end >= 0 else row.end, number, number_start)

    def _is_promise(self, start: int, end: int) -> bool:
        found = promises.clauses(self.text, start, min(end, start + 120), self.people)
        return bool(found) and found[0].start("owners") == 0

    def _is_sub_promise(self, found: Heading, end: int) -> bool:
        """ "1.3 Under 11.1, AB to ring: ongoing": a point of its item, no heading."""
        return "." in found.number and bool(promises.clauses(self.text, found.start, end, self.people))

    def _cell(self, row: Row) -> Heading | None:
        """A heading glued to the text of the cell beside it."""
        if row.is_bullet:
            return None
        sub = self._data_heading(row.start, row.end)
        if sub or not self.is_table or row.no_break_spaces != self.base:
            return sub
        end = glued(self.text, row.start, row.end, self.people)
        if end > row.start:
            return Heading(row.start, self.source.trim(row.start, end)[1], end)
        return None

    def _data_heading(self, start: int, end: int) -> Heading | None:
        """ "Use of data and wish lists Used": a heading with the first of two sub-headings behind it."""
        words = self.text[start:end].split()
        if (
            len(words) > 1
            and len(words) < 14
            and words[-1].strip(":") in {"Used", "Wants"}
            and DATA_ITEM.search(self.text, start, end)
        ):
            cut = self.text.rfind(words[-1], start, end)
            self.source.mark(Stretch.LABEL, cut, end)
            return Heading(start, self.source.trim(start, cut)[1], end)
        return None

    def _plain(self, index: int) -> Heading | None:
        row = self.rows[index]
        if index in self.shapes.dashed and not self.is_numbered() and not self._is_promise(row.start, row.end):
            return Heading(row.start, row.end, row.end)
        if row.is_bullet or row.is_table_text:
            return None
        run_in = RUN_IN.match(self.text, row.start, row.end)
        if (
            run_in
            and row.blank_before
            and not self.is_table
            and not self.is_numbered()
            and self._is_run_in(row, run_in)
        ):
            return Heading(row.start, run_in.end("title"), run_in.end("title") + 1)
        standing = self._standing(index)
        if standing:
            return standing
        line_end = row.breaks[0][1]
        if line_end == row.end and self._stands_alone(index):
            return Heading(row.start, row.end, row.end)
        return None

    def _standing(self, index: int) -> Heading | None:
        """ "Matters arising", "AOB: none", "Date of next meeting": items that every meeting has."""
        row = self.rows[index]
        if not self._after_front(index):
            return None
        stop = row.breaks[0][1]
        words = REMARK.sub("", self.text[row.start : stop]).rstrip(" :")
        end = row.start + len(words)
        is_closing = bool(CLOSING.fullmatch(words))
        if (
            words[:1].isupper()
            and (is_closing or is_standing(self.text, row.start, end))
            and (is_closing or not self.is_numbered())
        ):
            return Heading(row.start, end, end if self.text[end:stop].strip(" :") else stop)
        roman = ROMAN.match(self.text, row.start, stop)
        if roman and is_standing(self.text, roman.end(), stop):
            self.source.mark(Stretch.LABEL, row.start, roman.end())
            return Heading(roman.end(), stop, stop, roman["number"], row.start)
        label = LABEL_COLON.match(self.text, row.start, min(row.end, row.start + 80))
        if not label or self.is_table:
            return None
        opens = not self.is_numbered() and OPENING.fullmatch(label["title"])
        if opens or CLOSING.fullmatch(label["title"]) or (not self.is_numbered() and index in self.shapes.labelled):
            return Heading(row.start, label.end("title"), label.end())
        return None

    def number_alone(self, index: int) -> str:
        """ "3" on a row of its own, before a row with the item's title: a table's first two cells; "" if it is none."""
        row = self.rows[index]
        found = NUMBER_ALONE.fullmatch(self.text, row.start, row.end)
        if not found or index + 1 >= len(self.rows) or self.inner:
            return ""
        title = self.rows[index + 1]
        if not self._after_front(index) and not is_standing(self.text, title.start, title.end):
            return ""
        starts = self.text[title.start].isupper() and not title.is_bullet
        if not starts or not is_title(self.text, title.start, title.end) or self._is_promise(title.start, title.end):
            return ""
        self.numbers.add(found["number"])
        self.has_items = True
        self.last_heading, self.last_was_plain = index + 1, False
        return found["number"]

    def _is_run_in(self, row: Row, run_in: re.Match[str]) -> bool:
        words = run_in["title"].split()
        return len(words) >= 2 and words[0][0].isupper() and not is_sentence(self.text, row.start, run_in.end("title"))

    def _stands_alone(self, index: int) -> bool:
        row = self.rows[index]
        following = self.rows[index + 1] if index + 1 < len(self.rows) else None
        words = self.text[row.start : row.end].split()
        if not following or not self._after_front(index) or self._is_no_heading(row, words):
            return False
        framed = (self.is_table and row.ends_cell) or (
            row.blank_before > 0 and (following.blank_before > 0 or following.is_bullet)
        )
        if self._is_question(row, words):
            return framed or row.blank_before > 0
        says = is_sentence(self.text, following.start, following.end) and not following.is_bullet
        leads = says and len(words) >= 2
        joined = row.blank_before > 0 and leads and not following.blank_before
        alone = standing_alone(self.text, row.start, row.end)
        in_capitals = alone and " ".join(words).isupper()
        short = (framed and len(words) <= 5) or (joined and len(words) <= 6)
        return in_capitals or (alone and (framed or leads)) or (short and self._is_short(row, words))

    def _is_no_heading(self, row: Row, words: list[str]) -> bool:
        """A speaker, a person, a promise, a table's column heads; or, where items are numbered, any other row."""
        if SPEAKER.match(self.text, row.start, row.end) or all(word.casefold() in COLUMN_WORDS for word in words):
            return True
        if words[0] in SPEAKS_OF_ALL:
            return True
        whole = " ".join(words)
        if self._is_promise(row.start, row.end) or promises.subject_of(whole, self.people):
            return True
        return self.people.has(whole) or (self.is_numbered() and not whole.isupper())

    def _is_question(self, row: Row, words: list[str]) -> bool:
        """ "Who is working on what?": a question on a line of its own."""
        asks = words[0].split("’")[0].split("'")[0] in QUESTIONS and ":" not in self.text[row.start : row.end]
        return asks and 2 <= len(words) <= 9 and words[-1].endswith("?")

    def _is_short(self, row: Row, words: list[str]) -> bool:
        """ "Useful links", "A programme for 2022": a few words between blank lines, with a capital and no stop."""
        plain = all(word.strip("&").isalnum() or word == "&" for word in words)
        return plain and len(words) >= 2 and words[0][0].isupper() and not is_sentence(self.text, row.start, row.end)

    def _after_front(self, index: int) -> bool:
        return self.front_end < index and (self.front_end >= 0 or self.has_items)

    def is_numbered(self) -> bool:
        """Whether the items have numbers so far."""
        return len(self.numbers) >= 2

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
            self.inner, self.inner_indent = 2, row.indent
            return True
        if self.inner and count == self.inner and row.indent >= self.inner_indent:
            self.inner += 1
            return True
        self.inner = 0
        return False


def speaks_of(title: str) -> dict[str, bool]:
    """What an item's heading says that it is about."""
    plain = title.strip(" .:")
    return {
        "next_meetings": bool(next_meetings.HEADING.search(plain)),
        "actions": bool(ACTION_LIST.fullmatch(plain)),
        "data": bool(DATA_ITEM.search(plain)),
        "notes": bool(NOTES_ITEM.search(plain)),
    }
