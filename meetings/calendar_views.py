"""The calendar of meetings: how to subscribe, and the feed."""

import logging
from urllib.parse import quote

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from meetings import feed
from meetings.models import Meeting
from wmodf.lib.access import public
from wmodf.lib.urls import absolute

logger = logging.getLogger(__name__)


@public(reason="Anyone may know when the group meets, and follow it in a calendar of their own.")
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Say how to subscribe, and list the coming meetings."""
    address = absolute(reverse("meetings:calendar_feed"))
    webcal = f"webcal:{address.partition(':')[2]}"
    context = {
        "meetings": Meeting.objects.published().upcoming(on=timezone.localdate()).with_details(),
        "address": address,
        "webcal": webcal,
        "google": f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe=':/')}",
    }
    return TemplateResponse(request, "meetings/calendar.html", context)


@public(reason="Calendar programs fetch the feed without logging in.")
@require_safe
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """The feed (RFC 5545), whole or not at all: a cut one would empty people's calendars.

    It must touch neither session nor user, so that no answer sets a cookie or varies by one.
    """
    try:
        current = feed.feed(on=timezone.localdate())
    except (DatabaseError, ValueError):
        logger.exception("The calendar feed can't be made")
        message = "The calendar can't be read just now. Please try again later.\n"
        return HttpResponse(message, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": 600})
    response = HttpResponse(
        current.body,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Cache-Control": "public, max-age=300",
            "Content-Disposition": 'inline; filename="calendar.ics"',
            "ETag": current.etag,
        },
    )
    revised = int(current.revised_at.timestamp()) if current.revised_at else None
    if revised is not None:
        response["Last-Modified"] = http_date(revised)
    return get_conditional_response(request, etag=current.etag, last_modified=revised, response=response)
