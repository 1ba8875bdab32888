"""A meeting that only a draft's line named goes with the line, but not what somebody has prepared for it."""

from datetime import date

import pytest

from meetings import recording
from meetings.models import Meeting
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 25)
NAMED = "1. Dates\nNext meeting: 25 March 2026, 11.00-13.00, Elmbridge Council, Room 2\n"


@pytest.fixture
def draft(group):
    """The meeting whose draft names another."""
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    recording.record(meeting=meeting, text=NAMED, now=NOW)
    return meeting


def test_it_goes_with_the_line(draft):
    recording.record(meeting=draft, text="Nothing.\n", now=NOW)
    assert not Meeting.objects.filter(on=DAY).exists()


def prepare_agenda(meeting, user):
    factories.make_agenda_item(meeting)


def prepare_paper(meeting, user):
    factories.make_paper(meeting)


def prepare_notes(meeting, user):
    factories.make_draft(meeting, user)


def prepare_later(meeting, user):
    factories.make_agenda_item(raised_at=meeting)


@pytest.mark.parametrize("prepare", [prepare_agenda, prepare_paper, prepare_notes, prepare_later])
def test_it_stays_with_what_was_prepared(draft, secretary, prepare):
    prepare(Meeting.objects.get(on=DAY), secretary)
    recording.record(meeting=draft, text="Nothing.\n", now=NOW)
    assert Meeting.objects.filter(on=DAY).exists()
