"""Logging in and out."""

from django.http import HttpRequest, HttpResponse


def login(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (stub)
    """A stub."""
    return HttpResponse("stub")


def login_link(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 (stub)
    """A stub."""
    return HttpResponse("stub")


def logout(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (stub)
    """A stub."""
    return HttpResponse("stub")
