"""The calendar feed of the group's meetings, made from the events that publishing stored."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings

from meetings import ical
from meetings.models import Meeting
from members.models import Organisation
from members.naming import mask_emails
from wmodf.lib.dates import LONDON
from wmodf.lib.models import Revision

# How long after its day a meeting stays in the feed.
KEPT = timedelta(days=366)
CANCELLED_KEPT = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Feed:
    """The feed's bytes, its strong ETag, and when an event last appeared, changed or left (None: never)."""

    body: bytes
    etag: str
    revised_at: datetime | None


def event_text(meeting: Meeting) -> str:
    """The meeting's calendar event as it is stored: everything that the feed says of it but sequence, time and host.

    Needs the meeting's host fetched, else it costs a query.
    """
    joining_url = meeting.joining_url if meeting.is_joining_url_public else ""
    event = ical.Event(
        uid=str(meeting.uid),
        summary=mask_emails(meeting.title),
        on=meeting.on,
        starts=meeting.starts,
        ends=meeting.ends,
        status=meeting.status,
        location=mask_emails(_place(meeting)),
        joining_url=joining_url if ical.is_web_address(joining_url) else "",
        path=meeting.get_absolute_url(),
    )
    return json.dumps(asdict(event), default=str, ensure_ascii=False, sort_keys=True)


def read(text: str) -> ical.Event:
    """The event that was stored as this text. Raises ValueError for any other text."""
    try:
        fields = json.loads(text)
        fields["on"] = date.fromisoformat(fields["on"])
        for name in ("starts", "ends"):
            fields[name] = time.fromisoformat(fields[name]) if fields[name] else None
        return ical.Event(**fields)
    except (KeyError, TypeError) as error:
        msg = f"This is no stored event: {text[:80]!r}"
        raise ValueError(msg) from error


def last_day(meeting: Meeting) -> date:
    """The last day on which the feed holds the meeting."""
    return meeting.on + (CANCELLED_KEPT if meeting.is_cancelled else KEPT)


def feed(*, on: date) -> Feed:
    """The public feed as it is on a day. Raises ValueError rather than leave out an event that can't be read."""
    editions, departures = [], []
    meetings = Meeting.objects.published().only("on", "status", "event", "sequence", "revised_at")
    for meeting in meetings.order_by("on", "pk"):
        if last_day(meeting) < on:
            departures.append(datetime.combine(last_day(meeting) + timedelta(days=1), time(), tzinfo=LONDON))
        else:
            editions.append(
                ical.Edition(event=read(meeting.event), sequence=meeting.sequence, revised_at=meeting.revised_at)
            )
    group = Organisation.objects.group()
    body = ical.calendar(editions, name=group.name if group else "Meetings", site_url=settings.SITE_URL)
    revisions = Revision.objects.filter(name="calendar", revised_at__isnull=False).values_list("revised_at", flat=True)
    return Feed(
        body=body,
        etag=f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        revised_at=max([*departures, *revisions], default=None),
    )


def _place(meeting: Meeting) -> str:
    """Venue and host, the host only once."""
    host = meeting.host_shown
    if host.casefold() in meeting.venue.casefold():
        return meeting.venue
    return ", ".join(part for part in (meeting.venue, host) if part)
