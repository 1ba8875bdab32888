"""My page, an action's page and the desk in a real browser: in place with htmx, without JavaScript, by keyboard."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from actions.models import Action
from members.models import Person, user_for
from tests.browser.conftest import barriers, violations
from tests.factories import make_action, make_entry, make_group, make_meeting, make_minutes, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def member(transactional_db):
    make_group()
    return make_user("Mina Stone")


@pytest.fixture
def other(member):
    return make_user("Otto Reed")


@pytest.fixture
def secretary(member):
    return make_user("Sefa Hill", role="secretary")


@pytest.fixture
def cast(member, other, secretary):
    return member, other, secretary


@pytest.fixture
def promised(member, other):
    """Two actions of the member's, one overdue, and one for all."""
    today = timezone.localdate()
    meeting = make_meeting(on=today - timedelta(days=30))
    overdue = make_action(
        "MS to ask the bus company", owners=[member.person], meeting=meeting, due_on=today - timedelta(days=3)
    )
    make_action("MS/OR to count the trees", owners=[member.person, other.person], meeting=meeting)
    make_action("All to send ideas", owners=["everyone"], meeting=meeting)
    make_entry("Bus stop times", kind="wants", meeting=meeting, person=member.person)
    make_minutes(meeting)
    make_meeting(on=today + timedelta(days=20), joining_url="https://meet.example/x")
    return overdue


def card(page, number):
    return page.locator(f"#action-{number}")


def test_members_keep_their_promises_and_everybody_sees_it(log_in, open_page, cast, promised):
    member, other, secretary = cast
    page = log_in(member)
    page.get_by_role("link", name="My page").click()
    page.get_by_text("You have 2 open actions, and 1 of them is overdue.").wait_for()
    card(page, 1).get_by_label("How is it going?").fill("They sent a file.")
    card(page, 1).get_by_role("button", name="Mark as done").click()
    page.get_by_role("status").get_by_text("A1 is marked as done.").wait_for()
    page.get_by_text("You have 1 open action.").wait_for()

    theirs = log_in(other)
    theirs.goto(reverse("actions:action_detail", args=[2]))
    theirs.get_by_label("How is it going?").fill("Half of them.")
    theirs.get_by_role("button", name="Add an update").click()
    theirs.get_by_role("status").get_by_text("Your update of A2 is saved.").wait_for()
    expect(theirs.get_by_text("Half of them.")).to_be_visible()
    theirs.goto(reverse("actions:action_detail", args=[1]))
    expect(theirs.get_by_text("They sent a file.")).to_be_visible()
    expect(theirs.get_by_role("button", name="Open again")).to_have_count(0)

    desk = log_in(secretary)
    desk.get_by_role("link", name="Desk").click()
    row = desk.get_by_role("row").filter(has_text="MS/OR to count the trees")
    assert "Otto Reed: Half of them." in row.inner_text()

    public = open_page(Action.objects.get(number=1).lines.get().meeting.get_absolute_url())
    assert "Now: done" in " ".join(public.locator("#a1").inner_text().split())
    public.goto(reverse("actions:action_detail", args=[1]))
    expect(public.get_by_text("They sent a file.")).to_have_count(0)


def test_in_place_the_page_stays_and_the_news_has_the_focus(log_in, member, promised):
    page = log_in(member)
    page.goto(reverse("me"))
    page.evaluate("window.stayed = true")
    card(page, 2).get_by_label("How is it going?").fill("Not lost")
    box = card(page, 1).get_by_label("How is it going?")
    box.focus()
    page.keyboard.type("Wrote again.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Your update of A1 is saved.").wait_for()
    expect(page.get_by_text("Your update of A1 is saved.")).to_be_focused()
    assert page.evaluate("window.stayed")
    assert card(page, 2).get_by_label("How is it going?").input_value() == "Not lost"
    expect(card(page, 1).get_by_text("Wrote again.")).to_be_visible()
    assert violations(page) == []
    for _ in range(3):  # past the reference and the owner's name, which are links
        page.keyboard.press("Tab")
    expect(page.locator("#id_a1_note")).to_be_focused()


def test_what_is_wrong_is_said_in_place_and_nothing_typed_is_lost(log_in, member, promised):
    page = log_in(member)
    page.goto(reverse("me"))
    with page.expect_response(lambda response: response.status == 422):
        card(page, 1).get_by_role("button", name="Add an update").click()
    card(page, 1).get_by_text("Nothing was saved: write a few words on how it goes.").wait_for()
    expect(page.locator("#id_a1_note")).to_be_focused()
    assert violations(page) == []

    page.context.set_offline(True)
    card(page, 1).get_by_label("How is it going?").fill("Kept")
    card(page, 1).get_by_role("button", name="Mark as done").click()
    page.get_by_role("alert").get_by_text("The site could not be reached: nothing was saved.").wait_for()
    assert card(page, 1).get_by_label("How is it going?").input_value() == "Kept"
    page.context.set_offline(False)

    Action.objects.get(number=1).owners.update(person=user_for(Person.objects.get(name="Otto Reed")).person)
    with page.expect_response(lambda response: response.status == 403):
        card(page, 1).get_by_role("button", name="Mark as done").click()
    card(page, 1).get_by_text("A1 is not your action: nothing was saved.").wait_for()
    assert card(page, 1).get_by_label("What you wrote").input_value() == "Kept"
    expect(page.get_by_text("The site could not be reached")).to_have_count(0)
    assert violations(page) == []


def test_whoever_is_logged_out_meanwhile_keeps_their_words(log_in, member, promised):
    page = log_in(member)
    page.goto(reverse("me"))
    card(page, 1).get_by_label("How is it going?").fill("Kept")
    page.context.clear_cookies(name="sessionid")
    with page.expect_response(lambda response: response.status == 403):
        card(page, 1).get_by_role("button", name="Mark as done").click()
    page.get_by_role("alert").get_by_role("heading", name="You are no longer logged in").wait_for()
    assert card(page, 1).get_by_label("How is it going?").input_value() == "Kept"
    assert Action.objects.get(number=1).status == "open"


def test_every_page_is_accessible(log_in, cast, promised):
    member, _, secretary = cast
    promised.comment(now=timezone.now(), by=member.person, note="x" * 300)
    make_action("Drafted", meeting=make_meeting(on=timezone.localdate() - timedelta(days=2)))
    mina, sefa = log_in(member), log_in(secretary)
    me, action, desk = reverse("me"), reverse("actions:action_detail", args=[1]), reverse("desk")
    pages = [("member", mina, me), ("member", mina, action)]
    pages += [("secretary", sefa, path) for path in (me, action, desk)]
    found = {(who, path): barriers(page, path) for who, page, path in pages}
    assert {page: problems for page, problems in found.items() if problems} == {}


def test_the_desk_is_printed_whole_and_without_buttons(log_in, secretary, promised):
    page = log_in(secretary)
    page.goto(reverse("desk"))
    page.emulate_media(media="print")
    shown = [heading.inner_text() for heading in page.get_by_role("heading", level=2).all() if heading.is_visible()]
    assert [words.split(" for the meeting")[0] for words in shown] == [
        "Notes not circulated",
        "Actions overdue, by owner",
        "Matters arising",
        "Questions unanswered",
        "Names withheld",
        "Proposed for an agenda",
        "Wants without a move for six months",
        "Entered by members, in no notes yet",
    ]
    assert not any(button.is_visible() for button in page.get_by_role("button").all())
