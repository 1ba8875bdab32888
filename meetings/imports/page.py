"""The pages in the admin on which the secretary records many files of notes at once, and gets each file back."""

from dataclasses import dataclass, field
from typing import Any

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from meetings import together
from meetings.imports import batches
from meetings.imports.forms import CorrectionsForm, FilesForm, StepForm
from meetings.models import Batch, Original
from meetings.questions import QuestionsForm
from meetings.secretary import frame, refuse_others
from members.models import Person


@dataclass
class Row:
    """One file, as the page lists it."""

    original: Original
    contradicted: list[str] = field(default_factory=list)
    corrections: tuple[BoundField, BoundField] | None = None

    @property
    def is_to_look_at(self) -> bool:
        """Whether sources disagree about the file, or it could not be read or dated."""
        found = self.original.found
        is_undated = self.original.state == Original.State.READ and self.original.on is None
        is_refused = self.original.state == Original.State.REFUSED
        return bool(self.contradicted or found.get("notes") or found.get("problems") or is_undated or is_refused)


def _get_batch(request: HttpRequest, batch_id: int) -> Batch:
    """The batch, for somebody who may change notes."""
    refuse_others(request)
    return get_object_or_404(Batch, pk=batch_id)


@require_http_methods(["GET", "POST"])
def import_notes(request: HttpRequest) -> HttpResponse:
    """Take files in; list the batches that are not done with."""
    refuse_others(request)
    form = FilesForm(request.POST, request.FILES) if request.method == "POST" else FilesForm()
    if request.method == "POST" and form.is_valid():
        return _to_batch(batches.start(uploads=form.uploads(), now=timezone.now()))
    context = frame(request, title=_("Record many files"), form=form, batches=Batch.objects.with_counts())
    status = 400 if form.errors else 200
    return TemplateResponse(request, "admin/meetings/meeting/import_notes.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def import_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Show how far the files have come, what they ask and where they disagree; go on, or do what was asked."""
    batch = _get_batch(request, batch_id)
    if request.method == "POST":
        return _take(request, batch)
    return _page(request, batch)


@require_safe
def original_file(request: HttpRequest, original_id: int) -> HttpResponse:
    """A file as it came, to be saved: whatever is in it, no browser runs it here."""
    refuse_others(request)
    original = get_object_or_404(Original, pk=original_id)
    response = HttpResponse(bytes(original.data), content_type="application/octet-stream")
    name = original.name.rpartition("/")[2]
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _take(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Go on, clear away, or keep the answers and corrections and do with the files what the button says."""
    step = StepForm(request.POST)
    if step.is_clearing_away():
        batches.clear_away(batch=batch)
        return HttpResponseRedirect(reverse("admin:meetings_meeting_import"))
    if step.is_going_on():
        batches.go_on(batch=batch, now=timezone.now())
        return _next_step(request, batch)
    files = list(batch.files.light().in_order())
    corrections = CorrectionsForm(request.POST, files=files)
    asked = _ask(batch, files, data=request.POST)[1]
    if not (corrections.is_valid() and asked.is_valid()):
        return _page(request, batch, corrections=corrections, asked=asked)
    batches.answer(batch=batch, answers=asked.answers())
    batches.correct(batch=batch, days=corrections.days(), left_out=corrections.left_out())
    if goal := step.goal():
        batches.aim(batch=batch, goal=goal)
    return _to_batch(batch)


def _next_step(request: HttpRequest, batch: Batch) -> HttpResponse:
    """The progress, for a page that waits for it; the whole page once there is nothing left to do."""
    progress = batch.progress()
    if not request.htmx:
        return _to_batch(batch)
    if progress.is_over:
        response = HttpResponse()
        response["HX-Redirect"] = _address(batch)
        return response
    context = {"batch": batch, "progress": progress, "batch_url": _address(batch)}
    return TemplateResponse(request, "admin/meetings/meeting/_import_progress.html", context)


def _page(
    request: HttpRequest,
    batch: Batch,
    *,
    corrections: CorrectionsForm | None = None,
    asked: QuestionsForm | None = None,
) -> HttpResponse:
    files = list(batch.files.light().in_order().select_related("meeting"))
    contradicted = together.contradicted([one for one in files if one.state == Original.State.READ])
    corrections = corrections or CorrectionsForm(files=files)
    found, form = _ask(batch, files)
    asked = asked or form
    rows = [Row(one, contradicted.get(one.pk, []), corrections.fields_of(one)) for one in files]
    context = frame(
        request,
        title=_("Record many files"),
        subtitle=str(batch),
        batch=batch,
        batch_url=_address(batch),
        progress=batch.progress(),
        rows=rows,
        to_look_at=[row for row in rows if row.is_to_look_at],
        questions=[(*row, one.days) for row, one in zip(asked.rows(), found, strict=True)],
        asked=asked,
        corrections=corrections,
        new=together.new_names([one for one in files if one.state == Original.State.READ]),
    )
    status = 400 if asked.errors or corrections.errors else 200
    return TemplateResponse(request, "admin/meetings/meeting/import_batch.html", context, status=status)


def _ask(batch: Batch, files: list[Original], *, data: Any = None) -> tuple[list[together.Asked], QuestionsForm]:  # noqa: ANN401 (Django's QueryDict)
    """The questions of the files that are not recorded yet, and the form that asks them."""
    unrecorded = [one for one in files if one.state == Original.State.READ]
    found = together.questions(batch, unrecorded, together.new_names(unrecorded))
    people = Person.objects.all() if found else []
    return found, QuestionsForm(data, questions=[one.question for one in found], people=people)


def _address(batch: Batch) -> str:
    return reverse("admin:meetings_meeting_import_batch", args=[batch.pk])


def _to_batch(batch: Batch) -> HttpResponse:
    return HttpResponseRedirect(_address(batch))
