"""The group in figures: the numbers, the page and the files."""

import csv
import io
import re
from datetime import date

import pytest
import time_machine

from tests import factories
from tests.pages import addresses_of, section_of, words_of
from wmodf import figures

TODAY = date(2026, 3, 31)


def numbers(figure):
    """The rows of the figure that have any, without their labels."""
    return {bar.key: bar.counts for bar in figure.bars if any(bar.counts)}


@pytest.mark.without_database
def test_promises_are_counted_by_the_year_that_raised_them():
    spans = [
        (date(2023, 5, 1), date(2024, 1, 1), "done"),
        (date(2023, 5, 1), date(2023, 6, 1), "dropped"),
        (date(2023, 12, 31), None, "open"),
        (date(2026, 1, 1), date(2026, 2, 1), "done"),
    ]
    figure = figures.promises_kept(spans, on=TODAY)
    assert figure.table() == [
        ["raised_in", "done", "dropped", "open"],
        ["2023", 1, 1, 1],
        ["2024", 0, 0, 0],
        ["2025", 0, 0, 0],
        ["2026", 1, 0, 0],
    ]
    assert figure.said == "Actions raised since 2023: 4. Done: 2; dropped: 1; still open: 1."


@pytest.mark.without_database
def test_bars_begin_at_nothing_and_have_one_scale():
    spans = [(date(2025, 1, 1), None, "open")] * 3 + [(date(2025, 1, 1), date(2025, 2, 1), "done")]
    spans += [(date(2026, 1, 1), None, "open")]
    first, second = figures.promises_kept(spans, on=TODAY).bars
    assert [(part.kind, part.count, part.x, part.width) for part in first.parts] == [
        ("done", 1, "0.000%", "20.000%"),
        ("open", 3, "20.000%", "60.000%"),
    ]
    assert [(part.kind, part.x, part.width) for part in second.parts] == [("open", "0.000%", "20.000%")]
    assert (first.end, second.end) == ("80.000%", "20.000%")


@pytest.mark.without_database
@pytest.mark.parametrize(
    ("ended", "age"),
    [
        (date(2025, 1, 31), "under-1-month"),
        (date(2025, 2, 28), "under-1-month"),
        (date(2025, 3, 1), "1-to-3-months"),
        (date(2025, 4, 30), "1-to-3-months"),
        (date(2025, 5, 1), "3-to-6-months"),
        (date(2025, 7, 31), "3-to-6-months"),
        (date(2025, 8, 1), "6-to-12-months"),
        (date(2026, 1, 31), "6-to-12-months"),
        (date(2026, 2, 1), "over-12-months"),
        (date(2024, 12, 1), "under-1-month"),  # notes recorded in any order may say so
    ],
)
def test_time_is_counted_in_months_of_the_calendar(ended, age):
    assert numbers(figures.time_until_done([(date(2025, 1, 31), ended, "done")])) == {age: [1]}


@pytest.mark.without_database
def test_half_of_them_is_said_where_it_means_something():
    days = [date(2025, 1, day) for day in (2, 3, 11, 21)]
    spans = [(date(2025, 1, 1), day, "done") for day in days] + [(date(2020, 1, 1), None, "open")]
    assert figures.time_until_done(spans[:1]).said == "Actions done: 1."
    assert figures.time_until_done(spans).said == (
        "Actions done: 4. Half of them were done within 2 days of being raised."
    )


@pytest.mark.without_database
def test_waiting_is_counted_up_to_today():
    spans = [(date(2026, 3, 1), None, "open"), (date(2024, 5, 3), None, "open"), (date(2020, 1, 1), TODAY, "done")]
    figure = figures.time_open(spans, on=TODAY)
    assert numbers(figure) == {"under-1-month": [1], "over-12-months": [1]}
    assert figure.said == "Actions open today: 2. The oldest was raised on 3 May 2024."
    wants = [(date(2025, 10, 1), "asked"), (date(2023, 5, 3), "wanted"), (date(2020, 1, 1), "released")]
    figure = figures.unmet_wants_by_age(wants, on=TODAY)
    assert numbers(figure) == {"under-6-months": [1], "over-2-years": [1]}
    assert figure.said == "Wants not yet met: 2. The oldest was first said on 3 May 2023."


@pytest.mark.without_database
def test_wants_are_counted_by_how_they_stand():
    wants = [(TODAY, status) for status in ("wanted", "asked", "asked", "refused", "released")]
    figure = figures.wants_by_state(wants)
    assert figure.table()[1:] == [["wanted", 1], ["asked", 2], ["promised", 0], ["released", 1], ["refused", 1]]
    assert figure.said == "Data wanted: 5. Released: 1; refused: 1; not yet met: 3."


@pytest.fixture
def told(group):
    """Actions and wants that everyone may read, and some that not everyone may."""
    ada = factories.make_person("Ada Birch")
    meeting = factories.make_meeting(on=date(2025, 11, 26))
    factories.make_action("Ask the bus company", owners=[ada], meeting=meeting)
    done = factories.make_action("Count the trees", owners=[ada], meeting=meeting)
    done.finish(now=factories.at(date(2026, 1, 2)), by=ada)
    factories.make_action("Hush", owners=[ada], meeting=meeting, line={"is_confidential": True})
    factories.make_entry("Trees", kind="wants", person=ada, meeting=meeting)
    factories.make_entry("No longer", kind="wants", person=ada, meeting=meeting, withdrawn_on=date(2026, 1, 1))
    factories.make_entry("Bus stops", person=ada, meeting=meeting)
    factories.make_entry("Hush", kind="wants", meeting=meeting, line={"is_confidential": True})
    factories.make_minutes(meeting)
    draft = factories.make_meeting(on=date(2026, 2, 25))
    factories.make_action("Drafted", owners=[ada], meeting=draft)
    factories.make_minutes(draft, circulated=False)


@pytest.mark.django_db
@time_machine.travel(TODAY, tick=False)
def test_every_reader_reads_the_numbers_of_what_everyone_may_read(anonymous_client, secretary_client, told):
    for client in (anonymous_client, secretary_client):
        page = client.get("/figures/")
        said = section_of(page, "promises-kept") or words_of(page)
        assert "Actions raised since 2025: 2. Done: 1; dropped: 0; still open: 1." in said
        assert "Data wanted: 1. Released: 0; refused: 0; not yet met: 1." in words_of(page)
        assert "2025 2 done 1, still open 1" in words_of(page)
        assert "Ada Birch" not in words_of(page)


@pytest.mark.django_db
@time_machine.travel(TODAY, tick=False)
def test_each_picture_has_its_numbers_as_a_table_and_as_a_file(anonymous_client, told):
    page = anonymous_client.get("/figures/")
    assert "Raised in Done Dropped Still open All 2025 1 0 1 2 2026 0 0 0 0" in words_of(page)
    links = addresses_of(page, r"/figures/.*\.csv")
    assert len(links) == len(re.findall(r"<table>", page.text)) == 5
    answers = {link: anonymous_client.get(link) for link in links}
    assert {answer["Content-Type"] for answer in answers.values()} == {"text/csv; charset=utf-8"}
    answer = answers["/figures/promises-kept.csv"]
    assert answer["Content-Disposition"] == 'attachment; filename="promises-kept.csv"'
    assert list(csv.DictReader(io.StringIO(answer.text))) == [
        {"raised_in": "2025", "done": "1", "dropped": "0", "open": "1"},
        {"raised_in": "2026", "done": "0", "dropped": "0", "open": "0"},
    ]
    plain = re.compile(r"[a-z0-9_-]+")
    cells = [cell for one in answers.values() for row in csv.reader(io.StringIO(one.text)) for cell in row]
    assert [cell for cell in cells if not plain.fullmatch(cell)] == []  # nothing that a sheet takes for a formula


@pytest.mark.django_db
def test_with_nothing_to_count_it_says_what_will_be_there(anonymous_client, group):
    page = anonymous_client.get("/figures/")
    assert words_of(page).count("will be here") == 5
    assert "<table" not in page.text
    assert anonymous_client.get("/figures/promises-kept.csv").text == "raised_in,done,dropped,open\r\n"


@pytest.mark.django_db
def test_there_is_no_file_of_anything_else(anonymous_client):
    assert anonymous_client.get("/figures/attendance.csv").status_code == 404
    assert anonymous_client.post("/figures/").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(anonymous_client, group, django_assert_num_queries, rows):
    meeting = factories.make_meeting(on=date(2025, 11, 26))
    for _ in range(rows):
        factories.make_action(meeting=meeting)
        factories.make_entry(kind="wants", meeting=meeting)
    factories.make_minutes(meeting)
    with django_assert_num_queries(3):
        anonymous_client.get("/figures/")
