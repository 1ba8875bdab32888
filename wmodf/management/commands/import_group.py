"""`manage.py import_group FILE.zip`: a group that left another site arrives on this one, which has to be empty."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from wmodf.moving import RefusedError, arriving


class Command(BaseCommand):
    """Reads what `export_group` wrote into an empty site of either database."""

    help = "Read what export_group wrote into this site, which has to be empty. All of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file's name."""
        parser.add_argument("file", metavar="FILE.zip", type=Path)

    def handle(self, *, file: Path, **options: object) -> None:  # noqa: ARG002 (Django's signature)
        """Read it, or say why not."""
        try:
            group = arriving.arrive(file, now=timezone.now(), tell=self._tell)
        except RefusedError as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as error:
            msg = f"{file} can't be read: {error.strerror}."
            raise CommandError(msg) from None
        self.stdout.write(f"{group} has arrived. For the secretary's first login: manage.py login_link E-MAIL")

    def _tell(self, what: str, rows: int) -> None:
        self.stderr.write(f"{what}: {rows}")
