"""Papers for a meeting, and the slides shown at it: an uploaded file, or a link."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Person
from wmodf.lib.sight import SightQuerySet

LONGEST_TITLE = 200
MOST_BYTES = 10_000_000  # of one file; the proxies that are shipped let 12 MB through


class PaperQuerySet(SightQuerySet["Paper"]):
    """Papers."""

    words = "title"
    public_words = "public_title"

    def light(self) -> "PaperQuerySet":
        """Without the bytes."""
        return self.defer("data")

    def of_bytes(self, sha256: str) -> "PaperQuerySet":
        """Those whose file has this digest."""
        return self.filter(sha256=sha256)

    def of_agenda_elsewhere(self, meeting: int) -> "PaperQuerySet":
        """Those of items on the agenda of the meeting with this key that are kept with another meeting."""
        return self.filter(item__meeting=meeting, item__status="on").exclude(meeting=meeting)

    def files(self) -> "PaperQuerySet":
        """Those that are no links."""
        return self.filter(link="")

    def with_items(self) -> "PaperQuerySet":
        """With their items, by a join."""
        return self.select_related("item")


class Paper(models.Model):
    """One paper of a meeting: a file with its bytes, or a link; of one item of the agenda, or of the whole meeting."""

    class Kind(models.TextChoices):
        """What it is for."""

        PAPER = "paper", _("paper")
        SLIDES = "slides", _("slides")

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="papers")
    item = models.ForeignKey(
        "meetings.AgendaItem", on_delete=models.SET_NULL, null=True, blank=True, related_name="papers"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PAPER)
    title = models.CharField(max_length=LONGEST_TITLE)
    link = models.URLField(max_length=500, blank=True)
    name = models.CharField(_("file name"), max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True, help_text=_("Told by what the file holds."))
    size = models.PositiveIntegerField(default=0, help_text=_("In bytes."))
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    data = models.BinaryField(null=True, blank=True)
    is_confidential = models.BooleanField(_("for members only"), default=False)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()
    # Sight: set by publishing alone.
    is_circulated = models.BooleanField(default=False, editable=False)
    is_public = models.BooleanField(default=False, editable=False)
    public_title = models.CharField(max_length=LONGEST_TITLE, blank=True, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["paper", "slides"]), name="paper_kind_valid"),
            models.CheckConstraint(
                condition=(Q(link="") & ~Q(name="") & Q(data__isnull=False)) | (~Q(link="") & Q(name="", data=None)),
                name="paper_is_a_file_or_a_link",
                violation_error_message=_("A paper is a file or a link: give one of them."),
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(is_confidential=False), name="paper_confidential_is_not_public"
            ),
        ]

    def __str__(self) -> str:
        return self.title
