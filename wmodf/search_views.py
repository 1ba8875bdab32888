"""The page on which everything is looked for."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wmodf import finding
from wmodf.lib import searching
from wmodf.lib.access import Standing, public, standing_of
from wmodf.lib.paging import page_of
from wmodf.search_forms import SearchForm

PAGE = 20


@public(reason="Each reader finds what they may read anyway, by the words that they read of it.")
@require_safe
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """What is found in notes, actions, data, agendas, papers and events, and by name."""
    today = timezone.localdate()
    form = SearchForm(request.GET, user=request.user, on=today)
    asked = form.asked
    found, is_more = finding.hits(asked, user=request.user, on=today)
    page = page_of(found, request.GET, size=PAGE)
    context = {
        "form": form,
        "words": form.words,
        "asked": asked,
        "page": page,
        "results": finding.results(page, query=asked.query, user=request.user, on=today),
        "most": finding.MOST if is_more else None,
        "meant": finding.meant(form.words, user=request.user) if form.words else None,
        "is_not_made": standing_of(request.user) >= Standing.SECRETARY and searching.is_empty(),
    }
    return TemplateResponse(request, "wmodf/search.html", context)
