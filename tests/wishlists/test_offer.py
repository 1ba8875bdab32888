"""Offering the data that somebody wants."""

import pytest

from tests import factories
from tests.pages import words_of
from wishlists.models import Support

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def want(other_member):
    return factories.make_added_entry(other_member.person)


def test_it_is_made_changed_and_taken_back(member_client, member, want):
    response = member_client.post("/wishlists/D1/offer/", {"text": "In our depot."}, follow=True)
    assert response.redirect_chain == [("/wishlists/D1/#support", 302)]
    assert "Thank you: members now read your offer." in words_of(response)
    assert "In our depot. Mina Member" in words_of(response)
    made_at = Support.objects.get().made_at
    response = member_client.post("/wishlists/D1/offer/", {"text": "On our site."}, follow=True)
    assert "Your offer is changed." in words_of(response)
    support = Support.objects.get()
    assert (support.person, support.kind, support.note) == (member.person, "offer", "On our site.")
    assert support.made_at == made_at
    response = member_client.post("/wishlists/D1/offer/take-back/", follow=True)
    assert "Your offer is taken back." in words_of(response)
    assert not Support.objects.exists()


def test_with_htmx_the_section_comes_alone(member_client, want):
    response = member_client.post("/wishlists/D1/offer/", {"text": "In our depot."}, **HTMX)
    assert response.text.lstrip().startswith('<section class="support" id="support"')
    assert "In our depot. Mina Member" in words_of(response)
    response = member_client.post("/wishlists/D1/offer/", {"text": " "}, **HTMX)
    assert response.status_code == 422
    assert response.text.lstrip().startswith('<section class="support" id="support"')
    assert "Say what you have and how to get it." in words_of(response)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Say what you have and how to get it."),
        ("\x00\x07", "Say what you have and how to get it."),
        ("- ! -", "There is no word in this: say it in words."),
        ("w" * 100_000, "These are 100,000 characters; 4,000 is the most. Nothing was saved: shorten them."),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_bad_words_come_back_with_a_word_on_what_to_do(member_client, want, text, message, headers):
    response = member_client.post("/wishlists/D1/offer/", {"text": text}, **headers)
    assert response.status_code == 422
    assert message in words_of(response)
    assert f"\n{text}</textarea>" in response.text
    assert "open>" in response.text
    assert not Support.objects.exists()


def test_characters_that_no_text_holds_are_left_out_and_that_is_said(member_client, want):
    response = member_client.post("/wishlists/D1/offer/", {"text": "In our\x00 \u202edepot.\r\nAsk."}, follow=True)
    assert Support.objects.get().note == "In our depot.\nAsk."
    assert "Some invisible characters were left out." in words_of(response)


def test_what_was_withdrawn_meanwhile_needs_no_offer(member_client, want):
    want.withdraw(now=factories.NOW)
    response = member_client.post("/wishlists/D1/offer/", {"text": "Ask the library."})
    assert response.status_code == 422
    assert "Nothing was saved: D1 was withdrawn" in words_of(response)
    assert "Ask the library." in response.text
    assert not Support.objects.exists()
