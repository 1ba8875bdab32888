"""The highlights of a meeting, as a page and as plain text."""

import hashlib

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from meetings.highlights import ForWhomForm, Highlights, highlights_of, to_text
from meetings.models import Meeting
from meetings.pages import meeting_at
from members.models import Organisation
from wmodf.lib.access import public


@public(reason="Circulated actions and next dates are for everyone; each row holds what the public may see.")
@require_safe
def meeting_highlights(request: HttpRequest, slug: str) -> HttpResponse:
    """The actions and the next date of one meeting, once they are out."""
    meeting = meeting_at(slug, user=request.user)
    if meeting.slug != slug:
        return redirect("meetings:meeting_highlights", slug=meeting.slug)
    context = {"meeting": meeting, "highlights": _get_highlights(meeting, request.user), "today": timezone.localdate()}
    return TemplateResponse(request, "meetings/meeting_highlights.html", context)


@public(reason="Circulated actions and next dates are for everyone; the text is composed for its reader.")
@require_safe
def highlights_text(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as plain text, to paste into an e-mail: as this reader may read it, or as everyone may."""
    meeting = meeting_at(slug, user=request.user)
    if meeting.slug != slug:
        return redirect("meetings:highlights_text", slug=meeting.slug)
    user = AnonymousUser() if ForWhomForm(request.GET).is_for_everyone() else request.user
    highlights = _get_highlights(meeting, user)
    group = Organisation.objects.group()
    body = to_text(highlights, group=group.name if group else "", user=user).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(body, content_type="text/plain; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"  # kept, but asked for again: a draft's highlights change with it
    return response


def _get_highlights(meeting: Meeting, user: object) -> Highlights:
    """The meeting's highlights; 404 where none are out for this reader."""
    highlights = highlights_of(meeting, user=user)
    if highlights is None:
        raise Http404
    return highlights
