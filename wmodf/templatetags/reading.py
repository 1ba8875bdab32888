"""How records read on a page, for the reader at hand. No filter makes a query: fetch what it needs before."""

from datetime import date
from typing import Any

from django import template
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from actions.models import Action, ActionUpdate
from meetings.feed import told_of
from meetings.lives import Step, life_of
from meetings.minutes.structure import Kind
from meetings.models import Event, Meeting, MinuteLine, Minutes
from meetings.pages import minutes_for as minutes_of_meeting
from members.naming import mask_emails
from wishlists.models import Entry
from wmodf.lib import sight
from wmodf.lib.sight import may_see
from wmodf.lib.words import untranslated

register = template.Library()


@register.filter
def name_for(record: Any, user: object) -> str:  # noqa: ANN401 (whatever names somebody)
    """The name of a person, or of whom a record names, as this reader may see it."""
    return mask_emails(record.name_for(user))


@register.filter
def who_for(record: Any, user: object) -> str:  # noqa: ANN401 (an entry)
    """Whose an entry is, as this reader may see them."""
    return mask_emails(record.who_for(user))


@register.filter
def owners_for(action: Action, user: object) -> str:
    """The action's owners as this reader may see them: "Ada Birch and the Secretary"."""
    return get_text_list([name_for(owner, user) for owner in action.owners.all()], _("and"))


@register.filter
def due_text_for(action: Action, user: object) -> str:
    """The action's due date in words as this reader may see it."""
    return action.due_text_for(user)


@register.filter
def title_for(meeting: Meeting | Event, user: object) -> str:
    """The title of a meeting or an event as this reader may see it."""
    return meeting.title_for(user)


@register.filter
def venue_for(meeting: Meeting, user: object) -> str:
    """The meeting's venue as this reader may see it."""
    return meeting.venue_for(user)


@register.filter
def host_for(meeting: Meeting, user: object) -> str:
    """The meeting's host as this reader may see it; fetch it before."""
    return meeting.host_for(user)


@register.filter
def place_for(event: Event, user: object) -> str:
    """The event's place as this reader may see it."""
    return event.place_for(user)


@register.filter
def description_for(event: Event, user: object) -> str:
    """The event's description as this reader may see it."""
    return event.description_for(user)


@register.filter
def link_for(event: Event, user: object) -> str:
    """The event's link if this reader may have it."""
    return event.link_for(user)


@register.filter
def role_for(attendance: Any, user: object) -> str:  # noqa: ANN401 (an attendance)
    """The role that somebody had that day as this reader may see it."""
    return attendance.role_for(user)


@register.filter
def representing_for(attendance: Any, user: object) -> str:  # noqa: ANN401 (an attendance)
    """The organisation that somebody spoke for that day as this reader may see it; fetch it before."""
    return attendance.representing_for(user)


@register.filter
def note_for(attendance: Any, user: object) -> str:  # noqa: ANN401 (an attendance)
    """The remark beside a name as this reader may see it."""
    return attendance.note_for(user)


@register.filter
def minutes_for(meeting: Meeting, user: object) -> Minutes | None:
    """The meeting's minutes if this reader may read them."""
    return minutes_of_meeting(meeting, user)


@register.filter
def change_told(meeting: Meeting) -> str:
    """Why the meeting was moved or cancelled, as everyone may read it; fetch its changes before."""
    return told_of(meeting, meeting.changes.all())


@register.filter
def lines_for(record: Any, user: object) -> list[MinuteLine]:  # noqa: ANN401 (an action or entry)
    """The first line of each meeting that is about the record and that this reader may read, oldest meeting first."""
    lines = [line for line in record.lines.all() if line.kind != Kind.LEFT_OUT and may_see(line, user)]
    by_meeting = {line.meeting_id: line for line in reversed(lines)}
    return sorted(by_meeting.values(), key=lambda line: (line.meeting.on, line.meeting_id))


@register.filter
def words_for(row: Any, user: object) -> str:  # noqa: ANN401 (any row that carries its sight)
    """The words of a line that this reader may read."""
    return sight.words_for(row, user)


@register.filter
def latest_update(action: Action) -> ActionUpdate | None:
    """The latest word on the action that counts, said or minuted; None where there is none."""
    said = [update for update in action.updates.all() if not update.is_draft]
    return said[-1] if said else None


@register.filter
def latest_word(action: Action) -> ActionUpdate | None:
    """The latest word on the action, one in draft notes too: for the secretary alone."""
    return next(reversed(action.updates.all()), None)


@register.filter
def as_line(entry: Entry) -> str:
    """The entry as a line to put into a meeting's notes, which then tell of it: "AB: Wants: Tree positions [D4]"."""
    who = entry.person.shown_initials() if entry.person is not None else entry.person_name
    kind = untranslated(entry.get_kind_display()).capitalize()
    return f"{who}: {kind}: {' '.join(entry.text.split())} [{entry.reference}]"


@register.filter
def life_for(action: Action, user: object) -> list[Step]:
    """What became of the action, step by step, as far as this reader may know of it."""
    return life_of(action, user=user)


@register.filter
def is_overdue(action: Action, today: date) -> bool:
    """Whether the action is open though its due date has passed."""
    return action.is_overdue(on=today)


@register.filter
def without_addresses(text: str) -> str:
    """The text without e-mail addresses."""
    return mask_emails(text)
