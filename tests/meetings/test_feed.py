"""The feed made from stored events: what is in it, and when it last changed."""

import json
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest

from meetings import feed, publishing
from meetings.ical import Event
from meetings.models import Meeting
from tests import factories
from wmodf.lib.models import Revision

TODAY = date(2026, 6, 10)
LONG_AGO = datetime(2024, 1, 2, 9, tzinfo=UTC)


def vevents(on=TODAY) -> list:
    return icalendar.Calendar.from_ical(feed.feed(on=on).body).walk("VEVENT")


def days(on=TODAY) -> list[date]:
    return [event.decoded("DTSTART").date() for event in vevents(on)]


def test_event_text_is_the_event_with_a_path_and_no_host_sequence_or_time(group, settings):
    settings.SITE_URL = "https://circle.example"
    meeting = factories.make_meeting(
        on=date(2026, 3, 25), host=factories.make_organisation("Elmbridge Council"), venue="Room 3"
    )
    meeting.sequence = 7
    assert json.loads(feed.event_text(meeting)) == {
        "uid": str(meeting.uid),
        "summary": "Steering group meeting",
        "on": "2026-03-25",
        "starts": "11:00:00",
        "ends": "13:00:00",
        "status": "confirmed",
        "location": "Room 3, Elmbridge Council",
        "joining_url": "",
        "path": "/meetings/2026-03-25/",
    }


def test_event_text_reads_back(group):
    meeting = factories.make_meeting(on=date(2026, 3, 25), starts=time(9, 30), venue="Zoë’s “room”")
    assert feed.read(feed.event_text(meeting)) == Event(
        uid=str(meeting.uid),
        summary="Steering group meeting",
        on=date(2026, 3, 25),
        starts=time(9, 30),
        ends=time(13),
        status="confirmed",
        location="Zoë’s “room”",
        joining_url="",
        path="/meetings/2026-03-25/",
    )


@pytest.mark.parametrize("text", ["", "no JSON", "[]", "null", "{}", '{"on": "2026-02-30"}', '{"on": 5}'])
def test_what_is_no_stored_event_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        feed.read(text)


@pytest.mark.parametrize(
    ("venue", "host", "host_name", "expected"),
    [
        ("Room 3", "Elmbridge Council", "", "Room 3, Elmbridge Council"),
        ("elmbridge council, Room 3", "Elmbridge Council", "", "elmbridge council, Room 3"),
        ("", "Elmbridge Council", "", "Elmbridge Council"),
        ("", None, "The Hub", "The Hub"),
        ("Room 3", None, "", "Room 3"),
        ("", None, "", ""),
        ("Ask ada@private.example", None, "c/o bo@private.example", "Ask (address withheld), c/o (address withheld)"),
    ],
)
def test_the_place(group, venue, host, host_name, expected):
    host = factories.make_organisation(host) if host else None
    meeting = factories.make_meeting(venue=venue, host=host, host_name=host_name)
    assert feed.read(meeting.event).location == expected


@pytest.mark.parametrize(
    ("url", "public", "expected"),
    [
        ("https://join.example/1", True, "https://join.example/1"),
        ("https://join.example/1", False, ""),
        ("ftp://join.example/1", True, ""),
        ("", True, ""),
    ],
)
def test_the_joining_link_is_there_only_if_made_public(group, url, public, expected):
    meeting = factories.make_meeting(joining_url=url, is_joining_url_public=public)
    assert feed.read(meeting.event).joining_url == expected


def test_coming_meetings_and_the_past_year_s_are_in_it_in_order(group):
    for on in (TODAY + timedelta(days=700), TODAY, TODAY - timedelta(days=366), TODAY - timedelta(days=367)):
        factories.make_meeting(on=on)
    assert days() == [TODAY - timedelta(days=366), TODAY, TODAY + timedelta(days=700)]


def test_a_cancelled_meeting_stays_for_thirty_days(group):
    for ago in (-100, 0, 30, 31):
        factories.make_meeting(on=TODAY - timedelta(days=ago), status=Meeting.Status.CANCELLED)
    assert days() == [TODAY - timedelta(days=30), TODAY, TODAY + timedelta(days=100)]


def test_what_is_not_announced_is_not_in_it(group):
    factories.make_meeting(on=TODAY, published=False, title="SECRET-TITLE", venue="SECRET-VENUE")
    taken_back = factories.make_meeting(on=TODAY, title="SECRET-TITLE")
    publishing.take_back(meeting=taken_back, now=factories.NOW)
    factories.make_meeting(on=TODAY + timedelta(days=1))
    assert days() == [TODAY + timedelta(days=1)]
    assert b"SECRET" not in feed.feed(on=TODAY).body


def test_an_event_carries_sequence_and_time_of_its_last_revision(group):
    meeting = factories.make_meeting(on=TODAY, now=LONG_AGO)
    meeting.venue = "Elsewhere"
    publishing.publish(meeting=meeting, now=factories.NOW)
    (event,) = vevents()
    assert (event["SEQUENCE"], event.decoded("DTSTAMP"), event.decoded("LAST-MODIFIED")) == (
        1,
        factories.NOW,
        factories.NOW,
    )


def test_addresses_come_from_the_settings_of_the_day(group, settings):
    settings.SITE_URL = "https://old.example"
    factories.make_meeting(on=TODAY)
    settings.SITE_URL = "https://new.example"
    (event,) = vevents()
    assert (str(event["URL"]), str(event["DESCRIPTION"])) == (
        "https://new.example/meetings/2026-06-10/",
        "Agenda and notes: https://new.example/meetings/2026-06-10/",
    )


def test_the_calendar_is_called_after_the_group(group):
    assert b"\r\nNAME:Elmbridge Data Circle\r\nX-WR-CALNAME:Elmbridge Data Circle\r\n" in feed.feed(on=TODAY).body


def test_a_site_that_is_not_set_up_has_an_empty_calendar(db):
    empty = feed.feed(on=TODAY)
    assert (b"NAME:Meetings" in empty.body, b"BEGIN:VEVENT" in empty.body, empty.revised_at) == (True, False, None)


def test_an_event_that_can_t_be_read_is_not_left_out_silently(group):
    factories.make_meeting(on=TODAY)
    broken = factories.make_meeting(on=TODAY)
    Meeting.objects.filter(pk=broken.pk).update(event="")
    with pytest.raises(ValueError, match=r"."):
        feed.feed(on=TODAY)


def test_two_fetches_are_equal(group):
    for ago in (0, 0, 1):
        factories.make_meeting(on=TODAY - timedelta(days=ago))
    assert feed.feed(on=TODAY) == feed.feed(on=TODAY)


def test_it_is_revised_when_an_event_appears_changes_or_leaves(group):
    revisions = []

    def note():
        revisions.append(feed.feed(on=TODAY).revised_at)

    moments = [factories.NOW + timedelta(hours=hours) for hours in range(4)]
    meeting = factories.make_meeting(on=TODAY, now=moments[0])
    note()
    meeting.starts = time(10)
    publishing.publish(meeting=meeting, now=moments[1])
    note()
    publishing.publish(meeting=meeting, now=moments[2])
    note()
    publishing.take_back(meeting=meeting, now=moments[3])
    note()
    assert revisions == [moments[0], moments[1], moments[1], moments[3]]


def test_two_changes_in_one_second_are_told_apart(group):
    first = factories.make_meeting(on=TODAY)
    publishing.take_back(meeting=first, now=factories.NOW)
    assert feed.feed(on=TODAY).revised_at == factories.NOW + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("status", "leaves"),
    [
        (Meeting.Status.CONFIRMED, date(2027, 6, 12)),  # in summer: midnight is 23:00 UTC the day before
        (Meeting.Status.CANCELLED, date(2026, 7, 11)),
    ],
)
def test_it_is_revised_at_midnight_when_a_meeting_leaves_by_age(group, status, leaves):
    factories.make_meeting(on=date(2020, 1, 1), now=LONG_AGO)
    factories.make_meeting(on=TODAY, status=status)
    before, after = feed.feed(on=leaves - timedelta(days=1)), feed.feed(on=leaves)
    assert (before.body.count(b"BEGIN:VEVENT"), before.revised_at) == (1, factories.NOW)
    assert (after.body.count(b"BEGIN:VEVENT"), after.revised_at) == (
        0,
        datetime(leaves.year, leaves.month, leaves.day - 1, 23, tzinfo=UTC),
    )
    assert feed.feed(on=leaves + timedelta(days=1)).revised_at == after.revised_at


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(group, django_assert_num_queries, rows):
    host = factories.make_organisation()
    for ago in range(rows):
        factories.make_meeting(on=TODAY - timedelta(days=ago), host=host)
        factories.make_meeting(on=TODAY - timedelta(days=1000 + ago), host=host)
    with django_assert_num_queries(3):
        feed.feed(on=TODAY)


def test_a_counter_s_time_never_goes_back(db):
    Revision.objects.move_on("calendar", now=factories.NOW)
    Revision.objects.move_on("calendar", now=LONG_AGO)
    assert Revision.objects.get(name="calendar").revised_at == factories.NOW + timedelta(seconds=1)
