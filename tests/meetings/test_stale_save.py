"""Two secretaries saved the same notes: both texts with what differs, and one made of them."""

import html
import re
import uuid
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings import publishing, recording
from meetings.corrections import redacting
from meetings.models import Draft, Entry, Minutes
from tests.factories import make_meeting, make_person
from tests.timing import assert_linear

pytestmark = pytest.mark.django_db

THEIRS = "One\nTwo\nThree\nFour\nFive\nSix\nSeven\nEight\nNine\nTheirs at the end\n"
MINE = "Mine at the start\nOne\nTwo\nThree\nFour\nFive\nSix\nSeven\nEight\nNine\n"


@pytest.fixture
def meeting(group):
    return make_meeting(on=date(2026, 1, 28))


@pytest.fixture
def url(meeting):
    return reverse("admin:meetings_meeting_record", args=[meeting.pk])


def save(client, url, text, *, revision=0, **fields):
    return client.post(url, {"text": text, "base_revision": revision, **({"save": "1"} | fields)})


@pytest.fixture
def stale(secretary_client, url):
    save(secretary_client, url, THEIRS)
    return save(secretary_client, url, MINE)


def hidden(response, name):
    """What the page sends back of one of its texts."""
    return html.unescape(re.search(rf'name="{name}" hidden>\n(.*?)</textarea>', response.text, re.DOTALL)[1])


def form_of(response, **changes):
    texts = {name: hidden(response, name).replace("\n", "\r\n") for name in ("text", "theirs")}
    editor = re.search(r'name="editor" value="(.*?)"', response.text)[1]
    return {**texts, "base_revision": response.context["base_revision"], "editor": editor, **changes}


def test_both_are_shown_with_what_differs_and_nothing_is_lost(stale):
    assert stale.status_code == 409
    assert (hidden(stale, "text"), hidden(stale, "theirs")) == (MINE, THEIRS)
    assert "You saved them on another page at" in stale.text
    assert "They differ in 2 places" in stale.text
    assert "Difference 1 of 2" in stale.text
    assert re.findall(r'value="(\w+)" id="block-\d-\w+"( checked)?', stale.text) == 2 * [
        ("mine", " checked"),
        ("theirs", ""),
    ]
    assert "3 more lines the same in both" in stale.text
    assert Draft.objects.get().text == MINE
    assert Minutes.objects.get().text == THEIRS


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({}, MINE),
        ({"block-2": "theirs"}, f"Mine at the start\n{THEIRS}"),
        ({"block-1": "theirs"}, MINE.partition("\n")[2]),
        ({"block-1": "theirs", "block-2": "theirs"}, THEIRS),
        ({"block-1": "x", "block-9": "theirs"}, MINE),
    ],
)
def test_the_choices_are_saved(secretary_client, url, stale, choices, expected):
    response = secretary_client.post(url, form_of(stale, save="choices", **choices))
    assert response.status_code == 302
    minutes = Minutes.objects.get()
    assert minutes.text == expected
    assert minutes.revision == (1 if expected == THEIRS else 2)
    assert not Draft.objects.offered().exists()


def test_all_of_mine_is_kept_whatever_was_chosen(secretary_client, url, stale):
    secretary_client.post(url, form_of(stale, save="mine", **{"block-2": "theirs"}))
    assert Minutes.objects.get().text == MINE


def test_the_choices_may_go_into_the_box_first(secretary_client, url, stale):
    response = secretary_client.post(url, form_of(stale, preview="choices", **{"block-2": "theirs"}))
    assert response.status_code == 200
    assert html.unescape(response.text).count(f"\n{'Mine at the start'}\n{THEIRS}</textarea>") == 1
    assert int(response.context["base_revision"]) == 1
    assert Minutes.objects.get().text == THEIRS


def test_theirs_may_be_taken_and_mine_stays_among_the_drafts(secretary_client, url, stale, meeting):
    address = reverse("admin:meetings_meeting_put_away", args=[meeting.pk])
    response = secretary_client.post(address, form_of(stale, drop="1"))
    assert response.status_code == 302
    assert Minutes.objects.get().text == THEIRS
    assert [(draft.text, draft.is_offered) for draft in Draft.objects.all()] == [(MINE, False)]
    assert "unsaved changes" not in secretary_client.get(url).text


def test_who_saved_is_not_said_where_only_the_attendance_changed(secretary_client, url, stale, meeting):
    publishing.attendance_changed(meeting=meeting, now=timezone.now())
    again = save(secretary_client, url, MINE, revision=1)
    assert again.status_code == 409
    assert "saved them" not in again.text


def test_a_third_save_in_between_is_refused_with_what_was_chosen_so_far(secretary_client, url, stale, meeting):
    recording.record(meeting=meeting, text=f"{THEIRS}A third\n", now=timezone.now())
    response = secretary_client.post(url, form_of(stale, save="choices", **{"block-2": "theirs"}))
    assert response.status_code == 409
    assert hidden(response, "text") == f"Mine at the start\n{THEIRS}"
    assert hidden(response, "theirs") == f"{THEIRS}A third\n"
    assert secretary_client.post(url, form_of(response, save="choices")).status_code == 302
    assert Minutes.objects.get().revision == 3


def test_answers_to_questions_are_sent_along(secretary_client, url):
    save(secretary_client, url, "Something else.")
    xenia = make_person("Xenia Young")
    text = "XY: Wants: Better maps\n"
    stale = save(secretary_client, url, text, **{"answer:initials:xy": f"person:{xenia.pk}"})
    sent = dict(re.findall(r'name="(answer:[^"]*)" value="([^"]*)"', stale.text))
    secretary_client.post(url, form_of(stale, save="choices", **sent))
    assert Entry.objects.get().person == xenia


def test_html_in_either_text_is_shown_as_text(secretary_client, url):
    save(secretary_client, url, "1. <script>theirs()</script>")
    page = save(secretary_client, url, "1. <script>mine()</script></textarea>").text
    assert "<script>theirs" not in page
    assert "<script>mine" not in page
    assert "</textarea></textarea>" not in page


def test_a_page_with_one_text_only_saves_as_ever(secretary_client, url):
    assert save(secretary_client, url, "Mine.", theirs="x" * 1_000_001).status_code == 302
    assert Minutes.objects.get().text == "Mine."


def test_a_megabyte_that_differs_in_every_other_line_is_told_in_linear_time(secretary_client, url, meeting):
    lines = [f"Line {number} of the notes, in which something is said.\n" for number in range(18_000)]
    minutes = Minutes.objects.create(meeting=meeting, revision=1)

    def answer(size):
        Minutes.objects.filter(pk=minutes.pk).update(text="".join(lines[:size]))
        mine = "".join(line if number % 2 else line.upper() for number, line in enumerate(lines[:size]))
        response = save(secretary_client, url, mine)
        assert response.status_code == 409
        assert response.text.count("<fieldset") == 100
        assert hidden(response, "text") == mine
        assert uuid.UUID(form_of(response)["editor"])

    assert_linear(answer, 1_800)


def test_where_a_passage_was_taken_out_since_theirs_is_chosen(secretary_client, meeting, url):
    opened = recording.record(meeting=meeting, text="One\nThe secret words\nThree", now=timezone.now()).minutes
    publishing.circulate(minutes=opened, now=timezone.now())
    redacting.redact(meeting=meeting, words="The secret words", reason="Their wish.", by=None, now=timezone.now())

    page = save(secretary_client, url, "One\nThe secret words\nThree and more", revision=opened.revision)

    assert page.status_code == 409
    assert "A passage was taken out of these notes since you opened them" in page.text
    assert re.findall(r'value="(\w+)" id="block-1-\w+" checked', page.text) == ["theirs"]
    assert not Draft.objects.exists()
