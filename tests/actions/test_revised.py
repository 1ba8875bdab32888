"""What calendars are told of an action: its sequence and time of revision move only when that differs."""

from datetime import date, timedelta

import pytest

from actions.models import Action
from meetings import publishing
from meetings.names import renaming
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def told(action):
    action.refresh_from_db()
    return action.sequence, action.revised_at


@pytest.fixture
def action(group):
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    action = factories.make_action(meeting=meeting, due_on=date(2026, 3, 1))
    factories.make_minutes(meeting)
    return action


def test_a_draft_action_is_told_to_nobody(group):
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    action = factories.make_action(meeting=meeting)
    factories.make_minutes(meeting, circulated=False)
    publishing.show(meeting=meeting, now=NOW)
    assert told(action) == (0, None)
    assert action.event == ""


def test_it_is_first_told_when_its_notes_are_circulated(action):
    assert told(action) == (0, NOW)


def test_saving_again_tells_nothing_new(action):
    renaming.rename(now=LATER)
    publishing.show_records(actions=[action.pk], now=LATER)
    action.refresh_from_db()
    action.comment(now=LATER, by=None, note="I asked them.")
    assert told(action) == (0, NOW)


@pytest.mark.parametrize("changes", [{"text": "AB to ask twice"}, {"due_on": date(2026, 4, 1)}, {"due_on": None}])
def test_new_words_and_dates_are_told(action, changes):
    Action.objects.update(**changes)
    publishing.show_records(actions=[action.pk], now=LATER)
    assert told(action) == (1, LATER)


def test_what_becomes_of_it_is_told(action):
    action.finish(now=LATER, by=None)
    assert told(action) == (1, LATER)
    action.reopen(now=LATER + timedelta(hours=1), by=None)
    assert told(action) == (2, LATER + timedelta(hours=1))


def test_withdrawn_and_circulated_again_the_sequence_still_rises(action):
    minutes = action.lines.get().meeting.minutes
    publishing.withdraw(minutes=minutes, now=LATER)
    assert told(action) == (0, NOW)
    publishing.circulate(minutes=minutes, now=LATER)
    assert told(action) == (1, LATER)


def test_the_history_is_of_what_people_did(action):
    before = action.history.count()
    action.finish(now=LATER, by=None)
    assert action.history.count() == before + 1
