"""actions.models: how an action stands follows from what was said of it; what the database refuses."""

from datetime import date

import pytest
from django.db.models import ProtectedError

from actions.models import Action, ActionOwner, ActionUpdate
from tests import factories
from tests.factories import at
from tests.refusing import refuse
from wmodf.lib.access import Standing

DAY = date(2026, 2, 1)


@pytest.fixture
def action(db):
    """An open action."""
    return factories.make_action()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": "lost", "ended_on": DAY}, "not a valid choice"),
        ({"status": "done"}, "A done or dropped action has the day on which it ended; an open one has none."),
        ({"ended_on": DAY}, "A done or dropped action has the day on which it ended; an open one has none."),
        ({"is_public": True}, "action_public_only_if_circulated"),
    ],
)
def test_an_action_is_refused(action, changes, words):
    refuse(action, words, **changes)


def test_numbers_are_given_once(action):
    second = factories.make_action()
    assert (action.number, action.reference, second.reference) == (1, "A1", "A2")
    refuse(second, "already exists", number=1)


@pytest.mark.parametrize(
    ("first", "changes"),
    [
        ({"person": True}, {"role": "chair"}),
        ({"person": True}, {"is_everyone": True}),
        ({"role": "chair"}, {"is_everyone": True}),
    ],
)
def test_an_owner_is_of_one_kind(action, first, changes):
    if "person" in first:
        first["person"] = factories.make_person()
    owner = ActionOwner(action=action, as_minuted="AB", **first)
    refuse(owner, "An owner is a person, an office or all members: choose one.", **changes)


def test_a_person_owns_an_action_once(action):
    ada, bo = factories.make_person("Ada Birch"), factories.make_person("Bo Cole")
    ActionOwner.objects.create(action=action, person=ada, as_minuted="AB")
    refuse(ActionOwner(action=action, person=bo, as_minuted="BC"), "This person owns the action already.", person=ada)


def test_several_unmatched_owners_may_be_named_alike(action):
    for _ in range(2):
        owner = ActionOwner(action=action, as_minuted="MT")
        owner.full_clean()
        owner.save()
    assert action.owners.count() == 2


def test_an_update_has_a_known_status(action):
    refuse(ActionUpdate(action=action, on=DAY), "not a valid choice", status="lost")


def test_whoever_owns_or_updated_an_action_is_not_deleted(action):
    ada, bo = factories.make_person("Ada Birch"), factories.make_person("Bo Cole")
    ActionOwner.objects.create(action=action, person=ada, as_minuted="AB")
    action.finish(now=at(DAY), by=bo)
    for person in (ada, bo):
        with pytest.raises(ProtectedError):
            person.delete()


def test_finish_drop_and_reopen_say_who_and_when(action):
    ada = factories.make_person()
    for verb, status, ended in (
        (action.finish, "done", DAY),
        (action.drop, "dropped", DAY),
        (action.reopen, "open", None),
    ):
        update = verb(now=at(DAY), by=ada, note="Said so.")
        action.refresh_from_db()
        assert (action.status, action.ended_on) == (status, ended)
        assert (update.status, update.by, update.note, update.is_draft) == (status, ada, "Said so.", False)


def test_finishing_counts_where_the_updates_were_fetched_before(action):
    fetched = Action.objects.prefetch_related("updates").get()
    fetched.finish(now=at(DAY), by=None)
    action.refresh_from_db()
    assert action.status == "done"


@pytest.mark.parametrize(
    ("updates", "status", "ended_on"),
    [
        ([], "open", None),
        ([(1, "done")], "done", date(2026, 2, 1)),
        ([(1, "done"), (2, "")], "done", date(2026, 2, 1)),
        ([(2, "open"), (1, "done")], "open", None),
        ([(1, "open"), (1, "dropped")], "dropped", date(2026, 2, 1)),
        ([(3, "done"), (1, "dropped")], "done", date(2026, 2, 3)),
        ([(3, "done"), (5, "done")], "done", date(2026, 2, 3)),
        ([(1, "done"), (3, "open"), (5, "done")], "done", date(2026, 2, 5)),
    ],
)
def test_the_latest_update_that_says_how_it_stands_counts(action, updates, status, ended_on):
    for day, said in updates:
        action.updates.create(on=date(2026, 2, day), status=said)
    action.updates.create(on=date(2026, 3, 1), status="dropped", is_draft=True)
    action.settle(now=factories.NOW)
    action.refresh_from_db()
    assert (action.status, action.ended_on) == (status, ended_on)


def test_settling_writes_nothing_where_nothing_changed(action, django_assert_num_queries):
    with django_assert_num_queries(1):
        action.settle(now=factories.NOW)
    assert action.history.count() == 1


def test_settling_leaves_what_somebody_else_wrote_meanwhile(action):
    stale = Action.objects.get()
    Action.objects.update(text="New words")
    stale.finish(now=at(DAY), by=None)
    assert Action.objects.get().text == "New words"


def test_overdue_is_open_past_its_day(db):
    late = factories.make_action(due_on=date(2026, 1, 31))
    factories.make_action(due_on=DAY)
    factories.make_action()
    factories.make_action(due_on=date(2026, 1, 1)).finish(now=at(DAY), by=None)
    assert set(Action.objects.overdue(on=DAY)) == {late}
    assert {action for action in Action.objects.all() if action.is_overdue(on=DAY)} == {late}


def test_open_and_owned_by(db):
    ada = factories.make_person()
    hers = factories.make_action(owners=[ada, "Bo"])
    done = factories.make_action(owners=[ada])
    done.finish(now=at(DAY), by=None)
    factories.make_action(owners=["Bo"])
    assert set(Action.objects.owned_by(ada)) == {hers, done}
    assert set(Action.objects.open().owned_by(ada)) == {hers}


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"is_everyone": True, "as_minuted": "All"}, "all members"),
        ({"role": "vice-chair", "as_minuted": "VC"}, "the Vice-chair"),
        ({"as_minuted": "MT"}, "MT"),
    ],
)
def test_an_owner_who_is_no_person_is_named(action, fields, name):
    owner = ActionOwner(action=action, **fields)
    assert (owner.name_for(None), str(owner)) == (name, name)


def test_an_owner_is_named_as_each_reader_may_see_them(action, member):
    member.standing = Standing.MEMBER
    owner = ActionOwner(action=action, person=factories.make_person(public_name="initials"), as_minuted="Ada")
    assert (owner.name_for(None), owner.name_for(member)) == ("AB", "Ada Birch")


@pytest.mark.parametrize(("public_text", "shown"), [("AB to ask by Easter", "by Easter"), ("AB to ask", "")])
def test_the_public_reads_due_words_only_from_the_public_text(member, public_text, shown):
    member.standing = Standing.MEMBER
    action = Action(due_text="by Easter", public_text=public_text)
    assert (action.due_text_for(None), action.due_text_for(member)) == (shown, "by Easter")
