"""`/me/security/…`: apps, passkeys and recovery codes, for their owner alone."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.mail import EmailMessage
from django.urls import reverse

from tests.codes import app_code, set_up_app
from tests.pages import words_of

INDEX, CONFIRM = reverse("mfa_index"), reverse("mfa_reauthenticate")
ADD_APP, REMOVE_APP = reverse("mfa_activate_totp"), reverse("mfa_deactivate_totp")
CODES, NEW_CODES = reverse("mfa_view_recovery_codes"), reverse("mfa_generate_recovery_codes")
ADD_PASSKEY = reverse("mfa_add_webauthn")


@pytest.fixture(autouse=True)
def that_day(time_machine):
    time_machine.move_to("2026-06-10T11:00:00Z", tick=False)


def kinds():
    return set(Authenticator.objects.values_list("type", flat=True))


def test_get_shows_what_there_is(member_client, member, django_assert_num_queries):
    assert "You log in by a code that is sent to mina.member@private.example." in words_of(member_client.get(INDEX))
    set_up_app(member_client)
    for number in range(3):
        Authenticator.objects.create(user=member, type="webauthn", data={"name": f"Key {number}", "credential": {}})
    page = words_of(member_client.get(INDEX))
    assert "Set up 10 June 2026." in page
    assert "You have 10 left." in page
    assert {f"Key {number}" for number in range(3) if f"Key {number}" in page} == {"Key 0", "Key 1", "Key 2"}


@pytest.mark.django_db(transaction=True)
def test_an_app_is_set_up(member_client):
    page = member_client.get(ADD_APP)
    secret = page.context["form"].secret
    assert secret in page.text
    assert '<svg width="' in page.text
    assert "data:" not in page.text
    response = member_client.post(ADD_APP, {"code": app_code(secret)}, follow=True)
    assert kinds() == {"totp", "recovery_codes"}
    assert "The app is set up." in words_of(response)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert all(code in response.text for code in codes)
    assert [letter.subject for letter in mail.outbox] == ["Elmbridge Data Circle: an app was added to your login"]
    assert "If it was not you, tell the secretary (hello@circle.example) at once" in mail.outbox[0].body


@pytest.mark.django_db(transaction=True)
def test_the_change_stands_where_no_mail_can_be_sent(member_client, monkeypatch):
    tried = []

    def fail(letter, **kwargs):
        tried.append(letter)
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", fail)
    set_up_app(member_client)
    assert ("totp" in kinds(), len(tried)) == (True, 1)


@pytest.mark.parametrize("typed", ["", "123456", "\x00", "é", "x" * 100_000])
def test_a_wrong_code_sets_nothing_up_and_keeps_the_key(member_client, typed):
    secret = member_client.get(ADD_APP).context["form"].secret
    response = member_client.post(ADD_APP, {"code": typed})
    assert (response.status_code, response.context["form"].secret, kinds()) == (200, secret, set())


def test_changes_ask_who_sits_there_again(member_client, time_machine):
    secret = set_up_app(member_client)
    time_machine.shift(timedelta(minutes=10))
    for address in (REMOVE_APP, CODES, NEW_CODES, ADD_PASSKEY):
        assert member_client.get(address)["Location"] == f"{CONFIRM}?next={address.replace('/', '%2F')}"
    assert member_client.get(f"{CONFIRM}?next={REMOVE_APP}").status_code == 200
    assert member_client.post(CONFIRM, {"code": "123456", "next": REMOVE_APP}).status_code == 200
    assert member_client.get(REMOVE_APP).status_code == 302
    assert member_client.post(CONFIRM, {"code": app_code(secret), "next": REMOVE_APP})["Location"] == REMOVE_APP
    assert member_client.get(REMOVE_APP).status_code == 200


@pytest.mark.parametrize("following", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_confirming_leads_nowhere_else(member_client, following, time_machine):
    secret = set_up_app(member_client)
    time_machine.shift(timedelta(minutes=10))
    response = member_client.post(CONFIRM, {"code": app_code(secret), "next": following})
    assert response["Location"] == reverse("me")


def test_the_app_is_removed_and_the_recovery_codes_with_it(member_client, time_machine):
    secret = set_up_app(member_client)
    time_machine.shift(timedelta(minutes=10))
    member_client.post(CONFIRM, {"code": app_code(secret), "next": REMOVE_APP})
    response = member_client.post(REMOVE_APP, follow=True)
    assert kinds() == set()
    assert "The app was removed." in words_of(response)
    assert mail.outbox[-1].subject == "Elmbridge Data Circle: the app was removed from your login"


def test_new_recovery_codes_replace_the_old(member_client, time_machine):
    secret = set_up_app(member_client)
    before = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    time_machine.shift(timedelta(minutes=10))
    member_client.post(CONFIRM, {"code": app_code(secret), "next": NEW_CODES})
    assert "The 10 codes that you have left will no longer work." in words_of(member_client.get(NEW_CODES))
    member_client.post(NEW_CODES)
    after = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert (len(after), set(after) & set(before)) == (10, set())
    file = member_client.get(reverse("mfa_download_recovery_codes"))
    assert file["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert all(code in file.text for code in after)
    assert "no-store" in file["Cache-Control"]


def test_there_are_no_recovery_codes_of_nothing(member_client):
    assert member_client.get(CODES).status_code == 404
    assert member_client.post(NEW_CODES).status_code == 200
    assert kinds() == set()


@pytest.mark.parametrize("route", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_somebody_elses_passkey_is_not_there(member_client, other_member, secretary_client, route):
    key = Authenticator.objects.create(user=other_member, type="webauthn", data={"name": "Theirs", "credential": {}})
    for client in (member_client, secretary_client):
        for method in (client.get, client.post):
            assert method(reverse(route, args=[key.pk]), {"name": "Mine"}).status_code == 404
    assert Authenticator.objects.get().data["name"] == "Theirs"


ANSWER = '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {ANSWER}, "clientExtensionResults": {}}'
FORGED = [
    "",
    "null",
    "[]",
    "{}",
    '"x"',
    "x",
    "1",
    "[" * 5_000,
    "x" * 100_000,
    '{"id": "\\u0000", "rawId": "AA", "type": "public-key", "response": {}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": []}',
    ANSWER.replace("ANSWER", '"clientDataJSON": "e30", "attestationObject": "oA"'),
    ANSWER.replace(
        "ANSWER", '"clientDataJSON": "e30", "userHandle": "MQ", "authenticatorData": "AA", "signature": "AA"'
    ),
]


@pytest.mark.parametrize("credential", FORGED)
def test_a_forged_passkey_is_refused_in_words(member_client, anonymous_client, credential):
    member_client.get(ADD_PASSKEY)
    response = member_client.post(ADD_PASSKEY, {"name": "Mine", "credential": credential})
    assert (response.status_code, kinds()) == (200, set())
    login = reverse("mfa_login_webauthn")
    anonymous_client.get(login, headers={"Accept": "application/json"})
    assert anonymous_client.post(login, {"credential": credential})["Location"] == reverse("login")
    assert "try again" in words_of(anonymous_client.get(reverse("login"))).casefold()


def test_a_name_that_is_too_long_comes_back(member_client, member):
    key = Authenticator.objects.create(user=member, type="webauthn", data={"name": "Mine", "credential": {}})
    client = member_client
    session = client.session
    records = [{"method": "mfa", "at": 1781089200.0, "reauthenticated": True}]
    session.update({"account_authentication_methods": records, "account_authentication_methods_user": str(member.pk)})
    session.save()
    address = reverse("mfa_edit_webauthn", args=[key.pk])
    for name in ("", "x" * 61, "\x00"):
        response = client.post(address, {"name": name})
        assert response.status_code == 200
        assert 'class="errorlist"' in response.text
    assert client.post(address, {"name": "Phone"})["Location"] == INDEX
    assert "Phone" in words_of(client.get(INDEX))
