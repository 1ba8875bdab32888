"""Forms for a meeting's papers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.agenda.paper_kinds import ENDINGS, TAKEN, NotAPaperError, kind_of
from meetings.agenda.papering import TooLargeError, refuse_link, refuse_too_large
from meetings.records.agendas import AgendaItem
from meetings.records.papers import LONGEST_TITLE, MOST_BYTES, Paper
from wmodf.lib.words import tidy


class TitleField(forms.CharField):
    """A title on one line, without what no text holds."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(label=gettext_lazy("Title"), max_length=LONGEST_TITLE, **kwargs)
        self.validators = [one for one in self.validators if not isinstance(one, ProhibitNullCharactersValidator)]

    def to_python(self, value: object) -> str:
        """The title, tidied."""
        return " ".join(tidy(super().to_python(value)).split())


class PaperForm(forms.Form):
    """What a paper is called, what it belongs to, and who may see it."""

    title = TitleField()
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Paper.Kind.choices)
    item = forms.TypedChoiceField(label=gettext_lazy("For"), required=False, empty_value=None)
    is_confidential = forms.BooleanField(label=gettext_lazy("For members only"), required=False)

    def __init__(self, *args: Any, items: Iterable[AgendaItem], **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(*args, **kwargs)
        by_key = {str(item.pk): item for item in items}
        field = self.fields["item"]
        field.choices = [("", _("The meeting")), *((key, item.title) for key, item in by_key.items())]
        field.coerce = by_key.__getitem__

    def told(self) -> dict[str, Any]:
        """What was put in, by the names that the verbs know."""
        return {name: self.cleaned_data[name] for name in ("title", "kind", "item", "is_confidential")}


class NewPaperForm(PaperForm):
    """A new paper: a file, or a link."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in ENDINGS)}),
        help_text=format_lazy(
            gettext_lazy("{kinds}; up to {size} MB. Macros and programs are not taken."),
            kinds=TAKEN,
            size=MOST_BYTES // 1_000_000,
        ),
    )
    link = forms.URLField(
        label=gettext_lazy("Or a link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("To slides or a page elsewhere: begins with https:// or http://."),
    )
    field_order = ("file", "link", "title", "kind", "item", "is_confidential")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].help_text = _(
            "As it stands on the agenda. Of a file, its name where you leave this empty."
        )

    def clean_file(self) -> UploadedFile | None:
        """Refuse what is too large before anything reads it, and what is no paper."""
        file = self.cleaned_data.get("file")
        if file is None:
            return None
        try:
            refuse_too_large(file.size)
            self.upload = (file.name, file.read())
            kind_of(*self.upload)
        except (NotAPaperError, TooLargeError) as error:
            raise forms.ValidationError(str(error)) from error
        return file

    def clean_link(self) -> str:
        """Refuse links that are no pages."""
        link = self.cleaned_data["link"]
        try:
            if link:
                refuse_link(link)
        except NotAPaperError as error:
            raise forms.ValidationError(str(error)) from error
        return link

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, and for a link's title."""
        told = super().clean()
        if "file" in told and "link" in told and bool(told["file"]) == bool(told["link"]):
            self.add_error(None, _("Choose a file, or give a link: one of the two."))
        if told.get("link") and not told.get("title") and "title" not in self.errors:
            self.add_error("title", _("Say what the link leads to."))
        return told


class PaperStepForm(forms.Form):
    """Which button of the page was pressed, and of which paper."""

    change = forms.IntegerField(required=False, min_value=1)
    remove = forms.IntegerField(required=False, min_value=1)
