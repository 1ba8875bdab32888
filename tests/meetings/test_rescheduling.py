"""Meetings moved, cancelled and taken up again: what is kept, what everyone reads, and what calendars say."""

import json
from datetime import date, time, timedelta

import icalendar
import pytest
from django.core.management import call_command

from meetings import feed, publishing, recording
from meetings.dates import rescheduling
from meetings.models import Change, Meeting, Minutes
from meetings.names import renaming
from tests import factories
from tests.events import seen
from tests.factories import NOW
from tests.meetings.test_record import NOTES, record
from tests.pages import words_of

DAY = date(2026, 3, 11)
LATER = date(2026, 3, 18)


def move(meeting, **values):
    """Move the meeting a week on for a reason, or as `values` say."""
    values = {
        "on": LATER,
        "starts": meeting.starts,
        "ends": meeting.ends,
        "host": meeting.host,
        "venue": meeting.venue,
        "reason": "The room is flooded.",
        "by": None,
        "now": NOW + timedelta(hours=1),
    } | values
    rescheduling.move(meeting=meeting, **values)
    meeting.refresh_from_db()


def cancel(meeting, reason="Too few can come"):
    rescheduling.cancel(meeting=meeting, reason=reason, by=None, now=NOW + timedelta(hours=2))
    meeting.refresh_from_db()


def told(meeting) -> str:
    return feed.read(meeting.event).told


@pytest.fixture
def meeting(group):
    return factories.make_meeting(on=DAY)


def test_a_move_keeps_the_day_before_and_the_reason(meeting, secretary):
    move(meeting, by=secretary)
    (change,) = meeting.changes.all()
    kept = (change.kind, change.was_on, change.was_starts, change.reason, change.public_reason, change.by)
    assert kept == ("moved", DAY, time(11), "The room is flooded.", "The room is flooded.", secretary)
    assert (meeting.on, meeting.slug, meeting.sequence) == (LATER, "2026-03-18", 1)
    assert told(meeting) == "Moved from Wednesday 11 March 2026: The room is flooded."


def test_a_cancellation_and_its_reversal_are_told(meeting):
    cancel(meeting)
    assert (meeting.is_cancelled, meeting.sequence, told(meeting)) == (True, 1, "Cancelled: Too few can come.")
    rescheduling.reinstate(meeting=meeting, reason="", by=None, now=NOW + timedelta(hours=3))
    meeting.refresh_from_db()
    assert (meeting.status, meeting.sequence) == ("confirmed", 2)
    assert told(meeting) == "It goes ahead after all."
    assert list(meeting.changes.values_list("kind", flat=True)) == ["cancelled", "reinstated"]


def test_cancelling_twice_changes_nothing(meeting):
    cancel(meeting)
    cancel(meeting, "Another reason")
    assert (meeting.sequence, Change.objects.count(), told(meeting)) == (1, 1, "Cancelled: Too few can come.")


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_announced_meeting_needs_a_reason(meeting, reason):
    with pytest.raises(publishing.NotAllowedError, match="Say why"):
        move(meeting, reason=reason)
    with pytest.raises(publishing.NotAllowedError, match="Say why"):
        cancel(meeting, reason)
    stored = Meeting.objects.get()
    assert (stored.on, stored.is_cancelled, Change.objects.count()) == (DAY, False, 0)


def test_one_that_nobody_was_told_of_needs_none_and_keeps_none(group):
    meeting = factories.make_meeting(on=DAY, published=False)
    move(meeting, reason="")
    cancel(meeting, "")
    assert (meeting.on, meeting.is_cancelled, Change.objects.count()) == (LATER, True, 0)


def test_one_taken_back_was_told_of(meeting):
    publishing.take_back(meeting=meeting, now=NOW)
    with pytest.raises(publishing.NotAllowedError):
        move(meeting, reason="")


def test_a_cancelled_meeting_is_not_moved(meeting):
    cancel(meeting)
    with pytest.raises(publishing.NotAllowedError, match="goes ahead after all"):
        move(meeting)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"on": DAY, "starts": time(14), "ends": None}, "Moved from 11:00: The room is flooded."),
        ({"on": DAY, "venue": "Town hall"}, "The place or time has changed: The room is flooded."),
        ({"reason": "flood!"}, "Moved from Wednesday 11 March 2026: flood!"),
        ({"reason": "flood.."}, "Moved from Wednesday 11 March 2026: flood."),
    ],
)
def test_words_of_a_move(meeting, values, words):
    move(meeting, **values)
    assert told(meeting) == words


def test_another_host_takes_the_words_of_the_former_one_away(group):
    meeting = factories.make_meeting(on=DAY, host_name="The Hub")
    host = factories.make_organisation("Elmbridge Council")
    move(meeting, host=host)
    assert (meeting.host, meeting.host_name) == (host, "")


def test_without_a_change_the_stored_event_is_as_it_always_was(meeting):
    assert "told" not in meeting.event
    assert feed.read(meeting.event).told == ""


def test_everyone_reads_the_reason_on_the_page_and_in_the_list(meeting, anonymous_client):
    move(meeting)
    page = words_of(anonymous_client.get("/meetings/2026-03-11/", follow=True))
    assert "Moved from 11 March 2026: The room is flooded." in page
    assert "Moved from 11 March 2026: The room is flooded." in words_of(anonymous_client.get("/meetings/"))
    cancel(meeting)
    page = words_of(anonymous_client.get(meeting.get_absolute_url()))
    assert "Cancelled: Too few can come." in page
    assert "Moved from" not in page


def test_no_names_withheld_and_no_addresses_are_told(meeting, anonymous_client):
    person = factories.make_person("Quentin Xavier", role="", public_name="member")
    move(meeting, reason="Quentin Xavier is ill, ask qx@private.example")
    change = meeting.changes.get()
    assert "Quentin" in change.reason
    assert ("Quentin" in change.public_reason, "@" in change.public_reason) == (False, False)
    assert "Quentin" not in meeting.event
    person.public_name = "full"
    person.save()
    renaming.rename(now=NOW + timedelta(days=1))
    meeting.refresh_from_db()
    assert "Quentin Xavier is ill" in told(meeting)
    assert meeting.sequence == 2
    renaming.rename(now=NOW + timedelta(days=2))
    meeting.refresh_from_db()
    assert meeting.sequence == 2


def test_the_old_address_leads_on_until_another_meeting_takes_the_day(meeting, anonymous_client):
    move(meeting)
    assert anonymous_client.get("/meetings/2026-03-11/")["Location"] == "/meetings/2026-03-18/"
    other = factories.make_meeting(on=DAY, published=False)
    assert anonymous_client.get("/meetings/2026-03-11/")["Location"] == "/meetings/2026-03-18/"
    publishing.announce(meeting=other, now=NOW)
    assert anonymous_client.get("/meetings/2026-03-11/").context["meeting"] == other


def test_notes_that_move_the_next_meeting_are_its_reason(group):
    first = factories.make_meeting(on=date(2026, 1, 28), published=False)
    minutes = record(first, NOTES).minutes
    named = Meeting.objects.get(on=date(2026, 3, 25))
    publishing.announce(meeting=named, now=NOW)
    record(first, minutes.text.replace("25th March", "26th March"), answers={f"move:{named.pk}": "move"})
    named.refresh_from_db()
    assert named.on == date(2026, 3, 26)
    assert told(named) == "Moved from Wednesday 25 March 2026: as the notes of 28 January 2026 say."


def test_calendars_say_why_but_not_of_a_whole_day(group, anonymous_client, time_machine, capsys):
    time_machine.move_to("2026-03-02T12:00:00Z")
    moved, whole, called_off = (factories.make_meeting(on=DAY + timedelta(days=14 * step)) for step in range(3))
    move(moved)
    move(whole, on=whole.on + timedelta(days=7), starts=None, ends=None)
    cancel(called_off)
    events = icalendar.Calendar.from_ical(anonymous_client.get("/calendar.ics").content).walk("VEVENT")
    assert [str(event.get("DESCRIPTION", "")).partition("\n")[0] for event in events] == [
        "Moved from Wednesday 11 March 2026: The room is flooded.",
        "",
        "Cancelled: Too few can come.",
    ]
    call_command("feed_expected")
    assert [seen(event) for event in events] == json.loads(capsys.readouterr().out)


def test_a_meeting_whose_notes_are_agreed_keeps_its_day(group):
    meeting, later = factories.make_meeting(on=DAY), factories.make_meeting(on=LATER)
    publishing.circulate(minutes=factories.make_minutes(meeting), now=NOW)
    agreeing = recording.record(meeting=later, text="Notes of the meeting of 11 March 2026 agreed\n", now=NOW)
    publishing.circulate(minutes=agreeing.minutes, now=NOW)

    with pytest.raises(publishing.NotAllowedError, match="agreed as a correct record"):
        move(meeting, on=DAY + timedelta(days=1))
    with pytest.raises(publishing.NotAllowedError, match="agreed as a correct record"):
        on = DAY + timedelta(days=1)
        rescheduling.follow_notes(meeting=meeting, on=on, changes={}, told_on=LATER, now=NOW)

    publishing.show(meeting=later, now=NOW)
    assert Minutes.objects.get(meeting=meeting).status == Minutes.Status.AGREED
    meeting.refresh_from_db()
    move(meeting, on=DAY, venue="Room 2")  # its place was told wrongly
