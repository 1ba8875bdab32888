"""A year's dates entered as one list, a meeting moved, and the events beside the meetings, in a real browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import Change, Meeting
from members.models import Person, user_for
from tests.browser.conftest import overflow, picture, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def faults(page):
    """What axe finds, and whether the page is wider than its window."""
    return violations(page) + ([("overflow", overflow(page))] if overflow(page) > 0 else [])


def both_widths(page, name):
    """The faults of a page at 1280 and at 320 px."""
    found = {}
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        picture(page, f"{name}-{width}")
        if problems := faults(page):
            found[width] = problems
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def test_a_year_s_dates_and_a_move(demo, log_in):
    page = log_in(user_for(Person.objects.get(name="Tom Ashdown")))
    page.goto(reverse("admin:meetings_meeting_dates"))
    found = {"box": both_widths(page, "dates-box")}
    year = timezone.localdate().year + 1
    lines = [f"13 October {year}, 11:00–13:00, Aldermere City Council", f"Mon 30 February {year} Thornbeck", "Date"]
    box = page.get_by_label("Dates, one a line")
    box.fill("\n".join([*lines, f"25 December {year} 11am The Hub; tentative"]))
    box.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("A bank holiday in England: Christmas Day.")).to_be_visible()
    found["table"] = both_widths(page, "dates-table")
    page.get_by_label("Date, line 2").fill(f"{year}-03-03")
    page.get_by_label("Place, line 2").fill("Town hall")
    page.get_by_role("button", name="Add these lines, and look again").click()
    before = Meeting.objects.count()
    page.get_by_role("button", name="Enter these 3 meetings").click()
    expect(page.get_by_text("3 meetings entered.")).to_be_visible()
    assert Meeting.objects.count() == before + 3
    meeting = Meeting.objects.get(venue="Town hall")
    assert meeting.host.name == "Thornbeck Borough Council"

    page.goto(reverse("admin:meetings_meeting_move", args=[meeting.pk]))
    page.get_by_label("New date").fill((meeting.on + timedelta(days=7)).isoformat())
    page.get_by_role("button", name="Move the meeting").click()
    expect(page.get_by_text("Say why: people have the date in their diaries.")).to_be_visible()
    found["move"] = both_widths(page, "move")
    page.get_by_label("Why").fill("The room is flooded")
    with page.expect_navigation():
        page.get_by_role("button", name="Move").click()
    if page.get_by_role("button", name="Move it all the same").is_visible():
        page.get_by_role("button", name="Move it all the same").click()
    expect(page.get_by_text("The meeting is moved")).to_be_visible()
    assert Change.objects.filter(meeting=meeting, reason="The room is flooded").exists()
    page.goto(reverse("admin:meetings_meeting_cancel", args=[meeting.pk]))
    found["cancel"] = both_widths(page, "cancel")
    page.goto(reverse("admin:meetings_meeting_changelist"))
    for row in page.locator("#result_list tbody tr").all()[:2]:
        row.get_by_role("checkbox").check()
    page.get_by_label("Action:").select_option("cancel")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_label("Why")).to_be_visible()
    found["cancel several"] = both_widths(page, "cancel-several")
    page.goto(reverse("admin:meetings_event_add"))
    picture(page, "event-add")
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_events_beside_the_meetings(demo, open_page):
    page = open_page(reverse("meetings:event_list"))
    found = {"events": both_widths(page, "events")}
    page.goto("/")
    found["home"] = both_widths(page, "events-home")
    page.get_by_role("region", name="Also coming up").get_by_role("link", name="All events").click()
    expect(page.get_by_role("heading", name="Open data day")).to_have_count(0)  # dates head the rows
    expect(page.get_by_text("Open data day · 10:00 to 16:00")).to_be_visible()
    for name, path in (("calendar", "/calendar/"), ("moved", Change.objects.first().meeting.get_absolute_url())):
        page.goto(path)
        found[name] = both_widths(page, f"events-{name}")
    assert {name: problems for name, problems in found.items() if problems} == {}
