"""The group in figures: the page, and each figure's numbers as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wmodf.figures import all_figures
from wmodf.lib.access import public
from wmodf.lib.tabular import csv_lines


@public(reason="Numbers of what the public may read, the same for every reader, and none of one person.")
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """What became of promises and of wants, as pictures with their numbers."""
    today = timezone.localdate()
    return TemplateResponse(request, "wmodf/figures.html", {"figures": all_figures(on=today), "today": today})


@public(reason="Numbers of what the public may read, the same for every reader, and none of one person.")
@require_safe
def figure_csv(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001 (every view takes it)
    """The numbers of one figure: names of columns that stay, whole numbers, and words of our own alone."""
    figure = next((figure for figure in all_figures(on=timezone.localdate()) if figure.name == name), None)
    if figure is None:
        raise Http404
    names, *rows = figure.table()
    response = HttpResponse(csv_lines(names, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{figure.name}.csv"'
    return response
