"""Pages of events beside the meetings, and their calendar feed."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings.calendar_views import send_feed
from meetings.events import feed as event_feed
from meetings.models import Event
from wmodf.lib.access import public
from wmodf.lib.dates import months_before
from wmodf.lib.paging import page_of

MOST_EVENTS = 50


@public(reason="Events are entered to be told to everyone; those not published yet only the secretary sees.")
@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """The coming events, and those of the past year."""
    today = timezone.localdate()
    events = Event.objects.visible_to(request.user)
    past = events.past(on=today, since=months_before(today, 12))
    context = {
        "events": events.upcoming(on=today)[:MOST_EVENTS],
        "page": page_of(past, request.GET, size=20),
    }
    return TemplateResponse(request, "meetings/event_list.html", context)


@public(reason="Calendar programs fetch the feed without logging in.")
@require_safe
def event_feed_file(request: HttpRequest) -> HttpResponse:
    """The feed (RFC 5545) of the events."""
    return send_feed(
        request,
        lambda: event_feed.events_feed(on=timezone.localdate()),
        name="events",
        headers={"Cache-Control": "public, max-age=300"},
    )
