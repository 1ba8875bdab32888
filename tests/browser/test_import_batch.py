"""A back-catalogue in a real browser: an archive is sent in, read, its question answered, recorded and published."""

import zipfile
from io import BytesIO

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from meetings.models import Attendance, Minutes
from tests import archive_of_notes
from tests.browser.conftest import overflow, violations
from tests.factories import make_group, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Those in which Catriona's name is first spelt one way, then another, and one between them.
NOTES = [archive_of_notes.archive((".txt", ".md"))[number] for number in (4, 5, 9)]


@pytest.fixture
def secretary(transactional_db):
    make_group(name="Vale Data Circle")
    return make_user("Sefa Stone", role="secretary")


@pytest.fixture
def zipped():
    """The notes in an archive, as a browser sends it."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for one in NOTES:
            archive.writestr(f"notes/{one.name}", one.data())
        archive.writestr("notes/plan.xlsx", b"PK")
    return {"name": "notes.zip", "mimeType": "application/zip", "buffer": stream.getvalue()}


def test_an_archive_becomes_the_records_of_its_meetings(log_in, open_page, secretary, zipped):
    page = log_in(secretary)
    page.goto(reverse("admin:meetings_meeting_changelist"))
    with page.expect_navigation():  # or the look at it might begin on the page before
        page.get_by_role("link", name="Record many files").click()
    assert violations(page) == []
    page.get_by_label("Files of notes").set_input_files(zipped)
    page.get_by_role("button", name="Send and read").click()
    page.get_by_text("3 of 3 read.").wait_for()
    assert not Minutes.objects.exists()

    question = page.get_by_role("group", name="Catriona McKendrick: is this Catriona Mackendrick, spelt another way?")
    question.get_by_label("Answer").select_option(label="Catriona Mackendrick")
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert overflow(page) == 0
    assert violations(page) == []
    page.get_by_role("button", name="Record and publish all").click()
    page.get_by_text("3 of 3 recorded and published.").wait_for()
    assert violations(page) == []
    named = Attendance.objects.filter(person__name="Catriona Mackendrick").values_list("person_name", flat=True)
    assert set(named) == {"Catriona Mackendrick", "Catriona McKendrick"}

    public = open_page(reverse("meetings:meeting_list"))
    for one in NOTES:
        expect(public.locator(f'a[href="/meetings/{one.on.isoformat()}/"]')).to_have_count(1)


def test_without_javascript_a_button_goes_on(log_in, secretary, zipped):
    page = log_in(secretary, javascript=False)
    page.goto(reverse("admin:meetings_meeting_import"))
    page.get_by_label("Files of notes").set_input_files(zipped)
    page.get_by_role("button", name="Send and read").click()
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("3 of 3 read.").wait_for()
    page.get_by_role("button", name="Record all").click()
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("3 of 3 recorded as drafts.").wait_for()
    assert set(Minutes.objects.values_list("meeting__on", "status")) == {(one.on, "draft") for one in NOTES}
