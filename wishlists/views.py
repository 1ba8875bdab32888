"""Pages of data used and wanted."""

from django.http import HttpRequest, HttpResponse


def entry_list(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (stub)
    """A stub."""
    return HttpResponse("stub")
