"""Lists of actions set as a table: a row that names its columns, then what, who and when, cell by cell."""

import re
from dataclasses import dataclass

from meetings.minutes.owners import owners_in
from meetings.minutes.rows import Row
from meetings.minutes.sentences import Piece
from meetings.minutes.structure import Kind

# Cells stand apart by bars, tabs, strokes with a space at each side, or runs of spaces.
CELL_BREAK = re.compile(r"\s*\|\s*|\s*\t\s*|\s+/\s+| {3,}")
WHAT = re.compile(
    r"(?:actions?(?: (?:points?|items?|required|agreed))?|tasks?|what|to do|details?|description)", re.IGNORECASE
)
WHO = re.compile(
    r"(?:owners?|who|by whom|whom|lead|leads|responsib(?:le|ility)|person(?: responsible)?"
    r"|assigned(?: to)?|allocated to"
    r"|action by|action owner|name|initials?)",
    re.IGNORECASE,
)
WHEN = re.compile(
    r"(?:when|by when|due(?: date| by)?|deadline|time ?scales?|target(?: date)?|date|complete by"
    r"|completion(?: date)?)",
    re.IGNORECASE,
)
OTHER = re.compile(
    r"(?:no\.?|ref(?:erence)?\.?|item(?: no\.?)?|#|status|progress|notes?|comments?|update|outcome|minute"
    r"|priority|rag|raised)",
    re.IGNORECASE,
)
NUMBER = re.compile(r"[\d./-]{1,12}[.)]?|[A-Z]{1,3}\d{1,4}")
MOST_CELLS = 12

Cell = tuple[int, int]


@dataclass(frozen=True)
class Columns:
    """Which cell of a row says what is to be done, by whom and by when; -1 where the table has no such column."""

    what: int
    who: int
    when: int
    count: int


def cells_of(text: str, start: int, end: int) -> list[Cell]:
    """The cells of a row, empty ones too between two breaks."""
    found: list[Cell] = []
    begun = start
    for gap in CELL_BREAK.finditer(text, start, end):
        if not (gap.start() == start and "|" in gap.group()):  # the bar that opens a row
            found.append((begun, gap.start()))
        begun = gap.end()
        if len(found) >= MOST_CELLS:
            break
    if begun < end:
        found.append((begun, end))
    return found


def header(text: str, row: Row) -> Columns | None:
    """The columns that a row names, if it names at least who does what."""
    if row.end - row.start > 200:
        return None
    cells = [text[start:end].strip(" *:") for start, end in cells_of(text, row.start, row.end)]
    if not 2 <= len(cells) <= 8 or not all(
        not cell or any(pattern.fullmatch(cell) for pattern in (WHAT, WHO, WHEN, OTHER)) for cell in cells
    ):
        return None
    who = next((index for index, cell in enumerate(cells) if WHO.fullmatch(cell)), -1)
    what = next((index for index, cell in enumerate(cells) if WHAT.fullmatch(cell) and index != who), -1)
    when = next((index for index, cell in enumerate(cells) if WHEN.fullmatch(cell) and index not in {who, what}), -1)
    return Columns(what, who, when, len(cells)) if who >= 0 and what >= 0 else None


def action(text: str, row: Row, columns: Columns) -> Piece | None:
    """The action of a row of such a table; None where the row has not its cells."""
    cells = cells_of(text, row.start, row.end)
    if len(cells) < 2 or len(cells) > columns.count + 1:
        return None
    what, who, when = columns.what, columns.who, columns.when
    # A number of its own that the header does not name, or an empty cell that flattening lost.
    if len(cells) > columns.count and NUMBER.fullmatch(text[slice(*cells[0])].strip()):
        what, who, when = what + 1, who + 1, when + 1 if when >= 0 else -1
    if max(what, who) >= len(cells):
        return None
    words = text[slice(*cells[who])].strip(" *")
    if not text[slice(*cells[what])].strip() or len(words) > 80:
        return None
    piece = Piece(Kind.ACTION, cells[what][0], row.end)
    if words and any(character.isalpha() for character in words):
        piece.owners = owners_in(words)
        piece.owner_spans = [cells[who]]
    if 0 <= when < len(cells):
        piece.due = " ".join(text[slice(*cells[when])].split()).strip(" *|")
    last = cells[max(what, who)][1]
    piece.end = last if last > piece.start else row.end
    if cells[who][0] < cells[what][0]:
        piece.start, piece.end = cells[who][0], cells[what][1]
    piece.labels = [(row.start, piece.start)] if piece.start > row.start else []
    if piece.end < row.end:
        piece.labels.append((piece.end, row.end))
    return piece
