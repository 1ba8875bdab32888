"""Who is at a meeting: members, what they answered, and the lists that come of the secretary's choices."""

from datetime import date

import pytest

from meetings.minutes.structure import Attendee, Presence
from meetings.record.attending import WalkIn, choices_in, chosen, expected, last_with_notes, same_as, seats_of
from members.models import OtherName
from tests.factories import make_attendance, make_meeting, make_minutes, make_organisation, make_person, make_reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(group):
    council = make_organisation("Elmbridge Council")
    return {
        "ada": make_person("Ada Birch", role="chair", on_behalf_of=council),
        "bo": make_person("Bo Ashworth", role=""),
        "cleo": make_person("Cleo Dunn", role="", initials="CXD"),
        "gia": make_person("Gia Holt", role="", on_behalf_of=council),
    }


@pytest.fixture
def meeting(group):
    return make_meeting(on=date(2026, 1, 28))


def lists(attendees):
    return {
        presence.value: [
            (one.name, one.organisation, one.role, one.note) for one in attendees if one.presence == presence
        ]
        for presence in Presence
    }


def test_members_of_the_day_by_family_name(people, meeting):
    make_person("Zed Never")
    assert [seat.person.name for seat in seats_of(meeting)] == ["Bo Ashworth", "Ada Birch", "Cleo Dunn", "Gia Holt"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_database_is_asked_no_more_for_more_members(group, meeting, rows, django_assert_num_queries):
    for number in range(rows):
        make_reply(meeting, make_person(f"Person Number{number}", role=""))
    with django_assert_num_queries(3):
        assert len(seats_of(meeting)) == rows


def test_replies_fill_the_lists_and_silence_stays_silence(people, meeting):
    make_reply(meeting, people["ada"])
    make_reply(meeting, people["cleo"], "online")
    make_reply(meeting, people["gia"], "deputy", deputy_name="Eli Fenn", deputy_organisation="Lock CC")
    assert lists(expected(meeting, seats_of(meeting))) == {
        "attended": [("Ada Birch", "Elmbridge Council", "Chair", ""), ("Cleo Dunn", "", "", "online")],
        "guests": [("Eli Fenn", "Lock CC", "", "deputising for Gia Holt")],
        "apologies": [("Gia Holt", "Elmbridge Council", "", "")],
    }


def test_the_note_of_a_reply_is_nobody_elses(people, meeting):
    make_reply(meeting, people["ada"], "apologies", note="in hospital")
    assert "hospital" not in str(expected(meeting, seats_of(meeting)))


def test_what_was_entered_in_the_admin_goes_before_a_reply(people, meeting):
    make_reply(meeting, people["ada"])
    make_attendance(meeting, people["ada"], status="apologies")
    make_reply(meeting, people["bo"])
    make_attendance(meeting, people["bo"], status="absent")
    assert lists(expected(meeting, seats_of(meeting))) == {
        "attended": [],
        "guests": [],
        "apologies": [("Ada Birch", "", "", "")],
    }


def test_somebody_who_answered_and_is_no_member_has_a_seat(people, meeting):
    make_reply(meeting, make_person("Uma Vance"))
    assert [seat.person.name for seat in seats_of(meeting)][-1] == "Uma Vance"


def test_choices_move_add_and_take_out_members_alone(people, meeting):
    OtherName.objects.create(person=people["bo"], name="Bob Ashworth")
    seats = seats_of(meeting)
    listed = [
        Attendee(name="Ada Birch", presence=Presence.ATTENDED, note="until 5pm"),
        Attendee(name="Bob Ashworth", presence=Presence.ATTENDED, organisation="Weir Trust"),
        Attendee(name="Una Pike", presence=Presence.ATTENDED, organisation="Towpath Ltd"),
        Attendee(name="Gia Holt", presence=Presence.APOLOGIES),
    ]
    choices = choices_in(listed, seats)
    assert choices == {
        people["ada"].pk: "present",
        people["bo"].pk: "present",
        people["cleo"].pk: "",
        people["gia"].pk: "apologies",
    }
    assert chosen(listed, seats=seats, choices=choices) == listed
    choices |= {people["bo"].pk: "apologies", people["cleo"].pk: "present", people["gia"].pk: ""}
    visitors = [
        WalkIn(name="Eli Fenn", organisation="Lock CC"),
        WalkIn(name="una pike"),
        WalkIn(name="Rex Hale", is_member=True),
    ]
    assert lists(chosen(listed, seats=seats, choices=choices, walk_ins=visitors)) == {
        "attended": [
            ("Ada Birch", "", "", "until 5pm"),
            ("Una Pike", "Towpath Ltd", "", ""),
            ("Cleo Dunn", "", "", ""),
            ("Rex Hale", "", "", ""),
        ],
        "guests": [("Eli Fenn", "Lock CC", "", "")],
        "apologies": [("Bob Ashworth", "Weir Trust", "", "")],
    }


def test_initials_that_no_name_gives_are_printed(people, meeting):
    make_reply(meeting, people["cleo"])
    assert [one.initials for one in expected(meeting, seats_of(meeting))] == ["CXD"]


def test_same_as_last_time_fills_only_what_is_not_said(people, meeting):
    older, last = make_meeting(on=date(2025, 9, 24)), make_meeting(on=date(2025, 11, 26))
    make_meeting(on=date(2026, 1, 14))  # without notes
    make_minutes(older)
    make_minutes(last, circulated=False)
    make_attendance(last, people["ada"])
    make_attendance(last, people["gia"])
    make_attendance(last, people["bo"], status="apologies")
    make_attendance(last, "Una Pike", capacity="in-attendance", representing_name="Towpath Ltd")
    make_attendance(last, make_person("Rex Hale"))
    assert last_with_notes(meeting) == last
    choices = {people["ada"].pk: "", people["bo"].pk: "", people["cleo"].pk: "", people["gia"].pk: "apologies"}
    filled, visitors = same_as(last, seats=seats_of(meeting), choices=choices, walk_ins=[WalkIn(name="Una Pike")])
    assert filled == choices | {people["ada"].pk: "present"}
    assert visitors == [WalkIn(name="Una Pike"), WalkIn(name="Rex Hale", is_member=True)]
