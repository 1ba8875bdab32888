"""How a meeting's notes begin: with agenda and replies, and nothing that nobody said."""

from datetime import date

import pytest

from actions.models import Action, ActionUpdate
from meetings import recording
from meetings.minutes.opening_text import Form
from meetings.models import Attendance, MinuteLine, StandingItem
from meetings.record.attending import seats_of
from meetings.record.opening import is_opening, is_worth_opening, opening_of
from tests.factories import (
    NOW,
    make_action,
    make_agenda_item,
    make_meeting,
    make_minutes,
    make_organisation,
    make_person,
    make_reply,
)
from wishlists.models import Entry

pytestmark = pytest.mark.django_db
every_form = pytest.mark.parametrize("form", Form)
TITLES = [
    "Apologies for absence",
    "Notes of the last meeting",
    "Matters arising",
    "AB to present the bus data by 4 March",
    "Decision: a new logo",
    "Wants: more data",
    "Date of next meeting: 25 March 2026, 11.00-13.00, hosted by Elmbridge Council",
    "A1: done",
    "Agree the notes of 26/11/2025",
]


@pytest.fixture
def meeting(group):
    council = make_organisation("Elmbridge Council")
    ada = make_person("Ada Birch", role="chair", on_behalf_of=council)
    bo = make_person("Bo Ashworth", role="")
    gia = make_person("Gia Holt", role="", on_behalf_of=make_organisation("Lock CC"))
    last = make_meeting(on=date(2025, 11, 26))
    make_action("AB to ask the parking team", owners=[ada], meeting=last)
    make_minutes(last)
    meeting = make_meeting(on=date(2026, 1, 28), venue="Mill Road")
    make_reply(meeting, ada)
    make_reply(meeting, bo, "online")
    make_reply(meeting, gia, "deputy", deputy_name="Eli Fenn", deputy_organisation="Lock CC")
    return meeting


def opened(meeting, form=None):
    return opening_of(meeting, seats=seats_of(meeting), form=form)


def test_it_opens_in_the_groups_layout(meeting, settings):
    make_agenda_item(meeting, "Towpath")
    make_agenda_item(meeting, "Staffing", is_confidential=True)
    make_agenda_item(meeting, "Not yet", status="proposed")
    settings.NOTES_LAYOUT = "table"
    assert opened(meeting).text == (
        "Meeting: Steering group meeting\nDate: Wednesday 28 January 2026\nTime: 11:00–13:00\nVenue: Mill Road\n\n"
        "Attended by:\n- Bo Ashworth (online)\n- Ada Birch – Chair (Elmbridge Council)\n\n"
        "In attendance:\n- Eli Fenn (Lock CC) – deputising for Gia Holt\n\n"
        "Apologies:\n- Gia Holt (Lock CC)\n\n"
        "## 1. Towpath\n\n## 2. Staffing [confidential]\n"
    )
    settings.NOTES_LAYOUT = "columns"
    assert "- Ada Birch – Chair    (Elmbridge Council)\n" in opened(meeting).text
    settings.NOTES_LAYOUT = "highlights"
    assert opened(meeting).text.endswith("## Decisions\n\n## Actions\n\n## Next meetings\n")


def test_without_an_agenda_the_standing_items_are_its_headings(meeting):
    StandingItem.objects.create(position=1, title="Any other business")
    assert opened(meeting).text.endswith("\n## 1. Any other business\n")


@every_form
def test_recorded_untouched_it_raises_and_hears_nothing(meeting, form):
    for title in TITLES:
        make_agenda_item(meeting, title)
    before = Action.objects.count(), ActionUpdate.objects.count()
    proposal = opened(meeting, form)
    recorded = recording.record(meeting=meeting, text=proposal.text, now=NOW)
    assert (Action.objects.count(), ActionUpdate.objects.count(), Entry.objects.count()) == (*before, 0)
    assert not MinuteLine.objects.filter(meeting=meeting).exists()
    assert recorded.reading.questions == []
    assert recorded.minutes.text == proposal.text
    rows = Attendance.objects.filter(meeting=meeting).order_by("position")
    assert [(row.person.name, row.status, row.capacity, row.note) for row in rows] == [
        ("Bo Ashworth", "present", "member", "online"),
        ("Ada Birch", "present", "member", ""),
        ("Eli Fenn", "present", "in-attendance", "deputising for Gia Holt"),
        ("Gia Holt", "apologies", "member", ""),
    ]
    if form is not Form.HIGHLIGHTS:
        told = [*meeting.items.values_list("title", flat=True), *proposal.said]
        assert len(told) == len(TITLES)


def test_where_nothing_is_known_nothing_is_proposed(group):
    meeting = make_meeting(on=date(2019, 3, 12))
    make_person("Ada Birch", role="")
    assert not is_worth_opening(meeting, seats=seats_of(meeting))
    make_agenda_item(meeting)
    assert is_worth_opening(meeting, seats=seats_of(meeting))


@every_form
def test_an_opening_is_known_until_something_is_added(meeting, form):
    seats = seats_of(meeting)
    text = opened(meeting, form).text
    assert is_opening(text.replace("\n", "\r\n"), meeting, seats=seats)
    assert not is_opening(text + "\nThey came.", meeting, seats=seats)
