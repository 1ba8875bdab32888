"""An agenda with its papers in a real browser: read by everyone, on paper too, and given papers by the secretary."""

import re
from datetime import date, time
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from meetings.agenda.showing import publish_agenda
from meetings.models import Paper
from members.models import Person
from tests import factories
from tests.browser.conftest import overflow, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HERE = "/meetings/2036-05-14/agenda/"


@pytest.fixture
def meeting(transactional_db):
    """A meeting to come with a published agenda."""
    factories.make_group()
    factories.make_user("Sefa Stone", role="secretary")
    last = factories.make_meeting(on=date(2036, 3, 12))
    ada = factories.make_person("Ada Birch", role="chair")
    factories.make_action("AB to ask the bus company about the times of the last buses", owners=[ada], meeting=last)
    factories.make_minutes(last)
    meeting = factories.make_meeting(on=date(2036, 5, 14), starts=time(11), ends=time(13), venue="Elmbridge Library")
    factories.make_agenda_item(meeting, "Notes of the last meeting", kind="previous-notes", minutes=5)
    factories.make_agenda_item(meeting, "Matters arising", kind="matters-arising", minutes=20)
    item = factories.make_agenda_item(
        meeting, "Publishing grants", minutes=30, lead=ada, note="What we can give,\nand from when."
    )
    factories.make_agenda_item(meeting, "Staffing", minutes=10, is_confidential=True)
    factories.make_paper(meeting, "A-rather-long-name-that-somebody-gave-to-a-paper" * 3, item=item)
    factories.make_paper(meeting, "A year of wants", link="https://slides.example/a-year-of-wants", kind="slides")
    publish_agenda(meeting=meeting, now=factories.NOW)
    return meeting


def test_an_agenda_is_read_on_every_screen_and_on_paper(open_page, log_in, meeting):
    page = open_page(HERE)
    assert violations(page) == []
    expect(page.get_by_role("heading", name="Publishing grants")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Download this agenda")).not_to_be_visible()
    expect(page.get_by_text("11:25")).to_be_visible()
    assert "https://slides.example" in page.evaluate(
        "getComputedStyle(document.querySelector('a[href^=\"https://slides\"]'), '::after').content"
    )
    for path in (HERE, meeting.get_absolute_url()):
        page = open_page(path, width=320, scheme="dark")
        assert overflow(page) == 0
        assert violations(page) == []
    page = log_in(Person.objects.get(name="Sefa Stone").user, width=320)
    page.goto(HERE)
    expect(page.get_by_text("Confidential: members only")).to_be_visible()
    assert violations(page) == []


def test_the_secretary_gives_a_meeting_its_papers(log_in, meeting, tmp_path):
    page = log_in(Person.objects.get(name="Sefa Stone").user, javascript=False)
    page.goto(reverse("admin:meetings_meeting_papers", args=[meeting.pk]))
    file = Path(tmp_path) / "Fields of grants.csv"
    file.write_text("<script>alert(1)</script>")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Add this paper").click()
    expect(page.get_by_text("This kind of file is not taken")).to_be_visible()
    file.write_text("a,b\n1,2\n")
    new = page.locator("form", has=page.get_by_role("button", name="Add this paper"))
    new.get_by_label("File", exact=True).set_input_files(file)
    new.get_by_label("For", exact=True).select_option(label="Publishing grants")
    new.get_by_role("button", name="Add this paper").click()
    paper = page.get_by_role("article", name="Fields of grants")
    expect(paper.get_by_text("everyone sees it")).to_be_visible()
    paper.locator("summary").press("Enter")
    paper.get_by_label("For members only").check()
    paper.get_by_role("button", name="Save changes").click()
    paper = page.get_by_role("article", name="Fields of grants")
    expect(paper.get_by_text("members see it")).to_be_visible()
    with page.expect_download() as download:
        paper.get_by_role("link", name="Fields of grants").click()
    assert download.value.suggested_filename == "fields-of-grants.csv"
    paper.locator("summary").press("Enter")
    paper.get_by_role("button", name="Remove this paper for good").click()
    expect(page.get_by_text(re.compile("is removed"))).to_be_visible()
    assert Paper.objects.count() == 2

    page = log_in(Person.objects.get(name="Sefa Stone").user, width=320)
    page.goto(reverse("admin:meetings_meeting_papers", args=[meeting.pk]))
    page.locator("summary").first.click()
    assert overflow(page) == 0
    assert violations(page) == []
