"""The admin page of a meeting: what is saved there is followed on public pages and in the calendar."""

from datetime import date, time

import pytest
from django.urls import reverse

from meetings.minutes.structure import Kind
from meetings.models import Attendance, Meeting, Minutes
from tests import factories
from tests.admin_pages import form_of, url

LIST = "meetings_meeting"


def change(client, meeting, **changes):
    """Open the meeting's page, change this and save."""
    page = url(LIST, "change", meeting.pk)
    return client.post(page, form_of(client.get(page)) | changes)


def add(client, **values):
    """Fill in the page for a new meeting and save."""
    page = url(LIST, "add")
    return client.post(page, form_of(client.get(page)) | {"on": "2026-05-20"} | values)


def do(client, action, *meetings):
    """Choose one of the list's actions for the meetings."""
    data = {"action": action, "_selected_action": [meeting.pk for meeting in meetings]}
    return client.post(url(LIST, "changelist"), data, follow=True)


def test_a_meeting_is_added_unpublished_unless_ticked(secretary_client):
    add(secretary_client)
    add(secretary_client, is_announced="on", starts="11:00", ends="13:00")
    hidden, shown = Meeting.objects.order_by("pk")
    assert (hidden.slug, hidden.is_published, hidden.event) == ("2026-05-20", False, "")
    assert (shown.slug, shown.is_published, shown.sequence) == ("2026-05-20-2", True, 0)
    assert shown.event != ""


def test_moving_and_cancelling_are_followed_in_the_calendar(secretary_client):
    meeting = factories.make_meeting(on=date(2026, 5, 20))
    change(secretary_client, meeting, on="2026-05-27", reason="The room is flooded.")
    meeting.refresh_from_db()
    assert (meeting.slug, meeting.sequence) == ("2026-05-27", 1)
    change(secretary_client, meeting, status="cancelled", reason="Too few can come.")
    meeting.refresh_from_db()
    assert (meeting.is_cancelled, meeting.is_published, meeting.sequence) == (True, True, 2)
    change(secretary_client, meeting)
    meeting.refresh_from_db()
    assert meeting.sequence == 2


def test_the_tick_publishes_and_takes_back(secretary_client):
    meeting = factories.make_meeting(published=False)
    change(secretary_client, meeting, is_announced="on")
    meeting.refresh_from_db()
    assert meeting.is_published
    assert meeting.event != ""
    change(secretary_client, meeting, is_announced="")
    meeting.refresh_from_db()
    assert (meeting.is_published, meeting.event) == (False, "")


def test_a_meeting_with_published_notes_is_not_taken_back(secretary_client):
    meeting = factories.make_meeting()
    factories.make_minutes(meeting)
    response = change(secretary_client, meeting, is_announced="", venue="Town hall")
    assert "The notes of this meeting are published: withdraw them first." in response.text
    assert form_of(response)["venue"] == "Town hall"
    meeting.refresh_from_db()
    assert (meeting.is_published, meeting.venue) == (True, "")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"on": "2026-03-29", "starts": "01:30", "ends": "02:30"}, "the clocks go forward and skip 01:30"),
        ({"on": "2026-03-29", "starts": "00:30", "ends": "01:00"}, "the clocks go forward and skip 01:00"),
        ({"on": "2026-02-30"}, "Enter a valid date."),
        ({"on": "9999-12-31"}, "a meeting is held between 1900 and 2199"),
        ({"on": "0026-05-20"}, "a meeting is held between 1900 and 2199"),
        ({"starts": "25:00"}, "Enter a valid time."),
        ({"starts": "13:00", "ends": "11:00"}, "The meeting ends before it starts"),
        ({"starts": "", "ends": "11:00"}, "The meeting ends before it starts"),
        ({"title": "Steering\x00group"}, "Null characters are not allowed."),
        ({"title": ""}, "This field is required."),
        ({"venue": "x" * 301}, "at most 300 characters"),
        ({"joining_url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"host": "99999"}, "Select a valid choice."),
        ({"status": "perhaps"}, "Select a valid choice."),
        ({"attendances-0-person_name": "Bo\x00"}, "Null characters are not allowed."),
        ({"attendances-0-status": "apologies"}, "Choose a person, or write the name."),
        (
            {"attendances-0-person_name": "Bo", "attendances-0-arrived": "12:00", "attendances-0-left": "11:00"},
            "They left",
        ),
    ],
)
def test_what_is_wrong_with_a_meeting_is_said_and_nothing_typed_is_lost(secretary_client, changes, message):
    response = add(secretary_client, **changes)
    assert response.status_code == 200
    assert message in response.text
    kept = form_of(response)
    assert {name: str(kept[name]) for name in changes if name != "host"} == {
        name: value for name, value in changes.items() if name != "host"
    }
    assert Meeting.objects.count() == 0


def test_attendance_is_added_last_under_the_persons_name(secretary_client):
    ada = factories.make_person("Ada Birch")
    meeting = factories.make_meeting()
    factories.make_attendance(meeting, "Bo Cole", position=4)
    change(secretary_client, meeting, **{"attendances-1-person": ada.pk, "attendances-1-status": "apologies"})
    assert list(meeting.attendances.values_list("person_name", "position", "status")) == [
        ("Bo Cole", 4, "present"),
        ("Ada Birch", 5, "apologies"),
    ]


def test_nobody_is_listed_twice(secretary_client):
    ada = factories.make_person("Ada Birch")
    meeting = factories.make_meeting()
    factories.make_attendance(meeting, ada)
    response = change(secretary_client, meeting, **{"attendances-1-person": ada.pk})
    assert "Please correct the duplicate" in response.text
    assert Attendance.objects.count() == 1


def test_a_remark_on_attendance_is_public_once_the_notes_are_and_without_addresses(secretary_client):
    meeting = factories.make_meeting()
    attendance = factories.make_attendance(meeting, "Bo Cole")
    minutes = factories.make_minutes(meeting)
    change(secretary_client, meeting, **{"attendances-0-note": "until 5pm, bo@x.example"})
    attendance.refresh_from_db()
    assert attendance.public_note == "until 5pm, (address withheld)"
    do(secretary_client, "withdraw_notes", meeting)
    attendance.refresh_from_db()
    minutes.refresh_from_db()
    assert (attendance.public_note, minutes.status) == ("", "draft")


def test_a_moved_meeting_unsettles_what_was_agreed_by_its_date(secretary_client):
    earlier = factories.make_meeting(on=date(2026, 1, 28))
    minutes = factories.make_minutes(earlier)
    later = factories.make_meeting(on=date(2026, 3, 25))
    factories.make_line(later, kind=Kind.AGREED, names_on=earlier.on)
    factories.make_minutes(later)
    minutes.refresh_from_db()
    assert minutes.status == "agreed"
    change(secretary_client, earlier, on="2026-01-29", reason="The date was wrong.")
    minutes.refresh_from_db()
    assert minutes.status == "circulated"


def test_the_lists_actions(secretary_client):
    meeting = factories.make_meeting(published=False)
    minutes = factories.make_minutes(meeting, circulated=False)
    do(secretary_client, "announce", meeting)
    meeting.refresh_from_db()
    assert meeting.is_published
    do(secretary_client, "circulate_notes", meeting)
    minutes.refresh_from_db()
    assert minutes.status == "circulated"
    response = do(secretary_client, "take_back", meeting)
    assert f"{meeting}: The notes of this meeting are published: withdraw them first." in response.text
    do(secretary_client, "withdraw_notes", meeting)
    response = do(secretary_client, "take_back", meeting)
    assert "Done for 1." in response.text
    meeting.refresh_from_db()
    assert not meeting.is_published
    do(secretary_client, "announce", meeting)
    response = do(secretary_client, "cancel", meeting)
    assert response.redirect_chain == [(url(LIST, "cancel", meeting.pk), 302)]


def test_agreed_notes_are_not_withdrawn(secretary_client):
    earlier, later = factories.make_meeting(), factories.make_meeting(on=date(2026, 3, 25))
    minutes = factories.make_minutes(earlier)
    factories.make_line(later, kind=Kind.AGREED, names_on=earlier.on)
    factories.make_minutes(later)
    response = do(secretary_client, "withdraw_notes", earlier)
    assert "These notes were agreed by a later meeting: they stay published." in response.text
    minutes.refresh_from_db()
    assert minutes.status == "agreed"


def test_publishing_notes_of_a_meeting_without_any(secretary_client):
    response = do(secretary_client, "circulate_notes", factories.make_meeting())
    assert "None of these meetings has notes." in response.text


@pytest.mark.parametrize(("published", "notes"), [(True, False), (False, True), (True, True)])
def test_a_meeting_published_or_with_notes_is_not_deleted(secretary_client, published, notes):
    meeting = factories.make_meeting(published=published)
    if notes:
        factories.make_minutes(meeting, circulated=False)
    assert secretary_client.post(url(LIST, "delete", meeting.pk), {"post": "yes"}).status_code == 403
    do(secretary_client, "delete_selected", meeting)
    assert Meeting.objects.count() == 1
    page = secretary_client.get(url(LIST, "change", meeting.pk))
    assert "never deleted: cancel it instead" in page.text
    assert url(LIST, "delete", meeting.pk) not in page.text


def test_a_meeting_that_nobody_saw_is_deleted_unless_something_points_to_it(secretary_client):
    unused, attended = factories.make_meeting(published=False), factories.make_meeting(published=False)
    factories.make_attendance(attended, "Bo Cole")
    for meeting in (unused, attended):
        response = secretary_client.post(url(LIST, "delete", meeting.pk), {"post": "yes"})
    assert "would require deleting the following protected related objects" in response.text
    assert set(Meeting.objects.all()) == {attended}


def test_the_page_links_to_lines_actions_entries_and_the_record_page(secretary_client):
    meeting = factories.make_meeting()
    line = factories.make_line(meeting, "<b>Prose</b>")
    action = factories.make_action(meeting=meeting)
    entry = factories.make_entry(meeting=meeting)
    page = secretary_client.get(url(LIST, "change", meeting.pk)).text
    for model, row in (("meetings_minuteline", line), ("actions_action", action), ("wishlists_entry", entry)):
        assert url(model, "change", row.pk) in page
    assert reverse("admin:meetings_meeting_record", args=[meeting.pk]) in page
    assert f'<a href="{meeting.get_absolute_url()}">The public page</a>' in page
    assert "<b>Prose</b>" not in page


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ({}, {1, 2, 3}),
        ({"notes": "draft"}, {2}),
        ({"notes": "circulated"}, {1}),
        ({"notes": "none"}, {3}),
        ({"notes": "x"}, {1, 2, 3}),
        ({"published": "yes"}, {1, 2}),
        ({"published": "no"}, {3}),
        ({"status__exact": "tentative"}, {3}),
        ({"q": "Elm"}, {2}),
        ({"q": "hall"}, {3}),
        ({"on__year": "2026", "on__month": "2"}, {2}),
    ],
)
def test_meetings_are_searched_and_filtered(secretary_client, choice, found):
    factories.make_minutes(factories.make_meeting(on=date(2026, 1, 28)))
    host = factories.make_organisation("Elm Council")
    factories.make_minutes(factories.make_meeting(on=date(2026, 2, 25), host=host), circulated=False)
    factories.make_meeting(on=date(2026, 3, 25), published=False, status="tentative", venue="Town hall")
    response = secretary_client.get(url(LIST, "changelist"), choice)
    assert {meeting.on.month for meeting in response.context["cl"].result_list} == found


def test_notes_lines_and_items_are_only_shown(secretary_client):
    meeting = factories.make_meeting()
    minutes = factories.make_minutes(meeting, text="As typed.")
    item = factories.make_item(meeting)
    line = factories.make_line(meeting, item=item)
    for model, row in (("meetings_minutes", minutes), ("meetings_item", item), ("meetings_minuteline", line)):
        assert secretary_client.get(url(model, "change", row.pk)).status_code == 200
        assert secretary_client.post(url(model, "change", row.pk), {"text": "x", "title": "x"}).status_code == 403
        assert secretary_client.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403
        assert secretary_client.get(url(model, "add")).status_code == 403
    assert Minutes.objects.get().text == "As typed."


def test_times_without_an_end_and_with_none_are_kept(secretary_client):
    add(secretary_client, starts="11:00")
    add(secretary_client)
    assert set(Meeting.objects.values_list("starts", "ends")) == {(time(11), None), (None, None)}


def test_a_form_opened_before_somebody_else_s_change_is_refused(secretary_client):
    meeting = factories.make_meeting(on=date(2026, 5, 20))
    page = url(LIST, "change", meeting.pk)
    opened = form_of(secretary_client.get(page))
    change(secretary_client, meeting, status="cancelled", reason="Too few can come.")
    response = secretary_client.post(page, opened | {"venue": "Town hall"})
    assert "status is now cancelled" in response.text
    assert form_of(response)["venue"] == "Town hall"
    meeting.refresh_from_db()
    assert (meeting.status, meeting.venue) == ("cancelled", "")
    assert secretary_client.post(page, form_of(response)).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.status, meeting.venue) == ("confirmed", "Town hall")


def test_the_attendance_of_agreed_notes_is_only_shown(secretary_client):
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    factories.make_attendance(meeting, factories.make_person("Ada Birch"))
    minutes = factories.make_minutes(meeting)
    page = url(LIST, "change", meeting.pk)
    assert 'name="attendances-0-person"' in secretary_client.get(page).text
    Minutes.objects.filter(pk=minutes.pk).update(status="agreed", agreed_on=date(2026, 3, 25))
    response = secretary_client.get(page)
    assert 'name="attendances-0-person"' not in response.text
    assert "Ada Birch" in response.text


def test_an_attendance_changed_here_is_told_to_whoever_has_the_notes_open(secretary_client):
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    factories.make_attendance(meeting, factories.make_person("Ada Birch"))
    minutes = factories.make_minutes(meeting)
    change(secretary_client, meeting, **{"attendances-0-note": "from 11.30"})
    assert Minutes.objects.get().revision == minutes.revision + 1
    change(secretary_client, meeting, venue="Town hall")
    assert Minutes.objects.get().revision == minutes.revision + 1
