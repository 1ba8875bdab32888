"""Who the words of notes may mean."""

from datetime import date

import pytest

from members import matching
from members.matching import Register
from members.models import OtherName
from tests.factories import make_group, make_organisation, make_person

ON = date(2026, 1, 28)
pytestmark = pytest.mark.django_db


def test_a_name_is_found_however_it_is_written():
    ada = make_person("Ada Birch-Holt")
    OtherName.objects.create(person=ada, name="Ada Holt")
    register = Register(on=ON)
    assert register.named("Dr ADA  Birch‑Holt") == [ada]
    assert register.named("ada holt") == [ada]
    assert register.named("Ada Birch") == []


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Kit Marley", "Kit Marly"),
        ("Fred Oakham", "Frederick Oakham"),
        ("Ada Macbride", "Ada McBride"),
        ("Dave Oakham", "David Oakam"),
        ("Nick Marly", "Nic Marley"),
        ("P Oakham", "Paul Oakham"),
        ("Charlie McBray", "Charles McBray"),
    ],
)
def test_spelling_variants_are_suggested(written, known):
    person = make_person(known)
    make_person("Somebody Else")
    assert Register(on=ON).nearly_named(written) == [person]


@pytest.mark.parametrize(
    ("written", "known"),
    [("Ann Brown", "Jan Brown"), ("Tom Reed", "Tim Rudd"), ("Jo", "Joan"), ("Gwen Sims", "Glen Simms-Hart")],
)
def test_different_people_are_not(written, known):
    make_person(known)
    assert Register(on=ON).nearly_named(written) == []


def test_initials_prefer_whoever_prints_just_these():
    tan = make_person("Mei Lin Tan")
    mark = make_person("Mark Thorne")
    assert matching.with_initials("MLT", [tan, mark]) == [tan]
    assert matching.with_initials("MT", [tan, mark]) == [mark]
    hannah = make_person("Hannah Frost-Lee", initials="HF-L HFL")
    assert matching.with_initials("HFL", [hannah]) == [hannah]
    assert matching.with_initials("HL", [hannah]) == []


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Mei Lin", ["Mei Lin Tan"]),
        ("Mrs Tan", ["Mei Lin Tan"]),
        ("M Tan", ["Mei Lin Tan"]),
        ("Mei T", ["Mei Lin Tan"]),
        ("Frost-Lee", ["Hana Frost-Lee"]),
        ("H Frost-Lee", ["Hana Frost-Lee"]),
        ("Hana F-L", ["Hana Frost-Lee"]),
        ("Hill", ["Hill Marsh"]),
        ("de Groot", ["Jan de Groot"]),
        ("Lee", []),
        ("T", []),
        ("", []),
    ],
)
def test_somebody_is_known_by_part_of_a_name(words, names):
    everyone = [
        make_person(name) for name in ("Mei Lin Tan", "Hana Frost-Lee", "Hill Marsh", "Ann Hill", "Jan de Groot")
    ]
    assert [person.name for person in matching.called(words, everyone)] == names


def test_offices_and_everyone():
    assert matching.role_meant("the Secretary") == "secretary"
    assert matching.role_meant("Vice-Chair") == "vice-chair"
    assert matching.role_meant("the librarian") == ""
    assert matching.means_everyone("All members")
    assert matching.means_everyone("All to think of")
    assert matching.means_everyone("the Steering Group")
    assert not matching.means_everyone("All staff")
    assert matching.role_meant("Chairman") == "chair"
    assert matching.role_meant("the Clerk") == "secretary"


@pytest.mark.parametrize(
    ("words", "is_body"),
    [
        ("Support Team", True),
        ("WG Chairs", True),
        ("the relevant individuals", True),
        ("Ada Birch", False),
        ("Jo", False),
    ],
)
def test_bodies_are_told_from_people(words, is_body):
    assert matching.is_body(words) == is_body


def test_the_register_knows_members_and_organisations_of_the_day():
    make_group()
    council = make_organisation("Elmbridge Council", short_names="EC, Elmbridge CC")
    ada = make_person("Ada Birch", role="", on_behalf_of=council)
    bo = make_person("Bo Ash")
    register = Register(on=ON)
    assert register.members_first([bo, ada]) == [ada, bo]
    assert register.represented_by(ada) == council
    assert register.represented_by(bo) is None
    assert register.organisation("elmbridge cc") == council
    assert register.organisation("") is None
    assert not Register(on=date(2019, 12, 31)).is_member(ada)


@pytest.mark.parametrize("people", [1, 3])
def test_the_register_asks_the_same_few_questions_of_the_database(people, django_assert_num_queries):
    for number in range(people):
        make_person(f"Ada Birch{'abc'[number]}", role="")
    with django_assert_num_queries(4):
        Register(on=ON)
