"""Meetings, who came, and their minutes as an ordered list of lines."""

import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from actions.models import Action, ActionUpdate
from meetings.minutes.structure import Kind
from meetings.originals import Batch, Original  # noqa: F401 (Django finds a room's models here)
from members.models import Organisation, Person
from members.naming import mask_emails
from wishlists.models import Entry
from wmodf.lib.access import Standing, standing_of
from wmodf.lib.dates import exists_in_london, is_plausible
from wmodf.lib.sight import SightQuerySet
from wmodf.lib.words import every_word


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings past and to come."""

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

    def with_organisation(self, organisation: Organisation, *, user: object) -> "MeetingQuerySet":
        """Those that the organisation hosted, or where notes that this reader may see say it was represented."""
        there = Attendance.objects.visible_to(user).there().filter(representing=organisation)
        return self.filter(Q(host=organisation) | Q(pk__in=there.values("meeting")))

    def mentioning(self, words: str, *, user: object) -> "MeetingQuerySet":
        """Those with all the words in the title, the host, the venue, or one heading or line that this reader sees."""
        lines = MinuteLine.objects.visible_to(user).filter(every_word("shown", words))
        items = Item.objects.visible_to(user).filter(every_word("shown", words))
        return self.filter(
            Q(pk__in=lines.values("meeting"))
            | Q(pk__in=items.values("meeting"))
            | every_word("title", words)
            | every_word("venue", words)
            | every_word("host__name", words)
            | every_word("host_name", words)
        )


class Meeting(models.Model):
    """A meeting of the group, with the day and, where it is known, the hour on the clocks of Europe/London."""

    class Status(models.TextChoices):
        """As in iCalendar (RFC 5545, 3.8.1.11)."""

        TENTATIVE = "tentative", "tentative"
        CONFIRMED = "confirmed", "confirmed"
        CANCELLED = "cancelled", "cancelled"

    title = models.CharField(max_length=200, default="Steering group meeting")
    on = models.DateField("date")
    starts = models.TimeField(
        null=True, blank=True, help_text="Empty while nobody knows, or where old notes do not say."
    )
    ends = models.TimeField(null=True, blank=True)
    host = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_meetings",
        help_text="The organisation whose building it is.",
    )
    host_name = models.CharField("host, as minuted", max_length=200, blank=True)
    venue = models.CharField(max_length=300, blank=True)
    joining_url = models.URLField("joining link", max_length=500, blank=True)
    is_joining_url_public = models.BooleanField("show the joining link to everyone", default=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.CONFIRMED)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Kept by publishing alone: the address, and what the calendar feed says.
    slug = models.SlugField(max_length=20, unique=True, editable=False)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    revised_at = models.DateTimeField(null=True, blank=True, editable=False)
    event = models.TextField(blank=True, editable=False, help_text="The calendar event as last published.")

    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["event"])

    class Meta:
        ordering = ["-on", "-pk"]
        get_latest_by = "on"
        indexes = [models.Index(fields=["on"], name="meeting_on")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(starts__isnull=False, ends__gt=F("starts")),
                name="meeting_ends_after_it_starts",
                violation_error_message="The meeting ends before it starts: give the start, and an end after it.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["tentative", "confirmed", "cancelled"]), name="meeting_status_valid"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.on.day} {self.on:%B %Y}"

    def get_absolute_url(self) -> str:
        """The meeting's one permanent address."""
        return reverse("meetings:meeting_detail", args=[self.slug])

    def clean(self) -> None:
        """Refuse times that no clock in Britain shows, and addresses in what everyone will read."""
        if self.on and not is_plausible(self.on):
            raise ValidationError({"on": "Write the year in full: a meeting is held between 1900 and 2199."})
        for name in ("title", "host_name", "venue"):
            if mask_emails(getattr(self, name)) != getattr(self, name):
                raise ValidationError({name: "Leave e-mail addresses out: everyone will read this."})
        for name in ("starts", "ends"):
            at = getattr(self, name)
            if self.on and at and not exists_in_london(self.on, at):
                msg = (
                    f"On {self.on.day} {self.on:%B %Y} the clocks go forward and skip {at:%H:%M}: choose another time."
                )
                raise ValidationError({name: msg})

    @property
    def host_shown(self) -> str:
        """The host's name, or the words of the notes; needs the host fetched."""
        return self.host.name if self.host is not None else self.host_name

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


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Who came and who could not."""

    def visible_to(self, user: object) -> "AttendanceQuerySet":
        """All for the secretary; for everyone else those in circulated notes."""
        if standing_of(user) >= Standing.SECRETARY:
            return self
        return self.filter(meeting__minutes__status__in=Minutes.CIRCULATED_STATUSES)

    def of_person(self, person: Person) -> "AttendanceQuerySet":
        """Those of this person."""
        return self.filter(person=person)

    def unanswered(self) -> "AttendanceQuerySet":
        """Names that match nobody, of the latest meeting first, with the meetings."""
        return self.filter(person=None).select_related("meeting").order_by("-meeting__on", "-meeting", "position")

    def there(self) -> "AttendanceQuerySet":
        """Everyone who was there, in whatever capacity."""
        return self.filter(status=Attendance.Status.PRESENT)

    def present(self) -> "AttendanceQuerySet":
        """Members who were there."""
        return self.filter(status=Attendance.Status.PRESENT).exclude(capacity=Attendance.Capacity.IN_ATTENDANCE)

    def in_attendance(self) -> "AttendanceQuerySet":
        """Those there who are not members."""
        return self.filter(status=Attendance.Status.PRESENT, capacity=Attendance.Capacity.IN_ATTENDANCE)

    def apologies(self) -> "AttendanceQuerySet":
        """Those who said that they could not come."""
        return self.filter(status=Attendance.Status.APOLOGIES)

    def with_people(self) -> "AttendanceQuerySet":
        """With person and organisation, by a join."""
        return self.select_related("person", "representing", "deputising_for")


class Attendance(models.Model):
    """One person's presence at, or apologies for, one meeting."""

    class Status(models.TextChoices):
        """Whether they were there."""

        PRESENT = "present", "present"
        APOLOGIES = "apologies", "apologies"
        ABSENT = "absent", "absent"

    class Capacity(models.TextChoices):
        """In which capacity (Charity Commission, CC48)."""

        MEMBER = "member", "member"
        IN_ATTENDANCE = "in-attendance", "in attendance"
        DEPUTY = "deputy", "deputy"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    position = models.PositiveIntegerField(default=0, editable=False)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        help_text="Empty: not settled who this is.",
    )
    person_name = models.CharField("name, as minuted", max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PRESENT)
    capacity = models.CharField(max_length=15, choices=Capacity, default=Capacity.MEMBER)
    representing = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    representing_name = models.CharField("representing, as minuted", max_length=200, blank=True)
    role = models.CharField("role that day", max_length=60, blank=True)
    initials = models.CharField("initials, as minuted", max_length=20, blank=True)
    note = models.CharField(max_length=300, blank=True)
    public_note = models.CharField(max_length=300, blank=True, editable=False)
    arrived = models.TimeField(null=True, blank=True)
    left = models.TimeField(null=True, blank=True)
    deputising_for = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = AttendanceQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["position", "public_note"])

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="attendance_person_once_per_meeting",
                violation_error_message="This person is listed twice for this meeting.",
            ),
            models.CheckConstraint(
                condition=~Q(person=None, person_name=""),
                name="attendance_names_somebody",
                violation_error_message="Choose a person, or write the name.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["present", "apologies", "absent"]), name="attendance_status_valid"
            ),
            models.CheckConstraint(
                condition=Q(capacity__in=["member", "in-attendance", "deputy"]), name="attendance_capacity_valid"
            ),
            models.CheckConstraint(
                condition=Q(arrived=None) | Q(left=None) | Q(left__gt=F("arrived")),
                name="attendance_left_after_arriving",
                violation_error_message="They left before they arrived.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person) if self.person is not None else self.person_name

    def name_for(self, user: object) -> str:
        """The name as this reader may see it; needs the person fetched."""
        return self.person.name_for(user) if self.person is not None else self.person_name

    def note_for(self, user: object) -> str:
        """The remark as this reader may see it."""
        return self.note if standing_of(user) >= Standing.MEMBER else self.public_note

    @property
    def representing_shown(self) -> str:
        """The organisation spoken for that day; needs it fetched."""
        return self.representing.name if self.representing is not None else self.representing_name


class Minutes(models.Model):
    """A meeting's notes: their text with references added, and where they are on the way from draft to agreed."""

    class Status(models.TextChoices):
        """Draft until published; agreed once a circulated line of a later meeting says so."""

        DRAFT = "draft", "draft"
        CIRCULATED = "circulated", "circulated, not yet agreed"
        AGREED = "agreed", "agreed"

    CIRCULATED_STATUSES = (Status.CIRCULATED, Status.AGREED)

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    text = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    circulated_at = models.DateTimeField(null=True, blank=True, editable=False)
    agreed_on = models.DateField(null=True, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "minutes"
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
        return f"Notes of the {self.meeting}"

    @property
    def is_circulated(self) -> bool:
        """Whether members and the public may read them."""
        return self.status in self.CIRCULATED_STATUSES


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
    text = models.TextField("text, as minuted")
    is_confidential = models.BooleanField(default=False)
    names_on = models.DateField(
        "names the meeting on", null=True, blank=True, help_text="The date, as minuted, of the meeting named or agreed."
    )
    as_minuted = models.JSONField(
        default=dict, blank=True, help_text="Owners, due, who, times, host, as the notes say."
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
                violation_error_message="A line points to one action, one entry or one meeting.",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(is_confidential=False), name="line_confidential_is_not_public"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:80]}"
