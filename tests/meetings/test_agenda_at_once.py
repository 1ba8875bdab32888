"""Two who make one agenda at once, on a database that lets two write: one of them is told."""

from datetime import date

import pytest

from meetings.agenda import making
from meetings.agenda.making import NotAllowedError, Row, StaleError, fingerprint, items_of
from meetings.models import AgendaItem
from tests.factories import NOW, make_agenda_item, make_group, make_meeting
from tests.meetings.test_at_once import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting():
    make_group()
    return make_meeting(on=date(2026, 3, 25))


def told(job):
    """Do the job; gives the refusal's name, if it was one."""
    try:
        job()
    except (NotAllowedError, StaleError) as refusal:
        return type(refusal).__name__
    return ""


def test_of_two_saves_one_is_stale(meeting):
    base = fingerprint(items_of(meeting))

    def save(title):
        making.save_list(meeting=meeting, rows=[Row(title=title)], now=NOW, base=base)

    answers = at_once(lambda: told(lambda: save("One")), lambda: told(lambda: save("Two")))
    assert sorted(answers) == ["", "StaleError"]
    assert len(items_of(meeting)) == 1


def test_an_agenda_is_begun_once(meeting):
    answers = at_once(*[lambda: told(lambda: making.begin(meeting=meeting, now=NOW))] * 2)
    assert sorted(answers) == ["", "NotAllowedError"]
    assert len(items_of(meeting)) == len(making.USUAL)


def test_a_proposal_is_answered_once(meeting):
    item = make_agenda_item(meeting, "Trams", status="proposed")

    def accept():
        making.accept(item=AgendaItem(pk=item.pk, title="Trams"), meeting=meeting, answer="Yes.", now=NOW)

    def decline():
        making.decline(item=AgendaItem(pk=item.pk, title="Trams"), answer="No.", now=NOW)

    answers = at_once(lambda: told(accept), lambda: told(decline))
    assert sorted(answers) == ["", "NotAllowedError"]
    item.refresh_from_db()
    assert (item.status, item.answer) in {("on", "Yes."), ("declined", "No.")}
