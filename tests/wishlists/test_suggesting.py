"""wishlists.suggesting: who wants what somebody else uses, and why that is said."""

from datetime import date

import pytest

from tests import factories
from wishlists import suggesting
from wishlists.models import Dismissal
from wishlists.suggesting import significant, suggestions_about, suggestions_for, suggestions_for_secretary
from wmodf.lib.access import Standing


@pytest.fixture
def ada(member):
    """A member as they are logged in."""
    member.standing = Standing.MEMBER
    return member


@pytest.fixture
def bo(group):
    return factories.make_person("Bo Cole")


@pytest.fixture
def sefa(secretary):
    """The secretary as they are logged in."""
    secretary.standing = Standing.SECRETARY
    return secretary


def pairs(suggestions):
    return [(one.want.reference, one.used.reference, one.reason) for one in suggestions]


@pytest.mark.parametrize(
    ("want", "used", "reason"),
    [
        ("Bus stop times", "A list of all stops for buses", "both say “bus” and “stop”"),
        ("Tree positions", "Trees", "both say “tree”"),
        ("LSOA boundaries of the wards", "Ward boundary files, LSOA", "both say “LSOA”, “boundary” and “ward”"),
        ("Bus stop times", "Bus routes", None),
        ("Open data maps", "Open data lists", None),
        ("Budget 2021", "Census 2021", None),
        ("!!!", "!!!", None),
    ],
)
def test_two_shared_words_or_all_of_the_shorter_side_are_a_reason(ada, bo, want, used, reason):
    factories.make_added_entry(ada.person, want)
    factories.make_added_entry(bo, used, kind="used")
    expected = [("D1", "D2", reason)] if reason else []
    assert pairs(suggestions_for(person=ada.person, user=ada)) == expected


def test_a_shared_dataset_is_the_best_reason(ada, bo):
    naptan = factories.make_dataset("NaPTAN")
    factories.make_added_entry(ada.person, "Something about stops", dataset=naptan)
    factories.make_added_entry(bo, "Stops", kind="used")
    factories.make_added_entry(bo, "Where people wait", kind="used", dataset=naptan)
    assert pairs(suggestions_for(person=ada.person, user=ada)) == [
        ("D1", "D3", "both name the dataset NaPTAN"),
        ("D1", "D2", "both say “stops”"),
    ]


def test_it_is_told_to_both_and_to_the_secretary_and_to_nobody_else(ada, bo, sefa, other_member):
    other_member.standing = Standing.MEMBER
    factories.make_added_entry(bo, "Trees")
    used = factories.make_added_entry(ada.person, "Trees", kind="used")
    expected = [("D1", "D2", "both say “trees”")]
    assert pairs(suggestions_for(person=ada.person, user=ada)) == expected
    assert pairs(suggestions_for(person=bo, user=ada)) == expected
    assert pairs(suggestions_for_secretary(person=sefa.person, user=sefa)) == expected
    assert pairs(suggestions_for_secretary(person=None, user=sefa)) == expected
    assert suggestions_for(person=other_member.person, user=other_member) == []
    used.shown = used.text
    assert pairs(suggestions_about(used, person=ada.person, user=ada)) == expected
    assert suggestions_about(used, person=other_member.person, user=other_member) == []
    assert suggestions_about(used, person=None, user=None) == []


@pytest.mark.parametrize(
    ("wants", "uses"),
    [
        ({"status": "released"}, {}),
        ({"withdrawn_on": date(2026, 2, 1)}, {}),
        ({}, {"withdrawn_on": date(2026, 2, 1)}),
        ({"person": "same"}, {}),
        ({"person": None, "person_name": "MT"}, {"person": None, "person_name": "MT"}),
    ],
)
def test_a_met_or_withdrawn_want_and_one_s_own_data_are_not_suggested(ada, bo, sefa, wants, uses):
    want = {"person": ada.person, "person_name": "Ada", **wants}
    if want["person"] == "same":
        want["person"] = bo
    factories.make_entry("Trees", kind="wants", **want)
    factories.make_entry("Trees", **{"person": bo, "person_name": "Bo", **uses})
    assert suggestions_for_secretary(person=sefa.person, user=sefa) == []


def test_what_a_member_must_not_know_of_is_suggested_to_the_secretary_alone(ada, bo, sefa):
    factories.make_added_entry(ada.person, "Trees")
    factories.make_entry("Trees", person=bo)  # raised by no circulated notes
    assert suggestions_for(person=ada.person, user=ada) == []
    assert len(suggestions_for_secretary(person=sefa.person, user=sefa)) == 1


def test_what_one_person_dismissed_others_still_see(ada, bo):
    want = factories.make_added_entry(ada.person, "Trees")
    used = factories.make_added_entry(bo, "Trees", kind="used")
    Dismissal.objects.create(person=ada.person, want=want, used=used)
    assert suggestions_for(person=ada.person, user=ada) == []
    assert len(suggestions_for(person=bo, user=ada)) == 1


def test_they_are_bounded(ada, bo, monkeypatch):
    monkeypatch.setattr(suggesting, "MOST", 2)
    monkeypatch.setattr(suggesting, "NEWEST", 3)
    factories.make_added_entry(ada.person, "Trees")
    for day in range(1, 6):
        factories.make_added_entry(bo, "Trees", kind="used", raised_on=date(2026, 1, day))
    found = suggestions_for(person=ada.person, user=ada)
    assert len(found) == 2
    assert {one.used.raised_on.day for one in found} <= {3, 4, 5}


@pytest.mark.parametrize("rows", [1, 3])
def test_they_take_three_queries(ada, bo, django_assert_num_queries, rows):
    naptan = factories.make_dataset("NaPTAN")
    for number in range(rows):
        factories.make_added_entry(ada.person, "Trees", dataset=naptan)
        factories.make_added_entry(factories.make_person(f"Bo {number}"), "Trees", kind="used", dataset=naptan)
    with django_assert_num_queries(3):
        assert len(suggestions_for(person=ada.person, user=ada)) == rows * rows
    with django_assert_num_queries(3):
        suggestions_for_secretary(person=ada.person, user=ada)


def test_words_are_compared_without_case_accents_and_plurals():
    assert significant("The CAFÉS’ buses, houses and boundaries") == significant("cafe BUS house boundary") | {
        "caf": "CAFÉS",
        "hous": "houses",
        "bus": "buses",
        "boundary": "boundaries",
    }
