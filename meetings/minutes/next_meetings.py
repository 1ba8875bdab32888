"""When the group will meet next: told in a sentence, behind a label, or in the rows of a list."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from meetings.minutes.dates import date_at, find_dates, find_times, missing_hour, resolve
from meetings.minutes.doubts import Doubt
from meetings.minutes.sentences import Piece, without_join
from meetings.minutes.source import Source
from meetings.minutes.structure import Kind

OF_A_MEETING = r"(?:(?:meetings?|mtgs?|agm|a\.g\.m\.?)\b)"
# "Next meeting …", "The date of the next SG meeting is …", "The group will next meet on …", "We meet again on …".
NEXT_SENTENCE = re.compile(
    rf"(?:(?:it was )?(?:agreed|decided|confirmed|noted) that (?:the )?)?(?:the )?(?:dates?,?(?: and"
    rf"| &)?(?: times?)?(?:,? and| &)?"
    rf"(?: (?:venue|place))? (?:of|for) )?(?:the |our )?(?:next|following|future"
    rf"|forthcoming) (?P<which>(?:[\w&’'-]+ ){{0,3}})"
    rf"{OF_A_MEETING}(?: (?:date|dates)\b)?"
    rf"|(?:the (?P<body>\w+(?: \w+){{0,2}}?)|we|members|it) (?:(?:will|would|shall"
    rf"|is to|are to|to|agreed"
    rf" to) (?:next |then )?meet (?:again|next|on)|(?:will )?next meets? |(?:will|would|shall) next meet)",
    re.IGNORECASE,
)
WHICH_WILL_BE = re.compile(
    r"\b(?:the|our) next meeting,? which (?:will be|is)(?: held| to be held)? on\b", re.IGNORECASE
)
# The words by which a group speaks of its own meeting; any other name is another body's.
OWN_WORDS = """
    the our full regular committee group sg steering council parish council's forum board pta ppg pc formal main core
    team monthly quarterly annual general working ordinary scheduled planned virtual online face-to-face
    management executive trustees members user users local public face to and date of
"""
OWN = frozenset(OWN_WORDS.split())
OF_BODY = re.compile(
    r"\s+of (?:the )?(?!(?:group|committee|forum|board|council|steering|members|trustees|year|pta"
    r"|ppg)\b)(?P<body>[A-Z]\w+)"
)
NO_NEXT = re.compile(
    r"\b(?:agenda|item|action|discuss|raise|bring|report back|present(?:ed)? at|for|at|to|until|before"
    r"|by)\s+(?:the )?$",
    re.I,
)
HEADING = re.compile(
    r"\b(?:next|future|forthcoming|upcoming) (?:[\w&’'-]+ ){0,2}(?:meetings?|mtgs?|dates?)\b"
    r"|\bdates? of (?:the )?(?:next|future|forthcoming)\b"
    r"|\bdates?(?:,? times?)?(?:,? (?:and|&) (?:times?|venues?|places?))? (?:of|for) (?:the "
    r"|our )?(?:\w+ ){0,2}meetings?\b|^meetings?(?: dates?)?$|^meeting dates\b|^(?:schedule|calendar) of meetings"
    r"|^meetings (?:in|for) 20\d\d|^next\b\W*$|^dates?\W*$|^dates for (?:your|the) diar(?:y|ies)",
    re.IGNORECASE,
)
DATE_LEAD = re.compile(
    r"(?:(?:on|and|then|also|both|to be held on|will be(?: held)?(?: on)?|is on)\s+)?", re.IGNORECASE
)
LIST_TAIL = re.compile(r"(?:both|all|each)\b", re.IGNORECASE)
HOST = re.compile(
    r"\b(?:hosted by|hosts?:|hosting:)\s+(?P<host>[^,.;()\n]{1,80}?)(?=\s+(?:with|at|in|from|on|if)\s|[,.;()\n]|$)",
    re.IGNORECASE,
)
IS_HOST = re.compile(r"\bwith (?P<host>[A-Z][^,.;()\n]{1,60}?) (?:hosting|as hosts?)\b")
PLACE = re.compile(
    r"(?:\b(?:at|in|on|venue:?|place:?|location:?)"
    r"|@)\s+(?P<place>(?:the\s+)?[A-Z][^.;()\n]{1,80}?)(?=\s+(?:with|from"
    r"|on|at|and|unless)\s|,?\s+(?:hosted|starting|\d)|[.;()\n]|\s*$)"
)
ONLINE = re.compile(
    r"\b(?P<place>(?:online|virtual(?:ly)?|(?:via|by|on) (?:Microsoft |MS )?(?:Teams|Zoom)|Zoom"
    r"|(?:Microsoft |MS )?Teams)"
    r"(?: or [A-Z]\w+)?)\b",
    re.IGNORECASE,
)
BY_SCREEN = re.compile(r"(?:via|by|on) (?=\S)", re.IGNORECASE)
BRACKET = re.compile(r"\((?P<inside>[^()\n]{1,80})\)")
AN_ORGANISATION = re.compile(r".*\b(?:CC|DC|MBC|BC|MDC|PC|TC|UA|LEP|Council|Ltd|CIC)$")
NOT_A_PLACE = re.compile(
    r"(?:tb[cad]|to be|date|time|venue|place|host|agm|annual|all|both|each|every|please|with|if|and|but|as|see|note"
    r"|weather|subject|provisional|unless|followed|starting|start|for|no|the (?:agm|meeting)|members"
    r"|apologies|nb)\b",
    re.IGNORECASE,
)
NOT_YET = re.compile(r",?\s*(?:tb[ca]|to be confirmed)$", re.IGNORECASE)
TIME_BEHIND = re.compile(r"[,;]?\s+(?:from |between )?\d.*$|\s+on$")
FINITE = re.compile(
    r"\b(?:is|are|was|were|will|has|have|had|would|should|can|could|may|must|thanked|closed|agreed|said"
    r"|asked|needs?)\b"
)
JOINS_DATES = re.compile(r"(?:[,;&.)/\n]|\s(?:and|then|again|also|finally)(?: again)?)(?: on)?\s*$")
ALL_OF_THEM = re.compile(r"[,;.]?\s+(?:both|all|each)\b", re.IGNORECASE)
EDGE = " \t.,;:–—-@()"


def is_another_body(text: str, found: re.Match[str], own_words: frozenset[str]) -> bool:
    """ "The next meeting of the Canal Board", "the next Cycle Forum meeting": not this group's."""
    if found["body"]:  # "the Circle will next meet on …"
        return not set(found["body"].casefold().split()) <= own_words | OWN
    which = (found["which"] or "").split()
    named = [
        word for word in which if word[0].isupper() and word.casefold() not in OWN and word.casefold() not in own_words
    ]
    of = OF_BODY.match(text, found.end())
    return bool(named) or (bool(of) and of["body"].casefold() not in own_words | OWN)


@dataclass
class NextMeetingReader:
    """Reads next meetings; ``near`` is the day of the meeting itself, after which they must lie."""

    source: Source
    near: date | None
    doubts: list[Doubt] = field(default_factory=list)
    own_words: frozenset[str] = frozenset()
    # What follows such a sentence behind a semicolon, or stands in its brackets, may be an action.
    find_action: Callable[[int, int], list[Piece]] | None = None

    def sentence(self, start: int, end: int) -> list[Piece]:
        """A sentence that says when the group meets next."""
        text = self.source.plain
        found = NEXT_SENTENCE.match(text, start, end)
        if not found:
            return self._which_will_be(start, end)
        if is_another_body(text, found, self.own_words):
            return []
        return self.read(start, end)

    def _which_will_be(self, start: int, end: int) -> list[Piece]:
        """ "… at the next meeting, which will be held on 27 June": said in passing."""
        found = WHICH_WILL_BE.search(self.source.plain, start, end)
        pieces = self.read(found.start(), end) if found and found.start() > start else []
        return [Piece(Kind.PROSE, start, self.source.trim(start, found.start())[1]), *pieces] if pieces else []

    def row(self, start: int, end: int) -> list[Piece]:
        """A row under a heading of next meetings: one that begins with a date, a time or a place."""
        text = self.source.plain
        lead = DATE_LEAD.match(text, start, end)
        written = next(find_dates(text, start, min(end, start + 120)), None)
        if not written:
            return []
        before = text[lead.end() : written.start] if lead.end() < written.start else ""
        if not before.strip() or (
            len(before.split()) <= 8 and not FINITE.search(before) and before.rstrip()[-1] in ",:–-(—"
        ):
            return self.read(start, end)
        times = find_times(text, start, written.start)
        if times and not text[start : times[0].start()].strip():
            return self.read(start, end)
        return []

    def tail(self, start: int, end: int, meetings: list[Piece]) -> bool:
        """ "Both to be on Zoom", "All at 7pm": said of the meetings listed before it."""
        text = self.source.plain
        if not meetings or not LIST_TAIL.match(text, start, end) or next(find_dates(text, start, end), None):
            return False
        self._spread(start, end, meetings)
        return True

    def read(self, start: int, end: int, label: tuple[int, int] | None = None) -> list[Piece]:
        """One next meeting for each date; nothing if a date is missing or cannot be right."""
        end, actions = self._cut_actions(start, end)
        text = self.source.plain
        dates = list(find_dates(text, start, end))
        edges = [start]
        for written in dates[1:]:
            between = text[max(edges[-1], written.start - 60) : written.start]
            if JOINS_DATES.search(between):
                edges.append(written.start)
        edges.append(end)
        pieces: list[Piece] = []
        for index in range(len(edges) - 1):
            piece = self.read_one(edges[index], edges[index + 1])
            if not piece:
                return []
            pieces.append(piece)
        if len(pieces) > 1:
            tail = ALL_OF_THEM.search(text, dates[-1].end, end)
            if tail:
                self._spread(tail.start(), end, pieces)
        if label and pieces:
            pieces[0].labels.append(label)
        return pieces + actions if pieces else []

    def _cut_actions(self, start: int, end: int) -> tuple[int, list[Piece]]:
        """Where the meeting's words end, and the actions that follow them: "…; AB to book", "… (AB to book)"."""
        text = self.source.plain
        if self.find_action is None:
            return end, []
        for mark, closing in ((";", ""), ("(", ")")):
            at = text.rfind(mark, start, end)
            if at < 0:
                continue
            stop = end
            if closing:
                closed = text.find(closing, at, end)
                if closed < 0 or text[closed + 1 : end].strip(" ."):
                    continue
                stop = closed
            begun, stop = self.source.trim(at + 1, stop)
            actions = self.find_action(begun, stop)
            if actions and all(piece.kind is Kind.ACTION for piece in actions):
                return self.source.trim(start, at)[1], actions
        return end, []

    def _spread(self, start: int, end: int, pieces: list[Piece]) -> None:
        """What is said of all of them together goes to each that says nothing of it itself."""
        text = self.source.plain
        times = find_times(text, start, end)
        place, _ = self._place(start, end, None)
        for piece in pieces:
            if times and not times[3] and piece.starts is None:
                piece.starts, piece.ends = times[1], times[2]
            if place and not piece.place:
                piece.place = place
        last = pieces[-1]
        if last.note and self.source.words(start, end).strip(EDGE).endswith(last.note):
            last.note = ""

    def read_one(self, start: int, end: int) -> Piece | None:
        """The next meeting that a stretch with one date names; None, and a doubt, if date or time cannot be right."""
        text = self.source.plain
        stop = start + len(without_join(re.sub(r"\s(?:again|then)(?: on)?\s*$", "", text[start:end])))
        written = next(find_dates(text, start, end), None)
        if not written:
            return None
        on, problem = resolve(written, near=self.near, after=True)
        words = self.source.words(start, stop)
        piece = Piece(Kind.NEXT_MEETING, start, stop, on=on)
        times = find_times(text, written.end, end) or find_times(text, start, written.start)
        last = written.end
        code = "date"
        if times:
            found, piece.starts, piece.ends, wrong = times
            last = max(last, found.end())
            for clock in (piece.starts, piece.ends):
                if on and clock and missing_hour(on, clock):
                    wrong = (
                        wrong
                        or f"{found.group()}: the clocks go forward that night, so there is no such hour. "
                        f"Please write another time."
                    )
            code = "time" if wrong and not problem else code
            problem = problem or wrong
        if on and self.near and on <= self.near and not problem:
            problem = (
                f"{written.text}: this is not after the meeting itself. Please write the date of the "
                f"next meeting again."
            )
        if problem:
            self.doubts.append(Doubt(start, words, problem, code, written.text))
            return None
        host = HOST.search(text, start, stop) or IS_HOST.search(text, start, stop)
        if host:
            piece.host = self.source.words(*host.span("host"))
            last = max(last, host.end())
        piece.place, place_end = self._place(written.end, stop, host)
        if not piece.place:
            piece.place, place_end = self._place_before(start, written.start, host)
        if not piece.place:
            piece.place, place_end = self._loose_place(written.end, stop, host, piece)
        last = max(last, place_end)
        piece.note = self.source.words(last, stop).strip(" .,;:()–-")
        return piece

    def _place(self, start: int, stop: int, host: re.Match[str] | None) -> tuple[str, int]:
        """Where they meet: behind "at" or "in", or on a screen; with where it ends."""
        text = self.source.plain
        for pattern in (PLACE, ONLINE):
            place = pattern.search(text, start, stop)
            while place and (
                (host and place.start() < host.end() and place.end() > host.start())
                or date_at(text, place.start("place"), stop)
                or NOT_A_PLACE.match(place["place"])
            ):
                place = pattern.search(text, place.end(), stop)
            if place:
                words = self.source.words(*place.span("place")).rstrip(" ,")
                return BY_SCREEN.sub("", words) if pattern is ONLINE else words, place.end()
        return "", 0

    def _place_before(self, start: int, stop: int, host: re.Match[str] | None) -> tuple[str, int]:
        """ "The next meeting will be at Lock House, 5.00-7.00pm on 10th March"."""
        words, end = self._place(start, stop, host)
        return TIME_BEHIND.sub("", words).rstrip(EDGE), end

    def _loose_place(self, start: int, stop: int, host: re.Match[str] | None, piece: Piece) -> tuple[str, int]:
        """ "16th July, 7pm, Lock House", "16th July (Weirham)": what is left, if it is a name and no remark."""
        text = self.source.plain
        times = find_times(text, start, stop)
        cuts = sorted(found.span() for found in (times[0] if times else None, host) if found)
        begun = start
        for cut_start, cut_end in [*cuts, (stop, stop)]:
            gap_start, begun = begun, max(begun, cut_end)
            words = text[gap_start : max(gap_start, cut_start)].strip(EDGE)
            words = re.split(r"\s\(|[.;]\s|\)", words, maxsplit=1)[0].strip(EDGE)
            words = NOT_YET.sub("", words).strip(EDGE)
            if not _is_place(words):
                continue
            end = text.find(words, gap_start, stop) + len(words)
            if AN_ORGANISATION.fullmatch(words) and not piece.host:
                piece.host = words
                return "", end
            return self.source.words(end - len(words), end), end
        return "", 0


def _is_place(words: str) -> bool:
    first = words[:1]
    return (
        bool(first)
        and (first.isupper() or first.isdigit() or words.startswith(("the ", "online")))
        and len(words.split()) <= 10
        and not NOT_A_PLACE.match(words)
        and not FINITE.search(words)
    )
