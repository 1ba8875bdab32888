"""The record page and the list of meetings: highlights published and taken back, and how long notes take."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from meetings import publishing, waiting
from meetings.models import Meeting, Minutes
from tests import factories
from tests.factories import NOW
from tests.pages import words_of

pytestmark = pytest.mark.django_db

NOTES = "11 March 2026\n\n1. Buses\nAction: Ada Birch to ask the bus company.\nIt rained.\n"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(factories.at(date(2026, 3, 14)), tick=False):
        yield


@pytest.fixture
def meeting(group):
    return factories.make_meeting(on=date(2026, 3, 11))


def page_of(meeting):
    return reverse("admin:meetings_meeting_record", args=[meeting.pk])


def send(client, meeting, button, *, text=NOTES, revision=0, follow=True):
    form = {"text": text, "base_revision": revision, button: "1"}
    return client.post(page_of(meeting), form, follow=follow)


def test_saving_and_publishing_the_highlights_is_one_button(secretary_client, anonymous_client, meeting):
    assert 'name="highlights"' in secretary_client.get(page_of(meeting)).text
    page = send(secretary_client, meeting, "highlights")
    assert "Their highlights are published: everyone reads the actions and the next date" in words_of(page)
    assert "Draft, its highlights published" in words_of(page)
    assert 'name="take-back"' in page.text
    assert 'name="highlights"' not in page.text
    minutes = Minutes.objects.get()
    assert (minutes.status, minutes.highlights_at) == ("draft", factories.at(date(2026, 3, 14)))
    told = words_of(anonymous_client.get("/meetings/2026-03-11/highlights/"))
    assert "Ada Birch to ask the bus company." in told
    assert "It rained." not in told
    page = send(secretary_client, meeting, "save", text=Minutes.objects.get().text + "It snowed.\n", revision=1)
    assert "The draft is saved. Its highlights are published" in words_of(page)


def test_taking_them_back_saves_what_was_typed(secretary_client, anonymous_client, meeting):
    send(secretary_client, meeting, "highlights")
    text = Minutes.objects.get().text + "Action: Bo Cole to hide this.\n"
    page = send(secretary_client, meeting, "take-back", text=text, revision=1)
    assert "The highlights are taken back." in words_of(page)
    assert "Bo Cole to hide this." in Minutes.objects.get().text
    assert Minutes.objects.get().highlights_at is None
    assert anonymous_client.get("/meetings/2026-03-11/highlights/").status_code == 404


def test_nothing_is_lost_where_they_can_t_be_published(secretary_client, meeting):
    factories.make_person("Quentin Hush", role="", public_name="member")
    text = NOTES.replace("1. Buses", "Present: Quentin Hushe\n\n1. Buses")
    page = send(secretary_client, meeting, "highlights", text=text)
    assert page.status_code == 400
    assert "Nothing was published: answer who it is" in words_of(page)
    assert "Present: Quentin Hushe" in page.text
    assert not Minutes.objects.exists()
    page = send(secretary_client, meeting, "take-back")
    assert (page.status_code, Minutes.objects.exists()) == (400, False)


def test_a_stale_save_publishes_and_takes_back_nothing(secretary_client, meeting):
    send(secretary_client, meeting, "save")
    assert send(secretary_client, meeting, "highlights", text=f"{NOTES}More.\n").status_code == 409
    assert Minutes.objects.get().highlights_at is None
    publishing.publish_highlights(minutes=Minutes.objects.get(), now=NOW)
    assert send(secretary_client, meeting, "take-back", text=f"{NOTES}More.\n").status_code == 409
    assert Minutes.objects.get().highlights_at == NOW


def test_the_page_says_how_long_it_has_been(secretary_client, meeting):
    assert f"3 days: {waiting.REMINDERS[-1][1]}." in words_of(secretary_client.get(page_of(meeting)))
    page = send(secretary_client, meeting, "publish")
    assert "Circulated 3 days after the meeting." in words_of(page)
    assert "See the highlights" in words_of(page)
    assert 'name="highlights"' not in page.text
    with time_machine.travel(factories.at(date(2026, 3, 13))):
        young = factories.make_meeting(on=date(2026, 3, 11))
        assert "days:" not in words_of(secretary_client.get(page_of(young)))


def test_the_list_of_meetings_says_how_long_notes_took(secretary_client, meeting):
    factories.make_minutes(factories.make_meeting(on=date(2026, 2, 25)), now=NOW)
    factories.make_meeting(on=date(2026, 4, 15))
    factories.make_meeting(on=date(2026, 2, 4), status="cancelled")
    page = secretary_client.get(reverse("admin:meetings_meeting_changelist"))
    told = list(page.context["cl"].result_list)
    admin = page.context["cl"].model_admin
    assert {str(one.on): admin.days_to_notes(one) for one in told} == {
        "2026-02-04": "–",
        "2026-02-25": 5,
        "2026-03-11": "3 so far",
        "2026-04-15": "–",
    }
    assert "Days to notes" in words_of(page)


def test_the_list_of_meetings_publishes_highlights_and_takes_them_back(secretary_client, meeting):
    list_ = reverse("admin:meetings_meeting_changelist")
    send(secretary_client, meeting, "save")
    chosen = {"_selected_action": [meeting.pk]}
    page = secretary_client.post(list_, {"action": "publish_highlights", **chosen}, follow=True)
    assert "Done for 1." in words_of(page)
    assert "draft, highlights published" in words_of(page)
    assert Minutes.objects.get().highlights_at is not None
    page = secretary_client.post(list_, {"action": "take_back_highlights", **chosen}, follow=True)
    assert Minutes.objects.get().highlights_at is None
    publishing.circulate(minutes=Minutes.objects.get(), now=NOW)
    page = secretary_client.post(list_, {"action": "publish_highlights", **chosen}, follow=True)
    assert "their highlights with them" in words_of(page)


def test_the_admin_keeps_a_meeting_announced_whose_highlights_are_out(secretary_client, meeting):
    send(secretary_client, meeting, "highlights")
    with pytest.raises(publishing.NotAllowedError):
        publishing.take_back(meeting=Meeting.objects.get(), now=NOW)
    page = secretary_client.post(
        reverse("admin:meetings_meeting_changelist"),
        {"action": "take_back", "_selected_action": [meeting.pk]},
        follow=True,
    )
    assert "The highlights of this meeting are published: take them back first." in words_of(page)
