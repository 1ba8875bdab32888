"""What search engines are told of: every public page, with the day of its last change where that is known."""

from collections.abc import Iterator
from datetime import date, datetime
from io import StringIO

from django.urls import reverse
from django.utils.feedgenerator import rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

from actions.models import Action
from meetings.models import Meeting
from wishlists.models import Entry
from wmodf.knowing import datasets_known_to, organisations_known_to, people_known_to
from wmodf.lib.urls import absolute

MOST = 50_000  # addresses in one file, as the protocol allows
NAMESPACE = {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"}
PAGES = [
    "home",
    "meetings:meeting_list",
    "actions:action_list",
    "wishlists:entry_list",
    "group_detail",
    "meetings:calendar",
    "meetings:event_list",
    "organisation_list",
    "dataset_list",
    "figures",
    "open_data",
    "contact",
    "accessibility",
    "privacy",
]

Page = tuple[str, datetime | None]


def pages(*, on: date) -> list[Page]:
    """All public pages as paths, and when they last changed (None: not known)."""
    return [*_of_the_site(), *_meetings(), *_records(), *_known(on)]


def _of_the_site() -> Iterator[Page]:
    for name in PAGES:
        yield reverse(name), None


def _meetings() -> Iterator[Page]:
    meetings = Meeting.objects.published().select_related("minutes")
    for meeting in meetings.only("slug", "revised_at", "minutes__circulated_at"):
        minutes = getattr(meeting, "minutes", None)
        times = [meeting.revised_at, minutes.circulated_at if minutes is not None else None]
        yield meeting.get_absolute_url(), max(filter(None, times), default=None)


def _records() -> Iterator[Page]:
    for action in Action.objects.visible_to(None).only("number", "revised_at"):
        yield action.get_absolute_url(), action.revised_at
    for entry in Entry.objects.visible_to(None).only("number"):
        yield entry.get_absolute_url(), None


def _known(on: date) -> Iterator[Page]:
    people, organisations = people_known_to(None, on=on), organisations_known_to(None, on=on)
    for rows in (people, organisations, datasets_known_to(None)):
        for row in rows.only("pk"):
            yield row.get_absolute_url(), None


def urlset(found: list[Page]) -> str:
    """A sitemap of these pages."""
    return _written("urlset", "url", [(absolute(path), changed) for path, changed in found])


def index(paths: list[str]) -> str:
    """A sitemap of sitemaps."""
    return _written("sitemapindex", "sitemap", [(absolute(path), None) for path in paths])


def _written(root: str, element: str, rows: list[tuple[str, datetime | None]]) -> str:
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement(root, NAMESPACE)
    for address, changed in rows:
        xml.startElement(element, {})
        xml.addQuickElement("loc", address)
        if changed is not None:
            xml.addQuickElement("lastmod", rfc3339_date(changed))
        xml.endElement(element)
    xml.endElement(root)
    xml.endDocument()
    return out.getvalue()
