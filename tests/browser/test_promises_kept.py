"""A month of the group in a real browser: notes are published, two members log in and do what they must."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

from members.models import Person, user_for
from tests.browser.conftest import barriers, picture
from tests.codes import code_in
from tests.factories import make_group, make_meeting, make_organisation, make_user
from wishlists.models import Entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTES = """Present Ada Birch, Bo Ashworth, Sefa Stone

Matters Arising
AB to write to all members about the spring dates by 4th March.
BA to find a room.

Data Usage & Wish Lists
AB: Used: Bus stop times
BA: Wants: Tree positions, street by street
"""


@pytest.fixture
def people(transactional_db):
    make_group()
    council = make_organisation("Elmbridge Council")
    return {
        "sefa": make_user("Sefa Stone", role="secretary"),
        "ada": make_user("Ada Birch", on_behalf_of=council),
        "bo": make_user("Bo Ashworth"),
    }


@pytest.fixture
def by_code(open_page):
    """A function that logs somebody in by the code in their mail, and gives the page that they land on."""

    def by_code_(user, **options):
        page = open_page(reverse("login"), **options)
        page.get_by_label("E-mail address").fill(user.email)
        page.get_by_role("button", name="Send me a code").click()
        page.get_by_label("Code").wait_for()
        page.get_by_label("Code").fill(code_in(mail.outbox[-1].body))
        page.get_by_role("button", name="Log in", exact=True).click()
        page.get_by_role("heading", level=1, name="My page").wait_for()
        return page

    return by_code_


def publish(page, meeting):
    page.goto(reverse("admin:meetings_meeting_record", args=[meeting.pk]))
    page.get_by_label("Notes", exact=True).fill(NOTES)
    page.get_by_role("button", name="Save and publish").click()
    page.get_by_text("The notes are saved and published.").wait_for()


@pytest.mark.parametrize("javascript", [True, False])
def test_members_keep_their_promises(by_code, open_page, people, javascript):  # noqa: PLR0915 (one story)
    meeting = make_meeting(on=date(2026, 1, 28))
    secretary = by_code(people["sefa"], javascript=javascript)
    publish(secretary, meeting)

    # Ada finds her action, says how it goes, and marks it as done.
    ada = by_code(people["ada"], javascript=javascript)
    card = ada.locator("#action-1")
    card.get_by_label("How is it going?").fill("Half of them have answered.")
    card.get_by_role("button", name="Add an update").click()
    ada.get_by_text("Your update of A1 is saved.").wait_for()
    card.get_by_label("How is it going?").fill("All have.")
    card.get_by_role("button", name="Mark as done").click()
    ada.get_by_text("A1 is marked as done.").wait_for()
    if javascript:
        expect(ada.get_by_text("A1 is marked as done.")).to_be_focused()
    public = open_page(meeting.get_absolute_url(), javascript=javascript)
    expect(public.locator("#a1 .line-now")).to_contain_text("done")
    assert "All have." not in public.content()
    public.goto(reverse("actions:action_list"))
    expect(public.get_by_role("row").filter(has_text="spring dates")).to_contain_text("done")

    # Bo can read it but not change it; he says what he wants, and finds out who uses it.
    bo = by_code(people["bo"], javascript=javascript)
    bo.goto(reverse("actions:action_detail", args=[1]))
    expect(bo.get_by_text("Half of them have answered.")).to_be_visible()
    expect(bo.get_by_role("button", name="Open again")).to_have_count(0)
    bo.goto(reverse("entry_add"))
    bo.get_by_label("I want it").check()
    bo.get_by_label("Which data?").fill("Bus stop times, live")
    bo.get_by_role("button", name="Add it").click()
    bo.get_by_role("heading", level=1, name="D3").wait_for()
    assert Entry.objects.get(number=3).person == people["bo"].person
    bo.goto(reverse("me"))
    suggestion = bo.get_by_role("listitem").filter(has_text="Why:")
    assert "Ada Birch" in suggestion.inner_text()
    public.goto(reverse("wishlists:entry_list"))
    assert "live" not in public.get_by_role("main").inner_text()

    # Ada wants his trees too, and has something to offer.
    ada.goto(reverse("wishlists:entry_detail", args=[2]))
    ada.get_by_role("button", name="Me too").click()
    ada.get_by_role("button", name="I no longer want it").wait_for()
    ada.get_by_text("We have this", exact=True).click()
    ada.locator(".disclosure textarea").fill("The parks team keeps a list: ask me.")
    ada.get_by_role("button", name="Offer it").click()
    ada.get_by_role("button", name="Take your offer back").wait_for()

    # The secretary sees all of it on the desk, and asks for the trees.
    secretary.goto(reverse("desk"))
    arising = secretary.get_by_role("row").filter(has_text="spring dates")
    assert "done" in arising.inner_text()
    assert "All have." in arising.inner_text()
    expect(secretary.get_by_role("main")).to_contain_text("BA: Wants: Bus stop times, live [D3]")
    secretary.goto(reverse("wishlists:entry_detail", args=[2]))
    secretary.get_by_label("How does it stand?").select_option(label="Asked for")
    secretary.get_by_label("How was it asked for?").select_option(label="by a Freedom of Information request")
    secretary.get_by_role("button", name="Save how it stands").click()
    secretary.get_by_role("status").wait_for()
    public.goto(meeting.get_absolute_url())
    expect(public.locator("#d2 .line-now")).to_contain_text("asked for")

    # Ada's own calendar.
    ada.goto(reverse("meetings:personal_calendar"))
    ada.get_by_role("button", name="Make my address").click()
    address = ada.get_by_label("Address of the calendar, to copy").input_value()
    feed = ada.request.get(address)
    assert feed.ok
    assert "BEGIN:VEVENT" in feed.text()
    ada.goto(reverse("meetings:personal_calendar"))
    with ada.expect_navigation():
        ada.get_by_role("button", name="Make a new address").click()
    assert ada.request.get(address).status == 404


def test_whoever_has_left_is_told_so_and_loses_no_words(by_code, people):
    meeting = make_meeting(on=date(2026, 1, 28))
    publish(by_code(people["sefa"]), meeting)
    page = by_code(people["ada"])
    Person.objects.get(name="Ada Birch").memberships.update(end_date=date(2026, 1, 31))
    page.get_by_label("How is it going?").fill("Half of them have answered.")
    page.get_by_role("button", name="Add an update").click()
    page.get_by_role("heading", level=1).filter(has_not_text="My page").wait_for()
    assert "Half of them have answered." in [box.input_value() for box in page.get_by_role("textbox").all()]


def test_every_page_of_a_member_and_the_secretary_is_accessible(demo, log_in):
    paths = [
        *(reverse(name) for name in ("my_name", "leave")),
        *(reverse(name) for name in ("me", "desk", "entry_add", "meetings:personal_calendar", "mfa_index")),
        reverse("actions:action_detail", args=[7]),
        reverse("wishlists:entry_detail", args=[16]),
        reverse("wishlists:entry_detail", args=[29]),
    ]
    page = log_in(user_for(Person.objects.get(name="Tom Ashdown")))
    page.goto(reverse("me"))
    picture(page, "me")
    found = {path: barriers(page, path) for path in paths}
    assert {path: problems for path, problems in found.items() if problems} == {}
