"""The calendar feeds: of the group's meetings, made from the events that publishing stored, and one person's own."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from actions.models import Action, ActionQuerySet
from meetings import ical
from meetings.models import Meeting
from meetings.records.changes import Change, latest_that_counts
from members.models import CalendarAddress, Membership, Organisation
from members.naming import mask_emails
from wmodf.lib.clocks import LONDON
from wmodf.lib.models import Revision

# How long after its day a meeting stays in the feed, and after it ended an action among the tasks.
KEPT = timedelta(days=366)
CANCELLED_KEPT = ENDED_KEPT = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed's bytes, its strong ETag, and when an entry last appeared, changed or left (None: never)."""

    body: bytes
    etag: str
    revised_at: datetime | None


def event_text(meeting: Meeting) -> str:
    """The meeting's calendar event as it is stored: everything that the feed says of it but sequence, time and host.

    It is made of the words for everyone, which publishing sets before. Its changes cost a query.
    """
    joining_url = meeting.public_joining_url
    with override(None):  # stored, so in the source's words
        told = told_of(meeting, meeting.changes.order_by("made_at", "pk") if meeting.pk else (), with_weekday=True)
    event = ical.Event(
        uid=str(meeting.uid),
        summary=meeting.public_title,
        on=meeting.on,
        starts=meeting.starts,
        ends=meeting.ends,
        status=meeting.status,
        location=_place(meeting),
        joining_url=joining_url if ical.is_web_address(joining_url) else "",
        path=meeting.get_absolute_url(),
        told=told,
    )
    fields = asdict(event)
    if not event.told:
        del fields["told"]  # as it was stored before reasons were told: no sequence moves
    return json.dumps(fields, default=str, ensure_ascii=False, sort_keys=True)


def told_of(meeting: Meeting, changes: Iterable[Change], *, with_weekday: bool = False) -> str:
    """What everyone is told of the meeting's move or cancellation, as a sentence; empty where there was none.

    `changes` are the meeting's, oldest first.
    """
    change = latest_that_counts(changes, is_cancelled=meeting.is_cancelled)
    return change.told(on=meeting.on, starts=meeting.starts, with_weekday=with_weekday) if change else ""


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
    editions, departures = _meetings(on=on)
    body = ical.calendar(editions, name=group_name(), site_url=settings.SITE_URL)
    revisions = Revision.objects.filter(name="calendar", revised_at__isnull=False).values_list("revised_at", flat=True)
    return Feed(body=body, etag=etag_of(body), revised_at=max([*departures, *revisions], default=None))


def one_meeting(meeting: Meeting) -> Feed:
    """A published meeting's own file, the same event as in the feed. Raises ValueError where it can't be read."""
    edition = ical.Edition(entry=read(meeting.event), sequence=meeting.sequence, revised_at=meeting.revised_at)
    body = ical.one_event(edition, site_url=settings.SITE_URL)
    return Feed(body=body, etag=etag_of(body), revised_at=meeting.revised_at)


def personal_feed(*, token: str, now: datetime, is_tasks: bool) -> Feed | None:
    """A person's own feed: the group's meetings and the days on which their actions are due, or their actions as tasks.

    None where the token is nobody's (any more), or whose it is may not log in today. What changes it is too much to be
    told by each writer: owners, offices, a day that passes. So a feed that differs from the one last given out was
    revised just now. Raises ValueError rather than leave out an event that can't be read.
    """
    address = CalendarAddress.objects.of_token(token)
    on = timezone.localdate(now)
    offices = Membership.objects.roles_of(address.person_id, on=on) if address is not None else frozenset()
    if address is None or not offices:
        return None
    mine = Action.objects.answered_for_by(address.person, offices=offices).filter(is_circulated=True)
    name = f"{group_name()}: {address.person.name}"
    if is_tasks:
        recent = mine.filter(Q(ended_on=None) | Q(ended_on__gte=on - ENDED_KEPT))
        body = ical.tasks(_tasks(recent), name=f"{name}, tasks", site_url=settings.SITE_URL)
    else:
        editions = [*_meetings(on=on)[0], *_tasks(mine.open().filter(due_on__isnull=False))]
        body = ical.calendar(editions, name=name, site_url=settings.SITE_URL)
    etag = etag_of(body)
    return Feed(body=body, etag=etag, revised_at=address.given_out(etag=etag, is_tasks=is_tasks, now=now))


def _meetings(*, on: date) -> tuple[list[ical.Edition], list[datetime]]:
    """The announced meetings that the feeds hold on a day, and when the others left them by age."""
    editions, departures = [], []
    meetings = Meeting.objects.published().only("on", "status", "event", "sequence", "revised_at")
    for meeting in meetings.order_by("on", "pk"):
        if last_day(meeting) < on:
            departures.append(datetime.combine(last_day(meeting) + timedelta(days=1), time(), tzinfo=LONDON))
        else:
            editions.append(
                ical.Edition(entry=read(meeting.event), sequence=meeting.sequence, revised_at=meeting.revised_at)
            )
    return editions, departures


def _tasks(actions: ActionQuerySet) -> list[ical.Edition]:
    """The actions in the words that members read, by their numbers."""
    return [
        ical.Edition(
            entry=ical.Task(
                uid=str(action.uid),
                reference=action.reference,
                text=mask_emails(action.text),
                due_on=action.due_on,
                status=action.status,
                ended_on=action.ended_on,
                path=action.get_absolute_url(),
            ),
            sequence=action.sequence,
            revised_at=action.revised_at,
        )
        for action in actions.order_by("number")
    ]


def group_name() -> str:
    """What a calendar is called: as the group, or something before there is one."""
    group = Organisation.objects.group()
    return group.name if group else "Meetings"


def etag_of(body: bytes) -> str:
    """The strong ETag of a feed's bytes."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _place(meeting: Meeting) -> str:
    """Venue and host, the host only once."""
    host, venue = meeting.public_host_name, meeting.public_venue
    if host.casefold() in venue.casefold():
        return venue
    return ", ".join(part for part in (venue, host) if part)
