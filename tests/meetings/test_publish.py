"""Publishing a meeting: its address, its event, its sequence."""

from datetime import date, time, timedelta

import pytest

from meetings import publishing
from meetings.models import Meeting, OldSlug
from tests import factories
from wmodf.lib.models import Revision

DAY = date(2026, 3, 25)
LATER = factories.NOW + timedelta(hours=1)


def kept(meeting) -> tuple:
    """What publishing keeps of the meeting, from the database."""
    stored = Meeting.objects.get(pk=meeting.pk)
    return stored.sequence, stored.revised_at, stored.event != ""


def revisions() -> int:
    return Revision.objects.filter(name="calendar").values_list("number", flat=True).first() or 0


def test_a_meeting_not_announced_has_an_address_and_no_event(group):
    meeting = factories.make_meeting(on=DAY, published=False)
    assert (kept(meeting), meeting.slug, revisions()) == ((0, None, False), "2026-03-25", 0)


def test_the_first_announcement_is_sequence_nought(group):
    meeting = factories.make_meeting(on=DAY, published=False)
    meeting.venue = "Room 3"
    publishing.publish(meeting=meeting, now=factories.NOW)
    publishing.announce(meeting=meeting, now=LATER)
    assert (kept(meeting), meeting.published_at, revisions()) == ((0, LATER, True), LATER, 1)


def test_announcing_again_changes_nothing(group):
    meeting = factories.make_meeting(on=DAY)
    publishing.announce(meeting=meeting, now=LATER)
    assert (kept(meeting), meeting.published_at, revisions()) == ((0, factories.NOW, True), factories.NOW, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Special meeting"},
        {"on": date(2026, 3, 26)},
        {"starts": time(10)},
        {"ends": None},
        {"starts": None, "ends": None},
        {"venue": "Elsewhere"},
        {"host_name": "The Hub"},
        {"status": "tentative"},
        {"status": "cancelled"},
        {"is_joining_url_public": True},
    ],
)
def test_a_change_that_the_calendar_tells_raises_the_sequence_once(group, change):
    meeting = factories.make_meeting(on=DAY, joining_url="https://join.example/1")
    for name, value in change.items():
        setattr(meeting, name, value)
    publishing.publish(meeting=meeting, now=LATER)
    publishing.publish(meeting=meeting, now=LATER + timedelta(hours=1))
    assert (kept(meeting), revisions()) == ((1, LATER, True), 2)


def test_a_change_that_the_calendar_does_not_tell_leaves_the_sequence(group):
    meeting = factories.make_meeting(on=DAY, joining_url="https://join.example/1")
    meeting.joining_url = "https://join.example/2"
    publishing.publish(meeting=meeting, now=LATER)
    assert (kept(meeting), revisions()) == ((0, factories.NOW, True), 1)
    assert Meeting.objects.get().joining_url == "https://join.example/2"


def test_taken_back_and_announced_again_the_sequence_rises(group):
    meeting = factories.make_meeting(on=DAY)
    publishing.take_back(meeting=meeting, now=LATER)
    assert (kept(meeting), meeting.published_at, revisions()) == ((0, factories.NOW, False), None, 2)
    publishing.announce(meeting=meeting, now=LATER)
    assert (kept(meeting), meeting.published_at, revisions()) == ((1, LATER, True), LATER, 3)


def test_the_uid_survives_everything(group):
    meeting = factories.make_meeting(on=DAY, starts=None)
    uid = meeting.uid
    meeting.on, meeting.starts = date(2026, 4, 1), time(11)
    publishing.publish(meeting=meeting, now=LATER)
    publishing.take_back(meeting=meeting, now=LATER)
    publishing.announce(meeting=meeting, now=LATER)
    assert Meeting.objects.get().uid == uid


def test_somebody_with_an_older_picture_of_it_does_not_take_the_sequence_back(group):
    meeting = factories.make_meeting(on=DAY)
    older = Meeting.objects.get()
    for venue in ("One", "Two"):
        meeting.venue = venue
        publishing.publish(meeting=meeting, now=LATER)
    publishing.publish(meeting=older, now=LATER + timedelta(hours=1))
    assert (kept(meeting), Meeting.objects.get().venue) == ((3, LATER + timedelta(hours=1), True), "")


def test_a_meeting_with_published_notes_is_not_taken_back(group):
    meeting = factories.make_meeting(on=DAY)
    factories.make_minutes(meeting)
    with pytest.raises(publishing.NotAllowedError, match="withdraw them first"):
        publishing.take_back(meeting=meeting, now=LATER)
    assert Meeting.objects.get().is_published


def test_a_second_meeting_that_day_gets_a_number(group):
    slugs = [factories.make_meeting(on=DAY).slug for _ in range(3)]
    assert slugs == ["2026-03-25", "2026-03-25-2", "2026-03-25-3"]


def test_a_meeting_that_keeps_its_day_keeps_its_address(group):
    first, second = factories.make_meeting(on=DAY), factories.make_meeting(on=DAY)
    first.on = date(2026, 4, 1)
    publishing.publish(meeting=first, now=LATER)
    publishing.publish(meeting=second, now=LATER)
    assert set(Meeting.objects.values_list("slug", flat=True)) == {"2026-04-01", "2026-03-25-2"}


def test_a_moved_meeting_s_old_addresses_lead_to_it(group):
    meeting = factories.make_meeting(on=DAY)
    for on in (date(2026, 4, 1), date(2026, 4, 8)):
        meeting.on = on
        publishing.publish(meeting=meeting, now=LATER)
    assert meeting.slug == "2026-04-08"
    assert set(OldSlug.objects.values_list("slug", "meeting")) == {
        ("2026-03-25", meeting.pk),
        ("2026-04-01", meeting.pk),
    }


def test_moved_there_and_back_it_has_its_first_address_again(group):
    meeting = factories.make_meeting(on=DAY)
    for on in (date(2026, 4, 1), DAY):
        meeting.on = on
        publishing.publish(meeting=meeting, now=LATER)
    assert meeting.slug == "2026-03-25"


def test_an_address_that_two_meetings_had_leads_to_the_later(group):
    first = factories.make_meeting(on=DAY)
    first.on = date(2026, 4, 1)
    publishing.publish(meeting=first, now=LATER)
    second = factories.make_meeting(on=DAY)
    second.on = date(2026, 4, 8)
    publishing.publish(meeting=second, now=LATER)
    assert set(OldSlug.objects.values_list("slug", "meeting")) == {("2026-03-25", second.pk)}


def test_a_meeting_never_announced_leaves_no_old_address(group):
    meeting = factories.make_meeting(on=DAY, published=False)
    meeting.on = date(2026, 4, 1)
    publishing.publish(meeting=meeting, now=LATER)
    publishing.announce(meeting=meeting, now=LATER)
    assert (meeting.slug, OldSlug.objects.count()) == ("2026-04-01", 0)


def test_one_taken_back_and_moved_still_keeps_the_address_that_was_told(group):
    meeting = factories.make_meeting(on=DAY)
    publishing.take_back(meeting=meeting, now=LATER)
    meeting.on = date(2026, 4, 1)
    publishing.publish(meeting=meeting, now=LATER)
    publishing.announce(meeting=meeting, now=LATER)
    assert set(OldSlug.objects.values_list("slug", flat=True)) == {"2026-03-25"}


def test_a_verb_saves_only_what_it_changes(group):
    stale = factories.make_meeting(on=DAY, published=False)
    fresh = Meeting.objects.get(pk=stale.pk)
    fresh.venue, fresh.status = "Town Hall", Meeting.Status.CANCELLED
    publishing.publish(meeting=fresh, now=LATER)
    publishing.announce(meeting=stale, now=LATER)
    fresh.refresh_from_db()
    assert (fresh.venue, fresh.status, fresh.is_published) == ("Town Hall", "cancelled", True)
