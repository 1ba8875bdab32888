"""The page on which the secretary records notes."""

import html
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from actions.models import Action
from meetings import publishing, recording
from meetings.models import Meeting, MinuteLine, Minutes
from tests.documents import add_table, written
from tests.factories import NOW, make_attendance, make_meeting, make_minutes, make_person

pytestmark = pytest.mark.django_db

NOTES = (
    "Attendance Ada Birch, Bo Ashworth\n\n1. Matters arising\n\nAB to write to all members.\n\nXY: Wants: Better maps\n"
)


@pytest.fixture
def meeting(group):
    return make_meeting(on=date(2026, 1, 28))


@pytest.fixture
def url(meeting):
    return reverse("admin:meetings_meeting_record", args=[meeting.pk])


@pytest.fixture
def preview_url(meeting):
    return reverse("admin:meetings_meeting_preview", args=[meeting.pk])


def send(client, url, text=NOTES, *, button="save", revision=0, **fields):
    return client.post(url, {"text": text, "base_revision": revision, button: "1", **fields})


def box_of(response):
    """What the browser shows in the box: it drops the line end at the start."""
    return html.unescape(re.search(r'name="text".*?>\n(.*?)</textarea>', response.content.decode(), re.DOTALL)[1])


def test_it_works(secretary_client, url, meeting):
    response = send(secretary_client, url)
    assert (response.status_code, response["Location"]) == (302, url)
    page = secretary_client.get(url)
    assert "The notes are saved as a draft" in page.content.decode()
    assert box_of(page) == Minutes.objects.get().text
    assert "AB to write to all members. [A1]" in box_of(page)
    assert Minutes.objects.get().status == "draft"


def test_an_empty_page_opens(secretary_client, url):
    response = secretary_client.get(url)
    assert response.status_code == 200
    assert box_of(response) == ""
    assert not Minutes.objects.exists()


def test_publish_circulates(secretary_client, url):
    send(secretary_client, url, button="publish")
    assert Minutes.objects.get().status == "circulated"
    assert Action.objects.get().is_public
    page = secretary_client.get(url).content.decode()
    assert "seen by everyone at once" in page
    assert 'name="publish"' not in page


def test_preview_writes_nothing(secretary_client, url, preview_url):
    page = send(secretary_client, url, button="preview")
    assert page.status_code == 200
    assert "AB to write to all members." in page.content.decode()
    fragment = secretary_client.post(preview_url, {"text": NOTES, "base_revision": 0})
    assert "AB to write to all members." in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    assert not Minutes.objects.exists()
    assert not MinuteLine.objects.exists()


def test_saved_unchanged_says_so_and_changes_nothing(secretary_client, url):
    send(secretary_client, url)
    page = secretary_client.get(url)
    revision = Minutes.objects.get().revision
    send(secretary_client, url, box_of(page).replace("\n", "\r\n"), revision=page.context["base_revision"])
    assert Minutes.objects.get().revision == revision
    assert "Nothing had changed" in secretary_client.get(url).content.decode()


def test_a_question_is_answered_by_choosing(secretary_client, url):
    xenia = make_person("Xenia Young")
    send(secretary_client, url, **{"answer:initials:xy": f"person:{xenia.pk}"})
    assert MinuteLine.objects.get(kind="wants").entry.person == xenia
    page = secretary_client.get(url)
    assert [question.answer for question in page.context["asked"].questions] == [f"person:{xenia.pk}"]


def test_a_question_is_answered_by_adding_a_person(secretary_client, url):
    send(secretary_client, url, **{"answer:initials:xy": "", "new:initials:xy": "Xenia Young"})
    assert MinuteLine.objects.get(kind="wants").entry.person.name == "Xenia Young"


def test_a_name_that_is_not_full_is_refused_and_nothing_lost(secretary_client, url):
    response = send(secretary_client, url, **{"answer:initials:xy": "", "new:initials:xy": "Xenia"})
    assert response.status_code == 200
    page = response.content.decode()
    assert "“Xenia” is not a full name" in page
    assert "Nothing was saved" in page
    assert box_of(response) == NOTES
    assert 'value="Xenia"' in page
    assert not Minutes.objects.exists()


@pytest.mark.parametrize("answer", ["person:999999", "person:x", "move", "<script>"])
def test_a_forged_answer_is_refused(secretary_client, url, answer):
    response = send(secretary_client, url, **{"answer:initials:xy": answer})
    assert response.status_code == 200
    assert not Minutes.objects.exists()


def test_a_stale_save_is_refused_with_both_texts(secretary_client, url):
    send(secretary_client, url, "The first text.")
    response = send(secretary_client, url, "The second text.", revision=0)
    assert response.status_code == 409
    assert box_of(response) == "The second text."
    assert response.context["theirs"].text == "The first text."
    assert Minutes.objects.get().text == "The first text."
    again = send(secretary_client, url, "The second text.", revision=response.context["base_revision"])
    assert again.status_code == 302
    assert Minutes.objects.get().text == "The second text."


def test_agreed_notes_are_refused_and_nothing_lost(secretary_client, url, meeting):
    minutes = make_minutes(meeting)
    later = make_meeting(on=date(2026, 3, 25))
    MinuteLine.objects.create(meeting=later, position=1, kind="agreed", text="Agreed.", names_on=meeting.on)
    make_minutes(later)
    minutes.refresh_from_db()
    assert minutes.status == "agreed"
    response = send(secretary_client, url, "Something else.", revision=minutes.revision)
    assert "agreed as a correct record" in response.content.decode()
    assert box_of(response) == "Something else."


@pytest.mark.parametrize("name", ["notes.txt", "notes.md", "NOTES.TXT"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_takes_the_place_of_the_text(secretary_client, url, name, encoding):
    text = NOTES.replace("Better maps", "Café maps – “all”")
    file = SimpleUploadedFile(name, text.encode(encoding))
    send(secretary_client, url, "typed", file=file)
    assert MinuteLine.objects.get(kind="wants").text == "Café maps – “all”"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("notes.docx", b"PK\x03\x04", "notes.docx is damaged"),
        ("notes.docx", b"x" * 10_000_001, "10 MB is the most"),
        ("notes.doc", b"\xd0\xcf\x11\xe0" + bytes(600), "save it as a Word document (.docx)"),
        ("notes.pdf", b"%PDF-1.7", "Copy all its text"),
        ("notes.html", b"<html>" + b"<div>" * 600 + b"x", "nested too deeply"),
        ("notes.txt", bytes(range(256)) * 4, "holds no text"),
        ("notes.txt", b"\x00\x01\x02" * 900, "holds no text"),
        ("notes.txt", b"x" * 4_000_001, "too large"),
        ("notes.txt", b"x" * 1_000_001, "is the most"),
    ],
)
def test_a_file_that_is_no_notes_is_refused_and_nothing_lost(secretary_client, url, name, data, words):
    response = send(secretary_client, url, "What I typed.", file=SimpleUploadedFile(name, data))
    assert response.status_code == 400
    assert words in response.content.decode()
    assert box_of(response) == "What I typed."
    assert not Minutes.objects.exists()


def word_notes():
    """Notes in Word with a table that has a column of actions, and hidden text."""
    document = Document()
    document.add_paragraph("Attendance Ada Birch, Bo Ashworth")
    document.add_paragraph("Seen by all ").add_run("SECRET").font.hidden = True
    add_table(document, [("Discussion", "Action"), ("Somebody is to write to all members.", "AB")])
    return SimpleUploadedFile("notes.docx", written(document))


def test_a_word_document_is_saved_and_published_at_once(secretary_client, url):
    send(secretary_client, url, "typed", button="publish", file=word_notes())
    assert Minutes.objects.get().status == "circulated"
    assert "SECRET" not in Minutes.objects.get().text
    assert [owner.as_minuted for owner in Action.objects.get().owners.all()] == ["AB"]
    page = secretary_client.get(url).content.decode()
    assert "1 passage of hidden text was left out." in page
    assert "Somebody is to write to all members.    ACTION AB [A1]" in html.unescape(page)


def test_a_word_document_is_previewed_with_what_was_left_out(secretary_client, url):
    response = send(secretary_client, url, "typed", button="preview", file=word_notes())
    assert response.status_code == 200
    assert box_of(response).startswith("Attendance Ada Birch, Bo Ashworth\nSeen by all\n")
    assert "1 passage of hidden text was left out." in response.content.decode()
    assert not Minutes.objects.exists()


PASTED = "<p>Attendance Ada Birch, Bo Ashworth</p>\n<p>AB to write to all members.</p><p hidden>SECRET</p>"


def test_a_page_s_source_pasted_into_the_box_is_taken_as_the_page_shows_it(secretary_client, url, preview_url):
    fragment = secretary_client.post(preview_url, {"text": PASTED, "base_revision": 0}).content.decode()
    response = send(secretary_client, url, PASTED, button="preview")
    assert box_of(response) == "Attendance Ada Birch, Bo Ashworth\n\nAB to write to all members.\n"
    for page in (fragment, response.content.decode()):
        assert "The text in the box was a page’s source (HTML)" in page
        assert "1 passage of hidden text was left out." in page
        assert "SECRET" not in page
    send(secretary_client, url, PASTED)
    assert Action.objects.get().text == "AB to write to all members."


def test_a_page_s_source_that_can_t_be_taken_stays_in_the_box(secretary_client, url, preview_url):
    pasted = "<div>" * 600 + "x</div>"
    response = send(secretary_client, url, pasted)
    assert response.status_code == 400
    assert box_of(response) == pasted
    assert "The text in the box is nested too deeply" in response.content.decode()
    fragment = secretary_client.post(preview_url, {"text": pasted, "base_revision": 0})
    assert "The text in the box is nested too deeply" in fragment.content.decode()


def test_characters_that_no_text_holds_are_taken_out_with_a_word(secretary_client, url):
    response = send(secretary_client, url, "Fine.\nBro\x00ken\x07 \u202eline.\r\nFine again.", button="preview")
    assert response.status_code == 200
    assert box_of(response) == "Fine.\nBroken line.\nFine again."
    assert "were taken out of line\n      2" in response.content.decode()


def test_a_megabyte_of_notes_is_taken_and_more_is_refused(secretary_client, url):
    line = "AB said that the walk was long, and CD agreed with nobody in particular about it.\n"
    much = line * (1_000_000 // len(line))
    assert send(secretary_client, url, much, button="preview").status_code == 200
    response = send(secretary_client, url, much + line * 2)
    assert response.status_code == 400
    assert "1,000,000 is the most" in response.content.decode()
    assert box_of(response) == much + line * 2


def test_html_in_notes_is_shown_as_text(secretary_client, url):
    page = send(secretary_client, url, "1. <b>Bold</b>\n\n<script>alert(1)</script>", button="preview").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_attendance_changed_in_the_admin_is_told(secretary_client, url, meeting):
    send(secretary_client, url)
    make_attendance(meeting, make_person("Cleo Dunn"))
    page = secretary_client.get(url)
    assert "Ada Birch, Bo Ashworth, Cleo Dunn" in box_of(page)
    assert "written anew" in page.content.decode()


def test_a_wrong_or_missing_revision_loses_nothing(secretary_client, url):
    for revision in ("", "x", "-1"):
        response = send(secretary_client, url, "My text.", revision=revision)
        assert response.status_code == 400
        assert box_of(response) == "My text."


def test_it_requires_the_secretary(anonymous_client, member_client, url, preview_url, meeting):
    for address in (url, preview_url):
        given_back = anonymous_client.post(address, {"text": "What was typed"})
        assert given_back.status_code == 403
        assert "What was typed" in given_back.text
        assert member_client.post(address, {"text": "x"}).status_code == 403
    assert not Minutes.objects.exists()


def test_an_unknown_meeting_is_not_found(secretary_client):
    assert secretary_client.get(reverse("admin:meetings_meeting_record", args=[999])).status_code == 404


@pytest.mark.parametrize("lines", [1, 3])
def test_the_page_asks_no_more_of_the_database_for_more_lines(
    secretary_client, url, meeting, lines, django_assert_num_queries
):
    text = "Attendance Ada Birch, Bo Ashworth\n" + "".join(f"\nAB to write letter {n}.\n" for n in range(lines))
    send(secretary_client, url, text)
    publishing.circulate(minutes=Minutes.objects.get(), now=NOW)
    with django_assert_num_queries(34):
        secretary_client.get(url)


def test_a_meeting_named_by_the_notes_is_announced_when_they_are_published(secretary_client, url):
    send(secretary_client, url, NOTES + "\n2. Next meeting\n\nWednesday 25 March 2026, 11.00-13.00\n")
    assert Meeting.objects.get(on=date(2026, 3, 25)).published_at is None
    send(secretary_client, url, Minutes.objects.get().text, button="publish", revision=1)
    assert Meeting.objects.get(on=date(2026, 3, 25)).published_at is not None


def test_a_preview_in_between_does_not_hide_that_somebody_else_saved(secretary_client, url):
    send(secretary_client, url, "The first text.")
    preview = send(secretary_client, url, "The second text.", button="preview", revision=0)
    opened = int(preview.context["base_revision"])
    assert send(secretary_client, url, "The second text.", revision=opened).status_code == 409
    assert Minutes.objects.get().text == "The first text."


@pytest.mark.parametrize("button", ["save", "publish"])
def test_an_empty_box_is_neither_saved_nor_published(secretary_client, url, button):
    send(secretary_client, url)
    response = send(secretary_client, url, " \n\t\n", button=button, revision=1)
    assert response.status_code == 400
    assert "There are no notes in the box" in response.content.decode()
    assert Action.objects.count() == 1


def test_attendance_entered_before_there_are_notes_stands_in_the_box(secretary_client, url, meeting):
    make_attendance(meeting, make_person("Cleo Dunn"))
    assert "Attended by:\n- Cleo Dunn\n" in box_of(secretary_client.get(url))


def test_whoever_has_the_notes_open_is_told_when_the_attendance_changes(secretary_client, url, meeting):
    send(secretary_client, url)
    publishing.attendance_changed(meeting=meeting, now=NOW)
    assert send(secretary_client, url, revision=1).status_code == 409


def test_agreed_notes_can_only_be_read(secretary_client, url, meeting):
    send(secretary_client, url, button="publish")
    Minutes.objects.update(status="agreed", agreed_on=date(2026, 3, 25))
    page = secretary_client.get(url).content.decode()
    assert "correct record" in page
    assert 'name="save"' not in page
    answer = {"answer:initials:xy": f"person:{make_person('Xenia Young').pk}"}
    response = send(secretary_client, url, Minutes.objects.get().text, revision=1, **answer)
    assert "not changed any more" in response.content.decode()
    assert MinuteLine.objects.get(kind="wants").entry.person is None


def test_too_long_a_text_is_said_while_typing(secretary_client, preview_url):
    response = secretary_client.post(preview_url, {"text": "x" * 1_000_001, "base_revision": 0})
    assert "1,000,000 is the most" in response.content.decode()


def test_a_file_is_kept_with_its_meeting_once(secretary_client, url, meeting):
    for button in ("preview", "save", "save"):
        send(secretary_client, url, "", button=button, file=SimpleUploadedFile("n.txt", NOTES.encode()), revision=0)
    original = meeting.originals.get()
    assert (original.name, bytes(original.data), original.state) == ("n.txt", NOTES.encode(), "recorded")
    address = reverse("admin:meetings_meeting_original", args=[original.pk])
    assert f'<a href="{address}">n.txt</a>' in secretary_client.get(url).text


def test_what_other_notes_say_differently_is_told(secretary_client, url):
    announcing = make_meeting(on=date(2025, 12, 3))
    text = "Attendance Ada Birch\n\n1. Dates\n\nNext meeting: Tuesday 27th January 2026, 11.00-13.00\n"
    recording.record(meeting=announcing, text=text, now=NOW)
    page = secretary_client.get(url).text
    assert "The notes of Wednesday 3 December 2025 announced a meeting on Tuesday 27 January 2026; these are of" in page


def test_attendance_changed_in_the_admin_keeps_a_name_on_each_row(secretary_client, url, meeting):
    text = "Attended by:\n- Ada Birch (Elmbridge Council)\n- Bo Ashworth\n\n## 1. Towpath\n\nThey talked.\n"
    send(secretary_client, url, text)
    meeting.attendances.filter(person_name="Bo Ashworth").update(status="apologies")
    assert box_of(secretary_client.get(url)) == (
        "Attended by:\n- Ada Birch (Elmbridge Council)\n\nApologies:\n- Bo Ashworth\n\n## 1. Towpath\n\nThey talked.\n"
    )
