"""Events beside the group's meetings, of which members are told: an open data day, a deadline, an election."""

import uuid
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from members.naming import mask_emails
from wmodf.lib.access import Standing, standing_of
from wmodf.lib.clocks import exists_in_london
from wmodf.lib.dates import in_words, is_plausible

LONGEST = timedelta(days=366)


class EventQuerySet(models.QuerySet["Event"]):
    """Events to come and past ones."""

    def visible_to(self, user: object) -> "EventQuerySet":
        """All for the secretary; for everyone else those published."""
        return self if standing_of(user) >= Standing.SECRETARY else self.published()

    def published(self) -> "EventQuerySet":
        """Those that members and the public are told of."""
        return self.filter(published_at__isnull=False)

    def going_ahead(self) -> "EventQuerySet":
        """Not cancelled."""
        return self.exclude(status=Event.Status.CANCELLED)

    def with_last_day(self) -> "EventQuerySet":
        """With the last day as `over_on`."""
        return self.annotate(over_on=Coalesce("until", "on"))

    def upcoming(self, *, on: date) -> "EventQuerySet":
        """Those that are not over, the next first."""
        return self.with_last_day().filter(over_on__gte=on).order_by("on", "starts", "pk")

    def past(self, *, on: date, since: date) -> "EventQuerySet":
        """Those over before this day that were not over before the other, the latest first."""
        return self.with_last_day().filter(over_on__lt=on, over_on__gte=since).order_by("-on", "-pk")

    def between(self, first: date, last: date) -> "EventQuerySet":
        """Those of which a day lies between these two, the two among them."""
        return self.with_last_day().filter(on__lte=last, over_on__gte=first).order_by("on", "starts", "pk")


class Event(models.Model):
    """One event or deadline, of one day or several, with clock times of Europe/London where they are known."""

    class Kind(models.TextChoices):
        """What it is."""

        EVENT = "event", gettext_lazy("event")
        SPRINT = "sprint", gettext_lazy("sprint")
        DEADLINE = "deadline", gettext_lazy("deadline")
        ELECTION = "election", gettext_lazy("election")

    class Status(models.TextChoices):
        """As in iCalendar (RFC 5545, 3.8.1.11)."""

        CONFIRMED = "confirmed", gettext_lazy("confirmed")
        CANCELLED = "cancelled", gettext_lazy("cancelled")

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.EVENT)
    title = models.CharField(max_length=200)
    on = models.DateField(gettext_lazy("date"))
    until = models.DateField(
        gettext_lazy("last day"), null=True, blank=True, help_text=gettext_lazy("Empty for one day.")
    )
    starts = models.TimeField(null=True, blank=True, help_text=gettext_lazy("Empty for the whole day."))
    ends = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=300, blank=True)
    link = models.URLField(max_length=500, blank=True)
    description = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.CONFIRMED)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Kept by publishing alone: the words for everyone, and what the calendar feed says.
    public_title = models.CharField(max_length=200, blank=True, editable=False)
    public_place = models.CharField(max_length=300, blank=True, editable=False)
    public_link = models.CharField(max_length=500, blank=True, editable=False)
    public_description = models.TextField(blank=True, editable=False)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    revised_at = models.DateTimeField(null=True, blank=True, editable=False)
    event = models.TextField(
        blank=True, editable=False, help_text=gettext_lazy("The calendar event as last published.")
    )

    objects = EventQuerySet.as_manager()
    history = HistoricalRecords(
        excluded_fields=["event", "public_title", "public_place", "public_link", "public_description"]
    )

    class Meta:
        ordering = ["on", "starts", "pk"]
        indexes = [models.Index(fields=["on"], name="event_on")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["event", "sprint", "deadline", "election"]), name="event_kind_valid"
            ),
            models.CheckConstraint(condition=Q(status__in=["confirmed", "cancelled"]), name="event_status_valid"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("on")),
                name="event_until_after_it_begins",
                violation_error_message=gettext_lazy("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(ends=None)
                | Q(starts__isnull=False, ends__gt=F("starts"))
                | Q(starts__isnull=False, until__isnull=False, until__gt=F("on")),
                name="event_ends_after_it_starts",
                violation_error_message=gettext_lazy(
                    "The event ends before it starts: give the start, and an end after it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its place in the list of events."""
        return f"{reverse('meetings:event_list')}#{self.anchor}"

    def clean(self) -> None:
        """Refuse times that no clock in Britain shows, and addresses in what everyone will read."""
        for name in ("on", "until"):
            day = getattr(self, name)
            if day and not is_plausible(day):
                raise ValidationError({name: _("Write the year in full, between 1900 and 2199.")})
        if self.until and self.on and self.until - self.on > LONGEST:
            raise ValidationError({"until": _("An event lasts a year at most.")})
        for name in ("title", "place", "description"):
            if mask_emails(getattr(self, name)) != getattr(self, name):
                raise ValidationError({name: _("Leave e-mail addresses out: everyone will read this.")})
        for name, day in (("starts", self.on), ("ends", self.last_day)):
            at = getattr(self, name)
            if day and at and not exists_in_london(day, at):
                msg = _("On %(date)s the clocks go forward and skip %(at)s: choose another time.") % {
                    "date": in_words(day),
                    "at": f"{at:%H:%M}",
                }
                raise ValidationError({name: msg})

    def title_for(self, user: object) -> str:
        """The title as this reader may see it."""
        return mask_emails(self.title) if standing_of(user) >= Standing.MEMBER else self.public_title

    def place_for(self, user: object) -> str:
        """The place as this reader may see it."""
        return mask_emails(self.place) if standing_of(user) >= Standing.MEMBER else self.public_place

    def description_for(self, user: object) -> str:
        """The description as this reader may see it."""
        return mask_emails(self.description) if standing_of(user) >= Standing.MEMBER else self.public_description

    def link_for(self, user: object) -> str:
        """The link if this reader may have it: one that names somebody who withholds their name is for members."""
        return self.link if standing_of(user) >= Standing.MEMBER else self.public_link

    @property
    def anchor(self) -> str:
        """The name of its place in the list of events."""
        return f"event-{self.uid}"

    @property
    def last_day(self) -> date:
        """The day on which it ends."""
        return self.until or self.on

    @property
    def is_published(self) -> bool:
        """Whether members and the public are told of it."""
        return self.published_at is not None

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off."""
        return self.status == self.Status.CANCELLED
