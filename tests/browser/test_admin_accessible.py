"""The stock admin's pages that the secretary uses: axe finds nothing, nothing is wider than a phone, keys lead on."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from meetings.models import Meeting
from members.models import Person
from tests.browser.conftest import overflow, violations
from tests.factories import (
    make_action,
    make_attendance,
    make_dataset,
    make_entry,
    make_group,
    make_meeting,
    make_minutes,
    make_organisation,
    make_person,
    make_user,
)
from wishlists.models import Dataset, Entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def secretary(transactional_db):
    """The secretary of a group with something on every page."""
    make_group()
    council = make_organisation("Elmbridge Council")
    ada = make_person("Ada Birch", role="", on_behalf_of=council, email="ada@private.example")
    meeting = make_meeting(on=date(2026, 1, 28), host=council, venue="Town Hall, High Street")
    make_attendance(meeting, ada, representing=council)
    make_attendance(meeting, "Somebody Unknown", note="for the first item")
    make_action(meeting=meeting, owners=[ada], due_on=date(2026, 3, 1))
    make_entry("Bus stop times", kind="wants", meeting=meeting, person=ada, dataset=make_dataset())
    make_minutes(meeting)
    make_meeting(on=date(2025, 11, 26), published=False)
    return make_user("Sefa Stone", role="secretary")


def pages(secretary):
    """The addresses of every kind of page of the stock admin that the secretary comes to."""
    rows = {
        "meetings_meeting": Meeting.objects.get(on=date(2026, 1, 28)),
        "members_person": Person.objects.get(name="Ada Birch"),
        "members_organisation": Person.objects.get(name="Ada Birch").memberships.get().on_behalf_of,
        "members_membership": Person.objects.get(name="Ada Birch").memberships.get(),
        "actions_action": Meeting.objects.get(on=date(2026, 1, 28)).lines.exclude(action=None).first().action,
        "wishlists_entry": Entry.objects.get(),
        "wishlists_dataset": Dataset.objects.get(),
    }
    addresses = [reverse("admin:index"), reverse("admin:app_list", args=["meetings"])]
    for name, row in rows.items():
        addresses.append(reverse(f"admin:{name}_changelist"))
        addresses.append(reverse(f"admin:{name}_change", args=[row.pk]))
    added = ("meetings_meeting", "members_person", "members_organisation", "wishlists_dataset")
    addresses += [reverse(f"admin:{name}_add") for name in added]
    draft = Meeting.objects.get(on=date(2025, 11, 26))
    return [
        *addresses,
        reverse("admin:meetings_meeting_changelist") + "?q=town&status=confirmed",
        reverse("admin:meetings_meeting_history", args=[draft.pk]),
        reverse("admin:meetings_meeting_delete", args=[draft.pk]),
        reverse("admin:members_person_delete", args=[rows["members_person"].pk]),
        reverse("admin:wishlists_dataset_delete", args=[rows["wishlists_dataset"].pk]),
        reverse("admin:meetings_meeting_simple_history", args=[draft.pk, draft.history.first().pk]),
        reverse("admin:meetings_minuteline_changelist"),
        reverse("admin:members_organisation_add") + "?_popup=1",
        reverse("admin:meetings_event_changelist"),
        reverse("admin:meetings_event_add"),
        reverse("admin:meetings_standingitem_changelist"),
        reverse("admin:meetings_standingitem_add"),
    ]


def test_axe_finds_nothing_at_either_width_light_or_dark(log_in, secretary):
    """Wide and light, then narrow and dark: colours do not hang on the width, nor sizes on the colours."""
    page = log_in(secretary)
    found = {}
    for address in pages(secretary):
        page.goto(address)
        for width, scheme in ((1280, "light"), (320, "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            problems = violations(page, preload=False)
            if overflow(page) > 0:
                problems.append(("overflow", overflow(page)))
            if problems:
                found[(address, width, scheme)] = problems
    assert found == {}


def test_a_field_that_finds_by_typing_has_its_label_and_works_by_keys(log_in, secretary):
    page = log_in(secretary)
    page.goto(reverse("admin:meetings_meeting_add"))
    field = page.get_by_role("combobox", name="Host:")
    field.focus()
    page.keyboard.press("Space")
    page.get_by_role("searchbox", name="Type to find").fill("elm")
    page.get_by_role("option", name="Elmbridge Council").wait_for()
    assert violations(page, preload=False) == []
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="Host: × Elmbridge Council").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.field-host') !== null")
    page.get_by_text("Add another Attendance").click()
    expect(page.locator("#attendances-1").get_by_role("combobox", name="Person:")).to_have_count(1)


def test_what_opens_by_a_press_is_accessible_too(log_in, secretary):
    page = log_in(secretary, scheme="dark")
    page.goto(reverse("admin:meetings_meeting_add"))
    for name, box in (("Choose a Date", "#calendarbox0"), ("Choose a Time", "#clockbox0")):
        page.get_by_role("link", name=name).or_(page.get_by_title(name)).first.press("Enter")
        page.locator(box).wait_for()
        assert violations(page, preload=False) == [], name
        page.keyboard.press("Escape")
        expect(page.locator(box)).not_to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Please correct the error").wait_for()
    assert violations(page, preload=False) == []
    page.goto(reverse("admin:wishlists_dataset_changelist"))
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_label("Action:").select_option("delete_selected")
    page.get_by_role("button", name="Go").press("Enter")
    page.get_by_role("heading", name="Delete multiple objects").or_(
        page.get_by_role("heading", level=1)
    ).first.wait_for()
    assert violations(page, preload=False) == []
