"""Passages taken out of published notes: their words leave every row that has them from these notes, histories too."""

import re
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Action, ActionOwner, ActionUpdate
from meetings import indexing, publishing, recording
from meetings.corrections.correcting import passages_of, published
from meetings.corrections.passages import passages, told, without_lost_references
from meetings.drafts.comparing import Block, blocks
from meetings.minutes import reader, strict
from meetings.minutes.marks import MARK
from meetings.minutes.structure import MinutesDoc
from meetings.models import (
    AgendaItem,
    Attendance,
    Batch,
    Change,
    Correction,
    Draft,
    Item,
    Meeting,
    Mention,
    MinuteLine,
    Minutes,
    Original,
    Paper,
    Reply,
)
from meetings.publishing import NotAllowedError
from members.models import User
from members.naming import fold
from wishlists.models import Entry, EntryUpdate, Support
from wmodf.lib import searching
from wmodf.lib.models import Revision
from wmodf.lib.words import REDACTED

TEXT = (models.CharField, models.TextField, models.JSONField)
SPACE = r"[\s\u200b\u2060\ufeff]"
# Characters that people and programs write one for the other.
ALIKE = ["'\u2018\u2019", '"\u201c\u201d', "-\u2010\u2011\u2013"]
PAST = gettext_lazy("former versions")
BULLETS = re.compile(r"[\s*·•–-]*")
STRICT = re.escape(REDACTED).replace(r"\[", "\\[")  # a bracket there needs its backslash


class Passage:
    """Words looked for however they are cased and spaced, as whole words; references between them are passed over."""

    def __init__(self, words: str) -> None:
        self.words = " ".join(words.split())
        if not re.search(r"\w", self.words):
            msg = _("Write the words that are to be taken out, as they stand in the notes.")
            raise NotAllowedError(msg)
        gap = rf"(?:{SPACE}|{MARK.pattern})+"
        bare = gap.join("".join(map(_alike, word)) for word in self.words.split(" "))
        self.anywhere = re.compile(bare, re.IGNORECASE)
        before = r"(?<!\w)" if self.words[0].isalnum() else ""
        after = r"(?!\w)" if self.words[-1].isalnum() else ""
        self.pattern = re.compile(f"{before}{bare}{after}", re.IGNORECASE)
        if self.pattern.search(REDACTED):
            msg = _("“%(words)s” is what stands where a passage was taken out: it can’t be taken out itself.") % {
                "words": self.words
            }
            raise NotAllowedError(msg)

    def is_in(self, value: Any) -> bool:  # noqa: ANN401 (any field's value)
        """Whether the words stand in a text, or anywhere in what JSON holds."""
        return value is not None and self.out_of(value) != value

    def out_of(self, value: Any, *, by: str = REDACTED) -> Any:  # noqa: ANN401 (the same)
        """The value without the words; references that stood between them stay."""
        if isinstance(value, str):
            return self.pattern.sub(lambda found: " ".join([by, *MARK.findall(found.group())]), value)
        if isinstance(value, list):
            return [self.out_of(one, by=by) for one in value]
        if isinstance(value, dict):
            return {self.out_of(key, by=by): self.out_of(one, by=by) for key, one in value.items()}
        return value


def _alike(character: str) -> str:
    """The character, or one written for it; with the backslash that the project's own form may put before it."""
    if character.isalnum():
        return character
    group = next((group for group in ALIKE if character in group), character)
    return rf"\\?[{re.escape(group)}]"


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where a passage stands: how many rows of each kind hold it, in words, and how else the notes would be read.

    `files` are kept with the meeting and go whole; `inside` counts where it is part of a longer word, and stays;
    `elsewhere` are other meetings whose notes say it, too, and keep it.
    """

    counts: list[tuple[str, int]]
    differences: list[Block]
    files: int
    inside: int
    elsewhere: list[Meeting]

    @property
    def total(self) -> int:
        """How many rows."""
        return sum(count for _rest, count in self.counts)


def look(*, meeting: Meeting, minutes: Minutes, words: str) -> Places:
    """Where the words stand, before anything is written; NotAllowedError where they can't be taken out, with why."""
    passage = Passage(words)
    counts: Counter[str] = Counter()
    for rows, label in _scope(meeting):
        for row in _light(rows):
            counts[label] += any(passage.is_in(getattr(row, field.attname)) for field in _fields(row))
    counts[_("files that the notes came from")] += (files := len(_originals(meeting, passage)))
    text = _taken_out(meeting, minutes, passage)
    if not +counts - Counter({_("files that the notes came from"): files}):
        msg = _("These words stand nowhere in these notes: write them as they stand there.")
        raise NotAllowedError(msg)
    before, after = (reader.read(one, year_from=meeting.on) for one in (minutes.text, text))
    elsewhere = Minutes.objects.exclude(pk=minutes.pk).select_related("meeting").order_by("-meeting__on", "-pk")
    return Places(
        counts=[(label, count) for label, count in counts.items() if count],
        differences=[block for block in blocks(told(before), told(after)) if not block.is_same],
        files=files,
        inside=len(passage.anywhere.findall(minutes.text)) - len(passage.pattern.findall(minutes.text)),
        elsewhere=[one.meeting for one in elsewhere.iterator() if passage.is_in(one.text)],
    )


def refuse_reason(reason: str, *, words: str) -> None:
    """Raise NotAllowedError where there is no reason, or it holds the words that are to be taken out."""
    if not reason.strip():
        msg = _("Say why the passage is taken out: only the secretary reads it.")
        raise NotAllowedError(msg)
    if Passage(words).anywhere.search(reason):
        msg = _("The reason holds the words that are to be taken out: say it without them.")
        raise NotAllowedError(msg)


@transaction.atomic
def redact(*, meeting: Meeting, words: str, reason: str, by: User | None, now: datetime) -> Correction:
    """Take the words out of the notes and of every row that has them from these notes; all or nothing.

    Files that the notes came from, and what was typed and not saved, go whole. What stays: by whom, when and why.
    NotAllowedError where the notes are a draft, the words stand nowhere, or the reason is missing or holds them.
    """
    Revision.objects.hold(publishing.RECORDS)
    minutes = published(meeting)
    passage = Passage(words)
    refuse_reason(reason, words=words)
    look(meeting=meeting, minutes=minutes, words=words)
    doc, parts = passages_of(meeting, minutes)
    halves = _halves(doc, minutes.text, passage)
    hit = [part for part in parts if any(passage.is_in(minutes.text[start:end]) for start, end in part.pieces)]
    text = _taken_out(meeting, minutes, passage)
    former, holders = list(_scope(meeting)), _holders(meeting)
    Minutes.objects.filter(pk=minutes.pk).update(text=text, revision=F("revision") + 1)  # not by save: no history of it
    Draft.objects.filter(meeting=meeting).delete()
    # What was asked of these words, and any answer, goes: nothing of them is left to be taken out of a public text.
    Mention.objects.among([one.pk for one in meeting.mentions.all() if passage.is_in(one.words)]).delete()
    Original.objects.filter(pk__in=[file.pk for file in _originals(meeting, passage)]).delete()
    # What calendars were told is left until publishing has seen that it differs, and has told them anew.
    _write(former, passage, leave={"event"})
    _unname(meeting, passage)
    recording.record(meeting=meeting, text=text, now=now, is_correction=True)
    now_saved = Minutes.objects.get(pk=minutes.pk)
    if not now_saved.history.filter(revision=now_saved.revision).exists():
        now_saved.save(update_fields=["revision"])  # so that a page opened before is told from one opened since
    if any(passage.is_in(line.text) for line in meeting.lines.all()):
        msg = _("The notes’ text writes these words in another way: choose fewer words. Nothing was changed.")
        raise NotAllowedError(msg)  # and all of it is taken back
    correction = Correction.objects.create(
        meeting=meeting,
        kind=Correction.Kind.REDACTION,
        reason=reason.strip(),
        is_confidential=bool(hit) and all(part.is_confidential for part in hit),
        by=by,
        made_at=now,
    )
    for one in [one for one in _named(meeting) if one.event]:
        publishing.publish(meeting=one, now=now, changed=[])
    publishing.show(meeting=meeting, now=now)
    _write([*former, *_scope(meeting)], passage)
    for half in halves:
        _write([(rows, label) for rows, label in former if label == PAST], half)
    _index(meeting, holders)
    return correction


def _holders(meeting: Meeting) -> tuple[set[int], set[int], set[int]]:
    """The keys of the meetings, actions and entries that have words from the meeting's notes."""
    return (
        set(_named(meeting).values_list("pk", flat=True)),
        set(Action.objects.filter(lines__meeting=meeting).values_list("pk", flat=True)),
        set(Entry.objects.filter(lines__meeting=meeting).values_list("pk", flat=True)),
    )


def _index(meeting: Meeting, former: tuple[set[int], set[int], set[int]]) -> None:
    """Take the words out of what search looks in, too, and out of what its database keeps beside it."""
    meetings, actions, entries = (before | now for before, now in zip(former, _holders(meeting), strict=True))
    indexing.index(meetings=meetings, actions=actions, entries=entries)
    searching.purge()


def _taken_out(meeting: Meeting, minutes: Minutes, passage: Passage) -> str:
    """The notes' text without the words, and without references to what is no record any more."""
    _rest, parts = passages_of(meeting, minutes)
    for found in passage.pattern.finditer(minutes.text):
        across = [
            part for part in parts if any(start < found.end() and end > found.start() for start, end in part.pieces)
        ]
        if len(across) > 1:
            msg = _("This passage runs over several lines of the notes: take them out one by one. Nothing was changed.")
            raise NotAllowedError(msg)
    by = STRICT if strict.is_strict(minutes.text) else REDACTED
    text = passage.out_of(minutes.text, by=by)
    lost = _references(minutes.text, meeting) - _references(text, meeting)
    for reference in sorted(lost):
        text = _labelled(text, reference, meeting)
    kept = _references(text, meeting)
    for reference in lost - kept:
        while (at := text.find(f" [{reference}]")) >= 0:
            shorter = without_lost_references(text, at, kept)
            if shorter == text:
                break
            text = shorter
    return text


def _references(text: str, meeting: Meeting) -> set[str]:
    """The references of all records in the notes."""
    return {line.reference for _rest, line in reader.read(text, year_from=meeting.on).lines() if line.reference}


def _labelled(text: str, reference: str, meeting: Meeting) -> str:
    """The notes with "Action:" before the line with the reference, if it is an action again by that."""
    for part in passages(reader.read(text, year_from=meeting.on), text):
        start, end = part.pieces[0][0], part.pieces[-1][1]
        if f"[{reference}]" in text[start:end]:
            start += len(BULLETS.match(text[start:end]).group())
            labelled = f"{text[:start]}Action: {text[start:]}"
            return labelled if reference in _references(labelled, meeting) else text
    return text


def _halves(doc: MinutesDoc, text: str, passage: Passage) -> list[Passage]:
    """What rows have of the passage apart: a name and its organisation, the words behind a label; two words or more.

    The rows themselves are written anew from the notes; their histories are not.
    """
    said = [line.text for _rest, line in doc.lines()] + [item.title for item in doc.items]
    for _rest, line in doc.lines():
        said += [line.who, line.due, line.host, line.place, line.note]
    for attendee in doc.attendees:
        said += [attendee.name, attendee.organisation, attendee.role, attendee.note]
    found: dict[str, None] = {}
    for match in {tuple(fold(one.group()).split()) for one in passage.pattern.finditer(text)}:
        for words in said:
            if not passage.is_in(words):
                found |= dict.fromkeys(_shared(match, words.split()))
    return [Passage(words) for words in found]


def _shared(match: tuple[str, ...], words: list[str]) -> Iterator[str]:
    """What the words share with the match, where one ends in the other or lies within it: two words or more."""
    folded = tuple(fold(word) for word in words)
    if len(words) > 1 and any(match[at : at + len(folded)] == folded for at in range(len(match))):
        yield " ".join(words)
        return
    for count in range(min(len(match), len(words)) - 1, 1, -1):
        if folded[:count] == match[-count:]:
            yield " ".join(words[:count])
        if folded[-count:] == match[:count]:
            yield " ".join(words[-count:])


def _originals(meeting: Meeting, passage: Passage) -> list[Original]:
    """The files kept with the meeting, and those on their way in that hold the words and are of its day."""
    kept = Q(meeting=meeting) | Q(meeting=None, on=meeting.on)
    files = Original.objects.filter(kept).defer("data")
    return [file for file in files if file.meeting_id or passage.is_in(file.text)]


def _named(meeting: Meeting) -> models.QuerySet[Meeting]:
    """The meeting, and those that its lines name."""
    return Meeting.objects.filter(Q(pk=meeting.pk) | Q(lines_naming_it__meeting=meeting)).distinct()


def _scope(meeting: Meeting) -> Iterator[tuple[models.QuerySet, str]]:
    """All rows that have words from the meeting's notes or around them, and their histories; with what they are."""
    actions = list(Action.objects.filter(lines__meeting=meeting).values_list("pk", flat=True).distinct())
    entries = list(Entry.objects.filter(lines__meeting=meeting).values_list("pk", flat=True).distinct())
    named = list(_named(meeting).values_list("pk", flat=True))
    yield Minutes.objects.filter(meeting=meeting), _("the notes")
    yield Item.objects.filter(meeting=meeting), _("headings")
    yield MinuteLine.objects.filter(meeting=meeting), _("lines")
    yield Attendance.objects.filter(meeting=meeting), _("names of those who came or sent apologies")
    yield Action.objects.filter(pk__in=actions), _("actions")
    yield ActionOwner.objects.filter(action__in=actions), _("owners of actions")
    yield ActionUpdate.objects.filter(action__in=actions), _("words on actions")
    yield Entry.objects.filter(pk__in=entries), _("data used and wanted")
    yield EntryUpdate.objects.filter(entry__in=entries), _("words on data")
    yield Support.objects.filter(entry__in=entries), _("words on data")
    yield AgendaItem.objects.filter(Q(meeting=meeting) | Q(raised_at=meeting)), _("items of the agenda")
    yield Paper.objects.filter(meeting=meeting), _("titles of papers")
    yield Reply.objects.filter(meeting=meeting), _("replies")
    yield Correction.objects.filter(Q(meeting=meeting) | Q(decided_at=meeting)), _("corrections")
    yield Change.objects.filter(meeting=meeting), _("reasons of a move")
    yield Meeting.objects.filter(pk__in=named), _("meetings named")
    yield Draft.objects.filter(meeting=meeting), _("drafts, which go whole")
    batches = Original.objects.filter(Q(meeting=meeting) | Q(meeting=None, on=meeting.on)).values("batch")
    yield Batch.objects.filter(pk__in=list(batches.values_list("batch", flat=True).exclude(batch=None))), _("imports")
    yield Minutes.history.filter(meeting=meeting.pk), PAST
    yield Attendance.history.filter(meeting=meeting.pk), PAST
    yield Meeting.history.filter(id__in=named), PAST
    # What was deleted since belongs to no line any more: it may have come from these notes.
    yield Action.history.filter(Q(id__in=actions) | ~Q(id__in=Action.objects.values("pk"))), PAST
    yield Entry.history.filter(Q(id__in=entries) | ~Q(id__in=Entry.objects.values("pk"))), PAST
    yield _logged({Meeting: named, Action: actions, Entry: entries, Minutes: [meeting.pk]}), _("what the admin kept")


def _logged(keys: dict[type[models.Model], list[int]]) -> models.QuerySet[LogEntry]:
    """What the admin's own log says of these rows."""
    condition = Q(pk=None)
    for model, pks in keys.items():
        kind = ContentType.objects.get_for_model(model)
        condition |= Q(content_type=kind, object_id__in=[str(pk) for pk in pks])
    return LogEntry.objects.filter(condition)


def _light(rows: models.QuerySet) -> Iterator[models.Model]:
    heavy = [field.name for field in rows.model._meta.concrete_fields if isinstance(field, models.BinaryField)]  # noqa: SLF001 (Django's documented interface)
    return rows.defer(*heavy).iterator(chunk_size=200)


def _fields(row: models.Model) -> list[models.Field]:
    """The fields in which words may stand."""
    return [
        field
        for field in row._meta.concrete_fields  # noqa: SLF001 (the same)
        if isinstance(field, TEXT) and not field.choices and not field.unique
    ]


# Beside these words, once they are taken out, nobody stands who would say them again.
SAYS_WHO = {"person_name", "as_minuted"}


def _write(scope: list[tuple[models.QuerySet, str]], passage: Passage, *, leave: Container[str] = ()) -> None:
    """Write rows anew without the words, by key: a save would keep what it changes in a history."""
    for rows, _rest in scope:
        for row in list(_light(rows)):
            changed: dict[str, Any] = {}
            for field in _fields(row):
                value = getattr(row, field.attname)
                if field.name in leave or not passage.is_in(value):
                    continue
                without = passage.out_of(value)
                is_short = isinstance(without, str) and field.max_length
                changed[field.attname] = without[: field.max_length] if is_short else without
                if field.name in SAYS_WHO and hasattr(row, "person_id"):
                    changed["person_id"] = None
            if changed:
                rows.model._base_manager.filter(pk=row.pk).update(**changed)  # noqa: SLF001 (the same)


def _unname(meeting: Meeting, passage: Passage) -> None:
    """Let nobody stand in the meeting's lists by a name that holds the words, where the notes have other words."""
    for row in Attendance.objects.filter(meeting=meeting).select_related("person", "deputising_for"):
        if row.person is not None and not row.person_name and passage.is_in(row.person.name):
            Attendance.objects.filter(pk=row.pk).update(person=None, person_name=REDACTED)
        if row.deputising_for is not None and passage.is_in(row.deputising_for.name):
            Attendance.objects.filter(pk=row.pk).update(deputising_for=None)
    for item in AgendaItem.objects.filter(meeting=meeting).select_related("lead"):
        if item.lead is not None and passage.is_in(item.lead.name):
            AgendaItem.objects.filter(pk=item.pk).update(lead=None, lead_name=REDACTED)
