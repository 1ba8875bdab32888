"""The Atom feeds, read by a feed reader."""

from datetime import date, timedelta

import feedparser
import pytest

from meetings import publishing
from meetings.minutes.structure import Kind
from meetings.models import Minutes
from tests import factories
from tests.factories import NOW

FEEDS = ["/notes.atom", "/actions.atom", "/wants.atom"]


def read(client, path):
    """The feed as a reader takes it; one with a fault in it is none."""
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    found = feedparser.parse(response.content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def a_meeting(number=0, *, person=None):
    meeting = factories.make_meeting(on=date(2026, 1, 28) + timedelta(days=7 * number))
    factories.make_action("Ask <b>the</b> bus\x0b company & wait", owners=[person] if person else [], meeting=meeting)
    factories.make_entry("Tree positions", kind="wants", person=person, meeting=meeting)
    factories.make_line(meeting, "It was agreed to meet.", kind=Kind.DECISION)
    factories.make_line(meeting, "A secret", kind=Kind.DECISION, is_confidential=True)
    factories.make_minutes(meeting)
    return meeting


def test_notes_say_what_was_decided_and_promised(group, anonymous_client):
    meeting = a_meeting()
    found = read(anonymous_client, "/notes.atom")
    (entry,) = found.entries
    assert entry.title == "Notes of the meeting of Wednesday 28 January 2026"
    assert entry.id == f"urn:uuid:{meeting.uid}"
    assert entry.link.endswith(meeting.get_absolute_url())
    assert entry.published == "2026-03-02T09:30:00+00:00"
    words = entry.content[0].value
    assert "Circulated, not yet agreed. 1 decision, 1 action." in words
    assert "It was agreed to meet." in words
    assert "Ask &lt;b&gt;the&lt;/b&gt; bus company &amp; wait" in words
    assert "secret" not in words


def test_an_entry_that_changes_is_newer_and_a_withdrawn_one_leaves(group, anonymous_client):
    meeting = a_meeting()
    before = read(anonymous_client, "/notes.atom").entries[0]
    minutes = Minutes.objects.get(meeting=meeting)
    minutes.text = "Other notes."
    minutes.save()
    after = read(anonymous_client, "/notes.atom").entries[0]
    assert after.id == before.id
    assert after.updated > before.updated
    publishing.withdraw(minutes=minutes, now=NOW)
    assert [read(anonymous_client, path).entries for path in FEEDS] == [[], [], []]


def test_actions_and_wants_follow_what_becomes_of_them(group, anonymous_client):
    person = factories.make_person("Hilda Hidden", public_name="member")
    meeting = a_meeting(person=person)
    action, entry = meeting.lines.get(kind=Kind.ACTION).action, meeting.lines.get(kind=Kind.WANTS).entry
    before = [read(anonymous_client, path).entries[0] for path in FEEDS[1:]]
    assert [one.title for one in before] == ["A1: Ask <b>the</b> bus company & wait", "D1: Tree positions"]
    assert all("Who: a member" in one.content[0].value for one in before)
    action.finish(now=NOW + timedelta(days=1), by=None)
    entry.move(status="released", on=date(2026, 3, 3), by=None, now=NOW + timedelta(days=1000))
    after = [read(anonymous_client, path).entries[0] for path in FEEDS[1:]]
    assert [one.id for one in after] == [one.id for one in before]
    assert [new.updated > old.updated for new, old in zip(after, before, strict=True)] == [True, True]
    assert "State: done, 3 March 2026" in after[0].content[0].value
    assert "State: released" in after[1].content[0].value
    entry.withdraw(now=NOW)
    assert read(anonymous_client, "/wants.atom").entries == []


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_is_the_same_for_everyone_and_asked_for_again_only_when_it_differs(group, member_client, path):
    empty = read(member_client, path)
    assert (empty.entries, empty.feed.author, empty.feed.updated) == ([], group.name, "2020-01-01T00:00:00+00:00")
    a_meeting()
    response = member_client.get(path)
    assert (dict(response.cookies), response.get("Vary")) == ({}, None)
    assert member_client.get(path, headers={"If-None-Match": response["ETag"]}).status_code == 304
    a_meeting(1)
    assert member_client.get(path, headers={"If-None-Match": response["ETag"]}).status_code == 200
    found = read(member_client, path)
    links = {link.rel: link.href for link in found.feed.links}
    assert links["self"] == found.feed.id
    assert links["self"].endswith(path)
    page = member_client.get(links["alternate"].partition("127.0.0.1:8000")[2])
    assert f'<link rel="alternate" href="{path}" type="application/atom+xml"' in page.text


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/notes.atom", 3), ("/actions.atom", 3), ("/wants.atom", 2)])
def test_queries(*, group, anonymous_client, django_assert_num_queries, rows, path, queries):
    for number in range(rows):
        a_meeting(number, person=factories.make_person(f"Ada Birch {'x' * number}"))
    with django_assert_num_queries(queries):
        assert len(read(anonymous_client, path).entries) == rows


def test_no_e_mail_address_is_in_a_feed(group, anonymous_client):
    meeting = factories.make_meeting()
    dataset = factories.make_dataset("Trees zoe@x.example")
    words = {"person_name": "Yan yan@x.example", "dataset": dataset}
    factories.make_entry("Tree positions", kind="wants", meeting=meeting, **words)
    factories.make_minutes(meeting)
    words = read(anonymous_client, "/wants.atom").entries[0].content[0].value
    assert words.count("(address withheld)") == 2
    assert "x.example" not in words
