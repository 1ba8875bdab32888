"""Who is at a meeting: the day's members with what they answered beforehand, and what becomes of that in the notes.

Silence stays silence: who did not answer stands in no list until the secretary says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from meetings.minutes.structure import Attendee, Presence
from meetings.models import Attendance, Meeting, Reply
from members.models import Membership, Person
from members.naming import derived_initials, fold
from wmodf.lib.words import untranslated

PRESENT = "present"
APOLOGIES = "apologies"
ONLINE = "online"  # the remark beside the name
PRESENCE_OF = {PRESENT: Presence.ATTENDED, APOLOGIES: Presence.APOLOGIES}


@dataclass(frozen=True, kw_only=True)
class Seat:
    """One member of a meeting's day, or somebody else who answered: whom they speak for, and the answer or None."""

    person: Person
    organisation: str = ""
    role: str = ""
    reply: Reply | None = None
    other_names: tuple[str, ...] = ()

    def is_called(self, name: str) -> bool:
        """Whether a list of names means this member by it."""
        return fold(name) in {fold(one) for one in (self.person.name, *self.other_names)}

    @property
    def answered(self) -> str:
        """The choice that the answer makes: present, apologies, or none."""
        if self.reply is None:
            return ""
        return PRESENT if self.reply.answer in Reply.COMING else APOLOGIES

    def listed(self, presence: Presence) -> Attendee:
        """The member as a list of names has them."""
        is_online = self.reply is not None and self.reply.answer == Reply.Answer.ONLINE
        return Attendee(
            name=self.person.name,
            presence=presence,
            organisation=self.organisation,
            role=self.role,
            initials=_odd_initials(self.person),
            note=ONLINE if is_online and presence is Presence.ATTENDED else "",
        )


@dataclass(frozen=True, kw_only=True)
class WalkIn:
    """Somebody who is there and no member of the day."""

    name: str
    organisation: str = ""
    is_member: bool = False

    def listed(self) -> Attendee:
        """The visitor as a list of names has them."""
        presence = Presence.ATTENDED if self.is_member else Presence.GUESTS
        return Attendee(name=self.name, presence=presence, organisation=self.organisation)


def seats_of(meeting: Meeting) -> list[Seat]:
    """The members of the meeting's day by family name, then whoever else answered; three queries."""
    memberships = (
        Membership.objects.current(on=meeting.on)
        .of_group()
        .select_related("person", "on_behalf_of")
        .prefetch_related("person__other_names")
        .order_by("person__sort_name", "person__name", "pk")
    )
    replies = {reply.person_id: reply for reply in meeting.replies.with_people()}
    found: dict[int, Seat] = {}
    for membership in memberships:
        former = found.get(membership.person_id)
        organisation = membership.on_behalf_of.name if membership.on_behalf_of else ""
        role = untranslated(membership.get_role_display()) if membership.role else ""  # into the notes
        found[membership.person_id] = Seat(
            person=membership.person,
            organisation=(former.organisation if former else "") or organisation,
            role=(former.role if former else "") or role,
            reply=replies.get(membership.person_id),
            other_names=tuple(other.name for other in membership.person.other_names.all()),
        )
    for reply in replies.values():
        found.setdefault(reply.person_id, Seat(person=reply.person, reply=reply))
    return list(found.values())


def expected(meeting: Meeting, seats: Sequence[Seat]) -> list[Attendee]:
    """The lists with which the notes begin: what the admin's attendance says, then the replies. Two queries."""
    rows = list(meeting.attendances.with_people())
    entered = {row.person_id for row in rows}
    found = [_from_row(row) for row in rows if row.status != Attendance.Status.ABSENT]
    deputies = []
    for seat in seats:
        if not seat.answered or seat.person.pk in entered:
            continue
        found.append(seat.listed(PRESENCE_OF[seat.answered]))
        if seat.reply and seat.reply.answer == Reply.Answer.DEPUTY:
            deputies.append(_deputy(seat))
    known = {fold(one.name) for one in found}
    return [*found, *(one for one in deputies if fold(one.name) not in known)]


def choices_in(attendees: Sequence[Attendee], seats: Iterable[Seat]) -> dict[int, str]:
    """What the notes say of each member, by key; where they have no lists at all, what the replies say."""
    if not attendees:
        return {seat.person.pk: seat.answered for seat in seats}
    return {seat.person.pk: _choice(attendees, seat) for seat in seats}


def chosen(
    attendees: Iterable[Attendee],
    *,
    seats: Sequence[Seat],
    choices: Mapping[int, str],
    walk_ins: Iterable[WalkIn] = (),
) -> list[Attendee]:
    """The notes' lists with these choices: members moved, added and taken out, walk-ins added, anyone else left."""
    found: list[Attendee] = []
    seen: set[int] = set()
    for attendee in attendees:
        seat = next((one for one in seats if one.is_called(attendee.name)), None)
        if seat is None or seat.person.pk not in choices:
            found.append(attendee)
            continue
        choice = choices[seat.person.pk]
        if choice and seat.person.pk not in seen:
            seen.add(seat.person.pk)
            found.append(attendee if _says(attendee, choice) else _moved(attendee, PRESENCE_OF[choice]))
    for seat in seats:
        choice = choices.get(seat.person.pk, "")
        if choice and seat.person.pk not in seen:
            found.append(seat.listed(PRESENCE_OF[choice]))
    known = {fold(one.name) for one in found}
    for walk_in in walk_ins:
        if fold(walk_in.name) not in known:
            known.add(fold(walk_in.name))
            found.append(walk_in.listed())
    return found


def last_with_notes(meeting: Meeting) -> Meeting | None:
    """The latest meeting before this one that has notes, drafts too; by a query."""
    return Meeting.objects.past(on=meeting.on).filter(minutes__isnull=False).first()


def same_as(
    last: Meeting, *, seats: Sequence[Seat], choices: Mapping[int, str], walk_ins: Sequence[WalkIn]
) -> tuple[dict[int, str], list[WalkIn]]:
    """The choices with everyone who was at the last meeting: members of whom nothing is said yet, and visitors."""
    there = list(last.attendances.there().with_people())
    keys = {row.person_id for row in there if row.person_id}
    filled = {key: choice or (PRESENT if key in keys else "") for key, choice in choices.items()}
    visitors = list(walk_ins)
    known = {fold(one.name) for one in visitors}
    for row in there:
        name = row.person.name if row.person else row.person_name
        if row.person_id in filled or any(seat.is_called(name) for seat in seats) or fold(name) in known:
            continue
        known.add(fold(name))
        is_member = row.capacity != Attendance.Capacity.IN_ATTENDANCE
        visitors.append(WalkIn(name=name, organisation=row.representing_name, is_member=is_member))
    return filled, visitors


def _choice(attendees: Iterable[Attendee], seat: Seat) -> str:
    listed = next((one for one in attendees if seat.is_called(one.name)), None)
    if listed is None:
        return ""
    return APOLOGIES if listed.presence is Presence.APOLOGIES else PRESENT


def _says(attendee: Attendee, choice: str) -> bool:
    """Whether the list in which somebody stands is the choice; a member among those in attendance is present too."""
    return (attendee.presence is Presence.APOLOGIES) == (choice == APOLOGIES)


def _moved(attendee: Attendee, presence: Presence) -> Attendee:
    return replace(attendee, presence=presence, note="", source=())


def _from_row(row: Attendance) -> Attendee:
    presence = Presence.APOLOGIES
    if row.status == Attendance.Status.PRESENT:
        is_guest = row.capacity == Attendance.Capacity.IN_ATTENDANCE
        presence = Presence.GUESTS if is_guest else Presence.ATTENDED
    return Attendee(
        name=row.person_name or (row.person.name if row.person else ""),
        presence=presence,
        organisation=row.representing_name or (row.representing.name if row.representing else ""),
        role=row.role,
        initials=row.initials,
        note=row.note,
    )


def _deputy(seat: Seat) -> Attendee:
    return Attendee(
        name=seat.reply.deputy_name,
        presence=Presence.GUESTS,
        organisation=seat.reply.deputy_organisation,
        note=f"deputising for {seat.person.name}",
    )


def _odd_initials(person: Person) -> str:
    """Initials that nobody would make of the name: the lists print them, so that every reader knows them."""
    given = person.shown_initials()
    return "" if given in derived_initials(person.name) else given
