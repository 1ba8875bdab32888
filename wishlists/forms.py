"""Forms for data used and wanted."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wishlists.known import known_dataset
from wishlists.models import Dataset, DatasetQuerySet, Entry, EntryUpdate
from wmodf.lib.words import WordsField, tidy

LONGEST_NUMBER = 10**9


def words_field(*, label: str, help_text: str, missing: str = "", rows: int = 4) -> WordsField:
    """A box for people's words, required where `missing` says what to do about an empty one."""
    return WordsField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        error_messages={"required": missing},
        widget=forms.Textarea(attrs={"rows": rows, "spellcheck": "true", "autocomplete": "off"}),
    )


class PartForm(forms.Form):
    """A form that may stand on one page with others: its fields' ids begin with the name of its part."""

    part = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(*args, auto_id=f"id_{self.part}_%s" if self.part else "id_%s", **kwargs)

    def full_clean(self) -> None:
        """Clean, and put the reader where they have to go on: into the first field that is wrong."""
        super().full_clean()
        wrong = next((name for name in self.fields if name in self.errors), None)
        if wrong:
            self.fields[wrong].widget.attrs["autofocus"] = True


class SaidForm(PartForm):
    """A form with somebody's words in `text`."""

    def clean_text(self) -> str:
        """Refuse words without a letter or a figure."""
        text = self.cleaned_data["text"]
        if text and not re.search(r"[^\W_]", text):
            msg = _("There is no word in this: say it in words.")
            raise forms.ValidationError(msg)
        return text

    def tell(self, message: str) -> str:
        """The message that says what was saved, and what was left out of it."""
        return self.fields["text"].tell(message)


class EntryForm(SaidForm):
    """What a member used or wants."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Is it data that you used, or data that you want?"),
        choices=[(Entry.Kind.USED, gettext_lazy("I used it")), (Entry.Kind.WANTS, gettext_lazy("I want it"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose one of the two."),
            "invalid_choice": gettext_lazy("Choose “I used it” or “I want it”."),
        },
    )
    text = words_field(
        label=gettext_lazy("Which data?"),
        help_text=gettext_lazy(
            "As you would say it at the meeting: what it is about, for which area, and for what you use it."
        ),
        missing=gettext_lazy("Say which data it is."),
    )
    dataset = forms.ModelChoiceField(
        label=gettext_lazy("Is it one of these datasets?"),
        queryset=Dataset.objects.none(),
        required=False,
        empty_label=gettext_lazy("None of these, or I don’t know"),
        error_messages={"invalid_choice": gettext_lazy("Choose one of the datasets listed.")},
    )

    def __init__(self, *args: Any, datasets: DatasetQuerySet, **kwargs: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*args, **kwargs)
        self.fields["dataset"].queryset = datasets


class EntryTextForm(SaidForm):
    """New words for an entry; `seen` is the digest of those that its member had before them."""

    text = words_field(label=gettext_lazy("Which data?"), help_text="", missing=gettext_lazy("Say which data it is."))
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class OfferForm(SaidForm):
    """What a member offers who has the data: what, where and how to get it."""

    part = "offer"

    text = words_field(
        label=gettext_lazy("What do you have, and how can they get it?"),
        help_text=gettext_lazy(
            "What it is, where it is and whom to ask. Members read it, with your name; the public does not."
        ),
        missing=gettext_lazy("Say what you have and how to get it."),
        rows=3,
    )

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(*args, **kwargs)
        self.entry = entry

    def clean(self) -> dict[str, Any]:
        """A want that was withdrawn meanwhile needs no offer."""
        if self.entry.withdrawn_on is not None:
            self.add_error(
                "text",
                _("Nothing was saved: %(reference)s was withdrawn and is no longer wanted.")
                % {"reference": self.entry.reference},
            )
        return super().clean()


class MoveForm(SaidForm):
    """How a want stands since a day, with a word."""

    part = "move"

    status = forms.ChoiceField(
        label=gettext_lazy("How does it stand?"),
        choices=[
            ("", gettext_lazy("No change: only a few words on it")),
            *((status.value, capfirst(status.label)) for status in Entry.Status if status),
        ],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the states listed.")},
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How was it asked for?"),
        choices=[("", gettext_lazy("Not known")), *((way.value, way.label) for way in EntryUpdate.Way if way)],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the ways listed.")},
    )
    on = forms.DateField(
        label=gettext_lazy("Since which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Give the day."),
            "invalid": gettext_lazy("Write a day that exists, such as 3/4/2026."),
        },
    )
    text = words_field(
        label=gettext_lazy("A few words"),
        help_text=gettext_lazy("Members read it; the public sees the state and the day."),
        rows=2,
    )

    def __init__(self, *args: Any, entry: Entry, today: date, **kwargs: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*args, **kwargs)
        self.entry, self.today = entry, today

    def clean_on(self) -> date:
        """A day from when the want was raised to today."""
        on = self.cleaned_data["on"]
        if on > self.today:
            msg = _("That day is still to come: give the day on which it happened.")
            raise forms.ValidationError(msg)
        if on < self.entry.raised_on:
            msg = _("That is before it was first wanted, on %(date)s.") % {"date": date_format(self.entry.raised_on)}
            raise forms.ValidationError(msg)
        return on

    def clean(self) -> dict[str, Any]:
        """Only what was asked for was asked for in some way; a word alone needs one."""
        cleaned = super().clean()
        if cleaned.get("way") and cleaned.get("status") != Entry.Status.ASKED:
            self.add_error("way", _("A way of asking goes with “Asked for”: choose that state, or no way."))
        if cleaned.get("status") == "" and not cleaned.get("text") and not self.errors:
            self.add_error("text", _("Nothing was saved: choose how it stands, or write a few words."))
        return cleaned


class DatasetForm(PartForm):
    """Which dataset an entry is about: one entered already, or a new one."""

    part = "dataset"

    dataset = forms.ModelChoiceField(
        label=gettext_lazy("A dataset entered already"),
        queryset=Dataset.objects.all(),
        required=False,
        empty_label=gettext_lazy("None of these"),
        error_messages={"invalid_choice": gettext_lazy("Choose one of the datasets listed.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Or a new one: its name"),
        max_length=200,
        required=False,
        error_messages={"max_length": gettext_lazy("A name has at most 200 characters.")},
    )
    publisher = forms.CharField(label=gettext_lazy("Publisher"), max_length=200, required=False)
    url = forms.URLField(
        label=gettext_lazy("Web address"),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Write a whole address, such as https://data.example.org/stops.")},
    )
    licence = forms.CharField(label=gettext_lazy("Licence"), max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        """One or the other."""
        cleaned = super().clean()
        for name in ("name", "publisher", "licence"):
            cleaned[name] = " ".join(tidy(cleaned.get(name) or "").split())
        if self.errors:
            return cleaned
        if cleaned["dataset"] is not None and cleaned["name"]:
            self.add_error("name", _("Choose a dataset from the list or write the name of a new one, not both."))
        elif cleaned["dataset"] is None and not cleaned["name"]:
            self.add_error("dataset", _("Choose a dataset, or write the name of a new one."))
        return cleaned


class SuggestedDatasetForm(forms.Form):
    """A suggested dataset, taken by one press: the name of one entered already or of a well-known one."""

    name = forms.CharField(max_length=200)

    def clean_name(self) -> str:
        """Only a name that can have been suggested."""
        name = self.cleaned_data["name"]
        if known_dataset(name) is None and not Dataset.objects.called(name).exists():
            msg = _("There is no such dataset any more.")
            raise forms.ValidationError(msg)
        return name

    def fields_of_dataset(self) -> dict[str, str]:
        """What to enter of it, should it not have been entered yet."""
        known = known_dataset(self.cleaned_data["name"])
        return {"name": self.cleaned_data["name"]} if known is None else known.fields()


class DismissForm(forms.Form):
    """The numbers of the want and the data used of a suggestion."""

    want = forms.IntegerField(min_value=1, max_value=LONGEST_NUMBER)
    used = forms.IntegerField(min_value=1, max_value=LONGEST_NUMBER)
