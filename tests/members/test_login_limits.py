"""How often somebody may try, counted in the cache that all processes share."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache, caches
from django.test import Client
from django.urls import reverse

from tests.codes import CODE, LOGIN, ask, log_in
from tests.pages import words_of


@pytest.fixture(autouse=True)
def that_day(time_machine):
    time_machine.move_to("2026-06-10T11:00:00Z", tick=False)


def test_the_cache_is_shared():
    assert type(caches["default"]).__name__ == "DatabaseCache"


@pytest.mark.parametrize("address", ["mina.member@private.example", "who@private.example"])
def test_five_codes_for_one_address_in_five_minutes(member, time_machine, address):
    codes = [
        ask(Client(REMOTE_ADDR=f"192.0.2.{number}"), address.upper() if number % 2 else address) for number in range(6)
    ]
    assert [answer.status_code for answer in codes] == [302] * 5 + [429]
    assert "Wait five minutes" in words_of(codes[-1])
    assert codes[-1]["Retry-After"] == "300"
    assert len(mail.outbox) == 5
    assert ask(Client(), "other@private.example").status_code == 302
    time_machine.shift(timedelta(minutes=5, seconds=1))
    assert ask(Client(), address).status_code == 302


def test_from_one_computer(group, monkeypatch):
    monkeypatch.setitem(settings.ACCOUNT_RATE_LIMITS, "request_login_code", "3/5m/ip")
    browsers = [Client(REMOTE_ADDR="192.0.2.1") for _ in range(4)]
    answers = [ask(browser, f"{number}@private.example") for number, browser in enumerate(browsers)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert ask(Client(REMOTE_ADDR="192.0.2.2"), "x@private.example").status_code == 302


def test_what_a_browser_claims_to_be_does_not_count(group, settings, monkeypatch):
    """Behind a proxy, the last address is the proxy's own word; without one, none is believed."""
    monkeypatch.setitem(settings.ACCOUNT_RATE_LIMITS, "request_login_code", "1/5m/ip")
    for count, address, claims in (
        (0, "192.0.2.1", ["203.0.113.1", "203.0.113.2"]),
        (1, "10.0.0.1", ["203.0.113.1, 192.0.2.9", "203.0.113.2, 192.0.2.9"]),
    ):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = count
        browsers = [Client(REMOTE_ADDR=address, headers={"X-Forwarded-For": claim}) for claim in claims]
        assert [ask(browser, "x@private.example").status_code for browser in browsers] == [302, 429]


def test_looking_is_not_limited(group):
    browser = Client()
    for _ in range(10):
        assert browser.get(LOGIN).status_code == 200
    assert browser.get(CODE).status_code == 302


def test_logging_in_is_no_guessing(client, member):
    for _ in range(7):
        assert log_in(client, member.email)["Location"] == reverse("me")
        client.post(reverse("logout"))


def test_many_who_try_do_not_make_the_limits_forgotten():
    assert cache._max_entries >= 100_000
