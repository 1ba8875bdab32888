"""The list of events, and events shown beside the meetings."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.pages import section_of, words_of

TODAY = date(2026, 6, 10)
BESIDE = ["/", "/calendar/", "/meetings/", "/me/"]


@pytest.fixture(autouse=True)
def that_day(time_machine):
    """Noon of a fixed day."""
    time_machine.move_to("2026-06-10T11:00:00Z")
    assert timezone.localdate() == TODAY


def test_coming_events_and_those_of_the_past_year(group, anonymous_client):
    factories.make_event("Now on", on=TODAY - timedelta(days=3), until=TODAY, published=True)
    factories.make_event("Next", on=TODAY + timedelta(days=9), starts=time(10), ends=time(16), published=True)
    factories.make_event("Over", on=TODAY - timedelta(days=300), published=True)
    factories.make_event("Long over", on=TODAY - timedelta(days=400), published=True)
    factories.make_event("Secret", on=TODAY)
    response = anonymous_client.get("/events/")
    coming, past = section_of(response, "coming"), section_of(response, "past")
    assert coming.index("Now on") < coming.index("Next")
    assert "Sunday 7 June 2026 to Wednesday 10 June 2026" in coming
    assert "Next · 10:00 to 16:00" in coming
    assert "Over" in past
    assert [words for words in ("Long over", "Secret") if words in words_of(response)] == []


def test_a_row_tells_all_and_leads_on(group, anonymous_client):
    event = factories.make_event(
        on=TODAY, kind="sprint", place="Hub", description="Bring <b>food</b>", link="https://x.example/", published=True
    )
    page = anonymous_client.get("/events/")
    assert f'id="event-{event.uid}"' in page.text
    assert 'href="https://x.example/"' in page.text
    assert "<b>food" not in page.text
    assert "Hub Bring <b>food</b> More about Open Data Day Sprint" in words_of(page)


@pytest.mark.parametrize("address", BESIDE)
def test_they_stand_beside_the_meetings(group, member_client, address):
    event = factories.make_event(on=TODAY, published=True)
    factories.make_event("Called off", on=TODAY, status="cancelled", published=True)
    factories.make_event("Over", on=TODAY - timedelta(days=1), published=True)
    factories.make_event("Secret", on=TODAY)
    response = member_client.get(address)
    section = section_of(response, "also-coming")
    assert "Open Data Day" in section
    assert "Called off" in section
    assert "Cancelled" in section
    assert [words for words in ("Over", "Secret") if words in section] == []
    assert event.get_absolute_url() in response.text


@pytest.mark.parametrize("address", BESIDE)
def test_without_events_there_is_no_such_part(group, member_client, address):
    assert section_of(member_client.get(address), "also-coming") == ""


def test_the_secretary_sees_what_is_not_published_and_that_it_is_not(group, secretary_client):
    factories.make_event("Secret", on=TODAY)
    assert "Not published: only the secretary sees it" in section_of(secretary_client.get("/events/"), "coming")
    assert section_of(secretary_client.get("/calendar/"), "also-coming") == ""


def test_the_calendar_page_says_how_to_subscribe_to_both(group, anonymous_client, settings):
    settings.SITE_URL = "https://circle.example"
    page = anonymous_client.get("/calendar/").text
    for feed in ("calendar.ics", "events.ics"):
        assert f'value="https://circle.example/{feed}"' in page
        assert f'href="webcal://circle.example/{feed}"' in page
        assert f"cid=webcal://circle.example/{feed}" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(group, anonymous_client, django_assert_num_queries, rows):
    for number in range(rows):
        factories.make_event(on=TODAY + timedelta(days=number), published=True)
        factories.make_event(on=TODAY - timedelta(days=1 + number), published=True)
    with django_assert_num_queries(4):
        assert anonymous_client.get("/events/").status_code == 200
