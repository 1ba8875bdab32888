"""`/login/passkey/`: logging in with a passkey alone."""

from datetime import date

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.urls import reverse

from members.models import Person
from tests.codes import CODE, LOGIN, SECOND_STEP, ask, code_in
from tests.passkeys import TOUCHED, Passkey

PASSKEY = reverse("mfa_login_webauthn")
STATE = "mfa.webauthn.state"


def asked(client):
    """The question that the site asks a passkey."""
    client.get(PASSKEY, headers={"Accept": "application/json"})
    return client.session[STATE]["challenge"]


def test_it_logs_in(client, member):
    key = Passkey(member).add()
    response = client.post(PASSKEY, {"credential": key.answer(asked(client))})
    assert response["Location"] == reverse("me")
    assert client.session[SESSION_KEY] == str(member.pk)


def test_a_touch_is_not_enough(client, member):
    key = Passkey(member).add()
    assert client.post(PASSKEY, {"credential": key.answer(asked(client), flags=TOUCHED)})["Location"] == LOGIN
    assert SESSION_KEY not in client.session


def test_one_that_was_added_as_a_second_step_is_not(client, member):
    key = Passkey(member, alone=False).add()
    assert client.post(PASSKEY, {"credential": key.answer(asked(client))})["Location"] == LOGIN
    assert SESSION_KEY not in client.session


def test_the_question_of_a_second_step_is_another(client, member, secretary, time_machine):
    Passkey(member).add()
    key = Passkey(secretary).add()
    ask(client, member.email)
    assert client.post(CODE, {"code": code_in(mail.outbox[0].body)})["Location"] == SECOND_STEP
    client.get(SECOND_STEP)
    challenge = client.session[STATE]["challenge"]
    session = client.session
    del session["account_login"]  # as when it has waited for too long
    session.save()
    assert client.post(PASSKEY, {"credential": key.answer(challenge, flags=TOUCHED)})["Location"] == LOGIN
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize("spoil", ["ended", "no address"])
def test_who_may_not_log_in_is_refused(client, member, spoil):
    key = Passkey(member).add()
    if spoil == "ended":
        member.person.memberships.update(end_date=date(2020, 2, 1))
    else:
        Person.objects.filter(user=member).update(email="")
    assert client.post(PASSKEY, {"credential": key.answer(asked(client))}).status_code == 403
    assert SESSION_KEY not in client.session
