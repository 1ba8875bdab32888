"""What somebody typed into a form that can't be taken any more: given back, so that nothing is lost."""

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
# What browsers and pages send along that nobody typed.
NOT_TYPED = re.compile(
    r"csrfmiddlewaretoken|next|shown_on|seen|take_back|code|credential|editor|serial|base_revision|verb"
    r"|_.*|initial-.*|.*-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS"
)
SHORT = 60


class Typed(forms.Form):
    """The values of a form that was sent, to copy: each long one in a box, the short ones as lines of one box."""

    def __init__(self, values: list[tuple[str, str]], *, files: list[str]) -> None:
        super().__init__(prefix="typed")
        self.files = files
        long = [(label, text) for label, text in values if len(text) > SHORT or "\n" in text]
        short = [f"{label}: {text}" for label, text in values if (label, text) not in long]
        for number, (label, text) in enumerate(long):
            self.fields[f"long-{number}"] = _box(label, text)
        if short:
            self.fields["short"] = _box(_("The other fields") if long else _("The fields"), "\n".join(short))


def _box(label: str, text: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"readonly": True, "rows": 8})
    return forms.CharField(label=label, initial=text, required=False, widget=widget)


def typed_in(request: HttpRequest) -> Typed:
    """What the request's form held; nothing where another site sent it, whose words must not stand on our page."""
    ours = f"{request.scheme}://{request.get_host()}"
    is_ours = request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
    if not is_ours or request.headers.get("Origin", ours) != ours:
        return Typed([], files=[])
    values = [
        (name.replace("_", " ").replace("-", " ").capitalize(), text)
        for name, texts in request.POST.lists()
        for text in texts
        if text.strip() and not NOT_TYPED.fullmatch(name)
    ]
    return Typed(values, files=[file.name for files in request.FILES.lists() for file in files[1]])


def is_over(request: HttpRequest) -> bool:
    """Whether the browser's session is somebody's who may not log in any more: the membership ended meanwhile."""
    return not request.user.is_authenticated and SESSION_KEY in request.session


def not_logged_in(request: HttpRequest) -> HttpResponse:
    """The answer to a form that somebody sent who is not logged in any more: why, and what they typed."""
    return _given_back(request, "wmodf/not_logged_in.html", {"is_over": is_over(request)})


def second_step_first(request: HttpRequest) -> HttpResponse:
    """Lead somebody whose office needs a second step to the page that sets one up; from a form, by way of a page."""
    if request.method in SAFE_METHODS:
        return redirect("mfa_index")
    return _given_back(request, "wmodf/second_step_first.html", {})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """The answer to a form without the right token, which mostly is one that stood open while its reader logged in."""
    return _given_back(request, "403_csrf.html", {})


def permission_denied(request: HttpRequest) -> HttpResponse:
    """The answer to a form of somebody known here who may not do this."""
    return _given_back(request, "403.html", {})


def not_found(request: HttpRequest) -> HttpResponse:
    """The answer to a form about what is not there, or not to be known of any more."""
    return _given_back(request, "404.html", {}, status=404)


def page_of(request: HttpRequest) -> str:
    """The path of this site's page that sent the request; nothing where that is not known."""
    referrer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referrer, allowed_hosts={request.get_host()}):
        return ""
    path = urlsplit(referrer).path
    return "" if path.startswith("//") else path


def _given_back(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 403) -> HttpResponse:
    """The page with what was typed, kept by no cache."""
    context |= {"typed": typed_in(request), "came_from": page_of(request)}
    response = TemplateResponse(request, template, context, status=status)
    add_never_cache_headers(response)
    return response
