"""The group in figures: what became of promises and wants, counted and laid out as bars. Nothing is per person.

Everyone reads the same numbers: those of what the public may read, in circulated notes, as it stands on a day.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from django.contrib.auth.models import AnonymousUser
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actions.models import Action
from wishlists.models import Entry
from wmodf.lib.dates import months_before

LONGEST_BAR = 80  # per cent of the width: the total is written after it

# How long something took: fewer months than this, and no fewer than the one before.
MONTHS = {"under-1-month": 1, "1-to-3-months": 3, "3-to-6-months": 6, "6-to-12-months": 12, "over-12-months": None}
# How long a want has waited, by the same ages as the list of data used and wanted is filtered by.
AGES = {"under-6-months": 6, "6-to-12-months": 12, "1-to-2-years": 24, "over-2-years": None}


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a bar: which series it is of, how many, and where it lies, in per cent of the picture's width."""

    kind: str
    label: str
    count: int
    x: str
    width: str


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One row of a figure: a number for each series, and the parts of its bar. `end` is where its total goes."""

    key: str
    label: str
    counts: list[int]
    parts: list[Part]
    end: str

    @property
    def total(self) -> int:
        """Of all series."""
        return sum(self.counts)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One picture with its numbers.

    `name` is in its addresses, `first` and `series` are the columns' names for programs and for people; `said` says
    what the picture shows, `empty` what will be there.
    """

    name: str
    title: str
    said: str
    empty: str
    first: tuple[str, str]
    series: list[tuple[str, str]]
    bars: list[Bar]

    @property
    def is_stacked(self) -> bool:
        """Whether a bar has several parts."""
        return len(self.series) > 1

    @property
    def total(self) -> int:
        """All that is counted."""
        return sum(bar.total for bar in self.bars)

    def table(self) -> list[list[str | int]]:
        """The numbers for programs, under one row of names."""
        names = [self.first[0], *(key for key, _label in self.series)]
        return [names, *([bar.key, *bar.counts] for bar in self.bars)]


def all_figures(*, on: date) -> list[Figure]:
    """All of them, by two queries."""
    spans = Action.objects.visible_to(AnonymousUser()).spans()
    wants = Entry.objects.visible_to(AnonymousUser()).wants().stands()
    return [
        promises_kept(spans, on=on),
        time_until_done(spans),
        time_open(spans, on=on),
        wants_by_state(wants),
        unmet_wants_by_age(wants, on=on),
    ]


def promises_kept(spans: list[tuple[date, date | None, str]], *, on: date) -> Figure:
    """What became of the actions raised in each year, years without any between them too."""
    counted = Counter((raised.year, status) for raised, _ended, status in spans)
    years = sorted({year for year, _status in counted})
    if years:
        years = sorted({*years, *range(years[0], on.year + 1)})
    states = {Action.Status.DONE: _("Done"), Action.Status.DROPPED: _("Dropped"), Action.Status.OPEN: _("Still open")}
    number = Counter(status for _raised, _ended, status in spans)
    said = _("Actions raised since %(year)s: %(all)d. Done: %(done)d; dropped: %(dropped)d; still open: %(open)d.")
    return Figure(
        name="promises-kept",
        title=_("Promises kept"),
        said=said % {"year": years[0], "all": len(spans), **{state.value: number[state] for state in states}}
        if years
        else "",
        empty=_("What became of the actions of each year will be here once notes with actions are circulated."),
        first=("raised_in", _("Raised in")),
        series=[(state.value, str(label)) for state, label in states.items()],
        bars=_bars(
            [(str(year), str(year)) for year in years],
            {(str(year), status): count for (year, status), count in counted.items()},
            [(state.value, label) for state, label in states.items()],
        ),
    )


def time_until_done(spans: list[tuple[date, date | None, str]]) -> Figure:
    """How long the actions that are done took, from the meeting that raised them."""
    took = [(raised, ended) for raised, ended, status in spans if status == Action.Status.DONE and ended]
    days = [max(0, (ended - raised).days) for raised, ended in took]
    said = ""
    if days:
        said = _("Actions done: %(all)d.") % {"all": len(days)}
    if len(days) > 3:  # of fewer, a half says nothing
        said = _("Actions done: %(all)d. Half of them were done within %(days)d days of being raised.") % {
            "all": len(days),
            "days": median_low(days),
        }
    return Figure(
        name="time-until-done",
        title=_("How long it took until an action was done"),
        said=said,
        empty=_("How long actions took will be here once some are done."),
        first=("time", _("Time")),
        series=[("done", _("Done"))],
        bars=_by_age(took, MONTHS, "done", _("Done")),
    )


def time_open(spans: list[tuple[date, date | None, str]], *, on: date) -> Figure:
    """How long the actions that are open have been so."""
    waiting = [(raised, on) for raised, _ended, status in spans if status in Action.OPEN_STATUSES]
    return Figure(
        name="time-open",
        title=_("How long open actions have waited"),
        said=_of_the_oldest(_("Actions open today: %(all)d. The oldest was raised on %(day)s."), waiting),
        empty=_("No action is open. How long open ones have waited will be here."),
        first=("time", _("Time")),
        series=[("open", _("Still open"))],
        bars=_by_age(waiting, MONTHS, "open", _("Still open")),
    )


def wants_by_state(wants: list[tuple[date, str]]) -> Figure:
    """How the wants stand, in the order in which a want goes on."""
    counted = Counter(status for _raised, status in wants)
    unmet = sum(counted[status] for status in Entry.UNMET_STATUSES)
    said = ""
    if wants:
        said = _("Data wanted: %(all)d. Released: %(released)d; refused: %(refused)d; not yet met: %(unmet)d.") % {
            "all": len(wants),
            "released": counted[Entry.Status.RELEASED],
            "refused": counted[Entry.Status.REFUSED],
            "unmet": unmet,
        }
    rows = [(status.value, str(status.label).capitalize()) for status in Entry.Status if status]
    return Figure(
        name="wants-by-state",
        title=_("What became of data wanted"),
        said=said,
        empty=_("What became of the data that members want will be here once circulated notes name some."),
        first=("state", _("State")),
        series=[("wants", _("Wants"))],
        bars=_bars(rows if wants else [], {(status, "wants"): n for status, n in counted.items()}, [("wants", "")]),
    )


def unmet_wants_by_age(wants: list[tuple[date, str]], *, on: date) -> Figure:
    """How long wants that are neither met nor refused have waited."""
    waiting = [(raised, on) for raised, status in wants if status in Entry.UNMET_STATUSES]
    return Figure(
        name="unmet-wants-by-age",
        title=_("How long data has been wanted"),
        said=_of_the_oldest(_("Wants not yet met: %(all)d. The oldest was first said on %(day)s."), waiting),
        empty=_("No want is waiting. How long those not yet met have waited will be here."),
        first=("time", _("Time")),
        series=[("wants", _("Wants"))],
        bars=_by_age(waiting, AGES, "wants", _("Wants")),
    )


def _of_the_oldest(said: str, waiting: list[tuple[date, date]]) -> str:
    """The sentence with the number of those that wait and the day of the oldest; empty where none does."""
    return said % {"all": len(waiting), "day": date_format(min(waiting)[0])} if waiting else ""


def _by_age(spans: Iterable[tuple[date, date]], ages: dict[str, int | None], kind: str, label: str) -> list[Bar]:
    """One bar for each age, of one series; none where there is nothing to count."""
    counted = Counter((_age_of(start, end, ages), kind) for start, end in spans)
    labels = {
        "under-1-month": _("Up to 1 month"),
        "1-to-3-months": _("1 to 3 months"),
        "3-to-6-months": _("3 to 6 months"),
        "under-6-months": _("Up to 6 months"),
        "6-to-12-months": _("6 to 12 months"),
        "over-12-months": _("Over a year"),
        "1-to-2-years": _("1 to 2 years"),
        "over-2-years": _("Over 2 years"),
    }
    return _bars([(age, labels[age]) for age in ages] if counted else [], counted, [(kind, label)])


def _age_of(start: date, end: date, ages: dict[str, int | None]) -> str:
    """The first of the ages whose months hold the time between the days."""
    return next(age for age, months in ages.items() if months is None or start >= months_before(end, months))


def _bars(rows: list[tuple[str, str]], counted: dict[tuple[str, str], int], series: list[tuple[str, str]]) -> list[Bar]:
    """The rows as bars, all by one scale that begins at nothing; `counted` is by row and series."""
    table = {key: [counted.get((key, kind), 0) for kind, _label in series] for key, _label in rows}
    longest = max((sum(counts) for counts in table.values()), default=0)
    return [_bar(key, label, table[key], series, longest or 1) for key, label in rows]


def _bar(key: str, label: str, counts: list[int], series: list[tuple[str, str]], longest: int) -> Bar:
    """One row's bar: a part for each series that it has any of, from the left."""
    parts, before = [], 0
    for (kind, words), count in zip(series, counts, strict=True):
        if count:
            x, width = _per_cent(before, longest), _per_cent(count, longest)
            parts.append(Part(kind=kind, label=words, count=count, x=x, width=width))
        before += count
    return Bar(key=key, label=label, counts=counts, parts=parts, end=_per_cent(before, longest))


def _per_cent(count: int, longest: int) -> str:
    """A length, as SVG writes it in every language."""
    return f"{count / longest * LONGEST_BAR:.3f}%"
