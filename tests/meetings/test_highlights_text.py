"""A meeting's highlights as plain text to paste into an e-mail."""

from datetime import date, time

import pytest

from meetings import publishing
from meetings.minutes.structure import Kind
from meetings.models import Meeting
from tests import factories
from tests.factories import NOW
from tests.pages import addresses_of

pytestmark = pytest.mark.django_db

TEXT = "/meetings/2026-03-11/highlights.txt"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://circle.example"


@pytest.fixture
def draft(group):
    meeting = factories.make_meeting(on=date(2026, 3, 11))
    ada = factories.make_person("Ada Birch")
    quiet = factories.make_person("Quentin Hush", public_name="member")
    factories.make_action(
        "To ask\nthe bus company: ada@private.example", owners=[ada, quiet], due_on=date(2026, 3, 31), meeting=meeting
    )
    factories.make_action("To count", owners=["everyone"], due_text="soon", meeting=meeting)
    factories.make_action("To hush", meeting=meeting, line={"is_confidential": True})
    named = factories.make_meeting(on=date(2026, 4, 15), venue="Town Hall", ends=time(13), status="tentative")
    factories.make_line(meeting, "15 April", kind=Kind.NEXT_MEETING, names_on=named.on, named_meeting=named)
    factories.make_line(meeting, "And in May.", kind=Kind.NEXT_MEETING)
    factories.make_line(meeting, "It rained.")
    return factories.make_minutes(meeting, circulated=False)


def test_it_is_the_whole_of_the_highlights(anonymous_client, draft):
    publishing.publish_highlights(minutes=draft, now=NOW)
    response = anonymous_client.get(TEXT)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text == (
        "Elmbridge Data Circle\n"
        "Meeting of Wednesday 11 March 2026: actions and next date\n\n"
        "ACTIONS\n\n"
        "A1  To ask the bus company: (address withheld)\n"
        "      Owner: Ada Birch and a member\n"
        "      Due: 31 March 2026\n\n"
        "A2  To count\n"
        "      Owner: all members\n\n"
        "NEXT MEETING\n\n"
        "Wednesday 15 April 2026, 11:00 to 13:00 (provisional)\n"
        "Town Hall\n"
        "https://circle.example/meetings/2026-04-15/\n\n"
        "And in May.\n\n"
        "The whole notes follow; they will be at https://circle.example/meetings/2026-03-11/\n"
    )


def test_each_reader_has_their_own(anonymous_client, member_client, secretary_client, draft):
    assert anonymous_client.get(TEXT).status_code == 404
    assert member_client.get(TEXT).status_code == 404
    assert "DRAFT: only the secretary reads this." in secretary_client.get(TEXT).text
    publishing.publish_highlights(minutes=draft, now=NOW)
    told = member_client.get(TEXT).text
    assert "A3  To hush [confidential]" in told
    assert "Owner: Ada Birch and Quentin Hush" in told
    assert "Due: soon" in told
    assert "Cookie" in member_client.get(TEXT)["Vary"]


def test_members_can_have_what_everyone_may_read(anonymous_client, member_client, secretary_client, draft):
    assert secretary_client.get(f"{TEXT}?everyone=on").status_code == 404  # nothing is out yet
    publishing.publish_highlights(minutes=draft, now=NOW)
    told = anonymous_client.get(TEXT).text
    for client in (anonymous_client, member_client, secretary_client):
        assert client.get(f"{TEXT}?everyone=on").text == told
    assert member_client.get(f"{TEXT}?everyone=").text == member_client.get(TEXT).text != told
    page = member_client.get(TEXT.replace(".txt", "/"))
    assert addresses_of(page, TEXT) == {TEXT, f"{TEXT}?everyone=on"}
    assert addresses_of(anonymous_client.get(TEXT.replace(".txt", "/")), TEXT) == {TEXT}


def test_it_says_what_became_of_actions_and_of_the_notes(anonymous_client, draft):
    publishing.circulate(minutes=draft, now=NOW)
    meeting = Meeting.objects.get(on=date(2026, 3, 11))
    action = meeting.lines.filter(kind=Kind.ACTION).first().action
    action.finish(now=factories.at(date(2026, 3, 14)), by=None)
    told = anonymous_client.get(TEXT).text
    assert "      Now: done, 14 March 2026\n" in told
    whole = "The whole notes, circulated on 2 March 2026 and not yet agreed, are at https://circle.example/meetings/"
    assert whole in told
    later = factories.make_meeting(on=date(2026, 4, 22))
    factories.make_line(later, "Agreed.", kind=Kind.AGREED, names_on=meeting.on)
    factories.make_minutes(later)
    assert "The whole notes, agreed at the meeting of 22 April 2026, are at" in anonymous_client.get(TEXT).text


def test_it_says_so_where_there_is_nothing(anonymous_client, group):
    factories.make_minutes(factories.make_meeting(on=date(2026, 3, 11)))
    told = anonymous_client.get(TEXT).text
    assert "ACTIONS\n\nNo actions were noted.\n\nNEXT MEETING\n\nNo next meeting was named.\n" in told


def test_nobody_is_sent_what_they_have(anonymous_client, draft):
    publishing.publish_highlights(minutes=draft, now=NOW)
    first = anonymous_client.get(TEXT)
    again = anonymous_client.get(TEXT, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    draft.meeting.lines.filter(kind=Kind.ACTION).first().action.finish(now=NOW, by=None)
    changed = anonymous_client.get(TEXT, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    publishing.take_back_highlights(minutes=draft, now=NOW)
    assert anonymous_client.get(TEXT, headers={"If-None-Match": changed["ETag"]}).status_code == 404
