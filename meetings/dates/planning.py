"""What is planned around some days, and a year's dates made meetings at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction

from meetings import publishing
from meetings.dates import announced
from meetings.dates.clashes import Known, Planned
from meetings.models import Event, Meeting
from wmodf.lib.models import Revision

COMPARED = 12  # former meetings, by which a weekday is usual or not


def known_around(days: Iterable[date], *, today: date) -> Known:
    """What is planned in the weeks of these days, and when the group met last; three queries, none for no day."""
    days = sorted(days)
    if not days:
        return Known()
    first, last = days[0] - timedelta(days=6), days[-1] + timedelta(days=6)
    meetings = Meeting.objects.going_ahead().filter(on__gte=first, on__lte=last).order_by("on", "starts", "pk")
    events = Event.objects.going_ahead().between(first, last)
    met_on = Meeting.objects.going_ahead().past(on=today).values_list("on", flat=True)[:COMPARED]
    return Known(
        planned=[
            *(
                Planned(name=one.title, on=one.on, until=one.on, starts=one.starts, key=one.pk)
                for one in meetings.only("title", "on", "starts")
            ),
            *(
                Planned(name=one.title, on=one.on, until=one.last_day, starts=one.starts, key=one.pk, is_meeting=False)
                for one in events.only("title", "on", "until", "starts")
            ),
        ],
        met_on=list(met_on),
    )


@dataclass
class Listed:
    """What became of a list of dates: the meetings made, those that were there already, and of them those filled in."""

    made: list[Meeting] = field(default_factory=list)
    there: list[Meeting] = field(default_factory=list)
    filled: list[Meeting] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ListedDate:
    """One meeting of the list, not saved, and whether it may fill what a meeting lacks that is there that day."""

    meeting: Meeting
    fills: bool = False


@transaction.atomic
def plan(dates: Sequence[ListedDate], *, is_announced: bool, now: datetime) -> Listed:
    """Make the meetings of a list, all or nothing; a day on which there is a meeting already gets no second one.

    Of such a meeting only host, place and times that it lacks are filled in, and those only where the list says so.
    """
    Revision.objects.hold(publishing.RECORDS)
    listed = Listed()
    there = announced.meetings_by_day([one.meeting.on for one in dates])
    for one in dates:
        meeting = one.meeting
        if meeting.on in there:
            former = there[meeting.on]
            if one.fills and _fill(former, meeting, now=now):
                listed.filled.append(former)
            else:
                listed.there.append(former)
            continue
        if is_announced:
            meeting.published_at = now
        publishing.publish(meeting=meeting, now=now)
        announced.name_in_agreed(meeting)
        there[meeting.on] = meeting
        listed.made.append(meeting)
    return listed


def lacking(there: Meeting, meeting: Meeting) -> list[str]:
    """The fields that the meeting of the list would fill in one that is there already."""
    fields = []
    if there.starts is None and meeting.starts is not None:
        fields += ["starts", "ends"]
    if not there.host_id and not there.host_name and (meeting.host_id or meeting.host_name):
        fields += ["host", "host_name"]
    if not there.venue and meeting.venue:
        fields.append("venue")
    return fields


def _fill(there: Meeting, meeting: Meeting, *, now: datetime) -> bool:
    fields = lacking(there, meeting)
    for name in fields:
        setattr(there, name, getattr(meeting, name))
    if fields:
        publishing.publish(meeting=there, now=now, changed=fields)
    return bool(fields)
