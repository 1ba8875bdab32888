"""Who may see what, from when. Every writer ends here; nothing else sets a row's sight or a meeting's event.

Sight is kept in the rows themselves (`is_circulated`, `is_public`, `public_text` and the like), so that no page, feed,
export or search result has to decide it again.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import feed, indexing
from meetings.drafts import drafting
from meetings.minutes import reader
from meetings.minutes.structure import Kind, MinutesDoc
from meetings.models import Meeting, MinuteLine, Minutes, OldSlug
from meetings.sight import spellings
from meetings.sight.discretion import discretion_today, near_meeting
from meetings.sight.headings import OF_MEETINGS, set_words
from meetings.sight.mentions import ask, give
from meetings.sight.notes import show_actions, show_entries, show_notes
from members.models import Organisation
from members.naming import mask_emails
from wmodf.lib.clocks import exists_in_london
from wmodf.lib.models import Revision

# The group has one writer at a time: two who record or publish at once would trip over each other's dates and names.
RECORDS = "records"
# What `publish` alone sets of a meeting.
PUBLISHED = ["slug", "sequence", "revised_at", "event", *OF_MEETINGS]


class NotAllowedError(Exception):
    """What was asked can't be done to the minutes as they stand; the message says why, for people."""


def refuse_withheld(meeting: Meeting) -> None:
    """Raise NotAllowedError where everyone would read what may be a name that somebody asked to keep to themselves."""
    if name := spellings.may_be_withheld(meeting):
        msg = _(
            "%(name)s: this may be somebody who asked not to be named, spelt another way. Nothing"
            " was published: answer who it is, then publish."
        ) % {"name": name}
        raise NotAllowedError(msg)


@transaction.atomic
def circulate(*, minutes: Minutes, now: datetime) -> None:
    """Publish draft notes: members and the public read them, and the meetings they name are announced.

    NotAllowedError while it is open whether a name in them is that of somebody who asked not to be named.
    """
    _lock(minutes)
    refuse_withheld(minutes.meeting)
    if minutes.status == Minutes.Status.DRAFT:
        minutes.status, minutes.circulated_at = Minutes.Status.CIRCULATED, now
        minutes.save(update_fields=["status", "circulated_at"])
    fill_in(meeting=minutes.meeting, doc=reader.read(minutes.text, year_from=minutes.meeting.on), now=now)
    if not minutes.meeting.is_published:
        announce(meeting=minutes.meeting, now=now)
    show(meeting=minutes.meeting, now=now)


def fill_in(*, meeting: Meeting, doc: MinutesDoc, now: datetime) -> None:
    """Give the meeting the place and the times that its circulated notes tell.

    They go where the meeting's own page leaves them empty, or has only what other notes announced.
    """
    announced = list(meeting.lines_naming_it.filter(kind=Kind.NEXT_MEETING).values_list("as_minuted", flat=True))
    before = (meeting.venue, meeting.starts, meeting.ends)
    place = mask_emails(doc.place)[:300]
    if place and meeting.venue in {"", *(mask_emails(one.get("place", ""))[:300] for one in announced)}:
        meeting.venue = place
    is_only_announced = meeting.starts in {_clock(one, "starts") for one in announced}
    if doc.starts and exists_in_london(meeting.on, doc.starts) and (meeting.starts is None or is_only_announced):
        meeting.starts = doc.starts
        meeting.ends = doc.ends if doc.ends and doc.ends > doc.starts else None
    if (meeting.venue, meeting.starts, meeting.ends) != before:
        publish(meeting=meeting, now=now, changed=["venue", "starts", "ends"])


def fill_in_announced(*, meeting: Meeting, announced: Mapping[str, Any], is_new: bool, now: datetime) -> None:
    """Give a meeting the host, place and times with which notes that everyone reads announce it, where it has none.

    `announced` is a public line as minuted: what a draft or a confidential line tells would else be seen on the page of
    the meeting. Whatever the order in which old notes are recorded, a meeting ends with the same; of one to come that
    is announced already (not `is_new`), only its own page tells.
    """
    if meeting.on >= timezone.localdate(now) and not is_new:
        return
    changed = []
    host, place, starts = (
        announced.get("host", ""),
        mask_emails(announced.get("place", "")),
        _clock(announced, "starts"),
    )
    if host and meeting.host_id is None and not meeting.host_name:
        meeting.host = Organisation.objects.called(host)
        meeting.host_name = mask_emails(host)[:200]
        changed += ["host", "host_name"]
    if place and not meeting.venue:
        meeting.venue = place[:300]
        changed.append("venue")
    if starts and meeting.starts is None and exists_in_london(meeting.on, starts):
        ends = _clock(announced, "ends")
        meeting.starts, meeting.ends = starts, ends if ends and ends > starts else None
        changed += ["starts", "ends"]
    if changed:
        publish(meeting=meeting, now=now, changed=changed)


def _clock(announced: Mapping[str, Any], name: str) -> time | None:
    return time.fromisoformat(announced[name]) if name in announced else None


@transaction.atomic
def withdraw(*, minutes: Minutes, now: datetime) -> None:
    """Make circulated notes a draft again, so that only the secretary reads them. Agreed notes stay."""
    _lock(minutes)
    if minutes.status == Minutes.Status.AGREED:
        msg = _("These notes were agreed by a later meeting: they stay published.")
        raise NotAllowedError(msg)
    if minutes.has_highlights:
        minutes.status, minutes.circulated_at, minutes.highlights_at = Minutes.Status.DRAFT, None, None
        minutes.save(update_fields=["status", "circulated_at", "highlights_at"])
    show(meeting=minutes.meeting, now=now)


@transaction.atomic
def publish_highlights(*, minutes: Minutes, now: datetime) -> None:
    """Let everyone read what draft notes promise and the next date they name; all else of them stays a draft.

    NotAllowedError where nothing is saved yet, the notes are out already, or a name may be that of somebody who asked
    not to be named.
    """
    _lock_draft(minutes)
    refuse_withheld(minutes.meeting)
    if minutes.highlights_at is None:
        minutes.highlights_at = now
        minutes.save(update_fields=["highlights_at"])
    if not minutes.meeting.is_published:
        announce(meeting=minutes.meeting, now=now)
    show(meeting=minutes.meeting, now=now)


@transaction.atomic
def take_back_highlights(*, minutes: Minutes, now: datetime) -> None:
    """Make what draft notes promise and announce part of the draft again; a meeting that was announced stays so."""
    _lock_draft(minutes)
    if minutes.highlights_at is not None:
        minutes.highlights_at = None
        minutes.save(update_fields=["highlights_at"])
    show(meeting=minutes.meeting, now=now)


def _lock_draft(minutes: Minutes) -> None:
    """As `_lock`; NotAllowedError where nothing is saved yet, and where the highlights are out with the whole notes."""
    if minutes.pk is None:
        msg = _("There are no notes of this meeting yet: record them first.")
        raise NotAllowedError(msg)
    _lock(minutes)
    if minutes.is_circulated:
        msg = _("These notes are published, and their highlights with them.")
        raise NotAllowedError(msg)


def _lock(minutes: Minutes) -> None:
    """Read the state anew and let nobody else change it until the transaction ends."""
    Revision.objects.hold(RECORDS)
    minutes.refresh_from_db()


@transaction.atomic
def announce(*, meeting: Meeting, now: datetime) -> None:
    """Show the meeting on public pages and in the calendar."""
    if meeting.published_at is None:
        meeting.published_at = now
    publish(meeting=meeting, now=now, changed=["published_at"])


@transaction.atomic
def take_back(*, meeting: Meeting, now: datetime) -> None:
    """Take an announced meeting, its agenda too, off the public pages and out of the calendar.

    NotAllowedError for one whose notes, or their highlights, are published.
    """
    refuse_if_told(meeting)
    meeting.published_at = meeting.agenda_published_at = None
    publish(meeting=meeting, now=now, changed=["published_at", "agenda_published_at"])
    show(meeting=meeting, now=now)


def refuse_if_told(meeting: Meeting) -> None:
    """Raise NotAllowedError where the meeting's notes, or their highlights, are published."""
    minutes = Minutes.objects.filter(meeting=meeting).defer("text").first()
    if minutes is not None and minutes.has_highlights:
        told, way = ("notes", _("withdraw them")) if minutes.is_circulated else ("highlights", _("take them back"))
        msg = _("The %(told)s of this meeting are published: %(way)s first.") % {"told": told, "way": way}
        raise NotAllowedError(msg)


@transaction.atomic
def publish(*, meeting: Meeting, now: datetime, changed: Iterable[str] | None = None) -> None:
    """Save a meeting, new or changed: its address follows its date, and its calendar event is written anew.

    Only the fields named in `changed` are saved, all where it is None; what is stored counts for the others, not what
    the caller remembers. Only if the event differs from the stored one do `sequence` and `revised_at` move
    (RFC 5545, 3.8.7.4).
    """
    Revision.objects.hold(RECORDS)
    saved = None
    if meeting.pk:
        saved = None if changed is None else [*changed, *PUBLISHED]
        stored = {field.name for field in Meeting._meta.concrete_fields if not field.primary_key}  # noqa: SLF001 (Django's documented interface)
        meeting.refresh_from_db(fields=PUBLISHED if changed is None else sorted(stored - set(changed)))
    _readdress(meeting)
    discretion = discretion_today()
    is_reworded = set_words(meeting, discretion, close=near_meeting(meeting, discretion))
    event = feed.event_text(meeting) if meeting.is_published else ""
    if event != meeting.event:
        if event and meeting.revised_at is not None:
            meeting.sequence += 1
        if event:
            meeting.revised_at = now
        meeting.event = event
        Revision.objects.move_on("calendar", now=now)
    meeting.save(update_fields=saved)
    if is_reworded:
        ask(discretion, meetings=[meeting.pk])
    if changed is None or "on" in changed:
        indexing.index(meetings=[meeting.pk])
    else:
        indexing.index_words_of(meeting)


def _readdress(meeting: Meeting) -> None:
    """Give the meeting the slug of its date, `-2` for a second that day; its former address keeps leading to it."""
    base = meeting.on.isoformat()
    if meeting.slug == base or meeting.slug.startswith(f"{base}-"):
        return
    taken = set(Meeting.objects.filter(slug__startswith=base).exclude(pk=meeting.pk).values_list("slug", flat=True))
    former, number = meeting.slug, 2
    meeting.slug = base
    while meeting.slug in taken:
        meeting.slug, number = f"{base}-{number}", number + 1
    if former and meeting.revised_at is not None:  # announced at some time, so somebody may have the address
        OldSlug.objects.update_or_create(slug=former, defaults={"meeting": meeting})


@transaction.atomic
def show(*, meeting: Meeting, now: datetime, actions: Iterable[int] = (), entries: Iterable[int] = ()) -> None:
    """Set the sight of everything that this meeting's lines hold or raise.

    `actions` and `entries` are keys of records to which a line of this meeting pointed until now.
    """
    Revision.objects.hold(RECORDS)
    discretion = discretion_today()
    give(discretion, meetings=[meeting.pk])
    lines = show_notes(meeting, discretion)
    actions = {line.action_id for line in lines if line.action_id} | set(actions)
    entries = {line.entry_id for line in lines if line.entry_id} | set(entries)
    show_actions(actions, discretion, now=now)
    show_entries(entries, discretion)
    indexing.index(meetings=[meeting.pk], actions=actions, entries=entries)
    for line in lines:
        if line.kind == Kind.NEXT_MEETING and line.is_public and line.named_meeting_id:
            named = Meeting.objects.get(pk=line.named_meeting_id)
            is_new = named.revised_at is None  # never announced; one that was taken back stays so
            if is_new or named.is_published:
                fill_in_announced(meeting=named, announced=line.as_minuted, is_new=is_new, now=now)
            if is_new:
                announce(meeting=named, now=now)
    ask(discretion, meetings=[meeting.pk])
    settle_agreed()


@transaction.atomic
def attendance_changed(*, meeting: Meeting, now: datetime) -> None:
    """Show the attendance that the admin changed; whoever has the meeting's notes open is told when saving them."""
    show(meeting=meeting, now=now)
    Minutes.objects.filter(meeting=meeting).update(revision=F("revision") + 1)


@transaction.atomic
def show_records(*, now: datetime, actions: Iterable[int] = (), entries: Iterable[int] = ()) -> None:
    """Set the sight of actions and entries whose words, owners or people have changed."""
    Revision.objects.hold(RECORDS)
    discretion = discretion_today()
    meetings = []
    if discretion.withheld:
        of_records = Q(action__in=list(actions)) | Q(entry__in=list(entries))
        lines = MinuteLine.objects.filter(of_records).order_by()
        meetings = list(lines.values_list("meeting", flat=True).distinct())
    give(discretion, meetings=meetings)
    show_actions(actions, discretion, now=now)
    show_entries(entries, discretion)
    indexing.index(actions=actions, entries=entries)
    ask(discretion, meetings=meetings)


def settle_agreed() -> None:
    """Make circulated notes agreed, or not, by what circulated lines of later meetings say."""
    first_said = dict(MinuteLine.objects.agreeing().order_by("-meeting__on").values_list("names_on", "meeting__on"))
    circulated = Minutes.objects.filter(status__in=Minutes.CIRCULATED_STATUSES)
    moved = [
        pk
        for pk, on, agreed_on in circulated.values_list("pk", "meeting__on", "agreed_on")
        if agreed_on != first_said.get(on)
    ]
    for minutes in circulated.filter(pk__in=moved).select_related("meeting").defer("text"):
        minutes.agreed_on = first_said.get(minutes.meeting.on)
        minutes.status = Minutes.Status.AGREED if minutes.agreed_on else Minutes.Status.CIRCULATED
        minutes.save(update_fields=["status", "agreed_on"])
        if minutes.agreed_on:
            drafting.forget(meeting=minutes.meeting)
