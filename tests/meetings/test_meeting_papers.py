"""The secretary's page of a meeting's papers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.agenda.papering import MOST_PAPERS
from meetings.agenda.showing import publish_agenda
from meetings.records.papers import MOST_BYTES, Paper
from tests import factories, papers
from tests.pages import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group):
    meeting = factories.make_meeting()
    factories.make_agenda_item(meeting, "Bus stops")
    publish_agenda(meeting=meeting, now=factories.NOW)
    return meeting


@pytest.fixture
def send(secretary_client, meeting):
    """A function that sends the form for a new paper."""

    def send_(name="", data=b"", **fields):
        file = {"file": SimpleUploadedFile(name, data)} if name else {}
        return secretary_client.post(path_of(meeting), {"kind": "paper", **file, **fields})

    return send_


def path_of(meeting):
    return f"/admin/meetings/meeting/{meeting.pk}/papers/"


def test_a_file_is_added_to_an_item(secretary_client, secretary, meeting, send):
    item = meeting.agenda.get()
    response = send("Fields.csv", b"a,b\n1,2\n", item=item.pk, is_confidential="on")
    assert (response.status_code, response["Location"]) == (302, path_of(meeting))
    paper = Paper.objects.get()
    assert (paper.title, paper.item, paper.is_confidential, paper.added_by) == ("Fields", item, True, secretary.person)
    page = words_of(secretary_client.get(path_of(meeting)))
    assert "“Fields” is added." in page
    assert "CSV, 8 bytes, for Bus stops: members see it" in page


def test_a_link_is_added_to_the_meeting(send, meeting):
    assert send(link="https://slides.example/1", title="  The\x00 slides ", kind="slides").status_code == 302
    paper = Paper.objects.get()
    assert (paper.title, paper.kind, paper.link, paper.item) == (
        "The slides",
        "slides",
        "https://slides.example/1",
        None,
    )


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a file, or give a link: one of the two."),
        ({"name": "a.txt", "data": b"x", "link": "https://x.example/"}, "one of the two"),
        ({"name": "a.pdf", "data": papers.HTML}, "This kind of file is not taken"),
        ({"name": "a.docm", "data": papers.office("docm")}, "This kind of file is not taken"),
        ({"name": "a.txt", "data": b""}, "This kind of file is not taken"),
        ({"name": "a.txt", "data": b"x" * (MOST_BYTES + 1)}, "This file is 10.0 MB large: 10 MB is the most."),
        ({"link": "https://x.example/"}, "Say what the link leads to."),
        ({"link": "ftp://x.example/", "title": "x"}, "A link begins with https"),
        ({"link": "javascript:alert(1)", "title": "x"}, "Enter a valid URL."),
        ({"link": "https://me:secret@x.example/", "title": "x"}, "A link begins with https"),
        ({"name": "a.txt", "data": b"x", "title": "x" * 201}, "at most 200 characters"),
        ({"name": "a.txt", "data": b"x", "item": "999"}, "Select a valid choice."),
        ({"name": "a.txt", "data": b"x", "kind": "none"}, "Select a valid choice."),
    ],
)
def test_what_can_t_be_taken_is_said_and_what_was_typed_stays(send, sent, said):
    response = send(**{"title": "What I typed", **sent})
    if sent == {"link": "https://x.example/"}:
        response = send(**sent)
    assert response.status_code == 422
    assert said in words_of(response)
    assert "Nothing was saved" in words_of(response)
    assert not Paper.objects.exists() or sent == {"link": "https://x.example/"}
    assert "title" in sent or "link" in sent or "What I typed" in response.text


def test_one_paper_too_many_is_refused(send, meeting, secretary_client):
    for number in range(MOST_PAPERS):
        factories.make_paper(meeting, f"Paper {number}")
    assert "20 papers, which is the most" in words_of(send("a.txt", b"words"))
    assert Paper.objects.count() == MOST_PAPERS
    assert "Add this paper" not in secretary_client.get(path_of(meeting)).text


def test_a_paper_is_changed_and_removed(secretary_client, meeting, send):
    paper = factories.make_paper(meeting)
    prefix = f"paper{paper.pk}"
    form = {f"{prefix}-title": "New", f"{prefix}-kind": "slides", f"{prefix}-is_confidential": "on"}
    assert secretary_client.post(path_of(meeting), {**form, "change": paper.pk}).status_code == 302
    paper.refresh_from_db()
    assert (paper.title, paper.kind, paper.is_confidential, paper.is_circulated) == ("New", "slides", True, True)
    refused = secretary_client.post(path_of(meeting), {f"{prefix}-title": "", "change": paper.pk})
    assert refused.status_code == 422
    assert "Nothing was saved" in words_of(refused)
    secretary_client.post(path_of(meeting), {"remove": paper.pk})
    assert not Paper.objects.exists()


@pytest.mark.parametrize("step", [{"remove": 99}, {"change": 99}, {"remove": "x"}, {"remove": -1}, {"change": 10**30}])
def test_a_paper_that_is_not_there_is_not_found(secretary_client, meeting, step):
    paper = factories.make_paper(factories.make_meeting(on=factories.NOW.date()))
    assert secretary_client.post(path_of(meeting), step).status_code == 404
    assert secretary_client.post(path_of(meeting), {"remove": paper.pk}).status_code == 404
    assert Paper.objects.count() == 1


def test_it_requires_the_secretary(member_client, meeting):
    assert member_client.get(path_of(meeting)).status_code == 403
    assert member_client.post(path_of(meeting), {"link": "https://x.example/", "title": "x"}).status_code == 403
    assert not Paper.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(secretary_client, meeting, rows, django_assert_num_queries):
    for number in range(rows):
        factories.make_paper(meeting, f"Paper {number}", item=meeting.agenda.get())
    with django_assert_num_queries(7):
        secretary_client.get(path_of(meeting))
