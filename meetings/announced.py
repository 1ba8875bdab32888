"""Meetings that a line of notes names: those announced as the next, and those whose notes are agreed."""

from datetime import time

from meetings.minutes.structure import Kind, Line
from meetings.models import Meeting, MinuteLine, Minutes
from wmodf.lib.dates import exists_in_london


def name_in_agreed(meeting: Meeting) -> None:
    """Let the lines that agree the notes of the meeting's day, recorded before it was known, point to it."""
    lines = MinuteLine.objects.filter(kind=Kind.AGREED, names_on=meeting.on, named_meeting=None)
    lines.exclude(meeting=meeting).update(named_meeting=meeting)


def times_of(line: Line) -> tuple[time | None, time | None]:
    """When the meeting that the line names starts and ends, as far as clocks in Britain show it."""
    if line.on is None or line.starts is None or not exists_in_london(line.on, line.starts):
        return None, None
    return line.starts, line.ends if line.ends and line.ends > line.starts else None


def forget(meeting: Meeting) -> None:
    """Delete a meeting that only a draft's line named and nobody was ever told of."""
    is_unknown = meeting.status == Meeting.Status.TENTATIVE and meeting.revised_at is None
    if is_unknown and not (
        meeting.lines_naming_it.exists()
        or meeting.attendances.exists()
        or Minutes.objects.filter(meeting=meeting).exists()
    ):
        meeting.delete()
