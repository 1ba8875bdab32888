"""A paper's file, for whoever may see it."""

from datetime import date

import pytest

from meetings import publishing
from meetings.agenda.showing import publish_agenda, take_back_agenda
from tests import factories, papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group):
    """A meeting whose agenda is published, with an item for everyone and a confidential one."""
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    factories.make_agenda_item(meeting)
    factories.make_agenda_item(meeting, "Staffing", is_confidential=True)
    publish_agenda(meeting=meeting, now=factories.NOW)
    return meeting


def make(meeting, title="How we publish", **fields):
    """A paper, shown; and its address."""
    paper = factories.make_paper(meeting, title, **fields)
    publishing.show(meeting=meeting, now=factories.NOW)
    return f"/meetings/2026-01-28/papers/{paper.pk}/"


def test_it_is_served_to_be_saved_and_nothing_else(anonymous_client, meeting):
    path = make(meeting, content_type="application/pdf", name="secret name.pdf", data=papers.PDF)
    response = anonymous_client.get(f"{path}how-we-publish.pdf")
    assert response.status_code == 200
    assert response.content == papers.PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="how-we-publish.pdf"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-cache"


def test_another_name_leads_to_the_right_one(anonymous_client, meeting):
    path = make(meeting)
    for name in ("evil.exe", "how-we-publish.html"):
        response = anonymous_client.get(path + name)
        assert (response.status_code, response["Location"]) == (302, f"{path}how-we-publish.txt")


def test_a_confidential_one_is_for_members_and_kept_by_nobody(anonymous_client, member_client, meeting):
    secret = meeting.agenda.get(is_confidential=True)
    for path in (make(meeting, item=secret), make(meeting, is_confidential=True)):
        assert anonymous_client.get(f"{path}how-we-publish.txt").status_code == 404
        response = member_client.get(f"{path}how-we-publish.txt")
        assert response.status_code == 200
        assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


def test_it_is_there_while_the_agenda_or_the_notes_are(anonymous_client, member_client, secretary_client, meeting):
    path = f"{make(meeting)}how-we-publish.txt"
    take_back_agenda(meeting=meeting, now=factories.NOW)
    codes = [client.get(path).status_code for client in (anonymous_client, member_client, secretary_client)]
    assert codes == [404, 404, 200]
    factories.make_minutes(meeting)
    assert anonymous_client.get(path).status_code == 200


def test_the_name_is_made_of_what_the_reader_reads(anonymous_client, member_client, meeting):
    factories.make_person("Quentin Hush", role="", public_name="member")
    path = make(meeting, "Talk by Quentin Hush", name="quentin-hush.txt")
    assert anonymous_client.get(f"{path}x")["Location"] == f"{path}talk-by-a-member.txt"
    assert member_client.get(f"{path}x")["Location"] == f"{path}talk-by-quentin-hush.txt"
    shown = anonymous_client.get(f"{path}talk-by-a-member.txt")
    assert "ush" not in str(shown.headers)


@pytest.mark.parametrize("name", ["../x", "%2e%2e%2fx", "%00", "x/y", "%0d%0aX-Evil:1"])
def test_hostile_names_lead_nowhere_else(anonymous_client, meeting, name):
    path = make(meeting)
    response = anonymous_client.get(path + name)
    assert response.status_code in {302, 404}
    assert "X-Evil" not in response.headers
    assert response.get("Location", f"{path}how-we-publish.txt") == f"{path}how-we-publish.txt"


def test_another_meeting_s_paper_and_a_link_are_not_here(anonymous_client, meeting):
    other = factories.make_meeting(on=date(2026, 2, 25))
    factories.make_agenda_item(other)
    publish_agenda(meeting=other, now=factories.NOW)
    elsewhere = factories.make_paper(other)
    publishing.show(meeting=other, now=factories.NOW)
    link = make(meeting, link="https://x.example/")
    for path in (link, f"/meetings/2026-01-28/papers/{elsewhere.pk}/", f"/meetings/2026-01-28/papers/{10**30}/"):
        assert anonymous_client.get(f"{path}how-we-publish.txt").status_code == 404


def test_an_old_address_leads_to_the_new_one(anonymous_client, meeting):
    path = make(meeting)
    meeting.on = date(2026, 1, 29)
    publishing.publish(meeting=meeting, now=factories.NOW)
    response = anonymous_client.get(f"{path}how-we-publish.txt")
    assert response["Location"] == f"{path.replace('28', '29', 1)}how-we-publish.txt"
