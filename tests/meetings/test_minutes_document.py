"""A meeting's notes as files, for each reader."""

import copy
import io
from datetime import date, time

import docx
import pytest
from django.test import Client

from meetings import publishing
from meetings.documents import FORMS
from meetings.minutes import reader
from meetings.minutes.structure import Kind, Presence
from meetings.models import Minutes
from tests import factories
from tests.downloads import all_of
from tests.pages import addresses_of

pytestmark = pytest.mark.django_db
HERE = "/meetings/2026-01-28/"
every_form = pytest.mark.parametrize("ending", FORMS)


# The same rows for all these tests.
@pytest.fixture(scope="module", autouse=True)
def told_once(kept_group):
    meeting = factories.make_meeting(on=date(2026, 1, 28), venue="Elmbridge Library")
    council = factories.make_organisation("Elmbridge Council")
    ada = factories.make_person("Ada Birch", role="chair")
    hidden = factories.make_person("Quentin Hush", initials="QH", role="", public_name="member")
    factories.make_attendance(meeting, ada, role="Chair", representing=council, representing_name="Elmbridge Council")
    factories.make_attendance(meeting, hidden, note="QH came late")
    factories.make_attendance(meeting, "Una Away", status="apologies")
    item = factories.make_item(meeting, "Matters arising", number="1")
    action = factories.make_action("AB to ask the bus company", meeting=meeting, owners=[ada], line={"item": item})
    factories.make_action("QH to write", meeting=meeting, owners=[hidden], due_text="soon", line={"item": item})
    factories.make_line(meeting, "It was heard.", kind=Kind.REVIEW, item=item, action=action)
    factories.make_entry("Bus stops", meeting=meeting, person=ada, person_name="AB", line={"item": item})
    factories.make_line(meeting, "We meet at noon.", kind=Kind.DECISION, item=item)
    secret = factories.make_item(meeting, "Staffing", is_confidential=True)
    factories.make_line(meeting, "Sam leaves.", item=secret)
    factories.make_line(meeting, "Share this:", kind=Kind.LEFT_OUT, item=item)
    factories.make_line(
        meeting,
        "Next in April.",
        kind=Kind.NEXT_MEETING,
        item=item,
        names_on=date(2026, 4, 22),
        as_minuted={"starts": "11:00:00", "host": "Quentin Hush"},
    )
    factories.make_minutes(meeting)
    return meeting


@pytest.fixture
def told(told_once):
    """A meeting with circulated notes: a line of every kind, one confidential, somebody who is not named."""
    return copy.deepcopy(told_once)


def fetch(client, ending, *, path=HERE, **headers):
    return client.get(f"{path}minutes.{ending}", headers=headers)


@every_form
def test_everyone_reads_circulated_notes(anonymous_client, told, ending):
    response = fetch(anonymous_client, ending)
    assert response.status_code == 200
    found = all_of(response)
    for words in ("Steering group meeting", "Elmbridge Library", "Ada Birch", "Una Away", "Matters arising"):
        assert words in found
    for words in ("AB to ask the bus company", "Bus stops", "We meet at noon.", "A1", "D1", "22 April 2026"):
        assert words in found
    hidden = ("Quentin", "Hush", "QH", "Staffing", "Sam leaves", "confidential", "Share this", "soon")
    assert [words for words in hidden if words in found] == []


@every_form
def test_members_read_confidential_items_and_names(member_client, told, ending):
    found = all_of(fetch(member_client, ending))
    for words in ("Quentin Hush", "QH to write", "QH came late", "Staffing", "Sam leaves.", "[confidential]"):
        assert words in found


@pytest.mark.parametrize("ending", [ending for ending in FORMS if ending != "whole.txt"])
def test_it_says_whose_notes_they_are_and_how_far(anonymous_client, settings, told, ending):
    settings.SITE_URL = "https://circle.example"
    found = all_of(fetch(anonymous_client, ending))
    assert "Elmbridge Data Circle" in found
    assert "https://circle.example/meetings/2026-01-28/" in found
    assert "circulated on 2 March 2026, not yet agreed" in found
    later = factories.make_meeting(on=date(2026, 2, 25))
    factories.make_line(later, "Agreed.", kind=Kind.AGREED, names_on=told.on)
    factories.make_minutes(later)
    assert "agreed at the meeting of 25 February 2026" in all_of(fetch(anonymous_client, ending))


def test_the_whole_text_reads_back(secretary_client, told):
    doc = reader.read(fetch(secretary_client, "whole.txt").text)
    assert [attendee.name for attendee in doc.listed(Presence.ATTENDED)] == ["Ada Birch", "Quentin Hush"]
    assert {line.kind for _, line in doc.lines()} == {*Kind} - {Kind.WANTS, Kind.AGREED}
    assert [(line.reference, line.owners) for line in doc.of_kind(Kind.ACTION)] == [("A1", ()), ("A2", ())]


def test_a_remark_says_for_whom_and_when(member_client, group):
    meeting = factories.make_meeting(on=date(2026, 2, 18))
    factories.make_attendance(
        meeting,
        "Bo Open",
        deputising_for=factories.make_person("Ada Birch"),
        arrived=time(11, 30),
        left=time(12),
        note="by phone",
        representing=factories.make_organisation("Elmbridge Council"),
    )
    factories.make_minutes(meeting)
    said = "Bo Open (Elmbridge Council) – deputising for Ada Birch, from 11:30, until 12:00, by phone"
    assert said in fetch(member_client, "txt", path="/meetings/2026-02-18/").text


@every_form
def test_drafts_are_for_the_secretary_alone(anonymous_client, member_client, secretary_client, told, ending):
    publishing.withdraw(minutes=Minutes.objects.get(meeting=told), now=factories.NOW)
    assert fetch(anonymous_client, ending).status_code == 404
    assert fetch(member_client, ending).status_code == 404
    found = all_of(fetch(secretary_client, ending))
    assert "Sam leaves." in found
    assert ending == "whole.txt" or "draft" in found


@pytest.mark.parametrize(
    "path", ["/meetings/2026-04-22/", "/meetings/2026-05-27/", "/meetings/1999-01-01/", "/meetings/x/"]
)
def test_what_is_not_there_is_not_found(anonymous_client, secretary_client, group, path):
    factories.make_meeting(on=date(2026, 4, 22))
    factories.make_meeting(on=date(2026, 5, 27), published=False)
    for client in (anonymous_client, secretary_client):
        assert {fetch(client, ending, path=path).status_code for ending in FORMS} == {404}


@pytest.mark.parametrize("ending", ["doc", "html", "PDF", "pdf.txt", "%2e", "wmodf"])
def test_other_kinds_are_not_found(anonymous_client, told, ending):
    assert fetch(anonymous_client, ending).status_code == 404


def test_an_old_address_leads_to_the_new_one(anonymous_client, told):
    told.on = date(2026, 1, 29)
    publishing.publish(meeting=told, now=factories.NOW)
    answer = fetch(anonymous_client, "pdf")
    assert (answer.status_code, answer["Location"]) == (302, "/meetings/2026-01-29/minutes.pdf")


@pytest.mark.parametrize(
    ("ending", "kind", "disposition"),
    [
        ("pdf", "application/pdf", "attachment"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "attachment"),
        ("md", "text/markdown; charset=utf-8", "attachment"),
        ("txt", "text/plain; charset=utf-8", "inline"),
        ("whole.txt", "text/plain; charset=utf-8", "inline"),
    ],
)
def test_browsers_are_told_what_it_is(anonymous_client, told, ending, kind, disposition):
    response = fetch(anonymous_client, ending)
    name = f"elmbridge-data-circle-minutes-2026-01-28.{ending}"
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"] == f'{disposition}; filename="{name}"'
    assert response["X-Content-Type-Options"] == "nosniff"


@every_form
def test_nobody_waits_for_what_they_have(anonymous_client, member_client, told, ending):
    first = fetch(anonymous_client, ending)
    assert first["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in first.headers
    again = fetch(anonymous_client, ending, if_none_match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert fetch(member_client, ending, if_none_match=first["ETag"]).status_code == 200
    publishing.withdraw(minutes=Minutes.objects.get(meeting=told), now=factories.NOW)
    assert fetch(anonymous_client, ending, if_none_match=first["ETag"]).status_code == 404


def test_what_members_read_stays_out_of_caches(member_client, told):
    assert "no-store" in fetch(member_client, "pdf")["Cache-Control"]


def test_everyone_who_is_not_logged_in_gets_the_same(told):
    assert {fetch(Client(), "pdf").content for _ in range(2)} == {fetch(Client(), "pdf").content}


@pytest.mark.parametrize(("layout", "tables"), [("table", 1), ("columns", 0), ("highlights", 0)])
def test_the_layout_is_a_setting(anonymous_client, settings, told, layout, tables):
    settings.NOTES_LAYOUT = layout
    document = docx.Document(io.BytesIO(fetch(anonymous_client, "docx").content))
    assert len(document.tables) == tables
    text = fetch(anonymous_client, "txt").text
    assert ("Left out of this layout: 1 heading, " in text) == (layout == "highlights")
    assert ("Bus stops" in text) == (layout != "highlights")


def test_it_is_only_read(anonymous_client, told):
    assert anonymous_client.post(f"{HERE}minutes.pdf").status_code == 405
    assert anonymous_client.head(f"{HERE}minutes.pdf").status_code == 200


def test_the_meeting_s_page_offers_each(anonymous_client, told):
    links = addresses_of(anonymous_client.get(HERE), HERE + "minutes")
    assert links == {f"{HERE}minutes.{ending}" for ending in FORMS}


def test_a_page_without_notes_offers_none(anonymous_client, group):
    meeting = factories.make_meeting(on=date(2026, 4, 22))
    assert (
        addresses_of(anonymous_client.get(meeting.get_absolute_url()), meeting.get_absolute_url() + "minutes") == set()
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(anonymous_client, group, django_assert_num_queries, rows):
    meeting = factories.make_meeting(on=date(2026, 2, 18))
    for number in range(rows):
        person = factories.make_person(f"Ada Birch {number}")
        body = factories.make_organisation(f"Body {number}")
        item = factories.make_item(meeting, f"Item {number}")
        factories.make_attendance(
            meeting, factories.make_person(f"Bo Ash {number}"), representing=body, deputising_for=person
        )
        factories.make_action(f"Do {number}", owners=[person, "GH"], meeting=meeting, line={"item": item})
        factories.make_entry(f"Data {number}", meeting=meeting, person=person, organisation=body)
    factories.make_minutes(meeting)
    with django_assert_num_queries(9):
        assert fetch(anonymous_client, "txt", path="/meetings/2026-02-18/").status_code == 200


@every_form
def test_no_form_has_an_e_mail_address_for_everyone(anonymous_client, group, ending):
    meeting = factories.make_meeting(on=date(2026, 2, 18))
    factories.make_action("To write to the council", meeting=meeting, owners=["Zoe zoe@x.example"])
    factories.make_entry("Bus stops", meeting=meeting, person_name="Yan yan@x.example")
    factories.make_minutes(meeting)
    words = all_of(fetch(anonymous_client, ending, path="/meetings/2026-02-18/"))
    assert "Zoe" in words or "Yan" in words
    assert "x.example" not in words
