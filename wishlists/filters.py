"""What data used and wanted can be filtered by. Choices offer only what this reader sees anyway."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from members.models import Organisation, OrganisationQuerySet, Person, PersonQuerySet
from wishlists.models import Dataset, DatasetQuerySet, Entry, EntryQuerySet
from wmodf.lib.dates import months_before
from wmodf.lib.filtering import words_filter

KINDS = [(Entry.Kind.USED, _("Used")), (Entry.Kind.WANTS, _("Wanted"))]
WITHDRAWN = "withdrawn"
STATUSES = [
    *((status.value, capfirst(status.label)) for status in Entry.Status if status),
    (WITHDRAWN, _("Withdrawn")),
]
AGES = [
    ("6", _("In the last 6 months")),
    ("12", _("6 to 12 months ago")),
    ("24", _("1 to 2 years ago")),
    ("older", _("More than 2 years ago")),
]
# Each age in months: raised before the first, and not before the second.
BOUNDS: dict[str, tuple[int | None, int | None]] = {"6": (None, 6), "12": (6, 12), "24": (12, 24), "older": (24, None)}


def organisations(request: HttpRequest) -> OrganisationQuerySet:
    """Those that said what they used or want, as far as this reader may know."""
    return Organisation.objects.among(Entry.objects.visible_to(request.user).values("organisation"))


def datasets(request: HttpRequest) -> DatasetQuerySet:
    """Those that an entry is about of which this reader may know."""
    return Dataset.objects.among(Entry.objects.visible_to(request.user).values("dataset"))


def people(request: HttpRequest) -> PersonQuerySet:
    """Those whose entries this reader may know of, by a name that this reader may see."""
    return Person.objects.named_to(request.user).among(Entry.objects.visible_to(request.user).values("person"))


class EntryFilterSet(FilterSet):
    """By used or wanted, state, organisation, person, dataset, age and words; withdrawn ones only where asked for."""

    kind = ChoiceFilter(
        label=_("Used or wanted"),
        choices=KINDS,
        empty_label=_("Both"),
        error_messages={"invalid_choice": _("Choose “Used” or “Wanted”.")},
    )
    status = ChoiceFilter(
        label=_("State"),
        method="in_state",
        choices=STATUSES,
        empty_label=_("All but withdrawn"),
        error_messages={"invalid_choice": _("Choose one of the states listed.")},
    )
    organisation = ModelChoiceFilter(
        label=_("Organisation"),
        queryset=organisations,
        empty_label=_("All organisations"),
        error_messages={"invalid_choice": _("Choose one of the organisations listed.")},
    )
    person = ModelChoiceFilter(
        label=_("Person"),
        queryset=people,
        empty_label=_("Everyone"),
        error_messages={"invalid_choice": _("Choose one of the people listed.")},
    )
    dataset = ModelChoiceFilter(
        label=_("Dataset"),
        queryset=datasets,
        empty_label=_("All datasets"),
        error_messages={"invalid_choice": _("Choose one of the datasets listed.")},
    )
    age = ChoiceFilter(
        label=_("Age"),
        method="of_age",
        choices=AGES,
        empty_label=_("Any age"),
        error_messages={"invalid_choice": _("Choose one of the ages listed.")},
    )
    words = words_filter(method="mentioning")

    class Meta:
        model = Entry
        fields = ["kind", "status", "organisation", "person", "dataset"]

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:  # noqa: ANN401 (as the library's)
        super().__init__(*args, **kwargs)
        self.on = on

    def filter_queryset(self, queryset: EntryQuerySet) -> EntryQuerySet:
        """As the filters say; without what was withdrawn unless it was asked for."""
        is_withdrawn = self.form.cleaned_data.get("status") == WITHDRAWN
        return super().filter_queryset(queryset.withdrawn() if is_withdrawn else queryset.standing())

    def in_state(self, entries: EntryQuerySet, _name: str, status: str) -> EntryQuerySet:
        """Keep the wants that stand so."""
        return entries if status == WITHDRAWN else entries.in_state(status)

    def of_age(self, entries: EntryQuerySet, _name: str, age: str) -> EntryQuerySet:
        """Keep the entries raised that long ago."""
        before, since = (None if months is None else months_before(self.on, months) for months in BOUNDS[age])
        return entries.raised_between(since=since, before=before)

    def mentioning(self, entries: EntryQuerySet, _name: str, words: str) -> EntryQuerySet:
        """Keep the entries with the words in them."""
        return entries.mentioning(words)
