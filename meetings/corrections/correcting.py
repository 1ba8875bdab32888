"""Corrections of published notes: agreed notes change in no other way, and what they said is kept beside them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings import publishing, recording
from meetings.corrections.passages import Part, Passage, passages, rewrite, told, without_lost_references
from meetings.drafts.comparing import Block, blocks
from meetings.minutes import reader
from meetings.minutes.structure import Kind, MinutesDoc
from meetings.models import Correction, Meeting, MinuteLine, Minutes
from meetings.publishing import NotAllowedError
from members.models import User
from wmodf.lib.models import Revision
from wmodf.lib.words import tidy

NOT_PUBLISHED = gettext_lazy("These notes are a draft: change them on the page where they are recorded.")
MOVED_ON = gettext_lazy("The notes were changed since you chose this passage: choose it again. Nothing was saved.")


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """What a correction makes of the notes, before anything is written.

    `was` and `reads` are the passage's words without references, `differences` what else is read otherwise, and
    `lines` the places, from 0, of the lines that stand where the passage stood.
    """

    text: str
    was: str
    reads: str
    is_confidential: bool
    differences: list[Block]
    lines: list[int]


def published(meeting: Meeting) -> Minutes:
    """The meeting's minutes as they are stored; NotAllowedError while they are a draft."""
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is None or not minutes.is_circulated:
        raise NotAllowedError(NOT_PUBLISHED)
    return minutes


def later_than(meeting: Meeting, *, until: date) -> QuerySet[Meeting]:
    """The meetings that may have agreed a correction to these notes: later ones up to the day, the latest first."""
    return Meeting.objects.going_ahead().filter(on__gt=meeting.on, on__lte=until).order_by("-on", "-pk")


def said_to_be_corrected(meeting: Meeting) -> QuerySet[MinuteLine]:
    """Lines of this meeting's notes, or about them, that agree notes with a correction that nobody entered yet."""
    speaks = Q()
    for words in ("correction", "amend", "should read", "subject to", " change"):
        speaks |= Q(text__icontains=words)
    lines = MinuteLine.objects.filter(speaks, kind=Kind.AGREED, named_meeting__isnull=False)
    entered = Correction.objects.filter(meeting=OuterRef("named_meeting"), decided_at=OuterRef("meeting"))
    about = lines.exclude(Exists(entered)).filter(Q(meeting=meeting) | Q(named_meeting=meeting))
    return about.select_related("meeting", "named_meeting").order_by("-meeting__on", "position")


def passages_of(meeting: Meeting, minutes: Minutes) -> tuple[MinutesDoc, list[Passage]]:
    """What the notes say, and their passages."""
    doc = reader.read(minutes.text, year_from=meeting.on)
    return doc, passages(doc, minutes.text)


def look(*, meeting: Meeting, minutes: Minutes, passage: Passage, reads: str) -> Corrected:
    """What the notes would be with other words in the passage's place; NotAllowedError where nothing would differ."""
    doc, found = passages_of(meeting, minutes)
    if passage.number >= len(found) or found[passage.number] != passage:
        raise NotAllowedError(MOVED_ON)
    words = "\n".join(" ".join(line.split()) for line in tidy(reads).split("\n")).strip()
    text, start, end = rewrite(minutes.text, passage, words)
    kept = {line.reference for _rest, line in reader.read(text, year_from=meeting.on).lines() if line.reference}
    text = without_lost_references(text, end, kept)
    after = reader.read(text, year_from=meeting.on)
    differences = [block for block in blocks(told(doc), told(after)) if not block.is_same]
    if not differences:
        msg = _("The notes say this already: nothing was saved.")
        raise NotAllowedError(msg)
    now = [one for one in passages(after, text) if any(start <= at < max(end, start + 1) for at, _rest in one.pieces)]
    lines = [one.index for one in now if one.index is not None] if words else []
    was, said = passage.words, " ".join(words.split())
    if passage.index is not None:
        before = list(doc.lines())[passage.index][1].text
        afterwards = " ".join(line.text for place, (_rest, line) in enumerate(after.lines()) if place in lines)
        if before != afterwards and bool(afterwards) == bool(words):
            was, said = before, afterwards
    return Corrected(
        text=text,
        was=was,
        reads=said,
        is_confidential=passage.is_confidential or (bool(words) and any(one.is_confidential for one in now)),
        differences=differences,
        lines=lines,
    )


@transaction.atomic
def correct(
    *,
    meeting: Meeting,
    passage: Passage,
    reads: str,
    reason: str,
    decided_at: Meeting | None,
    by: User | None,
    now: datetime,
) -> Correction:
    """Put other words in a passage's place, record the notes anew, and keep what they said; all or nothing.

    NotAllowedError where the notes are a draft, nothing would differ, they changed since, or an agreed record would
    change without a meeting or a reason.
    """
    Revision.objects.hold(publishing.RECORDS)
    minutes = published(meeting)
    if decided_at is not None and decided_at.on <= meeting.on:
        msg = _("A correction is agreed at a later meeting: choose another, or none.")
        raise NotAllowedError(msg)
    if decided_at is None and minutes.status == Minutes.Status.AGREED and not reason.strip():
        msg = _("These notes were agreed: say which meeting agreed the correction, or why it is made without one.")
        raise NotAllowedError(msg)
    corrected = look(meeting=meeting, minutes=minutes, passage=passage, reads=reads)
    row = _row(meeting, passage.index) if passage.index is not None else None
    earlier = list(row.corrections.values_list("pk", flat=True)) if row is not None else []
    recording.record(meeting=meeting, text=corrected.text, now=now, is_correction=True)
    line = _row(meeting, corrected.lines[0]) if passage.part is Part.LINE and corrected.lines else None
    Correction.objects.filter(pk__in=earlier).update(line=line)
    correction = Correction.objects.create(
        meeting=meeting,
        decided_at=decided_at,
        line=line,
        was=corrected.was,
        reads=corrected.reads,
        reason=reason.strip(),
        is_confidential=corrected.is_confidential,
        by=by,
        made_at=now,
    )
    publishing.show(meeting=meeting, now=now)
    return correction


def _row(meeting: Meeting, place: int) -> MinuteLine | None:
    """The row of the line at this place, from 0."""
    return meeting.lines.filter(position=place + 1).first()
