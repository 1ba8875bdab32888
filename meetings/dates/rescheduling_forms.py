"""Forms with which a meeting is moved, called off or taken up again."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.dates.rescheduling import was_told_of
from meetings.models import Meeting
from members.models import Organisation
from members.naming import mask_emails
from wmodf.lib.dates import in_words
from wmodf.lib.words import tidy

LONGEST_REASON = 300
PUBLIC = gettext_lazy("Everyone reads it, on the meeting’s page and in the calendar: no names, no addresses.")


class ReasonField(forms.CharField):
    """Why a date changes, on one line, without e-mail addresses."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        kwargs = {"label": gettext_lazy("Why"), "help_text": PUBLIC, "max_length": LONGEST_REASON} | kwargs
        super().__init__(**kwargs)

    def to_python(self, value: object) -> str:
        """The words, single-spaced."""
        return " ".join(tidy(super().to_python(value)).split())

    def validate(self, value: str) -> None:
        """Refuse addresses: they would be read by everyone."""
        super().validate(value)
        if mask_emails(value) != value:
            msg = _("Leave e-mail addresses out: everyone will read this.")
            raise ValidationError(msg)


class ReasonForm(forms.Form):
    """Why one meeting or several are cancelled, or why one goes ahead after all."""

    reason = ReasonField(error_messages={"required": gettext_lazy("Say why: people have the date in their diaries.")})

    def __init__(self, *args: Any, is_needed: bool = True, **kwargs: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_needed


class CancelForm(ReasonForm):
    """The same of one meeting, with what the page offered: a meeting that was cancelled meanwhile is not revived."""

    CANCEL, REINSTATE = "cancel", "reinstate"

    verb = forms.ChoiceField(
        required=False, choices=[(one, one) for one in (CANCEL, REINSTATE)], widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, is_cancelled: bool, **kwargs: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*args, **kwargs)
        self.offered = self.fields["verb"].initial = self.REINSTATE if is_cancelled else self.CANCEL

    def is_overtaken(self) -> bool:
        """Whether the meeting is by now what the sender wanted it to be."""
        return self.cleaned_data["verb"] not in {"", self.offered}


class MoveForm(forms.ModelForm):
    """The new day, times and place of a meeting, and why. What the page said of the day comes back in `heard`."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    heard = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = ReasonField(error_messages={"required": gettext_lazy("Say why: people have the date in their diaries.")})

    class Meta:
        model = Meeting
        fields = ["on", "starts", "ends", "host", "venue"]
        labels = {
            "on": gettext_lazy("New date"),
            "starts": gettext_lazy("From"),
            "ends": gettext_lazy("To"),
            "host": gettext_lazy("Host"),
            "venue": gettext_lazy("Place"),
        }
        help_texts = {"starts": "", "host": ""}
        widgets = {
            "on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "starts": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "ends": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = Organisation.objects.order_by("name")
        self.fields["reason"].required = was_told_of(self.instance)
        self.fields["seen"].initial = self.seen_now = seen_of(self.instance)

    def clean(self) -> dict[str, Any]:
        """Refuse a form that was opened before somebody else moved the meeting, and one that changes nothing."""
        cleaned = super().clean()
        if cleaned.get("seen") and cleaned["seen"] != self.seen_now:
            self.keep_in_page("seen", self.seen_now)
            on = Meeting.objects.get(pk=self.instance.pk).on
            msg = _(
                "Somebody else changed this meeting since you opened the page: it is on %(date)s now."
                " Nothing was saved: look through the form, then press the button again."
            ) % {"date": in_words(on)}
            raise ValidationError(msg)
        if not self.errors and not set(self.changed_data) & set(self.Meta.fields):
            msg = _("Nothing here differs from what it was: choose another day, time or place.")
            raise ValidationError(msg)
        return cleaned

    def keep_in_page(self, name: str, value: str) -> None:
        """Let the page that is shown again hold this value in a hidden field."""
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = value

    def has_heard(self, said: Sequence[str]) -> bool:
        """Whether the page showed these words before the button was pressed; the next page remembers them."""
        words = words_heard(said)
        is_heard = not said or self.cleaned_data["heard"] == words
        self.keep_in_page("heard", words)
        return is_heard


def seen_of(meeting: Meeting) -> str:
    """What the page shows of a meeting when it is opened, as one word."""
    shown = (meeting.on, meeting.starts, meeting.ends, meeting.host_id, meeting.venue, meeting.status)
    return words_heard([str(one) for one in shown])


def words_heard(said: Sequence[str]) -> str:
    """What was said on a page, as one word; empty where nothing was."""
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16] if said else ""
