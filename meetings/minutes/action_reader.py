"""Actions: whose they are, how many a stretch holds, and whether they are done."""

import re
from dataclasses import dataclass
from itertools import islice

from meetings.minutes import data, deeds, promises, sentences
from meetings.minutes import owners as who
from meetings.minutes.dates import find_dates, resolve
from meetings.minutes.doubts import Doubt
from meetings.minutes.owners import OWNERS, owners_in
from meetings.minutes.rows import Row
from meetings.minutes.sentences import Piece
from meetings.minutes.structure import Kind
from meetings.minutes.talk import Notes

NAMED_ACTION = re.compile(rf"(?P<owners>{OWNERS})\s?(?::\s*|[–-]\s+)(?=\S)")
# After "Action:", two capitals are somebody's initials, whether or not the lists have them.
SURE_OWNER = re.compile(rf"{who.GROUPS}|(?!AM|PM|UK|EU|US|IT|OK|TV)[A-Z]{{2}}")
# A row of a list of actions that gives each its own number.
ROW_NUMBER = re.compile(r"(?:\d{6,8}-\d{1,3}|\d{1,2}/\d{1,2}/\d{2,4}-\d{1,3}|[A-Z]\d{1,3}[.):]|AP ?\d{1,3}[.):]?)\s+")
REPORTED = re.compile(r"\b(?:reported|has|have|had|was|were|done|completed|confirmed|said|did|been)\b")
STATUS = re.compile(
    r"[\[(–—:.-]?\s*(?P<status>done|complete[d]?|discharged|closed|actioned|finished|all done"
    r"|achieved)\s*[\])]?\s*[.!]?",
    re.IGNORECASE,
)
ENDS_DONE = re.compile(
    r"(?:(?:[:;–—]|\s-|\.|\t| {3})\s*|\(|\[|\s(?=DONE|COMPLETED?)|(?<=[A-Z]{2})\s)(?:DONE|[Dd]one|COMPLETED?"
    r"|[Cc]ompleted?"
    r"|[Dd]ischarged"
    r"|[Cc]losed|CLOSED|[Aa]ctioned)\s*[\])]?[.!]?$"
)
# More dates than any action names.
MOST_DATES = 20
# Longer than any action as a secretary writes it.
MOST_OF_AN_ACTION = 2_000


@dataclass
class ActionReader:
    """Reads the actions of one text."""

    notes: Notes

    def __post_init__(self) -> None:
        self.text = self.notes.source.plain

    def read_action(self, start: int, end: int, *, closes_row: bool = False) -> Piece:
        """An action with the owners that stand at its end or open it."""
        text = self.text
        cut = list(sentences.split_sentences(text, start, end)) if end - start < MOST_OF_AN_ACTION else []
        owners, span = self.owners_alone(*cut[-1]) if len(cut) > 1 else ((), (0, 0))
        if owners:
            return Piece(Kind.ACTION, start, end, owners, [span])
        only = re.fullmatch(rf"{OWNERS}\s*[.]?", text[start:end]) if end - start < 120 else None
        if only and self.are_owners(owners_in(only.group())):
            return Piece(Kind.ACTION, start, end, owners_in(only.group()), [(start, end)])
        last = promises.owner_at_end(
            text, start, end, self.notes.people, in_list=True, closes_cell=closes_row and self.notes.is_table
        )
        found = promises.clauses(text, start, end, self.notes.people, label=True)
        opens = bool(found) and found[0].start("owners") == 0
        if last and not (opens and last[1][0] - start > 0 and text[last[1][0] - 1] in "(["):
            return Piece(Kind.ACTION, start, end, last[0], [last[1]])
        if (
            found
            and found[0].start("owners") < 60
            and not promises.PASSIVE.match(text, start + found[0].start("verb"), end)
        ):
            span = (start + found[0].start("owners"), start + found[0].end("owners"))
            return Piece(Kind.ACTION, start, end, owners_in(found[0]["owners"]), [span])
        opening = promises.OWNERS_FIRST.match(text, start, end)
        if opening:
            owners = owners_in(opening["owners"])
            if all(who.is_listed(owner, self.notes.people) or SURE_OWNER.fullmatch(owner) for owner in owners) or (
                opening["promise"] and all(who.is_initials(owner) for owner in owners)
            ):
                return Piece(Kind.ACTION, start, end, owners, [opening.span("owners")])
        return Piece(Kind.ACTION, start, end)

    def labelled(self, label: tuple[int, int] | None, start: int, end: int, *, closes_row: bool = False) -> list[Piece]:
        """What follows "Action:": one action, or as many as there are sentences that begin with an owner."""
        text = self.text
        cut = list(sentences.split_sentences(text, start, end))
        done = ENDS_DONE.search(text[start:end])
        if done and all(ENDS_DONE.search(text[slice(*one)]) or REPORTED.search(text[slice(*one)]) for one in cut):
            outcome = sentences.outcome_of(self.notes.source.words(start, end))
            return [Piece(Kind.REVIEW, start, end, outcome=outcome, labels=[label] if label else [])]
        edges = [start]
        for sentence_start, sentence_end in cut[1:]:
            found = promises.clauses(text, sentence_start, sentence_end, self.notes.people, label=True)
            if found and found[0].start("owners") == 0:
                edges.append(sentence_start)
        edges.append(end)
        pieces = []
        for index in range(len(edges) - 1):
            piece_start, piece_end = self.notes.source.trim(edges[index], edges[index + 1])
            pieces.append(self.read_action(piece_start, piece_end, closes_row=closes_row and index == len(edges) - 2))
        pieces = self._several(pieces)
        if label:
            pieces[0].labels.append(label)
        return self.with_status(pieces)

    def _several(self, pieces: list[Piece]) -> list[Piece]:
        """ "AB to write, CD to ring": an action each."""
        found: list[Piece] = []
        for piece in pieces:
            parts = promises.actions_of(self.text, piece.start, piece.end, self.notes.people)
            is_split = len(parts) > 1 and parts[0].start == piece.start and all(part.owners for part in parts)
            found += parts if is_split and all(part.kind is Kind.ACTION for part in parts) else [piece]
        return found

    def with_status(self, pieces: list[Piece]) -> list[Piece]:
        """An action that ends "DONE" is none any more: the line tells what became of one."""
        for piece in pieces:
            if piece.kind is Kind.ACTION and ENDS_DONE.search(self.text[max(piece.start, piece.end - 40) : piece.end]):
                piece.kind, piece.owners, piece.owner_spans, piece.outcome = Kind.REVIEW, (), [], "done"
        return pieces

    def take_mark(self, piece: Piece) -> None:
        """ "AB will ring the Trust [Action AB/NO]": the mark says who does it, whatever the words say."""
        mark = promises.mark_at_end(self.text, piece.start, piece.end, self.notes.people)
        if mark and piece.kind is Kind.ACTION:
            piece.owners, piece.owner_spans = mark[0], [mark[1]]

    def promised(self, start: int, end: int) -> list[Piece]:
        return promises.actions_of(self.text, start, end, self.notes.people)

    def of_label(self, label: re.Match[str], start: int, end: int) -> list[Piece]:
        """ "Action AB: ring the Trust"."""
        piece = Piece(Kind.ACTION, start, end, owners_in(label["owner"]), [label.span("owner")])
        piece.labels = [(label.start(), label.start("owner")), (label.end("owner"), label.end())]
        return self.with_status([piece])

    def opens_with_owner(self, start: int, end: int) -> bool:
        found = promises.clauses(self.text, start, end, self.notes.people, label=True)
        return bool(found) and found[0].start("owners") == 0

    def closes_with_owner(self, start: int, end: int) -> bool:
        return promises.owner_at_end(self.text, start, end, self.notes.people, in_list=True) is not None

    def is_instruction(self, start: int, end: int) -> bool:
        words = self.text[start:end]
        return deeds.is_instruction(words) and not deeds.PAST_DEED.search(words)

    def listed(self, row: Row, start: int, end: int) -> list[Piece]:
        """A row of a list of actions: with a number of its own, or, under such a heading, "Ann Hill: write"."""
        text = self.text
        number = ROW_NUMBER.match(text, start, end)
        if number and (self.opens_with_owner(number.end(), end) or self.closes_with_owner(number.end(), end)):
            return self.labelled((start, number.end()), number.end(), end)
        if not self.notes.talk.actions:
            return []
        named = NAMED_ACTION.match(text, start, end)
        if named and (row.is_bullet or self.are_owners(owners_in(named["owners"]))):
            piece = Piece(Kind.ACTION, start, end, owners_in(named["owners"]), [named.span("owners")])
            return self.with_status([piece])
        if (
            self.opens_with_owner(start, end)
            or self.closes_with_owner(start, end)
            or ((row.is_bullet or deeds.is_instruction(text[start:end])) and self.is_instruction(start, end))
        ):
            return self.labelled(None, start, end, closes_row=True)
        return []

    def owners_alone(self, start: int, end: int, *, is_row: bool = False) -> tuple[tuple[str, ...], tuple[int, int]]:
        """A sentence of nothing but owners, or "Action: AB": they do what the sentence before it says."""
        text = self.text
        if end - start > promises.LAST:
            return (), (0, 0)
        marked = promises.ACTION_MARK.fullmatch(text[start:end].strip("[]() "))
        if marked:
            owners = owners_in(marked["owners"])
            if self.are_owners(owners) or (is_row and all(who.may_own(owner, self.notes.people) for owner in owners)):
                at = text.index(marked["owners"], start)
                return owners, (at, at + len(marked["owners"]))
        acting = promises.OWNERS_TO_ACT.fullmatch(text, start, end)
        if acting:
            named = "initials" if acting["initials"] else "owners"
            owners = owners_in(acting[named])
            if self.are_owners(owners):
                return owners, acting.span(named)
        only = who.OWNERS_ONLY.fullmatch(text, start, end)
        owners = owners_in(only["owners"]) if only else ()
        if any(self.notes.people.has(owner) for owner in owners):
            return owners, only.span("owners")
        return (), (0, 0)

    def owners_of_row(self, row: Row, before: list[Piece]) -> bool:
        """A row of nothing but owners, or "ACTION: AB": they do what the line above it says last."""
        owners, span = self.owners_alone(row.start, row.end, is_row=True)
        last = before[-1] if before else None
        if not owners or last is None or last.kind not in {Kind.PROSE, Kind.DECISION, Kind.ACTION} or last.owners:
            return False
        if last.kind is not Kind.ACTION:
            cut = list(sentences.split_sentences(self.text, last.start, last.end))
            begun = cut[-1][0] if cut else last.start
            if begun > last.start:
                last.end = self.notes.source.trim(last.start, begun)[1]
                last = Piece(Kind.ACTION, begun, row.end)
                before.append(last)
        last.kind, last.owners, last.end = Kind.ACTION, owners, row.end
        last.owner_spans = [span]
        return True

    def are_owners(self, owners: tuple[str, ...]) -> bool:
        return bool(owners) and all(
            who.is_listed(owner, self.notes.people) or who.is_group(owner) or who.is_initials(owner) for owner in owners
        )

    def remember(self, start: int, end: int) -> None:
        """Who spoke in a sentence, for the one that begins "She will"."""
        words = self.text[start : min(end, start + 400)]
        subject = promises.subject_of(words, self.notes.people) or data.unlisted(words)
        if subject:
            self.notes.talk.spoken = subject
            self.notes.talk.others = tuple(promises.others_in(words[:200], self.notes.people, subject))

    def by_pronoun(self, start: int, end: int) -> list[Piece]:
        """ "She will check", "Will contact": whoever was spoken of last, if that is plain; else it is asked."""
        words = self.text[start : min(end, start + 300)]
        found = promises.PRONOUN.search(words) if words[:1].isupper() else None
        dropped = promises.DROPPED.match(words)
        found = found if found and found.start() == 0 else dropped
        if not found or found["verb"] not in deeds.DEEDS or not self.notes.talk.spoken:
            return []
        piece = Piece(Kind.ACTION, start, end)
        named = owners_in(self.notes.talk.spoken)
        pronoun = found.groupdict().get("who") or ""
        is_plural = pronoun in {"They", "Both", "The two of them"}
        if is_plural and len(named) == 1 and len(self.notes.talk.others) == 1:
            piece.owners = (*named, *self.notes.talk.others)
        elif not self.notes.talk.others and (len(named) == 1 or is_plural or not pronoun):
            piece.owners = named
        else:
            choices = (*named, *self.notes.talk.others)
            message = f"{self.notes.source.words(start, end)[:60]}: who is to do this? {' or '.join(choices)}?"
            self.notes.doubts.append(
                Doubt(start, self.notes.source.words(start, end), message, "name", words[:60], choices)
            )
        return [piece]

    def is_bare(self, start: int, end: int) -> bool:
        """ "Invite X to update" at the end of a table's row: a note of the column of actions that names no owner."""
        words = self.text[start:end].split()
        return (
            bool(deeds.OPENS_NOTE.match(self.text, start, end))
            and 3 <= len(words) <= 20
            and not {"is", "was", "are", "were"} & set(words)
        )

    def add_due(self, piece: Piece) -> None:
        """What the words of an action say about when it is due, or a column of its own."""
        text = self.text
        if piece.due:
            written = next(find_dates(piece.due), None)
            piece.due_on = resolve(written, near=self.notes.near, after=True)[0] if written else None
            return
        for written in islice(find_dates(text, piece.start, piece.end), MOST_DATES):
            if sentences.DUE_DATE.search(text[max(piece.start, written.start - 40) : written.start]):
                piece.due_on, problem = resolve(written, near=self.notes.near, after=True)
                piece.due = self.notes.source.words(written.start, written.end)
                if problem:
                    self.notes.doubts.append(
                        Doubt(
                            written.start,
                            self.notes.source.words(piece.start, piece.end),
                            problem,
                            "date",
                            written.text,
                        )
                    )
                return
        found = sentences.DUE.search(text, piece.start, piece.end)
        if found:
            piece.due = self.notes.source.words(*found.span("due"))
