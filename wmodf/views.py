"""Pages of the site itself."""

from django.http import HttpRequest, HttpResponse


def home(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (stub)
    """A stub."""
    return HttpResponse("stub")


def group_detail(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (stub)
    """A stub."""
    return HttpResponse("stub")


def contact(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (stub)
    """A stub."""
    return HttpResponse("stub")


def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (stub)
    """A stub."""
    return HttpResponse("stub")
