"""Codes by a real mail server: one that works, one that refuses, one that is silent, none at all."""

import email
import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.urls import reverse

from tests import factories
from tests.codes import CODE, ask, code_in
from tests.pages import words_of

KNOWN, UNKNOWN = "mina.member@private.example", "who@private.example"


class Letterbox:
    """Keeps what is delivered; refuses mail for anybody at refused.example."""

    def __init__(self):
        self.letters = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: ARG002, N802 (aiosmtpd's)
        if address.endswith("@refused.example"):
            return "550 Nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: ARG002, N802 (aiosmtpd's)
        self.letters.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content)))
        return "250 OK"


class OnAnyPort(Controller):
    """A server that takes the port it is given by the system."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    def factory(self):
        return SMTP(self.handler, enable_SMTPUTF8=True)


@pytest.fixture
def by_smtp(settings):
    """A function that makes a mail server's address the site's."""

    def by_smtp_(host, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = host, port, False
        settings.DEFAULT_FROM_EMAIL = "circle@circle.example"
        settings.EMAIL_TIMEOUT = 1

    return by_smtp_


@pytest.fixture
def letters(by_smtp):
    """What a mail server on this machine got: recipients and message."""
    server = OnAnyPort(Letterbox(), hostname="127.0.0.1", port=0)
    server.start()
    by_smtp("127.0.0.1", server.port)
    yield server.handler.letters
    server.stop()


@pytest.fixture
def free_port():
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def test_the_code_arrives_and_logs_in(member, client, letters):
    assert ask(client, KNOWN)["Location"] == CODE
    ((recipients, letter),) = letters
    assert (recipients, letter["From"], letter["To"]) == ([KNOWN], "circle@circle.example", KNOWN)
    assert letter["Subject"] == "Elmbridge Data Circle: your code to log in"
    assert not letter.is_multipart()
    code = code_in(letter.get_payload(decode=True).decode())
    assert client.post(CODE, {"code": code})["Location"] == reverse("me")


def test_the_name_of_the_group_stands_as_it_is(member, client, letters, group):
    group.name = "Ænglisc & <Öpen> Circle"
    group.save()
    ask(client, KNOWN)
    letter = letters[0][1]
    subject = str(email.header.make_header(email.header.decode_header(letter["Subject"])))
    assert subject == "Ænglisc & <Öpen> Circle: your code to log in"
    assert "log in to Ænglisc & <Öpen> Circle is" in letter.get_payload(decode=True).decode()


def answers(client) -> list[tuple[int, str]]:
    """How a known and an unknown address are answered."""
    return [(answer.status_code, words_of(answer)) for answer in (ask(client, KNOWN), ask(client, UNKNOWN))]


def test_nobody_listens(member, client, by_smtp, free_port):
    by_smtp("127.0.0.1", free_port)
    known, unknown = answers(client)
    assert known == unknown
    assert known[0] == 503
    assert "The mail server does not answer just now" in known[1]
    assert client.get(CODE)["Location"] == "/login/"


def test_it_is_silent(member, client, by_smtp):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        by_smtp(*silent.getsockname())
        known, unknown = answers(client)
    assert known == unknown
    assert known[0] == 503


def test_it_has_no_such_name(member, client, by_smtp):
    by_smtp("mail.invalid", 25)
    assert [status for status, _ in answers(client)] == [503, 503]


def test_it_refuses_the_recipient(group, client, letters):
    factories.make_user("Ada Birch", email="ada@refused.example")
    assert [ask(client, f"{name}@refused.example").status_code for name in ("ada", "who")] == [503, 503]
    assert letters == []
