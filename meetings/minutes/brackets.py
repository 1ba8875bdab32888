"""What stands beside a name in a list: office, organisation, post, initials, remark; in brackets or behind a dash."""

import re

from meetings.minutes.names import INITIALS, INITIALS_TEXT, TITLE, Entry, fold_initials, initials_of
from meetings.minutes.structure import Presence

OFFICE = (
    r"(?:(?:acting|meeting|co|deputy|vice|clinical|assistant|hon(?:orary|\.)?|joint|interim|parish|town|incoming"
    r"|outgoing|committee|council|board|group|minutes?|(?-i:[A-Z]{2,6}))[ -]){0,2}"
    r"(?:chair(?:man|woman|person)?|convenor|convener|secretary|treasurer|clerk|president)\b"
)
MINUTE_TAKER = r"(?:taking (?:the )?(?:minutes|notes)|minutes|minute[- ]taker|(?:minutes|notes) taker|note[- ]?taker|notes|scribe)\b"
ROLE = re.compile(
    rf"(?:as\s+|in\s+)?(?:the\s+)?(?P<role>(?i:{OFFICE}|{MINUTE_TAKER}|treas\b\.?|sec\b\.?))", re.IGNORECASE
)
CHAIRS = re.compile(
    r"(?:(?:acting|meeting|interim|clinical|committee|council|board|in the|[a-z]{2,6}) )?(?:chair(?:man|woman|person)?|conven[oe]r)"
)
SECRETARIES = re.compile(
    rf"(?:(?:acting|interim|hon(?:orary|\.)?|minutes?|committee|council|board|[a-z]{{2,6}})[ -])?(?:secretary|sec)|{MINUTE_TAKER}"
)
# Who looks after one thing only is no secretary of the meeting: "Membership Secretary", "Plots Sec".
GUEST = re.compile(
    r"(?:invited\s+|special\s+)?(?:guests?(?:\s+speakers?)?|visitors?|observers?|speaker)\b", re.IGNORECASE
)
MEMBER = re.compile(r"(?:committee |board |ordinary |group )?members?$", re.IGNORECASE)
ABSENT = re.compile(r"(?:sent |with )?(?:apologies|apols?|apology|absent)\.?$", re.IGNORECASE)
REMARK = re.compile(
    r"(?:(?-i:a)\.\s?\d|arr\.?\s|arrived|left\b|until|till|from \d|for (?:items?|part)|part(?:ial|ly)?\b|by (?:phone|tele|video)"
    r"|via |on(?:line|\sthe\sphone|\szoom)?\b|online|remote|late\b|joined|dialled|@|phone|deputi[sz]ing|deputy for"
    r"|representing|attending|for |standing in|substitut|\(?in attendance|on behalf of|first half|second half|items? \d"
    r"|unwell|ill$|sick|on leave|holiday|no apologies|not present|retiring|new member)",
    re.IGNORECASE,
)
# Posts within a body: "(CIO, Weirham Council)" gives first the post, then the body.
POST = re.compile(
    r"(?:[A-Z]{1,2}(?:IO|EO|TO|DO|FO)|GP|PPG|(?:(?:[\w&/-]+)\s){0,5}(?:officer|manager|director|analyst|advis[eo]r|lead(?:er)?"
    r"|head|co-?ordinator|executive|engineer|consultant|lecturer|professor|researcher|planner|architect|librarian|nurse"
    r"|teacher|warden|trustee|governor|councillor|representative|rep|assistant|administrator|editor|student|resident)"
    r"|(?:(?:deputy|assistant|interim)\s)?head (?:of|for)\s.+)",
    re.IGNORECASE,
)
# Posts that say what somebody is to the group itself, not where else they work.
OWN_POST = re.compile(
    r"(?:(?:deputy|assistant|acting)\s)?head ?teacher|headmaster|headmistress|class rep(?:resentative)?s?|(?:parent |staff )?"
    r"governor|trustee|(?:(?:parish|district|county|town|borough|ward|city)\s)?(?:councillor|cllr)|practice manager|gp"
    r"|patient(?: rep(?:resentative)?)?|parent|vice[- ](?:chair|president)(?:man|person)?|plots? sec(?:retary)?"
    r"|(?:membership|social|fixtures|events|press|publicity) (?:secretary|sec|officer)",
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
        closed = text.find(")" if text[opened] == "(" else "]", opened, end)
        _read_bracket(entry, text[opened + 1 : closed if closed >= 0 else end])
        position = closed + 1 if closed >= 0 else end


def _opening(text: str, start: int, end: int) -> int:
    found = [place for place in (text.find("(", start, end), text.find("[", start, end)) if place >= 0]
    return min(found, default=-1)


def is_remark(words: str) -> bool:
    """Whether words say something of the person before them: an office, a guest, how or until when they were there."""
    return any(rule.match(words) for rule in (ROLE, GUEST, REMARK, MEMBER, ABSENT)) or bool(OWN_POST.fullmatch(words))


def _read_loose(entry: Entry, words: str) -> None:
    """Words outside brackets: an office, a remark, or the organisation, which a post may go before."""
    words = " ".join(words.split()).strip(".,;:|/ ")
    words = re.sub(r"^[-–—]+\s*", "", words)
    words = re.sub(r"\s*[-–—]+$", "", words)
    if not words:
        return
    if not entry.initials and are_initials_of(words, entry.name):
        entry.initials = words
        return
    if is_remark(words):
        first, comma, rest = words.partition(", ")
        add_remark(entry, first)
        if comma:
            _read_loose(entry, rest)
        return
    fields = [field for field in re.split(r"\s[–—]\s", words) if field]
    for field in fields:
        if is_remark(field):
            add_remark(entry, field)
        elif entry.organisation:
            entry.notes.append(field)
        else:
            entry.organisation = field


def _read_bracket(entry: Entry, words: str) -> None:
    words = " ".join(words.split())
    if not words:
        return
    if not entry.initials and are_initials_of(words, entry.name):
        entry.initials = words
        return
    # "(NH Notes)", "(IM - acting Secretary)".
    mixed = re.match(rf"({INITIALS_TEXT})\s*[-–—:,]?\s+(.+)$", words)
    if mixed and ROLE.match(mixed[2]) and are_initials_of(mixed[1], entry.name):
        entry.initials = entry.initials or mixed[1]
        add_remark(entry, mixed[2])
        return
    kept: list[str] = []
    for part in (piece.strip() for piece in words.split(",")):
        if not entry.initials and are_initials_of(part, entry.name):
            entry.initials = part
        elif part and is_remark(part):
            add_remark(entry, part)
        elif part:
            kept.append(part)
    # A post goes before the body: "(CIO, Weirham Council)"; alone it is all we know of where somebody works.
    if len(kept) > 1 and POST.fullmatch(kept[0]):
        entry.notes.append(kept.pop(0))
    if kept:
        organisation = ", ".join(kept)
        if entry.organisation:
            entry.notes.append(organisation)
        else:
            entry.organisation = organisation


def are_initials_of(words: str, name: str) -> bool:
    """ "(JB)" beside Julia Brown are initials; "(BCC)" beside Bob Carter is where he works."""
    key = fold_initials(words)
    if not INITIALS.fullmatch(words) or key[:1] != re.sub(rf"^{TITLE}", "", name)[:1].casefold():
        return False
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
        if not entry.role:
            entry.role = tidy_role(role["role"])
        rest = words[role.end() :].strip(" &,-–/")
        if rest:
            entry.notes.append(words)
        return
    if ABSENT.fullmatch(words):
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
    low = " ".join(words.casefold().split()).strip(". ")
    if CHAIRS.fullmatch(low) and not low.startswith(("vice", "co-", "co ", "deputy", "past")):
        return "Chair"
    if SECRETARIES.fullmatch(low):
        return "Secretary"
    if low in {"treas", "treasurer"}:
        return "Treasurer"
    return " ".join(word.capitalize() for word in words.split())
