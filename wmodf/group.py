"""The group whose site this is, for every template."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from members.models import Organisation
from wmodf.lib.access import Standing, standing_of


def group(request: HttpRequest) -> dict[str, Any]:
    """`group` (fetched when first used; an empty one before the site is set up) and what the reader is."""
    standing = standing_of(getattr(request, "user", None))
    return {
        "group": SimpleLazyObject(
            lambda: Organisation.objects.group() or Organisation(name=_("A group not yet set up"))
        ),
        "is_member": standing >= Standing.MEMBER,
        "is_secretary": standing >= Standing.SECRETARY,
    }
