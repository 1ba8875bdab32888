"""Finds the lists of names in notes: those present, in attendance and sending apologies."""

import re

from meetings.minutes.attendance import STRETCH_OF, Attendance, NameList
from meetings.minutes.dashed import read_dashed
from meetings.minutes.doubts import Doubt
from meetings.minutes.headings import NUMBER, numbered
from meetings.minutes.list_columns import Columns, read_columns
from meetings.minutes.list_labels import (
    BEFORE_LABEL,
    GROUP_OF,
    LABEL,
    MEANING,
    NOBODY_SENT,
    TABLE_HEAD,
)
from meetings.minutes.list_rows import LONGEST_ENTRY, is_bare_name, is_dashed, is_told_of
from meetings.minutes.list_runs import are_dotted, are_name_columns, are_only_names, names_run_on, names_then_bodies
from meetings.minutes.name_lists import find_name, read_entry, read_list
from meetings.minutes.names import is_person, looks_like_name
from meetings.minutes.office_rows import OfficeRows
from meetings.minutes.rows import Row
from meetings.minutes.sentence_lists import SentenceLists
from meetings.minutes.source import Source
from meetings.minutes.structure import Presence, Stretch

LATE = re.compile(
    r"(?P<names>[^\n]{3,120}?)\s{1,3}(?P<note>(?:arrived|joined|left|came|attended|dialled)\b.{0,80})$", re.DOTALL
)
GROUP = re.compile(r"(?P<who>[A-Z][A-Za-z’' &-]{2,30}):\s+")
COUNTED_ROW = re.compile(
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|several|no) (?:other )?"
    r"(?:members?|residents?|parishioners?|electors?|people|persons?)\b[^\n]{0,60}",
    re.IGNORECASE,
)
# A dash where a name was taken out: "Present: -, Ada Boyle".
NO_NAME = re.compile(r"(?:[-–—]\s?,\s{0,3})?")
# "Persons present (numbers were limited)" and the names below.
REMARK_ALONE = re.compile(r"\([^()\n]{1,300}\):?")
ENDS_OPEN = re.compile(r"(?:[,;&]|\band)$")
SHORT_LABEL = 40
MOST_HEAD_WORDS = 4


class AttendanceReader(SentenceLists):
    """Goes through the rows once and takes those that are lists of names."""

    def __init__(self, source: Source, rows: list[Row]) -> None:
        super().__init__(source, rows)
        self.offices = OfficeRows(source, rows)

    def read(self) -> Attendance:
        """All lists, in order."""
        index = 0
        while index < len(self.rows):
            index = self._read_from(index)
        if not any(found.label in {"attended", "present"} for found in self.found.lists) and not self._read_run_on():
            self._read_unlabelled()
        self.found.name_once()
        self.offices.give(self.found)
        return self.found

    # One list

    def _read_from(self, index: int) -> int:
        row = self.rows[index]
        start, number, is_marked = self._before_label(row)
        label = LABEL.match(self.text, start, row.end)
        if TABLE_HEAD.fullmatch(self.text, row.start, row.end) and self._is_name_row(index + 1, NameList("attended")):
            return self._read_table(index)
        if not label or label.end() == start:
            if not self.offices.read(index) and not self._read_sent_apologies(index):
                self._read_opening(index)
            return index + 1
        columns = read_columns(self.text, self.rows, index)
        if columns:
            return self._take_columns(columns, index)
        named = NameList(next(name for name in MEANING if label[name]))
        rest, rest_end = self.source.trim(label.end(), row.end)
        if rest < rest_end and not REMARK_ALONE.fullmatch(self.text, rest, rest_end):
            return self._read_beside_label(named, index, label, number)
        is_whole = label.end() == row.end and row.end - row.start < 2 * SHORT_LABEL
        if not (label["mark"] or is_marked or is_whole or label.end() - row.start < SHORT_LABEL):
            return index + 1
        return self._read_below_label(named, index, label, number, is_marked=is_marked)

    def _read_table(self, index: int) -> int:
        """ "Name / Organisation / Initials", and a row for each of those present."""
        named = NameList("attended", names_then_bodies(self.text, self.rows, index), is_unlabelled=True)
        self.source.mark(Stretch.LABEL, self.rows[index].start, self.rows[index].end)
        last = index + len(named.entries)
        self.found.rows.update(range(index, last + 1))
        self.found.lists.append(named)
        return last + 1 if named.entries else self._read_lines(named, index)

    def _take_columns(self, columns: Columns, index: int) -> int:
        """ "Present   Apologies", and below each head its names."""
        self.source.mark(Stretch.LABEL, self.rows[index].start, self.rows[index].end)
        self.found.lists += [NameList(column.label, column.entries) for column in columns.columns if column.entries]
        self.found.rows.update(range(index, columns.last + 1))
        self.found.leftovers += columns.others
        return columns.last + 1

    def _read_beside_label(
        self, named: NameList, index: int, label: re.Match[str], number: tuple[str, int] | None
    ) -> int:
        """ "Present: Ada Boyle, Ned Orme", and the rows on which the names go on."""
        row = self.rows[index]
        rest, rest_end = self.source.trim(label.end(), row.end)
        rest = NO_NAME.match(self.text, rest, rest_end).end()
        # "Apologies / Introductions" names two matters, "Apologies / Ada Boyle" is a row of a table.
        has_mark = bool(label["mark"]) and label["mark"].strip() != "/"
        if not self._names_follow(rest, rest_end, has_mark=has_mark):
            if label["mark"] and NOBODY_SENT.match(self.text, rest, rest_end):
                self._take(index, row.start, rest_end, number, label)
            return index + 1
        self._take(index, row.start, rest, number, label)
        last = self._last_of_run(index)
        self._read_stretch(named, index, rest, self.rows[last].end)
        self.found.rows.update(range(index, last + 1))
        self.found.lists.append(named)
        if last > index or (len(named.entries) > 1 and self._has_comma(rest, rest_end)):
            following = self.rows[last + 1] if last + 1 < len(self.rows) else None
            if not following or following.blank_before or not is_told_of(self.text, following):
                return last + 1 + bool(following and self._is_late_row(named, last + 1))
            # Two on the label's line, and then a name a line, each with its bracket.
            return self._read_lines(named, last)
        return self._read_lines(named, last)

    def _read_below_label(
        self, named: NameList, index: int, label: re.Match[str], number: tuple[str, int] | None, *, is_marked: bool
    ) -> int:
        """ "Present" on a row of its own, and the names below it."""
        row = self.rows[index]
        if self._is_name_row(index + 2, named) and COUNTED_ROW.fullmatch(
            self.text, self.rows[index + 1].start, self.rows[index + 1].end
        ):
            # "One member of the public" stands first below "In attendance".
            self._take(index, row.start, row.end, number, label)
            self.found.leftovers.append((index + 1, self.rows[index + 1].start, self.rows[index + 1].end))
            self.found.rows.add(index + 1)
            self.found.lists.append(named)
            return self._read_lines(named, index + 1)
        if self._is_head_of_names(index + 1, named):
            head = self.rows[index + 1]
            self.source.mark(Stretch.LABEL, head.start, head.end)
            self.found.rows.add(index + 1)
            self._take(index, row.start, row.end, number, label)
            self.found.lists.append(named)
            return self._read_lines(named, index + 1)
        if self._is_name_row(index + 1, named):
            self._take(index, row.start, row.end, number, label)
            self.found.lists.append(named)
            return self._read_lines(named, index)
        last = self._read_groups(named, index)
        if last > index:
            self._take(index, row.start, row.end, number, label)
            self.found.lists.append(named)
            return last + 1
        below = self.rows[index + 1] if index + 1 < len(self.rows) else None
        if not number and not is_marked and below and NOBODY_SENT.fullmatch(self.text, below.start, below.end):
            # "Apologies" and below it "None received".
            self.found.rows.update((index, index + 1))
            self.source.mark(Stretch.LABEL, row.start, below.end)
        return index + 1

    def _read_groups(self, named: NameList, index: int) -> int:
        """ "Patients: A, B" and "Staff: C" below "Present": one list, whose groups have names."""
        while index + 1 < len(self.rows):
            row = self.rows[index + 1]
            group = GROUP.match(self.text, row.start, row.end)
            is_other = LABEL.match(self.text, row.start, row.end) and not (group and named.entries)
            if not group or is_other or not self._names_follow(group.end(), row.end, has_mark=True):
                break
            if group["who"].casefold().startswith(("apolog", "action", "absent")):
                break
            index += 1
            self.found.rows.add(index)
            self.source.mark(Stretch.LABEL, row.start, group.end())
            self._read_stretch(named, index, group.end(), row.end)
        return index

    def _before_label(self, row: Row) -> tuple[int, tuple[str, int] | None, bool]:
        """Where a label may begin, the number before it with its end, and whether hashes or a bar mark a heading."""
        before = BEFORE_LABEL.match(self.text, row.start, row.end)
        start = before.end()
        if before["number"]:
            return start, (before["number"], start), True
        number = NUMBER.match(self.text, start, row.end)
        if number and not number["letter"]:
            written = number["item"] or number["reference"] or number["plain"]
            return number.end(), (written, number.end()), True
        return start, None, start > row.start

    def _take(self, index: int, start: int, end: int, number: tuple[str, int] | None, label: re.Match[str]) -> None:
        self.found.rows.add(index)
        if number:
            stop = label.end() - len(label["mark"] or "")
            self.found.headings[index] = (number[0], start, number[1], stop)
        else:
            self.source.mark(Stretch.LABEL, start, end)

    def _has_comma(self, start: int, end: int) -> bool:
        """Several names on the label's own line, a comma between: the lines below it are no part of the list."""
        return bool(re.search(r"[,;|\t]|\sand\s", re.sub(r"\([^()\n]{0,200}\)", "", self.text[start:end])))

    def _last_of_run(self, index: int) -> int:
        """The last row of names that run on: each row before it ends with a comma, or within a name."""
        last = index
        while last + 1 < len(self.rows) and self._runs_on(last):
            last += 1
        return last

    def _runs_on(self, index: int) -> bool:
        row, following = self.rows[index], self.rows[index + 1]
        if self._opens_something_else(following) or following.is_bullet:
            return False
        if ":" in self.text[following.start : min(following.end, following.start + SHORT_LABEL)]:
            return False
        ends_open = bool(ENDS_OPEN.search(self.text, max(row.start, row.end - 4), row.end))
        if self.text.startswith("(", following.start):
            return not following.blank_before and (ends_open or "," in self.text[row.start : row.end])
        name = find_name(self.text, following.start, following.end)
        if not name:
            return False
        if ends_open:
            words = self.text[name.start : name.end]
            return is_person(words) and not (words.isupper() and len(words) > 4 and " " not in words)
        # "…, Sandra Rich, Judy" / "Dowell, Gill Brock": the line broke within a name.
        tail = self.text[max(row.start, row.end - 60) : row.end].rpartition(",")
        return (
            not following.blank_before
            and bool(tail[1])
            and len(tail[2].split()) == 1
            and len(self.text[name.start : name.end].split()) == 1
            and self.text[name.end : name.end + 1] in {",", ";", " ", "\n", ""}
        )

    def _read_stretch(self, named: NameList, index: int, start: int, end: int, *, one_each_line: bool = False) -> None:
        """Names, and the sentences behind them, which say something else."""
        if are_dotted(self.text, start, end) or are_name_columns(self.text, self.rows, index):
            one_each_line = False
        sentences = [(start, end)] if one_each_line else self._sentences(start, end)
        first_start, first_end = sentences[0]
        # "A, B" are two people where it is the whole list, or where nobody above it has a body.
        is_whole = not named.entries and not self._is_name_row(index + 1, named)
        is_bare = bool(named.entries) and not any(entry.organisation or entry.notes for entry in named.entries)
        is_short = one_each_line and (is_whole or (is_bare and not self.rows[index].is_bullet))
        reading = read_list(self.text, first_start, first_end, one_each_line=one_each_line, is_short=is_short)
        named.entries += reading.entries
        for at, first, second in reading.double:
            self._doubt_double_name(at, first, second)
        self.found.leftovers += [
            (index, *other) for other in reading.others if self.text[other[0] : other[1]].strip(" .,;")
        ]
        for later in sentences[1:]:
            if are_only_names(self.text, *later):
                named.entries += read_list(self.text, *later).entries
            elif not self._read_late(named, *later) and not self._read_sentence(*later):
                self.found.leftovers.append((index, *later))

    def _read_late(self, named: NameList, start: int, end: int) -> bool:
        """ "A and B arrived late." among the names adds two people."""
        late = LATE.match(self.text, start, min(end, start + LONGEST_ENTRY))
        entries = read_list(self.text, start, late.end("names")).entries if late else []
        if not entries or not all(looks_like_name(entry.name) for entry in entries):
            return False
        for entry in entries:
            entry.notes.append(" ".join(late["note"].split()).rstrip("."))
        named.entries += entries
        self.source.mark(STRETCH_OF[MEANING[named.label]], start, end)
        return True

    def _doubt_double_name(self, at: int, first: str, second: str) -> None:
        words = f"{first} {second}"
        message = (
            f"{words}: are they {first} and {second}, or one person? They are taken to be two. Please put a "
            f"comma between two names."
        )
        self.found.doubts.append(Doubt(at, words, message, "name", words, (f"{first}, {second}", words)))

    def _read_lines(self, named: NameList, index: int) -> int:
        """The rows below, one person on each as a rule."""
        index += 1
        gap = 0
        while index < len(self.rows):
            row = self.rows[index]
            if not self._is_name_row(index, named):
                if not (
                    self._is_late_row(named, index)
                    or self._is_group_head(named, index)
                    or self._is_group_row(named, index)
                ):
                    break
                index += 1
                continue
            if row.blank_before >= 2 and named.entries and self._is_gap_of_apologies(named, row, gap):
                named = self._begin_apologies(index)
            gap = max(gap, row.blank_before if named.entries else 0)
            last = self._last_of_run(index)
            self.found.rows.update(range(index, last + 1))
            self._read_stretch(named, index, row.start, self.rows[last].end, one_each_line=last == index)
            index = last + 1
        return index

    def _is_late_row(self, named: NameList, index: int) -> bool:
        row = self.rows[index]
        if self._opens_something_else(row) or row.end - row.start > LONGEST_ENTRY or not named.entries:
            return False
        if not self._read_late(named, row.start, row.end):
            return False
        self.found.rows.add(index)
        return True

    def _is_group_head(self, named: NameList, index: int) -> bool:
        """ "Civil society" between bullets of names says who those below it are."""
        if not self.rows[index - 1].is_bullet or not self._is_head_of_names(index, named):
            return False
        self.found.rows.add(index)
        self.source.mark(Stretch.LABEL, self.rows[index].start, self.rows[index].end)
        return True

    def _is_group_row(self, named: NameList, index: int) -> bool:
        """ "Directors: A, B" below "Present" and "Chair: C"."""
        row = self.rows[index]
        group = GROUP_OF.match(self.text, row.start, row.end)
        label = LABEL.match(self.text, row.start, row.end)
        if not group or (label and (not label["attended"] or named.label == "apologies")):
            return False
        if not named.entries or not self._names_follow(group.end(), row.end, has_mark=True):
            return False
        last = self._last_of_run(index)
        self.found.rows.update(range(index, last + 1))
        self.source.mark(Stretch.LABEL, row.start, group.end())
        self._read_stretch(named, index, group.end(), self.rows[last].end)
        return True

    def _is_head_of_names(self, index: int, named: NameList) -> bool:
        """A table's head ("Name   Organisation"), or a few words above bullets of names."""
        if index + 1 >= len(self.rows) or not self._is_name_row(index + 1, named):
            return False
        row, below = self.rows[index], self.rows[index + 1]
        if TABLE_HEAD.fullmatch(self.text, row.start, row.end):
            return True
        words = self.text[row.start : min(row.end, row.start + LONGEST_ENTRY)].split()
        is_head = len(words) <= MOST_HEAD_WORDS and words[-1][-1] not in ".:;" and not self._opens_something_else(row)
        return is_head and not row.is_bullet and below.is_bullet and " " in self.text[below.start : below.end]

    def _is_gap_of_apologies(self, named: NameList, row: Row, previous_gap: int) -> bool:
        """A wider gap inside a list, where no list of apologies is labelled, may be where its label was lost."""
        return (
            MEANING[named.label] == Presence.ATTENDED
            and row.blank_before > previous_gap
            and len(named.entries) > 1
            and not any(self._is_apologies(other) for other in self.rows)
            and not any(entry.presence == Presence.APOLOGIES for entry in named.entries)
        )

    def _is_apologies(self, row: Row) -> bool:
        start, _, _ = self._before_label(row)
        label = LABEL.match(self.text, start, row.end)
        return bool(label and label["apologies"])

    def _begin_apologies(self, index: int) -> NameList:
        named = NameList("apologies", is_unlabelled=True)
        self.found.lists.append(named)
        row = self.rows[index]
        words = self.source.words(row.start, row.end)
        message = (
            "These names stand apart below those who attended, and no list of apologies is labelled: they are taken to "
            'have sent apologies. Please write "Apologies:" before the first of them, or close the gap.'
        )
        self.found.doubts.append(Doubt(row.start, words, message, "other", words, ("apologies", "attended")))
        return named

    # Lists without a label

    def _read_unlabelled(self) -> None:
        """Three lines or more of names at the top, some with a post or body beside them, are those present."""
        run: list[int] = []
        # Those in attendance, and nobody else, are those present; who stands above them was there, too.
        stop = min(self.found.rows, default=0) if any(found.label == "beside" for found in self.found.lists) else 60
        for index, row in enumerate(self.rows[: min(stop, 60)]):
            if index not in self.found.rows and (is_told_of(self.text, row) or is_bare_name(self.text, row)):
                run.append(index)
            elif self._are_those_present(run) or numbered(self.text, row.start, row.end):
                break
            else:
                run = []
        if not self._are_those_present(run):
            return
        named = NameList("attended", is_unlabelled=True)
        self.found.lists.insert(0, named)
        gap = 0
        for index in run:
            row = self.rows[index]
            if row.blank_before >= 2 and index > run[0] and self._is_gap_of_apologies(named, row, gap):
                named = self._begin_apologies(index)
            gap = max(gap, row.blank_before if index > run[0] else 0)
            self.found.rows.add(index)
            read = read_dashed if is_dashed(self.text, row) else read_entry
            entry = read(self.text, row.start, row.end)
            named.entries += [entry] if entry else []

    def _read_run_on(self) -> bool:
        """One row of four names or more at the top, with no label: those present; who stands apart below are guests."""
        for index, row in enumerate(self.rows[:30]):
            if index in self.found.rows:
                continue
            entries = names_run_on(self.text, row)
            if entries:
                self.found.lists.insert(0, NameList("attended", entries, is_unlabelled=True))
                self.found.rows.add(index)
                self._read_apart(index + 1)
                return True
            if numbered(self.text, row.start, row.end) or is_told_of(self.text, row):
                return False
        return False

    def _read_apart(self, index: int) -> None:
        guests = NameList("guests", is_unlabelled=True)
        while index < len(self.rows) and index not in self.found.rows and is_told_of(self.text, self.rows[index]):
            row = self.rows[index]
            read = read_dashed if is_dashed(self.text, row) else read_entry
            entry = read(self.text, row.start, row.end)
            guests.entries += [entry] if entry else []
            self.found.rows.add(index)
            index += 1
        if guests.entries:
            self.found.lists.insert(1, guests)

    def _are_those_present(self, run: list[int]) -> bool:
        """Three told of, or any names that stand right above the apologies with one of them told of."""
        told = sum(is_told_of(self.text, self.rows[index]) for index in run)
        is_above = bool(run) and run[-1] + 1 < len(self.rows) and self._is_apologies(self.rows[run[-1] + 1])
        return told >= 3 or (len(run) >= 3 and told >= 1 and (is_above or told >= 2)) or (is_above and len(run) >= 5)
