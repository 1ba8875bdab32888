"""What every request passes through."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from wmodf.lib import typed


class PrivateByDefaultMiddleware(LoginRequiredMiddleware):
    """Django's own, but it asks who is there only where that matters: a public feed must not touch the session."""

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

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponse:
        """Send somebody not logged in to the login page; what a form held is given back instead of being dropped."""
        if request.method not in typed.SAFE_METHODS:
            return typed.not_logged_in(request)
        if request.htmx:
            address = resolve_url(self.get_login_url(view_func))
            query = urlencode({self.get_redirect_field_name(view_func): request.htmx.current_url_abs_path or "/"})
            response = HttpResponseClientRedirect(f"{address}?{query}")
        else:
            response = super().handle_no_permission(request, view_func)
        add_never_cache_headers(response)
        return response
