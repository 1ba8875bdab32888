"""Meetings that a line of notes names: those announced as the next, and those whose notes are agreed."""

from collections.abc import Collection
from datetime import date, time

from meetings import indexing
from meetings.minutes.structure import Kind, Line
from meetings.models import Meeting, MinuteLine, Minutes
from wmodf.lib.clocks import exists_in_london


def meetings_by_day(days: Collection[date]) -> dict[date, Meeting]:
    """The meeting on each of these days, where there is one; of several the one that goes ahead, else the first."""
    found = Meeting.objects.filter(on__in=days).select_related("host") if days else ()
    return {one.on: one for one in sorted(found, key=lambda one: (not one.is_cancelled, -one.pk))}


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
    """Delete a meeting that only a draft's line named, nobody was ever told of and nobody has begun to prepare."""
    is_unknown = meeting.status == Meeting.Status.TENTATIVE and meeting.revised_at is None
    begun = (
        meeting.lines_naming_it,
        meeting.attendances,
        Minutes.objects.filter(meeting=meeting),
        meeting.agenda,
        meeting.items_put_aside,
        meeting.papers,
        meeting.originals,
        meeting.drafts,
        meeting.replies,
    )
    if is_unknown and not any(rows.exists() for rows in begun):
        key = meeting.pk
        meeting.delete()
        indexing.index(meetings=[key])
