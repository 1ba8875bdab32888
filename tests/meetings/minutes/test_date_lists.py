"""A list of coming dates read line by line."""

from datetime import date, time

import pytest

from meetings.minutes.date_lists import DateLine, read_dates

TODAY = date(2026, 11, 28)
KNOWN = {"Thornbeck", "Aldermere City Council", "University of Wrexcombe"}


def read(text) -> list[DateLine]:
    return read_dates(text, today=TODAY, is_organisation=lambda words: words in KNOWN)


def told(text) -> tuple:
    (line,) = read(text)
    return line.on, line.starts, line.ends, line.host, line.place, line.is_provisional


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "14 January 2027, 11:00–13:00, Aldermere City Council",
            (date(2027, 1, 14), time(11), time(13), "Aldermere City Council", "", False),
        ),
        ("Wed 10 March 2027 11am Thornbeck; tentative", (date(2027, 3, 10), time(11), None, "Thornbeck", "", True)),
        (
            "14/04/2027\t11:00\t13:00\tWeirham CC\tRoom 3",
            (date(2027, 4, 14), time(11), time(13), "Weirham CC", "Room 3", False),
        ),
        ("2027-04-14,11.00,13.00,Thornbeck", (date(2027, 4, 14), time(11), time(13), "Thornbeck", "", False)),
        (
            "12 May 2027 (TBC) 2-4pm hosted by University of Wrexcombe at Lecture Hall B",
            (date(2027, 5, 12), time(14), time(16), "University of Wrexcombe", "Lecture Hall B", True),
        ),
        ("9 June, 10.30am to 12.30pm - Teams", (date(2027, 6, 9), time(10, 30), time(12, 30), "", "Teams", False)),
        (
            "Wednesday, 8 September 2027, from 11:00 until 13:00, Town Hall, Thornbeck (confirmed)",
            (date(2027, 9, 8), time(11), time(13), "Thornbeck", "Town Hall", False),
        ),
        (
            "1. 1st December at noon, Room 5, Thornbeck",
            (date(2026, 12, 1), time(12), None, "Thornbeck", "Room 5", False),
        ),
        ("14\xa0January\xa02027", (date(2027, 1, 14), None, None, "", "", False)),
        ("Weirham, 3 February 2027", (date(2027, 2, 3), None, None, "Weirham", "", False)),
    ],
)
def test_what_a_line_tells(text, expected):
    assert told(text) == expected
    assert read(text)[0].remarks == ()


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("Wed 11 March 2027 Thornbeck", "Wed 11 March 2027: 11 March 2027 is a Thursday."),
        ("31 February 2027", "31 February 2027: there is no such day."),
        ("8 Sept and 10 Nov 2027", "There is more than one date in this line: write each on a line of its own."),
        ("some time in spring", "There is no date in this line."),
    ],
)
def test_a_day_that_is_not_clear_is_left_empty_and_said(text, remark):
    (line,) = read(text)
    assert line.on is None
    assert line.line == text
    assert line.remarks[0].startswith(remark)


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("28 March 2027 01:30", "01:30: the clocks go forward that night, so there is no such hour."),
        ("14 January 2027 13:00-11:00", "13:00-11:00: the end is not after the start."),
        ("14/01/2027\t13:00\t11:00", "14/01/2027 13:00 11:00: the end is not after the start."),
    ],
)
def test_a_time_that_cannot_be_is_left_empty_and_said(text, remark):
    (line,) = read(text)
    assert (line.on is not None, line.starts, line.ends) == (True, None, None)
    assert line.remarks[0].startswith(remark)


def test_what_is_not_understood_is_said():
    (line,) = read("10 November 2027, 1100, Thornbeck, Room 5, bring lunch")
    assert (line.starts, line.host, line.place) == (None, "Thornbeck", "Room 5")
    assert line.remarks == ("Not understood, and left out: 1100; bring lunch.",)


def test_a_year_comes_from_a_heading_or_from_the_line_before():
    lines = read("Dates for 2028\n\n10 February\n6 December\n7 February\n")
    assert [line.is_heading for line in lines] == [True, False, False, False]
    assert [line.on for line in lines[1:]] == [date(2028, 2, 10), date(2028, 12, 6), date(2029, 2, 7)]
    assert read("10 February")[0].on == date(2027, 2, 10)


@pytest.mark.parametrize("text", ["", "\n \n\t\n"])
def test_nothing_is_no_line(text):
    assert read(text) == []


@pytest.mark.parametrize("text", ["\t" * 500, "1/1/2027 " * 300, "(" * 900 + "1 May 2027" + ")" * 900, "9" * 2000])
def test_hostile_lines_are_read_quickly(text):
    read(text)
