"""Meetings, who came, and their minutes as an ordered list of lines."""

import uuid
from collections.abc import Collection, Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from actions.models import Action, ActionUpdate
from meetings.minutes.structure import Kind
from meetings.records.agendas import AgendaItem, StandingItem  # noqa: F401 (Django finds a room's models here)
from meetings.records.attendances import Attendance
from meetings.records.changes import Change  # noqa: F401 (the same)
from meetings.records.corrections import Correction
from meetings.records.drafts import Draft, Editor  # noqa: F401 (the same)
from meetings.records.events import Event  # noqa: F401 (the same)
from meetings.records.mentions import Mention  # noqa: F401 (the same)
from meetings.records.notes import Minutes
from meetings.records.originals import Batch, Original  # noqa: F401 (the same)
from meetings.records.papers import Paper  # noqa: F401 (the same)
from meetings.records.replies import Reply  # noqa: F401 (the same)
from members.models import Organisation, Person
from members.naming import mask_emails
from wishlists.models import Entry
from wmodf.lib.access import Standing, standing_of
from wmodf.lib.clocks import exists_in_london
from wmodf.lib.dates import in_words, is_plausible
from wmodf.lib.sight import SightQuerySet
from wmodf.lib.words import every_word


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings past and to come."""

    PUBLIC = ("public_title", "public_venue", "public_host_name")

    def visible_to(self, user: object) -> "MeetingQuerySet":
        """All for the secretary; for everyone else those published."""
        return self if standing_of(user) >= Standing.SECRETARY else self.published()

    def published(self) -> "MeetingQuerySet":
        """Those that the group has announced."""
        return self.filter(published_at__isnull=False)

    def upcoming(self, *, on: date) -> "MeetingQuerySet":
        """Today's and later ones, the next first."""
        return self.filter(on__gte=on).order_by("on", "starts", "pk")

    def past(self, *, on: date) -> "MeetingQuerySet":
        """Those before today, the latest first; not those that were announced and, as later notes show, never held."""
        return self.filter(on__lt=on).not_passed_over().order_by("-on", "-pk")

    def not_passed_over(self) -> "MeetingQuerySet":
        """Without those that notes only announced, that have none themselves, and after which others have some.

        Old notes often announce a day on which then nobody met. The secretary still finds it awaiting its notes.
        """
        circulated = Minutes.objects.filter(status__in=Minutes.CIRCULATED_STATUSES)
        return self.exclude(
            Exists(circulated.filter(meeting__on__gt=OuterRef("on"))),
            status=Meeting.Status.TENTATIVE,
            minutes=None,
        )

    def going_ahead(self) -> "MeetingQuerySet":
        """Not cancelled."""
        return self.exclude(status=Meeting.Status.CANCELLED)

    def with_notes(self) -> "MeetingQuerySet":
        """Those whose notes are circulated or agreed."""
        return self.filter(minutes__status__in=Minutes.CIRCULATED_STATUSES)

    def with_changed_at(self) -> "MeetingQuerySet":
        """With host and minutes, when the minutes were last saved, and when a passage of them was last corrected."""
        saved = Minutes.history.filter(id=OuterRef("minutes__pk")).order_by("-history_date").values("history_date")
        corrected = Correction.objects.filter(meeting=OuterRef("pk")).order_by("-made_at").values("made_at")
        return self.with_details().annotate(
            minutes_changed_at=Subquery(saved[:1]), corrected_at=Subquery(corrected[:1])
        )

    def before(self, day: date) -> "MeetingQuerySet":
        """Those of earlier days, the earliest first."""
        return self.filter(on__lt=day).order_by("on", "pk")

    def preceding(self, meeting: "Meeting") -> "MeetingQuerySet":
        """Those before this one in the archive's order, the latest first."""
        return self.filter(Q(on__lt=meeting.on) | Q(on=meeting.on, pk__lt=meeting.pk)).order_by("-on", "-pk")

    def following(self, meeting: "Meeting") -> "MeetingQuerySet":
        """Those after this one in the archive's order, the earliest first."""
        return self.filter(Q(on__gt=meeting.on) | Q(on=meeting.on, pk__gt=meeting.pk)).order_by("on", "pk")

    def with_highlights_alone(self) -> "MeetingQuerySet":
        """Those whose highlights are out while their notes are still a draft."""
        return self.filter(minutes__status=Minutes.Status.DRAFT, minutes__highlights_at__isnull=False)

    def awaiting_notes(self, *, on: date) -> "MeetingQuerySet":
        """Those held before this day whose notes are missing or a draft, and drafts of this day; the oldest first."""
        is_draft = Q(minutes__status=Minutes.Status.DRAFT)
        held = self.going_ahead().filter(Q(on__lt=on, minutes=None) | Q(on__lte=on) & is_draft)
        return held.order_by("on", "pk")

    def with_details(self) -> "MeetingQuerySet":
        """With host and minutes' state, by joins; not with the minutes' text."""
        return self.select_related("host", "minutes").defer("minutes__text")

    def on_day(self, day: date | None) -> "Meeting | None":
        """The one on this day, by a query unless there is no day; of several the first."""
        return self.filter(on=day).order_by("pk").first() if day else None

    def in_year(self, year: int) -> "MeetingQuerySet":
        """Those of one calendar year."""
        return self.filter(on__year=year)

    def attended_by(self, person: Person, *, user: object) -> "MeetingQuerySet":
        """Those at which the notes that this reader may see say that the person was there."""
        there = Attendance.objects.visible_to(user).there().filter(person=person)
        return self.filter(pk__in=there.values("meeting"))

    def hosted_by(self, organisation: Organisation) -> "MeetingQuerySet":
        """Those held, or to be held, in the organisation's building, the latest first; not those called off."""
        return self.filter(host=organisation).going_ahead().not_passed_over().order_by("-on", "-pk")

    def with_organisation(self, organisation: Organisation, *, user: object) -> "MeetingQuerySet":
        """Those that the organisation hosted, or where notes that this reader may see say it was represented."""
        there = Attendance.objects.visible_to(user).there().filter(representing=organisation)
        return self.filter(Q(host=organisation) | Q(pk__in=there.values("meeting")))

    def mentioning(self, words: str, *, user: object) -> "MeetingQuerySet":
        """Those with all the words in title, host or venue, or in one heading or line, as this reader sees them."""
        lines = MinuteLine.objects.visible_to(user).filter(every_word("shown", words))
        items = Item.objects.visible_to(user).filter(every_word("shown", words))
        is_member = standing_of(user) >= Standing.MEMBER
        own = ("title", "venue", "host__name", "host_name") if is_member else MeetingQuerySet.PUBLIC
        condition = Q(pk__in=lines.values("meeting")) | Q(pk__in=items.values("meeting"))
        for name in own:
            condition |= every_word(name, words)
        return self.filter(condition)


class Meeting(models.Model):
    """A meeting of the group, with the day and, where it is known, the hour on the clocks of Europe/London."""

    class Status(models.TextChoices):
        """As in iCalendar (RFC 5545, 3.8.1.11)."""

        TENTATIVE = "tentative", gettext_lazy("tentative")
        CONFIRMED = "confirmed", gettext_lazy("confirmed")
        CANCELLED = "cancelled", gettext_lazy("cancelled")

    title = models.CharField(max_length=200, default="Steering group meeting")
    on = models.DateField(gettext_lazy("date"))
    starts = models.TimeField(
        null=True, blank=True, help_text=gettext_lazy("Empty while nobody knows, or where old notes do not say.")
    )
    ends = models.TimeField(null=True, blank=True)
    host = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_meetings",
        help_text=gettext_lazy("The organisation whose building it is."),
    )
    host_name = models.CharField(gettext_lazy("host, as minuted"), max_length=200, blank=True)
    venue = models.CharField(max_length=300, blank=True)
    joining_url = models.URLField(gettext_lazy("joining link"), max_length=500, blank=True)
    is_joining_url_public = models.BooleanField(gettext_lazy("show the joining link to everyone"), default=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.CONFIRMED)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    agenda_published_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Kept by publishing alone: the words for everyone, the address, and what the calendar feed says.
    public_title = models.CharField(max_length=200, blank=True, editable=False)
    public_host_name = models.CharField(max_length=200, blank=True, editable=False)
    public_venue = models.CharField(max_length=300, blank=True, editable=False)
    public_joining_url = models.CharField(max_length=500, blank=True, editable=False)
    slug = models.SlugField(max_length=20, unique=True, editable=False)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    revised_at = models.DateTimeField(null=True, blank=True, editable=False)
    event = models.TextField(
        blank=True, editable=False, help_text=gettext_lazy("The calendar event as last published.")
    )

    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords(
        excluded_fields=["event", "public_title", "public_host_name", "public_venue", "public_joining_url"]
    )

    class Meta:
        ordering = ["-on", "-pk"]
        get_latest_by = "on"
        indexes = [models.Index(fields=["on"], name="meeting_on")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(starts__isnull=False, ends__gt=F("starts")),
                name="meeting_ends_after_it_starts",
                violation_error_message=gettext_lazy(
                    "The meeting ends before it starts: give the start, and an end after it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["tentative", "confirmed", "cancelled"]), name="meeting_status_valid"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {in_words(self.on)}"

    def get_absolute_url(self) -> str:
        """The meeting's one permanent address."""
        return reverse("meetings:meeting_detail", args=[self.slug])

    def clean(self) -> None:
        """Refuse times that no clock in Britain shows, and addresses in what everyone will read."""
        if self.on and not is_plausible(self.on):
            raise ValidationError({"on": _("Write the year in full: a meeting is held between 1900 and 2199.")})
        for name in ("title", "host_name", "venue"):
            if mask_emails(getattr(self, name)) != getattr(self, name):
                raise ValidationError({name: _("Leave e-mail addresses out: everyone will read this.")})
        for name in ("starts", "ends"):
            at = getattr(self, name)
            if self.on and at and not exists_in_london(self.on, at):
                msg = _("On %(date)s the clocks go forward and skip %(at)s: choose another time.") % {
                    "date": in_words(self.on),
                    "at": f"{at:%H:%M}",
                }
                raise ValidationError({name: msg})

    @property
    def host_shown(self) -> str:
        """The host's name, or the words of the notes; needs the host fetched."""
        return self.host.name if self.host is not None else self.host_name

    def title_for(self, user: object) -> str:
        """The title as this reader may see it."""
        return mask_emails(self.title) if standing_of(user) >= Standing.MEMBER else self.public_title

    def venue_for(self, user: object) -> str:
        """The venue as this reader may see it."""
        return mask_emails(self.venue) if standing_of(user) >= Standing.MEMBER else self.public_venue

    def host_for(self, user: object) -> str:
        """The host as this reader may see it; needs the host fetched."""
        return mask_emails(self.host_shown) if standing_of(user) >= Standing.MEMBER else self.public_host_name

    @property
    def is_published(self) -> bool:
        """Whether the group has announced it."""
        return self.published_at is not None

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off."""
        return self.status == self.Status.CANCELLED


class OldSlug(models.Model):
    """An address that a meeting had before it was moved: it redirects unless a live meeting holds the date."""

    slug = models.SlugField(max_length=20, unique=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="old_slugs")

    def __str__(self) -> str:
        return self.slug


class ItemQuerySet(SightQuerySet["Item"]):
    """Items of business."""

    words = "title"
    public_words = "public_title"


class Item(models.Model):
    """An item of business. Numbers are free text: real notes leave them out and repeat them."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=30, blank=True)
    title = models.CharField(max_length=300)
    is_confidential = models.BooleanField(default=False)
    # Sight: set by publishing alone.
    is_circulated = models.BooleanField(default=False, editable=False)
    is_public = models.BooleanField(default=False, editable=False)
    public_title = models.CharField(max_length=300, blank=True, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="item_position_unique"),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(is_confidential=False), name="item_confidential_is_not_public"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class MinuteLineQuerySet(SightQuerySet["MinuteLine"]):
    """Lines of minutes."""

    def with_records(self) -> "MinuteLineQuerySet":
        """With the entries, their people and the meetings that the lines point to, by joins; not with actions."""
        return self.select_related("entry__person", "entry__organisation", "named_meeting")

    def of_kinds(self, kinds: Collection[Kind]) -> "MinuteLineQuerySet":
        """Those of these kinds."""
        return self.filter(kind__in=kinds)

    def in_meetings(self, meetings: Iterable[Meeting]) -> "MinuteLineQuerySet":
        """Those of the meetings at hand, as they follow each other in each."""
        return self.filter(meeting__in=[meeting.pk for meeting in meetings]).order_by("meeting", "position")

    def agreeing(self) -> "MinuteLineQuerySet":
        """Circulated lines that agree the notes of an earlier meeting."""
        return self.filter(
            kind=Kind.AGREED, names_on__lt=F("meeting__on"), meeting__minutes__status__in=Minutes.CIRCULATED_STATUSES
        )


class MinuteLine(models.Model):
    """One line of the minutes: a stretch of prose, or what raised or reviewed one record."""

    KINDS = [(kind.value, kind.value) for kind in Kind]

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="lines")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, blank=True, related_name="lines")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=KINDS)
    text = models.TextField(gettext_lazy("text, as minuted"))
    is_confidential = models.BooleanField(default=False)
    names_on = models.DateField(
        gettext_lazy("names the meeting on"),
        null=True,
        blank=True,
        help_text=gettext_lazy("The date, as minuted, of the meeting named or agreed."),
    )
    as_minuted = models.JSONField(
        default=dict, blank=True, help_text=gettext_lazy("Owners, due, who, times, host, as the notes say.")
    )

    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, blank=True, related_name="lines")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="lines")
    named_meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="lines_naming_it"
    )
    heard = models.ForeignKey(ActionUpdate, on_delete=models.PROTECT, null=True, blank=True, related_name="lines")

    # Sight: set by publishing alone.
    is_circulated = models.BooleanField(default=False, editable=False)
    is_public = models.BooleanField(default=False, editable=False)
    public_text = models.TextField(blank=True, editable=False)

    objects = MinuteLineQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["kind", "names_on"], name="line_kind_names_on")]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="line_position_unique"),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="line_kind_valid"),
            models.CheckConstraint(
                condition=Q(action=None, entry=None)
                | Q(action=None, named_meeting=None)
                | Q(entry=None, named_meeting=None),
                name="line_points_at_one_record",
                violation_error_message=gettext_lazy("A line points to one action, one entry or one meeting."),
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(is_confidential=False), name="line_confidential_is_not_public"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:80]}"
