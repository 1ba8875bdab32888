"""MinutesDoc → rows: the one way in which notes become records, in one transaction.

Recording the same notes twice changes no row; changing a line changes its record and makes no second one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.models import Action, ActionOwner, ActionUpdate
from meetings import aligning, publishing
from meetings.agenda import asides
from meetings.dates import announced, rescheduling
from meetings.lines import as_minuted, line_of
from meetings.minutes import reader
from meetings.minutes.structure import Attendee, Kind, Line, MinutesDoc, Presence
from meetings.models import Attendance, Item, Meeting, MinuteLine, Minutes
from meetings.names import renaming
from meetings.reading import Reading, read_for
from meetings.resolving import Meant, key_of, keys_of_mention
from meetings.sight import spellings
from members.models import Organisation, Person
from members.naming import fold
from wishlists.models import Entry
from wmodf.lib.dates import is_plausible
from wmodf.lib.models import Revision


class StaleError(Exception):
    """Somebody else saved these notes since they were opened; `minutes` holds what is there now."""

    def __init__(self, minutes: Minutes) -> None:
        super().__init__(_("Somebody else saved these notes since you opened them."))
        self.minutes = minutes


@dataclass
class Recorded:
    """What recording did: the minutes, and whether any row changed."""

    minutes: Minutes
    is_changed: bool
    reading: Reading


@transaction.atomic
def record(
    *,
    meeting: Meeting,
    text: str,
    now: datetime,
    answers: Mapping[str, str] | None = None,
    base_revision: int | None = None,
    is_correction: bool = False,
) -> Recorded:
    """Record tidy text as the notes of a saved meeting; all or nothing.

    `base_revision` is the revision that the editor opened: StaleError if another was saved since. NotAllowedError
    where the notes were agreed and the text differs, unless it `is_correction`: one that is itself kept.
    """
    Revision.objects.hold(publishing.RECORDS)
    meeting = Meeting.objects.get(pk=meeting.pk)
    minutes = Minutes.objects.opened(meeting)
    if base_revision is not None and base_revision != minutes.revision:
        raise StaleError(minutes)
    reading = read_for(meeting, text, answers)
    recorder = _Recorder(meeting=meeting, reading=reading, answers=answers or {}, former=minutes.text, now=now)
    references = recorder.record_all()
    annotated = reader.annotate(text, references, year_from=meeting.on)
    is_agreed = minutes.status == Minutes.Status.AGREED and not is_correction
    if is_agreed and (annotated != minutes.text or recorder.is_changed):
        msg = _("These notes were agreed as a correct record: only a correction changes them.")
        raise publishing.NotAllowedError(msg)  # and all of it is taken back
    if annotated != minutes.text or minutes.pk is None or recorder.is_changed:
        is_changed = True
        minutes.text = annotated
        minutes.revision += 1
        minutes.save(update_fields=["text", "revision"] if minutes.pk else None)
    else:
        is_changed = False
    announced.name_in_agreed(meeting)
    asides.record_asides(meeting=meeting, doc=reading.doc, former=recorder.former, now=now)
    if meeting.status == Meeting.Status.TENTATIVE and meeting.on <= timezone.localdate(now):
        meeting.status = Meeting.Status.CONFIRMED  # there are notes of it: it was held
        publishing.publish(meeting=meeting, now=now, changed=["status"])
    if minutes.has_highlights:
        publishing.refuse_withheld(meeting)
    if minutes.is_circulated:
        publishing.fill_in(meeting=meeting, doc=reading.doc, now=now)
    publishing.show(meeting=meeting, now=now, actions=recorder.left_actions, entries=recorder.left_entries)
    if any(person.public_name != Person.PublicName.FULL for person, _rest in reading.resolver.other_names):
        renaming.rename(now=now)  # the spelling may stand in the notes of other meetings too
    return Recorded(minutes=minutes, is_changed=is_changed, reading=reading)


@dataclass
class _Recorder:
    """Writes one reading of one meeting's notes; lives for one transaction."""

    meeting: Meeting
    reading: Reading
    answers: Mapping[str, str]
    former: str  # the notes' text as saved before
    now: datetime
    is_changed: bool = False
    left_actions: set[int] = field(default_factory=set)
    left_entries: set[int] = field(default_factory=set)

    def record_all(self) -> dict[int, str]:
        """Write everything; gives the references of the lines that raised or named a record, by the line's place."""
        doc, self.resolver = self.reading.doc, self.reading.resolver
        for person in self.resolver.new_people:
            person.full_clean()
            person.save()
            self.is_changed = True
        for person, name in self.resolver.other_names:
            self.is_changed |= spellings.settle(person=person, name=name)
        self._record_attendances()
        item_rows = self._record_items(doc)
        return self._record_lines(doc, item_rows)

    # --- attendance -------------------------------------------------------------------------------------------------

    def _record_attendances(self) -> None:
        rows = list(self.meeting.attendances.select_related("person", "representing"))
        by_person = {row.person_id: row for row in rows if row.person_id}
        by_name: dict[str, list[Attendance]] = {}
        for row in rows:
            by_name.setdefault(fold(row.person_name), []).append(row)
        said = {fold(one.name): one for one in reader.read(self.former, year_from=self.meeting.on).attendees}
        kept = set()
        for position, (attendee, meant) in enumerate(self.resolver.attendees, start=1):
            named = [by_person[meant.person.pk]] if meant.person and meant.person.pk in by_person else []
            named += by_name.get(fold(attendee.name), [])
            row = next((one for one in named if one.pk not in kept), None) or Attendance(meeting=self.meeting)
            values = self._attendance_values(row, attendee, meant, position)
            former = said.get(fold(attendee.name))
            if row.pk and row.person_id and attendee == former and key_of("name", attendee.name) not in self.answers:
                values = {"position": position}  # the text says what it said: what the admin changed since stands
            elif not attendee.note and (former is None or not former.note):
                values["note"] = row.note  # a remark that never came from the text
            self._write(row, **values)
            kept.add(row.pk)
        for row in rows:
            if row.pk not in kept and row.status != Attendance.Status.ABSENT:  # no list has a place for the absent
                row.delete()
                self.is_changed = True

    def _attendance_values(self, row: Attendance, attendee: Attendee, meant: Meant, position: int) -> dict[str, object]:
        status = Attendance.Status.PRESENT
        capacity = Attendance.Capacity.MEMBER
        if attendee.presence == Presence.APOLOGIES:
            status = Attendance.Status.APOLOGIES
        elif attendee.presence == Presence.GUESTS:
            capacity = Attendance.Capacity.IN_ATTENDANCE
        elif row.capacity == Attendance.Capacity.DEPUTY:
            capacity = row.capacity  # the notes' lists can't say it; the admin did
        values: dict[str, object] = {
            "position": position,
            "person": meant.person,
            "person_name": attendee.name[:200],
            "status": status,
            "capacity": capacity,
            "role": attendee.role[:60],
            "initials": attendee.initials[:20],
            "note": attendee.note[:300],
        }
        if attendee.organisation[:200] != row.representing_name or row.pk is None:
            values["representing_name"] = attendee.organisation[:200]
            values["representing"] = self.resolver.register.organisation(attendee.organisation)
        if row.representing_id is None and not values.get("representing"):
            values["representing"] = self._represented(attendee.organisation, meant.person)
        return values

    def _represented(self, words: str, person: Person | None) -> Organisation | None:
        """The organisation the notes name if it is known; where they name none, the one of the person's membership."""
        register = self.resolver.register
        if words:
            return register.organisation(words)
        return register.represented_by(person) if person is not None else None

    # --- items and lines --------------------------------------------------------------------------------------------

    def _record_items(self, doc: MinutesDoc) -> list[Item]:
        rows = list(self.meeting.items.all())
        found = aligning.align_items(doc.items, rows)
        self._make_room(self.meeting.items, rows, found)
        kept = []
        for position, (item, row) in enumerate(zip(doc.items, found, strict=True), start=1):
            written = row or Item(meeting=self.meeting)
            self._write(
                written,
                position=position,
                number=item.number[:30],
                title=item.title[:300],
                is_confidential=item.is_confidential,
            )
            kept.append(written)
        keys = {row.pk for row in kept}
        self._left_items = [row for row in rows if row.pk not in keys]
        return kept

    def _record_lines(self, doc: MinutesDoc, item_rows: list[Item]) -> dict[int, str]:
        rows = list(
            self.meeting.lines.select_related(
                "item", "action", "entry__person", "named_meeting", "heard"
            ).prefetch_related("action__owners__person")
        )
        row_of = {id(item): row for item, row in zip(doc.items, item_rows, strict=True)}
        read = [(row_of.get(id(item)), line) for item, line in doc.lines()]
        found, left = aligning.align_lines(read, rows)
        self._prepare(doc)
        self._make_room(self.meeting.lines, rows, found)
        references = {}
        new_rows = []
        for place, ((item, line), row) in enumerate(zip(read, found, strict=True)):
            written = row or MinuteLine(meeting=self.meeting)
            values = {
                "item": item,
                "position": place + 1,
                "kind": line.kind.value,
                "text": line.text,
                "is_confidential": line.is_confidential,
                "names_on": self._names_on(written, line),
                "as_minuted": as_minuted(line),
                **self._pointers(written, line),
            }
            if written.pk is None:
                for name, value in values.items():
                    setattr(written, name, value)
                new_rows.append(written)
            else:
                self._write(written, **values)
            if reference := (written.action or written.entry):
                references[place] = reference.reference
        if new_rows:
            MinuteLine.objects.bulk_create(new_rows, batch_size=200)
            self.is_changed = True
        self._drop_lines(left)
        for item in self._left_items:
            item.delete()
            self.is_changed = True
        return references

    def _prepare(self, doc: MinutesDoc) -> None:
        """Fetch what the lines may point to, so that no line asks the database for itself."""
        references = {line.reference for _rest, line in doc.lines() if line.reference[1:].isdecimal()}
        numbers = {letter: {int(one[1:]) for one in references if one[0] == letter} for letter in "AD"}
        self._actions = {action.reference: action for action in Action.objects.filter(number__in=numbers["A"])}
        self._entries = {entry.reference: entry for entry in Entry.objects.filter(number__in=numbers["D"])}
        speakers = {meant.person.pk for meant in self.resolver.speakers.values() if meant.person is not None}
        self._wants = {
            (entry.person_id, fold(entry.text)): entry
            for entry in Entry.objects.standing().filter(kind=Entry.Kind.WANTS, person__in=speakers).order_by("-number")
        }
        days = {line.on for line in doc.of_kind(Kind.NEXT_MEETING, Kind.AGREED) if line.on}
        self._meetings = announced.meetings_by_day(days)
        self._representing = dict(self.meeting.attendances.exclude(person=None).values_list("person", "representing"))
        raised = MinuteLine.objects.filter(kind=Kind.ACTION, meeting__on__lt=self.meeting.on, action__isnull=False)
        self._raised_before = set(raised.filter(action__lines__meeting=self.meeting).values_list("action", flat=True))

    def _pointers(self, row: MinuteLine, line: Line) -> dict[str, object]:
        """What the line points to, made or changed where it must be."""
        values: dict[str, object] = {"action": None, "entry": None, "named_meeting": None, "heard": None}
        self._leave_behind(row, line)
        if line.kind == Kind.ACTION:
            values["action"] = self._action(row, line)
        elif line.kind == Kind.REVIEW:
            values["action"] = self._actions.get(line.reference)
            values["heard"] = self._heard(row, line, values["action"])
        elif line.kind in {Kind.USED, Kind.WANTS}:
            values["entry"] = self._entry(row, line)
        elif line.kind == Kind.NEXT_MEETING:
            values["named_meeting"] = self._next_meeting(row, line)
        elif line.kind == Kind.AGREED and line.on:
            values["named_meeting"] = self._meetings.get(line.on)
        return values

    def _leave_behind(self, row: MinuteLine, line: Line) -> None:
        """Note the records that the row pointed to, in case it does so no longer."""
        if row.action_id:
            self.left_actions.add(row.action_id)
        if row.entry_id:
            self.left_entries.add(row.entry_id)
        if row.heard is not None and line.kind != Kind.REVIEW:
            self._unhear(row)

    def _action(self, row: MinuteLine, line: Line) -> Action | None:
        action = row.action if row.kind == Kind.ACTION else None
        if action is None and line.reference:
            return self._actions.get(line.reference)  # raised elsewhere: these are its words at this meeting
        is_new = action is None
        action = action or Action(number=Revision.objects.move_on("actions"), raised_on=self.meeting.on)
        is_reworded = is_new or (row.text, row.as_minuted) != (line.text, as_minuted(line))
        if is_reworded and action.pk not in self._raised_before:
            self._write(action, text=line.text, due_text=line.due[:200], due_on=line.due_on)
        self._record_owners(action, line, is_reworded=is_reworded and action.pk not in self._raised_before)
        return action

    def _record_owners(self, action: Action, line: Line, *, is_reworded: bool) -> None:
        rows = {fold(owner.as_minuted): owner for owner in action.owners.all()}
        held = {owner.person_id for owner in rows.values() if owner.person_id}
        for position, words in enumerate(dict.fromkeys(line.owners)):
            meant = self.resolver.owners[words]
            owner = rows.pop(fold(words), None)
            if owner is None:
                if not is_reworded or (meant.person is not None and meant.person.pk in held):
                    continue
                owner = ActionOwner(action=action, as_minuted=words[:200], position=position)
            elif owner.person_id and not self._is_answered(words):
                continue  # settled before, here or in the admin
            if meant.person is None or meant.person.pk not in held - {owner.person_id}:
                self._write(owner, person=meant.person, role=meant.role, is_everyone=meant.is_everyone)
                held.add(owner.person_id)
        if is_reworded:
            for owner in rows.values():
                owner.delete()

    def _is_answered(self, words: str) -> bool:
        return any(key in self.answers for key in keys_of_mention(words))

    def _entry(self, row: MinuteLine, line: Line) -> Entry:
        meant = self.resolver.speakers.get(line.who) or Meant(as_minuted=line.who)
        person = meant.person
        entry = row.entry or self._entries.get(line.reference)
        if entry is None and line.kind == Kind.WANTS and person is not None:
            entry = self._wants.get((person.pk, fold(line.text)))
        if entry is not None and row.entry_id != entry.pk:
            self._raise_earlier(entry, line)
            return entry
        if entry is None:
            entry = Entry(number=Revision.objects.move_on("entries"), raised_on=self.meeting.on)
        values: dict[str, object] = {}
        is_reworded = (row.kind, row.text, row.as_minuted) != (line.kind, line.text, as_minuted(line))
        # What was raised at an earlier meeting, or by its member, keeps its words: these are this meeting's.
        is_of_here = entry.raised_on >= self.meeting.on and entry.added_by_id is None and not entry.is_reworded
        if entry.pk is None or (is_reworded and is_of_here):
            values = {"text": line.text, "person_name": line.who[:200]}
            if entry.kind != line.kind.value:
                values["kind"] = line.kind.value
                values["status"] = Entry.Status.WANTED if line.kind == Kind.WANTS else Entry.Status.NONE
        is_settled = entry.added_by_id is not None  # by whoever entered it on the site
        if not is_settled and (
            entry.person_id is None or self._is_answered(line.who) or entry.person_name != line.who[:200]
        ):
            values["person"] = person
            if person is not None and entry.organisation_id is None:
                values["organisation_id"] = self._representing.get(person.pk)
        self._write(entry, **values)
        return entry

    def _raise_earlier(self, entry: Entry, line: Line) -> None:
        """Let a want that later notes raised begin here: notes may be recorded in any order."""
        if entry.raised_on <= self.meeting.on or entry.added_by_id is not None or line.reference:
            return
        self._write(
            entry,
            raised_on=self.meeting.on,
            text=line.text,
            person_name=line.who[:200],
            organisation_id=self._representing.get(entry.person_id) or entry.organisation_id,
        )

    def _heard(self, row: MinuteLine, line: Line, action: Action | None) -> ActionUpdate | None:
        if action is None:
            if row.heard is not None:
                self._unhear(row)
            return None
        update = row.heard if row.heard is not None and row.heard.action_id == action.pk else None
        if row.heard is not None and update is None:
            self._unhear(row)
        if update is None:
            update = ActionUpdate(action=action, is_draft=True)
        self.left_actions.add(action.pk)
        self._write(update, on=self.meeting.on, note=line.text, status=line.outcome)
        return update

    def _unhear(self, row: MinuteLine) -> None:
        """Take back the update that a review line made: the line is gone, or says something else."""
        update, row.heard = row.heard, None
        row.save(update_fields=["heard"])
        if update is not None:
            update.delete()
        self.is_changed = True

    def _names_on(self, row: MinuteLine, line: Line) -> date | None:
        """The date that the line names; the former one while it is not settled whether the meeting moves with it."""
        named = row.named_meeting
        if row.kind != Kind.NEXT_MEETING or named is None or line.on in {None, row.names_on, named.on}:
            return line.on
        return line.on if self.answers.get(f"move:{named.pk}") else row.names_on

    def _next_meeting(self, row: MinuteLine, line: Line) -> Meeting | None:
        """The meeting that the line names: saving again never moves, revives or doubles one."""
        named = row.named_meeting
        if named is not None:
            answer = self.answers.get(f"move:{named.pk}", "")
            is_open = line.on is None or line.on <= self.meeting.on or answer not in {"move", "another"}
            if is_open or line.on in {row.names_on, named.on}:
                return named
            if answer == "move":
                times = dict(zip(("starts", "ends"), announced.times_of(line), strict=True)) if line.starts else {}
                rescheduling.follow_notes(
                    meeting=named, on=line.on, changes=times, told_on=self.meeting.on, now=self.now
                )
                self.is_changed = True
                return named
        if line.on is None or line.on <= self.meeting.on or not is_plausible(line.on):
            return None
        if line.on not in self._meetings:
            # A day and no more: where and when is told once everyone may read the line that tells it.
            meeting = Meeting(on=line.on, title=self.meeting.title, status=Meeting.Status.TENTATIVE)
            publishing.publish(meeting=meeting, now=self.now)
            announced.name_in_agreed(meeting)
            self._meetings[line.on] = meeting
            self.is_changed = True
        return self._meetings[line.on]

    def _drop_lines(self, rows: list[MinuteLine]) -> None:
        """Take out the rows that are in the notes no more, and what only they raised if nobody has seen it yet."""
        for row in rows:
            if row.heard is not None:
                self._unhear(row)
            action, entry = row.action, row.entry
            row.delete()
            self.is_changed = True
            if row.kind == Kind.NEXT_MEETING and row.named_meeting is not None:
                announced.forget(row.named_meeting)
            if action is not None:
                self._hand_on(action, row)
                self.left_actions.add(action.pk)
                if not action.is_circulated and not action.lines.exists() and not action.updates.exists():
                    # Its key stays among those left: publishing takes it out of what search looks in.
                    action.delete()
            if entry is not None:
                self._hand_on(entry, row)
                self.left_entries.add(entry.pk)
                if not entry.is_circulated and not entry.lines.exists():
                    entry.delete()

    def _hand_on(self, record: Action | Entry, gone: MinuteLine) -> None:
        """Give the record the words of the line that is the first about it now, if the one gone was that.

        The words gone may be confidential, or a draft's, and the other line public.
        """
        lines = record.lines.filter(kind=gone.kind).select_related("meeting")
        heir = lines.order_by("meeting__on", "meeting", "position").first()
        if heir is None or (heir.meeting.on, heir.meeting_id) < (self.meeting.on, self.meeting.pk):
            return
        if isinstance(record, Entry) and record.added_by_id is not None:
            return  # its words are its member's own
        if isinstance(record, Action):
            self._write(
                record,
                text=heir.text,
                due_text=heir.as_minuted.get("due", "")[:200],
                due_on=line_of(heir, text=heir.text).due_on,
            )
            record.owners.exclude(as_minuted__in=heir.as_minuted.get("owners", [])).delete()
        elif record.person_name != (who := heir.as_minuted.get("who", "")[:200]):
            self._write(record, text=heir.text, is_reworded=False, person_name=who, person=None)
        else:
            self._write(record, text=heir.text, is_reworded=False)

    # --- writing ----------------------------------------------------------------------------------------------------

    def _make_room(self, manager: models.Manager, rows: list[models.Model], found: list[models.Model | None]) -> None:
        """Put all rows out of the way if any must change its place: no two may share one, even for a moment."""
        if any(row is not None and row.position != place for place, row in enumerate(found, start=1)) or len(
            [row for row in found if row is not None]
        ) < len(rows):
            manager.update(position=F("position") + 1_000_000)
            for row in rows:
                row.position += 1_000_000

    def _write(self, row: models.Model, **values: object) -> None:
        """Save the row if it is new or a value differs, and then only what differs."""
        if values.get("is_confidential"):
            values["is_public"] = False  # at once: the database has no confidential row that is public
        changed = [name for name, value in values.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, values[name])
        if row.pk is None:
            row.save()
            self.is_changed = True
        elif changed:
            row.save(update_fields=changed)
            self.is_changed = True
