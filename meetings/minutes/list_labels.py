"""The words that secretaries put before lists of names, and before the names of those in office."""

import re

from meetings.minutes.structure import Presence

SENT = r"(?:received|sent|given|noted|made|accepted|tendered|recorded|submitted|offered)"
# What is said between "Apologies" and the first name: "for absence had been received from".
FROM = (
    rf"(?: for (?:non[- ]?)?(?:absence|attendance|the meeting))?(?: and absen(?:ces?|ts))?"
    rf"(?: (?:(?:were|was|had been|have been|are|is) )?(?:also )?{SENT}| were| are)?(?: (?:from|by)\b(?! the members))?"
)
WHO = (
    r"(?:board|committee|trust|parish|town|community|parent|staff|co-opted|council|group|forum|steering|executive"
    r"|voting|elected|full|core|panel|those|all|partner|school|ppg|association|union|society)"
)
BODY = r"(?:members?|councillors?|cllrs?|trustees|governors|directors|representatives|officers|attendees|people|persons|parents)"
LABEL = re.compile(
    r"(?:\*\*|__)?(?:"
    rf"(?P<apologies>(?:(?:there were|we (?:had|received)|(?:the )?following|further|also) )?(?:apologies|apols?\b|apology"
    rf"|regrets){FROM}"
    r"|(?:sent|received|with) apologies|not attending|not present|absen(?:t|tees?|ces?)|unable to attend|unavailable"
    r"|non[- ]attendance)"
    r"|(?P<guests>also (?:present|in attendance|attending|attended|there)|(?:others?|additional|non[- ]members?)"
    rf" (?:{BODY} )?(?:present|in attendance|attending|attendees|attendance)|other attendees|guests?(?: speakers?)?"
    r"|visitors?|observers?|by invitation|invited|invitees|speakers?|(?:officers|staff) (?:present|in attendance)"
    r"|deputies|with(?=\s?:))"
    rf"|(?P<attended>attended by|attended(?=\s?:)|attendance|roll call|attendees|attending|those (?:present|attending"
    rf"|in attendance)|participants|(?:{WHO} ){{0,3}}{BODY} (?:present|attending|in attendance|who attended)"
    rf"|{WHO} (?:present|in attendance)|members(?=\s?:)|present at the meeting|meeting attendees|list of attendees)"
    r"|(?P<beside>in attendance)|(?P<present>present)"
    r")(?:(?![\w'’])|(?=(?-i:[A-Z][a-z]+ [A-Z])))(?: (?:were|was|are)\b)?(?:\*\*|__)?"
    r"(?P<mark>\s?\([^()\n]{1,40}\)\s?(?::-?|[–—-](?=\s))|\s?(?::\s?-(?=\s)|:\s{0,3}\||:|;|[–—-](?=\s)|[–—-]$|\||/(?=\s)|\.(?=\s))(?:\*\*|__)?)?",
    re.IGNORECASE,
)
# "Chair: Ada Boyle", "Minutes taken by Ned Orme", "In the chair – Ada Boyle".
OFFICE_ROW = re.compile(
    r"(?:\*\*|__)?(?:meeting )?(?P<role>(?:in (?:the )?)?chair(?:man|person|woman|ing|ed by)?|facilitat(?:ors?|ed by)"
    r"|moderators?|conven[eo]r|(?:minutes? |minuting |note |meeting |hon(?:\.|orary)? |acting )?secretary"
    r"|(?:meeting )?minutes(?: (?:taken |recorded |written |compiled |prepared )?by)?|minut(?:e[- ]?taker|ed by|e[- ]taking)"
    r"|notes?(?: (?:taken |written )?by)?|(?:minutes |notes )?taker|note[- ]?taker|scribe|(?:taken|recorded) by"
    r"|(?:parish |town )?clerk|treasurer)(?:\*\*|__)?\s?(?:(?P<mark>[:;|]|[–—-](?=\s))(?:\*\*|__)?\s*|(?<=by)\s+)",
    re.IGNORECASE,
)
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


def office_of(label: str) -> str:
    """The office that a row's label gives: "Chair", "Clerk", "Treasurer" or, for whoever takes notes, "Secretary"."""
    low = label.casefold()
    if "chair" in low or low.startswith(("facil", "moder", "conven")):
        return "Chair"
    if "clerk" in low:
        return "Clerk"
    return "Treasurer" if "treas" in low else "Secretary"
