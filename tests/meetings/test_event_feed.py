"""The calendar feed of events, as calendar programs fetch it."""

import json
from datetime import date, time, timedelta

import icalendar
import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from meetings.events import feed as event_feed
from meetings.events import publishing as event_publishing
from meetings.models import Event
from tests import factories
from tests.events import seen

URL = "/events.ics"
TODAY = date(2026, 6, 10)


@pytest.fixture(autouse=True)
def that_day(time_machine):
    """Noon of a fixed day, standing still."""
    time_machine.move_to("2026-06-10T11:00:00Z", tick=False)
    assert timezone.localdate() == TODAY


def vevents(client) -> list:
    return icalendar.Calendar.from_ical(client.get(URL).content).walk("VEVENT")


def test_it_is_a_calendar_of_its_own(group, anonymous_client):
    factories.make_event(on=TODAY, published=True)
    factories.make_meeting(on=TODAY)
    response = anonymous_client.get(URL)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="events.ics"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Last-Modified"] == "Mon, 02 Mar 2026 09:30:00 GMT"
    assert (dict(response.cookies), response.get("Vary")) == ({}, None)
    calendar = icalendar.Calendar.from_ical(response.content)
    assert calendar["X-WR-CALNAME"] == "Elmbridge Data Circle: events"
    assert [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")] == ["Open Data Day"]
    assert anonymous_client.get("/calendar.ics").content.count(b"BEGIN:VEVENT") == 1


def test_an_empty_one_is_whole(group, anonymous_client):
    response = anonymous_client.get(URL)
    assert response.status_code == 200
    assert response.content.endswith(b"END:VCALENDAR\r\n")


@pytest.mark.parametrize(
    ("fields", "start", "end"),
    [
        ({}, date(2026, 6, 20), date(2026, 6, 21)),
        ({"until": date(2026, 6, 22)}, date(2026, 6, 20), date(2026, 6, 23)),
        ({"starts": time(10)}, "20260620T100000", "20260620T110000"),
        ({"starts": time(10), "ends": time(16)}, "20260620T100000", "20260620T160000"),
        ({"starts": time(10), "ends": time(9), "until": date(2026, 6, 22)}, "20260620T100000", "20260622T090000"),
        ({"starts": time(10), "until": date(2026, 6, 22)}, "20260620T100000", "20260622T110000"),
    ],
)
def test_when_it_starts_and_ends(group, anonymous_client, fields, start, end):
    factories.make_event(on=date(2026, 6, 20), published=True, **fields)
    (event,) = vevents(anonymous_client)
    found = [event.decoded(name) for name in ("DTSTART", "DTEND")]
    assert [one if isinstance(start, date) else one.strftime("%Y%m%dT%H%M%S") for one in found] == [start, end]
    assert ("TZID=Europe/London" in event["DTSTART"].to_ical().decode()) is False
    assert event["DTSTART"].params.get("TZID") == (None if isinstance(start, date) else "Europe/London")


@pytest.mark.parametrize(("kind", "transparent"), [("event", False), ("deadline", True), ("election", False)])
def test_deadlines_take_up_no_time(group, anonymous_client, kind, transparent):
    factories.make_event(on=TODAY, kind=kind, published=True)
    (event,) = vevents(anonymous_client)
    assert (event.get("TRANSP") == "TRANSPARENT") == transparent
    assert event["CATEGORIES"].to_ical().decode() == kind.capitalize()


def test_a_whole_day_has_its_link_in_url_alone_and_an_hour_tells_all(group, anonymous_client):
    fields = {"description": "Bring a laptop.", "link": "https://x.example/day", "published": True}
    factories.make_event(on=TODAY, **fields)
    factories.make_event(on=TODAY, starts=time(10), ends=time(12), **fields)
    whole, hours = vevents(anonymous_client)
    assert "DESCRIPTION" not in whole
    address = str(hours["URL"])
    assert hours["DESCRIPTION"] == f"Bring a laptop.\nMore: https://x.example/day\nOn our site: {address}"


def test_a_cancelled_one_stays_for_thirty_days_and_any_other_for_a_year(group, anonymous_client):
    for ago in (0, 30, 31):
        factories.make_event(f"Off {ago}", on=TODAY - timedelta(days=ago), status="cancelled", published=True)
    for ago in (366, 367):
        factories.make_event(f"On {ago}", on=TODAY - timedelta(days=ago), published=True)
    over = TODAY - timedelta(days=30)
    factories.make_event("Long", on=over - timedelta(days=9), until=over, status="cancelled", published=True)
    assert [str(event["SUMMARY"]) for event in vevents(anonymous_client)] == [
        "On 366", "CANCELLED: Long", "CANCELLED: Off 30", "CANCELLED: Off 0",
    ]  # fmt: skip


def test_what_is_not_published_is_not_in_it_and_last_modified_tells_when_it_left(group, anonymous_client):
    factories.make_event("SECRET", on=TODAY)
    event = factories.make_event(on=TODAY, published=True)
    first = anonymous_client.get(URL)
    assert b"SECRET" not in first.content
    assert anonymous_client.get(URL, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert anonymous_client.get(URL, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    event_publishing.take_back(event=event, now=timezone.now())
    second = anonymous_client.get(URL, headers={"If-Modified-Since": first["Last-Modified"]})
    assert second.status_code == 200
    assert b"VEVENT" not in second.content


def test_last_modified_moves_when_an_event_leaves_by_age(group, anonymous_client, time_machine):
    factories.make_event(on=TODAY - timedelta(days=366), published=True)
    first = anonymous_client.get(URL)["Last-Modified"]
    time_machine.move_to("2026-06-11T11:00:00Z", tick=False)
    second = anonymous_client.get(URL)
    assert b"VEVENT" not in second.content
    assert (first, second["Last-Modified"]) == ("Mon, 02 Mar 2026 09:30:00 GMT", "Wed, 10 Jun 2026 23:00:00 GMT")


def test_it_is_whole_or_503(group, anonymous_client, monkeypatch):
    factories.make_event(on=TODAY, published=True)
    Event.objects.update(event="no event")
    response = anonymous_client.get(URL)
    assert (response.status_code, response["Retry-After"]) == (503, "600")

    def fail(**_):
        raise OperationalError

    monkeypatch.setattr(event_feed, "events_feed", fail)
    assert anonymous_client.get(URL).status_code == 503


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_other_methods_are_refused(group, anonymous_client, method):
    assert getattr(anonymous_client, method)(URL).status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(group, anonymous_client, django_assert_num_queries, rows):
    for number in range(rows):
        factories.make_event(on=TODAY + timedelta(days=number), published=True)
    with django_assert_num_queries(3):
        anonymous_client.get(URL)


def test_feed_expected_says_from_the_records_what_it_holds(group, anonymous_client, capsys):
    nasty = "Zoë’s; day, with \\n and BEGIN:VEVENT\r\nSUMMARY:x"
    factories.make_event(nasty, on=TODAY, place=nasty, description=nasty, published=True)
    factories.make_event(on=TODAY, starts=time(10), description=nasty, link="https://x.example/ä", published=True)
    factories.make_event(on=TODAY, until=TODAY + timedelta(days=3), kind="deadline", published=True)
    factories.make_event(on=TODAY, starts=time(10), ends=time(9), until=TODAY + timedelta(days=3), published=True)
    factories.make_event(on=date(2026, 10, 25), starts=time(1, 30), ends=time(3), published=True)
    factories.make_event(on=TODAY, status="cancelled", published=True)
    factories.make_event(on=TODAY)
    factories.make_event(on=date(2020, 1, 1), published=True)
    call_command("feed_expected", "--events")
    expected = json.loads(capsys.readouterr().out)
    assert [seen(event) for event in vevents(anonymous_client)] == expected
    assert len(expected) == 6
