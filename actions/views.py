"""Pages of actions."""

from django.http import HttpRequest, HttpResponse


def action_list(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (stub)
    """A stub."""
    return HttpResponse("stub")
