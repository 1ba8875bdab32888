"""The lists of those present, in attendance and sending apologies: where they stand in notes and who is in them."""

import re
from dataclasses import dataclass, field

from meetings.minutes.doubts import Doubt
from meetings.minutes.headings import NUMBER, STANDING, VERBS
from meetings.minutes.names import GAP, NAME, Entry, looks_like_name, read_entry, read_list
from meetings.minutes.rows import Row
from meetings.minutes.sentences import split_sentences
from meetings.minutes.source import Source
from meetings.minutes.structure import Presence, Stretch

LABEL = re.compile(
    r"(?:\*\*)?(?:"
    r"(?P<apologies>apologies(?: for absence)?(?: (?:were |had been )?(?:received|sent|given))?(?: from)?"
    r"|not attending|not present|absent"
    r"|unable to attend|regrets|unavailable)"
    r"|(?P<guests>also present|also in attendance|also attending|guests?|visitors|observers|by invitation)"
    r"|(?P<attended>attended by|attended(?=\s?:)|attendance|roll call|attendees|attending"
    r"|members (?:present|attending|in attendance)|those present|participants"
    r"|(?:board|committee) members (?:present|in attendance))"
    r"|(?P<beside>in attendance)|(?P<present>present)"
    r")(?![\w'’])(?: (?:were|was))?(?:\*\*)?(?P<mark>\s?(?::|\s[–—-]\s)(?:\*\*)?)?",
    re.IGNORECASE,
)
FIRST_NAME = re.compile(r"[^,;(&/\n–]{1,60}")
NOBODY = re.compile(r"(?:none|nil|n/a|no apologies|not recorded|-)\b.{0,40}$", re.IGNORECASE)
LATE = re.compile(
    r"^(?P<names>.{3,120}?)\s+(?P<note>(?:arrived|joined|left|came|attended|dialled)\b.{0,80})$", re.DOTALL
)

MEANING = {
    "apologies": Presence.APOLOGIES,
    "guests": Presence.GUESTS,
    "attended": Presence.ATTENDED,
    "beside": Presence.GUESTS,
    "present": Presence.ATTENDED,
}
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
    """Every list of the notes, the rows they took, and what was not clear."""

    lists: list[NameList] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
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
        return people


class AttendanceReader:
    """Goes through the rows once and takes those that are lists of names."""

    def __init__(self, source: Source, rows: list[Row]) -> None:
        self.source = source
        self.text = source.plain
        self.rows = rows
        self.found = Attendance()

    def read(self) -> Attendance:
        """All lists, in order."""
        index = 0
        while index < len(self.rows):
            index = self._read_from(index)
        if not self.found.lists:
            self._read_unlabelled()
        return self.found

    def _read_from(self, index: int) -> int:
        row = self.rows[index]
        start = row.start
        number = NUMBER.match(self.text, start, row.end)
        if number and not number["letter"]:
            start = number.end()
        hashes = re.compile(r"#{1,6}\s+").match(self.text, start, row.end)
        start = hashes.end() if hashes else start
        label = LABEL.match(self.text, start, row.end)
        if not label or label.end() == start:
            return index + 1
        rest, rest_end = self.source.trim(label.end(), row.end)
        named = NameList(next(name for name in MEANING if label[name]))
        if rest < rest_end:
            if not self._names_follow(rest, rest_end, has_mark=bool(label["mark"])):
                if label["mark"] and NOBODY.match(self.text, rest, rest_end):
                    self._take(index, row.start, rest_end, number, label)
                    return index + 1
                return index + 1
            self._take(index, row.start, rest, number, label)
            self._read_row(named, index, rest, rest_end)
        elif not self._is_name_row(index + 1, named) or (
            not label["mark"] and not hashes and not self._is_label_alone(index)
        ):
            return index + 1
        else:
            self._take(index, row.start, row.end, number, label)
        self.found.lists.append(named)
        return self._read_following(named, index, one_each_line=rest >= rest_end)

    def _is_label_alone(self, index: int) -> bool:
        return self.rows[index].end - self.rows[index].start < 40

    def _take(self, index: int, start: int, end: int, number: re.Match[str] | None, label: re.Match[str]) -> None:
        self.found.rows.add(index)
        if number and not number["letter"]:
            written = number["item"] or number["reference"] or number["plain"]
            stop = label.end() - len(label["mark"] or "")
            self.found.headings[index] = (written, start, number.end(), stop)
        else:
            self.source.mark(Stretch.LABEL, start, end)

    def _names_follow(self, start: int, end: int, *, has_mark: bool) -> bool:
        first = FIRST_NAME.match(self.text, start, end)
        if not first:
            return False
        words = re.sub(r"\s+and\s.*", "", " ".join(first.group().split()), flags=re.DOTALL)
        if has_mark:
            return bool(NAME.match(words)) and not NOBODY.match(words) and len(words.split()) <= 8
        return looks_like_name(words.removesuffix(" ACTION")) and words.split()[0].lower() not in VERBS

    def _read_row(self, named: NameList, index: int, start: int, end: int, *, one_each_line: bool = False) -> None:
        sentences = list(split_sentences(self.text, start, end)) if not one_each_line else [(start, end)]
        first = sentences[0]
        before = len(named.entries)
        named.entries += read_list(self.text, *first, one_each_line=one_each_line)
        for entry in named.entries[before:]:
            self._doubt_double_name(entry)
        for later in sentences[1:]:
            self._read_sentence(named, index, *later)

    def _read_sentence(self, named: NameList, index: int, start: int, end: int) -> None:
        """ "A and B arrived late." after the names adds two people; any other sentence is prose."""
        late = LATE.match(self.text[start:end])
        entries = read_list(self.text, start, start + late.end("names")) if late else []
        if late and entries and all(looks_like_name(entry.name) for entry in entries):
            for entry in entries:
                entry.notes.append(" ".join(late["note"].split()).rstrip("."))
            named.entries += entries
            self.source.mark(STRETCH_OF[MEANING[named.label]], start, end)
        else:
            self.found.leftovers.append((index, start, end))

    def _doubt_double_name(self, entry: Entry) -> None:
        words = entry.name.split()
        if len(words) == 4 and all(len(word) > 2 and word[0].isupper() for word in words):
            two = (" ".join(words[:2]), " ".join(words[2:]))
            message = (
                f"{entry.name}: is this one person, or are they {two[0]} and {two[1]}? Please put a "
                f"comma between two names."
            )
            choices = (entry.name, f"{two[0]}, {two[1]}")
            self.found.doubts.append(Doubt(entry.start, entry.name, message, "name", entry.name, choices))

    def _read_following(self, named: NameList, index: int, *, one_each_line: bool) -> int:
        count = len(named.entries)
        index += 1
        previous_gap = 0
        while index < len(self.rows):
            row = self.rows[index]
            continues = self.text[self.rows[index - 1].end - 1] in ",;&"
            if not continues and (count > 1 and not one_each_line):
                break
            if not self._is_name_row(index, named, continues=continues):
                break
            if row.blank_before >= 2 and named.entries and self._is_gap_of_apologies(named, row, previous_gap):
                named = self._begin_apologies(index)
            previous_gap = max(previous_gap, row.blank_before if named.entries else 0)
            self.found.rows.add(index)
            self._read_row(named, index, row.start, row.end, one_each_line=one_each_line and not continues)
            index += 1
        return index

    def _is_gap_of_apologies(self, named: NameList, row: Row, previous_gap: int) -> bool:
        """A wider gap inside a list, where no list of apologies is labelled, may be where its label was lost."""
        labelled = any(self._is_apologies(other) for other in self.rows)
        return (
            MEANING[named.label] == Presence.ATTENDED
            and row.blank_before > previous_gap
            and not labelled
            and len(named.entries) > 1
        )

    def _is_apologies(self, row: Row) -> bool:
        label = LABEL.match(self.text, row.start, row.end)
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

    def _is_name_row(self, index: int, named: NameList, *, continues: bool = False) -> bool:
        if index >= len(self.rows) or self._opens_something_else(self.rows[index]):
            return False
        row = self.rows[index]
        name = NAME.match(self.text, row.start, row.end)
        if not name:
            return False
        rest = self.text[name.end() : row.end].strip()
        count = len(name.group().split())
        if any(word.lower() in VERBS for word in rest.split()) or len(rest.split()) > 24:
            return False
        if not rest:
            return 2 <= count <= 4 or row.is_bullet or continues
        return bool(
            GAP.match(self.text, name.end(), row.end)
            or rest.startswith("(")
            or (rest[0] in ",;&/" and (continues or row.is_bullet or not named.entries))
            or (rest[0] in "–-," and count >= 2 and not rest.endswith("."))
        )

    def _opens_something_else(self, row: Row) -> bool:
        """A row that is no name whatever it looks like: another label, a numbered item, a heading, a table's text."""
        place = (self.text, row.start, row.end)
        return bool(
            row.is_table_text
            or LABEL.match(*place)
            or NUMBER.match(*place)
            or STANDING.fullmatch(*place)
            or self.text.startswith("#", row.start)
        )

    def _read_unlabelled(self) -> None:
        """Three lines or more of "Name – post – organisation" at the top are those present."""
        run: list[int] = []
        for index, row in enumerate(self.rows[:60]):
            if self._is_dashed_entry(row):
                run.append(index)
            elif run:
                break
        if len(run) < 3:
            return
        named = NameList("attended", is_unlabelled=True)
        for index in run:
            self.found.rows.add(index)
            named.entries.append(self._dashed_entry(self.rows[index]))
        self.found.lists.append(named)

    def _is_dashed_entry(self, row: Row) -> bool:
        name, dash, rest = self.text[row.start : row.end].partition(" – ")
        return (
            bool(dash)
            and looks_like_name(" ".join(name.split()))
            and not rest.endswith(".")
            and len(rest.split()) <= 24
        )

    def _dashed_entry(self, row: Row) -> Entry:
        text = self.text[row.start : row.end]
        remark = ""
        bracket = re.search(r"\(([^()]{1,80})\)$", text)
        if bracket and re.search(r"chair|note|secretary|minute", bracket[1], re.IGNORECASE):
            remark = bracket[1]
            text = text[: bracket.start()]
        fields = [" ".join(part.split()) for part in text.split(" – ")]
        probe = "(" + remark + ")" if remark else ""
        entry = read_entry(f"{fields[0]} {probe}", 0, len(fields[0]) + 1 + len(probe)) or Entry(0, 0, fields[0])
        entry.start, entry.end = row.start, row.end
        offices = [
            post
            for post in fields[1:]
            if re.search(r"(?<!-)\b(?:secretary|chair)\b", post, re.IGNORECASE) and len(post.split()) <= 3
        ]
        for post in offices:
            role = re.search(r"secretary|chair", post, re.IGNORECASE)
            entry.role = entry.role or role.group().capitalize()
            entry.organisation = entry.organisation or post[: role.start()].strip()
        others = [part for part in fields[1:] if part not in offices]
        if len(others) >= 2:
            entry.organisation = entry.organisation or others[1]
            entry.notes = [others[0], *others[2:], *entry.notes]
        elif others and not entry.organisation:
            entry.organisation = others[0]
        return entry
