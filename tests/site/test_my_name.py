"""The page on which a member chooses how the public sees them."""

import pytest
from django.test import Client

from members.models import Person
from tests import factories
from tests.pages import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(member):
    meeting = factories.make_meeting(title="Mina Member’s farewell")
    factories.make_attendance(meeting, member.person)
    factories.make_line(meeting, "Mina Member spoke; Mina thanked all.")
    factories.make_minutes(meeting)
    return meeting


def test_each_choice_says_what_it_looks_like(member_client):
    words = words_of(member_client.get("/me/name/"))
    for said in (
        "“Mina Member”: your full name",
        "“MM”: your initials",
        "“a member”: no name at all",
        "What it can’t do",
    ):
        assert said in words
    assert "The public sees you as “Mina Member”" in words_of(member_client.get("/me/"))


@pytest.mark.parametrize(("choice", "shown"), [("initials", "MM"), ("member", "a member")])
def test_a_choice_takes_effect_at_once_and_back_again(member, member_client, meeting, choice, shown):
    response = member_client.post("/me/name/", {"public_name": choice}, follow=True)
    assert f"From now on the public sees you as “{shown}”." in words_of(response)
    public = Client().get("/meetings/2026-01-28/").text
    assert "Mina Member" not in public
    assert f"{shown}’s farewell" in public
    assert f"{shown} spoke; Mina thanked all." in public
    assert member.person.history.first().public_name == choice
    member_client.post("/me/name/", {"public_name": "full"})
    assert "Mina Member spoke" in Client().get("/meetings/2026-01-28/").text


def test_the_secretary_finds_it_on_the_desk(member_client, secretary_client, meeting):
    assert "Everybody is named in full." in words_of(secretary_client.get("/desk/"))
    member_client.post("/me/name/", {"public_name": "member"})
    words = words_of(secretary_client.get("/desk/"))
    assert "1 name withheld, 1 place to look at" in words
    assert "Mina Member , publicly “a member”: 1 place to look at" in words


@pytest.mark.parametrize("sent", [{}, {"public_name": "nickname"}])
def test_what_is_no_choice_changes_nothing(member, member_client, sent):
    response = member_client.post("/me/name/", sent)
    assert response.status_code == 422
    assert "Choose one of the three. Nothing was changed." in words_of(response)
    assert Person.objects.get(pk=member.person.pk).public_name == "full"


def test_saving_the_same_says_so(member, member_client):
    response = member_client.post("/me/name/", {"public_name": "full"}, follow=True)
    assert "as before" in words_of(response)
    assert member.person.history.count() == 1
