"""A list of coming dates as people type or paste it: one meeting a line, with times, host and place as far as told.

No database: who knows which words name an organisation says so by a function.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time

from meetings.minutes.dates import DAY_NAMES, TIMES, WEEKDAY, Written, find_dates, find_times, missing_hour, resolve
from meetings.minutes.next_meetings import AN_ORGANISATION, ONLINE

HOSTED = re.compile(r"(?:hosted by|hosts?:|hosting:|host)\s+", re.IGNORECASE)
PLACED = re.compile(r"(?:venue|place|location)\s*:?\s+|(?:at|in|from|@)\s+", re.IGNORECASE)
CUT = re.compile(r"[,;|\t()]|\s[-–—]\s|\s-\s?$|(?<=\w)\s+(?=(?:at|hosted by)\s)", re.IGNORECASE)
PROVISIONAL = re.compile(
    r"\(?\b(?:tentative(?:ly)?|provisional(?:ly)?|tb[cad]|to be confirmed|date tb[ca])\b\)?[?]?", re.IGNORECASE
)
SETTLED = re.compile(r"\b(?:confirmed|definite)\b", re.IGNORECASE)
YEAR_ALONE = re.compile(r"\b(?P<year>20\d\d)\b(?![-/]\d)")
LONE_WORD = re.compile(rf"(?:and|at|from|on|the|to|until|till|{WEEKDAY})", re.IGNORECASE)
NUMBERING = re.compile(r"\d{1,2}")
EDGE = " \t.,;:–—-|@"


@dataclass(frozen=True, kw_only=True)
class DateLine:
    """One line of the list: the day and what else it tells, or why there is no day.

    `remarks` are sentences on what was not understood; `is_heading` says that nothing in the line is like a date.
    """

    line: str
    on: date | None = None
    starts: time | None = None
    ends: time | None = None
    host: str = ""
    place: str = ""
    is_provisional: bool = False
    remarks: tuple[str, ...] = ()
    is_heading: bool = False


def read_dates(text: str, *, today: date, is_organisation: Callable[[str], bool]) -> list[DateLine]:
    """The lines that are not empty, in order.

    A date without a year is the next one after the line before it, or after today; a heading may tell the year.
    """
    found, near = [], today
    for raw in text.splitlines():
        line = " ".join(part for part in re.split(r"[ \xa0\u202f]+", raw.replace("\t", " \t ")) if part).strip()
        if not line:
            continue
        one = _read_line(line.replace(" \t ", "\t"), near=near, is_organisation=is_organisation)
        found.append(one)
        year = YEAR_ALONE.search(line) if one.is_heading else None
        near = one.on or (date(int(year["year"]), 1, 1) if year else near)
    return found


def _read_line(line: str, *, near: date, is_organisation: Callable[[str], bool]) -> DateLine:
    dates = list(find_dates(line))
    shown = " ".join(line.split())
    if not dates:
        return DateLine(line=shown, remarks=("There is no date in this line.",), is_heading=True)
    written = dates[0]
    if len(dates) > 1:
        msg = "There is more than one date in this line: write each on a line of its own."
        return DateLine(line=shown, remarks=(msg,))
    on, problem = resolve(written, near=near, after=True)
    remarks = [problem] if problem else []
    times = find_times(line, written.end, len(line)) or find_times(line, 0, written.start)
    starts = ends = None
    cuts = [(written.start, written.end)]
    if times:
        match, starts, ends, wrong = times
        cuts.append(match.span())
        if ends is None and not wrong and (second := _next_cell(line, match.end())):
            cuts.append(second.span())
            ends = find_times(line, *second.span())[1]  # type: ignore[index]
            wrong = "" if ends and starts and ends > starts else f"{shown}: the end is not after the start."
        if on and not wrong and any(clock and missing_hour(on, clock) for clock in (starts, ends)):
            wrong = f"{match.group()}: the clocks go forward that night, so there is no such hour."
        if wrong:
            remarks.append(wrong)
            starts = ends = None
    rest = _without(line, cuts)
    is_provisional = PROVISIONAL.search(rest) is not None
    rest = SETTLED.sub(" ", PROVISIONAL.sub(" ", rest))
    host, place, left = _host_and_place(list(_parts(rest, written)), is_organisation)
    if left:
        remarks.append(f"Not understood, and left out: {'; '.join(left)}.")
    return DateLine(
        line=shown,
        on=on,
        starts=starts,
        ends=ends,
        host=host,
        place=place,
        is_provisional=is_provisional,
        remarks=tuple(remarks),
    )


def _next_cell(line: str, at: int) -> re.Match[str] | None:
    """The time that stands alone in the next cell of a table: when the meeting ends."""
    gap = re.compile(r"\s*[\t,;|]\s*").match(line, at)
    return TIMES.match(line, gap.end()) if gap else None


def _without(line: str, cuts: list[tuple[int, int]]) -> str:
    """The line with a cut for each of these stretches."""
    for start, end in sorted(cuts, reverse=True):
        line = f"{line[:start]},{line[end:]}"
    return line


def _parts(rest: str, written: Written) -> Iterator[str]:
    """What is left of a line between its marks, without words that lead nowhere."""
    for part in CUT.split(rest):
        words = part.strip(EDGE)
        is_weekday = words in DAY_NAMES and (written.weekday is None or DAY_NAMES[written.weekday] == words)
        if words and not is_weekday and not LONE_WORD.fullmatch(words) and not NUMBERING.fullmatch(words):
            yield words


def _host_and_place(parts: list[str], is_organisation: Callable[[str], bool]) -> tuple[str, str, list[str]]:
    """Who hosts, where, and what else is said: labels first, then known names, then what looks like either."""
    host, place = "", ""
    left: list[str] = []
    for part in parts:
        labelled = HOSTED.match(part)
        at = PLACED.match(part)
        words = part[labelled.end() :] if labelled else part[at.end() :] if at else part
        if part.isdecimal():
            left.append(part)
        elif not host and (labelled or is_organisation(words)):
            host = words
        elif not place and (at or ONLINE.fullmatch(words)):
            place = words
        else:
            left.append(words)
    unread = [words for words in left if words.isdecimal()]
    left = [words for words in left if not words.isdecimal()]
    for words in list(left):
        if not host and AN_ORGANISATION.fullmatch(words):
            host = words
            left.remove(words)
    if left and not host:
        host = left.pop(0)
    if left and not place:
        place = left.pop(0)
    return host, place, unread + left
