"""`manage.py export_group FILE.zip`: everything of the group in one file."""

import os
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from wmodf.moving import RefusedError, leaving


class Command(BaseCommand):
    """Writes the group's records, notes, calendars and files into one zip."""

    help = "Write everything of the group into one zip: records, notes, calendars and files. It holds private data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file's name."""
        parser.add_argument("file", metavar="FILE.zip", type=Path, help="where to write it; no file may be there yet")

    def handle(self, *, file: Path, **options: object) -> None:  # noqa: ARG002 (Django's signature)
        """Write it; a file that was begun is removed again where something goes wrong."""
        try:
            # For whoever runs the command alone: it holds e-mail addresses and drafts.
            descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        except OSError as error:
            msg = f"{file} can't be written: {error.strerror}. Give a name that no file has yet."
            raise CommandError(msg) from None
        done = False
        try:
            with os.fdopen(descriptor, "w+b") as into:
                leaving.leave(into, now=timezone.now(), tell=self._tell)
            done = True
        except RefusedError as refusal:
            raise CommandError(str(refusal)) from None
        finally:
            if not done:
                file.unlink()
        size = file.stat().st_size
        self.stdout.write(
            f"{file} holds everything of the group ({size:,} bytes). Keep it safe: it holds private data."
        )

    def _tell(self, what: str, rows: int) -> None:
        self.stderr.write(f"{what}: {rows}")
