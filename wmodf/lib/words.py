"""Words: tidied as people type and paste them, and looked for in plain SQL that every database has."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

# Nobody types these: delete, and the marks that turn the direction of reading round.
HIDDEN = frozenset("\x7f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

REDACTED = "[redacted]"  # what stands where words were taken out of published notes

LONGEST = 4_000  # characters of what somebody says: a page and a half


def tidy(text: str) -> str:
    """The text with line ends made plain and without what no text holds: NUL and the like, and hidden marks."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    return "".join(character for character in plain if _is_text(character))


def _is_text(character: str) -> bool:
    """Whether a text may hold the character: no control, no hidden mark, and no half of one (a surrogate)."""
    if character in HIDDEN or "\ud800" <= character <= "\udfff":
        return False
    return character >= " " or character in "\n\t\f"


def shortened(text: str, most: int) -> str:
    """The text, or its first words and an ellipsis where it is longer than so many characters."""
    if len(text) <= most:
        return text
    whole, _rest, _rest = text[: most - 1].rpartition(" ")
    return f"{(whole or text[: most - 1]).rstrip()}…"


class WordsField(forms.CharField):
    """Words of one or more lines. What no text holds is taken out, and `left_out` says so.

    More than `LONGEST` characters are refused with a word; by `max_length` a browser would cut them off without one.
    """

    widget = forms.Textarea
    left_out = False

    def validate(self, value: str) -> None:
        """Refuse more than anybody reads."""
        super().validate(value)
        if len(value) > LONGEST:
            msg = _("These are %(count)s characters; %(most)s is the most. Nothing was saved: shorten them.") % {
                "count": f"{len(value):,}",
                "most": f"{LONGEST:,}",
            }
            raise forms.ValidationError(msg)

    def tell(self, message: str) -> str:
        """The message that says what was saved, and that something was left out of it."""
        return (
            _("%(message)s Some invisible characters were left out.") % {"message": message}
            if self.left_out
            else message
        )

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


def untranslated(words: object) -> str:
    """The words as the source has them, whatever the site's language: for notes, stored rows and feeds."""
    with override(None):
        return str(words)
