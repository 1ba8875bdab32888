"""Matters arising at a meeting: the actions carried forward to it, each with the latest word on it, for one reader."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Action, ActionUpdate
from meetings.lives import Step, life_of
from meetings.models import Meeting
from wmodf.lib.dates import in_words
from wmodf.lib.words import shortened

MOST = 200  # of one meeting
LONGEST_WORD = 300  # characters of what was said

ORDINALS = (
    gettext_lazy("first"),
    gettext_lazy("second"),
    gettext_lazy("third"),
    gettext_lazy("fourth"),
    gettext_lazy("fifth"),
    gettext_lazy("sixth"),
    gettext_lazy("seventh"),
    gettext_lazy("eighth"),
    gettext_lazy("ninth"),
    gettext_lazy("tenth"),
)


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One action carried forward; its owners are fetched, and `action.shown` is what this reader reads of it.

    `since` is the day on which it was raised, `times` how often it has come up, this meeting included: 1 is the first
    time. `said` is the latest word on it that this reader may read, `by` the initials of whoever said it on the site,
    empty for the words of notes (`is_minuted`), and `on` its day; empty, empty and None where nobody said anything.
    `status` is how the action stands at the meeting, "open" where it ended on a later day; `ended_on` is None while it
    is open.
    """

    action: Action
    since: date
    times: int
    said: str = ""
    by: str = ""
    on: date | None = None
    is_minuted: bool = False
    status: str = Action.Status.OPEN
    ended_on: date | None = None

    @property
    def words(self) -> str:
        """ "C/F since 11 March 2026, third time; CP said they will ask again." """
        since = _("C/F since %(date)s, %(ordinal)s time") % {
            "date": in_words(self.since),
            "ordinal": ordinal(self.times),
        }
        return f"{since}{self._ended}{self._said}"

    @property
    def _ended(self) -> str:
        return f"; {Action.Status(self.status).label} {in_words(self.ended_on)}" if self.ended_on else ""

    @property
    def _said(self) -> str:
        if not self.said or self.on is None:
            return ""
        said = shortened(self.said, LONGEST_WORD)
        if self.is_minuted:
            return _("; minuted %(date)s: %(said)s") % {"date": in_words(self.on), "said": said}
        return _("; %(name)s said “%(said)s”") % {"name": self.by or _("somebody"), "said": said}


def ordinal(number: int) -> str:
    """In words to the tenth, then 11th, 21st, 22nd."""
    if number <= len(ORDINALS):
        return str(ORDINALS[number - 1])
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def matters_arising(meeting: Meeting, *, user: object) -> list[Matter]:
    """The actions that come up at the meeting and that this reader may know of, those raised first at the top.

    They were raised before its day, and open, or ended since the last earlier meeting with circulated notes. At a past
    meeting they are those of that day: an action that ended later was open, one raised later was not there. A fixed
    number of queries, and at most `MOST` matters.
    """
    days = list(Meeting.objects.with_notes().before(meeting.on).values_list("on", flat=True))
    last = days[-1] if days else None
    actions = Action.objects.visible_to(user).arising(since=last).raised_before(meeting.on)
    fetched = actions.with_owners().with_lines().with_updates()[:MOST]
    return [_matter(action, meeting, days, user) for action in fetched if _arises(action, last, meeting.on)]


def _matter(action: Action, meeting: Meeting, days: list[date], user: object) -> Matter:
    ended_on = action.ended_on if action.ended_on and action.ended_on <= meeting.on else None
    step = _latest_word(life_of(action, user=user), meeting)
    return Matter(
        action=action,
        since=action.raised_on,
        times=len(days) - bisect_right(days, action.raised_on) + 1,
        said=_plain(step.words, action) if step else "",
        by=step.by.shown_initials() if step and step.by else "",
        on=step.on if step else None,
        is_minuted=step is not None and step.meeting is not None,
        status=action.status if ended_on else Action.Status.OPEN,
        ended_on=ended_on,
    )


def _latest_word(steps: Iterable[Step], meeting: Meeting) -> Step | None:
    """The last that was said before the meeting; on its day only what was said on the site."""
    said = [step for step in steps if step.words and not step.is_raising]
    before = [step for step in said if step.on < meeting.on or (step.on == meeting.on and step.meeting is None)]
    return before[-1] if before else None


def _arises(action: Action, last: date | None, on: date) -> bool:
    """False for one that was ended after the last meeting had heard it, and opened again only after this one."""
    if last is None or not action.is_open:
        return True
    said = [update for update in action.updates.all() if update.status and not update.is_draft]
    by_then = [update.status for update in said if _was_heard(update, last)]
    since = [update for update in said if not _was_heard(update, last) and update.on <= on]
    return bool(since) or not by_then or by_then[-1] in Action.OPEN_STATUSES


def _was_heard(update: ActionUpdate, on: date) -> bool:
    """Whether the meeting of this day knew the update: it was said before, or at the meeting itself."""
    return update.on < on or (update.on == on and update.made_at is None)


def _plain(words: str, action: Action) -> str:
    """The words on one line, without the action's own reference before them."""
    return re.sub(rf"^{action.reference}\b[\s:.,;–-]*", "", " ".join(words.split()))
