"""Publishing an event: what its feed says, and when that changed."""

from datetime import date, time, timedelta

import pytest

from meetings.events import feed as event_feed
from meetings.events import publishing as event_publishing
from meetings.models import Event
from tests import factories
from tests.factories import NOW
from wmodf.lib.models import Revision

DAY = date(2026, 3, 7)
LATER = NOW + timedelta(hours=1)


def kept(event) -> tuple:
    """What publishing keeps of the event, from the database."""
    stored = Event.objects.get(pk=event.pk)
    return stored.sequence, stored.revised_at, stored.event != ""


def revisions() -> int:
    return Revision.objects.filter(name=event_feed.REVISION).values_list("number", flat=True).first() or 0


def test_an_event_not_published_says_nothing(group):
    event = factories.make_event()
    event.title = "Data day"
    event_publishing.publish(event=event, now=NOW)
    assert (kept(event), revisions()) == ((0, None, False), 0)


def test_publishing_is_sequence_nought_and_again_changes_nothing(group):
    event = factories.make_event()
    event_publishing.announce(event=event, now=NOW)
    event_publishing.announce(event=event, now=LATER)
    assert (kept(event), event.published_at, revisions()) == ((0, NOW, True), NOW, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Data day"},
        {"kind": "deadline"},
        {"on": date(2026, 3, 6)},
        {"until": date(2026, 3, 9)},
        {"starts": time(10)},
        {"place": "Town hall"},
        {"link": "https://x.example/day"},
        {"description": "Bring a laptop."},
        {"status": "cancelled"},
    ],
)
def test_a_change_that_the_calendar_tells_raises_the_sequence_once(group, change):
    event = factories.make_event(published=True)
    for name, value in change.items():
        setattr(event, name, value)
    event_publishing.publish(event=event, now=LATER)
    event_publishing.publish(event=event, now=LATER + timedelta(hours=1))
    assert (kept(event), revisions()) == ((1, LATER, True), 2)


def test_taking_back_moves_the_feed_and_publishing_again_the_sequence(group):
    event = factories.make_event(published=True)
    event_publishing.take_back(event=event, now=LATER)
    assert (kept(event), revisions()) == ((0, NOW, False), 2)
    event_publishing.announce(event=event, now=LATER)
    assert (kept(event), revisions()) == ((1, LATER, True), 3)


def test_verbs_save_only_what_they_change(group):
    event = factories.make_event(published=True)
    stale = Event.objects.get()
    event.place = "Town hall"
    event_publishing.publish(event=event, now=NOW)
    event_publishing.cancel(event=stale, now=LATER)
    assert Event.objects.get().place == "Town hall"
    assert "Town hall" in Event.objects.get().event


def test_what_is_stored_reads_back(group):
    event = factories.make_event(
        published=True, until=date(2026, 3, 9), starts=time(10), ends=time(16), kind="sprint",
        place="Zoë’s “room”", link="https://x.example/a b", description="One\ntwo",
    )  # fmt: skip
    entry = event_feed.read(event.event)
    assert (entry.on, entry.until, entry.starts, entry.ends) == (DAY, date(2026, 3, 9), time(10), time(16))
    assert (entry.category, entry.is_free, entry.link, entry.description) == ("Sprint", False, "", "One\ntwo")
    assert entry.path == f"/events/#event-{event.uid}"


@pytest.mark.parametrize("text", ["", "no JSON", "[]", "null", "{}", '{"on": "2026-02-30"}', '{"on": 5}'])
def test_what_is_no_stored_event_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        event_feed.read(text)
