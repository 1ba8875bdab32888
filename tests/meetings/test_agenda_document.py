"""A meeting's agenda as files, for each reader."""

import copy
import io
from datetime import date, time

import docx
import pytest
from pypdf import PdfReader

from meetings import publishing
from meetings.agenda.documents import FORMS
from meetings.agenda.showing import publish_agenda
from meetings.dates import rescheduling
from tests import factories
from tests.downloads import all_of
from tests.pages import addresses_of

pytestmark = pytest.mark.django_db
HERE = "/meetings/2026-05-13/agenda."
every_form = pytest.mark.parametrize("ending", FORMS)


# The same rows for all these tests.
@pytest.fixture(scope="module", autouse=True)
def planned_once(kept_group):
    last = factories.make_meeting(on=date(2026, 3, 11))
    hidden = factories.make_person("Quentin Hush", initials="QH", role="", public_name="member")
    factories.make_action("QH to ask.", owners=[hidden], meeting=last, due_on=date(2026, 5, 1))
    factories.make_minutes(last)
    meeting = factories.make_meeting(on=date(2026, 5, 13), starts=time(11), ends=time(13), venue="Elmbridge Library")
    factories.make_agenda_item(meeting, "Notes of the last meeting", kind="previous-notes", minutes=5)
    factories.make_agenda_item(meeting, "Matters arising", kind="matters-arising", minutes=15)
    factories.make_agenda_item(meeting, "Staffing", is_confidential=True, minutes=10)
    item = factories.make_agenda_item(meeting, "Bus stops", lead=hidden, note="What is there.\n\nQH knows.")
    factories.make_paper(meeting, "How stops are numbered", item=item)
    factories.make_paper(meeting, "Pay", is_confidential=True, link="https://pay.example/1")
    return meeting


@pytest.fixture
def planned(planned_once, settings):
    """A meeting with an agenda, after one whose notes are circulated."""
    settings.SITE_URL = "https://circle.example"
    return copy.deepcopy(planned_once)


@pytest.fixture
def published(planned):
    publish_agenda(meeting=planned, now=factories.NOW)
    return planned


@every_form
def test_everyone_reads_what_is_public(anonymous_client, published, ending):
    response = anonymous_client.get(HERE + ending)
    assert response.status_code == 200
    found = " ".join(all_of(response).split())
    paper = published.papers.get(title="How stops are numbered").pk
    for words in (
        "Agenda: Steering group meeting",
        "Wednesday 13 May 2026",
        "11:00 to 13:00",
        "Elmbridge Library",
        "published on 2 March 2026",
        "2. Matters arising",
        "11:05, 15 minutes",
        "A1",
        "a member to ask (a member; due 1 May 2026). C/F since 11 March 2026, first time",
        "4. Bus stops",
        "a member knows.",
        "Notes of the meeting of 11 March 2026: https://circle.example/meetings/2026-03-11/",
    ):
        assert words in found
    address = f"https://circle.example/meetings/2026-05-13/papers/{paper}/how-stops-are-numbered.txt"
    assert address in found.replace(" ", "")  # a PDF breaks it at the end of a line
    hidden = ("Quentin", "Hush", "QH", "Staffing", "Pay", "pay.example", "onfidential", "notes are")
    assert [words for words in hidden if words in found] == []


@every_form
def test_members_read_all_of_it(member_client, published, ending):
    found = " ".join(all_of(member_client.get(HERE + ending)).split())
    for words in ("Quentin Hush", "3. Staffing [confidential]", "11:20, 10 minutes", "link, for members only"):
        assert words in found


@every_form
def test_a_draft_is_the_secretary_s(anonymous_client, member_client, secretary_client, planned, ending):
    assert anonymous_client.get(HERE + ending).status_code == 404
    assert member_client.get(HERE + ending).status_code == 404
    found = all_of(secretary_client.get(HERE + ending))
    assert "Staffing" in found
    assert "draft, not published" in found


@pytest.mark.parametrize("ending", ["whole.txt", "doc", "PDF", "%2e", "ics"])
def test_other_kinds_are_not_found(anonymous_client, published, ending):
    assert anonymous_client.get(HERE + ending).status_code == 404


def test_a_meeting_without_one_has_no_document(secretary_client, group):
    address = factories.make_meeting(on=date(2026, 6, 10)).get_absolute_url()
    assert {secretary_client.get(f"{address}agenda.{ending}").status_code for ending in FORMS} == {404}


@every_form
def test_nobody_fetches_it_twice(anonymous_client, published, ending):
    first = anonymous_client.get(HERE + ending)
    assert first["Cache-Control"] == "no-cache"
    assert f"elmbridge-data-circle-agenda-2026-05-13.{ending}" in first["Content-Disposition"]
    again = {"if-none-match": first["ETag"]}
    assert anonymous_client.get(HERE + ending, headers=again).status_code == 304
    published.agenda.filter(title="Bus stops").update(public_title="Trams")
    assert anonymous_client.get(HERE + ending, headers=again).status_code == 200


def test_an_old_address_leads_to_the_new_one(anonymous_client, published):
    published.on = date(2026, 5, 14)
    publishing.publish(meeting=published, now=factories.NOW)
    answer = anonymous_client.get(f"{HERE}pdf")
    assert (answer.status_code, answer["Location"]) == (302, "/meetings/2026-05-14/agenda.pdf")


def test_the_pages_link_to_them(anonymous_client, published):
    for page in ("/meetings/2026-05-13/", "/meetings/2026-05-13/agenda/"):
        links = addresses_of(anonymous_client.get(page), r"/meetings/[\d-]+/agenda\.[\w.]+")
        assert links == {HERE + ending for ending in FORMS}


def test_the_pdf_is_tagged_and_the_word_file_has_headings(anonymous_client, published):
    pdf = PdfReader(io.BytesIO(anonymous_client.get(f"{HERE}pdf").content))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in pdf.trailer["/Root"]["/Metadata"].get_data()
    word = docx.Document(io.BytesIO(anonymous_client.get(f"{HERE}docx").content))
    headings = [one.text for one in word.paragraphs if one.style.name == "Heading 2"]
    assert headings[1] == "2. Matters arising\t11:05, 15 minutes"
    assert headings[-1] == "About this agenda"


def test_a_cancelled_meeting_s_agenda_says_so(anonymous_client, published):
    rescheduling.cancel(meeting=published, reason="The hall is flooded.", by=None, now=factories.NOW)
    assert "the meeting is cancelled" in anonymous_client.get(f"{HERE}txt").text
