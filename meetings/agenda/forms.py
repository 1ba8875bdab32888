"""Forms of the page on which the secretary makes an agenda."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.agenda.making import MOST, Row
from meetings.models import AgendaItem
from meetings.records.agendas import LENGTH, LONGEST_TITLE, Kind
from members.models import Person
from members.naming import fold
from wmodf.lib.words import WordsField, tidy

LONGEST_ANSWER = 300
# The buttons that do something to one item, and those for the whole agenda.
ON_ONE = ("up", "down", "remove", "aside", "take", "drop", "accept", "decline")
ON_ALL = ("begin", "add", "publish", "take_back", "save")


class LineField(forms.CharField):
    """Words on one line, without what no text holds."""

    def to_python(self, value: object) -> str:
        """The words, tidied, on one line."""
        return " ".join(tidy(super().to_python(value)).split())


class ItemForm(forms.Form):
    """One item of the agenda. A row in which nothing was written is none."""

    key = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = LineField(required=False, max_length=LONGEST_TITLE)
    minutes = forms.IntegerField(
        required=False,
        validators=LENGTH,
        # No number field of the browser's: it drops without a word what is no number.
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    lead = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    lead_name = LineField(label=gettext_lazy("Lead, in words"), required=False, max_length=200)
    kind = forms.ChoiceField(choices=Kind, initial=Kind.ITEM)
    note = WordsField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    is_confidential = forms.BooleanField(label=gettext_lazy("Confidential"), required=False)
    not_before = forms.DateField(
        label=gettext_lazy("Not before"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(*args, **kwargs)
        self.people = list(people)
        self.fields["lead"].choices = [("", _("nobody yet")), *((person.pk, person.name) for person in self.people)]
        self.fields["kind"].required = False
        self.item: AgendaItem | None = None
        self.meanwhile = ""  # what somebody else made of the item since the page was opened
        for name, field in self.fields.items():
            field.widget.attrs["id"] = self[name].auto_id
            if not field.widget.is_hidden and not isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs["autocomplete"] = "off"
            if self.is_bound and name in self.errors:
                field.widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"{self[name].auto_id}_error"}

    def is_blank(self) -> bool:
        """Whether it is the empty row for a new item."""
        if not self.is_bound:
            return not self.initial.get("title")
        names = ("key", "title", "minutes", "lead", "lead_name", "note", "is_confidential")
        return not any(str(self[name].value() or "").strip() for name in names)

    def is_open(self) -> bool:
        """Whether the fields that are seldom needed hold something."""
        names = ("note", "lead_name", "not_before")
        return any(self[name].value() or (self.is_bound and name in self.errors) for name in names)

    def arises(self) -> bool:
        """Whether the item is the one at which matters arising are heard."""
        return self["kind"].value() == Kind.MATTERS_ARISING

    def clean_kind(self) -> str:
        """A plain item unless it says otherwise."""
        return self.cleaned_data["kind"] or Kind.ITEM.value

    def clean(self) -> dict[str, Any]:
        """An item has a title, and one lead; words that are the name of somebody in the list mean that person."""
        cleaned = self.cleaned_data
        if self.is_blank():
            return cleaned
        if not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("Write what the item is called, or remove it."))
        words = fold(cleaned.get("lead_name", ""))
        named = next((person for person in self.people if words and fold(person.name) == words), None)
        if named is not None and cleaned.get("lead") in {None, named.pk}:
            cleaned["lead"], cleaned["lead_name"] = named.pk, ""
        elif words and cleaned.get("lead"):
            self.add_error("lead_name", _("Choose a person or write who leads, not both."))
        return cleaned

    def row(self) -> Row:
        """The item as written; needs a clean form."""
        return Row(**{name: value for name, value in self.cleaned_data.items() if name != "not_before"})

    def minutes_now(self) -> int | None:
        """The minutes as they stand in the form; None where they are none or can't be read."""
        value = self["minutes"].value()
        return int(value) if str(value or "").isdecimal() and len(str(value)) < 5 else None


class BaseAgendaFormSet(forms.BaseFormSet):
    """The items of the agenda in order, and an empty row at the end."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """An empty row is no trouble."""
        return super().get_form_kwargs(index) | ({} if index is None else {"empty_permitted": False})

    def filled(self) -> list[tuple[int, ItemForm]]:
        """The rows in which something is written, each with its place in the form."""
        return [(place, form) for place, form in enumerate(self.forms) if not form.is_blank()]


AgendaFormSet = forms.formset_factory(
    ItemForm, formset=BaseAgendaFormSet, extra=1, max_num=MOST + 1, absolute_max=MOST + 1, validate_max=True
)


class PressedForm(forms.Form):
    """Which button was pressed, and the fingerprint of the agenda that was opened."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(*args, **kwargs)
        # So called, it is no part of what is given back to somebody who was logged out.
        self.fields["initial-base"] = forms.CharField(required=False, max_length=64)
        for name in ON_ONE:
            self.fields[name] = forms.IntegerField(required=False, min_value=0)

    def base(self) -> str:
        """The fingerprint; empty where none was sent, which is that of no agenda."""
        self.is_valid()
        return self.cleaned_data.get("initial-base", "")

    def button(self) -> tuple[str, int]:
        """The button's name and the place or key of its item; "save" and 0 where none is known."""
        self.is_valid()
        for name in ON_ONE:
            if self.cleaned_data.get(name) is not None:
                return name, self.cleaned_data[name]
        return next((name for name in ON_ALL if name in self.data), "save"), 0


class FocusForm(forms.Form):
    """Where the secretary was when a button was pressed, so that the page opens there again."""

    at = forms.IntegerField(required=False)
    by = forms.ChoiceField(required=False, choices=[(one, one) for one in ("up", "down", "new")])


class AnswersForm(forms.Form):
    """A word to each member who proposed an item."""

    def __init__(self, *args: Any, proposals: Iterable[AgendaItem], **kwargs: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*args, **kwargs)
        self.proposals = list(proposals)
        for item in self.proposals:
            self.fields[f"answer-{item.pk}"] = LineField(
                label=_("Your word to %(name)s") % {"name": item.proposed_by or _("them")},
                required=False,
                max_length=LONGEST_ANSWER,
            )

    def answer_to(self, key: int) -> str:
        """What was written to whoever proposed the item."""
        return self.cleaned_data.get(f"answer-{key}", "")

    def rows(self) -> list[tuple[AgendaItem, forms.BoundField]]:
        """Each proposal with its field."""
        return [(item, self[f"answer-{item.pk}"]) for item in self.proposals]
