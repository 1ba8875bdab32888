"""Settings from the environment: every name is documented, and what can't work stops the start with clear words."""

import os
import re
import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from meetings.minutes.documents.layouts import Layout

ROOT = Path(__file__).parent.parent
REAL = {
    "SECRET_KEY": "a-long-random-text",
    "SITE_URL": "https://forum.example.org",
    "DATABASE_URL": "sqlite://:memory:",
}
EXAMPLE = dict(re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))


@pytest.fixture
def load(monkeypatch):
    """A function that reads the settings anew, as if this were the whole environment."""

    def load_(environment):
        for name in [*EXAMPLE, *os.environ]:
            if name in EXAMPLE:
                monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "wmodf" / "settings.py"))

    return load_


def test_the_example_lists_every_name_that_is_read_and_no_other():
    settings = (ROOT / "wmodf" / "settings.py").read_text()
    compose = (ROOT / "docker-compose.yml").read_text()
    read = set(re.findall(r"""\benv_\w+\(\s*["']([A-Z_]+)["']""", settings)) | set(
        re.findall(r"\$\{([A-Z_]+)", compose)
    )
    assert set(EXAMPLE) == read


def test_the_example_filled_in_is_a_whole_configuration(load):
    settings = load(EXAMPLE | REAL)
    assert (settings["DEBUG"], settings["ALLOWED_HOSTS"]) == (False, ["forum.example.org"])


def test_on_one_s_own_machine_debug_is_enough(load):
    settings = load({"DEBUG": "1", "PORT": "8123", "DATABASE_URL": "sqlite://:memory:"})
    assert settings["SITE_URL"] == "http://127.0.0.1:8123"
    assert set(settings["ALLOWED_HOSTS"]) == {"127.0.0.1", "localhost", "[::1]"}


def test_for_real_everything_is_secure(load):
    settings = load(REAL)
    wanted = {
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 3600,
        "SECURE_PROXY_SSL_HEADER": None,
        "CSRF_TRUSTED_ORIGINS": ["https://forum.example.org"],
    }
    assert {name: settings[name] for name in wanted} == wanted


def test_a_proxy_is_believed_only_where_there_is_one(load):
    assert load(REAL | {"BEHIND_PROXY": "1"})["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_a_client_s_address_is_the_proxy_s_word_only_where_there_is_one(load):
    assert [load(REAL | {"BEHIND_PROXY": on})["ALLAUTH_TRUSTED_PROXY_COUNT"] for on in ("", "1")] == [0, 1]


def test_passkeys_over_plain_http_are_for_one_s_own_machine(load):
    assert load(REAL)["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is False


def test_the_second_step_of_the_secretary(load):
    assert load(REAL)["SECRETARY_NEEDS_SECOND_STEP"] is False
    assert load(REAL | {"SECRETARY_NEEDS_SECOND_STEP": "1"})["SECRETARY_NEEDS_SECOND_STEP"] is True


def test_mail_goes_to_a_server_only_where_there_is_one(load):
    assert load(REAL)["EMAIL_BACKEND"].endswith(".console.EmailBackend")
    assert load(REAL | {"EMAIL_HOST": "mail.example"})["EMAIL_BACKEND"].endswith(".smtp.EmailBackend")


def test_the_layouts_of_notes(load):
    assert load(REAL)["NOTES_LAYOUT"] == "table"
    assert {load(REAL | {"NOTES_LAYOUT": layout})["NOTES_LAYOUT"] for layout in Layout} == set(Layout)


def test_writers_on_sqlite_queue(load):
    assert load(REAL)["DATABASES"]["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql(load):
    database = load(REAL | {"DATABASE_URL": "postgres://a:b@db.example:5433/c"})["DATABASES"]["default"]
    wanted = {"ENGINE": "django.db.backends.postgresql", "USER": "a", "HOST": "db.example", "PORT": 5433, "NAME": "c"}
    assert {name: database[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"SECRET_KEY": ""}, r"Set SECRET_KEY \(or DEBUG=1 on your own machine\)"),
        ({"SECRET_KEY": "   "}, r"Set SECRET_KEY"),
        ({"SITE_URL": ""}, r"Set SITE_URL to the site's address, such as https://"),
        ({"SITE_URL": "forum.example.org"}, r"SITE_URL is 'forum\.example\.org': write scheme and host only"),
        ({"SITE_URL": "ftp://forum.example.org"}, r"SITE_URL is .* write scheme and host only"),
        ({"SITE_URL": "https://"}, r"SITE_URL is .* write scheme and host only"),
        ({"SITE_URL": "https://forum.example.org/wmodf"}, r"SITE_URL is .* write scheme and host only"),
        ({"DEBUG": "perhaps"}, r"DEBUG is 'perhaps': write 1 or 0"),
        ({"EMAIL_PORT": "smtp"}, r"EMAIL_PORT is 'smtp': write a whole number"),
        ({"NOTES_LAYOUT": "tables"}, r"NOTES_LAYOUT is 'tables': write table, columns or highlights\."),
        ({"HSTS_SECONDS": "a year"}, r"HSTS_SECONDS is 'a year': write a whole number"),
    ],
)
def test_what_can_t_work_stops_the_start(load, change, message):
    with pytest.raises(ImproperlyConfigured, match=message):
        load(REAL | change)
