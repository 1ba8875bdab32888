"""A member's actions as tasks, for programs that know such."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from django.test import Client
from django.urls import reverse

from meetings import publishing
from members.models import CalendarAddress, Membership
from tests import factories
from tests.meetings.test_personal_feed import expected, promise, refused

NOW = datetime(2026, 6, 10, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
def that_day(time_machine):
    """Noon of a fixed day, standing still."""
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def notes(group):
    """A meeting with circulated notes."""
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    factories.make_minutes(meeting)
    return meeting


@pytest.fixture
def url(member):
    """The secret address."""
    return reverse("meetings:personal_tasks", args=[CalendarAddress.objects.make(person=member.person, now=NOW)])


def todos(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return icalendar.Calendar.from_ical(response.content).walk("VTODO")


def test_it_works_without_a_login(member, notes, url, client):
    action = promise(notes, member.person, due_on=None)
    response = client.get(url)
    wanted = {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": 'inline; filename="tasks.ics"',
        "Cache-Control": "private, max-age=300",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
        "Last-Modified": "Wed, 10 Jun 2026 11:00:00 GMT",
        "Vary": None,
    }
    assert {name: response.get(name) for name in wanted} == wanted
    assert b"\r\nNAME:Elmbridge Data Circle: Mina Member\\, tasks\r\n" in response.content
    calendar = icalendar.Calendar.from_ical(response.content)
    (todo,) = calendar.walk("VTODO")
    assert len(calendar.walk("VEVENT")) == 0
    assert (str(todo["UID"]), str(todo["SUMMARY"])) == (str(action.uid), "AB to ask the bus company (A1)")


def test_an_action_that_ended_stays_for_thirty_days(member, notes, url, client):
    promise(notes, member.person, text="open")
    for verb in ("finish", "drop"):
        for ago in (0, 30, 31):
            action = promise(notes, member.person, text=f"{verb} {ago}")
            getattr(action, verb)(now=NOW - timedelta(days=ago), by=None)
    assert [(str(todo["SUMMARY"]), str(todo["STATUS"])) for todo in todos(client, url)] == [
        ("open (A1)", "NEEDS-ACTION"),
        ("finish 0 (A2)", "COMPLETED"),
        ("finish 30 (A3)", "COMPLETED"),
        ("CANCELLED: drop 0 (A5)", "CANCELLED"),
        ("CANCELLED: drop 30 (A6)", "CANCELLED"),
    ]


def test_it_holds_no_draft_and_nobody_else_s(member, other_member, notes, url, client):
    promise(notes, other_member.person, "everyone")
    promise(notes, Membership.Role.CHAIR)
    draft = factories.make_meeting(on=date(2026, 3, 25))
    factories.make_action("SECRET", meeting=draft, owners=[member.person])
    factories.make_minutes(draft, circulated=False)
    publishing.show(meeting=draft, now=NOW)
    assert todos(client, url) == []


def test_a_task_that_is_done_and_opened_again_is_a_new_edition_each_time(member, notes, url, client, that_day):
    action = promise(notes, member.person)
    told = []
    for hour, change in enumerate([None, action.finish, action.reopen]):
        moment = NOW + timedelta(hours=hour)
        that_day.move_to(moment, tick=False)
        if change:
            change(now=moment, by=member.person)
        (todo,) = todos(client, url)
        told.append((str(todo["STATUS"]), todo["SEQUENCE"], client.get(url)["Last-Modified"][17:22]))
    assert told == [("NEEDS-ACTION", 0, "11:00"), ("COMPLETED", 1, "12:00"), ("NEEDS-ACTION", 2, "13:00")]


def test_it_is_revised_when_a_task_leaves_by_age(member, notes, url, client, that_day):
    promise(notes, member.person).finish(now=NOW - timedelta(days=30), by=None)
    first = client.get(url)["Last-Modified"]
    that_day.move_to(NOW + timedelta(days=1), tick=False)
    then = client.get(url, headers={"If-Modified-Since": first})
    assert (then.status_code, then["Last-Modified"]) == (200, "Thu, 11 Jun 2026 11:00:00 GMT")
    assert todos(client, url) == []


def test_a_replaced_or_unknown_address_is_404_and_one_after_the_membership(member, url, client):
    refused(reverse("meetings:personal_tasks", args=["never-made"]))
    token = CalendarAddress.objects.make(person=member.person, now=NOW)
    refused(url)
    member.person.memberships.update(end_date=date(2026, 6, 9))
    refused(reverse("meetings:personal_tasks", args=[token]))


def test_it_is_only_read(url, client):
    assert client.post(url).status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(member, notes, url, django_assert_num_queries, rows):
    for number in range(rows):
        promise(notes, member.person, Membership.Role.CHAIR, text=f"number {number}")
    Client().get(url)
    with django_assert_num_queries(4):  # address, offices, group, actions
        assert len(todos(Client(), url)) == rows


def test_feed_expected_says_from_the_records_what_it_holds(member, other_member, notes, url, capsys):
    """The witness and the feed, made in two ways, agree."""
    promise(notes, member.person, text="One\r\ntwo\u2028three; four, \\n five \x07\u202ewrite to a@b.example")
    promise(notes, member.person, text="word\n" * 1000, due_on=None)
    promise(notes, member.person, text="done in May").finish(now=datetime(2026, 5, 20, 12, tzinfo=UTC), by=None)
    promise(notes, member.person).drop(now=NOW, by=None)
    promise(notes, member.person).finish(now=NOW - timedelta(days=31), by=None)
    promise(notes, other_member.person)
    wanted = expected(capsys, "--for", "mina.member@private.example", "--todo")
    assert wanted == {str(todo["UID"]): seen(todo) for todo in todos(Client(), url)}
    assert len(wanted) == 4


def seen(todo):
    due, completed = (todo.decoded(name) if name in todo else None for name in ("DUE", "COMPLETED"))
    told = {
        "uid": str(todo["UID"]),
        "type": "VTODO",
        "start": None,
        "end": f"{due:%Y%m%d}" if due else None,
        "allday": False,
        "status": str(todo["STATUS"]),
        "sequence": todo["SEQUENCE"],
        "summary": str(todo["SUMMARY"]),
        "description": str(todo["DESCRIPTION"]),
        "location": "",
        "url": str(todo["URL"]),
    }
    return told | ({"completed": f"{completed:%Y%m%dT%H%M%SZ}"} if completed else {})
