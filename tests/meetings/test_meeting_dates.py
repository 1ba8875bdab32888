"""A year's dates entered as one list."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from meetings.models import Meeting
from tests import factories
from tests.admin_pages import url
from tests.pages import words_of

PAGE = url("meetings_meeting", "dates")
LIST = """Meetings in 2027
14 January 2027, 11:00–13:00, Elmbridge Council
Wed 10 March 2027 11am The Hub; tentative
Date\tTime
"""


@pytest.fixture(autouse=True)
def that_day(time_machine):
    """A fixed day: the list names days to come."""
    time_machine.move_to("2026-11-28T10:00:00Z")


@pytest.fixture
def council(group):
    return factories.make_organisation("Elmbridge Council", short_names="EC")


def sent_back(page, **changes):
    """What a browser would send of the page, with these changes."""
    data = {"lines": page.context["lines"]["lines"].value() or "", "heard": page.context["heard"]}
    for name in ("status", "announced"):
        data[name] = page.context["choices"][name].value()
    formset = page.context["formset"]
    data |= {f"rows-{name}": formset.management_form[name].value() for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    for form in formset.forms:
        for name in form.fields:
            value = form[name].value()
            if value not in {None, False, ""}:
                data[form.add_prefix(name)] = value
    return data | changes


def read(client, lines=LIST):
    return client.post(PAGE, {"lines": lines, "look": "yes"})


def test_lines_become_a_table_and_nothing_is_saved(secretary_client, council):
    page = read(secretary_client)
    assert page.status_code == 200
    words = words_of(page)
    assert "Thursday 14 January 2027" in words
    assert "“The Hub” is no organisation known here: it is kept as you wrote it." in words
    assert "Enter these 2 meetings" in words
    assert not Meeting.objects.exists()
    assert page.context["lines"]["lines"].value() is None


def test_the_meetings_are_made_provisional_and_announced(secretary_client, council):
    page = read(secretary_client)
    response = secretary_client.post(PAGE, sent_back(page, save="yes"), follow=True)
    assert "2 meetings entered." in response.text
    first, second = Meeting.objects.order_by("on")
    assert (first.on, first.starts, first.ends, first.host) == (date(2027, 1, 14), time(11), time(13), council)
    assert (first.status, first.is_published, first.slug, first.sequence) == ("tentative", True, "2027-01-14", 0)
    assert first.event != ""
    assert (second.host, second.host_name, second.status) == (None, "The Hub", "tentative")


def test_two_choices_for_all_and_a_line_s_own(secretary_client, council):
    page = read(secretary_client)
    data = sent_back(page, save="yes", status="confirmed", announced="no")
    secretary_client.post(PAGE, data)
    assert list(Meeting.objects.order_by("on").values_list("status", "published_at")) == [
        ("confirmed", None), ("tentative", None),
    ]  # fmt: skip


def test_everything_can_be_changed_before_it_is_saved(secretary_client, council):
    page = read(secretary_client, "14 January 2027\n15 January 2027")
    changes = {"rows-0-on": "2027-02-03", "rows-0-starts": "10:00", "rows-0-host": "EC", "rows-1-leave_out": "on"}
    looked = secretary_client.post(PAGE, sent_back(page, look="yes", **changes))
    assert "Wednesday 3 February 2027" in words_of(looked)
    secretary_client.post(PAGE, sent_back(looked, save="yes"))
    meeting = Meeting.objects.get()
    assert (meeting.on, meeting.starts, meeting.host) == (date(2027, 2, 3), time(10), council)


def test_a_day_that_is_not_clear_stops_the_saving_and_nothing_typed_is_lost(secretary_client, council):
    page = read(secretary_client, "Tue 14 January 2027 11am\n10 March 2027")
    assert "14 January 2027 is a Thursday" in words_of(page)
    data = sent_back(page, save="yes", **{"rows-1-venue": "Town hall"})
    refused = secretary_client.post(PAGE, data)
    assert refused.status_code == 400
    assert "Give the date, or leave this line out." in refused.text
    assert refused.context["formset"].forms[1]["venue"].value() == "Town hall"
    assert not Meeting.objects.exists()
    assert secretary_client.post(PAGE, sent_back(refused, save="yes", **{"rows-0-on": "2027-01-14"})).status_code == 302
    assert Meeting.objects.get(on=date(2027, 1, 14)).starts == time(11)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rows-0-starts": "13:00", "rows-0-ends": "11:00"}, "The meeting ends before it starts"),
        ({"rows-0-on": "2027-03-28", "rows-0-starts": "01:30", "rows-0-ends": ""}, "the clocks go forward"),
        ({"rows-0-on": "1027-03-28"}, "Write the year in full"),
        ({"rows-0-host": "ask ada@private.example"}, "Leave e-mail addresses out"),
        ({"rows-0-on": "soon"}, "Enter a valid date"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_line(secretary_client, council, changes, words):
    page = read(secretary_client, "14 January 2027, 11:00–13:00")
    response = secretary_client.post(PAGE, sent_back(page, save="yes", **changes))
    assert response.status_code == 400
    assert words in words_of(response)
    assert not Meeting.objects.exists()


def test_what_is_to_be_said_is_said_before_it_is_saved(secretary_client, council):
    page = read(secretary_client, "14 January 2027")
    data = sent_back(page, save="yes", **{"rows-0-on": "2027-03-26"})
    said = secretary_client.post(PAGE, data)
    assert "A bank holiday in England: Good Friday." in words_of(said)
    assert not Meeting.objects.exists()
    assert secretary_client.post(PAGE, sent_back(said, save="yes")).status_code == 302
    assert Meeting.objects.get().on == date(2027, 3, 26)


def test_lines_of_one_week_and_of_one_day_are_told_of_each_other(secretary_client, council):
    words = words_of(read(secretary_client, "12 January 2027\n14 January 2027\n14 January 2027"))
    assert "There is a meeting in the same week: Thursday 14 January 2027." in words
    assert "The list names this day twice: only the first line becomes a meeting." in words


def test_a_day_that_has_a_meeting_changes_nothing_and_says_so(secretary_client, council):
    meeting = factories.make_meeting(on=date(2027, 1, 14), starts=None, now=factories.NOW)
    page = read(secretary_client, "14 January 2027, 11:00–13:00, Elmbridge Council, Room 3")
    assert "There is a meeting on this day already: this line changes nothing, unless" in words_of(page)
    response = secretary_client.post(PAGE, sent_back(page, save="yes"), follow=True)
    assert "was there already: nothing changed." in response.text
    meeting.refresh_from_db()
    assert (meeting.starts, meeting.host, meeting.sequence, Meeting.objects.count()) == (None, None, 0, 1)


def test_with_a_tick_it_fills_what_that_meeting_lacks(secretary_client, council):
    meeting = factories.make_meeting(on=date(2027, 1, 14), starts=None, venue="Town hall")
    page = read(secretary_client, "14 January 2027, 11:00–13:00, Elmbridge Council, Room 3")
    response = secretary_client.post(PAGE, sent_back(page, save="yes", **{"rows-0-fills": "on"}), follow=True)
    assert "what it lacked was filled in" in response.text
    meeting.refresh_from_db()
    assert (meeting.starts, meeting.ends, meeting.host, meeting.venue) == (time(11), time(13), council, "Town hall")
    assert (meeting.status, meeting.sequence) == ("confirmed", 1)


def test_sent_twice_it_makes_them_once(secretary_client, council):
    data = sent_back(read(secretary_client), save="yes")
    secretary_client.post(PAGE, data)
    secretary_client.post(PAGE, data)
    assert Meeting.objects.count() == 2


def test_more_lines_join_the_table(secretary_client, council):
    page = read(secretary_client, "14 January 2027")
    more = sent_back(page, look="yes", lines="10 March 2027", **{"rows-0-venue": "Town hall"})
    page = secretary_client.post(PAGE, more)
    assert [form["venue"].value() for form in page.context["formset"].forms] == ["Town hall", None]
    assert [form.meeting.on.month for form in page.context["formset"].forms] == [1, 3]


def test_lines_in_the_box_are_never_saved_unseen(secretary_client, council):
    page = read(secretary_client, "14 January 2027")
    response = secretary_client.post(PAGE, sent_back(page, save="yes", lines="10 March 2027"))
    assert response.status_code == 200
    assert len(response.context["formset"].forms) == 2
    assert not Meeting.objects.exists()


def test_sixty_lines_are_the_most(secretary_client, council):
    first = timezone.localdate() + timedelta(days=100)
    lines = [f"{first + timedelta(days=7 * step):%Y-%m-%d}" for step in range(61)]
    page = read(secretary_client, "\n".join(lines))
    assert page.status_code == 400
    assert "60 dates are the most at a time" in page.text
    assert lines[60] in page.context["lines"]["lines"].value()
    page = read(secretary_client, "\n".join(lines[:60]))
    response = secretary_client.post(PAGE, sent_back(page, save="yes"), follow=True)
    assert "60 meetings entered." in response.text


@pytest.mark.parametrize(
    "data",
    [
        {"rows-TOTAL_FORMS": "99999", "rows-INITIAL_FORMS": "0", "save": "yes"},
        {"rows-TOTAL_FORMS": "x", "rows-INITIAL_FORMS": "0", "save": "yes"},
        {"rows-TOTAL_FORMS": "1", "save": "yes", "status": "cancelled", "announced": "yes"},
        {"save": "yes"},
        {"lines": "x" * 20_001, "look": "yes"},
        {"lines": "\x00", "look": "yes"},
        {},
    ],
)
def test_odd_forms_get_a_page(secretary_client, council, data):
    response = secretary_client.post(PAGE, data)
    assert response.status_code == 400
    assert not Meeting.objects.exists()


def test_what_was_pasted_is_shown_as_text(secretary_client, council):
    page = read(secretary_client, "14 January 2027 <script>alert(1)</script>")
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(secretary_client, council, django_assert_num_queries, rows):
    lines = "\n".join(f"{day} {month} 2027" for day in (13, 14) for month in ("Jan", "Mar", "May")[:rows])
    factories.make_meeting(on=date(2027, 1, 13))
    with django_assert_num_queries(9):
        read(secretary_client, lines)


def test_it_is_linked_from_the_list_of_meetings_and_from_the_desk(secretary_client):
    assert f'href="{PAGE}"' in secretary_client.get(url("meetings_meeting", "changelist")).text
    assert f'href="{PAGE}"' in secretary_client.get("/desk/").text
