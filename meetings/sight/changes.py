"""What everyone may read of why meetings were moved or cancelled: without withheld names and e-mail addresses."""

from meetings.models import Meeting
from meetings.records.changes import Change
from meetings.sight.discretion import near, save_sight, set_sight
from members.naming import Discretion


def public_reason(meeting: Meeting, reason: str, discretion: Discretion) -> str:
    """The reason as everyone may read it."""
    return discretion.public(reason, near=near([meeting.pk], discretion)[meeting.pk])[:300]


def show_reasons(discretion: Discretion) -> list[Meeting]:
    """Write all public reasons anew, and give the meetings whose calendar events say something else now."""
    changes = list(Change.objects.exclude(reason="").select_related("meeting__host"))
    close_to = near({change.meeting_id for change in changes}, discretion)
    for change in changes:
        words = discretion.public(change.reason, near=close_to[change.meeting_id])[:300]
        set_sight(change, public_reason=words)
    save_sight(Change, changes)
    return list({one.meeting_id: one.meeting for one in changes if one.sight_changed}.values())
