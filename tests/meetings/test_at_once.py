"""Two at once, on a database that lets two write: nobody gets an error, and nothing is there twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from meetings import publishing, recording
from meetings.models import Meeting
from members.models import Person
from tests.factories import NOW, make_group, make_meeting

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

NOTES = "Attendance Ada Birch\n\n1. Next meeting\n\nWednesday 25 March 2026, 11.00-13.00\n"


def at_once(*jobs):
    """Run the jobs in threads that start together; what any of them raises is raised."""
    barrier = Barrier(len(jobs))

    def run(job):
        try:
            barrier.wait(timeout=10)
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@pytest.fixture
def meetings():
    make_group()
    return make_meeting(on=date(2026, 1, 28)), make_meeting(on=date(2026, 2, 4))


def test_two_who_record_enter_a_person_and_a_meeting_once(meetings):
    at_once(*(lambda one=one: recording.record(meeting=one, text=NOTES, now=NOW) for one in meetings))
    assert Person.objects.filter(name="Ada Birch").count() == 1
    assert Meeting.objects.filter(on=date(2026, 3, 25)).count() == 1


def test_one_publishes_while_another_saves(meetings):
    meeting = meetings[0]
    for turn in range(5):
        minutes = recording.record(meeting=meeting, text=f"{NOTES}\nTurn {turn}.", now=NOW).minutes
        at_once(
            lambda minutes=minutes: publishing.circulate(minutes=minutes, now=NOW),
            lambda turn=turn: recording.record(meeting=meeting, text=f"{NOTES}\nTurn {turn} again.", now=NOW),
        )
        minutes.refresh_from_db()
        assert minutes.status == "circulated"
        assert "again" in minutes.text
        publishing.withdraw(minutes=minutes, now=NOW)


def test_two_meetings_are_put_on_one_day(meetings):
    at_once(*(lambda: publishing.announce(meeting=Meeting(on=date(2026, 5, 20)), now=NOW) for _ in range(2)))
    slugs = set(Meeting.objects.filter(on=date(2026, 5, 20)).values_list("slug", flat=True))
    assert slugs == {"2026-05-20", "2026-05-20-2"}
