"""What search engines and other crawlers ask for first."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wmodf import sitemap as maps
from wmodf.lib.access import public
from wmodf.lib.urls import absolute

# Pages that are somebody's own or that a crawler would walk in without end. They say so themselves too.
CLOSED = ["/admin/", "/me/", "/desk/", "/login/", "/login-link/", "/search/", "/*?*words="]


@public(reason="Lists only the pages that everyone may open.")
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (every view takes it)
    """All public pages; where they are too many for one file, the list of the files."""
    found = maps.pages(on=timezone.localdate())
    files = range(1, -(-len(found) // maps.MOST) + 1)
    if len(files) > 1:
        return _xml(maps.index([reverse("sitemap_part", args=[number]) for number in files]))
    return _xml(maps.urlset(found))


@public(reason="Lists only the pages that everyone may open.")
@require_safe
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001 (every view takes it)
    """One of several files of public pages."""
    first = (number - 1) * maps.MOST
    found = maps.pages(on=timezone.localdate())[first : first + maps.MOST] if number else []
    if not found:
        raise Http404
    return _xml(maps.urlset(found))


@public(reason="Says nothing but where crawlers find the public pages, and where they need not look.")
@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (every view takes it)
    """The Robots Exclusion Protocol (RFC 9309)."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), "", f"Sitemap: {absolute(reverse('sitemap'))}"]
    return _cached("\n".join(lines) + "\n", "text/plain; charset=utf-8")


def _xml(text: str) -> HttpResponse:
    return _cached(text, "application/xml; charset=utf-8")


def _cached(text: str, content_type: str) -> HttpResponse:
    return HttpResponse(text, content_type=content_type, headers={"Cache-Control": "public, max-age=3600"})
