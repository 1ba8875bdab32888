"""The secretary's page on which published notes are corrected."""

import copy
from datetime import date

import pytest
from django.urls import reverse

from meetings import publishing, recording
from meetings.models import Correction, MinuteLine, Minutes
from tests import factories
from tests.factories import NOW
from tests.pages import words_of

pytestmark = pytest.mark.django_db

NOTES = """Present: Ada Birch, Bo Marsh

1. Bus stops
AB to book the hall
Agreed that the fee is £500.
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


@pytest.fixture
def later(meeting):
    """The meeting that agreed the notes."""
    later = factories.make_meeting(on=date(2026, 3, 25))
    words = "Notes of 28 January 2026 agreed with one correction: item 1 should read £5,000."
    text = f"Present: Ada Birch, Bo Marsh\n\n1. Notes of the last meeting\n{words}\n"
    publishing.circulate(minutes=recording.record(meeting=later, text=text, now=NOW).minutes, now=NOW)
    return later


def address(meeting):
    return reverse("admin:meetings_meeting_correct", args=[meeting.pk])


def chosen(client, meeting, words="Agreed that"):
    """The page's form for the passage with these words, as a browser would send it."""
    page = client.get(address(meeting))
    passage = next(one for one in page.context["page"] if words in one.words)
    form = client.get(address(meeting), {"passage": passage.number}).context["form"]
    return {name: form[name].value() or "" for name in form.fields if name != "seen"}


def test_a_passage_is_chosen_looked_at_and_corrected(secretary_client, meeting, later):
    sent = chosen(secretary_client, meeting) | {"reads": "Agreed that the fee is £5,000.", "reason": "A nought."}
    assert sent["decided_at"] == later.pk
    page = secretary_client.post(address(meeting), sent | {"look": "1"})
    said = words_of(page)
    assert "For “Agreed that the fee is £500.” read “Agreed that the fee is £5,000.”" in said
    assert "Was: Decision: Agreed that the fee is £500. Will be: Decision: Agreed that the fee is £5,000." in said
    assert not Correction.objects.exists()
    seen = page.context["form"].digest()
    page = secretary_client.post(address(meeting), sent | {"save": "1", "seen": seen}, follow=True)
    assert "The correction is saved" in words_of(page)
    correction = Correction.objects.get()
    assert (correction.decided_at, correction.reason) == (later, "A nought.")
    assert correction.by == page.context["user"]
    assert MinuteLine.objects.filter(meeting=meeting, text="Agreed that the fee is £5,000.").exists()


@pytest.mark.parametrize("seen", ["", "other"])
def test_nothing_is_saved_that_was_not_shown(secretary_client, meeting, seen):
    sent = chosen(secretary_client, meeting) | {"reads": "Agreed that the fee is £5,000."}
    page = secretary_client.post(address(meeting), sent | {"save": "1", "seen": seen})
    assert "Is this the correction?" in words_of(page)
    assert not Correction.objects.exists()


def test_what_was_typed_is_kept_where_the_notes_changed_meanwhile(secretary_client, meeting):
    sent = chosen(secretary_client, meeting) | {"reads": "Agreed that the fee is £5,000.", "reason": "A nought."}
    text = Minutes.objects.get(meeting=meeting).text.replace("£500", "£50")
    recording.record(meeting=meeting, text=text, now=NOW)
    page = secretary_client.post(address(meeting), sent | {"look": "1"})
    assert page.status_code == 400
    assert "The notes were changed since you chose this passage" in words_of(page)
    assert "Agreed that the fee is £5,000.</textarea>" in page.text
    assert "A nought.</textarea>" in page.text


def test_a_passage_that_moved_is_found_again(secretary_client, meeting):
    sent = chosen(secretary_client, meeting) | {"reads": "Agreed that the fee is £5,000."}
    text = Minutes.objects.get(meeting=meeting).text.replace("AB to", "All is well.\nAB to")
    recording.record(meeting=meeting, text=text, now=NOW)
    page = secretary_client.post(address(meeting), sent | {"look": "1"})
    assert "Is this the correction?" in words_of(page)


def test_agreed_notes_ask_for_a_meeting_or_a_reason(secretary_client, meeting, later):
    sent = chosen(secretary_client, meeting) | {"reads": "Agreed that nobody pays.", "decided_at": ""}
    seen = secretary_client.post(address(meeting), sent | {"look": "1"}).context["form"].digest()
    page = secretary_client.post(address(meeting), sent | {"save": "1", "seen": seen})
    assert "say which meeting agreed the correction" in words_of(page)
    assert page.status_code == 400


def test_a_draft_is_simply_edited(secretary_client, meeting):
    publishing.withdraw(minutes=Minutes.objects.get(meeting=meeting), now=NOW)
    page = secretary_client.get(address(meeting))
    assert "Draft. Only you see these notes: there is nothing to correct yet" in words_of(page)
    assert page.context["form"] is None
    assert secretary_client.post(address(meeting), {"save": "1"}).status_code == 200
    assert not Correction.objects.exists()


def test_a_meeting_without_notes(secretary_client, group):
    assert "No notes yet." in words_of(secretary_client.get(address(factories.make_meeting())))


def test_a_line_that_speaks_of_a_correction_leads_to_it(secretary_client, meeting, later):
    way = f"{address(meeting)}?decided_at={later.pk}"
    for page in (address(later), address(meeting), reverse("admin:meetings_meeting_record", args=[later.pk])):
        assert f'href="{way}"' in secretary_client.get(page).text
    passage = secretary_client.get(way).context["page"][-1]
    page = secretary_client.get(f"{way}&passage={passage.number}")
    assert page.context["form"]["decided_at"].value() == later.pk
    assert not Correction.objects.exists()


def test_once_it_is_entered_nothing_leads_there(secretary_client, meeting, later):
    Correction.objects.create(meeting=meeting, decided_at=later, was="a", reads="b", made_at=NOW)
    for one in (meeting, later):
        assert "speak of a correction" not in words_of(secretary_client.get(address(one)))


def test_a_line_that_agrees_a_correct_record_speaks_of_none(secretary_client, meeting):
    later = factories.make_meeting(on=date(2026, 3, 25))
    words = "Notes of 28 January 2026 agreed as a correct record."
    text = f"Present: Ada Birch, Bo Marsh\n\n1. Notes of the last meeting\n{words}\n"
    publishing.circulate(minutes=recording.record(meeting=later, text=text, now=NOW).minutes, now=NOW)
    assert "speak of a correction" not in words_of(secretary_client.get(address(meeting)))


@pytest.mark.parametrize("query", ["passage=999", "passage=x", "passage=-1", "decided_at=x", "page=x"])
def test_an_odd_address_shows_the_passages(secretary_client, meeting, query):
    page = secretary_client.get(f"{address(meeting)}?{query}")
    assert page.status_code == 200
    assert page.context["form"] is None


def test_it_is_for_the_secretary(member_client, anonymous_client, meeting):
    for name in ("admin:meetings_meeting_correct", "admin:meetings_meeting_redact"):
        way = reverse(name, args=[meeting.pk])
        assert member_client.post(way, {"save": "1"}).status_code == 403
        assert anonymous_client.post(way, {"save": "1"}).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(secretary_client, meeting, later, django_assert_num_queries, rows):
    for _ in range(rows):
        Correction.objects.create(
            meeting=meeting, decided_at=later, was="a", reads="b", line=meeting.lines.first(), made_at=NOW
        )
    with django_assert_num_queries(8):
        secretary_client.get(address(meeting))
