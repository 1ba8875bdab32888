"""Forms for a year's dates: the lines as typed, the table made of them, and two choices for all."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.dates.planning import ListedDate
from meetings.dates.rescheduling_forms import words_heard
from meetings.minutes.date_lists import DateLine, read_dates
from meetings.models import Meeting
from members.models import Organisation
from members.naming import fold
from wmodf.lib.words import tidy

MOST_DATES = 60
LONGEST_LIST = 20_000  # characters


class LinesForm(forms.Form):
    """Lines that are not in the table yet."""

    lines = forms.CharField(
        label=gettext_lazy("Dates, one a line"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "class": "plan-lines", "spellcheck": "false"}),
    )

    def clean_lines(self) -> str:
        """Tidy, and not endless; what was typed stays in the box."""
        text = tidy(self.cleaned_data["lines"])
        if len(text) > LONGEST_LIST:
            msg = _("This is too long: %(most)s characters are the most. Nothing was read.") % {
                "most": f"{LONGEST_LIST:,}"
            }
            raise ValidationError(msg)
        return text


class ChoicesForm(forms.Form):
    """Two choices for the whole list. What the page said of the days comes back in `heard`."""

    status = forms.ChoiceField(
        label=gettext_lazy("The dates are"),
        choices=[
            (Meeting.Status.TENTATIVE, gettext_lazy("provisional: they may still change")),
            (Meeting.Status.CONFIRMED, "confirmed"),
        ],
        initial=Meeting.Status.TENTATIVE,
    )
    announced = forms.ChoiceField(
        label=gettext_lazy("Who sees them"),
        choices=[
            ("yes", gettext_lazy("everyone: pages and calendar from now on")),
            ("no", gettext_lazy("only the secretary, for now")),
        ],
        initial="yes",
    )
    heard = forms.CharField(required=False, widget=forms.HiddenInput)


class DateForm(forms.Form):
    """One row of the table: a meeting, to be looked through before it is made."""

    line = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
    remark = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    on = forms.DateField(
        label=gettext_lazy("Date"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    starts = forms.TimeField(
        label=gettext_lazy("From"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    ends = forms.TimeField(
        label=gettext_lazy("To"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    host = forms.CharField(label=gettext_lazy("Host"), required=False, max_length=200)
    venue = forms.CharField(label=gettext_lazy("Place"), required=False, max_length=300)
    provisional = forms.BooleanField(label=gettext_lazy("Provisional"), required=False)
    fills = forms.BooleanField(label=gettext_lazy("Fill in what it lacks"), required=False)
    leave_out = forms.BooleanField(label=gettext_lazy("Leave out"), required=False)

    def __init__(self, *args: Any, organisations: Mapping[str, Organisation], **kwargs: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*args, **kwargs)
        self.organisations = organisations
        number = (self.prefix or "").rpartition("-")[2]
        label = _(", line %(number)s") % {"number": int(number) + 1} if number.isdecimal() else ""
        for name in self.fields:
            if not self[name].is_hidden:
                self.fields[name].widget.attrs["aria-label"] = f"{self.fields[name].label}{label}"
        self.meeting: Meeting | None = None

    def clean(self) -> dict[str, Any]:
        """Make the meeting, unsaved; nothing of a line that is left out."""
        cleaned = super().clean()
        if cleaned.get("leave_out"):
            self._errors.clear()
            return cleaned
        if self.errors:
            return cleaned
        if cleaned["on"] is None:
            self.add_error("on", _("Give the date, or leave this line out."))
            return cleaned
        host = " ".join(tidy(cleaned["host"]).split())
        known = self.organisations.get(fold(host)) if host else None
        meeting = Meeting(
            on=cleaned["on"],
            starts=cleaned["starts"],
            ends=cleaned["ends"],
            host=known,
            host_name="" if known else host,
            venue=" ".join(tidy(cleaned["venue"]).split()),
        )
        try:
            meeting.clean()
        except ValidationError as error:
            for name, found in error.message_dict.items():
                self.add_error({"host_name": "host"}.get(name, name), found)
            return cleaned
        # The database holds this too, but would be asked for each row.
        if meeting.ends and (meeting.starts is None or meeting.ends <= meeting.starts):
            self.add_error("ends", _("The meeting ends before it starts: give the start, and an end after it."))
            return cleaned
        self.meeting = meeting
        return cleaned

    def day(self) -> date | None:
        """The day as it stands in the row, even where something else in it is wrong."""
        return getattr(self, "cleaned_data", {}).get("on")


class BaseDateFormSet(forms.BaseFormSet):
    """The table."""

    def listed(self, *, status: str) -> list[ListedDate]:
        """The meetings of all rows that are not left out; those marked as provisional are, whatever the list says."""
        found = []
        for form in self.forms:
            if form.meeting is not None:
                provisional = form.cleaned_data["provisional"]
                form.meeting.status = Meeting.Status.TENTATIVE if provisional else status
                found.append(ListedDate(meeting=form.meeting, fills=form.cleaned_data["fills"]))
        return found


DateFormSet = forms.formset_factory(
    DateForm, formset=BaseDateFormSet, extra=0, max_num=MOST_DATES, absolute_max=MOST_DATES, validate_max=True
)
EMPTY = {"rows-TOTAL_FORMS": "0", "rows-INITIAL_FORMS": "0"}


def table(data: QueryDict, *, organisations: Mapping[str, Organisation]) -> BaseDateFormSet:
    """The table as it was sent; an empty one where none was."""
    if "rows-TOTAL_FORMS" not in data:
        data = data.copy()
        data.update(EMPTY)
    return DateFormSet(data, prefix="rows", form_kwargs={"organisations": organisations})


def rows_sent(data: QueryDict) -> int:
    """How many rows the table has that was sent."""
    count = data.get("rows-TOTAL_FORMS", "0")
    return int(count) if count.isdecimal() and len(count) < 5 else 0


def with_lines(data: QueryDict, lines: Sequence[DateLine]) -> QueryDict:
    """What was sent, with a row more for each of these lines, and the box empty."""
    data = data.copy()
    count = rows_sent(data)
    for number, line in enumerate(lines, start=count):
        for name, value in _row(line).items():
            if value:
                data[f"rows-{number}-{name}"] = value
    data["rows-TOTAL_FORMS"] = str(count + len(lines))
    data.setdefault("rows-INITIAL_FORMS", "0")
    data["lines"] = ""
    return data


def _row(line: DateLine) -> dict[str, str]:
    def clock(at: time | None) -> str:
        return f"{at:%H:%M}" if at else ""

    return {
        "line": line.line[:1000],
        "remark": " ".join(line.remarks)[:2000],
        "on": line.on.isoformat() if line.on else "",
        "starts": clock(line.starts),
        "ends": clock(line.ends),
        "host": line.host[:200],
        "venue": line.place[:300],
        "provisional": "on" if line.is_provisional else "",
        "leave_out": "on" if line.is_heading else "",
    }


def read_lines(text: str, *, today: date, organisations: Mapping[str, Organisation]) -> list[DateLine]:
    """The lines of the box as the reader reads them."""
    return read_dates(text, today=today, is_organisation=lambda words: fold(words) in organisations)


def heard(said: Sequence[str]) -> str:
    """What the page says of the days, as one word to be sent back."""
    return words_heard(said)
