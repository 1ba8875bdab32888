"""Dates and times as people in Britain write them and clocks there show them."""

from calendar import monthrange
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def is_plausible(on: date) -> bool:
    """Whether anybody alive may have met on the day, or may plan to: calendars count years before and after it."""
    return 1900 <= on.year < 2200


def exists_in_london(on: date, at: time) -> bool:
    """False for the hour that the clocks skip on the last Sunday in March."""
    wall = datetime.combine(on, at)
    return wall.replace(tzinfo=LONDON).astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == wall


def happens_twice_in_london(on: date, at: time) -> bool:
    """True for the hour that the clocks show twice on the last Sunday in October."""
    wall = datetime.combine(on, at, tzinfo=LONDON)
    return wall.utcoffset() != wall.replace(fold=1).utcoffset() and exists_in_london(on, at)


def months_before(on: date, months: int) -> date:
    """The same day of the month, so many months earlier; the month's last day where it has no such day."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
