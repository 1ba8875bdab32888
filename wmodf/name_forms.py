"""The form on which members choose how the public sees them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from members.models import Person


class PublicNameForm(forms.Form):
    """One of three ways, each with what it looks like."""

    public_name = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(*args, initial={"public_name": person.public_name}, **kwargs)
        words = {
            Person.PublicName.FULL: _("“%(name)s”: your full name"),
            Person.PublicName.INITIALS: _("“%(name)s”: your initials"),
            Person.PublicName.MEMBER: _("“%(name)s”: no name at all"),
        }
        field = self.fields["public_name"]
        field.label = _("The public sees you as")
        field.error_messages = {
            "required": _("Choose one of the three. Nothing was changed."),
            "invalid_choice": _("Choose one of the three. Nothing was changed."),
        }
        field.choices = [(value, label % {"name": person.public_form_as(value)}) for value, label in words.items()]
