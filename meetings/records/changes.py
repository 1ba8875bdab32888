"""Meetings moved, called off and taken up again: from which day, and why."""

from collections.abc import Iterable
from datetime import date, time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wmodf.lib import dates


class Change(models.Model):
    """One change of a meeting's date or standing, with the reason that everyone may read."""

    class Kind(models.TextChoices):
        """What was done."""

        MOVED = "moved", gettext_lazy("moved")
        CANCELLED = "cancelled", gettext_lazy("cancelled")
        REINSTATED = "reinstated", gettext_lazy("goes ahead after all")

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind)
    was_on = models.DateField(gettext_lazy("the date before"))
    was_starts = models.TimeField(gettext_lazy("the time before"), null=True, blank=True)
    reason = models.CharField(gettext_lazy("why"), max_length=300, blank=True)
    public_reason = models.CharField(max_length=300, blank=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["moved", "cancelled", "reinstated"]), name="change_kind_valid"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason}"

    def told(self, *, on: date, starts: time | None, with_weekday: bool = False) -> str:
        """What everyone is told of the change of a meeting that is now on this day at this time, as a sentence.

        "Moved from 11 March 2026: the room is flooded." Where neither day nor time differs, its place has changed.
        """
        if self.kind == self.Kind.CANCELLED:
            words = _("Cancelled")
        elif self.kind == self.Kind.REINSTATED:
            words = _("It goes ahead after all")
        elif self.was_on != on:
            was_on = dates.with_weekday(self.was_on) if with_weekday else dates.in_words(self.was_on)
            words = _("Moved from %(date)s") % {"date": was_on}
        elif self.was_starts is not None and self.was_starts != starts:
            words = _("Moved from %(time)s") % {"time": f"{self.was_starts:%H:%M}"}
        else:
            words = _("The place or time has changed")
        reason = " ".join(self.public_reason.split())
        return f"{words}: {as_sentence(reason)}" if reason else f"{words}."


def as_sentence(words: str) -> str:
    """The words with one mark at their end."""
    return words if words.endswith(("!", "?")) else f"{words.rstrip('.')}."


def latest_that_counts(changes: Iterable[Change], *, is_cancelled: bool) -> Change | None:
    """Of a meeting's changes, oldest first, the one to tell of: its cancellation, else what was last done before it."""
    telling = [one for one in changes if (one.kind == Change.Kind.CANCELLED) == is_cancelled]
    return telling[-1] if telling else None
