"""A demonstration group: made-up people, dates counted from the day of loading, notes read by the reader itself."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from actions.models import Action
from meetings import publishing, recording
from meetings.models import Meeting
from members.models import Membership, Organisation, Person, User
from members.naming import sort_name
from wishlists.known import known_dataset
from wishlists.models import Dataset, Entry, EntryUpdate, Support
from wmodf.demonstration import replies
from wmodf.demonstration.agendas import (
    make_agendas,
)
from wmodf.demonstration.events import (
    change_plans,
    load_events,
)
from wmodf.demonstration.papers import add_papers
from wmodf.entering import add_entry
from wmodf.lib.access import Standing
from wmodf.lib.words import tidy

NOTES = Path(__file__).parent
EVERY = timedelta(weeks=8)
MOVED_BY = timedelta(weeks=1)
STARTS, ENDS = time(11), time(13)

ORGANISATIONS = {
    "Aldermere City Council": "ACC, Aldermere CC",
    "Thornbeck Borough Council": "TBC, Thornbeck",
    "University of Wrexcombe": "Wrexcombe",
    "Vale Community Trust": "VCT",
    "Merefield Health Partnership": "Merefield, MHP",
    "Aldermere Library Trust": "ALT",
}
# Name, office, organisation, initials where they are not those of the name.
PEOPLE = [
    ("Priya Nandakumar", Membership.Role.CHAIR, "Aldermere City Council", ""),
    ("Tom Ashdown", Membership.Role.SECRETARY, "Vale Community Trust", ""),
    ("Grace Okafor", Membership.Role.MEMBER, "University of Wrexcombe", ""),
    ("Leo Marchetti", Membership.Role.MEMBER, "Thornbeck Borough Council", ""),
    ("Ruth Pemberton", Membership.Role.MEMBER, "Aldermere Library Trust", ""),
    ("Wei Ling Chan", Membership.Role.MEMBER, "Aldermere City Council", ""),
    ("Hannah Frost-Lee", Membership.Role.MEMBER, "Merefield Health Partnership", "HF-L HFL"),
    ("Samuel Brightwater", Membership.Role.MEMBER, "University of Wrexcombe", ""),
    ("Joan Castellan", Membership.Role.MEMBER, "Vale Community Trust", ""),
    ("Idris Vaughan", Membership.Role.MEMBER, None, ""),
]
HOSTS = [
    "Aldermere City Council",
    "Thornbeck Borough Council",
    "University of Wrexcombe",
    "Aldermere Library Trust",
    "Merefield Health Partnership",
]
# What the notes call an action raised before → how its text starts. Filled in once it has its reference.
NAMED_ACTIONS = {
    "spring_dates": "TA to write to every member",
    "challenge": "GO to contact Wrexcombe",
    "visit": "PN/TA to organise a visit",
    "parking": "LM to ask the parking team",
    "sensor": "WLC to publish the sensor",
    "keeps_list": "IV/LM to draft a note",
    "one_page": "PN/RP to write one page",
    "licence": "RP/TA to ask the trustees",
    "wants_list": "TA to send the regional office",
}
# What members said on the site: who, of the action whose text starts so, how many days after it was raised.
UPDATES = [
    ("Leo Marchetti", "LM to ask the parking team", 180, "comment", "The team sends its tariffs after the recess."),
    ("Hannah Frost-Lee", "HF-L to send SB", 12, "finish", "Sent on Monday, with the opening hours."),
    ("Ruth Pemberton", "RP/TA to ask the trustees", 65, "comment", "It is on the agenda of their next meeting."),
    ("Joan Castellan", "JC to contact the community", 6, "comment", "I wrote to the foundation; no answer so far."),
]
# The want whose text starts so, how many days after it was raised, how it stood then, and how it was asked for.
MOVES = [
    ("Grants made by the council", 30, "asked", "letter", "Asked the finance team for one year to start with."),
    ("Grants made by the council", 120, "promised", "", "Promised with the new accounts."),
    ("Ambulance response times", 175, "asked", "foi", "The trust has twenty working days."),
    ("Ambulance response times", 200, "refused", "", "Only by region: by ward, single calls could be told."),
    ("Building control decisions", 40, "released", "", "On the council’s data page since this week."),
]
LINKS = {
    "Open Street Map": "OpenStreetMap",
    "Charity register": "Register of Charities",
    "Index of deprivation": "English Indices of Deprivation",
}


class NotEmptyError(Exception):
    """The database holds a group or people already; the message says so, for people."""


@transaction.atomic
def load(*, today: date, now: datetime) -> None:
    """Fill an empty database with the demonstration group. All or nothing."""
    if Person.objects.exists() or Organisation.objects.exists():
        msg = "This database holds people already: the demonstration is loaded into an empty one only."
        raise NotEmptyError(msg)
    _enter_group(today)
    days = _days(today)
    for number in range(1, 7):
        _hold_meeting(number, days, now=now)
    _plan_meetings(days, now=now)
    load_events(today=today, now=now)
    _go_on(now=now)
    make_agendas(confirmed=days[6], tentative=days[7] + MOVED_BY, now=now)
    add_papers(today=today, now=now)
    replies.answer_next_meeting(now=now)


def _days(today: date) -> list[date]:
    """The Wednesdays of ten meetings, eight weeks apart; the sixth is the latest that is past."""
    latest = today - timedelta(days=7)
    latest -= timedelta(days=(latest.weekday() - 2) % 7)
    return [latest + EVERY * step for step in range(-5, 5)]


def _enter_group(today: date) -> None:
    group = Organisation.objects.create(
        name="Aldermere Open Data Forum",
        short_names="AODF",
        description=(
            "Council staff, academics and volunteers who meet every second month to open up data and put it to use."
        ),
        public_email="forum@aldermere.example",
        is_group=True,
        is_demonstration=True,
    )
    organisations = {
        name: Organisation.objects.create(name=name, short_names=short) for name, short in ORGANISATIONS.items()
    }
    for name, role, organisation, initials in PEOPLE:
        person = Person.objects.create(
            name=name,
            sort_name=sort_name(name),
            initials=initials,
            email=f"{name.split()[0].casefold()}@members.aldermere.example",
            public_name=Person.PublicName.INITIALS if name == "Idris Vaughan" else Person.PublicName.FULL,
        )
        Membership.objects.create(
            person=person,
            organisation=group,
            role=role,
            on_behalf_of=organisations[organisation] if organisation else None,
            start_date=today - timedelta(days=400),
        )


def _hold_meeting(number: int, days: list[date], *, now: datetime) -> None:
    """Hold one of the six past meetings: its notes are read, recorded and, but for the latest, published."""
    on = days[number - 1]
    meeting = Meeting.objects.filter(on=on).first() or Meeting(on=on)
    meeting.status = Meeting.Status.CONFIRMED
    meeting.starts, meeting.ends = STARTS, ENDS
    meeting.host = Organisation.objects.get(name=HOSTS[(number - 1) % len(HOSTS)])
    circulated_at = min(now, _at(on + timedelta(days=5)))
    publishing.publish(meeting=meeting, now=circulated_at)
    publishing.announce(meeting=meeting, now=circulated_at)
    template = (NOTES / f"notes-{number}.txt").read_text(encoding="utf-8")
    text = template.format(**_dates(on, number, days), **dict(_references()))
    minutes = recording.record(meeting=meeting, text=tidy(text), now=circulated_at).minutes
    if number < 6:
        publishing.circulate(minutes=minutes, now=circulated_at)


def _plan_meetings(days: list[date], *, now: datetime) -> None:
    """Of the meetings to come one is confirmed, one tentative and moved, one cancelled and one without times."""
    confirmed, tentative, cancelled, untimed = days[6:10]
    plans = [
        (
            confirmed,
            Meeting.Status.CONFIRMED,
            "Thornbeck Borough Council",
            STARTS,
            "Thornbeck Town Hall, Market Square",
        ),
        (tentative, Meeting.Status.TENTATIVE, "University of Wrexcombe", STARTS, ""),
        (cancelled, Meeting.Status.CONFIRMED, "Merefield Health Partnership", STARTS, ""),
        (untimed, Meeting.Status.CONFIRMED, None, None, ""),
    ]
    for on, status, host, starts, venue in plans:
        meeting = Meeting.objects.filter(on=on).first() or Meeting(on=on)
        meeting.status, meeting.venue = status, venue
        meeting.starts, meeting.ends = starts, ENDS if starts else None
        meeting.host = Organisation.objects.get(name=host) if host else None
        publishing.publish(meeting=meeting, now=now)
        publishing.announce(meeting=meeting, now=now)
    change_plans(
        moved=Meeting.objects.get(on=tentative),
        moved_to=tentative + MOVED_BY,
        cancelled=Meeting.objects.get(on=cancelled),
        now=now,
    )


def _go_on(*, now: datetime) -> None:
    """What members and the secretary did on the site after the meetings."""
    people = {person.name: person for person in Person.objects.all()}
    for name, start, days, verb, note in UPDATES:
        action = Action.objects.get(text__startswith=start)
        at = min(now, _at(action.raised_on + timedelta(days=days)))
        {"comment": action.comment, "finish": action.finish}[verb](now=at, by=people[name], note=note)
    for start, days, status, way, note in MOVES:
        want = Entry.objects.get(kind=Entry.Kind.WANTS, text__startswith=start)
        on = want.raised_on + timedelta(days=days)
        want.move(status=status, way=EntryUpdate.Way(way), on=on, by=people["Tom Ashdown"], now=_at(on), note=note)
    for start, name in LINKS.items():
        Entry.objects.get(text__startswith=start).link(Dataset.objects.enter(**known_dataset(name).fields())[0])
    says = [
        ("Bus stop arrival times", "Leo Marchetti", Support.Kind.ME_TOO, ""),
        ("Step-free access", "Samuel Brightwater", Support.Kind.ME_TOO, ""),
        (
            "Footfall in the libraries",
            "Wei Ling Chan",
            Support.Kind.OFFER,
            "We count at the doors: ask me for a file.",
        ),
    ]
    for start, name, kind, note in says:
        want = Entry.objects.get(kind=Entry.Kind.WANTS, text__startswith=start)
        Support.objects.create(entry=want, person=people[name], kind=kind, note=note, made_at=now)
    leo = people["Leo Marchetti"]
    reader = User(person=leo)
    reader.standing = Standing.MEMBER
    add_entry(
        user=reader,
        person=leo,
        organisation=Organisation.objects.get(name="Thornbeck Borough Council"),
        kind=Entry.Kind.WANTS,
        text="Benches and toilets in parks, with their opening hours",
        dataset=None,
        now=now,
    )


def _dates(on: date, number: int, days: list[date]) -> dict[str, str]:
    """The dates that a meeting's notes name, as they write them."""
    next_on, after = days[number], days[number + 1]
    before = days[number - 2] if number > 1 else on - EVERY
    return {
        "on": f"{on:%A} {_ordinal(on.day)} {on:%B %Y}",
        "before": f"{before:%d/%m/%Y}",
        "next": f"{_ordinal(next_on.day)} {next_on:%B}",
        "after": f"{_ordinal(after.day)} {after:%B}",
        "soon": f"{_ordinal((next_on - timedelta(days=14)).day)} {next_on - timedelta(days=14):%B}",
    }


def _references() -> Iterator[tuple[str, str]]:
    """The references of the actions that later notes speak of, as far as they were raised."""
    actions = list(Action.objects.order_by("number"))
    for name, start in NAMED_ACTIONS.items():
        yield name, next((action.reference for action in actions if action.text.startswith(start)), "A0")


def _ordinal(day: int) -> str:
    ending = "th" if day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _at(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(17, 30)))
