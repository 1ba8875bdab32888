"""Who may see what, from when. Every writer ends here; nothing else sets a row's sight or a meeting's event.

Sight is kept in the rows themselves (`is_circulated`, `is_public`, `public_text` and the like), so that no page, feed,
export or search result has to decide it again.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from actions.models import Action, ActionUpdate
from meetings import feed, spellings
from meetings.minutes import reader
from meetings.minutes.structure import Kind, MinutesDoc
from meetings.models import Attendance, Item, Meeting, MinuteLine, Minutes, OldSlug
from members.models import Membership, Organisation, Person
from members.naming import Discretion, Withheld, derived_initials, fold, looks_like_initials, mask_emails
from wishlists.models import Entry
from wmodf.lib.dates import exists_in_london
from wmodf.lib.models import Revision

# The group has one writer at a time: two who record or publish at once would trip over each other's dates and names.
RECORDS = "records"
# What `publish` alone sets of a meeting.
PUBLISHED = ["slug", "sequence", "revised_at", "event"]
# Words that name whoever holds an office: they give nobody away.
OFFICES = {fold(office) for office in Membership.Role.labels} | {"all"}


class NotAllowedError(Exception):
    """What was asked can't be done to the minutes as they stand; the message says why, for people."""


def refuse_withheld(meeting: Meeting) -> None:
    """Raise NotAllowedError where everyone would read what may be a name that somebody asked to keep to themselves."""
    if name := spellings.may_be_withheld(meeting):
        msg = (
            f"{name}: this may be somebody who asked not to be named, spelt another way. Nothing was published: answer"
            " who it is, then publish."
        )
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
        msg = "These notes were agreed by a later meeting: they stay published."
        raise NotAllowedError(msg)
    if minutes.status == Minutes.Status.CIRCULATED:
        minutes.status, minutes.circulated_at = Minutes.Status.DRAFT, None
        minutes.save(update_fields=["status", "circulated_at"])
    show(meeting=minutes.meeting, now=now)


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
    """Take an announced meeting off the public pages and out of the calendar; one with circulated notes stays."""
    refuse_if_told(meeting)
    meeting.published_at = None
    publish(meeting=meeting, now=now, changed=["published_at"])


def refuse_if_told(meeting: Meeting) -> None:
    """Raise NotAllowedError where the meeting's notes are published."""
    if Minutes.objects.filter(meeting=meeting, status__in=Minutes.CIRCULATED_STATUSES).exists():
        msg = "The notes of this meeting are published: withdraw them first."
        raise NotAllowedError(msg)


@transaction.atomic
def cancel(*, meeting: Meeting, now: datetime) -> None:
    """Call the meeting off; subscribers of the calendar are told."""
    meeting.status = Meeting.Status.CANCELLED
    publish(meeting=meeting, now=now, changed=["status"])


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
    event = feed.event_text(meeting) if meeting.is_published else ""
    if event != meeting.event:
        if event and meeting.revised_at is not None:
            meeting.sequence += 1
        if event:
            meeting.revised_at = now
        meeting.event = event
        Revision.objects.move_on("calendar", now=now)
    meeting.save(update_fields=saved)


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
    _show(meeting, discretion_today(), now=now, actions=actions, entries=entries)
    settle_agreed()


@transaction.atomic
def attendance_changed(*, meeting: Meeting, now: datetime) -> None:
    """Show the attendance that the admin changed; whoever has the meeting's notes open is told when saving them."""
    show(meeting=meeting, now=now)
    Minutes.objects.filter(meeting=meeting).update(revision=F("revision") + 1)


def _show(
    meeting: Meeting, discretion: Discretion, *, now: datetime, actions: Iterable[int] = (), entries: Iterable[int] = ()
) -> None:
    minutes = Minutes.objects.filter(meeting=meeting).first()
    circulated = minutes is not None and minutes.is_circulated
    near = _near([meeting.pk], discretion)[meeting.pk]
    lines = list(meeting.lines.select_related("item"))

    items = list(meeting.items.all())
    for item in items:
        public = circulated and not item.is_confidential
        _set(
            item,
            is_circulated=circulated,
            is_public=public,
            public_title=discretion.public(item.title, near=near)[:300] if public else "",
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
            public_text=discretion.public(line.text, near=near) if public else "",
        )
    _save_changed(MinuteLine, lines)
    attendances = list(meeting.attendances.all())
    for attendance in attendances:
        _set(attendance, public_note=discretion.public(attendance.note, near=near)[:300] if circulated else "")
    _save_changed(Attendance, attendances)

    ActionUpdate.objects.filter(lines__meeting=meeting).exclude(is_draft=not circulated).update(is_draft=not circulated)
    _show_actions({line.action_id for line in lines if line.action_id} | set(actions), discretion, now=now)
    _show_entries({line.entry_id for line in lines if line.entry_id} | set(entries), discretion)
    for line in lines:
        if line.kind == Kind.NEXT_MEETING and line.is_public and line.named_meeting_id:
            named = Meeting.objects.get(pk=line.named_meeting_id)
            is_new = named.revised_at is None  # never announced; one that was taken back stays so
            if is_new or named.is_published:
                fill_in_announced(meeting=named, announced=line.as_minuted, is_new=is_new, now=now)
            if is_new:
                announce(meeting=named, now=now)


@transaction.atomic
def show_records(*, now: datetime, actions: Iterable[int] = (), entries: Iterable[int] = ()) -> None:
    """Set the sight of actions and entries whose words, owners or people have changed."""
    Revision.objects.hold(RECORDS)
    discretion = discretion_today()
    _show_actions(actions, discretion, now=now)
    _show_entries(entries, discretion)


def _show_actions(keys: Iterable[int], discretion: Discretion, *, now: datetime) -> None:
    # Locked, in one order, before the updates are read: a member may add one at this moment.
    locked = Action.objects.filter(pk__in=set(keys)).order_by("pk").select_for_update()
    actions = list(locked.prefetch_related("lines__meeting", "updates"))
    near = _near({line.meeting_id for action in actions for line in action.lines.all()}, discretion)
    for action in actions:
        raising = [line for line in action.lines.all() if line.kind == Kind.ACTION]
        telling = _telling(raising, action.text)
        public = any(line.is_public for line in telling)
        close = set().union(*(near[line.meeting_id] for line in action.lines.all()))
        _set(
            action,
            is_circulated=any(line.is_circulated for line in telling),
            is_public=public,
            public_text=discretion.public(action.text, near=close) if public else "",
        )
        action.settle(now=now)
    _save_changed(Action, actions)


def _telling(lines: Iterable[MinuteLine], words: str) -> list[MinuteLine]:
    """The lines that tell a record's words: the first that raised it, and those that say the same.

    Another line may name a record by its reference and say something else: who reads that one has not read the record.
    """
    in_order = sorted(lines, key=lambda line: (line.meeting.on, line.meeting_id, line.position))
    return in_order[:1] + [line for line in in_order[1:] if fold(line.text) == fold(words)]


def _show_entries(keys: Iterable[int], discretion: Discretion) -> None:
    entries = list(Entry.objects.filter(pk__in=set(keys)).prefetch_related("lines__meeting"))
    near = _near({line.meeting_id for entry in entries for line in entry.lines.all()}, discretion)
    for entry in entries:
        lines = entry.lines.all()
        telling = _telling(lines, entry.text)
        public = any(line.is_public for line in telling)
        close = set().union(*(near[line.meeting_id] for line in lines))
        _set(
            entry,
            # What a member entered on the site is for members from the start, and for everyone once it was minuted.
            is_circulated=entry.added_by_id is not None or any(line.is_circulated for line in telling),
            is_public=public,
            public_text=discretion.public(entry.text, near=close) if public else "",
        )
    _save_changed(Entry, entries)


@transaction.atomic
def rename(*, now: datetime) -> None:
    """Write every public text anew: somebody's name, or their choice of how the public sees it, has changed."""
    Revision.objects.hold(RECORDS)
    discretion = discretion_today()
    for meeting in Meeting.objects.filter(minutes__isnull=False).order_by("pk"):
        _show(meeting, discretion, now=now)
    settle_agreed()


def settle_agreed() -> None:
    """Make circulated notes agreed, or not, by what circulated lines of later meetings say."""
    first_said = dict(MinuteLine.objects.agreeing().order_by("-meeting__on").values_list("names_on", "meeting__on"))
    circulated = Minutes.objects.filter(status__in=Minutes.CIRCULATED_STATUSES)
    for minutes in circulated.select_related("meeting").defer("text"):
        agreed_on = first_said.get(minutes.meeting.on)
        if minutes.agreed_on != agreed_on:
            minutes.agreed_on = agreed_on
            minutes.status = Minutes.Status.AGREED if agreed_on else Minutes.Status.CIRCULATED
            minutes.save(update_fields=["status", "agreed_on"])


def _near(meetings: Iterable[int], discretion: Discretion) -> dict[int, set[int]]:
    """For each meeting, those who withhold their names and whom its notes may mean by initials.

    They are the group's members that day, and whoever the notes name.
    """
    near: dict[int, set[int]] = {meeting: set() for meeting in meetings}
    people = discretion.person_ids
    if not people:
        return near
    of_group = Membership.objects.of_group().filter(person__in=people)
    for meeting, on in Meeting.objects.filter(pk__in=near).values_list("pk", "on"):
        near[meeting].update(of_group.current(on=on).values_list("person", flat=True))
    named = [
        Attendance.objects.filter(meeting__in=near, person__in=people).values_list("meeting", "person"),
        Attendance.objects.filter(meeting__in=near, deputising_for__in=people).values_list("meeting", "deputising_for"),
        MinuteLine.objects.filter(meeting__in=near, action__owners__person__in=people).values_list(
            "meeting", "action__owners__person"
        ),
        MinuteLine.objects.filter(meeting__in=near, entry__person__in=people).values_list("meeting", "entry__person"),
    ]
    for pairs in named:
        for meeting, person in pairs:
            near[meeting].add(person)
    return near


def discretion_today() -> Discretion:
    """What keeps the names of those who asked for it, and all e-mail addresses, out of public texts."""
    people = Person.objects.withheld().prefetch_related("other_names", "attendances", "owned_actions", "entries")
    return Discretion(_withheld(person) for person in people)


def _withheld(person: Person) -> Withheld:
    """What the person is called: by name, other names and initials, and as the notes have it; not by office."""
    minuted = [
        *(row.person_name for row in person.attendances.all()),
        *(row.initials for row in person.attendances.all()),
        *(row.as_minuted for row in person.owned_actions.all()),
        *(row.person_name for row in person.entries.all()),
    ]
    called = [words for words in minuted if words and fold(words).removeprefix("the ") not in OFFICES]
    initials = {*(person.initials.split() or derived_initials(person.name)), *filter(looks_like_initials, called)}
    names = {person.name, *(other.name for other in person.other_names.all())}
    names |= {words for words in called if not looks_like_initials(words)}
    return Withheld(
        person_id=person.pk, names=tuple(sorted(names)), initials=tuple(sorted(initials)), shown=person.public_form()
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
