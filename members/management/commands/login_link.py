"""`manage.py login_link E-MAIL` prints a link that logs in once."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from members import logins


class Command(BaseCommand):
    """Prints a link that logs a member in once, within half an hour."""

    help = "Print a link that logs a current member (or a technical administrator) in once, within 30 minutes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address."""
        parser.add_argument("email", metavar="E-MAIL", help="The address that the site knows the person by.")
        parser.add_argument(
            "--forget-second-step",
            action="store_true",
            help="First remove the person's app, passkeys and recovery codes, where they have lost them.",
        )

    def handle(self, *, email: str, forget_second_step: bool, **options: object) -> None:  # noqa: ARG002 (Django's signature)
        """Print the link alone, so that scripts can use it; what was removed is said beside it."""
        try:
            link = logins.link_for(email, now=timezone.now())
        except logins.NoLoginError as error:
            raise CommandError(str(error)) from None
        if forget_second_step:
            count = logins.forget_second_step(email)
            words = "The second step was removed" if count else "There was no second step"
            self.stderr.write(f"{words}: the link alone logs in.")
        self.stdout.write(link)
