"""A member enters data that they used or want."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from meetings import publishing, recording
from tests import factories
from tests.pages import options_of, words_of
from wishlists.models import Entry
from wmodf import entering

pytestmark = pytest.mark.django_db
ADDRESS = "/wishlists/add/"
WANT = {"kind": "wants", "text": "Tree positions", "dataset": ""}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(factories.at(date(2026, 3, 10)), tick=False):
        yield


def test_it_is_theirs_and_members_read_it_at_once(
    member_client, anonymous_client, secretary_client, member, other_member
):
    council = factories.make_organisation("Elmbridge Council")
    member.person.memberships.update(on_behalf_of=council)
    trees = factories.make_dataset("Trees of Elmbridge")
    assert "members at once, with your name and Elmbridge Council." in words_of(member_client.get(ADDRESS))
    response = member_client.post(ADDRESS, WANT | {"dataset": trees.pk}, follow=True)
    assert response.redirect_chain == [("/wishlists/D1/", 302)]
    assert "D1 is in the register. Members can read it." in words_of(response)
    entry = Entry.objects.get()
    assert (entry.person, entry.added_by, entry.person_name) == (member.person, member.person, "Mina Member")
    assert (entry.kind, entry.status, entry.text, entry.dataset) == ("wants", "wanted", "Tree positions", trees)
    assert (entry.organisation, entry.raised_on) == (council, date(2026, 3, 10))
    assert entry.history.get().history_user == member
    client = Client()
    client.force_login(other_member)
    assert "Tree positions" in words_of(client.get("/wishlists/"))
    assert "Tree positions" in words_of(secretary_client.get("/wishlists/"))
    assert "Tree positions" not in words_of(anonymous_client.get("/wishlists/"))
    assert anonymous_client.get("/wishlists/D1/").status_code == 404


def test_data_used_has_no_state(member_client, member):
    member_client.post(ADDRESS, WANT | {"kind": "used"})
    assert (Entry.objects.get().kind, Entry.objects.get().status) == ("used", "")


def test_everyone_reads_it_once_circulated_notes_name_it(member_client, anonymous_client, member):
    member.person.public_name = "initials"
    member.person.save()
    assert "the public then sees you as MM." in words_of(member_client.get(ADDRESS))
    member_client.post(ADDRESS, WANT | {"text": "Mina Member's trees"})
    meeting = factories.make_meeting(on=date(2026, 3, 25))
    text = "Present: Mina Member\n\n1. Round-table\n\nMM: Wants: Mina Member's trees [D1]\n"
    recorded = recording.record(meeting=meeting, text=text, answers={}, base_revision=0, now=factories.NOW)
    assert anonymous_client.get("/wishlists/D1/").status_code == 404
    publishing.circulate(minutes=recorded.minutes, now=factories.NOW)
    assert Entry.objects.count() == 1
    words = words_of(anonymous_client.get("/wishlists/D1/"))
    assert "Data wanted: D1 MM's trees" in words
    assert "Mina" not in words


def test_a_button_pressed_twice_adds_it_once(member_client, member, other_member):
    member_client.post(ADDRESS, WANT)
    response = member_client.post(ADDRESS, WANT | {"text": " tree  POSITIONS."}, follow=True)
    assert response.redirect_chain == [("/wishlists/D1/", 302)]
    assert "You have said this already: it is D1. Nothing was added." in words_of(response)
    assert Entry.objects.count() == 1


def test_other_kind_other_person_or_withdrawn_is_another(member_client, member, other_member):
    member_client.post(ADDRESS, WANT)
    member_client.post(ADDRESS, WANT | {"kind": "used"})
    client = Client()
    client.force_login(other_member)
    client.post(ADDRESS, WANT)
    Entry.objects.get(number=1).withdraw(now=factories.NOW)
    member_client.post(ADDRESS, WANT)
    assert Entry.objects.count() == 4


def test_words_of_a_draft_that_the_member_must_not_know_of_are_not_answered_by_it(member_client, member):
    factories.make_entry(WANT["text"], kind="wants", person=member.person)
    response = member_client.post(ADDRESS, WANT, follow=True)
    assert response.redirect_chain == [("/wishlists/D2/", 302)]


def test_datasets_offered_are_those_that_a_member_may_know_of(member_client, member):
    factories.make_dataset("Unused")
    factories.make_added_entry(member.person, dataset=factories.make_dataset("Shown"))
    hidden = factories.make_dataset("Hidden")
    factories.make_entry("Draft", dataset=hidden)
    assert options_of(member_client.get(ADDRESS), "dataset") == {"Unused", "Shown"}
    response = member_client.post(ADDRESS, WANT | {"text": "More", "dataset": hidden.pk})
    assert response.status_code == 422
    assert "Choose one of the datasets listed." in words_of(response)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": ""}, "Choose one of the two."),
        ({"kind": "needs"}, "Choose “I used it” or “I want it”."),
        ({"text": " \n "}, "Say which data it is."),
        ({"text": "\x00\x01"}, "Say which data it is."),
        ({"text": "…?!"}, "There is no word in this: say it in words."),
        ({"text": "w" * 100_000}, "These are 100,000 characters; 4,000 is the most."),
        ({"dataset": "99"}, "Choose one of the datasets listed."),
        ({"dataset": "\x00"}, "Null characters are not allowed."),
    ],
)
def test_bad_input_comes_back_with_a_word_on_what_to_do(member_client, changes, message):
    response = member_client.post(ADDRESS, WANT | changes)
    assert response.status_code == 422
    assert message in words_of(response)
    assert "Nothing was saved: see what to change below." in words_of(response)
    assert f"\n{(WANT | changes)['text']}</textarea>" in response.text
    assert not Entry.objects.exists()


def test_an_empty_form_is_answered_too(member_client):
    assert member_client.post(ADDRESS, {}).status_code == 422


def test_characters_that_no_text_holds_are_left_out_and_that_is_said(member_client):
    response = member_client.post(ADDRESS, WANT | {"text": "<b>Trees</b>\x00\r\nand \u202ebushes"}, follow=True)
    assert Entry.objects.get().text == "<b>Trees</b>\nand bushes"
    assert "Some invisible characters were left out." in words_of(response)
    assert "&lt;b&gt;Trees&lt;/b&gt;" in response.text


def test_it_needs_a_member(anonymous_client, client, admin, member_client, member):
    assert anonymous_client.post(ADDRESS, WANT).status_code in {302, 403}
    client.force_login(admin)
    assert client.post(ADDRESS, WANT).status_code == 403
    member.person.memberships.update(end_date=date(2026, 3, 9))
    assert member_client.post(ADDRESS, WANT).status_code in {302, 403}
    assert not Entry.objects.exists()


def test_a_failure_half_way_leaves_nothing(member, monkeypatch):
    def fail(**kwargs):
        raise RuntimeError

    monkeypatch.setattr(publishing, "show_records", fail)
    said = {"kind": "wants", "text": "Trees", "dataset": None, "organisation": None}
    with pytest.raises(RuntimeError):
        entering.add_entry(user=member, person=member.person, now=factories.NOW, **said)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(member_client, member, django_assert_num_queries, rows):
    for number in range(rows):
        factories.make_dataset(f"Dataset {number}")
    with django_assert_num_queries(6):
        member_client.get(ADDRESS)
