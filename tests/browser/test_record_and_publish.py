"""The main job in a real browser: the secretary records and publishes notes, the public reads them."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from meetings.models import Meeting
from members.models import Person
from tests.browser.conftest import barriers, picture
from tests.factories import make_group, make_meeting, make_organisation, make_user
from wishlists.models import Entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTES = """These are the notes of the EDC meeting held in Elmbridge Council Mill Road on Wednesday 28th January 2026.

  Attendance Ada Birch, Bo Ashworth, Dr Cleo Dunn
  Present Eli Fenn
  Apologies Gia Holt
  Matters Arising Notes of meeting 26/11/2025 agreed.
    AB to write to all members about the spring dates. BA/CD to find a room by 4th March.
  Data Usage & Wish Lists AB: Used: Bus stop times

Wants: Tree positions

    XY: Wants: Better maps
  Events Open Data Day falls on the first Saturday of March.  The walk along the canal starts at ten.
  4. AOB and FUTURE MEETINGS 25th March, 11.00-13.00, hosted by Elmbridge Council



%d bloggers like this:
"""


@pytest.fixture
def secretary(transactional_db):
    make_group()
    make_organisation("Elmbridge Council")
    return make_user("Sefa Stone", role="secretary")


@pytest.fixture
def meeting(secretary):
    return make_meeting(on=date(2026, 1, 28))


@pytest.mark.smoke
def test_the_secretary_records_and_publishes_and_the_public_reads(log_in, open_page, secretary, meeting):
    page = log_in(secretary)
    page.goto(reverse("admin:meetings_meeting_change", args=[meeting.pk]))
    page.get_by_role("link", name="Record notes").click()
    page.get_by_label("Notes", exact=True).fill(NOTES)
    reading = page.locator("#reading")
    reading.get_by_text("XY: nobody at this meeting has these initials: who is it?").wait_for()
    expect(reading.get_by_role("heading", name="Actions 2")).to_be_visible()
    reading.get_by_label("or add a person").fill("Xenia Young")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("The notes are saved as a draft").wait_for()
    assert "[A1]" in page.get_by_label("Notes", exact=True).input_value()
    assert Entry.objects.get(text="Better maps").person.name == "Xenia Young"

    public = open_page(meeting.get_absolute_url())
    expect(public.get_by_text("spring dates")).to_have_count(0)
    page.get_by_role("button", name="Save and publish").click()
    page.get_by_text("The notes are saved and published.").wait_for()
    public.reload()
    public.get_by_text("AB to write to all members about the spring dates.").first.wait_for()
    expect(public.get_by_text(", not yet agreed.").first).to_be_visible()
    expect(public.get_by_text("bloggers like this")).to_have_count(0)


def test_without_javascript_a_preview_button_reads(log_in, secretary, meeting):
    page = log_in(secretary, javascript=False)
    page.goto(reverse("admin:meetings_meeting_record", args=[meeting.pk]))
    page.get_by_label("Notes", exact=True).fill(NOTES)
    page.get_by_role("button", name="Preview").click()
    page.get_by_label("or add a person").fill("Xenia Young")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("The notes are saved as a draft").wait_for()
    assert Person.objects.filter(name="Xenia Young").count() == 1
    assert Meeting.objects.filter(on=date(2026, 3, 25)).count() == 1


def test_the_record_page_is_accessible(log_in, secretary, meeting):
    page = log_in(secretary)
    page.goto(reverse("admin:meetings_meeting_record", args=[meeting.pk]))
    page.get_by_label("Notes", exact=True).fill(NOTES)
    page.locator("#reading").get_by_role("heading", name="Questions").wait_for()
    picture(page, "record")
    assert barriers(page) == {}
