"""Data used and wanted, as the rows of notes give them: behind labels, under sub-headings, told in sentences."""

import re
from dataclasses import dataclass

from meetings.minutes import data, deeds, promises, sentences
from meetings.minutes import owners as who
from meetings.minutes.action_reader import ActionReader
from meetings.minutes.doubts import Doubt
from meetings.minutes.owners import INITIALS_TEXT
from meetings.minutes.sentences import Piece
from meetings.minutes.structure import Kind, Stretch
from meetings.minutes.talk import Notes

SPEAKER = re.compile(rf"(?P<who>{INITIALS_TEXT})\s?(?::|\s[–-])\s+")


@dataclass
class DataReader:
    """Reads what members use and want."""

    notes: Notes
    actions: ActionReader

    def __post_init__(self) -> None:
        self.text = self.notes.source.plain

    def section(self, start: int, end: int) -> bool:
        """ "Used", "Data wanted:" alone on a row: what the speakers below it tell of."""
        words = self.text[start:end].strip()
        found = data.SECTION.fullmatch(words) if len(words) < 40 else None
        if not found or not (self.notes.talk.data or (words.endswith(":") and "data" in words.casefold())):
            return False
        self.notes.source.mark(Stretch.LABEL, start, end)
        kind = data.kind_of(found["data"])
        if self.notes.talk.section is None and self.notes.talk.speaker:
            self.notes.talk.pending = (kind, self.notes.talk.speaker)
        else:
            self.notes.talk.section = kind
        return True

    def is_speaker(self, found: re.Match[str]) -> bool:
        """Initials, or a name from the lists; without a colon behind them only those whom the lists have."""
        plain = found["who"].strip()
        has_colon = ":" in self.text[found.end("who") : found.start("data")]
        return who.is_listed(plain, self.notes.people) or (has_colon and who.is_initials(plain))

    def is_label(self, found: re.Match[str], before: str) -> bool:
        """Words such as "needs" or "would like" are labels only where data is spoken of, or beside a speaker."""
        label = found["data"]
        if label in {"Used", "USED", "Wants", "WANTS", "Wanted"} and found.group().rstrip().endswith(":"):
            return True
        stands_first = not before or before[-1] in ".;:/" or bool(found["who"])
        return stands_first and (
            self.notes.talk.data or (self.notes.about_data and bool(found["who"] or self.notes.talk.speaker))
        )

    def labelled(self, label: re.Match[str], start: int, end: int) -> list[Piece]:
        kind = data.kind_of(label["data"])
        if label["who"]:
            self.notes.talk.speaker = label["who"]
        if start >= end:
            self.notes.talk.pending = (kind, self.notes.talk.speaker)
            self.notes.source.mark(Stretch.LABEL, label.start(), label.end())
            return []
        entry = Piece(kind, start, end, who=self.notes.talk.speaker, labels=[(label.start("data"), label.end())])
        entry.owner_spans = [label.span("who")] if label["who"] else []
        return self.entry(entry)

    def entry(self, entry: Piece) -> list[Piece]:
        """One entry, and the action that a lost column of actions left at its end."""
        text, start, end = self.text, entry.start, entry.end
        speaker, kind = entry.who, entry.kind
        if data.says_nothing(text[start:end]):
            begun = min([start, *(span[0] for span in entry.labels + entry.owner_spans)])
            return [Piece(Kind.PROSE, begun, end)]
        cut = promises.glued_action(text, start, end) if self.notes.is_table else -1
        if cut > 0:
            entry.end = self.notes.source.trim(start, cut)[1]
            return [*self._asked(entry), self.actions.read_action(cut, end)]
        actions = self._trailing_actions(start, end)
        if actions:
            entry.end = self.notes.source.trim(start, actions[0].start)[1]
            entry.end = start + len(text[start : entry.end].rstrip(" –—-;("))
            return [*self._asked(entry), *actions]
        last = promises.owner_at_end(text, start, end, self.notes.people)
        if last:
            words = self.notes.source.words(start, end)
            message = (
                f"{text[slice(*last[1])]} stands at the end of what {speaker} {kind}: is there an action "
                f'here? Please write "Action:" before it.'
            )
            self.notes.doubts.append(Doubt(last[1][0], words, message, "other", words[:60]))
        return self._asked(entry)

    def _asked(self, entry: Piece) -> list[Piece]:
        """The entry, with a question where nobody is said to speak."""
        if not entry.who:
            words = self.notes.source.words(entry.start, entry.end)
            message = f"{words[:60]}: who {'uses' if entry.kind is Kind.USED else 'wants'} this?"
            self.notes.doubts.append(Doubt(entry.start, words, message, "name", words[:60]))
        return [entry]

    def _trailing_actions(self, start: int, end: int) -> list[Piece]:
        """ "… in one place – AB to start a list", "… for every lock. Ask the Trust – AB": actions behind an entry."""
        cut = list(sentences.split_sentences(self.text, start, end))
        begun, stop = cut[-1] if cut else (start, end)
        if len(cut) > 1 and deeds.is_instruction(self.text[begun:stop]):
            last = promises.owner_at_end(self.text, begun, stop, self.notes.people, closes_cell=self.notes.is_table)
            if last:
                return [Piece(Kind.ACTION, begun, stop, last[0], [last[1]])]
        for found in promises.clauses(self.text, begun, stop, self.notes.people):
            if self.text[begun : begun + found.start("owners")].rstrip().endswith(("–", "—", "-", ";", "(")):
                return promises.actions_of(self.text, begun + found.start("owners"), stop, self.notes.people)
        pieces = promises.actions_of(self.text, begun, stop, self.notes.people, is_table=self.notes.is_table)
        actions = [piece for piece in pieces if piece.kind is Kind.ACTION]
        whole = actions and actions[0].start == start
        return [] if whole or len(actions) != len(pieces) - (pieces[:1] != actions[:1]) else actions

    def _told(self, start: int, end: int) -> list[Piece]:
        """ "AB was using tolls and would like maps": entries told in a sentence."""
        talk = self.notes.talk
        if not (talk.data or self.notes.about_data):
            return []
        if talk.data and talk.spoken and data.IS_WANTED.match(self.text, start, end):
            return self._asked(Piece(Kind.WANTS, start, end, who=talk.spoken))
        last_who = talk.spoken if not talk.others else ""
        # Who has just told what they use may want anything.
        in_item = talk.data or (bool(talk.told_by) and talk.told_by == talk.spoken)
        told = data.told_in(self.text, start, end, self.notes.people, last_who, in_item=in_item)
        talk.told_by = told[-1].who if told else talk.told_by
        pieces: list[Piece] = []
        begun = start
        for entry in told:
            piece = Piece(entry.kind, entry.start, entry.end, who=entry.who, labels=[entry.label])
            before_start, before_end = self.notes.source.trim(begun, entry.label[0])
            before_end = before_start + len(sentences.without_join(self.text[before_start:before_end]))
            since = entry.who_span[1] if entry.who_span and not pieces else before_start
            said = set(self.text[since:before_end].strip(" ,:–-").casefold().split())
            if entry.who_span and not pieces and said <= data.SAID:
                piece.owner_spans = [entry.who_span]
                piece.labels = [(start, entry.who_span[0]), (entry.who_span[1], entry.label[1])]
            elif before_start < before_end and (
                pieces or entry.who_span or len(self.text[since:before_end].split()) > 1
            ):
                if pieces and said <= data.SAID:
                    piece.labels = [(before_start, entry.label[1])]
                else:
                    pieces.append(Piece(Kind.PROSE, before_start, before_end))
            else:
                piece.labels = [(before_start, entry.label[1])]
            pieces += self._asked(piece)
            begun = entry.end
        rest_start, rest_end = self.notes.source.trim(begun, end)
        if pieces and self.text[rest_start:rest_end].strip(" .;,"):
            pieces.append(Piece(Kind.PROSE, rest_start, rest_end))
        elif pieces:
            pieces[-1].end = end
        return pieces

    def told(self, start: int, end: int) -> list[Piece]:
        """Entries told in a sentence; at a round table each part of it may have its own speaker."""
        if not self.notes.talk.data or ";" not in self.text[start:end]:
            return self._told(start, end)
        pieces: list[Piece] = []
        begun = start
        for part in self.text[start:end].split(";"):
            stop = begun + len(part)
            part_start, part_end = self.notes.source.trim(begun, stop)
            if part_start < part_end:
                told = self._told(part_start, part_end)
                pieces += told or [Piece(Kind.PROSE, part_start, part_end)]
                self.actions.remember(part_start, part_end)
            begun = stop + 1
        return pieces if any(piece.kind is not Kind.PROSE for piece in pieces) else []

    def spoken(self, start: int, end: int) -> list[Piece]:
        """ "AB: tolls" under the sub-heading "Used" or "Wants"."""
        speaker = SPEAKER.match(self.text, start, end)
        if not self.notes.talk.section or not speaker:
            return []
        self.notes.talk.speaker = speaker["who"]
        entry = Piece(self.notes.talk.section, speaker.end(), end, who=speaker["who"])
        entry.labels, entry.owner_spans = [(start, speaker.end())], [speaker.span("who")]
        return self.entry(entry)
