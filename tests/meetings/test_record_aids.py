"""The aids of the record page: who is there, agenda and matters arising, a text to begin with."""

import html
import json
import re
from datetime import date

import pytest
from django.urls import reverse

from meetings.models import Minutes
from tests.factories import (
    make_action,
    make_agenda_item,
    make_attendance,
    make_meeting,
    make_minutes,
    make_organisation,
    make_person,
    make_reply,
)

pytestmark = pytest.mark.django_db
NOTES = "Present: Una Pike (Towpath Ltd)\n\n1. Towpath\n\nUP to ask the council.\n"


@pytest.fixture
def ada(group):
    council = make_organisation("Elmbridge Council", short_names="EC")
    return make_person("Ada Birch", role="chair", on_behalf_of=council, email="ada@private.example")


@pytest.fixture
def meeting(group):
    return make_meeting(on=date(2026, 1, 28))


@pytest.fixture
def url(meeting):
    return reverse("admin:meetings_meeting_record", args=[meeting.pk])


def press(client, url, button, text=NOTES, *, walk_ins=(), headers=None, **fields):
    """Press a button of the aids, with walk-ins as (name, organisation, capacity)."""
    data = {"text": text, "base_revision": 0, button: "1", "walkins-TOTAL_FORMS": len(walk_ins) + 1}
    data |= {"walkins-INITIAL_FORMS": 0} | fields
    for number, one in enumerate([*walk_ins, ("", "", "guest")]):
        for name, value in zip(("name", "organisation", "capacity"), one, strict=True):
            data[f"walkins-{number}-{name}"] = value
    return client.post(url, data, headers=headers)


def box_of(response):
    return html.unescape(re.search(r'name="text".*?>\n(.*?)</textarea>', response.content.decode(), re.DOTALL)[1])


def test_it_opens_with_agenda_and_replies_and_saves_nothing(secretary_client, url, meeting, ada):
    make_reply(meeting, ada)
    make_agenda_item(meeting, "Towpath")
    response = secretary_client.get(url)
    assert "- Ada Birch – Chair (Elmbridge Council)\n\n## 1. Towpath\n" in box_of(response)
    assert "is not saved" in response.content.decode()
    assert not Minutes.objects.exists()


def test_notes_that_are_there_open_as_they_are(secretary_client, url, meeting, ada):
    make_reply(meeting, ada)
    make_minutes(meeting, circulated=False, text=NOTES)
    response = secretary_client.get(url)
    assert "made of the agenda" not in response.content.decode()


def test_agreed_notes_have_no_aids(secretary_client, url, meeting, ada):
    minutes = make_minutes(meeting)
    Minutes.objects.filter(pk=minutes.pk).update(status="agreed", agreed_on=date(2026, 3, 25))
    page = secretary_client.get(url).content.decode()
    assert "Who is there" not in page
    assert "Begin with a layout" not in page


def test_the_lists_are_put_into_the_text_and_nothing_is_saved(secretary_client, url, ada):
    response = press(
        secretary_client,
        url,
        "put_lists",
        walk_ins=[("Eli Fenn", "Lock CC", "guest"), ("Rex Hale", "", "member")],
        **{f"there-{ada.pk}": "present"},
    )
    assert response.status_code == 200
    assert box_of(response) == (
        "Present: Una Pike (Towpath Ltd), Ada Birch – Chair (Elmbridge Council), Rex Hale\n"
        "In attendance: Eli Fenn (Lock CC)\n\n1. Towpath\n\nUP to ask the council.\n"
    )
    assert "The lists are in the notes, with 4 there" in response.content.decode()
    assert not Minutes.objects.exists()
    assert response.context["base_revision"] == 0


def test_with_htmx_the_panel_comes_alone_with_the_text(secretary_client, url, ada):
    response = press(
        secretary_client, url, "put_lists", headers={"HX-Request": "true"}, **{f"there-{ada.pk}": "apologies"}
    )
    page = response.content.decode()
    assert "<html" not in page
    assert 'id="record-new-text"' in page
    assert "Apologies: Ada Birch – Chair (Elmbridge Council)" in html.unescape(page)


def test_nothing_is_changed_where_there_is_no_safe_way(secretary_client, url, ada):
    text = "Towpath Friends: 14th May 2019\n\nPresent: Una Pike, Ned Orme\n\nLock Gates:\nThey were painted in June.\n"
    response = press(secretary_client, url, "put_lists", text, **{f"there-{ada.pk}": "apologies"})
    assert box_of(response) == text
    assert "nothing was changed" in response.content.decode()


@pytest.mark.parametrize(
    ("walk_in", "words"),
    [(("Eli", "", "guest"), "is not a full name"), (("", "Lock CC", "guest"), "Write the name too")],
)
def test_a_walk_in_that_cant_be_taken_stays_as_typed(secretary_client, url, ada, walk_in, words):
    response = press(secretary_client, url, "put_lists", walk_ins=[walk_in])
    page = response.content.decode()
    assert words in page
    assert f'value="{walk_in[0] or walk_in[1]}"' in page
    assert box_of(response) == NOTES


def test_another_walk_in_gives_a_row_more_and_keeps_what_was_typed(secretary_client, url, ada):
    response = press(
        secretary_client,
        url,
        "more_walk_ins",
        walk_ins=[("Eli Fenn", "Lock CC", "member")],
        **{f"there-{ada.pk}": "present"},
    )
    page = response.content.decode()
    assert 'value="Eli Fenn"' in page
    assert 'name="walkins-2-name"' in page  # the empty row that was sent, and another
    assert 'name="walkins-3-name"' not in page
    assert response.context["who"].rows()[0][1].initial == "present"
    assert box_of(response) == NOTES


def test_same_as_last_time(secretary_client, url, ada):
    last = make_meeting(on=date(2025, 11, 26))
    make_attendance(last, ada)
    make_attendance(last, "Eli Fenn", capacity="in-attendance")
    make_minutes(last)
    response = press(secretary_client, url, "same_as_last")
    page = response.content.decode()
    assert "Marked present: who was there on 26 November 2025" in page
    assert response.context["who"].rows()[0][1].initial == "present"
    assert 'value="Eli Fenn"' in page
    assert box_of(response) == NOTES


def test_without_earlier_notes_there_is_no_last_time(secretary_client, url, ada):
    assert "Same as last time" not in secretary_client.get(url).content.decode()
    assert "No earlier meeting has notes" in press(secretary_client, url, "same_as_last").content.decode()


def test_silence_is_said_and_the_note_of_a_reply_shown(secretary_client, url, meeting, ada):
    make_reply(meeting, make_person("Bo Ashworth", role=""), "apologies", note="in hospital")
    page = secretary_client.get(url).content.decode()
    assert "no reply" in page
    assert "sends apologies: “in hospital”" in page


def test_agenda_and_matters_arising_stand_beside_the_box(secretary_client, url, meeting, ada):
    last = make_meeting(on=date(2025, 11, 26))
    action = make_action("AB to ask the parking team", owners=[ada], meeting=last)
    make_minutes(last)
    make_agenda_item(meeting, "Staffing", is_confidential=True, lead=ada, minutes=10)
    page = html.unescape(secretary_client.get(url).content.decode())
    assert "<code>## 1. Staffing [confidential]</code>" in page
    assert f"<code>{action.reference}: </code>" in page
    assert "C/F since 26 November 2025" in page
    assert "parking team" not in box_of(secretary_client.get(url))


def test_the_box_is_told_initials_and_names_and_no_address(secretary_client, url, ada):
    page = secretary_client.get(url).content.decode()
    told = json.loads(re.search(r'<script id="record-known"[^>]*>(.*?)</script>', page)[1])
    assert {"name": "Ada Birch", "initials": ["AB"]} in told
    assert "EC" in json.loads(re.search(r'<script id="record-not-initials"[^>]*>(.*?)</script>', page)[1])
    assert "private.example" not in page


def test_the_reading_tells_the_box_whom_the_notes_list(secretary_client, meeting):
    url = reverse("admin:meetings_meeting_preview", args=[meeting.pk])
    page = secretary_client.post(url, {"text": NOTES, "base_revision": 0}).content.decode()
    assert json.loads(re.search(r'<script id="reading-listed"[^>]*>(.*?)</script>', page)[1]) == [
        {"name": "Una Pike", "initials": ["UP"]}
    ]


@pytest.mark.parametrize("layout", ["table", "columns", "highlights", "own"])
def test_a_layout_is_put_into_an_empty_box(secretary_client, url, meeting, ada, layout):
    make_reply(meeting, ada)
    first = press(secretary_client, url, "begin", " \n", layout=layout)
    assert "Ada Birch" in box_of(first)
    again = press(secretary_client, url, "begin", box_of(first), layout="own")
    assert box_of(again).startswith("Minutes of: ")


def test_text_is_replaced_only_with_a_word(secretary_client, url):
    refused = press(secretary_client, url, "begin", layout="own")
    assert box_of(refused) == NOTES
    assert "The box is not empty" in refused.content.decode()
    assert box_of(press(secretary_client, url, "begin", layout="own", replace="on")).startswith("Minutes of: ")


def test_an_unknown_layout_is_the_groups_own(secretary_client, url):
    assert box_of(press(secretary_client, url, "begin", "", layout="spiral")).startswith("Meeting: ")


def test_a_walk_in_left_beside_saved_notes_is_named(secretary_client, url):
    press(secretary_client, url, "save", walk_ins=[("Eli Fenn", "", "guest"), ("Una Pike", "", "guest")])
    assert Minutes.objects.exists()
    page = secretary_client.get(url).content.decode()
    assert "Not in the notes’ lists, and so not saved: Eli Fenn." in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_aids_ask_no_more_of_the_database_for_more_rows(
    secretary_client, url, meeting, rows, django_assert_num_queries
):
    last = make_meeting(on=date(2025, 11, 26))
    for number in range(rows):
        person = make_person(f"Person Number{number}", role="", on_behalf_of=make_organisation(f"Body {number}"))
        make_reply(meeting, person)
        make_agenda_item(meeting, f"Item {number}", lead=person)
        make_action(f"Ask body {number}", owners=[person], meeting=last)
    make_minutes(last)
    with django_assert_num_queries(39):
        secretary_client.get(url)
