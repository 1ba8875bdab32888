"""Events beside the meetings: what members and the public are told of them, and from when.

Every writer of an event ends in `publish`.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from meetings import indexing
from meetings.events import feed as event_feed
from meetings.models import Event
from meetings.publishing import RECORDS
from meetings.sight.discretion import discretion_today, near_events
from meetings.sight.headings import OF_EVENTS, set_event_words
from meetings.sight.mentions import ask
from members.naming import NOBODY
from wmodf.lib.models import Revision

# What `publish` alone sets of an event.
PUBLISHED = ["sequence", "revised_at", "event", *OF_EVENTS]


@transaction.atomic
def announce(*, event: Event, now: datetime) -> None:
    """Show the event to members and the public, and in the calendar."""
    if event.published_at is None:
        event.published_at = now
    publish(event=event, now=now, changed=["published_at"])


@transaction.atomic
def take_back(*, event: Event, now: datetime) -> None:
    """Take the event off all pages but the secretary's, and out of the calendar."""
    event.published_at = None
    publish(event=event, now=now, changed=["published_at"])


@transaction.atomic
def cancel(*, event: Event, now: datetime) -> None:
    """Say that the event is called off; subscribers of the calendar are told."""
    event.status = Event.Status.CANCELLED
    publish(event=event, now=now, changed=["status"])


@transaction.atomic
def publish(*, event: Event, now: datetime, changed: Iterable[str] | None = None) -> None:
    """Save an event, new or changed, and write anew what the calendar says of it.

    Only the fields named in `changed` are saved, all where it is None. Only if the text differs from the stored one do
    `sequence` and `revised_at` move (RFC 5545, 3.8.7.4).
    """
    Revision.objects.hold(RECORDS)
    saved = None
    if event.pk:
        saved = None if changed is None else [*changed, *PUBLISHED]
        stored = {field.name for field in Event._meta.concrete_fields if not field.primary_key}  # noqa: SLF001 (Django's documented interface)
        event.refresh_from_db(fields=PUBLISHED if changed is None else sorted(stored - set(changed)))
    discretion = discretion_today()
    close = near_events([event], discretion).get(event.pk, NOBODY)
    is_reworded = set_event_words(event, discretion, close=close)
    text = event_feed.event_text(event) if event.is_published else ""
    if text != event.event:
        if text and event.revised_at is not None:
            event.sequence += 1
        if text:
            event.revised_at = now
        event.event = text
        Revision.objects.move_on(event_feed.REVISION, now=now)
    event.save(update_fields=saved)
    if is_reworded or "published_at" in (changed or ["published_at"]):
        ask(discretion, events=[event.pk])
    indexing.index_event(event.pk)
