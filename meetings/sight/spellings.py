"""A spelling of somebody's name, once the secretary has said whose it is."""

import re
from collections.abc import Iterable

from django.db.models import QuerySet

from actions.models import ActionOwner
from meetings.models import AgendaItem, Attendance, Meeting
from members import matching
from members.models import OtherName, Person
from members.naming import fold
from wishlists.models import Entry


def settle(*, person: Person, name: str) -> bool:
    """Keep the name as another of the person's, for all notes; whether it is new.

    Rows of other notes that have these words and nobody behind them mean the person from now on: else somebody who
    asked not to be named would stay in them by another spelling. Whoever calls this shows them anew.
    """
    _, is_new = OtherName.objects.get_or_create(person=person, name=name)
    if is_new:
        _give(person, Attendance.objects.filter(person=None), name, words="person_name", once_in="meeting_id")
        owners = ActionOwner.objects.filter(person=None, role="", is_everyone=False)
        _give(person, owners, name, words="as_minuted", once_in="action_id")
        _give(person, Entry.objects.filter(person=None), name, words="person_name", once_in="pk")
        leads = AgendaItem.objects.filter(lead=None)
        _give(person, leads, name, words="lead_name", once_in="pk", who="lead")
    return is_new


def may_be_withheld(meeting: Meeting) -> str:
    """A name in the meeting's lists, owners or speakers that nobody has, and that is nearly that of somebody withheld.

    Empty where there is none.
    """
    names = [
        *meeting.attendances.filter(person=None).values_list("person_name", flat=True),
        *ActionOwner.objects.filter(action__lines__meeting=meeting, person=None).values_list("as_minuted", flat=True),
        *Entry.objects.filter(lines__meeting=meeting, person=None).values_list("person_name", flat=True),
    ]
    return next(iter(nearly_withheld(names)), "")


def may_be_withheld_on_agenda(meeting: Meeting) -> str:
    """The same of those who lead an item that everyone will read."""
    leads = meeting.agenda.on_agenda().filter(lead=None, is_confidential=False)
    return next(iter(nearly_withheld(leads.values_list("lead_name", flat=True))), "")


def nearly_withheld(names: Iterable[str]) -> list[str]:
    """Those of the names that are nearly the name of somebody withheld, or just it; no query where there are none."""
    names = [name for name in names if name]
    if not names:
        return []
    withheld = [
        fold(name)
        for person in Person.objects.withheld().prefetch_related("other_names")
        for name in (person.name, *_other_names(person))
    ]
    return [name for name in names if any(_is_like(fold(part), one) for part in _parts(name) for one in withheld)]


def _parts(name: str) -> list[str]:
    """The name, and each name in it where it is a list of some."""
    return [name, *re.split(r"[,;/&()]|\band\b", name)]


def _other_names(person: Person) -> list[str]:
    return [other.name for other in person.other_names.all()]


def _is_like(one: str, other: str) -> bool:
    return bool(one) and len(one) >= 5 and bool(matching.alike(one, other))


def _give(person: Person, rows: QuerySet, name: str, *, words: str, once_in: str, who: str = "person") -> None:
    """Let the rows with these words mean the person, who may stand once in each meeting and each action."""
    taken = set(rows.model.objects.filter(**{who: person}).values_list(once_in, flat=True))
    for row in rows:
        if fold(getattr(row, words)) == fold(name) and getattr(row, once_in) not in taken:
            taken.add(getattr(row, once_in))
            setattr(row, who, person)
            row.save(update_fields=[who])
