"""A table row by row, as notes without a table would say it: what is headed "Action" or "By whom" names the owners.

A table whose first row heads its columns is written by these heads: titles of items become headings, the column of
actions stands at the ends of the rows it belongs to ("…    ACTION AB") or becomes "Action: …" where it says what is to
be done, people come with their organisations in brackets. A table without heads is written as it stands, its cells a
wide gap apart.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from meetings.minutes.brackets import ROLE
from meetings.minutes.files.taken import Remarks
from meetings.minutes.headings import STANDING
from meetings.minutes.list_labels import LABEL
from meetings.minutes.owners import GROUPS, INITIALS_TEXT, JOIN
from meetings.minutes.sentences import split_sentences

GAP = "    "
MOST_CELLS = 200_000  # of one table with its merged cells; beyond these, cells are not placed in columns any more

HEADS = {
    "number": r"no|nos|number|ref|reference|#|item no|item number|agenda no",
    "title": r"items?|agenda items?|topics?|subjects?|headings?|agenda|title|issue",
    "owner": r"(?:action )?(?:by|owners?|by whom|who|whom|lead|leads|responsible|responsibility|person responsible"
    r"|assigned to|officer|initials)",
    "action": r"actions?|action points?|actions? (?:required|agreed|arising|items?|to be taken)|tasks?|to do",
    "due": r"due(?: by| date)?|by when|when|deadline|date due|target(?: date)?|timescale|completion date",
    "decision": r"decisions?|resolutions?|agreed",
    "status": r"status|progress|updates?|outcome|done|complete",
    "name": r"names?|members?|present|attendees?|attended by|those present|apologies(?: for absence)?|in attendance",
    "organisation": r"organi[sz]ations?|representing|affiliation|company|body|department|employer|on behalf of",
    "role": r"roles?|position|post|office|capacity|job title",
    "text": r"discussions?|notes?|minutes?|details?|points?|description|summary|comments?|(?:key |discussion )points"
    r"|discussion (?:and|&|/) (?:decisions?|actions?)|what was said|content|what",
}
HEAD = {kind: re.compile(written, re.IGNORECASE) for kind, written in HEADS.items()}
# What a row of heads has at least one of, or it is no row of heads.
TELLING = {"owner", "action", "due", "organisation", "decision"}

INITIALS_ONLY = re.compile(rf"{INITIALS_TEXT}(?:(?:{JOIN}|;\s?|\s+|,){INITIALS_TEXT})*\s*\.?")
BETWEEN = re.compile(r"[;,]?\s+(?=[A-Z])|[;,]")
NAME = r"[A-ZÀ-Þ][\w'’-]*(?: (?:(?!and|or)[a-z]{2,3} )?[A-ZÀ-Þ][\w'’-]*){0,3}"
OWNERS_ONLY = re.compile(rf"(?:{GROUPS}|{NAME}|{INITIALS_TEXT})(?:(?:{JOIN})(?:{GROUPS}|{NAME}|{INITIALS_TEXT}))*\.?")
STATUS = re.compile(
    r"(?:done|ongoing|on-going|noted|none|nil|closed|complete[d]?|open|pending|n/?a|carried forward|c/f|agreed"
    r"|approved|information|info|for information|tbc|tba|action|actions)[.!]?",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}|[A-Z]{1,6}/\d{1,4}/\d{1,4})[.):]?")
NUMBERED = re.compile(r"\d{1,2}[.)]?\s+\S")
DUE = re.compile(
    r"\d|next|end|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE
)
FACT = re.compile(
    r"(?:dates?|times?|date (?:and|&) time|venue|place|location|chair(?:ed by|man|person)?|secretary|minutes(?: by)?"
    r"|minute[- ]taker|notes(?: by)?|note[- ]taker|next meeting|date of next meeting|meeting|title)",
    re.IGNORECASE,
)
MOST_TITLE = 14  # words
MOST_OWNERS = 100  # characters
ACTION_FIRST = re.compile(r"^actions?\s*:?\s+(?=[A-Z])", re.IGNORECASE)


@dataclass
class Cell:
    """One cell: its lines, empty ones too, and how many columns and rows it reaches over."""

    columns: int = 1
    rows: int = 1
    lines: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Everything in it as one line."""
        return " ".join(line.strip() for line in self.lines if line.strip())


Row = list[list[str]]  # a list of lines for each column


def write_table(rows: list[list[Cell]], remarks: Remarks) -> list[str]:
    """The lines of a table; what is left out or unsure is said."""
    grid = _grid(rows)
    if not grid:
        return []
    for index in range(min(2, len(grid))):
        kinds = _kinds(grid[index])
        if kinds:
            return _headed(grid, index, kinds, remarks)
        lists = _lists(grid[index:])
        if lists:
            return [*_plain_rows(grid[:index]), *lists]
    return list(_plain_rows(grid))


def _grid(rows: list[list[Cell]]) -> list[Row]:
    """The table's cells in their columns; a merged cell says its words once, where it begins."""
    grid: list[Row] = []
    reaching: dict[int, int] = {}
    placed = 0
    for row in rows:
        columns: Row = []
        for cell in row:
            while reaching.get(len(columns), 0) and placed < MOST_CELLS:
                reaching[len(columns)] -= 1
                columns.append([])
                placed += 1
            start = len(columns)
            columns.append(cell.lines)
            columns += [[] for _ in range(cell.columns - 1 if placed < MOST_CELLS else 0)]
            placed += len(columns) - start
            if cell.rows > 1:
                reaching |= dict.fromkeys(range(start, len(columns)), cell.rows - 1)
        while reaching.get(len(columns), 0) and placed < MOST_CELLS:
            reaching[len(columns)] -= 1
            columns.append([])
            placed += 1
        if any(line.strip() for lines in columns for line in lines):
            grid.append(columns)
    return grid


def _words(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines if line.strip())


def _kinds(row: Row) -> list[str]:
    """What a row of heads says each column holds; empty where the row is none."""
    heads = [_words(lines).strip(" .:*") for lines in row]
    kinds = [next((kind for kind, head in HEAD.items() if head.fullmatch(words)), "") for words in heads]
    known = [kind for kind in kinds if kind]
    if len(known) < 2 or len(known) < sum(bool(words) for words in heads) - 1 or not TELLING & set(known):
        return []
    return kinds


def _lists(grid: list[Row]) -> list[str]:
    """ "Present" and "Apologies" as the heads of two columns of names: one list below the other."""
    heads = [_words(lines) for lines in grid[0]]
    if len([words for words in heads if words]) < 2 or not all(_is_list_label(words) for words in heads if words):
        return []
    written: list[str] = []
    for column, head in enumerate(heads):
        names = [line.strip() for row in grid[1:] for line in _at(row, column) if line.strip()]
        if head:
            written += ([""] if written else []) + [f"{head.strip(' :')}:", *names]
        elif names:
            written += names
    return written


def _is_list_label(words: str) -> bool:
    label = LABEL.match(words)
    return bool(label) and not words[label.end() :].strip(" :")


def _at(row: Row, column: int) -> list[str]:
    return row[column] if column < len(row) else []


# With heads


def _headed(grid: list[Row], index: int, kinds: list[str], remarks: Remarks) -> list[str]:
    """The rows of a table by what its heads say, and what stands above these."""
    heads = [_words(lines) for lines in grid[index]]
    if "name" in kinds and "organisation" in kinds:
        write: Callable[[dict[str, list[str]], Remarks], Iterator[str]] = _person
    else:
        write = _item
    written = list(_plain_rows(grid[:index]))
    if "name" in kinds and _is_list_label(heads[kinds.index("name")]):
        written.append(f"{heads[kinds.index('name')].strip(' :')}:")
    for row in grid[index + 1 :]:
        if [_words(lines) for lines in row] == heads:
            continue
        written += write(_by_kind(row, kinds), remarks)
    shown = ", ".join(words for words in heads if words)
    remarks.say(f"A table’s heads ({shown[:120]}) were left out: its rows are written by what they say.")
    return written


def _by_kind(row: Row, kinds: list[str]) -> dict[str, list[str]]:
    """A row's lines by what their columns hold; what no head names is text."""
    found: dict[str, list[str]] = {}
    for column, lines in enumerate(row):
        kind = (kinds[column] if column < len(kinds) else "") or "text"
        if any(line.strip() for line in lines):
            found[kind] = [*found.get(kind, []), *lines]
    return found


def _person(row: dict[str, list[str]], _remarks: Remarks) -> Iterator[str]:
    """ "Ada Boyle (AB) – Chair (Weir Trust)"."""
    cells = {kind: _words(lines) for kind, lines in row.items()}
    written = cells.pop("name", "")
    if "owner" in cells and _are_initials(cells["owner"]):
        written += f" ({cells.pop('owner')})"
    if "role" in cells and ROLE.match(cells["role"]):
        written += f" – {cells.pop('role')}"
    rest = [cells[kind] for kind in ("role", "organisation") if kind in cells]
    others = [words for kind, words in cells.items() if kind not in {"role", "organisation"}]
    yield " ".join(filter(None, [written, f"({', '.join(rest)})" if rest else "", *others])).strip()


def _item(row: dict[str, list[str]], remarks: Remarks) -> Iterator[str]:
    """An item: its heading, what was said with the owners behind it, what is to be done, and what was decided."""
    number, title, text = (row.get(kind, []) for kind in ("number", "title", "text"))
    if not _words(text) and not ("action" in row and "owner" in row):
        title, text = ([], title) if len(_words(title).split()) > MOST_TITLE else (title, text)
    lines = [line for line in title if line.strip()]
    if lines and not number and NUMBER.fullmatch(lines[0].strip()):
        number, lines = lines[:1], lines[1:]
    mark = _with_stop(_words(number))
    if lines:
        heading = f"{mark} {lines[0].strip()}".strip()
        yield from ("", f"## {heading}" if len(heading.split()) <= MOST_TITLE else heading, "")
        lines = lines[1:]
        mark = ""
    elif _words(text):
        text, mark = _marked(text, mark) if mark else text, ""
    body = [*lines, *text]
    tasks, owners, dues = (row.get(kind, []) for kind in ("action", "owner", "due"))
    if not owners and all(_is_owners(line) for line in tasks):
        tasks, owners = [], tasks
    if not tasks and not all(_is_owners(line) for line in owners):
        tasks, owners = owners, []
    if tasks:
        yield from (line for line in body if line.strip())
        yield from _tasks(tasks, owners, dues, mark)
    else:
        yield from _with_owners(_marked(body, mark) if mark else body, owners, remarks)
        yield from filter(None, [_words(dues)])
    if "decision" in row:
        yield f"Decision: {_words(row['decision'])}"
    yield from (_words(row[kind]) for kind in ("status", "name", "organisation", "role") if kind in row)


def _tasks(tasks: list[str], owners: list[str], dues: list[str], mark: str) -> Iterator[str]:
    """ "Action: AB: write to the trust, by 3 July", a line for each task that has owners, or a day, of its own."""
    columns = [[line.strip() for line in column if line.strip()] for column in (tasks, owners, dues)]
    count = len(columns[0])
    if any(len(column) not in {0, 1, count} for column in columns[1:]):
        # Which is whose can't be seen: one action of them all.
        columns = [[" ".join(columns[0])], [", ".join(columns[1])], [", ".join(columns[2])]]
        count = 1
    for index in range(count):
        task, owner, due = (_one_of(column, index) for column in columns)
        if STATUS.fullmatch(task):
            yield GAP.join(filter(None, [mark, task, owner, due]))
            continue
        task = task.rstrip(" .") if due else task
        by = f", by {due}" if DUE.match(due) else f" ({due})" if due else ""
        number = f" ({mark.rstrip('.')})" if mark else ""
        yield f"Action: {ACTION_FIRST.sub('', owner).rstrip('.') + ': ' if owner else ''}{task}{by}{number}"


def _one_of(column: list[str], index: int) -> str:
    """A line's own word of a column, or the one that stands for all lines."""
    return column[index if len(column) > 1 else 0] if column else ""


def _marked(lines: list[str], mark: str) -> list[str]:
    """The lines with a number before the first that says something."""
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return [mark]
    return [*lines[:first], f"{mark} {lines[first].strip()}", *lines[first + 1 :]]


def _with_stop(number: str) -> str:
    return f"{number}." if number[-1:].isdigit() and "." not in number and "/" not in number else number


def _are_initials(words: str) -> bool:
    return len(words) <= MOST_OWNERS and bool(INITIALS_ONLY.fullmatch(words))


def _is_owners(line: str) -> bool:
    """Whether a line in the column of owners names nobody but them, or says how things stand."""
    words = ACTION_FIRST.sub("", line.strip(" .:–-"))
    if len(words) > MOST_OWNERS:
        return False
    return bool(INITIALS_ONLY.fullmatch(words) or STATUS.fullmatch(words) or OWNERS_ONLY.fullmatch(words)) or not words


def _with_owners(body: list[str], owners: list[str], remarks: Remarks) -> Iterator[str]:
    """Each owner behind the paragraph beside them; where that can't be seen, behind the last one, and said."""
    paragraphs = [line for line in body if line.strip()]
    named = [line.strip() for line in owners if line.strip()]
    if not paragraphs or not named:
        yield from paragraphs or named
        return
    if len(body) == len(owners) or len(paragraphs) == len(named):
        pairs = zip(body, owners, strict=True) if len(body) == len(owners) else zip(paragraphs, named, strict=True)
    elif not owners[0].strip() and len(owners) <= len(body):
        pairs = zip_longest(body, owners, fillvalue="")
    else:
        if len(paragraphs) > 1:
            remarks.count("unsure owner")
        pairs = zip(paragraphs, [*[""] * (len(paragraphs) - 1), ", ".join(named)], strict=True)
    for line, owner in pairs:
        yield from _owned(line, owner.strip())


def _owned(line: str, owner: str) -> Iterator[str]:
    """A line with its owner: initials behind it, as minutes have them; a name before its last sentence."""
    owner = ACTION_FIRST.sub("", owner).rstrip(".")
    if not line.strip():
        yield from filter(None, [owner])
    elif not owner:
        yield line
    elif STATUS.fullmatch(owner):
        yield f"{line}{GAP}{owner}"
    elif INITIALS_ONLY.fullmatch(owner):
        yield f"{line}{GAP}ACTION {', '.join(BETWEEN.split(owner))}"
    else:
        sentences = list(split_sentences(line, 0, len(line)))
        if len(sentences) > 1:
            yield line[: sentences[-1][0]].rstrip()
        yield f"Action: {owner}: {line[sentences[-1][0] :].strip()}"


# Without heads


def _plain_rows(grid: list[Row]) -> Iterator[str]:
    for row in grid:
        yield from _plain_row([lines for lines in row if any(line.strip() for line in lines)])


def _plain_row(cells: Row) -> Iterator[str]:
    """A row of a table that has no heads."""
    owner = ""
    if len(cells) > 1 and _are_initials(_words(cells[-1])) and len(_words(cells[-2]).split()) > 2:
        owner = _words(cells.pop())
    if len(cells) > 1 and NUMBER.fullmatch(_words(cells[0])):
        cells = [_marked(cells[1], _with_stop(_words(cells[0]))), *cells[2:]]
    if len(cells) > 1 and _is_title(_words(cells[0])):
        yield from ("", f"## {_words(cells.pop(0))}", "")
    elif len(cells) == 2 and FACT.fullmatch(_words(cells[0]).strip(" :")):
        cells = [[f"{_words(cells[0]).strip(' :')}: {_words(cells[1])}"]]
    lines = [[line for line in cell if line.strip()] for cell in cells]
    if all(len(cell) == 1 for cell in lines):
        written = [GAP.join(cell[0].strip() for cell in lines)]
    else:
        written = [line for cell in lines for line in cell]
    if owner:
        written[-1] += f"{GAP}{owner}"
    yield from written


def _is_title(words: str) -> bool:
    """Whether a first cell is an item's title: numbered, or one that people who take minutes always give."""
    return len(words.split()) <= MOST_TITLE and bool(
        (NUMBERED.match(words) or STANDING.fullmatch(words.strip(" :"))) and not _is_list_label(words)
    )
