"""What a public page says of itself in its head: its one address, and a sentence for lists of links."""

from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from members.naming import mask_emails
from wmodf.lib.sight import words_for
from wmodf.lib.urls import absolute

LONGEST = 200  # characters of a sentence that search engines show
# Public pages that are a way in, or somebody's own: nobody should be led to them by a search.
WAYS_IN = {"login", "account_login", "account_request_login_code", "account_signup", "account_confirm_login_code"}
WAYS_IN |= {"mfa_authenticate", "mfa_login_webauthn", "login_link", "logout", "account_logout", "admin:login"}


def address_of(request: HttpRequest | None, context: dict[str, Any]) -> str:
    """The page's permanent address; empty where it is not for everyone, or there is nothing at it.

    A later page of a list is a page of its own. A filtered list is part of the whole one, whose address it gives.
    """
    match = getattr(request, "resolver_match", None)
    is_public = match is not None and getattr(match.func, "public_reason", "")
    if not is_public or match.view_name in WAYS_IN or "exception" in context:
        return ""
    page = context.get("page")
    number = getattr(page, "number", 1)
    is_later = number > 1 and set(request.GET) == {"page"}
    return absolute(request.path) + (f"?page={number}" if is_later else "")


def sentence_of(context: dict[str, Any]) -> str:
    """What the page is about, as everyone may read it: of the record that it shows, else of the group."""
    group = context["group"].name
    meeting, card, entry = (context.get(name) for name in ("meeting", "card", "entry"))
    if getattr(meeting, "event", ""):
        place = meeting.venue_for(None) or meeting.host_for(None)
        day = date_format(meeting.on, "l j F Y")
        words = _("%(title)s of %(group)s on %(day)s.") % {
            "title": meeting.title_for(None),
            "group": group,
            "day": day,
        }
        words = f"{words} {place}".strip()
    elif getattr(card, "action", None) is not None and card.action.is_public:
        words = f"{card.action.reference}: {words_for(card.action, None)}"
    elif getattr(entry, "is_public", False):
        words = f"{entry.reference}: {words_for(entry, None)}"
    else:
        words = _("Meetings, notes and actions of %(group)s, and the data that its members used and want.") % {
            "group": group
        }
    return Truncator(mask_emails(" ".join(words.split()))).chars(LONGEST)
