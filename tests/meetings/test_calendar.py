"""How to subscribe, and the coming meetings."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import factories

URL = "/calendar/"
TODAY = date(2026, 6, 10)


@pytest.fixture(autouse=True)
def that_day(time_machine):
    """Noon of a fixed day."""
    time_machine.move_to("2026-06-10T11:00:00Z", tick=False)
    assert timezone.localdate() == TODAY


def test_it_works_when_nothing_is_planned(group, anonymous_client, settings):
    settings.SITE_URL = "https://circle.example"
    page = anonymous_client.get(URL).content.decode()
    ways = [
        'value="https://circle.example/calendar.ics"',
        'href="webcal://circle.example/calendar.ics"',
        'href="https://calendar.google.com/calendar/r?cid=webcal://circle.example/calendar.ics"',
    ]
    places = [page.index(way) for way in ways]
    assert places == sorted(places)
    assert "No meeting is planned yet" in page


@pytest.mark.parametrize("name", ["Outlook", "Google", "Apple", "Thunderbird"])
def test_it_says_how_in_each_program(group, anonymous_client, name):
    assert f"<dt>{name}</dt>" in anonymous_client.get(URL).content.decode()


def test_it_lists_coming_announced_meetings_the_next_first(group, anonymous_client):
    factories.make_meeting(on=TODAY + timedelta(days=40), status="tentative")
    factories.make_meeting(on=TODAY, starts=None)
    factories.make_meeting(on=TODAY + timedelta(days=20), status="cancelled")
    factories.make_meeting(on=TODAY - timedelta(days=1))
    factories.make_meeting(on=TODAY + timedelta(days=5), published=False)
    response = anonymous_client.get(URL)
    assert [(meeting.on, meeting.status) for meeting in response.context["meetings"]] == [
        (TODAY, "confirmed"),
        (TODAY + timedelta(days=20), "cancelled"),
        (TODAY + timedelta(days=40), "tentative"),
    ]
    page = response.content.decode()
    assert {words for words in ("Cancelled", "Provisional", "time to be announced") if words in page} == {
        "Cancelled",
        "Provisional",
        "time to be announced",
    }


def test_the_secretary_too_sees_announced_ones_only(secretary_client):
    factories.make_meeting(on=TODAY, published=False)
    assert list(secretary_client.get(URL).context["meetings"]) == []


def test_it_shows_no_private_address(group, anonymous_client):
    factories.make_meeting(on=TODAY, venue="Write to ada@private.example", joining_url="https://secret.example/1")
    page = anonymous_client.get(URL).content.decode()
    assert [words for words in ("private.example", "secret.example") if words in page] == []


def test_it_is_only_read(group, anonymous_client):
    assert anonymous_client.post(URL).status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(group, anonymous_client, django_assert_num_queries, rows):
    host = factories.make_organisation()
    for days in range(rows):
        factories.make_minutes(factories.make_meeting(on=TODAY + timedelta(days=days), host=host))
    with django_assert_num_queries(4):
        assert anonymous_client.get(URL).status_code == 200


def test_members_are_shown_the_way_to_their_own(group, anonymous_client, member_client):
    found = ["Make your personal calendar" in client.get(URL).text for client in (anonymous_client, member_client)]
    assert found == [False, True]
