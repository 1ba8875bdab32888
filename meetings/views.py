"""Pages of meetings."""

from django.http import HttpRequest, HttpResponse


def meeting_list(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (stub)
    """A stub."""
    return HttpResponse("stub")


def meeting_detail(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 (stub)
    """A stub."""
    return HttpResponse("stub")
