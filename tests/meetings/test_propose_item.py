"""Members propose items for an agenda, and take them back."""

from datetime import date

import pytest
import time_machine

from meetings.models import AgendaItem, Meeting
from meetings.replies import proposing
from tests import factories
from tests.pages import words_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 3)
ADDRESS = "/meetings/2026-03-11/propose/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(factories.at(TODAY), tick=False):
        yield


@pytest.fixture
def meeting(group):
    return factories.make_meeting(on=date(2026, 3, 11))


def test_it_works(meeting, member, member_client):
    assert "Propose an item" in words_of(member_client.get("/meetings/2026-03-11/"))
    assert "For the agenda of Wednesday 11 March 2026." in words_of(member_client.get(ADDRESS))
    sent = {"title": "Trees", "note": "Who counts them?", "minutes": "15"}
    response = member_client.post(ADDRESS, sent, follow=True)
    assert response.redirect_chain == [("/me/", 302)]
    assert "The secretary has your proposal." in words_of(response)
    item = AgendaItem.objects.get()
    assert (item.meeting, item.status, item.proposed_by) == (meeting, "proposed", member.person)
    assert (item.title, item.note, item.minutes, item.is_circulated) == ("Trees", "Who counts them?", 15, False)
    response = member_client.post(ADDRESS, sent, follow=True)
    assert "You have proposed this already. Nothing was added." in words_of(response)
    assert AgendaItem.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"title": ""}, "Nothing was saved: say in a few words what it is."),
        ({"title": "w" * 301}, "These are 301 characters; 300 is the most."),
        ({"minutes": "soon"}, "Nothing was saved: write the minutes as a number, such as 15."),
        ({"minutes": "0"}, "greater than or equal to 1"),
        ({"minutes": "601"}, "less than or equal to 600"),
        ({"note": "w" * 4001}, "These are 4,001 characters; 4,000 is the most."),
    ],
)
def test_what_can_t_be_taken_comes_back(meeting, member_client, sent, message):
    sent = {"title": "Kept title", "note": "Kept note"} | sent
    response = member_client.post(ADDRESS, sent)
    assert response.status_code == 422
    assert message in words_of(response)
    assert sent["title"] in response.text
    assert sent["note"] in response.text
    assert not AgendaItem.objects.exists()


def test_five_open_ones_are_enough(meeting, member, member_client, other_member):
    factories.make_agenda_item(meeting, "Another's", status="proposed", proposed_by=other_member.person)
    factories.make_agenda_item(meeting, "Answered", status="declined", proposed_by=member.person)
    for number in range(proposing.MOST_OPEN):
        assert member_client.post(ADDRESS, {"title": f"Item {number}"}).status_code == 302
    response = member_client.post(ADDRESS, {"title": "One more"})
    assert response.status_code == 422
    assert "You have proposed 5 items for this meeting" in words_of(response)
    assert 'value="One more"' in response.text
    assert not AgendaItem.objects.filter(title="One more").exists()


def test_a_meeting_that_is_off_or_over_takes_none(meeting, member_client):
    Meeting.objects.update(status="cancelled")
    response = member_client.post(ADDRESS, {"title": "Trees"})
    assert response.status_code == 422
    assert "This meeting was cancelled: nothing can be proposed." in words_of(response)
    assert 'value="Trees"' in response.text
    assert "What should the meeting talk about?" not in words_of(member_client.get(ADDRESS))
    factories.make_meeting(on=date(2026, 3, 2))
    assert member_client.post("/meetings/2026-03-02/propose/", {"title": "Trees"}).status_code == 422
    assert not AgendaItem.objects.exists()


def test_only_members_of_the_day_propose(meeting):
    with pytest.raises(proposing.NotAllowedError, match="not a member"):
        proposing.propose(meeting=meeting, person=factories.make_person("Bo Cole"), title="Trees", now=factories.NOW)


def test_it_is_taken_back_while_it_is_unanswered(meeting, member, member_client, other_member):
    item = factories.make_agenda_item(meeting, "Trees", status="proposed", proposed_by=member.person)
    response = member_client.post(f"/me/proposals/{item.pk}/take-back/", follow=True)
    assert "“Trees” is taken back." in words_of(response)
    assert not AgendaItem.objects.exists()
    for status in ("on", "declined", "aside"):
        item = factories.make_agenda_item(meeting, "Trees", status=status, proposed_by=member.person)
        response = member_client.post(f"/me/proposals/{item.pk}/take-back/", follow=True)
        assert "The secretary has answered “Trees” meanwhile: it was not taken back." in words_of(response)
    theirs = factories.make_agenda_item(meeting, "Trees", status="proposed", proposed_by=other_member.person)
    assert member_client.post(f"/me/proposals/{theirs.pk}/take-back/").status_code == 404
    assert AgendaItem.objects.count() == 4


def test_nobody_else_reads_a_proposal(meeting, member_client, anonymous_client, other_member):
    factories.make_agenda_item(meeting, "Secret trees", note="Why", status="proposed", proposed_by=other_member.person)
    for client in (member_client, anonymous_client):
        assert "Secret trees" not in client.get("/meetings/2026-03-11/").text
