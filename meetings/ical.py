"""Events to iCalendar (RFC 5545 and 7986). No database: data in, bytes out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import quote

import icalendar
from icalendar import vText, vUri

from wmodf.lib.dates import LONDON, exists_in_london, happens_twice_in_london

PRODUCT = "-//wmodf//Meetings of a steering group//EN"
REFRESH = timedelta(hours=1)
NOMINAL_LENGTH = timedelta(hours=1)  # where the end is not known: without any, readers make different ones up
COLOUR = "teal"  # a CSS3 name (RFC 7986, 5.9)

BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Controls, and the marks that turn the direction of text round; a line feed stays.
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, kw_only=True)
class Event:
    """A meeting as the public may know it: the day and clock times of Europe/London, and a path instead of an address.

    `status` is tentative, confirmed or cancelled. Raises ValueError for a joining link that is no web address.
    """

    uid: str
    summary: str
    on: date
    starts: time | None
    ends: time | None
    status: str
    location: str
    joining_url: str
    path: str

    def __post_init__(self) -> None:
        if self.joining_url and not is_web_address(self.joining_url):
            msg = f"{self.joining_url!r} is no web address."
            raise ValueError(msg)


@dataclass(frozen=True, kw_only=True)
class Edition:
    """An event as last revised: how often its text has changed, and when it last did."""

    event: Event
    sequence: int
    revised_at: datetime


def calendar(editions: Iterable[Edition], *, name: str, site_url: str) -> bytes:
    """The whole feed. The same editions, name and site always give the same bytes."""
    feed = icalendar.Calendar()
    feed.add("version", "2.0")
    feed.add("prodid", PRODUCT)
    feed.add("name", _line(name))
    feed.add("x-wr-calname", _line(name))
    feed.add("color", COLOUR)
    feed.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    feed.add("x-published-ttl", icalendar.vDuration(REFRESH))
    feed.add_component(_london())
    for edition in editions:
        feed.add_component(_vevent(edition, site_url=site_url))
    return feed.to_ical(sorted=False)


def clean(text: str) -> str:
    """The text with every kind of line break as a line feed, tabs as spaces and no other control characters."""
    return CONTROL.sub("", BREAK.sub("\n", text).replace("\t", " "))


def is_web_address(url: str) -> bool:
    """Whether this is an http or https address on one line."""
    return re.fullmatch(r"https?://[^\s\x00-\x1f\x7f]+", url) is not None


def _vevent(edition: Edition, *, site_url: str) -> icalendar.Event:
    event = edition.event
    cancelled = event.status == "cancelled"
    address = f"{site_url}{event.path}"
    starts, ends = _period(event)

    vevent = icalendar.Event()
    vevent.add("uid", event.uid)
    vevent.add("dtstamp", edition.revised_at)
    vevent.add("last-modified", edition.revised_at)
    vevent.add("sequence", edition.sequence)
    vevent.add("dtstart", starts)
    vevent.add("dtend", ends)
    vevent.add("status", event.status.upper())
    if cancelled:
        vevent.add("transp", "TRANSPARENT")
    vevent.add("summary", _line(f"CANCELLED: {event.summary}" if cancelled else event.summary))
    if event.location:
        vevent.add("location", _line(event.location))
    lines = [
        "The date is provisional." if event.status == "tentative" else "",
        "When it ends is not known." if event.ends is None else "",
        f"To join: {_uri(event.joining_url)}" if event.joining_url else "",
        f"Agenda and notes: {address}",
    ]
    # A whole day has the link in URL alone: what reads calcurse takes its mark of a note for part of the title.
    if event.starts is not None:
        vevent.add("description", vText(clean("\n".join(line for line in lines if line))))
    vevent.add("url", vUri(_uri(address)))
    if event.joining_url:
        vevent.add(
            "conference", vUri(_uri(event.joining_url)), parameters={"VALUE": "URI", "LABEL": "Join the meeting"}
        )
    return vevent


def _period(event: Event) -> tuple[date, date]:
    """Start and end as they are written.

    Clock times of London; in UTC where one of them is shown twice in October, since readers disagree which is meant;
    without times the whole day, whose end is the next one (RFC 5545, 3.6.1).
    """
    if event.starts is None:
        return event.on, event.on + timedelta(days=1)
    starts = datetime.combine(event.on, event.starts, tzinfo=LONDON)
    ends = datetime.combine(event.on, event.ends, tzinfo=LONDON) if event.ends else starts + NOMINAL_LENGTH
    clocks = [(moment.date(), moment.time()) for moment in (starts, ends)]
    if all(exists_in_london(*clock) and not happens_twice_in_london(*clock) for clock in clocks):
        return starts, ends
    return starts.astimezone(UTC), ends.astimezone(UTC)


def _line(value: str) -> vText:
    """A text on one line: some readers take an escaped line feed in a title for the end of it."""
    return vText(" ".join(clean(value).split()))


def _uri(url: str) -> str:
    """The address with what RFC 3986 does not allow in one written as %XX."""
    return quote(url, safe="%/:?#[]@!$&'()*+,;=~")


def _london() -> icalendar.Timezone:
    """The zone by its two current rules: the last Sundays of March and October at one o'clock UTC."""
    zone = icalendar.Timezone()
    zone.add("tzid", LONDON.key)
    for observance, name, begins, before, after in (
        (icalendar.TimezoneDaylight(), "BST", datetime(1997, 3, 30, 1), 0, 1),  # noqa: DTZ001 (written without a zone)
        (icalendar.TimezoneStandard(), "GMT", datetime(1996, 10, 27, 2), 1, 0),  # noqa: DTZ001 (the same)
    ):
        observance.add("dtstart", begins)
        observance.add("tzoffsetfrom", timedelta(hours=before))
        observance.add("tzoffsetto", timedelta(hours=after))
        observance.add("tzname", name)
        observance.add("rrule", {"freq": "yearly", "bymonth": begins.month, "byday": "-1su"})
        zone.add_component(observance)
    return zone
