"""Who may see a page: nobody who is not logged in, unless the view says why it is public."""

from collections.abc import Callable
from enum import IntEnum
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required

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
