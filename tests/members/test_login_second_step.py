"""`/login/second-step/`: asked of those who have set one up, after a code and after a link alike."""

import copy
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from members import logins
from tests import factories
from tests.codes import LOGIN, SECOND_STEP, app_code, log_in, set_up_app
from tests.pages import words_of

pytestmark = pytest.mark.django_db

ADDRESS = "mina.member@private.example"
NOW = datetime(2026, 6, 10, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
def that_day(time_machine):
    time_machine.move_to(NOW, tick=False)


# The same member and app for all these tests: setting it up draws a picture.
@pytest.fixture(scope="module", autouse=True)
def set_up(kept_group):
    with travel(NOW, tick=False):
        member = factories.make_user("Mina Member")
        browser = Client()
        browser.force_login(member)
        return member, set_up_app(browser)


@pytest.fixture
def member(set_up):
    return copy.deepcopy(set_up[0])


@pytest.fixture
def secret(set_up, time_machine):
    """The member has an app with this secret, set up a while ago."""
    time_machine.shift(timedelta(hours=1))
    return set_up[1]


def recovery_codes():
    return Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()


def by_link(client):
    """Press the button of a link that was made now."""
    return client.post(urlsplit(logins.link_for(ADDRESS, now=timezone.now())).path)


@pytest.mark.parametrize("way", [lambda client: log_in(client, ADDRESS), by_link], ids=["code", "link"])
def test_the_first_step_alone_does_not_log_in(client, secret, way):
    assert way(client)["Location"] == SECOND_STEP
    assert SESSION_KEY not in client.session
    assert client.get(reverse("me"))["Location"] == f"{LOGIN}?next=/me/"
    assert client.get(SECOND_STEP).status_code == 200
    response = client.post(SECOND_STEP, {"code": app_code(secret)})
    assert response["Location"] == reverse("me")
    assert client.get(reverse("mfa_index")).status_code == 200


def test_it_goes_to_the_page_that_was_asked_for(client, secret):
    client.get(LOGIN, {"next": "/meetings/"})
    log_in(client, ADDRESS)
    assert client.post(SECOND_STEP, {"code": app_code(secret)})["Location"] == "/meetings/"


def test_a_link_opened_where_somebody_else_is_logged_in(secretary_client, secret):
    assert by_link(secretary_client)["Location"] == SECOND_STEP
    assert SESSION_KEY not in secretary_client.session
    secretary_client.post(SECOND_STEP, {"code": app_code(secret)})
    assert str(secretary_client.get("/").context["user"]) == "Mina Member"


@pytest.mark.parametrize("ago", [-30, 0, 30])
def test_a_code_of_half_a_minute_ago_will_do(client, secret, time_machine, ago):
    code = app_code(secret)
    time_machine.shift(timedelta(seconds=ago))
    log_in(client, ADDRESS)
    assert client.post(SECOND_STEP, {"code": code})["Location"] == reverse("me")


@pytest.mark.parametrize("ago", [-120, 120])
def test_one_of_two_minutes_ago_will_not(client, secret, time_machine, ago):
    code = app_code(secret)
    time_machine.shift(timedelta(seconds=ago))
    log_in(client, ADDRESS)
    assert client.post(SECOND_STEP, {"code": code}).status_code == 200


def test_a_code_works_once(client, secret):
    log_in(client, ADDRESS)
    client.post(SECOND_STEP, {"code": app_code(secret)})
    other = Client()
    log_in(other, ADDRESS)
    assert other.post(SECOND_STEP, {"code": app_code(secret)}).status_code == 200


def test_a_recovery_code_stands_in_once(client, secret):
    first, *others = recovery_codes()
    log_in(client, ADDRESS)
    assert client.post(SECOND_STEP, {"code": first})["Location"] == reverse("me")
    assert recovery_codes() == others
    other = Client()
    log_in(other, ADDRESS)
    assert other.post(SECOND_STEP, {"code": first}).status_code == 200


@pytest.mark.parametrize("typed", ["", "123456", "\x00", "é", "x" * 100_000, "<b>"])
def test_anything_else_comes_back(client, secret, typed):
    log_in(client, ADDRESS)
    response = client.post(SECOND_STEP, {"code": typed})
    assert response.status_code == 200
    assert 'class="errorlist"' in response.text
    assert SESSION_KEY not in client.session


def test_after_five_wrong_ones_one_has_to_wait(client, secret, time_machine):
    log_in(client, ADDRESS)
    for _ in range(5):
        assert "was not accepted" in words_of(client.post(SECOND_STEP, {"code": "123456"}))
    response = client.post(SECOND_STEP, {"code": app_code(secret)})
    assert "Wait five minutes" in words_of(response)
    time_machine.shift(timedelta(minutes=5, seconds=1))
    assert client.post(SECOND_STEP, {"code": app_code(secret)})["Location"] == reverse("me")


def test_it_waits_for_a_quarter_of_an_hour(client, secret, time_machine):
    log_in(client, ADDRESS)
    time_machine.shift(timedelta(minutes=15, seconds=1))
    assert client.post(SECOND_STEP, {"code": app_code(secret)})["Location"] == LOGIN
    assert "Ask for a new code" in words_of(client.get(LOGIN))


def test_whose_membership_ends_between_the_steps_is_not_logged_in(client, secret, member):
    log_in(client, ADDRESS)
    member.person.memberships.update(end_date=date(2020, 2, 1))
    response = client.post(SECOND_STEP, {"code": app_code(secret)})
    assert response.status_code == 403
    assert "has ended" in words_of(response)
    assert SESSION_KEY not in client.session


def test_nobody_comes_here_without_the_first_step(client, secret):
    for answer in (client.get(SECOND_STEP), client.post(SECOND_STEP, {"code": app_code(secret)})):
        assert answer["Location"] == LOGIN
    assert SESSION_KEY not in client.session


def test_who_has_none_is_not_asked(client, other_member):
    assert log_in(client, other_member.email)["Location"] == reverse("me")
