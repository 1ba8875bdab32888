"""The calendar feed of events beside the meetings, made from what publishing stored of each."""

import json
from dataclasses import asdict
from datetime import date, datetime, time, timedelta

from django.conf import settings

from meetings import feed, ical
from meetings.models import Event
from wmodf.lib.clocks import LONDON
from wmodf.lib.models import Revision
from wmodf.lib.words import untranslated

REVISION = "events"  # the counter of what this feed says


def event_text(event: Event) -> str:
    """The event as it is stored: everything that the feed says of it but sequence, time and host."""
    entry = ical.Happening(
        uid=str(event.uid),
        summary=event.public_title,
        on=event.on,
        until=event.last_day,
        starts=event.starts,
        ends=event.ends,
        status=event.status,
        category=untranslated(event.get_kind_display()).capitalize(),
        is_free=event.kind == Event.Kind.DEADLINE,
        location=event.public_place,
        description=event.public_description,
        link=event.public_link if ical.is_web_address(event.public_link) else "",
        path=event.get_absolute_url(),
    )
    return json.dumps(asdict(entry), default=str, ensure_ascii=False, sort_keys=True)


def read(text: str) -> ical.Happening:
    """The event that was stored as this text. Raises ValueError for any other text."""
    try:
        fields = json.loads(text)
        for name in ("on", "until"):
            fields[name] = date.fromisoformat(fields[name])
        for name in ("starts", "ends"):
            fields[name] = time.fromisoformat(fields[name]) if fields[name] else None
        return ical.Happening(**fields)
    except (KeyError, TypeError) as error:
        msg = f"This is no stored event: {text[:80]!r}"
        raise ValueError(msg) from error


def last_day(event: Event) -> date:
    """The last day on which the feed holds the event."""
    return event.last_day + (feed.CANCELLED_KEPT if event.is_cancelled else feed.KEPT)


def events_feed(*, on: date) -> feed.Feed:
    """The feed as it is on a day. Raises ValueError rather than leave out an event that can't be read."""
    editions, departures = [], []
    events = Event.objects.published().only("on", "until", "status", "event", "sequence", "revised_at")
    for event in events.order_by("on", "pk"):
        if last_day(event) < on:
            departures.append(datetime.combine(last_day(event) + timedelta(days=1), time(), tzinfo=LONDON))
        else:
            entry = read(event.event)
            editions.append(ical.Edition(entry=entry, sequence=event.sequence, revised_at=event.revised_at))
    name = f"{feed.group_name()}: events"
    body = ical.calendar(editions, name=name, site_url=settings.SITE_URL)
    revisions = Revision.objects.filter(name=REVISION, revised_at__isnull=False).values_list("revised_at", flat=True)
    return feed.Feed(body=body, etag=feed.etag_of(body), revised_at=max([*departures, *revisions], default=None))
