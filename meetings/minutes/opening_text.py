"""The text with which empty notes open, in a house layout or the project's own form; it reads back as what it says.

Whatever is to stand in it (a title, a deputy's name, an item that a member proposed) was typed by somebody, and may
look like something else in notes. So each text is read before it is proposed; what would be taken for something else
is written more plainly, or left out and named.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from meetings.minutes import reader
from meetings.minutes.documents.layouts import HEADS, Cover, Layout, lay_out
from meetings.minutes.documents.plain import to_plain
from meetings.minutes.source import plain_copy, tidy
from meetings.minutes.structure import Attendee, ItemDoc, MinutesDoc, Presence
from meetings.minutes.text import to_text

ORDER = tuple(Presence)
One = TypeVar("One", Attendee, ItemDoc)


class Form(StrEnum):
    """The forms in which notes may begin: the house layouts, and the project's own."""

    TABLE = "table"
    COLUMNS = "columns"
    HIGHLIGHTS = "highlights"
    OWN = "own"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A text to begin with, what it says, and a sentence on each thing that could not be put into it."""

    text: str
    doc: MinutesDoc
    said: tuple[str, ...] = ()


def propose(doc: MinutesDoc, *, form: Form) -> Proposal:
    """The opening of a meeting's notes. Of `doc`, title, day, times, place, attendees and headings are taken.

    The highlights have heads of their own in place of the agenda's.
    """
    if form is Form.HIGHLIGHTS:
        doc = replace(doc, items=tuple(ItemDoc(title=head) for head in HEADS))
    doc = _plain(doc)
    if _reads_back(doc, form):
        return Proposal(text=_write(doc, form), doc=doc)
    trial = _Trial(form)
    kept = trial.cover(doc)
    kept = _with(kept, trial.added(kept, doc.attendees))
    kept = _with(kept, trial.added(kept, doc.items))
    return Proposal(text=_write(kept, form), doc=kept, said=tuple(trial.said))


def _write(doc: MinutesDoc, form: Form) -> str:
    if form is Form.OWN:
        return to_text(doc)
    # The highlights' own layout leaves headings out, and these are to be filled.
    layout = Layout.COLUMNS if form is Form.COLUMNS else Layout.TABLE
    return to_plain(lay_out(doc, layout=layout, cover=Cover()))


def _reads_back(doc: MinutesDoc, form: Form) -> bool:
    return reader.read(_write(doc, form), year_from=doc.on) == doc


def _plain(doc: MinutesDoc) -> MinutesDoc:
    """The document with its words tidied as the reader tidies them, the lists in their usual order."""
    attendees = sorted(doc.attendees, key=lambda attendee: ORDER.index(attendee.presence))
    return MinutesDoc(
        title=_words(doc.title),
        on=doc.on,
        starts=doc.starts,
        ends=doc.ends,
        place=_words(doc.place),
        attendees=tuple(
            Attendee(
                name=_words(one.name),
                presence=one.presence,
                organisation=_words(one.organisation),
                role=_words(one.role),
                initials=_words(one.initials),
                note=_words(one.note),
            )
            for one in attendees
        ),
        items=tuple(
            ItemDoc(title=_words(item.title), number=_words(item.number), is_confidential=item.is_confidential)
            for item in doc.items
        ),
    )


@dataclass
class _Trial:
    """Finds out how much of an opening reads back, and says what does not."""

    form: Form
    said: list[str] = field(default_factory=list)

    def cover(self, doc: MinutesDoc) -> MinutesDoc:
        """As much of title, day, times and place as reads back."""
        whole = replace(doc, attendees=(), items=())
        for kept, missing in (
            (whole, ""),
            (replace(whole, place=""), f"the place ({doc.place})"),
            (replace(whole, title=""), f"the title ({doc.title})"),
            (replace(whole, title="", place=""), f"the title ({doc.title}) and the place ({doc.place})"),
            (MinutesDoc(on=doc.on), "anything but the date"),
        ):
            if _reads_back(kept, self.form):
                if missing:
                    self.said.append(f"Not put in, since it would be read as something else: {missing}.")
                return kept
        self.said.append("Title, date and place would be read as something else: write them yourself.")
        return MinutesDoc()

    def added(self, kept: MinutesDoc, more: Sequence[One]) -> list[One]:
        """As many of these as read back behind what is there; in halves, since most do and reading takes time."""
        if not more or _reads_back(_with(kept, more), self.form):
            return list(more)
        if len(more) > 1:
            half = len(more) // 2
            first = self.added(kept, more[:half])
            return first + self.added(_with(kept, first), more[half:])
        for other in _plainer(more[0]):
            if other != more[0] and _reads_back(_with(kept, [other]), self.form):
                return [other]
        words = more[0].name if isinstance(more[0], Attendee) else more[0].title
        self.said.append(f"“{words}” is not put in, since it would be read as something else: write it yourself.")
        return []


def _with(doc: MinutesDoc, more: Sequence[Attendee] | Sequence[ItemDoc]) -> MinutesDoc:
    """The document with more attendees, or more items."""
    if not more:
        return doc
    name = "attendees" if isinstance(more[0], Attendee) else "items"
    return replace(doc, **{name: (*getattr(doc, name), *more)})


def _plainer(one: One) -> list[One]:
    """The same with less beside it: what to try where it does not read back as it is, the fullest first."""
    if isinstance(one, Attendee):
        return [
            replace(one, note=""),
            replace(one, organisation=""),
            replace(one, note="", organisation=""),
            replace(one, note="", organisation="", role="", initials=""),
        ]
    # "Open Data Day: 7 March" would be a heading and a line below it.
    dashed = replace(one, title=_words(one.title.replace(": ", " – ").rstrip(":")))
    return [dashed, replace(one, number=""), replace(dashed, number="")]


def _words(text: str) -> str:
    return tidy(plain_copy(text, hyphens=False)).strip()
