"""What stands beside a name in a list: office, organisation, post, initials, remark; in brackets or behind a dash."""

import re

from meetings.minutes.names import INITIALS, INITIALS_TEXT, TITLE, Entry, fold_initials, initials_of, is_body
from meetings.minutes.structure import Presence

# What may stand before an office without changing whose it is: "acting", or the group's own short name.
OF_THIS_GROUP = (
    r"(?:acting|meeting|interim|clinical|hon(?:orary|\.)?|committee|council|board|group|minutes?|(?-i:[A-Z]{2,6}))[ -]"
)
OF_ANOTHER_RANK = r"(?:co|jt\.?|deputy|vice|assistant|joint|parish|town|incoming|outgoing)[ -]"
CHAIR = r"(?:chair(?:man|woman|person|ing)?|conven[eo]r)\b"
OFFICE = rf"(?:{OF_THIS_GROUP}|{OF_ANOTHER_RANK}){{0,2}}(?:{CHAIR}|(?:secretary|treasurer|clerk|president)\b)"
MINUTE_TAKER = (
    r"(?:(?:taking (?:the )?(?:minutes|notes)|min(?:ute)?s?[- ]taker|notes?[- ]?taker|minutes|mins|notes|scribe)\b)"
)
TAKES_NOTES = re.compile(rf"{MINUTE_TAKER}|minut(?:e|es|ing) secretary", re.IGNORECASE)
ROLE = re.compile(rf"(?:as\s+|in\s+)?(?:the\s+)?(?P<role>{OFFICE}|{MINUTE_TAKER}|(?:treas|sec)\b\.?)", re.IGNORECASE)
CHAIRS = re.compile(rf"(?:{OF_THIS_GROUP}){{0,2}}{CHAIR}", re.IGNORECASE)
SECRETARIES = re.compile(rf"(?:{OF_THIS_GROUP}){{0,2}}(?:secretary|sec)|{MINUTE_TAKER}", re.IGNORECASE)
# "Chair of the Canal Trust" is a post elsewhere; "Chair of Trustees" is this group's.
OF_ANOTHER_BODY = re.compile(
    r"\s+(?:of|for|to) (?:the )?(?!meeting|committee|group|trustees|governors|board|council|forum|panel|pta|ppg)(?=\w)",
    re.IGNORECASE,
)
GUEST = re.compile(
    r"(?:invited\s+|special\s+)?(?:guests?(?:\s+speakers?)?|visitors?|observers?|speaker)\b", re.IGNORECASE
)
MEMBER = re.compile(r"(?:committee |board |ordinary |group )?members?$", re.IGNORECASE)
ABSENT = re.compile(r"(?:sent |with )?(?:apologies|apols?|apology|absent)\.?$", re.IGNORECASE)
REMARK = re.compile(
    r"(?:(?-i:a)\.\s?\d|arr\.?\s|(?:arrived|arriving|left|leaving|until|till|late|joined|joining|dialled|phone"
    r"|remote(?:ly)?|online|retiring|sick|unwell|holiday|partial(?:ly)?|partly|part|substitut(?:e|ing)|attending|representing"
    r"|deputi[sz]ing|deputy for)\b|from \d|for (?:items?|part)\b|by (?:phone|tele|video|skype|zoom|teams)"
    r"|via |on(?: the phone| zoom)?\b"
    r"|@|for |standing in|in attendance|on behalf of|(?:first|second) half|items? \d|ill$|on leave|no apologies"
    r"|not present|new member|https?:|www\.|mailto:|[\w.+-]{1,60}@\w)",
    re.IGNORECASE,
)
IN_THE_CHAIR = re.compile(r"\b(?:in the chair|acting as chair(?:man|person)?)\b", re.IGNORECASE)
# "Gil Hart sent apologies" in a list says what somebody did, not where they come from.
DEED = re.compile(r"(?:gave|sent|had|have|has|was|were|who|did|could|will|would|tendered)\b")
# "(Ned Orme attended in her place)" tells who came instead.
TELLS = re.compile(
    r".{0,80}?\b(?:attended|attending|arrived|left|joined|deputised|deputi[sz]ing|substitut(?:ed?|ing)|stood in"
    r"|in (?:his|her|their) (?:place|absence|stead))\b",
    re.IGNORECASE,
)
# Why somebody could not come.
REASON = re.compile(
    r"(?:illness|ill[- ]health|(?:annual|maternity|paternity|sick) leave|holidays?|away|abroad|travelling|bereavement"
    r"|(?:other |prior |previous )?(?:work|family|personal|business)?(?: commitments?| reasons?| engagement)?"
    r"|another (?:meeting|engagement)|jury service)",
    re.IGNORECASE,
)
# Posts within a body: "(CIO, Weirham Council)" gives first the post, then the body.
POST_WORDS = (
    r"officer|manager|director|analyst|advis[eo]r|lead(?:er)?|head|co-?ordinator|executive|engineer|consultant|lecturer"
    r"|professor|researcher|planner|architect|librarian|nurse|teacher|warden|trustee|governor|councillor"
    r"|representative|rep|assistant|administrator|editor|student|resident"
)
POST = re.compile(
    rf"(?-i:[A-Z]{{1,2}}(?:IO|EO|TO|DO|FO))|GP|(?:[\w&/-]+\s){{0,5}}(?:{POST_WORDS})(?:\s(?:in|of|for|to)\s.+)?"
    r"|(?:(?:deputy|assistant|interim)\s)?head (?:of|for)\s.+",
    re.IGNORECASE,
)
# Posts that say what somebody is to the group itself, not where else they work.
OWN_POST = re.compile(
    r"(?:(?:deputy|assistant|acting)\s)?head ?(?:teacher|master|mistress)|class rep(?:resentative)?s?"
    r"|(?:parent |staff )?governor|trustee|(?:(?:parish|district|county|town|borough|ward|city)\s)?(?:councillor|cllr)"
    r"|practice manager|gp|patient(?: rep(?:resentative)?)?|parent|vice[- ](?:chair|president)(?:man|person)?"
    r"|(?:membership|social|fixtures|events|press|publicity|plots?) (?:secretary|sec|officer)",
    re.IGNORECASE,
)
CELLS = re.compile(r"[\t|\n]| {3,}")
AT_BODY = re.compile(r"\s+at\s+(?:the\s+)?(?=[A-Z])")


def read_beside(entry: Entry, text: str, start: int, end: int) -> None:
    """Everything between the end of a name and the end of its place in the list."""
    position = start
    while position < end:
        opened = _opening(text, position, end)
        if opened < 0:
            opened = end
        for words in CELLS.split(text[position:opened]):
            _read_loose(entry, words)
        if opened == end:
            return
        closed = _closing(text, opened, end)
        _read_bracket(entry, text[opened + 1 : closed if closed >= 0 else end])
        position = closed + 1 if closed >= 0 else end


def _opening(text: str, start: int, end: int) -> int:
    found = [place for place in (text.find("(", start, end), text.find("[", start, end)) if place >= 0]
    return min(found, default=-1)


def _closing(text: str, opened: int, end: int) -> int:
    """Where a bracket closes: "(Lock (Quay) Trust)" at its second, "(Lock (Quay)" at its only one."""
    mark = ")" if text[opened] == "(" else "]"
    closed = text.find(mark, opened, end)
    inner = text.find("(", opened + 1, closed) if closed >= 0 else -1
    outer = text.find(mark, closed + 1, min(end, closed + 60)) if inner >= 0 else -1
    following = text.find("(", closed + 1, outer) if outer >= 0 else -1
    return outer if outer >= 0 > following else closed


def is_remark(words: str) -> bool:
    """Whether words say something of the person before them: an office, a guest, how or until when they were there."""
    said = any(rule.match(words) for rule in (ROLE, GUEST, REMARK, MEMBER, ABSENT))
    return said or any(rule.fullmatch(words) for rule in (OWN_POST, REASON) if words)


def _read_loose(entry: Entry, words: str) -> None:
    """Words outside brackets: an office, a remark, or the organisation, which a post may go before."""
    words = " ".join(words.split()).strip(".,;:|/ ")
    words = re.sub(r"^[-–—]+\s*", "", words)
    words = re.sub(r"\s*[-–—]+$", "", words)
    words = re.sub(r"^(?:of|from) (?:the )?(?=[A-Z])", "", words)
    if not words:
        return
    if not entry.initials and are_initials_of(words, entry.name):
        entry.initials = words
        return
    body, stroke, last = words.rpartition(" / ")
    if stroke and not entry.initials and are_initials_of(last, entry.name):
        entry.initials = last
        words = body
    first, comma, rest = words.partition(", ")
    if comma and not entry.initials and are_initials_of(first, entry.name):
        entry.initials = first
        _read_loose(entry, rest)
        return
    if is_remark(words):
        add_remark(entry, first)
        if comma:
            _read_loose(entry, rest)
        return
    fields = [field for field in re.split(r"\s[–—-]\s", words) if field]
    if len(fields) == 2 and _is_post_then_body(*fields):
        fields.reverse()
    for field in fields:
        if is_remark(field):
            add_remark(entry, field)
        else:
            _set_body(entry, field)


def _is_post_then_body(first: str, second: str) -> bool:
    """ "Head of Counting – Canal Trust"; but "Canal Trust – Adviser" is the other way about."""
    return (bool(POST.fullmatch(first)) or (is_body(second) and not is_body(first))) and not POST.fullmatch(second)


def _read_bracket(entry: Entry, words: str) -> None:
    words = " ".join(words.split())
    # "(NH Notes)", "(IM - acting Secretary)", "(AB-Planning)".
    mixed = re.match(rf"({INITIALS_TEXT})(\s*[-–—:]\s*|\s+)(.+)$", words)
    is_mixed = mixed and are_initials_of(mixed[1], entry.name) and not are_initials_of(words, entry.name)
    if is_mixed and (mixed[2].strip() or ROLE.match(mixed[3])):
        entry.initials = entry.initials or mixed[1]
        _read_bracket(entry, mixed[3])
        return
    if IN_THE_CHAIR.search(words):
        entry.role = "Chair"
        entry.notes += [words] if len(words.split()) > 3 else []
        return
    if TELLS.match(words):
        first, _, rest = words.partition(", ")
        is_away = ABSENT.fullmatch(first)
        if is_away:
            add_remark(entry, first)
        entry.notes.append(rest if is_away else words)
        return
    kept: list[str] = []
    for part in _parts(words):
        if not entry.initials and are_initials_of(part, entry.name):
            entry.initials = part
        elif part and is_remark(part):
            add_remark(entry, part)
        elif part:
            kept.append(part)
    # A post goes before the body: "(CIO, Weirham Council)"; alone it is all we know of where somebody works.
    if len(kept) > 1 and POST.fullmatch(kept[0]):
        entry.notes.append(kept.pop(0))
    _set_body(entry, ", ".join(kept))


def _parts(words: str) -> list[str]:
    """What commas part; and "Library & Chair" at the word that joins an office to something else."""
    parts: list[str] = []
    for piece in words.split(","):
        joined = [part.strip() for part in re.split(r"\s(?:&|and)\s", piece)]
        is_office = len(joined) == 2 and not ROLE.match(joined[0]) and bool(ROLE.fullmatch(joined[1]))
        parts += joined if is_office else [piece.strip()]
    return parts


def _set_body(entry: Entry, words: str) -> None:
    if words and (entry.organisation or DEED.match(words)):
        entry.notes.append(words)
    elif words:
        entry.organisation = words


def are_initials_of(words: str, name: str) -> bool:
    """ "(JB)" beside Julia Brown are initials; "(BCC)" beside Bob Carter is where he works."""
    key = fold_initials(words)
    if not INITIALS.fullmatch(words) or key[:1] != re.sub(rf"^{TITLE}", "", name)[:1].casefold():
        return False
    if " " not in name:
        return words.isupper() and 2 <= len(key) <= 3  # "Doug (DL)": whose surname is not told
    sure, likely = initials_of(name)
    return key in sure | likely or (len(key) <= 3 and key[-1] == name.rsplit(maxsplit=1)[-1][:1].casefold())


def add_remark(entry: Entry, words: str) -> None:
    """An office, that somebody is a guest or sent apologies, or whatever else is said of a person."""
    words = " ".join(words.split())
    bracket = re.search(rf"\(({INITIALS_TEXT})\)$", words)
    if bracket:
        entry.initials = entry.initials or bracket[1]
        words = words[: bracket.start()].strip()
    words = words.strip(" -–(),.;") if not words.startswith("a.") else words
    role = ROLE.match(words)
    if role and not OWN_POST.fullmatch(words):
        _add_office(entry, words, role)
    elif ABSENT.fullmatch(words):
        entry.presence = Presence.APOLOGIES
    elif GUEST.match(words):
        entry.presence = Presence.GUESTS
        entry.notes += [words] if " " in words else []
    elif words and not MEMBER.fullmatch(words):
        entry.notes.append(words)


def _add_office(entry: Entry, words: str, role: re.Match[str]) -> None:
    if OF_ANOTHER_BODY.match(words, role.end()):
        _set_body(entry, words)
        return
    entry.role = entry.role or tidy_role(role["role"])
    entry.takes_notes = entry.takes_notes or bool(TAKES_NOTES.match(role["role"]))
    rest = words[role.end() :].strip(" &,-–/")
    if rest and not entry.initials and are_initials_of(rest, entry.name):
        entry.initials = rest
    elif rest:
        entry.notes.append(words)


def tidy_role(words: str) -> str:
    """The office as minutes print it: "Chair" for whoever is in the chair, "Secretary" for who takes notes."""
    words = " ".join(words.split()).strip(". ")
    low = words.casefold()
    if CHAIRS.fullmatch(words):
        return "Chair"
    if SECRETARIES.fullmatch(words):
        return "Secretary"
    if low in {"treas", "treasurer"}:
        return "Treasurer"
    return " ".join(word.capitalize() for word in words.split())
