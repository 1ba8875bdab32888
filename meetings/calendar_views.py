"""The calendars: how to subscribe, the public feed, and a member's own at a secret address."""

import logging
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from meetings import feed
from meetings.models import Event, Meeting
from meetings.pages import meeting_at
from members.models import CalendarAddress
from wmodf.lib.access import public
from wmodf.lib.urls import absolute

logger = logging.getLogger(__name__)

MOST_EVENTS = 20

# A new token on its way to the page that shows it: kept by the browser that asked for it and nowhere else.
TOKEN_COOKIE = "calendar_token"  # noqa: S105 (the cookie's name)
TOKEN_KEPT = timedelta(minutes=5)
SECRET = {"Cache-Control": "private, max-age=300", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


@public(reason="Anyone may know when the group meets, and follow it in a calendar of their own.")
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Say how to subscribe, and list the coming meetings and events."""
    today = timezone.localdate()
    context = _ways(reverse("meetings:calendar_feed")) | {
        "meetings": Meeting.objects.published().upcoming(on=today).with_details().prefetch_related("changes"),
        "events": Event.objects.published().upcoming(on=today)[:MOST_EVENTS],
        "events_feed": _ways(reverse("meetings:event_feed")),
    }
    return TemplateResponse(request, "meetings/calendar.html", context)


@public(reason="Calendar programs fetch the feed without logging in.")
@require_safe
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """The feed (RFC 5545) of the group's meetings."""
    return send_feed(
        request,
        lambda: feed.feed(on=timezone.localdate()),
        name="calendar",
        headers={"Cache-Control": "public, max-age=300"},
    )


@public(reason="An announced meeting may go into anybody's calendar, as the feed tells it.")
@require_safe
def meeting_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One meeting as a file for a calendar; only published ones, for whoever asks, so that it touches no session."""
    meeting = meeting_at(slug, user=None)
    if meeting.slug != slug:
        return redirect("meetings:meeting_calendar", slug=meeting.slug)
    return send_feed(
        request,
        lambda: feed.one_meeting(meeting),
        name=f"meeting-{meeting.slug}",
        headers={"Cache-Control": "public, max-age=300"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def personal_calendar(request: HttpRequest) -> HttpResponse:
    """Say what a member's own calendar holds; POST makes its address anew, which the next page shows once."""
    person = request.user.person
    if person is None or not request.user.offices:
        status = 403 if request.method == "POST" else 200
        return TemplateResponse(request, "meetings/personal_calendar.html", {"is_refused": True}, status=status)
    here = reverse("meetings:personal_calendar")
    if request.method == "POST":
        token = CalendarAddress.objects.make(person=person, now=timezone.now())
        response = redirect(here)
        response.set_signed_cookie(
            TOKEN_COOKIE,
            token,
            path=here,
            max_age=TOKEN_KEPT,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response
    token = request.get_signed_cookie(TOKEN_COOKIE, default="", max_age=TOKEN_KEPT)
    address = CalendarAddress.objects.of_person(person)
    context = {"calendar_address": address}
    if token and address is not None and address.is_of(token):
        context |= _ways(reverse("meetings:personal_feed", args=[token]))
        context["tasks_address"] = absolute(reverse("meetings:personal_tasks", args=[token]))
    response = TemplateResponse(request, "meetings/personal_calendar.html", context)
    if token:
        response.delete_cookie(TOKEN_COOKIE, path=here, samesite="Lax")
    return response


@public(reason="Calendar programs can't log in: the address itself is the secret.")
@require_safe
def personal_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The feed of the group's meetings and the days on which a member's actions are due."""
    return send_feed(
        request,
        lambda: feed.personal_feed(token=token, now=timezone.now(), is_tasks=False),
        name="calendar",
        headers=SECRET,
    )


@public(reason="Programs with task lists can't log in: the address itself is the secret.")
@require_safe
def personal_tasks(request: HttpRequest, token: str) -> HttpResponse:
    """The feed of a member's actions as tasks."""
    return send_feed(
        request,
        lambda: feed.personal_feed(token=token, now=timezone.now(), is_tasks=True),
        name="tasks",
        headers=SECRET,
    )


def _ways(path: str) -> dict[str, str]:
    """The addresses by which to subscribe to the feed at a path: to copy, for the device's calendar, for Google."""
    address = absolute(path)
    webcal = f"webcal:{address.partition(':')[2]}"
    google = f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe=':/')}"
    return {"address": address, "webcal": webcal, "google": google}


def send_feed(
    request: HttpRequest, make: Callable[[], feed.Feed | None], *, name: str, headers: dict[str, str]
) -> HttpResponse:
    """The feed, whole or not at all: a cut one would empty people's calendars. 404 where there is none.

    It must touch neither session nor user, so that no answer sets a cookie or varies by one.
    """
    try:
        current = make()
    except (DatabaseError, ValueError):
        logger.exception("The calendar feed can't be made")
        message = _("The calendar can't be read just now. Please try again later.\n")
        return _plain(message, status=503, headers=headers | {"Cache-Control": "no-store", "Retry-After": "600"})
    if current is None:
        message = _("There is no calendar at this address any more. Log in to make a new one.\n")
        return _plain(message, status=404, headers=headers | {"Cache-Control": "no-store"})
    response = HttpResponse(
        current.body,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{name}.ics"', "ETag": current.etag, **headers},
    )
    revised = int(current.revised_at.timestamp()) if current.revised_at else None
    if revised is not None:
        response["Last-Modified"] = http_date(revised)
    return get_conditional_response(request, etag=current.etag, last_modified=revised, response=response)


def _plain(message: str, *, status: int, headers: dict[str, str]) -> HttpResponse:
    return HttpResponse(message, status=status, content_type="text/plain; charset=utf-8", headers=headers)
