"""Files of notes as they came, kept with the meeting whose notes they gave; and batches of them on their way in."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a batch has come, in files; `is_over` where nothing is left that could be done without the secretary."""

    files: int
    read: int
    recorded: int
    is_recording: bool
    is_over: bool

    @property
    def done(self) -> int:
        """How many are read, or while they are recorded how many are."""
        return self.recorded if self.is_recording else self.read


class BatchQuerySet(models.QuerySet["Batch"]):
    """Batches."""

    def with_counts(self) -> "BatchQuerySet":
        """With the number of files, and of those recorded, in one query."""
        recorded = Q(files__state=Original.State.RECORDED)
        return self.annotate(file_count=models.Count("files"), recorded_count=models.Count("files", filter=recorded))


class Batch(models.Model):
    """Files that the secretary sent in together: first read, then, once the questions were seen, recorded in steps."""

    class Goal(models.TextChoices):
        """What the secretary asked for; nothing is recorded before that."""

        READ = "read", _("only read")
        RECORD = "record", _("record as drafts")
        PUBLISH = "publish", _("record and publish")

    made_at = models.DateTimeField()
    goal = models.CharField(max_length=10, choices=Goal, default=Goal.READ)
    # The answers by the question's key in this batch's one list, as in `resolving.Resolver`.
    answers = models.JSONField(default=dict, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name_plural = _("batches")
        constraints = [
            models.CheckConstraint(condition=Q(goal__in=["read", "record", "publish"]), name="batch_goal_valid"),
        ]

    def __str__(self) -> str:
        made_at = timezone.localtime(self.made_at)
        return _("Files of %(moment)s") % {"moment": date_format(made_at, "j F Y, H:i")}

    def progress(self) -> Progress:
        """How far the files have come, by one query."""
        counts: dict[str, int] = {}
        undated = 0
        for state, on in self.files.values_list("state", "on"):
            counts[state] = counts.get(state, 0) + 1
            undated += state == Original.State.READ and on is None
        waiting, read = counts.get(Original.State.WAITING, 0), counts.get(Original.State.READ, 0)
        recorded = counts.get(Original.State.RECORDED, 0)
        is_recording = self.goal != self.Goal.READ and not waiting
        return Progress(
            files=waiting + read + recorded,
            read=read + recorded,
            recorded=recorded,
            is_recording=is_recording,
            is_over=not waiting and (read == undated or not is_recording),
        )


class OriginalQuerySet(models.QuerySet["Original"]):
    """Files of notes."""

    def light(self) -> "OriginalQuerySet":
        """Without what is heavy: the bytes and the text."""
        return self.defer("data", "text")

    def kept(self) -> "OriginalQuerySet":
        """Those that are kept with a meeting, the first first."""
        return self.filter(state=Original.State.RECORDED).order_by("taken_at", "pk")

    def waiting(self) -> "OriginalQuerySet":
        """Those not read yet."""
        return self.filter(state=Original.State.WAITING).order_by("pk")

    def ready(self) -> "OriginalQuerySet":
        """Those that are read and whose day is known, in the order of the meetings."""
        return self.filter(state=Original.State.READ, on__isnull=False).order_by("on", "name", "pk")

    def in_order(self) -> "OriginalQuerySet":
        """By the day of the meeting, those without one first: they need a hand."""
        return self.order_by(models.F("on").asc(nulls_first=True), "name", "pk")


class Original(models.Model):
    """A file of notes: its bytes and name as they came, the text taken from it, and how far it has come."""

    class State(models.TextChoices):
        """Only what is recorded is kept for good."""

        WAITING = "waiting", _("waits to be read")
        READ = "read", _("read")
        RECORDED = "recorded", _("recorded")
        REFUSED = "refused", _("not recorded")
        LEFT_OUT = "left-out", _("left out")

    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True, blank=True, related_name="files")
    meeting = models.ForeignKey(
        "meetings.Meeting", on_delete=models.PROTECT, null=True, blank=True, related_name="originals"
    )
    name = models.CharField(max_length=LONGEST_NAME)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField(help_text=_("In bytes."))
    data = models.BinaryField()
    text = models.TextField(blank=True, help_text=_("What was taken from the file, tidied."))
    said = models.JSONField(default=list, blank=True, help_text=_("What taking the text left out or added, in words."))
    taken_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    trouble = models.TextField(blank=True, help_text=_("Why the file was not recorded."))
    # Before it is recorded: the day that the secretary put in, the day that counts, and what reading found.
    given_on = models.DateField(_("date put in"), null=True, blank=True)
    on = models.DateField(_("date of the meeting"), null=True, blank=True)
    found = models.JSONField(default=dict, blank=True)

    objects = OriginalQuerySet.as_manager()

    class Meta:
        ordering = ["taken_at", "pk"]
        indexes = [models.Index(fields=["meeting", "sha256"], name="original_meeting_sha256")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "read", "recorded", "refused", "left-out"]),
                name="original_state_valid",
            ),
            models.CheckConstraint(
                condition=Q(state="recorded", meeting__isnull=False) | (~Q(state="recorded") & Q(meeting=None)),
                name="original_meeting_iff_recorded",
            ),
        ]

    def __str__(self) -> str:
        return self.name
