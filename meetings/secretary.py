"""What the secretary's pages in the admin share: who may open them, and what stands around them."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting

# The pages of one meeting, in the order in which a secretary needs them: the address's name, and what it is called.
PAGES = {
    "admin:meetings_meeting_change": _("Meeting"),
    "admin:meetings_meeting_agenda": _("Agenda"),
    "admin:meetings_meeting_papers": _("Papers"),
    "admin:meetings_meeting_replies": _("Replies"),
    "admin:meetings_meeting_record": _("Record notes"),
    "admin:meetings_meeting_correct": _("Corrections"),
    "admin:meetings_meeting_versions": _("Versions"),
    "admin:meetings_meeting_move": _("Move"),
    "admin:meetings_meeting_cancel": _("Cancel"),
}


def refuse_others(request: HttpRequest) -> None:
    """Let nobody on but those who may change notes."""
    if not request.user.has_perm("meetings.change_minutes"):
        raise PermissionDenied


def get_meeting(request: HttpRequest, meeting_id: int) -> Meeting:
    """The meeting with this key, for somebody who may change its notes; 403 for others, 404 where there is none."""
    refuse_others(request)
    return get_object_or_404(Meeting.objects.with_details(), pk=meeting_id)


def frame(request: HttpRequest, *, title: str, **context: Any) -> dict[str, Any]:  # noqa: ANN401 (a template's context)
    """The context of a page that extends `admin/meetings/frame.html`."""
    request.current_app = admin.site.name
    opts = Meeting._meta  # noqa: SLF001 (Django's documented interface)
    return {**admin.site.each_context(request), "title": title, "opts": opts, **context}


def meeting_frame(request: HttpRequest, meeting: Meeting, *, title: str, **context: Any) -> dict[str, Any]:  # noqa: ANN401 (the same)
    """The context of a page of one meeting, which extends `admin/meetings/meeting/frame.html`."""
    tabs = tabs_of(request, meeting.pk)
    return frame(request, title=title, subtitle=str(meeting), meeting=meeting, tabs=tabs, **context)


def tabs_of(request: HttpRequest, meeting_id: int) -> list[tuple[str, str, bool]]:
    """The pages of one meeting: address, label, and whether the reader is on it or on a page that belongs to it."""
    addresses = [(reverse(name, args=[meeting_id]), label) for name, label in PAGES.items()]
    return [(address, label, request.path.startswith(address)) for address, label in addresses]
