"""Drafts beside the record page: kept as they are typed, offered when it opens, listed, read and put back."""

import html
import re
import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings import recording
from meetings.drafts import drafting
from meetings.models import Draft, Editor, Minutes
from tests.factories import make_draft, make_meeting, make_user

pytestmark = pytest.mark.django_db

PAGE = str(uuid.UUID(int=1))


@pytest.fixture
def meeting(group):
    return make_meeting(on=date(2026, 1, 28))


@pytest.fixture
def tom(group):
    return make_user("Tom Ashdown", role="secretary")


def url(word, *keys):
    return reverse(f"admin:meetings_meeting_{word}", args=keys)


def send(client, meeting, **fields):
    return client.post(url("draft", meeting.pk), {"editor": PAGE, "base_revision": 0, **fields})


def box_of(response):
    """What the browser shows in the box: it drops the line end at the start."""
    return html.unescape(re.search(r'name="text".*?>\n(.*?)</textarea>', response.text, re.DOTALL)[1])


# --- kept as it is typed


def test_what_is_typed_is_kept(secretary_client, secretary, meeting):
    response = send(secretary_client, meeting, text="AB to\r\na\x00sk", serial=1)

    assert response.status_code == 200
    assert re.fullmatch(r"\d\d:\d\d:\d\d", response.json()["kept"])
    draft = Draft.objects.get()
    assert (draft.text, draft.by, draft.serial, str(draft.editor)) == ("AB to\nask", secretary, 1, PAGE)
    assert Editor.objects.get().typed_at is not None
    assert not Minutes.objects.exists()


def test_an_emptied_box_is_kept_too_but_a_sign_of_life_is_no_text(secretary_client, meeting):
    send(secretary_client, meeting, text="AB")
    response = send(secretary_client, meeting)
    assert (response.json()["kept"], Draft.objects.get().text) == ("", "AB")
    send(secretary_client, meeting, text="")
    assert Draft.objects.get().text == ""


def test_it_tells_who_else_is_there_and_that_somebody_saved(secretary_client, meeting, tom):
    drafting.give_sign(meeting=meeting, user=tom, editor=uuid.uuid4(), is_typing=False, now=timezone.now())
    recording.record(meeting=meeting, text="Saved.", now=timezone.now())

    answer = send(secretary_client, meeting).json()

    assert answer["revision"] == 1
    assert answer["editors"] == ["Tom Ashdown has these notes open too, not typing yet."]


def test_on_leaving_the_text_stays_and_the_page_goes(secretary_client, meeting):
    send(secretary_client, meeting)
    send(secretary_client, meeting, text="Last words", is_leaving="on")
    assert Draft.objects.get().text == "Last words"
    assert not Editor.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"editor": "x"},
        {"editor": ""},
        {"base_revision": -1},
        {"base_revision": 2**31},
        {"serial": "x"},
        {"serial": 2**31},
        {"text": "x" * 1_000_001},
    ],
)
def test_what_can_t_be_kept_is_said(secretary_client, meeting, fields):
    response = send(secretary_client, meeting, **{"text": "AB", **fields})
    assert response.status_code == 400
    assert response.json()["said"].startswith("Not kept: ")
    assert not Draft.objects.exists()


def test_somebody_else_s_page_is_refused(secretary_client, meeting, tom):
    drafting.give_sign(meeting=meeting, user=tom, editor=uuid.UUID(PAGE), is_typing=False, now=timezone.now())
    assert send(secretary_client, meeting, text="AB").status_code == 409
    assert not Draft.objects.exists()


def test_it_needs_a_token_and_gives_a_new_one_to_whoever_logged_in_anew(secretary, meeting):
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretary)
    assert send(client, meeting, text="AB").status_code == 403
    answer = client.get(url("draft", meeting.pk)).json()
    assert answer["user"] == secretary.pk
    assert send(client, meeting, text="AB", csrfmiddlewaretoken=answer["token"]).status_code == 200


def test_only_the_secretary_keeps_drafts_and_reads_them(anonymous_client, member_client, secretary, meeting):
    draft = make_draft(meeting, secretary, "What was typed")
    assert send(anonymous_client, meeting, text="x").status_code == 403
    assert anonymous_client.get(url("draft", meeting.pk)).status_code == 302
    assert send(member_client, meeting, text="x").status_code == 403
    for address in (url("drafts", meeting.pk), url("draft_detail", meeting.pk, draft.pk)):
        assert anonymous_client.get(address).status_code == 302
        assert member_client.get(address).status_code == 403
    assert Draft.objects.get() == draft


@pytest.mark.parametrize("rows", [1, 3])
def test_keeping_asks_the_database_no_more_for_more_drafts(
    *, secretary_client, secretary, tom, meeting, rows, django_assert_num_queries
):
    for number in range(rows):
        make_draft(meeting, secretary, f"Version {number}", now=timezone.now() - timedelta(hours=1))
        drafting.give_sign(meeting=meeting, user=tom, editor=uuid.uuid4(), is_typing=False, now=timezone.now())
    send(secretary_client, meeting, text="A")
    with django_assert_num_queries(15):
        send(secretary_client, meeting, text="AB")


# --- opening


def open_(client, meeting, query=""):
    return client.get(url("record", meeting.pk) + query)


def test_unsaved_changes_stand_in_the_box_with_a_word(secretary_client, secretary, meeting):
    minutes = recording.record(meeting=meeting, text="Saved.", now=timezone.now()).minutes
    make_draft(meeting, secretary, "Saved. And more.", base_revision=minutes.revision, now=timezone.now())

    page = open_(secretary_client, meeting)

    assert box_of(page) == "Saved. And more."
    assert "These are your unsaved changes of" in page.text
    assert page.context["base_revision"] == 1

    assert secretary_client.post(url("put_away", meeting.pk)).status_code == 302
    page = open_(secretary_client, meeting)
    assert box_of(page) == "Saved."
    assert "These are the saved notes." in page.text
    assert "unsaved changes" not in page.text
    assert Draft.objects.get().text == "Saved. And more."


def test_changes_from_before_the_notes_were_saved_are_told_but_not_in_the_box(secretary_client, secretary, meeting):
    make_draft(meeting, secretary, "Mine", now=timezone.now() - timedelta(hours=1))
    recording.record(meeting=meeting, text="Saved.", now=timezone.now())

    page = open_(secretary_client, meeting)

    assert box_of(page) == "Saved."
    assert "from before these notes were last saved" in page.text
    assert url("draft_detail", meeting.pk, Draft.objects.get().pk) in page.text


def test_another_secretary_s_changes_are_told_but_not_put_into_the_box(secretary_client, meeting, tom):
    draft = make_draft(meeting, tom, "Tom's own words", now=timezone.now())

    page = open_(secretary_client, meeting)

    assert box_of(page) == ""
    assert "Tom Ashdown has unsaved changes of" in page.text
    assert url("draft_detail", meeting.pk, draft.pk) in page.text
    assert "own words" not in page.text


def test_saving_ends_the_offer_and_tells_the_browser(secretary_client, secretary, meeting, tom):
    make_draft(meeting, secretary, "AB to ask", editor=uuid.UUID(PAGE), now=timezone.now())
    for user, page in ((secretary, PAGE), (tom, str(uuid.uuid4()))):
        drafting.give_sign(meeting=meeting, user=user, editor=uuid.UUID(page), is_typing=False, now=timezone.now())

    form = {"text": "AB to ask", "base_revision": 0, "editor": PAGE, "save": "1"}
    response = secretary_client.post(url("record", meeting.pk), form)

    assert response["Location"] == f"{url('record', meeting.pk)}?saved={PAGE}"
    page = secretary_client.get(response["Location"])
    assert "Tom Ashdown still has the notes open as they were before." in page.text
    assert "unsaved changes" not in page.text
    assert [row.user for row in Editor.objects.all()] == [tom]
    assert Draft.objects.get().is_offered is False


@pytest.mark.parametrize("editor", ["", "x", "\x00"])
def test_a_page_that_does_not_say_which_it_is_saves_as_ever(secretary_client, meeting, editor):
    form = {"text": "AB to ask", "base_revision": 0, "editor": editor, "save": "1"}
    response = secretary_client.post(url("record", meeting.pk), form)
    assert response["Location"] == url("record", meeting.pk)
    assert Minutes.objects.exists()


# --- versions


@pytest.mark.parametrize("rows", [1, 3])
def test_versions_are_listed_with_when_who_and_how_much(
    *, secretary_client, secretary, tom, meeting, rows, django_assert_num_queries
):
    for number in range(rows):
        make_draft(meeting, (tom, secretary)[number % 2], "x" * 1234 + str(number))
    secretary_client.get(url("drafts", meeting.pk))
    with django_assert_num_queries(6):
        page = secretary_client.get(url("drafts", meeting.pk))
    assert page.text.count("2 March 2026, 09:30:00") == rows
    assert "Tom Ashdown" in page.text
    assert "1,235" in page.text
    assert "xxx" not in page.text


def test_a_version_is_read_compared_and_put_back(secretary_client, secretary, tom, meeting):
    recording.record(meeting=meeting, text="One\nTwo <b>\nThree", now=timezone.now())
    draft = make_draft(meeting, tom, "One\nTwo <i>\nThree")

    page = secretary_client.get(url("draft_detail", meeting.pk, draft.pk))
    assert "1 difference." in page.text
    assert "Two &lt;b&gt;" in page.text
    assert "Two &lt;i&gt;" in page.text

    page = open_(secretary_client, meeting, f"?draft={draft.pk}")
    assert box_of(page) == "One\nTwo <i>\nThree"
    assert page.context["base_revision"] == 1
    assert "put into the box and not saved" in page.text


def test_a_version_of_another_meeting_is_not_found(secretary_client, secretary, meeting):
    draft = make_draft(make_meeting(on=date(2026, 3, 25)), secretary)
    assert secretary_client.get(url("draft_detail", meeting.pk, draft.pk)).status_code == 404
    for key in (draft.pk, "x", 0, -1, 2**64):
        assert open_(secretary_client, meeting, f"?draft={key}").status_code == 404


def test_a_draft_that_was_overtaken_by_saving_is_not_offered(secretary_client, secretary, meeting):
    page = {"base_revision": "0", "editor": str(uuid.UUID(int=7))}
    record = reverse("admin:meetings_meeting_record", args=[meeting.pk])
    draft = reverse("admin:meetings_meeting_draft", args=[meeting.pk])
    secretary_client.post(draft, page | {"text": "AB to ask", "serial": "4"})
    secretary_client.post(record, page | {"text": "AB to ask the bus company.\n", "serial": "6", "save": ""})
    secretary_client.post(draft, page | {"text": "AB to ask the bus", "serial": "5"})  # it was on its way

    assert secretary_client.get(record).context["origin"].text == Minutes.objects.get().text
    assert not Draft.objects.offered().exists()
