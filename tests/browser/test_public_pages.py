"""Every public page of the demonstration: accessible, without side scrolling, readable without JavaScript."""

import io

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from meetings.models import Meeting, Minutes
from tests.browser.conftest import overflow, picture, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def paths():
    """The public pages, with one meeting of each kind."""
    notes = Meeting.objects.get(pk=Minutes.objects.filter(status="circulated").latest("meeting__on").meeting_id)
    agreed = Meeting.objects.get(pk=Minutes.objects.filter(status="agreed").latest("meeting__on").meeting_id)
    coming = Meeting.objects.filter(minutes=None)
    names = ["home", "meetings:meeting_list", "actions:action_list", "wishlists:entry_list", "group_detail"]
    names += ["meetings:calendar", "contact", "login"]
    return [
        *(reverse(name) for name in names),
        notes.get_absolute_url(),
        agreed.get_absolute_url(),
        *(meeting.get_absolute_url() for meeting in coming),
        reverse("meetings:meeting_list") + "?words=library",
        reverse("meetings:meeting_list") + "?year=never",
        "/meetings/1999-01-01/",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_every_public_page_is_accessible(demo, open_page, width, scheme):
    page = open_page("/healthz", width=width, scheme=scheme)
    found = {}
    for path in paths():
        page.goto(path)
        problems = violations(page)
        if overflow(page) > 0:
            problems.append(("overflow", overflow(page)))
        if problems:
            found[path] = problems
    assert found == {}


def test_pictures_of_a_meeting(demo, open_page):
    meeting = Minutes.objects.filter(status="circulated").latest("meeting__on").meeting
    page = open_page(meeting.get_absolute_url(), height=1100)
    assert page.get_by_role("heading", level=1).is_visible()
    picture(page, "meeting")


def test_a_meeting_on_paper_is_its_notes_alone(demo, open_page):
    minutes = Minutes.objects.filter(status="circulated").latest("meeting__on")
    page = open_page(minutes.meeting.get_absolute_url(), scheme="dark")
    pdf = PdfReader(io.BytesIO(page.pdf(format="A4")))
    pages = [sheet.extract_text() for sheet in pdf.pages]
    assert [f"Page {number} of {len(pages)}" in words for number, words in enumerate(pages, 1)] == [True] * len(pages)
    assert minutes.meeting.items.last().title in pages[-1]
    on_screen_only = ("Log in", "Contents", "Download these notes", "Contact", "subscribe")
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
        assert page.get_by_role("heading", level=1).count() == 1
    assert {url for url in asked if not url.startswith(live_server.url)} == set()


def test_the_first_tab_stop_skips_to_the_content(demo, open_page):
    page = open_page("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
