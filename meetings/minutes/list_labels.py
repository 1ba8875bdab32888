"""The words that secretaries put before lists of names, and before the names of those in office."""

import re

from meetings.minutes.structure import Presence

SENT = r"(?:received|sent|given|noted|made|accepted|tendered|recorded|submitted|offered)"
WERE = r"(?:were|was|had been|have been|are|is)"
WHO = (
    r"(?:board|committee|trust|parish|town|community|parent|staff|co-opted|council|group|forum|steering|executive"
    r"|voting|elected|full|core|panel|those|all|partner|school|ppg|association|union|society)"
)
BODY = (
    r"(?:members?|councillors?|cllrs?|trustees|governors|directors|representatives|officers|attendees|people|persons"
    r"|parents)"
)
# What is said between "Apologies" and the first name: "for absence had been received from".
FROM = (
    rf"(?: for (?:non[- ]?)?(?:absence|attendance|the meeting))?(?: and absen(?:ces?|ts))?"
    rf"(?: (?:{WERE} )?(?:also )?{SENT}(?: and {SENT})?| were| are)?(?: (?:from|by|on behalf of)\b(?! the members)"
    rf"(?: (?:the )?(?:following )?(?:{WHO} )?{BODY}(?=\s?:))?)?"
)
HERE = r"(?:present|attending|in attend[ae]nce|who attended)"
APOLOGIES = (
    r"(?:(?:there were|we (?:had|received)|(?:the )?following|further|also"
    r"|to (?:receive|note|accept)(?: and (?:accept|approve|note))?) )?"
    rf"(?:apologies|apols?\b|apology|regrets){FROM}"
    r"|(?:sent|received|with) apologies|not attending|not present|absen(?:t(?: with(?:out)? apologies)?|tees?|ces?)"
    r"|unable to attend|unavailable|non[- ]attendance"
)
GUESTS = (
    rf"also (?:present|in attendance|attending|attended|there)"
    rf"|(?:[\w’']{{1,20}} ){{0,5}}(?:officers|officials|staff|non[- ]members)(?: also)? {HERE}"
    rf"|(?:others?|additional|non[- ]members?) (?:{BODY} )?(?:{HERE}|attendance|attendees)|other attendees"
    r"|(?:invited |special )?guests?(?: speakers?)?|visitors?|observers?|by invitation|invited|invitees|deputies"
    r"|(?:with|officers|officials|staff|speakers?|presenters)(?=\s?:)"
)
ATTENDED = (
    r"(?:attendees|attendance|present) (?:and|&) apologies(?: for absence)?"
    r"|(?:(?:the )?meeting (?:was )?)?attended by|attended(?=\s?:)|attendance(?: at (?:the )?meeting)?"
    r"|roll call|attendees|attending|those (?:present|attending|in attendance)"
    r"|(?:welcome|introductions?|opening)(?:,? (?:and|&) |\s?/\s?)(?:(?:introductions?|opening) (?:and|&) )?"
    rf"(?:(?:those|all|list of) )?(?:{BODY} )?(?:present|attendance|attendees)(?=\s?:)"
    rf"|participants|(?:{WHO} ){{0,3}}{BODY} {HERE}|{WHO} (?:present|in attendance)|(?:{WHO} )?members(?=\s?:)"
    r"|(?:committee|trustees|governors|councillors)(?=\s?[:–-]\s)|(?:there were )?present at the meeting"
    r"|there were present|meeting attendees|list of attendees"
)
# "Directors:" below "Present": a name for some of those present.
GROUP_OF = re.compile(
    rf"(?:[A-Z][\w.’'&-]{{0,30}} ){{0,4}}?(?i:{BODY}|staff|patients|teachers|helpers|volunteers|residents"
    r"|committee)(?: of the [A-Z][a-z]{1,20})?\s?:\s+(?=\S)"
)
# A colon or what stands in its place: a dash, a semicolon, a stroke, a table's bar; "(10):" tells how many.
MARK = (
    r"\s?\([^()\n]{1,40}\)\s?(?::-?|[–—-](?=\s|$))"
    r"|\s?(?::\s?-(?=\s)|:\s{0,3}\||:|;|[–—-](?=\s)|[–—-]$|\||/(?=\s)|\.(?=\s))"
)
LABEL = re.compile(
    rf"(?:\*\*|__)?(?:(?P<apologies>{APOLOGIES})|(?P<guests>{GUESTS})|(?P<attended>{ATTENDED})"
    r"|(?P<beside>in attend[ae]nce)|(?P<present>present))"
    # A page's flattening may glue the first name to the label.
    rf"(?:(?![\w'’])|(?=(?-i:[A-Z][a-z]+ [A-Z])))(?: {WERE}\b)?(?:\*\*|__)?(?P<mark>(?:{MARK})(?:\*\*|__)?)?",
    re.IGNORECASE,
)
# What may stand before a label: a table's bar, hashes, "(1)", a bracket.
BEFORE_LABEL = re.compile(r"(?:\|\s{0,20})?(?:#{1,6}\s+)?(?:\((?P<number>\d{1,2})\)\s+)?\(?")
# "Chair: Ada Boyle", "Minutes taken by Ned Orme", "In the chair – Ada Boyle", "Chair & minutes: Ada Boyle".
TAKER = r"(?:minute[- ]?taker|note[- ]?taker|(?:minutes|notes) taker|scribe)"
TAKEN_BY = r"(?: (?:(?:taken|recorded|written|compiled|prepared) )?by)?"
OFFICE_LABEL = (
    rf"(?:\*\*|__)?(?:meeting )?(?P<role>(?:in (?:the )?)?chair(?:man|person|woman|ing|ed by)?"
    r"(?: (?:(?:of|for|at) )?(?:the )?meeting)?"
    rf"(?:\s?(?:&|and|/)\s?(?:minutes|notes|{TAKER}|secretary))?|facilitat(?:ors?|ed by)|moderators?|conven[eo]r"
    rf"|(?:minutes? |minuting |note |meeting |hon(?:\.|orary)? |acting )?secretary|minutes{TAKEN_BY}|minuted by"
    rf"|notes?{TAKEN_BY}|{TAKER}|(?:taken|recorded) by|(?:parish |town )?clerk|treasurer)(?:\*\*|__)?\s?"
    r"(?:(?:[:;|]|[–—-](?=\s))(?:\*\*|__)?\s*|(?<=by)\s+)"
)
OFFICE_ROW = re.compile(OFFICE_LABEL, re.IGNORECASE)
# The heads of a table of names.
HEAD_WORDS = (
    r"(?:names?|present|participants?|organi[sz]ations?|roles?|initials|representing|position|post|company|attendees?)"
)
TABLE_HEAD = re.compile(rf"(?:[|/\s]{{0,80}}{HEAD_WORDS}\b:?){{2,5}}[|\s]{{0,20}}", re.IGNORECASE)
# "Mr A Boyle in the Chair", on a row of its own.
IN_THE_CHAIR = re.compile(r"(?P<name>[^,:;\n]{3,60}?)(?: was)? in the chair\.?", re.IGNORECASE)
NOBODY_SENT = re.compile(
    r"(?:none|nil|n/a|no apologies|no one|nobody|not recorded|-|there were no)\b.{0,40}$", re.IGNORECASE
)
# "A and B sent their apologies."
SENT_APOLOGIES = re.compile(
    rf"(?P<names>[A-Z][^.:;\n]{{3,200}}?)\s{{1,3}}(?:(?:had|have|has|both|all|also)\s){{0,3}}(?:{SENT}|gave|sends?)\s"
    r"(?:(?:their|his|her)\s)?apolog(?:y|ies)\b"
)

MEANING = {
    "apologies": Presence.APOLOGIES,
    "guests": Presence.GUESTS,
    "attended": Presence.ATTENDED,
    "beside": Presence.GUESTS,
    "present": Presence.ATTENDED,
}


def offices_of(label: str) -> list[str]:
    """The offices that a row's label gives: "Chair", "Clerk", "Treasurer" or, for whoever takes notes, "Secretary"."""
    parts = re.split(r"&|/|\band\b", label)
    return [_office_of(part) for part in parts]


def _office_of(label: str) -> str:
    low = label.casefold()
    if "chair" in low or low.startswith(("facil", "moder", "conven")):
        return "Chair"
    if "clerk" in low:
        return "Clerk"
    return "Treasurer" if "treas" in low else "Secretary"
