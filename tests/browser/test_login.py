"""Logging in as people do, with code, app and passkey; every page of it accessible, on a phone, in light and dark."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories
from tests.browser.conftest import barriers
from tests.codes import app_code, code_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS = "ada.birch@private.example"


@pytest.fixture
def ada(transactional_db):
    """A member; and nobody has tried anything yet: the cache is no model's table, so nothing else empties it."""
    cache.clear()
    factories.make_group()
    yield factories.make_user("Ada Birch")
    cache.clear()


@pytest.fixture
def with_passkeys(settings):
    """A function that gives a page a device that keeps passkeys and knows its owner."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

    def with_passkeys_(page):
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return page

    return with_passkeys_


def ask(page, address=ADDRESS):
    """Ask for a code; gives it."""
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code from the e-mail").wait_for()
    return code_in(mail.outbox[-1].body) if address == ADDRESS else ""


def log_out(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Log out").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_by_code(ada, open_page, javascript):
    page = open_page("/me/", javascript=javascript)
    assert page.get_by_text("The page that you asked for is for members.").is_visible()
    assert page.get_by_role("button", name="Log in with a passkey").is_visible() is javascript
    code = ask(page)
    page.get_by_label("Code from the e-mail").fill("BBBB BBBB")
    page.keyboard.press("Enter")
    page.get_by_text("This is not the code").wait_for()
    page.get_by_label("Code from the e-mail").fill(code.lower())
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/me/")
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in")).to_be_visible()


def test_the_keyboard_alone_will_do(ada, open_page):
    page = open_page("/login/")
    page.get_by_label("E-mail address").focus()
    page.keyboard.type(ADDRESS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/login/code/")
    expect(page.locator("[name=code]")).to_be_focused()
    page.keyboard.type(code_in(mail.outbox[-1].body))
    page.keyboard.press("Enter")
    page.wait_for_url("**/me/")


def test_a_wrong_address_is_put_right(ada, open_page):
    page = open_page("/login/?next=/meetings/", javascript=False)
    ask(page, "ada.brich@private.example")
    page.get_by_role("button", name="Start again").click()
    page.get_by_label("Code from the e-mail").fill(ask(page))
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/meetings/")


def test_by_passkey(ada, log_in, with_passkeys):
    page = with_passkeys(log_in(ada))
    page.goto(reverse("mfa_index"))
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.goto(reverse("mfa_index"))
    expect(page.get_by_role("heading", name="Work laptop")).to_be_visible()
    log_out(page)

    page.goto("/login/?next=/meetings/")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url("**/meetings/")
    log_out(page)

    page.goto("/login/")
    page.get_by_label("Code from the e-mail").fill(ask(page))
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/me/")

    page.goto(reverse("mfa_index"))
    with page.expect_navigation():
        page.get_by_role("link", name="Remove Work laptop").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("button", name="Remove the passkey").click()
    page.get_by_text("The passkey was removed.").wait_for()
    expect(page.get_by_role("heading", name="Work laptop")).to_have_count(0)


def test_a_passkey_is_asked_for_once_its_scripts_have_come(ada, open_page):
    page, held = open_page("/healthz"), []
    page.route("**/mfa/js/webauthn.*js", lambda route: held.append(route))  # noqa: PLW0108 (it wants a function of ours)
    page.goto("/login/", wait_until="commit")
    button = page.get_by_role("button", name="Log in with a passkey")
    expect(button).to_be_disabled()
    with page.expect_event("domcontentloaded"):
        held.pop().continue_()
    expect(button).to_be_enabled()


def test_every_page_of_logging_in_is_accessible(ada, open_page):
    page = open_page("/login/?next=/me/")
    found = {"login": barriers(page)}
    code = ask(page)
    found["code"] = barriers(page)
    page.get_by_label("Code from the e-mail").fill("wrong")
    page.keyboard.press("Enter")
    page.get_by_text("This is not the code").wait_for()
    found["wrong code"] = barriers(page)
    page.get_by_label("Code from the e-mail").fill(code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/me/")

    page.goto(reverse("mfa_activate_totp"))
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Code that the app shows now").fill("x" * 80)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="You are no longer logged in").wait_for()
    found["not logged in"] = barriers(page)
    page.goto("/login/code/")
    found["ask for a new code"] = barriers(page)
    for _ in range(6):
        page.context.clear_cookies(name="sessionid")
        page.goto("/login/")
        page.get_by_label("E-mail address").fill(ADDRESS)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    page.get_by_role("heading", name="Too many attempts").wait_for()
    found["too many"] = barriers(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_every_page_of_the_second_step_is_accessible(ada, log_in, with_passkeys):
    page = with_passkeys(log_in(ada))
    page.goto(reverse("mfa_index"))
    found = {"nothing set up": barriers(page)}
    page.goto(reverse("mfa_activate_totp"))
    found["app"] = barriers(page)
    page.get_by_label("Code that the app shows now").fill(app_code(page.locator(".key").inner_text()))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Recovery codes").wait_for()
    found["recovery codes"] = barriers(page)
    page.goto(reverse("mfa_add_webauthn"))
    found["passkey"] = barriers(page)
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_text("The passkey was added.").wait_for()
    found["all set up"] = barriers(page)
    for link in ("Remove the app", "Make new codes", "Rename Passkey", "Remove Passkey"):
        with page.expect_navigation():  # or the look at it might begin on the page before
            page.get_by_role("link", name=link).click()
        found[link] = barriers(page)
        page.goto(reverse("mfa_index"))

    page.context.clear_cookies()
    page.goto("/login/")
    page.get_by_label("Code from the e-mail").fill(ask(page))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The second step").wait_for()
    found["second step"] = barriers(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/me/")
    for name in ("mfa_reauthenticate", "mfa_reauthenticate_webauthn"):
        page.goto(f"{reverse(name)}?next=/me/security/")
        found[name] = barriers(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
