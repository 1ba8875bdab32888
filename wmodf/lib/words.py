"""Words: tidied as people type and paste them, and looked for in plain SQL that every database has."""

from django import forms
from django.db.models import Q

# Nobody types these: delete, and the marks that turn the direction of reading round.
HIDDEN = frozenset("\x7f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def tidy(text: str) -> str:
    """The text with line ends made plain and without what no text holds: NUL and the like, and hidden marks."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    return "".join(
        character for character in plain if (character >= " " or character in "\n\t\f") and character not in HIDDEN
    )


class WordsField(forms.CharField):
    """Words of one or more lines. What no text holds is taken out, and `left_out` says so."""

    widget = forms.Textarea
    left_out = False

    def to_python(self, value: object) -> str:
        """The words, tidied; a form's own copy of the field remembers whether anything was taken out."""
        text = super().to_python(value)
        tidied = tidy(text)
        self.left_out = len(tidied) < len(text.replace("\r\n", "\n"))
        return tidied.strip() if self.strip else tidied


def every_word(field: str, words: str) -> Q:
    """The condition that the field's text holds every one of the words, however they are cased."""
    condition = Q()
    for word in words.split():
        condition &= Q(**{f"{field}__icontains": word})
    return condition
