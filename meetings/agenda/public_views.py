"""Pages of a meeting's agenda and its papers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from meetings.agenda.documents import FORMS, agenda_document_of
from meetings.agenda.pages import agenda_of, file_name
from meetings.documents import sent
from meetings.pages import meeting_at
from wmodf.lib.access import public


@public(reason="A published agenda is for everyone; each item holds what the public may see.")
@require_safe
def meeting_agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """The agenda of one meeting; an address that the meeting had before it was moved leads to it."""
    meeting = meeting_at(slug, user=request.user)
    if meeting.slug != slug:
        return redirect("meetings:meeting_agenda", slug=meeting.slug)
    today = timezone.localdate()
    context = {
        "meeting": meeting,
        "agenda": agenda_of(meeting, user=request.user),
        "agenda_forms": FORMS,
        "is_past": meeting.on < today,
        "today": today,
    }
    return TemplateResponse(request, "meetings/meeting_agenda.html", context)


@public(reason="A published agenda is for everyone; each document is composed for its reader.")
@require_safe
def agenda_document(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """A meeting's agenda as a file, for whoever may read it."""
    if ending not in FORMS:
        raise Http404
    meeting = meeting_at(slug, user=request.user)
    if meeting.slug != slug:
        return redirect("meetings:agenda_document", slug=meeting.slug, ending=ending)
    agenda = agenda_of(meeting, user=request.user)
    if agenda is None:
        raise Http404
    document = agenda_document_of(agenda, ending=ending, user=request.user)
    return sent(request, document)


@public(reason="Papers of a published agenda are for everyone; each row holds what the public may see.")
@require_safe
def paper_file(request: HttpRequest, slug: str, paper_id: int, name: str) -> HttpResponse:
    """A paper's file, to be saved: whatever is in it, no browser runs it here."""
    meeting = meeting_at(slug, user=request.user)
    paper = get_object_or_404(meeting.papers.visible_to(request.user).files(), pk=paper_id)
    if (slug, name) != (meeting.slug, file_name(paper)):
        return redirect("meetings:paper_file", slug=meeting.slug, paper_id=paper.pk, name=file_name(paper))
    response = HttpResponse(bytes(paper.data), content_type=paper.content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-cache" if paper.is_public else "private, no-store"
    return response
