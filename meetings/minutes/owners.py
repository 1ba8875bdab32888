"""Who is to do something, as notes name them: initials, names, offices and groups; where in a sentence they stand."""

import re

from meetings.minutes.deeds import DEEDS
from meetings.minutes.names import INITIALS_TEXT as PLAIN_INITIALS
from meetings.minutes.names import NAME_WORD, TITLE, People

# "GMacI", "JvdL", "A P-A": what the lists of names hold of initials, and rarer forms.
INITIALS_TEXT = (
    rf"(?:[A-Z]{{1,2}}Ma?c[A-Z](?!\w)|[A-Z](?:vd|vdr|dl|vt)[A-Z](?!\w)|[A-Z]\.? [A-Z]-[A-Z](?!\w)|{PLAIN_INITIALS})"
)

OFFICES = (
    r"(?:(?:[Tt]he )?(?:(?:Incoming|Outgoing|Acting|Deputy|Assistant|Vice|Joint|Hon\.?|Parish|Town|Meetings?"
    r"|Minutes?|Membership|Social|Events?|Web|Clinical|Practice|Project|Press|Club|Head) ){0,2}"
    r"(?:Chair(?:man|woman|person)?|Vice-Chair(?:man|woman|person)?|Secretary|Treasurer|Clerk|Secretariat"
    r"|Sec(?=\.? to\b)"
    r"|Officer|Manager|Editor|Webmaster|Captain|Head[- ]?teacher|President|Co-?ordinator|Organiser|Director"
    r"|Warden|Caretaker|Facilitator|Consultant|Minute[- ]taker|Note[- ]?taker)\b"
    r"|[Tt]he (?:chair(?:man|woman|person)?|vice-chair|secretary|treasurer|clerk|editor|facilitator)\b|sec(?= to\b))"
)
EVERYBODY_TEXT = (
    r"(?:(?:All|ALL|Every)(?: (?:members|present|attendees|trustees|councillors|partners))?\b"
    r"|(?:(?:[Tt]he )?(?:[Ss]teering [Gg]roup|[Cc]ommittee|[Gg]roup|[Ff]orum|[Bb]oard|[Tt]eam|SG) )?[Mm]embers\b"
    r"|Everyone|Everybody|(?:The )?(?:Steering Group|Committee|Group|Forum|Board|Working Group|Working Party)\b)"
)
BODIES_TEXT = (
    r"(?:(?:The )?(?:Councils|Councillors|Partners|Trustees|Officers|Volunteers|Parents|Staff|Teachers|Governors"
    r"|Schools|Heads|Reps|Managers|Organisations|Representatives|Attendees|Delegates|Leads|Captains"
    r"|Stewards|Residents|Boroughs"
    r"|Authorities|Practices|Support Team)\b|Those (?:interested|present|concerned|named|attending)"
    r"|(?:[A-Z][\w&]+ ){1,2}(?:Teams?|Chairs?|Groups?|Committees?|Boards?|Officers?|Leads?|Heads|Reps)\b)"
)
GROUPS = rf"(?>{OFFICES}|{EVERYBODY_TEXT}|{BODIES_TEXT})"
EVERYBODY = re.compile(EVERYBODY_TEXT)
GROUP = re.compile(GROUPS)
INITIALS_ONLY = re.compile(INITIALS_TEXT)

FULL_NAME = rf"(?:{NAME_WORD}\.? (?:(?:de|van|von|ter|der|du|la|le) ){{0,2}}{NAME_WORD}(?: {NAME_WORD})?)"
TITLED_NAME = rf"(?:{TITLE}{NAME_WORD}(?: {NAME_WORD})?)"
OWNER = rf"(?>{GROUPS}|{TITLED_NAME}|{INITIALS_TEXT}|{FULL_NAME}|{NAME_WORD})"
JOIN = r"(?:\s?/\s?|,\s?|\s?&\s?|\s?\+\s?|\s(?:and/or|and|or|with)\s|,\sand\s|;\s)"
OWNERS = rf"(?>{OWNER}(?:{JOIN}{OWNER}){{0,7}})"
SPLIT_OWNERS = re.compile(r"\s?/\s?|,\s?(?:and\s)?|\s?&\s?|\s?\+\s?|;\s|\s(?:and/or|and|or|with)\s")
SOME_INITIALS = rf"(?:{INITIALS_TEXT}(?:{JOIN}{INITIALS_TEXT}){{0,7}})"
OWNERS_ONLY = re.compile(rf"[\[(]?(?P<owners>{SOME_INITIALS})[\])]?\s*[.]?")

# Capitals that stand in notes for something else than a person: "AGM to be held".
NO_INITIALS_WORDS = """
    AM PM UK EU US USA IT OK TV AGM EGM SGM AOB TBC TBA TBD PDF FAQ GDPR RSVP DVD NHS HQ ID VAT PAT CCTV DBS PTA PPG
    DONE NIL NONE ACTION ACTIONS ITEM NEW ALSO NOTE OFF ONE TWO YES NO-ONE MP MPS MBC CC DC LEP GP GPS FOI ICT HR
"""
NO_INITIALS = frozenset(NO_INITIALS_WORDS.split())
BODY_WORDS = """
    council trust board university college school hospital team group committee church hall road street lane house
    society association club network office centre center police service services park day week fund project plan
    report meeting minutes agenda website data bank
"""
BODY = frozenset(BODY_WORDS.split())

NOBODY_WORDS = """
    none nil nothing the a an no item items point points list plan log agenda papers date dates we i it they he she
    this that there these those you not please if when to as see also new by action actions
"""
NOBODY = frozenset(NOBODY_WORDS.split())

# Nouns that "to" follows as it follows a name, and how many more of them end.
BEFORE_TO_WORDS = """
    option need ability chance time way reason right power wish desire idea offer attempt effort aim plan vote thanks
    work money ongoing due likely unable able happy willing ready keen open going anything everything something someone
    anyone nothing nobody access according up down how where what who further next also only just still already yet
    welcome response reply answer regard letter email case cost costs price deadline decision permit
    funds parking refer please failure close subject similar prior proposal approval refusal appeal unlikely
    agreed proposed hoped offered decided
    intended asked needed required expected supposed invited resolved planned wanted tried
    volunteers members councillors pressure
"""
BEFORE_TO = frozenset(BEFORE_TO_WORDS.split())
NOUN_ENDINGS = ("tion", "sion", "ment", "ing", "ity", "ance", "ence", "ness", "ship", "ies")

# What may also tell of the future at large: "Ned Cole will speak at the show".
MAYBE_REPORTED = frozenset({"will", "would", "shall", "should"})

# What a person does to whom the words before it speak of: "asked AB to", "thanks to AB".
SPOKEN_TO_WORDS = """
    to by with from for of and or thanked thanks asked asks met saw told welcomed joined invited contacted via cc
    thank helped supported showed gave sent see tell ask contact meet help including include like as than
    chair chaired led both either between at in on under over versus against
"""
SPOKEN_TO = frozenset(SPOKEN_TO_WORDS.split())


def owners_in(words: str) -> tuple[str, ...]:
    """The owners that a phrase names, as written."""
    return tuple(part.strip() for part in SPLIT_OWNERS.split(words.strip(" .()[]")) if part.strip())


def is_listed(owner: str, people: People) -> bool:
    """Whether the lists of names hold this owner: in full, by initials, by given name, or "Cllr" and the surname."""
    plain = re.sub(rf"^{TITLE}", "", owner)
    for form in (owner, plain):
        # "The" is nobody's initials, though they begin Tom Henley's two names.
        if form in people.names or form in people.given or (INITIALS_ONLY.fullmatch(form) and people.has(form)):
            return True
    first, _, last = plain.rpartition(" ")
    if last not in people.surnames:
        return False
    return plain != owner or (len(first.strip(".")) == 1 and first[0].isupper())


def is_everybody(owner: str) -> bool:
    """ "All", "Members", "the Steering Group": nobody in particular."""
    return bool(EVERYBODY.fullmatch(owner))


def is_group(owner: str) -> bool:
    """An office, everybody, or a body of people."""
    return bool(GROUP.fullmatch(owner))


def is_body(owner: str) -> bool:
    """A body of people that is neither everybody nor an office: "Councils", "the Towpath Team"."""
    return bool(re.fullmatch(BODIES_TEXT, owner))


def is_initials(owner: str) -> bool:
    """Capitals that may be a person's."""
    return bool(INITIALS_ONLY.fullmatch(owner)) and owner not in NO_INITIALS


def is_person_name(owner: str) -> bool:
    """Two or three capitalised words none of which names a body: somebody whom no list has."""
    words = owner.split()
    return 2 <= len(words) <= 4 and not any(
        word.casefold() in BODY or word.casefold() in DEEDS or (len(word) > 1 and word.isupper()) for word in words
    )


def may_be_a_given_name(owner: str) -> bool:
    """ "Polly to ask": one capitalised word that is no noun which "to" follows, as in "Permission to paint"."""
    word = owner.casefold()
    return (
        bool(re.fullmatch(r"[A-Z][a-z]{1,11}", owner))
        and word not in DEEDS | NOBODY | BODY | BEFORE_TO
        and not word.endswith(NOUN_ENDINGS)
    )


def may_own(owner: str, people: People) -> bool:
    """Whether this may stand behind "Action:", where anybody may."""
    if is_listed(owner, people) or is_group(owner) or is_initials(owner):
        return True
    return owner[:1].isupper() and owner.casefold() not in DEEDS | NOBODY


def are_known(owners: tuple[str, ...], people: People, *, label: bool, promise: str, first: bool) -> bool:
    """Whether these can own an action, said behind a label or with a promise, first in their sentence or not."""
    some_listed = any(is_listed(owner, people) for owner in owners)
    return bool(owners) and all(
        _can_own(owner, people, label=label, promise=promise, first=first, beside_listed=some_listed)
        for owner in owners
    )


def _can_own(owner: str, people: People, *, label: bool, promise: str, first: bool, beside_listed: bool) -> bool:
    """Listed people, offices and groups; and, where it is plain, initials and names that nobody in the lists has."""
    if is_listed(owner, people):
        return True
    if is_everybody(owner):
        return label or promise == "to"
    if is_group(owner):
        return label or promise == "to" or bool(re.fullmatch(OFFICES, owner)) or "Team" in owner
    if label and (is_initials(owner) or (first and may_own(owner, people))):
        return True
    # Capitals or a full name at the start of a sentence, then "to": somebody whom no list names.
    capitals = promise == "to" and bool(re.fullmatch(r"[A-Z]{2,4}", owner)) and owner not in NO_INITIALS
    named = promise not in MAYBE_REPORTED and is_person_name(owner)
    return (first and (capitals or named)) or (beside_listed and is_initials(owner) and len(owner) <= 5)
