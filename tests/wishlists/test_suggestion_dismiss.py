"""Not wanting to see a suggestion again."""

import pytest

from tests import factories
from tests.pages import words_of
from wishlists.models import Dismissal

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
ADDRESS = "/wishlists/suggestions/dismiss/"
PAIR = {"want": 1, "used": 2}


@pytest.fixture
def pair(member, other_member):
    return (
        factories.make_added_entry(member.person, "Trees"),
        factories.make_added_entry(other_member.person, "Trees", kind="used"),
    )


def test_it_is_not_suggested_again(member_client, member, pair):
    assert "Data that may meet it" in words_of(member_client.get("/wishlists/D1/"))
    for _ in range(2):
        response = member_client.post(ADDRESS, PAIR | {"next": "/wishlists/D1/?x=1"}, follow=True)
    assert response.redirect_chain == [("/wishlists/D1/?x=1", 302)]
    assert "D2 is not suggested to you for D1 any more." in words_of(response)
    assert "Data that may meet it" not in words_of(response)
    dismissal = Dismissal.objects.get()
    assert (dismissal.person, dismissal.want, dismissal.used) == (member.person, *pair)


def test_with_htmx_a_word_takes_its_place(member_client, pair):
    response = member_client.post(ADDRESS, PAIR, **HTMX)
    assert words_of(response) == "D2 is not suggested to you for D1 any more."
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("following", ["", "https://elsewhere.example/", "//elsewhere.example/", "x" * 1000])
def test_it_leads_nowhere_else(member_client, pair, following):
    assert member_client.post(ADDRESS, PAIR | {"next": following})["Location"] == "/wishlists/D1/"


@pytest.mark.parametrize(
    "data",
    [{}, {"want": 2, "used": 1}, {"want": 1, "used": 3}, {"want": "x", "used": "\x00"}, {"want": 1, "used": 10**30}],
)
def test_forged_numbers_are_404(member_client, pair, data):
    factories.make_entry("Trees")  # one that no member may know of
    assert member_client.post(ADDRESS, data).status_code == 404
    assert not Dismissal.objects.exists()


def test_it_needs_somebody_and_a_post(client, admin, member_client, pair):
    client.post(ADDRESS, PAIR)
    client.force_login(admin)
    assert client.post(ADDRESS, PAIR).status_code == 403
    assert member_client.get(ADDRESS).status_code == 405
    assert not Dismissal.objects.exists()


def test_nobody_is_offered_a_button_that_is_no_person(client, admin, pair):
    client.force_login(admin)
    words = words_of(client.get("/wishlists/D1/"))
    assert "Data that may meet it" in words
    assert "Don’t suggest this" not in words
