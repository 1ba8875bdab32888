"""What somebody looks for, as terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmodf.lib.queries import MOST_TERMS, Term, read_query
from wmodf.lib.snippets import marked, snippet
from wmodf.lib.tokens import tokens_of

pytestmark = pytest.mark.without_database


def terms(text):
    return list(read_query(text).terms)


def test_words_phrases_and_beginnings():
    assert terms('libraries "Open Data" hous*') == [
        Term(words=("libraries",)),
        Term(words=("open", "data"), is_exact=True),
        Term(words=("hous",), is_beginning=True),
    ]


def test_curly_quotes_and_one_left_open_make_phrases():
    assert terms("“open data”") == terms('"open data"') == terms('"open data')


def test_a_minus_leaves_out():
    query = read_query('bus -tram -"night bus"')
    assert query.terms == (Term(words=("bus",)),)
    assert query.without == (Term(words=("tram",)), Term(words=("night", "bus"), is_exact=True))


def test_what_is_only_left_out_finds_nothing():
    assert not read_query("-tram")


def test_hyphens_join_or_part():
    assert terms("re-use") == [Term(words=("re", "use"), is_exact=True, whole="reuse")]


def test_an_address_is_a_phrase():
    assert terms("data.gov.uk") == [Term(words=("data", "gov", "uk"), is_exact=True)]


def test_common_words_are_passed_over_unless_there_is_nothing_else():
    assert terms("the state of AND OR") == [Term(words=("state",))]
    assert terms("IT") == [Term(words=("it",))]
    assert terms('"the state"') == [Term(words=("the", "state"), is_exact=True)]


def test_one_letter_and_a_star_is_a_word():
    assert terms("a37* z*") == [Term(words=("a37",), is_beginning=True), Term(words=("z",))]


@pytest.mark.parametrize("text", ["", " ", '"', '""', "*", "-", '-"', "()", "😀", "\u0301\u0301", "\u202e", "'; --"])
def test_nothing_to_look_for(text):
    assert not read_query(text)


def test_so_many_terms_and_no_more():
    query = read_query(" ".join(f"w{number}" for number in range(100)))
    assert len(query.terms) == MOST_TERMS
    assert query.is_cut


@given(st.text(max_size=300))
def test_anything_typed_is_read(text):
    query = read_query(text)
    for term in (*query.terms, *query.without):
        assert all(word.isascii() and word.isalnum() for word in term.words)
        assert len(term.whole) <= 60


@given(
    st.lists(st.sampled_from(["re-use", "Open", "data", "data’s", "<b>", "&", "“", "bus-stop-map", "é́"]), max_size=12)
)
def test_what_is_marked_is_what_fits(words):
    text = " ".join(words)
    for typed in ("reuse", "re-use", '"open data"', "dat*", "busstopmap", "bus", "stop-map"):
        query = read_query(typed)
        fits = query.fits(tokens_of(text).split())
        assert ("<mark>" in marked(text, query)) == fits, typed


def test_what_is_marked_is_escaped():
    said = marked('<script>alert("data")</script>', read_query("alert data"))
    assert said == ("&lt;script&gt;<mark>alert</mark>(&quot;<mark>data</mark>&quot;)&lt;/script&gt;")


def test_a_long_text_is_shown_around_what_is_marked():
    text = "Some words before it. " * 40 + "The houses & homes of Elmbridge. " + "Some words after it. " * 40
    said = snippet(text, read_query("housing"))
    assert "<mark>houses</mark> &amp; homes" in said
    assert said.startswith("… ")
    assert said.endswith(" …")
    assert len(said) < 320


def test_a_long_word_is_no_trouble():
    assert snippet("x" * 2_000 + " bus", read_query("bus"))
    assert snippet("x" * 2_000, read_query("xx*"))
