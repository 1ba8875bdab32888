"""Rows → MinutesDoc for one reader, and the text that the secretary finds when notes are opened again."""

from dataclasses import replace
from itertools import pairwise

from django.utils.translation import gettext_lazy

from actions.models import Action
from meetings.lines import line_of
from meetings.minutes import reader
from meetings.minutes.list_writing import put_lists
from meetings.minutes.structure import Attendee, ItemDoc, Line, MinutesDoc, Presence, Stretch
from meetings.models import Attendance, Meeting, MinuteLine, Minutes
from members.naming import fold, mask_emails
from wmodf.lib.access import Standing, standing_of
from wmodf.lib.sight import may_see

IN_LISTS = {Stretch.ATTENDED, Stretch.GUESTS, Stretch.APOLOGIES}
REWRITTEN = gettext_lazy(
    "The attendance was changed in the admin since these notes were saved: the lists of names below were written anew"
    " from it."
)
LABELS = {Presence.ATTENDED: "Present", Presence.GUESTS: "In attendance", Presence.APOLOGIES: "Apologies"}


def compose(meeting: Meeting, *, user: object) -> MinutesDoc:
    """The meeting's notes as this reader may see them; nothing but time and place until they are circulated."""
    by_item: dict[int | None, list[Line]] = {}
    # By the meeting rather than by their keys: a thousand keys are more than SQLite takes in one condition.
    actions = {action.pk: action for action in Action.objects.of_meeting(meeting.pk).with_owners()}
    for row in meeting.lines.visible_to(user).select_related("entry__person"):
        row.action = actions.get(row.action_id)
        by_item.setdefault(row.item_id, []).append(_line(row, user=user))
    return MinutesDoc(
        title=meeting.title_for(user),
        on=meeting.on,
        starts=meeting.starts,
        ends=meeting.ends,
        place=meeting.venue_for(user),
        attendees=_attendees(meeting, user=user),
        opening=tuple(by_item.get(None, [])),
        items=tuple(
            ItemDoc(
                title=item.shown,
                number=item.number,
                is_confidential=item.is_confidential,
                lines=tuple(by_item.get(item.pk, [])),
            )
            for item in meeting.items.visible_to(user)
        ),
    )


def _line(row: MinuteLine, *, user: object) -> Line:
    """The row for this reader: no reference to what they may not know of; for the public, no words but public ones.

    What the notes say of owners, dates and hosts beside the words is told to the public only where the public words
    tell it too, and people are called as they chose.
    """
    line = line_of(row, text=row.shown)
    record = row.action or row.entry
    is_known = record is not None and may_see(record, user)
    if not is_known:
        line = replace(line, reference="")
    if standing_of(user) >= Standing.MEMBER:
        return line
    owners = (
        tuple(mask_emails(owner.name_for(user)) for owner in row.action.owners.all()) if row.action and is_known else ()
    )
    told = {name: getattr(line, name) for name in ("due", "host", "place", "note")}
    return replace(
        line,
        owners=owners if line.owners else (),
        who=mask_emails(row.entry.who_for(user)) if row.entry and is_known else "",
        **{name: words if words in line.text else "" for name, words in told.items()},
    )


def _attendees(meeting: Meeting, *, user: object) -> tuple[Attendee, ...]:
    """The people of the three lists; for all but the secretary only once the notes are circulated."""
    is_shown = Minutes.objects.filter(meeting=meeting, status__in=Minutes.CIRCULATED_STATUSES).exists()
    if not is_shown and standing_of(user) < Standing.SECRETARY:
        return ()
    is_member = standing_of(user) >= Standing.MEMBER
    return tuple(
        Attendee(
            name=mask_emails((row.person_name if is_member else "") or row.name_for(user)),
            presence=presence,
            organisation=row.representing_as_minuted_for(user) or row.representing_for(user),
            role=row.role_for(user),
            initials=row.initials if is_member else "",
            note=_remark(row, user=user),
        )
        for presence, row in _listed(meeting)
    )


def _remark(row: Attendance, *, user: object) -> str:
    """What stands beside a name: for whom they came and when, as far as it was entered, and the notes' own words."""
    remarks = [
        f"deputising for {mask_emails(row.deputising_for.name_for(user))}" if row.deputising_for else "",
        f"from {row.arrived:%H:%M}" if row.arrived else "",
        f"until {row.left:%H:%M}" if row.left else "",
        row.note_for(user),
    ]
    return ", ".join(filter(None, remarks))


def _listed(meeting: Meeting) -> list[tuple[Presence, Attendance]]:
    """The meeting's attendance in the order of the notes, with the list in which each stands; the absent in none."""
    found = []
    for row in meeting.attendances.with_people():
        if row.status == Attendance.Status.APOLOGIES:
            found.append((Presence.APOLOGIES, row))
        elif row.status == Attendance.Status.PRESENT:
            is_guest = row.capacity == Attendance.Capacity.IN_ATTENDANCE
            found.append((Presence.GUESTS if is_guest else Presence.ATTENDED, row))
    return found


def text_for_editing(minutes: Minutes) -> tuple[str, list[str]]:
    """The notes' text as the secretary edits it, and a word on each part that was rewritten.

    The lists of names are written anew where the admin's attendance says something else than the text does.
    """
    doc = reader.read(minutes.text, year_from=minutes.meeting.on)
    listed = _listed(minutes.meeting)
    # Who is listed twice was counted once, where the name came first.
    in_text = {fold(attendee.name): attendee.presence for attendee in reversed(doc.attendees)}
    in_rows = {fold(_minuted_name(row)): presence for presence, row in reversed(listed)}
    if in_text == in_rows:
        return minutes.text, []
    wanted = [_as_attendee(row, presence, doc) for presence, row in listed]
    if (rewritten := put_lists(minutes.text, wanted, year_from=minutes.meeting.on)) is not None:
        return rewritten, [REWRITTEN]
    labels = _labels(doc, minutes.text)
    lists = []
    for presence, label in labels.items():
        names = [_as_listed(row) for one, row in listed if one == presence]
        if names:
            lists.append(f"{label} {', '.join(names)}")
    lines = minutes.text.split("\n")
    taken = sorted({span.line for span in doc.spans if span.kind in IN_LISTS})
    kept = {
        span.line
        for span in doc.spans
        if span.line in taken and span.kind not in IN_LISTS | {Stretch.LABEL, Stretch.LEFT_OUT, Stretch.PROBLEM}
    }
    gone = [number for number in taken if number not in kept]
    place = gone[0] - 1 if gone else 0
    indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]  # how far in tells rows from headings
    rest = [line for number, line in enumerate(lines, start=1) if number not in gone]
    text = "\n".join([*rest[:place], *(indent + line for line in lists), *rest[place:]])
    return text, [REWRITTEN]


def _labels(doc: MinutesDoc, text: str) -> dict[Presence, str]:
    """How these notes label their lists: what "Present" means, and how rows are told apart, hangs on it."""
    lines = text.split("\n")
    labels = {}
    for before, span in pairwise(doc.spans):
        if before.kind == Stretch.LABEL and before.line == span.line and span.kind in IN_LISTS:
            after = lines[span.line - 1][before.end : before.end + 1]
            words = lines[span.line - 1][before.start : before.end]
            labels.setdefault(Presence(span.kind.value), words + (":" if after == ":" else ""))
    ends_in_colon = not labels or any(label.endswith(":") for label in labels.values())
    return {
        presence: labels.get(presence) or label + (":" if ends_in_colon else "") for presence, label in LABELS.items()
    }


def _minuted_name(row: Attendance) -> str:
    return row.person_name or (row.person.name if row.person is not None else "")


def _as_attendee(row: Attendance, presence: Presence, doc: MinutesDoc) -> Attendee:
    """The row as a list of names has it; where the notes name the person already, in their words."""
    name = _minuted_name(row)
    there = next((one for one in doc.attendees if fold(one.name) == fold(name)), None)
    if there is not None:
        return replace(there, presence=presence)
    return Attendee(name=name, presence=presence, organisation=row.representing_name, role=row.role)


def _as_listed(row: Attendance) -> str:
    """A name as the lists write it: Ada Birch (Elmbridge Council) – Chair."""
    organisation = f" ({row.representing_name})" if row.representing_name else ""
    return f"{_minuted_name(row)}{organisation}{f' – {row.role}' if row.role else ''}"
