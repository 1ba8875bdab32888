"""`manage.py demo_links` prints how to log in as the demonstration's secretary and as one of its members."""

from datetime import date

from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils import timezone

from actions.models import Action, ActionOwner
from members import logins
from members.models import Membership, Organisation, Person
from wmodf.lib.urls import absolute


class Command(BaseCommand):
    """Prints two links for `make run`, new at each start, and two addresses; elsewhere, how to get a link."""

    help = "Print a link that logs in the demonstration's secretary, and one for a plain member."

    def handle(self, **_options: object) -> None:
        """Print the links, at once even where the output is a file."""
        now = timezone.now()
        group = Organisation.objects.group()
        if group is None or not group.is_demonstration:
            self.stdout.write("This is no demonstration. For a login link: manage.py login_link E-MAIL")
            return
        addresses = []
        for label, role in (("Secretary", Membership.Role.SECRETARY), ("Member", Membership.Role.MEMBER)):
            person = _one_holding(role, on=timezone.localdate(now))
            if person is not None:
                self.stdout.write(f"{label}: {logins.link_for(person.email, now=now)}")
                addresses.append(person.email)
        if addresses:
            login = absolute(reverse("login"))
            self.stdout.write(f"Or log in at {login} as {' or '.join(addresses)}: the code is printed here.")
        self.stdout.flush()


def _one_holding(role: str, *, on: date) -> Person | None:
    """Somebody of this office with an address; of several the first who has an open action, and so something to do."""
    people = list(Person.objects.holding(role, on=on).exclude(email="").order_by("pk"))
    told = Action.objects.open().filter(is_circulated=True)
    busy = set(ActionOwner.objects.of(told).values_list("person", flat=True))
    return next((person for person in people if person.pk in busy), people[0] if people else None)
