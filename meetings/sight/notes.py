"""What readers may see of a meeting's notes and of what they raise, written into their rows; `publishing` calls it."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Prefetch

from actions.models import Action, ActionUpdate
from meetings.minutes.structure import Kind
from meetings.models import Attendance, Item, Meeting, MinuteLine, Minutes
from meetings.sight.agendas import show_rows
from meetings.sight.corrections import show_corrections
from meetings.sight.discretion import near, save_sight, set_sight
from members.naming import NOBODY, Discretion, Nearby, fold
from wishlists.models import Entry

# The lines of a record, with what says which of them came first.
TOLD = MinuteLine.objects.select_related("meeting")


def show_notes(meeting: Meeting, discretion: Discretion) -> list[MinuteLine]:
    """Set the sight of the meeting's agenda and notes, and give its lines; what they raise is shown apart."""
    minutes = Minutes.objects.filter(meeting=meeting).first()
    circulated = minutes is not None and minutes.is_circulated
    has_highlights = minutes is not None and minutes.has_highlights
    close = near([meeting.pk], discretion)[meeting.pk]
    show_rows(meeting, discretion, close=close, has_notes=circulated)
    lines = list(meeting.lines.all())

    items = {item.pk: item for item in meeting.items.all()}
    for item in items.values():
        public = circulated and not item.is_confidential
        set_sight(
            item,
            is_circulated=circulated,
            is_public=public,
            public_title=discretion.public(item.title, near=close)[:300] if public else "",
        )
    save_sight(Item, items.values())
    for line in lines:
        is_highlight = has_highlights and line.kind in Minutes.HIGHLIGHTS
        told = (circulated and line.kind != Kind.LEFT_OUT) or is_highlight
        hidden = line.is_confidential or (line.item_id is not None and items[line.item_id].is_confidential)
        public = told and not hidden
        set_sight(
            line,
            is_circulated=told,
            is_public=public,
            public_text=discretion.public(line.text, near=close) if public else "",
        )
    save_sight(MinuteLine, lines)
    attendances = list(meeting.attendances.all())
    for attendance in attendances:
        _show_attendance(attendance, discretion, close=close, circulated=circulated)
    save_sight(Attendance, attendances)
    show_corrections(meeting, circulated=circulated, discretion=discretion, near=close)

    if heard := [line.heard_id for line in lines if line.heard_id is not None]:
        updates = ActionUpdate.objects.filter(pk__in=heard).exclude(is_draft=not circulated)
        updates.update(is_draft=not circulated)
    return lines


def _show_attendance(row: Attendance, discretion: Discretion, *, close: Nearby, circulated: bool) -> None:
    """Whom somebody spoke for may be called by initials that are somebody's, too: there they stay."""
    name = "" if row.person_id is not None else row.person_name
    spoken_for = discretion.public(row.representing_name, near=close.by_name_alone())
    set_sight(
        row,
        public_person_name=discretion.public(name, near=close)[:200] if circulated else "",
        public_representing_name=spoken_for[:200] if circulated else "",
        public_role=discretion.public(row.role, near=close)[:60] if circulated else "",
        public_note=discretion.public(row.note, near=close)[:300] if circulated else "",
    )


def show_actions(keys: Iterable[int], discretion: Discretion, *, now: datetime) -> None:
    """Set the sight of the actions with these keys, which only lines tell of."""
    # Locked, in one order, before the updates are read: a member may add one at this moment.
    locked = Action.objects.filter(pk__in=set(keys)).order_by("pk").select_for_update()
    actions = list(locked.prefetch_related(Prefetch("lines", TOLD), "updates"))
    close_to = near({line.meeting_id for action in actions for line in action.lines.all()}, discretion)
    for action in actions:
        raising = [line for line in action.lines.all() if line.kind == Kind.ACTION]
        telling = _telling(raising, action.text)
        public = any(line.is_public for line in telling)
        close = reduce(or_, (close_to[line.meeting_id] for line in action.lines.all()), NOBODY)
        set_sight(
            action,
            is_circulated=any(line.is_circulated for line in telling),
            is_public=public,
            public_text=discretion.public(action.text, near=close) if public else "",
        )
        action.settle(now=now)
    save_sight(Action, actions)


def _telling(lines: Iterable[MinuteLine], words: str) -> list[MinuteLine]:
    """The lines that tell a record's words: the first that raised it, and those that say the same.

    Another line may name a record by its reference and say something else: who reads that one has not read the record.
    """
    in_order = sorted(lines, key=lambda line: (line.meeting.on, line.meeting_id, line.position))
    return in_order[:1] + [line for line in in_order[1:] if fold(line.text) == fold(words)]


def show_entries(keys: Iterable[int], discretion: Discretion) -> None:
    """Set the sight of the data used and wanted with these keys."""
    entries = list(Entry.objects.filter(pk__in=set(keys)).prefetch_related(Prefetch("lines", TOLD)))
    close_to = near({line.meeting_id for entry in entries for line in entry.lines.all()}, discretion)
    for entry in entries:
        lines = entry.lines.all()
        telling = _telling(lines, entry.text)
        public = any(line.is_public for line in telling)
        close = reduce(or_, (close_to[line.meeting_id] for line in lines), NOBODY)
        set_sight(
            entry,
            # What a member entered on the site is for members from the start, and for everyone once it was minuted.
            is_circulated=entry.added_by_id is not None or any(line.is_circulated for line in telling),
            is_public=public,
            public_text=discretion.public(entry.text, near=close) if public else "",
        )
    save_sight(Entry, entries)
