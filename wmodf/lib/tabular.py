"""Rows as CSV (RFC 4180) and as JSON, piece by piece. No database."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

# With one of these first, a spreadsheet takes words for a formula and runs it, the wide ones in some languages.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Row = list[Any]


class _Echo:
    """What a writer writes to, to get it back."""

    def write(self, text: str) -> str:
        return text


def cell(value: object) -> object:
    """The value as it stands in CSV: words that a spreadsheet would run get an apostrophe before them."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def csv_lines(names: Iterable[str], rows: Iterable[Row]) -> Iterator[str]:
    """The names, then the rows, each a line; dates and times as ISO 8601 has them."""
    writer = csv.writer(_Echo())
    yield writer.writerow(list(names))
    for row in rows:
        yield writer.writerow([cell(value) for value in row])


def json_text(value: object) -> str:
    """The value as JSON, dates and times as ISO 8601 has them; words are left as they are."""
    return json.dumps(value, default=str, ensure_ascii=False, separators=(",", ":"))


def json_list(values: Iterable[object]) -> Iterator[str]:
    """A JSON list, a value a line."""
    before = "[\n"
    for value in values:
        yield f"{before}{json_text(value)}"
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def json_objects(names: Iterable[str], rows: Iterable[Row]) -> Iterator[str]:
    """A JSON list of objects, one a row."""
    keys = list(names)
    return json_list(dict(zip(keys, row, strict=True)) for row in rows)
