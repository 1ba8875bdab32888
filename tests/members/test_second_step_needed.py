"""SECRETARY_NEEDS_SECOND_STEP: the secretary's rooms open only to those who have an app or a passkey."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from members.backends import MembershipBackend
from tests import factories
from tests.codes import set_up_app
from tests.pages import words_of
from wmodf.lib.access import Standing

INDEX = reverse("mfa_index")


@pytest.fixture(autouse=True)
def needed(settings):
    settings.SECRETARY_NEEDS_SECOND_STEP = True


def standing(user):
    found = MembershipBackend().get_user(user.pk)
    return found.standing, found.needs_second_step, found.is_staff


def give(user, kind):
    return Authenticator.objects.create(user=user, type=kind, data={"name": "Key", "credential": {}})


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([], (Standing.MEMBER, True, False)),
        (["recovery_codes"], (Standing.MEMBER, True, False)),
        (["totp"], (Standing.SECRETARY, False, True)),
        (["webauthn"], (Standing.SECRETARY, False, True)),
    ],
)
def test_standing(secretary, admin, member, kinds, expected):
    for user in (secretary, admin):
        for kind in kinds:
            give(user, kind)
        assert standing(user) == expected
    assert standing(member) == (Standing.MEMBER, False, False)


def test_while_it_is_off_nobody_needs_one(secretary, settings, django_assert_num_queries):
    settings.SECRETARY_NEEDS_SECOND_STEP = False
    with django_assert_num_queries(2):
        assert standing(secretary) == (Standing.SECRETARY, False, True)


@pytest.mark.parametrize("path", ["/admin/", "/admin/members/person/", "/desk/"])
def test_the_secretary_is_led_to_the_page_that_sets_one_up(secretary_client, path):
    response = secretary_client.get(path)
    assert (response.status_code, response["Location"]) == (302, INDEX)
    assert "as soon as you have set up an app or a passkey" in words_of(secretary_client.get(INDEX))


@pytest.mark.parametrize("path", ["/admin/", "/desk/"])
def test_they_open_then(secretary_client, secretary, path):
    give(secretary, "totp")
    assert secretary_client.get(path).status_code == 200
    assert "as soon as" not in words_of(secretary_client.get(INDEX))


def test_until_then_the_secretary_reads_as_a_member_does(secretary_client):
    factories.make_meeting(published=False)
    assert secretary_client.get("/meetings/2026-01-28/").status_code == 404
    assert secretary_client.get(reverse("me")).status_code == 200


def test_what_was_typed_is_given_back(secretary_client):
    response = secretary_client.post("/admin/members/person/add/", {"name": "Bo Cole", "sort_name": "x" * 80})
    assert response.status_code == 403
    assert "Name: Bo Cole" in response.text
    assert "x" * 80 in response.text


def test_a_member_gets_a_plain_no(member_client):
    assert member_client.get("/admin/").status_code == 403
    assert "as soon as" not in words_of(member_client.get(INDEX))


def test_nobody_who_is_not_logged_in_learns_of_it(db):
    assert Client().get("/admin/")["Location"] == "/admin/login/?next=/admin/"


def test_a_session_that_never_saw_the_second_step_is_over(secretary, secretary_client):
    stolen = Client()
    stolen.force_login(secretary)
    set_up_app(secretary_client)
    assert secretary_client.get("/desk/").status_code == 200
    assert stolen.get("/desk/")["Location"] == "/login/?next=/desk/"
