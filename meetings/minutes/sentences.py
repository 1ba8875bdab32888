"""What a paragraph of notes says, sentence by sentence: actions and their owners, decisions, agreed notes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time

from meetings.minutes.names import INITIALS_TEXT, NAME_WORD, People
from meetings.minutes.structure import Kind

ABBREVIATION = re.compile(
    r"(?:\b(?:eg|e\.g|ie|i\.e|etc|approx|no|nos|dr|mr|mrs|ms|prof|rev|st|cllr|cllrs|dept|vs|re|para|tel|ext"
    r"|inc|ltd|fig|ref|jr|[A-Z]\d{0,2}"
    r"|a|arr|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec))\.$",
    re.IGNORECASE,
)
STOP = re.compile(r"[.?!][”\"’')\]]{0,2}(?:\s+|(?<=[a-z]\.)(?=[A-Z][a-z]))")

GROUPS = (
    r"(?:(?:[Tt]he )?(?:Steering Group|Support Team|Secretary|Chair(?:man|person)?|Vice-Chair|Treasurer"
    r"|Clerk|Committee|Secretariat)"
    r"|All (?:members|to think of)|All|ALL|Members|Everyone|Everybody|(?:[A-Z][\w&]+ ){1,2}(?:Team|Teams"
    r"|Chairs|Group|Committee|Board)s?"
    r"|(?:Incoming|Outgoing|Acting) (?:Chair|Secretary|Treasurer))"
)
FULL_NAME = rf"(?:{NAME_WORD}\.? {NAME_WORD}(?: {NAME_WORD})?)"
OWNER = rf"(?>{GROUPS}|{FULL_NAME}|{INITIALS_TEXT}|{NAME_WORD})"
JOIN = r"(?:\s?/\s?|,\s|\s?&\s?|\s(?:and|or|and/or)\s|,\sand\s)"
OWNERS = rf"(?>{OWNER}(?:{JOIN}{OWNER}){{0,5}})"
SPLIT_OWNERS = re.compile(r"\s?/\s?|,\s(?:and\s)?|\s?&\s?|\s(?:and|or|and/or)\s")

EVERYBODY = re.compile(r"All|ALL|Members|Everyone|Everybody|(?:[Tt]he )?Committee|(?:[Tt]he )?Steering Group")

NOT_VERBS = (
    r"(?!(?:the|a|an|our|their|his|her|its|all|this|that|those|these|date|whom|be\s+(?:thanked|a|the)|which"
    r"|what|any|some|us|them|me|him|you"
    r"|like|have|not|also|it|members|both|each|everyone|re|and|or)\b)"
)
PROMISE = (
    r"(?:to|will|would|shall|should|agreed to|has agreed to|have agreed to|offered to|undertook to"
    r"|volunteered to|promised to|is to|are to"
    r"|was to|were to|takes? action to|took (?:an )?action to|has an action to|agreed he would"
    r"|agreed she would|agreed they would)"
)
CLAUSE = re.compile(
    rf"(?:^|(?<=[,;:–—-])\s+|\b(?:and|that|but"
    rf"|so)\s+)(?P<owners>{OWNERS})\s+(?P<promise>{PROMISE})\s+(?P<verb>{NOT_VERBS}[a-z][\w-]*)"
)
OWNERS_FIRST = re.compile(rf"(?P<owners>{OWNERS})(?:\s+(?P<promise>{PROMISE})\s|\s*[:–-]\s+|\s+(?=[a-z]))")
OWNERS_ONLY = re.compile(rf"(?P<owners>{INITIALS_TEXT}(?:{JOIN}{INITIALS_TEXT}){{0,7}})\s*[.]?")
ACTION_OF = re.compile(rf"(?:Action|ACTION)s?:?\s+(?P<owners>{INITIALS_TEXT}(?:{JOIN}{INITIALS_TEXT}){{0,7}})\s*[.]?")
# A row of a list of actions that gives each its own number.
ROW_NUMBER = re.compile(r"(?:\d{6,8}-\d{1,3}|\d{1,2}/\d{1,2}/\d{2,4}-\d{1,3}|[A-Z]\d{1,3}\.)\s+")
REPORTED = re.compile(r"\b(?:reported|has|had|was|were|done|completed|confirmed|said|did|been)\b")
OWNERS_LAST = re.compile(
    rf"(?:\s[–—-]\s*+|\s[Aa]ction\s+|\sACTION\s+|\s/\s|(?<![ \t])(?:\t"
    rf"| {{3}})\s*+)(?P<owners>{INITIALS_TEXT}(?:{JOIN}{INITIALS_TEXT}){{0,7}})\s*[.]?$"
)
OWNER_COLUMN = re.compile(
    rf"(?<![ \t])(?:\t| {{3}})\s*+(?P<owners>{INITIALS_TEXT}(?:\s?[/,&]\s?{INITIALS_TEXT}){{0,7}})\s*$"
)

# Words that open a note in the column of actions when its cell is glued to the one before.
ACTION_WORDS = (
    r"(?:Intro(?:duction)?s?\b|Suggestions?\b|Offers?\b|Ideas?\b|Comments?\b|Agenda items?\b|Invite\b"
    r"|Contact\b|Circulate\b|Send\b|Arrange\b"
    r"|E-?mail\b|Write\b|Check\b|Investigate\b|Confirm\b|Ask\b|Book\b|Find\b|Organi[sz]e\b|Prepare\b|Draft\b"
    r"|Produce\b|Publish\b|Share\b|Add\b"
    r"|Chase\b|Follow[- ]?up\b|Set up\b|Speak\b|Explore\b|Research\b|Provide\b|Raise\b|Advertise\b|Promote\b"
    r"|Finali[sz]e\b|Complete\b"
    r"|Submit\b|Request\b|Remind\b|Look into\b|Liaise\b|Obtain\b|Put on agenda\b)"
)
GLUED_ACTION = re.compile(rf"(?<=[a-z)”\"’\d]\s){ACTION_WORDS}(?!:)")
OPENS_ACTION = re.compile(rf"{ACTION_WORDS}(?!:)")
NO_BREAK_AFTER_WORDS = """
    the a an of in our and for to with by on at re from or their his her its this that new as was is were are be
"""
NO_BREAK_AFTER = frozenset(NO_BREAK_AFTER_WORDS.split())

REVIEW = re.compile(r"(?:\[(?P<one>A\d{1,6})\]|(?P<two>A\d{1,6})(?=\s?[:–-]))\s?[:–.-]?\s*")
DONE = re.compile(r"\b(?:done|completed?|discharged|finished|closed)\b", re.IGNORECASE)
NOT_DONE = re.compile(
    r"\b(?:not|un|isn['’]t|never|partly|nearly|almost|to be|be)\s?(?:yet )?(?:done|complete|discharged"
    r"|finished|closed)",
    re.I,
)
DROPPED = re.compile(
    r"\b(?:dropped|no longer (?:needed|required|relevant)|withdrawn|abandoned|cancelled|not needed)\b", re.I
)

RECORD = r"(?:notes|minutes|record)"
APPROVED = r"(?:agreed|approved|accepted|signed|confirmed|adopted|ratified|(?:a |an )?(?:true|correct|accurate) record)"
AGREED_NOTES = re.compile(
    rf"\b{RECORD}\b(?=[^.]{{0,120}}\b(?:meeting|last|previous|of \d\d?|from|of the)\b)[^.?!]{{0,160}}?\b{APPROVED}\b"
    rf"|\bprevious {RECORD}\b[^.?!]{{0,80}}?\b{APPROVED}\b"
    rf"|\bto (?:approve|agree|accept) the {RECORD}\b|\b(?:approved|agreed|accepted) the {RECORD}\b",
    re.IGNORECASE,
)
NOT_AGREED_NOTES = re.compile(
    r"\bfollowing minutes\b|\bunapproved\b|\bwill be\b|\bto be agreed\b|\bnot (?:agreed|approved)\b", re.I
)
DECIDED = re.compile(
    r"\bagreed\b|\bRESOLVED\b|\b[Rr]esolved (?:to|that)\b|\b(?:it was|was|we|members|group"
    r"|committee) decided\b|^Decision (?:to|that)\b"
    r"|^Approved\b|^Agreement\b(?= (?:to|that|was))|\bapproved unanimously\b|\bcarried unanimously\b"
    r"|\bno objections?\b",
    re.IGNORECASE,
)
NOT_DECIDED = re.compile(
    r"\b(?:as|previously|already|formerly|earlier|not|once|when|if|been|be|yet) agreed\b|\bagreed (?:with"
    r"|at the last|at last|last|in principle by)\b"
    r"|\bto be agreed\b|\bno decision\b|\bwill be (?:\w+ )?agreed\b|\b(?:can|could|should|may) be agreed\b",
    re.IGNORECASE,
)
DUE = re.compile(
    r"\b(?:by|before|until|in time for|for|at|in|on)\s+(?P<due>(?:the\s+)?(?:next|following) (?:meeting|mtg"
    r"|month|week|year)"
    r"|(?:the\s+)?end (?:of )?(?:the )?(?:month|week|year|January|February|March|April|May|June|July|August"
    r"|September|October|November|December)"
    r"|(?:early |late |the )?(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)(?:\s+\d{4})?)\b"
)
DUE_DATE = re.compile(r"\b(?:by|before|until|due|no later than)\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass
class Piece:
    """A line to be: its kind and stretch (``text_start`` where its words begin, if later), and what it says."""

    kind: Kind
    start: int
    end: int
    owners: tuple[str, ...] = ()
    owner_spans: list[tuple[int, int]] = field(default_factory=list)
    labels: list[tuple[int, int]] = field(default_factory=list)
    due: str = ""
    due_on: date | None = None
    outcome: str = ""
    who: str = ""
    on: date | None = None
    starts: time | None = None
    ends: time | None = None
    host: str = ""
    place: str = ""
    note: str = ""
    reference: str = ""
    is_confidential: bool = False


def split_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a stretch; abbreviations and initials end none."""
    begun = start
    for found in STOP.finditer(text, start, end):
        if found.end() >= end:
            break
        after = text[found.end()]
        if not (after.isupper() or after.isdigit() or after in "“\"‘('[·•–-"):
            continue
        if text[found.start()] == "." and ABBREVIATION.search(text, max(begun, found.start() - 12), found.start() + 1):
            # One capital and a stop is an initial, unless a list of owners ended there.
            continue
        stop = found.start() + len(found.group().rstrip())
        yield begun, stop
        begun = found.end()
    if text[begun:end].strip():
        yield begun, end


def owners_in(words: str) -> tuple[str, ...]:
    """The owners that a phrase names, as written."""
    return tuple(part.strip() for part in SPLIT_OWNERS.split(words.strip(" .")) if part.strip())


def are_known(owners: tuple[str, ...], people: People, *, label: bool, promise: str, first: bool) -> bool:
    """Whether these can own an action, said behind a label or with a promise, first in their sentence or not."""
    some_known = any(people.has(owner) for owner in owners)
    return bool(owners) and all(
        _can_own(owner, people, label=label, promise=promise, first=first, beside_known=some_known) for owner in owners
    )


def _can_own(owner: str, people: People, *, label: bool, promise: str, first: bool, beside_known: bool) -> bool:
    """Listed people, offices and groups; and, where it is plain, initials that nobody in the lists has."""
    if EVERYBODY.fullmatch(owner):
        return label or promise == "to"
    if people.has(owner) or re.fullmatch(GROUPS, owner):
        return True
    is_initials = bool(re.fullmatch(INITIALS_TEXT, owner))
    if label and (is_initials or (first and re.fullmatch(OWNER, owner))):
        return True
    # Two capitals at the start of a sentence, then "to": somebody whom no list names.
    if first and promise == "to" and re.fullmatch(r"[A-Z]{2}", owner):
        return owner not in {"AM", "PM", "UK", "EU", "US", "IT", "OK"}
    return beside_known and is_initials and len(owner) <= 4


def clauses(text: str, start: int, end: int, people: People, *, label: bool = False) -> list[re.Match[str]]:
    """Every "XX to do", "XX will do" of a sentence whose owners can own it."""
    found_all: list[re.Match[str]] = []
    piece = text[start:end]
    for found in CLAUSE.finditer(piece):
        owners = owners_in(found["owners"])
        first = found.start("owners") == 0
        if found["promise"] in {"will", "would", "should", "shall"} and found["verb"] == "be" and not label:
            continue
        if are_known(owners, people, label=label, promise=found["promise"], first=first):
            found_all.append(found)
    return found_all


def actions_of(text: str, start: int, end: int, people: People) -> list[Piece]:
    """The actions of one sentence that name their owners, with the prose before them; empty if there is none."""
    found_all = clauses(text, start, end, people)
    if not found_all:
        return []
    pieces: list[Piece] = []
    first = found_all[0]
    before = text[start : start + first.start("owners")]
    begun = start
    after_dash = before.rstrip().endswith(("–", "—", "-"))
    if before.strip() and after_dash and len(before.split()) > 3:
        begun = start + first.start("owners")
        stop = start + len(before.rstrip(" –—-"))
        pieces.append(Piece(Kind.PROSE, start, stop))
    edges = [begun, *(start + found.start("owners") for found in found_all[1:]), end]
    for index, found in enumerate(found_all):
        stop = edges[index + 1]
        if index + 1 < len(found_all):
            stop = edges[index] + len(without_join(text[edges[index] : stop]))
        span = (start + found.start("owners"), start + found.end("owners"))
        pieces.append(Piece(Kind.ACTION, edges[index], stop, owners_in(found["owners"]), [span]))
    return pieces


def without_join(words: str) -> str:
    """The words without the comma or "and" that leads on to what follows."""
    words = words.rstrip(" ,;:–—-")
    return re.sub(r"(?<=[\s,;])(?:and|but|so|that)$", "", words).rstrip(" ,;:–—-")


def owner_at_end(text: str, start: int, end: int, people: People) -> tuple[tuple[str, ...], tuple[int, int]] | None:
    """Owners after a dash, a run of spaces or "Action" at the end of a stretch."""
    found = OWNERS_LAST.search(text[start:end])
    if not found:
        return None
    owners = owners_in(found["owners"])
    if not any(people.has(owner) for owner in owners) and "ction" not in found.group().lower():
        return None
    return owners, (start + found.start("owners"), start + found.end("owners"))


def glued_action(text: str, start: int, end: int) -> int:
    """Where a note from the column of actions begins, glued to a cell's end with no stop between; -1 if nowhere."""
    for found in GLUED_ACTION.finditer(text, start, end):
        before = text[start : found.start()].split()
        rest = text[found.start() : end]
        if (
            not before
            or (before[-1][0].isupper() and not before[-1].endswith(")"))
            or before[-1].lower() in NO_BREAK_AFTER
        ):
            continue
        if len(rest.split()) <= 16 and not re.search(r"[.?!]\s+[A-Z]", rest):
            return found.start()
    return -1


def is_agreed_notes(sentence: str) -> bool:
    """Whether a sentence says that the notes of an earlier meeting were agreed."""
    return bool(AGREED_NOTES.search(sentence)) and not NOT_AGREED_NOTES.search(sentence)


def is_decision(sentence: str) -> bool:
    """Whether a sentence records what was decided."""
    return bool(DECIDED.search(sentence)) and not NOT_DECIDED.search(sentence)


def outcome_of(words: str) -> str:
    """What a review says became of the action."""
    if DROPPED.search(words):
        return "dropped"
    if DONE.search(words) and not NOT_DONE.search(words):
        return "done"
    return ""
