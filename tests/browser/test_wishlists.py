"""Data used and wanted in a real browser: two members and the secretary, with htmx and without JavaScript."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.conftest import barriers
from wishlists.models import Dismissal, Entry, Support

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db):
    """Two members and the secretary; the second member used what the first will want."""
    council = factories.make_organisation("Elmbridge Council")
    ada = factories.make_user("Ada Birch", on_behalf_of=council)
    bo = factories.make_user("Bo Cole")
    sefa = factories.make_user("Sefa Stone", role="secretary")
    factories.make_added_entry(bo.person, "Tree register of the parks", kind="used")
    return ada, bo, sefa


def add(page):
    page.goto("/wishlists/")
    page.get_by_role("link", name="Add data used or wanted").click()
    page.get_by_label("I want it").check()
    page.get_by_label("Which data?").fill("Positions of trees, as the register of NaPTAN has stops")
    page.get_by_role("button", name="Add it").click()
    page.get_by_text("D2 is in the register. Members can read it.").wait_for()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_want_from_being_said_to_being_released(cast, log_in, open_page, javascript):
    ada, bo, sefa = cast
    first = log_in(ada, javascript=javascript)
    add(first)
    expect(first.get_by_role("heading", name="Data that may meet it")).to_be_visible()
    expect(open_page("/wishlists/D2/").get_by_role("heading", name="There is nothing at this address")).to_be_visible()

    second = log_in(bo, javascript=javascript)
    second.goto("/wishlists/D2/")
    if javascript:
        second.evaluate("window.isHere = true")
    second.get_by_role("button", name="Me too: I want it as well").click()
    second.get_by_text("Noted: you want D2 too.").wait_for()
    second.get_by_role("button", name="I no longer want it").click()
    second.get_by_text("Taken back: you no longer say").wait_for()
    second.get_by_text("We have this").click()
    second.get_by_label("What do you have, and how can they get it?").fill("...")
    second.get_by_role("button", name="Offer it").click()
    second.get_by_text("There is no word in this: say it in words.").wait_for()
    second.get_by_label("What do you have, and how can they get it?").fill("Our depot keeps one.")
    second.get_by_role("button", name="Offer it").click()
    second.get_by_text("Thank you: members now read your offer.").wait_for()
    if javascript:
        assert second.evaluate("window.isHere")
        expect(second.get_by_text("Thank you: members now read your offer.")).to_be_focused()
    second.get_by_role("button", name="Don’t suggest this").click()
    second.get_by_text("D1 is not suggested to you for D2 any more.").wait_for()
    assert (Support.objects.get().note, Dismissal.objects.count()) == ("Our depot keeps one.", 1)

    third = log_in(sefa, javascript=javascript)
    third.goto("/wishlists/D2/")
    third.get_by_role("button", name="Link it to NaPTAN").click()
    third.get_by_text("D2 is linked to NaPTAN.").wait_for()
    third.get_by_label("How does it stand?").select_option("Asked for")
    third.get_by_label("How was it asked for?").select_option("by a Freedom of Information request")
    third.get_by_label("A few words").fill("Sent to parks.")
    third.get_by_role("button", name="Save how it stands").click()
    third.get_by_text("D2 is now “asked for”, since").wait_for()
    third.get_by_label("How does it stand?").select_option("Released")
    third.get_by_role("button", name="Save how it stands").click()
    third.get_by_text("D2 is now “released”, since").wait_for()

    first.reload()
    expect(first.get_by_text("Our depot keeps one.")).to_be_visible()
    expect(first.get_by_text("Sent to parks.")).to_be_visible()
    expect(first.locator(".facts").get_by_text("released")).to_be_visible()
    first.get_by_role("button", name="Withdraw it").click()
    first.get_by_text("D2 is withdrawn").wait_for()
    assert Entry.objects.get(number=2).withdrawn_on is not None


def test_of_two_changes_at_once_the_second_is_shown_both_texts(cast, log_in):
    ada, *_ = cast
    page, other = log_in(ada), log_in(ada)
    add(page)
    for each in (page, other):
        each.goto("/wishlists/D2/change/")
    page.get_by_label("Which data?").fill("The first words")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The new words of D2 are saved.").wait_for()
    other.get_by_label("Which data?").fill("The second words")
    other.get_by_role("button", name="Save").click()
    other.get_by_text("The words were changed since you opened this page").wait_for()
    assert other.get_by_label("What was saved meanwhile").input_value() == "The first words"
    assert other.get_by_label("Which data?").input_value() == "The second words"
    other.get_by_role("button", name="Save").click()
    other.get_by_text("The new words of D2 are saved.").wait_for()
    assert Entry.objects.get(number=2).text == "The second words"


def test_by_keyboard_alone(cast, log_in):
    ada, bo, _ = cast
    factories.make_added_entry(ada.person)
    page = log_in(bo)
    page.goto("/wishlists/D2/")
    page.get_by_role("button", name="Me too").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Noted: you want D2 too.").wait_for()
    # The words stand there a moment before htmx has put the focus back.
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    for _ in range(2):  # the button that takes it back, then the offer
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Ours.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Thank you: members now read your offer.").wait_for()
    assert set(Support.objects.values_list("kind", "note")) == {("me-too", ""), ("offer", "Ours.")}


def test_every_page_is_accessible(cast, log_in, open_page):
    ada, bo, sefa = cast
    naptan = factories.make_dataset("NaPTAN", url="https://x.example/", publisher="Department for Transport")
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    want = factories.make_entry("Tree register", kind="wants", meeting=meeting, person=ada.person, dataset=naptan)
    factories.make_minutes(meeting)
    want.move(status="asked", way="foi", on=date(2026, 2, 3), by=sefa.person, now=factories.NOW, note="Sent. " * 30)
    factories.make_support(want, bo.person)
    factories.make_support(want, bo.person, kind="offer", note="Ours " + "x" * 200)
    factories.make_added_entry(ada.person, "Stops from NaPTAN " + "y" * 200, kind="used")
    public, page, sefas = open_page("/healthz"), log_in(bo), log_in(sefa)
    looked_at = {
        public: ("/wishlists/", "/wishlists/D2/", "/wishlists/?dataset=x"),
        sefas: ("/wishlists/D2/", "/wishlists/D3/"),
        page: ("/wishlists/D2/", "/wishlists/D3/", "/wishlists/add/", "/wishlists/D1/change/"),
    }
    found = [(path, barriers(one, path)) for one, paths in looked_at.items() for path in paths]
    page.get_by_label("Which data?").fill("!")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Nothing was saved").wait_for()
    found.append(("refused", barriers(page)))
    assert [(path, problems) for path, problems in found if problems] == []
