"""Rows that name who is in office: "Chair: Ada Boyle", "Minutes taken by Ned Orme"."""

import re

from meetings.minutes.attendance import Attendance
from meetings.minutes.headings import VERBS
from meetings.minutes.list_labels import BEFORE_LABEL, IN_THE_CHAIR, OFFICE_LABEL, OFFICE_ROW, offices_of
from meetings.minutes.name_lists import read_list
from meetings.minutes.names import Entry, is_person
from meetings.minutes.rows import Row
from meetings.minutes.source import Source
from meetings.minutes.structure import Stretch

# Such rows stand above the lists or beside them, or sign the notes at their end.
TOP_ROWS, LAST_ROWS = 40, 6
LONGEST_ROW = 400
# What becomes of minutes, where a name might stand.
BECAME = re.compile(
    r"(?:un)?(?:approved|agreed|accepted|confirmed|adopted|attached|circulated|taken|signed|received)", re.I
)
# An election gives an office for the time to come.
ELECTION = re.compile(r"nominat|elect|propos|second|re-?appoint|stand(?:s|ing) ", re.IGNORECASE)
NEXT_OFFICE = re.compile(r"(?:\s{2,20}|[.;,|\t]\s{0,20})(?=" + OFFICE_LABEL + ")", re.IGNORECASE)


class OfficeRows:
    """Those of the rows that give an office, and whom they name."""

    def __init__(self, source: Source, rows: list[Row]) -> None:
        self.source = source
        self.text = source.plain
        self.rows = rows
        self.named: list[tuple[str, Entry, int]] = []

    def read(self, index: int) -> bool:
        """ "Chair: Ada Boyle   Minutes: Ned Orme"; "Minutes: agreed" names nobody."""
        row = self.rows[index]
        if TOP_ROWS <= index < len(self.rows) - LAST_ROWS or row.end - row.start > LONGEST_ROW:
            return False
        found = self._offices_in(row)
        if not found:
            return False
        self.named += [(role, holder, index) for role, holder in found]
        return True

    def _offices_in(self, row: Row) -> list[tuple[str, Entry]]:
        """The offices that a row gives, all or none of it."""
        chair = IN_THE_CHAIR.fullmatch(self.text, row.start, row.end)
        if chair and is_person(" ".join(chair["name"].split())):
            return [("Chair", Entry(*chair.span("name"), " ".join(chair["name"].split())))]
        start = BEFORE_LABEL.match(self.text, row.start, row.end).end()
        found = []
        while start < row.end:
            label = OFFICE_ROW.match(self.text, start, row.end)
            if not label:
                return []
            following = NEXT_OFFICE.search(self.text, label.end(), row.end)
            end = following.start() if following else row.end
            entries = read_list(self.text, *self.source.trim(label.end(), end)).entries
            said = self.text[label.end() : end].split()
            if not entries or len(entries) > 3 or len(said) > 20 or ELECTION.search(self.text, label.end(), end):
                return []
            if any(word.strip(".,;") in VERBS for word in said) or not all(
                self._may_hold_office(one) for one in entries
            ):
                return []
            takes_notes = "secretary" not in label["role"].casefold() or "minut" in label["role"].casefold()
            for entry in entries:
                roles = offices_of(label["role"])
                entry.takes_notes = takes_notes and "Secretary" in roles
                found += [(role, entry) for role in roles]
            start = following.end() if following else row.end
        return found

    def _may_hold_office(self, entry: Entry) -> bool:
        """A name; one word alone is none if it is what becomes of minutes: "Minutes: Approved"."""
        if " " in entry.name or entry.name.isupper():
            return is_person(entry.name) or entry.name.isupper()
        return is_person(entry.name) and not BECAME.fullmatch(entry.name) and not entry.organisation

    def give(self, attendance: Attendance) -> None:
        """Give offices to those whom the rows name, once all lists are read; a row that names nobody stays prose."""
        kept = {index for role, holder, index in self.named if attendance.give_office(role, holder, may_add=True)}
        for index in kept:
            row = self.rows[index]
            label = OFFICE_ROW.match(self.text, BEFORE_LABEL.match(self.text, row.start, row.end).end(), row.end)
            self.source.mark(Stretch.ATTENDED, row.start, row.end)
            if label:
                self.source.mark(Stretch.LABEL, row.start, label.end())
        attendance.office_rows |= kept
        attendance.rows |= kept
