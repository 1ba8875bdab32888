"""A meeting moved, called off or taken up again, with the reason that everyone reads.

Each ends in publishing: the address follows the date, the old one leads to it, and the calendar says why.
"""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from meetings import publishing
from meetings.models import Meeting, Minutes
from meetings.records.changes import Change
from meetings.sight.changes import public_reason
from meetings.sight.discretion import discretion_today
from meetings.sight.mentions import ask
from members.models import Organisation, User
from wmodf.lib.dates import in_words
from wmodf.lib.models import Revision

# What a move may change.
MOVED = ["on", "starts", "ends", "host", "host_name", "venue"]


@transaction.atomic
def move(
    *,
    meeting: Meeting,
    on: date,
    starts: time | None,
    ends: time | None,
    host: Organisation | None,
    venue: str,
    reason: str,
    by: User | None,
    now: datetime,
) -> None:
    """Move the meeting to another day, time or place. NotAllowedError where it is cancelled, its notes are
    agreed and the day would change, or no reason is given.

    One that nobody was told of needs no reason, and none is kept.
    """
    before = _lock(meeting)
    if before.is_cancelled:
        msg = _("This meeting is cancelled: say first that it goes ahead after all.")
        raise publishing.NotAllowedError(msg)
    _refuse_agreed(before, on=on)
    _refuse_without_reason(before, reason)
    meeting.on, meeting.starts, meeting.ends, meeting.venue = on, starts, ends, venue
    if host != before.host:
        meeting.host, meeting.host_name = host, ""  # what notes call the former host is not said of the new one
    _keep(before, Change.Kind.MOVED, reason=reason, by=by, now=now)
    publishing.publish(meeting=meeting, now=now, changed=MOVED)


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, by: User | None, now: datetime) -> None:
    """Call the meeting off; subscribers of the calendar are told. NotAllowedError where no reason is given."""
    before = _lock(meeting)
    if before.is_cancelled:
        return
    _refuse_without_reason(before, reason)
    meeting.status = Meeting.Status.CANCELLED
    _keep(before, Change.Kind.CANCELLED, reason=reason, by=by, now=now)
    publishing.publish(meeting=meeting, now=now, changed=["status"])


@transaction.atomic
def reinstate(*, meeting: Meeting, reason: str, by: User | None, now: datetime) -> None:
    """Let a cancelled meeting go ahead after all; the reason may be empty."""
    before = _lock(meeting)
    if not before.is_cancelled:
        return
    meeting.status = Meeting.Status.CONFIRMED
    _keep(before, Change.Kind.REINSTATED, reason=reason, by=by, now=now)
    publishing.publish(meeting=meeting, now=now, changed=["status"])


@transaction.atomic
def save(*, meeting: Meeting, reason: str, by: User | None, now: datetime) -> None:
    """Save all of a meeting, new or changed; a change of its day, its hour or its standing is kept with the reason."""
    before = _lock(meeting) if meeting.pk else None
    kind = kind_of(before, meeting, reason=reason) if before is not None else ""
    if kind:
        _keep(before, kind, reason=reason, by=by, now=now)
    publishing.publish(meeting=meeting, now=now)


@transaction.atomic
def follow_notes(*, meeting: Meeting, on: date, changes: dict[str, Any], told_on: date, now: datetime) -> None:
    """Move the meeting to the day that another meeting's notes say, with `changes` of its times if they tell any."""
    before = _lock(meeting)
    _refuse_agreed(before, on=on)
    meeting.on = on
    for name, value in changes.items():
        setattr(meeting, name, value)
    if before.on != on:
        with override(None):  # stored, so in the source's words
            reason = f"as the notes of {in_words(told_on)} say"
        _keep(before, Change.Kind.MOVED, reason=reason, by=None, now=now)
    publishing.publish(meeting=meeting, now=now, changed=["on", *changes])


def kind_of(before: Meeting, after: Meeting, *, reason: str = "") -> str:
    """Which change that is to be told of makes the one row the other; empty for none.

    Another hour or place on the same day is told of only with a reason.
    """
    if before.is_cancelled != after.is_cancelled:
        return Change.Kind.CANCELLED if after.is_cancelled else Change.Kind.REINSTATED
    if before.on != after.on:
        return Change.Kind.MOVED
    is_elsewhere = any(getattr(before, name) != getattr(after, name) for name in MOVED)
    return Change.Kind.MOVED if reason and is_elsewhere and not after.is_cancelled else ""


def needs_reason(before: Meeting, after: Meeting) -> bool:
    """Whether everyone must be told why: an announced meeting is cancelled, or its day changes."""
    return was_told_of(before) and kind_of(before, after) in {Change.Kind.MOVED, Change.Kind.CANCELLED}


def was_told_of(meeting: Meeting) -> bool:
    """Whether the meeting is announced, or was once: somebody may have the date in a diary."""
    return meeting.is_published or meeting.revised_at is not None


def _lock(meeting: Meeting) -> Meeting:
    """The meeting as it is stored, which nobody else changes until the transaction ends."""
    Revision.objects.hold(publishing.RECORDS)
    return Meeting.objects.select_related("host").get(pk=meeting.pk)


def _refuse_agreed(meeting: Meeting, *, on: date) -> None:
    """Raise NotAllowedError where the day would change of which a later meeting has agreed the notes."""
    if on != meeting.on and Minutes.objects.filter(meeting=meeting, status=Minutes.Status.AGREED).exists():
        msg = _(
            "The notes of %(date)s were agreed as a correct record of that day: the meeting stays"
            " where it is. If that date is wrong, correct it on the meeting’s own page here: it"
            " makes them unagreed again."
        ) % {"date": in_words(meeting.on)}
        raise publishing.NotAllowedError(msg)


def _refuse_without_reason(meeting: Meeting, reason: str) -> None:
    if was_told_of(meeting) and not reason.strip():
        msg = _("Say why: people have this date in their diaries.")
        raise publishing.NotAllowedError(msg)


def _keep(before: Meeting, kind: str, *, reason: str, by: User | None, now: datetime) -> None:
    """Keep the change with its reason, if anybody was told of the meeting as it was."""
    if not was_told_of(before):
        return
    reason = " ".join(reason.split())[:300]
    discretion = discretion_today()
    before.changes.create(
        kind=kind,
        was_on=before.on,
        was_starts=before.starts,
        reason=reason,
        public_reason=public_reason(before, reason, discretion) if reason else "",
        by=by,
        made_at=now,
    )
    ask(discretion, meetings=[before.pk])
