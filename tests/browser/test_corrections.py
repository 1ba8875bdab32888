"""Published notes corrected in a real browser: agreed lines, and a passage that should never have been there."""

from datetime import date

import pytest
from django.urls import reverse

from meetings import publishing, recording
from meetings.models import Minutes
from tests.browser.conftest import overflow, violations
from tests.factories import NOW, make_group, make_meeting, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTES = """Present: Ada Birch, Bo Marsh

1. Bus stops
There was a long talk about bus stops, about the county that puts them up, and about who pays for them when they fall.
AB to book the hall
Agreed that the fee is £500.
It is Zora Quill who was ill.
"""
LATER = """Present: Ada Birch, Bo Marsh

1. Notes of the last meeting
Notes of 28 January 2026 agreed with one correction: item 1 should read £5,000.
"""


@pytest.fixture
def meeting(transactional_db):
    """A meeting whose notes a later one agreed, with a correction."""
    make_group()
    meetings = [make_meeting(on=date(2026, 1, 28)), make_meeting(on=date(2026, 3, 25))]
    for one, text in zip(meetings, (NOTES, LATER), strict=True):
        publishing.circulate(minutes=recording.record(meeting=one, text=text, now=NOW).minutes, now=NOW)
    return meetings[0]


def look_at(page):
    """The page is accessible, and fits, wide and narrow."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []
        assert overflow(page) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})


def test_an_agreed_line_is_corrected_and_a_passage_taken_out(log_in, open_page, meeting):
    page = log_in(make_user("Sefa Stone", role="secretary"))
    page.goto(reverse("admin:meetings_meeting_change", args=[meeting.pk]))
    page.goto(reverse("admin:meetings_meeting_correct", args=[meeting.pk]))
    look_at(page)
    # All of it by keyboard.
    page.get_by_role("link", name="Enter it").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/correct/?decided_at=*")
    page.get_by_role("link", name="Correct “Agreed that the fee").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Correct this passage").wait_for()
    box = page.get_by_label("What it should read")
    box.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Agreed that the fee is £5,000.")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.selectedOptions[0].text") == "The meeting of 25 March 2026"
    page.keyboard.press("Tab")
    page.keyboard.type("A nought was lost.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Is this the correction?").wait_for()
    look_at(page)
    page.get_by_role("button", name="Save the correction").press("Enter")
    page.get_by_text("The correction is saved").wait_for()

    page.get_by_role("link", name="Take a passage out").click()
    page.get_by_label("The words to take out").fill("zora quill")
    page.get_by_label("Why").fill("Their wish.")
    page.get_by_role("button", name="Show what will change").press("Enter")
    page.get_by_role("heading", name="places will change").wait_for()
    look_at(page)
    page.get_by_role("button", name="Take it out for good").press("Enter")
    page.get_by_text("The passage was taken out.").wait_for()
    look_at(page)
    assert "Zora" not in Minutes.objects.get(meeting=meeting).text

    reader = open_page(meeting.get_absolute_url())
    corrections = reader.get_by_role("region", name="Corrections")
    corrections.get_by_text("for “Agreed that the fee is £500.” read “Agreed that the fee is £5,000.”").wait_for()
    corrections.get_by_text("A passage was taken out").wait_for()
    look_at(reader)
    reader.get_by_role("link", name="corrected", exact=True).press("Enter")
    reader.wait_for_url("**#correction-*")
    corrections.get_by_role("link", name="meeting of 25 March 2026").click()
    reader.get_by_role("region", name="Corrections to the notes of 28 January 2026").wait_for()
    look_at(reader)


def test_it_works_without_javascript(log_in, meeting):
    page = log_in(make_user("Sefa Stone", role="secretary"), javascript=False)
    page.goto(reverse("admin:meetings_meeting_correct", args=[meeting.pk]))
    page.get_by_role("link", name="Correct “Agreed that the fee").click()
    page.get_by_label("What it should read").fill("Agreed that the fee is £50.")
    page.get_by_role("button", name="Show what changes").click()
    page.get_by_role("button", name="Save the correction").click()
    page.get_by_text("The correction is saved").wait_for()
    assert "£50." in Minutes.objects.get(meeting=meeting).text
