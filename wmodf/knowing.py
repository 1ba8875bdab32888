"""Of which people, organisations and datasets a reader may know: those that something names which they may read."""

from datetime import date

from django.db.models import Q

from actions.models import Action, ActionOwner
from meetings.models import Attendance, Meeting
from members.models import Membership, Organisation, OrganisationQuerySet, Person, PersonQuerySet
from wishlists.models import Dataset, DatasetQuerySet, Entry
from wmodf.lib.access import Standing, standing_of


def people_known_to(user: object, *, on: date) -> PersonQuerySet:
    """Whom this reader may know of, by their full names: all for the secretary.

    They are those in notes, actions and entries that the reader may read, and the officers of the day.
    """
    named = Person.objects.named_to(user)
    if standing_of(user) >= Standing.SECRETARY:
        return named
    officers = Membership.objects.current(on=on).of_group().officers()
    owners = ActionOwner.objects.of(Action.objects.visible_to(user))
    attendances = Attendance.objects.visible_to(user).listed()
    return named.filter(
        Q(pk__in=attendances.values("person"))
        | Q(pk__in=attendances.values("deputising_for"))
        | Q(pk__in=owners.values("person"))
        | Q(pk__in=Entry.objects.visible_to(user).values("person"))
        | Q(pk__in=officers.values("person"))
    )


def organisations_known_to(user: object, *, on: date) -> OrganisationQuerySet:
    """Of which this reader may know: all for the secretary.

    They are the group, the hosts of announced meetings, those represented in notes that the reader may read, those in
    entries that they may read, and those represented in the group that day.
    """
    if standing_of(user) >= Standing.SECRETARY:
        return Organisation.objects.all()
    return Organisation.objects.filter(
        Q(is_group=True)
        | Q(pk__in=Meeting.objects.visible_to(user).values("host"))
        | Q(pk__in=Attendance.objects.visible_to(user).listed().values("representing"))
        | Q(pk__in=Entry.objects.visible_to(user).values("organisation"))
        | Q(pk__in=Organisation.objects.represented(on=on).values("pk"))
    )


def datasets_known_to(user: object) -> DatasetQuerySet:
    """Those that an entry names which this reader may read; all for the secretary."""
    if standing_of(user) >= Standing.SECRETARY:
        return Dataset.objects.all()
    return Dataset.objects.among(Entry.objects.visible_to(user).values("dataset"))
