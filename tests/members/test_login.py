"""`/login/`: says how to get a link, and notes the page that was asked for."""

import pytest
from django.urls import reverse


def test_it_works(anonymous_client, group):
    response = anonymous_client.get(reverse("login"))
    assert response.status_code == 200
    assert group.name in response.text
    assert "login_link" in response.text
    assert "password" not in response.text.replace("There is no password.", "")
    assert "no-store" in response["Cache-Control"]


def test_before_the_group_is_set_up(anonymous_client):
    assert anonymous_client.get(reverse("login")).status_code == 200


def test_who_is_logged_in_may_log_out_there(member_client):
    response = member_client.get(reverse("login"))
    assert "You are logged in as Mina Member." in response.text


@pytest.mark.parametrize("following", ["/admin/", "/meetings/?year=2026"])
def test_it_remembers_a_page_of_this_site(anonymous_client, group, following):
    response = anonymous_client.get(reverse("login"), {"next": following})
    assert response.cookies["next"].value.startswith(following)
    assert response.cookies["next"]["httponly"]


@pytest.mark.parametrize(
    "following",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "javascript:alert(1)",
        "/\\elsewhere.example",
        "/\x00",
        "",
        "/" + "x" * 600,
    ],
)
def test_it_forgets_any_other(anonymous_client, group, following):
    response = anonymous_client.get(reverse("login"), {"next": following})
    assert response.status_code == 200
    assert "next" not in response.cookies


def test_it_takes_no_post(anonymous_client, group):
    assert anonymous_client.post(reverse("login")).status_code == 405


@pytest.mark.parametrize("path", ["/ł", "/😀", "/%F0%9F%98%80"])
def test_an_address_in_any_script_is_remembered(anonymous_client, path):
    assert anonymous_client.get("/login/", {"next": path}).status_code == 200
