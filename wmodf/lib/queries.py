"""What somebody looks for: words, "phrases", beginnings of words (hous*) and words left out (-tram).

Each is made of tokens alone, so that nothing typed is ever part of a database's own language.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wmodf.lib.tokens import Word, joined, stem, words_of

MOST_TERMS = 16
SHORTEST_BEGINNING = 2  # letters before a star
QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"'))
PART = re.compile(r'-?"[^"]*"?|[^\s"]+')
# So common that nobody looks for them: passed over but in phrases, and where there is nothing else.
# fmt: off
COMMON = frozenset([
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "in",
    "into", "is", "it", "its", "not", "of", "on", "or", "that", "the", "their", "this", "to", "was", "were",
    "will", "with",
])
# fmt: on


@dataclass(frozen=True, kw_only=True)
class Term:
    """One thing to find: a word by its stem, or words in order as they stand; `whole`: or what hyphens join to one.

    `is_beginning`: the last of the words may go on.
    """

    words: tuple[str, ...]
    is_exact: bool = False
    is_beginning: bool = False
    whole: str = ""

    @property
    def by_stem(self) -> bool:
        """Whether it is one word, and its other forms count too."""
        return len(self.words) == 1 and not self.is_exact and not self.is_beginning

    def count_in(self, tokens: list[str]) -> int:
        """How often a text says it, by the text's tokens."""
        if self.by_stem:
            return tokens.count(f"s{stem(self.words[0])}")
        count = tokens.count(f"s{stem(self.whole)}") if self.whole else 0
        *first, last = [f"w{word}" for word in self.words]
        for place in range(len(first), len(tokens)):
            found = tokens[place].startswith(last) if self.is_beginning else tokens[place] == last
            count += found and tokens[place - len(first) : place] == first
        return count

    def spans_in(self, words: list[Word]) -> Iterator[tuple[int, int]]:
        """From where to where a text says it, by the text's words."""
        for place, word in enumerate(words):
            if self.by_stem and stem(word.folded) == stem(self.words[0]):
                yield word.start, word.end
            elif not self.by_stem and self._stands_at(words, place):
                yield word.start, words[place + len(self.words) - 1].end
        wanted = stem(self.whole or self.words[0]) if self.whole or self.by_stem else None
        for start, end, whole in _runs(words) if wanted else ():
            if stem(whole) == wanted:
                yield start, end

    def _stands_at(self, words: list[Word], place: int) -> bool:
        said = tuple(word.folded for word in words[place : place + len(self.words)])
        if len(said) < len(self.words) or said[:-1] != self.words[:-1]:
            return False
        return said[-1].startswith(self.words[-1]) if self.is_beginning else said[-1] == self.words[-1]


def _runs(words: list[Word]) -> Iterator[tuple[int, int, str]]:
    """Words that hyphens join: from where to where, and as one word."""
    begin = 0
    for place in range(1, len(words) + 1):
        if place == len(words) or not words[place].is_joined:
            for whole in joined(words[begin:place]) if place - begin > 1 else ():
                yield words[begin].start, words[place - 1].end, whole
            begin = place


@dataclass(frozen=True, kw_only=True)
class Query:
    """All terms must be found, and none of those left out. `is_cut`: more was typed than is looked for."""

    terms: tuple[Term, ...]
    without: tuple[Term, ...] = ()
    is_cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.terms)

    def fits(self, tokens: list[str]) -> bool:
        """Whether a text with these tokens is found."""
        return all(term.count_in(tokens) for term in self.terms) and not any(
            term.count_in(tokens) for term in self.without
        )


def read_query(text: str) -> Query:
    """What was typed, as a query; an empty one where it holds no word to look for."""
    terms: dict[Term, None] = {}
    without: dict[Term, None] = {}
    for part in PART.findall(text.translate(QUOTES)):
        for term in _terms(part.removeprefix("-")):
            (without if part.startswith("-") else terms)[term] = None
    telling = [term for term in terms if not (term.by_stem and term.words[0] in COMMON)] or list(terms)
    return Query(
        terms=tuple(telling[:MOST_TERMS]),
        without=tuple(term for term in without if not (term.by_stem and term.words[0] in COMMON))[:MOST_TERMS],
        is_cut=max(len(telling), len(without)) > MOST_TERMS,
    )


def _terms(part: str) -> Iterator[Term]:
    """The term that one part of the query is; none where it holds no word."""
    words = list(words_of(part))
    if not words:
        return
    is_beginning = part.rstrip('"').endswith("*") and len(words[-1].folded) >= SHORTEST_BEGINNING
    is_whole = len(words) > 1 and all(word.is_joined for word in words[1:]) and '"' not in part and not is_beginning
    yield Term(
        words=tuple(word.folded for word in words),
        is_exact='"' in part or len(words) > 1,
        is_beginning=is_beginning,
        whole=next(joined(words)) if is_whole else "",
    )
