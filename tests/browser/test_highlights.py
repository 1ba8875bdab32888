"""Highlights and versions: published and compared by keyboard, accessible, narrow, on paper."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from meetings import publishing, recording
from meetings.minutes.structure import Kind
from tests import factories
from tests.browser.conftest import overflow, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTES = """Present: Ada Birch, Bo Cole

1. Buses
It rained all the way.
Action: Ada Birch to ask the bus company for stop times.
Bo Cole will be thanked.
"""


@pytest.fixture
def meeting(transactional_db):
    """A meeting of yesterday with draft notes that name the next one."""
    factories.make_group()
    now = timezone.now()
    on = timezone.localdate(now) - timedelta(days=1)
    meeting = factories.make_meeting(on=on, now=now)
    named = factories.make_meeting(on=on + timedelta(days=35), venue="Town Hall", status="tentative", now=now)
    next_ = f"\nNext meeting: {named.on.day} {named.on:%B %Y}, 11:00, Town Hall\n"
    recording.record(meeting=meeting, text=NOTES + next_, now=now)
    assert meeting.lines.get(kind=Kind.NEXT_MEETING).named_meeting == named
    return meeting


def problems_of(page):
    """What axe finds, and how far the page scrolls to the side."""
    found = violations(page)
    return [*found, ("overflow", overflow(page))] if overflow(page) > 0 else found


def test_highlights_are_published_and_versions_compared(open_page, log_in, meeting):
    secretary = log_in(factories.make_user("Sefa Secretary", role="secretary"))
    secretary.goto(reverse("admin:meetings_meeting_record", args=[meeting.pk]))
    button = secretary.get_by_role("button", name="Publish the highlights")
    button.focus()
    secretary.keyboard.press("Enter")
    expect(secretary.get_by_text("Draft, its highlights published")).to_be_visible()
    secretary.get_by_role("link", name="See the highlights").click()

    address = reverse("meetings:meeting_highlights", args=[meeting.slug])
    for width, scheme in ((1280, "light"), (320, "dark")):
        page = open_page(address, width=width, scheme=scheme)
        expect(page.get_by_role("heading", level=1)).to_have_text("Highlights: actions and next date")
        assert problems_of(page) == []
        expect(page.get_by_text("It rained")).to_have_count(0)
        for path in ("/", "/meetings/", meeting.get_absolute_url()):
            page.goto(path)
            assert problems_of(page) == [], path
        page.goto(address)
    pdf = PdfReader(io.BytesIO(page.pdf(format="A4")))
    words = " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split())
    assert "to ask the bus company" in words
    assert "Town Hall" in words
    assert [told for told in ("Log in", "As plain text", "Contact") if told in words] == []
    page.goto(meeting.get_absolute_url())
    page.get_by_role("link", name="Read the highlights").click()
    page.get_by_role("link", name="As plain text").click()
    expect(page.locator("pre")).to_contain_text("Ada Birch to ask the bus company")

    minutes = meeting.minutes
    minutes.refresh_from_db()
    publishing.circulate(minutes=minutes, now=timezone.now())
    recording.record(meeting=meeting, text=minutes.text.replace("rained", "snowed"), now=timezone.now())
    for width in (1280, 320):
        secretary.set_viewport_size({"width": width, "height": 900})
        secretary.goto(reverse("admin:meetings_meeting_versions", args=[meeting.pk]))
        expect(secretary.get_by_role("heading", name="1 difference")).to_be_visible()
        assert problems_of(secretary) == []
    oldest = secretary.get_by_role("radio", name="Older").last
    oldest.focus()
    secretary.keyboard.press("Space")
    secretary.keyboard.press("Enter")
    secretary.wait_for_url("**older=**")
    expect(secretary.locator("del")).to_contain_text("It rained all the way.")
    expect(secretary.locator("ins").first).to_contain_text("It snowed all the way.")
    assert secretary.get_by_role("radio", name="Older").last.is_checked()
