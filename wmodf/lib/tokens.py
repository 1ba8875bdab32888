"""A text as plain tokens, so that every database finds the same in it: its words, folded, and their stems.

Tokens hold only the letters a to z and digits: whatever a database's own parser makes of words, of these it makes
nothing else. A word's token begins with w, its stem's with s: `whouses shous`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from threading import Lock

import snowballstemmer

# Marks that stand over, under or within letters, and characters of no width: part of a word, and no part of its token.
WITHIN = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u200b-\u200d\u2060\u20d0-\u20ff\ufe00-\ufe0f\ufeff"
)
APOSTROPHES = "'\u2018\u2019\u02bc\uff07"
HYPHENS = "-\u2010\u2011\ufe63\uff0d"
WORD = re.compile(rf"[^\W_](?:[^\W_]|[{WITHIN}]|[{APOSTROPHES}](?=[^\W_]))*")
POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]\Z")
# Letters that Unicode does not take apart.
WRITTEN_OUT = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})

# Plurals that the stemmer leaves apart from their words.
PLURALS = {
    "buses": "bus",
    "busses": "bus",
    "gases": "gas",
    "indices": "index",
    "lenses": "lens",
    "analyses": "analysis",
}

LONGEST = 60  # letters of a token
MOST_WORDS = 5_000  # of one text: PostgreSQL counts places up to 16,383, and each word has a stem, too
BREAK = "z"  # between two fields: no phrase runs over it

_stemmer = snowballstemmer.stemmer("english")
_one_at_a_time = Lock()  # a stemmer keeps the word that it is at


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: where it stands, folded, and whether a hyphen joins it to the one before."""

    start: int
    end: int
    folded: str
    is_joined: bool


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """The word without case, accents, a possessive's ending and apostrophes; other letters than a to z by number."""
    bare = POSSESSIVE.sub("", word)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", bare).casefold()).translate(WRITTEN_OUT)
    letters = (one if one.isascii() else f"x{ord(one):x}z" for one in plain if one.isalnum())
    return "".join(letters)[:LONGEST]


@lru_cache(maxsize=20_000)
def stem(folded: str) -> str:
    """The stem of a folded English word: hous of houses and housing."""
    with _one_at_a_time:
        return _stemmer.stemWord(PLURALS.get(folded, folded))


def words_of(text: str) -> Iterator[Word]:
    """The words of a text in order."""
    end = -1
    for found in WORD.finditer(text):
        folded = fold(found.group())
        if folded:
            is_joined = end >= 0 and found.start() == end + 1 and text[end] in HYPHENS
            yield Word(found.start(), found.end(), folded, is_joined)
            end = found.end()


def joined(words: list[Word]) -> Iterator[str]:
    """What hyphens join, as one word: reuse of re-use."""
    whole = ""
    for number, word in enumerate(words):
        if word.is_joined:
            whole = (whole or words[number - 1].folded) + word.folded
        if whole and (number + 1 == len(words) or not words[number + 1].is_joined):
            yield whole[:LONGEST]
            whole = ""


def tokens_of(*fields: str) -> str:
    """The tokens of a text in one or more fields: first all words in order, then all stems."""
    said: list[str] = []
    stems: list[str] = []
    for text in fields:
        words = list(islice(words_of(text), max(0, MOST_WORDS - len(stems))))
        if said and words:
            said.append(BREAK)
        said += [f"w{word.folded}" for word in words]
        stems += [f"s{stem(word.folded)}" for word in words]
        stems += [f"s{stem(whole)}" for whole in joined(words)]
    return " ".join([*said, *stems])
