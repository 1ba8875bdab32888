"""`manage.py load_demo`: a demonstration group to look at."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from members.models import Organisation
from wmodf import demonstration


class Command(BaseCommand):
    """Loads the demonstration group into an empty database."""

    help = "Load a made-up group with a year of meetings into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --if-empty."""
        parser.add_argument(
            "--if-empty", action="store_true", help="say nothing and do nothing where the database holds people already"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 (Django's own signature)
        """Load it, or say why not."""
        group = Organisation.objects.group()
        if group is not None and (group.is_demonstration or options["if_empty"]):
            self.stdout.write("The data is kept as it is.")
            return
        try:
            demonstration.load(today=timezone.localdate(), now=timezone.now())
        except demonstration.NotEmptyError as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write("The demonstration group is loaded.")
