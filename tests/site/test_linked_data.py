"""What public pages say of themselves to programs, in their heads."""

import json
import re
from datetime import date, time

import pytest

from meetings import publishing
from meetings.dates import rescheduling
from meetings.models import Meeting
from tests import factories
from tests.factories import NOW

HOSTILE = '</script><script>alert(1)</script><!-- & "Ⓜ\u2028'


def things(response):
    """What the page's head says in JSON-LD."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.text, flags=re.DOTALL)
    return [json.loads(one) for one in found]


def head(response):
    """The page's links and properties: name → content."""
    text = response.text.partition("</head>")[0]
    return dict(re.findall(r'<(?:meta (?:property|name)|link rel)="([\w:]+)" (?:content|href)="([^"]*)"', text))


def test_a_meeting_is_an_event(group, anonymous_client):
    meeting = factories.make_meeting(
        on=date(2026, 7, 8), venue="Town Hall", joining_url="https://x.example/1", is_joining_url_public=True
    )
    (event,) = things(anonymous_client.get(meeting.get_absolute_url()))
    assert event["@context"] == "https://schema.org"
    assert (event["@type"], event["name"]) == ("Event", "Steering group meeting")
    assert (event["startDate"], event["endDate"]) == ("2026-07-08T11:00:00+01:00", "2026-07-08T13:00:00+01:00")
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [one["@type"] for one in event["location"]] == ["Place", "VirtualLocation"]
    assert event["url"].endswith("/meetings/2026-07-08/")
    assert event["organizer"]["name"] == group.name


@pytest.mark.parametrize(
    ("fields", "mode"),
    [
        ({"venue": "Town Hall", "joining_url": "https://x.example/secret"}, "Offline"),
        ({"venue": "Online", "joining_url": "https://x.example/secret"}, "Online"),
        ({"joining_url": "https://x.example/1", "is_joining_url_public": True}, "Online"),
        ({"joining_url": "https://x.example/secret"}, ""),
    ],
)
def test_ways_to_attend(group, member_client, fields, mode):
    meeting = factories.make_meeting(on=date(2026, 1, 7), starts=None, **fields)
    response = member_client.get(meeting.get_absolute_url())
    (event,) = things(response)
    assert (event["startDate"], event["endDate"]) == ("2026-01-07", "2026-01-07")
    assert event.get("eventAttendanceMode", "") == (mode and f"https://schema.org/{mode}EventAttendanceMode")
    assert "secret" not in response.text.partition("</head>")[0]


def test_a_meeting_that_was_moved_then_called_off(group, anonymous_client):
    meeting = factories.make_meeting(on=date(2099, 3, 11))
    rescheduling.move(
        meeting=meeting,
        on=date(2099, 4, 8),
        starts=time(14),
        ends=None,
        host=None,
        venue="",
        reason="Rooms",
        by=None,
        now=NOW,
    )
    (event,) = things(anonymous_client.get("/meetings/2099-04-08/"))
    assert event["eventStatus"] == "https://schema.org/EventRescheduled"
    assert event["previousStartDate"] == "2099-03-11T11:00:00+00:00"
    assert "endDate" not in event
    rescheduling.cancel(meeting=Meeting.objects.get(), reason="The room is flooded", by=None, now=NOW)
    (event,) = things(anonymous_client.get("/meetings/2099-04-08/"))
    assert event["eventStatus"] == "https://schema.org/EventCancelled"
    assert event["description"] == "Cancelled: The room is flooded."


def test_no_title_can_break_out(group, anonymous_client):
    meeting = factories.make_meeting(title=HOSTILE, venue=HOSTILE)
    dataset = factories.make_dataset(HOSTILE, publisher=HOSTILE)
    factories.make_entry(meeting=meeting, dataset=dataset)
    factories.make_minutes(meeting)
    for address, name in ((meeting.get_absolute_url(), "Event"), (dataset.get_absolute_url(), "Dataset")):
        response = anonymous_client.get(address)
        (thing,) = things(response)
        assert thing["@type"] == name
        assert "</script><script>" in thing["name"]
        assert "alert(1)</script>" not in response.text
        assert "<!--" not in response.text


def test_a_meeting_that_is_not_announced_says_nothing(group, secretary_client):
    meeting = factories.make_meeting(published=False)
    response = secretary_client.get(meeting.get_absolute_url())
    assert things(response) == []


def test_every_public_page_gives_its_one_address(group, anonymous_client):
    meeting = factories.make_meeting(title="A <b>good</b> meeting")
    factories.make_action("Ask & wait", meeting=meeting)
    factories.make_minutes(meeting)
    told = head(anonymous_client.get("/actions/A1/"))
    assert told["canonical"] == told["og:url"] == "http://127.0.0.1:8000/actions/A1/"
    assert told["description"] == told["og:description"] == "A1: Ask &amp; wait"
    assert told["og:site_name"] == group.name
    assert (told["og:type"], told["og:locale"]) == ("website", "en_GB")
    told = head(anonymous_client.get(meeting.get_absolute_url()))
    assert told["og:title"] == "Meeting of 28 January 2026"
    assert "A &lt;b&gt;good&lt;/b&gt; meeting of Elmbridge Data Circle" in told["description"]
    assert head(anonymous_client.get("/meetings/?year=2026&page=1"))["canonical"] == "http://127.0.0.1:8000/meetings/"


def test_a_later_page_is_a_page_of_its_own(group, anonymous_client):
    meeting = factories.make_meeting()
    for _ in range(101):
        factories.make_action(meeting=meeting)
    factories.make_minutes(meeting)
    address = "http://127.0.0.1:8000/actions/"
    assert head(anonymous_client.get("/actions/?page=2"))["canonical"] == f"{address}?page=2"
    assert head(anonymous_client.get("/actions/?state=open&page=2"))["canonical"] == address


def test_pages_that_are_not_for_everyone_give_none(group, member_client, anonymous_client):
    answers = [member_client.get("/me/"), anonymous_client.get("/login/"), anonymous_client.get("/actions/A9/")]
    assert [head(response).get("canonical") for response in answers] == [None, None, None]


def test_a_dataset_is_one(group, anonymous_client):
    dataset = factories.make_dataset("Bus stops", publisher="Elmbridge Council", url="https://x.example/stops")
    meeting = factories.make_meeting()
    factories.make_entry(meeting=meeting, dataset=dataset)
    factories.make_minutes(meeting)
    (thing,) = things(anonymous_client.get(dataset.get_absolute_url()))
    assert (thing["@type"], thing["name"], thing["sameAs"]) == ("Dataset", "Bus stops", "https://x.example/stops")
    assert thing["publisher"]["name"] == "Elmbridge Council"


def test_a_meeting_without_its_event_says_nothing(group, anonymous_client):
    meeting = factories.make_meeting()
    publishing.take_back(meeting=meeting, now=NOW)
    assert anonymous_client.get(meeting.get_absolute_url()).status_code == 404
