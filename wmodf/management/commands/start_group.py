"""`manage.py start_group NAME --secretary E-MAIL` sets up a new site."""

import re
from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from members import logins
from members.models import Membership, Organisation, Person


class Command(BaseCommand):
    """Makes the group and its secretary, and prints the secretary's first login link."""

    help = "Set up a new site: the group, its secretary, and a link with which the secretary logs in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the group's name and who its secretary is."""
        parser.add_argument("name", metavar="NAME", help='The group\'s name, such as "Elmbridge Data Circle".')
        parser.add_argument("--secretary", metavar="E-MAIL", required=True, help="The secretary's e-mail address.")
        parser.add_argument(
            "--name",
            metavar='"FULL NAME"',
            dest="secretary_name",
            default="",
            help="The secretary's name. Made from the address where it is left out; the admin can change it.",
        )

    @transaction.atomic
    def handle(self, *, name: str, secretary: str, secretary_name: str, **options: object) -> None:  # noqa: ARG002 (Django's signature)
        """Make everything or, where something is wrong, nothing."""
        now = timezone.now()
        present = Organisation.objects.group()
        if present is not None:
            msg = (
                f"This site has its group already: {present}. One site serves one group; nothing was changed."
                " For a new login link: manage.py login_link E-MAIL."
            )
            raise CommandError(msg)
        person = Person.objects.by_email(secretary).first() or Person(
            name=secretary_name or _name_of(secretary), email=secretary.strip()
        )
        try:
            group = _saved(Organisation(name=" ".join(name.split()), is_group=True))
            _saved(person)
            _saved(
                Membership(
                    person=person,
                    organisation=group,
                    role=Membership.Role.SECRETARY,
                    start_date=timezone.localdate(now),
                )
            )
        except ValidationError as error:
            msg = f"Nothing was changed. {' '.join(error.messages)}"
            raise CommandError(msg) from None
        self.stdout.write(
            f"{group} is set up. {person}, its secretary, logs in once, within 30 minutes, with this link:"
        )
        self.stdout.write(logins.link_for(person.email, now=now))


def _saved(row: Model) -> Model:
    row.full_clean()
    row.save()
    return row


def _name_of(address: str) -> str:
    """Ada Birch of ada.birch@example.org; the address's first half where it is one word."""
    return " ".join(word.capitalize() for word in re.split(r"[._+-]+", address.partition("@")[0]) if word)
