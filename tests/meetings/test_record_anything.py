"""Whatever notes say, they are recorded, and saved unchanged they change nothing."""

import re
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings import composing, publishing, recording
from meetings.minutes.text import to_text
from meetings.models import Minutes
from tests.factories import NOW, make_group, make_meeting
from tests.meetings.minutes import strategies
from wmodf.lib.words import tidy

# Left out: references typed where no record is. Put beside those that saving adds, they may shift a reading.
STRAY = re.compile(r"\[[AD]\d")
ANYTHING = st.one_of(strategies.notes, strategies.documents.map(to_text), st.text(max_size=400)).filter(
    lambda text: not STRAY.search(text)
)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANYTHING)
def test_any_notes_are_recorded_once(text):
    with transaction.atomic():
        make_group()
        meeting = make_meeting(on=date(2026, 1, 28))
        minutes = recording.record(meeting=meeting, text=tidy(text), now=NOW).minutes
        assert not recording.record(meeting=meeting, text=minutes.text, now=NOW).is_changed
        publishing.circulate(minutes=minutes, now=NOW)
        opened = Minutes.objects.get(meeting=meeting)
        assert composing.text_for_editing(opened) == (opened.text, [])
        transaction.set_rollback(True)
