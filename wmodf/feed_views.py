"""The Atom feeds as feed readers fetch them."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings.feed import etag_of
from wmodf import atom
from wmodf.lib.access import public


@public(reason="Circulated notes are for everyone; the feed holds the public's words of them.")
@require_safe
def notes_feed(request: HttpRequest) -> HttpResponse:
    """The latest notes."""
    return _send(
        request, atom.notes_told, title=_("notes of meetings"), name="notes_feed", page="meetings:meeting_list"
    )


@public(reason="Actions that circulated notes raised are for everyone; the feed holds the public's words of them.")
@require_safe
def actions_feed(request: HttpRequest) -> HttpResponse:
    """The actions that changed last."""
    return _send(request, atom.actions_told, title=_("actions"), name="actions_feed", page="actions:action_list")


@public(reason="Data wanted, by circulated notes, is for everyone; the feed holds the public's words of it.")
@require_safe
def wants_feed(request: HttpRequest) -> HttpResponse:
    """The wants that changed last."""
    return _send(request, atom.wants_told, title=_("data wanted"), name="wants_feed", page="wishlists:entry_list")


def _send(
    request: HttpRequest, told: Callable[[], Iterable[atom.Told]], *, title: str, name: str, page: str
) -> HttpResponse:
    """The feed, or 304. It must touch neither session nor user, so that no answer sets a cookie or varies by one.

    There is no Last-Modified: what leaves a feed makes it no newer.
    """
    body = atom.atom(told(), title=title, path=reverse(name), page=reverse(page))
    etag = etag_of(body)
    response = HttpResponse(
        body,
        content_type="application/atom+xml; charset=utf-8",
        headers={"ETag": etag, "Cache-Control": "public, max-age=300"},
    )
    return get_conditional_response(request, etag=etag, response=response)
