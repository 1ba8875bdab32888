"""Dates and times as British notes write them."""

from datetime import date, time

import pytest

from meetings.minutes.dates import find_dates, find_times, missing_hour, resolve

NEAR = date(2019, 5, 14)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Tuesday 4th June 2019", date(2019, 6, 4)),
        ("Wednesday 12, June 2019", date(2019, 6, 12)),
        ("Thursday 6 June, 2019", date(2019, 6, 6)),
        ("8thJuly", date(2019, 7, 8)),
        ("3 Dec", date(2019, 12, 3)),
        ("3 Feb.", date(2020, 2, 3)),
        ("June 4th, 2019", date(2019, 6, 4)),
        ("4/6/19", date(2019, 6, 4)),
        ("04.06.2019", date(2019, 6, 4)),
        ("2019-06-04", date(2019, 6, 4)),
        ("4-Jun-2019", date(2019, 6, 4)),
        ("8 August ‘23", date(2023, 8, 8)),
        ("4th of June", date(2019, 6, 4)),
    ],
)
def test_a_date(words, day):
    (written,) = find_dates(f"On {words} we met")
    assert resolve(written, near=NEAR, after=True) == (day, "")


@pytest.mark.parametrize("words", ["11.00-13.00", "the 20 may attend", "1/2", "£12.10.19", "3.2.1.4"])
def test_no_date(words):
    assert list(find_dates(words)) == []


@pytest.mark.parametrize("words", ["31 February 2020", "31/02/2020", "Monday 4 June 2019", "32/25/2019"])
def test_a_date_that_cannot_be(words):
    (written,) = find_dates(words)
    day, problem = resolve(written, near=NEAR, after=True)
    assert day is None
    assert problem.startswith(words)


@pytest.mark.parametrize(
    ("words", "starts", "ends"),
    [
        ("11.00-13.00", time(11), time(13)),
        ("7pm", time(19), None),
        ("6-8pm", time(18), time(20)),
        ("10-1pm", time(10), time(13)),
        ("7.30pm to 9pm", time(19, 30), time(21)),
        ("12 noon", time(12), None),
        ("9:30am", time(9, 30), None),
    ],
)
def test_times(words, starts, ends):
    found = find_times(f"at {words} we met", 0, len(words) + 10)
    assert found is not None
    assert found[1:] == (starts, ends, "")


def test_an_end_before_its_start():
    found = find_times("13.00-11.00", 0, 11)
    assert found is not None
    assert "the end is not after the start" in found[3]


@pytest.mark.parametrize(
    ("day", "missing"), [(date(2020, 3, 29), True), (date(2020, 3, 28), False), (date(2020, 10, 25), False)]
)
def test_the_hour_that_clocks_skip(day, missing):
    assert missing_hour(day, time(1, 30)) is missing
