"""The secretary's desk."""

from datetime import date, timedelta

import pytest
import time_machine

from meetings import publishing, recording, waiting
from meetings.minutes.structure import Kind
from members.models import Membership
from tests import factories
from tests.pages import addresses_of, section_of, words_of
from wishlists.models import Entry

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 3)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(factories.at(TODAY), tick=False):
        yield


@pytest.fixture
def people(group):
    return [factories.make_person(name) for name in ("Ada Birch", "Bo Cole")]


def test_it_is_the_secretarys(anonymous_client, member_client, secretary_client):
    assert anonymous_client.get("/desk/")["Location"] == "/login/?next=/desk/"
    assert member_client.get("/desk/").status_code == 403
    response = secretary_client.get("/desk/")
    assert "no-store" in response["Cache-Control"]
    assert secretary_client.post("/desk/").status_code == 405
    assert "Desk" in words_of(secretary_client.get("/"))
    assert "Desk" not in words_of(member_client.get("/"))


def test_it_says_so_where_nothing_waits(secretary_client):
    words = words_of(secretary_client.get("/desk/"))
    for said in (
        "No action is overdue.",
        "No matters arise.",
        "Everybody named in the notes is known.",
        "No member has proposed an item.",
        "The notes of every meeting held are circulated.",
        "Every want has moved in the last six months.",
        "All that members have entered is in the notes.",
        "No meeting is planned yet.",
    ):
        assert said in words


def test_overdue_actions_stand_under_each_owner(secretary_client, people):
    ada, bo = people
    late = {"due_on": date(2026, 3, 1)}
    factories.make_action("Both", owners=[bo, ada], **late)
    factories.make_action("Bo alone", owners=[bo, "the SF"], due_on=date(2026, 2, 1))
    factories.make_action("The Chair’s", owners=[Membership.Role.CHAIR], **late)
    factories.make_action("Nobody’s", **late)
    factories.make_action("Later", owners=[ada], due_on=TODAY)
    words = section_of(secretary_client.get("/desk/"), "overdue")
    since = "overdue since 1 March 2026"
    bos = "A2 Bo alone overdue since 1 February 2026"
    assert words == (
        f"Actions overdue, by owner Ada Birch A1 Both {since} Bo Cole {bos} A1 Both {since}"
        f" the Chair A3 The Chair’s {since} the SF {bos} Nobody named A4 Nobody’s {since}"
    )


def test_matters_arise_for_the_next_meeting(secretary_client, people):
    ada = people[0]
    january = factories.make_meeting(on=date(2026, 1, 28))
    open_, since, before = (
        factories.make_action(text, owners=[ada], meeting=january) for text in ("Open", "Since", "Before")
    )
    factories.make_minutes(january)
    before.finish(now=factories.at(date(2026, 1, 20)), by=ada)
    since.drop(now=factories.at(date(2026, 2, 2)), by=ada, note="No money.")
    open_.updates.create(on=date(2026, 3, 2), note="Only drafted.", is_draft=True)
    factories.make_meeting(on=date(2026, 3, 25))
    draft = factories.make_meeting(on=date(2026, 2, 25))
    factories.make_minutes(draft, circulated=False)
    words = section_of(secretary_client.get("/desk/"), "arising")
    assert "Matters arising for the meeting of 25 March 2026" in words
    assert "dropped since the meeting of 28 January 2026 , the latest whose notes are circulated." in words
    assert "A1 Open Ada Birch open Draft notes 2 March 2026 : Only drafted." in words
    assert "A2 Since Ada Birch dropped 2 February 2026 2 February 2026 , Ada Birch: No money." in words
    assert "Before" not in words


def test_a_members_update_is_there_at_once(member, member_client, secretary_client):
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    factories.make_action("Ask", owners=[member.person], meeting=meeting)
    factories.make_minutes(meeting)
    member_client.post("/actions/A1/", {"note": "All sent.", "finish": ""})
    words = section_of(secretary_client.get("/desk/"), "arising")
    assert "A1 Ask Mina Member done 3 March 2026 3 March 2026 , Mina Member: All sent." in words


def test_questions_lead_to_the_notes_where_they_are_answered(secretary_client, people):
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    factories.make_attendance(meeting, "QR")
    factories.make_attendance(meeting, people[0])
    factories.make_action("Ask", owners=["XY", people[0], "everyone"], meeting=meeting)
    factories.make_action("Asked", owners=["Done with"], meeting=meeting).finish(now=factories.NOW, by=None)
    factories.make_entry("Trees", meeting=meeting, person_name="MT")
    factories.make_entry("Bees", meeting=meeting, person_name="AB", person=people[0])
    response = secretary_client.get("/desk/")
    notes = "notes of 28 January 2026"
    assert section_of(response, "questions").endswith(
        "Answer them where the notes are recorded."
        f" QR , in the attendance, present: {notes} XY , owner of A1: {notes} MT , D1, data used: {notes}"
    )
    assert addresses_of(response, "/admin/meetings/") == {
        f"/admin/meetings/meeting/{meeting.pk}/record/",
        "/admin/meetings/meeting/import/",
        "/admin/meetings/meeting/dates/",
    }


def test_meetings_wait_for_their_notes(secretary_client):
    for on in (date(2026, 1, 14), TODAY, date(2026, 4, 1)):
        factories.make_meeting(on=on)
    factories.make_minutes(factories.make_meeting(on=date(2026, 1, 28)), circulated=False)
    factories.make_minutes(factories.make_meeting(on=date(2026, 2, 11)))
    factories.make_meeting(on=date(2026, 2, 25), status="cancelled")
    words = section_of(secretary_client.get("/desk/"), "awaiting")
    assert words == (
        "Notes not circulated Meeting of 14 January 2026 No notes yet"
        f" 48 days: {waiting.REMINDERS[0][1]}."
        f" Meeting of 28 January 2026 Draft notes 34 days: {waiting.REMINDERS[0][1]}."
        " Over the last year notes took 19 days (median of 1 meeting)."
    )
    assert "2 not circulated, 2 late" in words_of(secretary_client.get("/desk/"))


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (2, ""),
        (3, "3 days: the notes are best written now, while all of it is fresh."),
        (6, "6 days: the notes are best written now, while all of it is fresh."),
        (7, "7 days: a week has gone by; a short draft is better than a long memory."),
        (20, "20 days: a week has gone by; a short draft is better than a long memory."),
        (21, "21 days: three weeks have gone by, and members can’t act on what they have not read."),
    ],
)
def test_the_secretary_is_reminded_of_notes_that_are_missing(secretary_client, days, told):
    meeting = factories.make_meeting(on=TODAY - timedelta(days=days))
    response = secretary_client.get("/desk/")
    words = section_of(response, "awaiting")
    assert words.endswith(f"No notes yet {told}" if told else f", {days} days ago No notes yet")
    assert ("1 not circulated, 1 late" in words_of(response)) == bool(told)
    assert words_of(response).index("Notes not circulated") < words_of(response).index("Actions overdue, by owner")
    factories.make_minutes(meeting, circulated=False)
    words = section_of(secretary_client.get("/desk/"), "awaiting")
    assert words.endswith(f"Draft notes{f' {told}' if told else ''}")  # a draft is nothing that members read
    publishing.circulate(minutes=meeting.minutes, now=factories.NOW)
    assert "The notes of every meeting held are circulated." in section_of(secretary_client.get("/desk/"), "awaiting")


def test_nobody_is_reminded_of_a_meeting_that_was_only_announced(secretary_client):
    factories.make_meeting(on=date(2025, 12, 3), status="tentative")
    factories.make_minutes(factories.make_meeting(on=date(2026, 1, 28)))
    words = section_of(secretary_client.get("/desk/"), "awaiting")
    assert "Meeting of 3 December 2025 , 90 days ago No notes yet Over the last year" in words
    assert "1 not circulated 0 overdue" in words_of(secretary_client.get("/desk/"))


def test_highlights_that_are_out_stand_beside_what_is_awaited(secretary_client):
    minutes = factories.make_minutes(factories.make_meeting(on=TODAY), circulated=False)
    publishing.publish_highlights(minutes=minutes, now=factories.NOW)
    words = section_of(secretary_client.get("/desk/"), "awaiting")
    assert words.endswith("Meeting of 3 March 2026 , today Draft notes Highlights published")


def test_wants_wait_for_a_move(secretary_client, people):
    still = factories.make_entry("Tree positions", kind="wants", person=people[0], raised_on=date(2025, 8, 1))
    moved = factories.make_entry("Bus times", kind="wants", person=people[0], raised_on=date(2025, 8, 1))
    moved.move(status="asked", on=date(2026, 2, 1), by=None, now=factories.NOW)
    words = section_of(secretary_client.get("/desk/"), "unmoved")
    assert f"{still.reference} Tree positions wanted" in words
    assert "Bus times" not in words


@pytest.mark.parametrize("text", ["Tree positions", "Trees,\nby street (2019): all [of them]", "Wants: more"])
def test_a_members_entry_comes_with_its_line_for_the_notes(secretary_client, member, text):
    entry = factories.make_entry(text, kind="wants", person=member.person, added_by=member.person, is_circulated=True)
    line = f"MM: Wants: {' '.join(text.split())} [D1]"
    assert line in section_of(secretary_client.get("/desk/"), "unminuted")
    meeting = factories.make_meeting(on=date(2026, 2, 25))
    notes = f"Attendance Mina Member\n\n1. Data Usage & Wish Lists\n\n{line}\n"
    recording.record(meeting=meeting, text=notes, now=factories.NOW)
    assert Entry.objects.get() == entry
    assert meeting.lines.get(kind=Kind.WANTS).entry == entry
    assert "All that members have entered is in the notes." in section_of(secretary_client.get("/desk/"), "unminuted")


def test_suggestions_are_the_secretarys_too(secretary_client, people):
    dataset = factories.make_dataset()
    for person, kind in zip(people, ("wants", "used"), strict=True):
        factories.make_entry(person=person, kind=kind, dataset=dataset)
    assert "both name the dataset Bus stops of Britain" in words_of(secretary_client.get("/desk/"))


def test_long_lists_say_how_many_more_there_are(secretary_client):
    for number in range(103):
        factories.make_action(f"Do {number}", due_on=date(2026, 1, 1))
    response = secretary_client.get("/desk/")
    assert section_of(response, "overdue").endswith("And 3 more.")
    assert "103 overdue" in words_of(response)


def test_items_that_members_propose_lead_to_the_agenda(secretary_client, people):
    ada, bo = people
    meeting = factories.make_meeting(on=date(2026, 3, 25))
    later = factories.make_meeting(on=date(2026, 5, 20))
    factories.make_agenda_item(later, "Trams", status="proposed", proposed_by=ada)
    factories.make_agenda_item(None, "Bins", status="proposed", proposed_by=bo)
    for status in ("on", "aside", "declined"):
        factories.make_agenda_item(meeting, "Another", status=status)
    response = secretary_client.get("/desk/")
    assert section_of(response, "proposed").endswith(
        "Trams , Ada Birch: agenda of 20 May 2026 , for Trams Bins , Bo Cole: agenda of 25 March 2026 , for Bins"
    )
    assert "2 items proposed" in words_of(response)
    for one in (meeting, later):
        assert f'href="/admin/meetings/meeting/{one.pk}/agenda/"' in response.text


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(secretary_client, django_assert_num_queries, rows):
    for number in range(rows):
        person = factories.make_person(f"Ada Birch {number}")
        meeting = factories.make_meeting(on=date(2026, 1, 1 + number))
        factories.make_attendance(meeting, "QR")
        action = factories.make_action("Ask", owners=[person, "XY"], meeting=meeting, due_on=date(2026, 2, 1))
        action.comment(now=factories.NOW, by=person, note="So")
        factories.make_minutes(meeting)
        body = factories.make_organisation(f"Body {number}")
        old = {"raised_on": date(2025, 1, 1 + number), "kind": "wants", "organisation": body}
        factories.make_entry("Trees", meeting=meeting, person_name="MT", **old)
        factories.make_entry("Bees", person=person, added_by=person, **old)
        factories.make_minutes(factories.make_meeting(on=date(2026, 2, 1) + timedelta(days=number)), circulated=False)
        factories.make_meeting(on=date(2026, 2, 10) + timedelta(days=number))
        factories.make_agenda_item(meeting, "Trams", status="proposed", proposed_by=person)
    with django_assert_num_queries(28):
        response = secretary_client.get("/desk/")
    assert f"{rows} overdue {rows} matter" in words_of(response)
