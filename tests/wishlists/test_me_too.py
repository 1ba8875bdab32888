"""Saying "me too" to a want, and taking it back."""

from datetime import date

import pytest

from tests import factories
from tests.pages import words_of
from wishlists.models import Support

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def want(other_member):
    return factories.make_added_entry(other_member.person)


def test_it_is_said_once_and_taken_back(member_client, member, want):
    for _ in range(2):
        response = member_client.post("/wishlists/D1/me-too/", follow=True)
        assert response.redirect_chain == [("/wishlists/D1/#support", 302)]
    assert "Noted: you want D1 too." in words_of(response)
    assert "You want it too. I no longer want it" in words_of(response)
    assert list(Support.objects.values_list("person", "kind")) == [(member.person_id, "me-too")]
    for _ in range(2):
        response = member_client.post("/wishlists/D1/me-too/take-back/", follow=True)
    assert "Nobody else has said that they want it. Me too: I want it as well" in words_of(response)
    assert not Support.objects.exists()


def test_with_htmx_the_section_comes_alone(member_client, want):
    response = member_client.post("/wishlists/D1/me-too/", **HTMX)
    assert response.status_code == 200
    assert response.text.lstrip().startswith('<section class="support" id="support"')
    assert "HX-Request" in response["Vary"]
    assert 'role="status" tabindex="-1" autofocus>Noted: you want D1 too.' in response.text
    response = member_client.post("/wishlists/D1/me-too/take-back/", **HTMX)
    assert "Me too: I want it as well" in words_of(response)


@pytest.mark.parametrize("verb", ["me-too", "me-too/take-back", "offer", "offer/take-back"])
def test_not_to_one_s_own_nor_to_data_used_nor_by_nobody(client, other_member, admin, want, verb):
    factories.make_added_entry(factories.make_person(), "Trees", kind="used")
    for user, number in ((other_member, 1), (other_member, 2), (admin, 1)):
        client.force_login(user)
        assert client.post(f"/wishlists/D{number}/{verb}/", {"text": "Ours."}).status_code == 403
    assert not Support.objects.exists()


@pytest.mark.parametrize("verb", ["me-too", "me-too/take-back", "offer", "offer/take-back"])
def test_what_a_member_does_not_see_is_404(member_client, verb):
    factories.make_entry(kind="wants")
    for number in (1, 99, 999_999_999):
        assert member_client.post(f"/wishlists/D{number}/{verb}/", {"text": "Ours."}).status_code == 404


@pytest.mark.parametrize("verb", ["me-too", "me-too/take-back", "offer", "offer/take-back"])
def test_it_needs_a_login_and_a_post(anonymous_client, member_client, want, verb):
    anonymous_client.post(f"/wishlists/D1/{verb}/", {"text": "Ours."})
    assert not Support.objects.exists()
    assert member_client.get(f"/wishlists/D1/{verb}/").status_code == 405


@pytest.mark.parametrize("over", ["released", "refused", "withdrawn"])
def test_what_is_no_longer_wanted_is_not_wanted_too(member_client, want, over):
    if over == "withdrawn":
        want.withdraw(now=factories.NOW)
    else:
        want.move(status=over, on=date(2026, 3, 1), by=None, now=factories.NOW)
    response = member_client.post("/wishlists/D1/me-too/", follow=True)
    assert "Nothing was noted: D1 is no longer wanted." in words_of(response)
    assert not Support.objects.exists()
