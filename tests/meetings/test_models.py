"""meetings.models: what the database refuses, with words for people; who sees which meeting."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from meetings.minutes.structure import Kind
from meetings.models import Attendance, Item, Meeting, MinuteLine, Minutes, OldSlug
from tests import factories
from tests.refusing import refuse
from wmodf.lib.access import Standing


@pytest.fixture
def meeting(group):
    """A meeting from 11 to 13."""
    return factories.make_meeting()


class Reader:
    """Somebody with a standing."""

    def __init__(self, standing):
        self.standing = standing


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends": time(10)}, "The meeting ends before it starts: give the start, and an end after it."),
        ({"ends": time(11)}, "The meeting ends before it starts: give the start, and an end after it."),
        ({"starts": None}, "The meeting ends before it starts: give the start, and an end after it."),
        ({"status": "perhaps"}, "not a valid choice"),
    ],
)
def test_a_meeting_is_refused(meeting, changes, words):
    refuse(meeting, words, **changes)


@pytest.mark.parametrize("times", [(None, None), (time(11), None), (time(11), time(11, 1))])
def test_a_meeting_may_have_no_times_or_no_end(meeting, times):
    meeting.starts, meeting.ends = times
    meeting.full_clean()
    meeting.save()


def test_two_meetings_have_two_addresses_and_two_uids(meeting):
    second = factories.make_meeting()
    assert (meeting.get_absolute_url(), second.get_absolute_url()) == (
        "/meetings/2026-01-28/",
        "/meetings/2026-01-28-2/",
    )
    refuse(second, "already exists", uid=meeting.uid)


@pytest.mark.parametrize(
    ("on", "starts", "ends", "field"),
    [
        (date(2026, 3, 29), time(1, 30), time(3), "starts"),
        (date(2026, 3, 29), time(0, 30), time(1, 30), "ends"),
        (date(2026, 3, 28), time(1, 30), time(3), None),
        (date(2026, 10, 25), time(1, 30), time(3), None),
    ],
)
def test_the_hour_that_the_clocks_skip_is_refused(meeting, on, starts, ends, field):
    meeting.on, meeting.starts, meeting.ends = on, starts, ends
    if field is None:
        meeting.full_clean()
        return
    with pytest.raises(ValidationError) as caught:
        meeting.full_clean()
    assert caught.value.message_dict == {
        field: ["On 29 March 2026 the clocks go forward and skip 01:30: choose another time."]
    }


@pytest.mark.parametrize("field", ["title", "host_name", "venue"])
def test_addresses_stay_out_of_what_everyone_reads(meeting, field):
    setattr(meeting, field, "Ask ada@private.example")
    with pytest.raises(ValidationError) as caught:
        meeting.full_clean()
    assert set(caught.value.message_dict) == {field}


def test_old_addresses_are_unique(meeting):
    OldSlug.objects.create(slug="2026-01-27", meeting=meeting)
    refuse(OldSlug(slug="2026-01-26", meeting=meeting), "already exists", slug="2026-01-27")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"person_name": ""}, "Choose a person, or write the name."),
        ({"status": "asleep"}, "not a valid choice"),
        ({"capacity": "king"}, "not a valid choice"),
        ({"arrived": time(12), "left": time(11)}, "They left before they arrived."),
        ({"arrived": time(12), "left": time(12)}, "They left before they arrived."),
    ],
)
def test_an_attendance_is_refused(meeting, changes, words):
    refuse(factories.make_attendance(meeting, "Bo Cole"), words, **changes)


def test_a_person_attends_a_meeting_once(meeting):
    ada, bo = factories.make_person("Ada Birch"), factories.make_person("Bo Cole")
    factories.make_attendance(meeting, ada)
    row = Attendance(meeting=meeting, person=bo)
    refuse(row, "This person is listed twice for this meeting.", person=ada)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": "lost"}, "minutes_status_valid"),
        ({"status": "agreed"}, "minutes_agreed_on_iff_agreed"),
        ({"agreed_on": date(2026, 3, 1)}, "minutes_agreed_on_iff_agreed"),
    ],
)
def test_minutes_are_refused(meeting, changes, words):
    refuse(factories.make_minutes(meeting), words, **changes)


def test_a_meeting_has_one_set_of_minutes(meeting):
    factories.make_minutes(meeting)
    second = Minutes(meeting=factories.make_meeting(on=date(2026, 3, 25)), text="Notes")
    refuse(second, "already exists", meeting=meeting)


def test_positions_are_given_once(meeting):
    factories.make_item(meeting)
    factories.make_line(meeting)
    refuse(Item(meeting=meeting, position=2, title="AOB"), "already exists", position=1)
    refuse(MinuteLine(meeting=meeting, position=2, kind="prose", text="x"), "already exists", position=1)


@pytest.mark.parametrize("make", [factories.make_item, factories.make_line])
def test_what_is_confidential_is_not_public(meeting, make):
    row = make(meeting, is_public=True)
    refuse(row, "confidential_is_not_public", is_confidential=True)


def test_a_line_is_of_a_known_kind(meeting):
    refuse(factories.make_line(meeting), "not a valid choice", kind="song")


@pytest.mark.parametrize(
    "targets", [{"action", "entry"}, {"action", "named_meeting"}, {"entry", "named_meeting"}], ids=sorted
)
def test_a_line_points_at_one_record(meeting, targets):
    records = {"action": factories.make_action(), "entry": factories.make_entry(), "named_meeting": meeting}
    line = factories.make_line(meeting)
    refuse(line, "A line points to one action, one entry or one meeting.", **{name: records[name] for name in targets})


def test_nothing_under_minutes_is_deleted(meeting):
    host, ada, bo = factories.make_organisation(), factories.make_person("Ada"), factories.make_person("Bo")
    meeting.host = host
    meeting.save()
    body = factories.make_organisation("Body")
    factories.make_attendance(meeting, ada, representing=body, deputising_for=bo)
    item = factories.make_item(meeting)
    action, entry = factories.make_action(meeting=meeting, line={"item": item}), factories.make_entry(meeting=meeting)
    heard = action.updates.create(on=meeting.on)
    factories.make_line(meeting, kind=Kind.REVIEW, heard=heard)
    named = factories.make_meeting(on=date(2026, 3, 25))
    factories.make_line(meeting, kind=Kind.NEXT_MEETING, named_meeting=named)
    factories.make_minutes(meeting)
    for row in (meeting, host, ada, bo, body, item, action, entry, heard, named):
        with pytest.raises(ProtectedError):
            row.delete()


def test_everyone_sees_published_meetings_and_the_secretary_all(meeting):
    hidden = factories.make_meeting(on=date(2026, 3, 25), published=False)
    seen = [set(Meeting.objects.visible_to(Reader(standing))) for standing in Standing]
    assert seen == [{meeting}, {meeting}, {meeting, hidden}]
    assert set(Meeting.objects.visible_to(None)) == {meeting}


def test_coming_and_past_meetings_in_order(db):
    days = [date(2026, month, 1) for month in (3, 1, 2, 4)]
    for day in days:
        factories.make_meeting(on=day)
    factories.make_meeting(on=date(2026, 5, 1), status="cancelled")
    on = date(2026, 3, 1)
    assert [meeting.on.month for meeting in Meeting.objects.upcoming(on=on)] == [3, 4, 5]
    assert [meeting.on.month for meeting in Meeting.objects.past(on=on)] == [2, 1]
    assert [meeting.on.month for meeting in Meeting.objects.upcoming(on=on).going_ahead()] == [3, 4]


def test_with_notes_are_those_circulated(meeting):
    factories.make_minutes(meeting)
    factories.make_minutes(factories.make_meeting(on=date(2026, 3, 25)), circulated=False)
    factories.make_meeting(on=date(2026, 4, 25))
    assert set(Meeting.objects.with_notes()) == {meeting}


def test_attendance_is_told_apart(meeting):
    rows = {
        (status, capacity): factories.make_attendance(meeting, f"{status} {capacity}", status=status, capacity=capacity)
        for status in Attendance.Status
        for capacity in Attendance.Capacity
    }
    of_meeting = meeting.attendances
    assert set(of_meeting.present()) == {rows["present", "member"], rows["present", "deputy"]}
    assert set(of_meeting.in_attendance()) == {rows["present", "in-attendance"]}
    assert set(of_meeting.apologies()) == {row for (status, _), row in rows.items() if status == "apologies"}


def test_names_hosts_and_bodies_are_records_or_else_words(meeting):
    ada, council = factories.make_person(public_name="initials"), factories.make_organisation()
    named = Attendance(meeting=meeting, person=ada, person_name="Ada", representing=council)
    unmatched = Attendance(meeting=meeting, person_name="MT", representing_name="a charity")
    member = Reader(Standing.MEMBER)
    assert (named.name_for(None), named.name_for(member), str(named)) == ("AB", "Ada Birch", "Ada Birch")
    assert (unmatched.name_for(member), str(unmatched)) == ("MT", "MT")
    assert unmatched.name_for(None) == ""  # until publishing has said what everyone reads of it
    assert [row.representing_for(member) for row in (named, unmatched)] == ["Elmbridge Council", "a charity"]
    assert (Meeting(host=council, host_name="x").host_shown, Meeting(host_name="x").host_shown) == (
        "Elmbridge Council",
        "x",
    )
