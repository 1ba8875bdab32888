"""What was decided, and which earlier notes were agreed, as sentences of notes say it."""

import re

RECORD = r"(?:notes|minutes|record)"
APPROVED = (
    r"(?:agreed|approved|accepted|signed|confirmed|adopted|ratified|verified"
    r"|taken as read|(?:a |an )?(?:true|correct|accurate|fair|reasonable)(?: and accurate)? (?:record"
    r"|reflection|account))"
)
EARLIER = (
    r"(?:meetings?|last|previous|prior|agm|a\.g\.m|\d{1,2}(?:st|nd|rd|th)?\s?(?:of )?(?:jan|feb|mar|apr"
    r"|may|jun|jul|aug|sep"
    r"|oct|nov|dec)\w{0,6}|\d{1,2}[/.-]\d{1,2}|january|february|march|april|june|july|august|september|october"
    r"|november|december)"
)
# "The notes of the last meeting were agreed", "Previous minutes: approved with one change".
AGREED_NOTES = re.compile(
    rf"\b{RECORD}\b(?=[^?!]{{0,160}}{EARLIER})[^?!]{{0,200}}?\b{APPROVED}(?=\b|with|and|as)"
    rf"|\b(?:previous|last (?:meeting|month|time|term)['’]?s?|(?:january|february|march|april|may|june|july|august"
    rf"|september|october|november|december)(?:['’]s)?) {RECORD}\b[^?!]{{0,120}}?\b{APPROVED}(?=\b|with|and|as)"
    rf"|\b(?:approve[ds]?|agree[ds]?|accept(?:ed|s)?|adopt(?:ed)?|sign(?:ed)?|ratif(?:y|ied)|confirm(?:ed)?)"
    rf"(?: that)?(?: the)?(?: draft)?(?: previous)? {RECORD}\b"
    rf"(?![^.?!]{{0,120}}\b(?:would|should|will|to be|must|could)\b)"
    rf"|\b{RECORD} (?:be|are|were|was) (?:{APPROVED})\b|\bthat (?:the )?{RECORD}\b[^?!]{{0,120}}? be {APPROVED}\b",
    re.IGNORECASE,
)
# Under the heading of the last meeting's notes less will do: "Agreed.", "They were signed as a true record".
AGREED_SHORT = re.compile(
    r"no (?:comments|amendments|corrections|changes)\b|"
    rf"(?P<subject>(?:(?:the )?{RECORD}\b[^.?!]{{0,60}}?|(?:these|they|it|all|both)(?:\s(?:have|has|had|was|were"
    rf"|been|being|previously|circulated|read|and|taken|as"
    rf"|then|duly))*)\s)?(?:(?:were|was|are|is"
    rf"|had been|be|all"
    rf"|formally|duly|unanimously|taken as read and|read and|accepted and|circulated and) ){{0,3}}{APPROVED}\b"
    rf"(?! (?:that|to|the|actions?|by (?:the )?(?:council|cabinet))|:)",
    re.IGNORECASE,
)
# Who moved it, said after what was moved.
MOVED = re.compile(
    r"\(?(?:proposed(?: by)?\b.{2,60}\bseconded\b.{2,60}"
    r"|[^.()]{2,40} proposed,? (?:and )?[^.,()]{2,30} seconded(?: (?:it|this))?)\s?\)?\.?",
    re.IGNORECASE,
)
AGREED_AFTER_ALL = re.compile(
    r"\b(?:otherwise|apart from (?:this|that|these)|with (?:this|that|these) (?:change|correction"
    r"|amendment)s?)\b,?\s(?:\w+ ){0,2}?"
    rf"{APPROVED}\b|\b(?:agreed|approved|accepted|signed|adopted|confirmed|proposed) (?:as"
    rf"|to be) (?:being )?(?:an? )?"
    r"(?:true|correct|accurate)\b",
    re.IGNORECASE,
)
# A sentence that speaks of earlier notes, so that the next may say "Agreed."
MENTIONS_NOTES = re.compile(rf"[^.?!]{{0,40}}\b{RECORD}\b(?: (?:of|from|for))[^?!]{{0,60}}{EARLIER}", re.IGNORECASE)
SHORT = 9
MOST_OF_A_MOVER = 160
NOT_AGREED_NOTES = re.compile(
    r"\bfollowing (?:minutes|notes)\b|\bunapproved\b|\b(?:will|would|should|can|could|may|must|cannot"
    r"|if)\b[^.?!]{0,60}"
    r"\b(?:be|been) (?:agreed|approved|accepted)|\bto be (?:agreed|approved|signed|confirmed)\b"
    r"|\b(?:not|never|nor) (?:yet )?(?:be |been )?(?:agreed|approved|signed|confirmed|accepted|adopted"
    r"|available)\b|\bdraft minutes will\b"
    r"|\b(?:as|was|were) (?:agreed|confirmed|approved) (?:in|at) the (?:minutes|notes|last|previous)"
    r"|\baction(?:s| points)? (?:agreed|from)\b",
    re.IGNORECASE,
)
# The item at which the last meeting's notes are agreed.
NOTES_ITEM = re.compile(
    rf"\b(?:{RECORD}|intros)\b.{{0,80}}(?:\b(?:last|previous|meetings?|held)\b|\d)|\b(?:last"
    rf"|previous)\b.{{0,20}}\b{RECORD}\b"
    rf"|^(?:approval|agreement|acceptance|adoption|confirmation) of (?:the )?{RECORD}|^minutes$|^{RECORD}\b(?=.)"
    rf"|\bmatters arising\b"
    rf"|\blast (?:meeting|minutes)\b",
    re.IGNORECASE,
)

DECIDED = re.compile(
    r"\bagreed\b|\bRESOLVED\b|\bresolved (?:to|that)\b|^Resolved\b|\b(?:it was|was|we|members|group|committee|board"
    r"|council|meeting|trustees|governors|forum|all) decided\b|^Decision (?:to|that)\b|^Decided\b|^Approved\b"
    r"|^Agreement\b(?= (?:to|that|was))"
    r"|\b(?:approved|carried|accepted|adopted|elected|agreed) unanimously\b|\bunanimously (?:approved"
    r"|carried|accepted"
    r"|adopted|elected|re-elected|agreed)\b|\bno objections?\b|\ball in favour\b|\bmotion (?:was )?carried\b"
    r"|\b(?:proposed|propose)\b.{0,160}\bseconded\b|\b(?:was|were) (?:(?:duly|then|all|formally|unanimously) )*"
    r"(?:approved|adopted|ratified|accepted|endorsed)\b(?! that| by (?!(?:the )?(?:parish council|town council"
    r"|committee"
    r"|members|all|group|meeting|trustees|governors|board|those present)\b))"
    r"|\b(?:members|committee|group|board|council|councillors|meeting|trustees|governors|governing body|forum"
    r"|association) (?:(?:unanimously|duly|formally|then|also|all) )*(?:approved|adopted|ratified|endorsed"
    r"|accepted(?! that))\b"
    r"|\b(?:was|were|all) (?:(?:all|duly|unanimously|then|both) )*(?:(?:re-?)?elected\b|co-?opted (?:on)?to\b"
    r"|voted in\b)"
    r"|\b(?:was|were|all) (?:\w+ )?(?:re-?)?(?:selected|appointed|supported|confirmed)(?: as)? (?:the |a "
    r"|an )?(?:(?:vice|new|hon|joint"
    r"|acting|committee|parish|club)\W)*(?:chair|treasurer|secretary|clerk|president|trustee|captain|member"
    r"|officer|auditor)"
    r"|\bit was (?:unanimously )?(?:accepted|approved) that\b",
    re.IGNORECASE,
)
NOT_DECIDED = re.compile(
    r"\bfollowing (?:minutes|notes)\b|\b(?:as|previously|already|formerly|earlier|not|once|when|if|been|be|yet"
    r"|had|has|having|was not) agreed\b"
    r"|\bagreed (?:with|at the last|at last|last|in principle by|to differ|to disagree|price|dates?|time"
    r"|upon|actions|final)\b"
    r"|\bapolog\w+ [^.]{0,60}\b(?:accepted|approved)\b|\bto be agreed\b|\bno decision\b"
    r"|\bwill be (?:\w+ )?(?:agreed|approved)\b"
    r"|\b(?:can|could|should|may|must) be (?:agreed|approved)\b|\bnot (?:been )?(?:approved|adopted|carried)\b",
    re.IGNORECASE,
)


def is_agreed_notes(sentence: str, *, in_item: bool = False) -> bool:
    """Whether a sentence says that the notes of an earlier meeting were agreed; ``in_item``: under their heading."""
    if NOT_AGREED_NOTES.search(sentence):
        return False
    if AGREED_NOTES.search(sentence):
        return True
    if in_item and AGREED_AFTER_ALL.search(sentence):
        return True
    short = AGREED_SHORT.match(sentence) if in_item else None
    return bool(short) and (len(sentence.split()) <= SHORT or bool(re.search(RECORD, short["subject"] or "", re.I)))


def mentions_notes(sentence: str) -> bool:
    """Whether a sentence speaks of the notes of an earlier meeting."""
    return bool(MENTIONS_NOTES.match(sentence))


def is_mover(sentence: str) -> bool:
    """Whether a sentence only names who proposed and who seconded what stands before it."""
    return len(sentence) < MOST_OF_A_MOVER and bool(MOVED.fullmatch(sentence))


def is_decision(sentence: str) -> bool:
    """Whether a sentence records what was decided."""
    return bool(DECIDED.search(sentence)) and not NOT_DECIDED.search(sentence)
