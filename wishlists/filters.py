"""What data used and wanted can be filtered by. Choices offer only what this reader sees anyway."""

from django.http import HttpRequest
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from members.models import Organisation, OrganisationQuerySet
from wishlists.models import Entry, EntryQuerySet
from wmodf.lib.filtering import words_filter

KINDS = [(Entry.Kind.USED, "Used"), (Entry.Kind.WANTS, "Wanted")]
STATUSES = [(status.value, status.label.capitalize()) for status in Entry.Status if status]


def organisations(request: HttpRequest) -> OrganisationQuerySet:
    """Those that said what they used or want, as far as this reader may know."""
    return Organisation.objects.among(Entry.objects.visible_to(request.user).values("organisation"))


class EntryFilterSet(FilterSet):
    """By used or wanted, how a want stands, organisation and words."""

    kind = ChoiceFilter(
        label="Used or wanted",
        choices=KINDS,
        empty_label="Both",
        error_messages={"invalid_choice": "Choose “Used” or “Wanted”."},
    )
    status = ChoiceFilter(
        label="How a want stands",
        choices=STATUSES,
        empty_label="All states",
        error_messages={"invalid_choice": "Choose one of the states listed."},
    )
    organisation = ModelChoiceFilter(
        label="Organisation",
        queryset=organisations,
        empty_label="All organisations",
        error_messages={"invalid_choice": "Choose one of the organisations listed."},
    )
    words = words_filter(method="mentioning")

    class Meta:
        model = Entry
        fields = ["kind", "status", "organisation"]

    def mentioning(self, entries: EntryQuerySet, _name: str, words: str) -> EntryQuerySet:
        """Keep the entries with the words in them."""
        return entries.mentioning(words)
