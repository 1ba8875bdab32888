"""Reads the project's own text form, whose grammar ``text.py`` tells."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

from meetings.minutes.action_reader import ActionReader
from meetings.minutes.attendance import STRETCH_OF
from meetings.minutes.dates import find_dates, find_times, missing_hour, resolve
from meetings.minutes.document import STRETCH, problems
from meetings.minutes.doubts import Doubt, ask_initials
from meetings.minutes.escapes import HEAD, LIST, RECORD, TAIL, find_plain, unescape
from meetings.minutes.names import People
from meetings.minutes.next_meetings import NextMeetingReader
from meetings.minutes.sentences import outcome_of
from meetings.minutes.source import Source, tidy
from meetings.minutes.structure import Attendee, ItemDoc, Kind, Line, MinutesDoc, Presence, Stretch
from meetings.minutes.talk import Notes

LABELS = {
    Kind.ACTION: "Action",
    Kind.REVIEW: "Review",
    Kind.DECISION: "Decision",
    Kind.USED: "Used",
    Kind.WANTS: "Wants",
    Kind.AGREED: "Agreed",
    Kind.NEXT_MEETING: "Next meeting",
    Kind.LEFT_OUT: "Left out",
}
KINDS = {label: kind for kind, label in LABELS.items()}
LISTS = {"attended": Presence.ATTENDED, "in attendance": Presence.GUESTS, "apologies": Presence.APOLOGIES}

FIRST_LINES = re.compile(r"\s*+Minutes of:[^\n]*+\s++Date:")
# Labels of lists that only house layouts have: such notes are read as those.
HOUSE_LIST = re.compile(
    r"^[^\S\n]*+(?:present|attendance|attendees|attended by|members present)\b\s?:?[^\S\n]*+\S",
    re.IGNORECASE | re.MULTILINE,
)
CLOCKS = re.compile(r"(?P<starts>\d\d:\d\d)?(?:-(?P<ends>\d\d:\d\d))?")
PLAIN_DATE = re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]+) (?P<year>\d{4})")
MONTHS = tuple(f"{date(2000, month, 1):%B}" for month in range(1, 13))
MOST_LINES = 15_000
MOST_NAMES = 5_000
PARTS = {Kind.ACTION: ("due on", "due"), Kind.NEXT_MEETING: ("date", "time", "host", "place", "note")}

Meeting = tuple[date | None, time | None, time | None, str, str, str]


def is_strict(text: str) -> bool:
    """Whether a text is in the project's own form: its first two lines say so, and no house layout's list follows."""
    return bool(FIRST_LINES.match(text.replace("\ufeff", " ", 1))) and not HOUSE_LIST.search(text)


def read(text: str) -> MinutesDoc:
    """The document that a text in the project's own form says."""
    return StrictReader(text).read()


# What the words of a line themselves say, for the writer and the reader alike.


def said_action(words: str, people: People, on: date | None) -> tuple[tuple[str, ...], str, date | None]:
    """The owners that an action's words name, and when they say it is due: the words, and the day if they name one."""
    reader = ActionReader(Notes(Source(words, [], hyphens=False), people, on))
    piece = reader.read_action(0, len(words))
    reader.add_due(piece)
    return piece.owners, piece.due, piece.due_on


def said_outcome(words: str) -> str:
    """What a review's words say became of the action."""
    return outcome_of(words)


def said_day(words: str, on: date | None) -> date | None:
    """The day of the meeting whose notes the words say were agreed."""
    written = next(find_dates(words), None)
    return resolve(written, near=on, after=False)[0] if written else None


def said_meeting(words: str, on: date | None) -> Meeting:
    """The day, times, host, place and note that the words of a next meeting tell."""
    piece = NextMeetingReader(Source(words, [], hyphens=False), on).read_one(0, len(words))
    if piece is None:
        return None, None, None, "", "", ""
    return piece.on, piece.starts, piece.ends, piece.host, piece.place, piece.note


class StrictReader:
    """Reads a text line by line."""

    def __init__(self, text: str) -> None:
        self.source = Source(text, [], hyphens=False)
        self.text = self.source.plain
        self.doc = MinutesDoc()
        self.attendees: list[tuple[Attendee, int, int]] = []
        self.opening: list[tuple[Line, int, int]] = []
        self.items: list[tuple[ItemDoc, int, int, list[tuple[Line, int, int]]]] = []
        self.doubts: list[Doubt] = []
        self.presence: Presence | None = None
        self.people = People()
        self.in_head = True

    def read(self) -> MinutesDoc:
        """The whole document."""
        for count, (start, end) in enumerate(self._lines()):
            if count == MOST_LINES:
                self._keep_tail(start)
                break
            self._read_line(start, end)
        self.doubts += self._ask_initials()
        spans = self.source.finish()
        return replace(
            self.doc,
            attendees=tuple(
                replace(found, source=self.source.spans(start, end)) for found, start, end in self.attendees
            ),
            opening=self._with_sources(self.opening),
            items=tuple(
                replace(item, lines=self._with_sources(lines), source=self.source.spans(start, end))
                for item, start, end, lines in self.items
            ),
            problems=problems(self.source, self.doubts),
            spans=spans,
        )

    def _keep_tail(self, start: int) -> None:
        start, end = self.source.trim(start, len(self.text))
        self.source.mark(Stretch.PROSE, start, end)
        words = tidy(self.text[start:end])
        self._add(Line(kind=Kind.PROSE, text=words, is_confidential="[confidential]" in words), start, end)
        message = (
            "These notes are longer than a meeting's: from here on they are kept as they stand. Please cut them in two."
        )
        self.doubts.append(Doubt(start, words[:80], message))

    def _with_sources(self, lines: list[tuple[Line, int, int]]) -> tuple[Line, ...]:
        return tuple(replace(line, source=self.source.spans(start, end)) for line, start, end in lines)

    def _lines(self) -> Iterator[tuple[int, int]]:
        offset = 0
        for line in self.text.split("\n"):
            start, end = self.source.trim(offset, offset + len(line))
            if start < end:
                yield start, end
            offset += len(line) + 1

    def _words(self, start: int, end: int) -> str:
        return tidy(unescape(tidy(self.text[start:end])))

    def _read_line(self, start: int, end: int) -> None:
        head = HEAD.match(self.text, start, end) if self.in_head else None
        named = LIST.match(self.text, start, end) if not self.items else None
        if head:
            self._read_head(head, end)
        elif self.text.startswith("#", start):
            self._read_heading(start, end)
        elif named:
            self._open_list(named, end)
        elif self.presence and self.text.startswith("- ", start):
            self._read_attendee(start + 2, end)
        else:
            self._read_record(start, end)

    # The head

    def _read_head(self, head: re.Match[str], end: int) -> None:
        start, end = self.source.trim(head.end(), end)
        self.source.mark(Stretch.LABEL, head.start(), head.end())
        label, words = head["label"], self._words(start, end)
        if label == "Minutes of":
            self.source.mark(Stretch.TITLE, start, end)
            self.doc = replace(self.doc, title=self.doc.title or words)
        elif label == "Place":
            self.source.mark(Stretch.PLACE, start, end)
            self.doc = replace(self.doc, place=self.doc.place or words)
        elif label == "Date":
            self.source.mark(Stretch.DATE, start, end)
            if words and words != "not known":
                self.doc = replace(self.doc, on=self._day(words, start))
        else:
            self.source.mark(Stretch.DATE, start, end)
            starts, ends = self._times(words, start)
            self.doc = replace(self.doc, starts=starts, ends=ends)

    def _day(self, words: str, at: int) -> date | None:
        plain = PLAIN_DATE.fullmatch(words)
        if plain and plain["month"] in MONTHS:
            try:
                return date(int(plain["year"]), MONTHS.index(plain["month"]) + 1, int(plain["day"]))
            except ValueError:
                pass
        written = next(find_dates(words), None)
        if not words:
            return None
        day, problem = (
            resolve(written, near=self.doc.on, after=True) if written else (None, f"{words}: which day is this?")
        )
        if problem:
            self.doubts.append(Doubt(at, words, problem, "date", words))
        return day

    def _times(self, words: str, at: int) -> tuple[time | None, time | None]:
        clocks = CLOCKS.fullmatch(words)
        problem = ""
        starts = ends = None
        if clocks:
            try:
                starts = time.fromisoformat(clocks["starts"]) if clocks["starts"] else None
                ends = time.fromisoformat(clocks["ends"]) if clocks["ends"] else None
            except ValueError:
                problem = f"{words}: there is no such time. Please write it again."
            if starts and ends and ends <= starts:
                problem = f"{words}: the end is not after the start. Please write the times again."
        else:
            found = find_times(words, 0, len(words))
            problem = found[3] if found else f"{words}: which time is this?"
            starts, ends = (found[1], found[2]) if found and not problem else (None, None)
        if not problem and self.doc.on and any(clock and missing_hour(self.doc.on, clock) for clock in (starts, ends)):
            problem = f"{words}: the clocks go forward that night, so there is no such hour. Please write another time."
        if problem:
            self.doubts.append(Doubt(at, words, problem, "time", words))
        return starts, ends

    # The lists of names

    def _open_list(self, named: re.Match[str], end: int) -> None:
        self.in_head = False
        self.presence = LISTS[named["label"].lower()]
        self.source.mark(Stretch.LABEL, named.start(), named.end())
        start, end = self.source.trim(named.end(), end)
        # Names beside the label, as one types them in a hurry.
        while start < end and len(self.attendees) < MOST_NAMES:
            comma = find_plain(self.text, ",", start, end)
            stop = end if comma < 0 else comma
            name_start, name_end = self.source.trim(start, stop)
            if name_start < name_end:
                self._read_attendee(name_start, name_end)
            start = self.source.trim(stop + 1, end)[0] if stop < end else end
        if start < end:
            self._read_record(start, end)

    def _read_attendee(self, start: int, end: int) -> None:
        words = tidy(self.text[start:end])
        stop = find_plain(words, "[(,;")
        stop = len(words) if stop < 0 else stop
        fields = {"initials": "", "role": "", "organisation": ""}
        notes: list[str] = []
        name = tidy(unescape(words[:stop].strip()))
        while stop < len(words):
            key, value, stop = self._field(words, stop)
            if not value:
                continue
            if key == "note" or fields[key]:
                notes.append(value)
            else:
                fields[key] = value
        if not name:
            self._read_record(start, end)
            return
        self.source.mark(STRETCH_OF[self.presence], start, end)
        attendee = Attendee(name=name, presence=self.presence, note=", ".join(notes), **fields)
        self.attendees.append((attendee, start, end))
        self.people.add(name, attendee.initials)

    def _field(self, words: str, start: int) -> tuple[str, str, int]:
        """The field that begins here: its name, its value, and where the next begins."""
        mark = words[start]
        if mark == ";":
            return "note", tidy(unescape(words[start + 1 :])), len(words)
        if mark in "[(":
            closing = find_plain(words, "]" if mark == "[" else ")", start + 1)
            stop = len(words) if closing < 0 else closing
            return "initials" if mark == "[" else "organisation", tidy(unescape(words[start + 1 : stop])), stop + 1
        begun = start + 1 if mark == "," else start
        stop = find_plain(words, "[(,;", begun)
        stop = len(words) if stop < 0 else stop
        return "role", tidy(unescape(words[begun:stop].strip())), stop

    # Headings and lines

    def _tail(self, start: int, end: int) -> tuple[int, str, bool]:
        """Where the words end before the marks, the reference, and whether the line is confidential."""
        reference, is_confidential = "", False
        for _ in range(2):
            opened = self.text.rfind("[", max(start, end - 16), end)
            found = TAIL.fullmatch(self.text, opened, end) if opened >= 0 else None
            if not found or not (opened == start or self.text[opened - 1].isspace()):
                break
            if found["confidential"] and not is_confidential:
                is_confidential = True
            elif found["reference"] and not reference:
                reference = found["reference"]
            else:
                break
            self.source.mark(Stretch.LABEL, opened, end)
            end = self.source.trim(start, opened)[1]
        return end, reference, is_confidential

    def _read_heading(self, start: int, end: int) -> None:
        self.in_head = False
        self.presence = None
        stop, _, is_confidential = self._tail(start + 1, end)
        begun, stop = self.source.trim(start + 1, stop)
        words = tidy(self.text[begun:stop])
        space = self._number_end(words)
        number = words[: space - 1].replace("\\ ", " ") if space > 1 else ""
        title = tidy(unescape(words[space:]))
        self.source.mark(Stretch.HEADING, begun, stop)
        item = ItemDoc(title=title, number=tidy(unescape(number)), is_confidential=is_confidential)
        self.items.append((item, begun, stop, []))

    def _number_end(self, words: str) -> int:
        """Where a number that a full stop ends gives way to the title; 0 if the heading has no number."""
        space = find_plain(words, " ")
        stop = find_plain(words[: space if space >= 0 else 0], ".")
        while 0 <= stop < space - 1:
            stop = find_plain(words[:space], ".", stop + 1)
        return space if stop >= 1 and stop == space - 1 else 0

    def _read_record(self, start: int, end: int) -> None:
        self.in_head = False
        record = RECORD.match(self.text, start, end)
        kind = (
            KINDS[record["label"].split(" A", 1)[0] if not record["label"].startswith("Review") else "Review"]
            if record
            else None
        )
        colon = self._colon(record, end) if record else -1
        stop, reference, is_confidential = self._tail(start, end)
        if kind is None or colon < 0 or colon + 1 >= stop or not self.text[colon + 1 : stop].strip():
            self._add_prose(start, stop, end, reference, is_confidential=is_confidential)
            return
        bracket = self.text[record.end() : colon].strip()
        inside = bracket[1:-1] if bracket else None
        self.source.mark(Stretch.LABEL, start, colon + 1)
        begun, stop = self.source.trim(colon + 1, stop)
        words, parts = self._split_parts(kind, begun, stop)
        if not words:
            self._add_prose(start, stop, end, reference, is_confidential=is_confidential)
            return
        line = Line(kind=kind, text=words, reference=reference, is_confidential=is_confidential)
        line = self._tell(line, record, inside, parts, begun)
        self.source.mark(STRETCH[kind], begun, stop)
        self._add(line, start, end)

    def _colon(self, record: re.Match[str], end: int) -> int:
        """The colon that ends a label, past its brackets; -1 if this is no label."""
        position = record.end()
        if self.text[position : position + 1] == ":":
            return position
        if not self.text.startswith((" (", "("), position):
            return position + 1 if self.text.startswith(" :", position) else -1
        closing = find_plain(self.text, ")", position, end)
        if closing < 0:
            return -1
        after = closing + 1
        return after if after < end and self.text[after] == ":" else -1

    def _split_parts(self, kind: Kind, start: int, end: int) -> tuple[str, dict[str, str]]:
        """The words of a line, and what is told behind bars."""
        written = tidy(self.text[start:end])
        parts: dict[str, str] = {}
        names = PARTS.get(kind, ())
        bar = find_plain(written, "|") if names else -1
        words = [written if bar < 0 else written[:bar].rstrip()]
        while bar >= 0:
            following = find_plain(written, "|", bar + 1)
            part = written[bar + 1 : following if following >= 0 else len(written)].strip()
            name = next((name for name in names if part.startswith(f"{name}:")), None)
            if name and name not in parts:
                parts[name] = tidy(unescape(part[len(name) + 1 :].strip()))
            else:  # a bar that tells nothing we know is part of the words
                words.append(part)
            bar = following
        return tidy(unescape(" | ".join(words).strip())), parts

    def _tell(self, line: Line, record: re.Match[str], inside: str | None, parts: dict[str, str], at: int) -> Line:
        if line.kind is Kind.ACTION:
            return self._tell_action(line, inside, parts, at)
        if line.kind in {Kind.USED, Kind.WANTS}:
            return replace(line, who=tidy(unescape(inside or "")))
        if line.kind is Kind.REVIEW:
            outcome = said_outcome(line.text) if inside is None else inside.strip()
            reference = record["reference"] or line.reference
            return replace(line, reference=reference, outcome=outcome if outcome in {"done", "dropped"} else "")
        if line.kind is Kind.AGREED:
            return replace(
                line, on=said_day(line.text, self.doc.on) if inside is None else self._day(tidy(unescape(inside)), at)
            )
        if line.kind is Kind.NEXT_MEETING:
            return self._tell_meeting(line, parts, at)
        return line

    def _tell_action(self, line: Line, inside: str | None, parts: dict[str, str], at: int) -> Line:
        owners, due, due_on = said_action(line.text, self.people, self.doc.on)
        if inside is not None:
            owners = self._owners(inside)
        if parts:
            due, due_on = parts.get("due", ""), self._day(parts.get("due on", ""), at)
        return replace(line, owners=owners, due=due, due_on=due_on)

    def _owners(self, inside: str) -> tuple[str, ...]:
        owners = []
        start = 0
        while start <= len(inside):
            comma = find_plain(inside, ",", start)
            stop = len(inside) if comma < 0 else comma
            owners.append(tidy(unescape(inside[start:stop].strip())))
            start = stop + 1
        return tuple(owner for owner in owners if owner)

    def _tell_meeting(self, line: Line, parts: dict[str, str], at: int) -> Line:
        if not parts:
            reader = NextMeetingReader(Source(line.text, [], hyphens=False), self.doc.on)
            piece = reader.read_one(0, len(line.text))
            self.doubts += [replace(doubt, at=at) for doubt in reader.doubts]
            if piece is None:
                return line
            told = {"on": piece.on, "starts": piece.starts, "ends": piece.ends, "host": piece.host}
            return replace(line, **told, place=piece.place, note=piece.note)
        starts, ends = self._times(parts["time"], at) if parts.get("time") else (None, None)
        on = self._day(parts.get("date", ""), at)
        if on and any(clock and missing_hour(on, clock) for clock in (starts, ends)):
            message = (
                f"{parts['time']}: the clocks go forward that night, so there is no such hour. Please "
                f"write another time."
            )
            self.doubts.append(Doubt(at, line.text, message, "time", parts["time"]))
        told = {name: parts.get(name, "") for name in ("host", "place", "note")}
        return replace(line, on=on, starts=starts, ends=ends, **told)

    def _add_prose(self, start: int, stop: int, end: int, reference: str, *, is_confidential: bool) -> None:
        written = self.text[start:stop]
        if not written:
            # A line of nothing but marks says them as words.
            self.source.mark(Stretch.PROSE, start, end)
            self._add(Line(kind=Kind.PROSE, text=self._words(start, end), is_confidential=is_confidential), start, end)
            return
        begun = start + 1 if written.startswith("\\") else start
        words = self._words(begun, stop) or written
        self.source.mark(Stretch.PROSE, begun, stop)
        self._add(Line(kind=Kind.PROSE, text=words, reference=reference, is_confidential=is_confidential), start, end)

    def _add(self, line: Line, start: int, end: int) -> None:
        self.presence = None
        (self.items[-1][3] if self.items else self.opening).append((line, start, end))

    def _ask_initials(self) -> list[Doubt]:
        lines = [*self.opening, *(found for item in self.items for found in item[3])]
        owned = ((start, line.text, (*line.owners, *([line.who] if line.who else []))) for line, start, _ in lines)
        return ask_initials(owned, self.people) if self.attendees else []
