"""A meeting's notes as a whole: their text, and where they are on the way from draft to agreed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from meetings.minutes.structure import Kind


class MinutesQuerySet(models.QuerySet["Minutes"]):
    """Notes of meetings."""

    def opened(self, meeting: models.Model) -> "Minutes":
        """The meeting's notes; where there are none yet, new ones that are not saved."""
        return self.filter(meeting=meeting).first() or Minutes(meeting=meeting)


class Minutes(models.Model):
    """A meeting's notes: their text with references added, and where they are on the way from draft to agreed."""

    class Status(models.TextChoices):
        """Draft until published; agreed once a circulated line of a later meeting says so."""

        DRAFT = "draft", gettext_lazy("draft")
        CIRCULATED = "circulated", gettext_lazy("circulated, not yet agreed")
        AGREED = "agreed", gettext_lazy("agreed")

    CIRCULATED_STATUSES = (Status.CIRCULATED, Status.AGREED)
    HIGHLIGHTS = (Kind.ACTION, Kind.NEXT_MEETING)

    meeting = models.OneToOneField("meetings.Meeting", on_delete=models.PROTECT, related_name="minutes")
    text = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    circulated_at = models.DateTimeField(null=True, blank=True, editable=False)
    agreed_on = models.DateField(null=True, blank=True, editable=False)
    # Since when everyone reads the actions and the next date, whether or not the notes are circulated yet.
    highlights_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MinutesQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = gettext_lazy("minutes")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "circulated", "agreed"]), name="minutes_status_valid"
            ),
            models.CheckConstraint(
                condition=Q(status="agreed", agreed_on__isnull=False) | (~Q(status="agreed") & Q(agreed_on=None)),
                name="minutes_agreed_on_iff_agreed",
            ),
        ]

    def __str__(self) -> str:
        return _("Notes of the %(meeting)s") % {"meeting": self.meeting}

    @property
    def is_circulated(self) -> bool:
        """Whether members and the public may read them."""
        return self.status in self.CIRCULATED_STATUSES

    @property
    def has_highlights(self) -> bool:
        """Whether the actions and the next date are out: with the notes, or before them."""
        return self.is_circulated or self.highlights_at is not None
