"""Who may see a page: nobody who is not logged in, unless the view says why it is public."""

from collections.abc import Callable
from enum import IntEnum
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from wmodf.lib import typed

View = TypeVar("View", bound=Callable[..., Any])


class Standing(IntEnum):
    """What somebody is to the group today; each sees all that those below see."""

    PUBLIC = 0
    MEMBER = 1
    SECRETARY = 2


def standing_of(user: object) -> Standing:
    """The standing that logging in found for this user; PUBLIC for anyone of whom nothing is known."""
    return getattr(user, "standing", Standing.PUBLIC)


def public(*, reason: str) -> Callable[[View], View]:
    """Let everyone see the view, and say why. `tests/test_access.py` compares all such views with a list."""

    def decorate(view: View) -> View:
        view = login_not_required(view)
        view.public_reason = reason  # type: ignore[attr-defined]
        return view

    return decorate


def needs_second_step(user: object) -> bool:
    """Whether the user's office opens only once they have set up a second step for logging in."""
    return getattr(user, "needs_second_step", False)


def require_secretary(view: View) -> View:
    """Open the view to the secretary and administrators; a member gets 403.

    Whoever has the office but not the second step that it asks for is led to the page that sets one up.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if needs_second_step(request.user):
            return typed.second_step_first(request)
        if standing_of(request.user) < Standing.SECRETARY:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded  # type: ignore[return-value]
