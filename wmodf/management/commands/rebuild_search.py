"""`manage.py rebuild_search`: what search looks in, made anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from meetings import indexing, publishing
from wmodf.lib import searching
from wmodf.lib.models import Revision


class Command(BaseCommand):
    """Makes anew what search looks in: once after an update that brings search, and whenever it finds too little."""

    help = "Make anew what search looks in, from all meetings, notes, agendas, papers, actions, data and events."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --if-empty."""
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there is something to look in")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 (Django's own signature)
        """Make it, all or nothing, with a word on each step."""
        if options["if_empty"] and not searching.is_empty():
            return
        with transaction.atomic():
            Revision.objects.hold(publishing.RECORDS)
            made = indexing.rebuild(said=self.stdout.write)
        self.stdout.write(self.style.SUCCESS(f"Search looks in {made} texts now."))
