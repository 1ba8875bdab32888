"""What became of an action, step by step: its words at each meeting, and what was said of it in between."""

from dataclasses import dataclass
from datetime import date

from actions.models import Action, ActionUpdate
from meetings.minutes.structure import Kind
from meetings.models import Meeting, MinuteLine
from members.models import Person
from wmodf.lib.access import Standing, standing_of
from wmodf.lib.sight import may_see, words_for


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: a line of a meeting's notes, or an update, which has no `meeting`.

    `status` is how the action stands since then, empty for no change; `words` what this reader may read, or nothing.
    """

    on: date
    words: str = ""
    status: str = ""
    meeting: Meeting | None = None
    is_raising: bool = False
    by: Person | None = None
    is_draft: bool = False
    is_confidential: bool = False


def life_of(action: Action, *, user: object) -> list[Step]:
    """The steps that this reader may know of, oldest first; needs lines and updates fetched, and makes no query.

    An update that a line heard is one step, with the words of the meeting. The public reads of other updates only how
    the action stands since when.
    """
    lines = [line for line in action.lines.all() if line.kind != Kind.LEFT_OUT and may_see(line, user)]
    lines.sort(key=lambda line: (line.meeting.on, line.meeting_id, line.position))
    updates = {update.pk: update for update in action.updates.all()}
    is_secretary = standing_of(user) >= Standing.SECRETARY
    heard = {line.heard_id for line in lines}
    steps = [_minuted(line, updates.get(line.heard_id), user) for line in lines]
    for update in updates.values():
        if update.pk not in heard and (is_secretary or not update.is_draft):
            steps += _said(update, user)
    return sorted(steps, key=lambda step: (step.on, step.meeting is None))


def _minuted(line: MinuteLine, heard: ActionUpdate | None, user: object) -> Step:
    """The words of a line, and what they say became of the action."""
    return Step(
        on=line.meeting.on,
        words=words_for(line, user),
        status=heard.status if heard is not None else "",
        meeting=line.meeting,
        is_raising=line.kind == Kind.ACTION,
        is_draft=not line.is_circulated,
        is_confidential=line.is_circulated and not line.is_public,
    )


def _said(update: ActionUpdate, user: object) -> list[Step]:
    """The update for a member; for the public only a change of state."""
    if standing_of(user) >= Standing.MEMBER:
        return [
            Step(on=update.on, words=update.note, status=update.status, by=update.by, is_draft=update.is_draft),
        ]
    return [Step(on=update.on, status=update.status)] if update.status else []
