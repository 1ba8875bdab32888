"""Lists of names as notes give them, and the initials that stand for the people in them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from meetings.minutes.structure import Presence

TITLES = {"dr", "prof", "professor", "mr", "mrs", "ms", "miss", "cllr", "cllrs", "councillor", "rev", "sir", "dame"}

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀŁŚŠŽČĆ]"
NAME_WORD = rf"{CAPITAL}(?:[\w'’‘-]{{0,40}}[\w]|\.|)(?:\.(?={CAPITAL}))?"
PARTICLE = r"(?:de|da|di|du|del|della|le|la|van|von|der|den|ten|ter|bin|al|el|y|ap)"
TITLE = r"(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss|Cllrs?|Councillor|Rev|Sir|Dame)\b\.?\s+)"
NAME = re.compile(
    rf"{TITLE}?{NAME_WORD}\.?(?:(?:(?<=Jr)\.|(?<=Sr)\.)?\s{{1,2}}(?:{PARTICLE}\s{{1,2}}){{0,2}}{NAME_WORD}){{0,4}}"
)

INITIALS_TEXT = r"(?:[A-Z][a-z]?['’‘-]?){1,4}[A-Z][a-z]?(?![\w])"
INITIALS = re.compile(rf"(?<![\w]){INITIALS_TEXT}")

OFFICE = (
    r"(?:acting |meeting |co-|deputy |vice[- ]|clinical |assistant )?"
    r"(?:chair(?:man|woman|person)?|secretary|treasurer|clerk|president)\b"
)
MINUTE_TAKER = r"(?:minutes|minute[- ]taker|note[- ]?taker|notes)\b"
ROLE = re.compile(rf"(?:as\s+)?(?:the\s+)?(?P<role>{OFFICE}|{MINUTE_TAKER}|treas\.?|sec\.?)", re.IGNORECASE)
OFFICE_FIRST = re.compile(rf"(?P<role>(?i:(?:parish |town )?{OFFICE}))\s*[-–:]\s*(?={CAPITAL})")
GUEST = re.compile(
    r"(?:invited\s+|special\s+)?(?:guests?(?:\s+speakers?)?|visitors?|observers?|speaker)\b", re.IGNORECASE
)
MEMBER = re.compile(r"(?:committee |board |ordinary |group )?members?$", re.IGNORECASE)
REMARK = re.compile(
    r"(?:a\.|arr\.?|arrived|left|until|till|from \d|for (?:items?|part)|part(?:ial|ly)?\b|by (?:phone|tele|video)"
    r"|via |on(?:line|\sthe\sphone|\szoom)?\b|online|remote|late\b|joined|dialled|@|phone|deputi[sz]ing"
    r"|representing|for |standing in"
    r"|unwell|ill$|sick|on leave|holiday|no apologies)",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r"[,;()&\n]|\band\b")
GAP = re.compile(r"\t| {3,}")
# More than any meeting has.
MOST_PEOPLE = 1000
COLUMN_HEAD = re.compile(r"(?<!\s)\s+(?:ACTIONS?|Action|BY|Owner)\s*$")


@dataclass
class Entry:
    """One name read from a list, and where it stands."""

    start: int
    end: int
    name: str
    organisation: str = ""
    role: str = ""
    initials: str = ""
    notes: list[str] = field(default_factory=list)
    presence: Presence | None = None


def fold_initials(initials: str) -> str:
    """The form in which two spellings of initials are equal: AB-C and ABC, PO’N and PON."""
    return re.sub(r"[^\w]", "", initials).casefold()


def initials_of(name: str) -> list[set[str]]:
    """Folded initials that a name may be given, the surest first: of every word, then of first and last."""
    words = [word for word in re.split(r"[\s.]+", name) if word and word.casefold().strip(".") not in TITLES]
    words = [word for word in words if word[0].isupper()] or words
    if not words:
        return [set(), set()]
    every = "".join(word[0] for word in words)
    parts = [[part[0] for part in re.split(r"[-'’‘]", word) if part] for word in words]
    whole = "".join("".join(part) for part in parts)
    ends = words[0][0] + words[-1][0]
    full_last = words[0][0] + "".join(parts[-1])
    sure = {every.casefold(), whole.casefold(), full_last.casefold()}
    if re.match(r"Ma?c[A-Z]", words[-1]):
        sure.add((words[0][0] + re.match(r"Ma?c[A-Z]", words[-1]).group()).casefold())
        sure.add((words[0][0] + "m" + words[-1][re.match(r"Ma?c", words[-1]).end()]).casefold())
    likely = {ends.casefold(), (words[0][0] + words[-1][:2]).casefold(), (words[0][:2] + words[-1][0]).casefold()}
    return [sure, likely - sure]


class People:
    """Those whom the lists name: whose initials are these, and is this one of them?"""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.names: set[str] = set()
        self._printed: dict[str, list[str]] = {}
        self._sure: dict[str, list[str]] = {}
        self._likely: dict[str, list[str]] = {}
        self.given: set[str] = set()
        for entry in entries:
            self.add(entry.name, entry.initials)

    def add(self, name: str, initials: str = "") -> None:
        """Remember a name from the lists and the initials printed beside it."""
        if name in self.names or len(self.names) >= MOST_PEOPLE:
            return
        self.names.add(name)
        if initials:
            self._printed.setdefault(fold_initials(initials), []).append(name)
        else:
            sure, likely = initials_of(name)
            for form in sure:
                self._sure.setdefault(form, []).append(name)
            for form in likely:
                self._likely.setdefault(form, []).append(name)
        words = [word for word in name.split() if word.casefold().strip(".") not in TITLES]
        if len(words) > 1:
            self.given.add(" ".join(words[:-1]))
            self.given.add(f"{words[0]} {words[-1][0]}")

    def with_initials(self, initials: str) -> list[str]:
        """The people whom these initials may mean, by the surest reading that fits anyone."""
        form = fold_initials(initials)
        return self._printed.get(form) or self._sure.get(form) or self._likely.get(form) or []

    def has(self, words: str) -> bool:
        """Whether these words are a listed name, its given names, or somebody's initials."""
        return words in self.names or words in self.given or bool(self.with_initials(words))


def looks_like_name(words: str) -> bool:
    """Two to five capitalised words and nothing else; initials and a surname will do."""
    found = NAME.fullmatch(words)
    return bool(found) and 2 <= len(words.split()) <= 6 and not words.isupper()


def read_list(text: str, start: int, end: int, *, one_each_line: bool = False) -> list[Entry]:
    """The people named between two positions: split at commas, semicolons, ampersands and line ends."""
    entries: list[Entry] = []
    for chunk_start, chunk_end in _chunks(text, start, end, one_each_line=one_each_line):
        words = text[chunk_start:chunk_end].strip()
        if not words or (words.isupper() and words.strip(".") in {"ACTION", "ACTIONS"}):
            continue
        role = ROLE.match(words)
        if entries and role and not _is_role_and_name(words):
            _add_remark(entries[-1], words)
            continue
        entry = read_entry(text, chunk_start, chunk_end)
        if entry:
            entries.append(entry)
        elif entries:
            entries[-1].notes.append(" ".join(words.split()))
    return entries


def _is_role_and_name(words: str) -> bool:
    return bool(OFFICE_FIRST.match(words))


def _chunks(text: str, start: int, end: int, *, one_each_line: bool) -> Iterator[tuple[int, int]]:
    depth = 0
    begun = start
    for found in SEPARATOR.finditer(text, start, end):
        mark = found.group()
        if mark == "(":
            depth += 1
        elif mark == ")":
            depth = max(0, depth - 1)
            # A name follows a bracket with no comma: "R Hill (Chairman) C Lowe & M West".
            after = NAME.match(text, found.end() + 1, end) if text[found.end() : found.end() + 1].isspace() else None
            if after and depth == 0 and not one_each_line and _starts_a_name(after.group()):
                yield begun, found.end()
                begun = found.end()
        elif depth == 0 and (mark == "\n" or not one_each_line):
            yield begun, found.start()
            begun = found.end()
        elif mark == "\n":  # a bracket that nobody closed ends with its line
            depth = 0
            yield begun, found.start()
            begun = found.end()
    yield begun, end


def _starts_a_name(words: str) -> bool:
    return not ROLE.match(words) and not GUEST.match(words) and looks_like_name(words)


def read_entry(text: str, start: int, end: int) -> Entry | None:
    """One person: name, then in any order a dash and office, brackets, remarks; None if it does not start as a name."""
    piece = text[start:end]
    column = COLUMN_HEAD.search(piece)
    if column:
        end = start + column.start()
        piece = text[start:end]
    lead = len(piece) - len(piece.lstrip(" \t-–•·*"))
    start += lead
    before = OFFICE_FIRST.match(text, start, end)
    role = tidy_role(before["role"]) if before else ""
    name_start = before.end() if before else start
    found = NAME.match(text, name_start, end)
    if not found:
        return None
    name_end = _end_of_name(text, found, end)
    name = " ".join(text[name_start:name_end].split())
    if not any(letter.islower() for letter in name) and len(name.split()) > 1 and len(name) > 12:
        return None
    entry = Entry(start, end, name, role=role)
    _read_rest(entry, text, name_end, end)
    return entry


def _end_of_name(text: str, found: re.Match[str], end: int) -> int:
    """Where the name stops: before an office that follows it with no dash."""
    words = text[found.start() : found.end()]
    office = re.search(r"\s(?:Chair|Secretary|Treasurer|Guest)$", words)
    stop = found.start() + office.start() if office else found.end()
    while stop > found.start() and text[stop - 1] in ". " and stop < end:
        stop -= 1
    return stop


def _read_rest(entry: Entry, text: str, start: int, end: int) -> None:
    position = start
    while position < end:
        opened = text.find("(", position, end)
        if opened < 0:
            _read_loose(entry, text[position:end])
            return
        _read_loose(entry, text[position:opened])
        closed = text.find(")", opened, end)
        _read_bracket(entry, text[opened + 1 : closed if closed >= 0 else end])
        position = closed + 1 if closed >= 0 else end


def _read_loose(entry: Entry, words: str) -> None:
    """Words outside brackets: an office, a remark, or (after printed initials) the organisation."""
    words = " ".join(words.split()).strip(".,;: ")
    words = re.sub(r"^[-–—]\s*", "", words)
    if not words:
        return
    if ROLE.match(words) or GUEST.match(words) or REMARK.match(words) or MEMBER.match(words):
        _add_remark(entry, words)
        return
    organisation, dash, post = words.partition(" – ")
    if not entry.organisation:
        entry.organisation = organisation
        if dash:
            entry.notes.append(post)
    else:
        entry.notes.append(words)


def _read_bracket(entry: Entry, words: str) -> None:
    words = " ".join(words.split())
    if not words:
        return
    if not entry.initials and _are_initials_of(words, entry.name):
        entry.initials = words
        return
    mixed = re.match(rf"({INITIALS_TEXT})\s+(.+)$", words)
    if mixed and ROLE.match(mixed[2]):
        entry.initials = entry.initials or mixed[1]
        _add_remark(entry, mixed[2])
        return
    kept: list[str] = []
    for part in (piece.strip() for piece in words.split(",")):
        if not entry.initials and _are_initials_of(part, entry.name):
            entry.initials = part
        elif (
            ROLE.match(part)
            or GUEST.match(part)
            or REMARK.match(part)
            or MEMBER.match(part)
            or part.casefold() == "apologies"
        ):
            _add_remark(entry, part)
        elif part:
            kept.append(part)
    if kept:
        organisation = ", ".join(kept)
        if entry.organisation:
            entry.notes.append(organisation)
        else:
            entry.organisation = organisation


def _are_initials_of(words: str, name: str) -> bool:
    """ "(JB)" beside Julia Brown are initials; "(BCC)" beside Bob Carter is where he works."""
    key = fold_initials(words)
    if not INITIALS.fullmatch(words) or key[:1] != re.sub(rf"^{TITLE}", "", name)[:1].casefold():
        return False
    sure, likely = initials_of(name)
    return key in sure | likely or (len(key) <= 3 and key[-1] == name.rsplit(maxsplit=1)[-1][:1].casefold())


def _add_remark(entry: Entry, words: str) -> None:
    words = " ".join(words.split())
    bracket = re.search(rf"\(({INITIALS_TEXT})\)$", words)
    if bracket:
        entry.initials = entry.initials or bracket[1]
        words = words[: bracket.start()].strip()
    words = words.strip(" -–(),.;") if not words.startswith("a.") else words
    role = ROLE.match(words)
    if role:
        if not entry.role:
            entry.role = tidy_role(role["role"])
        rest = words[role.end() :].strip(" &,-–")
        if rest:
            entry.notes.append(words)
        return
    if words.casefold() in {"apologies", "apols", "apology"}:
        entry.presence = Presence.APOLOGIES
        return
    if GUEST.match(words):
        entry.presence = Presence.GUESTS
        if " " in words:
            entry.notes.append(words)
        return
    if MEMBER.fullmatch(words):
        return
    if words:
        entry.notes.append(words)


def tidy_role(words: str) -> str:
    """The office as minutes print it: "Chair" for whoever is in the chair, "Secretary" for who takes notes."""
    low = words.casefold().strip(". ")
    if re.fullmatch(r"(?:acting |meeting )?chair(?:man|woman|person)?|clinical chair", low):
        return "Chair"
    if low in {"sec", "secretary"} or re.fullmatch(MINUTE_TAKER, low):
        return "Secretary"
    if low in {"treas", "treasurer"}:
        return "Treasurer"
    return " ".join(word.capitalize() for word in words.split())
