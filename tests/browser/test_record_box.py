"""The box for notes in a real browser: it opens filled, completes names, marks unknown initials, and has keys."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from meetings.models import Minutes
from tests.browser.conftest import overflow, violations
from tests.factories import (
    make_action,
    make_agenda_item,
    make_attendance,
    make_group,
    make_meeting,
    make_minutes,
    make_organisation,
    make_person,
    make_reply,
    make_user,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(transactional_db):
    make_group()
    council = make_organisation("Elmbridge Council")
    ada = make_person("Ada Birch", role="chair", on_behalf_of=council)
    bo = make_person("Bo Ashworth", role="", on_behalf_of=make_organisation("Weir Trust"))
    make_person("Cleo Dunn", role="")
    gia = make_person("Gia Holt", role="", on_behalf_of=make_organisation("Lock CC"))
    last = make_meeting(on=date(2025, 11, 26))
    make_action("AB to ask the parking team", owners=[ada], meeting=last)
    make_attendance(last, bo)
    make_minutes(last)
    meeting = make_meeting(on=date(2026, 1, 28), venue="Mill Road")
    for title in ("Notes of the last meeting", "Matters arising", "Data usage and wish lists"):
        make_agenda_item(meeting, title)
    make_agenda_item(meeting, "Staffing", is_confidential=True, lead=ada, minutes=10)
    make_reply(meeting, ada)
    make_reply(meeting, gia, "deputy", deputy_name="Eli Fenn", deputy_organisation="Lock CC", note="in hospital")
    return meeting


@pytest.fixture
def secretary(meeting):
    return make_user("Sefa Stone", role="secretary")


def open_record(log_in, secretary, meeting, **options):
    page = log_in(secretary, **options)
    page.goto(reverse("admin:meetings_meeting_record", args=[meeting.pk]))
    page.locator("#reading-listed").wait_for(state="attached")
    return page


def to_end(page):
    page.get_by_label("Notes", exact=True).focus()
    page.keyboard.press("Control+End")


def test_notes_are_taken_live_by_keyboard(log_in, secretary, meeting):
    page = open_record(log_in, secretary, meeting)
    box = page.get_by_label("Notes", exact=True)
    assert "- Ada Birch – Chair (Elmbridge Council)\n" in box.input_value()
    to_end(page)
    # A name completes by keyboard, and Tab is taken only while the list is open.
    page.keyboard.type("\nBo")
    names = page.get_by_role("listbox")
    names.get_by_role("option", name="Bo Ashworth (BA)").wait_for()
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == "box-name-0"
    page.keyboard.press("Enter")
    assert box.input_value().endswith("\nBo Ashworth")
    expect(names).not_to_be_visible()
    page.keyboard.type(" spoke. CL")
    page.keyboard.press("Escape")
    page.keyboard.type("\nAda")
    names.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    assert box.input_value().endswith("\nAda\n")
    # Unknown initials are marked and told, known ones are not.
    page.keyboard.type("ZZ to count the boats. AB to help.\nEF will ring.\n")
    page.locator(".box-under mark", has_text="ZZ").wait_for()
    assert page.locator(".box-under mark").all_text_contents() == ["ZZ"]
    page.get_by_text("Not known: ZZ (line").wait_for()
    # A line inserted, the question gone to, the help opened, all by keys.
    page.keyboard.press("F4")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert box.input_value().endswith("Decision: ")
    page.locator(".reading-questions fieldset").wait_for()
    page.keyboard.press("F8")
    assert page.evaluate("document.activeElement.closest('.reading-questions') !== null")
    page.keyboard.press("F2")
    assert page.evaluate("document.activeElement.id") == "id_text"
    page.keyboard.press("F9")
    assert page.get_by_text("How to write, and the keys").evaluate("one => one.parentElement.open")
    page.keyboard.press("F9")
    page.keyboard.press("Control+s")
    page.get_by_text("The notes are saved as a draft").wait_for()
    assert "EF will ring." in Minutes.objects.get(meeting=meeting).text


def test_the_lists_are_put_in_without_leaving_the_page(log_in, secretary, meeting):
    page = open_record(log_in, secretary, meeting)
    to_end(page)
    page.keyboard.type("Typed before.")
    page.get_by_text("Who is there").click()
    page.get_by_role("button", name="Same as last time").click()
    page.get_by_text("Marked present").wait_for()
    cleo = page.get_by_role("group", name="Cleo Dunn")
    cleo.get_by_label("Apologies").check()
    walk_in = page.get_by_role("group", name="Walk-in 1")
    walk_in.get_by_label("Name").fill("Una Pike")
    walk_in.get_by_label("Organisation").fill("Towpath Ltd")
    page.get_by_role("button", name="Put the lists into the notes").click()
    page.get_by_text("The lists are in the notes").wait_for()
    text = page.get_by_label("Notes", exact=True).input_value()
    assert "- Bo Ashworth (Weir Trust)\n" in text
    assert "- Una Pike (Towpath Ltd)\n" in text
    assert "- Cleo Dunn\n" in text[text.index("Apologies:") :]
    assert text.endswith("Typed before.")
    page.keyboard.press("F2")
    page.keyboard.press("Control+z")
    assert page.get_by_label("Notes", exact=True).input_value() != text  # undone as anything typed is


@pytest.mark.parametrize("width", [1280, 320])
def test_the_aids_are_accessible(log_in, secretary, meeting, width):
    page = open_record(log_in, secretary, meeting, width=width)
    for summary in page.locator(".record-aids summary").all():
        summary.click()
    to_end(page)
    page.keyboard.type("\nZZ to count. Bo")
    page.get_by_role("listbox").wait_for()
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    assert overflow(page) <= 0
    page.goto(reverse("admin:meetings_meeting_help"))
    assert violations(page) == []
    assert overflow(page) <= 0


def test_the_help_is_one_page_of_paper(log_in, secretary):
    page = log_in(secretary)
    page.goto(reverse("admin:meetings_meeting_help"))
    paper = page.pdf(format="A4", margin={"top": "1cm", "bottom": "1cm", "left": "1cm", "right": "1cm"})
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") == 1


def test_a_long_text_stays_quick(log_in, secretary, meeting):
    page = open_record(log_in, secretary, meeting)
    line = "AB to ask the parking team for the times of the boats and the locks by 14 February.\n"
    page.get_by_label("Notes", exact=True).fill(line * (100_000 // len(line)))
    spent = page.evaluate(
        """() => {
          const box = document.getElementById("id_text");
          const times = [];
          for (let count = 0; count < 20; count += 1) {
            box.setRangeText("x", 50_000, 50_000, "end");
            const start = performance.now();
            box.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
            times.push(performance.now() - start);
          }
          return times.sort((a, b) => a - b)[10];
        }"""
    )
    assert spent < 50  # milliseconds a keystroke, with a slow machine in mind
