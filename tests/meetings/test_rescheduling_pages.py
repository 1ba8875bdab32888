"""The pages in the admin on which a meeting is moved and cancelled, and the stock form asking for the reason."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from meetings.models import Change, Meeting
from tests import factories
from tests.admin_pages import form_of, url
from tests.pages import words_of

LIST = "meetings_meeting"
SOON = timezone.localdate() + timedelta(days=60)
SOON -= timedelta(days=SOON.weekday() - 2)  # a Wednesday


def fields_of(page, **changes):
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields} | changes


@pytest.fixture
def meeting(group):
    return factories.make_meeting(on=SOON)


def test_a_meeting_is_moved_with_a_reason(secretary_client, secretary, meeting):
    page = url(LIST, "move", meeting.pk)
    new = SOON + timedelta(days=7)
    sent = fields_of(secretary_client.get(page), on=new.isoformat(), reason="  The room is\nflooded ")
    response = secretary_client.post(page, sent, follow=True)
    assert "The meeting is moved" in response.text
    change = Change.objects.get()
    assert (change.was_on, change.reason, change.by) == (SOON, "The room is flooded", secretary)
    assert Meeting.objects.get().on == new
    assert "moved from" in words_of(secretary_client.get(page))


def test_without_a_reason_nothing_is_saved_and_nothing_typed_is_lost(secretary_client, meeting):
    page = url(LIST, "move", meeting.pk)
    sent = fields_of(secretary_client.get(page), on=(SOON + timedelta(days=7)).isoformat(), venue="Town hall")
    response = secretary_client.post(page, sent)
    assert response.status_code == 400
    assert "Say why: people have the date in their diaries." in response.text
    assert response.context["form"]["venue"].value() == "Town hall"
    assert Meeting.objects.get().on == SOON


@pytest.mark.parametrize("reason", ["Ask ada@private.example", "x" * 301])
def test_a_reason_that_cannot_be_told(secretary_client, meeting, reason):
    page = url(LIST, "move", meeting.pk)
    sent = fields_of(secretary_client.get(page), on=(SOON + timedelta(days=7)).isoformat(), reason=reason)
    assert secretary_client.post(page, sent).status_code == 400
    assert not Change.objects.exists()


def test_what_is_to_be_said_of_the_day_is_said_once_and_refuses_nothing(secretary_client, meeting):
    other = factories.make_meeting(on=SOON + timedelta(days=7), title="Annual meeting")
    page = url(LIST, "move", meeting.pk)
    sent = fields_of(secretary_client.get(page), on=other.on.isoformat(), reason="Flood")
    said = secretary_client.post(page, sent)
    assert "Another meeting at 11:00 (Annual meeting" in words_of(said)
    assert Meeting.objects.get(pk=meeting.pk).on == SOON
    assert secretary_client.post(page, fields_of(said)).status_code == 302
    assert Meeting.objects.get(pk=meeting.pk).on == other.on


def test_a_page_opened_before_somebody_else_s_move_is_refused_once(secretary_client, meeting):
    page = url(LIST, "move", meeting.pk)
    opened = fields_of(secretary_client.get(page), on=(SOON + timedelta(days=14)).isoformat(), reason="Strike")
    first = opened | {"on": (SOON + timedelta(days=7)).isoformat(), "reason": "Flood"}
    assert secretary_client.post(page, first).status_code == 302
    response = secretary_client.post(page, opened)
    assert "Somebody else changed this meeting" in response.text
    assert response.context["form"]["reason"].value() == "Strike"
    assert secretary_client.post(page, fields_of(response)).status_code == 302
    assert Meeting.objects.get().on == SOON + timedelta(days=14)
    assert Change.objects.count() == 2


def test_a_move_to_where_it_is_is_none(secretary_client, meeting):
    page = url(LIST, "move", meeting.pk)
    response = secretary_client.post(page, fields_of(secretary_client.get(page), reason="Flood"))
    assert "Nothing here differs" in response.text
    assert not Change.objects.exists()


def test_the_hour_that_the_clocks_skip_is_refused(secretary_client, meeting):
    page = url(LIST, "move", meeting.pk)
    sent = fields_of(secretary_client.get(page), on="2027-03-28", starts="01:30", ends="", reason="Flood")
    assert "the clocks go forward" in secretary_client.post(page, sent).text


def test_a_meeting_is_cancelled_with_a_reason_and_taken_up_again(secretary_client, meeting):
    page = url(LIST, "cancel", meeting.pk)
    response = secretary_client.post(page, {"reason": ""})
    assert response.status_code == 400
    assert "Say why: people have the date in their diaries." in response.text
    assert secretary_client.post(page, {"reason": "Too few can come"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.is_cancelled
    assert "goes ahead after all" in secretary_client.get(url(LIST, "move", meeting.pk)).text
    assert secretary_client.post(page, {"reason": ""}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.status == "confirmed"


def test_several_are_cancelled_for_one_reason(secretary_client, meeting):
    others = [meeting, factories.make_meeting(on=SOON + timedelta(days=7))]
    data = {"action": "cancel", "_selected_action": [one.pk for one in others]}
    asked = secretary_client.post(url(LIST, "changelist"), data)
    assert "all for the same reason" in asked.text
    refused = secretary_client.post(url(LIST, "changelist"), data | {"cancel_all": "yes", "reason": ""})
    assert "Say why" in refused.text
    assert not Change.objects.exists()
    response = secretary_client.post(
        url(LIST, "changelist"), data | {"cancel_all": "yes", "reason": "Building works"}, follow=True
    )
    assert "Done for 2." in response.text
    assert set(Change.objects.values_list("reason", "meeting")) == {("Building works", one.pk) for one in others}


def save(client, meeting, **changes):
    page = url(LIST, "change", meeting.pk)
    return client.post(page, form_of(client.get(page)) | changes)


@pytest.mark.parametrize("changes", [{"on": "2026-05-27"}, {"status": "cancelled"}])
def test_the_stock_form_asks_why(secretary_client, meeting, changes):
    response = save(secretary_client, meeting, **changes)
    assert "Say why: people have this date in their diaries." in response.text
    assert not Change.objects.exists()
    assert save(secretary_client, meeting, reason="Flood", **changes).status_code == 302
    assert Change.objects.get().reason == "Flood"


@pytest.mark.parametrize("changes", [{"venue": "Town hall"}, {"starts": "12:00"}, {"status": "tentative"}])
def test_the_stock_form_asks_nothing_about_smaller_changes(secretary_client, meeting, changes):
    assert save(secretary_client, meeting, **changes).status_code == 302
    assert not Change.objects.exists()


def test_the_stock_form_says_what_is_to_be_known_of_a_day(secretary_client, group):
    for week in range(1, 5):
        factories.make_meeting(on=timezone.localdate() - timedelta(days=7 * week))
    page = url(LIST, "add")
    on = timezone.localdate() + timedelta(days=1)
    response = secretary_client.post(page, form_of(secretary_client.get(page)) | {"on": on.isoformat()}, follow=True)
    assert f"A {on:%A}" in words_of(response)
    assert "your last 4 meetings were on" in words_of(response)
    assert Meeting.objects.filter(on=on).exists()


def test_the_stock_form_does_not_repeat_it_when_the_day_stays(secretary_client, group):
    meeting = factories.make_meeting(on=date(2020, 1, 1))
    page = url(LIST, "change", meeting.pk)
    response = secretary_client.post(page, form_of(secretary_client.get(page)) | {"venue": "Hub"}, follow=True)
    assert "In the past" not in response.text


def test_cancelling_twice_does_not_revive_the_meeting(secretary_client, meeting):
    page = url(LIST, "cancel", meeting.pk)
    sent = fields_of(secretary_client.get(page), reason="Flood")
    secretary_client.post(page, sent)
    said = secretary_client.post(page, sent, follow=True)  # a second press, or another secretary's page
    assert "This meeting is cancelled already: nothing was changed." in said.text
    assert Meeting.objects.get().is_cancelled
    assert Change.objects.count() == 1


def test_a_page_that_offers_to_revive_does_not_cancel(secretary_client, secretary, meeting):
    page = url(LIST, "cancel", meeting.pk)
    secretary_client.post(page, {"reason": "Flood"})
    sent = fields_of(secretary_client.get(page), reason="Dry again")
    secretary_client.post(page, sent)
    secretary_client.post(page, sent)
    assert not Meeting.objects.get().is_cancelled
