"""What everyone may read of a meeting's title, host and place, and of the same of events; `publishing` writes it."""

from django.db.models import Model

from meetings.models import Event, Meeting
from meetings.sight.discretion import set_sight
from members.naming import Discretion, Nearby

# Set by publishing alone.
OF_MEETINGS = ["public_title", "public_host_name", "public_venue", "public_joining_url"]
OF_EVENTS = ["public_title", "public_place", "public_link", "public_description"]


def set_words(meeting: Meeting, discretion: Discretion, *, close: Nearby) -> bool:
    """Give the meeting its words for everyone, and say whether any is new; needs the host fetched.

    Initials stay in the host's name, since they may be an organisation's. A joining link that names somebody is for
    members.
    """
    link = meeting.joining_url if meeting.is_joining_url_public else ""
    set_sight(
        meeting,
        public_title=discretion.public(meeting.title, near=close)[:200],
        public_host_name=discretion.public(meeting.host_shown, near=close.by_name_alone())[:200],
        public_venue=discretion.public(meeting.venue, near=close)[:300],
        public_joining_url=link if discretion.public(link, near=close) == link else "",
    )
    return _is_new(meeting)


def set_event_words(event: Event, discretion: Discretion, *, close: Nearby) -> bool:
    """Give the event its words for everyone, and say whether any is new."""
    is_named = discretion.public(event.link, near=close) != event.link
    set_sight(
        event,
        public_title=discretion.public(event.title, near=close)[:200],
        public_place=discretion.public(event.place, near=close)[:300],
        public_link="" if is_named else event.link,
        public_description=discretion.public(event.description, near=close),
    )
    return _is_new(event)


def _is_new(row: Model) -> bool:
    return bool(row.sight_changed)  # type: ignore[attr-defined]
