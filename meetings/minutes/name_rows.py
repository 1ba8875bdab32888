"""What a row of a list of names looks like."""

import re

from meetings.minutes.attendance import Attendance, NameList
from meetings.minutes.brackets import is_remark
from meetings.minutes.headings import NUMBER, STANDING, VERBS
from meetings.minutes.list_labels import BEFORE_LABEL, GROUP_OF, LABEL, MEANING, OFFICE_ROW
from meetings.minutes.list_rows import LONGEST_ENTRY, MOST_WORDS
from meetings.minutes.list_runs import are_dotted
from meetings.minutes.name_lists import find_name
from meetings.minutes.names import INITIALS_TEXT, NOBODY, is_body, is_person
from meetings.minutes.rows import Row
from meetings.minutes.source import Source
from meetings.minutes.structure import Presence

# Longer than a first name with an office beside it.
LONGEST_SHORT = 60


class NameRows:
    """Rows, and whether they can be somebody's place in a list."""

    def __init__(self, source: Source, rows: list[Row]) -> None:
        self.source = source
        self.text = source.plain
        self.rows = rows
        self.found = Attendance()
        self.short = self._short_rows()

    def _short_rows(self) -> set[int]:
        """Rows of first names or initials, one on each, from a label that stands alone to a blank line."""
        short: set[int] = set()
        for index, row in enumerate(self.rows):
            start = BEFORE_LABEL.match(self.text, row.start, row.end).end()
            label = LABEL.fullmatch(self.text, start, row.end)
            if not label or not (label["mark"] or self.text.startswith("#", row.start)):
                continue
            end = index + 1
            while end < len(self.rows) and self._is_short_name(self.rows[end]):
                if end > index + 1 and self.rows[end].blank_before:
                    break
                end += 1
            is_whole = (
                end == len(self.rows) or self.rows[end].blank_before or self._opens_something_else(self.rows[end])
            )
            if is_whole and end - index > (1 if label["mark"] else 2):
                short.update(range(index + 1, end))
        return short

    def _is_short_name(self, row: Row) -> bool:
        """ "Ada", "AB", "Ada B", "Ada – Chair": a name, what the person is, and nothing else."""
        found = find_name(self.text, row.start, row.end) if row.end - row.start <= LONGEST_SHORT else None
        if not found or self._opens_something_else(row):
            return False
        name = self.text[found.start : found.end]
        rest = self.text[found.end : row.end].strip(" –—-:()")
        is_name = is_person(name) or bool(re.fullmatch(INITIALS_TEXT, name))
        return is_name and (not rest or is_remark(rest))

    def _is_name_row(self, index: int, named: NameList) -> bool:
        if index in self.short or index >= len(self.rows) or self._opens_something_else(self.rows[index]):
            return index in self.short
        row = self.rows[index]
        found = find_name(self.text, row.start, row.end) if row.end - row.start <= 4 * LONGEST_ENTRY else None
        if not found or self._says_something(found.end, row.end) or GROUP_OF.match(self.text, row.start, row.end):
            return False
        if found.office or found.post:
            # "Secretary: Gil Hart" below the guests is a row of its own.
            return MEANING[named.label] == Presence.ATTENDED or not OFFICE_ROW.match(self.text, row.start, row.end)
        name = " ".join(self.text[found.start : found.end].split())
        rest = self.text[found.end : row.end].strip()
        if not is_person(name):
            is_one = name.isupper() or (" " not in name and name.casefold() not in NOBODY)
            return row.is_bullet and is_one and not is_body(name)
        if rest:
            return self._is_beside(found.end, rest, row, is_single=" " not in name)
        is_below = not row.blank_before and index - 1 in self.found.rows
        return 2 <= len(name.split()) <= 5 or row.is_bullet or is_below

    def _says_something(self, start: int, end: int) -> bool:
        """Whether what follows a name is a sentence, or longer than what lists say of anybody."""
        words = self.text[start:end].split()
        is_list = "," in self.text[start:end] or "(" in self.text[start:end]
        return any(word.strip(".,;") in VERBS for word in words) or (len(words) > MOST_WORDS and not is_list)

    def _is_beside(self, position: int, rest: str, row: Row, *, is_single: bool) -> bool:
        """Whether what follows a name on its row is what follows names in lists."""
        if self.text[position : position + 1] == "\t" or self.text.startswith("   ", position) or rest[0] in "([|":
            return True
        if rest[0] in ",;&/" or f"{rest} ".startswith(("and ", "plus ")):
            return row.is_bullet or not rest.endswith(".") or self._are_first_names(row.start, row.end)
        if rest[0] == ".":
            are_initials = is_single and self.text[position - 1].isupper() and rest[1:2] == ","
            return are_initials or are_dotted(self.text, row.start, row.end)
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

    def _are_first_names(self, start: int, end: int) -> bool:
        pieces = re.split(r",|;|&|\band\b", self.text[start:end].rstrip(". "))
        return len(pieces) >= 2 and all(is_person(piece.strip()) for piece in pieces)
