"""A paragraph of notes taken apart into lines: data used and wanted, actions, decisions, next meetings, prose."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from meetings.minutes import data, decisions, deeds, promises, sentences
from meetings.minutes import owners as who
from meetings.minutes.action_reader import REPORTED, STATUS, ActionReader
from meetings.minutes.data_reader import DataReader
from meetings.minutes.dates import date_at, find_dates, find_short_date, resolve
from meetings.minutes.doubts import Doubt
from meetings.minutes.headings import BULLETS
from meetings.minutes.next_meetings import NextMeetingReader
from meetings.minutes.owners import SOME_INITIALS, owners_in
from meetings.minutes.rows import Row
from meetings.minutes.sentences import Piece
from meetings.minutes.structure import Kind, Stretch
from meetings.minutes.talk import Notes

LABELS = re.compile(
    rf"(?<![\w-])(?:{data.LABEL_TEXT}"
    rf"|(?P<action>(?:(?:Agreed|AGREED|New|Further) )?(?:ACTIONS?|Actions?|(?<=Agreed )actions?)"
    rf"(?: (?:[Pp]oints?|POINTS?|[Ii]tems?))?(?: \d[\d.]{{0,8}})?"
    rf"(?:\s?(?:[Bb]y|[Ff]or|[Oo]n)?\s?[\[(]?(?P<owner>{SOME_INITIALS})[\])]?)?(?:\s?:|\s[–—-](?=\s)|–)|AI:)"
    r"|(?P<decision>(?:DECISIONS?|Decisions?)\s?(?::|\s[–—-]\s))"
    r"|(?P<next>(?:(?:DATES?|Dates?|Time and date) (?:of|OF) (?:the |THE )?)?(?:[Nn]ext|NEXT|[Ff]uture"
    r"|FUTURE) (?:[Mm]eetings?|MEETINGS?|mtgs?)(?: dates?| DATES?)?\s?(?::|\s[–—-]\s)))"
)
POINT_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,4}[.):]?|[a-zA-Z][.)]")
LISTED_POINT = re.compile(
    r"(?:\(?(?:[a-z]|\d{1,2}(?:\.\d{1,2}){0,3}|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2}){1,3})\s+(?=\S)"
)
LABEL_AFTER = re.compile(r"[.?!:;,)\[(–—-]")
NUMBERED_LABEL = re.compile(r"\d")
NO_ACTIONS = re.compile(r"(?:none|nil|no actions?|n/a|no further action)\b[\s.]*", re.IGNORECASE)


@dataclass
class ParagraphReader:
    """Takes paragraphs apart."""

    notes: Notes

    def __post_init__(self) -> None:
        notes = self.notes
        self.text = notes.source.plain
        self.actions = ActionReader(notes)
        self.data = DataReader(notes, self.actions)
        self.next_meetings = NextMeetingReader(
            notes.source, notes.near, notes.doubts, notes.own_words, self.actions.promised
        )

    def read(self, row: Row, start: int) -> list[Piece]:
        """The pieces of a row from ``start`` on, in order; every word of it is in one of them."""
        text, end = self.text, row.end
        pending, self.notes.talk.pending = self.notes.talk.pending, None
        self.notes.talk.told_by = ""
        if self.data.section(start, end):
            return []
        start = self._past_point_number(start, end, is_awaited=pending is not None and pending[0] is Kind.ACTION)
        labels = self._labels(start, end)
        first = labels[0].start() if labels else end
        pieces: list[Piece] = []
        if labels and (POINT_NUMBER.fullmatch(text[start:first].strip()) or not text[start:first].strip(" [(")):
            self.notes.source.mark(Stretch.LABEL, start, first)
        elif text[start:first].strip():
            pieces += self._unlabelled(start, first, row, pending, is_last=not labels)
        for index, label in enumerate(labels):
            stop = labels[index + 1].start() if index + 1 < len(labels) else end
            pieces += self._labelled(label, stop, row)
        return pieces

    def _past_point_number(self, start: int, end: int, *, is_awaited: bool) -> int:
        """Where an action's words begin behind the "a." or "3)" of its place in a list."""
        number = LISTED_POINT.match(self.text, start, end)
        if not number or not (is_awaited or self.actions.opens_with_owner(number.end(), min(end, number.end() + 160))):
            return start
        self.notes.source.mark(Stretch.LABEL, start, number.end())
        return number.end()

    def _labels(self, start: int, end: int) -> list[re.Match[str]]:
        """The labels that open a statement: at the start, after a stop, or, for data and actions, in mid-row too."""
        text = self.text
        found_all = []
        for label in LABELS.finditer(text, start, end):
            found = label
            before = text[max(start, found.start() - 200) : found.start()].rstrip()
            if found["action"]:
                rest = text[found.end() : min(end, found.end() + 160)].strip(" .])")
                whole = promises.ACTION_MARK.fullmatch(f"Action: {rest}") or promises.ACTION_MARK.fullmatch(rest)
                if before and whole and self.actions.are_owners(who.owners_in(whole["owners"])):
                    continue  # "… ACTION: NO" says who does what stands before it
            if found["action"] and not self._opens_statement(before):
                continue  # "Monthly action: …", "Climate action: …"
            if found["data"] and not self.data.is_label(found, before):
                continue
            if found["who"] and not self.data.is_speaker(found):
                # "… for a PhD Wants: rain tables": no speaker, only the word before the label.
                found = LABELS.match(text, found.start("data"), end)
            loose = found["data"] or (found["action"] and ":" in found["action"])
            if not before or LABEL_AFTER.match(before[-1]) or before[-1] in BULLETS or before[-1].isdigit() or loose:
                found_all.append(found)
        return found_all

    def _opens_statement(self, before: str) -> bool:
        """Whether a label may stand here: not behind one or two words that make another thing of it."""
        return not before or not before[-1].isalpha() or len(before.split()) > 2

    def _labelled(self, label: re.Match[str], end: int, row: Row) -> list[Piece]:
        start, end = self.notes.source.trim(label.end(), end)
        if label["data"]:
            return self.data.labelled(label, start, end)
        if label["action"]:
            return self._labelled_action(label, start, end, closes_row=end >= row.end)
        label_span = (label.start(), label.end())
        kind = Kind.DECISION if label["decision"] else Kind.NEXT_MEETING
        if start >= end:
            return self._label_alone(kind, *label_span)
        if kind is Kind.NEXT_MEETING:
            return self._next_meetings(start, end, label_span) or [Piece(Kind.PROSE, label.start(), end)]
        return [Piece(kind, start, end, labels=[label_span])]

    def _labelled_action(self, label: re.Match[str], start: int, end: int, *, closes_row: bool) -> list[Piece]:
        if start >= end:
            if label["owner"]:
                return [Piece(Kind.PROSE, label.start(), label.end())]
            return self._label_alone(Kind.ACTION, label.start(), label.end())
        # "Action 2: NO reported that it was done" tells of an old action.
        tells = NUMBERED_LABEL.search(label.group()) and REPORTED.search(self.text[start : min(end, start + 80)])
        if tells or NO_ACTIONS.fullmatch(self.text, start, end):
            return [Piece(Kind.PROSE, label.start(), end)]
        if label["owner"]:
            return self.actions.of_label(label, start, end)
        return self.actions.labelled((label.start(), label.end()), start, end, closes_row=closes_row)

    def _label_alone(self, kind: Kind, start: int, end: int) -> list[Piece]:
        """A label whose words stand in the next row."""
        self.notes.talk.pending = (kind, "")
        self.notes.source.mark(Stretch.LABEL, start, end)
        return []

    def _unlabelled(
        self, start: int, end: int, row: Row, pending: tuple[Kind, str] | None, *, is_last: bool
    ) -> list[Piece]:
        start, end = self.notes.source.trim(start, end)
        return (
            self._awaited(start, end, row, pending)
            or self.data.spoken(start, end)
            or self._dated(start, end)
            or self.actions.listed(row, start, end)
            or self._owner_column(row, start, end)
            or self._last_cell(start, end, is_last=is_last)
            or self._sentences(start, end, is_last=is_last)
        )

    def _awaited(self, start: int, end: int, row: Row, pending: tuple[Kind, str] | None) -> list[Piece]:
        """What a label that stood alone in the row above it opened."""
        if pending is None:
            return []
        kind, speaker = pending
        if kind is Kind.ACTION and self.text[end - 1] == ":":
            return []
        if kind is Kind.ACTION:
            goes_on = (
                row.is_bullet
                or start > row.start
                or self.actions.opens_with_owner(start, end)
                or deeds.is_instruction(self.text[start:end])
            )
            self.notes.talk.pending = pending if goes_on else None
            return self.actions.labelled((start, start), start, end, closes_row=True)
        if kind is Kind.NEXT_MEETING:
            found = self._next_meetings(start, end)
            self.notes.talk.pending = pending if found else None
            return found
        if kind is Kind.DECISION:
            return [Piece(kind, start, end)]
        return self.data.entry(Piece(kind, start, end, who=speaker))

    def _dated(self, start: int, end: int) -> list[Piece]:
        """A row under a heading of next meetings."""
        if not self.notes.talk.next_meetings:
            return []
        if self.next_meetings.tail(start, end, self.notes.talk.meetings):
            return [Piece(Kind.PROSE, start, end)]
        cut = list(sentences.split_sentences(self.text, start, end))
        found: list[Piece] = []
        for begun, stop in cut:
            pieces = self.next_meetings.row(begun, stop)
            if pieces:
                self.notes.talk.meetings += [piece for piece in pieces if piece.kind is Kind.NEXT_MEETING]
                found += pieces
            elif not found:
                return []
            elif self.next_meetings.tail(begun, stop, self.notes.talk.meetings):
                found.append(Piece(Kind.PROSE, begun, stop))
            else:
                found += self._sentence(begun, stop, closes_row=False)
        return found

    def _owner_column(self, row: Row, start: int, end: int) -> list[Piece]:
        """Owners far right on one of the row's lines: what the row says, or its last sentence, is their action."""
        text = self.text
        for line_start, line_end in row.breaks:
            if (line_start < start - 1 and line_end <= start) or line_start >= end:
                continue
            offset = max(line_start, start)
            found = promises.OWNER_COLUMN.search(text[max(offset, line_end - promises.LAST) : line_end])
            if not found:
                continue
            offset = max(offset, line_end - promises.LAST)
            owners = owners_in(found["owners"])
            if not any(self.notes.people.has(owner) for owner in owners):
                continue
            span = (offset + found.start("owners"), offset + found.end("owners"))
            pieces = self._before_column(start, offset + found.start())
            begun = pieces[-1].end if pieces else start
            action_start = self.notes.source.trim(begun, end)[0]
            return [*pieces, Piece(Kind.ACTION, action_start, end, owners, [span])]
        return []

    def _last_cell(self, start: int, end: int, *, is_last: bool) -> list[Piece]:
        piece = promises.in_last_cell(self.text, start, end, self.notes.people) if is_last else None
        if piece is None:
            return []
        before_end = self.notes.source.trim(start, piece.start - 3)[1]
        return [*self._sentences(start, before_end, is_last=False), piece] if before_end > start else [piece]

    def _before_column(self, start: int, end: int) -> list[Piece]:
        cut = list(sentences.split_sentences(self.text, start, end))
        return self._sentences(start, cut[-1][0], is_last=False) if len(cut) > 1 else []

    def _sentences(self, start: int, end: int, *, is_last: bool) -> list[Piece]:
        text = self.text
        cut = list(sentences.split_sentences(text, start, end))
        pieces: list[Piece] = []
        index = 0
        while index < len(cut):
            sentence_start, sentence_end = cut[index]
            closes_row = is_last and index == len(cut) - 1
            if index + 1 < len(cut):
                owners, span = self.actions.owners_alone(*cut[index + 1])
                if owners:
                    pieces.append(Piece(Kind.ACTION, sentence_start, cut[index + 1][1], owners, [span]))
                    index += 2
                    continue
            found = self._sentence(sentence_start, sentence_end, closes_row=closes_row)
            following = cut[index + 1] if index + 1 < len(cut) else None
            if following and found[-1].kind is Kind.ACTION and STATUS.fullmatch(text[slice(*following)]):
                found[-1].end = following[1]
                self.actions.with_status(found)
                index += 1
            self.actions.remember(sentence_start, sentence_end)
            following = cut[index + 1] if index + 1 < len(cut) else None
            if following and self._is_moved(found[-1], *following):
                found[-1].end = following[1]
                index += 1
            pieces += found
            index += 1
        return self._merge_prose(pieces)

    def _is_moved(self, piece: Piece, start: int, end: int) -> bool:
        """Whether the next sentence says who proposed and seconded what this one says: then that is decided."""
        if piece.kind not in {Kind.PROSE, Kind.DECISION, Kind.AGREED} or not decisions.is_mover(self.text[start:end]):
            return False
        piece.kind = Kind.DECISION if piece.kind is Kind.PROSE else piece.kind
        return True

    def _merge_prose(self, pieces: list[Piece]) -> list[Piece]:
        """Sentences of prose beside each other are one line; a review goes on until the next record."""
        merged: list[Piece] = []
        for piece in pieces:
            last = merged[-1] if merged else None
            if last and piece.kind is Kind.PROSE and last.kind in {Kind.PROSE, Kind.REVIEW}:
                last.end = piece.end
                if last.kind is Kind.REVIEW and last.reference:
                    last.outcome = sentences.outcome_of(self.notes.source.words(last.start, last.end))
            else:
                merged.append(piece)
        return merged

    def _sentence(self, start: int, end: int, *, closes_row: bool) -> list[Piece]:
        readers: tuple[Callable[[int, int], list[Piece]], ...] = (
            self._review,
            self._agreed,
            self.next_meetings.sentence,
            self.data.told,
        )
        for reader in readers:
            found = reader(start, end)
            if found:
                return found
        return self._acted(start, end, closes_row=closes_row)

    def _acted(self, start: int, end: int, *, closes_row: bool) -> list[Piece]:
        """The actions of a sentence: promised in it, glued to its end, or marked by the owners behind it."""
        text = self.text
        actions = promises.actions_of(text, start, end, self.notes.people, is_table=self.notes.is_table)
        cut = promises.glued_action(text, start, end) if self.notes.is_table and closes_row else -1
        if cut > 0 and not any(piece.owner_spans and piece.owner_spans[0][0] > cut for piece in actions):
            before_end = self.notes.source.trim(start, cut)[1]
            return [
                *self._sentence(start, before_end, closes_row=False),
                self.actions.read_action(cut, end, closes_row=True),
            ]
        if actions:
            self.actions.take_mark(actions[-1])
            return self.actions.with_status(
                [piece if piece.kind is Kind.ACTION else self._plain(piece.start, piece.end) for piece in actions]
            )
        last = promises.owner_at_end(
            text,
            start,
            end,
            self.notes.people,
            in_list=self.notes.talk.actions,
            closes_cell=closes_row and self.notes.is_table,
        )
        if last and len(text[start : last[1][0]].split()) >= 2:
            return self.actions.with_status([Piece(Kind.ACTION, start, end, last[0], [last[1]])])
        said = self.actions.by_pronoun(start, end)
        if said:
            return said
        if self.notes.is_table and closes_row and self.actions.is_bare(start, end):
            return [Piece(Kind.ACTION, start, end)]
        return [self._plain(start, end)]

    def _plain(self, start: int, end: int) -> Piece:
        kind = Kind.DECISION if decisions.is_decision(self.text[start : min(end, start + 600)]) else Kind.PROSE
        return Piece(kind, start, end)

    def _review(self, start: int, end: int) -> list[Piece]:
        found = sentences.REVIEW.match(self.text, start, end)
        if not found or found.end() >= end:
            return []
        words = self.notes.source.words(found.end(), end)
        reference = found["one"] or found["two"]
        labels = [(start, found.end())]
        outcome = sentences.outcome_of(words)
        return [Piece(Kind.REVIEW, found.end(), end, labels=labels, reference=reference, outcome=outcome)]

    def _agreed(self, start: int, end: int) -> list[Piece]:
        """A sentence that says that the notes of an earlier meeting were agreed."""
        words = self.text[start : min(end, start + 600)]
        in_item = self.notes.talk.notes and not self.notes.talk.has_agreed
        if not decisions.is_agreed_notes(words, in_item=in_item):
            day = date_at(self.text, start, end)
            if decisions.mentions_notes(words) or (
                self.notes.talk.notes and day and not words[day.end - start :].strip(" .")
            ):
                self.notes.talk.notes, self.notes.talk.agreed_day = True, (start, end)
            return []
        piece = Piece(Kind.AGREED, start, end)
        for stretch in ((start, end), self.notes.talk.agreed_day):
            written = (
                next(find_dates(self.text, *stretch), None) or find_short_date(self.text, *stretch) if stretch else None
            )
            if written:
                piece.on, problem = resolve(written, near=self.notes.near, after=False)
                if problem:
                    self.notes.doubts.append(
                        Doubt(start, self.notes.source.words(start, end), problem, "date", written.text)
                    )
                break
        self.notes.talk.has_agreed = True
        return [piece]

    def _next_meetings(self, start: int, end: int, label: tuple[int, int] | None = None) -> list[Piece]:
        pieces = self.next_meetings.read(start, end, label)
        self.notes.talk.meetings += [piece for piece in pieces if piece.kind is Kind.NEXT_MEETING]
        return pieces
