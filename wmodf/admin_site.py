"""The stock admin as this site has it: no passwords, and a plain no for members."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.views.generic import RedirectView
from django.views.i18n import JavaScriptCatalog

from members import views
from wmodf.lib import typed
from wmodf.lib.access import needs_second_step, public


class GroupAdminSite(AdminSite):
    """The secretary's admin; logging in and out is the site's own."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the admin opens. Somebody logged in who may not enter gets 403 rather than the login page again."""
        is_allowed = super().has_permission(request)
        if not is_allowed and request.user.is_authenticated:
            raise PermissionDenied
        return is_allowed

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable[..., HttpResponse]:  # noqa: FBT001, FBT002 (Django's)
        """As Django has it, but that whoever lacks the second step that the admin asks for is led to set it up.

        A NUL or an endless number in the address is a bad request instead of an error.
        """
        inner = super().admin_view(view, cacheable)

        def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if "%00" in request.META["QUERY_STRING"]:
                msg = "A NUL character is no part of any address here."
                raise BadRequest(msg)
            if needs_second_step(request.user):
                return typed.second_step_first(request)
            try:
                return inner(request, *args, **kwargs)
            except OverflowError:
                msg = "A number in the address is too large."
                raise BadRequest(msg) from None

        return update_wrapper(checked, inner)

    @public(reason="It only leads to the site's login page.")
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002 (Django's)
        """Send to the site's login page, with the page that was asked for."""
        return RedirectView.as_view(pattern_name="login", query_string=True)(request)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002 (Django's)
        """As everywhere on the site."""
        return views.logout(request)

    def i18n_javascript(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002 (Django's)
        """The translations of all scripts, the admin's and the site's own."""
        return JavaScriptCatalog.as_view()(request)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Without the pages on passwords, which nobody has."""
        return [url for url in super().get_urls() if not (getattr(url, "name", "") or "").startswith("password_")]
