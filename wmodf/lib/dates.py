"""Dates and times as people in Britain write them and clocks there show them."""

from calendar import monthrange
from datetime import date, datetime

from django.utils.formats import date_format

from wmodf.lib.clocks import LONDON


def is_plausible(on: date) -> bool:
    """Whether anybody alive may have met on the day, or may plan to: calendars count years before and after it."""
    return 1900 <= on.year < 2200


def months_before(on: date, months: int) -> date:
    """The same day of the month, so many months earlier; the month's last day where it has no such day."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def in_words(on: date) -> str:
    """3 May 2026."""
    return date_format(on, "j F Y")


def with_weekday(on: date) -> str:
    """Sunday 3 May 2026."""
    return date_format(on, "l j F Y")


def day_words(at: datetime) -> str:
    """The day on London's clocks: 3 May 2026."""
    day = at.astimezone(LONDON)
    return in_words(day)
