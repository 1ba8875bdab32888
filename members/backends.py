"""Who may do what comes from memberships alone."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.db import models
from django.utils import timezone

from members.models import User, may_log_in, user_for
from wmodf.lib.access import Standing

# The secretary's rooms. Logins and machinery stay the technical administrator's.
ROOMS = {"members", "meetings", "actions", "wishlists"}
# Recovery codes are no second step of their own, but stand in for one that is lost.
SECOND_STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class MembershipBackend(BaseBackend):
    """Finds what a login is to the group today; a current secretary may do everything in the group's rooms."""

    def get_user(self, user_id: int) -> User | None:
        """The user with today's standing; None, so that they read as the public does, where they have none any more."""
        user = User.objects.select_related("person").filter(pk=user_id, is_active=True).first()
        if user is None:
            return None
        user.offices = user.roles_on(timezone.localdate())
        user.standing = user.standing_with(user.offices)
        if user.standing >= Standing.SECRETARY and settings.SECRETARY_NEEDS_SECOND_STEP:
            user.needs_second_step = not is_mfa_enabled(user, SECOND_STEPS)
            user.standing = Standing.MEMBER if user.needs_second_step else user.standing
        return user if user.standing > Standing.PUBLIC else None

    def user_of_address(self, address: str) -> User | None:
        """Whom a code sent to this address lets in today, their login made if it is the first; None for strangers."""
        person = may_log_in(address, now=timezone.now())
        user = user_for(person) if person is not None else User.objects.administrator(address)
        # Databases take some letters for the same (K and the sign for kelvin): the code would go to somebody else.
        return user if user is not None and user.address.lower() == address.lower() else None

    def has_perm(self, user_obj: User, perm: str, obj: models.Model | None = None) -> bool:  # noqa: ARG002 (Django's)
        """Whether the user may do this: all in the group's rooms for a secretary, but for logins."""
        app, _, verb = perm.partition(".")
        return user_obj.standing >= Standing.SECRETARY and app in ROOMS and not verb.endswith("_user")

    def has_module_perms(self, user_obj: User, app_label: str) -> bool:
        """Whether the admin shows the room."""
        return user_obj.standing >= Standing.SECRETARY and app_label in ROOMS
