"""What a calendar program sees in an event, in the form of `feed_expected`."""

from datetime import UTC, datetime


def seen(event) -> dict:
    """Times in UTC, or dates where it takes whole days."""
    start, end = (event.decoded(name) for name in ("DTSTART", "DTEND"))
    allday = not isinstance(start, datetime)
    form = "%Y%m%d" if allday else "%Y%m%dT%H%M%SZ"
    return {
        "uid": str(event["UID"]),
        "type": "VEVENT",
        "start": (start if allday else start.astimezone(UTC)).strftime(form),
        "end": (end if allday else end.astimezone(UTC)).strftime(form),
        "allday": allday,
        "status": str(event["STATUS"]),
        "sequence": event["SEQUENCE"],
        "summary": str(event["SUMMARY"]),
        "description": str(event.get("DESCRIPTION", "")),
        "location": str(event.get("LOCATION", "")),
        "url": str(event["URL"]),
    }
