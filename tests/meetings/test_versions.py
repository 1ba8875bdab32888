"""The page on which the secretary compares versions of a meeting's notes."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from meetings import publishing, recording
from meetings.minutes.structure import Kind
from meetings.models import Minutes
from tests import factories
from tests.pages import section_of, words_of

pytestmark = pytest.mark.django_db

NIGHT = factories.at(date(2026, 3, 11), hour=20)
TEXT = "11 March 2026\n\n1. Buses\nIt rained.\n"


@pytest.fixture
def meeting(group):
    return factories.make_meeting(on=date(2026, 3, 11))


def save(meeting, text, *, at=NIGHT):
    with time_machine.travel(at, tick=False):
        return recording.record(meeting=meeting, text=text, now=at).minutes


def circulate(minutes, *, at=NIGHT):
    with time_machine.travel(at, tick=False):
        publishing.circulate(minutes=minutes, now=at)


def page_of(meeting, **choice):
    return reverse("admin:meetings_meeting_versions", args=[meeting.pk], query=choice or None)


def test_it_is_the_secretarys(anonymous_client, member_client, secretary_client, meeting):
    save(meeting, TEXT)
    assert anonymous_client.get(page_of(meeting)).status_code == 302
    assert member_client.get(page_of(meeting)).status_code == 403
    response = secretary_client.get(page_of(meeting))
    assert "no-store" in response["Cache-Control"]
    assert secretary_client.post(page_of(meeting)).status_code == 405
    assert "Versions" in words_of(secretary_client.get(reverse("admin:meetings_meeting_record", args=[meeting.pk])))


def test_it_says_so_where_there_is_nothing(secretary_client, meeting):
    assert "No notes yet. Each version that you save will be kept here." in words_of(
        secretary_client.get(page_of(meeting))
    )
    save(meeting, TEXT)
    words = words_of(secretary_client.get(page_of(meeting)))
    assert "1 version." in words
    assert "There is nothing to compare yet: these are the notes as first saved." in words
    assert "Compare these two" not in words


def test_at_first_it_compares_as_circulated_with_the_latest(secretary_client, meeting):
    minutes = save(meeting, TEXT)
    circulate(save(meeting, TEXT.replace("rained", "snowed"), at=NIGHT + timedelta(hours=1)))
    save(meeting, TEXT.replace("It rained", "It hailed") + "Then the sun came.\n", at=NIGHT + timedelta(days=2))
    response = secretary_client.get(page_of(meeting))
    compared = section_of(response, "compared")
    assert compared.startswith("1 difference Older revision 2, 11 March 2026, 20:00, circulated, not yet agreed")
    assert "Newer revision 3, 13 March 2026, 20:00, circulated, not yet agreed" in compared
    assert "Taken out − 4 It snowed. Put in + 4 It hailed. + 5 Then the sun came." in compared
    assert minutes.history.count() == 4


def test_any_two_can_be_chosen_in_either_order(secretary_client, meeting):
    save(meeting, TEXT)
    save(meeting, TEXT.replace("rained", "snowed"), at=NIGHT + timedelta(hours=1))
    minutes = save(meeting, TEXT.replace("rained", "hailed"), at=NIGHT + timedelta(hours=2))
    first, second, _ = minutes.history.order_by("history_date").values_list("pk", flat=True)
    for choice in ({"older": first, "newer": second}, {"older": second, "newer": first}):
        compared = section_of(secretary_client.get(page_of(meeting, **choice)), "compared")
        assert "Taken out − 4 It rained. Put in + 4 It snowed." in compared
    assert "hailed" not in compared


def test_what_is_no_version_of_these_notes_is_not_shown(secretary_client, meeting):
    other = factories.make_minutes(factories.make_meeting(on=date(2026, 2, 11)), text="Somebody else’s.")
    save(meeting, TEXT)
    save(meeting, TEXT.replace("rained", "snowed"), at=NIGHT + timedelta(hours=1))
    strange = other.history.first().pk
    for key in (strange, 0, -1, 10**30, "x", "%00"):
        response = secretary_client.get(page_of(meeting, older=key, newer=key))
        assert response.status_code == 200
        assert "Somebody else" not in words_of(response)
        assert "Put in + 4 It snowed." in section_of(response, "compared")


def test_two_versions_that_say_the_same_differ_in_state_alone(secretary_client, meeting):
    minutes = save(meeting, TEXT)
    with time_machine.travel(NIGHT + timedelta(hours=1), tick=False):
        publishing.publish_highlights(minutes=minutes, now=NIGHT)
    circulate(minutes, at=NIGHT + timedelta(days=2))
    later = factories.make_meeting(on=date(2026, 4, 15))
    factories.make_line(later, "Agreed.", kind=Kind.AGREED, names_on=meeting.on)
    factories.make_minutes(later)
    first = minutes.history.last().pk
    response = secretary_client.get(page_of(meeting, older=first))
    assert section_of(response, "compared").startswith("No line differs Older revision 1")
    listed = section_of(response, "choose")
    order = ["agreed", "circulated, not yet agreed", "draft, highlights published", "draft"]
    assert [words.split("revision 1, ")[1].split(", ", 2)[2] for words in rows_of(listed)] == order


def rows_of(words):
    """The versions that the list's words name."""
    return [row.strip() for row in words.partition("first ")[2].split("Older Newer") if "revision" in row]


def test_it_says_who_saved_each(secretary_client, meeting):
    url = reverse("admin:meetings_meeting_record", args=[meeting.pk])
    secretary_client.post(url, {"text": TEXT, "base_revision": 0, "save": "1"})
    assert Minutes.objects.get().history.get().history_user.person.name == "Sefa Secretary"
    assert ", Sefa Secretary, draft" in section_of(secretary_client.get(page_of(meeting)), "choose")


def test_the_list_is_bounded_and_the_choice_goes_along(secretary_client, meeting):
    for number in range(23):
        minutes = save(meeting, f"{TEXT}Line {number}.\n", at=NIGHT + timedelta(minutes=number))
    response = secretary_client.get(page_of(meeting))
    assert response.text.count('name="older"') == 20 + 1
    assert "Revision 1" not in section_of(response, "choose")
    assert "on another page" in section_of(response, "choose")
    second = secretary_client.get(page_of(meeting, page=2))
    assert second.text.count('name="older"') == 3 + 1
    assert second.text.count("checked") == 2
    first = minutes.history.last().pk
    assert f'<input type="radio" name="older" value="{first}"' in second.text
    assert '<input type="hidden" name="page" value="2">' in second.text


def test_what_stands_in_the_notes_stays_text(secretary_client, meeting):
    save(meeting, TEXT)
    save(meeting, f"{TEXT}<script>alert(1)</script> & more\n", at=NIGHT + timedelta(hours=1))
    response = secretary_client.get(page_of(meeting))
    assert "<script>alert" not in response.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in response.text


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(secretary_client, meeting, django_assert_num_queries, rows):
    url = reverse("admin:meetings_meeting_record", args=[meeting.pk])
    for number in range(rows + 1):
        secretary_client.post(url, {"text": f"{TEXT}Line {number}.\n", "base_revision": number, "save": "1"})
    with django_assert_num_queries(13):
        secretary_client.get(page_of(meeting))
