"""The page of one organisation, and the list of them."""

from datetime import date, timedelta

import pytest
import time_machine

from members.models import Membership
from tests import factories
from tests.pages import addresses_of, section_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(date(2026, 3, 2), tick=False):
        yield


@pytest.fixture
def council(group):
    """A council with members of every kind, that hosted a meeting with notes."""
    council = factories.make_organisation(
        "Elmbridge Council",
        short_names="EC",
        description="Runs the town. Ask ann@private.example.",
        website="https://elmbridge.example",
    )
    ada = factories.make_person("Ada Birch", role="chair", on_behalf_of=council)
    hidden = factories.make_person("Zed Quietly", role="treasurer", on_behalf_of=council, public_name="member")
    factories.make_person("Una Told", role="", on_behalf_of=council)
    fay = factories.make_person("Former Fay", role="", on_behalf_of=council)
    Membership.objects.filter(person=fay).update(end_date=date(2026, 3, 1))
    meeting = factories.make_meeting(on=date(2026, 1, 28), host=council)
    factories.make_attendance(meeting, fay, representing=council)
    factories.make_action("Ask the bus company", owners=[ada, hidden], meeting=meeting)
    factories.make_action("Hush", owners=[hidden], meeting=meeting)
    factories.make_action("Secret promise", owners=[ada], meeting=meeting, line={"is_confidential": True})
    factories.make_entry("Bus stop times", meeting=meeting, person=ada, organisation=council)
    factories.make_entry("Tree register", kind="wants", meeting=meeting, person=hidden, organisation=council)
    factories.make_minutes(meeting)
    factories.make_meeting(on=date(2026, 4, 22), host=council)
    factories.make_meeting(on=date(2026, 5, 20), host=council, published=False)
    factories.make_meeting(on=date(2026, 6, 17), host=council, status="cancelled")
    return council


def test_it_says_what_the_public_may_know_of_it(anonymous_client, council):
    page = anonymous_client.get(council.get_absolute_url())
    words = words_of(page)
    assert "Runs the town. Ask (address withheld)." in words
    assert "Website https://elmbridge.example Also called EC" in words
    assert section_of(page, "speakers") == "Who speaks for it today Ada Birch Chair since 1 January 2020"
    assert section_of(page, "open-actions") == (
        "Open actions of its people A1 Ask the bus company open Ada Birch and a member 28 January 2026"
    )
    assert section_of(page, "used") == "Data that its people used D1 Bus stop times Ada Birch 28 January 2026"
    assert section_of(page, "wants") == "Data that its people want D2 Tree register wanted a member 28 January 2026"
    assert section_of(page, "meetings") == (
        "Meetings that it hosts or hosted 22 April 2026 Steering group meeting 28 January 2026 Steering group meeting"
    )


def test_each_reader_reads_whom_they_may_know(anonymous_client, member_client, secretary_client, council):
    people = {"Ada Birch", "Zed Quietly", "Una Told", "Former Fay"}

    def found(client):
        said = section_of(client.get(council.get_absolute_url()), "speakers")
        return {name for name in people if name in said}

    assert found(anonymous_client) == {"Ada Birch"}
    assert found(member_client) == {"Ada Birch", "Zed Quietly"}
    assert found(secretary_client) == {"Ada Birch", "Zed Quietly", "Una Told"}
    public = words_of(anonymous_client.get(council.get_absolute_url()))
    assert [words for words in ("Hush", "Secret", "Zed", "private.example", "20 May") if words in public] == []


def test_somebody_with_two_memberships_is_named_once(anonymous_client, council):
    ada = Membership.objects.get(role="chair").person
    Membership.objects.create(person=ada, organisation=factories.make_group(), on_behalf_of=council)
    said = section_of(anonymous_client.get(council.get_absolute_url()), "speakers")
    assert said.count("Ada Birch") == 1
    assert "Chair since 1 January 2020" in said
    assert "Member" in said


def test_the_group_s_own_page_leads_to_the_members(anonymous_client, group):
    page = anonymous_client.get(group.get_absolute_url())
    assert "This is the group itself" in words_of(page)
    assert addresses_of(page, "/members/") == {"/members/"}
    assert "Who speaks for it" not in words_of(page)


def test_it_says_that_nobody_is_named(anonymous_client, group):
    host = factories.make_organisation("Library Trust")
    factories.make_meeting(on=date(2026, 4, 22), host=host)
    assert "Nobody is named here today." in words_of(anonymous_client.get(host.get_absolute_url()))


def test_the_list_names_those_that_the_reader_may_know_of(anonymous_client, secretary_client, council):
    factories.make_organisation("Never Here Ltd")
    public = anonymous_client.get("/organisations/")
    assert "Elmbridge Council Runs the town. Ask (address withheld). Website of Elmbridge Council" in words_of(public)
    assert council.get_absolute_url() in addresses_of(public, "/organisations/")
    assert "Never Here" not in words_of(public)
    assert "Never Here Ltd" in words_of(secretary_client.get("/organisations/"))


def test_the_list_says_what_will_be_there(anonymous_client):
    assert "Organisations will be here" in words_of(anonymous_client.get("/organisations/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_they_make_a_fixed_number_of_queries(anonymous_client, group, django_assert_num_queries, rows):
    body = factories.make_organisation("Body")
    for number in range(rows):
        person = factories.make_person(f"Ada Birch {number}", role="", on_behalf_of=body)
        factories.make_organisation(f"Other {number}")
        meeting = factories.make_meeting(on=date(2024, 1, 1) + timedelta(days=number), host=body)
        factories.make_attendance(meeting, person)
        factories.make_action(owners=[person], meeting=meeting)
        dataset = factories.make_dataset(f"Set {number}")
        for kind in ("used", "wants"):
            factories.make_entry(kind=kind, person=person, meeting=meeting, organisation=body, dataset=dataset)
        factories.make_minutes(meeting)
    with django_assert_num_queries(14):
        anonymous_client.get(body.get_absolute_url())
    with django_assert_num_queries(3):
        anonymous_client.get("/organisations/")
