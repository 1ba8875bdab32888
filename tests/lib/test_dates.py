"""wmodf.lib.dates: the hours that the clocks of London skip and show twice."""

from datetime import date, time

import pytest

from wmodf.lib.clocks import exists_in_london, happens_twice_in_london
from wmodf.lib.dates import months_before


@pytest.mark.parametrize(
    ("on", "at", "exists", "twice"),
    [
        (date(2026, 3, 29), time(0, 59), True, False),
        (date(2026, 3, 29), time(1, 0), False, False),
        (date(2026, 3, 29), time(1, 30), False, False),
        (date(2026, 3, 29), time(1, 59), False, False),
        (date(2026, 3, 29), time(2, 0), True, False),
        (date(2026, 3, 28), time(1, 30), True, False),
        (date(2026, 10, 25), time(0, 59), True, False),
        (date(2026, 10, 25), time(1, 0), True, True),
        (date(2026, 10, 25), time(1, 59), True, True),
        (date(2026, 10, 25), time(2, 0), True, False),
        (date(1970, 1, 1), time(11, 0), True, False),
        (date(1, 1, 1), time(0, 0), True, False),
        (date(9999, 12, 31), time(23, 59), True, False),
    ],
)
def test_hours_of_london(on, at, exists, twice):
    assert (exists_in_london(on, at), happens_twice_in_london(on, at)) == (exists, twice)


@pytest.mark.parametrize(
    ("on", "months", "before"),
    [
        (date(2026, 8, 15), 6, date(2026, 2, 15)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 1, 31), 12, date(2025, 1, 31)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 3, 10), 24, date(2024, 3, 10)),
        (date(2026, 12, 31), 1, date(2026, 11, 30)),
        (date(2026, 1, 1), 1, date(2025, 12, 1)),
    ],
)
def test_months_before(on, months, before):
    assert months_before(on, months) == before
