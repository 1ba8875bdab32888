"""How allauth's ways of logging in fit this site: who may, which words it uses, what happens when mail fails."""

import logging
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathImage

from members.backends import MembershipBackend
from members.forms import next_of
from members.models import Organisation, User

logger = logging.getLogger(__name__)

# The page that was asked for is kept in a signed cookie of this name until somebody is logged in.
NEXT_COOKIE = "next"
NEXT_SECONDS = 60 * 60


def group_name() -> str:
    """The group's name; the site's address before it is set up."""
    group = Organisation.objects.group()
    return group.name if group is not None else settings.SITE_URL


def refusal(request: HttpRequest, template: str, *, status: int) -> HttpResponse:
    """A page that says why somebody can't log in just now."""
    response = TemplateResponse(request, template, status=status)
    add_never_cache_headers(response)
    return response


class AccountAdapter(DefaultAccountAdapter):
    """Logging in by a code: for today's members and administrators alone."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("This is not the code that was sent last. Type it as it stands in the mail."),
        "too_many_login_attempts": _("That was tried too often. Wait five minutes, then try again."),
        "rate_limited": _("That was tried too often. Wait five minutes, then try again."),
    }

    def is_safe_url(self, url: str) -> bool:
        """Only a path of this site, as in `members.forms.NextForm`."""
        is_path = (url or "").startswith("/") and not url.startswith(("//", "/\\"))
        return is_path and super().is_safe_url(url)

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's)
        """Never: the secretary enters members."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """The subject after the group's name."""
        return f"{group_name()}: {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, or answer with a page that says that mail does not work just now, whoever asked."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # smtplib's errors are such, and those of the network
            logger.warning("A mail could not be sent: %r", error)
            raise ImmediateHttpResponse(refusal(self.request, "members/mail_is_down.html", status=503)) from None

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell somebody at their present address what was changed; the change stands where mail does not work."""
        try:
            super().send_notification_mail(template_prefix, user, context, email or user.address)
        except ImmediateHttpResponse:
            return

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:  # noqa: ANN401 (allauth's)
        """Stop whose membership ended, whose login was switched off, or whose address changed since they asked."""
        asked_as = kwargs.get("email") or user.address
        may = user.address and asked_as.lower() == user.address.lower() and MembershipBackend().get_user(user.pk)
        return None if may else self._refuse(request)

    def login(self, request: HttpRequest, user: User) -> None:
        """Look once more: the second step may have taken a while."""
        if MembershipBackend().get_user(user.pk) is None:
            raise ImmediateHttpResponse(self._refuse(request))
        super().login(request, user)

    def _refuse(self, request: HttpRequest) -> HttpResponse:
        clear_login(request)
        return refusal(request, "members/login_refused.html", status=403)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 (allauth's)
        """Go on to the page that was asked for, and forget it."""
        response = super().post_login(request, user, **kwargs)
        response.delete_cookie(NEXT_COOKIE, samesite="Lax")
        if kwargs.get("email"):
            # Who logs in five times within five minutes is not guessing.
            ratelimit.clear(request, action="request_login_code", key=kwargs["email"].lower())
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The page that was asked for before logging in; else one's own page, or the admin for who is no person."""
        kept = next_of(request, {"next": request.get_signed_cookie(NEXT_COOKIE, default="", max_age=NEXT_SECONDS)})
        return kept or reverse("me" if request.user.person_id else "admin:index")

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Ask for the passkey first where there is no app: recovery codes are for when it is lost."""
        methods = super().get_reauthentication_methods(user)
        if is_mfa_enabled(user, [Authenticator.Type.TOTP]):
            return methods
        return sorted(methods, key=lambda method: method["id"] == "mfa_reauthenticate")


class SecondStepAdapter(DefaultMFAAdapter):
    """Apps, passkeys and recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This was not accepted. Use the code or passkey that belongs to this site, and try again."),
        "cannot_generate_recovery_codes": _(
            "Recovery codes stand in for a lost app or passkey: add one of these first."
        ),
    }

    def get_totp_issuer(self) -> str:
        """The name by which an app lists this site."""
        return group_name()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name by which a browser lists this site's passkeys."""
        return super().get_public_key_credential_rp_entity() | {"name": group_name()}

    def build_totp_svg(self, url: str) -> str:
        """The address as a picture that stands in the page itself, since the policy allows none of another kind."""
        return SafeString(qrcode.make(url, image_factory=SvgPathImage).to_string(encoding="unicode"))

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 (allauth's)
        """A name to tell passkeys apart, for somebody who gives none."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {count + 1}" if count else "Passkey"
