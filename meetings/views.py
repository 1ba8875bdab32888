"""Pages of meetings."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from meetings.documents import FORMS, document_of
from meetings.filters import MeetingFilterSet
from meetings.models import Meeting
from meetings.pages import joining_url_for, minutes_for, notes_of
from wmodf.lib.access import public
from wmodf.lib.paging import page_of

MOST_COMING = 24


@public(reason="Announced meetings and circulated notes are for everyone; each row holds what the public may see.")
@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """The archive: coming and past meetings, filtered."""
    today = timezone.localdate()
    meetings = Meeting.objects.visible_to(request.user).with_details()
    filters = MeetingFilterSet(request.GET, meetings, request=request)
    context = {
        "filters": filters,
        "coming": filters.qs.upcoming(on=today)[:MOST_COMING],
        "page": page_of(filters.qs.past(on=today), request.GET, size=20),
    }
    return TemplateResponse(request, "meetings/meeting_list.html", context)


@public(reason="Announced meetings and circulated notes are for everyone; each row holds what the public may see.")
@require_safe
def meeting_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One meeting with its notes; an address that it had before it was moved leads to it."""
    meetings = Meeting.objects.visible_to(request.user).with_details()
    try:
        meeting = meetings.get(slug=slug)
    except Meeting.DoesNotExist:
        return redirect(get_object_or_404(meetings, old_slugs__slug=slug))
    today = timezone.localdate()
    is_over = meeting.on < today or meeting.is_cancelled
    context = {
        "meeting": meeting,
        "notes": notes_of(meeting, user=request.user),
        "forms": FORMS,
        "joining_url": "" if is_over else joining_url_for(meeting, request.user),
        "is_past": meeting.on < today,
        "today": today,
    }
    return TemplateResponse(request, "meetings/meeting_detail.html", context)


@public(reason="Circulated notes are for everyone; each document is composed for its reader.")
@require_safe
def minutes_document(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """A meeting's notes as a file, for whoever may read them."""
    if ending not in FORMS:
        raise Http404
    meetings = Meeting.objects.visible_to(request.user).with_details()
    try:
        meeting = meetings.get(slug=slug)
    except Meeting.DoesNotExist:
        moved = get_object_or_404(meetings, old_slugs__slug=slug)
        return redirect("meetings:minutes_document", slug=moved.slug, ending=ending)
    minutes = minutes_for(meeting, request.user)
    if minutes is None:
        raise Http404
    document = document_of(minutes, ending=ending, user=request.user)
    response = get_conditional_response(request, etag=document.etag)
    if response is None:
        response = HttpResponse(document.write(), content_type=document.form.content_type)
        response["Content-Disposition"] = content_disposition_header(
            as_attachment=document.form.is_kept, filename=document.filename
        )
    response["ETag"] = document.etag
    response["Cache-Control"] = "no-cache"  # kept, but asked for again: notes may be corrected or withdrawn
    return response
