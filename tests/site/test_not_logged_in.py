"""What somebody gets who is not logged in any more, or whose form had the wrong token: words, and what they typed."""

from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.pages import words_of

ADD = "/admin/members/person/add/"
ME, APP = reverse("me"), reverse("mfa_activate_totp")
LONG = "\n\nDear all,\n<b>what we said</b> & more\n" + "x" * 100_000


def end(member):
    member.person.memberships.update(end_date=date(2020, 2, 1))


def expire(member):
    Session.objects.all().delete()


@pytest.mark.parametrize(
    ("how", "words"),
    [(end, "Your membership of Elmbridge Data Circle has ended"), (expire, "you have to log in again")],
)
@pytest.mark.parametrize(("path", "headers"), [(ME, {}), (ME, {"HX-Request": "true"}), (ADD, {}), (APP, {})])
def test_a_form_is_given_back(member_client, member, *, how, words, headers, path):
    how(member)
    form = {
        "notes": LONG,
        "due_on": "2026-05-05",
        "csrfmiddlewaretoken": "TOKEN",
        "item-TOTAL_FORMS": "3",
        "_save": "Save",
    }
    response = member_client.post(path, form, headers=headers)
    assert response.status_code == 403
    assert words in words_of(response)
    assert "\n\n\nDear all,\n&lt;b&gt;what we said&lt;/b&gt; &amp; more\n" + "x" * 100_000 in response.text
    assert "Due on: 2026-05-05</textarea>" in response.text
    assert {word for word in ("TOKEN", "TOTAL", "Save: ") if word in response.text} == set()
    assert "no-store" in response["Cache-Control"]


def test_nothing_typed_leaves_no_box(client, db):
    response = client.post(ME, {"x": " "})
    assert response.status_code == 403
    assert "textarea" not in response.text


def test_files_are_named(client, db):
    response = client.post(ME, {"document": SimpleUploadedFile("notes <1>.docx", b"x")})
    assert "Choose again: notes &lt;1&gt;.docx" in response.text


def test_the_way_back_is_kept(client, db):
    response = client.post(ME, {"x": "y"}, headers={"Referer": "http://testserver/actions/?state=open"})
    assert 'href="/login/?next=%2Factions%2F"' in response.text
    response = client.post(ME, {"x": "y"}, headers={"Referer": "https://elsewhere.example/me/"})
    assert 'href="/login/"' in response.text


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_nobody_elses_words_stand_on_our_page(client, db, site):
    for browser in (client, Client(enforce_csrf_checks=True)):
        response = browser.post(ME, {"x": "Send your code to me"}, headers={"Sec-Fetch-Site": site})
        assert response.status_code == 403
        assert "Send your code" not in response.text


def test_a_wrong_token_gives_the_form_back(member):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member)
    response = browser.post(ME, {"note": LONG}, headers={"Referer": "http://testserver/me/"})
    assert response.status_code == 403
    assert "The form was not accepted" in words_of(response)
    assert "x" * 100_000 in response.text
    assert '<a href="/me/"' in response.text


@pytest.mark.parametrize("how", [end, expire])
def test_a_page_sends_to_the_login_page(member_client, member, how):
    how(member)
    assert member_client.get(ME)["Location"] == "/login/?next=/me/"


@pytest.mark.parametrize("how", [end, expire])
def test_a_fragment_sends_the_whole_page_there(member_client, member, how):
    how(member)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/actions/?state=open"}
    response = member_client.get(ME, headers=headers)
    assert (response.status_code, response["HX-Redirect"]) == (200, "/login/?next=%2Factions%2F%3Fstate%3Dopen")
    response = member_client.get(ME, headers={"HX-Request": "true", "HX-Current-URL": "https://elsewhere.example/"})
    assert response["HX-Redirect"] == "/login/?next=%2F"


def test_a_form_too_large_is_no_error_of_ours(client, db, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert client.post(ME, {"x": "y" * 2000}).status_code == 400


def test_who_was_on_a_page_that_is_not_public(client, member_client, member, group):
    meeting = factories.make_meeting()
    factories.make_action(meeting=meeting, owners=[member.person], line={"is_confidential": True})
    factories.make_minutes(meeting)
    assert member_client.get("/actions/A1/").status_code == 200
    response = client.post("/actions/A1/", {"comment": "", "note": LONG})
    assert response.status_code == 403
    assert "x" * 100_000 in response.text


@pytest.mark.parametrize(
    ("path", "status"), [("/wishlists/D1/change/", 403), ("/wishlists/D1/move/", 403), ("/actions/A7/", 404)]
)
def test_a_form_about_what_is_another_s_or_gone_is_given_back(member_client, path, status):
    meeting = factories.make_meeting()
    factories.make_entry(meeting=meeting)
    factories.make_minutes(meeting)
    response = member_client.post(path, {"text": "What I wrote", "comment": ""})
    assert response.status_code == status
    assert "Text: What I wrote</textarea>" in response.text
    assert "textarea" not in member_client.get("/wishlists/D1/change/").text


def test_words_of_another_site_are_not_shown(client, db):
    response = client.post(ME, {"text": "Buy this"}, headers={"Origin": "https://evil.example"})
    assert response.status_code == 403
    assert "Buy this" not in response.text


def test_a_code_is_not_shown(db):
    response = Client(enforce_csrf_checks=True).post("/login/code/", {"code": "ABCD-EFGH"})
    assert response.status_code == 403
    assert "ABCD" not in response.text


def test_the_way_back_leads_to_no_other_site(client, db):
    response = client.post(ME, {"text": "x"}, headers={"Referer": "http://testserver//evil.example/x"})
    assert "evil.example" not in response.text


@pytest.mark.parametrize("path", ["/me/", "/login/", "/healthz"])
@pytest.mark.parametrize("charset", ["hex", "rot13", "unicode_escape", "utf-16", "no-such"])
def test_a_form_in_another_writing_is_a_bad_request(client, db, path, charset):
    body = b'--B\r\nContent-Disposition: form-data; name="email"\r\n\r\n\\ud800\r\n--B--\r\n'
    content_type = f"multipart/form-data; boundary=B; charset={charset}"
    assert client.generic("POST", path, body, content_type=content_type).status_code == 400


def test_a_forged_header_of_htmx_leads_home(client, db):
    response = client.get(ME, headers={"HX-Request": "true", "HX-Current-URL": "http://["})
    assert response["HX-Redirect"] == "/login/?next=%2F"


def test_no_cache_keeps_what_a_member_reads(member_client, client, group):
    assert "no-store" in member_client.get("/actions/")["Cache-Control"]
    assert not client.get("/actions/").has_header("Cache-Control")
