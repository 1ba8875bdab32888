"""People, organisations and memberships after Popolo (https://www.popoloproject.com/specs/), as far as they are public.

Identifiers are the addresses of their pages. What Popolo has no word for is left to the tables.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from wmodf.lib.tabular import json_list, json_text
from wmodf.lib.urls import absolute
from wmodf.open_data.people import MEMBERSHIPS, ORGANISATIONS, PEOPLE
from wmodf.open_data.structure import Table


def popolo(*, on: date) -> Iterator[str]:
    """The three lists, row by row."""
    parts = {"persons": (PEOPLE, _person), "organizations": (ORGANISATIONS, _organisation)}
    parts["memberships"] = (MEMBERSHIPS, _membership)
    before = "{"
    for name, (table, form) in parts.items():
        yield f"{before}{json_text(name)}:"
        yield from json_list(_without_empty(row) for row in _objects(table, form, on=on))
        before = ","
    yield "}\n"


def _objects(table: Table, form: Callable[[dict[str, Any]], dict[str, Any]], *, on: date) -> Iterator[dict[str, Any]]:
    names = table.names
    return (form(dict(zip(names, row, strict=True))) for row in table.rows(on=on))


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    """Popolo leaves out what is not known."""
    return {name: value for name, value in values.items() if value not in ("", None, [])}


def _address(name: str, key: int | None) -> str | None:
    return absolute(reverse(name, args=[key])) if key is not None else None


def _person(row: dict[str, Any]) -> dict[str, Any]:
    return {"id": row["url"], "name": row["name"], "sort_name": row["sort_name"]}


def _organisation(row: dict[str, Any]) -> dict[str, Any]:
    others = [part.strip() for part in row["short_names"].split(",")]
    return {
        "id": row["url"],
        "name": row["name"],
        "other_names": [{"name": name} for name in others if name],
        "abstract": row["description"],
        "links": [{"url": row["website"], "note": "website"}] if row["website"] else [],
    }


def _membership(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"{absolute(reverse('open_data'))}#membership-{row['id']}",
        "person_id": _address("person_detail", row["person_id"]),
        "organization_id": _address("organisation_detail", row["organisation_id"]),
        "on_behalf_of_id": _address("organisation_detail", row["on_behalf_of_id"]),
        "role": row["role"],
        "start_date": row["start_date"],
        "end_date": row["end_date"],
    }
