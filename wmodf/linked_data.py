"""What pages say of themselves to programs, in the words of schema.org (JSON-LD): only what everyone may read."""

import json
import re
from datetime import date, datetime, time
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from meetings import feed
from meetings.ical import Event
from meetings.models import Meeting
from meetings.records.changes import Change, latest_that_counts
from members.models import Organisation
from members.naming import mask_emails
from wishlists.models import Dataset
from wmodf.lib.clocks import LONDON
from wmodf.lib.urls import absolute

SCHEMA = "https://schema.org"
# A place in words that is none: there, everyone joins from where they are.
NO_PLACE = re.compile(
    r"(online|on-line|virtual|zoom|teams|(ms|microsoft) teams|video ?(call|conference))\b", re.IGNORECASE
)
# The characters by which a text could end the element that it stands in, or that old scripts take for a line's end.
UNSAFE = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


def written(thing: dict[str, Any]) -> str:
    """The thing as JSON that no text in it can end or change the page around it."""
    return json.dumps({"@context": SCHEMA, **thing}, ensure_ascii=False).translate(UNSAFE)


def script_of(thing: dict[str, Any]) -> SafeString:
    """The thing as a data block of a page, which no policy stops and no browser runs."""
    block = f'<script type="application/ld+json">{written(thing)}</script>'
    return mark_safe(block)  # noqa: S308 (nothing in it can end it)


def event_of(meeting: Meeting, *, group: Organisation, can_join: bool) -> dict[str, Any] | None:
    """An announced meeting as an Event, from what is published of it; None for any other. Needs its changes fetched.

    schema.org has no word for a provisional date: it is scheduled, and the description says so. The link to join is
    told only while there is something to join.
    """
    if not meeting.is_published or not meeting.event:
        return None
    told = feed.read(meeting.event)
    url = absolute(meeting.get_absolute_url())
    changes = list(meeting.changes.all())
    change = latest_that_counts(changes, is_cancelled=False)
    was = _moment(change.was_on, change.was_starts) if change and change.kind == Change.Kind.MOVED else ""
    starts = _moment(told.on, told.starts)
    is_moved = bool(was) and was != starts
    status = "EventCancelled" if meeting.is_cancelled else "EventRescheduled" if is_moved else "EventScheduled"
    event: dict[str, Any] = {
        "@type": "Event",
        "@id": url,
        "name": told.summary,
        "url": url,
        "startDate": starts,
        "endDate": _moment(told.on, told.ends or told.starts) if told.ends or told.starts is None else "",
        "eventStatus": f"{SCHEMA}/{status}",
        "previousStartDate": was if is_moved else "",
        "description": " ".join(filter(None, [told.told, _provisional(told)])),
        "inLanguage": "en-GB",
        "organizer": {"@type": "Organization", "name": mask_emails(group.name), "url": absolute("/")},
    }
    return {name: value for name, value in (event | _where(told, url=url, can_join=can_join)).items() if value}


def _provisional(told: Event) -> str:
    return _("The date is provisional.") if told.status == "tentative" else ""


def _where(told: Event, *, url: str, can_join: bool) -> dict[str, Any]:
    """Place, joining link or both, and which of the two ways there are; nothing while neither is known."""
    is_place = bool(told.location) and not NO_PLACE.match(told.location)
    places = [{"@type": "Place", "name": told.location, "address": told.location}] if is_place else []
    if told.joining_url or (told.location and not is_place):
        places.append({"@type": "VirtualLocation", "url": (can_join and told.joining_url) or url})
    if not places:
        return {}
    mode = "Mixed" if len(places) > 1 else "Offline" if is_place else "Online"
    return {
        "eventAttendanceMode": f"{SCHEMA}/{mode}EventAttendanceMode",
        "location": places if len(places) > 1 else places[0],
    }


def _moment(on: date, at: time | None) -> str:
    """The moment on London's clocks with its distance from UTC, or the day alone."""
    return on.isoformat() if at is None else datetime.combine(on, at, tzinfo=LONDON).isoformat()


def dataset_of(dataset: Dataset, *, group: Organisation) -> dict[str, Any]:
    """A dataset that members used or want: it is its publisher's, and this site only tells of it."""
    url = absolute(dataset.get_absolute_url())
    about = _("Data that members of %(group)s say they used or want. It is published elsewhere.") % {
        "group": mask_emails(group.name)
    }
    told = {
        "@type": "Dataset",
        "@id": url,
        "url": url,
        "name": mask_emails(dataset.name),
        "alternateName": [mask_emails(name) for name in dataset.names()[1:]],
        "description": f"{mask_emails(dataset.name)}. {about}",
        "sameAs": dataset.url,
        "publisher": dataset.publisher and {"@type": "Organization", "name": mask_emails(dataset.publisher)},
        "license": dataset.licence and {"@type": "CreativeWork", "name": mask_emails(dataset.licence)},
    }
    return {name: value for name, value in told.items() if value}
