"""The page of a meeting's highlights."""

from datetime import date, time

import pytest

from meetings import publishing
from meetings.agenda.showing import publish_agenda
from meetings.minutes.structure import Kind
from meetings.models import OldSlug
from tests import factories
from tests.factories import NOW
from tests.pages import addresses_of, section_of, words_of

pytestmark = pytest.mark.django_db

PAGE = "/meetings/2026-03-11/highlights/"


@pytest.fixture
def draft(group):
    """A draft with an action, a confidential one, a next meeting and prose; its highlights are not out yet."""
    meeting = factories.make_meeting(on=date(2026, 3, 11))
    ada = factories.make_person("Ada Birch")
    quiet = factories.make_person("Quentin Hush", public_name="member")
    factories.make_action("To ask", owners=[ada, quiet], due_on=date(2026, 3, 31), meeting=meeting)
    factories.make_action("To hush", meeting=meeting, line={"is_confidential": True})
    host = factories.make_organisation("Elmbridge Council")
    named = factories.make_meeting(on=date(2026, 4, 15), venue="Town Hall", host=host, ends=time(13))
    factories.make_line(meeting, "15 April", kind=Kind.NEXT_MEETING, names_on=named.on, named_meeting=named)
    factories.make_line(meeting, "It rained.")
    return factories.make_minutes(meeting, circulated=False)


def test_it_is_not_there_before_the_highlights_are_out(anonymous_client, member_client, secretary_client, draft):
    assert anonymous_client.get(PAGE).status_code == 404
    assert member_client.get(PAGE).status_code == 404
    words = words_of(secretary_client.get(PAGE))
    assert "Draft: only the secretary sees these highlights." in words
    assert "A1 To ask" in words


def test_it_shows_what_was_promised_and_the_next_date(anonymous_client, draft):
    publishing.publish_highlights(minutes=draft, now=NOW)
    page = anonymous_client.get(PAGE)
    words = words_of(page)
    assert "Out since 2 March 2026. The whole notes follow, on the meeting’s page ." in words
    told = section_of(page, "actions")
    assert "A1 To ask" in told
    assert "Owner: Ada Birch and a member Due: 31 March 2026" in told
    assert section_of(page, "next") == (
        "Next meeting When Wednesday 15 April 2026 , 11:00 to 13:00 Where Town Hall Host Elmbridge Council"
    )
    for hidden in ("It rained.", "To hush", "Quentin"):
        assert hidden not in words
    assert "/meetings/2026-03-11/highlights.txt" in addresses_of(page, "/meetings/")


@pytest.mark.parametrize("with_agenda", [True, False])
def test_the_meeting_s_page_says_once_that_the_notes_follow(anonymous_client, draft, with_agenda):
    if with_agenda:
        factories.make_agenda_item(draft.meeting, "Updates")
        publish_agenda(meeting=draft.meeting, now=NOW)
    publishing.publish_highlights(minutes=draft, now=NOW)
    words = words_of(anonymous_client.get("/meetings/2026-03-11/"))
    assert "The actions and the next date are out; the notes follow." in words
    assert ("Agenda published" in words) == with_agenda
    assert "will be here" not in words


def test_members_read_the_confidential_ones_too(member_client, draft):
    publishing.publish_highlights(minutes=draft, now=NOW)
    told = section_of(member_client.get(PAGE), "actions")
    assert "Confidential To hush" in told
    assert "Quentin Hush" in told


def test_it_is_there_for_circulated_notes_as_well(anonymous_client, draft):
    publishing.circulate(minutes=draft, now=NOW)
    page = anonymous_client.get(PAGE)
    assert "The whole notes are circulated on 2 March 2026, not yet agreed." in words_of(page)
    assert "A1 To ask" in section_of(page, "actions")
    assert "/meetings/2026-03-11/highlights/" in addresses_of(
        anonymous_client.get("/meetings/2026-03-11/"), "/meetings/"
    )


def test_the_meetings_page_and_the_archive_lead_to_it(anonymous_client, secretary_client, draft):
    before = words_of(anonymous_client.get("/meetings/2026-03-11/"))
    assert "The actions and the next date are out" not in before
    assert "Highlights" not in words_of(anonymous_client.get("/meetings/"))
    publishing.publish_highlights(minutes=draft, now=NOW)
    page = anonymous_client.get("/meetings/2026-03-11/")
    assert "The actions and the next date are out; the notes follow. Read the highlights" in words_of(page)
    assert "It rained." not in words_of(page)
    assert PAGE in addresses_of(page, "/meetings/")
    assert PAGE in addresses_of(anonymous_client.get("/meetings/"), "/meetings/")
    page = secretary_client.get("/meetings/2026-03-11/")
    assert "Draft: only the secretary sees these notes, but for their highlights" in words_of(page)


def test_it_says_so_where_nothing_was_promised_or_named(anonymous_client, group):
    factories.make_minutes(factories.make_meeting(on=date(2026, 3, 11)))
    words = words_of(anonymous_client.get(PAGE))
    assert "No actions were noted." in words
    assert "No next meeting was named." in words


def test_a_meeting_that_is_not_announced_is_not_told(anonymous_client, secretary_client, draft):
    hidden = factories.make_meeting(on=date(2026, 5, 20), venue="Secret Hall", published=False)
    line = factories.make_line(draft.meeting, "In May.", kind=Kind.NEXT_MEETING, named_meeting=hidden)
    publishing.publish_highlights(minutes=draft, now=NOW)
    hidden.refresh_from_db()
    publishing.take_back(meeting=hidden, now=NOW)
    told = section_of(anonymous_client.get(PAGE), "next")
    assert line.text in told
    assert "Secret Hall" not in told


def test_a_former_address_leads_to_it(anonymous_client, draft):
    publishing.publish_highlights(minutes=draft, now=NOW)
    OldSlug.objects.create(slug="2026-03-10", meeting=draft.meeting)
    assert anonymous_client.get("/meetings/2026-03-10/highlights/")["Location"] == PAGE
    assert anonymous_client.get("/meetings/2026-03-10/highlights.txt")["Location"] == PAGE[:-1] + ".txt"


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(anonymous_client, group, django_assert_num_queries, rows):
    meeting = factories.make_meeting(on=date(2026, 3, 11))
    for number in range(rows):
        person = factories.make_person(f"Ada Birch {number}")
        factories.make_action(f"To ask {number}", owners=[person], meeting=meeting)
        host = factories.make_organisation(f"Host {number}")
        named = factories.make_meeting(on=date(2026, 4, 1 + number), host=host)
        factories.make_line(meeting, "Then.", kind=Kind.NEXT_MEETING, named_meeting=named)
    publishing.publish_highlights(minutes=factories.make_minutes(meeting, circulated=False), now=NOW)
    with django_assert_num_queries(5):
        anonymous_client.get(PAGE)
