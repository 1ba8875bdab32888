"""The Atom feeds (RFC 4287) of notes, actions and wants: the public's words, whoever asks."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.template.defaultfilters import truncatechars
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.models import Action
from meetings.feed import group_name
from meetings.minutes.structure import Kind
from meetings.models import Meeting, MinuteLine
from members.naming import mask_emails
from wishlists.models import Entry
from wmodf.lib.clocks import LONDON
from wmodf.lib.urls import absolute
from wmodf.templatetags.reading import due_text_for, owners_for, who_for

MOST_NOTES = 40
MOST_RECORDS = 50
LONGEST_TITLE = 120
NEVER = datetime(2020, 1, 1, tzinfo=UTC)  # when an empty feed was updated: Atom wants a time, and it must not move
TOLD = (Kind.DECISION, Kind.ACTION)
# What XML 1.0 can't hold in any way.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True)
class Told:
    """One entry of a feed: an id that never changes, a path, and when what it says was last changed."""

    id: str
    path: str
    title: str
    html: str
    published: datetime
    updated: datetime


class GroupFeed(Atom1Feed):
    """Django's, in British English, with a time of its own where it is empty."""

    def latest_post_date(self) -> datetime:
        """When an entry last changed."""
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:  # noqa: ANN401 (Django's XML writer)
        """An entry with its link as what it is, the page that it tells of."""
        handler.addQuickElement("title", item["title"])
        handler.addQuickElement("link", "", {"href": item["link"], "rel": "alternate", "type": "text/html"})
        handler.addQuickElement("id", item["unique_id"])
        handler.addQuickElement("published", rfc3339_date(item["pubdate"]))
        handler.addQuickElement("updated", rfc3339_date(item["updateddate"]))
        handler.addQuickElement("content", item["description"], {"type": "html"})


def atom(told: Iterable[Told], *, title: str, path: str, page: str) -> bytes:
    """The whole feed at one path, of what a page shows. The same entries always give the same bytes."""
    group = group_name()
    feed = GroupFeed(
        title=writable(f"{group}: {title}"),
        link=absolute(page),
        description="",
        language="en-GB",
        author_name=writable(group),
        author_link=absolute("/"),
        feed_url=absolute(path),
        feed_guid=absolute(path),
    )
    for one in told:
        feed.add_item(
            title=writable(one.title),
            link=absolute(one.path),
            description=writable(one.html),
            unique_id=one.id,
            pubdate=one.published,
            updateddate=max(one.updated, one.published),
        )
    return feed.writeString("utf-8").encode()


def writable(text: str) -> str:
    """The text without what XML can't hold."""
    return UNWRITABLE.sub("", text)


def notes_told() -> list[Told]:
    """The latest notes: how they stand, and what was decided and promised. Withdrawn ones are none."""
    meetings = list(Meeting.objects.published().with_notes().with_changed_at().order_by("-on", "-pk")[:MOST_NOTES])
    lines = defaultdict(list)
    for line in MinuteLine.objects.visible_to(None).of_kinds(TOLD).in_meetings(meetings):
        lines[line.meeting_id].append(line)
    return [_notes(meeting, lines[meeting.pk]) for meeting in meetings]


def _notes(meeting: Meeting, lines: list[MinuteLine]) -> Told:
    minutes = meeting.minutes
    decided, promised = ([line.shown for line in lines if line.kind == kind] for kind in TOLD)
    counts = [
        ngettext("%(count)d decision", "%(count)d decisions", len(decided)) % {"count": len(decided)},
        ngettext("%(count)d action", "%(count)d actions", len(promised)) % {"count": len(promised)},
    ]
    if minutes.agreed_on:
        state = _("Agreed on %(day)s.") % {"day": date_format(minutes.agreed_on)}
    else:
        state = _("Circulated, not yet agreed.")
    content = format_html("<p>{} {}</p>", state, _("%(one)s, %(other)s.") % {"one": counts[0], "other": counts[1]})
    for heading, words in ((_("Decisions"), decided), (_("Actions"), promised)):
        if words:
            rows = format_html_join("", "<li>{}</li>", ((each,) for each in words))
            content += format_html("<h2>{}</h2><ul>{}</ul>", heading, rows)
    day = date_format(meeting.on, "l j F Y")
    published = minutes.circulated_at or _noon(meeting.on)
    return Told(
        id=f"urn:uuid:{meeting.uid}",
        path=meeting.get_absolute_url(),
        title=_("Notes of the meeting of %(day)s") % {"day": day},
        html=content,
        published=published,
        updated=max(filter(None, [published, meeting.minutes_changed_at, meeting.corrected_at])),
    )


def actions_told() -> list[Told]:
    """The actions of which something changed last."""
    actions = Action.objects.visible_to(None).with_owners().latest_changed_first()[:MOST_RECORDS]
    return [_action(action) for action in actions]


def _action(action: Action) -> Told:
    due = date_format(action.due_on) if action.due_on else due_text_for(action, None)
    state = action.get_status_display()
    if action.ended_on:
        state = f"{state}, {date_format(action.ended_on)}"
    facts = [
        (_("Who"), owners_for(action, None)),
        (_("Due"), due),
        (_("State"), state),
        (_("Raised"), date_format(action.raised_on)),
    ]
    published = _noon(action.raised_on)
    return Told(
        id=f"urn:uuid:{action.uid}",
        path=action.get_absolute_url(),
        title=_title(action.reference, action.shown),
        html=_record(action.shown, facts),
        published=published,
        updated=max(published, action.revised_at or published),
    )


def wants_told() -> list[Told]:
    """The wants of which something changed last, met and refused ones too; withdrawn ones are none."""
    entries = Entry.objects.visible_to(None).wants().with_people().with_changed_at().latest_changed_first()
    return [_want(entry) for entry in entries[:MOST_RECORDS]]


def _want(entry: Entry) -> Told:
    facts = [
        (_("Who"), who_for(entry, None)),
        (_("Dataset"), mask_emails(entry.dataset.name) if entry.dataset else ""),
        (_("State"), entry.get_status_display()),
        (_("Raised"), date_format(entry.raised_on)),
    ]
    published = _noon(entry.raised_on)
    return Told(
        id=absolute(entry.get_absolute_url()),
        path=entry.get_absolute_url(),
        title=_title(entry.reference, entry.shown),
        html=_record(entry.shown, facts),
        published=published,
        updated=max(filter(None, [published, entry.changed_at, entry.moved_at, entry.told_at])),
    )


def _title(reference: str, words: str) -> str:
    return f"{reference}: {truncatechars(' '.join(words.split()), LONGEST_TITLE)}"


def _record(words: str, facts: Iterable[tuple[str, str]]) -> str:
    rows = format_html_join("", "<li>{}: {}</li>", (fact for fact in facts if fact[1]))
    return format_html("<p>{}</p><ul>{}</ul>", words, rows)


def _noon(on: Any) -> datetime:  # noqa: ANN401 (a date; its name is that of a field)
    return datetime.combine(on, time(12), tzinfo=LONDON)
