"""A real browser: Debian's Chromium, driven by Playwright."""

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import sync_playwright

from wmodf import demonstration
from wmodf.lib.models import NarrowLink

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
PICTURES = os.environ.get("PICTURES")  # a folder: where the README's pictures go when they are to be made anew
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
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
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(chromium, live_server, settings):
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
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def log_in(open_page):
    """A function that logs a user in by link, as people do, and gives the page."""

    def log_in_(user, **options):
        token = NarrowLink.objects.issue(
            purpose="login", subject=str(user.person_id), now=timezone.now(), lifetime=timedelta(minutes=30)
        )
        page = open_page(reverse("login_link", args=[token]), **options)
        page.get_by_role("button", name="Log in").click()
        return page

    return log_in_


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


def violations(page):
    """What axe finds against WCAG 2.2 A and AA: the rule and the first few elements."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]


def overflow(page):
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def picture(page, name):
    """Take the README's picture of the page, where it was asked for."""
    if PICTURES:
        # Hiding the caret is an inline style of the browser driver's own, which the policy rightly complains of.
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), caret="initial")
