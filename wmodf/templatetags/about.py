"""What a page says of itself to programs. Only what everyone may read, whoever is logged in."""

import html
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import to_locale

from meetings.models import Meeting
from wishlists.models import Dataset
from wmodf import linked_data
from wmodf.head import address_of, sentence_of

register = template.Library()


@register.inclusion_tag("wmodf/_about.html", takes_context=True)
def about_page(context: Context) -> dict[str, Any]:
    """The canonical address and what is shown of a link to it; nothing for a page that is not for everyone."""
    told = context.flatten()
    address = address_of(told.get("request"), told)
    if not address:
        return {"address": ""}
    return {
        "address": address,
        "title": _title(context) or told["group"].name,
        "sentence": sentence_of(told),
        "group": told["group"],
    }


def _title(context: Context) -> str:
    """The words of the page's own title block."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block("title") if blocks is not None else None
    words = block.nodelist.render(context) if block is not None else ""
    return " ".join(html.unescape(strip_tags(words)).split())


@register.filter
def locale(language: str | None) -> str:
    """A language as programs name its locale: en_GB for en-gb; the site's own where none is active."""
    return to_locale(language or settings.LANGUAGE_CODE)


@register.filter
def language_tag(language: str | None) -> str:
    """A language as the web writes it: en-GB for en-gb (BCP 47)."""
    return locale(language).replace("_", "-")


@register.simple_tag(takes_context=True)
def meeting_as_event(context: Context, meeting: Meeting) -> SafeString:
    """An announced meeting as a schema.org Event."""
    event = linked_data.event_of(meeting, group=context["group"], can_join=bool(context.get("joining_url")))
    return linked_data.script_of(event) if event else mark_safe("")


@register.simple_tag(takes_context=True)
def dataset_as_data(context: Context, dataset: Dataset) -> SafeString:
    """A dataset as a schema.org Dataset."""
    return linked_data.script_of(linked_data.dataset_of(dataset, group=context["group"]))
