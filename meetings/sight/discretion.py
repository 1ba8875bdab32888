"""Whose names the public texts leave out, near which meeting; and writing into rows who may see what.

Only the modules that publish something use this.
"""

from collections.abc import Iterable

from django.db import models

from meetings.models import AgendaItem, Attendance, Event, Meeting, Mention, MinuteLine
from members.models import Membership, OtherName, Person
from members.naming import NOBODY, Discretion, Nearby, Withheld, derived_initials, fold, looks_like_initials
from wmodf.lib.words import untranslated

# Words that name whoever holds an office: they give nobody away.
OFFICES = {fold(untranslated(office)) for office in Membership.Role.labels} | {"all"}


def near(meetings: Iterable[int], discretion: Discretion) -> dict[int, Nearby]:
    """For each meeting, those who withhold their names and whom its notes may mean by less than a full name.

    By initials they may mean the group's members that day, and whoever the notes and the agenda name; by other words
    those of whom the secretary said so.
    """
    asked = list(meetings)
    if not discretion.withheld:
        return dict.fromkeys(asked, NOBODY)
    if unknown := [meeting for meeting in asked if meeting not in discretion.known]:
        discretion.known.update(_near(unknown, discretion.person_ids))
    return {meeting: discretion.known[meeting] for meeting in asked}


def _near(meetings: list[int], people: set[int]) -> dict[int, Nearby]:
    near: dict[int, set[int]] = {meeting: set() for meeting in meetings}
    of_group = Membership.objects.of_group().filter(person__in=people)
    for meeting, on in Meeting.objects.filter(pk__in=near).values_list("pk", "on"):
        near[meeting].update(of_group.current(on=on).values_list("person", flat=True))
    named = [
        Attendance.objects.filter(meeting__in=near, person__in=people).values_list("meeting", "person"),
        Attendance.objects.filter(meeting__in=near, deputising_for__in=people).values_list("meeting", "deputising_for"),
        MinuteLine.objects.filter(meeting__in=near, action__owners__person__in=people).values_list(
            "meeting", "action__owners__person"
        ),
        MinuteLine.objects.filter(meeting__in=near, entry__person__in=people).values_list("meeting", "entry__person"),
        AgendaItem.objects.filter(meeting__in=near, lead__in=people).values_list("meeting", "lead"),
    ]
    for pairs in named:
        for meeting, person in pairs:
            near[meeting].add(person)
    confirmed = _confirmed("meeting", list(near), people)
    return {
        meeting: Nearby(people=frozenset(found), confirmed=confirmed.get(meeting, frozenset()))
        for meeting, found in near.items()
    }


def near_meeting(meeting: Meeting, discretion: Discretion) -> Nearby:
    """The same for one meeting at hand, which may be new or have another day than the one that is stored."""
    if not discretion.withheld:
        return NOBODY
    stored = near([meeting.pk], discretion)[meeting.pk] if meeting.pk else NOBODY
    of_group = Membership.objects.of_group().filter(person__in=discretion.person_ids).current(on=meeting.on)
    return stored | Nearby(people=frozenset(of_group.values_list("person", flat=True)))


def near_events(events: Iterable[Event], discretion: Discretion) -> dict[int, Nearby]:
    """For each event, the words in it of which the secretary said whom they mean."""
    keys = [event.pk for event in events if event.pk]
    confirmed = _confirmed("event", keys, discretion.person_ids) if keys and discretion.withheld else {}
    return {key: Nearby(confirmed=confirmed.get(key, frozenset())) for key in keys}


def _confirmed(where: str, keys: list[int], people: set[int]) -> dict[int, frozenset[tuple[int, str]]]:
    """By meeting or event, the words that the secretary confirmed, each with the person whom they mean."""
    found: dict[int, set[tuple[int, str]]] = {}
    rows = Mention.objects.filter(is_them=True, person__in=people, **{f"{where}__in": keys})
    for key, person, words in rows.values_list(where, "person", "words"):
        found.setdefault(key, set()).add((person, words))
    return {key: frozenset(words) for key, words in found.items()}


def discretion_of(people: Iterable[Person]) -> Discretion:
    """What keeps the names of these people alone."""
    return Discretion(tuple(_withheld(person) for person in people))


def discretion_today() -> Discretion:
    """What keeps the names of those who asked for it, and all e-mail addresses, out of public texts."""
    people = list(Person.objects.withheld().prefetch_related("other_names", "attendances", "owned_actions", "entries"))
    if not people:
        return Discretion(())
    named = Person.objects.filter(public_name=Person.PublicName.FULL)
    others = [*named.values_list("name", flat=True)]
    others += OtherName.objects.filter(person__in=named).values_list("name", flat=True)
    return Discretion(tuple(map(_withheld, people)), others=tuple(name for name in others if len(name.split()) > 1))


def _withheld(person: Person) -> Withheld:
    """What the person is called: by name, other names and initials, and as the notes have it; not by office."""
    minuted = [
        *(row.person_name for row in person.attendances.all()),
        *(row.initials for row in person.attendances.all()),
        *(row.as_minuted for row in person.owned_actions.all()),
        *(row.person_name for row in person.entries.all()),
    ]
    called = [words for words in minuted if words and fold(words).removeprefix("the ") not in OFFICES]
    initials = {*(person.initials.split() or derived_initials(person.name)), *filter(looks_like_initials, called)}
    names = {person.name, *(other.name for other in person.other_names.all())}
    own = {fold(name) for name in names}
    # Not "Ada Example or a deputy": the name in it is found by itself, and a deputy is nobody's name.
    names |= {
        words
        for words in called
        if not looks_like_initials(words)
        and not any(f" {name} " in f" {fold(words)} " for name in own - {fold(words)} if name)
    }
    return Withheld(
        person_id=person.pk, names=tuple(sorted(names)), initials=tuple(sorted(initials)), shown=person.public_form()
    )


def set_sight(row: models.Model, **values: object) -> None:
    """Give the row these values and note whether any of them is new."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    row.sight_changed = sorted(changed)  # type: ignore[attr-defined]


def save_sight(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Write the rows whose sight changed, and of them only the sight."""
    changed = [row for row in rows if row.sight_changed]  # type: ignore[attr-defined]
    fields = {name for row in changed for name in row.sight_changed}  # type: ignore[attr-defined]
    if changed:
        model.objects.bulk_update(changed, sorted(fields), batch_size=200)
