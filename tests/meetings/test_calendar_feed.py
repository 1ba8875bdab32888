"""The feed as calendar programs fetch it."""

import hashlib
import json
from datetime import date, time, timedelta

import icalendar
import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from meetings import feed, publishing
from meetings.models import Meeting
from tests import factories
from tests.events import seen

URL = "/calendar.ics"
TODAY = date(2026, 6, 10)


@pytest.fixture(autouse=True)
def that_day(time_machine):
    """Noon of a fixed day, standing still."""
    time_machine.move_to("2026-06-10T11:00:00Z", tick=False)
    assert timezone.localdate() == TODAY


@pytest.fixture
def meeting(group):
    """A coming meeting, announced in March."""
    return factories.make_meeting(on=TODAY + timedelta(days=30), starts=time(11))


def test_it_works(meeting, anonymous_client):
    response = anonymous_client.get(URL)
    assert response.status_code == 200
    assert response.content == feed.feed(on=TODAY).body
    assert response.content.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert response.content.endswith(b"END:VCALENDAR\r\n")
    wanted = {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Length": str(len(response.content)),
        "Content-Disposition": 'inline; filename="calendar.ics"',
        "X-Content-Type-Options": "nosniff",
        "ETag": f'"{hashlib.sha256(response.content).hexdigest()[:32]}"',
        "Last-Modified": "Mon, 02 Mar 2026 09:30:00 GMT",
        "Cache-Control": "public, max-age=300",
    }
    assert {name: response.get(name) for name in wanted} == wanted


@pytest.mark.parametrize("who", ["anonymous_client", "member_client", "secretary_client"])
def test_everyone_gets_the_same_and_no_cookie(meeting, request, who):
    response = request.getfixturevalue(who).get(URL)
    assert response.content == feed.feed(on=TODAY).body
    assert (dict(response.cookies), response.get("Vary")) == ({}, None)


def test_it_asks_for_no_header(meeting, anonymous_client):
    plain = anonymous_client.get(URL)
    for agent, accept in (("", ""), ("Google-Calendar-Importer", "text/html"), ("iOS/18", "text/calendar")):
        response = anonymous_client.get(
            URL, headers={"User-Agent": agent, "Accept": accept, "Accept-Encoding": "gzip, br"}
        )
        assert (response.status_code, response.content) == (200, plain.content)


def test_head_is_an_answer_without_a_body(meeting, anonymous_client):
    whole, head = anonymous_client.get(URL), anonymous_client.head(URL)
    assert (head.status_code, head.content, head.headers) == (200, b"", whole.headers)


def test_a_program_that_has_it_is_told_so(meeting, anonymous_client):
    whole = anonymous_client.get(URL)
    for headers in (
        {"If-None-Match": whole["ETag"]},
        {"If-Modified-Since": whole["Last-Modified"]},
        {"If-None-Match": f'"other", {whole["ETag"]}', "If-Modified-Since": "Mon, 02 Mar 2020 09:30:00 GMT"},
    ):
        for response in (anonymous_client.get(URL, headers=headers), anonymous_client.head(URL, headers=headers)):
            assert (response.status_code, response.content, response["ETag"]) == (304, b"", whole["ETag"])


def test_a_program_that_has_an_older_one_gets_it_whole(meeting, anonymous_client):
    for headers in (
        {"If-None-Match": '"other"'},
        {"If-Modified-Since": "Mon, 02 Mar 2026 09:29:59 GMT"},
        {"If-None-Match": '"other"', "If-Modified-Since": "Mon, 02 Mar 2026 09:30:00 GMT"},
    ):
        assert anonymous_client.get(URL, headers=headers).status_code == 200


def test_it_is_there_when_nothing_is_planned(db, anonymous_client):
    response = anonymous_client.get(URL)
    assert (response.status_code, response.content.count(b"BEGIN:VEVENT")) == (200, 0)
    assert (response.has_header("ETag"), response.has_header("Last-Modified")) == (True, False)


def test_it_is_only_read(group, anonymous_client):
    assert anonymous_client.post(URL).status_code == 405


@pytest.mark.parametrize("error", [OperationalError("no database"), ValueError("no event")])
def test_it_is_whole_or_503(meeting, anonymous_client, monkeypatch, error):
    def fail(**kwargs):
        raise error

    monkeypatch.setattr(feed, "feed", fail)
    response = anonymous_client.get(URL)
    assert (response.status_code, response["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert response.content == b"The calendar can't be read just now. Please try again later.\n"
    assert response.has_header("ETag") is False


def test_it_holds_nothing_private(group, anonymous_client):
    chair = factories.make_person("Ada Birch", email="SECRET@private.example")
    shown = factories.make_meeting(
        on=TODAY, venue="Ask SECRET@private.example", joining_url="https://SECRET.example/1", title="Steering group"
    )
    factories.make_attendance(shown, chair, note="SECRET")
    factories.make_line(shown, "SECRET")
    factories.make_minutes(shown, circulated=False, text="SECRET")
    factories.make_meeting(on=TODAY, title="SECRET", published=False)
    body = anonymous_client.get(URL).content
    assert body.count(b"BEGIN:VEVENT") == 1
    assert {
        word for word in (b"SECRET", b"Birch", b"ATTENDEE", b"ORGANIZER", b"CONTACT", b"METHOD") if word in body
    } == set()


def as_filled_in(response) -> dict[str, object]:
    """What a browser would send if the admin's page were saved as it stands."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def test_a_subscriber_follows_a_meeting_moved_then_cancelled_in_the_admin(meeting, secretary_client, anonymous_client):
    """What a secretary does in the stock admin reaches calendars, each time as a new edition of the same event."""
    change = reverse("admin:meetings_meeting_change", args=[meeting.pk])

    def edit(**values):
        response = secretary_client.post(change, as_filled_in(secretary_client.get(change)) | values)
        assert response.status_code == 302, response.context["errors"]

    def fetch():
        response = anonymous_client.get(URL)
        (event,) = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
        seen = {
            "uid": str(event["UID"]),
            "start": event.decoded("DTSTART").strftime("%d %B %H:%M %Z"),
            "status": str(event["STATUS"]),
            "sequence": event["SEQUENCE"],
            "url": str(event["URL"]).partition("//")[2].partition("/")[2],
        }
        return seen, response["ETag"], response["Last-Modified"]

    first, tag, modified = fetch()
    assert first == {
        "uid": str(meeting.uid),
        "start": "10 July 11:00 BST",
        "status": "CONFIRMED",
        "sequence": 0,
        "url": "meetings/2026-07-10/",
    }

    edit()
    assert fetch() == (first, tag, modified)

    edit(on="2026-07-17", starts="14:00", ends="16:00", reason="The room is flooded.")
    moved, moved_tag, moved_modified = fetch()
    assert moved == first | {"start": "17 July 14:00 BST", "sequence": 1, "url": "meetings/2026-07-17/"}
    assert anonymous_client.get(URL, headers={"If-None-Match": tag}).status_code == 200
    assert anonymous_client.get(URL, headers={"If-Modified-Since": modified}).status_code == 200

    edit(status="cancelled", reason="Too few can come.")
    cancelled, cancelled_tag, cancelled_modified = fetch()
    assert cancelled == moved | {"status": "CANCELLED", "sequence": 2}
    assert len({tag, moved_tag, cancelled_tag}) == len({modified, moved_modified, cancelled_modified}) == 3
    assert anonymous_client.get(URL, headers={"If-None-Match": cancelled_tag}).status_code == 304
    assert anonymous_client.get("/meetings/2026-07-10/").status_code == 302


def test_feed_expected_says_from_the_records_what_the_feed_holds(group, anonymous_client, capsys):
    """The witness and the feed, made in two ways, agree."""
    host = factories.make_organisation("Elmbridge Council")
    factories.make_meeting(on=TODAY, host=host, venue="Room 3; ask ada@private.example", starts=time(9, 30))
    factories.make_meeting(on=TODAY, joining_url="https://join.example/é?a=1,2", is_joining_url_public=True)
    factories.make_meeting(on=TODAY, joining_url="https://secret.example/")
    factories.make_meeting(on=TODAY + timedelta(days=1), starts=None, status="tentative")
    factories.make_meeting(on=TODAY + timedelta(days=2), ends=None, status="tentative", title="Tea\u2028and talk")
    factories.make_meeting(on=TODAY - timedelta(days=30), status="cancelled")
    factories.make_meeting(on=TODAY - timedelta(days=31), status="cancelled")
    factories.make_meeting(on=TODAY - timedelta(days=366))
    factories.make_meeting(on=TODAY - timedelta(days=367))
    factories.make_meeting(on=date(2026, 10, 25), starts=time(1, 30), ends=time(2, 30))
    factories.make_meeting(on=TODAY, published=False)
    moved = factories.make_meeting(on=TODAY)
    moved.on = date(2027, 1, 4)
    publishing.publish(meeting=moved, now=factories.NOW)

    call_command("feed_expected")
    expected = {entry["uid"]: entry for entry in json.loads(capsys.readouterr().out)}
    events = icalendar.Calendar.from_ical(anonymous_client.get(URL).content).walk("VEVENT")
    assert expected == {str(event["UID"]): seen(event) for event in events}
    assert len(expected) == 9


def test_a_meeting_at_the_hour_that_does_not_exist_is_refused_in_the_admin(meeting, secretary_client):
    change = reverse("admin:meetings_meeting_change", args=[meeting.pk])
    data = as_filled_in(secretary_client.get(change)) | {"on": "2027-03-28", "starts": "01:30", "ends": "03:30"}
    response = secretary_client.post(change, data)
    assert set(response.context["adminform"].form.errors) == {"starts"}
    assert Meeting.objects.get().on == meeting.on
