"""What people send to say how an action goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Action
from wmodf.lib.words import WordsField

VERBS = ("comment", "finish", "reopen", "drop")


class UpdateForm(forms.Form):
    """Words on an action, and by the name of the button pressed what they say of it."""

    note = WordsField(label=gettext_lazy("How is it going?"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        # Several of these forms stand on one page.
        super().__init__(*args, auto_id=f"id_{action.reference.lower()}_%s", **kwargs)
        self.fields["note"].label = _("How is it going?") if action.is_open else _("Anything to add?")

    @property
    def verb(self) -> str:
        """Which button was pressed; empty where none that there is."""
        return next((verb for verb in VERBS if verb in self.data), "")

    def tell(self, message: str) -> str:
        """The message that says what was saved, and what was left out of it."""
        return self.fields["note"].tell(message)

    def clean(self) -> dict[str, Any]:
        """An update needs words; a change of state welcomes them."""
        cleaned = super().clean()
        if not self.verb:
            raise forms.ValidationError(_("Nothing was saved: press one of the buttons below."))
        if self.verb == "comment" and not self.errors and not cleaned.get("note"):
            self.add_error("note", _("Nothing was saved: write a few words on how it goes."))
        if self.errors:
            # Where the reader has to go on.
            self.fields["note"].widget.attrs["autofocus"] = True
        return cleaned
