"""Names and initials as text: how they are compared, derived, sorted and withheld. No database."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

TITLES = {
    "dr",
    "prof",
    "professor",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "cllr",
    "councillor",
    "rev",
    "sir",
    "dame",
    "lord",
}
PARTICLES = {"de", "van", "von", "le", "la", "der", "den", "da", "di", "du", "del", "bin", "al"}
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


def words(name: str) -> list[str]:
    """The words of a name without titles; hyphens and spaces of every kind are told apart, apostrophes made plain."""
    plain = unicodedata.normalize("NFC", name).replace("\u2011", "-").replace("\u2010", "-").replace("\u2019", "'")
    parts = [part.strip(".,;:") for part in plain.split()]
    return [part for part in parts if part and part.casefold() not in TITLES]


def without_title(name: str) -> str:
    """The name without Dr, Cllr and the like, spaces and hyphens tidied."""
    return " ".join(words(name))


def fold(name: str) -> str:
    """The form in which two spellings of one name are equal: no case, accents, titles, hyphens or spare spaces."""
    decomposed = unicodedata.normalize("NFKD", " ".join(words(name)))
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(re.findall(r"[^\W_]+", bare.casefold().replace("'", "")))


def fold_initials(initials: str) -> str:
    """Initials compared by their letters alone: HS-J is HSJ, D.O'C is DOC."""
    return re.sub(r"[\W_]+", "", initials).casefold()


def derived_initials(name: str) -> list[str]:
    """The initials that people make of a name, the likeliest first: HFL and HF of Hana Frost-Lee."""
    parts = words(name)
    if not parts:
        return ["?"]
    pieces = [piece for part in parts for piece in part.split("-") if piece]
    every = "".join(piece[0].upper() for piece in pieces)
    by_word = "".join(part[0].upper() for part in parts)
    ends = parts[0][0].upper() + parts[-1][0].upper() if len(parts) > 1 else every
    found = [every, by_word, ends] if len(parts) < 4 else [every, by_word]
    return list(dict.fromkeys(found))


def is_full_name(name: str) -> bool:
    """Whether this is a name that a new person can be entered by: two words or more, no address, not all capitals."""
    parts = words(name)
    return len(parts) >= 2 and "@" not in name and any(len(part) > 2 and not part.isupper() for part in parts)


def sort_name(name: str) -> str:
    """Family name first: "Example, Ada"; particles stay with the family name."""
    parts = words(name)
    if len(parts) < 2:
        return " ".join(parts)
    cut = len(parts) - 1
    while cut > 1 and parts[cut - 1].casefold() in PARTICLES:
        cut -= 1
    return f"{' '.join(parts[cut:])}, {' '.join(parts[:cut])}"


def mask_emails(text: str) -> str:
    """The text without e-mail addresses, which no public page shows."""
    return EMAIL.sub("(address withheld)", text) if "@" in text else text


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """One person who asked not to be named: what to look for and what the public reads instead."""

    person_id: int
    names: tuple[str, ...]
    initials: tuple[str, ...]
    shown: str


@dataclass(frozen=True, kw_only=True)
class Nearby:
    """Whom a text may mean by less than a full name.

    `people` may be meant by initials and names of one word; `confirmed` are words of which the secretary said whom they
    mean there.
    """

    people: frozenset[int] = frozenset()
    confirmed: frozenset[tuple[int, str]] = frozenset()

    def __or__(self, other: "Nearby") -> "Nearby":
        return Nearby(people=self.people | other.people, confirmed=self.confirmed | other.confirmed)

    def by_name_alone(self) -> "Nearby":
        """The same for what names an organisation, whose short name may be somebody's initials."""
        return Nearby(confirmed=self.confirmed)


NOBODY = Nearby()


@dataclass(frozen=True)
class Discretion:
    """Takes names out of text for people who asked for it, and e-mail addresses for everyone.

    `others` are names that the public may read: a confirmed Nora stays where it is part of Nora Ash. `known` remembers
    for one writing who is near which meeting.
    """

    withheld: tuple[Withheld, ...]
    others: tuple[str, ...] = ()
    known: dict[int, Nearby] = field(default_factory=dict, compare=False, repr=False)
    _patterns: dict[object, re.Pattern[str]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def person_ids(self) -> set[int]:
        """Those who withhold their names."""
        return {person.person_id for person in self.withheld}

    def public(self, text: str, *, near: Nearby = NOBODY) -> str:
        """The text as the public may read it.

        A full name is looked for everywhere; initials and names of one word only for the people `near` the text, since
        OS and Will may be words; what the secretary confirmed, as it is written.
        """
        text = unicodedata.normalize("NFC", text)
        if not text:
            return text
        for person in self.withheld:
            text = self._of("names", person).sub(person.shown, text)
            if person.person_id in near.people:
                text = self._of("short", person).sub(person.shown, text)
                if person.shown not in person.initials:
                    text = self._of("initials", person).sub(person.shown, text)
        if near.confirmed:
            for person in self.withheld:
                words = frozenset(words for key, words in near.confirmed if key == person.person_id)
                if words:
                    text = self._confirmed(words).sub(lambda found, by=person.shown: found["other"] or by, text)
        return mask_emails(text)

    def whom(self, text: str, *, near: Nearby = NOBODY) -> int | None:
        """The key of the first of them whom the text names in a way that `public` takes out; None for nobody.

        For words that have no other form for the public, such as an owner as minuted.
        """
        plain = mask_emails(unicodedata.normalize("NFC", text))
        if self.public(text, near=near) == plain:
            return None
        alone = (Discretion((one,), others=self.others) for one in self.withheld)
        return next((one.withheld[0].person_id for one in alone if one.public(text, near=near) != plain), None)

    def _of(self, kind: str, person: Withheld) -> re.Pattern[str]:
        """The pattern of this kind, made once."""
        key = (kind, person.person_id)
        if key not in self._patterns:
            names = [name for name in person.names if re.search(r"[^\W_]", without_title(name))]
            if kind == "names":
                self._patterns[key] = _pattern(_name_forms(names), re.IGNORECASE)
            elif kind == "short":
                self._patterns[key] = _pattern(name_form(name) for name in names if len(name.split()) == 1)
            else:
                initials = [initials for initials in person.initials if re.search(r"[^\W_]", initials)]
                self._patterns[key] = _pattern(initials_form(each) for each in initials)
        return self._patterns[key]

    def _confirmed(self, words: frozenset[str]) -> re.Pattern[str]:
        """Finds the words as they are written, and as `other` the public names of which they are a part."""
        if words not in self._patterns:
            folded = [f" {fold(one)} " for one in words]
            others = [name for name in self.others if any(one in f" {fold(name)} " for one in folded)]
            known = "|".join(name_form(name) for name in sorted(others, key=len, reverse=True)) or "(?!)"
            forms = "|".join(name_form(one) for one in sorted(words, key=len, reverse=True))
            self._patterns[words] = re.compile(rf"(?<!\w)(?<!\w-)(?:(?P<other>{known})|(?:{forms}))(?!\w)")
        return self._patterns[words]


def _pattern(forms: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """Finds any of the forms as whole words; nothing where there are none."""
    longest_first = sorted(set(forms), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?<!\w-)(?:{'|'.join(longest_first)})(?!\w)" if longest_first else r"(?!)", flags)


def _name_forms(names: Iterable[str]) -> Iterator[str]:
    """Patterns of the full names with or without a title, of family name first, and of Cllr Birch."""
    title = rf"(?:{'|'.join(sorted(TITLES))})\.?\s+"
    for name in names:
        if len(name.split()) > 1:
            family_first = sort_name(name)
            for form in (name, fold(name), family_first):
                yield rf"(?:{title})?{name_form(form)}"
            yield title + name_form(family_first.partition(",")[0])


def name_form(name: str) -> str:
    """A pattern of the name with spaces, hyphens and apostrophes of any kind."""
    parts = re.split(r"[\s\u2010\u2011-]+", unicodedata.normalize("NFC", name).strip())
    return r"[\s\u2010\u2011-]+".join(re.sub("['\u2018\u2019]", "['\u2018\u2019]?", re.escape(part)) for part in parts)


def initials_form(initials: str) -> str:
    """A pattern of the initials with dots, hyphens and apostrophes or without: NB, N.B, HS-J."""
    letters = re.sub(r"[\W_]+", "", initials)
    return r"[.'\u2019\u2010\u2011-]?".join(letters) + r"(?!-\w)"


def looks_like_initials(text: str) -> bool:
    """Whether this is a set of initials rather than a name: CP, HS-J, DO'C, McC, A P-A."""
    letters = re.sub(r"[\s.'’\u2010\u2011-]+", "", text)
    return 1 < len(letters) <= 5 and letters.isalpha() and sum(map(str.isupper, letters)) * 2 > len(letters)
