"""What every request passes through."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import resolve_url
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from wmodf.lib import typed


def utf8_only(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse a form that says it is written in anything but UTF-8: some of Python's codecs can't read text at all."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if (request.content_params or {}).get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
            # No page of the site's: what makes one might read the form.
            return HttpResponseBadRequest(_("Forms are sent in UTF-8.\n"), content_type="text/plain; charset=utf-8")
        return get_response(request)

    return middleware


def _page_of_htmx(request: HttpRequest) -> str:
    """The path of the page that htmx sent the request from; the home page's where the header is none of its own."""
    try:
        return request.htmx.current_url_abs_path or "/"
    except ValueError:
        return "/"


class PrivateByDefaultMiddleware(LoginRequiredMiddleware):
    """Django's own, but it asks who is there only where that matters: a public feed must not touch the session.

    What members read stays out of caches, and a form that its sender may not send any more is given back.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., Any],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Let everyone into public views without a look at the session."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Give back what a form held whose record may not be changed, or is not to be known of, any more."""
        if request.method in typed.SAFE_METHODS:
            return None
        if isinstance(exception, PermissionDenied):
            return typed.permission_denied(request)
        return typed.not_found(request) if isinstance(exception, Http404) else None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Let no cache keep what a member reads, nor the browser's own show it again after they have logged out."""
        session = getattr(request, "session", None)
        if session is not None and session.accessed and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponse:
        """Send somebody not logged in to the login page; what a form held is given back instead of being dropped."""
        if request.method not in typed.SAFE_METHODS:
            return typed.not_logged_in(request)
        if request.htmx:
            address = resolve_url(self.get_login_url(view_func))
            query = urlencode({self.get_redirect_field_name(view_func): _page_of_htmx(request)})
            response = HttpResponseClientRedirect(f"{address}?{query}")
        else:
            response = super().handle_no_permission(request, view_func)
        add_never_cache_headers(response)
        return response
