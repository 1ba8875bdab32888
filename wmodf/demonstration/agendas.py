"""The demonstration group's standing items, two agendas, what waits for one, and what a member proposed."""

from datetime import date, datetime

from meetings.agenda import making, showing
from meetings.agenda.making import Row, row_of
from meetings.models import AgendaItem, Meeting, StandingItem
from members.models import Person

# Title, kind, minutes, and who leads it.
STANDING = [
    ("Welcome and apologies", "item", 5, "Priya Nandakumar"),
    ("Notes of the last meeting", "previous-notes", 5, "Tom Ashdown"),
    ("Matters arising", "matters-arising", 15, "Tom Ashdown"),
    ("Data used and wanted", "item", 25, "Priya Nandakumar"),
    ("News and events", "item", 10, ""),
    ("Any other business", "item", 10, ""),
    ("Next meeting", "item", 5, "Tom Ashdown"),
]
# Items of the next agenda, before its last two standing ones.
MORE = [
    {
        "title": "Market Hall Programme: the first figures",
        "minutes": 15,
        "lead_name": "Dr Fatima Rahmani, Market Hall Programme",
        "note": "Who comes, when, and from where. Ten minutes of slides, then questions.",
    },
    {
        "title": "What the Forum’s secretary costs the trust",
        "minutes": 10,
        "lead": "Joan Castellan",
        "note": "The trust pays for a day a month; the figures are for members alone.",
        "is_confidential": True,
    },
]
TAKEN_UP = "Agenda item for next mtg"


def make_agendas(*, confirmed: date, tentative: date, now: datetime) -> None:
    """Publish the agenda of the confirmed meeting and begin that of the tentative one."""
    people = {person.name: person.pk for person in Person.objects.all()}
    for position, (title, kind, minutes, _) in enumerate(STANDING, start=1):
        StandingItem.objects.create(position=position, title=title, kind=kind, minutes=minutes)
    meeting = Meeting.objects.get(on=confirmed)
    making.begin(meeting=meeting, now=now)
    # Something that earlier notes put aside is taken up, something else goes on waiting.
    waited = AgendaItem.objects.aside().filter(as_minuted__endswith=TAKEN_UP).first()
    if waited is not None:
        making.take_from_aside(item=waited, meeting=meeting, now=now)
    *first, other_business, next_meeting = _led(meeting, people)
    more = [Row(**one | {"lead": people.get(one.get("lead", ""))}) for one in MORE]
    making.save_list(meeting=meeting, rows=[*first, *more, other_business, next_meeting], now=now)
    showing.publish_agenda(meeting=meeting, now=now)
    AgendaItem.objects.create(
        meeting=meeting,
        title="A day together on grant data",
        note="Two members could bring files. It would need a room in the spring.",
        minutes=10,
        status=AgendaItem.Status.PROPOSED,
        proposed_by_id=people["Samuel Brightwater"],
    )
    making.begin(meeting=Meeting.objects.get(on=tentative), now=now)


def _led(meeting: Meeting, people: dict[str, int]) -> list[Row]:
    """The items on the agenda, each with whoever leads it, and what was taken up before any other business."""
    leads = {title: people.get(lead) for title, _, _, lead in STANDING}
    rows = [
        Row(**vars(row_of(item)) | {"lead": leads.get(item.title), "minutes": item.minutes or 10})
        for item in making.items_of(meeting)
    ]
    standing = [row for row in rows if row.title in leads]
    return [*standing[:-2], *(row for row in rows if row.title not in leads), *standing[-2:]]
