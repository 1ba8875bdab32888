"""How an agenda is begun, saved, put in order, and how items wait, are taken up and answered."""

from dataclasses import replace
from datetime import date, time

import pytest

from meetings.agenda import making, showing
from meetings.agenda.making import NotAllowedError, Row, StaleError, adding_up, fingerprint, items_of, row_of
from meetings.models import AgendaItem, Meeting, StandingItem
from tests.factories import NOW, make_agenda_item, make_meeting, make_paper, make_person

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 25)


@pytest.fixture
def meeting(group):
    return make_meeting(on=ON)


@pytest.fixture
def published(meeting):
    """An agenda of three items that everyone sees."""
    for title in ("One", "Two", "Three"):
        make_agenda_item(meeting, title)
    showing.publish_agenda(meeting=meeting, now=NOW)
    return meeting


def titles(meeting):
    return [item.title for item in items_of(meeting)]


def public_titles(meeting):
    return [item.public_title for item in items_of(meeting) if item.is_public]


def test_a_fresh_group_begins_with_the_usual_items(meeting):
    items = making.begin(meeting=meeting, now=NOW)
    assert [(item.title, item.kind, item.minutes) for item in items] == making.USUAL
    assert sum(minutes for *_, minutes in making.USUAL) <= 120


def test_a_group_begins_with_its_standing_items(meeting):
    StandingItem.objects.create(position=2, title="Any other business", minutes=10)
    StandingItem.objects.create(position=1, title="Matters arising", kind="matters-arising")
    items = making.begin(meeting=meeting, now=NOW)
    assert [(item.title, item.kind, item.minutes) for item in items] == [
        ("Matters arising", "matters-arising", None),
        ("Any other business", "item", 10),
    ]


def test_an_agenda_is_begun_once(meeting):
    making.begin(meeting=meeting, now=NOW)
    with pytest.raises(NotAllowedError, match="begun already"):
        making.begin(meeting=meeting, now=NOW)
    assert len(items_of(meeting)) == len(making.USUAL)


def test_the_list_is_written_in_its_order(published):
    ada = make_person("Ada Birch")
    one, _, three = items_of(published)
    rows = [
        row_of(three),
        Row(title="New", note="Why.", minutes=5, lead=ada.pk, lead_name="not said"),
        Row(key=one.pk, title="One, changed", is_confidential=True),
    ]
    found, is_changed = making.save_list(meeting=published, rows=rows, now=NOW)
    assert is_changed
    assert titles(published) == ["Three", "New", "One, changed", "Two"]
    assert [item.pk for item in found] == [item.pk for item in items_of(published)][:3]
    assert (found[1].lead, found[1].lead_name, found[1].note) == (ada, "", "Why.")
    assert public_titles(published) == ["Three", "New", "Two"]
    assert items_of(published)[2].is_circulated


def test_the_same_list_changes_nothing(published):
    rows = [row_of(item) for item in items_of(published)]
    before = fingerprint(items_of(published))
    _, is_changed = making.save_list(meeting=published, rows=rows, now=NOW, base=before)
    assert not is_changed
    assert fingerprint(items_of(published)) == before


def test_a_stale_list_is_refused(published):
    base = fingerprint(items_of(published))
    making.add(meeting=published, row=Row(title="Four"), now=NOW)
    with pytest.raises(StaleError) as stale:
        making.save_list(meeting=published, rows=[Row(title="Mine")], now=NOW, base=base)
    assert [item.title for item in stale.value.items] == ["One", "Two", "Three", "Four"]
    assert titles(published) == ["One", "Two", "Three", "Four"]


@pytest.mark.parametrize(
    "change",
    [{"title": "x"}, {"note": "x"}, {"minutes": 9}, {"is_confidential": True}, {"lead_name": "x"}, {"position": 9}],
)
def test_every_field_tells_one_state_from_another(meeting, change):
    make_agenda_item(meeting, "One")
    make_agenda_item(meeting, "Two")
    before = fingerprint(items_of(meeting))
    AgendaItem.objects.filter(title="One").update(**change)
    assert fingerprint(items_of(meeting)) != before


def test_too_many_items_are_refused(meeting):
    with pytest.raises(NotAllowedError, match="at most 100 items"):
        making.save_list(meeting=meeting, rows=[Row(title="x")] * 101, now=NOW)
    assert titles(meeting) == []


@pytest.mark.parametrize(
    ("by", "after"),
    [(-1, ["Two", "One", "Three"]), (1, ["One", "Three", "Two"]), (-9, ["Two", "One", "Three"])],
)
def test_an_item_moves(published, by, after):
    making.move(item=items_of(published)[1], by=by, now=NOW)
    assert titles(published) == after


def test_an_item_at_an_end_stays_there(published):
    making.move(item=items_of(published)[0], by=-1, now=NOW)
    making.move(item=items_of(published)[2], by=1, now=NOW)
    assert titles(published) == ["One", "Two", "Three"]


def test_an_item_that_is_on_no_agenda_any_more_moves_nowhere(published):
    item = items_of(published)[0]
    making.put_aside(item=AgendaItem.objects.get(pk=item.pk), not_before=None, now=NOW)
    making.move(item=item, by=1, now=NOW)
    assert titles(published) == ["Two", "Three"]


def test_removed_items_are_gone_unless_somebody_else_needs_them(published):
    _, two, three = items_of(published)
    AgendaItem.objects.filter(pk=two.pk).update(proposed_by=make_person("Ada Birch"))
    making.save_list(meeting=published, rows=[replace(row_of(three), is_confidential=True)], now=NOW)
    paper = make_paper(published, item=three)
    for item in items_of(published):
        making.remove(item=item, now=NOW)
    assert titles(published) == []
    assert {(item.title, item.status) for item in AgendaItem.objects.all()} == {
        ("Two", "declined"),
        ("Three", "declined"),
    }
    paper.refresh_from_db()
    assert (paper.is_circulated, paper.is_public) == (False, False)
    assert not AgendaItem.objects.filter(is_circulated=True).exists()
    assert not AgendaItem.objects.exclude(public_title="").exists()


def test_an_item_put_aside_waits_and_is_seen_by_nobody(published):
    item = items_of(published)[1]
    making.put_aside(item=item, not_before=date(2026, 9, 1), now=NOW)
    item.refresh_from_db()
    assert (item.status, item.meeting, item.raised_at, item.not_before) == (
        "aside",
        None,
        published,
        date(2026, 9, 1),
    )
    assert (item.is_circulated, item.is_public, item.public_title) == (False, False, "")
    assert titles(published) == ["One", "Three"]


def test_an_item_put_aside_as_soon_as_it_is_shown_is_hidden(published):
    item = making.add(meeting=published, row=Row(title="Four"), now=NOW)
    assert not item.is_circulated  # as this row remembers it
    making.put_aside(item=item, not_before=None, now=NOW)
    item.refresh_from_db()
    assert (item.status, item.is_circulated, item.public_title) == ("aside", False, "")


def test_an_item_that_waits_is_taken_up_at_the_end(published):
    item = make_agenda_item(None, "Waited")
    making.take_from_aside(item=item, meeting=published, now=NOW)
    assert titles(published) == ["One", "Two", "Three", "Waited"]
    assert public_titles(published)[-1] == "Waited"


def test_two_cannot_take_up_the_same_item(published):
    item = make_agenda_item(None, "Waited")
    other = make_meeting(on=date(2026, 5, 20))
    making.take_from_aside(item=AgendaItem.objects.get(pk=item.pk), meeting=other, now=NOW)
    with pytest.raises(NotAllowedError, match="somebody else was quicker"):
        making.take_from_aside(item=item, meeting=published, now=NOW)
    assert titles(other) == ["Waited"]


def test_a_dropped_item_waits_no_more(meeting):
    item = make_agenda_item(None, "Waited")
    making.drop(item=item, now=NOW)
    assert not AgendaItem.objects.aside().exists()
    with pytest.raises(NotAllowedError):
        making.drop(item=item, now=NOW)


def test_a_proposal_is_accepted_with_a_word(published):
    ada = make_person("Ada Birch")
    item = make_agenda_item(published, "Hers", status="proposed", proposed_by=ada)
    making.accept(item=item, meeting=published, answer="Gladly.", now=NOW)
    item.refresh_from_db()
    assert (item.status, item.answer, item.lead) == ("on", "Gladly.", ada)
    assert titles(published)[-1] == "Hers"


def test_a_proposal_is_declined_with_a_word(published):
    item = make_agenda_item(published, "Hers", status="proposed", proposed_by=make_person("Ada Birch"))
    making.decline(item=item, answer="Not this time.", now=NOW)
    item.refresh_from_db()
    assert (item.status, item.answer, item.is_circulated) == ("declined", "Not this time.", False)
    with pytest.raises(NotAllowedError):
        making.accept(item=item, meeting=published, answer="", now=NOW)


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_a_proposal_that_was_taken_back_is_told(published, verb):
    item = make_agenda_item(published, "Hers", status="proposed")
    AgendaItem.objects.filter(pk=item.pk).delete()
    where = {"meeting": published} if verb == "accept" else {}
    with pytest.raises(NotAllowedError, match="took it back"):
        getattr(making, verb)(item=item, answer="Gladly.", now=NOW, **where)


def test_a_verb_that_fails_leaves_nothing(published, monkeypatch):
    def fail(**_):
        raise ZeroDivisionError

    monkeypatch.setattr(making, "show_agenda", fail)
    with pytest.raises(ZeroDivisionError):
        making.add(meeting=published, row=Row(title="Four"), now=NOW)
    assert titles(published) == ["One", "Two", "Three"]


@pytest.mark.parametrize(
    ("minutes", "length", "words"),
    [
        ([], 120, "Nothing is on this agenda yet."),
        ([60, 45], 120, "Adds up to 105 of 120 minutes: 15 left."),
        ([120], 120, "Adds up to 120 of 120 minutes: nothing left."),
        ([100, 30], 120, "Adds up to 130 of 120 minutes: 10 minutes too long."),
        ([121], 120, "Adds up to 121 of 120 minutes: 1 minute too long."),
        ([60, None, None, None], 120, "Adds up to 60 of 120 minutes: 60 left. 3 items have no minutes."),
        ([60, None], None, "Adds up to 60 minutes; the meeting has no start and end yet. 1 item has no minutes."),
    ],
)
def test_minutes_add_up_in_words(minutes, length, words):
    said, is_too_long = adding_up(minutes, length=length)
    assert said == words
    assert is_too_long == ("too long" in words)


@pytest.mark.parametrize(
    ("starts", "ends", "length"), [(time(11), time(13, 15), 135), (time(11), None, None), (None, None, None)]
)
def test_a_meeting_lasts_from_its_start_to_its_end(starts, ends, length):
    assert making.length_of(Meeting(on=ON, starts=starts, ends=ends)) == length
