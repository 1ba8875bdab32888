"""A paragraph of notes taken apart into lines: data used and wanted, actions, decisions, next meetings, prose."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from meetings.minutes import sentences
from meetings.minutes.dates import date_at, find_dates, find_times, missing_hour, resolve
from meetings.minutes.doubts import Doubt
from meetings.minutes.headings import BULLETS
from meetings.minutes.names import INITIALS_TEXT, NAME_WORD, People
from meetings.minutes.rows import Row
from meetings.minutes.sentences import Piece
from meetings.minutes.source import Source
from meetings.minutes.structure import Kind, Stretch

WHO = rf"(?:{INITIALS_TEXT}|{NAME_WORD} {NAME_WORD}(?: {NAME_WORD})?)"
LABELS = re.compile(
    rf"(?<![\w-])(?:(?:(?P<who>{WHO})\s{{0,4}}(?::|[–-]\s)\s{{0,4}})?(?P<data>Used|USED|Wants|WANTS|Wanted)\s?:"
    r"|(?P<action>(?:ACTIONS?|Actions?)(?: (?:[Pp]oints?|POINTS?|[Ii]tems?))?(?: \d[\d.]{0,8})?\s?(?::|\s[–—-]\s)|AI:)"
    r"|(?P<decision>(?:DECISIONS?|Decisions?)\s?(?::|\s[–—-]\s))"
    r"|(?P<next>(?:(?:DATES?|Dates?|Time and date) (?:of|OF) (?:the |THE )?)?(?:[Nn]ext|NEXT|[Ff]uture"
    r"|FUTURE) (?:[Mm]eetings?|MEETINGS?|mtgs?)\s?"
    r"(?::|\s[–—-]\s)))"
)
POINT_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,4}[.):]?|[a-zA-Z][.)]")
LABEL_AFTER = re.compile(r"[.?!:;,)–—-]")
SPEAKER = re.compile(rf"(?P<who>{INITIALS_TEXT})\s?(?::|\s[–-])\s+")
NEXT_SENTENCE = re.compile(
    r"(?:the )?(?:dates? (?:and time )?of )?(?:the )?(?:next|following) (?:[\w-]+ ){0,3}(?:meeting|mtg)\b",
    re.IGNORECASE,
)
HOST = re.compile(r"\b(?:hosted by|hosts?:)\s+(?P<host>[^,.;(\n]{1,80}?)(?=\s+(?:with|at|in|from|on)\s|[,.;(\n]|$)")
PLACE = re.compile(
    r"\b(?:at|in|venue:?|place:?|location:?)\s+(?P<place>(?:the\s+)?[A-Z][^.;(\n]{1,80}?)(?=\s+(?:with|from"
    r"|on|at)\s|[,.;(\n]|\s*$)"
)
ONLINE = re.compile(
    r"\b(?P<place>(?:online|virtual(?:ly)?|(?:via|by|on) (?:Microsoft )?(?:Teams|Zoom))[^.;,]{0,40})", re.IGNORECASE
)
# After "Action:", two capitals are somebody's initials, whether or not the lists have them.
NUMBERED_LABEL = re.compile(r"\d")
NAMED_ACTION = re.compile(rf"(?P<owners>{sentences.OWNERS})\s?[:–-]\s+(?=\S)")
SURE_OWNER = re.compile(rf"{sentences.GROUPS}|(?!AM|PM|UK|EU|US|IT|OK|TV)[A-Z]{{2}}")
DATE_LEAD = re.compile(r"(?:(?:on|and|then|also|both)\s+)?")


@dataclass
class Talk:
    """What goes over from one paragraph to the next: who is speaking, and what the last label opened."""

    speaker: str = ""
    section: Kind | None = None
    pending: tuple[Kind, str] | None = None
    next_meetings: bool = False
    actions: bool = False


@dataclass
class ParagraphReader:
    """Takes paragraphs apart; knows who was there, when the meeting was, and whether the notes are a table."""

    source: Source
    people: People
    near: date | None
    is_table: bool
    doubts: list[Doubt] = field(default_factory=list)
    talk: Talk = field(default_factory=Talk)

    def read(self, row: Row, start: int) -> list[Piece]:
        """The pieces of a row from ``start`` on, in order; every word of it is in one of them."""
        text, end = self.source.plain, row.end
        pending, self.talk.pending = self.talk.pending, None
        labels = self._labels(start, end)
        first = labels[0].start() if labels else end
        pieces: list[Piece] = []
        if labels and POINT_NUMBER.fullmatch(text[start:first].strip()):
            self.source.mark(Stretch.LABEL, start, first)
        elif text[start:first].strip():
            pieces += self._unlabelled(start, first, row, pending, is_last=not labels)
        for index, label in enumerate(labels):
            stop = labels[index + 1].start() if index + 1 < len(labels) else end
            pieces += self._labelled(label, stop)
        return pieces

    def _labels(self, start: int, end: int) -> list[re.Match[str]]:
        """The labels that open a statement: at the start, after a stop, or, for data and actions, in mid-row too."""
        text = self.source.plain
        found_all = []
        for found in LABELS.finditer(text, start, end):
            if (
                found["action"]
                and sentences.OWNERS_ONLY.fullmatch(text[found.end() : end].strip())
                and text[start : found.start()].strip()
            ):
                continue  # "… ACTION: NO" says who does what stands before it
            before = text[start : found.start()].rstrip()
            loose = found["data"] or (found["action"] and ":" in found["action"])
            if not before or LABEL_AFTER.match(before[-1]) or before[-1] in BULLETS or before[-1].isdigit() or loose:
                found_all.append(found)
        return found_all

    def _labelled(self, label: re.Match[str], end: int) -> list[Piece]:
        start, end = self.source.trim(label.end(), end)
        if label["data"]:
            return self._data(label, start, end)
        label_span = (label.start(), label.end())
        kind = Kind.ACTION if label["action"] else Kind.DECISION if label["decision"] else Kind.NEXT_MEETING
        if start >= end:
            self.talk.pending = (kind, "")
            return self._label_alone(label.start(), label.end())
        if kind is Kind.ACTION:
            if NUMBERED_LABEL.search(label.group()) and sentences.REPORTED.search(
                self.source.plain[start : min(end, start + 80)]
            ):
                # "Action 2: NO reported that it was done" tells of an old action.
                return [Piece(Kind.PROSE, label.start(), end)]
            return self._labelled_actions(label_span, start, end)
        if kind is Kind.NEXT_MEETING:
            return self._next_meetings(start, end, label_span) or [Piece(Kind.PROSE, label.start(), end)]
        return [Piece(kind, start, end, labels=[label_span])]

    def _label_alone(self, start: int, end: int) -> list[Piece]:
        """A label whose words stand in the next row."""
        self.source.mark(Stretch.LABEL, start, end)
        return []

    def _data(self, label: re.Match[str], start: int, end: int) -> list[Piece]:
        kind = Kind.USED if label["data"].lower() == "used" else Kind.WANTS
        if label["who"]:
            self.talk.speaker = label["who"]
        if start >= end:
            self.talk.pending = (kind, self.talk.speaker)
            return self._label_alone(label.start(), label.end())
        entry = Piece(kind, start, end, who=self.talk.speaker, labels=[(label.start("data"), label.end())])
        entry.owner_spans = [label.span("who")] if label["who"] else []
        return self._data_pieces(entry)

    def _data_pieces(self, entry: Piece) -> list[Piece]:
        """One entry, and the action that a lost column of actions left at its end."""
        text, start, end = self.source.plain, entry.start, entry.end
        who, kind = entry.who, entry.kind
        if not who:
            words = self.source.words(start, end)
            message = f"{words[:60]}: who {'uses' if kind is Kind.USED else 'wants'} this?"
            self.doubts.append(Doubt(start, words, message, "name", words[:60]))
        cut = sentences.glued_action(text, start, end) if self.is_table else -1
        if cut > 0:
            entry.end = self.source.trim(start, cut)[1]
            return [entry, self.read_action(cut, end)]
        last = sentences.owner_at_end(text, start, end, self.people)
        if last:
            words = self.source.words(start, end)
            message = (
                f"{text[slice(*last[1])]} stands at the end of what {who} {kind}: is there an action "
                f'here? Please write "Action:" before it.'
            )
            self.doubts.append(Doubt(last[1][0], words, message, "other", words[:60]))
        return [entry]

    def read_action(self, start: int, end: int) -> Piece:
        """An action with the owners that stand at its end or open it."""
        text = self.source.plain
        last = sentences.owner_at_end(text, start, end, self.people)
        if last:
            return Piece(Kind.ACTION, start, end, last[0], [last[1]])
        found = sentences.clauses(text, start, end, self.people, label=True)
        if found and found[0].start("owners") < 60:
            span = (start + found[0].start("owners"), start + found[0].end("owners"))
            return Piece(Kind.ACTION, start, end, sentences.owners_in(found[0]["owners"]), [span])
        opening = sentences.OWNERS_FIRST.match(text, start, end)
        if opening:
            owners = sentences.owners_in(opening["owners"])
            if all(self.people.has(owner) or SURE_OWNER.fullmatch(owner) for owner in owners) or (
                opening["promise"] and all(re.fullmatch(INITIALS_TEXT, owner) for owner in owners)
            ):
                return Piece(Kind.ACTION, start, end, owners, [opening.span("owners")])
        return Piece(Kind.ACTION, start, end)

    def _labelled_actions(self, label: tuple[int, int], start: int, end: int) -> list[Piece]:
        """What follows "Action:": one action, or as many as there are sentences that begin with an owner."""
        text = self.source.plain
        edges = [start]
        for sentence_start, sentence_end in list(sentences.split_sentences(text, start, end))[1:]:
            found = sentences.clauses(text, sentence_start, sentence_end, self.people, label=True)
            if found and found[0].start("owners") == 0:
                edges.append(sentence_start)
        edges.append(end)
        pieces = []
        for index in range(len(edges) - 1):
            piece_start, piece_end = self.source.trim(edges[index], edges[index + 1])
            pieces.append(self.read_action(piece_start, piece_end))
        pieces[0].labels.append(label)
        return pieces

    def _unlabelled(
        self, start: int, end: int, row: Row, pending: tuple[Kind, str] | None, *, is_last: bool
    ) -> list[Piece]:
        start, end = self.source.trim(start, end)
        return (
            self._awaited(start, end, row, pending)
            or self._spoken(start, end)
            or self._dated(start, end)
            or self._listed_action(row, start, end)
            or self._owner_column(row, start, end)
            or self._sentences(start, end, is_last=is_last)
        )

    def _awaited(self, start: int, end: int, row: Row, pending: tuple[Kind, str] | None) -> list[Piece]:
        """What a label that stood alone in the row above it opened."""
        if pending is None:
            return []
        kind, who = pending
        if kind is Kind.ACTION:
            self.talk.pending = pending if row.is_bullet or self._opens_with_owner(start, end) else None
            return self._labelled_actions((start, start), start, end)
        if kind is Kind.NEXT_MEETING:
            return self._next_meetings(start, end)
        return (
            [Piece(kind, start, end)] if kind is Kind.DECISION else self._data_pieces(Piece(kind, start, end, who=who))
        )

    def _spoken(self, start: int, end: int) -> list[Piece]:
        """ "AB: tolls" under the sub-heading "Used" or "Wants"."""
        speaker = SPEAKER.match(self.source.plain, start, end)
        if not self.talk.section or not speaker:
            return []
        self.talk.speaker = speaker["who"]
        entry = Piece(self.talk.section, speaker.end(), end, who=speaker["who"])
        entry.labels, entry.owner_spans = [(start, speaker.end())], [speaker.span("who")]
        return self._data_pieces(entry)

    def _dated(self, start: int, end: int) -> list[Piece]:
        """A row that begins with a date, under a heading of next meetings."""
        lead = DATE_LEAD.match(self.source.plain, start, end)
        if not self.talk.next_meetings or not lead or not date_at(self.source.plain, lead.end(), end):
            return []
        return self._next_meetings(start, end)

    def _listed_action(self, row: Row, start: int, end: int) -> list[Piece]:
        """A row of a list of actions: with a number of its own, or, under such a heading, "Ann Hill: write"."""
        text = self.source.plain
        number = sentences.ROW_NUMBER.match(text, start, end)
        if number and self._opens_with_owner(number.end(), end):
            return self._labelled_actions((start, number.end()), number.end(), end)
        named = NAMED_ACTION.match(text, start, end) if self.talk.actions and row.is_bullet else None
        if not named:
            return []
        return [Piece(Kind.ACTION, start, end, sentences.owners_in(named["owners"]), [named.span("owners")])]

    def _opens_with_owner(self, start: int, end: int) -> bool:
        found = sentences.clauses(self.source.plain, start, end, self.people, label=True)
        return bool(found) and found[0].start("owners") == 0

    def _owner_column(self, row: Row, start: int, end: int) -> list[Piece]:
        """Owners far right on one of the row's lines: what the row says, or its last sentence, is their action."""
        text = self.source.plain
        for line_start, line_end in row.breaks:
            if (line_start < start - 1 and line_end <= start) or line_start >= end:
                continue
            found = sentences.OWNER_COLUMN.search(text[max(line_start, start) : line_end])
            if not found:
                continue
            offset = max(line_start, start)
            owners = sentences.owners_in(found["owners"])
            if not any(self.people.has(owner) for owner in owners):
                continue
            span = (offset + found.start("owners"), offset + found.end("owners"))
            pieces = self._before_column(start, offset + found.start())
            begun = pieces[-1].end if pieces else start
            action_start = self.source.trim(begun, end)[0]
            return [*pieces, Piece(Kind.ACTION, action_start, end, owners, [span])]
        return []

    def _before_column(self, start: int, end: int) -> list[Piece]:
        cut = list(sentences.split_sentences(self.source.plain, start, end))
        return self._sentences(start, cut[-1][0], is_last=False) if len(cut) > 1 else []

    def _sentences(self, start: int, end: int, *, is_last: bool) -> list[Piece]:
        text = self.source.plain
        cut = list(sentences.split_sentences(text, start, end))
        pieces: list[Piece] = []
        index = 0
        while index < len(cut):
            sentence_start, sentence_end = cut[index]
            if index + 1 < len(cut):
                only = sentences.OWNERS_ONLY.fullmatch(text, *cut[index + 1])
                labelled = sentences.ACTION_OF.fullmatch(text, *cut[index + 1])
                owners = sentences.owners_in((only or labelled)["owners"]) if only or labelled else ()
                if labelled or (only and any(self.people.has(owner) for owner in owners)):
                    only = labelled or only
                    pieces.append(Piece(Kind.ACTION, sentence_start, cut[index + 1][1], owners, [only.span("owners")]))
                    index += 2
                    continue
            closes_row = is_last and index == len(cut) - 1
            pieces += self._sentence(sentence_start, sentence_end, closes_row=closes_row)
            index += 1
        return self._merge_prose(pieces)

    def _merge_prose(self, pieces: list[Piece]) -> list[Piece]:
        """Sentences of prose beside each other are one line; a review goes on until the next record."""
        merged: list[Piece] = []
        for piece in pieces:
            last = merged[-1] if merged else None
            if last and piece.kind is Kind.PROSE and last.kind in {Kind.PROSE, Kind.REVIEW}:
                last.end = piece.end
                if last.kind is Kind.REVIEW:
                    last.outcome = sentences.outcome_of(self.source.words(last.start, last.end))
            else:
                merged.append(piece)
        return merged

    def _sentence(self, start: int, end: int, *, closes_row: bool) -> list[Piece]:
        text = self.source.plain
        readers: tuple[Callable[[int, int], list[Piece]], ...] = (self._review, self._agreed, self._next_sentence)
        for reader in readers:
            found = reader(start, end)
            if found:
                return found
        actions = sentences.actions_of(text, start, end, self.people)
        cut = sentences.glued_action(text, start, end) if self.is_table and closes_row else -1
        if cut > 0:
            before_end = self.source.trim(start, cut)[1]
            return [*self._sentence(start, before_end, closes_row=False), self.read_action(cut, end)]
        if actions:
            return [piece if piece.kind is Kind.ACTION else self._plain(piece.start, piece.end) for piece in actions]
        last = sentences.owner_at_end(text, start, end, self.people)
        if last and len(text[start : last[1][0]].split()) >= 2:
            return [Piece(Kind.ACTION, start, end, last[0], [last[1]])]
        if self.is_table and closes_row and self._is_bare_action(start, end):
            return [Piece(Kind.ACTION, start, end)]
        return [self._plain(start, end)]

    def _is_bare_action(self, start: int, end: int) -> bool:
        """ "Invite X to update" at the end of a table's row: a note of the column of actions that names no owner."""
        text = self.source.plain
        words = text[start:end].split()
        return (
            bool(sentences.OPENS_ACTION.match(text, start, end))
            and 3 <= len(words) <= 20
            and not {"is", "was", "are", "were"} & set(words)
        )

    def _plain(self, start: int, end: int) -> Piece:
        kind = Kind.DECISION if sentences.is_decision(self.source.plain[start:end]) else Kind.PROSE
        return Piece(kind, start, end)

    def _review(self, start: int, end: int) -> list[Piece]:
        found = sentences.REVIEW.match(self.source.plain, start, end)
        if not found or found.end() >= end:
            return []
        words = self.source.words(found.end(), end)
        reference = found["one"] or found["two"]
        labels = [(start, found.end())]
        return [
            Piece(
                Kind.REVIEW, found.end(), end, labels=labels, reference=reference, outcome=sentences.outcome_of(words)
            )
        ]

    def _agreed(self, start: int, end: int) -> list[Piece]:
        text = self.source.plain
        if not sentences.is_agreed_notes(text[start:end]):
            return []
        piece = Piece(Kind.AGREED, start, end)
        written = next(find_dates(text, start, end), None)
        if written:
            piece.on, problem = resolve(written, near=self.near, after=False)
            if problem:
                self.doubts.append(Doubt(start, self.source.words(start, end), problem, "date", written.text))
        return [piece]

    def _next_sentence(self, start: int, end: int) -> list[Piece]:
        found = NEXT_SENTENCE.match(self.source.plain, start, end)
        if not found:
            return []
        return self._next_meetings(start, end)

    def _next_meetings(self, start: int, end: int, label: tuple[int, int] | None = None) -> list[Piece]:
        """One next meeting for each date; nothing if a date is missing or cannot be right."""
        text = self.source.plain
        dates = list(find_dates(text, start, end))
        edges = [start]
        for written in dates[1:]:
            between = text[edges[-1] : written.start].rstrip()
            if between.endswith((",", ";", "&", " and", "\n", ".")):
                edges.append(written.start)
        edges.append(end)
        pieces: list[Piece] = []
        for index in range(len(edges) - 1):
            piece = self.read_next_meeting(edges[index], edges[index + 1])
            if not piece:
                return []
            pieces.append(piece)
        if label:
            pieces[0].labels.append(label)
        return pieces

    def read_next_meeting(self, start: int, end: int) -> Piece | None:
        """The next meeting that a stretch with one date names; None, and a doubt, if date or time cannot be right."""
        text = self.source.plain
        stop = start + len(sentences.without_join(text[start:end]))
        written = next(find_dates(text, start, end), None)
        if not written:
            return None
        on, problem = resolve(written, near=self.near, after=True)
        words = self.source.words(start, stop)
        piece = Piece(Kind.NEXT_MEETING, start, stop, on=on)
        times = self._times(start, written.start, written.end, end)
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
        host = HOST.search(text, start, stop)
        if host:
            piece.host = self.source.words(*host.span("host"))
            last = max(last, host.end())
        place = PLACE.search(text, written.end, stop) or ONLINE.search(text, written.end, stop)
        if place and not (host and place.start() < host.end() and place.end() > host.start()):
            piece.place = self.source.words(*place.span("place"))
            last = max(last, place.end())
        piece.note = self.source.words(last, stop).strip(" .,;:()–-")
        return piece

    def _times(self, start: int, date_start: int, date_end: int, end: int):  # noqa: ANN202
        text = self.source.plain
        return find_times(text, date_end, end) or find_times(text, start, date_start)

    def add_due(self, piece: Piece) -> None:
        """What the words of an action say about when it is due."""
        text = self.source.plain
        for written in find_dates(text, piece.start, piece.end):
            if sentences.DUE_DATE.search(text[piece.start : written.start]):
                piece.due_on, problem = resolve(written, near=self.near, after=True)
                piece.due = self.source.words(written.start, written.end)
                if problem:
                    self.doubts.append(
                        Doubt(written.start, self.source.words(piece.start, piece.end), problem, "date", written.text)
                    )
                return
        found = sentences.DUE.search(text, piece.start, piece.end)
        if found:
            piece.due = self.source.words(*found.span("due"))
