"""Answering a meeting and proposing an item in a real browser: on a phone, by keys, without JavaScript, axe."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import AgendaItem, Reply
from tests.browser.conftest import overflow, violations
from tests.factories import make_group, make_meeting, make_organisation, make_person, make_reply, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def member(transactional_db):
    make_group()
    return make_user("Mina Stone")


@pytest.fixture
def meeting(member):
    meeting = make_meeting(on=timezone.localdate() + timedelta(days=20), joining_url="https://meet.example/x")
    make_meeting(on=timezone.localdate() + timedelta(days=50))
    bo = make_person("Bo Cole", role="", on_behalf_of=make_organisation())
    make_reply(meeting, bo, "deputy", deputy_name="Dee Puty", note="w" * 500)
    return meeting


def faults(page):
    """What axe finds, and by how much the page is too wide."""
    return [*violations(page, preload=False), *([overflow(page)] if overflow(page) > 0 else [])]


def test_a_member_answers_and_proposes_on_a_phone_by_keys(log_in, member, meeting):
    page = log_in(member, width=320)
    page.goto(reverse("me"))
    assert faults(page) == []
    page.evaluate("window.stayed = true")
    card = page.locator(f"#reply-{meeting.pk}")
    expect(card.get_by_label("Your deputy’s name")).not_to_be_visible()
    card.get_by_role("radio").first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(card.get_by_label("Your deputy’s name")).to_be_focused()
    page.keyboard.press("Enter")
    card.get_by_text("Nothing was saved: give your deputy’s name.").wait_for()
    expect(card.get_by_label("Your deputy’s name")).to_be_focused()
    assert faults(page) == []
    page.keyboard.type("Al Reed")
    page.keyboard.press("Enter")
    told = card.get_by_text("Your answer is saved: “I can’t come: I am sending a deputy”.")
    told.wait_for()
    expect(told).to_be_focused()
    assert page.evaluate("window.stayed")
    expect(card.get_by_text("Members so far: 2 deputies.")).to_be_visible()
    assert Reply.objects.get(person=member.person).deputy_name == "Al Reed"
    page.keyboard.press("Tab")
    expect(card.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    card.get_by_role("button", name="Take it back").focus()
    page.keyboard.press("Enter")
    card.get_by_text("You have not answered yet.").wait_for()
    assert faults(page) == []

    page.goto(meeting.get_absolute_url())
    assert faults(page) == []
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Before the meeting")).not_to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Propose an item for the agenda").click()
    page.get_by_label("What should the meeting talk about?").fill("Trees")
    page.get_by_label("How many minutes").fill("soon")
    page.keyboard.press("Enter")
    page.get_by_text("write the minutes as a number").wait_for()
    expect(page.get_by_label("How many minutes")).to_be_focused()
    assert faults(page) == []
    page.get_by_label("How many minutes").fill("15")
    page.get_by_role("button", name="Propose it").click()
    page.get_by_text("The secretary has not answered yet.").wait_for()
    assert faults(page) == []
    page.get_by_role("button", name="Take back").click()
    page.get_by_text("“Trees” is taken back.").wait_for()
    assert not AgendaItem.objects.exists()


def test_without_javascript_the_answer_is_taken_too(log_in, member, meeting):
    page = log_in(member, javascript=False, scheme="dark")
    page.goto(meeting.get_absolute_url())
    page.get_by_label("I am joining online").check()
    page.get_by_label("A note for the secretary").fill("From the train.")
    page.get_by_role("button", name="Send your answer").click()
    page.get_by_text("Your note for the secretary: From the train.").wait_for()


def test_the_secretary_enters_an_answer_and_prints_the_hosts_list(log_in, member, meeting):
    page = log_in(make_user("Sefa Hill", role="secretary"))
    address = reverse("admin:meetings_meeting_replies", args=[meeting.pk])
    page.goto(address)
    page.get_by_role("link", name="Enter an answer of Mina Stone").click()
    page.get_by_label("Coming in person").check()
    page.get_by_role("button", name="Save the answer").click()
    page.get_by_text("Mina Stone: coming in person.").wait_for()
    for width, scheme in ((1280, "light"), (320, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert faults(page) == []
    with page.expect_navigation():  # or the look at it might begin on the page before
        page.get_by_role("link", name="List for the host").click()
    assert faults(page) == []
    page.emulate_media(media="print")
    expect(page.get_by_text("Mina Stone")).to_be_visible()
    expect(page.get_by_text("Dee Puty")).to_be_visible()
    expect(page.get_by_role("link", name="Record notes")).not_to_be_visible()
    expect(page.get_by_text("wwww")).to_have_count(0)
