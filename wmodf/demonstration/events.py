"""Events beside the demonstration's meetings, and why two of the meetings are not held as planned."""

from datetime import date, datetime, time, timedelta

from meetings.dates import rescheduling
from meetings.events import publishing as event_publishing
from meetings.models import Event, Meeting

# Title, kind, days from the day of loading, how many days long, from, to, place, description.
EVENTS = [
    (
        "Open data day",
        Event.Kind.EVENT,
        30,
        1,
        time(10),
        time(16),
        "Aldermere Central Library",
        "Talks in the morning, maps and coffee in the afternoon. Everybody is welcome; bring a laptop if you have one.",
    ),
    ("Bus stop sprint", Event.Kind.SPRINT, 66, 2, None, None, "University of Wrexcombe, Computing building", ""),
    (
        "Small grants for open data: last day to apply",
        Event.Kind.DEADLINE,
        19,
        1,
        None,
        None,
        "",
        "Up to £2,000 for a project that puts published data to use.",
    ),
]


def load_events(*, today: date, now: datetime) -> None:
    """Enter the events, and publish them."""
    for title, kind, ahead, length, starts, ends, place, description in EVENTS:
        on = today + timedelta(days=ahead)
        if kind == Event.Kind.EVENT:
            on += timedelta(days=(5 - on.weekday()) % 7)  # a Saturday, when people come
        event = Event(
            title=title,
            kind=kind,
            on=on,
            until=on + timedelta(days=length - 1) if length > 1 else None,
            starts=starts,
            ends=ends,
            place=place,
            description=description,
            published_at=now,
        )
        event_publishing.publish(event=event, now=now)


def change_plans(*, moved: Meeting, moved_to: date, cancelled: Meeting, now: datetime) -> None:
    """Move one meeting, and cancel another, for reasons that everyone reads."""
    rescheduling.move(
        meeting=moved,
        on=moved_to,
        starts=moved.starts,
        ends=moved.ends,
        host=moved.host,
        venue=moved.venue,
        reason="the town hall is a polling station that day",
        by=None,
        now=now,
    )
    rescheduling.cancel(meeting=cancelled, reason="it falls into the school holidays", by=None, now=now)
