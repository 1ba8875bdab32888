"""The two links that `make run` prints."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from members.models import Organisation, Person
from tests import factories


@pytest.fixture
def demonstration(group):
    """A demonstration group with a secretary, a chair and two plain members."""
    Organisation.objects.update(is_demonstration=True)
    factories.make_person("Sefa Secretary", role="secretary", email="sefa@private.example")
    factories.make_person("Chris Chair", role="chair", email="chris@private.example")
    factories.make_person("Nora Noaddress", role="")
    factories.make_person("Mina Member", role="", email="mina@private.example")
    factories.make_person("Otto Other", role="", email="otto@private.example")
    return group


def printed(capsys) -> str:
    call_command("demo_links")
    return capsys.readouterr().out


def test_it_works(demonstration, capsys, settings):
    settings.SITE_URL = "http://127.0.0.1:8123"
    links = re.fullmatch(
        r"Secretary: http://127\.0\.0\.1:8123(/login-link/\S+/)\nMember: http://127\.0\.0\.1:8123(/login-link/\S+/)\n"
        r"Or log in at http://127\.0\.0\.1:8123/login/ as sefa@private\.example or mina@private\.example: "
        r"the code is printed here\.\n",
        printed(capsys),
    ).groups()
    people = []
    for link in links:
        client = Client()
        assert client.post(link).status_code == 302
        people.append(client.get("/").context["user"].person.name)
    assert people == ["Sefa Secretary", "Mina Member"]


def test_the_member_is_one_with_something_to_do(demonstration, capsys):
    meeting = factories.make_meeting()
    mina, otto = Person.objects.get(name="Mina Member"), Person.objects.get(name="Otto Other")
    hers = factories.make_action("MM to ask", owners=[mina], meeting=meeting)
    factories.make_action("OO to write", owners=[otto], meeting=meeting)
    factories.make_minutes(meeting)
    assert "as sefa@private.example or mina@private.example:" in printed(capsys)
    hers.finish(now=factories.NOW, by=mina)
    assert "as sefa@private.example or otto@private.example:" in printed(capsys)


def test_they_are_new_each_time(demonstration, capsys):
    assert printed(capsys) != printed(capsys)


def test_a_real_group_gets_none(group, capsys):
    factories.make_person("Sefa Secretary", role="secretary", email="sefa@private.example")
    assert printed(capsys) == "This is no demonstration. For a login link: manage.py login_link E-MAIL\n"


def test_a_site_not_set_up_gets_none(db, capsys):
    assert printed(capsys).startswith("This is no demonstration.")
