"""What ``read_notes --json`` prints of a document."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from meetings.minutes.dates import MONTH_AND_YEAR, month_number
from meetings.minutes.decisions import is_decision
from meetings.minutes.structure import Attendee, Kind, Line, MinutesDoc, Presence


def to_json(doc: MinutesDoc, text: str) -> dict[str, Any]:
    """The document as one JSON object; what the notes do not say is null or an empty list."""
    agreed = (_agreed_day(line) for line in doc.of_kind(Kind.AGREED))
    return {
        "title": doc.title or None,
        "date": _day(doc.on),
        "time": _times(doc.starts, doc.ends),
        "place": doc.place or None,
        "chair": doc.officer("Chair") or None,
        "secretary": doc.officer("Secretary") or None,
        "attended": _people(doc.listed(Presence.ATTENDED)),
        "guests": _people(doc.listed(Presence.GUESTS)),
        "apologies": _people(doc.listed(Presence.APOLOGIES)),
        "items": [
            {"number": item.number or None, "title": item.title, "text": "\n".join(line.text for line in item.lines)}
            for item in doc.items
        ],
        "actions": [_action(line) for line in doc.of_kind(Kind.ACTION)],
        "used": [{"who": line.who or None, "what": line.text} for line in doc.of_kind(Kind.USED)],
        "wants": [{"who": line.who or None, "what": line.text} for line in doc.of_kind(Kind.WANTS)],
        "decisions": [{"text": line.text} for _, line in doc.lines() if _decides(line)],
        "next_meetings": [_meeting(line) for line in doc.of_kind(Kind.NEXT_MEETING)],
        "previous_minutes_agreed": next((day for day in agreed if day), None),
        "problems": [
            {"line": problem.line, "text": problem.text, "message": problem.message} for problem in doc.problems
        ],
        "lines": _lines(doc, text),
    }


def _agreed_day(line: Line) -> str | None:
    """The day of the meeting whose notes were agreed, or only the month where the notes say no more."""
    written = MONTH_AND_YEAR.search(line.text)
    if line.on or not written:
        return _day(line.on)
    return f"{written['year']}-{month_number(written['month']):02}"


def _decides(line: Line) -> bool:
    """Decisions, notes agreed, and actions whose words say that they were agreed."""
    return line.kind in {Kind.DECISION, Kind.AGREED} or (line.kind is Kind.ACTION and is_decision(line.text))


def _people(attendees: Iterable[Attendee]) -> list[dict[str, Any]]:
    return [
        {
            "name": attendee.name,
            "organisation": attendee.organisation or None,
            "role": attendee.role or None,
            "initials": attendee.initials or None,
            "note": attendee.note or None,
        }
        for attendee in attendees
    ]


def _action(line: Line) -> dict[str, Any]:
    due = _day(line.due_on) or line.due or None
    return {"text": line.text, "owners": list(line.owners), "due": due, "reference": line.reference or None}


def _meeting(line: Line) -> dict[str, Any]:
    return {
        "date": _day(line.on),
        "time": _times(line.starts, line.ends),
        "place": line.place or None,
        "host": line.host or None,
        "note": line.note or None,
    }


def _lines(doc: MinutesDoc, text: str) -> list[dict[str, Any]]:
    spans: dict[int, list[list[Any]]] = {}
    for span in doc.spans:
        spans.setdefault(span.line, []).append([span.start, span.end, span.kind.value])
    return [
        {"number": number, "spans": spans.get(number, [])}
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _times(starts: time | None, ends: time | None) -> str | None:
    if not starts:
        return None
    return f"{starts:%H:%M}-{ends:%H:%M}" if ends else f"{starts:%H:%M}"
