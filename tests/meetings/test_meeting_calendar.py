"""One meeting as a file for a calendar."""

from datetime import date, time

import icalendar
from django.urls import reverse

from meetings import publishing
from meetings.dates import rescheduling
from meetings.models import Meeting
from tests import factories
from tests.factories import NOW

URL = "/meetings/2099-03-11/meeting.ics"


def event_in(response):
    """The file's one event."""
    (event,) = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    return event


def test_it_is_the_event_of_the_feed(group, anonymous_client):
    meeting = factories.make_meeting(on=date(2099, 3, 11), venue="Town Hall")
    response = anonymous_client.get(URL)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="meeting-2099-03-11.ics"'
    assert event_in(response).to_ical() == event_in(anonymous_client.get("/calendar.ics")).to_ical()
    assert event_in(response)["UID"] == str(meeting.uid)
    for name in (b"METHOD", b"REFRESH-INTERVAL", b"X-WR-CALNAME", b"\r\nNAME"):
        assert name not in response.content
    assert URL in anonymous_client.get(meeting.get_absolute_url()).text.partition("<main")[2]


def test_it_is_the_same_for_everyone_and_says_when_it_is_known(group, secretary_client):
    factories.make_meeting(on=date(2099, 3, 11), joining_url="https://x.example/secret")
    response = secretary_client.get(URL)
    assert (dict(response.cookies), response.get("Vary")) == ({}, None)
    assert b"secret" not in response.content
    assert secretary_client.get(URL, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_one_that_was_moved_then_called_off(group, anonymous_client):
    meeting = factories.make_meeting(on=date(2099, 3, 11))
    rescheduling.move(
        meeting=meeting, on=date(2099, 4, 8), starts=time(14), ends=None, host=None, venue="", reason="Rooms", by=None,
        now=NOW,
    )  # fmt: skip
    response = anonymous_client.get(URL)
    assert (response.status_code, response["Location"]) == (302, "/meetings/2099-04-08/meeting.ics")
    rescheduling.cancel(meeting=Meeting.objects.get(), reason="The room is flooded", by=None, now=NOW)
    event = event_in(anonymous_client.get(response["Location"]))
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 2)
    assert "Add this meeting" not in anonymous_client.get("/meetings/2099-04-08/").text


def test_one_that_is_announced_no_more_is_nobodys(group, secretary_client):
    meeting = factories.make_meeting(on=date(2099, 3, 11))
    publishing.take_back(meeting=meeting, now=NOW)
    assert secretary_client.get(reverse("meetings:meeting_calendar", args=[meeting.slug])).status_code == 404
