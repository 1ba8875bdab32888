"""The front matter of notes: the meeting's name, date, times and place."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, time

from meetings.minutes.attendance import Attendance
from meetings.minutes.dates import TIMES, Written, date_at, day_of, find_dates, find_times, missing_hour, resolve_near
from meetings.minutes.doubts import Doubt
from meetings.minutes.front_words import (
    AT,
    BEFORE_DATE,
    CHAIRED,
    COMPACT,
    EDGE,
    GROUP_WORDS,
    HEADER,
    HELD,
    HOURS,
    LEADS_TO_TIME,
    OF_THE_PAGE,
    ON_A_DATE,
    ONLINE,
    ONLINE_MEETING,
    OTHER_MEETING,
    PAGE_KIND,
    PLACE_WORDS,
    ROOM,
    TAKEN,
    TITLE_LEAD,
    TITLE_SENTENCE,
    TITLE_WORDS,
)
from meetings.minutes.headings import AGENDA_TIME, NUMBER, STANDING, is_sentence
from meetings.minutes.list_labels import LABEL, OFFICE_ROW
from meetings.minutes.names import NAME
from meetings.minutes.rows import Row
from meetings.minutes.source import Source
from meetings.minutes.structure import Stretch

MOST_ROWS = 30
TOP_HEADINGS = 3


@dataclass
class Front:
    """What the front matter says; ``rows`` are those it took."""

    title: str = ""
    on: date | None = None
    # What lends its year to other dates: the meeting's, even where its weekday is wrong.
    near: date | None = None
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    rows: set[int] = field(default_factory=set)
    doubts: list[Doubt] = field(default_factory=list)


def offices(words: str) -> Iterator[tuple[str, str, bool]]:
    """The offices that a sentence gives ("chaired by Ann Hill"), and whether it speaks of the meeting."""
    for role, pattern in (("Chair", CHAIRED), ("Secretary", TAKEN)):
        found = pattern.search(words)
        said = next((group for group in found.groups() if group), "") if found else ""
        name = NAME.match(said.strip())
        if found and name:
            is_meeting = "meeting" in words[: found.end()].lower() or role == "Secretary"
            if is_meeting or "chair" in found.group().lower():
                yield role, name.group().rstrip(". "), is_meeting


class FrontReader:
    """Reads the rows above the first list of names or the first heading."""

    def __init__(
        self,
        source: Source,
        rows: list[Row],
        attendance: Attendance,
        year_from: date | None,
        is_heading: Callable[[int], bool],
    ) -> None:
        self.source = source
        self.text = source.plain
        self.rows = rows
        self.taken = attendance.rows
        self.lists = attendance.rows - attendance.office_rows
        self.year_from = year_from
        self.is_heading = is_heading
        self.front = Front()
        self.dates: list[Written] = []
        # Those beside "held on", a label or the meeting's name: a page may begin with the day it was put up.
        self.said_of_meeting: set[int] = set()

    def read(self) -> Front:
        """Read them, then settle the date."""
        last = self._last_row()
        self._read_address(last)
        for index in range(last):
            if index in self.front.rows or index in self.taken:
                continue
            before = len(self.dates)
            row = self.rows[index]
            if self._read_row(row):
                self.front.rows.add(index)
                if self._speaks_of_meeting(row):
                    self.said_of_meeting |= {written.start for written in self.dates[before:]}
        if not self.dates:
            self._read_compact_date(last)
        self._settle_date()
        return self.front

    def _speaks_of_meeting(self, row: Row) -> bool:
        return bool(
            HEADER.match(self.text, row.start, row.end)
            or TITLE_WORDS.search(self.text, row.start, row.end)
            or re.search(r"\bheld\b", self.text[row.start : row.end], re.IGNORECASE)
        )

    def _read_compact_date(self, last: int) -> None:
        """ "20130723 Meeting notes"."""
        for row in self.rows[: min(last, 6)]:
            found = COMPACT.search(self.text, row.start, min(row.end, row.start + 120))
            if found:
                year, month, day = (int(part) for part in found.groups())
                self.dates.append(Written(*found.span(), found.group(), day, month, year, None))
                self.source.mark(Stretch.DATE, *found.span())
                return

    def _last_row(self) -> int:
        """The first row that is no front matter: a heading, or what follows the lists of names."""
        last = min(len(self.rows), MOST_ROWS)
        for index in range(last):
            row = self.rows[index]
            if index < TOP_HEADINGS and TITLE_WORDS.search(self.text, row.start, row.end) and self._is_hashed(row):
                continue  # "## Agenda for the November call" is the page's title, whatever its rank
            if self.is_heading(index) or (index in self.lists and index + 1 < len(self.rows)):
                return index
        return last

    def _is_hashed(self, row: Row) -> bool:
        return self.text.startswith("#", row.start)

    def _read_row(self, row: Row) -> bool:
        place = (self.text, row.start, row.end)
        written = next(find_dates(*place), None)
        is_point = AGENDA_TIME.match(*place) or NUMBER.match(*place)
        # A date may begin with what looks like a number.
        if (is_point and not date_at(*place)) or OF_THE_PAGE.match(*place):
            return False
        if HEADER.match(*place):
            self._read_header(row)
            return True
        if row.is_bullet or self.text.startswith("##", row.start) or (OFFICE_ROW.match(*place) and not written):
            return False
        on = ON_A_DATE.match(*place)
        if on and date_at(self.text, on.end(), row.end):
            self._read_when_and_where(row.start, row.end)
            return True
        if (TITLE_SENTENCE.match(*place) and self._read_title_sentence(row)) or self._read_held(row):
            return True
        return not is_sentence(*place) and self._read_line(row)

    def _read_held(self, row: Row) -> bool:
        """ "The meeting was held at Lock House on 3 May 2018, commencing at 7 pm." """
        held = HELD.search(self.text, row.start, min(row.end, row.start + 200))
        before = self.text[row.start : held.start()] if held else ""
        if not held or len(before.split()) > 10 or not TITLE_WORDS.search(before):
            return False
        written = next(find_dates(self.text, held.end(), row.end), None)
        if not written or OTHER_MEETING.search(self.text, row.start, row.end):
            return False
        self.source.mark(Stretch.LABEL, row.start, row.end)
        self._set_title(row.start, held.start())
        self._read_when_and_where(held.end(), row.end)
        return True

    def _read_header(self, row: Row) -> None:
        """ "Date: … Time: … Venue: …", on rows of their own or run together on one."""
        labels = list(HEADER.finditer(self.text, row.start, row.end))
        labels = [
            label for label in labels if label.start() == row.start or ":" in label.group() or "|" in label.group()
        ]
        for index, label in enumerate(labels):
            end = labels[index + 1].start() if index + 1 < len(labels) else row.end
            start, end = self.source.trim(label.end(), end)
            self.source.mark(Stretch.LABEL, label.start(), label.end())
            if start >= end:
                start, end = self._value_below(row)
            name = label["label"].lower().removeprefix("meeting ").rstrip("s")
            if name.endswith(("date", "time")) or name == "when":
                self._read_date_and_place(start, end)
            elif name in {"title", "meeting", "subject", "group"}:
                self._read_meeting(start, end)
            elif date_at(self.text, start, end):
                self._read_date_and_place(start, end)
            else:
                self._set_place(start, self._before_time(start, end))

    def _value_below(self, row: Row) -> tuple[int, int]:
        """A label alone has its value on the row below, unless that is a label too."""
        index = self.rows.index(row) + 1
        if index >= len(self.rows) or index in self.taken or index in self.front.rows:
            return row.end, row.end
        below = self.rows[index]
        if HEADER.match(self.text, below.start, below.end) or self.is_heading(index) or not self._is_short(below):
            return row.end, row.end
        self.front.rows.add(index)
        return below.start, below.end

    def _read_date_and_place(self, start: int, end: int) -> None:
        """A date and times, and perhaps a place behind them."""
        self._read_dates(start, end)
        self._read_times(start, end)
        self.source.mark(Stretch.DATE, start, end)
        last = max(
            [found.end for found in find_dates(self.text, start, end)]
            + [found.end() for found in TIMES.finditer(self.text, start, end)]
            + [start]
        )
        if last > start and PLACE_WORDS.search(self.text, last, end):
            self._take_rest(last, end)

    def _before_time(self, start: int, end: int) -> int:
        """A place ends where a time or date begins: "Lock House, 7pm"."""
        begun = [found.start for found in self._read_dates(start, end)]
        if not begun and self.front.starts is None:
            begun += self._read_times(start, end)
        stop = min(begun, default=end)
        if not self.text[start:stop].strip(EDGE):
            return end
        words = self.text[start:stop].rstrip(EDGE)
        return start + len(re.sub(r"\s+(?:on|from|at)$", "", words).rstrip(EDGE))

    def _read_meeting(self, start: int, end: int) -> None:
        """ "Meeting: Lock Society Committee", or its date."""
        if date_at(self.text, start, end):
            self._read_date_and_place(start, end)
        else:
            written = self._read_dates(start, end)
            self._set_title(start, min([found.start for found in written], default=end))

    def _read_title_sentence(self, row: Row) -> bool:
        lead = TITLE_SENTENCE.match(self.text, row.start, row.end)
        held = HELD.search(self.text, lead.end(), row.end)
        if not held:
            return False
        self.source.mark(Stretch.LABEL, row.start, row.end)
        self._set_title(lead.end(), held.start())
        self._read_when_and_where(held.end(), row.end)
        return True

    def _read_when_and_where(self, start: int, end: int) -> None:
        """ "in PLACE on DATE", "on DATE at PLACE", "on DATE, PLACE", with times anywhere."""
        written = self._read_dates(start, end)
        times = self._read_times(start, end)
        last = max(
            [found.end for found in written]
            + [found.end() for found in TIMES.finditer(self.text, start, end)]
            + [start]
        )
        place = AT.search(self.text, start, end)
        online = ONLINE.match(self.text, start + len(self.text[start:end]) - len(self.text[start:end].lstrip()), end)
        if online:
            self._set_place(online.start("place"), online.end())
            return
        if not place:
            if last > start and self.text[last:end].strip(EDGE):
                self._take_rest(last, end)
            return
        stop = end
        for begun in [found.start for found in written] + times:
            if begun > place.end():
                stop = min(stop, begun)
        words = self.text[place.end() : stop].rstrip(EDGE)
        words = LEADS_TO_TIME.sub("", words.rstrip(EDGE)).rstrip(EDGE)
        if words.strip() and not self.front.place:
            self._set_place(place.end(), place.end() + len(words))

    def _read_line(self, row: Row) -> bool:
        """A line of its own: a title, a date, both, with a place or a time behind them."""
        if row.end - row.start > 240:
            return False
        written = self._read_dates(row.start, row.end)
        has_place = bool(self.dates) and bool(PLACE_WORDS.search(self.text, row.start, row.end))
        begins = TIMES.match(self.text, row.start, row.end)
        if self.dates and begins and not self.front.place and self._is_where_at(row, begins.end()):
            self._read_times(row.start, row.end)
            self._set_place(begins.end(), row.end)
            return True
        times = (
            self._read_times(row.start, row.end)
            if written or has_place or TIMES.fullmatch(self.text, row.start, row.end)
            else []
        )
        if not written and not times:
            return self._read_title(row) or self._read_place(row)
        edges = [(found.start, found.end) for found in written]
        edges += [found.span() for found in TIMES.finditer(self.text, row.start, row.end) if times]
        position = row.start
        for begin, end in [*sorted(edges), (row.end, row.end)]:
            if begin > position:
                self._take_rest(position, begin)
            position = max(position, end)
        return True

    def _is_where_at(self, row: Row, position: int) -> bool:
        """Below the date, "8.00pm Three Compasses"; not an agenda's "8.00pm Welcome"."""
        index = self.rows.index(row) + 1
        below = self.rows[index] if index < len(self.rows) else None
        words = self.text[position : row.end].split()
        is_agenda = below and TIMES.match(self.text, below.start, below.end)
        return (
            1 <= len(words) <= 8
            and words[0][0].isupper()
            and not is_agenda
            and not STANDING.match(" ".join(words))
            and not next(find_dates(self.text, row.start, row.end), None)
        )

    def _read_place(self, row: Row) -> bool:
        """Below the date or title, a line of nothing but where it was: "Village Hall, Quay Street"."""
        words = self.text[row.start : row.end].split()
        if (
            self.front.place
            or not (self.dates or self.front.title)
            or len(words) > 14
            or not (words[0][0].isalnum() or words[0][0] == "@")
        ):
            return False
        lead = AT.match(self.text, row.start, row.end)
        if LABEL.match(self.text, row.start, row.end):
            return False
        is_place = ONLINE.fullmatch(self.text, row.start, row.end) or PLACE_WORDS.search(self.text, row.start, row.end)
        if not is_place and not (lead and lead.end() > row.start):
            return False
        self.source.mark(Stretch.LABEL, row.start, row.end)
        online = ONLINE_MEETING.fullmatch(self.text, row.start, row.end)
        if online and online["place"]:
            self._set_place(*online.span("place"))
        else:
            self._set_place(lead.end() if lead and lead.end() < row.end else row.start, row.end)
        return True

    def _take_rest(self, start: int, end: int) -> None:
        """What stands before or after the date: where it was if it says so or is a place, else the meeting's name."""
        words = self.text[start:end]
        if not any(character.isalpha() for character in words):
            return
        start += len(words) - len(words.lstrip(EDGE))
        end = start + len(BEFORE_DATE.sub("", self.text[start:end].rstrip(EDGE)).rstrip(EDGE))
        if start >= end:
            return
        lead = AT.match(self.text, start, end)
        if not lead and self._is_title(start, end):
            self._set_title(start, end)
        elif not self.front.place:
            self.source.mark(Stretch.LABEL, start, end)
            self._set_place(lead.end() if lead else start, end)
        else:
            self.source.mark(Stretch.PLACE, start, end)

    def _is_title(self, start: int, end: int) -> bool:
        """Words beside a date: "Lock Society Committee" is a meeting's name, "Lock House" is where it was."""
        is_after_date = any(found.start < start for found in self.dates)
        is_place = bool(PLACE_WORDS.search(self.text, start, end))
        if TITLE_WORDS.search(self.text, start, end):
            return not (is_place and is_after_date)
        if is_place or ONLINE.match(self.text, start, end):
            return False
        return (not self.front.title and not is_after_date) or bool(GROUP_WORDS.search(self.text, start, end))

    def _read_title(self, row: Row) -> bool:
        words = self.text[row.start : row.end].split()
        if len(words) > 16 or not TITLE_WORDS.search(self.text, row.start, row.end) or words[-1][-1] in ".:;":
            return False
        # "Agenda" says what kind of page this is; "Room 3, Lock Forum" below the date is where it was.
        is_known = self.front.title and self.dates and not self.front.place
        is_room = ROOM.match(self.text, row.start, row.end) or ONLINE_MEETING.match(self.text, row.start, row.end)
        if len(words) == 1 or (is_known and is_room):
            return False
        if not self.front.title:
            self._set_title(row.start, row.end)
            return True
        known = {word.casefold() for word in self.front.title.split()}
        if {word.casefold() for word in words} <= known | {"minutes", "notes", "of", "the"}:
            self.source.mark(Stretch.TITLE, row.start, row.end)
            return True
        if self.text[row.start : row.end].isupper() or len(words) <= 8:
            self.source.mark(Stretch.TITLE, row.start, row.end)
            self.front.title = f"{self.source.words(row.start, row.end)} – {self.front.title}"
            return True
        return False

    def _read_address(self, last: int) -> None:
        """Lines above a date that stands alone, at the very top, are where the meeting was."""
        found = next((index for index in range(min(4, last)) if self._is_date_alone(self.rows[index])), 0)
        rows = self.rows[:found]
        if not rows or any(
            index in self.taken
            or TITLE_WORDS.search(self.text, row.start, row.end)
            or HEADER.match(self.text, row.start, row.end)
            or not self._is_short(row)
            for index, row in enumerate(rows)
        ):
            return
        if not any(PLACE_WORDS.search(self.text, row.start, row.end) for row in rows):
            # "Canal Data Circle" above the date says whose meeting it was.
            self._set_title(rows[0].start, rows[0].end)
            self.front.rows.add(0)
            return
        words = []
        for index, row in enumerate(rows):
            self.source.mark(Stretch.PLACE, row.start, row.end)
            self.front.rows.add(index)
            words.append(self.source.words(row.start, row.end))
        self.front.place = " ".join(words)

    def _is_date_alone(self, row: Row) -> bool:
        written = date_at(self.text, row.start, row.end)
        return bool(written) and not TIMES.sub("", self.text[written.end : min(row.end, written.end + 100)]).strip(EDGE)

    def _is_short(self, row: Row) -> bool:
        return len(self.text[row.start : row.end].split()) <= 8 and not is_sentence(self.text, row.start, row.end)

    def _read_dates(self, start: int, end: int) -> list[Written]:
        written = list(find_dates(self.text, start, end))
        self.dates += written
        for found in written:
            self.source.mark(Stretch.DATE, found.start, found.end)
        return written

    def _read_times(self, start: int, end: int) -> list[int]:
        for found in find_dates(self.text, start, end):
            if found.start <= start:
                start = found.end
        times = find_times(self.text, start, end)
        if not times:
            return []
        found, starts, ends, problem = times
        if problem:
            self.front.doubts.append(Doubt(found.start(), found.group(), problem, "time", found.group()))
        elif self.front.starts is None:
            self.front.starts, self.front.ends = starts, ends
        self.source.mark(Stretch.DATE, found.start(), found.end())
        return [found.start()]

    def _set_title(self, start: int, end: int) -> None:
        start, end = self.source.trim(start, end)
        self.source.mark(Stretch.TITLE, start, end)
        lead = TITLE_LEAD.match(self.text, start, end)
        words = self.source.words(lead.end() if lead and lead.end() < end else start, end).strip(EDGE)
        if PAGE_KIND.fullmatch(words):
            return
        if words and not self.front.title and words.casefold() != "meeting":
            self.front.title = words

    def _set_place(self, start: int, end: int) -> None:
        start, end = self.source.trim(start, end)
        words = self.source.words(start, end).strip(" ,;.")
        words = words[1:-1] if words.startswith("(") and words.endswith(")") else words
        if words and not LABEL.fullmatch(words) and not HOURS.fullmatch(words):
            self.source.mark(Stretch.PLACE, start, end)
            self.front.place = self.front.place or words

    def _settle_date(self) -> None:
        """The meeting's date is one said of the meeting, or the first with a year; others than it are asked about.

        What is known from elsewhere is a witness: among several dates it is for the equal one, and for a day whose
        weekday is wrong. A year that is missing comes from there, too.
        """
        dated = [written for written in self.dates if written.year is not None]
        sure = [written for written in dated if written.start in self.said_of_meeting]
        known = [written for written in dated if self.year_from and day_of(written, self.year_from) == self.year_from]
        chosen = next(iter(known or sure or dated or self.dates), None)
        if chosen is None:
            return
        self.front.on, problem = resolve_near(chosen, self.year_from)
        self.front.near = self.front.on or day_of(chosen, self.year_from)
        if known:
            self.front.on = self.year_from
        for other in dated:
            also, _ = resolve_near(other, self.year_from)
            if not problem and also and also != self.front.on:
                problem = f"{chosen.text} and {other.text}: which of them was the day of the meeting?"
        if (
            not problem
            and self.front.on
            and any(clock and missing_hour(self.front.on, clock) for clock in (self.front.starts, self.front.ends))
        ):
            self.front.starts = self.front.ends = None
            message = (
                f"{chosen.text}: the clocks went forward that night, so there is no such hour. Please "
                f"write the time again."
            )
            self.front.doubts.append(Doubt(chosen.start, chosen.text, message, "time", chosen.text))
        if problem:
            self.front.doubts.append(Doubt(chosen.start, chosen.text, problem, "date", chosen.text))
