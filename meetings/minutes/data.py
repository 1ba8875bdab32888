"""Data that members say they used, and want: behind labels, under sub-headings, or told in a sentence."""

import re
from dataclasses import dataclass

from meetings.minutes import promises
from meetings.minutes.names import NAME_WORD, People
from meetings.minutes.owners import INITIALS_TEXT, is_initials
from meetings.minutes.structure import Kind

WHO = (
    rf"(?!Data|Used|Us(?:es|ing)|Want|Wish|Need)(?:{INITIALS_TEXT}|{NAME_WORD} {NAME_WORD}(?: {NAME_WORD})?"
    rf"|{NAME_WORD}(?=\s?:))"
)
USED_LABEL = r"(?:(?:[Dd]ata )?[Uu]s(?:ed|ing|es)|USED|DATA USED)"
WANTS_LABEL = (
    r"(?:(?:[Dd]ata )?[Ww]ant(?:s|ed)|WANTS|WANTED|DATA WANTED|(?:[Dd]ata )?[Nn]eed(?:s|ed)|[Ww]ould like"
    r"|WOULD LIKE"
    r"|[Ww]ish(?:es|[ -]?lists?)?|WISH(?:ES|[ -]?LISTS?)|[Ll]ooking for)"
)
# "AB: Used: tolls", "Wants: maps", "AB – Using: rain tables"; words without a colon are labels only beside a speaker.
LABEL = rf"(?:{USED_LABEL}|{WANTS_LABEL})"
LABEL_TEXT = (
    rf"(?:(?:(?P<who>{WHO})\s{{0,4}}(?::|[–-]\s|(?=\s{LABEL}\s?:))\s{{0,4}})?(?P<data>{LABEL})\s?(?::"
    rf"|\s[–—-]\s(?=\w)))"
)
IS_USED = re.compile(r"(?:data )?us", re.IGNORECASE)
# A row that only says which of the two follows.
SECTION = re.compile(rf"(?P<data>{LABEL})(?: by members)?\s?:?", re.IGNORECASE)
# A heading under which members tell what they use and want.
DATA_ITEM = re.compile(
    r"\bwish ?-?lists?\b|\bdata (?:us|want|need|priorit|request|ask)|\buse of (?:open )?data\b"
    r"|\bmembers['’]? data\b"
    r"|\b(?:used?|using)\b.{0,40}\b(?:want|like|wish|need)|\bround[ -]?(?:the[ -])?table\b",
    re.IGNORECASE,
)
NOTHING = re.compile(
    r"(?:nothing|none|nil|n/?a|no change|no(?:thing)? (?:new|more)|not (?:present|sure)|as before|[-–—?])\b",
    re.IGNORECASE,
)
NOTHING_SAID = re.compile(r"(?:[^.:]{0,60}\s[–-]\s)?(?:nothing|none|nil|n/a)\b", re.IGNORECASE)

USES = (
    r"(?:(?:(?:is|are|was|were|has been|have been|had been) (?:also |still |now )?(?:using|making use of)"
    r"|(?:has|have|had) (?:also |already )?(?:used|made use of)|uses|[Uu]sed|[Uu]sing|[Hh]as used))"
)
WANTS = (
    r"(?:(?:would|['’]d) (?:also |really |still )?(?:like|love|welcome|value)(?: to (?:see|have|get|use"
    r"|obtain|access))?"
    r"|(?:is|are|was|were) (?:also |still )?(?:looking for|after|seeking|in need of)|(?:[Ww]ants|wanted"
    r"|[Nn]eeds|needed"
    r"|seeks|sought|wished for|hoped for|asked for)(?! to\b)|(?:[Ww]ants|wanted|[Nn]eeds) to (?:see|have"
    r"|get|use|obtain|access)"
    r"|[Ww]ould like)"
)
TOLD = re.compile(rf"\b(?:(?P<uses>{USES})|(?P<wants>{WANTS}))\s+(?=\S)")
# "Flood data from the county is needed."
IS_WANTED = re.compile(
    r"(?P<what>[A-Z].{2,160}?)\s+(?:is|are|was|were)\s+(?:(?:also|still|badly|urgently|really) )?(?:needed"
    r"|wanted)\b"
    r"(?!\s+(?:to|by|for the|at)\b)"
)
IT_SAYS = re.compile(r"(?P<who>He|She|They|It)\b")
HEARSAY = re.compile(r"\b(?:asked|whether|if|wondered|thought|not|n['’]t|never|nobody)\b|;")
# Between a speaker and the verb these say nothing more.
SAID_WORDS = (
    "said says he she they it also that has had have now still told us reported mentioned and but then who again"
)
SAID = frozenset(SAID_WORDS.split())
# Outside such an item, only words for data make it an entry.
DATA_WORDS = re.compile(
    r"\b(?:data(?:sets?|bases?)?|figures?|statistics|stats|tables?|feeds?|fois?|census|records?|counts?|registers?"
    r"|maps?|surveys?|apis?|ind(?:ex|ices)|returns|receipts|postcodes|readings|certificates|trends|cases|indicators"
    r"|estimates|samples|archives?|locations?|lists?|routes|open)\b",
    re.IGNORECASE,
)
A_DATA_GROUP = re.compile(r"\bdata\b|\b(?:used|wants):", re.IGNORECASE)
UNLISTED = re.compile(
    rf"(?P<who>{INITIALS_TEXT})(?=\s+(?:said|told|is|was|has|had|uses|used|wants|wanted|needs|would)\b)"
)
NO_DATA = re.compile(
    r"(?:(?:to|that|this|it|them|him|her|us|members|everyone|people|volunteers(?!['’])|any|if|someone"
    r"|somebody|anyone|help"
    r"|more (?:members|people|time|help)|the meeting|the group|thanks)\b)",
    re.IGNORECASE,
)
ENDS_CLAUSE = re.compile(
    r"[;.?!]\s|;|,?\s+(?:and|but|so)\s+(?=(?:would|wants?|wanted|needs?|needed|is|was|has|had|he|she|they|it)\b)"
)

# A verb further from its subject than this is somebody else's.
MOST_BETWEEN = 160


@dataclass(frozen=True)
class Told:
    """What a sentence tells: ``start`` to ``end`` is what is used or wanted, ``label`` the words that say which."""

    kind: Kind
    who: str
    who_span: tuple[int, int] | None
    label: tuple[int, int]
    start: int
    end: int


def kind_of(label: str) -> Kind:
    """Whether a label says used or wanted."""
    return Kind.USED if IS_USED.match(label) else Kind.WANTS


def says_nothing(words: str) -> bool:
    """ "Wants: nothing at present"."""
    return bool(NOTHING.match(words)) or bool(NOTHING_SAID.match(words))


def is_data_group(text: str) -> bool:
    """Whether notes speak of data so often that what members are using is data."""
    return sum(1 for _ in zip(range(2), A_DATA_GROUP.finditer(text), strict=False)) == 2


def told_in(text: str, start: int, end: int, people: People, last_who: str, *, in_item: bool) -> list[Told]:
    """The entries that a sentence tells of whoever it begins with; ``last_who`` is whom "she" means."""
    words = text[start : min(end, start + 600)]
    who, who_span = _speaker(words, start, people, last_who)
    if not who:
        return []
    found_all = list(TOLD.finditer(words))
    if not found_all:
        return []
    told: list[Told] = []
    subject_end = (who_span[1] - start) if who_span else IT_SAYS.match(words).end() if IT_SAYS.match(words) else 0
    for index, found in enumerate(found_all):
        stop = found_all[index + 1].start() if index + 1 < len(found_all) else len(words)
        ends = ENDS_CLAUSE.search(words, found.end(), stop)
        stop = ends.start() if ends else stop
        what = words[found.end() : stop].rstrip(" ,;")
        what = re.sub(r",?\s+(?:and|but|so|also)$", "", what).rstrip(" ,;")
        stop = found.end() + len(what)
        if not what or NO_DATA.match(what) or says_nothing(what):
            continue
        if not in_item and not (DATA_WORDS.search(what) and (found["uses"] or who != unlisted(words))):
            continue
        between = words[subject_end : found.start()]
        if len(between) > MOST_BETWEEN or HEARSAY.search(between):
            continue
        kind = Kind.USED if found["uses"] else Kind.WANTS
        told.append(
            Told(kind, who, who_span, (start + found.start(), start + found.end()), start + found.end(), start + stop)
        )
    return told


def unlisted(words: str) -> str:
    """Initials with which a sentence begins, though no list has them: "MT was using …"."""
    found = UNLISTED.match(words)
    return found["who"] if found and is_initials(found["who"]) else ""


def _speaker(words: str, start: int, people: People, last_who: str) -> tuple[str, tuple[int, int] | None]:
    subject = promises.subject_of(words, people) or unlisted(words)
    if subject:
        at = words.find(subject)
        return subject, (start + at, start + at + len(subject))
    if last_who and (IT_SAYS.match(words) or TOLD.match(words)):
        return last_who, None
    return "", None
