"""Words of a text that may mean somebody who withholds their name, and were not taken out by themselves. No database.

They are asked, never decided: the first name or the family name alone, a near spelling, a short form, initials far from
where the person is known to have been.
"""

import re
from collections.abc import Iterator

from members.matching import alike
from members.naming import PARTICLES, TITLES, Discretion, Withheld, fold, initials_form, name_form, words

TOKEN = re.compile(r"[^\W\d_]+(?:['\u2018\u2019][^\W\d_]+)*\.?")
BETWEEN = re.compile(r"[\s\u2010\u2011-]{1,3}")
LIKE = 5  # letters from which a word may be a misspelt name
SHORT = 3  # letters from which a word may be short for a first name
# What begins a sentence far more often than it calls anybody.
COMMON = {
    *("the", "and", "for", "all", "any", "can", "has", "her", "his", "how", "its", "may", "new", "not", "now", "one"),
    *("our", "she", "they", "this", "that", "then", "there", "was", "what", "when", "who", "will", "with", "you"),
}


class Guesses:
    """Finds the words for all who withhold their names; made once for many texts."""

    def __init__(self, discretion: Discretion) -> None:
        self._people = [_Sought(person, discretion.others) for person in discretion.withheld]

    def found(self, text: str) -> Iterator[tuple[int, str]]:
        """The person and the words as they are written, for each place in a text as the public reads it."""
        for person in self._people:
            for found in person.found(text):
                yield person.person_id, found


class _Sought:
    """One person, and what may mean them."""

    def __init__(self, person: Withheld, others: tuple[str, ...]) -> None:
        self.person_id = person.person_id
        full = [parts for name in person.names if (parts := _pieces(name))]
        self.first = {parts[0] for parts in full}
        self.family = {part for parts in full for part in parts[1:] if part not in PARTICLES}
        shown = {fold(one) for one in words(person.shown)}
        self.parts = {part for part in self.first | self.family if len(part) > 1} - shown
        initials = [initials_form(one) for one in person.initials if re.search(r"[^\W_]", one)]
        is_shown = person.shown in person.initials
        self.initials = (
            re.compile(rf"(?<!\w)(?<!\w-)(?:{'|'.join(initials)})(?!\w)") if initials and not is_shown else None
        )
        known = [name for name in others if self.parts & set(_pieces(name))]
        known += [person.shown]
        self.known = re.compile(rf"(?<!\w)(?:{'|'.join(map(name_form, known))})(?!\w)")
        self._likely: dict[str, bool] = {}

    def found(self, text: str) -> list[str]:
        """What may mean the person in the text, neighbouring words as one."""
        taken = [one.span() for one in self.known.finditer(text)]
        spans: list[tuple[int, int]] = []
        tokens = list(TOKEN.finditer(text))
        strong = [self._is_likely(one) and not _within(one.span(), taken) for one in tokens]
        for at, token in enumerate(tokens):
            if strong[at]:
                start = tokens[at - 1].start() if at and self._leads(tokens[at - 1], token, text) else token.start()
                end = _end(token)
                if at + 1 < len(tokens) and not strong[at + 1] and self._follows(token, tokens[at + 1], text):
                    end = tokens[at + 1].end()
                if spans and (spans[-1][1] >= start or BETWEEN.fullmatch(text[spans[-1][1] : start])):
                    spans[-1] = (spans[-1][0], end)
                else:
                    spans.append((start, end))
        if self.initials is not None:
            spans += [
                one.span()
                for one in self.initials.finditer(text)
                if not _within(one.span(), spans) and not _within(one.span(), taken)
            ]
        return [text[start:end] for start, end in spans]

    def _is_likely(self, token: re.Match[str]) -> bool:
        """Whether a word alone may be the person's name, in a near spelling or short."""
        word = token.group().rstrip(".")
        if len(word) < 2 or not word[0].isupper():
            return False
        word = re.sub(r"['\u2018\u2019]s$", "", word)
        if word not in self._likely:
            self._likely[word] = self._may_mean(fold(word))
        return self._likely[word]

    def _may_mean(self, word: str) -> bool:
        if word in self.parts:
            return True
        if word in COMMON or word in TITLES or len(word) < SHORT:
            return False
        if any(one.startswith(word) for one in self.first):
            return True
        return len(word) >= LIKE and any(len(part) >= LIKE and alike(word, part) for part in self.parts)

    def _leads(self, before: re.Match[str], token: re.Match[str], text: str) -> bool:
        """Whether the word before belongs to it: a title, or the first letter of the first name."""
        word = before.group().rstrip(".")
        belongs = word.casefold() in TITLES or (len(word) == 1 and word.isupper() and self._begins(word, self.first))
        return belongs and BETWEEN.fullmatch(text[before.end() : token.start()]) is not None

    def _follows(self, token: re.Match[str], after: re.Match[str], text: str) -> bool:
        """Whether the letter after it belongs to it, as in Nora B."""
        word = after.group().rstrip(".")
        is_first = fold(token.group()) in self.first
        belongs = len(word) == 1 and word.isupper() and is_first and self._begins(word, self.family)
        return belongs and BETWEEN.fullmatch(text[_end(token) : after.start()]) is not None

    @staticmethod
    def _begins(letter: str, names: set[str]) -> bool:
        return any(name.startswith(letter.casefold()) for name in names)


def _pieces(name: str) -> list[str]:
    """The words of a name, folded, hyphens taken as spaces."""
    return fold(name).split()


def _end(token: re.Match[str]) -> int:
    """Where the word ends without its full stop and without 's."""
    word = re.sub(r"['\u2018\u2019]s$", "", token.group().rstrip("."))
    return token.start() + len(word)


def _within(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)
