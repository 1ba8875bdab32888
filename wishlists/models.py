"""The data that members said they used, and the data they want."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from members.models import Organisation, Person
from wmodf.lib.sight import SightQuerySet
from wmodf.lib.words import every_word


class EntryQuerySet(SightQuerySet["Entry"]):
    """Entries of the register."""

    def used(self) -> "EntryQuerySet":
        """Data that somebody used."""
        return self.filter(kind=Entry.Kind.USED)

    def wanted(self) -> "EntryQuerySet":
        """Wants that are neither met nor refused."""
        return self.filter(kind=Entry.Kind.WANTS, status__in=Entry.UNMET_STATUSES)

    def mentioning(self, words: str) -> "EntryQuerySet":
        """Those with all the words in what this reader may read of them: call `visible_to` first."""
        return self.filter(every_word("shown", words))

    def with_lines(self) -> "EntryQuerySet":
        """With their lines and those lines' meetings, in two queries more; not every line is for everyone."""
        return self.prefetch_related("lines__meeting")

    def with_people(self) -> "EntryQuerySet":
        """With person and organisation, by a join."""
        return self.select_related("person", "organisation")


class Entry(models.Model):
    """Data that a member says they used or want, at the round-table. Lines of the minutes point to it."""

    class Kind(models.TextChoices):
        """Which of the two it is."""

        USED = "used", "used"
        WANTS = "wants", "wants"

    class Status(models.TextChoices):
        """How a want stands; data used has none."""

        NONE = "", "–"
        WANTED = "wanted", "wanted"
        ASKED = "asked", "asked for"
        PROMISED = "promised", "promised"
        RELEASED = "released", "released"
        REFUSED = "refused", "refused"

    UNMET_STATUSES = (Status.WANTED, Status.ASKED, Status.PROMISED)

    number = models.PositiveIntegerField(unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    person_name = models.CharField("person, as minuted", max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    text = models.TextField()
    raised_on = models.DateField()
    status = models.CharField(max_length=10, choices=Status, blank=True, default=Status.NONE)
    # Sight: set by publishing alone.
    is_circulated = models.BooleanField(default=False, editable=False)
    is_public = models.BooleanField(default=False, editable=False)
    public_text = models.TextField(blank=True, editable=False)

    objects = EntryQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["is_circulated", "is_public", "public_text"])

    class Meta:
        ordering = ["-raised_on", "number"]
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="used", status="")
                | Q(kind="wants", status__in=["wanted", "asked", "promised", "released", "refused"]),
                name="entry_status_fits_kind",
                violation_error_message="A want has one of the states from wanted to refused; data used has none.",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(is_circulated=True), name="entry_public_only_if_circulated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.text}"

    @property
    def reference(self) -> str:
        """How notes and people call it: D12."""
        return f"D{self.number}"

    def who_for(self, user: object) -> str:
        """Whose it is, as this reader may see them; needs the person fetched."""
        return self.person.name_for(user) if self.person is not None else self.person_name
