"""Five years of a group's meetings on the public pages: light, alone, and two presses from home, without JavaScript."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from actions.models import Action
from bench.five_years import MEETINGS, load
from meetings.models import Meeting
from wishlists.models import Entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST = 100_000  # bytes, as they are before compression; what is sent is about a quarter of it


def paths():
    """The public pages, the longest of each kind."""
    names = ["home", "meetings:meeting_list", "actions:action_list", "wishlists:entry_list", "group_detail"]
    names += ["meetings:calendar", "meetings:event_list", "contact", "figures", "open_data", "search"]
    latest = Meeting.objects.with_notes().latest("on")
    coming = Meeting.objects.exclude(agenda_published_at=None).latest("on")
    return [
        *(reverse(name) for name in names),
        reverse("search") + "?q=data",
        latest.get_absolute_url(),
        reverse("meetings:meeting_highlights", args=[latest.slug]),
        coming.get_absolute_url(),
        reverse("meetings:meeting_agenda", args=[coming.slug]),
        Action.objects.latest("number").get_absolute_url(),
        Entry.objects.latest("number").get_absolute_url(),
        latest.host.get_absolute_url(),
        Entry.objects.exclude(dataset=None).latest("number").dataset.get_absolute_url(),
    ]


def addresses(page, within="body"):
    """Where the page's links lead, without their fragments."""
    found = page.locator(f"{within} a[href]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return {address.partition("#")[0] for address in found}


def first_visit(open_page, path, host):
    """What a reader who never was here loads for one page: its bytes, and what came from elsewhere."""
    page = open_page("/healthz", javascript=False)
    loaded = []
    page.on("response", lambda response: loaded.append(response))  # noqa: PLW0108 (it wants a function of ours)
    page.goto(path, wait_until="load")
    icon = page.request.get(page.locator("link[rel=icon]").get_attribute("href"))  # without a window none is asked for
    weight = sum(len(response.body()) for response in loaded) + len(icon.body())
    page.context.close()
    return weight, [response.url for response in loaded if not response.url.startswith(host)]


def test_five_years_are_light_and_two_presses_away(transactional_db, open_page, live_server):
    today = timezone.localdate()
    load(today=today, now=timezone.now())
    call_command("rebuild_search", verbosity=0)
    assert Meeting.objects.past(on=today).count() == MEETINGS

    visits = {path: first_visit(open_page, path, live_server.url) for path in paths()}
    assert {path: elsewhere for path, (_, elsewhere) in visits.items() if elsewhere} == {}
    assert {path: weight for path, (weight, _) in visits.items() if not 10_000 < weight < MOST} == {}

    page = open_page("/", javascript=False)
    one_press = addresses(page)
    coming = Meeting.objects.going_ahead().upcoming(on=today).first()
    assert Meeting.objects.with_notes().latest("on").get_absolute_url() in one_press
    assert reverse("meetings:meeting_agenda", args=[coming.slug]) in one_press

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Meetings").click()
    years = {day.year for day in Meeting.objects.dates("on", "year")}
    assert len(years) >= 6
    archive = page.get_by_role("navigation", name="Year by year")
    archive.wait_for()
    assert set(archive.get_by_role("link").all_inner_texts()) == {"All years", *map(str, years)}
    for year in sorted(years):
        archive.get_by_role("link", name=str(year)).click()
        archive.locator("[aria-current]", has_text=str(year)).wait_for()
        found = {path for path in addresses(page, "main .rows") if re.fullmatch(r"/meetings/[\d-]+/", path)}
        assert found == {meeting.get_absolute_url() for meeting in Meeting.objects.in_year(year)}
