"""Changes to notes that were published: corrections, which a meeting agreed, and passages taken out."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from wmodf.lib.access import Standing, standing_of
from wmodf.lib.sight import SightQuerySet


class CorrectionQuerySet(SightQuerySet["Correction"]):
    """Corrections and redactions."""

    words = "reason"
    public_words = "public_reason"

    def visible_to(self, user: object) -> Self:
        """Those that this reader may know of, with `shown`, `shown_was` and `shown_reads`: reason and words for them.

        Why a passage was taken out is for the secretary alone.
        """
        found = super().visible_to(user)
        standing = standing_of(user)
        told = "" if standing >= Standing.MEMBER else "public_"
        found = found.annotate(shown_was=F(f"{told}was"), shown_reads=F(f"{told}reads"))
        if standing >= Standing.SECRETARY:
            return found
        silent = When(kind=Correction.Kind.REDACTION, then=Value(""))
        return found.annotate(shown=Case(silent, default=F(f"{told}reason"), output_field=models.TextField()))

    def with_places(self) -> Self:
        """With the line and its item, and both meetings, by joins."""
        return self.select_related("line__item", "meeting", "decided_at")


class Correction(models.Model):
    """One change to published notes: what they said, what they say now, and why; of a redaction no words are kept."""

    class Kind(models.TextChoices):
        """What was done."""

        CORRECTION = "correction", _("correction")
        REDACTION = "redaction", _("redaction")

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="corrections")
    decided_at = models.ForeignKey(
        "meetings.Meeting",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections_decided",
        help_text=_("The meeting that agreed the correction."),
    )
    # The line as it stands now; none for a heading, a list of names, or a line that is no more.
    line = models.ForeignKey(
        "meetings.MinuteLine", on_delete=models.SET_NULL, null=True, blank=True, related_name="corrections"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CORRECTION)
    was = models.TextField(_("what the notes said"), blank=True)
    reads = models.TextField(_("what they say now"), blank=True)
    reason = models.TextField(_("why"), blank=True)
    is_confidential = models.BooleanField(default=False, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    # Sight: set by publishing alone.
    is_circulated = models.BooleanField(default=False, editable=False)
    is_public = models.BooleanField(default=False, editable=False)
    public_was = models.TextField(blank=True, editable=False)
    public_reads = models.TextField(blank=True, editable=False)
    public_reason = models.TextField(blank=True, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["correction", "redaction"]), name="correction_kind_valid"),
            models.CheckConstraint(
                condition=Q(kind="correction") | Q(was="", reads=""), name="redaction_keeps_no_words"
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(is_confidential=False), name="correction_confidential_is_not_public"
            ),
        ]

    def __str__(self) -> str:
        return _("%(kind)s of %(date)s") % {
            "kind": self.get_kind_display(),
            "date": date_format(self.made_at, "d F Y"),
        }

    @property
    def is_redaction(self) -> bool:
        """Whether a passage was taken out rather than corrected."""
        return self.kind == self.Kind.REDACTION
