"""The front matter of notes: the meeting's name, date, times and place."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, time

from meetings.minutes.dates import TIMES, Written, date_at, find_dates, find_times, missing_hour, resolve
from meetings.minutes.doubts import Doubt
from meetings.minutes.headings import AGENDA_TIME, NUMBER, is_sentence
from meetings.minutes.names import NAME
from meetings.minutes.rows import Row
from meetings.minutes.source import Source
from meetings.minutes.structure import Stretch

HEADER = re.compile(
    r"(?:#{1,6}\s+(?:Meeting )?|\*\*)?(?P<label>Date|Time|Venue|Place|Location|Held at|Title|Meeting)s?(?:/Time)?"
    r"(?: of meeting)?(?:\*\*)?\s?:(?:\*\*)?(?=\s|\d)"
)
TITLE_SENTENCE = re.compile(
    r"(?:(?:these|here) are |this is )?(?:the )?(?:(?:approved|draft|unapproved|confirmed) )?(?:notes"
    r"|minutes|record) (?:of|for|from) (?:an? |the )?",
    re.IGNORECASE,
)
HELD = re.compile(
    r"\s+(?:(?:which )?was |which took place |that was )?held\b|\s+(?=on\s+(?:\w+day\b|\d))", re.IGNORECASE
)
AT = re.compile(r"\s*(?:held\s+)?(?:at|in)\s+(?:the\s+)?", re.IGNORECASE)
TITLE_WORDS = re.compile(
    r"\b(?:meeting|minutes|notes|agenda|steering group|committee|forum|board|council|agm|a\.g\.m)\b", re.IGNORECASE
)
TITLE_LEAD = re.compile(
    r"(?:#{1,6}\s+)?(?:(?:approved|draft|unapproved) )?(?:(?:meeting )?(?:minutes|notes)(?: of| for"
    r"|\s?[-–:])|agenda for) (?:the )?",
    re.IGNORECASE,
)
CHAIRED = re.compile(r"\b(?:chaired|led) by\s+(?P<name>[A-Z].{0,60})", re.DOTALL)
TAKEN = re.compile(
    r"\b(?:minutes|notes) (?:were |was )?(?:taken|recorded|written) by\s+(?P<name>[A-Z].{0,60})", re.DOTALL
)
BEFORE_DATE = re.compile(r"(?:^|(?<=\s))(?:held on|held|on|from)$", re.IGNORECASE)
OFFICE_ROW = re.compile(
    r"(?P<role>chair(?:man|person|ed by)?|secretary|minutes(?: by| taken by)?|minute[- ]taker|notes? (?:by"
    r"|taken by)|note[- ]?taker|clerk)\s?:\s+",
    re.IGNORECASE,
)
EDGE = " \t,;:|–—-.#"
MOST_ROWS = 30


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
    # Offices that rows of their own give: "Chair: Ann Hill".
    offices: list[tuple[str, str]] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    doubts: list[Doubt] = field(default_factory=list)


def offices(words: str) -> Iterator[tuple[str, str]]:
    """The offices that a sentence gives: "chaired by Ann Hill"."""
    for role, pattern in (("Chair", CHAIRED), ("Secretary", TAKEN)):
        found = pattern.search(words)
        name = NAME.match(found["name"]) if found else None
        if name:
            yield role, name.group().rstrip(". ")


class FrontReader:
    """Reads the rows above the first list of names or the first heading."""

    def __init__(
        self,
        source: Source,
        rows: list[Row],
        taken: set[int],
        year_from: date | None,
        is_heading: Callable[[int], bool],
    ) -> None:
        self.source = source
        self.text = source.plain
        self.rows = rows
        self.taken = taken
        self.year_from = year_from
        self.is_heading = is_heading
        self.front = Front()
        self.dates: list[Written] = []

    def read(self) -> Front:
        """Read them, then settle the date."""
        last = self._last_row()
        self._read_address(last)
        for index in range(last):
            if index in self.front.rows or index in self.taken:
                continue
            if self._read_row(self.rows[index]):
                self.front.rows.add(index)
        self._settle_date()
        return self.front

    def _last_row(self) -> int:
        """The first row that is no front matter: a heading, or what follows the lists of names."""
        last = min(len(self.rows), MOST_ROWS)
        for index in range(last):
            if self.is_heading(index) or (index in self.taken and index + 1 < len(self.rows)):
                return index
        return last

    def _read_row(self, row: Row) -> bool:
        is_point = AGENDA_TIME.match(self.text, row.start, row.end) or NUMBER.match(self.text, row.start, row.end)
        # A date may begin with what looks like a number.
        if row.is_bullet or (is_point and not date_at(self.text, row.start, row.end)):
            return False
        if HEADER.match(self.text, row.start, row.end):
            self._read_header(row)
            return True
        if OFFICE_ROW.match(self.text, row.start, row.end):
            return self._read_office(row)
        if TITLE_SENTENCE.match(self.text, row.start, row.end) and self._read_title_sentence(row):
            return True
        if is_sentence(self.text, row.start, row.end) or self.text.startswith("##", row.start):
            return False
        return self._read_line(row)

    def _read_header(self, row: Row) -> None:
        """ "Date: … Time: … Venue: …", on rows of their own or run together on one."""
        labels = list(HEADER.finditer(self.text, row.start, row.end))
        for index, label in enumerate(labels):
            end = labels[index + 1].start() if index + 1 < len(labels) else row.end
            start, end = self.source.trim(label.end(), end)
            self.source.mark(Stretch.LABEL, label.start(), label.end())
            name = label["label"].lower()
            if name == "date":
                self._read_dates(start, end)
                self._read_times(start, end)
                self.source.mark(Stretch.DATE, start, end)
            elif name == "time":
                self._read_times(start, end)
                self.source.mark(Stretch.DATE, start, end)
            elif name in {"title", "meeting"}:
                self._set_title(start, end)
            else:
                self._set_place(start, end)

    def _read_office(self, row: Row) -> bool:
        label = OFFICE_ROW.match(self.text, row.start, row.end)
        name = NAME.fullmatch(self.text, label.end(), row.end)
        if not name:
            return False
        role = {"ch": "Chair", "cl": "Clerk"}.get(label["role"].lower()[:2], "Secretary")
        self.front.offices.append((role, self.source.words(*name.span())))
        # The name stays a line of the notes: whether the lists hold it is seen later.
        return False

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
        """ "in PLACE on DATE", "on DATE at PLACE", with times anywhere."""
        written = self._read_dates(start, end)
        times = self._read_times(start, end)
        place = AT.search(self.text, start, end)
        if not place:
            return
        stop = end
        for begun in [found.start for found in written] + times:
            if begun > place.end():
                stop = min(stop, begun)
        words = self.text[place.end() : stop].rstrip(EDGE)
        words = re.sub(r"\s+(?:on|from|at)$", "", words.rstrip(EDGE)).rstrip(EDGE)
        if words.strip() and not self.front.place:
            self._set_place(place.end(), place.end() + len(words))

    def _read_line(self, row: Row) -> bool:
        """A line of its own: a title, a date, both, with a place or a time behind them."""
        if row.end - row.start > 240:
            return False
        written = self._read_dates(row.start, row.end)
        times = (
            self._read_times(row.start, row.end) if written or TIMES.fullmatch(self.text, row.start, row.end) else []
        )
        if not written and not times:
            return self._read_title(row)
        begin = min([found.start for found in written] + times)
        self._take_rest(row.start, begin)
        last = max(
            [found.end for found in written]
            + [find.end() for find in TIMES.finditer(self.text, row.start, row.end) if times]
        )
        self._take_rest(last, row.end)
        return True

    def _take_rest(self, start: int, end: int) -> None:
        """What stands before or after the date: the title if it speaks of a meeting, else the place."""
        lead = AT.match(self.text, start, end)
        words = self.text[start:end]
        if not words.strip(EDGE):
            return
        start += len(words) - len(words.lstrip(EDGE))
        end = start + len(BEFORE_DATE.sub("", self.text[start:end].rstrip(EDGE)).rstrip(EDGE))
        if start >= end:
            return
        lead = AT.match(self.text, start, end)
        if not lead and TITLE_WORDS.search(self.text, start, end):
            self._set_title(start, end)
        elif not self.front.place:
            self.source.mark(Stretch.LABEL, start, end)
            self._set_place(lead.end() if lead else start, end)
        else:
            self.source.mark(Stretch.PLACE, start, end)

    def _read_title(self, row: Row) -> bool:
        words = self.text[row.start : row.end].split()
        if len(words) > 16 or not TITLE_WORDS.search(self.text, row.start, row.end) or words[-1][-1] in ".:;":
            return False
        if len(words) == 1:  # "Agenda", "Minutes": what kind of page this is, not which meeting
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
        if (
            any(TITLE_WORDS.search(self.text, row.start, row.end) or not self._is_short(row) for row in rows)
            or not rows
        ):
            return
        words = []
        for index, row in enumerate(rows):
            self.source.mark(Stretch.PLACE, row.start, row.end)
            self.front.rows.add(index)
            words.append(self.source.words(row.start, row.end))
        self.front.place = " ".join(words)

    def _is_date_alone(self, row: Row) -> bool:
        written = date_at(self.text, row.start, row.end)
        return bool(written) and not self.text[written.end : row.end].strip(EDGE)

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
        if words and not self.front.title and words.casefold() != "meeting":
            self.front.title = words

    def _set_place(self, start: int, end: int) -> None:
        start, end = self.source.trim(start, end)
        words = self.source.words(start, end).strip(" ,;.")
        if words:
            self.source.mark(Stretch.PLACE, start, end)
            self.front.place = self.front.place or words

    def _settle_date(self) -> None:
        """The first date with a year is the meeting's; a year that is missing comes from the file's name."""
        dated = [written for written in self.dates if written.year is not None]
        chosen = dated[0] if dated else self.dates[0] if self.dates else None
        if chosen is None:
            return
        self.front.on, problem = self._resolve(chosen)
        self.front.near = self.front.on or self._resolve(replace(chosen, weekday=None))[0]
        for other in dated[1:]:
            also, _ = self._resolve(other)
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

    def _resolve(self, written: Written) -> tuple[date | None, str]:
        if written.year is not None or self.year_from is None:
            return resolve(written, near=None, after=True)
        after, problem = resolve(written, near=self.year_from, after=True)
        before, _ = resolve(written, near=self.year_from, after=False)
        if after and before:
            return min(after, before, key=lambda day: abs(day - self.year_from)), ""
        return (before, "") if before else (after, problem)
