"""Pages of meetings."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings.agenda.documents import FORMS as AGENDA_FORMS
from meetings.agenda.pages import agenda_of, has_agenda, papers_of
from meetings.documents import FORMS, document_of, sent
from meetings.filters import MeetingFilterSet
from meetings.models import Event, Meeting
from meetings.pages import joining_url_for, meeting_at, minutes_for, neighbours_of, notes_of
from meetings.replies.cards import card_for
from meetings.sight.corrections import corrections_of, decided_at, mark_lines
from wmodf.lib.access import public
from wmodf.lib.paging import page_of
from wmodf.lib.urls import absolute

MOST_COMING = 24
MOST_EVENTS = 6
PAGE = 30  # five years of a meeting every two months


@public(reason="Announced meetings and circulated notes are for everyone; each row holds what the public may see.")
@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """The archive: coming and past meetings, filtered."""
    today = timezone.localdate()
    meetings = Meeting.objects.visible_to(request.user).with_details()
    filters = MeetingFilterSet(request.GET, meetings, request=request)
    context = {
        "filters": filters,
        "coming": filters.qs.upcoming(on=today).prefetch_related("changes")[:MOST_COMING],
        "events": [] if request.GET else Event.objects.visible_to(request.user).upcoming(on=today)[:MOST_EVENTS],
        "page": page_of(filters.qs.past(on=today).prefetch_related("changes"), request.GET, size=PAGE),
    }
    return TemplateResponse(request, "meetings/meeting_list.html", context)


@public(reason="Announced meetings and circulated notes are for everyone; each row holds what the public may see.")
@require_safe
def meeting_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One meeting with its notes; an address that it had before it was moved leads to it."""
    meeting = meeting_at(slug, user=request.user)
    if meeting.slug != slug:
        return redirect(meeting)
    today = timezone.localdate()
    is_over = meeting.on < today or meeting.is_cancelled
    notes = notes_of(meeting, user=request.user)
    previous, following = neighbours_of(meeting, user=request.user)
    corrections = corrections_of(meeting, user=request.user) if notes else []
    mark_lines([line for item in notes.items for line in item.lines] if notes else [], corrections)
    context = {
        "meeting": meeting,
        "previous": previous,
        "following": following,
        "address": absolute(meeting.get_absolute_url()),
        "notes": notes,
        "corrections": corrections,
        "decided": decided_at(meeting, user=request.user) if notes else [],
        "agenda": None if notes else agenda_of(meeting, user=request.user),
        "agenda_forms": AGENDA_FORMS,
        "has_agenda": has_agenda(meeting),
        "papers": papers_of(meeting, user=request.user) if notes else [],
        "forms": FORMS,
        "joining_url": "" if is_over else joining_url_for(meeting, request.user),
        "is_past": meeting.on < today,
        "reply_card": card_for(meeting, user=request.user, on=today),
        "today": today,
    }
    return TemplateResponse(request, "meetings/meeting_detail.html", context)


@public(reason="Circulated notes are for everyone; each document is composed for its reader.")
@require_safe
def minutes_document(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """A meeting's notes as a file, for whoever may read them."""
    if ending not in FORMS:
        raise Http404
    meeting = meeting_at(slug, user=request.user)
    if meeting.slug != slug:
        return redirect("meetings:minutes_document", slug=meeting.slug, ending=ending)
    minutes = minutes_for(meeting, request.user)
    if minutes is None:
        raise Http404
    document = document_of(minutes, ending=ending, user=request.user)
    return sent(request, document)
