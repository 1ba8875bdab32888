"""Files of notes on their way into the records: opened, dated, recorded one by one, and kept with their meetings."""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import transaction

from meetings import publishing, recording
from meetings.minutes import reader
from meetings.minutes.files import MOST_WORD, NotTakenError, take
from meetings.minutes.structure import Kind, MinutesDoc, Presence
from meetings.models import Meeting, Minutes, Original
from meetings.reading import LONGEST, Reading
from meetings.records.originals import LONGEST_NAME
from wmodf.lib.dates import is_plausible
from wmodf.lib.models import Revision
from wmodf.lib.words import tidy

SUFFIXES = {".txt", ".md", ".markdown", ".text", ".html", ".htm", ".docx", ".docm"}
LARGEST = MOST_WORD  # bytes; no other kind of file may be larger
# The reader asks about initials too; resolving asks about them with people to choose from.
ASKED_AS_QUESTIONS = {"initials", "same-initials"}
AT_ONCE = os.cpu_count() or 1
REFERENCE = re.compile(r" ?\[[AD]\d{1,9}\]")


class NotRecordedError(Exception):
    """A file that was not recorded; nothing was changed, and the message tells people why."""


class DiffersError(NotRecordedError):
    """Its meeting has other notes; `is_published` says whether only that stands in the way."""

    def __init__(self, message: str, *, is_published: bool = False) -> None:
        super().__init__(message)
        self.is_published = is_published


@dataclass(frozen=True, kw_only=True)
class File:
    """A file of notes, opened: its bytes under a plain name, the tidy text in them, and what was left out of it."""

    name: str
    data: bytes
    text: str
    said: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """What tells two files with the same bytes."""
        return sha256_of(self.data)


@dataclass(frozen=True, kw_only=True)
class Dated:
    """A file's notes as first read, and the day they are of: None where neither name nor text gives one.

    `source` says where the day comes from; `in_name` is the day in the file's name, whether or not it counts.
    """

    doc: MinutesDoc
    on: date | None
    source: str = ""
    in_name: date | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What recording one file did. `reading` is None where the notes were changed by hand since, and left alone.

    `unpublished` says why notes that were to be published were not.
    """

    minutes: Minutes
    is_new_meeting: bool
    is_changed: bool
    reading: Reading | None
    unpublished: str = ""


def sha256_of(data: bytes) -> str:
    """The bytes' SHA-256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def plain_name(name: str) -> str:
    """A file's name, fit to be shown: no controls, no marks that turn reading round, no way out of a folder.

    A name that is too long loses its middle, so that its ending and a date at its start stay.
    """
    parts = [part.strip() for part in re.split(r"[/\\]", " ".join(tidy(name).split()))]
    plain = "/".join(part for part in parts if part.strip(".")) or "file"
    return plain if len(plain) <= LONGEST_NAME else f"{plain[: LONGEST_NAME // 2 - 1]}…{plain[-LONGEST_NAME // 2 :]}"


def is_of_notes(name: str) -> bool:
    """Whether the name's ending is that of a kind of file that can be read."""
    return PurePath(name).suffix.casefold() in SUFFIXES


def open_file(name: str, data: bytes) -> File:
    """The file with its text; NotTakenError where it can't be read."""
    plain = plain_name(name)
    if not is_of_notes(plain):
        msg = f"{plain} is passed over: notes are read from {', '.join(sorted(SUFFIXES))} files."
        raise NotTakenError(msg)
    if len(data) > LARGEST:
        msg = f"{plain} is {len(data):,} bytes large; {LARGEST:,} is the most."
        raise NotTakenError(msg)
    taken = take(plain, data)
    text = tidy(taken.text)
    if len(text) > LONGEST:
        msg = f"{plain} is {len(text):,} characters long; {LONGEST:,} is the most."
        raise NotTakenError(msg)
    if not text.strip():
        msg = f"{plain} is empty."
        raise NotTakenError(msg)
    return File(name=plain, data=data, text=text, said=taken.said)


def open_all(files: Iterable[tuple[str, Callable[[], bytes]]]) -> Iterator[File | Exception]:
    """Open files, given as name and what gives their bytes, several at a time; of each the file or what it raised.

    In the order given. Word files and web pages are read in processes of their own, and most of the time is theirs.
    """
    with ThreadPoolExecutor(max_workers=AT_ONCE) as threads:
        yield from threads.map(_opened, files)


def _opened(named: tuple[str, Callable[[], bytes]]) -> File | Exception:
    name, bytes_of = named
    try:
        return open_file(name, bytes_of())
    except Exception as error:  # noqa: BLE001 (handed to whoever asked, who tells what is foreseen from what is not)
        return error


def date_file(name: str, text: str, *, given: date | None = None) -> Dated:
    """Read the text and find its day: the one given, else that of the text, else that of the file's name."""
    in_name = reader.date_in_name(PurePath(name).name) or reader.date_in_name(name)
    doc = reader.read(text, year_from=given or in_name)
    for on, source in ((given, "the date given"), (doc.on, "its text"), (in_name, "the file's name")):
        if on is not None and is_plausible(on):
            return Dated(doc=doc, on=on, source=source, in_name=in_name)
    return Dated(doc=doc, on=None, in_name=in_name)


def counts(doc: MinutesDoc) -> list[tuple[int, str]]:
    """How much of what the notes hold, in the order in which it is told."""
    return [
        (len(doc.listed(Presence.ATTENDED)), "attended"),
        (len(doc.listed(Presence.GUESTS)), "in attendance"),
        (len(doc.listed(Presence.APOLOGIES)), "apologies"),
        (len(doc.items), "items"),
        (len(doc.of_kind(Kind.ACTION)), "actions"),
        (len(doc.of_kind(Kind.USED)), "used"),
        (len(doc.of_kind(Kind.WANTS)), "wants"),
        (len(doc.of_kind(Kind.DECISION, Kind.AGREED)), "decisions"),
        (len(doc.of_kind(Kind.NEXT_MEETING)), "next meetings"),
    ]


@transaction.atomic
def record_file(
    *,
    file: File,
    on: date,
    now: datetime,
    since: datetime,
    answers: Mapping[str, str] | None = None,
    publish: bool = False,
    replace: bool = False,
    original: Original | None = None,
) -> Outcome:
    """Record a file as the notes of the meeting on its day, and keep it with them; all or nothing.

    The same file again changes no row; it publishes only a draft that still says what the file says and never was
    published, for a secretary may have withdrawn it. Notes that say something else are never replaced in silence:
    DiffersError unless they are from a file of the same name and folder that was kept before `since`, when this one
    and those with it were sent in, or `replace` says so; those published need `publish` besides.
    `original` is the row that holds the file already, else one is made.
    """
    Revision.objects.hold(publishing.RECORDS)
    meeting = Meeting.objects.filter(on=on).going_ahead().order_by("pk").first()
    is_new = meeting is None
    if meeting is None:
        meeting = Meeting(on=on)
        publishing.publish(meeting=meeting, now=now)
    former = Minutes.objects.filter(meeting=meeting).first()
    kept = list(meeting.originals.kept().defer("data"))
    same = [one for one in kept if one.sha256 == file.sha256]
    is_known = bool(same)
    is_as_filed = former is not None and _is_untouched(former, kept if replace else same)
    if former is not None and is_known and not (is_as_filed and former.status != former.Status.AGREED):
        # Changed since, by hand or by another file, or agreed: that stands.
        minutes, is_changed, reading = former, False, None
    else:
        try:
            recorded = recording.record(meeting=meeting, text=file.text, now=now, answers=answers)
        except publishing.NotAllowedError as refusal:
            raise NotRecordedError(str(refusal)) from None
        except ValidationError as error:  # a name that nobody can have
            raise NotRecordedError(" ".join(error.messages)) from None
        minutes, is_changed, reading = recorded.minutes, recorded.is_changed, recorded.reading
        if is_changed and former is not None and former.text.strip() and not _is_untouched(former, same):
            _refuse_in_silence(former, kept, file, since=since, publish=publish, replace=replace)
    is_repeated = is_known or not is_changed
    unpublished = _why_not_published(minutes, is_as_filed=reading is not None) if publish and is_repeated else ""
    if publish and not unpublished and (is_changed or not minutes.is_circulated):
        try:
            publishing.circulate(minutes=minutes, now=now)
        except publishing.NotAllowedError as refusal:  # a question has to be answered first: the draft waits for it
            unpublished = str(refusal)
    _keep(meeting, file, now=now, original=original, is_known=is_known)
    return Outcome(
        minutes=minutes, is_new_meeting=is_new, is_changed=is_changed, reading=reading, unpublished=unpublished
    )


def _why_not_published(minutes: Minutes, *, is_as_filed: bool) -> str:
    """Why a file that was recorded before does not publish its draft; "" where nothing stands in the way."""
    if minutes.is_circulated:
        return ""
    # Withdrawing forgets when notes were circulated; their history does not.
    if minutes.history.filter(status__in=Minutes.CIRCULATED_STATUSES).exists():
        return "Recorded already; its notes were withdrawn: publish them on their own page."
    if not is_as_filed:
        return "Recorded already; its notes were changed since: publish them on their own page."
    return ""


def _refuse_in_silence(
    former: Minutes, kept: Sequence[Original], file: File, *, since: datetime, publish: bool, replace: bool
) -> None:
    """Raise DiffersError where the notes that are there may not be replaced by this file's; the rest is taken back."""
    # Two of one name that come together are no older and newer: which of them counts is for people to say.
    is_newer = _is_untouched(former, [one for one in kept if one.name == file.name and one.taken_at < since])
    if not (replace or is_newer):
        sources = f" from {', '.join(one.name for one in kept)}" if kept else ""
        msg = f"this meeting has notes already{sources}, and they differ from the file."
        raise DiffersError(msg)
    if former.has_highlights and not publish:
        told = "notes are published" if former.is_circulated else "notes have published highlights"
        msg = f"this meeting's {told} and differ from the file."
        raise DiffersError(msg, is_published=True)


def _is_untouched(minutes: Minutes, kept: Iterable[Original]) -> bool:
    """Whether the notes are still what one of their files says, but for the references that recording put in."""
    plain = REFERENCE.sub("", minutes.text)
    return any(REFERENCE.sub("", one.text) == plain for one in kept)


def keep(*, meeting: Meeting, file: File, now: datetime) -> None:
    """Keep the file with its meeting; one with the same bytes is kept once."""
    is_known = meeting.originals.kept().filter(sha256=file.sha256).exists()
    _keep(meeting, file, now=now, original=None, is_known=is_known)


def _keep(meeting: Meeting, file: File, *, now: datetime, original: Original | None, is_known: bool) -> None:
    """Keep the file with its meeting, once."""
    if is_known and original is not None:
        original.state, original.trouble = Original.State.LEFT_OUT, "It is kept with its meeting already."
        original.save(update_fields=["state", "trouble"])
        return
    if is_known:
        return
    original = original or Original(
        name=file.name,
        sha256=file.sha256,
        size=len(file.data),
        data=file.data,
        text=file.text,
        said=list(file.said),
        taken_at=now,
    )
    original.meeting, original.state = meeting, Original.State.RECORDED
    original.save(update_fields=["meeting", "state"] if original.pk else None)
