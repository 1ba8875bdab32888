"""wishlists.models: data used has no state, a want has one; what the database refuses."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from tests import factories
from tests.factories import NOW, at
from tests.refusing import refuse
from wishlists.models import Dataset, Dismissal, Entry, EntryUpdate
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


# --- how wants stand ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("updates", "status"),
    [
        ([], "wanted"),
        ([(1, "asked"), (2, "promised")], "promised"),
        ([(2, "promised"), (1, "asked")], "promised"),
        ([(1, "asked"), (1, "refused")], "refused"),
        ([(1, "released"), (2, "")], "released"),
    ],
)
def test_the_latest_update_that_says_how_a_want_stands_counts(db, updates, status):
    want = factories.make_entry(kind=WANTS)
    for day, said in updates:
        want.updates.create(on=date(2026, 2, day), status=said)
    want.settle()
    assert Entry.objects.get().status == status


def test_of_two_who_move_a_want_nobody_loses_anything(db):
    want = factories.make_entry(kind=WANTS)
    first, second = Entry.objects.get(), Entry.objects.get()
    first.move(status="asked", way="letter", on=date(2026, 2, 1), by=None, now=NOW, note="Wrote.")
    second.move(status="promised", on=date(2026, 2, 2), by=None, now=NOW, note="They will.")
    want.refresh_from_db()
    assert (want.status, second.status) == ("promised", "promised")
    assert list(want.updates.values_list("status", "note")) == [("asked", "Wrote."), ("promised", "They will.")]


def test_data_used_is_not_moved(db):
    with pytest.raises(ValueError, match="D1 is data used: it has no state"):
        factories.make_entry().move(status="asked", on=date(2026, 2, 1), by=None, now=NOW)
    assert not EntryUpdate.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": "lost"}, "not a valid choice"),
        ({"status": "promised", "way": "foi"}, "Only data that was asked for was asked for in some way."),
        ({"way": "owl"}, "not a valid choice"),
    ],
)
def test_an_update_is_refused(db, changes, words):
    want = factories.make_entry(kind=WANTS)
    update = want.move(status="asked", way="foi", on=date(2026, 2, 1), by=None, now=NOW)
    update.note = "x"
    refuse(update, words, **changes)


def test_support_is_said_once_of_a_kind(db):
    ada, want = factories.make_person(), factories.make_entry(kind=WANTS)
    factories.make_support(want, ada)
    refuse(factories.make_support(want, ada, kind="offer", note="Ours."), "You have said so already.", kind="me-too")


def test_a_want_withdrawn_is_wanted_no_more(db):
    want = factories.make_entry(kind=WANTS)
    stale = Entry.objects.get()
    want.withdraw(now=at(date(2026, 3, 1)))
    stale.withdraw(now=at(date(2026, 3, 1)))
    assert set(Entry.objects.wanted()) == set(Entry.objects.standing()) == set()
    assert set(Entry.objects.withdrawn()) == {want}
    assert (want.is_unmet, want.withdrawn_on) == (False, date(2026, 3, 1))
    want.put_back()
    assert set(Entry.objects.wanted()) == {want}
    assert want.is_unmet


def test_wants_without_a_move(db):
    old, moved, new = (
        factories.make_entry(kind=WANTS, raised_on=on) for on in (date(2025, 1, 1), date(2025, 1, 1), date(2026, 1, 1))
    )
    factories.make_entry(raised_on=date(2025, 1, 1))
    factories.make_entry(kind=WANTS, raised_on=date(2025, 1, 1), status="released")
    moved.move(status="", on=date(2026, 1, 1), by=None, now=NOW, note="A word.")
    old.move(status="asked", on=date(2025, 12, 31), by=None, now=NOW)
    assert set(Entry.objects.unmoved_since(date(2026, 1, 1))) == {old, moved}
    assert set(Entry.objects.unmoved_since(date(2025, 12, 31))) == {moved}
    assert set(Entry.objects.unmoved_since(date(2026, 1, 2))) == {old, moved, new}


@pytest.mark.parametrize(
    ("steps", "status", "since"),
    [
        ([], "wanted", None),
        ([("asked", 5)], "asked", 5),
        ([("asked", 5), ("asked", 9)], "asked", 5),
        ([("asked", 9), ("asked", 5)], "asked", 5),
        ([("asked", 5), ("promised", 7), ("asked", 9)], "asked", 9),
        ([("asked", 5), ("refused", 9), ("promised", 7)], "refused", 9),
        ([("asked", 5), ("wanted", 9)], "wanted", 9),
        ([("wanted", 9)], "wanted", None),
    ],
)
def test_a_want_stands_so_since_it_was_first_said(db, steps, status, since):
    want = factories.make_entry(kind=WANTS, raised_on=date(2026, 1, 1))
    for said, day in steps:
        want.move(status=said, on=date(2026, 2, day), by=None, now=NOW)
    want.refresh_from_db()
    assert (want.status, want.stands_since) == (status, since and date(2026, 2, since))


def test_saying_again_how_it_stands_adds_words_or_nothing(db):
    want = factories.make_entry(kind=WANTS, raised_on=date(2026, 1, 1))
    want.move(status="asked", way="foi", on=date(2026, 2, 1), by=None, now=NOW)
    assert want.move(status="asked", on=date(2026, 2, 9), by=None, now=NOW) is None
    update = want.move(status="asked", on=date(2026, 2, 9), by=None, now=NOW, note="They are slow.")
    assert (update.status, update.way, update.note) == ("", "", "They are slow.")
    assert want.updates.count() == 2


def test_two_datasets_differ_by_more_than_case(db):
    factories.make_dataset("Bus stops")
    assert Dataset.objects.enter(name="BUS STOPS")[1] is False
    refuse(Dataset(name="Trees"), "There is a dataset with this name already.", name="bus Stops")


def test_what_no_notes_name_yet(group):
    ada = factories.make_person()
    added = factories.make_added_entry(ada)
    factories.make_added_entry(ada, "Withdrawn", withdrawn_on=date(2026, 2, 1))
    meeting = factories.make_meeting()
    named = factories.make_added_entry(ada, "Named")
    factories.make_line(meeting, "Named", kind="wants", entry=named)
    factories.make_entry("By notes", meeting=meeting, person=ada)
    assert set(Entry.objects.unminuted()) == {added}
    assert Entry.objects.of_person(ada).count() == 4


def test_whose_own_an_entry_is(db):
    ada, bo, cleo = (factories.make_person(name) for name in ("Ada Birch", "Bo Cole", "Cleo Dunn"))
    entry = factories.make_entry(person=ada, added_by=bo)
    assert [entry.is_own_of(person) for person in (ada, bo, cleo, None)] == [True, True, False, False]
    assert not factories.make_entry().is_own_of(None)


# --- datasets -------------------------------------------------------------------------------------------------------
def test_a_dataset_has_a_name_of_its_own(db):
    factories.make_dataset("NaPTAN")
    with pytest.raises(ValidationError, match="There is a dataset with this name already"):
        Dataset(name=" naptan ").full_clean()
    found, is_new = Dataset.objects.enter(name="NAPTAN", publisher="Theirs")
    assert (found.name, found.publisher, is_new) == ("NaPTAN", "", False)


def test_a_linked_dataset_is_not_deleted(db):
    naptan = factories.make_dataset("NaPTAN")
    factories.make_entry(dataset=naptan)
    with pytest.raises(ProtectedError):
        naptan.delete()


def test_datasets_known_to_each_reader(group, member, secretary):
    member.standing, secretary.standing = Standing.MEMBER, Standing.SECRETARY
    for name, fields in {"Hidden": {}, "Shown": {"is_circulated": True}}.items():
        factories.make_entry(dataset=factories.make_dataset(name), **fields)
    factories.make_dataset("Unused")
    known = [{dataset.name for dataset in Dataset.objects.known_to(user)} for user in (member, secretary)]
    assert known == [{"Shown", "Unused"}, {"Hidden", "Shown", "Unused"}]


def test_a_dismissal_is_one_person_s(db):
    ada, bo = factories.make_person("Ada Birch"), factories.make_person("Bo Cole")
    want, used = factories.make_entry(kind=WANTS), factories.make_entry()
    Dismissal.objects.create(person=ada, want=want, used=used)
    assert [Dismissal.objects.pairs_of(person) for person in (ada, bo)] == [{(want.pk, used.pk)}, set()]
