"""Pages of data used and wanted."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from wishlists.filters import EntryFilterSet
from wishlists.models import Entry
from wmodf.lib.access import public
from wmodf.lib.paging import page_of


@public(reason="Data used and wanted, by circulated notes, is for everyone; each row holds what the public may see.")
@require_safe
def entry_list(request: HttpRequest) -> HttpResponse:
    """What members said they used and want."""
    entries = Entry.objects.visible_to(request.user).with_people().with_lines()
    filters = EntryFilterSet(request.GET, entries, request=request)
    context = {"filters": filters, "page": page_of(filters.qs, request.GET)}
    return TemplateResponse(request, "wishlists/entry_list.html", context)
