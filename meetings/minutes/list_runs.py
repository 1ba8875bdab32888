"""Rows and stretches that are nothing but names run together, whatever stands between them."""

import re

from meetings.minutes.brackets import is_remark
from meetings.minutes.headings import VERBS
from meetings.minutes.list_labels import LABEL, OFFICE_ROW
from meetings.minutes.name_lists import read_list
from meetings.minutes.names import CAPITAL, INITIALS_TEXT, TITLE, Entry, is_body, is_person, looks_like_name
from meetings.minutes.rows import Row

# A list without a label is one row: names enough that it can be nothing else.
FEWEST, LONGEST = 4, 2000
BRACKETS = re.compile(r"\([^()\n]{0,80}\)")
BETWEEN = re.compile(r"[,;&\n]|\band\b")
GAP = re.compile(r"\t|\s{4,}")
NEAR = 3
FULL_STOP = re.compile(r"(?<=[a-z)])\.\s+(?=[A-Z])")
MOST_ROWS = 80
HEAD_OF_BODIES = re.compile(
    r"(?:present|participants?|names?|attendees?) (?:representing|organi[sz]ations?):?", re.IGNORECASE
)
NAME_THEN_BODY = re.compile(
    rf"(?P<name>{TITLE}?{CAPITAL}[\w.'’-]{{0,30}} {CAPITAL}[\w'’-]{{1,30}}) (?:\((?P<initials>{INITIALS_TEXT})\) )?"
    rf"(?P<body>{CAPITAL}[^\n]{{1,120}})"
)
SAYS = VERBS - {"will", "may", "mark"}


def are_only_names(text: str, start: int, end: int) -> bool:
    """ "Norah Trim, Ada Boyle (Chair)": full names, brackets, and what stands between names; nothing else."""
    if end - start > LONGEST:
        return False
    words = BRACKETS.sub("", text[start:end]).rstrip(" .")
    names = [" ".join(piece.split()) for piece in BETWEEN.split(words)]
    return bool(names) and all(looks_like_name(name) and is_person(name) for name in names)


def are_dotted(text: str, start: int, end: int) -> bool:
    """ "Norah Trim. Ada Boyle. Ned Orme.": full stops where commas should be."""
    pieces = FULL_STOP.split(text[start : min(end, start + LONGEST)].rstrip(". "))
    return len(pieces) >= 2 and all(are_only_names(piece, 0, len(piece)) for piece in pieces)


def names_run_on(text: str, row: Row) -> list[Entry]:
    """Those whom a row names that is a list without a label: four people or more, and nothing else; else []."""
    words = text[row.start : row.end]
    if len(words) > LONGEST or words.count(",") < FEWEST - 1 or LABEL.match(words) or OFFICE_ROW.match(words):
        return []
    found = read_list(text, row.start, row.end)
    full = [entry for entry in found.entries if " " in entry.name or "." in entry.name]
    has_office = any(entry.role == "Chair" for entry in found.entries)
    if has_office:
        full += [entry for entry in found.entries if entry.name.isupper() and len(entry.name) <= 4]
    is_list = len(found.entries) >= FEWEST and not found.others and len(full) == len(found.entries)
    said = BRACKETS.sub("", words).split()
    if not is_list or any(word.strip(".,;") in SAYS for word in said) or len(said) > 5 * len(full):
        return []
    return found.entries if all(is_person(entry.name) or entry.name.isupper() for entry in full) else []


def are_name_columns(text: str, rows: list[Row], index: int) -> bool:
    """Whether names stand in two columns here: "Ada Boyle      Ned Orme", and so in the rows above or below.

    One row alone may be a name and where they come from, and so may all of them where one such place is a body.
    """
    if not _are_names(_cells(text, rows[index])[-2:]):
        return False
    near = rows[max(0, index - NEAR) : index] + rows[index + 1 : index + 1 + NEAR]
    beside = [cells[-2:] for row in near if (cells := _cells(text, row))]
    second = [cells[-1] for cells in (_cells(text, rows[index])[-2:], *beside)]
    are_told_of = len(set(second)) < len(second) or any(is_body(said) or is_remark(said) for said in second)
    return any(_are_names(cells) for cells in beside) and not are_told_of


def names_then_bodies(text: str, rows: list[Row], index: int) -> list[Entry]:
    """The rows below "Present Representing": in "Ada Boyle Natural Lockham" the first two words are the name."""
    entries: list[Entry] = []
    if not HEAD_OF_BODIES.fullmatch(text, rows[index].start, rows[index].end):
        return []
    for row in rows[index + 1 : index + 1 + MOST_ROWS]:
        found = NAME_THEN_BODY.fullmatch(text, row.start, row.end)
        if (row.blank_before and entries) or not found:
            break
        body = " ".join(found["body"].split())
        entries.append(Entry(row.start, row.end, found["name"], body, initials=found["initials"] or ""))
    return entries


def _cells(text: str, row: Row) -> list[str]:
    words = text[row.start : min(row.end, row.start + 300)]
    if "    " not in words and "\t" not in words:
        return []
    words = BRACKETS.sub("", words)
    cells = [" ".join(cell.split()) for cell in GAP.split(words.strip())]
    return cells if len(cells) >= 2 else []


def _are_names(cells: list[str]) -> bool:
    return len(cells) == 2 and all(looks_like_name(cell) and is_person(cell) for cell in cells)
