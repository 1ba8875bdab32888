"""What notes put aside waits for an agenda: once, as long as its line stands, and as the secretary changed it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings import recording
from meetings.agenda import asides, making
from meetings.models import AgendaItem, Minutes
from tests.factories import NOW, make_meeting

pytestmark = pytest.mark.django_db

ON = date(2026, 1, 28)
LINE = "AB to put the tree survey on the agenda for May."
NOTES = f"""Attendance Ada Birch, Bo Ashworth

1. Trees

The trees grow. {LINE}

2. Staff [confidential]

Invite the director to speak in the autumn.
"""


@pytest.fixture
def meeting(group):
    return make_meeting(on=ON)


def record(meeting, text=NOTES, *, now=NOW):
    return recording.record(meeting=meeting, text=text, now=now)


def waiting():
    rows = AgendaItem.objects.aside()
    return [(row.title, row.not_before, row.is_confidential) for row in rows]


def test_it_waits_with_its_words_and_where_they_stand(meeting):
    record(meeting)
    assert waiting() == [
        ("The tree survey", date(2026, 5, 1), False),
        ("Invite the director to speak", date(2026, 9, 1), True),
    ]
    item = AgendaItem.objects.aside().first()
    assert (item.raised_at, item.meeting, item.as_minuted) == (meeting, None, LINE)
    assert not AgendaItem.objects.filter(is_circulated=True).exists()


def test_the_same_notes_again_make_no_second_one(meeting):
    record(meeting)
    keys = list(AgendaItem.objects.values_list("pk", flat=True))
    record(meeting, Minutes.objects.get().text)
    record(meeting, Minutes.objects.get().text + "\n3. More\n\nNothing.\n")
    assert list(AgendaItem.objects.values_list("pk", flat=True)) == keys


def test_a_changed_line_changes_its_item(meeting):
    record(meeting)
    keys = set(AgendaItem.objects.values_list("pk", flat=True))
    record(meeting, NOTES.replace("tree survey on the agenda for May", "tree surveys on the agenda for June"))
    assert ("The tree surveys", date(2026, 6, 1), False) in waiting()
    assert set(AgendaItem.objects.values_list("pk", flat=True)) == keys


def test_a_line_gone_takes_its_item_away(meeting):
    record(meeting)
    record(meeting, NOTES.replace(LINE, ""))
    assert [title for title, *_ in waiting()] == ["Invite the director to speak"]


def test_what_the_secretary_took_up_stays_and_comes_back_no_second_time(meeting):
    record(meeting)
    later = make_meeting(on=date(2026, 5, 20))
    item = AgendaItem.objects.aside().first()
    making.take_from_aside(item=item, meeting=later, now=NOW)
    record(meeting)
    record(meeting, NOTES.replace("tree survey", "tree surveys"))
    record(meeting, NOTES.replace(LINE, ""))
    item.refresh_from_db()
    assert (item.meeting, item.status, item.title) == (later, "on", "The tree survey")
    assert AgendaItem.objects.count() == 2


@pytest.mark.parametrize("verb", [making.remove, making.drop])
def test_what_the_secretary_dropped_comes_back_no_more(meeting, verb):
    record(meeting)
    item = AgendaItem.objects.aside().first()
    if verb is making.remove:
        making.take_from_aside(item=item, meeting=make_meeting(on=date(2026, 5, 20)), now=NOW)
    verb(item=item, now=NOW)
    record(meeting)
    assert [title for title, *_ in waiting()] == ["Invite the director to speak"]


@pytest.mark.parametrize("change", [{"title": "Trees"}, {"not_before": None}, {"note": "Bring the map."}])
def test_what_the_secretary_edited_stays(meeting, change):
    record(meeting)
    AgendaItem.objects.filter(is_confidential=False).update(**change)
    record(meeting, NOTES.replace(LINE, ""))
    assert AgendaItem.objects.filter(is_confidential=False, **change).exists()


def test_what_was_put_aside_again_stays(meeting):
    record(meeting)
    later = make_meeting(on=date(2026, 5, 20))
    item = AgendaItem.objects.aside().first()
    making.take_from_aside(item=item, meeting=later, now=NOW)
    making.put_aside(item=item, not_before=item.not_before, now=NOW)
    record(meeting, NOTES.replace(LINE, ""))
    assert AgendaItem.objects.get(pk=item.pk).status == "aside"


def test_a_line_that_becomes_confidential_hides_its_item(meeting):
    record(meeting)
    record(meeting, NOTES.replace("1. Trees", "1. Trees [confidential]"))
    assert [is_confidential for *_, is_confidential in waiting()] == [True, True]


def test_notes_of_long_ago_put_nothing_aside(meeting):
    old = make_meeting(on=date(2024, 5, 1))
    record(old)
    assert waiting() == []
    assert asides.MONTHS == 13


def test_agreed_notes_saved_unchanged_change_nothing(meeting):
    record(meeting)
    Minutes.objects.update(status="agreed", agreed_on=date(2026, 3, 25))
    keys = list(AgendaItem.objects.values_list("pk", flat=True))
    record(meeting, Minutes.objects.get().text)
    assert list(AgendaItem.objects.values_list("pk", flat=True)) == keys


def test_the_record_page_says_what_will_be_put_aside(secretary_client, group):
    now = make_meeting(on=timezone.localdate())
    url = reverse("admin:meetings_meeting_preview", args=[now.pk])
    words = secretary_client.post(url, {"text": NOTES, "base_revision": 0}).text
    assert "Put aside for an agenda" in words
    assert "The tree survey" in words
    assert "Put aside for an agenda" not in secretary_client.post(url, {"text": "Notes.", "base_revision": 0}).text
