"""Every public page of the demonstration: accessible however it is read, and readable without JavaScript."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from actions.models import Action
from meetings.models import Meeting, Minutes
from members.models import Organisation, Person
from tests.browser.conftest import barriers, picture
from wishlists.models import Dataset, Entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def paths():
    """The public pages, with one meeting of each kind."""
    notes = Meeting.objects.get(pk=Minutes.objects.filter(status="circulated").latest("meeting__on").meeting_id)
    agreed = Meeting.objects.get(pk=Minutes.objects.filter(status="agreed").latest("meeting__on").meeting_id)
    coming = Meeting.objects.filter(minutes=None)
    names = ["home", "meetings:meeting_list", "actions:action_list", "wishlists:entry_list", "group_detail"]
    names += ["meetings:calendar", "contact", "login", "organisation_list", "dataset_list", "figures"]
    names += ["open_data", "search", "accessibility", "privacy", "meetings:event_list"]
    entry = Entry.objects.visible_to(None).exclude(dataset=None).first()
    records = [Person.objects.members(on=timezone.localdate()), Organisation.objects.order_by("-pk"), Dataset.objects]
    return [
        *(reverse(name) for name in names),
        *(record.first().get_absolute_url() for record in records),
        notes.get_absolute_url(),
        agreed.get_absolute_url(),
        reverse("meetings:meeting_highlights", args=[notes.slug]),
        Action.objects.visible_to(None).first().get_absolute_url(),
        entry.get_absolute_url(),
        reverse("search") + "?q=data",
        reverse("search") + "?q=xyzzyplugh&year=never",
        *(meeting.get_absolute_url() for meeting in coming),
        reverse("meetings:meeting_list") + "?words=library",
        reverse("meetings:meeting_list") + "?year=never",
        "/meetings/1999-01-01/",
    ]


def test_every_public_page_is_accessible(demo, open_page):
    page = open_page("/healthz")
    found = {path: barriers(page, path) for path in paths()}
    assert {path: problems for path, problems in found.items() if problems} == {}


def test_a_meeting_on_paper_is_its_notes_alone(demo, open_page):
    minutes = Minutes.objects.filter(status="circulated").latest("meeting__on")
    page = open_page(minutes.meeting.get_absolute_url(), height=1100)
    picture(page, "meeting")
    page.emulate_media(color_scheme="dark")
    pdf = PdfReader(io.BytesIO(page.pdf(format="A4")))
    pages = [sheet.extract_text() for sheet in pdf.pages]
    assert [f"Page {number} of {len(pages)}" in words for number, words in enumerate(pages, 1)] == [True] * len(pages)
    assert minutes.meeting.items.last().title in pages[-1]
    on_screen_only = ("Log in", "Search", "Contents", "Download these notes", "Contact", "subscribe")
    assert [words for words in on_screen_only if any(words in sheet for sheet in pages)] == []
    page.emulate_media(media="print")
    colours = "heading => [getComputedStyle(heading).color, getComputedStyle(document.body).backgroundColor]"
    ink = page.locator("h1").evaluate(colours)
    assert ink == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_pages_load_nothing_from_elsewhere_and_need_no_javascript(demo, open_page, live_server):
    asked = []
    page = open_page("/healthz", javascript=False)
    page.on("request", lambda request: asked.append(request.url))
    for path in paths():
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert {url for url in asked if not url.startswith(live_server.url)} == set()


def test_the_first_tab_stop_skips_to_the_content(open_page):
    page = open_page("/healthz")
    for path in ("/", "/meetings/", "/search/?q=data", "/figures/"):
        page.goto(path)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("main")).to_be_focused()


def test_search_is_within_reach_and_takes_no_room_on_a_phone(open_page):
    page = open_page("/", javascript=False)
    box = page.get_by_role("search")
    box.get_by_role("searchbox").fill("library")
    box.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    expect(page.get_by_role("searchbox")).to_have_value("library")
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto("/")
    expect(page.get_by_role("search")).to_be_hidden()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Search").click()
    expect(page.get_by_role("search")).to_be_visible()
