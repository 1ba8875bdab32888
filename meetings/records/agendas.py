"""What a meeting is to deal with: the group's standing items, the items of one agenda, and those put aside."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Person
from members.naming import mask_emails
from wmodf.lib.access import Standing, standing_of
from wmodf.lib.sight import SightQuerySet

LONGEST_TITLE = 300
LENGTH = [MinValueValidator(1), MaxValueValidator(600)]


class Kind(models.TextChoices):
    """What an item of an agenda is; matters arising list the actions carried forward by themselves."""

    ITEM = "item", _("item of business")
    PREVIOUS_NOTES = "previous-notes", _("notes of the last meeting")
    MATTERS_ARISING = "matters-arising", _("matters arising")


class StandingItem(models.Model):
    """An item with which every agenda of the group begins."""

    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.ITEM)
    title = models.CharField(max_length=LONGEST_TITLE)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True, validators=LENGTH)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["item", "previous-notes", "matters-arising"]), name="standing_item_kind_valid"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaItemQuerySet(SightQuerySet["AgendaItem"]):
    """Items of agendas."""

    words = "title"
    public_words = "public_title"

    def on_agenda(self) -> "AgendaItemQuerySet":
        """Those on their meeting's agenda, in order."""
        return self.filter(status=AgendaItem.Status.ON).order_by("position", "pk")

    def proposed(self) -> "AgendaItemQuerySet":
        """Those that members proposed and the secretary has not answered, the oldest first."""
        return self.filter(status=AgendaItem.Status.PROPOSED).order_by("pk")

    def for_meeting(self, meeting: models.Model) -> "AgendaItemQuerySet":
        """Those for this meeting, or for none in particular."""
        return self.filter(Q(meeting=meeting) | Q(meeting=None))

    def aside(self) -> "AgendaItemQuerySet":
        """Those that wait for an agenda, whichever is ready first."""
        return self.filter(status=AgendaItem.Status.ASIDE).order_by(models.F("not_before").asc(nulls_first=True), "pk")

    def of_proposer(self, person: Person) -> "AgendaItemQuerySet":
        """Those that this person proposed, with their meetings."""
        return self.filter(proposed_by=person).select_related("meeting")

    def with_people(self) -> "AgendaItemQuerySet":
        """With the lead and whoever proposed it, by joins."""
        return self.select_related("lead", "proposed_by")

    def with_meetings(self) -> "AgendaItemQuerySet":
        """With the meeting that they are for, and the one at which they were put aside, by joins."""
        return self.select_related("meeting", "raised_at")


class AgendaItem(models.Model):
    """One item of an agenda, or one that waits for an agenda: proposed by a member, or put aside."""

    class Status(models.TextChoices):
        """Where the item stands."""

        ON = "on", _("on the agenda")
        PROPOSED = "proposed", _("proposed")
        ASIDE = "aside", _("put aside")
        DECLINED = "declined", _("declined")

    meeting = models.ForeignKey(
        "meetings.Meeting",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="agenda",
        help_text=_("Empty: no meeting yet."),
    )
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.ITEM)
    title = models.CharField(max_length=LONGEST_TITLE)
    note = models.TextField(blank=True, help_text=_("What it is about, for everyone who may see the item."))
    minutes = models.PositiveSmallIntegerField(null=True, blank=True, validators=LENGTH)
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lead_name = models.CharField(
        _("lead, in words"), max_length=200, blank=True, help_text=_("For somebody who is not in the list of people.")
    )
    is_confidential = models.BooleanField(_("confidential"), default=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.ON)
    proposed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="proposed_items"
    )
    answer = models.CharField(max_length=300, blank=True, help_text=_("The secretary's word to whoever proposed it."))
    not_before = models.DateField(_("not before"), null=True, blank=True)
    # Where it was put aside: the meeting whose notes say so, and their words.
    raised_at = models.ForeignKey(
        "meetings.Meeting", on_delete=models.SET_NULL, null=True, blank=True, related_name="items_put_aside"
    )
    as_minuted = models.TextField(blank=True)
    # Sight: set by publishing alone.
    is_circulated = models.BooleanField(default=False, editable=False)
    is_public = models.BooleanField(default=False, editable=False)
    public_title = models.CharField(max_length=LONGEST_TITLE, blank=True, editable=False)
    public_note = models.TextField(blank=True, editable=False)
    public_lead_name = models.CharField(max_length=200, blank=True, editable=False)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["status", "not_before"], name="agenda_item_status")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["item", "previous-notes", "matters-arising"]), name="agenda_item_kind_valid"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["on", "proposed", "aside", "declined"]), name="agenda_item_status_valid"
            ),
            models.CheckConstraint(
                condition=~Q(status="on") | Q(meeting__isnull=False), name="agenda_item_on_has_meeting"
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(is_confidential=False), name="agenda_item_confidential_is_not_public"
            ),
            models.CheckConstraint(
                condition=Q(is_circulated=False) | Q(status="on"), name="agenda_item_seen_only_on_agenda"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def lead_for(self, user: object) -> str:
        """Who leads the item, as this reader may see them; needs the lead fetched."""
        if self.lead is not None:
            return self.lead.name_for(user)
        from_here = self.lead_name if standing_of(user) >= Standing.MEMBER else self.public_lead_name
        return mask_emails(from_here)

    def note_for(self, user: object) -> str:
        """What it is about, in the words that this reader may read."""
        return self.note if standing_of(user) >= Standing.MEMBER else self.public_note
