"""The page of one action: read by everyone who may know of it, changed by those whose it is, with htmx and without."""

import copy
import json
from datetime import date

import pytest
import time_machine
from django.test import Client

from actions.models import Action, ActionUpdate
from meetings import publishing
from meetings.minutes.structure import Kind
from members.models import Membership
from tests import factories
from tests.pages import addresses_of, words_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 3)
NOON = time_machine.travel(factories.at(TODAY), tick=False)
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _today():
    with NOON:
        yield


@pytest.fixture(scope="module", autouse=True)
def promised(kept_group):
    """The same member and action for all these tests."""
    with NOON:
        member = factories.make_user("Mina Member")
        return member, promise_of(member)


@pytest.fixture
def mine(promised):
    return copy.deepcopy(promised)


@pytest.fixture
def member(mine):
    return mine[0]


@pytest.fixture
def action(mine):
    """The member's own overdue action, raised in January, talked about in February."""
    return mine[1]


def promise_of(member):
    january = factories.make_meeting(on=date(2026, 1, 28))
    action = factories.make_action(
        "Ask the bus company", owners=[member.person], meeting=january, due_on=date(2026, 3, 1)
    )
    factories.make_minutes(january)
    february = factories.make_meeting(on=date(2026, 2, 25))
    heard = action.updates.create(on=february.on, note="They have not answered.", is_draft=True)
    factories.make_line(february, heard.note, kind=Kind.REVIEW, action=action, heard=heard)
    factories.make_minutes(february)
    return action


def owned_by(*owners, text="Count the trees"):
    """A public action of a meeting of its own."""
    meeting = factories.make_meeting(on=date(2026, 1, 14))
    action = factories.make_action(text, owners=owners, meeting=meeting)
    factories.make_minutes(meeting)
    return action


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def said(action):
    """What was said of it on the site."""
    updates = action.updates.exclude(made_at=None)
    return [(update.status, update.by and update.by.name, update.note) for update in updates]


def test_it_tells_the_life_of_the_action(member_client, action):
    action.comment(now=factories.at(date(2026, 3, 2)), by=action.owners.get().person, note="I wrote again.")
    response = member_client.get("/actions/A1/")
    assert (
        "Action A1 Ask the bus company What became of it"
        " overdue since 1 March 2026 Owner: Mina Member Due: 1 March 2026"
        " Meeting of 28 January 2026 Promised"
        " Meeting of 25 February 2026 They have not answered."
        " 2 March 2026 Mina Member I wrote again. How is it going?" in words_of(response)
    )
    assert addresses_of(response, "/meetings/") == {"/meetings/2026-01-28/#a1", "/meetings/2026-02-25/#a1"}


def test_what_a_meeting_heard_is_told_once(member_client, secretary_client, action):
    for client in (member_client, secretary_client):
        assert words_of(client.get("/actions/A1/")).count("They have not answered.") == 1


def test_the_public_reads_minuted_words_and_only_the_state_of_others(anonymous_client, action):
    by = action.owners.get().person
    action.comment(now=factories.at(date(2026, 3, 1)), by=by, note="Between ourselves")
    action.finish(now=factories.at(date(2026, 3, 2)), by=by, note="Quietly")
    words = words_of(anonymous_client.get("/actions/A1/"))
    assert "Meeting of 25 February 2026 They have not answered. 2 March 2026 Done" in words
    assert {secret for secret in ("Between ourselves", "Quietly", "1 March 2026 Mina") if secret in words} == set()
    assert "How is it going?" not in words


def test_drafts_are_the_secretarys(anonymous_client, member_client, secretary_client, action):
    draft = factories.make_meeting(on=date(2026, 3, 2))
    heard = action.updates.create(on=draft.on, note="All is well.", status="done", is_draft=True)
    factories.make_line(draft, heard.note, kind=Kind.REVIEW, action=action, heard=heard)
    factories.make_minutes(draft, circulated=False)
    for client in (anonymous_client, member_client):
        words = words_of(client.get("/actions/A1/"))
        assert "All is well." not in words
        assert "2 March 2026" not in words
    assert "Meeting of 2 March 2026 Done Draft notes All is well." in words_of(secretary_client.get("/actions/A1/"))


def test_a_confidential_line_is_for_members(anonymous_client, member_client, action):
    meeting = factories.make_meeting(on=date(2026, 3, 2))
    heard = action.updates.create(on=meeting.on, note="Paid off.", status="done", is_draft=True)
    factories.make_line(meeting, heard.note, kind=Kind.REVIEW, action=action, heard=heard, is_confidential=True)
    factories.make_minutes(meeting)
    assert "Meeting of 2 March 2026 Done Confidential Paid off." in words_of(member_client.get("/actions/A1/"))
    words = words_of(anonymous_client.get("/actions/A1/"))
    assert "2 March 2026 Done" in words
    assert "Paid off." not in words
    assert "Meeting of 2 March" not in words


def test_withheld_names_stay_so(anonymous_client, member_client):
    action = owned_by(factories.make_person("Zed", public_name="member"), text="Write to Zed")
    action.finish(now=factories.at(TODAY), by=action.owners.get().person)
    assert "Zed" not in words_of(anonymous_client.get(action.get_absolute_url()))
    assert "3 March 2026 Zed Done" in words_of(member_client.get(action.get_absolute_url()))


def test_nobody_learns_of_an_action_that_is_not_theirs_to_see(anonymous_client, member_client, secretary_client):
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    closed = factories.make_action("Closed", meeting=meeting, line={"is_confidential": True})
    factories.make_minutes(meeting)
    draft = factories.make_action("Draft", meeting=factories.make_meeting(on=date(2026, 2, 25)))
    for action, codes in ((closed, (404, 200, 200)), (draft, (404, 404, 200))):
        for client, code in zip((anonymous_client, member_client, secretary_client), codes, strict=True):
            assert client.get(action.get_absolute_url()).status_code == code
            assert client.post(action.get_absolute_url(), {"comment": "1"}).status_code in {code, 403, 422}


@pytest.mark.parametrize("number", ["A99", "A0", "A01", "a1", "A1234567890", "37", "A-1", "A1x", "D1", "A%00"])
def test_a_forged_number_leads_nowhere(member_client, action, number):
    assert member_client.get(f"/actions/{number}/").status_code == 404
    assert member_client.post(f"/actions/{number}/", {"finish": "1"}).status_code == 404


# --- saying how it goes ----------------------------------------------------------------------------------------------


def test_its_owner_says_how_it_goes(member_client, action):
    response = member_client.post("/actions/A1/", {"note": "Wrote again.", "comment": "1"}, follow=True)
    assert response.redirect_chain == [("/actions/A1/", 302)]
    words = words_of(response)
    assert "Your update of A1 is saved." in words
    assert "3 March 2026 Mina Member Wrote again." in words
    assert said(action) == [("", "Mina Member", "Wrote again.")]


def test_its_owner_marks_it_as_done_with_a_word_and_opens_it_again(member_client, anonymous_client, action):
    response = member_client.post("/actions/A1/", {"note": "They sent a file.", "finish": "1"}, follow=True)
    assert "A1 is marked as done." in words_of(response)
    assert "Now: done 3 March 2026" in words_of(anonymous_client.get("/meetings/2026-01-28/"))
    assert "done 3 March 2026" in words_of(anonymous_client.get("/actions/"))
    response = member_client.post("/actions/A1/", {"reopen": "1"}, follow=True)
    assert "A1 is open again." in words_of(response)
    assert "Now: overdue since 1 March 2026" in words_of(anonymous_client.get("/meetings/2026-01-28/"))
    assert said(action) == [("done", "Mina Member", "They sent a file."), ("open", "Mina Member", "")]


def test_it_leads_back_to_where_the_form_stood(member_client, action):
    response = member_client.post("/actions/A1/", {"finish": "1", "next": "/me/"})
    assert (response.status_code, response["Location"]) == (302, "/me/")


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "\x00", "x" * 100_000])
def test_it_leads_nowhere_else(member_client, action, address):
    response = member_client.post("/actions/A1/", {"finish": "1", "next": address})
    assert (response.status_code, response["Location"]) == (302, "/actions/A1/")


def test_somebody_else_was_quicker(member_client, action):
    action.finish(now=factories.at(date(2026, 3, 2)), by=None)
    response = member_client.post("/actions/A1/", {"note": "All sent.", "finish": "1"}, follow=True)
    assert "A1 was already done, 2 March 2026; your words were added." in words_of(response)
    response = member_client.post("/actions/A1/", {"finish": "1"}, follow=True)
    assert "A1 was already done, 2 March 2026; nothing was changed." in words_of(response)
    assert said(action) == [("done", None, ""), ("", "Mina Member", "All sent.")]
    action.refresh_from_db()
    assert action.ended_on == date(2026, 3, 2)


def test_a_button_pressed_twice_says_it_once(member_client, action):
    for verb in ("comment", "comment", "finish", "finish"):
        member_client.post("/actions/A1/", {"note": "Sent.", verb: "1"})
    assert said(action) == [("", "Mina Member", "Sent."), ("done", "Mina Member", "Sent.")]


# --- who may ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["comment", "finish", "reopen", "drop"])
def test_another_members_action_is_not_changed(other_member, action, verb):
    response = client_of(other_member).post("/actions/A1/", {"note": "My words", verb: "1"})
    assert response.status_code == 403
    assert "A1 is not your action: nothing was saved." in words_of(response)
    assert "What you wrote My words" in words_of(response)
    assert said(action) == []


def test_whoever_is_not_logged_in_any_more_keeps_their_words(anonymous_client, action):
    response = anonymous_client.post("/actions/A1/", {"note": "My words", "finish": "1"})
    assert response.status_code == 403
    words = words_of(response)
    assert "You are no longer logged in" in words
    assert "Note: My words" in words
    assert said(action) == []


def test_a_member_whose_membership_ended_meanwhile_changes_nothing(member, member_client, action):
    member.person.memberships.update(end_date=date(2026, 3, 2))
    response = member_client.post("/actions/A1/", {"note": "My words", "finish": "1"})
    assert response.status_code == 403
    assert "My words" in words_of(response)
    assert said(action) == []


@pytest.mark.parametrize(
    ("owners", "codes"),
    [
        (["everyone"], {"comment": 302, "finish": 403, "reopen": 403, "drop": 403}),
        (["IT at the council"], {"comment": 302, "finish": 403, "reopen": 403, "drop": 403}),
        ([], {"comment": 302, "finish": 403, "reopen": 403, "drop": 403}),
        ([Membership.Role.CHAIR], {"comment": 403, "finish": 403, "reopen": 403, "drop": 403}),
        (["Ada"], {"comment": 403, "finish": 403, "reopen": 403, "drop": 403}),
        (["Ada", "Mina"], {"comment": 302, "finish": 302, "reopen": 302, "drop": 403}),
        (["Ada", "everyone"], {"comment": 302, "finish": 403, "reopen": 403, "drop": 403}),
        (["Ada", "IT at the council"], {"comment": 403, "finish": 403, "reopen": 403, "drop": 403}),
    ],
)
def test_what_a_member_may_do_follows_from_its_owners(member, member_client, secretary_client, owners, codes):
    people = {"Ada": factories.make_person("Ada Birch"), "Mina": member.person}
    action = owned_by(*(people.get(owner, owner) for owner in owners))
    path = action.get_absolute_url()
    assert {verb: member_client.post(path, {"note": "So", verb: "1"}).status_code for verb in codes} == codes
    assert {secretary_client.post(path, {"note": "So", verb: "1"}).status_code for verb in codes} == {302}


def test_an_office_owns_for_whoever_holds_it_today(member, member_client):
    action = owned_by(Membership.Role.CHAIR)
    membership = member.person.memberships.get()
    membership.role = "chair"
    membership.save()
    assert member_client.post(action.get_absolute_url(), {"finish": "1"}).status_code == 302
    membership.role = "treasurer"
    membership.save()
    assert member_client.post(action.get_absolute_url(), {"reopen": "1"}).status_code == 403
    assert said(action) == [("done", "Mina Member", "")]


def test_the_secretary_drops_and_an_administrator_is_one_without_a_name(admin, secretary_client, action):
    assert "Drop A1" in words_of(secretary_client.get("/actions/A1/"))
    assert "A1 is dropped." in words_of(secretary_client.post("/actions/A1/", {"drop": "1"}, follow=True))
    assert client_of(admin).post("/actions/A1/", {"reopen": "1"}).status_code == 302
    assert said(action) == [("dropped", "Sefa Secretary", ""), ("open", None, "")]


# --- bad input -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "case",
    [
        ({"note": "", "comment": "1"}, "Nothing was saved: write a few words on how it goes.", 422),
        ({"note": " \n\t ", "comment": "1"}, "Nothing was saved: write a few words on how it goes.", 422),
        ({"comment": "1"}, "Nothing was saved: write a few words on how it goes.", 422),
        ({"note": "\x00\x07", "comment": "1"}, "Nothing was saved: write a few words on how it goes.", 422),
        ({"note": "So"}, "Nothing was saved: press one of the buttons below.", 422),
        ({"note": "So", "burn": "1"}, "Nothing was saved: press one of the buttons below.", 422),
        (
            {"note": "x" * 100_000, "finish": "1"},
            "These are 100,000 characters; 4,000 is the most. Nothing was saved",
            422,
        ),
        ({"note": "So", "drop": "1"}, "Only the secretary can drop an action: nothing was saved.", 403),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_bad_input_is_said_and_nothing_is_lost(member_client, action, headers, case):
    data, words, code = case
    response = member_client.post("/actions/A1/", {**data, "next": "/me/"}, **headers)
    assert response.status_code == code
    assert words in words_of(response)
    assert data.get("note", "").strip("\x00\x07 \n\t") in response.text
    assert 'name="next" value="/me/"' in response.text
    assert ("<main" in response.text) is (not headers)
    assert said(action) == []


def test_html_is_text(member_client, action):
    response = member_client.post("/actions/A1/", {"note": "<script>x</script>", "comment": "1"}, follow=True)
    assert "&lt;script&gt;x&lt;/script&gt;" in response.text
    assert "<script>x" not in response.text


def test_characters_that_no_text_holds_are_left_out_and_it_says_so(member_client, action):
    response = member_client.post(
        "/actions/A1/", {"note": "Se\x00nt\u202e.\r\nAll of it.", "comment": "1"}, follow=True
    )
    assert "Your update of A1 is saved. Some invisible characters were left out." in words_of(response)
    assert said(action) == [("", "Mina Member", "Sent.\nAll of it.")]


def test_other_methods_are_refused(member_client, action):
    assert member_client.put("/actions/A1/").status_code == 405


# --- with htmx -------------------------------------------------------------------------------------------------------


def test_htmx_gets_the_card_with_the_news_in_focus(member_client, action):
    response = member_client.post("/actions/A1/", {"note": "Sent.", "finish": "1", "next": "/me/"}, **HTMX)
    assert response.status_code == 200
    assert "<main" not in response.text
    assert 'role="status" tabindex="-1" autofocus>A1 is marked as done.' in response.text
    assert 'id="action-1"' in response.text
    assert "Open again" in response.text
    assert 'name="next" value="/me/"' in response.text
    assert "HX-Request" in response["Vary"]
    assert json.loads(response["HX-Trigger"]) == {"action-changed": {}}
    assert said(action) == [("done", "Mina Member", "Sent.")]


def test_htmx_shows_a_refusal_in_the_cards_place(other_member, action):
    response = client_of(other_member).post("/actions/A1/", {"note": "My words", "finish": "1"}, **HTMX)
    assert response.status_code == 403
    headers = [response[name] for name in ("HX-Retarget", "HX-Reselect", "HX-Reswap")]
    assert headers == ["#action-1", "#action-1", "outerHTML"]
    assert "What you wrote My words" in words_of(response)


# --- cost ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(member, member_client, django_assert_num_queries, rows):
    action = owned_by(member.person)
    for number in range(rows):
        person = factories.make_person(f"Ada Birch {number}")
        action.owners.create(person=person, as_minuted="AB", position=number + 1)
        action.comment(now=factories.at(date(2026, 2, number + 1)), by=person, note=f"Word {number}")
        meeting = factories.make_meeting(on=date(2026, 2, number + 1))
        heard = ActionUpdate.objects.create(action=action, on=meeting.on, note=f"Heard {number}", is_draft=True)
        factories.make_line(meeting, heard.note, kind=Kind.REVIEW, action=action, heard=heard)
        factories.make_minutes(meeting)
    with django_assert_num_queries(9):
        response = member_client.get(action.get_absolute_url())
    assert f"Heard {rows - 1}" in words_of(response)


def test_arising_are_open_ones_and_those_that_ended_after_the_meeting(action):
    day = date(2026, 2, 25)
    for text, ended in (("before", date(2026, 2, 24)), ("after", date(2026, 2, 26)), ("that evening", day)):
        factories.make_action(text).finish(now=factories.at(ended), by=None)
    heard = factories.make_action("heard there")
    heard.updates.create(on=day, status="done")
    heard.settle(now=factories.NOW)
    factories.make_action("open")
    others = Action.objects.exclude(pk=action.pk)
    assert set(others.arising(since=day).values_list("text", flat=True)) == {"open", "after", "that evening"}
    assert set(others.arising(since=None).values_list("text", flat=True)) == {"open"}


def test_withdrawn_notes_take_their_words_along(anonymous_client, action):
    publishing.withdraw(minutes=action.lines.get(kind=Kind.REVIEW).meeting.minutes, now=factories.NOW)
    assert "They have not answered." not in words_of(anonymous_client.get("/actions/A1/"))


@pytest.mark.parametrize("following", ["zzz", "a b", "%", "desk", "http://[", "//elsewhere.example/"])
def test_it_goes_back_to_a_page_of_this_site_alone(member_client, action, following):
    response = member_client.post("/actions/A1/", {"comment": "", "note": "Wrote.", "next": following})
    assert (response.status_code, response["Location"]) == (302, "/actions/A1/")
