"""Entries that a member made on the site, and notes that name them."""

from datetime import date

import pytest

from meetings import publishing, recording
from tests import factories
from tests.factories import NOW
from wishlists.models import Entry
from wmodf.entering import reword
from wmodf.lib.models import digest

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(group):
    ada = factories.make_person("Ada Birch", role="")
    return factories.make_entry("Bus stop times", person=ada, person_name=ada.name, added_by=ada, kind="wants")


@pytest.fixture
def meeting(entry):
    meeting = factories.make_meeting(on=date(2026, 2, 25))
    factories.make_attendance(meeting, entry.person)
    return meeting


def record(meeting, text):
    return recording.record(meeting=meeting, text=text, now=NOW)


def sight(entry):
    entry.refresh_from_db()
    return entry.is_circulated, entry.is_public, entry.public_text


NOTES = "Present Ada Birch\n\nData Usage & Wish Lists\nAB: Wants: {words}\n"


def test_it_is_for_members_until_notes_name_it(entry):
    publishing.show_records(entries=[entry.pk], now=NOW)
    assert sight(entry) == (True, False, "")


@pytest.mark.parametrize("words", ["Bus stop times", "Bus times, live [D1]"])
def test_notes_that_name_it_make_it_public_once_circulated(entry, meeting, words):
    minutes = record(meeting, NOTES.format(words=words)).minutes
    assert [line.entry for line in meeting.lines.exclude(entry=None)] == [entry]
    assert sight(entry) == (True, False, "")
    publishing.circulate(minutes=minutes, now=NOW)
    assert sight(entry) == (True, True, "Bus stop times")
    publishing.withdraw(minutes=minutes, now=NOW)
    assert sight(entry) == (True, False, "")


def test_a_confidential_line_does_not_make_it_public(entry, meeting):
    minutes = record(meeting, NOTES.format(words="Bus stop times [D1] [confidential]")).minutes
    publishing.circulate(minutes=minutes, now=NOW)
    assert sight(entry) == (True, False, "")


def test_recording_again_and_rewording_the_line_leave_its_member_and_words(entry, meeting):
    record(meeting, NOTES.format(words="Bus stop times"))
    text = meeting.minutes.text
    assert "[D1]" in text
    assert not record(meeting, text).is_changed
    record(meeting, text.replace("AB: Wants: Bus stop times", "XY: Wants: Trams"))
    entry.refresh_from_db()
    assert (entry.text, entry.person, entry.person_name) == ("Bus stop times", entry.added_by, "Ada Birch")


def test_it_stays_when_the_line_goes(entry, meeting):
    record(meeting, NOTES.format(words="Bus stop times"))
    record(meeting, "Nothing was wanted.")
    assert not entry.lines.exists()
    assert sight(entry) == (True, False, "")


def test_a_want_that_was_withdrawn_is_another_when_it_is_said_again(entry, meeting):
    entry.withdraw(now=NOW)
    record(meeting, NOTES.format(words="Bus stop times"))
    (line,) = meeting.lines.exclude(entry=None)
    assert line.entry != entry
    assert not record(meeting, meeting.minutes.text).is_changed


def test_words_that_its_member_changed_outlive_a_correction_of_the_notes(group, meeting):
    record(meeting, NOTES.format(words="Tree positions"))
    entry = Entry.objects.get(text="Tree positions")
    reword(entry=entry, text="Tree positions, by street", seen=digest("Tree positions"), now=NOW)
    record(meeting, meeting.minutes.text.replace("Tree positions", "Trees' positions"))
    entry.refresh_from_db()
    assert (entry.text, entry.is_reworded) == ("Tree positions, by street", True)
    assert meeting.lines.get(entry=entry).text == "Trees' positions"
