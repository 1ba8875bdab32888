"""Corrections of published notes."""

import copy
from datetime import date

import pytest

from actions.models import Action
from meetings import publishing, recording
from meetings.corrections import correcting
from meetings.models import Attendance, Correction, Meeting, MinuteLine, Minutes
from meetings.names import renaming
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db

NOTES = """Notes of the meeting of 28 January 2026
Present: Ada Birch (Elmbridge Council) – Chair, Bo Marsh, Cy Penn
Apologies: Di Oak

1. Bus stops
There was a long talk about bus stops
and about the county. It cost £500.
CP to write to the library by 14 February 2026
Action: AB to book the hall

2. Money
The bank was slow. [confidential]
Agreed that the fee is £500.
"""
LATER = """Present: Ada Birch, Bo Marsh

1. Notes of the last meeting
The notes of the meeting of 28 January 2026 were agreed with one correction: item 2 should read £5,000.
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
    minutes = recording.record(meeting=later, text=LATER, now=NOW).minutes
    publishing.circulate(minutes=minutes, now=NOW)
    return later


def passage(meeting, words):
    """The passage that holds the words."""
    minutes = Minutes.objects.get(meeting=meeting)
    return next(one for one in correcting.passages_of(meeting, minutes)[1] if words in one.words)


def correct(meeting, words, reads, *, reason="", decided_at=None, by=None):
    return correcting.correct(
        meeting=meeting,
        passage=passage(meeting, words),
        reads=reads,
        reason=reason,
        decided_at=decided_at,
        by=by,
        now=NOW,
    )


def text_of(meeting):
    return Minutes.objects.get(meeting=meeting).text


def test_the_whole_of_the_notes_can_be_picked(meeting):
    minutes = Minutes.objects.get(meeting=meeting)
    _, found = correcting.passages_of(meeting, minutes)
    assert [(one.part.value, one.words) for one in found] == [
        ("other", "Notes of the meeting of 28 January 2026"),
        ("names", "Present: Ada Birch (Elmbridge Council) – Chair, Bo Marsh, Cy Penn"),
        ("names", "Apologies: Di Oak"),
        ("heading", "1. Bus stops"),
        ("line", "There was a long talk about bus stops and about the county. It cost £500."),
        ("line", "CP to write to the library by 14 February 2026"),
        ("line", "Action: AB to book the hall"),
        ("heading", "2. Money"),
        ("line", "The bank was slow."),
        ("line", "Agreed that the fee is £500."),
    ]


def test_a_corrected_line_of_agreed_notes_says_what_it_said(meeting, later, secretary):
    assert Minutes.objects.get(meeting=meeting).status == "agreed"
    correction = correct(
        meeting, "the fee is", "Agreed that the fee is £5,000.", reason="A nought.", decided_at=later, by=secretary
    )
    line = MinuteLine.objects.get(meeting=meeting, kind="decision")
    assert line.text == line.public_text == "Agreed that the fee is £5,000."
    assert (correction.was, correction.reads) == ("Agreed that the fee is £500.", "Agreed that the fee is £5,000.")
    assert (correction.line, correction.by, correction.decided_at) == (line, secretary, later)
    correction.refresh_from_db()
    assert (correction.is_public, correction.public_reason) == (True, "A nought.")
    assert text_of(meeting).count("£500") == 1
    assert Minutes.objects.get(meeting=meeting).status == "agreed"


def test_a_corrected_action_keeps_its_number_and_its_line(meeting, later):
    action = Action.objects.get(text__startswith="CP")
    row = action.lines.get().pk
    correct(meeting, "CP to write", "CP to telephone the archive service at the county hall", decided_at=later)
    action.refresh_from_db()
    assert action.text == "CP to telephone the archive service at the county hall"
    assert action.lines.get().pk == row
    assert Action.objects.count() == 2
    assert f"county hall [{action.reference}]\n" in text_of(meeting)


def test_a_line_that_was_wrapped_is_one_to_correct(meeting):
    correct(meeting, "There was", "There was a short talk about bus stops and about the county. It cost £500.")
    assert "There was a short talk about bus stops and about the county. It cost £500.\nCP to" in text_of(meeting)


def test_a_line_that_is_no_action_any_more_loses_its_reference(meeting, later):
    action = Action.objects.get(text__startswith="AB")
    correction = correct(meeting, "AB to book", "The hall was booked already.", decided_at=later)
    assert action.reference not in text_of(meeting)
    action.refresh_from_db()
    assert not action.is_public
    assert correction.line.kind == "prose"


def test_a_line_can_be_struck_out(meeting, later):
    correction = correct(meeting, "AB to book", "", decided_at=later)
    assert (correction.was, correction.reads, correction.line) == ("AB to book the hall", "", None)
    assert "hall" not in text_of(meeting)
    assert not MinuteLine.objects.filter(meeting=meeting, text__contains="hall").exists()
    assert "[A" not in text_of(meeting).partition("14 February 2026")[2].partition("\n")[2]


def test_a_list_of_names_and_a_heading_are_corrected(meeting, later):
    correct(meeting, "Apologies", "Apologies: Di Oak, Eve Ash", decided_at=later)
    assert Attendance.objects.get(meeting=meeting, person_name="Eve Ash").status == "apologies"
    heading = correct(meeting, "2. Money", "2. Money and fees", decided_at=later)
    assert (heading.was, heading.reads) == ("2. Money", "2. Money and fees")
    assert meeting.items.get(title="Money and fees").lines.count() == 2


def test_the_earlier_correction_follows_the_line(meeting, later):
    first = correct(meeting, "the fee is", "Agreed that the fee is £5,000.", decided_at=later)
    second = correct(meeting, "the fee is", "Agreed that nothing at all was to be paid to anybody.", decided_at=later)
    first.refresh_from_db()
    assert first.line == second.line == MinuteLine.objects.get(meeting=meeting, kind="decision")


def test_a_confidential_line_is_corrected_for_members_alone(meeting, later):
    correction = correct(meeting, "The bank", "The bank was quick.", reason="It was.", decided_at=later)
    correction.refresh_from_db()
    assert MinuteLine.objects.get(text="The bank was quick.").is_confidential
    assert (correction.is_confidential, correction.is_circulated, correction.is_public) == (True, True, False)
    assert (correction.public_was, correction.public_reads, correction.public_reason) == ("", "", "")


def test_a_line_that_becomes_confidential_takes_its_corrections_with_it(meeting):
    former = correct(meeting, "the fee is", "Agreed that the fee is £5,000.")
    recording.record(meeting=meeting, text=text_of(meeting).replace("£5,000.", "£5,000. [confidential]"), now=NOW)
    former.refresh_from_db()
    assert (former.is_public, former.public_was) == (False, "")
    latter = correct(meeting, "It cost", "It cost nothing. [confidential]")
    latter.refresh_from_db()
    assert (latter.is_confidential, latter.is_public) == (True, False)


def test_agreed_notes_change_by_a_meeting_or_with_a_reason(meeting, later):
    with pytest.raises(publishing.NotAllowedError, match="which meeting agreed"):
        correct(meeting, "the fee is", "Agreed that the fee is £5,000.", reason=" ")
    assert correct(meeting, "the fee is", "Agreed that the fee is £5,000.", reason="A slip.").decided_at is None


def test_circulated_notes_change_without_either(meeting):
    assert correct(meeting, "the fee is", "Agreed that the fee is £5,000.").reason == ""


def test_no_earlier_meeting_agrees_a_correction(meeting):
    earlier = factories.make_meeting(on=date(2025, 11, 26))
    with pytest.raises(publishing.NotAllowedError, match="later meeting"):
        correct(meeting, "the fee is", "Agreed that the fee is £5,000.", decided_at=earlier)


def test_a_draft_is_not_corrected(meeting):
    publishing.withdraw(minutes=Minutes.objects.get(meeting=meeting), now=NOW)
    with pytest.raises(publishing.NotAllowedError, match="draft"):
        correct(meeting, "the fee is", "Agreed that the fee is £5,000.")


def test_what_the_notes_say_already_is_no_correction(meeting):
    with pytest.raises(publishing.NotAllowedError, match="already"):
        correct(meeting, "the fee is", " Agreed  that the fee is £500. ")


def test_a_passage_of_other_notes_is_refused(meeting):
    chosen = passage(meeting, "the fee is")
    recording.record(meeting=meeting, text=text_of(meeting).replace("fee is £500", "fee is £50"), now=NOW)
    with pytest.raises(publishing.NotAllowedError, match="changed since"):
        correcting.correct(
            meeting=meeting, passage=chosen, reads="Nothing.", reason="", decided_at=None, by=None, now=NOW
        )


def test_nothing_is_half_done(meeting, later, monkeypatch):
    before = text_of(meeting)

    def fail(**_kwargs):
        raise RuntimeError

    monkeypatch.setattr(Correction.objects, "create", fail)
    with pytest.raises(RuntimeError):
        correct(meeting, "CP to write", "CP to telephone the library", decided_at=later)
    assert text_of(meeting) == before
    assert not Action.objects.filter(text__contains="telephone").exists()


def test_withdrawn_notes_hide_their_corrections(meeting):
    correct(meeting, "the fee is", "Agreed that the fee is £5,000.", reason="A slip.")
    publishing.withdraw(minutes=Minutes.objects.get(meeting=meeting), now=NOW)
    assert list(Correction.objects.values_list("is_circulated", "is_public", "public_reads")) == [(False, False, "")]


def test_names_that_are_withheld_stay_so_in_corrections(meeting, later):
    hidden = factories.make_person("Bo Marsh Oak", role="", public_name="member")
    correct(
        meeting, "the fee is", "Agreed with Bo Marsh Oak.", reason="Bo Marsh Oak asked, b@x.example.", decided_at=later
    )
    correction = Correction.objects.get()
    assert "Oak" not in correction.public_reads + correction.public_reason
    assert "@" not in correction.public_reason
    hidden.public_name = "full"
    hidden.save()
    renaming.rename(now=NOW)
    correction.refresh_from_db()
    assert "Oak" in correction.public_reads


@pytest.mark.parametrize(
    "words",
    [
        "The notes of the meeting of 28 January 2026 were agreed with one correction: item 2 should read £5,000.",
        "Notes of the meeting of 28 January agreed with one correction: item 2 should read £5,000.",
        "The notes of the last meeting (28 January 2026) were agreed, subject to a correction: for £500 read £5,000.",
        "The minutes of 28 January were amended (item 2: £5,000 not £500) and agreed.",
    ],
)
def test_notes_agreed_with_a_correction_are_agreed(meeting, words):
    later = factories.make_meeting(on=date(2026, 3, 25))
    text = f"Present: Ada Birch, Bo Marsh\n\n1. Notes of the last meeting\n{words}\n\n2. Updates\nAll is well.\n"
    publishing.circulate(minutes=recording.record(meeting=later, text=text, now=NOW).minutes, now=NOW)
    assert Minutes.objects.get(meeting=meeting).agreed_on == later.on
    assert Meeting.objects.get(pk=meeting.pk).lines_naming_it.get().text == words
