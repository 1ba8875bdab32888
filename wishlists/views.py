"""Pages of data used and wanted."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wishlists.filters import EntryFilterSet
from wishlists.models import Entry
from wishlists.pages import entry_page, get_entry
from wmodf.lib.access import public
from wmodf.lib.paging import page_of


@public(reason="Data used and wanted, by circulated notes, is for everyone; each row holds what the public may see.")
@require_safe
def entry_list(request: HttpRequest) -> HttpResponse:
    """What members said they used and want."""
    entries = Entry.objects.visible_to(request.user).with_people().with_lines()
    filters = EntryFilterSet(request.GET, entries, request=request, on=timezone.localdate())
    context = {"filters": filters, "page": page_of(filters.qs, request.GET)}
    return TemplateResponse(request, "wishlists/entry_list.html", context)


@public(reason="An entry that circulated notes name is for everyone; words on it and names of helpers are for members.")
@require_safe
def entry_detail(request: HttpRequest, number: int) -> HttpResponse:
    """One entry: its words, its dataset, what became of it, and who wants or has it too."""
    return entry_page(request, get_entry(request, number), today=timezone.localdate())
