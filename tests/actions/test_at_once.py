"""Several say something of one action at once, on a database that lets two write: nothing is lost."""

from datetime import date

import pytest
from django.test import Client

from actions.models import Action
from meetings import publishing, recording
from tests.factories import NOW, at, make_action, make_group, make_meeting, make_minutes, make_user
from tests.meetings.test_at_once import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

NOTES = "Attendance Ada Birch\n\n1. Matters arising\n\nA1: done, the company has sent a file.\n"


@pytest.fixture
def owners():
    make_group()
    return [make_user(name) for name in ("Ada Birch", "Bo Cole")]


@pytest.fixture
def action(owners):
    meeting = make_meeting(on=date(2026, 1, 28))
    action = make_action("Ask the bus company", owners=[user.person for user in owners], meeting=meeting)
    make_minutes(meeting)
    return action


def post(user, data):
    """A job: the user's browser sends the form."""
    client = Client()
    client.force_login(user)

    def job():
        return client.post("/actions/A1/", data).status_code

    return job


def test_two_owners_say_something_at_once(owners, action):
    for turn in range(5):
        codes = at_once(*(post(user, {"note": f"{user} {turn}", "comment": ""}) for user in owners))
        assert codes == [302, 302]
    notes = set(action.updates.values_list("note", flat=True))
    assert notes == {f"{user} {turn}" for user in owners for turn in range(5)}


def test_two_owners_finish_it_at_once(owners, action):
    assert at_once(*(post(user, {"note": f"{user} did", "finish": ""}) for user in owners)) == [302, 302]
    assert set(action.updates.values_list("note", flat=True)) == {f"{user} did" for user in owners}
    assert sorted(action.updates.values_list("status", flat=True)) == ["", "done"]
    assert Action.objects.get().status == "done"


def test_one_finishes_while_another_opens_it_again(owners, action):
    for turn in range(5):
        at_once(
            post(owners[0], {"note": f"Done {turn}", "finish": ""}),
            post(owners[1], {"note": f"Open {turn}", "reopen": ""}),
        )
        action.refresh_from_db()
        latest = action.updates.exclude(status="").last()
        assert action.status == (latest.status if latest else "open")
    assert action.updates.count() == 10


def test_notes_are_published_while_its_owner_says_something(owners, action):
    for turn in range(5):
        meeting = make_meeting(on=date(2026, 2, 2 + turn))
        minutes = recording.record(meeting=meeting, text=NOTES, now=NOW).minutes
        action.reopen(now=at(date(2026, 2, 1)), by=None, note=f"Before {turn}")
        at_once(
            lambda minutes=minutes: publishing.circulate(minutes=minutes, now=NOW),
            lambda turn=turn: action.comment(now=NOW, by=owners[0].person, note=f"So {turn}"),
        )
        action.refresh_from_db()
        assert (action.status, action.ended_on) == ("done", date(2026, 2, 2))
        assert action.updates.get(note=f"So {turn}").by == owners[0].person


def test_notes_are_recorded_while_its_owner_finishes_it(owners, action):
    meeting = make_meeting(on=date(2026, 2, 25))
    make_minutes(meeting, text="")
    for turn in range(5):
        text = NOTES.replace("done, the company has sent a file", f"the company was asked, time {turn}")
        at_once(
            lambda text=text: recording.record(meeting=meeting, text=text, now=NOW),
            lambda: action.finish(now=NOW, by=owners[0].person, note="All sent."),
        )
        action.refresh_from_db()
        assert (action.status, action.ended_on) == ("done", date(2026, 3, 2))
        assert action.lines.filter(meeting=meeting).count() == 1
        action.reopen(now=NOW, by=None, note=f"Again {turn}")
    assert Action.objects.get().status == "open"
