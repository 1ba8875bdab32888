"""Print what every calendar program should make of a feed, as JSON: a witness that reads neither feed nor events."""

import json
from argparse import ArgumentParser
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from actions.models import Action
from meetings.ical import clean
from meetings.models import Event, Meeting
from members.models import Membership, Person
from members.naming import mask_emails
from wmodf.lib.clocks import LONDON


class Command(BaseCommand):
    """Print the expected entries of the public feed or of a member's own, made from the records alone."""

    help = "Print as JSON what calendar programs should see in the public feed, or in a member's own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --for, --todo and --events."""
        parser.add_argument("--for", dest="address", metavar="E-MAIL", help="the feed of the member with this address")
        parser.add_argument("--todo", action="store_true", help="that member's tasks instead of their calendar")
        parser.add_argument("--events", action="store_true", help="the public feed of events instead of meetings")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 (Django's own signature)
        """Print the list, or say why there is none."""
        today = timezone.localdate()
        if options["events"]:
            entries = events_expected(today=today)
        elif options["address"]:
            mine = actions_of(options["address"], today=today)
            if options["todo"]:
                entries = [expected_task(action) for action in mine if is_task(action, today=today)]
            else:
                due = [action for action in mine if action.status == "open" and action.due_on]
                entries = [*meetings_expected(today=today), *map(expected_due_day, due)]
        elif options["todo"]:
            msg = "Whose tasks? Write --for and the member's e-mail address."
            raise CommandError(msg)
        else:
            entries = meetings_expected(today=today)
        self.stdout.write(json.dumps(entries, ensure_ascii=False, indent=1))


def meetings_expected(*, today: date) -> list[dict[str, Any]]:
    """The entries of the meetings that the feeds hold today."""
    going_ahead = ~Q(status=Meeting.Status.CANCELLED)
    meetings = (
        Meeting.objects.published()
        .select_related("host")
        .filter(
            Q(going_ahead, on__gte=today - timedelta(days=366)) | Q(~going_ahead, on__gte=today - timedelta(days=30))
        )
        .order_by("on", "pk")
    )
    return [expected(meeting) for meeting in meetings]


def events_expected(*, today: date) -> list[dict[str, Any]]:
    """The entries of the events that their feed holds today."""
    entries = []
    for event in Event.objects.filter(published_at__isnull=False).order_by("on", "pk"):
        last = event.until or event.on
        kept = 30 if event.status == Event.Status.CANCELLED else 366
        if (today - last).days <= kept:
            entries.append(expected_event(event, last=last))
    return entries


def expected_event(event: Event, *, last: date) -> dict[str, Any]:
    """The entry that the event's record should make."""
    url = f"{settings.SITE_URL}/events/#event-{event.uid}"
    lines = [clean(mask_emails(event.public_description)).strip()]
    if event.starts and not event.ends:
        lines.insert(0, "When it ends is not known.")
    if event.public_link:
        lines.append(f"More: {iri_to_uri(event.public_link)}")
    lines.append(f"On our site: {url}")
    cancelled = event.status == Event.Status.CANCELLED
    if event.starts is None:
        start, end = f"{event.on:%Y%m%d}", f"{last + timedelta(days=1):%Y%m%d}"
    else:
        begins = datetime.combine(event.on, event.starts, tzinfo=LONDON).astimezone(UTC)
        stops = datetime.combine(last, event.ends or event.starts, tzinfo=LONDON).astimezone(UTC)
        stops += timedelta(hours=0 if event.ends else 1)
        start, end = f"{begins:%Y%m%dT%H%M%SZ}", f"{stops:%Y%m%dT%H%M%SZ}"
    return {
        "uid": str(event.uid),
        "type": "VEVENT",
        "start": start,
        "end": end,
        "allday": event.starts is None,
        "status": event.status.upper(),
        "sequence": event.sequence,
        "summary": on_one_line(mask_emails(f"CANCELLED: {event.public_title}" if cancelled else event.public_title)),
        "description": "\n".join(line for line in lines if line) if event.starts else "",
        "location": on_one_line(mask_emails(event.public_place)),
        "url": url,
    }


def actions_of(address: str, *, today: date) -> list[Action]:
    """The actions that members may read and that this one answers for, by name or by an office held today."""
    person = Person.objects.filter(email__iexact=address).first()
    if person is None:
        msg = f"Nobody here has the address {address}."
        raise CommandError(msg)
    held = [
        one
        for one in Membership.objects.filter(person=person, organisation__is_group=True)
        if (one.start_date or date.min) <= today <= (one.end_date or date.max)
    ]
    if not held:
        msg = f"{person} is no member of the group today, and so has no calendar."
        raise CommandError(msg)
    offices = {one.role for one in held if one.role}
    return [
        action
        for action in Action.objects.filter(is_circulated=True).prefetch_related("owners")
        if any(owner.person_id == person.pk or owner.role in offices for owner in action.owners.all())
    ]


def is_task(action: Action, *, today: date) -> bool:
    """Whether it is open, or ended at most thirty days ago."""
    return action.ended_on is None or (today - action.ended_on).days <= 30


def expected_due_day(action: Action) -> dict[str, Any]:
    """The entry in the calendar of an open action with a due date."""
    return expected_task(action) | {
        "type": "VEVENT",
        "start": f"{action.due_on:%Y%m%d}",
        "end": f"{action.due_on + timedelta(days=1):%Y%m%d}",
        "allday": True,
        "status": "CONFIRMED",
        "summary": f"Due: {title_of(action)}",
        "description": "",
    }


def expected_task(action: Action) -> dict[str, Any]:
    """The entry of an action among the tasks; `completed`, which no reader is asked for, is noon of its last day."""
    url = f"{settings.SITE_URL}/actions/A{action.number}/"
    words = clean(mask_emails(action.text)).strip()
    link = f"The action and its updates: {url}"
    status = {"open": "NEEDS-ACTION", "done": "COMPLETED", "dropped": "CANCELLED"}[action.status]
    entry = {
        "uid": str(action.uid),
        "type": "VTODO",
        "start": None,
        "end": f"{action.due_on:%Y%m%d}" if action.due_on else None,
        "allday": False,
        "status": status,
        "sequence": action.sequence,
        "summary": f"CANCELLED: {title_of(action)}" if status == "CANCELLED" else title_of(action),
        "description": f"{at_most(2000, words)}\n{link}" if len(words) > 200 else link,
        "location": "",
        "url": url,
    }
    if status == "COMPLETED":
        noon = datetime.combine(action.ended_on, time(12), tzinfo=LONDON).astimezone(UTC)
        entry["completed"] = f"{noon:%Y%m%dT%H%M%SZ}"
    return entry


def title_of(action: Action) -> str:
    """The action's words on one line, at most two hundred characters of them, and its reference."""
    return f"{at_most(200, on_one_line(mask_emails(action.text)))} (A{action.number})".strip()


def at_most(length: int, words: str) -> str:
    """The words, or so many characters of them, to the last space unless that is in their first half."""
    if len(words) <= length:
        return words
    space = words.rfind(" ", 0, length)
    return words[: space if space > length / 2 else length] + "…"


def expected(meeting: Meeting) -> dict[str, Any]:
    """The entry that the meeting's record should make."""
    url = f"{settings.SITE_URL}/meetings/{meeting.slug}/"
    host, venue = meeting.public_host_name, meeting.public_venue
    place = [venue] if host.lower() in venue.lower() else [venue, host]
    description = f"Agenda and notes: {url}"
    if meeting.public_joining_url:
        description = f"To join: {iri_to_uri(meeting.public_joining_url)}\n{description}"
    if meeting.starts and not meeting.ends:
        description = f"When it ends is not known.\n{description}"
    if meeting.status == Meeting.Status.TENTATIVE:
        description = f"The date is provisional.\n{description}"
    if told := told_of(meeting):
        description = f"{told}\n{description}"
    title = f"CANCELLED: {meeting.public_title}" if meeting.is_cancelled else meeting.public_title
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


def told_of(meeting: Meeting) -> str:
    """The sentence on the meeting's cancellation, or else on what was last done with it."""
    told = ""
    for change in meeting.changes.order_by("made_at", "pk"):
        if (change.kind == "cancelled") != meeting.is_cancelled:
            continue
        day = f"{change.was_on:%A} {change.was_on.day} {change.was_on:%B %Y}"
        moved = f"Moved from {day}"
        if change.was_on == meeting.on:
            is_later = change.was_starts and change.was_starts != meeting.starts
            moved = f"Moved from {change.was_starts:%H:%M}" if is_later else "The place or time has changed"
        words = {"cancelled": "Cancelled", "reinstated": "It goes ahead after all", "moved": moved}[change.kind]
        told = f"{words}: {change.public_reason.rstrip('.')}." if change.public_reason else f"{words}."
    return told


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
