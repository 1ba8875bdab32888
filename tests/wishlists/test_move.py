"""The secretary says how a want stands."""

from datetime import date

import pytest
import time_machine

from tests import factories
from tests.pages import words_of
from wishlists.models import Entry, EntryUpdate

pytestmark = pytest.mark.django_db
ASKED = {"status": "asked", "way": "foi", "on": "2026-03-03", "text": "Sent to parks."}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(factories.at(date(2026, 3, 10)), tick=False):
        yield


@pytest.fixture
def want(member):
    return factories.make_added_entry(member.person, raised_on=date(2026, 1, 28))


def move(client, **changes):
    return client.post("/wishlists/D1/move/", ASKED | changes, follow=True)


def test_it_is_moved_through_its_life(secretary_client, secretary, want):
    response = move(secretary_client)
    assert response.redirect_chain == [("/wishlists/D1/#life", 302)]
    assert "D1 is now “asked for”, since 3 March 2026." in words_of(response)
    assert "3 March 2026 Sefa Secretary Asked for by a Freedom of Information request Sent to parks." in words_of(
        response
    )
    for status in ("promised", "released", "refused", "wanted"):
        move(secretary_client, status=status, way="", on="2026-03-10", text="")
        assert Entry.objects.get().status == status
    first = EntryUpdate.objects.first()
    assert (first.by, first.way, first.on, first.note) == (secretary.person, "foi", date(2026, 3, 3), "Sent to parks.")
    assert first.made_at == factories.at(date(2026, 3, 10))
    assert Entry.objects.get().history.first().history_user == secretary


def test_an_administrator_who_is_no_person_moves_it_too(client, admin, want):
    client.force_login(admin)
    move(client)
    assert EntryUpdate.objects.get().by is None


def test_a_button_pressed_twice_says_it_once(secretary_client, want):
    for _ in range(2):
        move(secretary_client)
    assert EntryUpdate.objects.count() == 1


def test_what_was_said_of_an_earlier_day_does_not_undo_a_later_one(secretary_client, want):
    move(secretary_client, on="2026-03-05")
    response = move(secretary_client, status="refused", way="", on="2026-03-01")
    assert "Saved. D1 is still “asked for”: that was said of a later day." in words_of(response)
    assert Entry.objects.get().status == "asked"


def test_a_word_alone_moves_nothing(secretary_client, want):
    response = move(secretary_client, status="", way="", text="They are slow.")
    assert "Your words on D1 are saved." in words_of(response)
    assert Entry.objects.get().status == "wanted"
    assert EntryUpdate.objects.get().note == "They are slow."


def test_the_page_offers_today(secretary_client, want):
    assert 'value="2026-03-10"' in secretary_client.get("/wishlists/D1/").text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"on": "2026-03-11"}, "That day is still to come: give the day on which it happened."),
        ({"on": "2026-01-27"}, "That is before it was first wanted, on 28 January 2026."),
        ({"on": ""}, "Give the day."),
        ({"on": "2026-02-30"}, "Write a day that exists, such as 3/4/2026."),
        ({"on": "\x00"}, "Write a day that exists, such as 3/4/2026."),
        ({"status": "lost"}, "Choose one of the states listed."),
        ({"way": "owl"}, "Choose one of the ways listed."),
        ({"status": "promised"}, "A way of asking goes with “Asked for”: choose that state, or no way."),
        ({"status": "", "way": "", "text": ""}, "Nothing was saved: choose how it stands, or write a few words."),
        ({"text": "w" * 100_000}, "These are 100,000 characters; 4,000 is the most."),
    ],
)
def test_bad_input_comes_back_with_a_word_on_what_to_do(secretary_client, want, changes, message):
    response = secretary_client.post("/wishlists/D1/move/", ASKED | changes)
    assert response.status_code == 422
    assert message in words_of(response)
    assert f"\n{(ASKED | changes)['text']}</textarea>" in response.text
    assert not EntryUpdate.objects.exists()


def test_only_the_secretary_moves_it_and_only_a_want(anonymous_client, member_client, secretary_client, want):
    factories.make_entry()
    assert member_client.post("/wishlists/D1/move/", ASKED).status_code == 403
    anonymous_client.post("/wishlists/D1/move/", ASKED)
    assert secretary_client.post("/wishlists/D2/move/", ASKED).status_code == 403
    assert secretary_client.post("/wishlists/D9/move/", ASKED).status_code == 404
    assert secretary_client.get("/wishlists/D1/move/").status_code == 405
    assert not EntryUpdate.objects.exists()


def test_the_form_as_it_stands_moves_nothing(secretary_client, want):
    page = secretary_client.get("/wishlists/D1/")
    form = page.context["move_form"]
    assert form["status"].value() in {"", None}
    response = move(secretary_client, status="", way="", text="")
    assert response.status_code == 422
    assert not want.updates.exists()
