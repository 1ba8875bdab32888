"""The versions of a meeting's notes: every saved one, kept in their history."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from meetings.models import Minutes


class VersionsForm(forms.Form):
    """Which two versions are compared, by their keys in the history."""

    older = forms.IntegerField(required=False, min_value=1)
    newer = forms.IntegerField(required=False, min_value=1)

    def chosen(self) -> tuple[int | None, int | None]:
        """The keys that are given and are some."""
        self.is_valid()
        return self.cleaned_data.get("older"), self.cleaned_data.get("newer")


def versions_of(minutes: Minutes) -> QuerySet:
    """The versions, the latest first, without their texts and with whoever saved each, by joins."""
    history = minutes.history.defer("text").select_related("history_user__person")
    return history.order_by("-history_date", "-history_id")


def two_of(minutes: Minutes, *, older: int | None, newer: int | None) -> tuple[Any, Any] | None:
    """Two versions with their texts, the older one first; None where there are no two.

    Where one is not chosen, or is none of these notes: as first circulated, or else as first saved, against the latest.
    """
    versions = minutes.history.select_related("history_user__person").order_by("history_date", "history_id")
    latest = versions.filter(pk=newer).first() or versions.last()
    first = (
        versions.filter(pk=older).first()
        or versions.filter(status__in=Minutes.CIRCULATED_STATUSES).first()
        or versions.first()
    )
    if latest is None or first.pk == latest.pk:
        return None
    return (first, latest) if _when(first) < _when(latest) else (latest, first)


def _when(version: Any) -> tuple[Any, int]:  # noqa: ANN401 (a row of the history, whose model has no name of its own)
    return version.history_date, version.pk
