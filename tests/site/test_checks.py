"""What `manage.py check --deploy` says of a site that is not set up right, and that it says nothing of any other."""

from datetime import date

import pytest
from django.core.checks import run_checks
from django.db import DatabaseError

from members.models import Membership, Person
from tests import factories


@pytest.fixture(autouse=True)
def set_up(db, settings, monkeypatch):
    """A site on which all is well; each test spoils one thing."""
    settings.SITE_URL = "https://circle.example"
    settings.ALLOWED_HOSTS = ["circle.example"]
    settings.EMAIL_HOST = "mail.example"
    settings.SECRETARY_NEEDS_SECOND_STEP = True
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    factories.make_person("Sefa Secretary", role="secretary", email="sefa@private.example")


def found(*, deploy=True) -> set[str]:
    """Our own checks' ids."""
    return {message.id for message in run_checks(include_deployment_checks=deploy) if message.id.startswith("wmodf.")}


def test_a_site_set_up_right_gets_no_message():
    assert found() == set()


@pytest.mark.parametrize("hosts", [[], ["other.example", "wwwcircle.example"]])
def test_site_url_must_be_answered(settings, hosts):
    settings.ALLOWED_HOSTS = hosts
    assert found() == {"wmodf.E001"}


@pytest.mark.parametrize("hosts", [["*"], [".example"], ["other.example", "circle.example"]])
def test_site_url_may_be_answered_by_a_pattern(settings, hosts):
    settings.ALLOWED_HOSTS = hosts
    assert found() == set()


def test_no_mail_server(settings):
    settings.EMAIL_HOST = ""
    assert found() == {"wmodf.W001"}


def test_a_secretary_by_mail_alone(settings):
    settings.SECRETARY_NEEDS_SECOND_STEP = False
    assert found() == {"wmodf.W004"}


def test_sqlite(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    assert found() == {"wmodf.W002"}


@pytest.mark.parametrize("change", [{"end_date": date(2021, 1, 1)}, {"role": "chair"}])
def test_no_secretary(change):
    Membership.objects.update(**change)
    assert found() == {"wmodf.W003"}


def test_a_secretary_without_an_address_can_t_log_in():
    Person.objects.update(email="")
    assert found() == {"wmodf.W003"}


def test_a_database_without_tables(monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr("members.models.PersonQuerySet.holding", fail)
    assert found() == {"wmodf.W003"}


def test_nothing_is_said_while_developing(settings):
    settings.EMAIL_HOST = settings.ALLOWED_HOSTS = ""
    Membership.objects.all().delete()
    assert found(deploy=False) == set()
