"""Answering a meeting on its page and on one's own."""

from datetime import date, timedelta

import pytest
import time_machine

from meetings import publishing
from meetings.models import Meeting, Reply
from tests import factories
from tests.pages import words_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 3)
HTMX = {"HTTP_HX_REQUEST": "true"}
ADDRESS = "/meetings/2026-03-11/reply/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(factories.at(TODAY), tick=False):
        yield


@pytest.fixture
def meeting(group):
    return factories.make_meeting(on=date(2026, 3, 11))


def test_it_works(meeting, member, member_client):
    sent = {"answer": "in-person", "note": "Ten minutes late.", "shown_on": "2026-03-11", "seen": "silence"}
    response = member_client.post(ADDRESS, sent, follow=True)
    assert response.redirect_chain == [("/meetings/2026-03-11/", 302)]
    words = words_of(response)
    assert "Your answer is saved: “I am coming in person”." in words
    assert "Your note for the secretary: Ten minutes late." in words
    reply = Reply.objects.get()
    assert (reply.person, reply.answer, reply.note) == (member.person, "in-person", "Ten minutes late.")
    response = member_client.post(ADDRESS, sent | {"next": "/me/"}, follow=True)
    assert response.redirect_chain == [("/me/", 302)]
    assert "This is your answer already: “I am coming in person”. Nothing was changed." in words_of(response)
    response = member_client.post(ADDRESS, {"take_back": "1"}, follow=True)
    assert "Your answer is taken back: the secretary sees that you have not answered." in words_of(response)
    assert "You have not answered yet." in words_of(response)
    assert not Reply.objects.exists()


def test_with_htmx_the_card_comes_alone(meeting, member_client):
    response = member_client.post(ADDRESS, {"answer": "online"}, **HTMX)
    assert response.text.lstrip().startswith(f'<div class="reply-card" id="reply-{meeting.pk}">')
    assert "Your answer is saved: “I am joining online”." in words_of(response)
    assert "Members so far: 1 online." in words_of(response)
    assert "HX-Request" in response["Vary"]
    response = member_client.post(ADDRESS, {}, **HTMX)
    assert response.status_code == 422
    assert "Nothing was saved: choose one of the four." in words_of(response)


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "Nothing was saved: choose one of the four."),
        ({"answer": "perhaps"}, "Nothing was saved: choose one of the four."),
        ({"answer": "deputy", "deputy_name": " \x00"}, "Nothing was saved: give your deputy’s name."),
        ({"answer": "online", "note": "w" * 501}, "These are 501 characters; 500 is the most."),
        ({"answer": "deputy", "deputy_name": "w" * 201}, "These are 201 characters; 200 is the most."),
        (
            {"answer": "online", "shown_on": "2026-03-04"},
            "The meeting was moved to Wednesday 11 March 2026 since you opened",
        ),
    ],
)
def test_what_can_t_be_taken_comes_back_with_a_word_on_what_to_do(meeting, member_client, sent, message, headers):
    sent = {"note": "Kept words"} | sent
    response = member_client.post(ADDRESS, sent, **headers)
    assert response.status_code == 422
    assert message in words_of(response)
    assert f'value="{sent["note"]}"' in response.text
    assert 'disclosure" open>' in response.text
    assert not Reply.objects.exists()


def test_who_confirms_after_a_move_is_asked_once(meeting, member_client):
    response = member_client.post(ADDRESS, {"answer": "online", "shown_on": "2026-03-04"})
    assert 'name="shown_on" value="2026-03-11"' in response.text
    assert member_client.post(ADDRESS, {"answer": "online", "shown_on": "2026-03-11"}).status_code == 302


def test_a_form_for_the_old_address_of_a_moved_meeting_is_given_back(meeting, member_client):
    meeting.on = date(2026, 3, 18)
    publishing.publish(meeting=meeting, now=factories.NOW)
    response = member_client.post(ADDRESS, {"answer": "online", "note": "Kept", "shown_on": "2026-03-11"})
    assert response.status_code == 422
    assert "The meeting was moved to Wednesday 18 March 2026" in words_of(response)
    assert 'action="/meetings/2026-03-18/reply/"' in response.text


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_meeting_called_off_meanwhile_is_said_and_the_words_come_back(meeting, member_client, headers):
    Meeting.objects.update(status="cancelled")
    response = member_client.post(ADDRESS, {"answer": "online", "note": "Kept"}, **headers)
    assert response.status_code == 422
    assert "This meeting was cancelled: nothing was saved." in words_of(response)
    assert 'value="Kept"' in response.text


def test_a_past_meeting_takes_none(group, member_client):
    factories.make_meeting(on=date(2026, 3, 2))
    response = member_client.post("/meetings/2026-03-02/reply/", {"answer": "online"})
    assert response.status_code == 422
    assert "This meeting was on 2 March 2026" in words_of(response)
    assert "Before the meeting" not in words_of(member_client.get("/meetings/2026-03-02/"))


def test_two_tabs(meeting, member_client):
    member_client.post(ADDRESS, {"answer": "online", "seen": "silence"})
    response = member_client.post(ADDRESS, {"answer": "apologies", "seen": "silence"}, follow=True)
    told = "It took the place of one given since you opened this page: “I am joining online”."
    assert told in words_of(response)


def test_what_was_left_out_is_said(meeting, member_client):
    sent = {"answer": "online", "deputy_name": "Dee Puty", "note": "La\x07te"}
    words = words_of(member_client.post(ADDRESS, sent, follow=True))
    assert "Your deputy was left out, since you send none. Some invisible characters were left out." in words
    assert Reply.objects.get().note == "Late"


def test_the_card_says_that_the_answer_was_for_another_date(meeting, member, member_client):
    factories.make_reply(meeting, member.person)
    meeting.changes.create(
        kind="moved", was_on=date(2026, 3, 4), made_at=factories.NOW + timedelta(hours=1), reason="x"
    )
    words = words_of(member_client.get("/meetings/2026-03-11/"))
    assert "Your answer was for Wednesday 4 March 2026. Does it still hold?" in words


def test_members_read_how_many_come_and_never_who(meeting, member_client, other_member, secretary):
    factories.make_reply(meeting, other_member.person, "deputy", note="Secret note", deputy_name="Dee Puty")
    factories.make_reply(meeting, secretary.person, "in-person")
    former = factories.make_person("Long Gone")
    factories.make_reply(meeting, former, "in-person")
    words = words_of(member_client.get("/meetings/2026-03-11/"))
    assert "Members so far: 1 in person, 1 deputy." in words
    for hidden in ("Otto", "Secret note", "Dee Puty", "Sefa"):
        assert hidden not in words


def test_the_public_reads_nothing_of_it(meeting, anonymous_client, member):
    before = anonymous_client.get("/meetings/2026-03-11/").text
    factories.make_reply(meeting, member.person)
    assert anonymous_client.get("/meetings/2026-03-11/").text == before
    assert "Before the meeting</h2>" not in before


def test_whoever_is_logged_out_gets_their_words_back(meeting, anonymous_client):
    response = anonymous_client.post(ADDRESS, {"answer": "online", "note": "Kept words", "seen": "silence"})
    assert response.status_code == 403
    assert "Kept words" in response.text
    assert "silence" not in words_of(response)
