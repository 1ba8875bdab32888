"""members.naming: how names and initials are compared, derived, sorted and withheld."""

import pytest

from members import naming
from members.naming import Discretion, Nearby, Withheld


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Birch", "ada  BIRCH"),
        ("Dr Ada Birch", "Ada Birch"),
        ("Cllr. Ada Birch", "Ada Birch"),
        ("Zoë O’Connor", "Zoe O'Connor"),
        ("Hana Smith-Jones", "Hana Smith\u2011Jones"),
        ("Hana Smith-Jones", "Hana Smith Jones"),
    ],
)
def test_fold_makes_spellings_of_one_name_equal(one, other):
    assert naming.fold(one) == naming.fold(other)


def test_fold_keeps_different_names_apart():
    assert naming.fold("Ann Marley") != naming.fold("Anna Marley")


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ada Birch", ["AB"]),
        ("Ann Mary Brown", ["AMB", "AB"]),
        ("Hana Smith-Jones", ["HSJ", "HS"]),
        ("Dr Ada Birch", ["AB"]),
        ("Prince", ["P"]),
        ("", ["?"]),
    ],
)
def test_derived_initials_come_likeliest_first(name, initials):
    assert naming.derived_initials(name) == initials


@pytest.mark.parametrize(("written", "folded"), [("HS-J", "hsj"), ("D.O'C", "doc"), ("NB", "nb")])
def test_fold_initials_compares_letters_alone(written, folded):
    assert naming.fold_initials(written) == folded


@pytest.mark.parametrize(
    ("name", "sorted_by"),
    [
        ("Ada Birch", "Birch, Ada"),
        ("Dr Ada Birch", "Birch, Ada"),
        ("Ana de la Cruz", "de la Cruz, Ana"),
        ("Prince", "Prince"),
        ("Van Morrison", "Morrison, Van"),
    ],
)
def test_sort_name_puts_the_family_first(name, sorted_by):
    assert naming.sort_name(name) == sorted_by


@pytest.mark.parametrize(
    ("words", "is_name"), [("Ada Birch", True), ("AB", False), ("A B", False), ("Ada", False), ("BCC ICT", False)]
)
def test_is_full_name(words, is_name):
    assert naming.is_full_name(words) is is_name


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("write to ada.birch+x@mail.example.org.", "write to (address withheld)."),
        ("<ada@example.org>, bo@example.org", "<(address withheld)>, (address withheld)"),
        ("meet @ 11 in room 4@HQ", "meet @ 11 in room 4@HQ"),
    ],
)
def test_mask_emails(text, public):
    assert naming.mask_emails(text) == public


ADA = Withheld(person_id=1, names=("Ada Mary O'Birch-Hill", "Mimi"), initials=("AMBH", "OS"), shown="a member")
NEAR = Nearby(people=frozenset({1}))


@pytest.mark.parametrize(
    "called",
    [
        "Ada Mary O'Birch-Hill",
        "ADA MARY O’BIRCH HILL",
        "Ada  Mary\nO'Birch\u2011Hill",
        "Dr Ada Mary O'Birch-Hill",
        "Cllr. O'Birch-Hill",
        "O'Birch-Hill, Ada Mary",
    ],
)
def test_discretion_takes_full_names_out_everywhere(called):
    assert Discretion([ADA]).public(f"-{called}: will ask ({called}’s idea)") == "-a member: will ask (a member’s idea)"


def test_discretion_finds_accents_however_they_are_encoded():
    zoe = Withheld(person_id=1, names=("Zoë Hill",), initials=(), shown="a member")
    assert Discretion([zoe]).public("Zoe\u0308 Hill and Zoe Hill") == "a member and a member"


@pytest.mark.parametrize("called", ["AMBH", "A.M.B.H", "AMB-H", "OS", "Mimi"])
def test_discretion_takes_initials_and_short_names_out_near_the_person_alone(called):
    discretion = Discretion([ADA])
    assert discretion.public(f"{called} to ask", near=NEAR) == "a member to ask"
    assert discretion.public(f"{called} to ask", near=Nearby(people=frozenset({2}))) == f"{called} to ask"


def test_discretion_leaves_other_words_alone():
    text = "OSM, OS-X, os, mimi, Ada, Mimicry and Hill Street"
    assert Discretion([ADA]).public(text, near=NEAR) == text


def test_discretion_shows_initials_where_the_person_chose_them():
    ada = Withheld(person_id=1, names=("Ada Birch", "Addie"), initials=("AB", "AJB"), shown="AB")
    text = "Ada Birch (AJB, Addie) and AB"
    assert Discretion([ada]).public(text, near=NEAR) == "AB (AJB, AB) and AB"


def test_discretion_survives_names_without_a_letter():
    odd = Withheld(person_id=1, names=("-", "?", "Dr"), initials=("?", ""), shown="a member")
    assert Discretion([odd]).public("Is this - or that?", near=NEAR) == "Is this - or that?"


@pytest.mark.parametrize(
    ("text", "is_initials"),
    [("CP", True), ("HS-J", True), ("McC", True), ("D.O'C", True), ("Ada", False), ("A", False)],
)
def test_looks_like_initials(text, is_initials):
    assert naming.looks_like_initials(text) is is_initials
