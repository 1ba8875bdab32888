"""meetings.publishing: highlights of a draft are read by everyone, and nothing else of it."""

import copy
from datetime import date, time

import pytest

from actions.models import Action, ActionUpdate
from meetings import composing, publishing, recording
from meetings.imports import importing
from meetings.minutes.structure import Kind
from meetings.models import Attendance, Item, Meeting, MinuteLine, Minutes
from meetings.names import renaming
from meetings.pages import notes_of
from tests import factories
from tests.factories import NOW
from wishlists.models import Entry
from wmodf.lib.access import Standing

pytestmark = pytest.mark.django_db


class Reader:
    """Somebody with a standing."""

    def __init__(self, standing):
        self.standing = standing


PUBLIC, MEMBER, SECRETARY = (Reader(standing) for standing in Standing)
HIGHLIGHTS = {Kind.ACTION, Kind.NEXT_MEETING}
WHERE = {
    "open": {},
    "confidential line": {"is_confidential": True},
    "confidential item": {"item": "Staffing"},
    "open item": {"item": "Updates"},
}


def who_may_read(kind, where):
    """The table of sight of a draft's line while its highlights are out."""
    if kind not in HIGHLIGHTS:
        return {SECRETARY}
    return {MEMBER, SECRETARY} if where.startswith("confidential") else {PUBLIC, MEMBER, SECRETARY}


# The same rows for all these tests.
@pytest.fixture(scope="module", autouse=True)
def draft_once(kept_group):
    meeting = factories.make_meeting(on=date(2026, 2, 11), published=False)
    items = {
        title: factories.make_item(meeting, title, is_confidential=title == "Staffing")
        for title in ("Updates", "Staffing")
    }
    factories.make_attendance(meeting, "Ada Birch")
    for kind in Kind:
        for where, place in WHERE.items():
            words = f"{kind}, {where}"
            fields = {name: items[value] if name == "item" else value for name, value in place.items()}
            if kind == Kind.ACTION:
                factories.make_action(words, meeting=meeting, line=fields)
            elif kind in {Kind.USED, Kind.WANTS}:
                factories.make_entry(words, kind=kind.value, meeting=meeting, line=fields)
            elif kind == Kind.REVIEW:
                action = factories.make_action(f"Raised for {words}")
                heard = ActionUpdate.objects.create(action=action, on=meeting.on, note=words, is_draft=True)
                factories.make_line(meeting, words, kind=kind, action=action, heard=heard, **fields)
            else:
                factories.make_line(meeting, words, kind=kind, **fields)
    return factories.make_minutes(meeting, circulated=False)


@pytest.fixture
def draft(draft_once):
    """A meeting that is not announced, with a draft's every kind of line in every place; the line's words say both."""
    return copy.deepcopy(draft_once)


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("kind", Kind)
def test_each_line_keeps_to_the_table(draft, kind, where):
    publishing.publish_highlights(minutes=draft, now=NOW)
    line = MinuteLine.objects.get(text=f"{kind}, {where}")
    expected = who_may_read(kind, where)
    readers = {reader for reader in (PUBLIC, MEMBER, SECRETARY) if line in MinuteLine.objects.visible_to(reader)}
    assert readers == expected
    assert line.public_text == (line.text if PUBLIC in expected else "")
    if kind == Kind.ACTION:
        readers = {reader for reader in (PUBLIC, MEMBER, SECRETARY) if line.action in Action.objects.visible_to(reader)}
        assert readers == expected


def test_nothing_else_of_the_draft_is_told(draft):
    publishing.publish_highlights(minutes=draft, now=NOW)
    for reader in (PUBLIC, MEMBER):
        for model in (Item, Entry):
            assert model.objects.visible_to(reader).count() == 0
        assert Attendance.objects.visible_to(reader).count() == 0
        assert notes_of(Meeting.objects.get(), user=reader) is None
        doc = composing.compose(Meeting.objects.get(), user=reader)
        assert (doc.attendees, doc.items, {line.kind for line in doc.opening}) == ((), (), HIGHLIGHTS)
        assert set(Meeting.objects.mentioning("open", user=reader)) == {draft.meeting}  # by a highlight
        for words in ("Updates", "prose", "decision", "wants", "review", "Staffing"):
            assert set(Meeting.objects.mentioning(words, user=reader)) == set(), words
        assert Meeting.objects.attended_by(factories.make_person("Ada Birch"), user=reader).count() == 0
    assert set(ActionUpdate.objects.values_list("is_draft", flat=True)) == {True}
    assert set(Meeting.objects.mentioning("confidential", user=PUBLIC)) == set()


def test_an_action_reviewed_in_the_draft_stays_as_it_was(group):
    january = factories.make_meeting()
    action = factories.make_action(meeting=january)
    factories.make_minutes(january)
    march = factories.make_meeting(on=date(2026, 3, 11))
    text = f"11 March 2026\n\nMatters arising\n{action.reference}: done\n"
    recording.record(meeting=march, text=text, now=NOW)
    publishing.publish_highlights(minutes=march.minutes, now=NOW)
    action.refresh_from_db()
    assert action.status == "open"
    assert march.lines.get(kind=Kind.REVIEW).heard.is_draft


def test_the_meeting_is_announced_with_its_highlights_and_its_venue_is_not_told(group):
    meeting = factories.make_meeting(on=date(2026, 3, 11), published=False, starts=None)
    text = "11 March 2026, 14:00\nVenue: Secret Hall\n\nAny other business\nIt was said.\n"
    minutes = recording.record(meeting=meeting, text=text, now=NOW).minutes
    publishing.publish_highlights(minutes=minutes, now=NOW)
    meeting.refresh_from_db()
    assert (meeting.is_published, meeting.venue, meeting.starts) == (True, "", None)


def test_the_next_meeting_is_announced(group):
    meeting = factories.make_meeting(on=date(2026, 3, 11))
    text = "11 March 2026\n\n1. Buses\nIt rained.\n\nNext meeting: 15 April 2026, 11:00, Town Hall\n"
    minutes = recording.record(meeting=meeting, text=text, now=NOW).minutes
    named = Meeting.objects.get(on=date(2026, 4, 15))
    assert not named.is_published
    publishing.publish_highlights(minutes=minutes, now=NOW)
    named.refresh_from_db()
    assert (named.is_published, named.starts, named.venue) == (True, time(11), "Town Hall")
    publishing.take_back_highlights(minutes=minutes, now=NOW)
    named.refresh_from_db()
    assert named.is_published  # a calendar that was told of it keeps it


def test_taking_back_hides_them_again(draft):
    publishing.publish_highlights(minutes=draft, now=NOW)
    publishing.take_back_highlights(minutes=draft, now=NOW)
    assert Minutes.objects.get().highlights_at is None
    for reader in (PUBLIC, MEMBER):
        assert MinuteLine.objects.visible_to(reader).count() == 0
        assert Action.objects.visible_to(reader).count() == 0


def test_circulating_keeps_them_and_withdrawing_clears_them(draft):
    publishing.publish_highlights(minutes=draft, now=NOW)
    publishing.circulate(minutes=draft, now=NOW)
    assert Minutes.objects.get().highlights_at == NOW
    publishing.withdraw(minutes=draft, now=NOW)
    assert Minutes.objects.get().highlights_at is None
    assert MinuteLine.objects.visible_to(MEMBER).count() == 0


def test_withdrawing_a_draft_takes_its_highlights_back(draft):
    publishing.publish_highlights(minutes=draft, now=NOW)
    publishing.withdraw(minutes=draft, now=NOW)
    assert Minutes.objects.get().highlights_at is None
    assert MinuteLine.objects.visible_to(MEMBER).count() == 0


def test_publishing_them_twice_keeps_the_first_time(draft):
    publishing.publish_highlights(minutes=draft, now=NOW)
    publishing.publish_highlights(minutes=draft, now=factories.at(date(2026, 3, 20)))
    assert Minutes.objects.get().highlights_at == NOW


@pytest.mark.parametrize("verb", [publishing.publish_highlights, publishing.take_back_highlights])
def test_notes_that_are_not_saved_or_are_circulated_are_refused(group, verb):
    meeting = factories.make_meeting()
    with pytest.raises(publishing.NotAllowedError, match="no notes of this meeting yet"):
        verb(minutes=Minutes(meeting=meeting), now=NOW)
    minutes = factories.make_minutes(meeting)
    with pytest.raises(publishing.NotAllowedError, match="are published"):
        verb(minutes=minutes, now=NOW)


def test_a_name_that_may_be_withheld_is_asked_about_first(group):
    factories.make_person("Quentin Hush", role="", public_name="member")
    meeting = factories.make_meeting(on=date(2026, 3, 11))
    factories.make_action("To ask", owners=["Quentin Hushe"], meeting=meeting)
    minutes = factories.make_minutes(meeting, circulated=False)
    with pytest.raises(publishing.NotAllowedError, match="Quentin Hushe"):
        publishing.publish_highlights(minutes=minutes, now=NOW)
    assert Minutes.objects.get(meeting=meeting).highlights_at is None
    assert Action.objects.visible_to(MEMBER).count() == 0


def test_a_change_of_the_draft_changes_them_at_once(group):
    meeting = factories.make_meeting(on=date(2026, 3, 11))
    text = "11 March 2026\n\nBuses\nAction: Ada Birch to ask the bus company.\n"
    minutes = recording.record(meeting=meeting, text=text, now=NOW).minutes
    publishing.publish_highlights(minutes=minutes, now=NOW)
    assert [line.shown for line in MinuteLine.objects.visible_to(PUBLIC)] == ["Ada Birch to ask the bus company."]
    more = text.replace("bus company", "tram company") + "Action: Bo Cole to count the trees.\nIt rained.\n"
    recording.record(meeting=meeting, text=more, now=NOW)
    told = [line.shown for line in MinuteLine.objects.visible_to(PUBLIC)]
    assert told == ["Ada Birch to ask the tram company.", "Bo Cole to count the trees."]
    recording.record(meeting=meeting, text=more.replace("trees.", "trees. [confidential]"), now=NOW)
    assert len(MinuteLine.objects.visible_to(PUBLIC)) == 1
    assert len(MinuteLine.objects.visible_to(MEMBER)) == 2


def test_a_change_that_brings_a_withheld_name_is_refused(group):
    factories.make_person("Quentin Hush", role="", public_name="member")
    meeting = factories.make_meeting(on=date(2026, 3, 11))
    minutes = recording.record(meeting=meeting, text="11 March 2026\n\nBuses\nIt rained.\n", now=NOW).minutes
    publishing.publish_highlights(minutes=minutes, now=NOW)
    with pytest.raises(publishing.NotAllowedError, match="Quentin Hushe"):
        recording.record(meeting=meeting, text="11 March 2026\nPresent: Quentin Hushe\n\nBuses\n", now=NOW)


def test_a_meeting_whose_highlights_are_out_is_not_taken_back(draft):
    publishing.publish_highlights(minutes=draft, now=NOW)
    with pytest.raises(publishing.NotAllowedError, match="highlights of this meeting are published: take them back"):
        publishing.take_back(meeting=draft.meeting, now=NOW)


def test_a_new_choice_of_name_reaches_them(group):
    ada = factories.make_person("Ada Birch", role="")
    meeting = factories.make_meeting(on=date(2026, 3, 11))
    action = factories.make_action("Ada Birch to ask", owners=[ada], meeting=meeting)
    factories.make_line(meeting, "Ada Birch said so.")
    publishing.publish_highlights(minutes=factories.make_minutes(meeting, circulated=False), now=NOW)
    ada.public_name = "member"
    ada.save()
    renaming.rename(now=NOW)
    action.refresh_from_db()
    assert "Ada" not in action.public_text
    assert {line.public_text for line in meeting.lines.exclude(kind=Kind.ACTION)} == {""}


def test_a_file_does_not_change_published_highlights_in_silence(group):
    def file(text):
        data = text.encode()
        return importing.File(name="notes.txt", data=data, text=text, said=())

    text = "11 March 2026\n\nBuses\nAction: Ada Birch to ask the bus company.\n"
    first = importing.record_file(file=file(text), on=date(2026, 3, 11), now=NOW, since=NOW)
    publishing.publish_highlights(minutes=first.minutes, now=NOW)
    later = factories.at(date(2026, 3, 20))
    with pytest.raises(importing.DiffersError, match="published highlights and differ from the file"):
        importing.record_file(
            file=file(text.replace("bus", "tram")), on=date(2026, 3, 11), now=later, since=later, replace=True
        )
    assert [line.shown for line in MinuteLine.objects.visible_to(PUBLIC)] == ["Ada Birch to ask the bus company."]
