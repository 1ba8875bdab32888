"""The secretary's page on which a passage is taken out of published notes."""

import copy

import pytest
from django.urls import reverse

from meetings import publishing, recording
from meetings.models import Correction, Minutes
from tests import factories
from tests.factories import NOW
from tests.pages import words_of

pytestmark = pytest.mark.django_db

NOTES = """Present: Ada Birch, Bo Marsh

1. Bus stops
AB to ring Zora Quill
It is Zora Quill who was ill.
"""


@pytest.fixture(scope="module", autouse=True)
def recorded(kept_group):
    """The same meeting and notes for all these tests."""
    meeting = factories.make_meeting()
    minutes = recording.record(meeting=meeting, text=NOTES, now=NOW).minutes
    publishing.circulate(minutes=minutes, now=NOW)
    return meeting


@pytest.fixture
def meeting(recorded):
    return copy.deepcopy(recorded)


def address(meeting):
    return reverse("admin:meetings_meeting_redact", args=[meeting.pk])


SENT = {"passage": "zora quill", "reason": "Their wish."}


def test_the_places_are_counted_before_it_is_done(secretary_client, meeting):
    factories.make_original(meeting, text=NOTES)
    page = secretary_client.post(address(meeting), SENT | {"look": "1"})
    said = words_of(page)
    assert "lines: 2" in said
    assert "1 file that these notes came from will be removed" in said
    assert "Will be: Action A1: AB to ring [redacted]" in said
    assert "Zora Quill" in Minutes.objects.get(meeting=meeting).text
    sent = SENT | {"save": "1", "seen": page.context["form"].digest()}
    page = secretary_client.post(address(meeting), sent, follow=True)
    assert "The passage was taken out." in words_of(page)
    assert "keep no copy" in words_of(page)
    assert "Zora" not in page.text
    assert "Zora" not in Minutes.objects.get(meeting=meeting).text
    assert Correction.objects.get().by == page.context["user"]


@pytest.mark.parametrize("seen", ["", "other"])
def test_nothing_is_taken_out_whose_places_were_not_shown(secretary_client, meeting, seen):
    page = secretary_client.post(address(meeting), SENT | {"save": "1", "seen": seen})
    assert "will change" in words_of(page)
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"passage": ""}, "Write the words"),
        ({"passage": "nowhere"}, "stand nowhere"),
        ({"reason": ""}, "Say why"),
        ({"reason": "For Zora  Quill."}, "reason holds the words"),
    ],
)
def test_what_is_refused_comes_back(secretary_client, meeting, sent, message):
    page = secretary_client.post(address(meeting), SENT | sent | {"look": "1"})
    assert page.status_code == 400
    assert message in words_of(page)
    for typed in (SENT | sent).values():
        assert typed in page.text


def test_other_notes_that_say_it_are_told(secretary_client, meeting):
    other = factories.make_meeting(on=meeting.on.replace(month=2))
    factories.make_minutes(other, text="Zora Quill was well.")
    page = secretary_client.post(address(meeting), SENT | {"look": "1"})
    assert f'href="{address(other)}"' in page.text


def test_a_draft_is_simply_edited(secretary_client, meeting):
    publishing.withdraw(minutes=Minutes.objects.get(meeting=meeting), now=NOW)
    assert "These notes are not published." in words_of(secretary_client.get(address(meeting)))
    secretary_client.post(address(meeting), SENT | {"save": "1"})
    assert not Correction.objects.exists()
