"""Who may see what, from when. Every writer ends here; nothing else sets a row's sight or a meeting's event.

Sight is kept in the rows themselves (`is_circulated`, `is_public`, `public_text` and the like), so that no page, feed,
export or search result has to decide it again.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models, transaction

from actions.models import Action, ActionUpdate
from meetings import feed
from meetings.minutes.structure import Kind
from meetings.models import Attendance, Item, Meeting, MinuteLine, Minutes, OldSlug
from members.models import Person
from members.naming import Discretion, Withheld
from wishlists.models import Entry
from wmodf.lib.models import Revision


class NotAllowedError(Exception):
    """What was asked can't be done to the minutes as they stand; the message says why, for people."""


@transaction.atomic
def circulate(*, minutes: Minutes, now: datetime) -> None:
    """Publish draft notes: members and the public read them, and the meetings they name are announced."""
    if minutes.status == Minutes.Status.DRAFT:
        minutes.status, minutes.circulated_at = Minutes.Status.CIRCULATED, now
        minutes.save(update_fields=["status", "circulated_at"])
    announce(meeting=minutes.meeting, now=now)
    show(meeting=minutes.meeting, now=now)


@transaction.atomic
def withdraw(*, minutes: Minutes, now: datetime) -> None:
    """Make circulated notes a draft again, so that only the secretary reads them. Agreed notes stay."""
    if minutes.status == Minutes.Status.AGREED:
        msg = "These notes were agreed by a later meeting: they stay published."
        raise NotAllowedError(msg)
    if minutes.status == Minutes.Status.CIRCULATED:
        minutes.status, minutes.circulated_at = Minutes.Status.DRAFT, None
        minutes.save(update_fields=["status", "circulated_at"])
    show(meeting=minutes.meeting, now=now)


@transaction.atomic
def announce(*, meeting: Meeting, now: datetime) -> None:
    """Show the meeting on public pages and in the calendar."""
    if meeting.published_at is None:
        meeting.published_at = now
    publish(meeting=meeting, now=now)


@transaction.atomic
def take_back(*, meeting: Meeting, now: datetime) -> None:
    """Take an announced meeting off the public pages and out of the calendar; one with circulated notes stays."""
    if Minutes.objects.filter(meeting=meeting, status__in=Minutes.CIRCULATED_STATUSES).exists():
        msg = "The notes of this meeting are published: withdraw them first."
        raise NotAllowedError(msg)
    meeting.published_at = None
    publish(meeting=meeting, now=now)


@transaction.atomic
def publish(*, meeting: Meeting, now: datetime) -> None:
    """Save a meeting, new or changed: its address follows its date, and its calendar event is written anew.

    Only if the event differs from the stored one do `sequence` and `revised_at` move (RFC 5545, 3.8.7.4).
    """
    _readdress(meeting)
    event = feed.event_text(meeting) if meeting.is_published else ""
    if event != meeting.event:
        if event and meeting.revised_at is not None:
            meeting.sequence += 1
        if event:
            meeting.revised_at = now
        meeting.event = event
        Revision.objects.move_on("calendar", now=now)
    meeting.save()


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
    if former and meeting.pk and meeting.is_published:
        OldSlug.objects.update_or_create(slug=former, defaults={"meeting": meeting})


@transaction.atomic
def show(*, meeting: Meeting, now: datetime, actions: Iterable[int] = (), entries: Iterable[int] = ()) -> None:
    """Set the sight of everything that this meeting's lines hold or raise.

    `actions` and `entries` are keys of records to which a line of this meeting pointed until now.
    """
    minutes = Minutes.objects.filter(meeting=meeting).first()
    circulated = minutes is not None and minutes.is_circulated
    discretion = discretion_today()
    lines = list(meeting.lines.select_related("item", "heard"))
    near = set(meeting.attendances.exclude(person=None).values_list("person", flat=True))
    near |= set(Person.objects.filter(owned_actions__action__lines__meeting=meeting).values_list("pk", flat=True))
    near |= set(Person.objects.filter(entries__lines__meeting=meeting).values_list("pk", flat=True))

    items = list(meeting.items.all())
    for item in items:
        public = circulated and not item.is_confidential
        _set(
            item,
            is_circulated=circulated,
            is_public=public,
            public_title=discretion.public(item.title, initials_of=near)[:300] if public else "",
        )
    _save_changed(Item, items)
    for line in lines:
        told = circulated and line.kind != Kind.LEFT_OUT
        hidden = line.is_confidential or (line.item is not None and line.item.is_confidential)
        public = told and not hidden
        _set(
            line,
            is_circulated=told,
            is_public=public,
            public_text=discretion.public(line.text, initials_of=near) if public else "",
        )
    _save_changed(MinuteLine, lines)
    attendances = list(meeting.attendances.all())
    for attendance in attendances:
        _set(attendance, public_note=discretion.public(attendance.note, initials_of=near)[:300] if circulated else "")
    _save_changed(Attendance, attendances)

    ActionUpdate.objects.filter(lines__meeting=meeting).exclude(is_draft=not circulated).update(is_draft=not circulated)
    _show_actions({line.action_id for line in lines if line.action_id} | set(actions), discretion)
    _show_entries({line.entry_id for line in lines if line.entry_id} | set(entries), discretion)
    if circulated:
        for line in lines:
            if line.kind == Kind.NEXT_MEETING and line.is_public and line.named_meeting_id:
                announced = Meeting.objects.get(pk=line.named_meeting_id)
                if not announced.is_published:
                    announce(meeting=announced, now=now)
    settle_agreed(days={meeting.on} | {line.names_on for line in lines if line.kind == Kind.AGREED and line.names_on})


def _show_actions(keys: Iterable[int], discretion: Discretion) -> None:
    actions = list(Action.objects.filter(pk__in=set(keys)).prefetch_related("lines", "owners"))
    for action in actions:
        lines = action.lines.all()
        public = any(line.is_public and line.kind == Kind.ACTION for line in lines)
        owners = {owner.person_id for owner in action.owners.all() if owner.person_id}
        _set(
            action,
            is_circulated=any(line.is_circulated for line in lines),
            is_public=public,
            public_text=discretion.public(action.text, initials_of=owners) if public else "",
        )
        action.settle()
    _save_changed(Action, actions)


def _show_entries(keys: Iterable[int], discretion: Discretion) -> None:
    entries = list(Entry.objects.filter(pk__in=set(keys)).prefetch_related("lines"))
    for entry in entries:
        lines = entry.lines.all()
        public = any(line.is_public for line in lines)
        _set(
            entry,
            is_circulated=any(line.is_circulated for line in lines),
            is_public=public,
            public_text=discretion.public(entry.text, initials_of={entry.person_id}) if public else "",
        )
    _save_changed(Entry, entries)


@transaction.atomic
def rename(*, now: datetime) -> None:
    """Write every public text anew: somebody's name, or their choice of how the public sees it, has changed."""
    for meeting in Meeting.objects.filter(minutes__isnull=False).order_by("pk"):
        show(meeting=meeting, now=now)


def settle_agreed(*, days: Iterable[date]) -> None:
    """Make the notes of the meetings on these days agreed, or not, by what circulated lines of later meetings say."""
    for minutes in Minutes.objects.filter(meeting__on__in=set(days)).select_related("meeting"):
        if not minutes.is_circulated:
            continue
        line = MinuteLine.objects.agreeing(minutes.meeting.on).select_related("meeting").order_by("meeting__on").first()
        status = Minutes.Status.AGREED if line else Minutes.Status.CIRCULATED
        agreed_on = line.meeting.on if line else None
        if (minutes.status, minutes.agreed_on) != (status, agreed_on):
            minutes.status, minutes.agreed_on = status, agreed_on
            minutes.save(update_fields=["status", "agreed_on"])


def discretion_today() -> Discretion:
    """What keeps the names of those who asked for it, and all e-mail addresses, out of public texts."""
    return Discretion(
        Withheld(
            person_id=person.pk,
            names=(person.name, *(other.name for other in person.other_names.all())),
            initials=tuple(sorted({*person.initials.split(), person.shown_initials()})),
            shown=person.public_form(),
        )
        for person in Person.objects.withheld().prefetch_related("other_names")
    )


def _set(row: models.Model, **values: object) -> None:
    """Give the row these values and note whether any of them is new."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    row.sight_changed = sorted(changed)  # type: ignore[attr-defined]


def _save_changed(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Write the rows whose sight changed, and of them only the sight."""
    changed = [row for row in rows if row.sight_changed]  # type: ignore[attr-defined]
    fields = {name for row in changed for name in row.sight_changed}  # type: ignore[attr-defined]
    if changed:
        model.objects.bulk_update(changed, sorted(fields), batch_size=200)
