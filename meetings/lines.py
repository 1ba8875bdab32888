"""A line of a MinutesDoc and its row: the fields that a row keeps as minuted."""

from dataclasses import replace
from datetime import date, time

from meetings.minutes.structure import Kind, Line
from meetings.models import MinuteLine

FIELDS_AS_MINUTED = ("owners", "due", "due_on", "outcome", "who", "starts", "ends", "host", "place", "note")


def as_minuted(line: Line) -> dict[str, object]:
    """The line's fields as the notes give them, fit for JSON; empty ones left out."""
    values: dict[str, object] = {}
    for name in FIELDS_AS_MINUTED:
        value = getattr(line, name)
        if isinstance(value, date | time):
            values[name] = value.isoformat()
        elif value:
            values[name] = list(value) if isinstance(value, tuple) else value
    return values


def line_of(row: MinuteLine, *, text: str) -> Line:
    """The row as a line of a MinutesDoc again, with the text that its reader may see; needs its records fetched."""
    values = dict(row.as_minuted)
    for name, make in (("due_on", date.fromisoformat), ("starts", time.fromisoformat), ("ends", time.fromisoformat)):
        if name in values:
            values[name] = make(values[name])
    if "owners" in values:
        values["owners"] = tuple(values["owners"])
    record = row.action or row.entry
    return replace(
        Line(kind=Kind(row.kind), text=text, on=row.names_on, is_confidential=row.is_confidential),
        reference=record.reference if record else "",
        **values,
    )
