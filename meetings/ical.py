"""Events and tasks to iCalendar (RFC 5545 and 7986). No database: data in, bytes out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import quote

import icalendar
from icalendar import vText, vUri

from wmodf.lib.clocks import LONDON, exists_in_london, happens_twice_in_london

PRODUCT = "-//wmodf//Meetings of a steering group//EN"
REFRESH = timedelta(hours=1)
NOMINAL_LENGTH = timedelta(hours=1)  # where the end is not known: without any, readers make different ones up
COLOUR = "teal"  # a CSS3 name (RFC 7986, 5.9)
# Characters of an action's words: calendars cut a longer title wherever it happens to end, and drop very large feeds.
LONGEST_TITLE = 200
LONGEST_WORDS = 2000
TASK_STATUSES = {"open": "NEEDS-ACTION", "done": "COMPLETED", "dropped": "CANCELLED"}

BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Controls, and the marks that turn the direction of text round; a line feed stays.
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# What readers take for something else although it is written as RFC 5545 says: a backslash that seems to escape what
# follows it, and words that look like the start or end of a part.
ESCAPING = re.compile(r"\\(?=[\\nN,;\n])")
PART = re.compile(r"\b(BEGIN|END):(?=V[A-Z])", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Event:
    """A meeting as the public may know it: the day and clock times of Europe/London, and a path instead of an address.

    `status` is tentative, confirmed or cancelled; `told` a sentence on what was moved or cancelled and why. Raises
    ValueError for a joining link that is no web address.
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
    told: str = ""

    def __post_init__(self) -> None:
        if self.joining_url and not is_web_address(self.joining_url):
            msg = f"{self.joining_url!r} is no web address."
            raise ValueError(msg)


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something beside the meetings, of one day or several, with clock times of Europe/London where it has them.

    `status` is confirmed or cancelled, `category` what it is in one word. With `is_free` it takes up no time. Raises
    ValueError for a link that is no web address.
    """

    uid: str
    summary: str
    on: date
    until: date
    starts: time | None
    ends: time | None
    status: str
    category: str
    is_free: bool
    location: str
    description: str
    link: str
    path: str

    def __post_init__(self) -> None:
        if self.link and not is_web_address(self.link):
            msg = f"{self.link!r} is no web address."
            raise ValueError(msg)


@dataclass(frozen=True, kw_only=True)
class Task:
    """An action as those read it who answer for it. `status` is open, done or dropped; one that ended has its day."""

    uid: str
    reference: str
    text: str
    due_on: date | None
    status: str
    ended_on: date | None
    path: str


@dataclass(frozen=True, kw_only=True)
class Edition:
    """An event or a task as last revised: how often its text has changed, and when it last did."""

    entry: Event | Happening | Task
    sequence: int
    revised_at: datetime


def calendar(editions: Iterable[Edition], *, name: str, site_url: str) -> bytes:
    """The whole feed of events; a task, which needs a due date here, takes up that day but no time.

    The same editions, name and site always give the same bytes.
    """
    writers = {Event: _vevent, Happening: _happening, Task: _due_day}
    return _feed([writers[type(one.entry)](one, site_url=site_url) for one in editions], name=name)


def one_event(edition: Edition, *, site_url: str) -> bytes:
    """A file of one event, to be taken into a calendar that is there already: it gives that no name or colour."""
    return _whole([_vevent(edition, site_url=site_url)])


def tasks(editions: Iterable[Edition], *, name: str, site_url: str) -> bytes:
    """The whole feed of tasks, and of nothing else: many calendars ignore them. The same ones give the same bytes."""
    return _feed([_vtodo(one, site_url=site_url) for one in editions], name=name)


def _feed(components: Iterable[icalendar.Component], *, name: str) -> bytes:
    return _whole(
        components,
        [
            ("name", _line(name), {}),
            ("x-wr-calname", _line(name), {}),
            ("color", COLOUR, {}),
            ("refresh-interval", REFRESH, {"VALUE": "DURATION"}),
            ("x-published-ttl", icalendar.vDuration(REFRESH), {}),
        ],
    )


def _whole(
    components: Iterable[icalendar.Component], about: Iterable[tuple[str, object, dict[str, str]]] = ()
) -> bytes:
    """A calendar as bytes; `about` is what it says of itself: names, values and parameters."""
    whole = icalendar.Calendar()
    whole.add("version", "2.0")
    whole.add("prodid", PRODUCT)
    for name, value, parameters in about:
        whole.add(name, value, parameters=parameters)
    whole.add_component(_london())
    for component in components:
        whole.add_component(component)
    return whole.to_ical(sorted=False)


def clean(text: str) -> str:
    """The text with every kind of line break as a line feed, tabs as spaces and no other control characters.

    A backslash that readers would stumble over is a broad one, which looks the same.
    """
    plain = CONTROL.sub("", BREAK.sub("\n", text).replace("\t", " "))
    return PART.sub(r"\1: ", ESCAPING.sub("＼", plain))


def is_web_address(url: str) -> bool:
    """Whether this is an http or https address on one line."""
    return re.fullmatch(r"https?://[^\s\x00-\x1f\x7f]+", url) is not None


def _vevent(edition: Edition, *, site_url: str) -> icalendar.Event:
    event = edition.entry
    cancelled = event.status == "cancelled"
    address = f"{site_url}{event.path}"
    starts, ends = _period(event, until=event.on)

    vevent = _begun(icalendar.Event(), edition)
    vevent.add("dtstart", starts)
    vevent.add("dtend", ends)
    vevent.add("status", event.status.upper())
    if cancelled:
        vevent.add("transp", "TRANSPARENT")
    vevent.add("summary", _line(f"CANCELLED: {event.summary}" if cancelled else event.summary))
    if event.location:
        vevent.add("location", _line(event.location))
    lines = [
        " ".join(event.told.split()),
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


def _happening(edition: Edition, *, site_url: str) -> icalendar.Event:
    """What is beside the meetings; of a whole day, as everywhere, with the link in URL alone."""
    one = edition.entry
    cancelled = one.status == "cancelled"
    address = f"{site_url}{one.path}"
    starts, ends = _period(one, until=one.until)

    vevent = _begun(icalendar.Event(), edition)
    vevent.add("dtstart", starts)
    vevent.add("dtend", ends)
    vevent.add("status", one.status.upper())
    if cancelled or one.is_free:
        vevent.add("transp", "TRANSPARENT")
    vevent.add("summary", _line(f"CANCELLED: {one.summary}" if cancelled else one.summary))
    vevent.add("categories", [one.category])
    if one.location:
        vevent.add("location", _line(one.location))
    if one.starts is not None:
        lines = [
            "When it ends is not known." if one.ends is None else "",
            _cut(clean(one.description).strip(), LONGEST_WORDS),
            f"More: {_uri(one.link)}" if one.link else "",
            f"On our site: {address}",
        ]
        vevent.add("description", vText("\n".join(line for line in lines if line)))
    vevent.add("url", vUri(_uri(address)))
    return vevent


def _due_day(edition: Edition, *, site_url: str) -> icalendar.Event:
    """The day on which a task is due, as an event with the link in URL alone, as every whole day has it."""
    task = edition.entry
    vevent = _begun(icalendar.Event(), edition)
    vevent.add("dtstart", task.due_on)
    vevent.add("dtend", task.due_on + timedelta(days=1))
    vevent.add("status", "CONFIRMED")
    vevent.add("transp", "TRANSPARENT")
    vevent.add("summary", vText(f"Due: {_title(task)}"))
    vevent.add("url", vUri(_uri(f"{site_url}{task.path}")))
    return vevent


def _vtodo(edition: Edition, *, site_url: str) -> icalendar.Todo:
    task = edition.entry
    address = f"{site_url}{task.path}"
    words = clean(task.text).strip()

    vtodo = _begun(icalendar.Todo(), edition)
    if task.due_on is not None:
        vtodo.add("due", task.due_on)
    vtodo.add("status", TASK_STATUSES[task.status])
    if task.status == "done":
        noon = datetime.combine(task.ended_on, time(12), tzinfo=LONDON)
        vtodo.add("completed", noon.astimezone(UTC))
        vtodo.add("percent-complete", 100)
    vtodo.add("summary", vText(f"CANCELLED: {_title(task)}" if task.status == "dropped" else _title(task)))
    lines = [
        _cut(words, LONGEST_WORDS) if len(words) > LONGEST_TITLE else "",
        f"The action and its updates: {address}",
    ]
    vtodo.add("description", vText("\n".join(line for line in lines if line)))
    vtodo.add("url", vUri(_uri(address)))
    return vtodo


def _begun(component: icalendar.Component, edition: Edition) -> icalendar.Component:
    """The component with what says which one it is, and which edition of it."""
    component.add("uid", edition.entry.uid)
    component.add("dtstamp", edition.revised_at)
    component.add("last-modified", edition.revised_at)
    component.add("sequence", edition.sequence)
    return component


def _title(task: Task) -> str:
    """The task's words on one line, not too long, and its reference."""
    return f"{_cut(_line(task.text), LONGEST_TITLE)} ({task.reference})".strip()


def _cut(text: str, length: int) -> str:
    """The text if it is no longer than this, else its start up to the end of a word and an ellipsis."""
    if len(text) <= length:
        return text
    start = text[:length]
    at_word = start.rpartition(" ")[0]
    # Not every script puts spaces between words.
    return f"{at_word if len(at_word) > length / 2 else start}…"


def _period(event: Event | Happening, *, until: date) -> tuple[date, date]:
    """Start and end as they are written, the end on its last day.

    Clock times of London; in UTC where one of them is shown twice in October, since readers disagree which is meant;
    without times the whole day, whose end is the next one (RFC 5545, 3.6.1).
    """
    if event.starts is None:
        return event.on, until + timedelta(days=1)
    starts = datetime.combine(event.on, event.starts, tzinfo=LONDON)
    at_last = datetime.combine(until, event.ends or event.starts, tzinfo=LONDON)
    ends = at_last if event.ends else at_last + NOMINAL_LENGTH
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
