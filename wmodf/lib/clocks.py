"""What clocks show in Britain, without Django: calendars are made of it."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def exists_in_london(on: date, at: time) -> bool:
    """False for the hour that the clocks skip on the last Sunday in March."""
    wall = datetime.combine(on, at)
    return wall.replace(tzinfo=LONDON).astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == wall


def happens_twice_in_london(on: date, at: time) -> bool:
    """True for the hour that the clocks show twice on the last Sunday in October."""
    wall = datetime.combine(on, at, tzinfo=LONDON)
    return wall.utcoffset() != wall.replace(fold=1).utcoffset() and exists_in_london(on, at)
