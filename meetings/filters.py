"""What the archive of meetings can be filtered by. Choices offer only what this reader sees anyway."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from meetings.models import Attendance, Meeting, MeetingQuerySet
from members.models import Organisation, OrganisationQuerySet, Person, PersonQuerySet
from wmodf.lib.filtering import words_filter


def organisations(request: HttpRequest) -> OrganisationQuerySet:
    """Hosts of meetings, and organisations represented, as far as this reader sees them."""
    hosts = Meeting.objects.visible_to(request.user).values("host")
    represented = Attendance.objects.visible_to(request.user).there().values("representing")
    return Organisation.objects.among(hosts, represented)


def people(request: HttpRequest) -> PersonQuerySet:
    """Those who were at a meeting, by notes that this reader may see, and whose name this reader may see."""
    there = Attendance.objects.visible_to(request.user).there()
    return Person.objects.named_to(request.user).among(there.values("person"))


class MeetingFilterSet(FilterSet):
    """By year, organisation, person and words."""

    year = ChoiceFilter(
        label=_("Year"),
        method="in_year",
        empty_label=_("All years"),
        error_messages={"invalid_choice": _("There are no meetings in this year: choose one of those listed.")},
    )
    organisation = ModelChoiceFilter(
        label=_("Organisation present or host"),
        method="with_organisation",
        queryset=organisations,
        empty_label=_("All organisations"),
        error_messages={"invalid_choice": _("Choose one of the organisations listed.")},
    )
    person = ModelChoiceFilter(
        label=_("Person present"),
        method="attended_by",
        queryset=people,
        empty_label=_("Everyone"),
        error_messages={"invalid_choice": _("Choose one of the people listed.")},
    )
    words = words_filter(method="mentioning")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (as the library's)
        super().__init__(*args, **kwargs)
        days = self.queryset.dates("on", "year", order="DESC")
        self.filters["year"].extra["choices"] = [(day.year, day.year) for day in days]

    def in_year(self, meetings: MeetingQuerySet, _name: str, year: str) -> MeetingQuerySet:
        """Keep the meetings of the year."""
        return meetings.in_year(int(year))

    def with_organisation(self, meetings: MeetingQuerySet, _name: str, value: Organisation) -> MeetingQuerySet:
        """Keep the meetings that the organisation hosted or at which it was represented."""
        return meetings.with_organisation(value, user=self.request.user)

    def attended_by(self, meetings: MeetingQuerySet, _name: str, value: Person) -> MeetingQuerySet:
        """Keep the meetings at which the person was."""
        return meetings.attended_by(value, user=self.request.user)

    def mentioning(self, meetings: MeetingQuerySet, _name: str, value: str) -> MeetingQuerySet:
        """Keep the meetings with the words in them."""
        return meetings.mentioning(value, user=self.request.user)
