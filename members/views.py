"""Logging in and out."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import unstash_login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.utils import perform_login
from allauth.account.views import confirm_login_code, request_login_code
from allauth.mfa.base.views import authenticate
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.views import activate_totp
from allauth.mfa.webauthn.views import add_webauthn, login_webauthn
from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from members import logins
from members.adapter import NEXT_COOKIE, NEXT_SECONDS, refusal
from members.forms import next_of
from wmodf.lib import typed
from wmodf.lib.access import public
from wmodf.lib.models import NarrowLink

PAGE_METHODS = ["GET", "HEAD", "POST"]


@public(reason="Where somebody asks for a code that logs in.")
@require_http_methods(PAGE_METHODS)
@never_cache
def login(request: HttpRequest) -> HttpResponse:
    """Ask for a code by e-mail, or log in with a passkey; the page that was asked for is noted in a cookie."""
    response = request_login_code(request)
    following = next_of(request, request.GET)
    if isinstance(response, TemplateResponse):
        response.context_data |= {"is_over": typed.is_over(request), "is_on_the_way": bool(following)}
    if following:
        response.set_signed_cookie(
            NEXT_COOKIE,
            following,
            max_age=NEXT_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@public(reason="Whoever types the code is not logged in yet.")
@require_http_methods(PAGE_METHODS)
@never_cache
def login_code(request: HttpRequest) -> HttpResponse:
    """Take the code that was sent."""
    return _over(request) if _is_over(request, LoginByCodeStage.key) else confirm_login_code(request)


@public(reason="Whoever takes the second step is not logged in yet.")
@require_http_methods(PAGE_METHODS)
@never_cache
def login_second_step(request: HttpRequest) -> HttpResponse:
    """Take an app's code, a recovery code or a passkey from those who have set up a second step."""
    return _over(request) if _is_over(request, AuthenticateStage.key) else authenticate(request)


@public(reason="Whoever shows a passkey is not logged in yet.")
@require_http_methods(PAGE_METHODS)
@never_cache
def login_passkey(request: HttpRequest) -> HttpResponse:
    """Log in with a passkey, by the script of the login page."""
    return login_webauthn(request)


@public(reason="Whoever opens it is not logged in yet; the link itself is the secret.")
@require_http_methods(PAGE_METHODS)
@never_cache
def login_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button and leaves the link as it is, since mail filters open every link; POST logs in, once."""
    now = timezone.now()
    link = NarrowLink.objects.of_token(token=token, purpose=logins.PURPOSE)
    if link is None or not link.is_usable(now=now):
        return _refusal(request, link)
    if request.method != "POST":
        return _keep_secret(TemplateResponse(request, "members/login_link.html"))
    is_first = NarrowLink.objects.spend(token=token, purpose=logins.PURPOSE, now=now) is not None
    user = logins.user_of(link, now=now) if is_first else None
    if user is None:
        return _refusal(request, link)
    auth.logout(request)  # whoever was logged in here until now
    return _keep_secret(perform_login(request, user))


@require_http_methods(PAGE_METHODS)
@never_cache
def app_add(request: HttpRequest) -> HttpResponse:
    """Set up an app as the second step."""
    return _proven(request, activate_totp(request))


@require_http_methods(PAGE_METHODS)
@never_cache
def passkey_add(request: HttpRequest) -> HttpResponse:
    """Add a passkey, by the script of the page."""
    return _proven(request, add_webauthn(request))


def _proven(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Whoever has just used a first app or passkey need not do so again to see the recovery codes that came with it.

    Their sessions in other browsers, which never saw it, are over.
    """
    if response.get("Location") == reverse("mfa_view_recovery_codes"):
        logins.end_other_sessions(request)
        record_authentication(request, request.user, "mfa", reauthenticated=True)
    return response


def _is_over(request: HttpRequest, stage: str) -> bool:
    """Whether somebody who is not logged in wants to go on with a login that this browser never began, or too late."""
    if request.user.is_authenticated:
        return False
    return LoginStageController.enter(request, stage) is None


def _over(request: HttpRequest) -> HttpResponse:
    """Back to the start, or to the step that comes next, with words that say why."""
    if unstash_login(request, peek=True) is None:
        minutes = settings.ACCOUNT_LOGIN_TIMEOUT // 60
        messages.warning(
            request,
            _("Ask for a new code: a code works for %(minutes)s minutes, and only in the browser that asked for it.")
            % {"minutes": minutes},
        )
    return redirect("login")


def _refusal(request: HttpRequest, link: NarrowLink | None) -> HttpResponse:
    """A page that says why the link does not log in: 404 for one never given out, 410 for one that is over."""
    context = {"is_known": link is not None}
    return _keep_secret(
        TemplateResponse(request, "members/login_link_over.html", context, status=404 if link is None else 410)
    )


def _keep_secret(response: HttpResponse) -> HttpResponse:
    """Tell no other site the address. Not "no-referrer": browsers then send `Origin: null`, and the POST is refused."""
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def too_many(request: HttpRequest) -> HttpResponse:
    """The answer to somebody who tries too often: when to try again. allauth finds it as `handler429`."""
    response = refusal(request, "429.html", status=429)
    response["Retry-After"] = str(settings.RATE_LIMIT_MINUTES * 60)
    return response


@public(reason="Leaving asks for nothing.")
@require_POST
@never_cache
def logout(request: HttpRequest) -> HttpResponse:
    """End the session, or a login that is half done."""
    following = next_of(request, request.POST)
    list(messages.get_messages(request))  # what was not shown yet is nobody else's to read
    auth.logout(request)
    return redirect(following or "home")
