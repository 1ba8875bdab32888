"""The page of the group and its organisations."""

from datetime import date

import pytest
import time_machine

from members.models import Membership
from tests import factories
from tests.pages import addresses_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(date(2026, 3, 2), tick=False):
        yield


@pytest.fixture
def people(group):
    """Officers of today and of yesterday, a plain member, and organisations with and without a member today."""
    council = factories.make_organisation(
        "Elmbridge Council", description="Runs the town. Ask ann@private.example.", website="https://elmbridge.example"
    )
    factories.make_person("Tom Treasury", role="treasurer", on_behalf_of=council, email="tom@private.example")
    factories.make_person("Cleo Chairing", role="chair", public_name="initials", email="cleo@private.example")
    factories.make_person("Plain Peter", role="", on_behalf_of=factories.make_organisation("Elmbridge College"))
    factories.make_person("Former Fay", role="secretary", on_behalf_of=factories.make_organisation("Gone Trust"))
    Membership.objects.filter(person__name="Former Fay").update(end_date=date(2026, 3, 1))
    factories.make_organisation("Never Here Ltd")


def test_it_shows_officers_and_organisations_of_today(anonymous_client, people):
    page = anonymous_client.get("/members/")
    words = words_of(page)
    assert "Officers Chair CC Treasurer Tom Treasury , Elmbridge Council Organisations" in words
    assert (
        "Organisations Elmbridge College Elmbridge Council Runs the town. Ask (address withheld). "
        "Website of Elmbridge Council All organisations that hosted a meeting or that notes name" in words
    )
    assert addresses_of(page, "https://") == {"https://elmbridge.example"}


def test_it_shows_the_public_no_address_and_nobody_who_asked_not_to_be_named(anonymous_client, people):
    page = anonymous_client.get("/members/").content.decode()
    withheld = ["private.example", "circle.example", "Cleo", "Plain Peter", "Former Fay", "Gone Trust", "Never Here"]
    assert {word for word in withheld if word in page} == set()


def test_members_read_full_names(member_client, people):
    assert "Chair Cleo Chairing" in words_of(member_client.get("/members/"))


def test_it_says_what_will_be_there(anonymous_client, group):
    words = words_of(anonymous_client.get("/members/"))
    said = {
        "The group’s officers will be here once somebody holds an office.",
        "The organisations that take part will be here once their members are entered.",
    }
    assert {sentence for sentence in said if sentence in words} == said


def test_it_is_only_read(anonymous_client):
    assert anonymous_client.post("/members/").status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(anonymous_client, group, django_assert_num_queries, rows):
    for number in range(rows):
        body = factories.make_organisation(f"Body {number}")
        factories.make_person(f"Ada Birch {number}", role="chair", on_behalf_of=body)
    with django_assert_num_queries(3):
        anonymous_client.get("/members/")
