"""A member changes the words of their own entry."""

from datetime import date

import pytest

from tests import factories
from tests.pages import words_of
from wishlists.models import Entry
from wmodf.lib.models import digest

pytestmark = pytest.mark.django_db
ADDRESS = "/wishlists/D1/change/"


@pytest.fixture
def own(member):
    return factories.make_added_entry(member.person, "Tree positions")


@pytest.fixture
def minuted(member):
    """The member's own want, raised by circulated notes."""
    member.person.public_name = "member"
    member.person.save()
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    entry = factories.make_entry("Tree positions", kind="wants", meeting=meeting, person=member.person)
    factories.make_minutes(meeting)
    return entry


def change(client, text, *, seen="Tree positions", **options):
    return client.post(ADDRESS, {"text": text, "seen": digest(seen)}, **options)


def test_new_words_take_the_place_of_the_old(member_client, member, own):
    page = member_client.get(ADDRESS)
    assert "members at once, and everyone once circulated notes name it." in words_of(page)
    assert f'value="{digest(own.text)}"' in page.text
    response = change(member_client, "Positions of all street trees", follow=True)
    assert response.redirect_chain == [("/wishlists/D1/", 302)]
    assert "The new words of D1 are saved." in words_of(response)
    entry = Entry.objects.get()
    assert (entry.text, entry.is_circulated, entry.is_public) == ("Positions of all street trees", True, False)
    history = list(entry.history.values_list("text", "history_user"))
    assert history == [("Positions of all street trees", member.pk), ("Tree positions", None)]


def test_the_notes_keep_their_words_and_the_register_shows_the_new_ones(member_client, anonymous_client, minuted):
    words = words_of(member_client.get(ADDRESS))
    assert "everyone, at once. The notes of the meetings keep the words as minuted" in words
    change(member_client, "Street trees, as Mina Member says")
    page = words_of(anonymous_client.get("/wishlists/D1/"))
    assert "Data wanted: D1 Street trees, as a member says" in page
    assert "28 January 2026 Tree positions" in page
    assert "Tree positions" in words_of(anonymous_client.get("/meetings/2026-01-28/"))
    assert "Street trees, as a member says" in words_of(anonymous_client.get("/wishlists/"))


def test_of_two_changes_at_once_the_second_is_shown_both_texts(member_client, own):
    change(member_client, "The first words")
    response = change(member_client, "The second words")
    assert response.status_code == 409
    assert "The words were changed since you opened this page , so yours were not saved." in words_of(response)
    assert "\nThe first words</textarea>" in response.text
    assert "\nThe second words</textarea>" in response.text
    assert Entry.objects.get().text == "The first words"
    assert f'value="{digest("The first words")}"' in response.text
    assert change(member_client, "The second words", seen="The first words").status_code == 302
    assert Entry.objects.get().text == "The second words"


@pytest.mark.parametrize("seen", ["", "forged", "x" * 64])
def test_a_forged_digest_overwrites_nothing(member_client, own, seen):
    assert member_client.post(ADDRESS, {"text": "Mine", "seen": seen}).status_code == 409
    assert Entry.objects.get().text == "Tree positions"


def test_a_button_pressed_twice_changes_it_once(member_client, own):
    change(member_client, "New words")
    response = change(member_client, "New words", follow=True)
    assert "The words of D1 are as they were." in words_of(response)
    assert Entry.objects.get().history.count() == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Say which data it is."),
        ("\x00", "Say which data it is."),
        ("!", "There is no word in this: say it in words."),
        ("w" * 100_000, "These are 100,000 characters; 4,000 is the most."),
    ],
)
def test_bad_words_come_back_with_a_word_on_what_to_do(member_client, own, text, message):
    response = change(member_client, text)
    assert response.status_code == 422
    assert message in words_of(response)
    assert f"\n{text}</textarea>" in response.text
    assert f'value="{digest("Tree positions")}"' in response.text
    assert Entry.objects.get().text == "Tree positions"


def test_anothers_is_403_and_an_unknown_one_404(client, other_member, secretary, admin, own):
    factories.make_entry("Drafted", person=other_member.person)
    for user in (other_member, secretary, admin):
        client.force_login(user)
        assert client.get(ADDRESS).status_code == 403
        assert change(client, "Mine now").status_code == 403
    client.force_login(other_member)
    for number in (2, 99):
        assert client.post(f"/wishlists/D{number}/change/", {"text": "Mine"}).status_code == 404
    assert Entry.objects.get(number=1).text == "Tree positions"


def test_strangers_change_nothing(anonymous_client, minuted):
    change(anonymous_client, "Theirs")
    assert Entry.objects.get().text == "Tree positions"
