"""What readers see of corrections: on both meetings' pages, and in documents."""

from datetime import date

import pytest

from meetings import publishing, recording
from meetings.corrections import correcting, redacting
from meetings.documents import FORMS
from meetings.minutes import reader
from meetings.minutes.structure import Kind
from meetings.models import Correction, Minutes
from tests import factories
from tests.factories import NOW
from tests.pages import words_of

pytestmark = pytest.mark.django_db

NOTES = """Present: Ada Birch, Bo Marsh

4. Bus stops
AB to book the hall
All went well.
The bank was slow. [confidential]
"""


# The same rows for all these tests.
@pytest.fixture(scope="module", autouse=True)
def later(kept_group):
    """The meeting that agreed the notes of 28 January and a correction to them; in these, something was taken out."""
    meeting = factories.make_meeting()
    publishing.circulate(minutes=recording.record(meeting=meeting, text=NOTES, now=NOW).minutes, now=NOW)
    later = factories.make_meeting(on=date(2026, 3, 25))
    text = "Present: Ada Birch\n\n1. Notes of the last meeting\nNotes of 28 January 2026 agreed.\n"
    publishing.circulate(minutes=recording.record(meeting=later, text=text, now=NOW).minutes, now=NOW)
    correct(meeting, "All went", "CP to say that all went badly.", later, "CP said so.")
    correct(meeting, "The bank", "The bank was quick.", later, "It was.")
    redacting.redact(meeting=meeting, words="book the hall", reason="Their wish.", by=None, now=NOW)
    return later


def correct(meeting, words, reads, decided_at, reason):
    _, passages = correcting.passages_of(meeting, Minutes.objects.get(meeting=meeting))
    passage = next(one for one in passages if words in one.words)
    correcting.correct(
        meeting=meeting, passage=passage, reads=reads, reason=reason, decided_at=decided_at, by=None, now=NOW
    )


def test_the_public_reads_what_was_corrected(anonymous_client, later):
    page = anonymous_client.get("/meetings/2026-01-28/")
    said = words_of(page)
    assert (
        "Item 4: for “All went well.” read “CP to say that all went badly.”, agreed at the meeting of 25 March 2026 :"
        " CP said so."
    ) in said
    assert "A passage was taken out on 2 March 2026." in said
    assert "Their wish" not in said
    assert "bank" not in said
    correction = Correction.objects.get(was="All went well.")
    assert f'<li id="correction-{correction.pk}">' in page.text
    assert f'href="#correction-{correction.pk}"' in page.text
    assert f'id="line-{correction.line_id}"' in page.text


def test_the_meeting_that_agreed_it_lists_it_too(anonymous_client, later):
    said = words_of(anonymous_client.get("/meetings/2026-03-25/"))
    assert "Corrections to the notes of 28 January 2026" in said
    assert "Item 4: for “All went well.” read “CP to say that all went badly.”: CP said so." in said
    assert "bank" not in said


def test_members_read_of_confidential_ones(member_client, later):
    for day in ("2026-01-28", "2026-03-25"):
        assert "for “The bank was slow.” read “The bank was quick.”" in words_of(member_client.get(f"/meetings/{day}/"))
    assert "Their wish" not in member_client.get("/meetings/2026-01-28/").text


def test_the_secretary_reads_why_a_passage_was_taken_out(secretary_client, later):
    assert "For the secretary alone: Their wish." in words_of(secretary_client.get("/meetings/2026-01-28/"))


def test_a_meeting_that_nobody_knows_of_is_not_named(anonymous_client, later):
    hidden = factories.make_meeting(on=date(2026, 2, 25), published=False)
    Correction.objects.update(decided_at=hidden)
    said = words_of(anonymous_client.get("/meetings/2026-01-28/"))
    assert "February" not in said
    assert "read “CP to say that all went badly.”, made on 2 March 2026" in said


def test_withdrawn_notes_hide_them(anonymous_client, member_client, later):
    publishing.withdraw(minutes=Minutes.objects.get(meeting=later), now=NOW)  # so that the others are not agreed
    minutes = Minutes.objects.get(meeting__on=date(2026, 1, 28))
    publishing.withdraw(minutes=minutes, now=NOW)
    for client in (anonymous_client, member_client):
        for day in ("2026-01-28", "2026-03-25"):
            assert "orrection" not in words_of(client.get(f"/meetings/{day}/"))


@pytest.mark.parametrize("ending", ["txt", "md"])
def test_documents_say_it_and_read_back(anonymous_client, later, ending):
    response = anonymous_client.get(f"/meetings/2026-01-28/minutes.{ending}")
    text = response.text if hasattr(response, "text") else response.content.decode()
    assert "Corrected on 2 March 2026: item 4." in text
    assert "A passage was taken out on 2 March 2026." in text
    doc = reader.read(text)
    assert [line.text.replace("\\", "") for line in doc.of_kind(Kind.ACTION)] == [
        "AB to [redacted]",
        "CP to say that all went badly.",
    ]
    assert doc.items[-1].title == "About these notes"
    assert {line.kind for line in doc.items[-1].lines} == {Kind.PROSE}
    assert doc.problems == () or all("correct" not in one.text for one in doc.problems)


@pytest.mark.parametrize("ending", FORMS)
def test_every_document_can_be_fetched(anonymous_client, later, ending):
    assert anonymous_client.get(f"/meetings/2026-01-28/minutes.{ending}").status_code == 200
