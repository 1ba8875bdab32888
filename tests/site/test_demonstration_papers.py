"""The papers of the demonstration's next meeting."""

from datetime import date, timedelta

import pytest

from meetings.models import Paper
from tests import factories
from wmodf.demonstration.papers import add_papers

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def test_the_next_meeting_gets_a_file_and_slides(group):
    factories.make_meeting(on=TODAY - timedelta(days=1))
    following = factories.make_meeting(on=TODAY + timedelta(days=7))
    factories.make_meeting(on=TODAY + timedelta(days=70))
    add_papers(today=TODAY, now=factories.NOW)
    told = Paper.objects.values_list("meeting", "kind", "content_type", "is_public")
    assert set(told) == {(following.pk, "paper", "text/csv", False), (following.pk, "slides", "", False)}


def test_without_a_meeting_to_come_there_are_none(group):
    add_papers(today=TODAY, now=factories.NOW)
    assert not Paper.objects.exists()
