"""The secretary's page of a meeting's replies, and the host's list."""

from datetime import date, timedelta

import pytest
import time_machine

from meetings.models import Meeting, Reply
from tests import factories
from tests.pages import section_of, words_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 3)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(factories.at(TODAY), tick=False):
        yield


@pytest.fixture
def meeting(group):
    return factories.make_meeting(on=date(2026, 3, 11), venue="Town Hall")


@pytest.fixture
def people(meeting):
    council = factories.make_organisation("Elmbridge Council")
    names = ("Ada Birch", "Bo Cole", "Cy Dean", "Di East", "Ed Finch")
    people = [factories.make_person(name, role="", on_behalf_of=council) for name in names]
    factories.make_reply(meeting, people[0], "in-person", note="No stairs, please.")
    factories.make_reply(meeting, people[1], "online")
    factories.make_reply(meeting, people[2], "apologies", note="On leave.")
    factories.make_reply(meeting, people[3], "deputy", deputy_name="Dee Puty")
    return people


def page(meeting, *, rest=""):
    return f"/admin/meetings/meeting/{meeting.pk}/replies/{rest}"


def test_it_says_who_comes_and_who_has_not_answered(meeting, people, secretary_client):
    response = secretary_client.get(page(meeting))
    words = words_of(response)
    assert "1 coming in person 1 joining online 1 apologies 1 sending a deputy 2 have not answered" in words
    assert "Ada Birch , Elmbridge Council Note: No stairs, please." in section_of(response, "replies-in-person")
    assert "Note: On leave." in section_of(response, "replies-apologies")
    assert "Deputy: Dee Puty, Elmbridge Council" in section_of(response, "replies-deputy")
    silent = section_of(response, "replies-silent")
    assert "Ed Finch" in silent
    assert "Sefa Secretary" in silent
    assert "Ada" not in silent


def test_the_hosts_list_holds_no_notes_and_no_apologies(meeting, people, secretary_client):
    words = words_of(secretary_client.get(page(meeting, rest="for-host/")))
    assert "Wednesday 11 March 2026, 11:00 to 13:00, Town Hall" in words
    assert "Coming in person (1) Ada Birch , Elmbridge Council Joining online (1) Bo Cole" in words
    assert "Deputies (1) Dee Puty , Elmbridge Council for Di East" in words
    for hidden in ("stairs", "Cy Dean", "leave", "Ed Finch"):
        assert hidden not in words


def test_an_answer_is_entered_changed_and_taken_back_for_a_member(meeting, people, secretary_client):
    ed = people[4]
    form = secretary_client.get(page(meeting, rest=f"?person={ed.pk}")).text
    assert f'<option value="{ed.pk}" selected>Ed Finch</option>' in form
    assert 'name="seen" value="silence"' in form
    sent = {"person": ed.pk, "answer": "deputy", "deputy_name": "Flo Gray", "note": "Rang on Monday."}
    response = secretary_client.post(page(meeting), sent, follow=True)
    assert "Ed Finch: sending a deputy." in words_of(response)
    assert Reply.objects.get(person=ed).deputy_name == "Flo Gray"
    response = secretary_client.post(page(meeting), sent, follow=True)
    assert "This was the answer already; nothing was changed." in words_of(response)
    response = secretary_client.post(page(meeting), {"person": ed.pk, "take_back": "1"}, follow=True)
    assert "Ed Finch has no answer any more." in words_of(response)
    assert not Reply.objects.filter(person=ed).exists()


def test_what_can_t_be_taken_comes_back(meeting, people, secretary_client):
    stranger = factories.make_person("Stranger")
    for sent, message in (
        ({"answer": "online"}, "Nothing was saved: choose the member."),
        ({"answer": "online", "person": stranger.pk}, "Nothing was saved: this is no member of the group today."),
        ({"person": people[4].pk}, "Nothing was saved: choose one of the four."),
        ({"person": people[4].pk, "answer": "deputy"}, "Nothing was saved: give your deputy’s name."),
        ({"take_back": "1"}, "Nothing was saved: choose the member."),
    ):
        response = secretary_client.post(page(meeting), sent | {"note": "Kept"})
        assert response.status_code == 422
        assert message in words_of(response)
        assert 'value="Kept"' in response.text
    assert Reply.objects.count() == 4


def test_a_meeting_called_off_says_so_and_takes_no_answer(meeting, people, secretary_client):
    Meeting.objects.update(status="cancelled")
    response = secretary_client.get(page(meeting))
    assert "This meeting was cancelled" in words_of(response)
    assert "Enter an answer" not in words_of(response)
    response = secretary_client.post(page(meeting), {"person": people[4].pk, "answer": "online"})
    assert response.status_code == 422
    assert Reply.objects.count() == 4


def test_answers_for_a_former_date_and_of_former_members_are_marked(meeting, people, secretary_client):
    meeting.changes.create(kind="moved", was_on=date(2026, 3, 4), made_at=factories.NOW + timedelta(hours=1))
    people[1].memberships.update(end_date=date(2026, 2, 1))
    response = secretary_client.get(page(meeting))
    assert "Answered for 4 March 2026, before the meeting was moved." in section_of(response, "replies-in-person")
    online = section_of(response, "replies-online")
    assert "Bo Cole (no longer a member)" in online
    assert "Change" not in online


@pytest.mark.parametrize("query", ["person=x", "person=0", "person=99999999999", "person=1&person=2", "person="])
def test_an_odd_choice_is_none(meeting, people, secretary_client, query):
    response = secretary_client.get(page(meeting, rest=f"?{query}"))
    assert response.status_code == 200
    assert "Enter an answer" in words_of(response)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("rest", "queries"), [("", 10), ("for-host/", 9)])
def test_they_make_a_fixed_number_of_queries(
    *, meeting, secretary_client, django_assert_num_queries, rows, rest, queries
):
    for number in range(rows):
        body = factories.make_organisation(f"Body {number}")
        factories.make_reply(meeting, factories.make_person(f"Ada {number}", role="", on_behalf_of=body))
        factories.make_person(f"Bo {number}", role="", on_behalf_of=body)
        meeting.changes.create(kind="moved", was_on=date(2026, 3, 4 + number), made_at=factories.NOW)
    with django_assert_num_queries(queries):
        secretary_client.get(page(meeting, rest=rest))
