"""Forms in which the secretary corrects published notes and takes passages out of them."""

import hashlib
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.corrections.passages import Passage
from meetings.models import Meeting
from wmodf.lib.dates import in_words
from wmodf.lib.words import WordsField, tidy

LONGEST_PASSAGE = 20_000  # characters; a page of notes has three thousand


class MeetingChoice(forms.ModelChoiceField):
    """One of the meetings, by its day."""

    def label_from_instance(self, meeting: Meeting) -> str:
        """The meeting of 8 July 2026."""
        return _("The meeting of %(date)s") % {"date": in_words(meeting.on)}


class ChoiceForm(forms.Form):
    """The passage that the address chooses, and the meeting that is said to have agreed its correction."""

    passage = forms.IntegerField(required=False, min_value=0)
    decided_at = forms.IntegerField(required=False, min_value=1)

    def chosen(self, name: str) -> int | None:
        """The number; None where there is none, or it is no number."""
        self.is_valid()
        return self.cleaned_data.get(name)


class SeenForm(forms.Form):
    """A form whose effect is looked at before it is sent again to be saved; `seen` says what was looked at."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    what_counts: tuple[str, ...] = ()

    def digest(self) -> str:
        """What tells whether the form says now what it said when its effect was shown."""
        said = repr([str(self.cleaned_data.get(name, "")) for name in self.what_counts])
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    def is_to_be_saved(self) -> bool:
        """Whether the button was pressed that saves, and what it saves was shown."""
        return "save" in self.data and self.cleaned_data.get("seen") == self.digest()


class CorrectionForm(SeenForm):
    """What a passage of the notes should read, why, and which meeting agreed that."""

    passage = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    was = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    reads = forms.CharField(
        label=gettext_lazy("What it should read"),
        required=False,
        max_length=LONGEST_PASSAGE,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "true", "autocomplete": "off"}),
        help_text=(
            gettext_lazy(
                "References such as A37 stay by themselves. Empty: the passage is struck out."
                " With [confidential] at the end of a line, only members read it."
            )
        ),
    )
    decided_at = MeetingChoice(
        label=gettext_lazy("Agreed by"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not by a meeting"),
    )
    reason = WordsField(
        label=gettext_lazy("Why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Everyone who may read the passage reads this too."),
    )
    what_counts = ("passage", "was", "reads")

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(*args, **kwargs)
        self.fields["decided_at"].queryset = meetings

    def clean_reads(self) -> str:
        """The words without what no text holds."""
        return tidy(self.cleaned_data["reads"])

    def passage_among(self, passages: list[Passage]) -> Passage | None:
        """The passage that was chosen, if it still says what it said; else the only one that says it."""
        number, was = self.cleaned_data.get("passage"), self.cleaned_data.get("was", "")
        if number is not None and number < len(passages) and passages[number].words == was:
            return passages[number]
        same = [passage for passage in passages if passage.words == was]
        return same[0] if len(same) == 1 else None


class RedactionForm(SeenForm):
    """The words that are to be taken out of published notes, and why."""

    passage = WordsField(
        label=gettext_lazy("The words to take out"),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "As they stand in the notes, all of them; how they are cased and spaced does not matter."
        ),
        error_messages={
            "required": gettext_lazy("Write the words that are to be taken out, as they stand in the notes.")
        },
    )
    reason = WordsField(
        label=gettext_lazy("Why"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For the secretary alone. Don’t repeat the words here."),
        error_messages={"required": gettext_lazy("Say why the passage is taken out: only the secretary reads it.")},
    )
    what_counts = ("passage",)

    def words(self) -> str:
        """The words; empty where they were refused."""
        return self.cleaned_data.get("passage", "")
