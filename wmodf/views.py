"""Pages of the site itself."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.models import Event, Meeting
from meetings.waiting import reminder
from members.models import Membership, Organisation
from wishlists.models import Entry
from wmodf.lib.access import Standing, public, standing_of

MOST_COMING = 6
MOST_EVENTS = 4
MOST_NOTES = 4
MOST_WANTS = 6


@public(reason="The way in: announced meetings, circulated notes and data wanted, as the public may see them.")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The next meeting, how to subscribe, the latest notes and what data is wanted."""
    today = timezone.localdate()
    meetings = Meeting.objects.visible_to(request.user).with_details().prefetch_related("changes")
    coming = list(meetings.upcoming(on=today)[:MOST_COMING])
    next_meeting = next((meeting for meeting in coming if not meeting.is_cancelled), None)
    context = {
        "next_meeting": next_meeting,
        "called_off": [meeting for meeting in coming if meeting.is_cancelled],
        "later": [meeting for meeting in coming if not meeting.is_cancelled and meeting != next_meeting],
        "ahead": meetings.with_highlights_alone().first(),
        "late": _late(request),
        "events": Event.objects.visible_to(request.user).upcoming(on=today)[:MOST_EVENTS],
        "latest": meetings.with_notes()[:MOST_NOTES],
        "wanted": Entry.objects.visible_to(request.user).wanted().with_people().with_lines()[:MOST_WANTS],
    }
    return TemplateResponse(request, "wmodf/home.html", context)


def _late(request: HttpRequest) -> Meeting | None:
    """For the secretary, the meeting whose notes have been waited for the longest, if a reminder is due."""
    if standing_of(request.user) < Standing.SECRETARY:
        return None
    today = timezone.localdate()
    longest = Meeting.objects.awaiting_notes(on=today).not_passed_over().first()
    return longest if longest is not None and reminder((today - longest.on).days) else None


@public(reason="Who the group is: its officers by the names they chose for the public, and its organisations.")
@require_safe
def group_detail(request: HttpRequest) -> HttpResponse:
    """The group, its officers and the organisations represented today."""
    today = timezone.localdate()
    officers = Membership.objects.current(on=today).of_group().officers()
    context = {
        "officers": sorted(officers, key=lambda officer: Membership.Role.values.index(officer.role)),
        "organisations": Organisation.objects.represented(on=today),
    }
    return TemplateResponse(request, "wmodf/group_detail.html", context)


@public(reason="The only page with the group's public address.")
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """How to write to the group."""
    return TemplateResponse(request, "wmodf/contact.html")


@public(reason="Says nothing but whether the site and its database answer.")
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (every view takes it)
    """For whoever watches the site: "ok", or 503 where the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("The database does not answer.\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
