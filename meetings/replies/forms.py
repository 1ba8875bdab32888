"""What members send before a meeting: whether they come, and what they would like to talk about."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Meeting, Reply
from meetings.records.agendas import LENGTH, LONGEST_TITLE
from meetings.replies.replying import seen_of
from members.models import Person, PersonQuerySet
from wmodf.lib.words import WordsField

LONGEST_NOTE = 500
LONGEST_NAME = 200


def _line(*, longest: int, **options: Any) -> WordsField:  # noqa: ANN401 (a field's own options)
    """Words of one line. Too many are refused with a word: by `max_length` a browser would cut them off without one."""
    too_long = gettext_lazy("These are %(show_value)s characters; %(limit_value)s is the most. Shorten them.")
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return WordsField(widget=widget, validators=[MaxLengthValidator(longest, too_long)], **options)


class LedForm(forms.Form):
    """A form that puts its reader where they have to go on: into the first field that is wrong."""

    def full_clean(self) -> None:
        """Clean, then say where to go on."""
        super().full_clean()
        wrong = next((name for name in self.fields if name in self.errors), None)
        if wrong:
            self.fields[wrong].widget.attrs["autofocus"] = True


class ReplyForm(LedForm):
    """A member's answer to one meeting. `shown_on` and `seen` say what its page showed: date, and former answer."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Will you come?"),
        choices=Reply.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Nothing was saved: choose one of the four."),
            "invalid_choice": gettext_lazy("Nothing was saved: choose one of the four."),
        },
    )
    deputy_name = _line(label=gettext_lazy("Your deputy’s name"), longest=LONGEST_NAME, required=False)
    deputy_organisation = _line(
        label=gettext_lazy("Your deputy’s organisation"),
        longest=LONGEST_NAME,
        required=False,
        help_text=gettext_lazy("If it is not yours."),
    )
    note = _line(
        label=gettext_lazy("A note for the secretary"),
        longest=LONGEST_NOTE,
        required=False,
        help_text=gettext_lazy("Nobody else reads it: coming late, step-free access, what to eat."),
    )
    shown_on = forms.DateField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, reply: Reply | None = None, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        initial = {"shown_on": meeting.on, "seen": seen_of(reply)}
        if reply is not None:
            initial |= {name: getattr(reply, name) for name in ("answer", "note", "deputy_name", "deputy_organisation")}
        # Several of these forms stand on one page.
        kwargs = {"initial": initial, "auto_id": f"id_reply_{meeting.pk}_%s"} | kwargs
        super().__init__(*args, **kwargs)
        self.meeting = meeting

    @property
    def is_taking_back(self) -> bool:
        """Whether it was the other button that was pressed."""
        return "take_back" in self.data

    def clean(self) -> dict[str, Any]:
        """Refuse an answer for a date that is over, and a deputy without a name."""
        cleaned = super().clean()
        if cleaned.get("shown_on") not in {None, self.meeting.on}:
            self.data = self.data.copy()
            self.data[self.add_prefix("shown_on")] = self.meeting.on.isoformat()
            msg = _(
                "The meeting was moved to %(date)s since you opened this page: nothing was saved. Is"
                " this still your answer? Then send it again."
            ) % {"date": date_format(self.meeting.on, "l j F Y")}
            raise forms.ValidationError(msg)
        is_deputy = cleaned.get("answer") == Reply.Answer.DEPUTY
        if is_deputy and not cleaned.get("deputy_name") and "deputy_name" not in self.errors:
            self.add_error("deputy_name", _("Nothing was saved: give your deputy’s name."))
        return cleaned

    def tell(self, message: str) -> str:
        """The message that says what was saved, and what was left out of it."""
        is_deputy = self.cleaned_data["answer"] == Reply.Answer.DEPUTY
        if not is_deputy and (self.cleaned_data["deputy_name"] or self.cleaned_data["deputy_organisation"]):
            message += _(" Your deputy was left out, since you send none.")
        said = (self.fields[name].left_out for name in ("note", "deputy_name", "deputy_organisation"))
        return (
            _("%(message)s Some invisible characters were left out.") % {"message": message} if any(said) else message
        )


class ReplyForMemberForm(ReplyForm):
    """The same, entered by the secretary for a member who rang up."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Member"),
        queryset=Person.objects.none(),
        error_messages={
            "required": gettext_lazy("Nothing was saved: choose the member."),
            "invalid_choice": gettext_lazy("Nothing was saved: this is no member of the group today."),
        },
    )
    field_order = ["person", "answer", "deputy_name", "deputy_organisation", "note", "shown_on", "seen"]

    def __init__(self, *args: Any, people: PersonQuerySet, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        labels = {
            "answer": _("What did they say?"),
            "deputy_name": _("The deputy’s name"),
            "deputy_organisation": _("The deputy’s organisation"),
            "note": _("A note"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["answer"].choices = list(SHORT.items())
        self.fields["deputy_organisation"].help_text = _("If it is not the member’s.")
        self.fields["note"].help_text = _("For you and the member alone.")

    def choose(self, person: Person | None) -> None:
        """Ask about this person alone; with None about whomever the secretary chooses, whose answer nobody has seen."""
        field = self.fields["person"]
        if person is None:
            self.initial["seen"] = ""
        else:
            self.initial["person"] = person.pk
            field.queryset, field.empty_label = field.queryset.among([person.pk]), None


# The answers as others say them.
SHORT = {
    Reply.Answer.IN_PERSON: gettext_lazy("Coming in person"),
    Reply.Answer.ONLINE: gettext_lazy("Joining online"),
    Reply.Answer.APOLOGIES: gettext_lazy("Apologies"),
    Reply.Answer.DEPUTY: gettext_lazy("Sending a deputy"),
}


class ChosenForm(forms.Form):
    """Which member's answer is to be changed; none for what is no key."""

    person = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)

    @property
    def key(self) -> int | None:
        """The person's key."""
        return self.cleaned_data.get("person") if self.is_valid() else None


class ProposalForm(LedForm):
    """An item that a member would like on a meeting's agenda."""

    title = _line(
        label=gettext_lazy("What should the meeting talk about?"),
        longest=LONGEST_TITLE,
        help_text=gettext_lazy("In a few words, as it would stand on the agenda."),
        error_messages={"required": gettext_lazy("Nothing was saved: say in a few words what it is.")},
    )
    note = WordsField(
        label=gettext_lazy("What is it about?"),
        required=False,
        help_text=(
            gettext_lazy(
                "What you would like the meeting to hear, discuss or decide. Everyone may read it once it is"
                " on the agenda."
            )
        ),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "true"}),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes does it need?"),
        required=False,
        validators=LENGTH,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6}),
        help_text=gettext_lazy("Leave it empty if you can’t say."),
        error_messages={"invalid": gettext_lazy("Nothing was saved: write the minutes as a number, such as 15.")},
    )

    def tell(self, message: str) -> str:
        """The message that says what was saved, and what was left out of it."""
        said = (self.fields[name].left_out for name in ("title", "note"))
        return (
            _("%(message)s Some invisible characters were left out.") % {"message": message} if any(said) else message
        )
