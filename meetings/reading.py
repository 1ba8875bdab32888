"""Notes read for one meeting, before anything is written: for the page beside the text, and for recording."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from actions.models import Action, ActionOwner
from meetings import aligning
from meetings.minutes import reader
from meetings.minutes.structure import ItemDoc, Kind, Line, MinutesDoc
from meetings.models import Meeting, MinuteLine
from meetings.resolving import Choice, Question, Resolver
from members.matching import Register
from members.models import Person
from members.naming import fold
from wishlists.models import Entry
from wmodf.lib.dates import with_weekday

LONGEST = 1_000_000  # characters of notes; a year's minutes of a busy council are a tenth of that


@dataclass
class Reading:
    """What notes would become, before anything is written: for the page beside the text, and for recording."""

    meeting: Meeting
    doc: MinutesDoc
    resolver: Resolver
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_for(meeting: Meeting, text: str, answers: Mapping[str, str] | None = None) -> Reading:
    """Read tidy text as this meeting's notes and match its names. Writes nothing.

    `answers`: a question's key → the answer, as in `resolving.Resolver`; None keeps what was settled before.
    """
    doc = reader.read(text, year_from=meeting.on)
    given = answers or {}
    resolver = Resolver(register=Register(on=meeting.on), doc=doc, known=_settled(meeting), answers=given)
    reading = Reading(meeting=meeting, doc=doc, resolver=resolver, questions=list(resolver.questions.values()))
    reading.notes += resolver.notes
    if doc.on is not None and doc.on != meeting.on:
        reading.notes.append(
            _("The notes say %(date)s, but this meeting is on %(own)s: correct the one that is wrong.")
            % {"date": with_weekday(doc.on), "own": with_weekday(meeting.on)}
        )
    if meeting.pk:
        reading.questions += _moves(meeting, doc, given)
    reading.notes += _unknown_references(doc)
    return reading


def _settled(meeting: Meeting) -> dict[str, Person]:
    """Whom words of this meeting's notes were settled to mean, by the words folded."""
    if meeting.pk is None:
        return {}
    known = {}
    attendances = meeting.attendances.exclude(person=None).select_related("person")
    owners = ActionOwner.objects.filter(action__lines__meeting=meeting).exclude(person=None).select_related("person")
    entries = Entry.objects.filter(lines__meeting=meeting).exclude(person=None).select_related("person")
    for attendance in attendances:
        known[fold(attendance.person_name)] = attendance.person
    for owner in owners:
        known[fold(owner.as_minuted)] = owner.person
    for entry in entries:
        known[fold(entry.person_name)] = entry.person
    return known


def _moves(meeting: Meeting, doc: MinutesDoc, answers: Mapping[str, str]) -> list[Question]:
    """Whether to move a meeting that these notes named before, where they now give it another date."""
    if not any(line.on for line in doc.of_kind(Kind.NEXT_MEETING)):
        return []
    return [
        Question(
            key=f"move:{row.named_meeting_id}",
            subject=line.text,
            message=(
                _("The notes now say %(date)s; the meeting they named is on %(named)s. Move the meeting?")
                % {"date": with_weekday(line.on), "named": with_weekday(row.named_meeting.on)}
            ),
            choices=(
                Choice(
                    value="move",
                    label=_("Yes, move it to %(date)s; subscribers are told at once") % {"date": with_weekday(line.on)},
                ),
                Choice(
                    value="another",
                    label=_("No, this is another meeting, on %(date)s") % {"date": with_weekday(line.on)},
                ),
            ),
            answer=answers.get(f"move:{row.named_meeting_id}", ""),
        )
        for _rest, line, row in _aligned(meeting, doc)
        if line.kind == Kind.NEXT_MEETING
        and row is not None
        and row.named_meeting is not None
        and line.on is not None
        and line.on not in {row.names_on, row.named_meeting.on}
        and not row.named_meeting.is_cancelled
        and not row.named_meeting.lines.exists()
    ]


def _unknown_references(doc: MinutesDoc) -> list[str]:
    """A word on each reference that no record has."""
    numbers = {"A": set(), "D": set()}
    for _rest, line in doc.lines():
        if line.reference[1:].isdecimal():
            numbers[line.reference[0]].add(int(line.reference[1:]))
    known = {f"A{n}" for n in Action.objects.filter(number__in=numbers["A"]).values_list("number", flat=True)}
    known |= {f"D{n}" for n in Entry.objects.filter(number__in=numbers["D"]).values_list("number", flat=True)}
    asked = {f"{letter}{number}" for letter, found in numbers.items() for number in found}
    return [
        _("%(reference)s: there is no such reference. Correct it, or take it out.") % {"reference": reference}
        for reference in sorted(asked - known)
    ]


def _aligned(meeting: Meeting, doc: MinutesDoc) -> list[tuple[ItemDoc | None, Line, MinuteLine | None]]:
    rows = list(meeting.lines.select_related("action", "entry", "named_meeting", "heard"))
    items = aligning.align_items(doc.items, list(meeting.items.all()))
    row_of = {id(item): row for item, row in zip(doc.items, items, strict=True)}
    read = list(doc.lines())
    found, _rest = aligning.align_lines([(row_of.get(id(item)), line) for item, line in read], rows)
    return [(item, line, row) for (item, line), row in zip(read, found, strict=True)]
