"""What the filters above all lists have in common."""

from django import forms
from django_filters import CharFilter

LONGEST_WORDS = 200


def words_filter(*, method: str) -> CharFilter:
    """A filter by words, which the named method of the filter set applies."""
    return CharFilter(
        label="Words",
        method=method,
        max_length=LONGEST_WORDS,
        widget=forms.SearchInput,
        error_messages={
            "max_length": f"Write at most {LONGEST_WORDS} characters.",
            "null_characters_not_allowed": "These words hold a character that no text has: leave it out.",
        },
    )
