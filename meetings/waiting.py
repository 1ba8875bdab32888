"""How long a meeting's notes take: days since the meeting, reminders, and what is usual."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Meeting, Minutes
from wmodf.lib.dates import months_before

# From how many days after a meeting the secretary is told what about notes that are missing; the longest first.
REMINDERS = (
    (21, gettext_lazy("three weeks have gone by, and members can’t act on what they have not read")),
    (7, gettext_lazy("a week has gone by; a short draft is better than a long memory")),
    (3, gettext_lazy("the notes are best written now, while all of it is fresh")),
)
USUAL_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Usual:
    """The days that notes took in the middle of so many meetings."""

    days: int
    meetings: int


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A meeting whose notes are not circulated, the days since it, and the reminder that is due, if any."""

    meeting: Meeting
    days: int
    reminder: str


def reminder(days: int) -> str:
    """What the secretary is told of notes that are missing so many days after the meeting; "" before the first."""
    said = _("%(days)s days: %(words)s.")
    return next((said % {"days": days, "words": words} for least, words in REMINDERS if days >= least), "")


def waiting(meetings: Iterable[Meeting], *, on: date, latest: date | None) -> list[Waiting]:
    """The meetings with the days that have gone by; needs their minutes fetched.

    `latest` is the day of the latest meeting with circulated notes. One before it that notes only announced, and that
    has none itself, was probably never held: nobody is reminded of it.
    """
    return [
        Waiting(
            meeting=meeting,
            days=(on - meeting.on).days,
            reminder="" if _is_passed_over(meeting, latest) else reminder((on - meeting.on).days),
        )
        for meeting in meetings
    ]


def _is_passed_over(meeting: Meeting, latest: date | None) -> bool:
    is_only_announced = meeting.status == Meeting.Status.TENTATIVE and not hasattr(meeting, "minutes")
    return is_only_announced and latest is not None and meeting.on < latest


def days_taken(minutes: Minutes | None, *, on: date) -> int | None:
    """From the meeting of this day to the day on which its notes were circulated; None as long as they are not."""
    if minutes is None or minutes.circulated_at is None:
        return None
    return max((localdate(minutes.circulated_at) - on).days, 0)


def days_words(days: int) -> str:
    """On which day after the meeting: "5 days after the meeting"."""
    named = {0: _("on the day of the meeting"), 1: _("the day after the meeting")}
    return named.get(days, _("%(days)s days after the meeting") % {"days": days})


def usual_days(*, on: date) -> Usual | None:
    """The days that notes of the last year's meetings took, by the one in the middle; None where there are none."""
    held = Meeting.objects.with_notes().filter(on__gt=months_before(on, USUAL_MONTHS), on__lte=on)
    rows = held.select_related("minutes").only("on", "minutes__circulated_at")
    taken = [days for one in rows if (days := days_taken(one.minutes, on=one.on)) is not None]
    return Usual(days=int(median(taken) + 0.5), meetings=len(taken)) if taken else None
