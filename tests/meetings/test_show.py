"""meetings.publishing: one rule of sight, kept in the rows; notes agreed in whichever order they are recorded."""

import copy
from datetime import date
from itertools import pairwise, permutations

import pytest
from django.db import transaction

from actions.models import Action, ActionOwner, ActionUpdate
from meetings import publishing, recording
from meetings.minutes.structure import Kind
from meetings.models import Attendance, Item, Meeting, MinuteLine, Minutes
from meetings.names import renaming
from members.models import OtherName
from tests import factories
from tests.factories import NOW
from wishlists.models import Entry
from wmodf.lib.access import Standing

CIRCULATED = {"circulated", "agreed"}


class Reader:
    """Somebody with a standing."""

    def __init__(self, standing):
        self.standing = standing


PUBLIC, MEMBER, SECRETARY = (Reader(standing) for standing in Standing)


def who_sees(row, states, lines):
    """The lowest standing that may see the row, worked out from the table of sight alone.

    `states` are those of the notes by their meeting's key, `lines` all lines, each after those that it may repeat.
    """
    if isinstance(row, Item):
        return who_sees_notes(states.get(row.meeting_id), confidential=row.is_confidential)
    if isinstance(row, MinuteLine):
        if row.kind == Kind.LEFT_OUT:
            return Standing.SECRETARY
        confidential = row.is_confidential or (row.item is not None and row.item.is_confidential)
        return who_sees_notes(states.get(row.meeting_id), confidential=confidential)
    if isinstance(row, Action):
        raising = [line for line in lines if line.action_id == row.pk and line.kind == Kind.ACTION]
    else:
        raising = [line for line in lines if line.entry_id == row.pk]
    telling = raising[:1] + [line for line in raising[1:] if line.text == row.text]
    return min((who_sees(line, states, lines) for line in telling), default=Standing.SECRETARY)


def who_sees_notes(state, *, confidential):
    """The lowest standing that may see a part of notes in this state; None where there are none."""
    if state not in CIRCULATED:
        return Standing.SECRETARY
    return Standing.MEMBER if confidential else Standing.PUBLIC


def check_every_row():
    """Compare what every row says of its sight, and what each reader finds, with the table of sight."""
    states = dict(Minutes.objects.values_list("meeting", "status"))
    lines = list(MinuteLine.objects.select_related("item").order_by("meeting__on", "meeting", "position"))
    for model in (Item, MinuteLine, Action, Entry):
        rows = list(model.objects.all())
        sight = {row: who_sees(row, states, lines) for row in rows}
        assert sight
        kept = {
            row: Standing.PUBLIC if row.is_public else Standing.MEMBER if row.is_circulated else Standing.SECRETARY
            for row in rows
        }
        assert kept == sight
        for reader in (PUBLIC, MEMBER, SECRETARY):
            seen = set(model.objects.visible_to(reader))
            assert seen == {row for row, least in sight.items() if least <= reader.standing}
        public = "public_title" if model is Item else "public_text"
        told = "title" if model is Item else "text"
        for row in rows:
            assert getattr(row, public) == (getattr(row, told) if sight[row] == Standing.PUBLIC else "")
    for update in ActionUpdate.objects.filter(lines__isnull=False).prefetch_related("lines"):
        heard_in = {states.get(line.meeting_id) for line in update.lines.all()}
        assert update.is_draft == (not heard_in & CIRCULATED)


# The same year for all tests that ask for one; pytest takes it back before a test that does not.
@pytest.fixture(scope="module", autouse=True)
def kept_year(request, kept):
    with transaction.atomic():
        yield make_year() if hasattr(request, "param") else []
        transaction.set_rollback(True)


@pytest.fixture
def year(kept_year, group):
    return copy.deepcopy(kept_year)


def make_year():
    """Three meetings with every kind of line, open and confidential; nothing circulated yet."""
    factories.make_group()
    meetings = [factories.make_meeting(on=date(2026, month, 28)) for month in (1, 3, 5)]
    for meeting in meetings:
        open_item = factories.make_item(meeting, "Updates")
        closed_item = factories.make_item(meeting, "Staffing", is_confidential=True)
        for item in (None, open_item, closed_item):
            for is_confidential in (False, True):
                fields = {"item": item, "is_confidential": is_confidential}
                factories.make_line(meeting, "Prose", **fields)
                factories.make_line(meeting, "Debris", kind=Kind.LEFT_OUT, **fields)
                factories.make_action("To ask", meeting=meeting, line=fields)
                factories.make_entry("Stops", meeting=meeting, line=fields)
        factories.make_minutes(meeting, circulated=False)
        publishing.show(meeting=meeting, now=NOW)
    first, second, third = meetings
    for action in Action.objects.filter(lines__meeting=first):
        heard = action.updates.create(on=second.on, status="done", is_draft=True)
        factories.make_line(second, "Done", kind=Kind.REVIEW, action=action, heard=heard)
    for entry in Entry.objects.filter(lines__meeting=first):
        factories.make_line(third, "Stops", kind=Kind.USED, entry=entry)
    publishing.show(meeting=second, now=NOW)
    publishing.show(meeting=third, now=NOW)
    return meetings


@pytest.mark.parametrize("kept_year", ["a year"], indirect=True)
@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_every_row_keeps_to_the_table_of_sight(year, order):
    check_every_row()
    for index in order:
        publishing.circulate(minutes=year[index].minutes, now=NOW)
        check_every_row()
    for index in order[:2]:
        publishing.withdraw(minutes=Minutes.objects.get(meeting=year[index]), now=NOW)
        check_every_row()


def test_drafts_are_for_the_secretary(group):
    meeting = factories.make_meeting()
    line = factories.make_line(meeting)
    factories.make_minutes(meeting, circulated=False)
    publishing.show(meeting=meeting, now=NOW)
    found = [set(MinuteLine.objects.visible_to(reader)) for reader in (PUBLIC, MEMBER, SECRETARY)]
    assert found == [set(), set(), {line}]


def test_a_line_made_confidential_takes_its_action_with_it(group):
    meeting = factories.make_meeting()
    action = factories.make_action(meeting=meeting)
    factories.make_minutes(meeting)
    MinuteLine.objects.update(is_confidential=True, is_public=False, public_text="")
    publishing.show(meeting=meeting, now=NOW)
    action.refresh_from_db()
    assert (action.is_public, action.is_circulated, action.public_text) == (False, True, "")


def test_published_notes_recorded_again_with_a_confidential_line_and_item(group):
    meeting = factories.make_meeting()
    text = "29 January 2026\n\n1. Staffing\nBo Cole will leave.\n"
    minutes = recording.record(meeting=meeting, text=text, now=NOW).minutes
    publishing.circulate(minutes=minutes, now=NOW)
    assert "Bo Cole will leave." in public_texts(meeting)
    for secret in ("Bo Cole will leave. [confidential]", "Bo Cole will leave."):
        told = text.replace("Bo Cole will leave.", secret)
        recording.record(meeting=meeting, text=told, now=NOW)
    recording.record(meeting=meeting, text=text.replace("Staffing", "Staffing [confidential]"), now=NOW)
    assert "Bo Cole will leave." not in public_texts(meeting)


def test_a_record_that_lost_its_line_is_hidden_again(group):
    meeting = factories.make_meeting()
    action, entry = factories.make_action(meeting=meeting), factories.make_entry(meeting=meeting)
    factories.make_minutes(meeting)
    meeting.lines.all().delete()
    publishing.show(meeting=meeting, now=NOW, actions=[action.pk], entries=[entry.pk])
    assert not Action.objects.visible_to(MEMBER).exists()
    assert not Entry.objects.visible_to(MEMBER).exists()


def test_a_review_alone_does_not_show_an_action_raised_in_a_draft(group):
    raised, reviewed = factories.make_meeting(), factories.make_meeting(on=date(2026, 3, 25))
    action = factories.make_action(meeting=raised)
    factories.make_minutes(raised, circulated=False)
    factories.make_line(reviewed, "Going on", kind=Kind.REVIEW, action=action)
    factories.make_minutes(reviewed)
    assert set(Action.objects.visible_to(MEMBER)) == set()


def test_a_review_in_a_draft_finishes_nothing_until_it_is_circulated(group):
    first, second = factories.make_meeting(), factories.make_meeting(on=date(2026, 3, 25))
    action = factories.make_action(meeting=first)
    factories.make_minutes(first)
    heard = action.updates.create(on=second.on, status="done", is_draft=True)
    factories.make_line(second, "Done", kind=Kind.REVIEW, action=action, heard=heard)
    minutes = factories.make_minutes(second, circulated=False)
    publishing.show(meeting=second, now=NOW)
    action.refresh_from_db()
    assert (action.status, action.ended_on) == ("open", None)
    publishing.circulate(minutes=minutes, now=NOW)
    action.refresh_from_db()
    assert (action.status, action.ended_on) == ("done", second.on)
    publishing.withdraw(minutes=minutes, now=NOW)
    action.refresh_from_db()
    assert (action.status, action.ended_on) == ("open", None)


@pytest.mark.parametrize("kept_year", ["a year"], indirect=True)
def test_showing_again_writes_nothing(year, django_capture_on_commit_callbacks):
    for meeting in year:
        publishing.circulate(minutes=meeting.minutes, now=NOW)
    models = (Meeting, Item, MinuteLine, Action, ActionUpdate, Entry, Minutes, Attendance)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    histories = Action.history.count(), Minutes.history.count()
    renaming.rename(now=NOW)
    assert [list(model.objects.order_by("pk").values()) for model in models] == before
    assert (Action.history.count(), Minutes.history.count()) == histories


# --- agreed notes ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_notes_are_agreed_in_whichever_order_they_are_circulated(group, order):
    meetings = [factories.make_meeting(on=date(2026, month, 28)) for month in (1, 3, 5)]
    for earlier, later in pairwise(meetings):
        factories.make_line(later, kind=Kind.AGREED, names_on=earlier.on)
    factories.make_line(meetings[2], kind=Kind.AGREED, names_on=meetings[0].on)  # said again: the first counts
    for index in order:
        factories.make_minutes(meetings[index])
    assert list(Minutes.objects.order_by("meeting__on").values_list("status", "agreed_on")) == [
        ("agreed", date(2026, 3, 28)),
        ("agreed", date(2026, 5, 28)),
        ("circulated", None),
    ]


def test_a_draft_agrees_nothing_and_is_not_agreed(group):
    first, second, third = (factories.make_meeting(on=date(2026, month, 28)) for month in (1, 3, 5))
    factories.make_line(second, kind=Kind.AGREED, names_on=first.on)
    factories.make_line(third, kind=Kind.AGREED, names_on=second.on)
    agreed = factories.make_minutes(first)
    draft = factories.make_minutes(second, circulated=False)
    factories.make_minutes(third)
    agreed.refresh_from_db()
    draft.refresh_from_db()
    assert (agreed.status, draft.status) == ("circulated", "draft")


@pytest.mark.parametrize("named", [date(2026, 3, 28), date(2026, 5, 28), date(2025, 1, 1)])
def test_notes_agree_only_those_of_an_earlier_meeting(group, named):
    first, second, third = (factories.make_meeting(on=date(2026, month, 28)) for month in (1, 3, 5))
    factories.make_line(second, kind=Kind.AGREED, names_on=named)
    for meeting in (first, second, third):
        factories.make_minutes(meeting)
    assert set(Minutes.objects.values_list("status", flat=True)) == {"circulated"}


def test_notes_are_no_longer_agreed_when_the_line_goes_or_names_another_day(group):
    first, second = factories.make_meeting(), factories.make_meeting(on=date(2026, 3, 28))
    minutes = factories.make_minutes(first)
    line = factories.make_line(second, kind=Kind.AGREED, names_on=first.on)
    factories.make_minutes(second)
    minutes.refresh_from_db()
    assert minutes.status == "agreed"
    line.names_on = date(2025, 12, 1)
    line.save()
    publishing.show(meeting=second, now=NOW)
    minutes.refresh_from_db()
    assert (minutes.status, minutes.agreed_on) == ("circulated", None)


def test_agreed_notes_stay_published(group):
    first, second = factories.make_meeting(), factories.make_meeting(on=date(2026, 3, 28))
    stale = factories.make_minutes(first)
    factories.make_line(second, kind=Kind.AGREED, names_on=first.on)
    minutes = factories.make_minutes(second)
    with pytest.raises(publishing.NotAllowedError):
        publishing.withdraw(minutes=stale, now=NOW)
    publishing.withdraw(minutes=minutes, now=NOW)
    publishing.withdraw(minutes=stale, now=NOW)
    assert set(Minutes.objects.values_list("status", flat=True)) == {"draft"}


def test_circulating_again_keeps_the_time(group):
    minutes = factories.make_minutes(factories.make_meeting())
    publishing.circulate(minutes=minutes, now=NOW.replace(year=2027))
    minutes.refresh_from_db()
    assert minutes.circulated_at == NOW


# --- next meetings --------------------------------------------------------------------------------------------------
def test_circulating_announces_the_meeting_and_those_it_names(group):
    meeting = factories.make_meeting(published=False)
    named = factories.make_meeting(on=date(2026, 3, 25), published=False, status="tentative")
    secret = factories.make_meeting(on=date(2026, 4, 25), published=False)
    factories.make_line(meeting, kind=Kind.NEXT_MEETING, named_meeting=named)
    factories.make_line(meeting, kind=Kind.NEXT_MEETING, named_meeting=secret, is_confidential=True)
    minutes = factories.make_minutes(meeting, circulated=False)
    publishing.show(meeting=meeting, now=NOW)
    assert set(Meeting.objects.published()) == set()
    publishing.circulate(minutes=minutes, now=NOW)
    assert set(Meeting.objects.published()) == {meeting, named}


def test_a_meeting_that_was_taken_back_stays_so(group):
    meeting = factories.make_meeting()
    named = factories.make_meeting(on=date(2026, 3, 25), published=False)
    factories.make_line(meeting, kind=Kind.NEXT_MEETING, named_meeting=named)
    factories.make_minutes(meeting)
    named.refresh_from_db()
    publishing.take_back(meeting=named, now=NOW)
    publishing.show(meeting=meeting, now=NOW)
    renaming.rename(now=NOW)
    assert set(Meeting.objects.published()) == {meeting}


# --- names withheld -------------------------------------------------------------------------------------------------
@pytest.fixture
def ada(group):
    """A member who is to be called "a member"."""
    ada = factories.make_person("Ada Birch", role="", public_name="member")
    OtherName.objects.create(person=ada, name="Addie")
    return ada


def public_texts(meeting):
    """What the public reads of the meeting's lines."""
    return list(MinuteLine.objects.visible_to(PUBLIC).filter(meeting=meeting).values_list("shown", flat=True))


def test_withheld_names_are_taken_out_of_lines_headings_remarks_actions_and_entries(ada):
    meeting = factories.make_meeting()
    factories.make_item(meeting, "Ada Birch's report")
    attendance = factories.make_attendance(meeting, "Bo Cole", note="with Ada Birch")
    factories.make_line(meeting, "AB and Addie spoke to ada@x.example; Ada Birch thanked Bo Cole (BC)")
    factories.make_action("AB and BC to ask", meeting=meeting)
    factories.make_entry("AB's counts", meeting=meeting)
    factories.make_minutes(meeting)
    assert public_texts(meeting) == [
        "a member and a member spoke to (address withheld); a member thanked Bo Cole (BC)",
        "a member and BC to ask",
        "a member's counts",
    ]
    assert [item.shown for item in Item.objects.visible_to(PUBLIC)] == ["a member's report"]
    assert [action.shown for action in Action.objects.visible_to(PUBLIC)] == ["a member and BC to ask"]
    assert [entry.shown for entry in Entry.objects.visible_to(PUBLIC)] == ["a member's counts"]
    attendance.refresh_from_db()
    assert attendance.note_for(PUBLIC) == "with a member"
    assert [line.shown for line in MinuteLine.objects.visible_to(MEMBER)][1] == "AB and BC to ask"


@pytest.mark.parametrize(
    "tie", ["member", "attendance", "deputised", "owner", "entry"], ids=lambda tie: f"near as {tie}"
)
def test_initials_are_taken_out_near_the_person(group, tie):
    ada = factories.make_person("Ada Birch", public_name="member", role="" if tie == "member" else None)
    meeting = factories.make_meeting()
    factories.make_line(meeting, "AB spoke")
    if tie == "attendance":
        factories.make_attendance(meeting, ada)
    if tie == "deputised":
        factories.make_attendance(meeting, "Bo Cole", deputising_for=ada)
    if tie == "owner":
        factories.make_action("To ask", meeting=meeting, owners=[ada])
    if tie == "entry":
        factories.make_entry("Counts", meeting=meeting, person=ada)
    factories.make_minutes(meeting)
    assert public_texts(meeting)[0] == "a member spoke"


def test_initials_are_left_in_notes_that_have_nothing_to_do_with_the_person(group):
    factories.make_person("Olga Steel", public_name="member")
    later = factories.make_person("Otto Summer", public_name="member", role="")
    later.memberships.update(start_date=date(2026, 2, 1))
    meeting = factories.make_meeting()
    factories.make_line(meeting, "OS sent maps, said Olga Steel")
    factories.make_minutes(meeting)
    assert public_texts(meeting) == ["OS sent maps, said a member"]


def test_words_by_which_the_notes_mean_the_person_are_taken_out_but_not_offices(ada):
    meeting = factories.make_meeting()
    row = factories.make_attendance(meeting, ada, initials="ABX")
    Attendance.objects.filter(pk=row.pk).update(person_name="Adda Birche")
    factories.make_entry("Counts", meeting=meeting, person=ada, person_name="Adi")
    action = factories.make_action("To ask", meeting=meeting, owners=[ada])
    ActionOwner.objects.filter(action=action).update(as_minuted="the Chair")
    factories.make_line(meeting, "ABX, Adda Birche and Adi thanked the Chair")
    factories.make_minutes(meeting)
    assert public_texts(meeting)[-1] == "a member, a member and a member thanked the Chair"


def test_who_chose_initials_is_shown_by_them(group):
    factories.make_person("Ada Birch", role="", public_name="initials")
    meeting = factories.make_meeting()
    factories.make_line(meeting, "Ada Birch (AB) spoke")
    factories.make_minutes(meeting)
    assert public_texts(meeting) == ["AB (AB) spoke"]


def test_an_action_heard_at_several_meetings_hides_whoever_was_near_any(group):
    ada = factories.make_person("Ada Birch", public_name="member")
    first, second = factories.make_meeting(), factories.make_meeting(on=date(2026, 3, 25))
    factories.make_attendance(first, ada)
    action = factories.make_action("BC to ask AB", meeting=first)
    factories.make_minutes(first)
    factories.make_line(second, "Going on", kind=Kind.REVIEW, action=action)
    factories.make_minutes(second)
    assert Action.objects.visible_to(PUBLIC).get().shown == "BC to ask a member"


def test_rename_writes_every_public_text_anew(ada):
    meeting = factories.make_meeting()
    factories.make_line(meeting, "Ada Birch spoke")
    factories.make_action("Ada Birch to ask", meeting=meeting)
    factories.make_minutes(meeting)
    ada.public_name = "full"
    ada.save()
    renaming.rename(now=NOW)
    assert public_texts(meeting) == ["Ada Birch spoke", "Ada Birch to ask"]
    ada.public_name = "initials"
    ada.save()
    renaming.rename(now=NOW)
    assert public_texts(meeting) == ["AB spoke", "AB to ask"]
    assert Action.objects.visible_to(PUBLIC).get().shown == "AB to ask"


def test_show_records_follows_changed_words_and_owners(ada):
    meeting = factories.make_meeting()
    action, entry = factories.make_action(meeting=meeting), factories.make_entry(meeting=meeting)
    factories.make_minutes(meeting)
    Action.objects.update(text="Ada Birch to write")
    Entry.objects.update(text="Ada Birch's counts")
    publishing.show_records(actions=[action.pk], entries=[entry.pk], now=NOW)
    assert Action.objects.visible_to(PUBLIC).get().shown == "a member to write"
    assert Entry.objects.visible_to(PUBLIC).get().shown == "a member's counts"


LISTED = "Attendance Ada Birch, Bo Young\n\n"
SECRET = LISTED + "2. Staffing [confidential]\n\nAB to see to the SECRET quietly\n\nBY: Used: the SECRET list\n"
OPEN = LISTED + "2. Matters\n\nAB to write a letter [A1]\n\nBY: Used: the open part [D1]\n"


@pytest.mark.parametrize("is_draft", [True, False], ids=["first notes a draft", "first notes confidential"])
@pytest.mark.parametrize("is_taken_out", [True, False], ids=["the words taken out later", "the words kept"])
def test_a_reference_in_public_notes_does_not_betray_the_words_of_hidden_ones(group, is_draft, is_taken_out):
    first, second = (factories.make_meeting(on=date(2026, month, 28)) for month in (1, 3))
    text = SECRET.replace(" [confidential]", "") if is_draft else SECRET
    minutes = recording.record(meeting=first, text=text, now=NOW).minutes
    if not is_draft:
        publishing.circulate(minutes=minutes, now=NOW)
    publishing.circulate(minutes=recording.record(meeting=second, text=OPEN, now=NOW).minutes, now=NOW)
    assert list(Action.objects.visible_to(PUBLIC)) == list(Entry.objects.visible_to(PUBLIC)) == []
    if is_taken_out:
        recording.record(meeting=first, text=LISTED, now=NOW)
        assert [action.shown for action in Action.objects.visible_to(PUBLIC)] == ["AB to write a letter"]
        assert [entry.shown for entry in Entry.objects.visible_to(PUBLIC)] == ["the open part"]
