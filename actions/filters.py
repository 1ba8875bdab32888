"""What actions can be filtered by. Choices offer only what this reader sees anyway."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from actions.models import Action, ActionOwner, ActionQuerySet
from members.models import Organisation, OrganisationQuerySet, Person, PersonQuerySet
from wmodf.lib.filtering import words_filter

STATES = [
    ("open", _("Open")),
    ("overdue", _("Overdue")),
    ("done", _("Done")),
    ("dropped", _("Dropped")),
]


def people(request: HttpRequest) -> PersonQuerySet:
    """Owners of actions that this reader may know of, by a name that this reader may see."""
    owners = ActionOwner.objects.of(Action.objects.visible_to(request.user))
    return Person.objects.named_to(request.user).among(owners.values("person"))


def organisations(request: HttpRequest) -> OrganisationQuerySet:
    """The organisations that those owners speak, or spoke, for."""
    return Organisation.objects.spoken_for_by(people(request))


class ActionFilterSet(FilterSet):
    """By state, owner, the owner's organisation, and words."""

    state = ChoiceFilter(
        label=_("State"),
        method="in_state",
        choices=STATES,
        empty_label=_("All states"),
        error_messages={"invalid_choice": _("Choose one of the states listed.")},
    )
    organisation = ModelChoiceFilter(
        label=_("Owner’s organisation"),
        method="owned_from",
        queryset=organisations,
        empty_label=_("All organisations"),
        error_messages={"invalid_choice": _("Choose one of the organisations listed.")},
    )
    person = ModelChoiceFilter(
        label=_("Owner"),
        method="owned_by",
        queryset=people,
        empty_label=_("Everyone"),
        error_messages={"invalid_choice": _("Choose one of the people listed.")},
    )
    words = words_filter(method="mentioning")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:  # noqa: ANN401 (as the library's)
        super().__init__(*args, **kwargs)
        self.on = on

    def in_state(self, actions: ActionQuerySet, _name: str, state: str) -> ActionQuerySet:
        """Keep the actions in this state today."""
        return actions.in_state(state, on=self.on)

    def owned_from(self, actions: ActionQuerySet, _name: str, organisation: Organisation) -> ActionQuerySet:
        """Keep the actions of the organisation's people."""
        return actions.owned_from(organisation, user=self.request.user)

    def owned_by(self, actions: ActionQuerySet, _name: str, person: Person) -> ActionQuerySet:
        """Keep the person's actions."""
        return actions.owned_by(person)

    def mentioning(self, actions: ActionQuerySet, _name: str, words: str) -> ActionQuerySet:
        """Keep the actions with the words in them."""
        return actions.mentioning(words)
