"""The project's own text form, which can write everything that a ``MinutesDoc`` holds and is read back exactly.

It begins with two lines that no other notes begin with, and goes on line by line::

    Minutes of: Canal Data Circle
    Date: 29 January 2020
    Time: 11:00-13:00
    Place: Lock House

    Attended:
    - Ada Boyle [AB], Chair (Canal Trust); until 5pm
    - Ned Orme (Towpath Ltd)

    In attendance:
    - Una Pike

    Apologies:
    - Jo Marsh

    # 1. Matters arising
    Agreed: Notes of the meeting of 27 November 2019 agreed.
    Action: NO to write to the lock keepers by 14 February [A12]
    Action (AB, the Secretary): Book the hall | due: before the thaw
    Review A7 (done): The signs are up.
    Anything else is prose.

    # Staffing [confidential]
    Decision: A second keeper is needed.
    Used (AB): Water levels [D3]
    Wants (NO): Boat counts by month [D4]
    Next meeting: 16 July, 10.00-12.00, hosted by Towpath Ltd
    Left out: top of page

- ``Date:`` may be ``not known``. ``Time:`` and ``Place:`` may be missing, and every part of a name but the name.
- A heading begins with ``#``; its number, if it has one, is the first word and ends with a full stop.
- The labels are Action, Review, Decision, Used, Wants, Agreed, Next meeting and Left out; a line without one is prose.
  Brackets after the label say who (owners, speaker), what became of a reviewed action (done, dropped, open), or which
  day's notes were agreed. Without brackets, owners, outcome and day are what the words themselves say; empty brackets
  say that there is none.
- ``| due:`` and ``| due on:`` say when an action is due; ``| date:``, ``| time:``, ``| host:``, ``| place:`` and
  ``| note:`` tell of a next meeting. Without any of them the words themselves say it.
- ``[A12]`` and ``[confidential]`` stand at the end of a line.
- A backslash makes the next character an ordinary one: at the start of a line, of prose that would look like
  something else; before a bracket, bar or comma that is part of the words.
"""

from collections.abc import Iterable
from datetime import date, time

from meetings.minutes import strict
from meetings.minutes.escapes import escape, guard_start, guard_tail
from meetings.minutes.names import People
from meetings.minutes.source import plain_copy, tidy
from meetings.minutes.strict import LABELS
from meetings.minutes.structure import Attendee, ItemDoc, Kind, Line, MinutesDoc, Presence

LISTS = {Presence.ATTENDED: "Attended:", Presence.GUESTS: "In attendance:", Presence.APOLOGIES: "Apologies:"}


def to_text(doc: MinutesDoc) -> str:
    """The document in the project's own form; ``reader.read`` gives it back."""
    written = [f"Minutes of: {escape(_tidy(doc.title))}".rstrip(), f"Date: {_day(doc.on) or 'not known'}"]
    if doc.starts or doc.ends:
        written.append(f"Time: {_times(doc.starts, doc.ends)}")
    if doc.place:
        written.append(f"Place: {escape(_tidy(doc.place))}")
    written += _lists(doc.attendees)
    people = People()
    for attendee in doc.attendees:
        people.add(_tidy(attendee.name), _tidy(attendee.initials))
    if doc.opening:
        written += ["", *(_line(line, people, doc.on) for line in doc.opening)]
    for item in doc.items:
        written += ["", _heading(item), *(_line(line, people, doc.on) for line in item.lines)]
    return "\n".join(written) + "\n"


def _tidy(words: str) -> str:
    return tidy(plain_copy(words, hyphens=False))


def _lists(attendees: Iterable[Attendee]) -> list[str]:
    written: list[str] = []
    presence = None
    for attendee in attendees:
        if attendee.presence != presence:
            presence = attendee.presence
            written += ["", LISTS[presence]]
        written.append(written_attendee(attendee))
    return written


def written_attendee(attendee: Attendee) -> str:
    """One row of a list of names: - Ada Boyle [AB], Chair (Canal Trust); until 5pm."""
    written = f"- {escape(_tidy(attendee.name), '[(,;')}"
    if attendee.initials:
        written += f" [{escape(_tidy(attendee.initials), ']')}]"
    if attendee.role:
        written += f", {escape(_tidy(attendee.role), '[(,;')}"
    if attendee.organisation:
        written += f" ({escape(_tidy(attendee.organisation), ')')})"
    if attendee.note:
        written += f"; {escape(_tidy(attendee.note))}"
    return written


def _heading(item: ItemDoc) -> str:
    title = escape(_tidy(item.title))
    first, space, rest = title.partition(" ")
    if item.number:
        number = escape(_tidy(item.number), " ")
        written = f"# {number}. {title}"
    elif space and first.endswith("."):
        written = f"# {first[:-1]}\\. {rest}"
    else:
        written = f"# {title}"
    return guard_tail(written, 2) + (" [confidential]" if item.is_confidential else "")


def _line(line: Line, people: People, on: date | None) -> str:
    words = _tidy(line.text)
    if line.kind is Kind.PROSE:
        written = guard_start(guard_tail(escape(words), 0), words)
    else:
        label = LABELS[line.kind] + _bracket(line, words, people, on)
        parts = _parts(line, words, people, on)
        extra = "|" if line.kind in {Kind.ACTION, Kind.NEXT_MEETING} else ""
        written = guard_tail(f"{label}: {escape(words, extra)}{parts}", len(label) + 2)
    if line.reference and line.kind is not Kind.REVIEW:
        written += f" [{line.reference}]"
    return written + (" [confidential]" if line.is_confidential else "")


def _bracket(line: Line, words: str, people: People, on: date | None) -> str:
    """What stands between the label and its colon; empty where the words themselves say it."""
    if line.kind is Kind.ACTION:
        owners = tuple(_tidy(owner) for owner in line.owners)
        if owners == strict.said_action(words, people, on)[0]:
            return ""
        return " (" + ", ".join(escape(owner, ",)") for owner in owners) + ")"
    if line.kind in {Kind.USED, Kind.WANTS}:
        return f" ({escape(_tidy(line.who), ')')})" if line.who else ""
    if line.kind is Kind.REVIEW:
        said = strict.said_outcome(words)
        reference = f" {line.reference}" if line.reference else ""
        return reference + ("" if line.outcome == said else f" ({line.outcome or 'open'})")
    if line.kind is Kind.AGREED:
        return "" if line.on == strict.said_day(words, on) else f" ({_day(line.on)})"
    return ""


def _parts(line: Line, words: str, people: People, on: date | None) -> str:
    if line.kind is Kind.ACTION:
        if (_tidy(line.due), line.due_on) == strict.said_action(words, people, on)[1:]:
            return ""
        return _bars({"due": line.due, "due on": _day(line.due_on)}) or " | due:"
    if line.kind is Kind.NEXT_MEETING:
        told = (line.on, line.starts, line.ends, _tidy(line.host), _tidy(line.place), _tidy(line.note))
        if told == strict.said_meeting(words, on):
            return ""
        times = _times(line.starts, line.ends)
        fields = {"date": _day(line.on), "time": times, "host": line.host, "place": line.place, "note": line.note}
        return _bars(fields) or " | date:"
    return ""


def _bars(fields: dict[str, str]) -> str:
    return "".join(f" | {name}: {escape(_tidy(value), '|')}" for name, value in fields.items() if _tidy(value))


def _day(day: date | None) -> str:
    if day is None:
        return ""
    return f"{day.day} {day:%B} {day.year:04d}"


def _times(starts: time | None, ends: time | None) -> str:
    first = f"{starts:%H:%M}" if starts else ""
    return f"{first}-{ends:%H:%M}" if ends else first
