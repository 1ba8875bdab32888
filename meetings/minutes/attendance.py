"""The lists of those present, in attendance and sending apologies: where they stand in notes and who is in them."""

import re
from dataclasses import dataclass, field

from meetings.minutes.brackets import is_remark
from meetings.minutes.doubts import Doubt
from meetings.minutes.headings import NUMBER, STANDING, VERBS
from meetings.minutes.list_labels import LABEL, MEANING, NOBODY_SENT, OFFICE_ROW, SENT_APOLOGIES, office_of
from meetings.minutes.name_lists import find_name, read_dashed, read_entry, read_list
from meetings.minutes.names import NAME, TITLES, Entry, People, is_body, is_person, looks_like_name
from meetings.minutes.rows import Row
from meetings.minutes.sentences import split_sentences
from meetings.minutes.source import Source
from meetings.minutes.structure import Presence, Stretch

# What may stand before a label: a table's bar, hashes, "(1)".
BEFORE_LABEL = re.compile(r"(?:\|\s{0,20})?(?:#{1,6}\s+)?(?:\((?P<number>\d{1,2})\)\s+)?")
FIRST_NAME = re.compile(r"[^,;(\[&/|\t\n–]{1,80}")
LINKS = {"from", "of", "for", "and", "plus", "at"}
LATE = re.compile(
    r"(?P<names>[^\n]{3,120}?)\s{1,3}(?P<note>(?:arrived|joined|left|came|attended|dialled)\b.{0,80})$", re.DOTALL
)
ENDS_OPEN = re.compile(r"(?:[,;&]|\band)$")
# Office rows stand above the lists or beside them, or sign the notes at their end.
TOP_ROWS, LAST_ROWS = 40, 6
LONGEST_ENTRY = 400

STRETCH_OF = {
    Presence.ATTENDED: Stretch.ATTENDED,
    Presence.GUESTS: Stretch.GUESTS,
    Presence.APOLOGIES: Stretch.APOLOGIES,
}


@dataclass
class NameList:
    """One list: what its label says, and the people read from it."""

    label: str
    entries: list[Entry] = field(default_factory=list)
    is_unlabelled: bool = False


@dataclass
class Attendance:
    """Every list of the notes, the rows they took, and what was not clear.

    ``office_rows`` are those of the rows that name who is in office: "Chair: Ada Boyle".
    """

    lists: list[NameList] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    office_rows: set[int] = field(default_factory=set)
    headings: dict[int, tuple[str, int, int, int]] = field(default_factory=dict)
    leftovers: list[tuple[int, int, int]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def resolve(self) -> list[tuple[Entry, Presence]]:
        """Everyone with the list they stand in: what "Present" and "In attendance" mean depends on their neighbours."""
        labels = {found.label for found in self.lists}
        people: list[tuple[Entry, Presence]] = []
        for found in self.lists:
            presence = MEANING[found.label]
            if found.label == "present" and "attended" in labels:
                presence = Presence.GUESTS
            if found.label == "beside" and not labels & {"attended", "present"}:
                presence = Presence.ATTENDED
            people += [(entry, entry.presence or presence) for entry in found.entries]
        for entry, presence in people:
            # Whoever is away neither chairs nor takes notes: the office is only a remark.
            if presence == Presence.APOLOGIES and entry.role in {"Chair", "Secretary"}:
                entry.notes.insert(0, entry.role)
                entry.role = ""
        return people


class AttendanceReader:
    """Goes through the rows once and takes those that are lists of names."""

    def __init__(self, source: Source, rows: list[Row]) -> None:
        self.source = source
        self.text = source.plain
        self.rows = rows
        self.found = Attendance()
        self.offices: list[tuple[str, Entry, int]] = []

    def read(self) -> Attendance:
        """All lists, in order."""
        index = 0
        while index < len(self.rows):
            index = self._read_from(index)
        if not any(MEANING[found.label] == Presence.ATTENDED or found.label == "beside" for found in self.found.lists):
            self._read_unlabelled()
        self._name_once()
        self._give_offices()
        return self.found

    # One list

    def _read_from(self, index: int) -> int:
        row = self.rows[index]
        start, number, has_mark = self._before_label(row)
        label = LABEL.match(self.text, start, row.end)
        if not label or label.end() == start:
            if not self._read_office_row(index):
                self._read_sent_apologies(index)
            return index + 1
        rest, rest_end = self.source.trim(label.end(), row.end)
        named = NameList(next(name for name in MEANING if label[name]))
        if rest < rest_end:
            if not self._names_follow(rest, rest_end, has_mark=bool(label["mark"])):
                if label["mark"] and NOBODY_SENT.match(self.text, rest, rest_end):
                    self._take(index, row.start, rest_end, number, label)
                return index + 1
            self._take(index, row.start, rest, number, label)
            last = self._last_of_run(index)
            self._read_stretch(named, index, rest, self.rows[last].end)
            self.found.rows.update(range(index, last + 1))
            self.found.lists.append(named)
            if len(named.entries) > 1 and last == index and self._looks_run_on(rest, rest_end):
                return last + 1
            return self._read_lines(named, last, first=False) if last == index else last + 1
        if not self._is_name_row(index + 1, named) or (
            not label["mark"] and not has_mark and not self._is_label_alone(index)
        ):
            return index + 1
        self._take(index, row.start, row.end, number, label)
        self.found.lists.append(named)
        return self._read_lines(named, index, first=True)

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

    def _is_label_alone(self, index: int) -> bool:
        return self.rows[index].end - self.rows[index].start < 40

    def _take(self, index: int, start: int, end: int, number: tuple[str, int] | None, label: re.Match[str]) -> None:
        self.found.rows.add(index)
        if number:
            stop = label.end() - len(label["mark"] or "")
            self.found.headings[index] = (number[0], start, number[1], stop)
        else:
            self.source.mark(Stretch.LABEL, start, end)

    def _names_follow(self, start: int, end: int, *, has_mark: bool) -> bool:
        """Whether a label's own line goes on with names: after a colon one will do, without it they must be plain."""
        end = min(end, start + 4 * LONGEST_ENTRY)
        first = FIRST_NAME.match(self.text, start, end)
        found = find_name(self.text, start, end)
        if not first or not found or NOBODY_SENT.match(self.text, start, end):
            return False
        after = self.text[found.end : first.end()].split()
        if any(word.strip(".,") in VERBS for word in after):
            return False
        name = " ".join(self.text[found.start : found.end].split())
        if has_mark:
            is_plain = not after or after[0] in LINKS or not after[0][0].islower() or is_remark(" ".join(after))
            return is_plain and (is_person(name) or name.isupper() or bool(found.office)) and len(after) <= 10
        words = re.sub(r"\s+and\s.*", "", " ".join(first.group().split()), flags=re.DOTALL).removesuffix(" ACTION")
        if looks_like_name(words):
            return words.split()[0].lower() not in VERBS
        return len(first.group()) < end - start and self._are_first_names(start, end)

    def _are_first_names(self, start: int, end: int) -> bool:
        pieces = re.split(r",|;|&|\band\b", self.text[start:end].rstrip(". "))
        return len(pieces) >= 2 and all(is_person(piece.strip()) for piece in pieces)

    def _looks_run_on(self, start: int, end: int) -> bool:
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
        ends_open = bool(ENDS_OPEN.search(self.text, max(row.start, row.end - 4), row.end))
        if self.text.startswith("(", following.start):
            return not following.blank_before and (ends_open or "," in self.text[row.start : row.end])
        name = find_name(self.text, following.start, following.end)
        if not name:
            return False
        if ends_open:
            return is_person(self.text[name.start : name.end]) or self.text[name.start : name.end].isupper()
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
        sentences = list(split_sentences(self.text, start, end)) if not one_each_line else [(start, end)]
        first_start, first_end = sentences[0]
        is_short = one_each_line and not self._is_name_row(index + 1, named) and len(named.entries) == 0
        reading = read_list(self.text, first_start, first_end, one_each_line=one_each_line, is_short=is_short)
        named.entries += reading.entries
        for at, first, second in reading.double:
            self._doubt_double_name(at, first, second)
        self.found.leftovers += [
            (index, *other) for other in reading.others if self.text[other[0] : other[1]].strip(" .,;")
        ]
        for later in sentences[1:]:
            if not self._read_late(named, *later):
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

    def _read_lines(self, named: NameList, index: int, *, first: bool) -> int:
        """The rows below, one person on each as a rule."""
        index += 1
        gap = 0
        while index < len(self.rows):
            row = self.rows[index]
            if not self._is_name_row(index, named):
                if not self._is_late_row(named, index):
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
            if last > index - 1 and first:
                break
        return index

    def _is_late_row(self, named: NameList, index: int) -> bool:
        row = self.rows[index]
        if row.end - row.start > LONGEST_ENTRY or not named.entries or not self._read_late(named, row.start, row.end):
            return False
        self.found.rows.add(index)
        return True

    def _is_gap_of_apologies(self, named: NameList, row: Row, previous_gap: int) -> bool:
        """A wider gap inside a list, where no list of apologies is labelled, may be where its label was lost."""
        return (
            MEANING[named.label] == Presence.ATTENDED
            and row.blank_before > previous_gap
            and len(named.entries) > 1
            and not any(self._is_apologies(other) for other in self.rows)
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

    # Rows of names

    def _is_name_row(self, index: int, named: NameList) -> bool:
        if index >= len(self.rows) or self._opens_something_else(self.rows[index]):
            return False
        row = self.rows[index]
        found = find_name(self.text, row.start, row.end)
        if not found or row.end - row.start > 4 * LONGEST_ENTRY:
            return False
        name = " ".join(self.text[found.start : found.end].split())
        rest = self.text[found.end : row.end].strip()
        words = rest.split()
        if any(word.strip(".,;") in VERBS for word in words) or (
            len(words) > 24 and "," not in rest and "(" not in rest
        ):
            return False
        if found.office or found.post:
            # "Secretary: Gil Hart" below the guests is a row of its own.
            is_own = MEANING[named.label] != Presence.ATTENDED and OFFICE_ROW.match(self.text, row.start, row.end)
            return not is_own
        if not is_person(name):
            return row.is_bullet and (name.isupper() or " " not in name) and not is_body(name)
        if not rest:
            is_below = not row.blank_before and index - 1 in self.found.rows
            return 2 <= len(name.split()) <= 5 or row.is_bullet or is_below
        return self._is_beside(found.end, rest, row, is_single=" " not in name)

    def _is_beside(self, position: int, rest: str, row: Row, *, is_single: bool) -> bool:
        """Whether what follows a name on its row is what follows names in lists."""
        if self.text[position : position + 1] == "\t" or self.text.startswith("   ", position) or rest[0] in "([|":
            return True
        if rest[0] in ",;&/" or f"{rest} ".startswith(("and ", "plus ")):
            return row.is_bullet or not rest.endswith(".") or self._are_first_names(row.start, row.end)
        if rest[0] in "–-:":
            return (not is_single or row.is_bullet or is_remark(rest.lstrip("–-: "))) and not rest.endswith(".")
        return is_remark(rest) and not rest.endswith(".")

    def _opens_something_else(self, row: Row) -> bool:
        """A row that is no name whatever it looks like: another label, a numbered item, a heading, a table's text."""
        place = (self.text, row.start, row.end)
        return bool(
            row.is_table_text
            or LABEL.match(*place)
            or NUMBER.match(*place)
            or STANDING.fullmatch(*place)
            or self.text.startswith("#", row.start)
            or BEFORE_LABEL.match(*place)["number"]
        )

    # Apologies in a sentence, and people in office

    def _read_sent_apologies(self, index: int) -> bool:
        """ "Bea Stubbs and Ivor Pratt sent their apologies."."""
        row = self.rows[index]
        sent = SENT_APOLOGIES.match(self.text, row.start, row.end)
        if not sent:
            return False
        entries = read_list(self.text, row.start, sent.end("names")).entries
        if not entries or not all(is_person(entry.name) and " " in entry.name for entry in entries):
            return False
        self.found.rows.add(index)
        self.found.lists.append(NameList("apologies", entries))
        self.source.mark(Stretch.APOLOGIES, row.start, sent.end())
        if self.text[sent.end() : row.end].strip(" ."):
            self.found.leftovers.append((index, sent.end(), row.end))
        return True

    def _read_office_row(self, index: int) -> bool:
        """ "Chair: Ada Boyle", "Minutes taken by Ned Orme"; "Minutes: agreed" names nobody."""
        row = self.rows[index]
        if TOP_ROWS <= index < len(self.rows) - LAST_ROWS or row.end - row.start > LONGEST_ENTRY:
            return False
        start = BEFORE_LABEL.match(self.text, row.start, row.end).end()
        label = OFFICE_ROW.match(self.text, start, row.end)
        if not label:
            return False
        begin, end = self.source.trim(label.end(), row.end)
        entries = read_list(self.text, begin, end).entries
        names = [entry.name for entry in entries]
        rest = self.text[begin:end].split()
        if not names or len(names) > 3 or not all(is_person(name) or name.isupper() for name in names):
            return False
        if any(word.strip(".,;") in VERBS for word in rest) or len(rest) > 20:
            return False
        # "Minutes: Approved" has no surname; a first name must be somebody's in the lists.
        self.offices += [(office_of(label["role"]), entry, index) for entry in entries]
        self.found.office_rows.add(index)
        return True

    def _give_offices(self) -> None:
        """Give those whom a row of their own names their office; whoever chairs or takes notes is present."""
        everyone = [entry for found in self.found.lists for entry in found.entries]
        people = People(everyone)
        kept: set[int] = set()
        for role, holder, index in self.offices:
            same = [entry for entry in everyone if _is_same(entry, holder)] or [
                entry for entry in everyone if entry.name in people.with_initials(holder.name)
            ]
            if len(same) == 1:
                if not same[0].role and not any(entry.role == role for entry in everyone):
                    same[0].role = role
            elif " " in holder.name and role in {"Chair", "Secretary"}:
                holder.role = "" if any(entry.role == role for entry in everyone) else role
                self._main_list().entries.append(holder)
                everyone.append(holder)
            else:
                continue
            kept.add(index)
        self.found.office_rows &= kept
        for index in kept:
            row = self.rows[index]
            label = OFFICE_ROW.match(self.text, BEFORE_LABEL.match(self.text, row.start, row.end).end(), row.end)
            self.source.mark(Stretch.ATTENDED, row.start, row.end)
            self.source.mark(Stretch.LABEL, row.start, label.end())
        self.found.rows |= kept

    def _main_list(self) -> NameList:
        for found in self.found.lists:
            if found.label in {"attended", "present"}:
                return found
        found = NameList("present", is_unlabelled=True)
        self.found.lists.insert(0, found)
        return found

    def _name_once(self) -> None:
        """Somebody named in two lists of those there is one person; who also sent apologies is asked about."""
        there: dict[str, Entry] = {}
        for found in self.found.lists:
            for entry in list(found.entries):
                key = entry.name.casefold()
                is_away = (entry.presence or MEANING[found.label]) == Presence.APOLOGIES
                former = there.get(key)
                if is_away and former and " " in key:
                    message = f"{entry.name} stands among those there and among the apologies: was {entry.name} there?"
                    self.found.doubts.append(Doubt(entry.start, entry.name, message, "name", entry.name))
                elif not is_away and former and " " in key:
                    former.organisation = former.organisation or entry.organisation
                    former.role = former.role or entry.role
                    former.initials = former.initials or entry.initials
                    former.notes += [note for note in entry.notes if note not in former.notes]
                    found.entries.remove(entry)
                elif not is_away:
                    there[key] = entry

    # Lists without a label

    def _read_unlabelled(self) -> None:
        """Three lines or more of "Name – post – organisation" or "Name (organisation)" at the top are those present."""
        run: list[int] = []
        for index, row in enumerate(self.rows[:60]):
            if index not in self.found.rows and (self._is_dashed_entry(row) or self._is_bracketed_entry(row)):
                run.append(index)
            elif len(run) >= 3:
                break
            elif run:
                run = []
        if len(run) < 3:
            return
        named = NameList("attended", is_unlabelled=True)
        for index in run:
            self.found.rows.add(index)
            row = self.rows[index]
            read = read_dashed if self._is_dashed_entry(row) else read_entry
            entry = read(self.text, row.start, row.end)
            named.entries += [entry] if entry else []
        self.found.lists.insert(0, named)

    def _is_bracketed_entry(self, row: Row) -> bool:
        found = NAME.match(self.text, row.start, row.end)
        name = " ".join(found.group().split()) if found else ""
        words = self.text[found.end() : row.end].split() if found else []
        return (
            looks_like_name(name)
            and is_person(name)
            and bool(words)
            and words[0][0] in "(["
            and len(words) <= 24
            and not any(word.strip(".,;") in VERBS for word in words)
        )

    def _is_dashed_entry(self, row: Row) -> bool:
        name, dash, rest = re.sub(
            r"\s-\s", " – ", self.text[row.start : min(row.end, row.start + LONGEST_ENTRY)]
        ).partition(" – ")
        name = " ".join(name.split())
        return (
            bool(dash)
            and looks_like_name(name)
            and is_person(name)
            and not rest.endswith(".")
            and len(rest.split()) <= 24
        )


def _is_same(one: Entry, other: Entry) -> bool:
    """Whether two names in the notes are one person's: equal, or one a first name or initial of the other."""
    first, second = (
        [word.strip(".").casefold() for word in entry.name.split() if word.strip(".").casefold() not in TITLES]
        for entry in (one, other)
    )
    if not first or not second:
        return False
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    is_initial = len(first[0]) == 1 or len(second[0]) == 1
    return first == second or (first[-1] == second[-1] and is_initial and first[0][0] == second[0][0])
