"""`manage.py login_link` and `manage.py start_group`."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from members.models import Membership, Organisation, Person, User
from tests import factories
from wmodf.lib.models import NarrowLink


def printed(capsys):
    """The lines printed, the last of them a link's path."""
    lines = capsys.readouterr().out.splitlines()
    return [*lines[:-1], urlsplit(lines[-1]).path]


def test_login_link_prints_a_link_alone(capsys, client, secretary):
    call_command("login_link", secretary.email.upper())
    (path,) = printed(capsys)
    assert client.post(path)["Location"] == reverse("me")


def test_login_link_for_an_administrator(capsys, client, admin):
    call_command("login_link", admin.email)
    (path,) = printed(capsys)
    assert client.post(path)["Location"] == reverse("admin:index")


@pytest.mark.parametrize("user", ["member", "admin"])
def test_login_link_forgets_a_second_step_that_is_lost(capsys, client, request, user, other_member):
    user = request.getfixturevalue(user)
    for owner in (user, other_member):
        for kind in ("totp", "webauthn", "recovery_codes"):
            Authenticator.objects.create(user=owner, type=kind, data={"name": "Key", "credential": {}})
    call_command("login_link", user.email, "--forget-second-step")
    output = capsys.readouterr()
    assert output.err == "The second step was removed: the link alone logs in.\n"
    assert client.post(urlsplit(output.out.strip()).path)["Location"] in {reverse("me"), reverse("admin:index")}
    assert client.get(reverse("mfa_index")).status_code == 200
    assert set(Authenticator.objects.values_list("user", flat=True)) == {other_member.pk}


def test_login_link_says_so_where_there_was_none(capsys, member):
    factories.make_person("Nora New", role="", email="nora@private.example")
    for address in (member.email, "nora@private.example"):
        call_command("login_link", address, "--forget-second-step")
        assert capsys.readouterr().err == "There was no second step: the link alone logs in.\n"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("nobody@private.example", "Nobody here has the address nobody@private.example"),
        ("", "Nobody here has the address"),
        ("former@private.example", "Fay Former has this address but is no member of the group today"),
        ("off@private.example", "The login of Oda Off was switched off"),
        ("admin-off@private.example", "Nobody here has the address"),
    ],
)
def test_login_link_says_what_to_do(group, address, words):
    former = factories.make_person("Fay Former", role="", email="former@private.example")
    former.memberships.update(end_date=date(2020, 2, 1))
    off = factories.make_user("Oda Off", email="off@private.example")
    off.is_active = False
    off.save()
    User.objects.create_superuser("admin-off@private.example", is_active=False)
    with pytest.raises(CommandError) as caught:
        call_command("login_link", address)
    assert words in str(caught.value)
    assert "admin" in str(caught.value)
    assert NarrowLink.objects.count() == 0


def test_start_group_makes_group_and_secretary_and_prints_a_link(db, capsys, client):
    call_command("start_group", "Elmbridge  Data Circle", "--secretary", "ada.birch@private.example")
    words, path = printed(capsys)
    assert words.startswith("Elmbridge Data Circle is set up. Ada Birch, its secretary")
    membership = Membership.objects.get()
    assert (membership.organisation.name, membership.organisation.is_group) == ("Elmbridge Data Circle", True)
    assert (membership.role, membership.start_date, membership.end_date) == ("secretary", timezone.localdate(), None)
    assert (membership.person.name, membership.person.sort_name) == ("Ada Birch", "Birch, Ada")
    assert client.post(path)["Location"] == reverse("me")


def test_start_group_takes_the_secretarys_name(db, capsys):
    call_command("start_group", "Circle", "--secretary", "office@private.example", "--name", "Bo Cole")
    assert Person.objects.get().name == "Bo Cole"


def test_start_group_uses_a_person_who_is_there(db, capsys):
    ada = factories.make_person("Ada Birch", email="ada@private.example")
    call_command("start_group", "Circle", "--secretary", "ADA@private.example")
    assert Membership.objects.get().person == ada


def test_start_group_refuses_a_second_group(group):
    with pytest.raises(CommandError) as caught:
        call_command("start_group", "Another", "--secretary", "ada@private.example")
    assert "This site has its group already: Elmbridge Data Circle." in str(caught.value)
    assert (Organisation.objects.count(), Person.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("name", "address"),
    [("Circle", "no address"), ("Circle", ""), ("", "ada@private.example"), ("x" * 201, "a@b.example")],
)
def test_start_group_makes_all_or_nothing(db, name, address):
    with pytest.raises(CommandError, match=r"Nothing was changed\. "):
        call_command("start_group", name, "--secretary", address)
    assert (Organisation.objects.count(), Person.objects.count(), NarrowLink.objects.count()) == (0, 0, 0)
