"""Events entered in the stock admin, and followed by pages and calendar."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from meetings.models import Event
from tests import factories
from tests.admin_pages import form_of, url
from tests.pages import words_of

LIST = "meetings_event"


def save(client, page, **values):
    return client.post(page, form_of(client.get(page)) | values, follow=True)


def add(client, **values):
    return save(client, url(LIST, "add"), **{"title": "Open Data Day", "on": "2026-03-07"} | values)


def do(client, action, *events):
    data = {"action": action, "_selected_action": [event.pk for event in events]}
    return client.post(url(LIST, "changelist"), data, follow=True)


def test_it_is_entered_once_and_published_unless_the_tick_is_taken_out(secretary_client):
    add(secretary_client)
    add(secretary_client, title="Hidden", is_announced="")
    shown, hidden = Event.objects.order_by("pk")
    assert (shown.is_published, shown.sequence, shown.event != "") == (True, 0, True)
    assert (hidden.is_published, hidden.event) == (False, "")


def test_changing_and_cancelling_are_followed(secretary_client):
    event = factories.make_event(published=True)
    page = url(LIST, "change", event.pk)
    save(secretary_client, page, place="Town hall")
    save(secretary_client, page, status="cancelled")
    event.refresh_from_db()
    assert (event.sequence, event.is_cancelled) == (2, True)
    save(secretary_client, page, is_announced="")
    event.refresh_from_db()
    assert (event.is_published, event.event) == (False, "")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"until": "2026-03-06"}, "The last day is before the first."),
        ({"until": "2028-03-06"}, "An event lasts a year at most."),
        ({"ends": "10:00"}, "The event ends before it starts"),
        ({"starts": "11:00", "ends": "10:00"}, "The event ends before it starts"),
        ({"on": "2027-03-28", "starts": "01:30"}, "the clocks go forward"),
        ({"title": "Ask ada@private.example"}, "Leave e-mail addresses out"),
        ({"description": "Ask ada@private.example"}, "Leave e-mail addresses out"),
        ({"link": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"on": "0026-03-07"}, "Write the year in full"),
    ],
)
def test_what_cannot_be_is_refused(secretary_client, values, words):
    assert words in words_of(add(secretary_client, **values))
    assert not Event.objects.exists()


def test_a_clash_is_said_and_refuses_nothing(secretary_client):
    on = timezone.localdate() + timedelta(days=20)
    factories.make_meeting(on=on)
    factories.make_event("Sprint", on=on - timedelta(days=1), until=on)
    words = words_of(add(secretary_client, on=on.isoformat()))
    assert "Another meeting at 11:00 (Steering group meeting" in words
    assert "“Sprint”" in words
    assert Event.objects.filter(title="Open Data Day").exists()


def test_the_lists_actions(secretary_client):
    event = factories.make_event()
    for action, expected in (("announce", (True, False)), ("cancel", (True, True)), ("take_back", (False, True))):
        assert "Done for 1." in do(secretary_client, action, event).text
        event.refresh_from_db()
        assert (event.is_published, event.is_cancelled) == expected


def test_only_one_that_nobody_was_told_of_is_deleted(secretary_client):
    told, untold = factories.make_event(published=True), factories.make_event()
    assert secretary_client.post(url(LIST, "delete", told.pk), {"post": "yes"}).status_code == 403
    assert secretary_client.post(url(LIST, "delete", untold.pk), {"post": "yes"}).status_code == 302
    assert list(Event.objects.all()) == [told]


def test_its_history_is_kept(secretary_client, secretary):
    add(secretary_client)
    save(secretary_client, url(LIST, "change", Event.objects.get().pk), on="2026-03-08")
    assert [row.on for row in Event.history.all()] == [date(2026, 3, 8), date(2026, 3, 7)]
    assert {row.history_user for row in Event.history.all()} == {secretary}


@pytest.mark.parametrize("field", ["title", "place", "description"])
def test_somebody_who_asked_not_to_be_named_is_not(secretary_client, field):
    factories.make_person("Zora Quill", public_name="initials")
    response = add(secretary_client, **{field: "With Zora Quill as host"})
    assert "Somebody is named here who asked not to be named in public" in words_of(response)
    assert not Event.objects.exists()
