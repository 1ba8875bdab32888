"""Members at once, on a database that lets two write: nothing is said twice, and nobody's words are lost."""

from datetime import date

import pytest

from meetings import recording
from tests import factories
from tests.factories import NOW
from tests.meetings.test_at_once import at_once
from wishlists.models import Entry
from wmodf import entering
from wmodf.lib.models import digest

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_a_button_pressed_twice_adds_one_entry(transactional_db):
    member = factories.make_user("Mina Member")
    said = {"kind": "wants", "text": "Trees", "dataset": None, "organisation": None, "now": NOW}
    added = at_once(
        *(lambda: entering.add_entry(user=member_of(member), person=member.person, **said) for _ in range(2))
    )
    assert sorted(is_new for _, is_new in added) == [False, True]
    assert Entry.objects.count() == 1


def member_of(user):
    """The user with the standing that logging in finds."""
    user.standing = user.standing_on(date(2026, 3, 2))
    return user


def test_of_two_changes_one_is_refused(transactional_db):
    entry = factories.make_added_entry(factories.make_person(role=""), "Trees")

    def change(text):
        try:
            return entering.reword(entry=entry, text=text, seen=digest("Trees"), now=NOW)
        except entering.StaleError as stale:
            return stale.text

    results = at_once(lambda: change("First"), lambda: change("Second"))
    entry.refresh_from_db()
    assert sorted(results, key=str) == sorted([True, entry.text], key=str)


def test_a_change_a_move_and_notes_that_name_it_lose_nothing_of_each_other(transactional_db):
    factories.make_group()
    ada = factories.make_person("Ada Birch", role="")
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    for turn in range(3):
        entry = factories.make_added_entry(ada, f"Trees {turn}", raised_on=date(2026, 1, 1))
        notes = f"Present: Ada Birch\n\n1. Round-table\n\nAB: Wants: Trees {turn} [{entry.reference}]\n"
        at_once(
            lambda entry=entry, turn=turn: entering.reword(
                entry=entry, text=f"Bushes {turn}", seen=digest(f"Trees {turn}"), now=NOW
            ),
            lambda entry=entry: entry.move(status="asked", on=date(2026, 2, 1), by=ada, now=NOW, note="Wrote."),
            lambda notes=notes: recording.record(meeting=meeting, text=notes, now=NOW),
        )
        entry.refresh_from_db()
        assert (entry.text, entry.status, entry.person) == (f"Bushes {turn}", "asked", ada)
        assert entry.lines.get().text == f"Trees {turn}"
