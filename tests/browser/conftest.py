"""A real browser: Debian's Chromium, driven by Playwright."""

import os
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.signals import request_finished, request_started
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect, sync_playwright

from tests import factories
from tests.run import CHROMIUM
from wmodf import demonstration
from wmodf.lib.models import NarrowLink

PICTURES = os.environ.get("PICTURES")  # a folder: where the README's pictures go when they are to be made anew
AXE = Axe().axe_script
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PATIENCE = 20_000  # milliseconds that a busy machine has for what a page should show
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium():
    """The browser, started once."""
    if not CHROMIUM:
        pytest.skip("no Chromium found: install Debian's package chromium")
    # Playwright's loop runs in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class AtWork:
    """How many requests the server has begun to answer and not finished."""

    def __init__(self):
        self.number, self.changed = 0, threading.Condition()
        request_started.connect(self._begun)
        request_finished.connect(self._finished)

    def stop(self):
        request_started.disconnect(self._begun)
        request_finished.disconnect(self._finished)

    def _begun(self, **_):
        with self.changed:
            self.number += 1

    def _finished(self, **_):
        with self.changed:
            self.number -= 1
            self.changed.notify_all()

    def wait_until_quiet(self, *, seconds=10):
        """Return once nothing was asked for a moment: what a page sends as it is closed may still be on its way."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with self.changed:
                self.changed.wait_for(lambda: self.number <= 0, timeout=seconds)
            time.sleep(0.15)
            if self.number <= 0:
                return


@pytest.fixture
def at_work():
    """The server's unfinished requests. Emptying the database under one of them would lock both up."""
    counted = AtWork()
    yield counted
    counted.stop()


@pytest.fixture
def open_page(chromium, live_server, settings, at_work):
    """A function that opens a page of a new browser profile; at the end, no page may have broken the policy."""
    settings.SITE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    contexts, complaints = [], []

    def open_(path="/", *, width=1280, height=900, scheme="light", javascript=True):
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=javascript,
            base_url=live_server.url,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    at_work.wait_until_quiet()
    assert complaints == []


@pytest.fixture
def log_in(open_page):
    """A function that logs a user in by link, as people do, and gives the page."""

    def log_in_(user, **options):
        token = NarrowLink.objects.issue(
            purpose="login", subject=str(user.person_id), now=timezone.now(), lifetime=timedelta(minutes=30)
        )
        page = open_page(reverse("login_link", args=[token]), **options)
        with page.expect_navigation():  # or the next page might be asked for before the login has come back
            page.get_by_role("button", name="Log in").click()
        return page

    return log_in_


@pytest.fixture
def secretary(transactional_db):
    """The secretary's login, of a group without anything else."""
    factories.make_group()
    return factories.make_user("Sefa Stone", role="secretary")


@pytest.fixture
def demo(transactional_db):
    """The demonstration group, as `make run` loads it."""
    demonstration.load(today=timezone.localdate(), now=timezone.now())


def is_complaint(message):
    """Whether the browser says something that it should not: a status that the test asked for is no complaint."""
    asked_for = (
        "Failed to load resource: the server responded",
        "Failed to load resource: net::ERR_INTERNET_DISCONNECTED",  # only a test cuts the line
        "Response Status Error Code",
        "htmx:afterRequest",
        "htmx:sendError",
    )
    return message.type == "error" and not message.text.startswith(asked_for)


def violations(page, *, preload=True, colours_alone=False):
    """What axe finds against WCAG 2.2 A and AA: the rule and the first few elements.

    Where a style sheet imports another one, as Django's does, axe's look at them breaks the policy: `preload=False`.
    A page that was looked at and only changed its colours need not be looked at whole again: `colours_alone=True`.
    """
    only = {"type": "rule", "values": ["color-contrast"]} if colours_alone else {"type": "tag", "values": WCAG}
    options = {"runOnly": only, "preload": preload, "resultTypes": ["violations"]}
    if not page.evaluate("Boolean(window.axe)"):  # a page that was looked at before still has it
        page.evaluate(AXE)
    found = page.evaluate("options => axe.run(document, options).then((found) => found.violations)", options)
    return [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]


# WCAG 1.4.12, as a style sheet that the policy does not stop: nobody's page may rely on it not being there.
SPACE = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* {
        line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
    } p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""


def barriers(page, path=None):
    """What stops somebody at a page, as people set their browsers: wide, narrow, enlarged, dark, spaced.

    Of the page as it stands; of `path`, in colours of the reader's own too. It is loaded once, for all of these can
    change while it is open.
    """
    page.emulate_media(color_scheme="light", forced_colors="none")
    page.set_viewport_size({"width": 1280, "height": 900})
    if path:
        page.goto(path)
    found = {"wide, light": violations(page), "wide, too wide": max(0, overflow(page))}
    page.emulate_media(color_scheme="dark")
    found["wide, dark"] = violations(page, colours_alone=True)
    page.set_viewport_size({"width": 320, "height": 900})
    found |= {"320 px, dark": violations(page), "320 px, too wide": max(0, overflow(page))}
    page.emulate_media(color_scheme="light")
    found["320 px, light"] = violations(page, colours_alone=True)
    page.evaluate(SPACE)
    found["spaced, 320 px, too wide"] = max(0, overflow(page))
    page.set_viewport_size({"width": 640, "height": 450})
    found["spaced, twice the size, too wide"] = max(0, overflow(page))
    page.evaluate("document.adoptedStyleSheets = []")
    if path:
        page.emulate_media(forced_colors="active")
        found["forced colours"] = violations(page, colours_alone=True)
        page.emulate_media(forced_colors="none")
    page.set_viewport_size({"width": 1280, "height": 900})
    return {how: what for how, what in found.items() if what}


def overflow(page):
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def picture(page, name):
    """Take the README's picture of the page, where it was asked for."""
    if PICTURES:
        # Hiding the caret is an inline style of the browser driver's own, which the policy rightly complains of.
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), caret="initial")
