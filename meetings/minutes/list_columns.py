"""Lists of names beside each other in a table that was flattened: "Present   Apologies" and below each its names."""

import re
from dataclasses import dataclass, field

from meetings.minutes.brackets import are_initials_of, is_remark, read_beside
from meetings.minutes.list_labels import LABEL, MEANING
from meetings.minutes.name_lists import read_entry
from meetings.minutes.names import Entry, is_person
from meetings.minutes.rows import Row

CELL = re.compile(r"[^\t|\n ]+(?: {1,2}[^\t|\n ]+)*")
# What may be listed beside people.
PAPERS = re.compile(r"(?:attachments?|papers?|documents?|enclosures?|agenda|copies|circulation)", re.IGNORECASE)
# A cell is short: what is longer is no column of names.
LONGEST_CELL, MOST_CELLS = 60, 12


@dataclass
class Column:
    """What a column's head says, and who stands below it; no label where it holds something else."""

    label: str
    entries: list[Entry] = field(default_factory=list)


@dataclass
class Columns:
    """The columns, the last row they take, and the cells that name nobody, each with its row."""

    columns: list[Column]
    last: int
    others: list[tuple[int, int, int]] = field(default_factory=list)


def read_columns(text: str, rows: list[Row], index: int) -> Columns | None:
    """The lists whose heads stand side by side in this row; None if it is no such row."""
    cells = _cells(text, rows[index])
    heads = [_label(words) for _, _, words in cells]
    if len(heads) != 2 or not heads[0] or not (heads[1] or PAPERS.fullmatch(cells[1][2])):
        return None
    found = Columns([Column(head) for head in heads], index)
    for below in range(index + 1, len(rows)):
        if not _read_row(found, text, rows, below):
            break
        found.last = below
    return found if any(column.entries for column in found.columns) else None


def _read_row(found: Columns, text: str, rows: list[Row], index: int) -> bool:
    row = rows[index]
    cells = _cells(text, row)
    if not any(character.isalnum() for _, _, words in cells for character in words):
        return bool(cells)  # the rule below a table's heads
    if _label(cells[0][2]):
        return False
    # A row that begins with empty cells goes on in the second column.
    at = 1 if row.indent and not row.is_bullet else 0
    former: Entry | None = None
    for start, end, words in cells:
        if former and (are_initials_of(words, former.name) or is_remark(words)):
            read_beside(former, text, start, end)
            former.end = end
            continue
        column = found.columns[min(at, 1)]
        entry = read_entry(text, start, end) if column.label else None
        if entry and is_person(entry.name) and " " in entry.name:
            column.entries.append(entry)
            former = entry
        elif not former and column.entries and is_remark(words) and len(cells) == 1:
            read_beside(column.entries[-1], text, start, end)
        elif not column.label and at:
            found.others.append((index, start, end))
        else:
            return False
        at += 1
    return True


def _label(words: str) -> str:
    found = LABEL.fullmatch(words)
    return next(name for name in MEANING if found[name]) if found else ""


def _cells(text: str, row: Row) -> list[tuple[int, int, str]]:
    cells = []
    for found in CELL.finditer(text, row.start, min(row.end, row.start + 4 * LONGEST_CELL)):
        if len(cells) >= MOST_CELLS or found.end() - found.start() > LONGEST_CELL:
            return []
        cells.append((found.start(), found.end(), " ".join(found.group().split())))
    return cells
