"""The page of one person."""

import re
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
def ada(group):
    """Somebody who was Chair, speaks for a council, and is in public, confidential and draft notes."""
    council = factories.make_organisation("Elmbridge Council")
    ada = factories.make_person("Ada Birch", role="", on_behalf_of=council, email="ada@private.example")
    Membership.objects.create(
        person=ada,
        organisation=group,
        role="chair",
        on_behalf_of=factories.make_organisation("Never Minuted Ltd"),
        start_date=date(2018, 1, 1),
        end_date=date(2019, 12, 31),
    )
    Membership.objects.create(person=ada, organisation=group, role="treasurer", start_date=date(2026, 9, 1))
    meeting = factories.make_meeting(on=date(2026, 1, 28), host=council)
    factories.make_attendance(meeting, ada, representing=council)
    factories.make_action("Ask the bus company", owners=[ada], meeting=meeting, due_on=date(2026, 2, 20))
    factories.make_action("Somebody else’s", owners=["everyone"], meeting=meeting)
    done = factories.make_action("Count the trees", owners=[ada], meeting=meeting)
    done.finish(now=factories.at(date(2026, 2, 10)), by=ada, note="Private words.")
    factories.make_action("Secret promise", owners=[ada], meeting=meeting, line={"is_confidential": True})
    stops = factories.make_dataset("NaPTAN")
    factories.make_entry("Bus stop times", meeting=meeting, person=ada, dataset=stops, organisation=council)
    factories.make_entry("Tree register", kind="wants", meeting=meeting, person=ada, organisation=council)
    factories.make_entry("Withdrawn data", meeting=meeting, person=ada, withdrawn_on=date(2026, 2, 1))
    factories.make_minutes(meeting)
    draft = factories.make_meeting(on=date(2026, 2, 25))
    factories.make_attendance(draft, ada)
    factories.make_action("Drafted promise", owners=[ada], meeting=draft)
    factories.make_minutes(draft, circulated=False)
    away = factories.make_meeting(on=date(2025, 11, 26))
    factories.make_attendance(away, ada, status="apologies")
    factories.make_minutes(away)
    return ada


def test_it_says_what_public_notes_and_lists_tell_of_the_person(anonymous_client, ada):
    page = anonymous_client.get(ada.get_absolute_url())
    assert "Member for Elmbridge Council since 1 January 2020" in section_of(page, "offices")
    assert section_of(page, "open-actions") == (
        "Open actions A1 Ask the bus company overdue since 20 February 2026 28 January 2026"
    )
    assert section_of(page, "ended-actions") == (
        "Actions that ended A3 Count the trees done 10 February 2026 28 January 2026"
    )
    assert section_of(page, "wants") == "Data wanted D2 Tree register wanted 28 January 2026"
    assert section_of(page, "used") == "Data used D1 Bus stop times Dataset: NaPTAN 28 January 2026"
    assert section_of(page, "meetings") == (
        "Meetings where the notes say they were there 28 January 2026 Steering group meeting · Elmbridge Council"
    )


def test_it_names_former_offices_and_no_organisation_that_the_reader_may_not_know_of(
    anonymous_client, secretary_client, ada
):
    said = "Before Chair {}from 1 January 2018 to 31 December 2019"
    public, full = (words_of(client.get(ada.get_absolute_url())) for client in (anonymous_client, secretary_client))
    assert said.format("") in public
    assert said.format("for Never Minuted Ltd ") in full
    assert "Never Minuted" not in public
    assert "Treasurer" not in public + full  # from September on


def test_each_reader_reads_what_they_may(anonymous_client, member_client, secretary_client, ada):
    hidden = {"Secret promise", "Drafted promise", "Private words", "private.example", "Withdrawn data", "25 February"}

    def found(client):
        page = words_of(client.get(ada.get_absolute_url()))
        return {words for words in hidden if words in page}

    assert found(anonymous_client) == set()
    assert found(member_client) == {"Secret promise"}
    assert found(secretary_client) == {"Secret promise", "Drafted promise", "25 February"}


def test_it_leads_to_all_that_it_names(anonymous_client, ada):
    page = anonymous_client.get(ada.get_absolute_url())
    council = ada.memberships.get(role="").on_behalf_of
    links = addresses_of(page, "/(actions|wishlists|meetings|organisations|datasets)/.")
    assert links == {
        "/actions/A1/",
        "/actions/A3/",
        "/meetings/2026-01-28/",
        "/meetings/2026-01-28/#a1",
        "/meetings/2026-01-28/#a3",
        "/meetings/2026-01-28/#d1",
        "/meetings/2026-01-28/#d2",
        "/wishlists/D1/",
        "/wishlists/D2/",
        council.get_absolute_url(),
        factories.make_dataset("NaPTAN").get_absolute_url(),
    }
    assert {anonymous_client.get(link.partition("#")[0]).status_code for link in links} == {200}


def test_who_withholds_the_name_has_a_page_for_members_alone(anonymous_client, member_client, ada):
    ada.public_name = "initials"
    ada.save()
    assert anonymous_client.get(ada.get_absolute_url()).status_code == 404
    words = words_of(member_client.get(ada.get_absolute_url()))
    assert "Members alone see this page." in words
    assert "elsewhere it says “AB”" in words


def test_long_lists_stop_and_lead_to_the_whole(anonymous_client, group):
    ada = factories.make_person("Ada Birch")
    for number in range(16):
        meeting = factories.make_meeting(on=date(2024, 1, 10) + timedelta(days=7 * number))
        factories.make_attendance(meeting, ada)
        factories.make_action(f"Open {number}", owners=[ada], meeting=meeting)
        factories.make_action(f"Ended {number}", owners=[ada], meeting=meeting).finish(now=factories.NOW, by=ada)
        factories.make_entry(f"Used {number}", person=ada, meeting=meeting)
        factories.make_entry(f"Wants {number}", kind="wants", person=ada, meeting=meeting)
        factories.make_minutes(meeting)
    page = anonymous_client.get(ada.get_absolute_url())
    words = words_of(page)
    shown = [len(re.findall(rf" {kind} \d", words)) for kind in ("Open", "Ended", "Used", "Wants")]
    assert shown == [15, 6, 8, 8]
    links = addresses_of(page, rf"/.*\?person={ada.pk}")
    assert links == {
        f"/actions/?person={ada.pk}&amp;state=open",
        f"/actions/?person={ada.pk}",
        f"/wishlists/?person={ada.pk}&amp;kind=wants",
        f"/wishlists/?person={ada.pk}&amp;kind=used",
        f"/meetings/?person={ada.pk}",
    }
    for link in links:
        assert "could not be used" not in words_of(anonymous_client.get(link.replace("&amp;", "&")))


def test_it_says_when_nothing_is_open(anonymous_client, group):
    chair = factories.make_person("Cleo Chairing", role="chair")
    assert "None. What they promise at a meeting will be here until it is done." in words_of(
        anonymous_client.get(chair.get_absolute_url())
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(anonymous_client, group, django_assert_num_queries, rows):
    ada = factories.make_person("Ada Birch")
    for number in range(rows):
        body = factories.make_organisation(f"Body {number}")
        Membership.objects.create(person=ada, organisation=group, on_behalf_of=body)
        meeting = factories.make_meeting(on=date(2024, 1, 1) + timedelta(days=number), host=body)
        factories.make_attendance(meeting, ada)
        factories.make_action(owners=[ada], meeting=meeting)
        factories.make_action(owners=[ada], meeting=meeting).finish(now=factories.NOW, by=ada)
        dataset = factories.make_dataset(f"Set {number}")
        for kind in ("used", "wants"):
            factories.make_entry(kind=kind, person=ada, meeting=meeting, organisation=body, dataset=dataset)
        factories.make_minutes(meeting)
    with django_assert_num_queries(17):
        anonymous_client.get(ada.get_absolute_url())


def test_who_means_to_leave_is_for_members(anonymous_client, member_client, ada):
    ada.memberships.filter(role="").update(end_date=date(2026, 6, 30))
    assert "from 1 January 2020 to 30 June 2026" in section_of(member_client.get(ada.get_absolute_url()), "offices")
    told = section_of(anonymous_client.get(ada.get_absolute_url()), "offices")
    assert "since 1 January 2020" in told
    assert "2026" not in told
    ada.memberships.filter(role="").update(end_date=date(2026, 3, 1))
    assert "to 1 March 2026" in section_of(anonymous_client.get(ada.get_absolute_url()), "offices")


def test_whom_notes_only_count_as_absent_the_public_does_not_know(anonymous_client, secretary_client, group):
    trust = factories.make_organisation("Lone Trust")
    cy = factories.make_person("Cy Absent", role="")
    cy.memberships.all().delete()
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    factories.make_attendance(meeting, cy, status="absent", representing=trust)
    factories.make_minutes(meeting)
    for page in (cy.get_absolute_url(), trust.get_absolute_url()):
        assert anonymous_client.get(page).status_code == 404
        assert secretary_client.get(page).status_code == 200
    assert "Absent" not in anonymous_client.get("/search/?q=absent&kind=people").text.replace("absent", "")
