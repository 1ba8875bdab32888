"""A member makes their own calendar: accessible, by keyboard, on a small screen, without JavaScript."""

import icalendar
import pytest
from django.test import Client
from playwright.sync_api import expect

from meetings import publishing
from tests import factories
from tests.browser.conftest import barriers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATH = "/me/calendar/"


@pytest.fixture
def ada(transactional_db):
    """A member with an action that is due."""
    user = factories.make_user("Ada Birch")
    meeting = factories.make_meeting()
    factories.make_minutes(meeting)
    factories.make_action(meeting=meeting, owners=[user.person], due_on=meeting.on)
    publishing.show(meeting=meeting, now=factories.NOW)
    return user


def test_each_state_of_the_page_is_accessible(ada, log_in):
    page = log_in(ada)
    page.goto(PATH)
    found = []
    for button in ("Make my address", "Make a new address and stop the former", None):
        found.append(barriers(page))
        if button:
            with page.expect_navigation():  # or the look at it might begin on the page before
                page.get_by_role("button", name=button).click()
            found.append(barriers(page))
            with page.expect_navigation():
                page.get_by_role("link", name="I have copied what I need").click()
    found.append(barriers(page, "/calendar/"))
    assert [one for one in found if one] == []


@pytest.mark.parametrize("javascript", [True, False])
def test_an_address_is_made_by_keyboard_copied_and_replaced(ada, log_in, live_server, javascript):
    page = log_in(ada, javascript=javascript)
    page.goto("/calendar/")
    page.get_by_role("link", name="Make your personal calendar").click()

    def make(button):
        page.get_by_role("button", name=button).focus()
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Meetings and due dates").wait_for()
        return [
            page.get_by_label(f"Address of {what}, to copy").input_value().removeprefix(live_server.url)
            for what in ("the calendar", "your tasks")
        ]

    calendar, tasks = make("Make my address")
    events = icalendar.Calendar.from_ical(Client().get(calendar).content).walk("VEVENT")
    assert "Due: AB to ask the bus company (A1)" in {str(event["SUMMARY"]) for event in events}
    assert len(icalendar.Calendar.from_ical(Client().get(tasks).content).walk("VTODO")) == 1

    page.reload()
    expect(page.get_by_label("Address of the calendar, to copy")).to_have_count(0)
    assert Client().get(calendar).status_code == 200

    new, _ = make("Make a new address and stop the former")
    assert (Client().get(calendar).status_code, Client().get(new).status_code) == (404, 200)
