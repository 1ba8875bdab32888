"""`/login/code/`: takes the code that was mailed, five attempts, 15 minutes, in one browser."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.test import Client
from django.urls import reverse

from members.models import Person, User
from tests import factories
from tests.codes import CODE, LOGIN, ask, code_in, log_in
from tests.pages import words_of


@pytest.fixture(autouse=True)
def that_day(time_machine):
    time_machine.move_to("2026-06-10T11:00:00Z", tick=False)


@pytest.fixture
def ada(group):
    return factories.make_person("Ada Birch", role="", email="ada@private.example")


@pytest.fixture
def code(client, ada):
    """A code that the browser has asked for."""
    ask(client, ada.email)
    return code_in(mail.outbox[0].body)


def test_a_wrong_code_comes_back_with_words(client, code):
    response = client.post(CODE, {"code": "BBBB-BBBB"})
    assert response.status_code == 200
    assert "This is not the code that was sent last." in words_of(response)
    assert client.post(CODE, {"code": code})["Location"] == reverse("me")


@pytest.mark.parametrize("typed", ["", "\x00", "é" * 30, "😀", "<b>", "x" * 100_000])
def test_anything_else_comes_back(client, code, typed):
    response = client.post(CODE, {"code": typed})
    assert response.status_code == 200
    assert 'class="errorlist"' in response.text


def test_after_five_wrong_ones_it_is_over(client, code):
    answers = [client.post(CODE, {"code": "BBBB-BBBB"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 302]
    assert "That was tried too often." in words_of(client.get(answers[-1]["Location"]))
    late = client.post(CODE, {"code": code})
    assert late["Location"] == LOGIN
    assert SESSION_KEY not in client.session


def test_it_works_for_a_quarter_of_an_hour(client, code, time_machine):
    time_machine.shift(timedelta(minutes=14))
    assert client.get(CODE).status_code == 200
    time_machine.shift(timedelta(minutes=1, seconds=1))
    response = client.post(CODE, {"code": code})
    assert response["Location"] == LOGIN
    assert "Ask for a new code: a code works for 15 minutes" in words_of(client.get(LOGIN))
    assert SESSION_KEY not in client.session


def test_it_works_in_the_browser_that_asked_alone(code):
    other = Client()
    assert other.get(CODE)["Location"] == LOGIN
    assert "Ask for a new code" in words_of(other.get(LOGIN))
    assert other.post(CODE, {"code": code})["Location"] == LOGIN
    assert SESSION_KEY not in other.session


def test_it_works_once(client, code):
    client.post(CODE, {"code": code})
    client.post(reverse("logout"))
    assert client.post(CODE, {"code": code})["Location"] == LOGIN
    assert SESSION_KEY not in client.session


def test_a_second_code_replaces_the_first(client, ada, code):
    client.post(reverse("logout"), {"next": LOGIN})
    ask(client, ada.email)
    assert client.post(CODE, {"code": code}).status_code == 200
    assert client.post(CODE, {"code": code_in(mail.outbox[1].body)})["Location"] == reverse("me")


@pytest.mark.parametrize("spoil", ["ended", "off"])
def test_who_was_a_member_when_asking_and_is_none_when_typing(client, ada, code, spoil):
    if spoil == "ended":
        ada.memberships.update(end_date=date(2020, 2, 1))
    else:
        User.objects.update(is_active=False)
    response = client.post(CODE, {"code": code})
    assert response.status_code == 403
    assert "Your membership of Elmbridge Data Circle has ended" in words_of(response)
    assert SESSION_KEY not in client.session
    assert client.post(CODE, {"code": code})["Location"] == LOGIN


@pytest.mark.parametrize("email", ["", "ada.new@private.example"])
def test_whose_address_has_changed_since_asking(client, ada, code, email):
    Person.objects.filter(pk=ada.pk).update(email=email)
    assert client.post(CODE, {"code": code}).status_code == 403
    assert SESSION_KEY not in client.session


def test_a_code_for_an_address_that_is_another_s_by_now(client, ada, code, group):
    Person.objects.filter(pk=ada.pk).update(email="ada.new@private.example")
    factories.make_person("Bo Cole", role="", email=ada.email)
    assert client.post(CODE, {"code": code}).status_code == 403
    assert SESSION_KEY not in client.session


def test_starting_again_forgets_the_address(client, code):
    assert client.get(LOGIN)["Location"] == CODE
    assert client.post(reverse("logout"), {"next": LOGIN})["Location"] == LOGIN
    assert client.get(LOGIN).status_code == 200


def test_the_page_that_was_asked_for_outlives_starting_again(client, ada):
    client.get(LOGIN, {"next": "/meetings/"})
    ask(client, "wrong@private.example")
    client.post(reverse("logout"), {"next": LOGIN})
    assert log_in(client, ada.email)["Location"] == "/meetings/"


def test_who_is_logged_in_goes_on(member_client):
    assert member_client.get(CODE)["Location"] == reverse("me")
