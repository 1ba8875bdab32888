"""What stands beside the box for notes: who is there, walk-ins, and a text to begin with."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.minutes.opening_text import Form
from meetings.record import attending
from meetings.record.attending import Seat, WalkIn
from members import naming
from wmodf.lib.words import tidy

MOST_WALK_INS = 40
CHOICES = (
    (attending.PRESENT, gettext_lazy("Present")),
    (attending.APOLOGIES, gettext_lazy("Apologies")),
    ("", gettext_lazy("Not said")),
)
FORMS = {
    Form.TABLE: "table: item, notes, action",
    Form.COLUMNS: gettext_lazy("columns: names in two columns"),
    Form.HIGHLIGHTS: "highlights: decisions, actions, dates",
    Form.OWN: gettext_lazy("own form: each line labelled"),
}


class WhoForm(forms.Form):
    """A choice for each member: present, apologies, or neither."""

    def __init__(self, *args: Any, seats: Sequence[Seat], choices: Mapping[int, str], **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(*args, **kwargs)
        self.seats = seats
        self.choices = choices
        for seat in seats:
            self.fields[self._name(seat)] = forms.ChoiceField(
                label=seat.person.name,
                required=False,
                choices=CHOICES,
                initial=choices.get(seat.person.pk, ""),
                widget=forms.RadioSelect,
            )

    @staticmethod
    def _name(seat: Seat) -> str:
        return f"there-{seat.person.pk}"

    def rows(self) -> list[tuple[Seat, forms.BoundField]]:
        """Each member with the field to choose by."""
        return [(seat, self[self._name(seat)]) for seat in self.seats]

    def chosen(self) -> dict[int, str]:
        """The choices by key. A member who was not on the page that was sent stays as the notes have them."""
        return {
            seat.person.pk: self.cleaned_data.get(name, "")
            if (name := self._name(seat)) in self.data
            else self.choices.get(seat.person.pk, "")
            for seat in self.seats
        }


class WalkInForm(forms.Form):
    """Somebody who came and is no member of the day, in three fields."""

    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=200)
    organisation = forms.CharField(label=gettext_lazy("Organisation"), required=False, max_length=200)
    capacity = forms.ChoiceField(
        label=gettext_lazy("As"),
        choices=[("guest", gettext_lazy("in attendance")), ("member", "member")],
        required=False,
        initial="guest",
    )

    def clean(self) -> dict[str, Any]:
        """Tidy; an organisation needs somebody from it, and a name is two words or more."""
        for field in ("name", "organisation"):
            self.cleaned_data[field] = " ".join(tidy(self.cleaned_data.get(field, "")).split())
        name = self.cleaned_data["name"]
        if not name and self.cleaned_data["organisation"]:
            self.add_error("name", _("Write the name too."))
        elif name and not naming.is_full_name(name):
            self.add_error(
                "name", _("“%(name)s” is not a full name: write first name and family name.") % {"name": name}
            )
        return self.cleaned_data

    def walk_in(self) -> WalkIn | None:
        """Whoever is named, if anybody."""
        said = self.cleaned_data
        if not said.get("name"):
            return None
        return WalkIn(name=said["name"], organisation=said["organisation"], is_member=said.get("capacity") == "member")


WalkInFormSet = forms.formset_factory(WalkInForm, extra=1, max_num=MOST_WALK_INS, absolute_max=MOST_WALK_INS)


class AidsForm(forms.Form):
    """The buttons of the aids, of which one was pressed, and what they need beside who is there."""

    layout = forms.ChoiceField(
        label=gettext_lazy("Begin with the layout"),
        choices=[(form.value, label) for form, label in FORMS.items()],
        required=False,
    )
    # Set by the page's script once the secretary has said so.
    replace = forms.BooleanField(required=False, widget=forms.HiddenInput)

    BUTTONS = ("put_lists", "same_as_last", "more_walk_ins", "begin")

    def pressed(self) -> str:
        """The name of the button, empty where it was another."""
        return next((name for name in self.BUTTONS if name in self.data), "")

    def clean_layout(self) -> Form | None:
        """The layout, or None for the group's own."""
        return Form(self.cleaned_data["layout"]) if self.cleaned_data["layout"] else None
