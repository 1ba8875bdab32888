"""The secretary's pages on which published notes are corrected, and passages are taken out of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from meetings.corrections import correcting, redacting
from meetings.corrections.forms import ChoiceForm, CorrectionForm, RedactionForm
from meetings.corrections.passages import Passage
from meetings.models import Meeting, Minutes
from meetings.pages import minutes_for
from meetings.publishing import NotAllowedError
from meetings.secretary import get_meeting, meeting_frame
from meetings.sight.corrections import corrections_of
from wmodf.lib.paging import page_of

PAGE = 200  # passages on one page: notes of a long meeting have as many


@require_http_methods(["GET", "POST"])
def correct_notes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show published notes passage by passage; correct the one that is chosen, once what will change was shown."""
    meeting = get_meeting(request, meeting_id)
    minutes = minutes_for(meeting, request.user)
    if minutes is None or not minutes.is_circulated:
        return _page(request, meeting, minutes)
    _rest, passages = correcting.passages_of(meeting, minutes)
    later = correcting.later_than(meeting, until=timezone.localdate())
    if request.method == "POST":
        return _take(request, meeting, minutes, passages, CorrectionForm(request.POST, meetings=later))
    choice = ChoiceForm(request.GET)
    number, decided_at = choice.chosen("passage"), choice.chosen("decided_at")
    passage = passages[number] if number is not None and number < len(passages) else None
    form = None
    if passage is not None:
        agreed_at = Meeting.objects.on_day(minutes.agreed_on)
        initial = {
            "passage": number,
            "was": passage.words,
            "reads": passage.words,
            "decided_at": decided_at or (agreed_at.pk if agreed_at else None),
        }
        form = CorrectionForm(initial=initial, meetings=later)
    return _page(request, meeting, minutes, form=form, passage=passage, passages=passages, decided_at=decided_at)


def _take(
    request: HttpRequest, meeting: Meeting, minutes: Minutes, passages: list[Passage], form: CorrectionForm
) -> HttpResponse:
    """Show what the correction changes, or save it if that was shown; what was typed stays whatever happens."""
    passage = corrected = None
    if form.is_valid():
        passage = form.passage_among(passages)
        try:
            if passage is None:
                raise NotAllowedError(correcting.MOVED_ON)
            if form.is_to_be_saved():
                correcting.correct(
                    meeting=meeting,
                    passage=passage,
                    reads=form.cleaned_data["reads"],
                    reason=form.cleaned_data["reason"],
                    decided_at=form.cleaned_data["decided_at"],
                    by=request.user,
                    now=timezone.now(),
                )
                messages.success(request, _("The correction is saved: whoever may read these notes sees it."))
                return HttpResponseRedirect(reverse("admin:meetings_meeting_correct", args=[meeting.pk]))
            corrected = correcting.look(
                meeting=meeting, minutes=minutes, passage=passage, reads=form.cleaned_data["reads"]
            )
        except NotAllowedError as refusal:
            form.add_error(None, str(refusal))
    return _page(request, meeting, minutes, form=form, passage=passage, passages=passages, corrected=corrected)


def _page(
    request: HttpRequest,
    meeting: Meeting,
    minutes: Minutes | None,
    *,
    form: CorrectionForm | None = None,
    **more: Any,  # noqa: ANN401 (the template's context)
) -> HttpResponse:
    context = {
        **meeting_frame(request, meeting, title=_("Corrections")),
        "minutes": minutes,
        "form": form,
        "page": page_of(more.pop("passages", []), request.GET, size=PAGE),
        "spoken_of": correcting.said_to_be_corrected(meeting),
        "corrections": corrections_of(meeting, user=request.user),
        **more,
    }
    status = 400 if form is not None and form.is_bound and form.errors else 200
    return TemplateResponse(request, "admin/meetings/meeting/correct_notes.html", context, status=status)


@require_http_methods(["GET", "POST"])
def redact_passage(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Take a passage out of published notes, once how many places hold it was shown."""
    meeting = get_meeting(request, meeting_id)
    minutes = minutes_for(meeting, request.user)
    form = RedactionForm(request.POST or None)
    places = None
    if form.is_bound and form.is_valid():
        try:
            found = redacting.look(meeting=meeting, minutes=correcting.published(meeting), words=form.words())
            redacting.refuse_reason(form.cleaned_data["reason"], words=form.words())
            if form.is_to_be_saved():
                redacting.redact(
                    meeting=meeting,
                    words=form.words(),
                    reason=form.cleaned_data["reason"],
                    by=request.user,
                    now=timezone.now(),
                )
                return _taken_out(request, meeting, found)
            places = found
        except NotAllowedError as refusal:
            form.add_error(None, str(refusal))
    context = {
        **meeting_frame(request, meeting, title=_("Take a passage out")),
        "minutes": minutes,
        "form": form,
        "places": places,
    }
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "admin/meetings/meeting/redact_passage.html", context, status=status)


def _taken_out(request: HttpRequest, meeting: Meeting, places: redacting.Places) -> HttpResponse:
    """Say what happened; back to the notes."""
    messages.success(request, _("The passage was taken out. Everyone reads that one was, and when."))
    if places.files:
        messages.warning(
            request,
            ngettext(
                "%(count)s file that these notes came from went with it: keep no copy that still has the passage.",
                "%(count)s files that these notes came from went with it: keep no copy that still has the passage.",
                places.files,
            )
            % {"count": places.files},
        )
    return HttpResponseRedirect(reverse("admin:meetings_meeting_correct", args=[meeting.pk]))
