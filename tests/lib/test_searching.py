"""What the databases find. The same table of answers holds on both: this file runs on each."""

from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wmodf.lib import searching
from wmodf.lib.access import Standing
from wmodf.lib.queries import read_query
from wmodf.lib.searching import SearchText, relevance
from wmodf.lib.tokens import tokens_of

pytestmark = pytest.mark.django_db

TEXTS = {
    "housing": "The houses of Elmbridge Council, and housing policy",
    "open": "Open data is published as data that anyone may re-use",
    "data": "Data that is open to reuse; the council’s register",
    "cafe": "Cafés near the Łódź memorial: O’Neill’s café",
    "stop": "Bus-stop times [A37] from data.gov.uk, 2025-03-25",
    "number": "1e5 people, 007 agents, 12th of 3D maps, 50% of £1,200",
    "greek": "Ωμέγα и мир",
    "night": "The night bus and the tram",
    "both": "NEAR the AND gate, OR NOT",
}
ANSWERS = {
    "house": {"housing"},
    "HOUSES": {"housing"},
    '"house"': set(),
    '"houses"': {"housing"},
    "hous*": {"housing"},
    "council": {"housing", "data"},
    "Council’s": {"housing", "data"},
    "council register": {"data"},
    "open data": {"open", "data"},
    '"open data"': {"open"},
    '"data open"': set(),
    '"data that is op*"': {"data"},
    "reuse": {"open", "data"},
    "re-use": {"open", "data"},
    "cafe": {"cafe"},
    "CAFÉ": {"cafe"},
    "lodz": {"cafe"},
    "oneill": {"cafe"},
    "O'Neill": {"cafe"},
    "busstop": {"stop"},
    "bus-stop": {"stop"},
    '"bus stop"': {"stop"},
    "bus": {"stop", "night"},
    "bus -tram": {"stop"},
    'bus -"bus stop"': {"night"},
    "a37": {"stop"},
    "[A37]": {"stop"},
    "data.gov.uk": {"stop"},
    "2025-03-25": {"stop"},
    "20250325": {"stop"},
    "1e5": {"number"},
    "007": {"number"},
    "7": set(),
    "12*": {"number"},
    "3d map": {"number"},
    "1,200": {"number"},
    "ωμεγα": {"greek"},
    "ωμε*": {"greek"},
    "МИР": {"greek"},
    "near and or not": {"both", "cafe"},
    '"near the and"': {"both"},
    "NEAR(night bus)": set(),
    "night) OR (open": set(),
    "tokens:night": set(),
    "night AND bus": {"night"},
    "^night": {"night"},
    "night & !bus": {"night"},
    "night' OR 1=1 --": set(),
    "elmbridge nowhere": set(),
}


@pytest.fixture
def texts():
    for key, text in enumerate(TEXTS.values()):
        SearchText.objects.create(
            kind="line", key=key, standing=Standing.PUBLIC, on=date(2026, 1, 1), tokens=tokens_of(text)
        )
    return list(TEXTS)


def found(typed, names):
    return {names[key] for key in SearchText.objects.matching(read_query(typed)).values_list("key", flat=True)}


def test_each_question_has_its_answer(texts):
    assert {typed: found(typed, texts) for typed in ANSWERS} == ANSWERS


# fmt: off
WORDS = [
    "open", "data", "re-use", "bus", "night", "the", '"', "-", "*", "hous", "(", "NEAR", "é", "А", "\x00", "'", ":",
]
# fmt: on
PARTS = st.lists(st.sampled_from(WORDS), max_size=8)
TYPED = st.one_of(st.text(max_size=60), PARTS.map("".join), PARTS.map(" ".join))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(TYPED)
def test_the_database_finds_what_python_says_whatever_is_typed(texts, typed):
    query = read_query(typed)
    fits = {name for name, text in TEXTS.items() if query and query.fits(tokens_of(text).split())}
    assert found(typed, texts) == fits


def test_what_is_changed_and_deleted_is_found_no_more(texts):
    housing = SearchText.objects.get(key=0)
    SearchText.objects.filter(pk=housing.pk).update(tokens=tokens_of("Gardens"))
    assert found("housing", texts) == set()
    assert found("gardens", texts) == {"housing"}
    housing.delete()
    assert found("gardens", texts) == set()


def test_the_database_keeps_no_word_that_was_taken_out(texts):
    """Words that share no beginning with another: FTS5 writes of each term what the one before has not."""
    for key, word in ((0, "zebra"), (7, "quokka")):
        SearchText.objects.filter(key=key).update(tokens=tokens_of(word))
    assert {word for word in (b"zebra", b"quokka") if word in kept()} == {b"zebra", b"quokka"}
    SearchText.objects.filter(key=0).update(tokens=tokens_of("Gardens"))
    SearchText.objects.filter(key=7).delete()
    searching.purge()
    said = kept()
    assert {word for word in (b"zebra", b"quokka", b"garden") if word in said} == {b"garden"}


def kept():
    """All that is stored beside the table; a savepoint has FTS5 write what it still holds."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT block FROM lib_searchtext_fts_data")
            return b" ".join(bytes(block) for (block,) in cursor.fetchall())
        cursor.execute("SELECT vector::text FROM lib_searchtext")
        return " ".join(text for (text,) in cursor.fetchall()).encode()


def test_what_the_database_looks_in_is_there_after_all_migrations():
    """SQLite's tables are made anew to be altered, and lose their triggers: a migration must make them again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'lib_searchtext'")
            assert {name for (name,) in cursor.fetchall()} == {
                f"lib_searchtext_{verb}" for verb in ("added", "changed", "removed")
            }
            cursor.execute("INSERT INTO lib_searchtext_fts(lib_searchtext_fts, rank) VALUES ('integrity-check', 1)")
        else:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'search_text_vector'")
            assert "USING gin (vector)" in cursor.fetchone()[0]


def test_the_fit():
    def fit(typed, text, *, is_heading=False):
        return relevance(read_query(typed), tokens_of(text).split(), is_heading=is_heading)

    assert fit("bus", "Bus and bus") > fit("bus", "Bus and tram")
    assert fit("bus", "Bus") > fit("bus", "Bus " + "and tram " * 50)
    assert fit("houses", "Houses") > fit("houses", "Housing")
    assert fit("bus", "Bus", is_heading=True) == 2 * fit("bus", "Bus")
