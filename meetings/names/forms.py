"""What the secretary sends about words that may mean somebody who withholds their name."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.records.mentions import MentionQuerySet
from meetings.sight.mentions import LONGEST
from wmodf.lib.words import tidy

WAITING, ANSWERED = "waiting", "answered"


class MentionFilter(forms.Form):
    """Which places the page lists: those that wait or those answered, of all words or of some."""

    state = forms.ChoiceField(choices=[(WAITING, ""), (ANSWERED, "")], required=False)
    words = forms.CharField(required=False, max_length=LONGEST, strip=False)

    def value(self, name: str) -> str:
        """What was chosen; empty for nothing, and for what can't be chosen."""
        self.is_valid()
        return self.cleaned_data.get(name, "")


class AnswerForm(forms.Form):
    """The places ticked, or all with the words that the page is narrowed to, and what they are."""

    THEM, NOT_THEM, ALL_THEM, ALL_NOT_THEM = "them", "not-them", "all-them", "all-not-them"

    verb = forms.ChoiceField(choices=[(one, "") for one in (THEM, NOT_THEM, ALL_THEM, ALL_NOT_THEM)])
    mention = forms.ModelMultipleChoiceField(queryset=None, required=False)

    def __init__(self, data: object, *, shown: MentionQuerySet, is_narrowed: bool) -> None:
        super().__init__(data)
        self.shown, self.is_narrowed = shown, is_narrowed
        self.fields["mention"].queryset = shown
        self.fields["mention"].error_messages |= {"invalid_choice": self._over(), "invalid_pk_value": self._over()}

    @staticmethod
    def _over() -> str:
        return _("Some of these places are gone: the notes were changed meanwhile.")

    def clean(self) -> dict[str, object]:
        """Refuse an answer about nothing, and about everything at once unless it is narrowed to some words."""
        cleaned = super().clean()
        is_for_all = cleaned.get("verb") in {self.ALL_THEM, self.ALL_NOT_THEM}
        if is_for_all and not self.is_narrowed:
            raise forms.ValidationError(_("Choose some words first, then answer for all their places."))
        if not is_for_all and not self.errors and not cleaned.get("mention"):
            raise forms.ValidationError(_("Tick the places first."))
        return cleaned

    @property
    def why(self) -> list[str]:
        """Why the answer can't be taken, each reason once."""
        return list(dict.fromkeys(words for errors in self.errors.values() for words in errors))

    @property
    def ticked(self) -> set[int]:
        """The places that were ticked, for a page that is shown again."""
        return {int(key) for key in self.data.getlist("mention") if key.isdecimal()}

    @property
    def is_them(self) -> bool:
        """Whether the words mean the person."""
        return self.cleaned_data["verb"] in {self.THEM, self.ALL_THEM}

    def chosen(self) -> list:
        """The places that the answer is about."""
        is_for_all = self.cleaned_data["verb"] in {self.ALL_THEM, self.ALL_NOT_THEM}
        return list(self.shown if is_for_all else self.cleaned_data["mention"])


class LookForm(forms.Form):
    """Other words by which somebody is called, such as a nickname."""

    looking = forms.CharField(
        label=gettext_lazy("Other words that mean them"),
        help_text=gettext_lazy(
            "A nickname, or some words such as “our treasurer from Elmbridge”, as the notes say them."
        ),
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("Write the words to look for.")},
    )

    def clean_looking(self) -> str:
        """Refuse what would be found everywhere."""
        words = " ".join(tidy(self.cleaned_data["looking"]).split())
        if len(re.findall(r"[^\W_]", words)) < 2:
            raise forms.ValidationError(_("Write two letters or more."))
        return words
