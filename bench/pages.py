"""How long each public page and a member's own take, as a ratio to a bare Django view in the same run.

    DEBUG=1 .venv/bin/python bench/pages.py

Works on a demonstration in memory, through the test client: what is measured is Django and our code, no network.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ["DATABASE_URL"] = "sqlite://:memory:"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wmodf.settings")
sys.path.insert(0, str(Path(__file__).parent.parent))

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse
from django.utils import timezone

from actions.models import Action
from meetings.models import Meeting, Minutes
from members.models import Membership, Person, user_for
from wishlists.models import Entry
from wmodf import demonstration, urls
from wmodf.lib.access import public

ROUNDS = 40


@public(reason="Only there while this runs.")
def bare(request):
    return HttpResponse("bare")


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main() -> None:
    settings.DEBUG = False  # with it, Django notes every query
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    demonstration.load(today=timezone.localdate(), now=timezone.now())
    urls.urlpatterns.append(path("bare/", bare))
    names = ["home", "meetings:meeting_list", "actions:action_list", "wishlists:entry_list", "group_detail"]
    names += ["meetings:calendar", "meetings:calendar_feed", "contact", "healthz"]
    paths = ["/bare/", *(reverse(name) for name in names)]
    paths.append(Minutes.objects.filter(status="circulated").latest("meeting__on").meeting.get_absolute_url())
    agenda = Meeting.objects.exclude(agenda_published_at=None).earliest("on")
    paths += [
        agenda.get_absolute_url(),
        reverse("meetings:meeting_agenda", args=[agenda.slug]),
        reverse(
            "meetings:meeting_highlights",
            args=[Minutes.objects.filter(status="circulated").latest("meeting__on").meeting.slug],
        ),
        f"{reverse('search')}?q=data",
        reverse("meetings:event_list"),
        reverse("meetings:event_feed"),
        Action.objects.filter(is_public=True).latest("number").get_absolute_url(),
        Entry.objects.filter(is_public=True).latest("number").get_absolute_url(),
    ]
    visitor, secretary = Client(), Client()
    tom = Person.objects.holding(Membership.Role.SECRETARY, on=timezone.localdate()).get()
    secretary.force_login(user_for(tom))
    pages = ("agenda", "papers", "replies", "record", "versions", "correct")
    hers = [
        reverse("me"),
        reverse("desk"),
        *(reverse(f"admin:meetings_meeting_{page}", args=[agenda.pk]) for page in pages),
    ]
    clients = dict.fromkeys(paths, visitor) | dict.fromkeys(hers, secretary)
    times = {one: [] for one in clients}
    for _ in range(ROUNDS):  # in turn, so that a busy moment of the machine hits all alike
        for one, client in clients.items():
            times[one].append(seconds(lambda one=one, client=client: client.get(one)))
    medians = {one: statistics.median(taken) for one, taken in times.items()}
    for one, median in medians.items():
        print(f"{median / medians['/bare/']:6.1f}  {one}")


if __name__ == "__main__":
    main()
