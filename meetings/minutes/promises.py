"""Where a sentence says who is to do what: "AB to write", "AB agreed to ring", "… to be printed – CD"."""

import re
from dataclasses import dataclass

from meetings.minutes import owners as who
from meetings.minutes.deeds import ACTION_WORDS, DEEDS, PAST_DEED, is_instruction
from meetings.minutes.names import NAME_WORD, TITLE, People
from meetings.minutes.owners import OWNERS, SOME_INITIALS
from meetings.minutes.sentences import Piece, without_join
from meetings.minutes.structure import Kind

# After "AB to", "AB will": what leads on to no deed.
NOT_VERBS = (
    r"(?!(?:the|a|an|our|their|his|her|its|all|this|that|those|these|date|whom|be\s+(?:thanked|a|the)|which"
    r"|what|any|some|us|them|me|him|you|like|not|it|members|both|each|everyone|re|and|or)\b)"
)
# What somebody would, but does not promise to do: "AB would welcome help".
STATES_WORDS = """
    be like have prefer welcome want hope expect love appreciate miss retire remain seem feel think know gladly rather
    mean depend need become suggest recommend agree value favour
"""
STATES = frozenset(STATES_WORDS.split())
ADVERB = (
    r"(?:(?:also|then|now|therefore|still|again|kindly|both|first|further|continue to|please|separately|all"
    r"|each|jointly|duly)\s+)"
)
PROMISE_TEXT = (
    r"(?:to|will|would|shall|should|(?:(?:has|have) )?(?:kindly )?(?:agreed|offered|undertaken|undertook"
    r"|volunteered|promised)"
    r" to|agreed that (?:he|she|they) w(?:ould|ill)|is to|are to|was to|were to|is going to|needs? to"
    r"|(?:is|are|was|were|has been|have been|to be) (?:asked|tasked|requested|instructed|authori[sz]ed|delegated"
    r"|deputed|nominated|appointed|invited) to|takes? (?:an )?action to|took (?:an )?action to|has (?:an )?action to"
    r"|(?:said|says|confirmed|stated|advised|promised|agreed|offered)(?: that)? (?:he|she|they)(?:['’]d"
    r"|['’]ll| would"
    r"| will))"
)
LEAD = (
    r"(?:^|(?<=[,;:–—(-])\s*|(?<=\s/\s)|\b(?:and|that|but|so|or|then|agreed|left,? (?:to|for|with|on)"
    r"|action (?:on|for)"
    r"|[Aa]sked|[Ii]nvited|[Ii]nstructed|[Rr]equested)\s+)"
)
CLAUSE = re.compile(
    rf"{LEAD}(?P<owners>{OWNERS})(?:\s*[:–—-])?\s+{ADVERB}?(?P<promise>{PROMISE_TEXT})\s+{ADVERB}?"
    rf"(?P<verb>{NOT_VERBS}[a-z][\w-]*)"
)
# What somebody is asked to do there and then: "The Chair asked AB to speak".
AT_THE_MEETING_WORDS = """
    speak introduce present update report explain outline give comment join leave open close start note stay be read
    say tell describe summarise summarize talk consider lead chair vote
"""
AT_THE_MEETING = frozenset(AT_THE_MEETING_WORDS.split())
ASKED = re.compile(r"(?:[Aa]sked|[Ii]nvited|[Ii]nstructed|[Rr]equested)\s+$")
# "RA to be asked for a map": what is done to RA, by nobody named.
PASSIVE = re.compile(
    r"be\s+(?:asked|invited|contacted|informed|told|approached|notified|consulted|e-?mailed|thanked|sent|added"
    r"|held|given|removed|made|put|published|issued|confirmed|agreed|arranged|discussed|circulated)\b"
)
# A cell's last note with no stop before it: "… by ward AB to ask".
GLUED_CLAUSE = re.compile(
    rf"(?<=[\w)”’.?!:]\s)(?P<owners>{SOME_INITIALS}"
    rf"|{who.OFFICES})\s+(?P<promise>to)\s+(?P<verb>{NOT_VERBS}[a-z][\w-]*)"
)
# Verbs after which "AB to write" tells what somebody wants of AB.
BEFORE_OBJECT_WORDS = """
    allow allows allowed allowing enable enables enabled enabling want wants wanted would like need needs needed let
    get got expect expects expected require requires required permit permits permitted encourage encouraged help
    happy able order cause caused force forced advise advised urge urged begged remind reminded persuade persuaded
    through that about than not only lead leads led trust trusted leave leaves left elect elected
"""
BEFORE_OBJECT = frozenset(BEFORE_OBJECT_WORDS.split())
BARE_DEED = re.compile(rf"(?P<owners>{OWNERS})\s+(?P<verb>[a-z][\w-]*)")
PRONOUN = re.compile(
    rf"(?:^|(?<=[;,]\s)|\b(?:and|but|so)\s+)(?P<who>He|She|They|he|she|they|The two of them|Both)(?:['’](?:ll|d)\s+"
    rf"|\s+{ADVERB}?(?:{PROMISE_TEXT})\s+){ADVERB}?(?P<verb>[a-z][\w-]*)"
)
DROPPED = re.compile(rf"(?P<promise>Will|Would|Offered to|Has agreed to)\s+{ADVERB}?(?P<verb>[a-z][\w-]*)")
OWNERS_FIRST = re.compile(rf"(?P<owners>{OWNERS})(?:\s+(?P<promise>{PROMISE_TEXT})\s|\s*[:–—-]\s+|\s*:|\s+(?=[a-z]))")

GLUED_ACTION = re.compile(rf"(?<=[a-z)”\"’\d]\s){ACTION_WORDS}(?!:)")
NO_BREAK_AFTER_WORDS = """
    the a an of in our and for to with by on at re from or their his her its this that new as was is were are be
"""
NO_BREAK_AFTER = frozenset(NO_BREAK_AFTER_WORDS.split())

# Where owners stand behind what they do.
WILL_BE = re.compile(r"\b(?:will|should|must|can) be \w+ed\b|\bto follow\b")
GAP = r"(?:\t| {3,})"
BRACKETED_MARK = re.compile(
    rf"\s*[\[(]\s*(?:[Aa]ctions?|ACTIONS?)\s?(?:by|for|on|to|BY)?\s*[:–—-]?\s*(?P<owners>{OWNERS})\s*[\])]\s*[.]?$"
)
ACTION_MARK = re.compile(
    rf"(?:^|(?<=[\s.;,–—-]))(?:Actions?|ACTIONS?)\s?(?:by|for|on|BY|FOR)?\s*[:–—-]?\s*(?P<owners>{OWNERS})\s*[.]?$"
)
# A sentence of its own that says who does what stands before it: "AB Action.", "Clerk to action".
OWNERS_TO_ACT = re.compile(
    rf"[\[(]?(?:(?P<initials>{SOME_INITIALS})\s(?:[Aa]ctions?|ACTIONS?)"
    rf"|(?P<owners>{OWNERS})\s(?:to|TO|will)\s(?:[Aa]ction|ACTION)(?: this)?)\s?[\])]?\s*[.]?"
)
BEHIND_DASH = re.compile(rf"(?:\s[–—-]\s*+|[–—]\s?|\s/\s|\s\|\s)(?P<owners>{OWNERS})\s*[.]?$")
BEHIND_GAP = re.compile(rf"(?<![ \t])(?:\t| {{3}})\s*+(?P<owners>{OWNERS})\s*[.]?$")
IN_BRACKETS = re.compile(rf"\s[\[(](?P<owners>{OWNERS})[\])]\s*[.]?$")
BEHIND_COLON = re.compile(rf":\s+(?P<owners>{SOME_INITIALS})\s*[.]?$")
BEHIND_SPACE = re.compile(rf"(?<=\w)\s(?P<owners>{SOME_INITIALS})$")
GLUED_OWNERS = re.compile(r"(?<=[a-z)”’])(?P<owners>[A-Z]{2,4}(?:/[A-Z]{2,4}){0,3})$")
OWNER_COLUMN = re.compile(rf"(?<![ \t])(?:\t| {{3}})\s*+(?P<owners>{SOME_INITIALS})\s*$")
# What became of it may stand in a last column: "Ring the Trust   AB   DONE".
STATUS_BEHIND = re.compile(
    r"(?<=\S)(?:\s*[–—:-]\s*|\s+|\s*\()(?:DONE|[Dd]one|COMPLETED?|[Cc]ompleted?|[Cc]losed|CLOSED|ONGOING|[Oo]ngoing"
    r"|[Pp]ending|PENDING|[Ii]n progress|C/F|[Cc]arried forward|[Oo]utstanding)\)?\s*[.]?$"
)
# When it is due may follow its owner: "Ring the Trust – AB (by 3 June)".
DUE_BEHIND = re.compile(r"(?:\s\((?:by|due|before|until)\b[^()\n]{1,40}\)){1,3}\s*[.]?$")
LAST = 160
Span = tuple[int, int]


def clauses(text: str, start: int, end: int, people: People, *, label: bool = False) -> list[re.Match[str]]:
    """Every "XX to do", "XX will do" of a sentence whose owners can own it."""
    found_all: list[re.Match[str]] = []
    piece = text[start:end]
    for found in CLAUSE.finditer(piece):
        owners = who.owners_in(found["owners"])
        first = found.start("owners") == 0
        promise = found["promise"]
        if found["verb"] in {"differ", "disagree"}:
            continue
        behind = piece[found.end("owners") : found.start("promise")]
        if promise in who.MAYBE_REPORTED and behind.strip(" ") and behind.strip()[0] in ":–—-" and not label:
            continue  # "AB – would stand for the Board" tells what AB said
        if found["verb"] in STATES and not label and promise in who.MAYBE_REPORTED:
            continue
        if promise == "needs to" and not label:
            continue
        if found["verb"] == "be" and not all(who.is_listed(owner, people) for owner in owners) and not label:
            continue
        if _is_old_list(piece, found) or _is_done_at_once(piece, found):
            continue
        does = promise == "to" and found["verb"] in DEEDS
        set_apart = does and piece[: found.start("owners")].rstrip()[-1:] in ("–", "—", "-", ";")
        if (
            who.are_known(owners, people, label=label, promise=promise, first=first)
            or (does and first and len(owners) == 1 and who.may_be_a_given_name(owners[0]))
            or (set_apart and all(who.is_initials(owner) and 2 <= len(owner) <= 4 for owner in owners))
        ):
            found_all.append(found)
    return found_all


def _is_old_list(piece: str, found: re.Match[str]) -> bool:
    """ "from Monday to write", "between AB to …": a range or a direction, no owner."""
    before = piece[max(0, found.start("owners") - 12) : found.start("owners")].split()
    return bool(before) and before[-1].casefold() in {"from", "between"}


def _is_done_at_once(piece: str, found: re.Match[str]) -> bool:
    """ "The Chair asked AB to speak", "AB was invited to speak": done at the meeting."""
    asked = ASKED.search(piece, max(0, found.start("owners") - 14), found.start("owners"))
    if asked and found["promise"] != "to":
        return True
    return found["verb"] in AT_THE_MEETING and (bool(asked) or found["promise"].endswith("invited to"))


def in_last_cell(text: str, start: int, end: int, people: People) -> Piece | None:
    """ "… / AB post a note": a table's last cell, flattened with strokes, that says what its owner does."""
    at = text.rfind(" / ", start, end)
    found = BARE_DEED.match(text, at + 3, end) if at >= 0 else None
    owners = who.owners_in(found["owners"]) if found else ()
    if not found or found["verb"] not in DEEDS or not all(who.is_listed(owner, people) for owner in owners):
        return None
    return Piece(Kind.ACTION, at + 3, end, owners, [found.span("owners")])


def glued_clauses(text: str, start: int, end: int, people: People, *, is_table: bool = True) -> list[re.Match[str]]:
    """ "… for every lock AB to ask": owners whose note is glued to what stands before it, without a stop.

    Outside a table's cells only listed people with a deed to do are.
    """
    piece = text[start:end]
    found_all = []
    for found in GLUED_CLAUSE.finditer(piece):
        before = piece[max(0, found.start() - 30) : found.start()].split()
        owners = who.owners_in(found["owners"])
        stopped = before and before[-1][-1] in ".?!"
        last = before[-1].casefold() if before else ""
        if not before or (not stopped and (last in who.SPOKEN_TO - {"on"} or last in DEEDS)):
            continue
        listed = all(who.is_listed(owner, people) for owner in owners)
        if not is_table and (not listed or found["verb"] not in DEEDS or not last.isalpha() or last in BEFORE_OBJECT):
            continue
        some = any(who.is_listed(owner, people) or who.is_group(owner) for owner in owners)
        if some and all(
            who.is_listed(owner, people) or who.is_group(owner) or who.is_initials(owner) for owner in owners
        ):
            found_all.append(found)
    return found_all


def actions_of(text: str, start: int, end: int, people: People, *, is_table: bool = False) -> list[Piece]:
    """The actions of one sentence that name their owners, with the prose before them; empty if there is none."""
    found_all = clauses(text, start, end, people)
    glued: set[int] = set()
    taken = {found.start("owners") for found in found_all}
    extra = [
        found
        for found in glued_clauses(text, start, end, people, is_table=is_table)
        if found.start("owners") not in taken
    ]
    glued = {found.start("owners") for found in extra}
    found_all = sorted([*found_all, *extra], key=lambda found: found.start("owners"))
    if not found_all:
        return []
    pieces: list[Piece] = []
    first = found_all[0]
    before = text[start : start + first.start("owners")]
    begun = start
    after_dash = before.rstrip().endswith(("–", "—", "-", ";", "("))
    if before.strip() and ((after_dash and len(before.split()) > 3) or first.start("owners") in glued):
        begun = start + first.start("owners")
        stop = start + len(before.rstrip(" –—-;("))
        pieces.append(Piece(Kind.PROSE, start, stop))
    edges = [begun, *(start + found.start("owners") for found in found_all[1:]), end]
    for index, found in enumerate(found_all):
        stop = edges[index + 1]
        if index + 1 < len(found_all):
            stop = edges[index] + len(without_join(text[edges[index] : stop]))
        span = (start + found.start("owners"), start + found.end("owners"))
        owners = who.owners_in(found["owners"])
        if PASSIVE.match(text, start + found.start("verb"), end):
            pieces.append(Piece(Kind.ACTION, edges[index], stop))
        else:
            pieces.append(Piece(Kind.ACTION, edges[index], stop, owners, [span]))
    return pieces


@dataclass(frozen=True)
class Behind:
    """Owners behind the words of what they may have to do."""

    owners: tuple[str, ...]
    words: str
    separator: str
    people: People
    in_list: bool
    closes_cell: bool

    @property
    def some(self) -> bool:
        """Whether the lists of names have one of them."""
        return any(who.is_listed(owner, self.people) for owner in self.owners)

    @property
    def all(self) -> bool:
        """Whether each of them is listed, everybody or an office; in a list of actions any body will do."""
        return bool(self.owners) and all(
            who.is_listed(owner, self.people) or (who.is_group(owner) and (self.in_list or not who.is_body(owner)))
            for owner in self.owners
        )

    @property
    def are_initials(self) -> bool:
        """Whether all of them are given as initials."""
        return all(who.is_initials(owner) for owner in self.owners)


def _behind_gap(found: Behind) -> bool:
    # A column of its own: those whom it names are owners even where the lists of names are silent.
    unlisted = all(who.is_initials(owner) and re.fullmatch(r"[A-Z]{2,3}", owner) for owner in found.owners)
    names = all(who.is_person_name(owner) or who.is_initials(owner) for owner in found.owners)
    # "Ann Hill   Chair   AH" is a row of a list of names.
    if (
        not found.in_list
        and not is_instruction(found.words)
        and not any(word[0].islower() and len(word) > 2 for word in found.words.split())
    ):
        return False
    return found.all or found.some or (unlisted and len(found.words.split()) >= 3) or (found.in_list and names)


def _behind_dash(found: Behind) -> bool:
    if found.are_initials:
        # "Purchasing - AB" says who looks after it.
        return found.in_list or (found.some and len(found.words.split()) > 1)
    is_cell = found.in_list or found.closes_cell or "/" in found.separator or "|" in found.separator
    return found.all and (is_cell or is_instruction(found.words))


def _in_brackets(found: Behind) -> bool:
    is_task = is_instruction(found.words) or (found.are_initials and WILL_BE.search(found.words))
    return found.all and (found.in_list or (bool(is_task) and not PAST_DEED.search(found.words)))


def _behind_colon(found: Behind) -> bool:
    return found.some and (found.in_list or is_instruction(found.words))


def _glued(found: Behind) -> bool:
    return found.some and found.are_initials


def _behind_space(found: Behind) -> bool:
    words = found.words.split()
    if not (found.closes_cell or found.in_list) or not found.all or len(words) < 3:
        return False
    if words[-1].casefold().strip(",;") in who.SPOKEN_TO:
        return False
    return found.in_list or is_instruction(found.words) or len(found.owners) > 1


BEHIND = (
    (BEHIND_GAP, _behind_gap),
    (BEHIND_DASH, _behind_dash),
    (IN_BRACKETS, _in_brackets),
    (BEHIND_COLON, _behind_colon),
    (GLUED_OWNERS, _glued),
    (BEHIND_SPACE, _behind_space),
)


def mark_at_end(text: str, start: int, end: int, people: People) -> tuple[tuple[str, ...], Span] | None:
    """ "… [Action AB]", "… ACTION: AB": the owners of what stands before them."""
    offset = max(start, end - LAST)
    for pattern in (BRACKETED_MARK, ACTION_MARK):
        found = pattern.search(text[offset:end])
        owners = who.owners_in(found["owners"]) if found else ()
        if found and all(who.may_own(owner, people) for owner in owners):
            return owners, (offset + found.start("owners"), offset + found.end("owners"))
    return None


def owner_at_end(
    text: str, start: int, end: int, people: People, *, in_list: bool = False, closes_cell: bool = False
) -> tuple[tuple[str, ...], Span] | None:
    """Owners at the end of a stretch: marked "Action", behind a dash, a bar or a run of spaces, or in brackets.

    ``in_list``: the stretch stands in a list of actions, where less of a mark will do; ``closes_cell``: it ends a
    table's cell, to which that of the owners may be glued.
    """
    offset = max(start, end - LAST)
    for behind in (DUE_BEHIND, STATUS_BEHIND):
        found = behind.search(text[offset:end])
        end = offset + found.start() if found else end
    tail = text[offset:end]
    mark = mark_at_end(text, start, end, people)
    if mark:
        return mark
    words = text[start:end]
    for pattern, do_own in BEHIND:
        found = pattern.search(tail)
        if not found:
            continue
        at = len(words) - len(tail) + found.start("owners")
        before = words[:at].strip(" –—-/|([:\t")
        separator = words[max(0, at - 3) : at]
        owners = who.owners_in(found["owners"])
        if do_own(Behind(owners, before, separator, people, in_list, closes_cell)):
            return owners, (offset + found.start("owners"), offset + found.end("owners"))
    return None


def glued_action(text: str, start: int, end: int) -> int:
    """Where a note from the column of actions begins, glued to a cell's end with no stop between; -1 if nowhere."""
    for found in GLUED_ACTION.finditer(text, start, end):
        before = text[max(start, found.start() - 60) : found.start()].split()
        rest = text[found.start() : min(end, found.start() + 400)]
        if (
            not before
            or (before[-1][0].isupper() and not before[-1].endswith(")"))
            or before[-1].lower() in NO_BREAK_AFTER
        ):
            continue
        if end - found.start() < 400 and len(rest.split()) <= 16 and not re.search(r"[.?!]\s+[A-Z]", rest):
            return found.start()
    return -1


SUBJECT = re.compile(rf"(?P<who>{SOME_INITIALS}|{TITLE}?{NAME_WORD}(?: {NAME_WORD}){{0,2}})(?:['’]s?)?(?=[\s,:(])")


def subject_of(words: str, people: People) -> str:
    """Who a sentence begins with, if the lists of names have them: "AB said …", "Ann Hill showed …"."""
    found = SUBJECT.match(words.lstrip("·•*- "))
    if not found:
        return ""
    subject = found["who"]
    while subject:
        if all(who.is_listed(owner, people) for owner in who.owners_in(subject)):
            return subject
        subject = subject.rpartition(" ")[0]
    return ""


def others_in(words: str, people: People, subject: str) -> list[str]:
    """Everybody else whom a sentence names, by initials or by name."""
    known = [found.group() for found in re.finditer(rf"\b{who.INITIALS_TEXT}", words) if people.has(found.group())]
    return [name for name in dict.fromkeys(known) if name not in who.owners_in(subject)]
