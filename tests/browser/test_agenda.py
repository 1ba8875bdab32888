"""The secretary makes an agenda in a real browser: by keyboard, at 320 px, and as axe wants it."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from meetings.agenda.making import items_of
from meetings.models import AgendaItem
from tests.browser.conftest import overflow, violations
from tests.factories import make_action, make_agenda_item, make_meeting, make_minutes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(secretary):
    earlier = make_meeting(on=date(2026, 1, 28))
    make_action("AB to ask the bus company", meeting=earlier)
    make_minutes(earlier)
    make_agenda_item(None, "Invite the maps team to speak", not_before=date(2026, 9, 1), raised_at=earlier)
    meeting = make_meeting(on=date(2026, 3, 25))
    make_agenda_item(meeting, "Trams", status="proposed", proposed_by=secretary.person, note="They run late.")
    return meeting


def titles(meeting):
    return [item.title for item in items_of(meeting)]


def test_an_agenda_is_made_by_keyboard(log_in, secretary, meeting):
    page = log_in(secretary)
    page.goto(reverse("admin:meetings_meeting_agenda", args=[meeting.pk]))
    assert violations(page) == []
    page.get_by_role("button", name="Begin with the standing items").press("Enter")
    page.get_by_text("Adds up to 70 of 120 minutes: 50 left.").wait_for()
    # The button that moved an item is at hand again after each press, wherever the item is by now.
    up = page.get_by_role("button", name="Up : Next meeting")
    up.press("Enter")
    page.wait_for_url("**by=up")
    for place in (4, 3, 2, 1):
        expect(up).to_be_focused()
        assert titles(meeting).index("Next meeting") == place
        with page.expect_navigation():
            page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Down : Next meeting")).to_be_focused()
    # Enter in a field saves, and does nothing else.
    page.get_by_role("group", name="A new item").get_by_label("Title").fill("Bins")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_text("The agenda is saved.").wait_for()
    assert titles(meeting)[0] == "Next meeting"
    assert titles(meeting)[-1] == "Bins"

    bins = page.get_by_role("group", name="7 Bins")
    bins.get_by_label("Minutes").fill("a while")
    page.get_by_label("Your word to Sefa Stone").fill("Gladly.")
    page.get_by_role("button", name="Put on the agenda : Trams").click()
    page.get_by_text("Nothing was saved").wait_for()
    assert violations(page) == []
    bins.get_by_label("Minutes").fill("60")
    page.get_by_role("button", name="Put on the agenda : Trams").click()
    page.get_by_text("“Trams” is on the agenda, at the end.").wait_for()
    expect(page.get_by_text("10 minutes too long")).to_be_visible()
    assert AgendaItem.objects.get(title="Trams").answer == "Gladly."

    page.set_viewport_size({"width": 320, "height": 800})
    for summary in page.locator("summary", has_text="Note and more").all():
        summary.click()
    assert violations(page) == []
    assert overflow(page) <= 0
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
    page.get_by_role("button", name="Save and publish").click()
    page.get_by_text("The agenda is saved and published.").wait_for()
    assert AgendaItem.objects.get(title="Bins").is_public
