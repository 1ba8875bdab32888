"""What the site owes to everyone who comes: how accessible it is, and what it does with what it knows of people."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from wmodf.lib.access import public


@public(reason="Says how accessible the site is and where to complain.")
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return TemplateResponse(request, "wmodf/accessibility.html")


@public(reason="Says what the site holds of people, why, and what rights they have.")
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice."""
    return TemplateResponse(request, "wmodf/privacy.html")
