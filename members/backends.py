"""Who may do what comes from memberships alone."""

from django.contrib.auth.backends import BaseBackend
from django.db import models
from django.utils import timezone

from members.models import User
from wmodf.lib.access import Standing

# The secretary's rooms. Logins and machinery stay the technical administrator's.
ROOMS = {"members", "meetings", "actions", "wishlists"}


class MembershipBackend(BaseBackend):
    """Finds what a login is to the group today; a current secretary may do everything in the group's rooms."""

    def get_user(self, user_id: int) -> User | None:
        """The user with today's standing; None, so that they read as the public does, where they have none any more."""
        user = User.objects.select_related("person").filter(pk=user_id, is_active=True).first()
        if user is None:
            return None
        user.offices = user.roles_on(timezone.localdate())
        user.standing = user.standing_with(user.offices)
        return user if user.standing > Standing.PUBLIC else None

    def has_perm(self, user_obj: User, perm: str, obj: models.Model | None = None) -> bool:  # noqa: ARG002 (Django's)
        """Whether the user may do this: all in the group's rooms for a secretary, but for logins."""
        app, _, verb = perm.partition(".")
        return user_obj.standing >= Standing.SECRETARY and app in ROOMS and not verb.endswith("_user")

    def has_module_perms(self, user_obj: User, app_label: str) -> bool:
        """Whether the admin shows the room."""
        return user_obj.standing >= Standing.SECRETARY and app_label in ROOMS
