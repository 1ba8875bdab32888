"""Forms for a meeting's notes."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.minutes.files import MOST_WORD, NotTakenError, Taken, is_page, take
from meetings.reading import LONGEST
from wmodf.lib.words import tidy

WORD_SUFFIXES = {".docx", ".docm"}
ACCEPTED = ".txt,.md,.markdown,.html,.htm,.docx,.docm"


class NotesForm(forms.Form):
    """The text of a meeting's notes, typed, pasted or uploaded. Cleans line ends and stray characters."""

    text = forms.CharField(
        label=gettext_lazy("Notes"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "true", "autocomplete": "off"}),
        help_text=gettext_lazy("Type or paste the notes as you would write them. What they become is shown with them."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or take the text from a file"),
        required=False,
        help_text=(
            gettext_lazy(
                "A Word document (.docx), a web page (.html), plain text or Markdown (.txt, .md)."
                " It takes the place of the text in the box."
            )
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    base_revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(*args, **kwargs)
        self.cleaned_away: list[int] = []
        # A sentence on each thing that was left out or added where the notes were taken from a file or a page.
        self.said: tuple[str, ...] = ()
        # A NUL is taken out with a word, not refused: who pasted it can't see it.
        field = self.fields["text"]
        field.validators = [one for one in field.validators if not isinstance(one, ProhibitNullCharactersValidator)]

    def clean_file(self) -> UploadedFile | None:
        """The file with what was taken from it; files that are too large are refused before anything reads them."""
        file = self.cleaned_data.get("file")
        if file is None:
            return None
        is_word = PurePath(file.name).suffix.casefold() in WORD_SUFFIXES
        if is_word and file.size > MOST_WORD:
            msg = _("%(name)s is too large: %(size)s MB is the most. Copy its text and paste it.") % {
                "name": file.name,
                "size": MOST_WORD // 1_000_000,
            }
            raise forms.ValidationError(msg)
        if not is_word and file.size > 4 * LONGEST:
            msg = _("%(name)s is too large: notes may be %(most)s characters long.") % {
                "name": file.name,
                "most": f"{LONGEST:,}",
            }
            raise forms.ValidationError(msg)
        file.taken = self._take(file.name, file.read())
        return file

    def clean_text(self) -> str:
        """Text from a page, pasted with its tags, becomes what the page shows; a file goes before it."""
        text = self.cleaned_data["text"]
        if self.files.get("file") or not is_page(text):
            return text
        # The mark says that it is UTF-8, whatever the page says of itself.
        taken = self._take(_("The text in the box"), text.encode("utf-8-sig", errors="replace"))
        self.said += (
            _("The text in the box was a page’s source (HTML): it was taken as the page shows it."),
            *taken.said,
        )
        return taken.text

    @staticmethod
    def _take(name: str, data: bytes) -> Taken:
        try:
            return take(name, data)
        except NotTakenError as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean(self) -> dict[str, Any]:
        """Take the file's text if there is one, tidy it and see that it is not too long."""
        file = self.cleaned_data.get("file")
        raw = file.taken.text if file is not None else self.cleaned_data.get("text", "")
        self.said += file.taken.said if file is not None else ()
        text = tidy(raw)
        if self.is_to_be_saved() and not text.strip() and not self.errors:
            msg = _("There are no notes in the box: nothing was saved.")
            raise forms.ValidationError(msg)
        if len(text) > LONGEST:
            msg = _(
                "The notes are %(count)s characters long; %(most)s is the most. Nothing was saved:"
                " shorten them, or record them as two meetings."
            ) % {"count": f"{len(text):,}", "most": f"{LONGEST:,}"}
            raise forms.ValidationError(msg)
        self.cleaned_away = [
            number
            for number, line in enumerate(raw.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1)
            if tidy(line) != line
        ]
        self.cleaned_data["text"] = text
        return self.cleaned_data

    def box(self) -> str:
        """The text to show in the box: cleaned where it could be, else as it was sent."""
        if not self.is_bound:
            return self.initial.get("text", "")
        return self.cleaned_data.get("text", "") or tidy(self.data.get("text", ""))

    def is_to_be_saved(self) -> bool:
        """Whether a button was pressed that saves; the other one only shows the reading."""
        return any(name in self.data for name in ("save", "publish", "highlights", "take-back"))

    def is_to_be_published(self) -> bool:
        """Whether the button was the one that publishes."""
        return "publish" in self.data

    def is_to_show_highlights(self) -> bool:
        """Whether the button was the one that publishes the highlights."""
        return "highlights" in self.data

    def is_to_take_highlights_back(self) -> bool:
        """Whether the button was the one that takes them back."""
        return "take-back" in self.data
