"""`/login-link/…/`: GET shows a button, POST logs in, once, within half an hour."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import logins
from members.models import Person, User
from tests import factories
from wmodf.lib.models import NarrowLink


def path_for(address, *, ago=timedelta(0)):
    """The path of a link made a while ago."""
    return urlsplit(logins.link_for(address, now=timezone.now() - ago)).path


@pytest.fixture
def ada(group):
    """A member who has never logged in."""
    return factories.make_person("Ada Birch", role="", email="ada@private.example")


def test_get_shows_a_button_and_changes_nothing(client, ada):
    path = path_for(ada.email)
    for method in (client.get, client.head, client.get):
        assert method(path).status_code == 200
    page = client.get(path)
    assert '<button type="submit">Log in</button>' in page.text
    assert "Ada" not in page.text
    assert SESSION_KEY not in client.session
    assert (NarrowLink.objects.get().used_at, User.objects.count()) == (None, 0)


def test_post_logs_in_and_goes_to_one_s_own_page(client, ada):
    response = client.post(path_for(ada.email))
    assert (response.status_code, response["Location"]) == (302, reverse("me"))
    assert client.get("/").context["user"].person == ada
    assert User.objects.get().last_login is not None


def test_the_secretary_does_too(client, secretary):
    assert client.post(path_for(secretary.email))["Location"] == reverse("me")
    assert client.get(reverse("admin:index")).status_code == 200


def test_an_administrator_without_a_person_logs_in(client, admin):
    assert client.post(path_for(admin.email))["Location"] == reverse("admin:index")
    assert client.get(reverse("admin:index")).status_code == 200


def test_it_goes_to_the_page_that_was_asked_for(client, ada):
    client.get(reverse("login"), {"next": "/meetings/?year=2026"})
    response = client.post(path_for(ada.email))
    assert response["Location"] == "/meetings/?year=2026"
    assert client.cookies["next"].value == ""


def test_a_forged_page_to_go_to_is_ignored(client, ada):
    client.cookies["next"] = "/meetings/:forged:signature"
    assert client.post(path_for(ada.email))["Location"] == reverse("me")


def test_the_session_key_is_a_new_one(client, ada):
    session = client.session
    session["colour"] = "green"
    session.save()
    before = client.session.session_key
    client.post(path_for(ada.email))
    assert client.session.session_key != before


def test_it_works_once(client, ada):
    path = path_for(ada.email)
    client.post(path)
    second = Client()
    for response in (second.post(path), second.get(path)):
        assert response.status_code == 410
        assert "used already" in response.text
        assert reverse("login") in response.text
    assert SESSION_KEY not in second.session


def test_it_works_for_half_an_hour(client, ada):
    assert client.get(path_for(ada.email, ago=timedelta(minutes=29))).status_code == 200
    path = path_for(ada.email, ago=timedelta(minutes=30, seconds=1))
    assert (client.get(path).status_code, client.post(path).status_code) == (410, 410)
    assert SESSION_KEY not in client.session


def test_a_membership_that_ended_meanwhile_logs_nobody_in(client, ada):
    path = path_for(ada.email)
    ada.memberships.update(end_date=date(2020, 2, 1))
    assert client.post(path).status_code == 410
    assert SESSION_KEY not in client.session
    assert User.objects.count() == 0


def test_a_login_switched_off_meanwhile_logs_nobody_in(client, member):
    path = path_for(member.email)
    User.objects.update(is_active=False)
    assert client.post(path).status_code == 410


@pytest.mark.parametrize("token", ["forged", "x" * 3000, "%00", "é"])
def test_a_link_that_was_never_made(client, ada, token):
    for method in (client.get, client.post):
        response = method(f"/login-link/{token}/")
        assert response.status_code == 404
        assert "This link does not log in" in response.text


def test_a_link_made_for_something_else_does_not_log_in(client, ada):
    token = NarrowLink.objects.issue(
        purpose="reply", subject=str(ada.pk), now=timezone.now(), lifetime=timedelta(minutes=5)
    )
    assert client.post(reverse("login_link", args=[token])).status_code == 404
    assert NarrowLink.objects.get().used_at is None


def test_the_token_is_stored_nowhere(ada):
    link = logins.link_for(ada.email, now=timezone.now())
    token = link.rstrip("/").rpartition("/")[2]
    stored = NarrowLink.objects.values().get()
    assert len(token) == 43
    assert token not in str(stored)
    assert link == f"{settings.SITE_URL}/login-link/{token}/"


def test_the_address_stays_secret(client, ada):
    path = path_for(ada.email)
    answers = [client.get(path), client.post(path), client.get(path), client.get("/login-link/forged/")]
    assert {(each["Referrer-Policy"], "no-store" in each["Cache-Control"]) for each in answers} == {
        ("strict-origin", True)
    }


def test_another_site_cannot_press_the_button(ada):
    client = Client(enforce_csrf_checks=True)
    assert client.post(path_for(ada.email)).status_code == 403
    assert NarrowLink.objects.get().used_at is None


def test_logging_in_replaces_somebody_elses_session(member_client, ada):
    member_client.post(path_for(ada.email))
    assert member_client.get("/").context["user"].person == ada


def test_a_link_lets_nobody_in_who_has_no_address_any_more(client, ada):
    path = path_for(ada.email)
    Person.objects.update(email="")
    assert client.post(path).status_code == 410
    assert SESSION_KEY not in client.session
