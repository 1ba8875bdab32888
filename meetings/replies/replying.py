"""A member's answer to a coming meeting: given, changed and taken back, by the member or by the secretary for them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from meetings.models import Change, Meeting, Reply
from members.models import Person

# What the page of somebody who has not answered says that it has seen.
SILENCE = "silence"


class NotAllowedError(Exception):
    """The meeting can't be answered by this person; the message says why, for people."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What came of an answer.

    `reply` is the answer as it stands now, None for silence. `overtaken` is the answer, in words, that was given
    elsewhere after the sender's page was opened and that this one took the place of; empty where there was none.
    """

    reply: Reply | None
    is_changed: bool
    overtaken: str = ""


def why_not(*, meeting: Meeting, on: date) -> str:
    """Why members can say nothing to this meeting on this day, without a full stop; empty where they can."""
    if not meeting.is_published:
        return _("This meeting is not announced yet")
    if meeting.is_cancelled:
        return _("This meeting was cancelled")
    return _("This meeting was on %(date)s") % {"date": date_format(meeting.on)} if meeting.on < on else ""


def refuse_others(*, meeting: Meeting, person: Person, on: date) -> None:
    """Raise NotAllowedError where the person can say nothing to the meeting on this day."""
    reason = why_not(meeting=meeting, on=on)
    if not reason and not Person.objects.members(on=on).filter(pk=person.pk).exists():
        reason = _("%(person)s is not a member of the group today") % {"person": person}
    if reason:
        msg = _("%(reason)s: nothing was saved.") % {"reason": reason}
        raise NotAllowedError(msg)


def seen_of(reply: Reply | None) -> str:
    """What a form says that its page showed: which answer, or silence."""
    return SILENCE if reply is None else reply.replied_at.isoformat()


def moves_of(meetings: Iterable[Meeting]) -> dict[int, list[Change]]:
    """The moves of each meeting by its key, the oldest first, in one query."""
    moves = defaultdict(list)
    keys = [meeting.pk for meeting in meetings]
    for change in Change.objects.filter(meeting__in=keys, kind=Change.Kind.MOVED).order_by("made_at", "pk"):
        moves[change.meeting_id].append(change)
    return moves


def moved_since(reply: Reply, *, meeting: Meeting, moves: Iterable[Change]) -> Change | None:
    """The first move after the reply, which names the date that it was given for; None where it is the date still."""
    first = next((move for move in moves if move.made_at > reply.replied_at), None)
    if first is None or (first.was_on, first.was_starts) == (meeting.on, meeting.starts):
        return None
    return first


@transaction.atomic
def reply(
    *,
    meeting: Meeting,
    person: Person,
    answer: str,
    now: datetime,
    note: str = "",
    deputy_name: str = "",
    deputy_organisation: str = "",
    seen: str = "",
) -> Answered:
    """Answer the meeting, or change the answer; the same answer again changes nothing, but after a move confirms it.

    `seen` is what the sender's page showed (`seen_of`), empty where nobody knows. NotAllowedError where the meeting
    can't be answered, or the person is no member today.
    """
    meeting, former = _hold(meeting, person, now=now)
    is_deputy = answer == Reply.Answer.DEPUTY
    fields = {
        "answer": answer,
        "note": note,
        "deputy_name": deputy_name if is_deputy else "",
        "deputy_organisation": deputy_organisation if is_deputy else "",
    }
    if former is None:
        made = Reply.objects.create(meeting=meeting, person=person, replied_at=now, **fields)
        overtaken = "" if seen in {"", SILENCE} else _("none: it had been taken back")
        return Answered(reply=made, is_changed=True, overtaken=overtaken)
    is_same = all(getattr(former, name) == value for name, value in fields.items())
    if is_same and moved_since(former, meeting=meeting, moves=moves_of([meeting])[meeting.pk]) is None:
        return Answered(reply=former, is_changed=False)
    overtaken = "" if is_same or seen in {"", seen_of(former)} else f"“{former.get_answer_display()}”"
    for name, value in {**fields, "replied_at": now}.items():
        setattr(former, name, value)
    former.save(update_fields=[*fields, "replied_at"])
    return Answered(reply=former, is_changed=True, overtaken=overtaken)


@transaction.atomic
def take_back(*, meeting: Meeting, person: Person, now: datetime) -> Answered:
    """Be silent again. NotAllowedError as for `reply`."""
    _rest, former = _hold(meeting, person, now=now)
    if former is not None:
        former.delete()
    return Answered(reply=None, is_changed=former is not None)


def _hold(meeting: Meeting, person: Person, *, now: datetime) -> tuple[Meeting, Reply | None]:
    """The meeting as it is, alone until the transaction ends, and the person's answer; raises NotAllowedError."""
    meeting = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    refuse_others(meeting=meeting, person=person, on=timezone.localdate(now))
    return meeting, Reply.objects.of_person(person).filter(meeting=meeting).first()
