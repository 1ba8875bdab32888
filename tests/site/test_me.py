"""A member's own page: what they promised, and what the site holds about them."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from members.models import CalendarAddress, Membership, OtherName
from tests import factories
from tests.pages import addresses_of, section_of, words_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 3)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(factories.at(TODAY), tick=False):
        yield


def promise(text, *owners, on=date(2026, 1, 28), **fields):
    """An action that circulated notes of a meeting raised."""
    meeting = factories.make_meeting(on=on)
    action = factories.make_action(text, owners=owners, meeting=meeting, **fields)
    factories.make_minutes(meeting)
    return action


def test_my_actions_come_first_the_most_pressing_on_top(member, member_client):
    promise("No hurry", member.person, on=date(2026, 1, 14))
    promise("Too late", member.person, on=date(2026, 1, 21), due_on=date(2026, 3, 2))
    promise("Not mine", factories.make_person("Ada Birch"), on=date(2026, 1, 7))
    response = member_client.get("/me/")
    words = words_of(response)
    assert "My page You have 2 open actions, and 1 of them is overdue . The public sees you as" in words
    assert "change it Your open actions A2 Too late" in words
    assert words.index("A2 Too late overdue since 2 March 2026") < words.index("A1 No hurry open")
    assert "Not mine" not in words
    assert addresses_of(response, "/meetings/2026-01-2") == {"/meetings/2026-01-21/#a2"}
    assert 'name="next" value="/me/"' in response.text


def test_one_due_action_takes_one_form(member, member_client):
    promise("Ask the bus company", member.person, due_on=date(2026, 3, 1))
    assert "You have 1 open action, and it is overdue ." in words_of(member_client.get("/me/"))
    data = {"note": "They sent it.", "finish": "", "next": "/me/"}
    response = member_client.post("/actions/A1/", data, follow=True)
    assert response.redirect_chain == [("/me/", 302)]
    words = words_of(response)
    assert "A1 is marked as done." in words
    assert "You have no open actions." in words
    assert "Done or dropped in the last 90 days A1 Ask the bus company done 3 March 2026" in words
    assert "3 March 2026 Mina Member Done They sent it." in words
    assert "Open again : A1" in words


def test_what_ended_long_ago_is_not_there(member, member_client):
    action = promise("Ask the bus company", member.person)
    action.finish(now=factories.at(TODAY - timedelta(days=91)), by=None)
    assert "Ask the bus company" not in words_of(member_client.get("/me/"))


def test_an_office_brings_its_actions_along(member, member_client):
    promise("Chair the meeting", Membership.Role.CHAIR)
    assert "Chair the meeting" not in words_of(member_client.get("/me/"))
    member.person.memberships.update(role="chair")
    assert "You have 1 open action." in words_of(member_client.get("/me/"))


def test_what_is_everybodys_is_listed_apart(member, member_client):
    promise("Send ideas", "everyone", on=date(2026, 1, 7))
    promise("Fix the link", "IT at the council", on=date(2026, 1, 14))
    promise("Mine too", member.person, "everyone", on=date(2026, 1, 21))
    promise("Another’s", factories.make_person("Ada Birch"), on=date(2026, 1, 28))
    response = member_client.get("/me/")
    words = section_of(response, "shared-actions")
    assert {text for text in ("Send ideas", "Fix the link", "Mine too", "Another’s") if text in words} == {
        "Send ideas",
        "Fix the link",
    }


def test_drafts_and_their_actions_stay_the_secretarys(member, member_client):
    factories.make_action("Drafted", owners=[member.person], meeting=factories.make_meeting(on=date(2026, 2, 25)))
    assert "Drafted" not in words_of(member_client.get("/me/"))


def test_many_actions_are_bounded(member, member_client):
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    for number in range(53):
        factories.make_action(f"Promise {number}", owners=[member.person], meeting=meeting)
    factories.make_minutes(meeting)
    response = member_client.get("/me/")
    assert response.text.count('class="action-form"') == 50
    assert "You have 53 open actions." in words_of(response)
    assert "And 3 more: all your open actions" in words_of(response)


def test_the_next_meeting_has_its_joining_link(member_client):
    factories.make_meeting(on=date(2026, 3, 18), published=False)
    factories.make_meeting(on=date(2026, 3, 25), joining_url="https://meet.example/x", venue="Mill Road")
    response = member_client.get("/me/")
    assert "The next meeting Wednesday 25 March 2026 When 25 March 2026, 11:00 to 13:00 Where Mill Road" in words_of(
        response
    )
    assert "https://meet.example/x" in response.text


def test_my_data_is_there_and_nobody_elses(member, member_client):
    factories.make_entry("Bus stop times", person=member.person, added_by=member.person, is_circulated=True)
    factories.make_entry("Tree positions", person=factories.make_person("Ada Birch"), is_circulated=True)
    words = words_of(member_client.get("/me/"))
    assert "Your data used and wanted D1 Bus stop times" in words
    assert "Tree positions" not in words


def test_it_tells_what_the_site_holds_about_me(member, member_client):
    person = member.person
    person.public_name = "initials"
    person.save()
    OtherName.objects.create(person=person, name="Minnie Member")
    for on, status in (
        (date(2026, 1, 14), "present"),
        (date(2026, 1, 28), "present"),
        (date(2026, 2, 11), "apologies"),
    ):
        meeting = factories.make_meeting(on=on)
        factories.make_attendance(meeting, person, status=status)
        factories.make_minutes(meeting)
    promise("Ask", person, on=date(2026, 2, 18)).comment(now=factories.NOW, by=person, note="So")
    factories.make_support(factories.make_entry(kind="wants"), person)
    CalendarAddress.objects.create(person=person, digest="x", made_at=factories.at(date(2026, 2, 1)))
    coming = factories.make_meeting(on=date(2026, 4, 1))
    factories.make_reply(coming, person)
    factories.make_agenda_item(coming, status="proposed", proposed_by=person)
    words = section_of(member_client.get("/me/"), "held")
    assert "Name Mina Member Other names Minnie Member Initials MM" in words
    assert "E-mail address mina.member@private.example (private) The public sees MM" in words
    assert "Memberships member of Elmbridge Data Circle, from 1 January 2020" in words
    assert "Meetings At 2, apologies for 1, by the notes on this site" in words
    assert "1 update of actions, 0 entries of data used and wanted, 1 answer to what others want," in words
    assert "1 answer to meetings, 1 item proposed" in words
    assert "Logged in last on 3 March 2026, 12:00" in words
    assert "Own calendar a secret address since 1 February 2026" in words


def test_an_administrator_is_nobody_in_the_group(admin):
    client = Client()
    client.force_login(admin)
    words = words_of(client.get("/me/"))
    assert "You are logged in as admin@private.example, an administrator of the site." in words
    assert "Your open actions" not in words


def test_whoever_is_not_logged_in_is_led_to_the_login(anonymous_client):
    response = anonymous_client.get("/me/")
    assert (response.status_code, response["Location"]) == (302, "/login/?next=/me/")


def test_nothing_keeps_it(member_client):
    assert "no-store" in member_client.get("/me/")["Cache-Control"]
    assert member_client.post("/me/").status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(member, member_client, django_assert_num_queries, rows):
    person = member.person
    for number in range(rows):
        other = factories.make_person(f"Ada Birch {number}")
        meeting = factories.make_meeting(on=date(2026, 1, 1 + number))
        factories.make_attendance(meeting, person)
        for owner, state in ((person, "open"), (person, "done"), ("everyone", "open")):
            action = factories.make_action(f"Do {number}", owners=[owner, other], meeting=meeting)
            action.comment(now=factories.at(date(2026, 2, 1)), by=other, note="So")
            if state == "done":
                action.finish(now=factories.at(date(2026, 2, 2)), by=other)
        body = factories.make_organisation(f"Body {number}")
        dataset = factories.make_dataset(f"Dataset {number}")
        wanted = {"kind": "wants", "person": person, "organisation": body, "dataset": dataset}
        factories.make_entry(f"Trees {number}", meeting=meeting, **wanted)
        factories.make_entry(f"Trees of {number}", meeting=meeting, person=other, dataset=dataset)
        OtherName.objects.create(person=person, name=f"Mina {number}")
        Membership.objects.create(person=person, organisation=body, role="chair", on_behalf_of=body)
        factories.make_minutes(meeting)
        coming = factories.make_meeting(on=date(2026, 4, 1 + number), host=body)
        factories.make_reply(coming, person, note="Late")
        factories.make_reply(coming, other)
        factories.make_agenda_item(coming, status="proposed", proposed_by=person)
        coming.changes.create(kind="moved", was_on=date(2026, 4, 20), made_at=factories.at(date(2026, 3, 3)))
    with django_assert_num_queries(38):
        response = member_client.get("/me/")
    assert f"both name the dataset Dataset {rows - 1}" in words_of(response)


def test_the_next_three_meetings_have_ones_answers_and_notes(member, other_member, member_client):
    on = [date(2026, 3, 3), date(2026, 4, 1), date(2026, 5, 6), date(2026, 6, 3)]
    meetings = [factories.make_meeting(on=day) for day in on]
    factories.make_meeting(on=date(2026, 3, 20), status="cancelled")
    factories.make_reply(meetings[0], member.person, "apologies", note="On leave.")
    factories.make_reply(meetings[0], other_member.person, "online", note="From the train.")
    factories.make_reply(meetings[1], other_member.person, "deputy", deputy_name="Dee Puty")
    response = member_client.get("/me/")
    words = section_of(response, "next")
    assert words.startswith("The next meetings Tuesday 3 March 2026")
    assert (
        "Your answer: I can’t come: please record my apologies (2 March 2026) Your note for the secretary: On" in words
    )
    assert "Members so far: 1 online, apologies from 1." in words
    assert "Members so far: 1 deputy." in words
    assert words.count("You have not answered yet.") == 2
    for hidden in ("3 June", "20 March", "From the train", "Dee Puty", "Otto"):
        assert hidden not in words
    assert response.text.count('<details class="disclosure" open>') == 1


def test_it_says_what_became_of_the_items_that_one_proposed(member, other_member, member_client):
    meeting = factories.make_meeting(on=date(2026, 4, 1))
    for title, status, answer in (
        ("Trees", "proposed", ""),
        ("Trams", "on", "Good idea."),
        ("Toilets", "declined", "We did that in May."),
        ("Tides", "aside", ""),
    ):
        factories.make_agenda_item(meeting, title, status=status, answer=answer, proposed_by=member.person)
    factories.make_agenda_item(meeting, "Not mine", status="proposed", proposed_by=other_member.person)
    words = section_of(member_client.get("/me/"), "my-proposals")
    assert "Trees for 1 April 2026 Proposed The secretary has not answered yet. Take back : Trees" in words
    assert "Trams for 1 April 2026 Accepted On the agenda. The secretary: Good idea." in words
    assert "Toilets for 1 April 2026 Declined The secretary: We did that in May." in words
    assert "Tides for 1 April 2026 Put aside It waits for a later agenda." in words
    assert "Not mine" not in words
    assert words.count("Take back") == 1


def test_an_item_taken_up_for_an_unannounced_meeting_does_not_give_it_away(member, member_client):
    meeting = factories.make_meeting(on=date(2026, 6, 10), published=False)
    factories.make_agenda_item(meeting, "Trees", proposed_by=member.person)
    response = member_client.get("/me/")
    assert "Trees" in section_of(response, "my-proposals")
    assert "2026-06-10" not in response.text
    assert "June 2026" not in response.text
