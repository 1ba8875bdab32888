"""``read_notes``: what the notes in these files say, without touching the database."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from meetings.minutes import reader
from meetings.minutes.as_json import to_json
from meetings.minutes.files import NotTakenError, Taken, take
from meetings.minutes.structure import Kind, Line, MinutesDoc, Presence
from wmodf.lib.dates import with_weekday

HEADS = {Presence.ATTENDED: "Attended", Presence.GUESTS: "In attendance", Presence.APOLOGIES: "Apologies"}


class Command(BaseCommand):
    """Reads files of notes and prints what it found."""

    help = "Reads files of meeting notes and prints what they say, without recording anything."
    # Nothing here needs the database, so a site that is not set up yet can read notes too.
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files, and the form in which to print."""
        parser.add_argument(
            "files",
            nargs="+",
            metavar="FILE",
            help="a file of notes: plain text, Markdown, a web page or a Word document",
        )
        parser.add_argument(
            "--json", action="store_true", help="print one JSON object a line, in the order of the files"
        )

    def handle(self, *_args: str, **options: Any) -> None:  # noqa: ANN401 - Django's own signature
        """Print each file's notes as soon as they are read."""
        for name in options["files"]:
            taken = read_file(name)
            text = taken.text
            doc = reader.read(text, year_from=reader.date_in_name(Path(name).name))
            if options["json"]:
                self.stdout.write(json.dumps(to_json(doc, text)))
            else:
                self.stdout.write("\n".join(summary(name, doc)))
            for sentence in taken.said:
                self.stderr.write(f"{name}: {sentence}")
            self.stdout.flush()


def read_file(name: str) -> Taken:
    """The text of a file, its line ends as they are; a CommandError names a file that is missing or holds no notes."""
    path = Path(name)
    try:
        return take(path.name, path.read_bytes())
    except OSError as error:
        message = f"{name}: cannot be read ({error.strerror})."
        raise CommandError(message) from error
    except NotTakenError as refusal:
        message = f"{name}: {refusal}"
        raise CommandError(message) from refusal


def summary(name: str, doc: MinutesDoc) -> Iterator[str]:
    """What the notes say, for people."""
    yield name
    yield f"  {doc.title or 'A meeting'}, {f'{with_weekday(doc.on)}' if doc.on else 'no date'}"
    if doc.place:
        yield f"  at {doc.place}"
    for presence, head in HEADS.items():
        names = ", ".join(attendee.name for attendee in doc.listed(presence))
        if names:
            yield f"  {head}: {names}"
    for line in doc.opening:
        yield f"    {_line(line)}"
    for item in doc.items:
        yield f"  {item.number + '. ' if item.number else ''}{item.title}"
        for line in item.lines:
            yield f"    {_line(line)}"
    for problem in doc.problems:
        yield f"  ? line {problem.line}: {problem.message}"


def _line(line: Line) -> str:
    who = ", ".join(line.owners) or line.who
    label = "" if line.kind is Kind.PROSE else f"{line.kind.value}{f' ({who})' if who else ''}: "
    return f"{label}{line.text}"
