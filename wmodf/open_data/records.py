"""Tables of actions, and of data used and wanted."""

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from actions.models import Action, ActionOwner, ActionUpdate
from meetings.minutes.structure import Kind
from meetings.models import Meeting, MinuteLine
from members.models import Membership
from members.naming import mask_emails
from wishlists.models import Entry, EntryUpdate, Support
from wmodf.knowing import datasets_known_to
from wmodf.open_data.meetings import key
from wmodf.open_data.structure import Table, address, as_is, day, named, one_of, page, plain, refers, text, whole

OFFICES = [role for role in Membership.Role.values if role]
STATES = [status for status in Entry.Status.values if status]


ACTIONS = Table(
    name="actions",
    title=_("Actions"),
    description=_("What was promised at meetings, and what became of it."),
    records=lambda _on: Action.objects.visible_to(None).with_owners().order_by("number"),
    fields=[
        text("reference", _("What notes and people call the action, such as A37."), as_is("reference"), required=True),
        address("url", _("The action’s page."), page),
        text("text", _("The words, as everyone may read them."), plain("shown")),
        text(
            "owners",
            _("Who answers for it, as everyone may read it. The table of owners has them one by one."),
            lambda one: get_text_list([mask_emails(owner.name_for(None)) for owner in one.owners.all()], "and"),
        ),
        day("raised_on", _("The day on which it was promised."), as_is("raised_on"), required=True),
        day("due_on", _("The day by which it is to be done."), as_is("due_on")),
        text("due_text", _("When it is due, as minuted."), lambda one: mask_emails(one.due_text_for(None))),
        one_of("status", Action.Status.values, _("How it stands."), as_is("status")),
        day("ended_on", _("The day on which it was done or dropped."), as_is("ended_on")),
    ],
)

ACTION_OWNERS = Table(
    name="action-owners",
    title=_("Owners of actions"),
    description=_("Who answers for an action: a person, whoever holds an office, all members, or a name as minuted."),
    records=lambda _on: (
        ActionOwner.objects.of(Action.objects.visible_to(None))
        .select_related("action", "person")
        .order_by("action__number", "position", "pk")
    ),
    fields=[
        key(_("The number of the row.")),
        refers(
            "action",
            "actions.reference",
            _("The action."),
            lambda one: one.action.reference,
            required=True,
        ),
        refers(
            "person_id",
            "people",
            _("The person. Empty for those who asked not to be named, and where it is no one person."),
            lambda one: named(one.person),
        ),
        text("name", _("The owner, as everyone may read it."), lambda one: mask_emails(one.name_for(None))),
        one_of(
            "office", OFFICES, _("The office whose holder answers for it, if it is one."), as_is("role"), required=False
        ),
    ],
)


def _hearing(update: ActionUpdate) -> int | None:
    """The line with the words, where everyone may read it; needs the lines fetched."""
    return next((line.pk for line in update.lines.all()), None)


def _public_lines() -> QuerySet:
    """Those in the table of lines."""
    announced = Meeting.objects.visible_to(None).values("pk")
    return MinuteLine.objects.visible_to(None).filter(meeting__in=announced).exclude(kind=Kind.LEFT_OUT)


ACTION_UPDATES = Table(
    name="action-updates",
    title=_("Lives of actions"),
    description=_(
        "How an action stands since when. The words are those of the notes, if there are any; what members said on the"
        " site is for members."
    ),
    records=lambda _on: (
        ActionUpdate.objects.filter(action__in=Action.objects.visible_to(None), is_draft=False)
        .exclude(status="")
        .select_related("action")
        .prefetch_related(Prefetch("lines", _public_lines()))
        .order_by("action__number", "on", "pk")
    ),
    fields=[
        key(_("The number of the row.")),
        refers("action", "actions.reference", _("The action."), lambda one: one.action.reference, required=True),
        day("date", _("The day since which it stands so."), as_is("on"), required=True),
        one_of("status", Action.Status.values, _("How it stands."), as_is("status")),
        refers("line_id", "lines", _("The line of the notes that says so."), _hearing),
    ],
)

ENTRIES = Table(
    name="entries",
    title=_("Data used and wanted"),
    description=_("Data that members said they used or want."),
    records=lambda _on: (
        Entry.objects.visible_to(None)
        .with_people()
        .annotate(wanted_too=Count("support", filter=Q(support__kind=Support.Kind.ME_TOO)))
        .order_by("number")
    ),
    fields=[
        text("reference", _("What notes and people call the entry, such as D12."), as_is("reference"), required=True),
        address("url", _("The entry’s page."), page),
        one_of("kind", Entry.Kind.values, _("Whether the data was used or is wanted."), as_is("kind")),
        text("text", _("The words, as everyone may read them."), plain("shown")),
        refers(
            "person_id",
            "people",
            _("Whose it is. Empty for those who asked not to be named, and for names that are nobody’s yet."),
            lambda one: named(one.person),
        ),
        text(
            "person", _("The name of that person, as everyone may read it."), lambda one: mask_emails(one.who_for(None))
        ),
        refers("organisation_id", "organisations", _("For which organisation they spoke."), as_is("organisation_id")),
        text(
            "organisation",
            _("The name of that organisation."),
            lambda one: mask_emails(one.organisation.name) if one.organisation else "",
        ),
        day("raised_on", _("The day on which it was said."), as_is("raised_on"), required=True),
        one_of("status", STATES, _("How a want stands. Empty for data used."), as_is("status"), required=False),
        day(
            "stands_since",
            _("The day since which a want stands so. Empty: since it was said."),
            as_is("stands_since"),
        ),
        refers("dataset_id", "datasets", _("The published dataset that it is about."), as_is("dataset_id")),
        whole("wanted_too", _("How many other members want it too."), as_is("wanted_too"), required=True),
        day("withdrawn_on", _("The day on which the member withdrew it."), as_is("withdrawn_on")),
    ],
)

ENTRY_UPDATES = Table(
    name="entry-updates",
    title=_("Lives of wants"),
    description=_("How a want stands since when. What members said on the site is for members."),
    records=lambda _on: (
        EntryUpdate.objects.filter(entry__in=Entry.objects.visible_to(None), entry__kind=Entry.Kind.WANTS)
        .exclude(status="")
        .select_related("entry")
        .order_by("entry__number", "on", "pk")
    ),
    fields=[
        key(_("The number of the row.")),
        refers("entry", "entries.reference", _("The want."), lambda one: one.entry.reference, required=True),
        day("date", _("The day since which it stands so."), as_is("on"), required=True),
        one_of("status", STATES, _("How it stands."), as_is("status")),
    ],
)

DATASETS = Table(
    name="datasets",
    title=_("Datasets"),
    description=_("Published datasets of others that members used or want. The group does not publish them."),
    records=lambda _on: datasets_known_to(None).order_by("pk"),
    fields=[
        key(_("The number of the dataset on this site.")),
        address("url", _("The page about it on this site."), page),
        text("name", _("What it is called."), plain("name"), required=True),
        text("other_names", _("What notes call it too, with commas between."), plain("other_names")),
        text("publisher", _("Who publishes it."), plain("publisher")),
        text("address", _("Where it is published."), plain("url")),
        text("licence", _("The licence under which it is published."), plain("licence")),
    ],
)
