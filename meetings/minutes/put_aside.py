"""What notes put aside for the agenda of a later meeting: "agenda item for next meeting", "defer to September".

Only plain words count. Prose that speaks of an agenda puts nothing aside: an item too few is added by hand in a moment,
one too many is a nuisance at every meeting.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from meetings.minutes.dates import month_number
from meetings.minutes.sentences import split_sentences
from meetings.minutes.structure import ItemDoc, Kind, Line, MinutesDoc

LONGEST_TITLE = 140
LONGEST_SENTENCE = 600  # what is longer was not written as one
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
# A review says of an action that it goes on, and data used and wanted have a list of their own.
KINDS = {Kind.PROSE, Kind.ACTION, Kind.DECISION, Kind.NEXT_MEETING}

MONTH_NAME = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
MEETING = r"(?:meeting|mtg)"
GROUP = r"(?:(?:steering )?group |forum |committee )?"
LATER = r"(?:next|following|future|later|forthcoming|subsequent)"
DATED = (
    rf"(?:(?:early|late|mid)[ -]|this |next |coming )?(?:(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTH_NAME}|spring|summer"
    r"|autumn|winter|new year)(?: 20\d\d)?"
)
# A meeting to come, said as one.
A_MEETING = (
    rf"(?:(?:the |our |a )?{LATER} {GROUP}{MEETING}s?|(?:the |our )?{DATED}(?:['’]s)? {GROUP}{MEETING}"
    rf"|(?:the |our |a )?{MEETING} (?:in|of|on) (?:the )?{DATED})"
)
# The same, or only when.
WHEN = rf"(?:{A_MEETING}|(?:the )?{LATER} (?:time|month|agenda)|(?:the )?{DATED})"
OUR_AGENDA = rf"(?:(?:the |our )?agenda (?:for|of|at) {WHEN}|{A_MEETING}(?:['’]s)? agenda|(?:the |our )?next agenda)"
# Where the words about when end; "the next meeting of the council" is none of ours.
ENDS = r"(?=\s*(?:$|[.,;:!()\]–—-]|(?:and|with|so|when|where|once|please|to)\b(?! be held)))"
START = r"(?:^|(?<=[.;:–—(]\s)|(?<=\())"
# Who is to do it: what follows is no story of what somebody did.
IS_TO = r"(?:\bto|\bshould|\bwill|\bmust|\bshall|\bplease|\bwe['’]ll|\blet['’]?s|\blet us|^(?:action:?\s)?)"
PUT = r"(?:put|add|place|include|list)"
PUT_DONE = r"(?:put|added|placed|included|listed)"
SPEAK = (
    r"(?:come (?:along |back )?(?:and|to) )?(?:speak|present\b|talk|tell|report|demonstrate|explain|address|show"
    r"|update (?:us|members|the)\b|update on"
    r"|update re\b|update$|update (?=(?:in|at|for)\b)|give (?:a|an|us) \w+)"
)

# Without one of these nothing below fits: most sentences are done with at once.
HINT = re.compile(r"agenda|\binvite|\bdefer|\bpostpone|\bh[eo]ld over", re.I)
PATTERNS = [
    # X to be an agenda item for the next meeting
    re.compile(
        rf"^(?P<what>.*?)\s*(?:\bis |\bare )?(?:\bto|\bshould|\bwill|\bmust) (?:be|become|come back as|return as|go as)"
        rf" (?:an? |the )?(?:agenda )?items? (?:on|for|at|in) (?P<when>{OUR_AGENDA}|{WHEN}){ENDS}",
        re.I,
    ),
    # Agenda item for next meeting: X
    re.compile(rf"^(?:an? )?agenda items? (?:for|at|in) (?P<when>{WHEN})\s*[:–—-]\s*(?P<what>.+)", re.I),
    # X – agenda item for next meeting
    re.compile(
        rf"^(?P<what>.*?)\s*[(\[:;,.–—-]?\s*\b(?:an? )?agenda items? (?:for|at) (?P<when>{WHEN})[)\].!]*$", re.I
    ),
    # put X on the agenda for May
    re.compile(
        rf"{IS_TO}\s?(?P<verb>{PUT})\s(?P<what>(?:(?!\b(?:and|will|was)\b.*\bagenda\b).)*?)\s?(?:\bback )?"
        rf"\b(?:on|to|in|onto|into) (?P<when>{OUR_AGENDA}){ENDS}",
        re.I,
    ),
    # X to be put on the agenda for May
    re.compile(
        rf"^(?P<what>.*?)\s*(?:\bis |\bare )?(?:(?:\bto|\bshould|\bwill|\bmust) be |\bto go |\bto come |\bto return "
        rf"|^be )(?:{PUT_DONE} )?(?:back )?(?:on|to|in|onto|into) (?P<when>{OUR_AGENDA}){ENDS}",
        re.I,
    ),
    # invite X to speak in the autumn
    re.compile(
        rf"(?:{IS_TO}|{START})\s?invite (?P<who>(?:(?!\binvit).){{2,80}}?) to (?P<deed>{SPEAK}.{{0,80}}?)\s?"
        rf"\b(?:in|at|to|for) (?P<when>{A_MEETING}|(?:the )?{DATED}){ENDS}",
        re.I,
    ),
    re.compile(
        rf"^(?P<who>.{{2,80}}?) (?:to|should|will|must) be invited to (?P<deed>{SPEAK}.{{0,80}}?)\s?"
        rf"\b(?:in|at|to|for) (?P<when>{A_MEETING}|(?:the )?{DATED}){ENDS}",
        re.I,
    ),
    re.compile(
        rf"(?:{IS_TO}|{START})\s?invite (?P<who>(?:(?!\binvit).){{2,80}}?) to (?P<when>{A_MEETING})"
        rf" to (?P<deed>{SPEAK}.{{0,80}}?)\s*(?:$|[.;!])",
        re.I,
    ),
    # defer X to the September meeting
    re.compile(
        rf"(?:{IS_TO}|{START}|\bagreed to )\s?(?:defer|postpone|hold over) (?P<what>.*?)\s?\b(?:to|until|till|for)"
        rf" (?P<when>{A_MEETING}){ENDS}",
        re.I,
    ),
    re.compile(
        rf"^(?P<what>.*?)\s*\b(?:(?:was|were|is|are|be|been) )?(?:deferred|postponed|held over) (?:to|until|till)"
        rf" (?P<when>{A_MEETING}){ENDS}",
        re.I,
    ),
    # carry forward to next meeting's agenda
    re.compile(
        rf"^(?P<what>.*?)\s*\b(?:(?:was|were|is|are|to be|be|to) )?(?:carry|carried|c/f|cf|bring|brought) ?"
        rf"(?P<what2>(?:(?!\bagenda\b).)*?)(?:\bforward )?(?:\bto|\bon|\bonto) (?P<when>{OUR_AGENDA}){ENDS}",
        re.I,
    ),
]

# Told, asked, refused or only thought of; somebody else's agenda; a call for items; the agenda as a paper.
NOT_PUT_ASIDE = re.compile(
    r"\?|\b(?:not|never|no need|cannot|can['’]t|won['’]t|needn['’]t|nothing|rather than|instead of|if|whether|unless"
    r"|would have|had been|has been|have been|wondered|withdrawn|already)\b"
    r"|\b(?:last|previous|their|its|his|her|cabinet['’]s|council['’]s|trust['’]s|board['’]s|university['’]s)"
    r" (?:\w+ )?(?:meeting|agenda)\b"
    r"|\bagenda (?:item|point)?s?\b.{0,20}\b(?:to|with) the (?:secretary|chair|clerk)\b"
    r"|\b(?:any|send|suggest|further|more|other|your) (?:\w+ ){0,2}(?:items?|topics?|suggestions?|ideas?)\b"
    r".{0,30}\bagenda\b"
    r"|\b(?:send|circulate|publish|post|draft|prepare|share|write) (?:out )?(?:the|an|our) (?:draft )?agenda\b"
    r"|\b(?:full council|cabinet|council|committee|trustees|trust|board|ministers?|parliament|court|judge|department"
    r"|university|company|governors) (?:has |have |had |then |also )?(?:deferred|postponed|put|held over|carried)\b"
    r"|\b(?:deferred|postponed|held over) by\b|\b(?:elections?|events?|launch|walk|visit|trip|sprint|hearing|vote"
    r"|closure|deadline|release)\b[^.]{0,30}\b(?:deferred|postponed)\b",
    re.I,
)
# Words before what is meant that say no more than who said so, and who is to see to it.
LEAD_IN = re.compile(
    r"^(?:(?:action|agreed|decision|decided|resolved|note|nb|noted)\s*[:–—-]\s*"
    r"|(?:it was |we |members |the group |the forum |all |also )*(?:agreed|decided|resolved|suggested|proposed"
    r"|requested|asked) (?:that |to |on |the idea that )?"
    r"|(?:[A-Z]{2,4}(?:[/,&] ?[A-Z]{2,4})*|the (?:secretary|chair)|secretary|chair) (?:to|will|should) (?=[a-z]{2,})"
    r"|(?:so|and|but|then|also|therefore|hence|please|that)\b,?\s"
    r"|(?:the )?(?:question|issue|matter|topic|subject|item) (?:of|about|on) |(?:discussion|item) (?:of|about|on) )",
    re.I,
)
NOBODY = re.compile(
    r"(?:(?:this|it|that|these|those|the|an?|all|both|them|which|one|to be|is|are|was|were|be|item|items|agenda"
    r"|matter|topic|subject|discussion|decision|further|more|again|also|back|for|as|forward|over|and|point"
    r"|c/f)\b[\s,.:;–—-]*)*",
    re.I,
)
# Headings that say nothing of what stands under them.
GENERAL = re.compile(
    r"(?:any other business|a\.?o\.?b\.?|next meetings?|future meetings?|dates?.*|matters? arising.*|updates?|events?"
    r"|notes of .*|minutes of .*|apologies.*|welcome.*|actions?.*|items? for .*|.*agenda.*|.*a\.?o\.?b\b.*)\W*",
    re.I,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class PutAside:
    """Something for the agenda of a later meeting, as one sentence of the notes puts it aside.

    `words` are the sentence as minuted, `title` what the item may be called. `not_before` is the first day of the
    month or season that the words name; None where they say no more than "next meeting".
    """

    words: str
    title: str
    not_before: date | None = None
    is_confidential: bool = False


def put_aside_in(doc: MinutesDoc, *, on: date) -> list[PutAside]:
    """What the notes of a meeting on this day put aside, in their order, the same words only once."""
    found: dict[tuple[str, str], PutAside] = {}
    former: tuple[ItemDoc | None, Line | None] = (None, None)
    for item, line in doc.lines():
        is_confidential = line.is_confidential or (item is not None and item.is_confidential)
        # A title is read by whoever may see the item: no word of a confidential line may get into one that is not.
        near = former[1] is not None and former[0] is item and (is_confidential or not former[1].is_confidential)
        before = former[1].text if near else ""
        former = (item, line)
        if line.kind not in KINDS:
            continue
        heading = _heading_of(item)
        for one in in_line(line.text, on=on, heading=heading, before=before, owners=line.owners):
            kept = replace(one, is_confidential=is_confidential)
            found.setdefault((one.words, one.title), kept)
    return list(found.values())


def in_line(
    text: str, *, on: date, heading: str = "", before: str = "", owners: tuple[str, ...] = ()
) -> Iterator[PutAside]:
    """What the sentences of one line put aside.

    One that does not say what takes its name from the heading above, else from the words before. `owners` are those of
    the line, who are no name of anything.
    """
    before = _last_sentence(before)
    for start, end in split_sentences(text, 0, len(text)):
        sentence = text[start:end].strip().lstrip("·•*–- ").strip()
        found = _match(sentence)
        if found is not None:
            yield PutAside(
                words=sentence,
                title=_title(found, sentence, heading=heading, before=before, owners=owners),
                not_before=_not_before(found["when"], on),
            )
        before = sentence


def _last_sentence(text: str) -> str:
    return next((text[start:end] for start, end in reversed(list(split_sentences(text, 0, len(text))))), "")


def _heading_of(item: ItemDoc | None) -> str:
    return item.title.strip() if item is not None and not GENERAL.fullmatch(item.title.strip()) else ""


def _match(sentence: str) -> re.Match[str] | None:
    if len(sentence) > LONGEST_SENTENCE or not HINT.search(sentence) or NOT_PUT_ASIDE.search(sentence):
        return None
    return next((found for pattern in PATTERNS if (found := pattern.search(sentence))), None)


def _title(found: re.Match[str], sentence: str, *, heading: str, before: str, owners: tuple[str, ...]) -> str:
    """What the sentence puts aside; where it says only "this", the heading, else the sentence before, else itself."""
    parts = found.groupdict()
    if parts.get("who"):
        who = _bare(parts["who"])
        return _short(f"Invite {who[:1].lower() + who[1:] if who.startswith('The ') else who} to {parts['deed']}")
    named = [_bare(parts.get(name) or "") for name in ("what", "what2")]
    named = [one for one in named if not NOBODY.fullmatch(one) and one not in owners]
    for words in [*named, heading, _bare(before)]:
        if words:
            return _short(words)
    return _short(sentence)


def _bare(words: str) -> str:
    """The words without their lead-in and what joins them to the rest."""
    words = words.strip(" .,;:–—-([")
    while (left := LEAD_IN.sub("", words, count=1).lstrip()) != words:
        words = left
    words = re.sub(r"\s+(?:is|are|was|were|and|but|so|as|for|an?|the|to)$", "", words, flags=re.I)
    return words.strip(" .,;:–—-([")


def _short(words: str) -> str:
    words = " ".join(words.split()).strip(" .,;:–—-")
    if len(words) > LONGEST_TITLE:
        words = words[: LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"
    return words[:1].upper() + words[1:]


def _not_before(words: str, on: date) -> date | None:
    """The first day of the month or season named: the coming one after this day, unless the words give the year."""
    said = re.search(
        rf"\b(?:(?P<season>spring|summer|autumn|winter)|(?P<new>new year)|(?P<month>{MONTH_NAME}))\b", words, re.I
    )
    if said is None:
        return None
    month = 1 if said["new"] else SEASONS[said["season"].lower()] if said["season"] else month_number(said["month"])
    year = re.search(r"\b20\d\d\b", words)
    if year:
        return date(int(year.group()), month, 1)
    return date(on.year + (date(on.year, month, 1) <= on), month, 1)
