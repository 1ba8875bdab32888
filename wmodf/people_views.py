"""Pages of a person, an organisation and a dataset."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.models import Action
from meetings.models import Meeting
from members.models import Membership, Person
from wishlists.models import Entry
from wmodf.knowing import datasets_known_to, organisations_known_to, people_known_to
from wmodf.lib.access import Standing, public, standing_of
from wmodf.lib.paging import first_of, page_of

MOST_OPEN = 15
MOST_ENDED = 6
MOST_ENTRIES = 8
MOST_MEETINGS = 8
MOST_OF_A_DATASET = 40


@public(reason="People whom published notes name, unless they asked not to be named: for those there is no page.")
@require_safe
def person_detail(request: HttpRequest, person_id: int) -> HttpResponse:
    """A person: offices, what they promised, the data they used and want, and the notes that say they were there."""
    user, today = request.user, timezone.localdate()
    person = get_object_or_404(people_known_to(user, on=today), pk=person_id)
    actions = Action.objects.visible_to(user).owned_by(person).with_lines()
    entries = Entry.objects.visible_to(user).of_person(person).with_people().with_lines()
    meetings = Meeting.objects.visible_to(user).attended_by(person, user=user).with_details()
    context = {
        "person": person,
        "is_withheld": person.public_name != Person.PublicName.FULL,
        **_offices(person, user, today),
        "open_actions": first_of(actions.open().most_pressing_first(), most=MOST_OPEN),
        "ended_actions": first_of(actions.ended(), most=MOST_ENDED),
        "wants": first_of(entries.wants(), most=MOST_ENTRIES),
        "used": first_of(entries.used(), most=MOST_ENTRIES),
        "meetings": first_of(meetings, most=MOST_MEETINGS),
        "all_of": f"person={person.pk}",
        "today": today,
    }
    return TemplateResponse(request, "people/person_detail.html", context)


def _offices(person: Person, user: object, today: date) -> dict[str, list[Membership]]:
    """The person's memberships of the group, of today and of before; `speaks_for` names what the reader may know of."""
    memberships = Membership.objects.of_group().of_person(person).begun(on=today)
    known = organisations_known_to(user, on=today).among(memberships.values("on_behalf_of"))
    known = {organisation.pk: organisation for organisation in known}
    offices, is_member = list(memberships), standing_of(user) >= Standing.MEMBER
    for office in offices:
        office.speaks_for = known.get(office.on_behalf_of_id)  # type: ignore[attr-defined]
        is_over = office.end_date is not None and office.end_date < today
        # Who means to leave is not for everyone.
        office.shown_end = office.end_date if is_over or is_member else None  # type: ignore[attr-defined]
    return {
        "offices": [office for office in offices if office.holds(on=today)],
        "former_offices": [office for office in offices if not office.holds(on=today)],
    }


@public(reason="Organisations that published notes and announced meetings name.")
@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """All organisations of which the reader may know."""
    organisations = organisations_known_to(request.user, on=timezone.localdate())
    return TemplateResponse(
        request, "people/organisation_list.html", {"page": page_of(organisations, request.GET, size=50)}
    )


@public(reason="Organisations that published notes and announced meetings name.")
@require_safe
def organisation_detail(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """An organisation: who speaks for it, the meetings it hosted, its people's data and open actions."""
    user, today = request.user, timezone.localdate()
    organisation = get_object_or_404(organisations_known_to(user, on=today), pk=organisation_id)
    speaking = Membership.objects.of_group().current(on=today).speaking_for(organisation)
    actions = Action.objects.visible_to(user).owned_from(organisation, user=user).with_owners().with_lines()
    entries = Entry.objects.visible_to(user).of_organisation(organisation).with_people().with_lines()
    hosted = Meeting.objects.visible_to(user).hosted_by(organisation).with_details()
    context = {
        "organisation": organisation,
        "speakers": _once_each(speaking.of_people(people_known_to(user, on=today))),
        "open_actions": first_of(actions.open().most_pressing_first(), most=MOST_OPEN),
        "wants": first_of(entries.wants(), most=MOST_ENTRIES),
        "used": first_of(entries.used(), most=MOST_ENTRIES),
        "meetings": first_of(hosted, most=MOST_MEETINGS),
        "all_of": f"organisation={organisation.pk}",
        "today": today,
    }
    return TemplateResponse(request, "people/organisation_detail.html", context)


def _once_each(memberships: list[Membership]) -> list[tuple[Person, list[Membership]]]:
    """The people with their memberships: somebody may be Chair and, in a row of its own, a member."""
    found: dict[Person, list[Membership]] = {}
    for membership in memberships:
        found.setdefault(membership.person, []).append(membership)
    return list(found.items())


@public(reason="Datasets that published entries name.")
@require_safe
def dataset_list(request: HttpRequest) -> HttpResponse:
    """All datasets of which the reader may know."""
    datasets = datasets_known_to(request.user).with_counts(request.user)
    return TemplateResponse(request, "people/dataset_list.html", {"page": page_of(datasets, request.GET, size=50)})


@public(reason="Datasets that published entries name.")
@require_safe
def dataset_detail(request: HttpRequest, dataset_id: int) -> HttpResponse:
    """A dataset: who used it, who wants it, and what became of the wants."""
    dataset = get_object_or_404(datasets_known_to(request.user), pk=dataset_id)
    entries = Entry.objects.visible_to(request.user).about(dataset).with_people().with_lines()
    context = {
        "dataset": dataset,
        "wants": first_of(entries.wants().with_updates(), most=MOST_OF_A_DATASET),
        "used": first_of(entries.used(), most=MOST_OF_A_DATASET),
        "all_of": f"dataset={dataset.pk}",
    }
    return TemplateResponse(request, "people/dataset_detail.html", context)
