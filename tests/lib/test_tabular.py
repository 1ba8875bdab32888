"""Rows as CSV and JSON."""

import csv
import io
import json
from datetime import date, time

import pytest

from wmodf.lib.tabular import csv_lines, json_list, json_objects

pytestmark = pytest.mark.without_database

FORMULAS = ["=1+1", "+44 20", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("https://x.example")', "＝1"]


@pytest.mark.parametrize("words", FORMULAS)
def test_words_that_a_spreadsheet_would_run_are_words(words):
    line = next(csv.reader(io.StringIO("".join(list(csv_lines(["a"], [[words]]))[1:]), newline="")))
    assert line == [f"'{words}"]
    assert json.loads("".join(json_objects(["a"], [[words]]))) == [{"a": words}]


def test_numbers_dates_and_other_words_stay():
    row = [-5, date(2026, 1, 28), time(11), True, False, None, "", "a - b", "'quoted", 'say "x", y\r\nz']
    names = list("abcdefghij")
    text = "".join(csv_lines(names, [row]))
    assert text == ('a,b,c,d,e,f,g,h,i,j\r\n-5,2026-01-28,11:00:00,true,false,,,a - b,\'quoted,"say ""x"", y\r\nz"\r\n')
    found = json.loads("".join(json_objects(names, [row])))
    expected = [-5, "2026-01-28", "11:00:00", True, False, None, "", "a - b", "'quoted", 'say "x", y\r\nz']
    assert found == [dict(zip(names, expected, strict=True))]


@pytest.mark.parametrize("values", [[], [1], [1, "ü", None]])
def test_a_list_is_written_a_value_at_a_time(values):
    assert json.loads("".join(json_list(iter(values)))) == values


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="zip"):
        list(json_objects(["a", "b"], [[1]]))
