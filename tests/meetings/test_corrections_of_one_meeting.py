"""What readers see of corrections where there are no others."""

import re
from datetime import date

import pytest

from meetings import publishing, recording
from meetings.models import Correction, Minutes
from tests import factories
from tests.factories import NOW
from tests.meetings.test_corrections_shown import correct
from tests.pages import words_of

pytestmark = pytest.mark.django_db


def test_a_line_made_confidential_after_publication_leaves_everything_public(anonymous_client, group):
    meeting = factories.make_meeting()
    text = "Present: Ada Birch\n\n1. Talk\nAB to ring Zora Quill\nWanted: nothing.\n\n2. Zora's house\nA word.\n"
    publishing.circulate(minutes=recording.record(meeting=meeting, text=text, now=NOW).minutes, now=NOW)
    minutes = Minutes.objects.get(meeting=meeting)
    places = ["/meetings/2026-01-28/", "/actions/", "/actions/1/", "/meetings/?words=Zora", "/"]
    places += [f"/meetings/2026-01-28/minutes.{ending}" for ending in ("txt", "md", "whole.txt")]
    assert sum(b"Zora" in anonymous_client.get(place).content for place in places) > 5
    secret = minutes.text.replace("Zora Quill [A1]", "Zora Quill [A1] [confidential]")
    secret = secret.replace("Zora's house", "Zora's house [confidential]")
    recording.record(meeting=meeting, text=secret, now=NOW)
    # What was looked for is repeated: in the box, and in links that go on looking for it.
    asked = re.compile(rb'"Zora"|words=Zora')
    told = [place for place in places if b"Zora" in asked.sub(b"", anonymous_client.get(place).content)]
    assert told == []


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(anonymous_client, group, django_assert_num_queries, rows):
    later = factories.make_meeting(on=date(2026, 3, 25))
    factories.make_minutes(later)
    for number in range(rows):
        meeting = factories.make_meeting(on=date(2026, 1, 1 + number))
        line = factories.make_line(meeting, item=factories.make_item(meeting))
        for _ in range(rows):
            Correction.objects.create(meeting=meeting, decided_at=later, line=line, was="a", reads="b", made_at=NOW)
        factories.make_minutes(meeting)
    for day in ("2026-01-01", "2026-03-25"):
        with django_assert_num_queries(15):
            page = anonymous_client.get(f"/meetings/{day}/")
        assert words_of(page).count("for “a” read “b”") == rows * (rows if day == "2026-03-25" else 1)


def test_one_that_tells_a_line_made_confidential_since_is_not_public(group):
    meeting = factories.make_meeting()
    notes = "4. Bus stops\nAll went well.\n\nThe end.\n"
    publishing.circulate(minutes=recording.record(meeting=meeting, text=notes, now=NOW).minutes, now=NOW)
    correct(meeting, "All went", "All went badly.\nBo Marsh was late.", None, "CP said so.")
    assert "Bo Marsh was late" in Correction.objects.get().public_reads

    text = Minutes.objects.get().text.replace("was late.", "was late. [confidential]")  # the second of two lines
    recording.record(meeting=meeting, text=text, now=NOW)
    assert Correction.objects.get().public_reads == ""

    recording.record(meeting=meeting, text="4. Bus stops\nThe end.\n", now=NOW)
    recording.record(meeting=meeting, text="4. Bus stops\nThe end.\nAll went badly. [confidential]\n", now=NOW)
    assert not Correction.objects.get().is_public  # its own line, taken out and put in again
