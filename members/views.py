"""Logging in and out."""

from datetime import timedelta

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members import logins
from members.forms import NextForm
from wmodf.lib.access import Standing, public
from wmodf.lib.models import NarrowLink

BACKEND = "members.backends.MembershipBackend"
NEXT_COOKIE = "next"
NEXT_KEPT = timedelta(hours=1)


def _next_of(request: HttpRequest, values: object) -> str:
    """Where to go after logging in, if that is a page of this site; else nothing."""
    form = NextForm(values, host=request.get_host(), is_secure=request.is_secure())
    return form.cleaned_data["next"] if form.is_valid() else ""


@public(reason="Somebody who can't log in reads here how to.")
@require_safe
@never_cache
def login(request: HttpRequest) -> HttpResponse:
    """How to get a link, and a note of the page that was asked for."""
    response = TemplateResponse(request, "members/login.html")
    following = _next_of(request, request.GET)
    if following:
        response.set_signed_cookie(
            NEXT_COOKIE,
            following,
            max_age=NEXT_KEPT,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@public(reason="Whoever opens it is not logged in yet; the link itself is the secret.")
@require_http_methods(["GET", "HEAD", "POST"])
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
    auth.login(request, user, backend=BACKEND)
    home = "admin:index" if user.standing_on(timezone.localdate(now)) >= Standing.SECRETARY else "home"
    kept = request.get_signed_cookie(NEXT_COOKIE, default="", max_age=NEXT_KEPT)
    response = redirect(_next_of(request, {"next": kept}) or home)
    response.delete_cookie(NEXT_COOKIE, samesite="Lax")
    return _keep_secret(response)


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


@public(reason="Leaving asks for nothing.")
@require_POST
@never_cache
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    auth.logout(request)
    return redirect("home")
