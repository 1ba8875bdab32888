"""The pages in the admin on which a meeting is moved, cancelled or taken up again, with the reason."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meetings import publishing
from meetings.dates import rescheduling
from meetings.dates.clashes import said_of
from meetings.dates.planning import known_around
from meetings.dates.rescheduling_forms import CancelForm, MoveForm
from meetings.models import Meeting
from meetings.secretary import get_meeting, meeting_frame


@never_cache
@require_http_methods(["GET", "POST"])
def move_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Move a meeting; what is to be said of the new day is said before it is done, and refuses nothing."""
    meeting = get_meeting(request, meeting_id)
    stored = get_meeting(request, meeting_id)  # the form fills the other one in
    form = MoveForm(request.POST if request.method == "POST" else None, instance=meeting)
    said: list[str] = []
    if request.method == "POST" and form.is_valid():
        new = form.cleaned_data
        said = said_on(new["on"], besides=meeting.pk) if new["on"] != stored.on else []
        if form.has_heard(said):
            try:
                rescheduling.move(
                    meeting=stored,
                    **{name: new[name] for name in MoveForm.Meta.fields},
                    reason=new["reason"],
                    by=request.user,
                    now=timezone.now(),
                )
            except publishing.NotAllowedError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The meeting is moved: %(stored)s.") % {"stored": stored})
                return _to_meeting(stored)
    context = meeting_frame(
        request,
        stored,
        title=_("Move"),
        form=form,
        said=said,
        changes=stored.changes.all(),
        was_told_of=rescheduling.was_told_of(stored),
    )
    return TemplateResponse(request, "admin/meetings/meeting/move.html", context, status=400 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def cancel_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Cancel a meeting; of a cancelled one, say that it goes ahead after all."""
    meeting = get_meeting(request, meeting_id)
    was_told_of = rescheduling.was_told_of(meeting)
    is_needed = was_told_of and not meeting.is_cancelled
    form = CancelForm(
        request.POST if request.method == "POST" else None, is_needed=is_needed, is_cancelled=meeting.is_cancelled
    )
    if request.method == "POST" and form.is_valid():
        if form.is_overtaken():
            words = _("is cancelled already") if meeting.is_cancelled else _("goes ahead already")
            messages.info(request, _("This meeting %(words)s: nothing was changed.") % {"words": words})
            return HttpResponseRedirect(request.path)
        verb = rescheduling.reinstate if meeting.is_cancelled else rescheduling.cancel
        words = _("The meeting goes ahead after all") if meeting.is_cancelled else _("The meeting is cancelled")
        verb(meeting=meeting, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        messages.success(request, f"{words}: {meeting}.")
        return _to_meeting(meeting)
    title = _("Goes ahead after all") if meeting.is_cancelled else _("Cancel")
    context = meeting_frame(
        request, meeting, title=title, form=form, changes=meeting.changes.all(), was_told_of=was_told_of
    )
    return TemplateResponse(request, "admin/meetings/meeting/cancel.html", context, status=400 if form.errors else 200)


def said_on(on: date, *, besides: int | None = None) -> list[str]:
    """What to say of a meeting on the day."""
    today = timezone.localdate()
    return said_of(on, known=known_around([on], today=today), today=today, besides=besides)


def _to_meeting(meeting: Meeting) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:meetings_meeting_change", args=[meeting.pk]))
