"""Turns what was read into the parts of a document, each with where it stands in the notes."""

from collections.abc import Iterable

from meetings.minutes.doubts import Doubt
from meetings.minutes.names import Entry
from meetings.minutes.sentences import Piece
from meetings.minutes.source import Source
from meetings.minutes.structure import Attendee, Kind, Line, Presence, Problem, Stretch

STRETCH = {
    Kind.PROSE: Stretch.PROSE,
    Kind.ACTION: Stretch.ACTION,
    Kind.REVIEW: Stretch.ACTION,
    Kind.DECISION: Stretch.DECISION,
    Kind.USED: Stretch.USED,
    Kind.WANTS: Stretch.WANTS,
    Kind.NEXT_MEETING: Stretch.NEXT_MEETING,
    Kind.AGREED: Stretch.AGREED,
    Kind.LEFT_OUT: Stretch.LEFT_OUT,
}


def paint(source: Source, piece: Piece) -> None:
    """Remember what became of a piece's stretch, its label and its owners."""
    source.mark(STRETCH[piece.kind], piece.start, piece.end)
    for span in piece.labels:
        source.mark(Stretch.LABEL, *span)
    for span in piece.owner_spans:
        source.mark(Stretch.OWNER, *span)


def attendee(source: Source, entry: Entry, presence: Presence) -> Attendee:
    """One name of the lists."""
    return Attendee(
        name=entry.name,
        presence=presence,
        organisation=entry.organisation,
        role=entry.role,
        initials=entry.initials,
        note=", ".join(note for note in entry.notes if note),
        source=source.spans(entry.start, entry.end),
    )


def lines(source: Source, pieces: Iterable[Piece]) -> tuple[Line, ...]:
    """The lines; one of nothing but dashes and stars says nothing."""
    found = []
    for piece in pieces:
        text = source.words(piece.start, piece.end)
        if text.strip("-–—*_=|>· ") or piece.kind is Kind.LEFT_OUT:
            found.append(_line(source, piece, text))
    return tuple(found)


def _line(source: Source, piece: Piece, text: str) -> Line:
    return Line(
        kind=piece.kind,
        text=text,
        owners=piece.owners,
        due=piece.due,
        due_on=piece.due_on,
        outcome=piece.outcome,
        who=piece.who,
        on=piece.on,
        starts=piece.starts,
        ends=piece.ends,
        host=piece.host,
        place=piece.place,
        note=piece.note,
        reference=piece.reference,
        is_confidential=piece.is_confidential,
        source=source.spans(piece.start, piece.end),
    )


def problems(source: Source, doubts: Iterable[Doubt]) -> tuple[Problem, ...]:
    """The doubts in the order of the notes, as questions to the secretary."""
    return tuple(
        Problem(
            line=source.line_at(doubt.at),
            text=doubt.text,
            message=doubt.message,
            code=doubt.code,
            subject=doubt.subject,
            choices=doubt.choices,
        )
        for doubt in sorted(doubts, key=lambda doubt: doubt.at)
    )
