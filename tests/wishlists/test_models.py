"""wishlists.models: data used has no state, a want has one; what the database refuses."""

import pytest
from django.db.models import ProtectedError

from tests import factories
from tests.refusing import refuse
from wishlists.models import Entry
from wmodf.lib.access import Standing

WANTS = Entry.Kind.WANTS


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        ("used", {"status": "wanted"}, "A want has one of the states from wanted to refused; data used has none."),
        (WANTS, {"status": ""}, "A want has one of the states from wanted to refused; data used has none."),
        (WANTS, {"status": "lost"}, "not a valid choice"),
        ("used", {"kind": "needs"}, "not a valid choice"),
        ("used", {"is_public": True}, "entry_public_only_if_circulated"),
    ],
)
def test_an_entry_is_refused(db, kind, changes, words):
    refuse(factories.make_entry(kind=kind), words, **changes)


@pytest.mark.parametrize("status", ["wanted", "asked", "promised", "released", "refused"])
def test_a_want_has_any_of_five_states(db, status):
    entry = factories.make_entry(kind=WANTS, status=status)
    entry.full_clean()
    assert set(Entry.objects.wanted()) == ({entry} if status in {"wanted", "asked", "promised"} else set())


def test_numbers_are_given_once(db):
    first, second = factories.make_entry(), factories.make_entry()
    assert (first.reference, second.reference) == ("D1", "D2")
    refuse(second, "already exists", number=1)


def test_used_and_wanted_are_told_apart(db):
    used, want = factories.make_entry(), factories.make_entry(kind=WANTS)
    assert (set(Entry.objects.used()), set(Entry.objects.wanted())) == ({used}, {want})


def test_whoever_an_entry_names_is_not_deleted(db):
    ada, council = factories.make_person(), factories.make_organisation()
    factories.make_entry(person=ada, organisation=council)
    for row in (ada, council):
        with pytest.raises(ProtectedError):
            row.delete()


def test_whose_it_is_for_each_reader(member):
    member.standing = Standing.MEMBER
    ada = factories.make_person(public_name="member")
    named = factories.make_entry(person=ada, person_name="Ada")
    unmatched = factories.make_entry(person_name="MT")
    assert [named.who_for(None), named.who_for(member), unmatched.who_for(None)] == ["a member", "Ada Birch", "MT"]
