"""The calendar feed of the group's meetings, made from the events that publishing stored."""

from meetings.models import Meeting


def event_text(meeting: Meeting) -> str:
    """The meeting's calendar event as it is stored: everything that the feed says of it but its sequence."""
    return f"{meeting.title}|{meeting.on}|{meeting.starts}|{meeting.ends}|{meeting.status}|{meeting.venue}"
