"""Drafts as they are kept, offered and forgotten; and who has the notes open."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from meetings import publishing, recording
from meetings.drafts import drafting
from meetings.models import Draft, Editor, MinuteLine, Minutes
from tests.factories import NOW, make_draft, make_meeting, make_minutes, make_user

pytestmark = pytest.mark.django_db

PAGE = uuid.UUID(int=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def meeting(group):
    return make_meeting(on=date(2026, 1, 28))


@pytest.fixture
def tom(group):
    return make_user("Tom Ashdown", role="secretary")


def texts(meeting):
    return list(meeting.drafts.values_list("text", flat=True))


def test_what_follows_within_a_minute_takes_its_place_then_a_new_version_begins(meeting, secretary):
    for after, text in [(0, "A"), (3, "AB"), (59, "AB to"), (61, "AB to ask"), (64, "AB to ask CD")]:
        make_draft(meeting, secretary, text, editor=PAGE, now=NOW + after * SECOND)

    assert texts(meeting) == ["AB to ask CD", "AB to"]
    assert list(meeting.drafts.values_list("begun_at", "kept_at")) == [
        (NOW + 61 * SECOND, NOW + 64 * SECOND),
        (NOW, NOW + 59 * SECOND),
    ]
    assert list(meeting.drafts.offered().values_list("text", flat=True)) == ["AB to ask CD"]


def test_the_same_text_makes_no_new_version(meeting, secretary):
    make_draft(meeting, secretary, "AB", editor=PAGE)
    make_draft(meeting, secretary, "AB", editor=PAGE, now=NOW + timedelta(hours=1))
    make_draft(meeting, secretary, "AB", now=NOW + timedelta(hours=2))

    assert [draft.kept_at for draft in meeting.drafts.all()] == [NOW + timedelta(hours=2)]


def test_an_earlier_text_that_comes_later_changes_nothing(meeting, secretary):
    for serial, text in [(1, "A"), (3, "ABC"), (2, "AB")]:
        make_draft(meeting, secretary, text, editor=PAGE, serial=serial)

    assert texts(meeting) == ["ABC"]


def test_each_page_and_each_secretary_has_versions_of_its_own(meeting, secretary, tom):
    make_draft(meeting, secretary, "Here")
    make_draft(meeting, secretary, "There")
    make_draft(meeting, tom, "Elsewhere")
    make_draft(make_meeting(on=date(2026, 3, 25)), secretary, "Another meeting")

    assert sorted(texts(meeting)) == ["Elsewhere", "Here", "There"]


def test_fifty_are_kept_of_each_and_the_oldest_go(meeting, secretary, tom):
    make_draft(meeting, tom, "Tom's", now=NOW - timedelta(days=1))
    for number in range(53):
        make_draft(meeting, secretary, f"Version {number}", editor=PAGE, now=NOW + number * timedelta(minutes=2))

    kept = set(texts(meeting))
    assert kept == {"Tom's", *(f"Version {number}" for number in range(3, 53))}


def test_after_ninety_days_they_go_whichever_meeting_s_they_are(meeting, secretary, tom):
    other = make_meeting(on=date(2025, 11, 26))
    make_draft(other, tom, "Old", now=NOW - timedelta(days=90) - SECOND)
    make_draft(other, tom, "Not so old", now=NOW - timedelta(days=90))
    make_draft(meeting, secretary, "New")

    assert set(Draft.objects.values_list("text", flat=True)) == {"Not so old", "New"}


def test_they_go_when_the_notes_are_agreed_and_none_is_kept_any_more(meeting, secretary):
    make_minutes(meeting)
    later = make_meeting(on=date(2026, 3, 25))
    make_draft(meeting, secretary, "Of the agreed notes")
    make_draft(later, secretary, "Of the later ones")
    MinuteLine.objects.create(meeting=later, position=1, kind="agreed", text="Agreed.", names_on=meeting.on)
    make_minutes(later)

    assert Minutes.objects.get(meeting=meeting).status == "agreed"
    assert list(Draft.objects.values_list("text", flat=True)) == ["Of the later ones"]
    with pytest.raises(drafting.NotKeptError, match="agreed meanwhile"):
        make_draft(meeting, secretary, "After all")
    assert not meeting.drafts.exists()


def test_forget_deletes_all_of_one_meeting(meeting, secretary, tom):
    make_draft(meeting, secretary)
    make_draft(meeting, tom)
    other = make_draft(make_meeting(on=date(2026, 3, 25)), tom)

    drafting.forget(meeting=meeting)

    assert list(Draft.objects.all()) == [other]


def test_only_one_s_own_unsaved_and_different_draft_is_offered(meeting, secretary, tom):
    assert drafting.offered(meeting, by=secretary, text="") is None
    make_draft(meeting, tom, "Tom's")
    make_draft(meeting, secretary, "")
    assert drafting.offered(meeting, by=secretary, text="Saved") is None
    mine = make_draft(meeting, secretary, "Mine", now=NOW + SECOND)
    assert drafting.offered(meeting, by=secretary, text="Mine\n") is None
    assert drafting.offered(meeting, by=secretary, text="Saved") == mine

    drafting.put_away(meeting=meeting, by=secretary)

    assert drafting.offered(meeting, by=secretary, text="Saved") is None
    assert set(texts(meeting)) == {"Tom's", "Mine", ""}
    assert [(draft.by, draft.size) for draft in drafting.of_others(meeting, user=secretary)] == [(tom, 5)]


def test_a_draft_is_newer_than_notes_saved_before_it(meeting, secretary):
    now = timezone.now()
    before = make_draft(meeting, secretary, "Before", now=now - timedelta(minutes=5))
    assert drafting.is_newer(before, Minutes(meeting=meeting))
    minutes = recording.record(meeting=meeting, text="Saved.", now=now).minutes

    assert not drafting.is_newer(before, minutes)
    assert drafting.is_newer(make_draft(meeting, secretary, "On it", base_revision=1, now=now), minutes)
    late = make_draft(meeting, secretary, "After it, of the older notes", now=timezone.now() + SECOND)
    assert drafting.is_newer(late, minutes)


def sign(meeting, user, *, page=PAGE, is_typing=False, now=NOW):
    drafting.give_sign(meeting=meeting, user=user, editor=page, is_typing=is_typing, now=now)


def test_who_has_the_notes_open_is_said(meeting, secretary, tom):
    sign(meeting, tom, is_typing=True)
    sign(meeting, tom, now=NOW + 10 * SECOND)
    sign(meeting, secretary, page=uuid.UUID(int=2), now=NOW + 10 * SECOND)
    sign(make_meeting(on=date(2026, 3, 25)), tom, page=uuid.UUID(int=3), now=NOW + 10 * SECOND)

    def said(page, *, after=10):
        return drafting.editors(meeting, user=secretary, editor=page, now=NOW + after * SECOND)

    assert said(uuid.UUID(int=2)) == ["Tom Ashdown has these notes open too, last typing 10 seconds ago."]
    assert said(None)[0] == "You have these notes open on another page too, not typing yet."
    assert len(said(None, after=55)) == 2
    assert said(None, after=56) == []
    assert drafting.left_behind(meeting, user=secretary, editor=None, now=NOW + 10 * SECOND) == ["Tom Ashdown"]


def test_pages_that_are_gone_leave_no_row(meeting, secretary, tom):
    sign(meeting, tom)
    sign(meeting, secretary, page=uuid.UUID(int=2), now=NOW + 46 * SECOND)
    assert [row.user for row in Editor.objects.all()] == [secretary]

    drafting.leave(user=tom, editor=uuid.UUID(int=2))
    assert Editor.objects.count() == 1
    drafting.leave(user=secretary, editor=uuid.UUID(int=2))
    assert Editor.objects.count() == 0


def test_a_page_is_one_user_s_and_one_meeting_s(meeting, secretary, tom):
    sign(meeting, tom)

    with pytest.raises(drafting.NotKeptError):
        sign(meeting, secretary)
    with pytest.raises(drafting.NotKeptError):
        sign(make_meeting(on=date(2026, 3, 25)), tom)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-3, "0 seconds"), (1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (3599, "59 minutes"), (7200, "2 hours")],
)
def test_a_length_of_time_in_words(seconds, words):
    assert drafting.ago(timedelta(seconds=seconds)) == words


def test_a_moment_in_words_by_london_s_clocks():
    summer = NOW.replace(month=7, day=1)
    assert drafting.clock(summer, now=summer) == "10:30:00"
    assert drafting.clock(summer, now=summer + timedelta(days=1)) == "10:30 on 1 July 2026"


def test_publishing_again_keeps_the_drafts_of_notes_that_are_not_agreed(meeting, secretary):
    make_draft(meeting, secretary)
    publishing.circulate(minutes=make_minutes(meeting, circulated=False), now=NOW)
    assert meeting.drafts.count() == 1


def test_what_was_sent_before_a_form_and_comes_after_it_changes_nothing(meeting, secretary):
    make_draft(meeting, secretary, "A", editor=PAGE, serial=4)
    make_draft(meeting, secretary, "ABCD", editor=PAGE)  # a form, which may have no number
    make_draft(meeting, secretary, "AB", editor=PAGE, serial=3)

    assert texts(meeting) == ["ABCD"]
