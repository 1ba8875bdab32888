"""Looking for words in text, in plain SQL that every database has."""

from django.db.models import Q


def every_word(field: str, words: str) -> Q:
    """The condition that the field's text holds every one of the words, however they are cased."""
    condition = Q()
    for word in words.split():
        condition &= Q(**{f"{field}__icontains": word})
    return condition
