"""Who is to do what, as sentences of notes say it."""

import pytest

from meetings.minutes import reader
from meetings.minutes.deeds import is_instruction
from meetings.minutes.names import Entry, People
from meetings.minutes.promises import actions_of, owner_at_end
from meetings.minutes.structure import Kind

PEOPLE = People(
    Entry(0, 0, name) for name in ("Ada Boyle", "Ned Orme", "Uma Vance", "Cllr Bob Gee", "Jan van der Laan")
)


def owners_of(words):
    return [piece.owners for piece in actions_of(words, 0, len(words), PEOPLE) if piece.kind is Kind.ACTION]


@pytest.mark.parametrize(
    ("words", "owners"),
    [
        ("NO to ring the Trust.", [("NO",)]),
        ("NO/UV to ring, AB to write.", [("NO", "UV"), ("AB",)]),
        ("NO, UV and AB to ring.", [("NO", "UV", "AB")]),
        ("Ned will also ring the Trust.", [("Ned",)]),
        ("Cllr Gee undertook to ring.", [("Cllr Gee",)]),
        ("B Gee has kindly offered to ring.", [("B Gee",)]),
        ("JvdL was asked to ring.", [("JvdL",)]),
        ("The Chair asked UV to ring the Trust.", [("UV",)]),
        ("NO said she would ring.", [("NO",)]),
        ("It was agreed UV and NO would meet them.", [("UV", "NO")]),
        ("Follow-up wanted, UV to lead.", [("UV",)]),
        ("The action is left, on UV, NO to get it.", [("UV", "NO")]),
        ("ZQ to ring the Trust.", [("ZQ",)]),
        ("Mary Holt to ring the Trust.", [("Mary Holt",)]),
        ("Polly to ask the Trust.", [("Polly",)]),
        ("Everyone to bring a map.", [("Everyone",)]),
        ("Councils to reply direct.", [("Councils",)]),
        ("NO to be invited in June.", [()]),
        ("The weir is deep – ZQ & XW to inspect.", [("ZQ", "XW")]),
        ("Two want to join the club NO to follow up.", [("NO",)]),
        ("NO was invited to review the plan.", [("NO",)]),
    ],
)
def test_an_action_and_its_owners(words, owners):
    assert owners_of(words) == owners


@pytest.mark.parametrize(
    "words",
    [
        "Thanks to NO for the map.",
        "Comments to UV by June.",
        "AB thanked NO for ringing.",
        "NO would welcome help.",
        "NO had agreed to ring but has not.",
        "NO/UV agreed to differ.",
        "UV – would now print the list.",
        "The Chair asked NO to speak on eels.",
        "Tom Reed will speak at the show.",
        "NO was invited to speak on eels.",
        "That would enable NO to ring the Trust.",
        "The weir is deep – ZQ to be fair.",
        "AGM to be held in June.",
        "Permission to paint was sought.",
        "Bridge Road to close in June.",
    ],
)
def test_no_action(words):
    assert owners_of(words) == []


@pytest.mark.parametrize(
    ("words", "owners"),
    [
        ("The ruts are deep. [Action: NO]", ("NO",)),
        ("The ruts are deep (ACTION NO/UV)", ("NO", "UV")),
        ("The ruts are deep. Action by: the Clerk", ("the Clerk",)),
        ("Ring the Trust    NO", ("NO",)),
        ("Ring the Trust\tZQ", ("ZQ",)),
        ("Ring the Trust | Ned Orme", ("Ned Orme",)),
        ("Ring the Trust / Ned", ("Ned",)),
        ("Ring the Trust – NO", ("NO",)),
        ("Ring the Trust (NO, UV)", ("NO", "UV")),
        ("Ring the Trust   NO   DONE", ("NO",)),
        ("Ring the Trust – NO (by 3 June)", ("NO",)),
        ("The signs will be mended (NO)", ("NO",)),
        ("It is in hand [action NO]", ("NO",)),
        ("Review the debateNO", ("NO",)),
    ],
)
def test_owners_behind_what_they_do(words, owners):
    found = owner_at_end(words, 0, len(words), PEOPLE)
    assert found is not None
    assert found[0] == owners


@pytest.mark.parametrize(
    "words",
    ["The CIO/CDO post is open.", "It rained on 26/9", "The speaker was Ned", "She met NO", "Ann Hill   Chair   AH"],
)
def test_nobody_behind(words):
    assert owner_at_end(words, 0, len(words), PEOPLE) is None


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("Ring the Trust", True),
        ("Papers to be printed", True),
        ("Report of the Clerk", False),
        ("Report the leak", True),
        ("The lock is old", False),
    ],
)
def test_an_instruction(words, is_one):
    assert is_instruction(words) is is_one


@pytest.mark.parametrize(
    ("words", "owners"),
    [
        ("The lock is stuck. UV Action.", [("UV",)]),
        ("Forms go back to the Trust. Clerk to action", [("Clerk",)]),
        ("The bill went to the Trust. Ned to action this.", [("Ned",)]),
        ("The bill went to the Trust. NIL action.", []),
    ],
)
def test_a_sentence_that_says_who_acts_on_the_one_before(words, owners):
    doc = reader.read(f"Present: Ned Orme, Uma Vance\n\n1. Locks\n{words}\n")
    assert [line.owners for line in doc.of_kind(Kind.ACTION)] == owners
