"""Print what every calendar program should make of the feed, as JSON: a witness that reads neither feed nor events."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.models import Q
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from meetings.ical import clean
from meetings.models import Meeting
from members.naming import mask_emails
from wmodf.lib.dates import LONDON


class Command(BaseCommand):
    """Print the expected entries of the public feed, made from the records of the meetings alone."""

    help = "Print as JSON what calendar programs should see in the public feed, made from the meetings' records."

    def handle(self, **_options: object) -> None:
        """Print the list."""
        today = timezone.localdate()
        going_ahead = ~Q(status=Meeting.Status.CANCELLED)
        meetings = (
            Meeting.objects.published()
            .select_related("host")
            .filter(
                Q(going_ahead, on__gte=today - timedelta(days=366))
                | Q(~going_ahead, on__gte=today - timedelta(days=30))
            )
            .order_by("on", "pk")
        )
        entries = [expected(meeting) for meeting in meetings]
        self.stdout.write(json.dumps(entries, ensure_ascii=False, indent=1))


def expected(meeting: Meeting) -> dict[str, Any]:
    """The entry that the meeting's record should make."""
    url = f"{settings.SITE_URL}/meetings/{meeting.slug}/"
    host = meeting.host_shown
    place = [meeting.venue] if host.lower() in meeting.venue.lower() else [meeting.venue, host]
    description = f"Agenda and notes: {url}"
    if meeting.is_joining_url_public and meeting.joining_url:
        description = f"To join: {iri_to_uri(meeting.joining_url)}\n{description}"
    if meeting.starts and not meeting.ends:
        description = f"When it ends is not known.\n{description}"
    if meeting.status == Meeting.Status.TENTATIVE:
        description = f"The date is provisional.\n{description}"
    title = f"CANCELLED: {meeting.title}" if meeting.is_cancelled else meeting.title
    start, end = period(meeting)
    return {
        "uid": str(meeting.uid),
        "type": "VEVENT",
        "start": start,
        "end": end,
        "allday": meeting.starts is None,
        "status": meeting.status.upper(),
        "sequence": meeting.sequence,
        "summary": on_one_line(mask_emails(title)),
        "description": description if meeting.starts else "",
        "location": on_one_line(mask_emails(", ".join(part for part in place if part))),
        "url": url,
    }


def period(meeting: Meeting) -> tuple[str, str]:
    """Start and end in UTC, or the day and the next where there are no times; an hour where the end is not known."""
    if meeting.starts is None:
        return f"{meeting.on:%Y%m%d}", f"{meeting.on + timedelta(days=1):%Y%m%d}"
    start = datetime.combine(meeting.on, meeting.starts, tzinfo=LONDON).astimezone(UTC)
    end = start + timedelta(hours=1)
    if meeting.ends is not None:
        end = datetime.combine(meeting.on, meeting.ends, tzinfo=LONDON).astimezone(UTC)
    return f"{start:%Y%m%dT%H%M%SZ}", f"{end:%Y%m%dT%H%M%SZ}"


def on_one_line(text: str) -> str:
    """The text without control characters and runs of white space."""
    return " ".join(clean(text).split())
