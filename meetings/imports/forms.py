"""Forms for many files of notes at once."""

from collections.abc import Iterable
from datetime import date
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.imports.importing import LARGEST, SUFFIXES
from meetings.imports.unpacking import MOST_FILES as MOST_IN_ARCHIVE
from meetings.imports.unpacking import is_archive
from meetings.models import Batch, Original
from wmodf.lib.dates import is_plausible

# Of all files sent at once. What stands in front of the site must let as much through: see deploy/.
MOST_BYTES = 32 * 1024 * 1024
MOST_FILES = 100  # settings let some more through, to be refused here in words


class ManyFilesInput(forms.ClearableFileInput):
    """A file input in which several files can be chosen."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files."""

    widget = ManyFilesInput(attrs={"accept": ",".join([*sorted(SUFFIXES), ".zip"])})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:  # noqa: ANN401 (Django's own signature)
        """Each file, cleaned."""
        files = (data if isinstance(data, list | tuple) else [data]) or [None]
        return [super(ManyFilesField, self).clean(one, initial) for one in files]


class FilesForm(forms.Form):
    """Files of notes, or archives of some."""

    files = ManyFilesField(
        label=gettext_lazy("Files of notes"),
        allow_empty_file=True,
        help_text=(
            format_lazy(
                gettext_lazy(
                    "Word documents, web pages, plain text or Markdown; up to {files} files, or archives (.zip) of up"
                    " to {archived}. Together they may be {size} MB large."
                ),
                files=MOST_FILES,
                archived=MOST_IN_ARCHIVE,
                size=MOST_BYTES // 1024 // 1024,
            )
        ),
    )

    def clean_files(self) -> list[UploadedFile]:
        """Refuse what is too large before anything opens it."""
        files = self.cleaned_data["files"]
        if len(files) > MOST_FILES:
            msg = _("These are %(count)s files: %(most)s is the most. Send some of them, or an archive (.zip).") % {
                "count": len(files),
                "most": MOST_FILES,
            }
            raise forms.ValidationError(msg)
        if sum(one.size for one in files) > MOST_BYTES:
            msg = _("These files are too large together: %(size)s MB is the most. Send some of them.") % {
                "size": MOST_BYTES // 1024 // 1024
            }
            raise forms.ValidationError(msg)
        for one in files:
            if one.size > LARGEST and not is_archive(one.name):
                msg = _("%(name)s is too large: %(size)s MB is the most.") % {
                    "name": PurePath(one.name).name,
                    "size": LARGEST // 1_000_000,
                }
                raise forms.ValidationError(msg)
        return files

    def uploads(self) -> Iterable[tuple[str, bytes]]:
        """Each file's name and bytes, one after the other."""
        return ((one.name, one.read()) for one in self.cleaned_data["files"])


class StepForm(forms.Form):
    """Which button of a batch's page was pressed: they are told apart by their names."""

    GOALS = {"record": Batch.Goal.RECORD, "publish": Batch.Goal.PUBLISH}

    def is_going_on(self) -> bool:
        """Whether the next files are to be read or recorded."""
        return "go_on" in self.data

    def is_clearing_away(self) -> bool:
        """Whether the batch is done with."""
        return "clear_away" in self.data

    def goal(self) -> Batch.Goal | None:
        """What to do with the files; None where only what was put in is to be kept."""
        return next((goal for name, goal in self.GOALS.items() if name in self.data), None)


class CorrectionsForm(forms.Form):
    """The day of each file's meeting, and whether to leave the file out: a pair of fields a file."""

    def __init__(self, *args: Any, files: Iterable[Original], **kwargs: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*args, **kwargs)
        self.files = [one for one in files if one.state in {Original.State.READ, Original.State.WAITING}]
        for one in self.files:
            self.fields[f"on:{one.pk}"] = forms.DateField(
                label=_("Date of the meeting"),
                required=False,
                initial=one.on,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"],
            )
            self.fields[f"leave:{one.pk}"] = forms.BooleanField(label=_("Leave this file out"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse days on which nobody can have met."""
        for one in self.files:
            on = self.cleaned_data.get(f"on:{one.pk}")
            if on is not None and not is_plausible(on):
                self.add_error(f"on:{one.pk}", _("Write the year in full: a meeting is held between 1900 and 2199."))
        return self.cleaned_data

    def days(self) -> dict[int, date]:
        """The days put in that are not those found, by the files' keys."""
        found = {one.pk: self.cleaned_data.get(f"on:{one.pk}") for one in self.files}
        return {one.pk: on for one in self.files if (on := found[one.pk]) is not None and on != one.on}

    def left_out(self) -> list[int]:
        """The keys of the files to leave out."""
        return [one.pk for one in self.files if self.cleaned_data.get(f"leave:{one.pk}")]

    def fields_of(self, original: Original) -> tuple[forms.BoundField, forms.BoundField] | None:
        """The two fields of a file; None for one that needs no correction any more."""
        if f"on:{original.pk}" not in self.fields:
            return None
        return self[f"on:{original.pk}"], self[f"leave:{original.pk}"]
