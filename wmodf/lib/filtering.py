"""What the filters above all lists have in common."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter

LONGEST_WORDS = 200


def words_filter(*, method: str) -> CharFilter:
    """A filter by words, which the named method of the filter set applies."""
    return CharFilter(
        label=_("Words"),
        method=method,
        max_length=LONGEST_WORDS,
        widget=forms.SearchInput,
        error_messages={
            "max_length": _("Write at most %(limit_value)s characters."),
            "null_characters_not_allowed": _("These words hold a character that no text has: leave it out."),
        },
    )
