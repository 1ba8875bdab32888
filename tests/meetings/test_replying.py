"""Answers to a coming meeting: who may give one, until when, and what two tabs or a move make of it."""

from datetime import date, timedelta

import pytest

from meetings.dates import rescheduling
from meetings.models import Meeting, Reply
from meetings.replies import replying
from tests import factories
from tests.factories import NOW, at

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 11)


@pytest.fixture
def meeting(group):
    return factories.make_meeting(on=ON)


@pytest.fixture
def ada(group):
    return factories.make_person("Ada Birch", role="")


def answer(meeting, person, answer="in-person", *, now=NOW, **fields):
    return replying.reply(meeting=meeting, person=person, answer=answer, now=now, **fields)


def test_it_is_given_changed_and_taken_back(meeting, ada):
    first = answer(meeting, ada, note="Late")
    assert (first.is_changed, first.overtaken) == (True, "")
    later = NOW + timedelta(hours=1)
    answer(meeting, ada, "deputy", deputy_name="Dee Puty", deputy_organisation="Council", now=later)
    row = Reply.objects.get()
    assert (row.answer, row.note, row.deputy_name, row.deputy_organisation) == ("deputy", "", "Dee Puty", "Council")
    assert row.replied_at == later
    assert replying.take_back(meeting=meeting, person=ada, now=later).is_changed
    assert not Reply.objects.exists()
    assert not replying.take_back(meeting=meeting, person=ada, now=later).is_changed


def test_who_comes_sends_no_deputy(meeting, ada):
    answer(meeting, ada, "online", deputy_name="Dee Puty", deputy_organisation="Council")
    assert Reply.objects.values_list("deputy_name", "deputy_organisation").get() == ("", "")


def test_the_same_again_changes_nothing(meeting, ada):
    answer(meeting, ada, seen=replying.SILENCE)
    again = answer(meeting, ada, now=NOW + timedelta(hours=1), seen=replying.SILENCE)
    assert (again.is_changed, again.overtaken) == (False, "")
    assert Reply.objects.get().replied_at == NOW


def test_of_two_tabs_the_last_wins_and_says_so(meeting, ada):
    answer(meeting, ada, "online", seen=replying.SILENCE)
    stale = answer(meeting, ada, "apologies", now=NOW + timedelta(hours=1), seen=replying.SILENCE)
    assert stale.overtaken == "“I am joining online”"
    seen = replying.seen_of(Reply.objects.get())
    assert answer(meeting, ada, "online", now=NOW + timedelta(hours=2), seen=seen).overtaken == ""
    seen = replying.seen_of(Reply.objects.get())
    replying.take_back(meeting=meeting, person=ada, now=NOW)
    assert answer(meeting, ada, "apologies", seen=seen).overtaken == "none: it had been taken back"


@pytest.mark.parametrize(
    ("now", "is_taken"),
    [(at(ON, 0), True), (at(ON, 23), True), (at(ON + timedelta(days=1), 0), False)],
)
def test_it_may_be_changed_until_the_days_end(meeting, ada, now, is_taken):
    if is_taken:
        assert answer(meeting, ada, now=now).is_changed
    else:
        with pytest.raises(replying.NotAllowedError, match="This meeting was on 11 March 2026"):
            answer(meeting, ada, now=now)
        with pytest.raises(replying.NotAllowedError, match="nothing was saved"):
            replying.take_back(meeting=meeting, person=ada, now=now)


def test_a_cancelled_or_hidden_meeting_takes_none_even_if_the_caller_has_an_old_copy(meeting, ada):
    Meeting.objects.update(status="cancelled")
    with pytest.raises(replying.NotAllowedError, match="This meeting was cancelled"):
        answer(meeting, ada)
    Meeting.objects.update(status="confirmed", published_at=None)
    with pytest.raises(replying.NotAllowedError, match="not announced"):
        answer(meeting, ada)
    assert not Reply.objects.exists()


def test_only_members_of_the_day_answer(meeting, ada):
    ada.memberships.update(end_date=NOW.date() - timedelta(days=1))
    stranger = factories.make_person("Bo Cole")
    for person in (ada, stranger):
        with pytest.raises(replying.NotAllowedError, match="not a member"):
            answer(meeting, person)


def moved(meeting, *, to, made_at):
    """Move the meeting, as its own page does."""
    here = {"starts": meeting.starts, "ends": meeting.ends, "host": meeting.host, "venue": meeting.venue}
    rescheduling.move(meeting=meeting, on=to, reason="No room.", by=None, now=made_at, **here)
    meeting.refresh_from_db()


def since(meeting):
    moves = replying.moves_of([meeting])[meeting.pk]
    return replying.moved_since(Reply.objects.get(), meeting=meeting, moves=moves)


def test_after_a_move_it_stays_and_names_the_date_that_it_was_for(meeting, ada):
    answer(meeting, ada)
    assert since(meeting) is None
    moved(meeting, to=date(2026, 3, 18), made_at=NOW + timedelta(hours=1))
    moved(meeting, to=date(2026, 3, 25), made_at=NOW + timedelta(hours=2))
    assert since(meeting).was_on == ON
    confirmed = answer(meeting, ada, now=NOW + timedelta(hours=3))
    assert confirmed.is_changed
    assert since(meeting) is None


def test_a_meeting_that_was_moved_and_moved_back_is_as_it_was(meeting, ada):
    answer(meeting, ada)
    moved(meeting, to=date(2026, 3, 18), made_at=NOW + timedelta(hours=1))
    moved(meeting, to=ON, made_at=NOW + timedelta(hours=2))
    assert since(meeting) is None


def test_a_cancellation_is_no_move(meeting, ada):
    answer(meeting, ada)
    meeting.changes.create(kind="cancelled", was_on=date(2026, 3, 1), made_at=NOW + timedelta(hours=1))
    assert since(meeting) is None
