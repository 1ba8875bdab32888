"""The agendas that the demonstration group comes with."""

from datetime import date

import pytest

from meetings.agenda import making
from meetings.models import AgendaItem, Meeting, StandingItem
from tests.factories import at
from wmodf import demonstration

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("today", [date(2026, 3, 2), date(2026, 11, 28)])
def test_one_is_published_and_one_begun(today):
    demonstration.load(today=today, now=at(today))
    published, begun = Meeting.objects.filter(agenda__status="on").distinct().order_by("on")
    assert (published.status, bool(published.agenda_published_at)) == ("confirmed", True)
    assert (begun.status, begun.agenda_published_at) == ("tentative", None)
    items = making.items_of(published)
    assert [item.title for item in items if item.is_confidential] == ["What the Forum’s secretary costs the trust"]
    assert {item.is_public for item in items} == {True, False}
    assert not AgendaItem.objects.filter(meeting=begun, is_circulated=True).exists()
    words, is_too_long = making.adding_up([item.minutes for item in items], length=making.length_of(published))
    assert (words, is_too_long) == ("Adds up to 110 of 120 minutes: 10 left.", False)
    assert StandingItem.objects.count() == 7
    assert [item.title for item in AgendaItem.objects.aside()] == ["Invite the maps team to update re licences"]
    assert [item.proposed_by.name for item in AgendaItem.objects.proposed()] == ["Samuel Brightwater"]
