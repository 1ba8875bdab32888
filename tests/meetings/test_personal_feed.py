"""A member's own calendar as programs fetch it: the group's meetings, and the days on which their actions are due."""

import copy
import hashlib
import json
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from time_machine import travel

from actions.models import ActionOwner
from meetings import feed, publishing
from meetings.models import Meeting
from members.models import CalendarAddress, Membership, User
from tests import factories
from tests.events import seen

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 10, 11, tzinfo=UTC)
TODAY = date(2026, 6, 10)
DUE = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def that_day(time_machine):
    """Noon of a fixed day, standing still."""
    time_machine.move_to(NOW, tick=False)
    return time_machine


# The same rows for all these tests.
@pytest.fixture(scope="module", autouse=True)
@travel(NOW, tick=False)
def made_once(kept_group):
    meeting = factories.make_meeting(on=date(2025, 1, 28))
    factories.make_minutes(meeting)
    return {"notes": meeting, "member": factories.make_user("Mina Member")}


@pytest.fixture
def notes(made_once):
    """A meeting with circulated notes, long enough ago to be in no calendar any more."""
    return copy.deepcopy(made_once["notes"])


@pytest.fixture
def member(made_once):
    return copy.deepcopy(made_once["member"])


def promise(notes, *owners, text="AB to ask the bus company", due_on=DUE, **fields):
    """An action of circulated notes."""
    action = factories.make_action(text, meeting=notes, owners=owners, due_on=due_on, **fields)
    publishing.show(meeting=notes, now=factories.NOW)
    return action


@pytest.fixture
def mine(member, notes):
    """An open action of the member's, due in three weeks."""
    return promise(notes, member.person)


@pytest.fixture
def url(member):
    """The secret address."""
    return address_of(member.person)


def address_of(person):
    return reverse("meetings:personal_feed", args=[CalendarAddress.objects.make(person=person, now=NOW)])


def events(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return icalendar.Calendar.from_ical(response.content).walk("VEVENT")


def titles(client, url):
    return [str(event["SUMMARY"]) for event in events(client, url)]


def test_it_works_without_a_login(mine, url, client):
    factories.make_meeting(on=TODAY)
    response = client.get(url)
    assert response.status_code == 200
    wanted = {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Length": str(len(response.content)),
        "Content-Disposition": 'inline; filename="calendar.ics"',
        "X-Content-Type-Options": "nosniff",
        "ETag": f'"{hashlib.sha256(response.content).hexdigest()[:32]}"',
        "Last-Modified": "Wed, 10 Jun 2026 11:00:00 GMT",
        "Cache-Control": "private, max-age=300",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }
    assert {name: response.get(name) for name in wanted} == wanted
    assert b"NAME:Elmbridge Data Circle: Mina Member\r\nX-WR-CALNAME:Elmbridge Data Circle: Mina Member\r\n" in (
        response.content
    )
    calendar = icalendar.Calendar.from_ical(response.content)
    meeting, due = calendar.walk("VEVENT")
    assert (str(meeting["SUMMARY"]), len(calendar.walk("VTODO"))) == ("Steering group meeting", 0)
    assert (str(due["SUMMARY"]), due.decoded("DTSTART")) == ("Due: AB to ask the bus company (A1)", DUE)
    assert (str(due["UID"]), due["SEQUENCE"], due.decoded("DTSTAMP")) == (str(mine.uid), 0, factories.NOW)
    assert str(due["URL"]).endswith("/actions/A1/")


@pytest.mark.parametrize("who", ["anonymous_client", "member_client", "secretary_client"])
def test_no_answer_sets_a_cookie_or_varies_by_one(mine, url, request, who):
    client = request.getfixturevalue(who)
    for address in (url, reverse("meetings:personal_feed", args=["never-made"])):
        response = client.get(address)
        assert (dict(response.cookies), response.get("Vary")) == ({}, None)


def test_it_holds_what_i_answer_for_by_name_or_office_while_it_is_open(member, other_member, notes, url, client):
    member.person.memberships.update(role="treasurer")
    promise(notes, member.person, text="mine", due_on=date(2026, 1, 1))
    promise(notes, other_member.person, member.person, text="ours")
    promise(notes, Membership.Role.TREASURER, text="my office's")
    promise(notes, Membership.Role.CHAIR, text="another office's")
    promise(notes, other_member.person, text="another's")
    promise(notes, "everyone", text="all members'")
    promise(notes, "MM", text="nobody's")
    promise(notes, member.person, text="without a date", due_on=None)
    promise(notes, member.person, text="done").finish(now=NOW, by=None)
    promise(notes, member.person, text="dropped").drop(now=NOW, by=None)
    draft = factories.make_meeting(on=date(2025, 3, 25))
    factories.make_action("draft", meeting=draft, owners=[member.person], due_on=DUE)
    factories.make_minutes(draft, circulated=False)
    publishing.show(meeting=draft, now=NOW)
    assert titles(client, url) == ["Due: mine (A1)", "Due: ours (A2)", "Due: my office's (A3)"]


def test_an_office_handed_over_takes_its_actions_along(member, notes, url, client):
    promise(notes, Membership.Role.CHAIR)
    membership = member.person.memberships.get()
    membership.end_date = TODAY - timedelta(days=1)
    membership.role = "chair"
    membership.save()
    Membership.objects.create(person=member.person, organisation=membership.organisation, start_date=TODAY)
    assert titles(client, url) == []


def test_it_holds_the_meetings_of_the_public_feed_and_no_secret_of_theirs(group, member, url, client):
    shown = factories.make_meeting(on=TODAY, joining_url="https://open.example/1", is_joining_url_public=True)
    factories.make_meeting(on=TODAY, joining_url="https://secret.example/1")
    factories.make_meeting(on=TODAY, title="SECRET", published=False)
    factories.make_meeting(on=TODAY - timedelta(days=31), status="cancelled")
    public = [event.to_ical() for event in events(client, "/calendar.ics")]
    assert [event.to_ical() for event in events(client, url)] == public
    assert len(public) == 2
    body = client.get(url).content
    assert (b"open.example" in body, b"secret" in body.lower()) == (True, False)
    assert str(shown.uid).encode() in body


def test_the_public_feed_knows_no_action(mine, client):
    assert titles(client, "/calendar.ics") == []


def test_addresses_in_the_words_are_masked(member, notes, url, client):
    promise(notes, member.person, text="AB to write to ada@private.example")
    assert titles(client, url) == ["Due: AB to write to (address withheld) (A1)"]


def test_only_the_hash_of_the_token_is_stored(member, url):
    token = url.split("/")[2]
    row = CalendarAddress.objects.values().get()
    assert len(token) >= 43  # 256 bits
    assert [value for value in row.values() if token in str(value)] == []
    assert row["digest"] == hashlib.sha256(token.encode()).hexdigest()


def refused(url):
    """Check that there is nothing at the address: 404 and no way on, for everyone and in every way of asking."""
    for response in (Client().get(url), Client().head(url), Client().get(url, headers={"If-None-Match": "*"})):
        assert (response.status_code, response["Content-Type"]) == (404, "text/plain; charset=utf-8")
        assert (response.has_header("Location"), response["Cache-Control"]) == (False, "no-store")
    assert Client().get(url).text == "There is no calendar at this address any more. Log in to make a new one.\n"


@pytest.mark.parametrize("token", ["never-made", "x" * 3000, "%00", "é", "%ff"])
def test_an_address_never_made_is_404(mine, token):
    refused(f"/calendar/{token}/calendar.ics")


def test_a_replaced_address_is_404(mine, url, client):
    new = address_of(mine.owners.get().person)
    refused(url)
    assert client.get(new).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"end_date": TODAY - timedelta(days=1)},
        {"start_date": TODAY + timedelta(days=1)},
    ],
)
def test_whoever_is_no_member_today_has_none(member, mine, url, changes):
    member.person.memberships.update(**changes)
    refused(url)


def test_a_membership_of_another_body_is_none_of_the_group(member, mine, url):
    member.person.memberships.update(organisation=factories.make_organisation())
    refused(url)


def test_a_login_switched_off_has_none(member, mine, url):
    User.objects.filter(pk=member.pk).update(is_active=False)
    refused(url)


def test_it_is_only_read(mine, url, client):
    assert client.post(url).status_code == 405


def test_a_program_that_has_it_is_told_so(mine, url, client):
    whole, head = client.get(url), client.head(url)
    assert (head.status_code, head.content, head.headers) == (200, b"", whole.headers)
    for headers in ({"If-None-Match": whole["ETag"]}, {"If-Modified-Since": whole["Last-Modified"]}):
        response = client.get(url, headers=headers)
        assert (response.status_code, response.content, response["ETag"]) == (304, b"", whole["ETag"])
        assert response["Last-Modified"] == whole["Last-Modified"]


def owner_changes(action, meeting):
    ActionOwner.objects.filter(action=action).update(person=factories.make_person("Bo Birch"))


def it_is_done(action, meeting):
    action.finish(now=NOW, by=None)


def it_is_worded_anew(action, meeting):
    action.text = "AB to ask again"
    action.save()
    publishing.show_records(actions=[action.pk], now=NOW)


def notes_are_withdrawn(action, meeting):
    publishing.withdraw(minutes=action.lines.get().meeting.minutes, now=NOW)


def meeting_moves(action, meeting):
    meeting.on += timedelta(days=7)
    publishing.publish(meeting=meeting, now=NOW)


def person_is_called_otherwise(action, meeting):
    person = action.owners.get().person
    person.name = "Mina Married"
    person.save()


@pytest.mark.parametrize(
    "change",
    [
        owner_changes,
        it_is_done,
        it_is_worded_anew,
        notes_are_withdrawn,
        meeting_moves,
        person_is_called_otherwise,
    ],
)
def test_it_is_revised_whenever_it_changes(mine, url, client, that_day, change):
    meeting = factories.make_meeting(on=TODAY + timedelta(days=30))
    first = client.get(url)
    that_day.move_to(NOW + timedelta(hours=1), tick=False)
    assert client.get(url)["Last-Modified"] == first["Last-Modified"] == "Wed, 10 Jun 2026 11:00:00 GMT"
    change(mine, meeting)
    for headers in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        then = client.get(url, headers=headers)
        assert (then.status_code, then["Last-Modified"]) == (200, "Wed, 10 Jun 2026 12:00:00 GMT")
        assert then["ETag"] != first["ETag"]


def test_it_is_revised_when_a_meeting_leaves_by_age(group, url, client, that_day):
    factories.make_meeting(on=TODAY - timedelta(days=366))
    assert client.get(url)["Last-Modified"] == "Wed, 10 Jun 2026 11:00:00 GMT"
    that_day.move_to(NOW + timedelta(days=1), tick=False)
    assert (events(client, url), client.get(url)["Last-Modified"]) == ([], "Thu, 11 Jun 2026 11:00:00 GMT")


def test_two_changes_in_one_second_are_told_apart(mine, url, client):
    told = []
    for change in (it_is_done, lambda action, _: action.reopen(now=NOW, by=None)):
        told.append(client.get(url)["Last-Modified"])
        change(mine, None)
    told.append(client.get(url)["Last-Modified"])
    assert told == [f"Wed, 10 Jun 2026 11:00:0{second} GMT" for second in range(3)]


def test_two_who_fetch_it_at_once_are_told_the_same(member, url):
    one, other = CalendarAddress.objects.get(), CalendarAddress.objects.get()
    told = [address.given_out(etag='"x"', is_tasks=False, now=NOW + timedelta(seconds=9)) for address in (one, other)]
    other.given_out(etag='"y"', is_tasks=False, now=NOW)
    told += [address.given_out(etag='"x"', is_tasks=False, now=NOW) for address in (CalendarAddress.objects.get(), one)]
    assert [moment - NOW for moment in told] == [timedelta(seconds=seconds) for seconds in (9, 9, 11, 9)]


def test_the_two_feeds_are_revised_each_for_itself(mine, url, client, that_day):
    tasks = url.replace("calendar.ics", "tasks.ics")
    first = client.get(tasks)["Last-Modified"]
    that_day.move_to(NOW + timedelta(hours=1), tick=False)
    assert client.get(url)["Last-Modified"] == "Wed, 10 Jun 2026 12:00:00 GMT"
    assert client.get(tasks)["Last-Modified"] == first == "Wed, 10 Jun 2026 11:00:00 GMT"


@pytest.mark.parametrize("error", [OperationalError("no database"), ValueError("no event")])
def test_it_is_whole_or_503(mine, url, client, monkeypatch, error):
    def fail(**kwargs):
        raise error

    monkeypatch.setattr(feed, "personal_feed", fail)
    response = client.get(url)
    assert (response.status_code, response["Retry-After"], response.has_header("ETag")) == (503, "600", False)


def test_a_meeting_that_can_t_be_read_is_not_left_out_silently(mine, url, client):
    meeting = factories.make_meeting(on=TODAY)
    Meeting.objects.filter(pk=meeting.pk).update(event="")
    assert client.get(url).status_code == 503


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(member, notes, url, django_assert_num_queries, rows):
    for number in range(rows):
        promise(notes, member.person, Membership.Role.CHAIR, text=f"number {number}")
        factories.make_meeting(on=TODAY + timedelta(days=number), host=factories.make_organisation())
    Client().get(url)
    with django_assert_num_queries(5):  # address, offices, group, meetings, actions
        assert len(events(Client(), url)) == 2 * rows


def expected(capsys, *arguments):
    call_command("feed_expected", *arguments)
    return {entry["uid"]: entry for entry in json.loads(capsys.readouterr().out)}


def test_feed_expected_says_from_the_records_what_it_holds(member, other_member, notes, url, capsys):
    """The witness and the feed, made in two ways, agree."""
    member.person.memberships.update(role="chair")
    factories.make_meeting(on=TODAY, venue="Room 3; ask ada@private.example")
    factories.make_meeting(on=TODAY, published=False)
    promise(notes, Membership.Role.CHAIR, text="One\r\ntwo\u2028three; four, \\n five \x07\u202ewrite to a@b.example")
    promise(notes, member.person, text="日" * 300, due_on=date(2026, 1, 1))
    promise(notes, member.person, text="word " * 100)
    promise(notes, member.person, due_on=None)
    promise(notes, member.person).finish(now=NOW, by=None)
    promise(notes, other_member.person, "everyone")
    wanted = expected(capsys, "--for", "MINA.member@private.example")
    assert {entry["summary"][:12] for entry in wanted.values()} == {
        "Steering gro",
        "Due: One two",
        "Due: 日日日日日日日",
        "Due: word wo",
    }
    assert wanted == {str(event["UID"]): seen(event) for event in events(Client(), url)}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--for", "nobody@private.example"], "Nobody here has the address nobody@private.example"),
        (["--for", "otto@private.example"], "Otto Birch is no member of the group today"),
        (["--todo"], "Write --for and the member's e-mail address"),
    ],
)
def test_feed_expected_says_why_there_is_none(group, arguments, words):
    factories.make_person("Otto Birch", email="otto@private.example")
    with pytest.raises(CommandError, match=words):
        call_command("feed_expected", *arguments)
