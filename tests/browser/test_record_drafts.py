"""Nothing typed on the record page is lost: server killed, tab closed, logged out; and two who write at once."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as site
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from meetings import recording
from meetings.models import Draft, Minutes
from tests.browser.conftest import overflow, violations
from tests.factories import make_draft, make_meeting, make_user
from tests.meetings.test_record_notes_killed import address_of_the_database
from wmodf.lib.models import NarrowLink

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def meeting(secretary):
    return make_meeting(on=date(2026, 1, 28))


def record_page(meeting):
    return reverse("admin:meetings_meeting_record", args=[meeting.pk])


def box(page):
    return page.get_by_label("Notes", exact=True)


def status(page):
    return page.locator("#draft-shown")


def copies(page):
    """What the browser keeps for itself."""
    return page.evaluate("Object.keys(localStorage).filter((one) => one.startsWith('wmodf-draft:'))")


class Server:
    """The site as it runs for people, on the tests' database: started, killed, and started again at its address."""

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None

    def start(self):
        environment = {"DATABASE_URL": address_of_the_database(), "DEBUG": "1", "SITE_URL": self.url}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "wmodf.wsgi", "--bind", f"127.0.0.1:{self.port}", "--threads", "4"],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # so that its workers die with it
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with suppress(urllib.error.URLError), urllib.request.urlopen(f"{self.url}/healthz") as answer:  # noqa: S310 (our own server)
                assert answer.status == 200
                return
            time.sleep(0.1)
        pytest.fail("The server did not start.")

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None


@pytest.fixture
def server():
    found = Server()
    found.start()
    yield found
    if found.process:
        found.kill()


@pytest.fixture
def browser_of(chromium, server):
    """A function that gives a new browser profile in which the user is logged in, at the server that is killed."""
    contexts = []

    def open_(user):
        client = Client()
        client.force_login(user)
        context = chromium.new_context(base_url=server.url)
        context.set_default_timeout(15_000)
        name = site.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server.url}])
        contexts.append(context)
        return context

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.smoke
def test_the_server_is_killed_and_nothing_older_than_five_seconds_is_missing(browser_of, server, secretary, meeting):
    context = browser_of(secretary)
    page = context.new_page()
    page.goto(record_page(meeting))
    expect(status(page)).to_have_text("What you type is kept as you type.")

    # Steady typing is kept too, without a pause to wait for.
    box(page).press_sequentially("Attendance Ada Birch. AB to ask the bus company.", delay=90)
    assert Draft.objects.first().text.startswith("Attendance")
    typed = box(page).input_value()
    box(page).press_sequentially(" More", delay=1_000)
    server.kill()
    assert Draft.objects.first().text.startswith(typed)

    # More is typed while nobody answers; the page says so, and goes on by itself.
    box(page).press_sequentially(" and more.")
    expect(status(page)).to_contain_text("Not kept: the server can’t be reached. Your text stays in this browser")
    expect(page.locator("#draft-said")).to_contain_text("Not kept")
    server.start()
    expect(status(page)).to_contain_text("Kept at", timeout=15_000)
    assert Draft.objects.first().text == f"{typed} More and more."

    # Killed again, and the tab closed: the browser had the rest.
    server.kill()
    box(page).press_sequentially(" Last words.")
    page.wait_for_timeout(1_000)
    page.close()
    server.start()
    page = context.new_page()
    page.goto(record_page(meeting))
    expect(box(page)).to_have_value(f"{typed} More and more. Last words.")
    expect(page.get_by_text("which only this browser had")).to_be_visible()
    expect(status(page)).to_contain_text("Kept at", timeout=15_000)
    assert Draft.objects.offered().first().text == f"{typed} More and more. Last words."

    # Another browser finds what the server has; saved, it is offered nowhere any more.
    other = browser_of(secretary).new_page()
    other.goto(record_page(meeting))
    expect(box(other)).to_have_value(f"{typed} More and more. Last words.")
    expect(other.get_by_text("These are your unsaved changes of")).to_be_visible()
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("The notes are saved as a draft").wait_for()
    page.goto(record_page(meeting))
    expect(page.get_by_text("unsaved changes")).to_have_count(0)
    assert copies(page) == []
    expect(other.locator("#draft-stale")).to_contain_text("Somebody saved these notes meanwhile", timeout=20_000)


def log_in_again(page, user):
    token = NarrowLink.objects.issue(
        purpose="login", subject=str(user.person_id), now=timezone.now(), lifetime=timedelta(minutes=30)
    )
    page.goto(reverse("login_link", args=[token]))
    page.get_by_role("button", name="Log in").click()
    page.wait_for_load_state()


def come_back(page):
    """What a browser tells a page to which somebody returns; else it would be five seconds until it tries again."""
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def test_logged_out_and_a_session_that_ended_lose_nothing(log_in, secretary, meeting):
    page = log_in(secretary)
    page.goto(record_page(meeting))
    box(page).fill("AB to ask.")
    expect(status(page)).to_contain_text("Kept at", timeout=15_000)

    other = page.context.new_page()
    other.goto("/admin/")
    with other.expect_navigation():
        other.get_by_role("button", name="Log out").click()
    box(page).fill("AB to ask. CD to write.")
    expect(status(page)).to_contain_text("Not kept: you are logged out. Your text stays in this browser.")
    assert page.get_by_role("link", name="Log in in another tab").get_attribute("target") == "_blank"
    assert violations(page) == []
    log_in_again(other, secretary)
    come_back(page)
    expect(status(page)).to_contain_text("Kept at", timeout=15_000)
    assert Draft.objects.first().text == "AB to ask. CD to write."

    Session.objects.all().delete()
    box(page).fill("AB to ask. CD to write. EF to come.")
    expect(status(page)).to_contain_text("you are logged out", timeout=15_000)
    assert len(copies(other)) == 1
    log_in_again(other, make_user("Tom Ashdown", role="secretary"))
    assert copies(other) == []
    come_back(page)
    expect(status(page)).to_contain_text("somebody else is logged in", timeout=15_000)
    assert copies(page) == []
    Session.objects.all().delete()
    log_in_again(other, secretary)
    come_back(page)
    expect(status(page)).to_contain_text("Kept at", timeout=15_000)
    page.get_by_role("button", name="Save draft").click()  # with the new token
    page.get_by_text("The notes are saved as a draft").wait_for()
    assert "EF to come." in Minutes.objects.get().text


def arrived(text):
    """Wait until the server has this text, which a page sent as it went."""
    deadline = time.monotonic() + 15
    while not Draft.objects.filter(text=text).exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_tab_closed_at_once_loses_nothing(log_in, secretary, meeting):
    page = log_in(secretary)
    page.goto(record_page(meeting))
    box(page).press_sequentially("Typed and gone.")
    page.goto("/")
    arrived("Typed and gone.")
    page.goto(record_page(meeting))
    expect(box(page)).to_have_value("Typed and gone.")
    page.get_by_role("button", name="Show the saved notes").click()
    page.get_by_text("These are the saved notes.").wait_for()
    expect(box(page)).to_have_value("")
    assert Draft.objects.first().text == "Typed and gone."

    # More than a browser sends for a page that is gone: its own copy holds it.
    much = "AB said that the walk was long, and CD agreed. " * 3_000
    box(page).fill(much)
    page.goto("/")
    page.goto(record_page(meeting))
    expect(box(page)).to_have_value(much)


def test_what_is_typed_while_the_page_still_loads_is_kept(log_in, secretary, meeting):
    page = log_in(secretary)

    def type_first(route):
        box(page).fill("Typed early.")
        route.continue_()

    page.route("**/record-drafts*.js", type_first)
    page.goto(record_page(meeting))
    arrived("Typed early.")


def test_two_secretaries_see_each_other_and_choose_between_their_texts(log_in, secretary, meeting):
    tom = make_user("Tom Ashdown", role="secretary")
    recording.record(meeting=meeting, text="One\nTwo\nThree\n", now=timezone.now())
    hers, his = log_in(secretary), log_in(tom, width=320, scheme="dark")
    for page in (hers, his):
        page.goto(record_page(meeting))
    box(his).fill("One\nTwo of Tom’s\nThree\nFour of Tom’s\n")
    expect(status(his)).to_contain_text("Kept at", timeout=15_000)
    expect(his.locator("#record-editors")).to_contain_text("Sefa Stone has these notes open too", timeout=20_000)
    box(hers).fill("One of Sefa’s\nTwo of Sefa’s\nThree\n")
    expect(hers.locator("#record-editors")).to_contain_text(
        "Tom Ashdown has these notes open too, last typing", timeout=20_000
    )
    hers.get_by_role("button", name="Save draft").click()
    hers.get_by_text("Tom Ashdown still has the notes open as they were before.").wait_for()

    box(his).press_sequentially(" ")
    expect(his.locator("#draft-stale")).to_contain_text("Somebody saved these notes meanwhile", timeout=20_000)
    with his.expect_response(lambda response: response.request.method == "POST" and response.status == 409):
        his.get_by_role("button", name="Save draft").click()
    his.get_by_role("heading", name="These notes were saved since you opened them").wait_for()
    expect(his.get_by_text("Sefa Stone saved them at")).to_be_visible()
    assert violations(his) == []
    assert overflow(his) <= 0
    first = his.get_by_role("group", name="Difference 1 of 2")
    first.get_by_label("Mine").focus()
    his.keyboard.press("ArrowDown")
    expect(first.get_by_label("Theirs")).to_be_checked()
    his.get_by_role("button", name="Save with these choices").focus()
    his.keyboard.press("Enter")
    his.get_by_text("The notes are saved as a draft").wait_for()
    assert Minutes.objects.get().text.splitlines()[:4] == ["One of Sefa’s", "Two of Sefa’s", "Three", "Four of Tom’s"]


def test_the_drafts_pages_are_accessible(log_in, secretary, meeting):
    tom = make_user("Tom Ashdown", role="secretary")
    recording.record(meeting=meeting, text="One\nTwo\nThree\n" + "Same\n" * 20, now=timezone.now())
    make_draft(meeting, tom, "One\nTwo of Tom’s\nThree\n" + "Same\n" * 20 + "Four of Tom’s\n" * 40, now=timezone.now())
    make_draft(meeting, secretary, "One\nMine\nThree\n", base_revision=1, now=timezone.now())
    page = log_in(secretary, width=320)
    page.goto(record_page(meeting))
    page.get_by_text("Tom Ashdown has unsaved changes").wait_for()
    assert violations(page) == []
    assert overflow(page) <= 0
    page.get_by_role("link", name="Drafts kept").click()
    page.get_by_role("heading", name="Drafts").wait_for()
    assert violations(page) == []
    assert overflow(page) <= 0
    page.get_by_role("row").filter(has_text="Tom Ashdown").get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Beside the saved notes").wait_for()
    assert violations(page) == []
    assert overflow(page) <= 0
    page.get_by_role("link", name="Put it into the box").click()
    expect(box(page)).to_have_value("One\nTwo of Tom’s\nThree\n" + "Same\n" * 20 + "Four of Tom’s\n" * 40)
