"""Fills an empty, migrated database with a made-up group of realistic size, to look at and to measure.

    DEBUG=1 DATABASE_URL=sqlite:////tmp/five.sqlite3 .venv/bin/python manage.py migrate
    DEBUG=1 DATABASE_URL=sqlite:////tmp/five.sqlite3 .venv/bin/python bench/five_years.py

Five years: 30 past meetings with notes, five to come, 300 actions, 200 entries of data used and wanted, 12
organisations, 25 members and some guests. The same on every run of a day: chance has a seed, and all days are counted
from today.
"""

import os
import random
import sys
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wmodf.settings")
    sys.path.insert(0, str(Path(__file__).parent.parent))
    import django

    django.setup()

from django.db import transaction
from django.utils import timezone

from actions.models import Action
from meetings import publishing, recording
from meetings.agenda import making, papering, showing
from meetings.models import Meeting
from members.models import Membership, Organisation, Person
from members.naming import sort_name
from wishlists.known import KNOWN
from wishlists.models import Dataset, Entry, EntryUpdate, Support
from wmodf.demonstration.events import load_events

MEETINGS, ACTIONS, ENTRIES = 30, 300, 200
EVERY = timedelta(weeks=9)
STARTS, ENDS = time(11), time(13)

# Name → short names, and where its meetings are held.
ORGANISATIONS = {
    "Ellerby City Council": ("ECC", "Council House, Room 12, Exchange Square, Ellerby"),
    "Marlstone Borough Council": ("MBC", "Marlstone Civic Centre"),
    "Saltway District Council": ("SDC", "Saltway Guildhall, Committee Room 2"),
    "University of Ellerby": ("UoE", "Faraday Building, Seminar Room 3.14"),
    "Thornhithe Metropolitan University": ("TMU", "Harbour Campus, Library, first floor"),
    "Ellerby and Marlstone Combined Transport Authority": ("EMCTA", "Tram Depot, Training Suite"),
    "Marl Valley Fire and Rescue Service": ("MVFRS", "Fire headquarters, Conference Room"),
    "Marl Valley Hospitals NHS Foundation Trust": ("MVH", "Postgraduate Centre, Ellerby General"),
    "Ellerby Civic Society": ("ECS", "The Old Court House"),
    "Canal and Towpath Friends": ("CTF", "Lock Keeper’s Cottage"),
    "Brightfields Community Data Co-operative": ("BCDC", "Brightfields Works, Unit 4"),
    "Regional Office for Data and Statistics": ("RODS", "Online"),
}
# Name, office, the number of the organisation, how the public sees the name.
PEOPLE = [
    ("Amara Whitlock", "chair", 0, "full"),
    ("Desmond Carrow", "secretary", 8, "full"),
    ("Beatrix Holm", "member", 1, "full"),
    ("Callum Rennard", "member", 2, "full"),
    ("Dilys Featherstonehaugh-Cholmondeley", "member", 3, "full"),
    ("Ewan Tolliver", "member", 4, "full"),
    ("Fatou Mbaye", "member", 5, "full"),
    ("Gwen Ashby", "member", 6, "full"),
    ("Hari Subramaniam", "member", 7, "full"),
    ("Isla Quennell", "member", 8, "initials"),
    ("Jonah Pryce", "member", 9, "member"),
    ("Keiko Lindqvist", "member", 10, "full"),
    ("Lorcan Devane", "member", 11, "full"),
    ("Maud Osei", "member", 0, "full"),
    ("Nikolai Varga", "member", 0, "full"),
    ("Olwen Birtwistle", "member", 1, "full"),
    ("Piers Underhill", "member", 3, "full"),
    ("Quentin Yarrow", "member", 5, "full"),
    ("Roisin Kilbride", "member", 7, "full"),
    ("Soraya Emami", "member", 10, "full"),
    ("Tobias Greatorex", "member", None, "full"),
    ("Una Stavros", "member", 2, "full"),
    ("Violet Ndlovu", "member", 9, "full"),
    ("Wilf Zander", "member", 11, "full"),
    ("Xanthe Irving", "member", 6, "full"),
]
GUESTS = ["Marek Toll", "Dr Sunita Bael", "Alderman Frith", "Prue Lassiter", "Jem Okonjo"]
VERBS = [
    "to ask {whom} for {what}",
    "to publish {what} on the council’s data page",
    "to write to {whom} about {what}",
    "to send the members an example of {what}",
    "to find out who keeps {what}",
    "to check the licence of {what} with {whom}",
    "to arrange a talk by {whom} on {what}",
    "to draft one page on how {what} could be put to use, with two examples that councillors would understand",
    "to compare {what} with last year’s",
    "to invite {whom} to the next meeting",
]
WHOM = [
    "the parking team",
    "the regional office",
    "the highways department",
    "the libraries",
    "the planning officers",
    "the bus operators",
    "the records office",
    "the environmental health team",
    "the universities’ press offices",
    "the town clerks",
]
WHAT = [
    "food hygiene inspections",
    "street lighting faults",
    "grit bin positions",
    "bus stop arrival times",
    "planning applications by ward",
    "tree preservation orders",
    "allotment waiting lists",
    "spending over £500",
    "air quality readings",
    "towpath counters",
    "cycle parking",
    "polling district boundaries",
    "school places",
    "fire station call-outs",
    "pothole repairs",
    "licensed premises",
    "library loans",
    "river levels",
    "empty homes",
    "market stalls",
    "public toilets and their opening hours",
    "grants to voluntary bodies",
    "electric vehicle charging points",
    "roadworks before they start",
    "footfall in the high street",
]
HOW = [
    "",
    ", by week",
    ", by ward and by month, back to 2011",
    " as open data",
    ", with positions",
    " for teaching",
    ", without the personal details",
    " (only as a PDF so far)",
    " in one format across the three councils",
]
NEWS = [
    "The regional hack weekend drew forty people; six of the eleven projects used data that this group had asked for.",
    "Members noted the new code of practice for local authorities and what it asks of them on address data.",
    "The open data survey closes at the end of the month.",
    "A visitor described how another city publishes its spending within three days: one script.",
    """The figures had been checked against the annual report. Two rows were wrong and have been mended, and the page
    now says when it was last looked at, by whom, and against what. Members thought that every page of the kind should
    say so, since a figure without a date is worth little to anybody who has to decide.""",
    "There was a long discussion about licences.",
    "The map at https://maps.ellerby.example/layers/highways/street-lighting/faults-reported-and-mended is new.",
    "Thanks were given to the library for the room, the tea and the patience.",
]
TOPICS = [
    "Transport",
    "Health and care",
    "Planning and land",
    "Schools and young people",
    "Environment",
    "Open data strategy of the combined authority: consultation, timetable and what the group should say",
    "Training",
    "Elections",
    "Arts and heritage",
    "A shared catalogue",
]
DECISIONS = [
    "It was agreed to recommend the Open Government Licence for all of it.",
    "It was agreed that the group would answer the consultation.",
    "It was agreed to meet online in the winter.",
    "It was agreed to keep one list of wants and to send it to the councils each quarter.",
]
HEARD = {
    "done": ["The list is out.", "Sent, with thanks.", "Published last week.", "They have answered."],
    "dropped": ["Not needed any more.", "Overtaken: the department does it itself now."],
    "open": ["No answer so far.", "Promised for the spring.", "A second letter has gone out.", "Half of it is there."],
}
COMMENTS = ["I rang twice; they will call back.", "A draft is with the team.", "On the agenda of their next meeting."]


@dataclass
class Years:
    """What one run makes, and its chance."""

    today: date
    now: datetime
    chance: random.Random = field(default_factory=lambda: random.Random(6))  # noqa: S311 (no secret)
    actions: int = 0
    entries: int = 0

    def pick(self, words: list[str]) -> str:
        """One of them."""
        return " ".join(self.chance.choice(words).split())

    def at(self, on: date) -> datetime:
        """The evening of a day, but never later than now."""
        return min(self.now, timezone.make_aware(datetime.combine(on, time(17, 30))))


@transaction.atomic
def load(*, today: date, now: datetime) -> None:
    """Fill an empty database. All or nothing."""
    years = Years(today, now)
    _enter_group(years)
    latest = today - timedelta(days=19)
    latest -= timedelta(days=(latest.weekday() - 2) % 7)
    days = [latest + EVERY * (step + 1 - MEETINGS) for step in range(MEETINGS + 5)]
    for number in range(MEETINGS):
        _hold(years, days, number)
    _plan(years, days[MEETINGS:])
    load_events(today=today, now=now)
    _go_on(years)


def _enter_group(years: Years) -> None:
    group = Organisation.objects.create(
        name="Marl Valley Open Data Steering Group",
        short_names="MVODSG",
        description=(
            "Councils, universities, health and voluntary bodies who meet every nine weeks to open up what they hold."
        ),
        public_email="group@marlvalley.example",
        is_group=True,
        is_demonstration=True,
    )
    bodies = [Organisation.objects.create(name=name, short_names=short) for name, (short, _) in ORGANISATIONS.items()]
    for name, role, body, public_name in PEOPLE:
        person = Person.objects.create(
            name=name,
            sort_name=sort_name(name),
            email=f"{name.split()[0].casefold()}@members.marlvalley.example",
            public_name=public_name,
        )
        Membership.objects.create(
            person=person,
            organisation=group,
            role=Membership.Role[role.upper()],
            on_behalf_of=None if body is None else bodies[body],
            start_date=years.today - timedelta(days=365 * 6),
        )


def _hold(years: Years, days: list[date], number: int) -> None:
    """Announce a meeting, record its notes and circulate them; of three, the agenda was published too."""
    on = days[number]
    body, (_, venue) = list(ORGANISATIONS.items())[number % 11]
    meeting = Meeting.objects.filter(on=on).first() or Meeting(on=on)
    meeting.status, meeting.venue = Meeting.Status.CONFIRMED, venue
    meeting.starts, meeting.ends = STARTS, ENDS
    meeting.host = Organisation.objects.get(name=body)
    before, after = years.at(on - timedelta(days=7)), years.at(on + timedelta(days=8))
    publishing.publish(meeting=meeting, now=before)
    publishing.announce(meeting=meeting, now=before)
    if number >= MEETINGS - 3:
        making.begin(meeting=meeting, now=before)
        showing.publish_agenda(meeting=meeting, now=before)
    minutes = recording.record(meeting=meeting, text=_notes(years, days, number, venue), now=after).minutes
    publishing.circulate(minutes=minutes, now=after)


def _notes(years: Years, days: list[date], number: int, venue: str) -> str:
    """The notes of one meeting, in the project's own form."""
    on, chance = days[number], years.chance
    there = sorted(chance.sample(range(25), 14) if number else range(14))
    away = [one for one in range(25) if one not in there][:6]
    names = list(ORGANISATIONS)
    text = [
        "Minutes of: Steering group meeting",
        f"Date: {_day(on)}",
        "Time: 11:00-13:00",
        f"Place: {venue}",
        "",
        "Attended:",
        *(_attendee(names, one) for one in there),
        "",
        "In attendance:",
        f"- {GUESTS[number % 5]}",
        "",
        "Apologies:",
        *(f"- {PEOPLE[one][0]}" for one in away),
        "",
        "# 1. Matters arising",
    ]
    if number:
        text.append(f"Agreed: Notes of the meeting of {_day(days[number - 1])} agreed.")
    text += _reviews(years)
    data = range(ENTRIES * number // MEETINGS, ENTRIES * (number + 1) // MEETINGS)
    text += ["", "# 2. Data used and wanted"]
    for one in data:
        who = _initials(PEOPLE[there[one % len(there)]][0])
        kind = "Wants" if one % 2 else "Used"
        text.append(f"{kind} ({who}): {WHAT[one * 7 % 25].capitalize()}{HOW[one // 25 % 9]}")
    promised = list(range(ACTIONS * number // MEETINGS, ACTIONS * (number + 1) // MEETINGS))
    for place, topic in enumerate(chance.sample(TOPICS, 4), start=3):
        text += ["", f"# {place}. {topic}", years.pick(NEWS), years.pick(NEWS)]
        for _ in range(3 if place == 3 else 2):
            if promised:
                text.append(_action(years, promised.pop(), there, on))
        if place % 2:
            text.append(f"Decision: {years.pick(DECISIONS)}")
    text += ["", "# 7. Any other business", years.pick(NEWS)]
    text += [_action(years, one, there, on) for one in promised]
    text += ["Room costs are kept for members. [confidential]", "", "# 8. Next meetings"]
    for ahead in (1, 2):
        host = names[(number + ahead) % 11]
        text.append(f"Next meeting: {_day(days[number + ahead])}, 11.00-13.00, hosted by {host}")
    return "\n".join(text) + "\n"


def _attendee(names: list[str], one: int) -> str:
    name, role, body, _ = PEOPLE[one]
    office = f", {role.capitalize()}" if role != "member" else ""
    return f"- {name}{office}" + ("" if body is None else f" ({names[body]})")


def _reviews(years: Years) -> list[str]:
    """What was said of open actions: most of the oldest are done."""
    said = []
    for action in Action.objects.open().order_by("number")[:11]:
        outcome = years.chance.choices(["done", "dropped", "open"], [13, 2, 3])[0]
        said.append(f"Review {action.reference} ({outcome}): {years.pick(HEARD[outcome])}")
    return said


def _action(years: Years, one: int, there: list[int], on: date) -> str:
    verb = VERBS[one % 10].format(whom=WHOM[one // 10 % 10], what=WHAT[one * 11 % 25])
    owners = [_initials(PEOPLE[there[one % len(there)]][0])]
    if one % 4 == 0:
        owners.append(_initials(PEOPLE[there[(one + 5) % len(there)]][0]))
    due = on + timedelta(days=years.chance.choice([14, 30, 56, 90]))
    when = f" | due on: {_day(due)}" if one % 3 else ""
    return f"Action ({', '.join(owners)}): {'/'.join(owners)} {verb}{when}"


def _plan(years: Years, days: list[date]) -> None:
    """Of five meetings to come two are confirmed, one with its agenda; the others are provisional."""
    for place, on in enumerate(days):
        body, (_, venue) = list(ORGANISATIONS.items())[(MEETINGS + place) % 11]
        meeting = Meeting.objects.filter(on=on).first() or Meeting(on=on)
        meeting.status = Meeting.Status.CONFIRMED if place < 2 else Meeting.Status.TENTATIVE
        meeting.starts, meeting.ends = STARTS, ENDS
        meeting.host, meeting.venue = Organisation.objects.get(name=body), venue if place < 2 else ""
        publishing.publish(meeting=meeting, now=years.now)
        publishing.announce(meeting=meeting, now=years.now)
    meeting = Meeting.objects.get(on=days[0])
    making.begin(meeting=meeting, now=years.now)
    row = making.Row(title="What the bus operators publish", minutes=15, lead_name="Prue Lassiter")
    making.add(meeting=meeting, row=row, now=years.now)
    showing.publish_agenda(meeting=meeting, now=years.now)
    file = ("wants.csv", b"data wanted,asked\nBus stop arrival times,by letter\n")
    papering.add_file(meeting=meeting, upload=file, title="What the group asked for this year", by=None, now=years.now)
    papering.add_link(
        meeting=meeting,
        link="https://slides.marlvalley.example/buses",
        title="Buses",
        kind="slides",
        by=None,
        now=years.now,
    )


def _go_on(years: Years) -> None:
    """What members said on the site, how wants stand, and which datasets the entries are about."""
    people = list(Person.objects.order_by("pk"))
    for action in Action.objects.open().order_by("number")[:20]:
        by = people[action.number % 25]
        action.comment(now=years.at(action.raised_on + timedelta(days=25)), by=by, note=years.pick(COMMENTS))
    datasets = [Dataset.objects.enter(**known.fields())[0] for known in KNOWN[:12]]
    for entry in Entry.objects.order_by("number"):
        if entry.number % 3 == 0:
            entry.link(datasets[entry.number % 12])
        if not entry.is_want:
            continue
        steps = ["asked", "promised", "released"][: entry.number // 2 % 5] if entry.number % 7 else ["asked", "refused"]
        for step, status in enumerate(steps, start=1):
            on = entry.raised_on + timedelta(days=40 * step)
            if on <= years.today:
                way = EntryUpdate.Way.LETTER if status == "asked" else ""
                entry.move(status=status, way=way, on=on, by=people[1], now=years.at(on))
        if entry.number % 5 == 0:
            Support.objects.create(
                entry=entry, person=people[entry.number % 25], kind=Support.Kind.ME_TOO, made_at=years.now
            )


def _initials(name: str) -> str:
    return Person(name=name).shown_initials()


def _day(on: date) -> str:
    return f"{on.day} {on:%B} {on.year}"


if __name__ == "__main__":
    if Person.objects.exists():
        sys.exit("This database holds people already: fill an empty one.")
    load(today=timezone.localdate(), now=timezone.now())
    print(
        f"{Meeting.objects.count()} meetings, {Action.objects.count()} actions, {Entry.objects.count()} entries, "
        f"{Organisation.objects.count()} organisations, {Person.objects.count()} people"
    )
