"""A batch of files, worked through in steps that each end in a commit: a closed tab or a kill loses nothing.

First every file is read and nothing is recorded; then, once the secretary says so, each is recorded by the day of its
meeting. No worker is needed: whoever has the page open moves the batch on.
"""

import logging
import time
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import override

from meetings import contradictions, publishing
from meetings.imports import importing
from meetings.imports.importing import File, NotRecordedError
from meetings.imports.unpacking import Budget, is_archive, unpack
from meetings.minutes.files import NotTakenError
from meetings.models import Batch, Meeting, Minutes, Original
from meetings.reading import Reading, read_for
from meetings.together import answers_for
from wmodf.lib.models import Revision

logger = logging.getLogger(__name__)
SECONDS = 3  # of work in one request


def start(*, uploads: Iterable[tuple[str, bytes]], now: datetime) -> Batch:
    """Take in files and the files in archives, as they came; what can't be taken is listed with the reason."""
    # Unpacked before the transaction opens: whoever else writes would have to wait for it.
    seen: dict[str, str] = {}
    originals = [_taken_in(name, data, seen=seen, now=now) for name, data in _unpacked(uploads)]
    with transaction.atomic():
        batch = Batch.objects.create(made_at=now)
        for original in originals:
            original.batch = batch
            original.save()
    return batch


def _unpacked(uploads: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes | NotTakenError]]:
    """The files by their plain names, those in archives one by one, each with its bytes or why there are none."""
    budget = Budget()
    for name, data in uploads:
        plain = importing.plain_name(name)
        if not is_archive(name):
            yield plain, data
            continue
        try:
            yield from unpack(plain, data, budget=budget)
        except NotTakenError as refusal:
            yield plain, refusal


def _taken_in(name: str, data: bytes | NotTakenError, *, seen: dict[str, str], now: datetime) -> Original:
    """One row for one file, unsaved; without bytes where it is passed over, so that no film is kept for notes."""
    original = Original(name=name, taken_at=now, size=0, data=b"")
    if isinstance(data, NotTakenError):
        original.state, original.trouble = Original.State.REFUSED, str(data)
    elif not importing.is_of_notes(name) or len(data) > importing.LARGEST:
        original.size, original.state = len(data), Original.State.REFUSED
        original.trouble = "Passed over: notes are read from text, Markdown, web pages and Word files."
    else:
        sha256 = importing.sha256_of(data)
        original.data, original.size, original.sha256 = data, len(data), sha256
        if sha256 in seen:
            original.state, original.trouble = Original.State.LEFT_OUT, f"The same file as {seen[sha256]}."
        seen.setdefault(sha256, name)
    return original


def go_on(*, batch: Batch, now: datetime) -> None:
    """Read or record files, one at least, for a few seconds."""
    until = time.monotonic() + SECONDS
    with override(None):  # what is said of a file is stored, so in the source's words
        while _step(batch, now) and time.monotonic() < until:
            pass


def _step(batch: Batch, now: datetime) -> bool:
    """Deal with a file, or a few; False where there is none left to deal with."""
    waiting = list(batch.files.waiting()[: importing.AT_ONCE])
    if waiting:
        _read(waiting)
        return True
    ready = batch.files.ready().light().first() if batch.goal != Batch.Goal.READ else None
    if ready is None:
        return False
    _record(batch, ready, now)
    return True


def _read(originals: list[Original]) -> None:
    """Read files and note what they hold; records nothing."""
    # A text that was taken before stays: only its day was put right since.
    unopened = [one for one in originals if not one.text]
    opened = importing.open_all([(one.name, partial(bytes, one.data)) for one in unopened])
    files: dict[int, File | Exception] = {one.pk: _file(one) for one in originals if one.text}
    files |= {one.pk: file for one, file in zip(unopened, opened, strict=True)}
    for original in originals:
        try:
            values = _values(original, files[original.pk])
        except NotTakenError as refusal:
            values = {"state": Original.State.REFUSED, "trouble": str(refusal)}
        except Exception:
            # One file that nobody foresaw must not hold up the others for ever.
            logger.exception("A file of a batch could not be read.")
            values = {
                "state": Original.State.REFUSED,
                "trouble": "This file could not be read: the site's log says more.",
            }
        # Somebody else's tab may have read it, or left it out, meanwhile.
        Original.objects.filter(pk=original.pk, state=Original.State.WAITING, given_on=original.given_on).update(
            **values
        )


def _values(original: Original, file: File | Exception) -> dict[str, Any]:
    if isinstance(file, Exception):
        raise file
    return {"state": Original.State.READ, "text": file.text, "said": list(file.said), **_found(original, file)}


def _found(original: Original, file: File) -> dict[str, Any]:
    dated = importing.date_file(file.name, file.text, given=original.given_on)
    found: dict[str, Any] = {
        "source": dated.source,
        "counts": importing.counts(dated.doc),
        "notes": contradictions.of_name(in_name=dated.in_name, in_text=dated.doc.on),
        "problems": [
            f"Line {one.line}: {one.message}"
            for one in dated.doc.problems
            if one.code not in importing.ASKED_AS_QUESTIONS
        ],
    }
    if dated.on is None:
        return {"on": None, "found": found}
    meeting = Meeting.objects.going_ahead().on_day(dated.on) or Meeting(on=dated.on)
    reading = read_for(meeting, file.text)
    found |= {
        "told": contradictions.to_json(contradictions.told_by(dated.doc, on=dated.on)),
        "new": [{"name": one.name, "initials": one.initials} for one in reading.resolver.new_people],
        "questions": _questions(reading),
    }
    found["notes"] += [*reading.notes, *_has_notes(meeting, original)]
    return {"on": dated.on, "found": found}


def _questions(reading: Reading) -> list[dict[str, Any]]:
    """The questions that are open, fit for JSON."""
    return [
        {
            "key": one.key,
            "subject": one.subject,
            "message": one.message,
            "choices": [[choice.value, choice.label] for choice in one.choices],
            "asks_who": one.asks_who,
            "new_name": one.new_name,
        }
        for one in reading.questions
        if not one.answer
    ]


def _has_notes(meeting: Meeting, original: Original) -> list[str]:
    """A word where the meeting has notes already."""
    if meeting.pk is None or not Minutes.objects.filter(meeting=meeting).exclude(text="").exists():
        return []
    kept = [one for one in meeting.originals.kept().light() if one.sha256 == original.sha256]
    if kept:
        return ["This file is recorded already: nothing will change."]
    return ["This meeting has notes already: the file is recorded only if it says the same, or is a newer one."]


def _record(batch: Batch, original: Original, now: datetime) -> None:
    """Record one file, unless another tab was faster."""
    try:
        with transaction.atomic():
            Revision.objects.hold(publishing.RECORDS)
            fresh = Original.objects.ready().filter(pk=original.pk).first()
            if fresh is None or fresh.on is None:
                return
            outcome = importing.record_file(
                file=_file(fresh),
                on=fresh.on,
                now=now,
                since=batch.made_at,
                answers=answers_for(batch, fresh),
                publish=batch.goal == Batch.Goal.PUBLISH,
                original=fresh,
            )
            fresh.found["open"] = len(_questions(outcome.reading)) if outcome.reading else 0
            fresh.found["is_changed"] = outcome.is_changed
            fresh.trouble = outcome.unpublished or fresh.trouble
            fresh.save(update_fields=["found", "trouble"])
    except NotRecordedError as refusal:
        _refuse(original, f"Not recorded: {refusal}")
    except Exception:
        logger.exception("A file of a batch could not be recorded.")
        _refuse(original, "This file could not be recorded: the site's log says more.")


def _refuse(original: Original, why: str) -> None:
    Original.objects.filter(pk=original.pk, state=Original.State.READ).update(state=Original.State.REFUSED, trouble=why)


def _file(original: Original) -> File:
    return File(name=original.name, data=bytes(original.data), text=original.text, said=tuple(original.said))


@transaction.atomic
def correct(*, batch: Batch, days: dict[int, date], left_out: Iterable[int]) -> None:
    """Put days in by the keys of files, which are read anew with them, and leave files out."""
    for key, on in days.items():
        changed = batch.files.filter(pk=key, state__in=[Original.State.READ, Original.State.WAITING]).exclude(on=on)
        changed.update(given_on=on, on=None, state=Original.State.WAITING)
    unrecorded = batch.files.filter(pk__in=left_out).exclude(state=Original.State.RECORDED)
    unrecorded.update(state=Original.State.LEFT_OUT, trouble="You left it out.")


def answer(*, batch: Batch, answers: dict[str, str]) -> None:
    """Keep answers by their questions' keys beside those given before; an empty one leaves its question open."""
    batch.answers = {**batch.answers, **answers}
    batch.save(update_fields=["answers"])


def aim(*, batch: Batch, goal: Batch.Goal) -> None:
    """Say what shall be done with the files, now that they were looked through."""
    batch.goal = goal
    batch.save(update_fields=["goal"])


@transaction.atomic
def clear_away(*, batch: Batch) -> None:
    """Forget the batch and its files; what was recorded stays, with its files, where it is."""
    batch.files.exclude(state=Original.State.RECORDED).delete()
    batch.files.update(found={})  # it told of the way in; the records tell the rest
    batch.delete()
