"""Lists of names: who is in them, and what is said of each."""

import pytest

from meetings.minutes import reader
from meetings.minutes.name_lists import read_list
from meetings.minutes.names import is_body, is_person
from meetings.minutes.structure import Presence


def names(text, **how):
    return [entry.name for entry in read_list(text, 0, len(text), **how).entries]


def told(text):
    (entry,) = read_list(text, 0, len(text), one_each_line=True).entries
    return entry.name, entry.organisation, entry.role, entry.initials, ", ".join(entry.notes)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ada Boyle, Ned Orme & Uma Vance", ["Ada Boyle", "Ned Orme", "Uma Vance"]),
        ("Ada Boyle; Ned Orme; Uma Vance and Gil Hart.", ["Ada Boyle", "Ned Orme", "Uma Vance", "Gil Hart"]),
        ("A. Boyle, N Orme, K. Dale-Aram", ["A. Boyle", "N Orme", "K. Dale-Aram"]),
        ("Cllrs P Gee (Chair), J Hale", ["P Gee", "J Hale"]),
        ("R Hale (Chairman) C Lunt & M Wick", ["R Hale", "C Lunt", "M Wick"]),
        ("Ada, AS, NO, Uma P", ["Ada", "AS", "NO", "Uma P"]),
        ("Ada (chair) Ned (minutes)", ["Ada", "Ned"]),
        ("Tilly, Forbes Ward, Leftwich Orme", ["Tilly", "Forbes Ward", "Leftwich Orme"]),
        ("Chair - Ada Boyle (QSC) Ned Orme (QSC) Secretary Gil Hart (QSC)", ["Ada Boyle", "Ned Orme", "Gil Hart"]),
        ("Maj. Piers Quill, Sgt Una Pike", ["Piers Quill", "Una Pike"]),
        ("Ada Boyle, Ned Orme and later Gil Hart", ["Ada Boyle", "Ned Orme", "Gil Hart"]),
        ("Ada Boyle, Rose & Gil Hart, Ned Orme", ["Ada Boyle", "Rose Hart", "Gil Hart", "Ned Orme"]),
        ("Ada Boyle MP (AB), Ned Orme OBE, Uma QC", ["Ada Boyle", "Ned Orme", "Uma QC"]),
        ("Ada d'Orme, Ned d’Hart", ["Ada d'Orme", "Ned d’Hart"]),
        ("Chairman AB, Secretary NO, Uma Vance", ["AB", "NO", "Uma Vance"]),
        ("Trustees Boyle (Chair), Orme and Hart", ["Boyle", "Orme", "Hart"]),
        ("Ada Boyle (Quay (Lockham), Mr N. Orme (Weir CC)", ["Ada Boyle", "Mr N. Orme"]),
        ("A Boyle(QSC),B. Orme(QSC), D.Hart(QSC)", ["A Boyle", "B. Orme", "D.Hart"]),
        ("Councillor Boyle and the clerk Mrs N Orme", ["Councillor Boyle", "Mrs N Orme"]),
        ("Ada Boyle (AB) Lockham Voices, Ned Orme (NO) support", ["Ada Boyle", "Ned Orme"]),
        ("In the Chair A.Boyle, N.Orme and K.Hart (clerk)", ["A.Boyle", "N.Orme", "K.Hart"]),
        ("Ada Boyle, 5 members of the public", ["Ada Boyle"]),
    ],
)
def test_names_in_one_line(text, found):
    assert names(text) == found


@pytest.mark.parametrize(
    "text", ["2 members of the public", "three others", "The Clerk", "members", "None", "All", "Everyone present"]
)
def test_who_is_counted_is_nobody(text):
    reading = read_list(text, 0, len(text))
    assert not reading.entries


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ada Boyle (AB) Canal Trust (Chair)", ("Ada Boyle", "Canal Trust", "Chair", "AB", "")),
        ("Ada Boyle, Chair, Canal Trust", ("Ada Boyle", "Canal Trust", "Chair", "", "")),
        ("Ada Boyle, AB, Canal Trust", ("Ada Boyle", "Canal Trust", "", "AB", "")),
        ("Ada Boyle\tChair\tCanal Trust", ("Ada Boyle", "Canal Trust", "Chair", "", "")),
        ("Ada AB", ("Ada", "", "", "AB", "")),
        ("Ada Boyle Chair AB", ("Ada Boyle", "", "Chair", "AB", "")),
        ("Ada Boyle – Head of Counting – Canal Trust", ("Ada Boyle", "Canal Trust", "", "", "Head of Counting")),
        ("Ada Boyle – Canal Trust – Adviser", ("Ada Boyle", "Canal Trust", "", "", "Adviser")),
        ("Ada Boyle (Canal Trust, by Skype)", ("Ada Boyle", "Canal Trust", "", "", "by Skype")),
        ("Ada Boyle (Library & Chair)", ("Ada Boyle", "Library", "Chair", "", "")),
        ("Ada Boyle (AB Notes)", ("Ada Boyle", "", "Secretary", "AB", "")),
        ("Ada Boyle (Membership Secretary)", ("Ada Boyle", "", "", "", "Membership Secretary")),
        ("Ada Boyle, Chair of Weir Network", ("Ada Boyle", "Chair of Weir Network", "", "", "")),
        ("Ada Boyle (Heart of Locks Found. Trust", ("Ada Boyle", "Heart of Locks Found. Trust", "", "", "")),
        ("Ada Boyle (work commitment)", ("Ada Boyle", "", "", "", "work commitment")),
        ("Mia St. John a. 5.25", ("Mia St. John", "", "", "", "a. 5.25")),
        ("District Councillor Ada Boyle", ("Ada Boyle", "", "", "", "District Councillor")),
        ("Parish Clerk – A Boyle", ("A Boyle", "", "Parish Clerk", "", "")),
        ("AB - Ada Boyle", ("Ada Boyle", "", "", "AB", "")),
        ("Ada Boyle (AB-Planning)", ("Ada Boyle", "Planning", "", "AB", "")),
        ("Ada Boyle (https://example.org/ada)", ("Ada Boyle", "", "", "", "https://example.org/ada")),
        ("Ada Boyle (ada@example.org, Canal Trust)", ("Ada Boyle", "Canal Trust", "", "", "ada@example.org")),
        ("Ada Boyle (Quay Trains (U.K.))", ("Ada Boyle", "Quay Trains (U.K.)", "", "", "")),
        ("Ada Boyle (Vice-Chair in the chair)", ("Ada Boyle", "", "Chair", "", "Vice-Chair in the chair")),
        ("Ada Boyle (Mr N Orme attended instead)", ("Ada Boyle", "", "", "", "Mr N Orme attended instead")),
        ("Ada Boyle (AB) Natural Lockham", ("Ada Boyle", "Natural Lockham", "", "AB", "")),
        ("Ada Boyle of the Weir Keepers", ("Ada Boyle", "Weir Keepers", "", "", "")),
        ("Ada Dale-Boyle (AD-B)", ("Ada Dale-Boyle", "", "", "AD-B", "")),
        ("Ada Boyle (AB) Governing Body GP", ("Ada Boyle", "Governing Body GP", "", "AB", "")),
    ],
)
def test_what_is_said_beside_a_name(text, found):
    assert told(text) == found


@pytest.mark.parametrize("words", ["Lock Council", "QSC", "Weir Trust", "University of Lockham"])
def test_a_body_is_no_person(words):
    assert is_body(words)
    assert not is_person(words)


@pytest.mark.parametrize("words", ["Robert Hall", "Sarah Church", "Ada Boyle", "A Benn", "NO", "Jan van der Wiel"])
def test_a_person_is_no_body(words):
    assert is_person(words)


def test_two_names_without_a_comma_are_two_people_and_asked_about():
    doc = reader.read("Present: Ada Boyle, Ned Orme Uma Vance\n")
    assert [one.name for one in doc.attendees] == ["Ada Boyle", "Ned Orme", "Uma Vance"]
    assert [(problem.code, problem.subject) for problem in doc.problems] == [("name", "Ned Orme Uma Vance")]


def test_a_body_told_in_prose_is_that_of_who_has_none():
    text = "Attendance Ada Boyle, Ned Orme\nPresent Una Pike, Cal Dale\n\nUna Pike, from Quay Consulting, attended.\n"
    doc = reader.read(text + "Cal Dale, with Ned Orme, spoke.\n")
    assert {one.name: one.organisation for one in doc.listed(Presence.GUESTS)} == {
        "Una Pike": "Quay Consulting",
        "Cal Dale": "",
    }


def test_who_chairs_is_present_though_not_listed():
    doc = reader.read("The meeting was chaired by Una Pike.\n\nPresent: Ada Boyle, Ned Orme\n")
    assert doc.officer("Chair") == "Una Pike"


def test_an_election_gives_no_office_at_this_meeting():
    doc = reader.read("Present: Ada Boyle, Ned Orme\n\nChair: Ada Boyle (nominated by Ned Orme)\n")
    assert not doc.officer("Chair")


def test_a_sentence_names_the_chair_of_the_list():
    doc = reader.read("Present: Ada Boyle, Ned Orme\n\n1. Welcome\nThe Chair, Ned Orme, welcomed everyone.\n")
    assert doc.officer("Chair") == "Ned Orme"


def test_actions_are_no_list_of_those_present():
    text = "Ada Boyle – to write to the keepers\nNed Orme – to ring them\nUma Vance – will ask\n"
    assert not reader.read(text).attendees


def test_one_person_may_hold_both_offices():
    doc = reader.read("Present: Ada Boyle (Chair), Ned Orme\nMinutes taken by Ada Boyle\n")
    assert (doc.officer("Chair"), doc.officer("Secretary")) == ("Ada Boyle", "Ada Boyle")


def test_labels_that_name_nobody_stay_prose():
    doc = reader.read("Present: 14 members\nApologies: see sheet\nMinutes: Approved\n")
    assert not doc.attendees
    assert [line.text for _, line in doc.lines()] == [
        "Present: 14 members",
        "Apologies: see sheet",
        "Minutes: Approved",
    ]
