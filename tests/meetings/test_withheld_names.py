"""The secretary's pages of names withheld and of the places that may still name somebody."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from meetings.models import Mention, StandingItem
from meetings.names import renaming
from tests import factories
from tests.factories import NOW
from tests.pages import words_of

pytestmark = pytest.mark.django_db

NAMES = "/admin/meetings/meeting/names/"
QUERIES, LIST_QUERIES = 33, 7


@pytest.fixture
def nora(group):
    return factories.make_person("Nora Bramwell", role="")


def archive(nora, count=2):
    for number in range(count):
        meeting = factories.make_meeting(on=date(2026, 1, 28) + timedelta(days=28 * number))
        factories.make_line(meeting, "It rained. Nora spoke of trees. Then Bramwel left.")
        factories.make_minutes(meeting)
    renaming.choose(person=nora, public_name="member", now=NOW)
    return f"{NAMES}{nora.pk}/"


def told():
    return sorted(Mention.objects.values_list("words", "is_them"))


def test_the_list_says_who_withholds_and_what_waits(secretary_client, nora):
    assert "Nobody withholds their name." in words_of(secretary_client.get(NAMES))
    page = archive(nora)
    response = secretary_client.get(NAMES)
    assert "Nora Bramwell : the public sees “a member”. 4 places wait." in words_of(response)
    assert page in response.text


def test_each_place_stands_with_its_sentence_and_meeting(secretary_client, nora):
    response = secretary_client.get(archive(nora))
    words = words_of(response)
    assert "Nora spoke of trees." in words
    assert "It rained." not in words
    assert "meeting of 25 February 2026" in words
    assert "<mark>Bramwel</mark>" in response.text
    assert "no-store" in response["Cache-Control"]


def test_what_is_ticked_is_taken_out(secretary, secretary_client, nora):
    page = archive(nora)
    first = Mention.objects.filter(words="Nora").first()
    response = secretary_client.post(page, {"verb": "them", "mention": [first.pk]}, follow=True)
    assert "in 1 place everyone now reads “a member”" in words_of(response)
    assert first.meeting.lines.get().public_text == "It rained. a member spoke of trees. Then Bramwel left."
    first.refresh_from_db()
    assert (first.is_them, first.by) == (True, secretary)
    answered = words_of(secretary_client.get(page, {"state": "answered"}))
    assert "Means them: taken out." in answered
    secretary_client.post(f"{page}?state=answered", {"verb": "not-them", "mention": [first.pk]})
    assert "Nora spoke" in first.meeting.lines.get().public_text


def test_all_places_of_some_words_are_answered_at_once(secretary_client, nora):
    page = archive(nora, 3)
    assert "“Nora” (3)" in words_of(secretary_client.get(page))
    secretary_client.post(f"{page}?words=Nora", {"verb": "all-them"})
    assert told() == [("Bramwel", None)] * 3 + [("Nora", True)] * 3
    secretary_client.post(f"{page}?words=Bramwel", {"verb": "all-not-them"})
    assert told() == [("Bramwel", False)] * 3 + [("Nora", True)] * 3
    assert "Nothing waits" in words_of(secretary_client.get(page))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"verb": "them"}, "Tick the places first."),
        ({"verb": "all-them"}, "Choose some words first"),
        ({"verb": "them", "mention": ["0"]}, "Some of these places are gone"),
        ({"verb": "them", "mention": ["x"]}, "Some of these places are gone"),
        ({"looking": "a"}, "Write two letters or more."),
    ],
)
def test_what_can_t_be_taken_says_why(secretary_client, nora, sent, said):
    response = secretary_client.post(archive(nora), sent)
    assert response.status_code == 422
    assert said in words_of(response)
    assert {is_them for _, is_them in told()} == {None}


def test_of_two_secretaries_the_second_is_told(secretary_client, nora):
    page = archive(nora)
    sent = {"verb": "them", "mention": list(Mention.objects.values_list("pk", flat=True))}
    assert secretary_client.post(page, sent).status_code == 302
    assert secretary_client.post(page, {**sent, "verb": "not-them"}).status_code == 422
    assert {is_them for _, is_them in told()} == {True}


def test_other_words_are_looked_for(secretary_client, nora):
    page = archive(nora)
    meeting = factories.make_meeting(on=date(2025, 1, 29), title="Lunch with Chips")
    event = factories.make_event("The CHIPS party", published=True)
    response = secretary_client.post(page, {"looking": " chips "}, follow=True)
    assert "2 places are added to the list." in words_of(response)
    assert ("Chips", None) in told()
    secretary_client.post(f"{page}?words=Chips", {"verb": "all-them"})
    secretary_client.post(f"{page}?words=CHIPS", {"verb": "all-them"})
    meeting.refresh_from_db()
    event.refresh_from_db()
    assert (meeting.public_title, event.public_title) == ("Lunch with a member", "The a member party")
    again = secretary_client.post(page, {"looking": "chips"}, follow=True)
    assert "“chips” stands nowhere that everyone reads, or is answered already." in words_of(again)


def test_what_the_secretary_must_change_by_hand_is_listed(secretary_client, nora):
    page = archive(nora)
    assert "To change by hand" not in words_of(secretary_client.get(page))
    factories.make_organisation("Nora Bramwell Mapping")
    factories.make_dataset("Trees", url="https://x.example/nora_bramwell/trees")
    StandingItem.objects.create(title="Report of Nora Bramwell", position=1)
    words = words_of(secretary_client.get(page))
    for said in ("Nora Bramwell Mapping", "Trees", "Report of Nora Bramwell"):
        assert said in words.partition("To change by hand")[2]


def test_somebody_named_in_full_has_no_such_page(secretary_client, nora):
    page = archive(nora)
    renaming.choose(person=nora, public_name="full", now=NOW)
    assert secretary_client.get(page).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_more_places_take_no_more_queries(secretary_client, nora, django_assert_num_queries, rows):
    page = archive(nora, rows)
    factories.make_event("Nora’s party", published=True)
    secretary_client.get(page)
    with django_assert_num_queries(QUERIES):
        secretary_client.get(page)


@pytest.mark.parametrize("rows", [1, 3])
def test_more_people_take_no_more_queries(secretary_client, group, django_assert_num_queries, rows):
    for number in range(rows):
        factories.make_person(f"Nora Bram{'x' * number}well", public_name="member")
    secretary_client.get(NAMES)
    with django_assert_num_queries(LIST_QUERIES):
        secretary_client.get(NAMES)


def test_the_pages_are_reached_from_the_desk(secretary_client, nora):
    page = archive(nora)
    assert page in secretary_client.get("/desk/").text
    assert reverse("admin:meetings_meeting_names") == NAMES
