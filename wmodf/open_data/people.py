"""Tables of people and organisations, as far as everyone may know of them, and of who belongs to what."""

from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from members.models import Membership
from wmodf.knowing import organisations_known_to, people_known_to
from wmodf.open_data.meetings import key
from wmodf.open_data.records import OFFICES
from wmodf.open_data.structure import Field, Table, address, as_is, day, one_of, page, plain, refers, text

ORGANISATIONS = Table(
    name="organisations",
    title=_("Organisations"),
    description=_("The group itself, and the organisations that announced meetings and circulated notes name."),
    records=lambda on: organisations_known_to(None, on=on).order_by("pk"),
    fields=[
        key(_("The number of the organisation on this site.")),
        address("url", _("The organisation’s page."), page),
        text("name", _("What it is called."), plain("name"), required=True),
        text("short_names", _("What notes call it too, with commas between."), plain("short_names")),
        text("website", _("Its own site."), as_is("website")),
        text("description", _("A few words about it."), plain("description")),
        Field(
            name="is_group",
            type="boolean",
            required=True,
            description=_("Whether it is the group itself."),
            value=as_is("is_group"),
        ),
    ],
)

PEOPLE = Table(
    name="people",
    title=_("People"),
    description=_(
        "People whom circulated notes name, and the group’s officers. Those who asked not to be named are not here."
    ),
    records=lambda on: people_known_to(None, on=on).order_by("pk"),
    fields=[
        key(_("The number of the person on this site.")),
        address("url", _("The person’s page."), page),
        text("name", _("The name."), plain("name"), required=True),
        text("sort_name", _("The name by which lists sort, family name first."), plain("sort_name")),
        text("initials", _("The initials by which notes may call the person."), lambda one: one.shown_initials()),
    ],
)


def _memberships(on: date) -> QuerySet:
    """Those that have begun, of people and organisations in the tables above."""
    organisations = organisations_known_to(None, on=on)
    return (
        Membership.objects.of_group()
        .filter(Q(start_date=None) | Q(start_date__lte=on))
        .filter(person__in=people_known_to(None, on=on), organisation__in=organisations)
        .annotate(
            is_told=Exists(organisations.filter(pk=OuterRef("on_behalf_of"))),
            ended_on=Case(When(end_date__lt=on, then=F("end_date"))),  # who means to leave is not for everyone
        )
        .order_by("pk")
    )


MEMBERSHIPS = Table(
    name="memberships",
    title=_("Memberships"),
    description=_("Who of the people in the table belongs to what, and with which office."),
    records=_memberships,
    fields=[
        key(_("The number of the membership on this site.")),
        refers("person_id", "people", _("The person."), as_is("person_id"), required=True),
        refers(
            "organisation_id",
            "organisations",
            _("To what they belong: mostly the group."),
            as_is("organisation_id"),
            required=True,
        ),
        one_of("role", OFFICES, _("The office. Empty for a plain member."), as_is("role"), required=False),
        refers(
            "on_behalf_of_id",
            "organisations",
            _("The organisation for which they speak."),
            lambda one: one.on_behalf_of_id if one.is_told else None,
        ),
        day("start_date", _("The first day. Empty where nobody knows."), as_is("start_date")),
        day("end_date", _("The last day, once it is over."), as_is("ended_on")),
    ],
)
