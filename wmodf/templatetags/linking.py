"""Names as links to the pages of whom and what they name. No filter makes a query: fetch what it needs before.

Whatever a reader may read, they may know whom and what it names: `wmodf/knowing.py`. So only a name that is withheld
from the reader has no page for them.
"""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from actions.models import Action
from members.models import Organisation, Person
from members.naming import mask_emails
from wishlists.models import Dataset, Entry
from wmodf.lib.access import Standing, standing_of

register = template.Library()


def has_page_for(person: Person | None, user: object) -> bool:
    """Whether this reader, who reads of the person, has a page of them: not where the name is withheld."""
    if person is None:
        return False
    return standing_of(user) >= Standing.MEMBER or person.public_name == Person.PublicName.FULL


def _linked(words: str, person: Person | None, user: object) -> str:
    """The words, as a link to the person's page where this reader has one; without e-mail addresses."""
    words = mask_emails(words)
    return page_link(person, words) if has_page_for(person, user) else words


@register.filter
def page_link(record: Person | Organisation | Dataset, words: str = "") -> SafeString:
    """A link to the record's page, of which the reader may know, with its name or other words."""
    return format_html('<a href="{}">{}</a>', record.get_absolute_url(), words or mask_emails(str(record)))


@register.filter
def name_link(record: Any, user: object) -> str:  # noqa: ANN401 (a person, or whatever names one as `person`)
    """The name of a person, or of whom a record names, as this reader may see it; with a link to their page."""
    return _linked(record.name_for(user), record if isinstance(record, Person) else record.person, user)


@register.filter
def who_link(entry: Entry, user: object) -> str:
    """Whose an entry is, as this reader may see them; with a link to their page."""
    return _linked(entry.who_for(user), entry.person, user)


@register.filter
def owner_links(action: Action, user: object) -> str:
    """The action's owners as this reader may see them, with links to their pages: "Ada Birch and the Secretary"."""
    owners = [name_link(owner, user) for owner in action.owners.all()]
    if len(owners) < 2:
        return owners[0] if owners else ""
    several = format_html_join(", ", "{}", ((owner,) for owner in owners[:-1]))
    return format_html(_("{several} and {last}"), several=several, last=owners[-1])
