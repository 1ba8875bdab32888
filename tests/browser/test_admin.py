"""The stock admin in a real browser: it keeps to the content security policy and finds people by typing."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from meetings.models import Meeting
from members.models import Person
from tests.factories import make_action, make_attendance, make_meeting, make_minutes, make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(secretary):
    ada = make_person("Ada Birch")
    meeting = make_meeting(on=date(2026, 1, 28))
    make_attendance(meeting, ada)
    make_action(meeting=meeting, owners=[ada])
    make_minutes(meeting)
    return meeting


def test_every_kind_of_page_keeps_to_the_policy(log_in, meeting):
    page = log_in(Person.objects.get(name="Sefa Stone").user)
    action, person = meeting.lines.get().action, Person.objects.get(name="Ada Birch")
    for path in (
        reverse("admin:meetings_meeting_changelist"),
        reverse("admin:meetings_meeting_history", args=[meeting.pk]),
        reverse("admin:meetings_meeting_simple_history", args=[meeting.pk, meeting.history.first().pk]),
        reverse("admin:members_person_change", args=[person.pk]),
        reverse("admin:members_person_delete", args=[person.pk]),
        reverse("admin:actions_action_change", args=[action.pk]),
        reverse("admin:meetings_minuteline_changelist"),
    ):
        page.goto(path)
        expect(page.get_by_role("heading", level=1).first).to_be_visible()


def test_somebody_is_added_to_those_present_by_typing(log_in, meeting):
    make_person("Bo Cole")
    page = log_in(Person.objects.get(name="Sefa Stone").user)
    page.goto(reverse("admin:meetings_meeting_change", args=[meeting.pk]))
    page.locator("#attendances-1 .fieldBox.field-person .select2-selection").click()
    page.locator(".select2-search__field").fill("cole")
    page.locator(".select2-results__option", has_text="Bo Cole").click()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("was changed successfully").wait_for()
    assert {row.person.name for row in Meeting.objects.get().attendances.all()} == {"Ada Birch", "Bo Cole"}
