"""What to say of a day on which the group may meet: a clash, an unusual weekday, a holiday. Nothing is refused.

No database: what is planned already comes in, words go out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wmodf.lib.dates import in_words, months_before, with_weekday

SATURDAY = 5
FEWEST_TO_COMPARE = 3  # of former meetings: fewer are no habit
MONTHS_AHEAD = 24


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A meeting or an event from one day to another (the same for most); `key` tells a meeting from others, if any."""

    name: str
    on: date
    until: date
    starts: time | None = None
    key: int | None = None
    is_meeting: bool = True


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is planned around the days in question, and on which days the group met lately, the latest first."""

    planned: Sequence[Planned] = ()
    met_on: Sequence[date] = ()


def said_of(on: date, *, known: Known, today: date, besides: int | None = None) -> list[str]:
    """What to say of a meeting on the day, as sentences; `besides` is the key of the meeting itself."""
    others = [one for one in known.planned if not one.is_meeting or one.key is None or one.key != besides]
    return [*_clashes(on, others), *_weekday(on, known.met_on), *_holiday(on), *_distance(on, today)]


def said_of_event(on: date, until: date, *, known: Known, besides: int | None = None) -> list[str]:
    """What to say of an event from one day to another; `besides` is its own key."""
    others = [one for one in known.planned if one.is_meeting or one.key != besides]
    same = [one for one in others if one.on <= until and one.until >= on]
    return [_("%(other)s falls into the same time.") % {"other": _and(one)} for one in same]


def _clashes(on: date, others: Sequence[Planned]) -> list[str]:
    monday = on - timedelta(days=on.weekday())
    same = [one for one in others if one.on <= on <= one.until]
    near = [
        one for one in others if one.is_meeting and one not in same and monday <= one.on < monday + timedelta(days=7)
    ]
    return [
        *(_("%(other)s is on the same day.") % {"other": _and(one)} for one in same),
        *(_("There is a meeting in the same week: %(date)s.") % {"date": with_weekday(one.on)} for one in near),
    ]


def _and(one: Planned) -> str:
    """ "A meeting at 11:00 (Steering group meeting)", "Open Data Day (7 March 2026)"."""
    if one.is_meeting:
        told = {"name": one.name, "date": in_words(one.on)}
        if one.starts:
            return _("Another meeting at %(time)s (%(name)s, %(date)s)") % {"time": f"{one.starts:%H:%M}", **told}
        return _("Another meeting (%(name)s, %(date)s)") % told
    until = {"on": in_words(one.on), "until": in_words(one.until)}
    days = in_words(one.on) if one.on == one.until else _("%(on)s to %(until)s") % until
    return f"“{one.name}” ({days})"


def _weekday(on: date, met_on: Sequence[date]) -> list[str]:
    """An unusual weekday, and a weekend."""
    weekend = _(", at the weekend") if on.weekday() >= SATURDAY else ""
    usual = {met.weekday() for met in met_on}
    day = date_format(on, "l")
    if len(met_on) < FEWEST_TO_COMPARE or on.weekday() in usual:
        return [_("A %(day)s%(weekend)s.") % {"day": day, "weekend": weekend}] if weekend else []
    count = len(met_on)
    if len(usual) == 1:
        said = _("A %(day)s%(weekend)s: your last %(count)s meetings were on %(usual)ss.")
        return [said % {"day": day, "weekend": weekend, "count": count, "usual": date_format(met_on[0], "l")}]
    said = _("A %(day)s%(weekend)s: none of your last %(count)s meetings was on a %(day)s.")
    return [said % {"day": day, "weekend": weekend, "count": count}]


def _holiday(on: date) -> list[str]:
    """A bank holiday in England."""
    from holidays import country_holidays  # noqa: PLC0415 (slow import)

    name = country_holidays("GB", subdiv="ENG", years=on.year).get(on)
    return [_("A bank holiday in England: %(name)s.") % {"name": name}] if name else []


def _distance(on: date, today: date) -> list[str]:
    if on < today:
        return [_("In the past.")]
    return [_("More than two years ahead.")] if months_before(on, MONTHS_AHEAD) > today else []
