"""Notes from a Word document and from a page's source, in a real browser."""

from datetime import date

import pytest
from django.urls import reverse
from docx import Document
from playwright.sync_api import expect

from tests.browser.conftest import overflow, violations
from tests.documents import add_table, written
from tests.factories import make_group, make_meeting, make_organisation, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = [
    ("Item", "Discussion", "Action"),
    ("1. Boat", "It leaks. It is to be caulked before the summer.", "AB"),
    ("2. Oars", "Two are missing.", "Bo Ashworth"),
]
PASTED = "<p>Attendance Ada Birch</p><p>AB to write to all members.</p><p hidden>unseen</p>"


def word_notes():
    document = Document()
    document.add_heading("Notes of the meeting of 28 January 2026", level=1)
    document.add_paragraph("Present: Ada Birch, Bo Ashworth")
    document.add_paragraph("Said aloud ").add_run("unseen").font.hidden = True
    add_table(document, ROWS)
    return {"name": "notes.docx", "mimeType": "application/octet-stream", "buffer": written(document)}


def test_a_word_document_is_previewed_and_saved_on_a_phone(log_in, transactional_db):
    make_group()
    make_organisation("Elmbridge Council")
    meeting = make_meeting(on=date(2026, 1, 28))
    page = log_in(make_user("Sefa Stone", role="secretary"), width=320)
    page.goto(reverse("admin:meetings_meeting_record", args=[meeting.pk]))
    page.get_by_label("Or take the text from a file").set_input_files(word_notes())
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("1 passage of hidden text was left out.").wait_for()
    assert "It is to be caulked before the summer.    ACTION AB" in page.get_by_label("Notes", exact=True).input_value()
    expect(page.get_by_role("heading", name="Actions 2")).to_be_visible()
    assert (overflow(page), violations(page)) == (0, [])
    page.get_by_label("Or take the text from a file").set_input_files(word_notes())
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("The notes are saved as a draft").wait_for()
    expect(page.get_by_text("1 passage of hidden text was left out.")).to_be_visible()


def test_a_page_s_source_is_read_while_it_is_pasted(log_in, transactional_db):
    make_group()
    meeting = make_meeting(on=date(2026, 1, 28))
    page = log_in(make_user("Sefa Stone", role="secretary"))
    page.goto(reverse("admin:meetings_meeting_record", args=[meeting.pk]))
    page.get_by_label("Notes", exact=True).fill(PASTED)
    page.get_by_text("The text in the box was a page’s source").wait_for()
    expect(page.get_by_role("heading", name="Actions 1")).to_be_visible()
    page.get_by_label("Or take the text from a file").set_input_files(
        {"name": "notes.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("notes.pdf is a PDF.").wait_for()
    assert page.get_by_label("Notes", exact=True).input_value() == PASTED
