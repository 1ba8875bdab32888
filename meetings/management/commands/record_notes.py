"""`manage.py record_notes`: notes from files become the records of their meetings."""

from argparse import ArgumentParser
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from meetings import publishing, recording
from meetings.minutes import reader
from meetings.minutes.files import NotTakenError, take
from meetings.minutes.structure import Kind, Presence
from meetings.models import Meeting
from meetings.reading import LONGEST, Reading
from meetings.recording import Recorded
from wmodf.lib.dates import is_plausible
from wmodf.lib.words import tidy


class Command(BaseCommand):
    """Records one file a meeting; what a file can't give is said, and the other files go on."""

    help = "Record notes from text files. Recording a file twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files and what to do with them."""
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--date", help="the meeting's date, as 2020-01-29: for one file whose text does not say it")
        parser.add_argument("--publish", action="store_true", help="publish the notes, else they are drafts")
        parser.add_argument("--dry-run", action="store_true", help="say what would be recorded; write nothing")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 (Django's own signature)
        """Record the files in the order given; a CommandError at the end if any could not be."""
        given = _parse(options["date"])
        if given and len(options["files"]) > 1:
            msg = "--date goes with one file."
            raise CommandError(msg)
        if options["dry_run"]:
            # All files in one transaction that is taken back: each finds what those before it would have left.
            with transaction.atomic():
                failed = self._record_all(options["files"], given, publish=options["publish"])
                transaction.set_rollback(True)
        else:
            failed = self._record_all(options["files"], given, publish=options["publish"])
        if options["dry_run"]:
            self.stdout.write("Nothing was written: this was a dry run.")
        if failed:
            msg = f"{failed} of {len(options['files'])} files could not be recorded."
            raise CommandError(msg)

    def _record_all(self, paths: list[Path], given: date | None, *, publish: bool) -> int:
        """Record each file whole or not at all; how many could not be."""
        failed = 0
        for path in paths:
            try:
                with transaction.atomic():
                    self._record(path, given, publish=publish)
            except CommandError as error:
                failed += 1
                self.stderr.write(f"{path.name}: {error}")
        return failed

    def _record(self, path: Path, given: date | None, *, publish: bool) -> None:
        text = _text_of(path)
        in_name = reader.date_in_name(path.name)
        in_text = reader.read(text, year_from=given or in_name).on
        on = given or in_text or in_name
        if on is None:
            msg = "neither the text nor the file's name says when the meeting was. Give --date."
            raise CommandError(msg)
        source = "--date" if given else "its text" if in_text else "the file's name"
        now = timezone.now()
        meeting = Meeting.objects.filter(on=on).going_ahead().order_by("pk").first()
        is_new = meeting is None
        if meeting is None:
            meeting = Meeting(on=on)
            publishing.publish(meeting=meeting, now=now)
        try:
            recorded = recording.record(meeting=meeting, text=text, now=now)
        except publishing.NotAllowedError as refusal:
            raise CommandError(str(refusal)) from None
        if recorded.is_changed and recorded.minutes.is_circulated and not publish:
            msg = "this meeting's notes are published and differ from the file. Give --publish to replace them."
            raise CommandError(msg)
        if publish:
            publishing.circulate(minutes=recorded.minutes, now=now)
        self._report(path, on, source, recorded, is_new=is_new)

    def _report(self, path: Path, on: date, source: str, recorded: Recorded, *, is_new: bool) -> None:
        """A few lines on what became of one file."""
        reading = recorded.reading
        state = recorded.minutes.get_status_display()
        changed = "recorded" if recorded.is_changed else "no change"
        meeting = "New meeting" if is_new else "Meeting"
        self.stdout.write(f"{path.name}: {changed}. {meeting} of {on.day} {on:%B %Y} (by {source}); {state}.")
        self.stdout.write(f"  {_counts(reading)}")
        if reading.resolver.new_people:
            names = ", ".join(person.name for person in reading.resolver.new_people)
            self.stdout.write(f"  New here: {names}")
        for question in reading.questions:
            if not question.answer:
                self.stdout.write(f"  Question: {question.message}")
        for note in reading.notes:
            self.stdout.write(f"  Note: {note}")
        for problem in reading.doc.problems:
            if problem.code not in {"initials", "same-initials"}:
                self.stdout.write(f"  Line {problem.line}: {problem.message}")


def _text_of(path: Path) -> str:
    """The file's tidy text; a CommandError says why there is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        msg = f"can't be opened ({error.strerror})."
        raise CommandError(msg) from None
    try:
        text = tidy(take(path.name, data).text)
    except NotTakenError as refusal:
        raise CommandError(str(refusal)) from None
    if len(text) > LONGEST:
        msg = f"is {len(text):,} characters long; {LONGEST:,} is the most."
        raise CommandError(msg)
    return text


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


def _counts(reading: Reading) -> str:
    doc = reading.doc
    counts = [
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
    return ", ".join(f"{count} {what}" for count, what in counts)
