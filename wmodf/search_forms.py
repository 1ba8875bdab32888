"""What is looked for on the search page and what narrows it. Choices offer only what this reader sees anyway."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from members.models import Organisation
from wmodf.finding import KINDS, Asked
from wmodf.knowing import organisations_known_to
from wmodf.lib.filtering import LONGEST_WORDS
from wmodf.lib.queries import read_query
from wmodf.lib.searching import SearchText
from wmodf.lib.words import tidy


class LookedForField(forms.CharField):
    """Words to look for; what no text holds is taken out of them."""

    widget = forms.SearchInput

    def to_python(self, value: object) -> str:
        """The words on one line, tidied."""
        return " ".join(tidy(super().to_python(value)).split())


class SearchForm(forms.Form):
    """Words, kind, year, organisation and order. A filter that can't be used is said, and search goes on without it."""

    q = LookedForField(
        label=_("Words"),
        required=False,
        max_length=LONGEST_WORDS,
        error_messages={"max_length": _("Write at most %(limit_value)d characters.")},
    )
    kind = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=[("", _("Everything")), *((name, label) for name, (label, _kinds) in KINDS.items())],
        error_messages={"invalid_choice": _("Choose one of the kinds listed.")},
    )
    year = forms.TypedChoiceField(
        label=_("Year"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": _("There is nothing of this year: choose one of those listed.")},
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        required=False,
        queryset=Organisation.objects.none(),
        empty_label=_("All organisations"),
        error_messages={"invalid_choice": _("Choose one of the organisations listed.")},
    )
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("The best fit first")), ("date", _("The newest first"))],
        error_messages={"invalid_choice": _("Choose one of the orders listed.")},
    )

    def __init__(self, data: QueryDict, *args: Any, user: object, on: date, **kwargs: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(data, *args, **kwargs)
        years = SearchText.objects.readable_by(user).years()
        self.fields["year"].choices = [("", _("All years")), *((year, year) for year in years)]
        self.fields["organisation"].queryset = organisations_known_to(user, on=on)

    @property
    def asked_for(self) -> dict[str, Any]:
        """What could be used of what was sent, by field."""
        self.is_valid()  # whatever it says: of what can not be used, the page tells
        return self.cleaned_data

    @property
    def asked(self) -> Asked:
        """What is asked for, without what could not be used."""
        said = self.asked_for
        return Asked(
            query=read_query(said.get("q") or ""),
            kind=said.get("kind") or "",
            year=said.get("year"),
            organisation=said.get("organisation"),
            is_by_date=said.get("order") == "date",
        )

    @property
    def words(self) -> str:
        """What was typed, where it could be used."""
        return self.asked_for.get("q") or ""
