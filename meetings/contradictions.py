"""Where the sources on a meeting disagree: its file, its notes, the notes of other days. Only said, never settled.

Nothing here asks the database but `told_by_records` and `moved_since`; everything else is about what notes tell.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from meetings.minutes.structure import Kind, MinutesDoc
from meetings.models import Change, Meeting, MinuteLine
from wmodf.lib.dates import with_weekday

A_FEW_DAYS = timedelta(days=14)
# Words that say nothing of a place.
PLAIN = {"meeting", "room", "building", "hosted", "online", "street", "road", "house", "centre", "council", "office"}


@dataclass(frozen=True, kw_only=True)
class Announced:
    """A next meeting as notes announce it."""

    on: date
    starts: time | None = None
    host: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the notes of one day tell of it and of other days: whose notes they agree, which meetings they announce."""

    on: date
    starts: time | None = None
    place: str = ""
    agreed: tuple[date, ...] = ()
    announced: tuple[Announced, ...] = field(default=())


def told_by(doc: MinutesDoc, *, on: date, moved: Container[date] = ()) -> Told:
    """What these notes of this day tell; not of the days from which meetings were `moved` since."""
    return Told(
        on=on,
        starts=doc.starts,
        place=doc.place,
        agreed=tuple(line.on for line in doc.of_kind(Kind.AGREED) if line.on),
        announced=tuple(
            Announced(on=line.on, starts=line.starts, host=line.host, place=line.place)
            for line in doc.of_kind(Kind.NEXT_MEETING)
            if line.on and line.on not in moved
        ),
    )


def to_json(told: Told) -> dict[str, Any]:
    """What notes tell, fit for JSON."""
    return {
        "on": told.on.isoformat(),
        "starts": told.starts.isoformat() if told.starts else "",
        "place": told.place,
        "agreed": [on.isoformat() for on in told.agreed],
        "announced": [
            [one.on.isoformat(), one.starts.isoformat() if one.starts else "", one.host, one.place]
            for one in told.announced
        ],
    }


def from_json(values: Mapping[str, Any]) -> Told:
    """What notes tell, as `to_json` wrote it."""
    return Told(
        on=date.fromisoformat(values["on"]),
        starts=_time(values["starts"]),
        place=values["place"],
        agreed=tuple(date.fromisoformat(on) for on in values["agreed"]),
        announced=tuple(
            Announced(on=date.fromisoformat(on), starts=_time(starts), host=host, place=place)
            for on, starts, host, place in values["announced"]
        ),
    )


def _time(words: str) -> time | None:
    return time.fromisoformat(words) if words else None


def moved_since(meeting: Meeting) -> set[date]:
    """The days of meetings that this one's saved notes name and that were moved since; each one's page says why."""
    moved = Change.objects.filter(kind=Change.Kind.MOVED, meeting__lines_naming_it__meeting=meeting)
    return set(moved.values_list("was_on", flat=True))


def told_by_records() -> list[Told]:
    """What the notes recorded so far tell, by two queries.

    A meeting that was moved since is announced no more: its page says from which day, and why.
    """
    agreed: dict[int, list[date]] = {}
    announced: dict[int, list[Announced]] = {}
    lines = MinuteLine.objects.filter(kind__in=[Kind.AGREED, Kind.NEXT_MEETING], names_on__isnull=False)
    moved = Change.objects.filter(
        meeting=OuterRef("named_meeting"), was_on=OuterRef("names_on"), kind=Change.Kind.MOVED
    )
    lines = lines.exclude(Exists(moved), kind=Kind.NEXT_MEETING)
    for meeting, kind, on, words in lines.values_list("meeting", "kind", "names_on", "as_minuted"):
        if kind == Kind.AGREED:
            agreed.setdefault(meeting, []).append(on)
            continue
        starts = _time(words.get("starts", ""))
        announced.setdefault(meeting, []).append(
            Announced(on=on, starts=starts, host=words.get("host", ""), place=words.get("place", ""))
        )
    meetings = Meeting.objects.filter(minutes__isnull=False).values_list("pk", "on", "starts", "venue")
    return [
        Told(
            on=on,
            starts=starts,
            place=venue,
            agreed=tuple(agreed.get(key, ())),
            announced=tuple(announced.get(key, ())),
        )
        for key, on, starts, venue in meetings
    ]


def of_name(*, in_name: date | None, in_text: date | None) -> list[str]:
    """Whether the file's name and its text give two dates."""
    if in_name is None or in_text is None or in_name == in_text:
        return []
    return [
        (
            _("The file's name says %(named)s, its text %(written)s: the text counts unless you say otherwise.")
            % {"named": with_weekday(in_name), "written": with_weekday(in_text)}
        )
    ]


def between(told: Told, others: Iterable[Told]) -> list[str]:
    """What these notes and those of other days say differently of one meeting; of two on a day, one is enough."""
    by_day = {one.on: one for one in others if one.on != told.on}
    days = sorted({*by_day, told.on})
    return [*_agreed(told, days), *_announced(told, by_day, days), *_was_announced(told, by_day, days)]


def _agreed(told: Told, days: Sequence[date]) -> Iterator[str]:
    for on in told.agreed:
        if on >= told.on:
            yield _("The notes agree those of %(date)s, which is not before this meeting.") % {"date": with_weekday(on)}
        elif on not in days and (near := [one for one in days if one < told.on and abs(one - on) <= A_FEW_DAYS]):
            nearest = min(near, key=lambda one: abs(one - on))
            yield (
                _("The notes agree those of %(date)s: there are none of that day, but some of %(other)s.")
                % {"date": with_weekday(on), "other": with_weekday(nearest)}
            )


def _announced(told: Told, by_day: dict[date, Told], days: Sequence[date]) -> Iterator[str]:
    for one in told.announced:
        if held := by_day.get(one.on):
            yield from _differences(
                one, held, by=_("These notes announce"), of=_("the notes of %(date)s") % {"date": with_weekday(held.on)}
            )
        elif instead := _held_instead(one.on, announced_on=told.on, days=days):
            yield (
                _("These notes announce a meeting on %(date)s: there are no notes of that day, but some of %(other)s.")
                % {"date": with_weekday(one.on), "other": with_weekday(instead)}
            )


def _was_announced(told: Told, by_day: dict[date, Told], days: Sequence[date]) -> Iterator[str]:
    for other in sorted(by_day.values(), key=lambda one: one.on):
        for one in other.announced:
            if other.on >= told.on:
                continue
            if one.on == told.on:
                yield from _differences(
                    one,
                    told,
                    by=_("The notes of %(date)s announced") % {"date": with_weekday(other.on)},
                    of=_("these notes"),
                )
            elif one.on not in days and _held_instead(one.on, announced_on=other.on, days=days) == told.on:
                yield (
                    _("The notes of %(date)s announced a meeting on %(announced)s; these are of %(held)s.")
                    % {"date": with_weekday(other.on), "announced": with_weekday(one.on), "held": with_weekday(told.on)}
                )


def _held_instead(on: date, *, announced_on: date, days: Sequence[date]) -> date | None:
    """The day of the next notes, where it is so near the one announced that both must mean one meeting.

    Near is less than half of the time from the announcement: where the group meets each week, a week is not.
    """
    after = next((day for day in days if day > announced_on), None)
    if on <= announced_on or after is None or 2 * abs(after - on) >= after - announced_on:
        return None
    return after


def _differences(one: Announced, held: Told, *, by: str, of: str) -> Iterator[str]:
    if one.starts and held.starts and one.starts != held.starts:
        yield _("%(by)s %(said)s for %(date)s, %(of)s say %(other)s.") % {
            "by": by,
            "said": f"{one.starts:%H:%M}",
            "date": with_weekday(held.on),
            "of": of,
            "other": f"{held.starts:%H:%M}",
        }
    place = " ".join(part for part in (one.host, one.place) if part)
    if place and held.place and not _may_be_one_place(place, held.place):
        yield _("%(by)s %(said)s for %(date)s, %(of)s say %(other)s.") % {
            "by": by,
            "said": place,
            "date": with_weekday(held.on),
            "of": of,
            "other": held.place,
        }


def _may_be_one_place(one: str, other: str) -> bool:
    """Whether the two share a word that means something; a host in capitals may stand for a name (BCC)."""
    ours, theirs = (set(re.findall(r"[^\W\d_]{4,}", words.casefold())) - PLAIN for words in (one, other))
    short = re.findall(r"\b[A-Z]{2,5}\b", f"{one} {other}")
    return bool(ours & theirs or short or not ours or not theirs)
