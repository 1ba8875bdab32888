"""Logging in by code as people do: asking for one, reading it in the mail, typing it."""

import re

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.urls import reverse

LOGIN, CODE, SECOND_STEP = "/login/", "/login/code/", "/login/second-step/"


def code_in(body) -> str:
    """The code in the text of a mail."""
    return re.search(r"^ +([A-Z]{4}-[A-Z]{4})\s*$", body, re.MULTILINE)[1]


def ask(client, address):
    """Ask for a code at the login page."""
    return client.post(LOGIN, {"email": address})


def log_in(client, address):
    """Ask for a code and type the one in the last mail; gives the answer to that."""
    assert ask(client, address)["Location"] == CODE
    return client.post(CODE, {"code": code_in(mail.outbox[-1].body)})


def app_code(secret) -> str:
    """What an app with this secret shows now."""
    return format_hotp_value(hotp_value(secret, sorted(yield_hotp_counters_from_time())[1]))


def set_up_app(client) -> str:
    """Set an app up on the page for it; gives its secret."""
    address = reverse("mfa_activate_totp")
    secret = client.get(address).context["form"].secret
    response = client.post(address, {"code": app_code(secret)})
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    return secret
