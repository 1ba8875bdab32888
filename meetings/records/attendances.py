"""Who came to a meeting, and who could not."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.records.notes import Minutes
from members.models import Organisation, Person
from members.naming import mask_emails
from wmodf.lib.access import Standing, standing_of
from wmodf.lib.words import REDACTED


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
        nobody = self.filter(person=None).exclude(person_name=REDACTED).select_related("meeting")
        return nobody.order_by("-meeting__on", "-meeting", "position")

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

    def listed(self) -> "AttendanceQuerySet":
        """Whom notes list, as there or with apologies: the absent stand in no list that everyone reads."""
        return self.exclude(status=Attendance.Status.ABSENT)

    def with_people(self) -> "AttendanceQuerySet":
        """With person and organisation, by a join."""
        return self.select_related("person", "representing", "deputising_for")


class Attendance(models.Model):
    """One person's presence at, or apologies for, one meeting."""

    class Status(models.TextChoices):
        """Whether they were there."""

        PRESENT = "present", _("present")
        APOLOGIES = "apologies", _("apologies")
        ABSENT = "absent", _("absent")

    class Capacity(models.TextChoices):
        """In which capacity (Charity Commission, CC48)."""

        MEMBER = "member", _("member")
        IN_ATTENDANCE = "in-attendance", _("in attendance")
        DEPUTY = "deputy", _("deputy")

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="attendances")
    position = models.PositiveIntegerField(default=0, editable=False)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        help_text=_("Empty: not settled who this is."),
    )
    person_name = models.CharField(_("name, as minuted"), max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PRESENT)
    capacity = models.CharField(max_length=15, choices=Capacity, default=Capacity.MEMBER)
    representing = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    representing_name = models.CharField(_("representing, as minuted"), max_length=200, blank=True)
    role = models.CharField(_("role that day"), max_length=60, blank=True)
    initials = models.CharField(_("initials, as minuted"), max_length=20, blank=True)
    note = models.CharField(max_length=300, blank=True)
    # Sight: set by publishing alone. The name of whoever is nobody known, and what the notes say beside a name.
    public_person_name = models.CharField(max_length=200, blank=True, editable=False)
    public_representing_name = models.CharField(max_length=200, blank=True, editable=False)
    public_role = models.CharField(max_length=60, blank=True, editable=False)
    public_note = models.CharField(max_length=300, blank=True, editable=False)
    arrived = models.TimeField(null=True, blank=True)
    left = models.TimeField(null=True, blank=True)
    deputising_for = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = AttendanceQuerySet.as_manager()
    history = HistoricalRecords(
        excluded_fields=["position", "public_person_name", "public_representing_name", "public_role", "public_note"]
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="attendance_person_once_per_meeting",
                violation_error_message=_("This person is listed twice for this meeting."),
            ),
            models.CheckConstraint(
                condition=~Q(person=None, person_name=""),
                name="attendance_names_somebody",
                violation_error_message=_("Choose a person, or write the name."),
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
                violation_error_message=_("They left before they arrived."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person) if self.person is not None else self.person_name

    def name_for(self, user: object) -> str:
        """The name as this reader may see it; needs the person fetched."""
        if self.person is not None:
            return self.person.name_for(user)
        return self.person_name if standing_of(user) >= Standing.MEMBER else self.public_person_name

    def note_for(self, user: object) -> str:
        """The remark as this reader may see it."""
        return self.note if standing_of(user) >= Standing.MEMBER else self.public_note

    def role_for(self, user: object) -> str:
        """The role that day as this reader may see it."""
        return self.role if standing_of(user) >= Standing.MEMBER else self.public_role

    def representing_for(self, user: object) -> str:
        """The organisation spoken for that day, as this reader may see it; needs it fetched."""
        if self.representing is not None:
            return mask_emails(self.representing.name)
        return self.representing_as_minuted_for(user)

    def representing_as_minuted_for(self, user: object) -> str:
        """What the notes say of whom they spoke for, as this reader may see it; empty where they say nothing."""
        is_member = standing_of(user) >= Standing.MEMBER
        return mask_emails(self.representing_name) if is_member else self.public_representing_name
