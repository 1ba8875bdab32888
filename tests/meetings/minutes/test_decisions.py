"""Which earlier notes were agreed, and what was decided."""

import pytest

from meetings.minutes.decisions import is_agreed_notes, is_decision, is_mover


@pytest.mark.parametrize(
    "words",
    [
        "Notes of the meeting of 12 March were agreed.",
        "NOTES of the meeting of 12/03/2019 agreed",
        "The minutes of the 12 March meeting were approved.",
        "The minutes of the previous meeting, held on Tuesday 12th March, were signed as a correct record.",
        "It was resolved that the minutes of 12 March be accepted.",
        "Last meeting's minutes – agreed.",
        "Minutes of 12th March accepted & signed.",
        "Notes of the meeting of 12 March were agreedwith one change.",
        "RESOLVED: To approve the minutes of the meeting of 12 March.",
        "Proposed AB, seconded NO that the minutes be accepted as a true record.",
    ],
)
def test_agreed_notes(words):
    assert is_agreed_notes(words)


@pytest.mark.parametrize(
    "words",
    [
        "Agreed.",
        "Taken as read and approved.",
        "They were signed as a true record.",
        "Ned Orme was there, otherwise accepted as correct.",
        "Read by the Chair and accepted as accurate.",
        "These have been circulated and were accepted.",
        "Agreed to be an accurate record.",
    ],
)
def test_less_will_do_under_their_heading(words):
    assert is_agreed_notes(words, in_item=True)
    assert not is_agreed_notes(words)


@pytest.mark.parametrize(
    "words",
    [
        "The following minutes are unapproved and will be formally agreed at the next meeting.",
        "The minutes of the last meeting were not agreed.",
        "The minutes of the meeting of 12 March were not confirmed.",
        "These costs were agreed for the whole of the towpath and its gates.",
        "The minutes of the meeting of 12 March will be approved in June.",
        "It was agreed that the minutes of each meeting should go on the door.",
        "It was agreed to paint the lock.",
    ],
)
def test_notes_not_agreed(words):
    assert not is_agreed_notes(words, in_item=True)


@pytest.mark.parametrize(
    "words",
    [
        "It was agreed to paint.",
        "RESOLVED – to paint.",
        "The budget was approved.",
        "AB proposed, NO seconded, to paint.",
        "The governing body duly APPROVED the new lock.",
        "Governors formally ratified the plan.",
        "Una Pike was co-opted onto the council.",
        "The new committee was voted in:",
        "All three were duly re-elected.",
        "Una Pike was supported as Chair of the meeting.",
        "The report was then approved.",
        "The price was approved by the committee.",
        "The rules were accepted as fit for the lock.",
    ],
)
def test_a_decision(words):
    assert is_decision(words)


@pytest.mark.parametrize(
    "words",
    [
        "AB agreed with NO.",
        "They agreed to differ.",
        "The date is to be agreed.",
        "The plan has been approved by Cabinet.",
        "The following minutes were approved.",
        "Members accepted that it would rain.",
        "She had been elected before.",
        "Apologies were accepted from NO.",
        "The signs were approved by the Trust.",
    ],
)
def test_no_decision(words):
    assert not is_decision(words)


@pytest.mark.parametrize(
    "words",
    [
        "Proposed by AB, seconded by NO.",
        "(Cllr Boyle proposed, Cllr Orme seconded)",
        "Proposed AB, seconded NO and carried.",
    ],
)
def test_who_moved_it(words):
    assert is_mover(words)


def test_what_was_moved_is_more_than_who_moved_it():
    assert not is_mover("It was proposed by AB to paint the lock, and NO seconded it.")
