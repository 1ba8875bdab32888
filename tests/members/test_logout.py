"""`/logout/`: ends the session, by POST alone."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from tests import factories


def test_it_works(member_client):
    response = member_client.post(reverse("logout"))
    assert (response.status_code, response["Location"]) == (302, reverse("home"))
    assert SESSION_KEY not in member_client.session


def test_it_works_from_the_admin(secretary_client):
    response = secretary_client.post(reverse("admin:logout"))
    assert (response.status_code, response["Location"]) == (302, reverse("home"))
    assert SESSION_KEY not in secretary_client.session


@pytest.mark.parametrize("route", ["logout", "admin:logout"])
def test_get_leaves_the_session(secretary_client, route):
    assert secretary_client.get(reverse(route)).status_code == 405
    assert SESSION_KEY in secretary_client.session


def test_somebody_not_logged_in_goes_home(anonymous_client):
    assert anonymous_client.post(reverse("logout"))["Location"] == reverse("home")


@pytest.mark.parametrize(
    ("following", "address"), [("/login/", "/login/"), ("https://elsewhere.example/", "/"), ("", "/")]
)
def test_it_goes_to_a_page_of_this_site(member_client, following, address):
    assert member_client.post(reverse("logout"), {"next": following})["Location"] == address


def test_another_site_cannot_log_out(member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    assert client.post(reverse("logout")).status_code == 403
    assert SESSION_KEY in client.session


@pytest.mark.parametrize("following", ["zzz", "%", "//elsewhere.example/", "http://["])
def test_it_leads_nowhere_else(member_client, following):
    assert member_client.post(reverse("logout"), {"next": following})["Location"] == reverse("home")


def test_what_was_not_read_yet_is_not_shown_to_whoever_comes_next(secretary_client, group):
    factories.make_entry()
    secretary_client.post("/wishlists/D1/dataset/", {"name": "Secret dataset"})
    secretary_client.post(reverse("logout"))
    assert "Secret dataset" not in secretary_client.get("/").text
