"""What a reading of notes asks the secretary, as a form: beside one meeting's notes, and for many files together."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from meetings.resolving import Question
from members import naming
from members.models import Person
from wmodf.lib.words import tidy


class QuestionsForm(forms.Form):
    """The secretary's answers to the questions that a reading asks, a pair of fields each."""

    def __init__(self, *args: Any, questions: Iterable[Question], people: Iterable[Person], **kwargs: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        everyone = [(f"person:{person.pk}", person.name) for person in people if person.pk]
        for question in self.questions:
            likely = [(choice.value, choice.label) for choice in question.choices]
            values = {value for value, _rest in likely}
            choices: list = [("", _("Leave open")), *likely]
            if question.asks_who:
                others = [pair for pair in everyone if pair[0] not in values]
                choices = [("", _("Leave open"))]
                if likely:
                    choices.append((_("Likely"), likely))
                if others:
                    choices.append((_("Everyone known"), others))
                self.fields[f"new:{question.key}"] = forms.CharField(
                    label=_("or add a person"),
                    required=False,
                    max_length=200,
                    # Who is new and among the choices is chosen there: said twice, one of the two would be stale.
                    initial="" if question.answer in values else question.answer.partition("new:")[2],
                )
            self.fields[f"answer:{question.key}"] = forms.ChoiceField(
                label=_("Answer"), choices=choices, required=False, initial=question.answer
            )

    def clean(self) -> dict[str, Any]:
        """A name to add must be a full one."""
        for question in self.questions:
            field = f"new:{question.key}"
            name = " ".join(tidy(self.cleaned_data.get(field, "")).split())
            if name and not naming.is_full_name(name):
                self.add_error(
                    field, _("“%(name)s” is not a full name: write first name and family name.") % {"name": name}
                )
        return self.cleaned_data

    def answers(self) -> dict[str, str]:
        """The answers by question, of those that were on the page: a person added goes before one chosen."""
        found = {}
        for question in self.questions:
            if f"answer:{question.key}" not in self.data:
                continue
            name = " ".join(tidy(self.cleaned_data.get(f"new:{question.key}", "")).split())
            found[question.key] = f"new:{name}" if name else self.cleaned_data.get(f"answer:{question.key}", "")
        return found

    def rows(self) -> list[tuple[Question, forms.BoundField, forms.BoundField | None]]:
        """Each question with its field for choosing and, where somebody may be added, the one for a name."""
        return [
            (
                question,
                self[f"answer:{question.key}"],
                self[f"new:{question.key}"] if f"new:{question.key}" in self.fields else None,
            )
            for question in self.questions
        ]
