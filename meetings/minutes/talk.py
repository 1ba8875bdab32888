"""What the readers of one text share: the text, who was there, and what the talk is of just now."""

from dataclasses import dataclass, field
from datetime import date

from meetings.minutes import data
from meetings.minutes.doubts import Doubt
from meetings.minutes.names import People
from meetings.minutes.sentences import Piece
from meetings.minutes.source import Source
from meetings.minutes.structure import Kind


@dataclass
class Talk:
    """What goes over from one paragraph to the next: who is speaking, what the last label and the heading opened."""

    speaker: str = ""
    section: Kind | None = None
    pending: tuple[Kind, str] | None = None
    # What the item's heading says it is about.
    next_meetings: bool = False
    actions: bool = False
    data: bool = False
    notes: bool = False
    agreed_day: tuple[int, int] | None = None
    has_agreed: bool = False
    # Who spoke last, and how many others were named there.
    spoken: str = ""
    others: tuple[str, ...] = ()
    # Who told, in this paragraph, what they use.
    told_by: str = ""
    meetings: list[Piece] = field(default_factory=list)


@dataclass
class Notes:
    """One text while its body is read; ``near`` is the day of the meeting, if known."""

    source: Source
    people: People
    near: date | None
    is_table: bool = False
    doubts: list[Doubt] = field(default_factory=list)
    talk: Talk = field(default_factory=Talk)
    # The words of the group's own name.
    own_words: frozenset[str] = frozenset()
    about_data: bool = False

    def __post_init__(self) -> None:
        self.about_data = data.is_data_group(self.source.plain)
