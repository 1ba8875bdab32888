"""The calendar of meetings: how to subscribe, and the feed."""

from django.http import HttpRequest, HttpResponse


def calendar(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (stub)
    """A stub."""
    return HttpResponse("stub")


def calendar_feed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (stub)
    """A stub."""
    return HttpResponse("stub")
