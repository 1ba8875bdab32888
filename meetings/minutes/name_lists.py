"""Reads a stretch of a list of names: who is in it, and what is said of each."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from meetings.minutes.brackets import (
    OFFICE,
    add_remark,
    are_initials_of,
    is_remark,
    read_beside,
    tidy_role,
)
from meetings.minutes.names import CAPITAL, INITIALS_TEXT, NAME, NOBODY, TITLE, TITLES, Entry, is_body, is_person

# Between two people: a comma, a word, or the edge of a table's cell.
SEPARATOR = re.compile(r"[,;()|\t\n\[\]]| {3,}|(?<=\s)/(?=\s)|/|&|\b(?:and|plus)\b")
OFFICE_FIRST = re.compile(
    rf"(?:in\s+)?(?:the\s+)?(?P<role>{OFFICE})\s*(?:[-–:,]\s*|\s)(?={TITLE}?{CAPITAL})", re.IGNORECASE
)
# "District Councillor David Wood", "Headteacher Sue Lane": what somebody is, said before the name.
POST_FIRST = re.compile(
    r"(?P<post>(?:District|County|Parish|Town|Borough|City|Ward|Community|Dst|Dist|Cty|[DC]\.)\.? "
    r"(?:Cllr|Clr|Councillor)s?\.? "
    r"|(?!Also|And|With)[A-Z][a-z]{3,20} (?:Cllr|Councillor)\.? (?=[A-Z][\w.'’-]* [A-Z])"
    r"|(?:Deputy |Assistant )?Head ?[Tt]eacher |Police Constable |PCs? |PCSOs? "
    r"|(?:Sgt|Sergeant|Insp|Inspector|Supt|Maj|Major|Capt|Captain|Col|Colonel|Lt|Canon|Father|Fr)\.? )"
)
OFFICE_AFTER = re.compile(rf"\s+{OFFICE}(?=\s+{TITLE}?{CAPITAL}[\w.'’-]*\s)", re.IGNORECASE)
PLURAL_TITLE = re.compile(r"(?:Cllrs|Cllr[’']s|Councillors|Messrs|Drs|Trustees|Governors)\b\.?\s+")
COLUMN_HEAD = re.compile(r"(?<!\s)\s+(?:ACTIONS?|Action|BY|Owner)\s*$")
ABBREVIATED = re.compile(r"(?:^|[ .])(?:[A-Z]|Jn?r|Sn?r)\.$")
# Letters behind a name are no part of it: "Ada Boyle MP", "Ned Orme OBE".
HONOURS = re.compile(r"(?<=[a-z]) (?:MSP|MP|MEP|MBE|OBE|CBE|BEM|JP|DL|QC|KC|PhD|FRS|RIBA|MRTPI)(?= |$)")
BROKEN_NAME = re.compile(rf"[ \t]*\n\s*{CAPITAL}[\w'’-]{{1,40}}(?=\s*(?:$|[(,;]))")
LATER = re.compile(r"(?:later|also|then|plus|with)\s")
COUNTED = re.compile(r"(?:two|three|four|five|six|seven|eight|nine|ten|various|numerous) ", re.IGNORECASE)
IS_COLUMN_HEAD = re.compile(r"(?:ACTIONS?|Actions?|BY|Owner)\.?")
# "AB - Ada Boyle": initials stand first.
INITIALS_FIRST = re.compile(rf"(?P<initials>{INITIALS_TEXT})\s{{0,3}}[-–—:=]\s{{1,3}}(?={TITLE}?{CAPITAL})")
LAST_BRACKETS = re.compile(r"\([^()\n]{1,80}\)\s*$")
# Nobody's list is longer: what follows the thousandth comma is read as one piece.
MOST_PIECES = 2000


@dataclass
class Piece:
    """A stretch between two separators."""

    start: int
    end: int
    before: str
    words: str


@dataclass
class Reading:
    """The people found, two names that stood without a comma, and stretches that name nobody."""

    entries: list[Entry] = field(default_factory=list)
    double: list[tuple[int, str, str]] = field(default_factory=list)
    others: list[tuple[int, int]] = field(default_factory=list)


def read_list(text: str, start: int, end: int, *, one_each_line: bool = False, is_short: bool = False) -> Reading:
    """The people named between two positions.

    With ``one_each_line`` a comma or dash after the name gives what the person is, unless everything between the
    separators can only be a name. ``is_short``: the list is this line alone, so that "A, B" are two people.
    """
    reading = Reading()
    last = _bodies_last(text, start, end)
    if last:
        reading.entries = last
        return reading
    pieces = _pieces(text, start, end)
    if one_each_line and not _are_people(pieces, is_short=is_short):
        entry = read_entry(text, start, end)
        if entry:
            reading.entries.append(entry)
        elif text[start:end].strip():
            reading.others.append((start, end))
        return reading
    _read_pieces(reading, text, pieces)
    return reading


def _read_pieces(reading: Reading, text: str, pieces: list[Piece]) -> None:
    are_initials = _are_initials(pieces)
    pairs = _semicolon_ends_a_person(pieces)
    office = ""
    for piece in pieces:
        words = piece.words
        if not words or IS_COLUMN_HEAD.fullmatch(words):
            continue
        before = reading.entries[-1] if reading.entries else None
        is_office = is_remark(words.strip("()[] ")) and not _is_office_and_name(words)
        if before and (
            is_office or (pairs and piece.before == ",") or _is_body_of(before, piece, are_initials=are_initials)
        ):
            read_beside(before, text, piece.start, piece.end)
            before.end = piece.end
        elif is_office and not before and piece is not pieces[-1] and OFFICE_FIRST.match(words + ", A"):
            office = words.removeprefix("The ").removeprefix("the ")
        elif not _may_name_somebody(words):
            reading.others.append((piece.start, piece.end))
        else:
            _read_piece(reading, text, piece, office)
            office = ""
    _share_bodies(reading.entries, pieces)
    _share_surnames(text, reading.entries)


def _read_piece(reading: Reading, text: str, piece: Piece, office: str) -> None:
    entry = read_entry(text, piece.start, piece.end)
    if not entry:
        reading.others.append((piece.start, piece.end))
        return
    if office:
        add_remark(entry, office)
    names = _two_names(entry.name)
    if not names:
        reading.entries.append(entry)
        return
    at = piece.start
    for name in names:
        at = text.index(name.split()[0], at, piece.end)
        stop = at
        for word in name.split():
            stop = text.index(word, stop, piece.end) + len(word)
        is_last = name is names[-1]
        found = entry if is_last else Entry(at, stop, name)
        found.name, found.start = name, at
        reading.entries.append(found)
        at = stop
    for first, second in pairwise(names):
        reading.double.append((entry.start, first, second))


def _two_names(name: str) -> list[str]:
    """ "Rose Hill Ned Orme" lacks a comma: in a list of names, four words are two people, six are three."""
    surnames: list[str] = []  # a particle goes with the surname after it: "Jan van der Berg"
    for word in name.split():
        if surnames and surnames[-1].split()[-1].islower():
            surnames[-1] += f" {word}"
        else:
            surnames.append(word)
    words = [
        word for word in surnames if len(word) > 2 and word[-1] != "." and word.strip(".").casefold() not in TITLES
    ]
    if len(words) < 4 or len(words) % 2 or len(words) < len(surnames):
        return []
    return [" ".join(words[index : index + 2]) for index in range(0, len(words), 2)]


def _pieces(text: str, start: int, end: int) -> list[Piece]:
    """The stretches between separators; nothing within brackets separates."""
    pieces: list[Piece] = []
    depth, begun, before = 0, start, ""
    for found in SEPARATOR.finditer(text, start, end):
        mark = found.group()
        if len(pieces) >= MOST_PIECES:
            break
        if mark in "([":
            depth += not depth or _closes_twice(text, found.end(), end)
            continue
        if depth and mark == "\n" and not _closes_below(text, found.end(), end):
            depth = 0  # a bracket that nobody closed ends with its line
        elif mark in ")]":
            depth = max(0, depth - 1)
        if depth or _is_within(text, found, begun, end):
            continue
        stop, resume = found.start(), found.end()
        if mark in ")]":
            stop = resume = _past_office(text, found.end(), end)
        pieces.append(_piece(text, begun, stop, before))
        begun, before = resume, mark.strip(" ") or " "
    pieces.append(_piece(text, begun, end, before))
    return pieces


def _past_office(text: str, position: int, end: int) -> int:
    """ "A (Org) Secretary B (Org)": with no dash the office is that of the person before it."""
    office = OFFICE_AFTER.match(text, position, end)
    return office.end() if office else position


def _piece(text: str, start: int, end: int, before: str) -> Piece:
    return Piece(start, end, before, text[start:end].strip(" \t\n-–•·*."))


def _closes_twice(text: str, start: int, end: int) -> bool:
    """Whether a bracket within a bracket is closed, and the outer one after it: "(Lock (Quay))", not "(Lock (Quay)"."""
    closed = text.find(")", start, min(end, start + 60))
    again = text.find(")", closed + 1, min(end, closed + 60)) if closed >= 0 else -1
    return again >= 0 and text.find("(", start, again) < 0


def _closes_below(text: str, start: int, end: int) -> bool:
    opened, closed = text.find("(", start, end), text.find(")", start, min(end, start + 60))
    return closed >= 0 and (opened < 0 or closed < opened)


def _name_begins(text: str, start: int, end: int, *, single: bool) -> bool:
    """Whether somebody else's name begins here; a first name alone will do where the one before it is one."""
    stretch = text[start : min(end, start + 120)].lstrip()
    office = OFFICE_FIRST.match(stretch)
    found = NAME.match(stretch, office.end()) if office else NAME.match(stretch)
    if not found or (not office and is_remark(stretch)):
        return False
    return (single or bool(office) or " " in found.group().strip()) and is_person(_first_name(found.group()))


def _first_name(words: str) -> str:
    """The first two words of a run of capitals: enough to tell a person from a body."""
    return " ".join(words.split()[:4])


def _is_broken_name(text: str, begun: int, stop: int, resume: int, end: int) -> bool:
    """Whether a line end falls within one person's place: before a bracket, or between first name and surname."""
    words = text[max(begun, stop - 80) : stop].split()
    following = text[resume : min(end, resume + 60)].lstrip()
    if following.startswith("("):
        return True
    after = re.match(rf"{CAPITAL}[\w'’-]*(?=\s*(?:[,;(&\n]|$|\sand\b))", following)
    return (
        len(words) == 1
        and words[0][0].isupper()
        and words[0][-1] not in ",;."
        and bool(after)
        and not words[0].isupper()
    )


def _is_told_after_initials(text: str, found: re.Match[str], begun: int, end: int) -> bool:
    """ "Ada Boyle (AB) Natural Lockham, …": what follows somebody's initials is a body, unless initials follow it."""
    name, _, initials = text[begun : found.start()].strip().rpartition("(")
    following = re.split(r"[,;\n]", text[found.end() : min(end, found.end() + 120)])[0]
    return are_initials_of(initials.strip(), name.strip()) and "(" not in following


def _is_within(text: str, found: re.Match[str], begun: int, end: int) -> bool:
    """A mark that separates nobody: a gap before a bracket, a line end within a name, a stroke within a word."""
    mark = found.group()
    if mark in ")]":
        # A name follows a bracket with no comma: "R Hill (Chairman) C Lowe & M West".
        if not text[found.end() : found.end() + 1].isspace() or (
            mark == ")" and _is_told_after_initials(text, found, begun, end)
        ):
            return True
        single = " " not in text[begun : found.start()].strip().partition("(")[0].strip()
        return not _name_begins(text, found.end() + 1, end, single=single)
    if mark == "\n":
        return _is_broken_name(text, begun, found.start(), found.end(), end)
    if mark.isspace():
        return text[found.start() - 1 : found.start()] == "\n" or text[found.end() : found.end() + 1] in "(–-"
    if mark == "/" and not text[found.start() - 1 : found.start()].isspace():
        left = text[max(begun, found.start() - 60) : found.start()].rsplit("  ", maxsplit=1)[-1].strip()
        right = NAME.match(text, found.end(), end)
        return not (is_person(left) and right and is_person(right.group()) and not right.group().isupper())
    return False


def _are_people(pieces: list[Piece], *, is_short: bool) -> bool:
    """Whether a line holds several people: three names or more, or two joined by a word or a stroke."""
    kept = [piece for piece in pieces if piece.words]
    names = [OFFICE_FIRST.sub("", piece.words.partition("(")[0].strip(), count=1) for piece in kept]
    if len(kept) >= 2 and PLURAL_TITLE.match(names[0]) and all(is_person(name) for name in names):
        return True  # "Councillors Boyle, Orme and Mrs Hart"
    joined = {piece.before for piece in kept[1:]}
    if len(kept) >= 3 and joined <= {",", "and", "&", ")"} and all(re.fullmatch(INITIALS_TEXT, name) for name in names):
        return True
    is_couple = len(kept) == 2 and joined <= {"&", "and"} and " " not in names[0] and " " in names[1]
    if len(kept) < 2 or not all(is_person(name) for name in names):
        return False
    if len({" " in name for name in names}) > 1:
        singles = [name for name in names if " " not in name]
        return is_couple or (len(kept) >= 4 and all(re.fullmatch(INITIALS_TEXT, name) for name in singles))
    if joined <= {"&", "and", "/", ";", ")"}:
        return all(len(name.split()) >= 2 for name in names) or is_short
    return len(kept) >= 3 or is_short


def _are_initials(pieces: list[Piece]) -> bool:
    """A list of nothing but initials: "AB, NO, UV"."""
    words = [piece.words.partition("(")[0].strip() for piece in pieces if piece.words]
    return sum(bool(re.fullmatch(INITIALS_TEXT, word)) for word in words) * 2 > len(words)


def _semicolon_ends_a_person(pieces: list[Piece]) -> bool:
    """Semicolons between people leave the comma for what each is: "Ada Boyle, Canal Trust; Ned Orme, Towpath Ltd"."""
    marks = [piece.before for piece in pieces[1:]]
    commas, semicolons = marks.count(","), marks.count(";")
    return semicolons >= 2 and semicolons <= commas <= semicolons + 1 and ",," not in "".join(marks)


def _is_body_of(before: Entry, piece: Piece, *, are_initials: bool) -> bool:
    """Whether a piece gives where the person before it comes from, not another person."""
    if (
        are_initials
        or before.organisation
        or piece.words[0].isdigit()
        or piece.before not in {",", " ", "\t", "|", "/", "\n"}
        or "(" in piece.words
    ):
        return False
    if " " not in before.name:
        return False
    if are_initials_of(piece.words, before.name):
        return True
    said = re.split(r"\s[-–—]\s", piece.words)[0]
    return is_body(said) and not _is_office_and_name(piece.words)


def _is_office_and_name(words: str) -> bool:
    found = OFFICE_FIRST.match(words)
    name = NAME.match(words, found.end()) if found else None
    if name and name.group().isupper() and 2 <= len(name.group()) <= 4:
        return words[name.end() :].lstrip()[:1] in {"", ",", ";", "."}  # "Secretary KH"
    return bool(name) and is_person(name.group()) and bool(re.search(r"[\s.]", name.group().strip()))


def _may_name_somebody(words: str) -> bool:
    """Not "2 members of the public", "the Clerk" or "others"."""
    first = words.split(maxsplit=1)[0].strip(".")
    if _is_office_and_name(words):
        return True  # "the clerk Mrs S Hart"
    return (
        (len(first) == 1 or (len(first) == 2 and first.isupper()) or first.casefold() not in NOBODY)
        and not first[:1].isdigit()
        and not COUNTED.match(words)
    )


def _share_bodies(entries: list[Entry], pieces: list[Piece]) -> None:
    """ "A/B (Org)" and "A & B (Org)": the bracket is of both."""
    joined = {piece.start for piece in pieces if piece.before in {"/", "&"}}
    for first, second in pairwise(entries):
        if (
            any(first.end <= start <= second.start for start in joined)
            and not first.organisation
            and not first.initials
        ):
            first.organisation = second.organisation


def _share_surnames(text: str, entries: list[Entry]) -> None:
    """ "Jane & Gil Hart" among full names are Jane Hart and Gil Hart; a list of first names stays one."""
    short = [at for at, entry in enumerate(entries) if " " not in entry.name]
    for at in short:
        if at + 1 in short or at + 1 == len(entries) or not entries[at].name[-1].islower():
            continue
        first, second = entries[at], entries[at + 1]
        words = second.name.split()
        between = text[first.start : second.start].removeprefix(first.name).strip()
        if between in {"&", "and"} and len(words) == 2 and len(words[1]) > 2 and len(short) * 2 <= len(entries):
            first.name = f"{first.name} {words[1]}"


def _bodies_last(text: str, start: int, end: int) -> list[Entry]:
    """ "A, B, C (Org) (Org) (Org)": as many brackets at the end as names before them; [] if it is not so."""
    brackets: list[str] = []
    stop = end
    while len(brackets) <= 60:
        found = LAST_BRACKETS.search(text, max(start, stop - 90), stop)
        if not found:
            break
        brackets.insert(0, " ".join(found.group().strip(" \n()").split()))
        stop = found.start()
    if len(brackets) < 2 or "(" in text[start:stop]:
        return []
    pieces = [piece for piece in _pieces(text, start, stop) if piece.words]
    names = [piece.words for piece in pieces]
    if len(names) == 1:
        words = names[0].split()
        names = (
            [" ".join(words[at : at + 2]) for at in range(0, len(words), 2)] if len(words) == 2 * len(brackets) else []
        )
    if len(names) != len(brackets) or not all(NAME.fullmatch(name) for name in names):
        return []
    entries = []
    for index, (name, body) in enumerate(zip(names, brackets, strict=True)):
        at = (pieces[index].start, pieces[index].end) if len(pieces) == len(names) else (start, end)
        entry = Entry(*at, name)
        read_beside(entry, f"({body})", 0, len(body) + 2)
        entries.append(entry)
    return entries


def read_entry(text: str, start: int, end: int) -> Entry | None:
    """One person: name, then in any order a dash and office, brackets, remarks; None if it does not start as a name."""
    piece = text[start:end]
    column = COLUMN_HEAD.search(piece[-40:])
    if column:
        end -= len(piece[-40:]) - column.start()
        piece = text[start:end]
    start += len(piece) - len(piece.lstrip(" \t\n-–•·*|/"))
    later = LATER.match(text, start, end)
    start = later.end() if later else start
    found = find_name(text, start, end)
    if not found:
        return None
    name = " ".join(text[found.start : found.end].split())
    if " " in HONOURS.sub("", name):
        name = HONOURS.sub("", name)
    if not any(letter.islower() for letter in name) and len(name.split()) > 1 and len(name) > 12:
        return None
    entry = Entry(start, end, name, role=tidy_role(found.office) if found.office else "")
    if later and later.group().startswith("later"):
        entry.notes.append("later")
    if found.post:
        entry.notes.append(found.post)
    entry.initials = found.initials
    read_beside(entry, text, found.end, end)
    return entry


@dataclass(frozen=True)
class Found:
    """Where a name stands, and the office or post said before it."""

    start: int
    end: int
    office: str = ""
    post: str = ""
    initials: str = ""


def find_name(text: str, start: int, end: int) -> Found | None:
    """The name that begins at ``start``, or behind an office, a post or its initials there."""
    first = INITIALS_FIRST.match(text, start, end)
    after = NAME.match(text, first.end(), end) if first else None
    if after and " " in after.group() and are_initials_of(first["initials"], after.group()):
        return Found(after.start(), _end_of_name(text, after, end), initials=first["initials"])
    office = OFFICE_FIRST.match(text, start, end)
    if (
        office
        and office.group().rstrip()[-1] not in "-–:"
        and not _is_office_and_name(text[start : min(end, start + 200)])
    ):
        office = None
    name_start = office.end() if office else start
    plural = PLURAL_TITLE.match(text, name_start, end)
    name_start = plural.end() if plural else name_start
    post = POST_FIRST.match(text, name_start, end)
    name_start = post.end() if post else name_start
    found = NAME.match(text, name_start, end)
    if not found:
        return None
    name_end = _end_of_name(text, found, end)
    return Found(name_start, name_end, office["role"] if office else "", post["post"].strip() if post else "")


def _end_of_name(text: str, found: re.Match[str], end: int) -> int:
    """Where the name stops: before an office that follows it with no dash."""
    words = text[found.start() : found.end()]
    office = re.search(r"\s(?:Vice[- ])?(?:Chair(?:man|person)?|Secretary|Treasurer|Clerk|Guest)(?=\s|$)", words)
    stop = found.start() + office.start() if office else found.end()
    if not office:
        stop -= len(words) - len(_without_initials(words))
    while stop > found.start() and text[stop - 1] in ". " and (stop < end or not ABBREVIATED.search(words)):
        stop -= 1
    if stop == found.end() and " " not in words:
        # "Judy" at the end of a line, "Dowell" on the next.
        broken = BROKEN_NAME.match(text, stop, end)
        stop = broken.end() if broken else stop
    return stop


def _without_initials(words: str) -> str:
    """ "Jon JC" is Jon, "Elise Moore EM" and "Elise Moore HT EM" Elise Moore: initials stand last."""
    last = words.rpartition(" ")[2]
    if len(last) < 2 or not last.isupper():
        return words
    parts = words.split()
    for count in (1, 2):
        name = " ".join(parts[:-count])
        if len(parts) > count and are_initials_of(last, name) and all(part.isupper() for part in parts[-count:]):
            return words[: words.rindex(parts[-count - 1]) + len(parts[-count - 1])]
    return words
