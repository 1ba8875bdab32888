"""How a meeting's notes begin: a text made of the meeting, its agenda and the replies, which nobody has saved."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from meetings.minutes.opening_text import Form, Proposal, propose
from meetings.minutes.structure import ItemDoc, MinutesDoc
from meetings.models import Meeting
from meetings.record.attending import Seat, expected
from meetings.records.agendas import AgendaItem, StandingItem

SAID = _(
    "This text was made of the agenda and the replies, and is not saved: change it as you like."
    " Who has not answered stands in no list."
)


def house_form() -> Form:
    """The group's own layout, NOTES_LAYOUT."""
    return Form(settings.NOTES_LAYOUT)


def opening_of(meeting: Meeting, *, seats: list[Seat], form: Form | None = None) -> Proposal:
    """The text to begin with, in the group's layout unless told otherwise."""
    return propose(_doc(meeting, seats), form=form or house_form())


def is_worth_opening(meeting: Meeting, *, seats: Iterable[Seat]) -> bool:
    """Whether anything is known of the meeting that notes could begin with.

    Where nothing is, old notes are about to be pasted: a text in the box would be in their way.
    """
    return any(seat.reply for seat in seats) or meeting.agenda.on_agenda().exists() or meeting.attendances.exists()


def is_opening(text: str, meeting: Meeting, *, seats: list[Seat]) -> bool:
    """Whether the text is an opening, in any form, to which nothing was added."""
    doc = _doc(meeting, seats)
    return any(_bare(text) == _bare(propose(doc, form=form).text) for form in Form)


def agenda_of(meeting: Meeting) -> list[AgendaItem | StandingItem]:
    """The agenda's items in order; where nobody has made one, the group's standing items."""
    return list(meeting.agenda.on_agenda().with_people()) or list(StandingItem.objects.all())


def _doc(meeting: Meeting, seats: list[Seat]) -> MinutesDoc:
    return MinutesDoc(
        title=meeting.title,
        on=meeting.on,
        starts=meeting.starts,
        ends=meeting.ends,
        place=meeting.venue,
        attendees=tuple(expected(meeting, seats)),
        items=tuple(
            ItemDoc(title=item.title, number=str(number), is_confidential=getattr(item, "is_confidential", False))
            for number, item in enumerate(agenda_of(meeting), start=1)
        ),
    )


def _bare(text: str) -> str:
    return " ".join(text.split())
