"""How records read on a page, for the reader at hand. No filter makes a query: fetch what it needs before."""

from datetime import date
from typing import Any

from django import template
from django.utils.text import get_text_list

from actions.models import Action
from meetings.minutes.structure import Kind
from meetings.models import Meeting, MinuteLine, Minutes
from meetings.pages import minutes_for as minutes_of_meeting
from members.naming import mask_emails
from wmodf.lib.sight import may_see

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
    return get_text_list([name_for(owner, user) for owner in action.owners.all()], "and")


@register.filter
def due_text_for(action: Action, user: object) -> str:
    """The action's due date in words as this reader may see it."""
    return action.due_text_for(user)


@register.filter
def note_for(attendance: Any, user: object) -> str:  # noqa: ANN401 (an attendance)
    """The remark beside a name as this reader may see it."""
    return attendance.note_for(user)


@register.filter
def minutes_for(meeting: Meeting, user: object) -> Minutes | None:
    """The meeting's minutes if this reader may read them."""
    return minutes_of_meeting(meeting, user)


@register.filter
def lines_for(record: Any, user: object) -> list[MinuteLine]:  # noqa: ANN401 (an action or entry)
    """The first line of each meeting that is about the record and that this reader may read, oldest meeting first."""
    lines = [line for line in record.lines.all() if line.kind != Kind.LEFT_OUT and may_see(line, user)]
    by_meeting = {line.meeting_id: line for line in reversed(lines)}
    return sorted(by_meeting.values(), key=lambda line: (line.meeting.on, line.meeting_id))


@register.filter
def is_overdue(action: Action, today: date) -> bool:
    """Whether the action is open though its due date has passed."""
    return action.is_overdue(on=today)


@register.filter
def without_addresses(text: str) -> str:
    """The text without e-mail addresses."""
    return mask_emails(text)
