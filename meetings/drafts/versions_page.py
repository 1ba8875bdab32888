"""The page in the admin on which the secretary compares versions of a meeting's notes."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.drafts.differences import differences
from meetings.drafts.versions import VersionsForm, two_of, versions_of
from meetings.models import Minutes
from meetings.secretary import get_meeting, meeting_frame
from wmodf.lib.paging import page_of

AT_ONCE = 20


@require_safe
@never_cache
def versions(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Every saved version, the latest first, and what differs between two of them, line by line."""
    meeting = get_meeting(request, meeting_id)
    minutes = Minutes.objects.filter(meeting=meeting).defer("text").first()
    context = meeting_frame(request, meeting, title=_("Versions of the notes"))
    if minutes is not None:
        older, newer = VersionsForm(request.GET).chosen()
        two = two_of(minutes, older=older, newer=newer)
        page = page_of(versions_of(minutes), request.GET, size=AT_ONCE)
        listed = {version.pk for version in page}
        context |= {
            "page": page,
            "two": two,
            # Chosen on another page of the list: offered here too, so that the choice goes along.
            "elsewhere": [version for version in two or () if version.pk not in listed],
            "differences": differences(two[0].text, two[1].text) if two else [],
        }
        context["how_many"] = sum(1 for one in context["differences"] if one.number)
    return TemplateResponse(request, "admin/meetings/meeting/versions.html", context)
