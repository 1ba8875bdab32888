"""The contact page, the only one with the group's public address."""

from datetime import date

import pytest

from tests import factories
from tests.pages import words_of

pytestmark = pytest.mark.django_db

PAGES = {"/", "/meetings/", "/actions/", "/wishlists/", "/members/", "/contact/", "/calendar/", "/login/"}


def test_it_shows_the_public_address(anonymous_client, group):
    page = anonymous_client.get("/contact/")
    assert page.status_code == 200
    assert "Write to Elmbridge Data Circle: hello@circle.example" in words_of(page)
    assert 'href="mailto:hello@circle.example"' in page.content.decode()


def test_no_other_page_does(anonymous_client, group):
    factories.make_minutes(factories.make_meeting(on=date(2026, 1, 28)))
    pages = PAGES | {"/meetings/2026-01-28/"}
    assert {page for page in pages if b"hello@circle" in anonymous_client.get(page).content} == {"/contact/"}


def test_it_says_that_there_is_no_address_yet(anonymous_client):
    factories.make_group(public_email="")
    words = words_of(anonymous_client.get("/contact/"))
    assert "The group has not given an address for the public yet." in words


def test_it_is_only_read(anonymous_client):
    assert anonymous_client.post("/contact/").status_code == 405
