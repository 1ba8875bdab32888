"""The agenda of one meeting, for each reader, as a page."""

from datetime import date, time

import pytest

from actions.models import Action
from meetings import publishing
from meetings.agenda.showing import publish_agenda, take_back_agenda
from meetings.minutes.structure import Kind
from tests import factories
from tests.pages import words_of

pytestmark = pytest.mark.django_db
HERE = "/meetings/2026-05-13/agenda/"
MEETING = "/meetings/2026-05-13/"


@pytest.fixture
def planned(group):
    """A meeting with a whole agenda, after one whose notes are circulated."""
    last = factories.make_meeting(on=date(2026, 3, 11))
    ada = factories.make_person("Ada Birch", role="chair")
    factories.make_action("AB to ask the bus company.", owners=[ada], meeting=last, due_text="soon")
    factories.make_minutes(last)
    meeting = factories.make_meeting(on=date(2026, 5, 13), starts=time(11), ends=time(13))
    factories.make_agenda_item(meeting, "Notes of the last meeting", kind="previous-notes", minutes=5)
    factories.make_agenda_item(meeting, "Matters arising", kind="matters-arising", minutes=15)
    secret = factories.make_agenda_item(meeting, "Staffing", is_confidential=True, minutes=10, note="Sam leaves.")
    item = factories.make_agenda_item(meeting, "Bus stops", minutes=20, lead=ada, note="What is there.\nWhat is not.")
    factories.make_agenda_item(meeting, "Any other business", lead_name="Guest Guide")
    factories.make_agenda_item(meeting, "Proposed only", status="proposed")
    factories.make_paper(meeting, "How stops are numbered", item=item)
    factories.make_paper(meeting, "Pay", item=secret)
    factories.make_paper(meeting, "The slides", kind="slides", link="https://slides.example/7")
    return meeting


@pytest.fixture
def published(planned):
    publish_agenda(meeting=planned, now=factories.NOW)
    return planned


@pytest.mark.parametrize("path", [HERE, MEETING])
def test_everyone_reads_it_once_it_is_published(anonymous_client, published, path):
    page = words_of(anonymous_client.get(path))
    assert "Agenda published on 2 March 2026" in page
    assert "11:00 5 minutes 1 Notes of the last meeting Notes of the meeting of 11 March 2026" in page
    assert (
        "11:05 15 minutes 2 Matters arising A1 AB to ask the bus company. Ada Birch"
        " C/F since 11 March 2026, first time" in page
    )
    assert "11:30 20 minutes 4 Bus stops Lead: Ada Birch What is there. What is not. Paper: How stops are" in page
    assert "11:50 5 Any other business Lead: Guest Guide" in page
    assert "Papers The slides (slides, link)" in page
    for words in ("Staffing", "Sam leaves", "Pay", "Proposed only", "onfidential", "soon", "11:20"):
        assert words not in page


def test_members_read_what_is_confidential_too(member_client, published):
    page = words_of(member_client.get(HERE))
    assert "11:20 10 minutes 3 Staffing Confidential: members only Sam leaves. Paper: Pay" in page
    assert "Members only" in page
    assert "due soon" in page
    assert "Proposed only" not in page


@pytest.mark.parametrize("path", [HERE, MEETING])
def test_a_draft_is_for_the_secretary_alone(anonymous_client, member_client, secretary_client, planned, path):
    for client in (anonymous_client, member_client):
        response = client.get(path)
        assert response.status_code == 200
        for words in ("Bus stops", "Staffing", "The slides"):
            assert words not in response.text
    assert "No agenda of this meeting was published." in words_of(anonymous_client.get(HERE))
    page = words_of(secretary_client.get(path))
    assert "Draft: this agenda is not published. Only the secretary sees it." in page
    assert "Staffing" in page


def test_it_goes_when_it_is_taken_back(anonymous_client, published):
    take_back_agenda(meeting=published, now=factories.NOW)
    assert "Bus stops" not in anonymous_client.get(HERE).text
    assert "Bus stops" not in anonymous_client.get(MEETING).text


def test_once_notes_are_there_the_meeting_s_page_links_to_it(anonymous_client, published):
    factories.make_line(published, "It rained.")
    factories.make_minutes(published)
    page = anonymous_client.get(MEETING)
    assert f'href="{HERE}"' in page.text
    assert "Papers The slides (slides, link)" not in words_of(page)
    assert "How stops are numbered (text" in words_of(page)
    assert "11:30" not in page.text
    assert "11:30" in anonymous_client.get(HERE).text


def test_what_was_minuted_is_the_public_s_last_word(anonymous_client, member_client, published):
    meeting = factories.make_meeting(on=date(2026, 4, 1))
    action = Action.objects.get()
    factories.make_line(meeting, "A1: no answer.", kind=Kind.REVIEW, action=action)
    factories.make_minutes(meeting)
    action.comment(now=factories.at(date(2026, 4, 20)), by=factories.make_person("Cy Parr"), note="soon now")
    assert "second time; minuted 1 April 2026: no answer." in words_of(anonymous_client.get(HERE))
    assert "second time; CP said “soon now”" in words_of(member_client.get(HERE))


def test_a_meeting_without_a_start_has_no_clock(anonymous_client, group):
    meeting = factories.make_meeting(on=date(2026, 5, 13), starts=None)
    factories.make_agenda_item(meeting, "Bus stops", minutes=1)
    publish_agenda(meeting=meeting, now=factories.NOW)
    page = words_of(anonymous_client.get(HERE))
    assert "1 minute 1 Bus stops" in page
    assert ":00" not in page


def test_a_meeting_that_has_none_says_so(anonymous_client, group):
    factories.make_meeting(on=date(2036, 5, 14))
    factories.make_meeting(on=date(2020, 5, 13))
    assert "The agenda is not published yet." in words_of(anonymous_client.get("/meetings/2036-05-14/agenda/"))
    assert "No agenda of this meeting was published." in words_of(anonymous_client.get("/meetings/2020-05-13/agenda/"))


def test_of_an_agenda_that_is_wholly_confidential_the_public_reads_nothing(anonymous_client, group):
    meeting = factories.make_meeting(on=date(2026, 5, 13))
    factories.make_agenda_item(meeting, "Staffing", is_confidential=True)
    publish_agenda(meeting=meeting, now=factories.NOW)
    assert "Nothing on this agenda is for everyone to read." in words_of(anonymous_client.get(HERE))


def test_it_hides_a_meeting_that_is_not_announced(anonymous_client, member_client, group):
    factories.make_meeting(on=date(2026, 5, 13), published=False)
    assert {client.get(HERE).status_code for client in (anonymous_client, member_client)} == {404}


def test_an_old_address_leads_to_the_new_one(anonymous_client, published):
    published.on = date(2026, 5, 14)
    publishing.publish(meeting=published, now=factories.NOW)
    answer = anonymous_client.get(HERE)
    assert (answer.status_code, answer["Location"]) == (302, "/meetings/2026-05-14/agenda/")


def test_hostile_words_are_words(anonymous_client, group):
    meeting = factories.make_meeting(on=date(2026, 5, 13))
    factories.make_agenda_item(meeting, "<script>1</script>", note="<b>x", lead_name="<i>")
    publish_agenda(meeting=meeting, now=factories.NOW)
    page = anonymous_client.get(HERE).text
    assert "<script>1" not in page
    assert "&lt;script&gt;1" in page


@pytest.mark.parametrize("path", [HERE, MEETING])
@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(anonymous_client, group, path, rows, django_assert_num_queries):
    last = factories.make_meeting(on=date(2026, 3, 11))
    meeting = factories.make_meeting(on=date(2026, 5, 13))
    factories.make_agenda_item(meeting, "Notes of the last meeting", kind="previous-notes")
    factories.make_agenda_item(meeting, "Matters arising", kind="matters-arising")
    for number in range(rows):
        person = factories.make_person(f"Ada Birch {number}")
        item = factories.make_agenda_item(meeting, lead=person)
        factories.make_paper(meeting, item=item)
        factories.make_action(f"Ask {number}", meeting=last, owners=[person])
    factories.make_minutes(last)
    publish_agenda(meeting=meeting, now=factories.NOW)
    with django_assert_num_queries(11 if path == HERE else 15):
        anonymous_client.get(path)
