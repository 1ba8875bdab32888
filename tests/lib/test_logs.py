"""wmodf.lib.logs: no secret address in the log, whoever writes it."""

import logging

import pytest

from wmodf.lib.logs import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("GET /login-link/abc_D-1/ HTTP/1.1", "GET /login-link/*/ HTTP/1.1"),
        ("GET /calendar/abc_D-1/meetings.ics?a=b", "GET /calendar/*/meetings.ics?a=b"),
        ("GET /calendar/abc_D-1.ics", "GET /calendar/*"),
        ("/calendar/ and /calendar.ics", "/calendar/ and /calendar.ics"),
        ("/login-link/a/ /login-link/b/", "/login-link/*/ /login-link/*/"),
        ("https://forum.example/login-link/a", "https://forum.example/login-link/*"),
        ("GET /login-link%2Fabc_D-1/", "GET /login-link%2F*/"),
        ("GET /login/?next=%2Fcalendar%2fabc%2Ftasks.ics&a=b", "GET /login/?next=%2Fcalendar%2f*%2Ftasks.ics&a=b"),
        (f"GET /%6Cogin-link/{'aB_-1' * 8}abc/", "GET /%6Cogin-link/*/"),
    ],
)
def test_masked(text, shown):
    assert masked(text) == shown


@pytest.mark.parametrize("name", ["django.request", "django.server", "gunicorn.error", "members.views", "root"])
def test_every_logger_masks(caplog, name):
    logger = logging.getLogger(name)
    logger.addHandler(caplog.handler)
    logger.warning('"%s" %s', "GET /login-link/SECRET/ HTTP/1.1", 404)
    logger.removeHandler(caplog.handler)
    assert '"GET /login-link/*/ HTTP/1.1" 404' in caplog.text
    assert "SECRET" not in caplog.text


def test_a_link_that_is_not_there(client, db, caplog):
    client.get("/login-link/SECRET/")
    assert "/login-link/*/" in caplog.text
    assert "SECRET" not in caplog.text
