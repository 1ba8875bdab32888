"""meetings.names.renaming: how the public sees somebody, everywhere and back through the archive."""

import json
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.test import Client

from actions.models import Action, ActionOwner
from meetings import composing, publishing, recording
from meetings.events import publishing as event_publishing
from meetings.minutes.structure import Kind
from meetings.models import Attendance, Change, Event, Meeting, Mention, MinuteLine
from meetings.names import renaming
from members.models import Person
from tests import factories
from tests.factories import NOW
from wishlists.models import Entry

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)
NAME = "Nora Bramwell"


@pytest.fixture
def nora(group):
    return factories.make_person(NAME, role="")


def choose(person, public_name):
    return renaming.choose(person=person, public_name=public_name, now=LATER)


def answer(*words, is_them=True, by=None):
    mentions = list(Mention.objects.filter(words__in=words))
    assert mentions
    renaming.answer(mentions=mentions, is_them=is_them, by=by, now=LATER)


def asked():
    return sorted(Mention.objects.waiting().values_list("words", flat=True))


def sights():
    """All that publishing writes for the public: each `public_…` of each row, and the calendars' texts."""
    found = {}
    for model in apps.get_models():
        if model.__name__.startswith("Historical"):
            continue
        names = [field.name for field in model._meta.concrete_fields if field.name.startswith("public_")]
        names = [name for name in names if name not in {"public_name", "public_email"}]
        names += ["event"] if model in {Meeting, Event} else []
        for row in model.objects.values("pk", *names) if names else ():
            found |= {(model.__name__, row["pk"], name): row[name] for name in names}
    return found


def everywhere(person, words):
    """An archive of a few meetings with the words wherever people write."""
    for on in (date(2025, 11, 26), date(2026, 1, 28)):
        meeting = factories.make_meeting(
            on=on, title=f"{words}’s farewell", venue=f"At {words}’s, Hill Road", host_name=f"{words} & Co"
        )
        factories.make_attendance(meeting, "Bo Cole", note=words, role=f"for {words}", representing_name=f"{words} Ltd")
        factories.make_attendance(meeting, person)
        item = factories.make_item(meeting, f"Thanks to {words}")
        for kind in (Kind.PROSE, Kind.DECISION):
            factories.make_line(meeting, f"{words} spoke.", kind=kind, item=item)
        factories.make_action(f"{words} to ask", owners=[person], meeting=meeting)
        factories.make_entry(f"{words}’s counts", person=person, meeting=meeting)
        factories.make_agenda_item(meeting, f"{words} reports", note=words)
        factories.make_paper(meeting, f"Paper of {words}")
        factories.make_minutes(meeting)
        meeting.changes.create(kind="moved", was_on=on, reason=f"{words} is away", made_at=NOW)
        meeting.corrections.create(was=words, reads=words, reason=words, made_at=NOW)
        Meeting.objects.filter(pk=meeting.pk).update(agenda_published_at=NOW)
        publishing.show(meeting=meeting, now=NOW)
    factories.make_event(
        f"Party for {words}", place=f"{words}’s garden", description=f"{words} invites.", published=True
    )
    renaming.rename(now=NOW)


def test_a_choice_reaches_everything_and_goes_back_again(nora):
    everywhere(nora, NAME)
    before = sights()
    named = {place for place, words in before.items() if NAME in words}
    assert len(named) > 40
    assert choose(nora, "member")
    assert {place for place, words in sights().items() if "Bramwell" in words} == set()
    assert choose(nora, "initials")
    assert {place for place, words in sights().items() if "NB" in words} == named
    assert choose(nora, "full")
    assert sights() == before
    assert nora.history.count() == 4
    assert Person.objects.get(pk=nora.pk).public_name == "full"


def test_the_public_text_of_every_row_is_what_it_would_be_if_written_now(nora):
    everywhere(nora, "Nora")
    choose(nora, "member")
    answer("Nora")
    stored = sights()
    renaming.rename(now=LATER)
    assert sights() == stored
    assert {place for place, words in stored.items() if "Nora" in words} == set()
    assert len([place for place, words in stored.items() if "a member" in words]) > 40


def test_choosing_the_same_again_writes_nothing(nora):
    everywhere(nora, NAME)
    choose(nora, "member")
    before = sights(), nora.history.count(), Meeting.objects.get(on=date(2026, 1, 28)).sequence
    assert not choose(nora, "member")
    assert (sights(), nora.history.count(), Meeting.objects.get(on=date(2026, 1, 28)).sequence) == before


def test_members_go_on_reading_the_name(nora, member_client):
    everywhere(nora, NAME)
    choose(nora, "member")
    for address in ("/meetings/2026-01-28/", "/meetings/2026-01-28/minutes.txt", "/events/"):
        assert NAME in member_client.get(address).text, address
        assert "Bramwell" not in Client().get(address).text, address


def test_calendars_are_told_where_their_words_change(nora):
    named = factories.make_meeting(on=date(2026, 4, 1), title=f"Lunch with {NAME}")
    other = factories.make_meeting(on=date(2026, 5, 1))
    event = factories.make_event(f"Party for {NAME}", published=True)
    assert NAME in named.event
    choose(nora, "initials")
    assert [row.sequence for row in Meeting.objects.order_by("on")] == [named.sequence + 1, other.sequence]
    assert json.loads(Meeting.objects.get(pk=named.pk).event)["summary"] == "Lunch with NB"
    event.refresh_from_db()
    assert (json.loads(event.event)["summary"], event.sequence, event.revised_at) == ("Party for NB", 1, LATER)


@pytest.mark.parametrize("field", ["title", "venue", "host_name"])
def test_nobody_finds_a_withheld_name_by_the_words_of_a_heading(nora, field, member):
    factories.make_meeting(**{field: f"At {NAME}’s"})
    member.standing = member.standing_with(frozenset([""]))
    choose(nora, "member")
    assert not Meeting.objects.mentioning("Bramwell", user=None).exists()
    assert Meeting.objects.mentioning("Bramwell", user=member).exists()
    assert Meeting.objects.mentioning("member", user=None).exists()


def test_a_new_or_changed_meeting_is_published_without_the_name(nora):
    choose(nora, "initials")
    meeting = factories.make_meeting(title=f"For {NAME} and NB", host_name="NB Hall")
    assert (meeting.public_title, meeting.public_host_name) == ("For NB and NB", "NB Hall")
    choose(nora, "member")
    meeting = factories.make_meeting(on=date(2026, 6, 1), title="With NB", host_name="NB Hall", venue="NB’s house")
    assert (meeting.public_title, meeting.public_host_name, meeting.public_venue) == (
        "With a member", "NB Hall", "a member’s house",
    )  # fmt: skip
    meeting.venue = f"{NAME}’s"
    publishing.publish(meeting=meeting, now=LATER, changed=["venue"])
    assert Meeting.objects.get(pk=meeting.pk).public_venue == "a member’s"


def test_links_that_name_somebody_are_for_members(nora):
    link = "https://x.example/nora-bramwell"
    meeting = factories.make_meeting(joining_url=link, is_joining_url_public=True)
    event = factories.make_event("Party", link=link, published=True)
    assert (meeting.public_joining_url, event.public_link) == (link, link)
    choose(nora, "member")
    meeting.refresh_from_db()
    event.refresh_from_db()
    assert (meeting.public_joining_url, event.public_link, "nora" in meeting.event) == ("", "", False)


# --- words that the secretary confirmed -----------------------------------------------------------------------------


def told(meeting):
    return list(meeting.lines.order_by("position").values_list("public_text", flat=True))


def test_words_that_may_mean_somebody_are_asked_and_taken_out_once_confirmed(nora, secretary):
    meeting, other = factories.make_meeting(), factories.make_meeting(on=date(2026, 2, 25))
    for one in (meeting, other):
        factories.make_line(one, "Nora spoke, then Bramwel did; Nora Ash listened.")
        factories.make_minutes(one)
    factories.make_person("Nora Ash")
    assert asked() == []
    choose(nora, "member")
    assert asked() == ["Bramwel", "Bramwel", "Nora", "Nora"]
    here = list(Mention.objects.filter(meeting=meeting))
    renaming.answer(mentions=here, is_them=True, by=secretary, now=LATER)
    assert told(meeting) == ["a member spoke, then a member did; Nora Ash listened."]
    assert told(other) == ["Nora spoke, then Bramwel did; Nora Ash listened."]
    assert asked() == ["Bramwel", "Nora"]
    assert set(Mention.objects.answered().values_list("by", "made_at")) == {(secretary.pk, LATER)}


def test_what_does_not_mean_them_stays_and_is_not_asked_again(nora):
    meeting = factories.make_meeting()
    factories.make_line(meeting, "Nora spoke.")
    factories.make_minutes(meeting)
    choose(nora, "member")
    answer("Nora", is_them=False)
    renaming.rename(now=LATER)
    assert (told(meeting), asked()) == (["Nora spoke."], [])
    answer("Nora")
    assert told(meeting) == ["a member spoke."]


TEXT = (
    "Present: Ada Birch\n\n1. Thanks\nNora has moved the shelf.\nNora to ask the bus company\nNora: Used: tree counts\n"
)


def test_an_answer_holds_when_notes_are_recorded_again(nora):
    for name in ("Ada Birch", "Nora Ash"):  # of two Noras the notes' own reading means neither
        factories.make_person(name, role="")
    meeting = factories.make_meeting()
    minutes = recording.record(meeting=meeting, text=TEXT, now=NOW).minutes
    publishing.circulate(minutes=minutes, now=NOW)
    choose(nora, "member")
    answer("Nora")
    for text in (f"{text_of(meeting)}\nNora said so again.\n", f"{TEXT}Nora left.\n"):
        recording.record(meeting=meeting, text=text, now=LATER)
        assert [words for words in told(meeting) if "Nora" in words] == []
        public = Client().get(meeting.get_absolute_url()).text
        assert "Nora" not in public
        assert "Nora" not in Client().get(f"{meeting.get_absolute_url()}minutes.txt").text
    assert set(ActionOwner.objects.values_list("person", flat=True)) <= {nora.pk}
    unanswered = Entry.objects.exclude(lines=None).filter(person=None)
    assert "Nora" not in unanswered.values_list("person_name", flat=True)


def text_of(meeting):
    meeting.minutes.refresh_from_db()
    return meeting.minutes.text


def test_lists_with_confirmed_words_mean_the_person_from_then_on(nora):
    meeting = factories.make_meeting()
    row = factories.make_attendance(meeting, "Nora")
    action = factories.make_action("Ask", owners=["Nora"], meeting=meeting)
    both = factories.make_action("Tell", owners=[nora, "Nora"], meeting=meeting)
    entry = factories.make_entry("Counts", person_name="Nora", meeting=meeting)
    factories.make_minutes(meeting)
    choose(nora, "member")
    answer("Nora")
    for one in (row, action.owners.get(), both.owners.get(), entry):
        one.refresh_from_db()
        assert one.person == nora


def test_an_action_of_two_meetings_loses_the_words_in_both(nora):
    first, second = factories.make_meeting(), factories.make_meeting(on=date(2026, 2, 25))
    action = factories.make_action("Nora to ask", meeting=first)
    factories.make_line(second, "It goes on.", kind=Kind.REVIEW, action=action)
    for meeting in (first, second):
        factories.make_minutes(meeting)
    choose(nora, "member")
    assert set(Mention.objects.values_list("meeting", flat=True)) == {first.pk, second.pk}
    renaming.answer(mentions=list(first.mentions.all()), is_them=True, by=None, now=LATER)
    assert Action.objects.get().public_text == "a member to ask"
    assert asked() == []


def test_drafts_and_confidential_lines_are_neither_asked_nor_shown(nora):
    draft, kept = factories.make_meeting(), factories.make_meeting(on=date(2026, 2, 25))
    factories.make_line(draft, "Nora spoke.")
    factories.make_minutes(draft, circulated=False)
    factories.make_line(kept, "Nora left.", is_confidential=True)
    factories.make_minutes(kept)
    choose(nora, "member")
    assert asked() == []
    assert set(MinuteLine.objects.values_list("is_public", "public_text")) == {(False, "")}
    publishing.circulate(minutes=draft.minutes, now=LATER)
    assert asked() == ["Nora"]
    publishing.withdraw(minutes=draft.minutes, now=LATER)
    assert asked() == []


def test_events_are_asked_of_too(nora):
    event = factories.make_event("Nora’s party", place="At Bramwel’s", published=True)
    choose(nora, "initials")
    assert asked() == ["Bramwel", "Nora"]
    answer("Nora", "Bramwel")
    event.refresh_from_db()
    assert (event.public_title, event.public_place) == ("NB’s party", "At NB’s")
    event.title = "Nora’s last party"
    event_publishing.publish(event=event, now=LATER)
    assert (event.public_title, "Nora" in event.event) == ("NB’s last party", False)


def test_nothing_is_asked_of_somebody_who_is_named_again(nora):
    meeting = factories.make_meeting(title="Nora’s farewell")
    choose(nora, "member")
    answer("Nora")
    factories.make_meeting(on=date(2026, 2, 25), title="Nora’s return")
    assert asked() == ["Nora"]
    choose(nora, "full")
    assert (asked(), Meeting.objects.get(pk=meeting.pk).public_title) == ([], "Nora’s farewell")
    choose(nora, "member")
    assert (asked(), Meeting.objects.get(pk=meeting.pk).public_title) == (["Nora"], "a member’s farewell")


def test_the_downloads_of_the_public_have_no_name_beside_another(nora):
    everywhere(nora, NAME)
    choose(nora, "member")
    doc = composing.compose(Meeting.objects.get(on=date(2026, 1, 28)), user=None)
    assert "Bramwell" not in repr(doc)
    assert Attendance.objects.filter(public_role="for a member").count() == 2
    assert set(Change.objects.values_list("public_reason", flat=True)) == {"a member is away"}


def test_owners_and_people_of_entries_who_are_named_among_other_words_are_withheld_too(nora, anonymous_client):
    """They have no other words for the public, and nobody else may be behind them."""
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    owners = [f"{NAME} or a deputy", "Bo Cole"]
    action = factories.make_action("Ask", owners=owners, meeting=meeting)
    entry = factories.make_entry("Maps", kind="wants", person_name=f"Dr {NAME} for others", meeting=meeting)
    nearly = factories.make_action("Ask again", owners=["Nora or a deputy"], meeting=meeting)
    factories.make_minutes(meeting)
    publishing.show(meeting=meeting, now=NOW)
    choose(nora, "member")
    answer("Nora")
    for record in (action, entry, nearly):
        page = anonymous_client.get(record.get_absolute_url()).text
        assert "a member" in page
        assert not any(word in page for word in ("Nora", "Bramwell"))
    assert "Bo Cole" in anonymous_client.get(action.get_absolute_url()).text
    rows = {(row.as_minuted, row.person) for row in ActionOwner.objects.filter(action=action)}
    assert rows == {(owners[0], nora), (owners[1], None)}
    # What is recorded or changed after the choice is no other.
    later = factories.make_action("Ask more", owners=[owners[0]], meeting=meeting)
    publishing.show_records(actions=[later.pk], now=NOW)
    assert ActionOwner.objects.get(action=later).person == nora
    assert not Mention.objects.waiting().exists()
