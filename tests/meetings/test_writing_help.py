"""The one page on how to write notes, and whether what it says is so."""

from datetime import date

import pytest
from django.urls import reverse

from meetings.minutes import reader
from meetings.minutes.structure import Kind, Presence
from meetings.record.aids import LINES

pytestmark = pytest.mark.django_db


def test_it_works_and_is_linked_from_the_record_page(secretary_client):
    page = secretary_client.get(reverse("admin:meetings_meeting_help")).content.decode()
    assert "AB to write to the council by 14 February" in page
    assert "<kbd>F9</kbd>" in page


def test_others_are_refused(member_client):
    assert member_client.get(reverse("admin:meetings_meeting_help")).status_code in {302, 403}


def test_each_line_of_the_help_is_understood_as_it_says():
    examples = [line for line, _ in LINES]
    heading = examples.index("3. Towpath")
    text = "\n".join(examples[:heading]) + "\n\n" + "\n\n".join(examples[heading:]) + "\n\nThey talked.\n"
    doc = reader.read(text, year_from=date(2026, 1, 28))
    assert [(one.name, one.presence) for one in doc.attendees] == [
        ("Ada Boyle", Presence.ATTENDED),
        ("Ned Orme", Presence.ATTENDED),
        ("Jo Marsh", Presence.APOLOGIES),
        ("Una Pike", Presence.GUESTS),
    ]
    assert doc.officer("Chair") == "Ned Orme"
    assert [(item.title, item.is_confidential) for item in doc.items] == [("Towpath", False), ("Staffing", True)]
    assert [line.kind for _, line in doc.lines()] == [
        Kind.ACTION,
        Kind.ACTION,
        Kind.REVIEW,
        Kind.DECISION,
        Kind.AGREED,
        Kind.USED,
        Kind.WANTS,
        Kind.NEXT_MEETING,
        Kind.PROSE,
    ]
    assert [line.owners for line in doc.of_kind(Kind.ACTION)] == [("AB",), ("AB", "NO")]
