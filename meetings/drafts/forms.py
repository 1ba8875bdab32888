"""Forms for notes that are kept as they are typed, and for choosing between two texts."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.http import QueryDict
from django.utils.translation import gettext as _

from meetings.drafts import comparing
from meetings.reading import LONGEST
from wmodf.lib.words import tidy

LARGEST = 2**31 - 1  # the largest number that both databases keep
# More differences than anybody decides on one by one: the rest is one.
MOST_CHOICES = 100


class TidyTextField(forms.CharField):
    """Text with plain line ends and without what no text holds, at most as long as notes may be."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(required=False, strip=False, **kwargs)
        self.validators = [one for one in self.validators if not isinstance(one, ProhibitNullCharactersValidator)]

    def to_python(self, value: object) -> str:
        """The text, tidied."""
        return tidy(super().to_python(value))

    def validate(self, value: str) -> None:
        """Refuse what could not be saved as notes either."""
        super().validate(value)
        if len(value) > LONGEST:
            msg = _("Not kept: these are %(count)s characters; %(most)s is the most. Shorten them.") % {
                "count": f"{len(value):,}",
                "most": f"{LONGEST:,}",
            }
            raise forms.ValidationError(msg)


class DraftForm(forms.Form):
    """What an open page sends by itself: its text where that changed, else a mere sign of life."""

    editor = forms.UUIDField()
    base_revision = forms.IntegerField(min_value=0, max_value=LARGEST)
    serial = forms.IntegerField(min_value=0, max_value=LARGEST, required=False)
    text = TidyTextField()
    is_leaving = forms.BooleanField(required=False)

    def has_text(self) -> bool:
        """Whether a text was sent; an empty box is one too."""
        return "text" in self.data


class PageForm(forms.Form):
    """Which open page sent a form, and how often it had sent its text; none where it does not say."""

    editor = forms.UUIDField(required=False)
    serial = forms.IntegerField(min_value=0, max_value=LARGEST, required=False)


class WantedForm(forms.Form):
    """Which version is to be put into the box."""

    draft = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)


class ChoicesForm(forms.Form):
    """Two texts and, of each difference, which is to stand: `theirs` or, by default, `mine`."""

    text = TidyTextField()
    theirs = TidyTextField()

    def differences(self) -> list[comparing.Block]:
        """The saved text (first) and one's own (second), side by side."""
        return compared(self.cleaned_data["theirs"], self.cleaned_data["text"])

    def merged(self) -> str:
        """One text, as it was chosen."""
        found = self.differences()
        return comparing.put_together(
            found, {block.number: self.data.get(f"block-{block.number}") == "theirs" for block in found}
        )


def compared(theirs: str, mine: str) -> list[comparing.Block]:
    """The differences as they are asked: the same two texts give the same ones again."""
    return comparing.blocks(theirs, mine, most=MOST_CHOICES)


def page_of(data: QueryDict) -> UUID | None:
    """The page that sent this."""
    return _page(data).get("editor")


def serial_of(data: QueryDict) -> int:
    """The number of the text that the page sent with this; 0 where it does not say."""
    return _page(data).get("serial") or 0


def _page(data: QueryDict) -> dict[str, Any]:
    form = PageForm(data)
    form.is_valid()
    return form.cleaned_data


def new_page() -> UUID:
    """A number for a page that opens."""
    return uuid4()


def settled(data: QueryDict) -> QueryDict:
    """What was sent, and where it came from the page with two texts, their one text as it was chosen."""
    if "theirs" not in data:
        return data
    form = ChoicesForm(data)
    if not form.is_valid() or "mine" in data.getlist("save"):
        return data
    changed = data.copy()
    changed["text"] = form.merged()
    return changed


def answers_in(data: QueryDict) -> list[tuple[str, str]]:
    """The fields that answer the reading's questions, to be sent again."""
    return [(name, value) for name, value in data.items() if name.startswith(("answer:", "new:"))]
