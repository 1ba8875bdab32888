"""`/me/calendar/`: what a member's own calendar holds; its secret address is made, shown once and replaced."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import CalendarAddress, Membership
from tests import factories
from tests.pages import words_of

URL = "/me/calendar/"
NOW = datetime(2026, 6, 10, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
def that_day(time_machine, settings):
    """Noon of a fixed day, and a fixed address of the site."""
    settings.SITE_URL = "https://circle.example"
    time_machine.move_to(NOW, tick=False)
    return time_machine


def shown(response):
    """The addresses that the page gives to copy."""
    return re.findall(r'value="(https://[^"]+)"', response.text)


def test_it_says_what_it_holds_and_makes_nothing_by_itself(member_client):
    response = member_client.get(URL)
    assert response.status_code == 200
    assert "You have not made one yet." in response.text
    assert '<button type="submit">Make my address</button>' in response.text
    assert (shown(response), CalendarAddress.objects.count()) == ([], 0)


def test_an_address_is_made_and_shown_once(member, member_client):
    response = member_client.post(URL)
    assert (response.status_code, response["Location"]) == (302, URL)
    page = member_client.get(URL)
    calendar, tasks = shown(page)
    token = calendar.split("/")[4]
    assert (calendar, tasks) == (
        f"https://circle.example/calendar/{token}/calendar.ics",
        f"https://circle.example/calendar/{token}/tasks.ics",
    )
    ways = [
        f'value="{calendar}"',
        f'href="webcal://circle.example/calendar/{token}/calendar.ics"',
        f'href="https://calendar.google.com/calendar/r?cid=webcal://circle.example/calendar/{token}/calendar.ics"',
    ]
    places = [page.text.index(way) for way in ways]
    assert places == sorted(places)
    assert "max-age=0" in page["Cache-Control"]
    address = CalendarAddress.objects.get()
    assert (address.person, address.made_at) == (member.person, NOW)
    assert [Client().get(path.removeprefix("https://circle.example")).status_code for path in (calendar, tasks)] == [
        200,
        200,
    ]

    again = member_client.get(URL)
    assert shown(again) == []
    assert "You have an address, made on 10 June 2026." in words_of(again)
    assert CalendarAddress.objects.get().digest == address.digest


def test_a_new_address_takes_the_place_of_the_former(member_client, that_day):
    member_client.post(URL)
    former = shown(member_client.get(URL))[0].removeprefix("https://circle.example")
    that_day.move_to(datetime(2026, 6, 11, 11, tzinfo=UTC), tick=False)
    member_client.post(URL)
    page = member_client.get(URL)
    new = shown(page)[0].removeprefix("https://circle.example")
    assert "Any that you had before have stopped working." in words_of(page)
    assert (Client().get(former).status_code, Client().get(new).status_code) == (404, 200)
    assert "made on 11 June 2026" in words_of(member_client.get(URL))


def test_the_token_waits_in_a_cookie_of_this_page_alone(member_client):
    cookie = member_client.post(URL).cookies["calendar_token"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (URL, True, "Lax", 300)


def test_whoever_comes_after_in_the_same_browser_is_not_shown_it(member_client, other_member):
    member_client.post(URL)
    cookie = member_client.cookies["calendar_token"]
    CalendarAddress.objects.make(person=other_member.person, now=timezone.now())
    client = Client()
    client.force_login(other_member)
    client.cookies["calendar_token"] = cookie.value
    assert shown(client.get(URL)) == []


@pytest.mark.parametrize("value", ["", "x", "x:y:z", "é" * 5000])
def test_a_forged_cookie_shows_nothing(member, member_client, value):
    CalendarAddress.objects.make(person=member.person, now=NOW)
    member_client.cookies["calendar_token"] = value
    response = member_client.get(URL)
    assert (response.status_code, shown(response)) == (200, [])


def test_an_administrator_who_is_no_member_gets_words(group, admin):
    client = Client()
    client.force_login(admin)
    page, refusal = client.get(URL), client.post(URL)
    assert (page.status_code, refusal.status_code) == (200, 403)
    assert "Your login is that of no member of the group today" in words_of(page)
    assert words_of(refusal) == words_of(page)
    admin.person = factories.make_person("Ada Birch")
    admin.save()
    assert client.post(URL).status_code == 403
    assert CalendarAddress.objects.count() == 0


def test_it_asks_for_a_login(group, anonymous_client):
    response = anonymous_client.get(URL)
    assert (response.status_code, response["Location"]) == (302, f"{reverse('login')}?next={URL}")


def test_nobody_else_makes_one(member, member_client, anonymous_client):
    Membership.objects.filter(person=member.person).update(end_date="2026-06-09")
    for client in (anonymous_client, member_client):
        assert client.post(URL).status_code == 403
        assert client.get(URL).status_code == 302
    assert CalendarAddress.objects.count() == 0


def test_a_post_from_elsewhere_is_refused(member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    assert client.post(URL).status_code == 403
    assert CalendarAddress.objects.count() == 0


@pytest.mark.parametrize("has_one", [False, True])
def test_queries(member, member_client, django_assert_num_queries, has_one):
    if has_one:
        CalendarAddress.objects.make(person=member.person, now=NOW)
    with django_assert_num_queries(5):  # session, user, offices, address, group
        member_client.get(URL)
