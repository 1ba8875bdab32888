"""Saved rows for tests: fixed dates, nothing random."""

import uuid
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from actions.models import Action, ActionOwner
from meetings import publishing
from meetings.drafts import drafting
from meetings.events import publishing as event_publishing
from meetings.minutes.structure import Kind
from meetings.models import (
    AgendaItem,
    Attendance,
    Draft,
    Event,
    Item,
    Meeting,
    MinuteLine,
    Minutes,
    Original,
    Paper,
    Reply,
)
from members.models import Membership, Organisation, Person, User, user_for
from wishlists.models import Dataset, Entry, Support
from wmodf.lib.models import Revision

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def at(on: date, hour=12) -> datetime:
    """That hour of a day, by London's clocks."""
    return datetime.combine(on, time(hour), tzinfo=ZoneInfo("Europe/London"))


def make_group(*, name="Elmbridge Data Circle", public_email="hello@circle.example") -> Organisation:
    """The group itself, once."""
    return Organisation.objects.group() or Organisation.objects.create(
        name=name, is_group=True, public_email=public_email
    )


def make_organisation(name="Elmbridge Council", **fields) -> Organisation:
    return Organisation.objects.get_or_create(name=name, defaults=fields)[0]


def make_person(name="Ada Birch", *, role=None, on_behalf_of=None, **fields) -> Person:
    """A person; with a role ("" for a plain member) also a current membership of the group."""
    person = Person(name=name, **fields)
    person.clean()
    person.save()
    if role is not None:
        Membership.objects.create(
            person=person,
            organisation=make_group(),
            role=role,
            on_behalf_of=on_behalf_of,
            start_date=date(2020, 1, 1),
        )
    return person


def make_user(name="Ada Birch", *, role="", email=None, **fields) -> User:
    """A member who can log in."""
    email = email or f"{name.lower().replace(' ', '.')}@private.example"
    return user_for(make_person(name, role=role, email=email, **fields))


def make_meeting(*, on=date(2026, 1, 28), published=True, now=NOW, **fields) -> Meeting:
    """A meeting, announced unless told otherwise."""
    fields.setdefault("starts", time(11))
    if fields["starts"]:
        fields.setdefault("ends", time(13))
    meeting = Meeting(on=on, **fields)
    if published:
        publishing.announce(meeting=meeting, now=now)
    else:
        publishing.publish(meeting=meeting, now=now)
    return meeting


def make_minutes(meeting, *, circulated=True, text="Notes.", now=NOW) -> Minutes:
    """Notes of the meeting, circulated unless told otherwise. Add lines before, or call publishing.show after."""
    minutes = Minutes.objects.create(meeting=meeting, text=text, revision=1)
    if circulated:
        publishing.circulate(minutes=minutes, now=now)
    return minutes


def make_original(meeting, *, text="Notes.", now=NOW, **fields) -> Original:
    """A file of notes that is kept with its meeting."""
    fields = {"name": "notes.txt", "data": text.encode(), "size": len(text)} | fields
    return Original.objects.create(meeting=meeting, state=Original.State.RECORDED, text=text, taken_at=now, **fields)


def make_item(meeting, title="Updates", **fields) -> Item:
    position = fields.pop("position", meeting.items.count() + 1)
    return Item.objects.create(meeting=meeting, position=position, title=title, **fields)


def make_line(meeting, text="It was a good event.", *, kind=Kind.PROSE, **fields) -> MinuteLine:
    position = fields.pop("position", meeting.lines.count() + 1)
    return MinuteLine.objects.create(meeting=meeting, position=position, kind=kind, text=text, **fields)


def make_action(text="AB to ask the bus company", *, owners=(), meeting=None, line=None, **fields) -> Action:
    """An action; with a meeting also the line that raised it there (`line` gives that line's other fields).

    Owners are people, values of Membership.Role, "everyone", or words that match nobody.
    """
    fields.setdefault("raised_on", meeting.on if meeting else date(2026, 1, 28))
    action = Action.objects.create(number=Revision.objects.move_on("actions"), text=text, **fields)
    for position, owner in enumerate(owners):
        ActionOwner.objects.create(
            action=action,
            position=position,
            person=owner if isinstance(owner, Person) else None,
            role=owner if isinstance(owner, Membership.Role) else "",
            is_everyone=owner == "everyone",
            as_minuted=owner.shown_initials() if isinstance(owner, Person) else str(owner),
        )
    if meeting:
        make_line(meeting, text, kind=Kind.ACTION, action=action, **(line or {}))
    return action


def make_entry(text="Bus stop times", *, kind=Entry.Kind.USED, meeting=None, line=None, **fields) -> Entry:
    """Data used or wanted; with a meeting also the line that raised it there."""
    fields.setdefault("raised_on", meeting.on if meeting else date(2026, 1, 28))
    fields.setdefault("status", Entry.Status.WANTED if kind == Entry.Kind.WANTS else "")
    entry = Entry.objects.create(number=Revision.objects.move_on("entries"), kind=kind, text=text, **fields)
    if meeting:
        make_line(meeting, text, kind=Kind(kind), entry=entry, **(line or {}))
    return entry


def make_added_entry(person, text="Tree positions", *, kind=Entry.Kind.WANTS, now=NOW, **fields) -> Entry:
    """Data used or wanted that a member entered on the site, as its page does: members read it at once."""
    entry = make_entry(text, kind=kind, person=person, person_name=person.name, added_by=person, **fields)
    publishing.show_records(entries=[entry.pk], now=now)
    entry.refresh_from_db()
    return entry


def make_dataset(name="Bus stops of Britain", **fields) -> Dataset:
    return Dataset.objects.get_or_create(name=name, defaults=fields)[0]


def make_support(entry, person, *, kind=Support.Kind.ME_TOO, now=NOW, **fields) -> Support:
    """A member's "me too" to a want, or "we have this"."""
    return Support.objects.create(entry=entry, person=person, kind=kind, made_at=now, **fields)


def make_attendance(meeting, person, **fields) -> Attendance:
    """A person's attendance; `person` may be a name that matches nobody."""
    fields.setdefault("position", meeting.attendances.count() + 1)
    if isinstance(person, Person):
        fields.update(person=person, person_name=person.name)
    else:
        fields.update(person_name=person)
    return Attendance.objects.create(meeting=meeting, **fields)


def make_agenda_item(meeting=None, title="Bus stop data", **fields) -> AgendaItem:
    """An item on the meeting's agenda; without a meeting one that is put aside. Its sight is publishing's to set."""
    fields.setdefault("status", AgendaItem.Status.ON if meeting else AgendaItem.Status.ASIDE)
    if meeting:
        fields.setdefault("position", meeting.agenda.count() + 1)
    return AgendaItem.objects.create(meeting=meeting, title=title, **fields)


def make_paper(meeting, title="How we publish", *, data=b"Plain words.", now=NOW, **fields) -> Paper:
    """A paper: a file of plain text, or with `link` a link. Its sight is publishing's to set."""
    if not fields.get("link"):
        fields = {"name": "paper.txt", "content_type": "text/plain", "data": data, "size": len(data)} | fields
    return Paper.objects.create(meeting=meeting, title=title, added_at=now, **fields)


def make_reply(meeting, person, answer=Reply.Answer.IN_PERSON, *, now=NOW, **fields) -> Reply:
    """A member's answer to a meeting."""
    return Reply.objects.create(meeting=meeting, person=person, answer=answer, replied_at=now, **fields)


def make_event(title="Open Data Day", *, on=date(2026, 3, 7), published=False, now=NOW, **fields) -> Event:
    """An event beside the meetings; with `published` one that everyone is told of."""
    event = Event.objects.create(title=title, on=on, **fields)
    if published:
        event_publishing.announce(event=event, now=now)
    return event


def make_draft(meeting, user, text="AB to ask", *, editor=None, base_revision=0, now=NOW, **fields) -> Draft:
    """What the user typed and did not save; each on a page of its own unless told otherwise."""
    editor = editor or uuid.uuid4()
    return drafting.keep(
        meeting=meeting, by=user, editor=editor, text=text, base_revision=base_revision, now=now, **fields
    )
