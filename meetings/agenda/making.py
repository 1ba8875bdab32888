"""How a meeting's agenda is made: begun, saved, put in order; items put aside and taken up; proposals answered.

Every verb is one transaction that ends in `showing.show_agenda`. Of a published agenda a change is seen at once.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings import publishing
from meetings.agenda.showing import show_agenda
from meetings.models import AgendaItem, Meeting, StandingItem
from meetings.publishing import NotAllowedError
from wmodf.lib.models import Revision

MOST = 100  # items of one agenda

# What a group begins with that has not said what its standing items are: title, kind, minutes.
USUAL = [
    ("Welcome and apologies", "item", 5),
    ("Notes of the last meeting", "previous-notes", 5),
    ("Matters arising", "matters-arising", 15),
    ("Data used and wanted", "item", 30),
    ("Any other business", "item", 10),
    ("Next meeting", "item", 5),
]


class StaleError(Exception):
    """Somebody else changed the agenda since it was opened; `items` are those on it now."""

    def __init__(self, items: list[AgendaItem]) -> None:
        super().__init__(_("Somebody else changed this agenda since you opened it."))
        self.items = items


@dataclass(frozen=True, kw_only=True)
class Row:
    """One item as the secretary wrote it; `key` is that of the item it was, None for a new one.

    Of `lead` and `lead_name` the first goes before the second.
    """

    title: str
    key: int | None = None
    kind: str = "item"
    note: str = ""
    minutes: int | None = None
    lead: int | None = None
    lead_name: str = ""
    is_confidential: bool = False

    def values(self) -> dict[str, object]:
        """The fields of the item and what goes into them."""
        values = asdict(self)
        del values["key"]
        values["lead_id"] = values.pop("lead")
        values["lead_name"] = "" if self.lead else self.lead_name
        return values


def row_of(item: AgendaItem) -> Row:
    """The item as a row of the list."""
    return Row(
        key=item.pk,
        kind=item.kind,
        title=item.title,
        note=item.note,
        minutes=item.minutes,
        lead=item.lead_id,
        lead_name=item.lead_name,
        is_confidential=item.is_confidential,
    )


def fingerprint(items: Iterable[AgendaItem]) -> str:
    """What tells one state of an agenda from another: its items in order, with all that the page edits."""
    rows = [asdict(row_of(item)) for item in items]
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """The items on the meeting's agenda in order, with their people, by one query."""
    return list(meeting.agenda.on_agenda().with_people())


@transaction.atomic
def begin(*, meeting: Meeting, now: datetime) -> list[AgendaItem]:
    """Put the group's standing items on an empty agenda; where the group has none, the usual ones.

    NotAllowedError where something is on it.
    """
    _hold()
    if meeting.agenda.on_agenda().exists():
        msg = _("This agenda has been begun already: its items are below.")
        raise NotAllowedError(msg)
    standing = [(one.title, one.kind, one.minutes) for one in StandingItem.objects.all()] or USUAL
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=position, title=title, kind=kind, minutes=minutes)
        for position, (title, kind, minutes) in enumerate(standing, start=1)
    )
    show_agenda(meeting=meeting, now=now)
    return items_of(meeting)


@transaction.atomic
def save_list(
    *, meeting: Meeting, rows: Sequence[Row], now: datetime, base: str | None = None
) -> tuple[list[AgendaItem], bool]:
    """Write the agenda as the rows say, in their order; gives an item for each row, and whether anything changed.

    What is on the agenda and in no row stays, behind the others: only `remove` takes off. A row whose item was put
    aside meanwhile puts it on again, one whose item is gone makes a new one. `base` is the fingerprint of the agenda
    that was opened: StaleError if it is another now.
    """
    _hold()
    there = items_of(meeting)
    if base is not None and base != fingerprint(there):
        raise StaleError(there)
    free = {item.pk: item for item in there}
    gone = {row.key for row in rows if row.key is not None} - set(free)
    free |= {item.pk: item for item in AgendaItem.objects.aside().filter(pk__in=gone)}
    found = [free.pop(row.key, None) or AgendaItem() for row in rows]
    left = [item for item in there if item.pk in free]
    if len(rows) + len(left) > MOST:
        msg = _("An agenda holds at most %(most)s items: nothing was saved.") % {"most": MOST}
        raise NotAllowedError(msg)
    is_changed = False
    for position, (item, row) in enumerate(zip(found, rows, strict=True), start=1):
        is_changed |= _write(item, meeting=meeting, status=AgendaItem.Status.ON, position=position, **row.values())
    for position, item in enumerate(left, start=len(rows) + 1):
        _write(item, position=position)
    if is_changed:
        show_agenda(meeting=meeting, now=now)
    return found, is_changed


@transaction.atomic
def add(*, meeting: Meeting, row: Row, now: datetime) -> AgendaItem:
    """Put a new item at the end of the agenda."""
    _hold()
    item = AgendaItem()
    _write(item, meeting=meeting, status=AgendaItem.Status.ON, position=_last(meeting) + 1, **row.values())
    show_agenda(meeting=meeting, now=now)
    return item


@transaction.atomic
def move(*, item: AgendaItem, by: int, now: datetime) -> None:
    """Move an item of an agenda so many places down, or up where `by` is negative; past the ends it stays there."""
    _hold()
    item.refresh_from_db(fields=["meeting", "status"])
    if item.meeting is None or item.status != AgendaItem.Status.ON:
        return
    items = items_of(item.meeting)
    place = [one.pk for one in items].index(item.pk)
    items.insert(max(0, place + by), items.pop(place))
    for position, one in enumerate(items, start=1):
        _write(one, position=position)
    show_agenda(meeting=item.meeting, now=now)


@transaction.atomic
def remove(*, item: AgendaItem, now: datetime) -> None:
    """Take an item off its agenda for good.

    What notes put aside, a member proposed or a paper belongs to stays as a declined row: else recording the notes
    again would bring it back, its proposer would find nothing, and a paper of a confidential item would be the whole
    meeting's.
    """
    _hold()
    meeting = item.meeting
    if item.as_minuted or item.proposed_by_id or item.papers.exists():
        _write(item, status=AgendaItem.Status.DECLINED)
    else:
        item.delete()
    if meeting is not None:
        show_agenda(meeting=meeting, now=now)


@transaction.atomic
def put_aside(*, item: AgendaItem, not_before: date | None, now: datetime) -> None:
    """Take an item off its agenda to wait for a later one; `not_before` is the day from which it is wanted."""
    _hold()
    meeting = item.meeting
    _write(item, status=AgendaItem.Status.ASIDE, meeting=None, not_before=not_before)
    if item.raised_at_id is None and meeting is not None:
        _write(item, raised_at=meeting)
    if meeting is not None:
        show_agenda(meeting=meeting, now=now)


@transaction.atomic
def take_from_aside(*, item: AgendaItem, meeting: Meeting, now: datetime) -> None:
    """Put an item that waits on the end of this agenda. NotAllowedError where somebody else has taken it meanwhile."""
    _hold()
    _refuse_unless(item, AgendaItem.Status.ASIDE)
    _put_on(item, meeting, now=now)


@transaction.atomic
def drop(*, item: AgendaItem, now: datetime) -> None:  # noqa: ARG001 (every verb is told the time)
    """Let an item wait no longer. The row stays, so that recording its notes again does not bring it back."""
    _hold()
    _refuse_unless(item, AgendaItem.Status.ASIDE)
    _write(item, status=AgendaItem.Status.DECLINED)


@transaction.atomic
def accept(*, item: AgendaItem, meeting: Meeting, answer: str, now: datetime) -> None:
    """Put a member's proposal on the end of this agenda, with or without a word to them."""
    _hold()
    _refuse_unless(item, AgendaItem.Status.PROPOSED)
    _write(item, answer=answer)
    _put_on(item, meeting, now=now)


@transaction.atomic
def decline(*, item: AgendaItem, answer: str, now: datetime) -> None:  # noqa: ARG001 (the same)
    """Leave a member's proposal out, with a word to them that says why."""
    _hold()
    _refuse_unless(item, AgendaItem.Status.PROPOSED)
    _write(item, status=AgendaItem.Status.DECLINED, answer=answer)


def _hold() -> None:
    Revision.objects.hold(publishing.RECORDS)


def _refuse_unless(item: AgendaItem, status: str) -> None:
    """Raise NotAllowedError unless the item still stands so. Its row is locked: its proposer may take it back."""
    stored = AgendaItem.objects.select_for_update().filter(pk=item.pk).values_list("status", flat=True).first()
    if stored is None:
        msg = _("“%(title)s” is gone: whoever proposed it took it back.") % {"title": item.title}
        raise NotAllowedError(msg)
    item.status = stored
    if item.status != status:
        msg = _("“%(title)s” is %(status)s by now: somebody else was quicker.") % {
            "title": item.title,
            "status": item.get_status_display(),
        }
        raise NotAllowedError(msg)


def _put_on(item: AgendaItem, meeting: Meeting, *, now: datetime) -> None:
    if item.lead_id is None and not item.lead_name and item.proposed_by_id:
        _write(item, lead_id=item.proposed_by_id)
    _write(item, status=AgendaItem.Status.ON, meeting=meeting, position=_last(meeting) + 1)
    show_agenda(meeting=meeting, now=now)


def _last(meeting: Meeting) -> int:
    """The last place on the agenda; 0 on an empty one."""
    return meeting.agenda.on_agenda().aggregate(last=Max("position"))["last"] or 0


def _write(item: AgendaItem, **values: object) -> bool:
    """Save the item if it is new or a value differs, and then only what differs; say whether it did.

    Sight goes at once with what it rests on, whatever the row at hand remembers of it: the database holds no hidden
    row that is shown.
    """
    changed = {name: value for name, value in values.items() if getattr(item, name) != value}
    leaves = changed.get("status", AgendaItem.Status.ON) != AgendaItem.Status.ON
    if leaves or changed.get("is_confidential"):
        changed |= {"is_public": False, "public_title": "", "public_note": "", "public_lead_name": ""}
    if leaves:
        changed["is_circulated"] = False
    for name, value in changed.items():
        setattr(item, name, value)
    if item.pk is None:
        item.save()
        return True
    if changed:
        item.save(update_fields=[name.removesuffix("_id") for name in changed])
    return bool(changed)


def length_of(meeting: Meeting) -> int | None:
    """How many minutes the meeting lasts; None where its start or end is open."""
    if meeting.starts is None or meeting.ends is None:
        return None
    return (meeting.ends.hour - meeting.starts.hour) * 60 + meeting.ends.minute - meeting.starts.minute


def adding_up(minutes: Sequence[int | None], *, length: int | None) -> tuple[str, bool]:
    """How the items' minutes add up to the meeting's length, in words; and whether they are too many.

    "Adds up to 105 of 120 minutes: 15 left. 3 items have no minutes."
    """
    if not minutes:
        return _("Nothing is on this agenda yet."), False
    total = sum(one for one in minutes if one)
    without = sum(one is None for one in minutes)
    lacking = ngettext(" %(count)s item has no minutes.", " %(count)s items have no minutes.", without)
    lacking = lacking % {"count": without} if without else ""
    if length is None:
        said = _("the meeting has no start and end yet")
        adds_up = _("Adds up to %(minutes)s; %(said)s.%(lacking)s")
        return adds_up % {"minutes": _minutes(total), "said": said, "lacking": lacking}, False
    if total > length:
        much = _minutes(total - length)
        return _("Adds up to %(total)s of %(length)s minutes: %(much)s too long.%(lacking)s") % {
            "total": total,
            "length": length,
            "much": much,
            "lacking": lacking,
        }, True
    left = _("%(count)s left") % {"count": length - total} if total < length else _("nothing left")
    return _("Adds up to %(total)s of %(length)s minutes: %(left)s.%(lacking)s") % {
        "total": total,
        "length": length,
        "left": left,
        "lacking": lacking,
    }, False


def _minutes(count: int) -> str:
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}
