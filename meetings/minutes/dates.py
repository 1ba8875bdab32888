"""British dates and times as people write them in notes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SLIPS = {"spe": 9, "ocot": 10, "febu": 2}
LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary|uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|spetember|oct(?:ober)?|ocotber|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
YEAR = r"(?:(?:19|20)\d\d|['’‘]\d\d)(?!\d)"

DATE = re.compile(
    rf"(?:(?<![\w/£$])|(?<=day))(?:(?P<weekday>{WEEKDAY})(?:\b[,.]?\s{{1,3}}(?:the\s)?|(?=\d)))?"
    rf"(?:(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?![\d-])"
    rf"|(?P<day>\d{{1,2}})\s?(?:st|nd|rd|th)?(?P<last>\s?[-–/&]\s?\d{{1,2}}(?:st|nd|rd|th)?)?,?\s{{0,3}}(?:of\s"
    rf"|[-–])?(?P<month>{MONTH})(?:[,\s-]{{0,3}}(?P<year>{YEAR})|\s(?P<short>\d\d)(?=\s{{0,3}}(?:$|[\n,;)])))?"
    rf"|(?P<month2>{MONTH})\s{{1,3}}(?P<day2>\d{{1,2}})(?![\d.:])(?:st|nd|rd|th)?(?:,?\s{{1,3}}(?P<year2>{YEAR}))?"
    r"|(?P<day3>\d{1,2})(?P<sep>[/.-])(?P<month3>\d{1,2})(?P=sep)(?P<year3>(?:19|20)\d\d|\d\d)(?![\d/:]|[.-]\d))",
    re.IGNORECASE,
)
# "26/9", where only a date can stand.
DAY_AND_MONTH = re.compile(r"(?<![\w/.])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\w/]|\.\d)")
MONTH_AND_YEAR = re.compile(rf"\b(?P<month>{MONTH})\s{{1,3}}(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)

CLOCK = r"(?:\d{1,2}[.:]\d\d\s?(?:[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?|(?:12\s)?noon\b|midday\b)"
TIMES = re.compile(
    rf"(?<![\w£$./:])(?P<starts>{CLOCK}|\d{{1,2}}(?=\s{{0,2}}[-–—]\s{{0,2}}\d{{1,2}}(?:[.:]\d\d)?\s?[ap]m"
    rf"|[-–—]\d{{1,2}}[.:]\d\d(?!\d)))"
    rf"(?:\s{{0,2}}(?:[-–—]|to|until)\s{{0,2}}(?P<ends>{CLOCK}))?(?![\d/])",
    re.IGNORECASE,
)
CLOCK_PARTS = re.compile(r"(\d{1,2})(?:[.:](\d\d))?\s?([ap])?", re.IGNORECASE)


@dataclass(frozen=True)
class Written:
    """A date as written, at ``start`` to ``end``; ``year`` and ``weekday`` may be missing."""

    start: int
    end: int
    text: str
    day: int
    month: int
    year: int | None
    weekday: int | None


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[Written]:
    """The dates between two positions, in order."""
    for found in DATE.finditer(text, start, len(text) if end is None else end):
        if found["month"] != "may":  # "the 20 may attend" names no day
            yield _written(found)


def find_short_date(text: str, start: int, end: int) -> Written | None:
    """A day and a month as numbers ("26/9"), where only a date can stand."""
    found = DAY_AND_MONTH.search(text, start, end)
    if not found:
        return None
    return Written(*found.span(), found.group(), int(found["day"]), int(found["month"]), None, None)


def date_at(text: str, start: int, end: int) -> Written | None:
    """The date that begins exactly here."""
    found = DATE.match(text, start, end)
    return _written(found) if found else None


def _written(found: re.Match[str]) -> Written:
    year: int | None
    if found["iso"]:
        year, month, day = (int(part) for part in found["iso"].split("-"))
    else:
        day = int(found["day"] or found["day2"] or found["day3"])
        month = int(found["month3"]) if found["month3"] else month_number(found["month"] or found["month2"])
        year = _year(found["year"] or found["short"] or found["year2"] or found["year3"])
        # Day first, as the British write it; "10/23/2017" can only be the other order.
        if found["month3"] and day <= 12 < month <= 31:
            day, month = month, day
    weekday = WEEKDAYS.index(found["weekday"].lower()[:3]) if found["weekday"] else None
    end = found.end()
    # A full stop after an abbreviated month that ends the sentence is no part of the date.
    if found.group().endswith("."):
        end -= 1
    return Written(found.start(), end, found.string[found.start() : end], day, month, year, weekday)


def month_number(word: str) -> int:
    """The number of a month by its name, its first letters or a common slip."""
    word = word.lower()
    for slip, month in SLIPS.items():
        if word.startswith(slip) and word[:3] not in MONTHS:
            return month
    return MONTHS.index(word[:3]) + 1


def _year(digits: str | None) -> int | None:
    if not digits:
        return None
    number = int(digits.strip("'’‘"))
    if number >= 100:
        return number
    return 1900 + number if number >= 70 else 2000 + number


def resolve(written: Written, *, near: date | None, after: bool) -> tuple[date | None, str]:
    """The date meant, or None and why not.

    A missing year is taken from ``near``: the next such day after it, or the last one up to it.
    """
    year = written.year
    if not 1 <= written.month <= 12 or not 1 <= written.day <= LONGEST[written.month - 1]:
        return None, f"{written.text}: there is no such day. Please write the date again."
    if year is None:
        if near is None:
            return None, f"{written.text}: which year? Please write the date with its year."
        year = _year_near(written, near, after=after)
    try:
        day = date(year, written.month, written.day)
    except ValueError:
        return None, f"{written.text}: there is no such day. Please write the date again."
    if written.weekday is not None and day.weekday() != written.weekday:
        right = DAY_NAMES[day.weekday()]
        return None, f"{written.text}: {day.day} {day:%B %Y} is a {right}. Please put the day or the date right."
    return day, ""


def _year_near(written: Written, near: date, *, after: bool) -> int:
    this = (written.month, written.day)
    that = (near.month, near.day)
    if after:
        return near.year if this >= that else near.year + 1
    return near.year if this <= that else near.year - 1


def find_times(text: str, start: int, end: int) -> tuple[re.Match[str], time | None, time | None, str] | None:
    """The first time, or first pair of times, between two positions; with what is wrong with it, if anything."""
    found = TIMES.search(text, start, end)
    if not found:
        return None
    second = _clock(found["ends"]) if found["ends"] else None
    first = _clock(found["starts"], other=found["ends"] or "")
    problem = ""
    if first is None or (found["ends"] and second is None):
        problem = f"{found.group()}: there is no such time. Please write it again."
    elif second is not None and second <= first:
        problem = f"{found.group()}: the end is not after the start. Please write the times again."
    return found, first, second, problem


def _clock(words: str, other: str = "") -> time | None:
    if "noon" in words.lower() or "midday" in words.lower():
        return time(12)
    parts = CLOCK_PARTS.match(words)
    if not parts:
        return None
    hour, minute = int(parts[1]), int(parts[2] or 0)
    half = (parts[3] or "").lower()
    if not half and re.search(r"p\.?m", other, re.IGNORECASE):
        late = CLOCK_PARTS.match(other)
        # "6-8pm" is six in the evening, "10-1pm" ten in the morning.
        half = "p" if late and hour < int(late[1]) % 12 + 12 * (int(late[1]) == 12) and hour < 12 else ""
    if half and not 1 <= hour <= 12:
        return None
    # Nobody meets at half past four in the morning: "4.30", but not "04:30", is in the afternoon.
    if not half and parts[2] and len(parts[1]) == 1 and 1 <= hour <= 7 and "a" not in other.lower():
        half = "p"
    if half == "p" and hour < 12:
        hour += 12
    if half == "a" and hour == 12:
        hour = 0
    return time(hour, minute) if hour <= 23 and minute <= 59 else None


def missing_hour(day: date, clock: time) -> bool:
    """Whether British clocks skip this hour on this day (the last Sunday in March, 01:00 to 01:59)."""
    local = datetime.combine(day, clock, tzinfo=LONDON)
    return local.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None)


def resolve_near(written: Written, day: date | None) -> tuple[date | None, str]:
    """A date that may lack its year, which a day known from elsewhere lends it, before or after; and what is wrong."""
    if written.year is not None or day is None:
        return resolve(written, near=None, after=True)
    after, problem = resolve(written, near=day, after=True)
    before, _ = resolve(written, near=day, after=False)
    if after and before:
        return min(after, before, key=lambda found: abs(found - day)), ""
    return (before, "") if before else (after, problem)


def day_of(written: Written, day: date | None) -> date | None:
    """The day as written, whatever its weekday."""
    return resolve_near(replace(written, weekday=None), day)[0]
