"""`manage.py record_notes`: notes from files and folders become the records of their meetings."""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from meetings import contradictions
from meetings.contradictions import Told, told_by, told_by_records
from meetings.imports import importing
from meetings.imports.importing import Dated, DiffersError, File, NotRecordedError, Outcome
from meetings.minutes.files import NotTakenError
from wmodf.lib.dates import in_words, is_plausible


@dataclass(frozen=True, kw_only=True)
class Read:
    """A file that was opened and dated, and what its notes tell."""

    file: File
    dated: Dated
    on: date
    told: Told


class Command(BaseCommand):
    """Records one file a meeting, each whole or not at all; what a file can't give is said, and the others go on."""

    help = (
        "Record notes from files and folders (.txt, .md, .html, .docx). Recording a file twice changes nothing:"
        " stopped in the middle, the same command goes on where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files and what to do with them."""
        parser.add_argument("paths", nargs="+", metavar="PATH", type=Path, help="a file, or a folder with all below it")
        parser.add_argument("--date", help="the meeting's date, as 2020-01-29: for one file whose text does not say it")
        parser.add_argument("--publish", action="store_true", help="publish the notes, else they are drafts")
        parser.add_argument(
            "--replace", action="store_true", help="put these notes in the place of others that their meetings have"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be recorded; write nothing")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 (Django's own signature)
        """Record the files by the days of their meetings; a CommandError at the end if any could not be."""
        given = _parse(options["date"])
        found = list(_files(options["paths"]))
        if given and (len(found) > 1 or not found or options["paths"][0].is_dir()):
            msg = "--date goes with one file."
            raise CommandError(msg)
        self.failed, self.started_at = 0, timezone.now()
        read = list(self._read(found, options["paths"], given))
        read.sort(key=lambda one: (one.on, one.file.name))
        if options["dry_run"]:
            # All files in one transaction that is taken back: each finds what those before it would have left.
            with transaction.atomic():
                self._record_all(read, publish=options["publish"], replace=options["replace"])
                transaction.set_rollback(True)
            self.stdout.write("Nothing was written: this was a dry run.")
        else:
            self._record_all(read, publish=options["publish"], replace=options["replace"])
        if self.failed:
            msg = f"{self.failed} of {len(found)} files could not be recorded."
            raise CommandError(msg)

    def _read(self, found: list[tuple[str, Path]], paths: list[Path], given: date | None) -> Iterator[Read]:
        """Open and date the files, so that they can be recorded by day and held against each other."""
        named = []
        for name, path in found:
            if path.is_symlink() and path not in paths:
                self._say(f"{name}: passed over, as it is a link: give the file itself.")
            elif importing.is_of_notes(name):
                named.append((name, partial(_bytes, name, path)))
            else:
                self._say(f"{name}: passed over, as this kind of file holds no notes that can be read.")
        opened = tqdm(importing.open_all(named), desc="Reading", unit="file", total=len(named), disable=None)
        for (name, _), file in zip(named, opened, strict=True):
            if isinstance(file, OSError):
                self._fail(name, f"can't be opened ({file.strerror}).")
                continue
            if isinstance(file, NotTakenError):
                self._fail(name, str(file).removeprefix(f"{name} "))
                continue
            if isinstance(file, Exception):
                raise file
            dated = importing.date_file(file.name, file.text, given=given)
            if dated.on is None:
                self._fail(name, "neither the text nor the file's name says when the meeting was. Give --date.")
                continue
            yield Read(file=file, dated=dated, on=dated.on, told=told_by(dated.doc, on=dated.on))

    def _record_all(self, read: list[Read], *, publish: bool, replace: bool) -> None:
        """Record each file whole or not at all."""
        others = [*told_by_records(), *(one.told for one in read)]
        for one in tqdm(read, desc="Recording", unit="file", disable=None):
            try:
                outcome = importing.record_file(
                    file=one.file,
                    on=one.on,
                    now=timezone.now(),
                    since=self.started_at,
                    publish=publish,
                    replace=replace,
                )
            except DiffersError as refusal:
                remedy = (
                    "Give --publish to replace them." if refusal.is_published else "Give --replace to replace them."
                )
                self._fail(one.file.name, f"{refusal} {remedy}")
            except NotRecordedError as refusal:
                self._fail(one.file.name, str(refusal))
            else:
                self._say(*_report(one, outcome, contradictions.between(one.told, others)))

    def _say(self, *lines: str) -> None:
        with tqdm.external_write_mode():
            for line in lines:
                self.stdout.write(line)

    def _fail(self, name: str, why: str) -> None:
        self.failed += 1
        with tqdm.external_write_mode():
            self.stderr.write(f"{name}: {why}")


def _bytes(name: str, path: Path) -> bytes:
    """The file's bytes; NotTakenError where they are too many to be read at all."""
    size = path.stat().st_size
    if size > importing.LARGEST:
        msg = f"{name} is {size:,} bytes large; {importing.LARGEST:,} is the most."
        raise NotTakenError(msg)
    return path.read_bytes()


def _files(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """The files given and those in the folders given, each once, with the name by which it is told of.

    Hidden files, and those that Word keeps beside an open document, are none.
    """
    seen = set()
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for one in inside:
            name = one.relative_to(path) if path.is_dir() else Path(one.name)
            is_file = one.is_file() or one.is_symlink()  # a link is told of, wherever it leads
            if path.is_dir() and (not is_file or any(part.startswith((".", "~$")) for part in name.parts)):
                continue
            # A link counts as itself, that the file behind it is not taken for seen; a looping one has no file at all.
            real = one.absolute() if one.is_symlink() else one.resolve()
            if real not in seen:
                seen.add(real)
                yield name.as_posix(), one


def _report(one: Read, outcome: Outcome, contradicted: list[str]) -> Iterator[str]:
    """A few lines on what became of one file."""
    changed = "recorded" if outcome.is_changed else "no change"
    meeting = "New meeting" if outcome.is_new_meeting else "Meeting"
    state = outcome.minutes.get_status_display()
    yield f"{one.file.name}: {changed}. {meeting} of {in_words(one.on)} (by {one.dated.source}); {state}."
    yield from [f"  {outcome.unpublished}"] if outcome.unpublished else []
    yield f"  {', '.join(f'{count} {what}' for count, what in importing.counts(one.dated.doc))}"
    reading = outcome.reading
    if reading is not None and reading.resolver.new_people:
        yield f"  New here: {', '.join(person.name for person in reading.resolver.new_people)}"
    if reading is not None:
        for question in reading.questions:
            if not question.answer:
                yield f"  Question: {question.message}"
        for note in reading.notes:
            yield f"  Note: {note}"
    for words in [*contradictions.of_name(in_name=one.dated.in_name, in_text=one.dated.doc.on), *contradicted]:
        yield f"  Contradiction: {words}"
    for problem in one.dated.doc.problems:
        if problem.code not in importing.ASKED_AS_QUESTIONS:
            yield f"  Line {problem.line}: {problem.message}"
    for words in one.file.said:
        yield f"  File: {words}"


def _parse(day: str | None) -> date | None:
    if not day:
        return None
    try:
        on = datetime.strptime(day, "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        on = date.min
    if not is_plausible(on):
        msg = f"--date {day}: write it as 2020-01-29."
        raise CommandError(msg)
    return on
