"""A text as tokens: what counts as the same word."""

import pytest

from wmodf.lib.tokens import MOST_WORDS, fold, stem, tokens_of, words_of

pytestmark = pytest.mark.without_database


@pytest.mark.parametrize(
    ("said", "folded"),
    [
        ("Café", "cafe"),
        ("cafe\u0301", "cafe"),
        ("COUNCIL’S", "council"),
        ("council's", "council"),
        ("O’Neill", "oneill"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Æthelflæd", "aethelflaed"),
        ("ﬁnance", "finance"),
        ("A37", "a37"),
        ("co\u00adoperate", "cooperate"),
        ("Ωμέγα", "x3c9zx3bczx3b5zx3b3zx3b1z"),
    ],
)
def test_a_word_is_folded(said, folded):
    assert fold(said) == folded


def test_a_token_is_plain_whatever_is_said():
    tokens = tokens_of("🚌 Bus-stops’ №5 (50%): ½ мир 東京 \x00 a_b \u202edrow\u202c 😀é́́́ NEAR(“x” OR *)", "Ω")
    assert tokens == tokens.lower()
    assert all(token.isascii() and token.isalnum() for token in tokens.split())


def test_words_are_in_order_and_then_their_stems():
    assert tokens_of("Housing the homes") == "whousing wthe whomes shous sthe shome"


def test_no_phrase_runs_over_two_fields():
    assert tokens_of("open", "", "data") == "wopen z wdata sopen sdata"


def test_what_hyphens_join_is_also_one_word():
    assert "sreus" in tokens_of("re-use").split()
    assert "wre wuse" in tokens_of("re-use")
    assert "s20250325" in tokens_of("on 2025-03-25").split()
    assert "sopendata" not in tokens_of("open – data").split()


def test_references_are_words():
    assert {"wa37", "sa37"} <= set(tokens_of("See [A37]: done").split())


def test_long_words_and_long_texts_are_cut():
    assert len(fold("x" * 5_000)) == 60
    assert tokens_of("word " * 20_000).count("wword") == MOST_WORDS


def test_words_know_where_they_stand():
    text = "The Café’s bus-stop"
    assert [text[word.start : word.end] for word in words_of(text)] == ["The", "Café’s", "bus", "stop"]
    assert [word.is_joined for word in words_of(text)] == [False, False, False, True]


def test_other_forms_of_a_word_have_one_stem():
    assert stem("houses") == stem("housing") == stem("house")
    assert stem("libraries") == stem("library")
    assert stem("buses") == stem("bus")
    assert stem("indices") == stem("index") != stem("indicators")
