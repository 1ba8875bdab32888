"""Lists of names as notes give them, and the initials that stand for the people in them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from meetings.minutes.structure import Presence

TITLES_WORDS = "dr prof professor mr mrs ms miss mx cllr cllrs councillor councillors rev revd sir dame lord lady"
TITLES = frozenset(TITLES_WORDS.split())

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀŁŚŠŽČĆ]"
NAME_WORD = rf"(?:d['’])?{CAPITAL}(?:[\w'’‘-]{{0,40}}[\w]|\.|)(?:\.(?={CAPITAL}))?"
PARTICLE = r"(?:de|da|di|du|del|della|le|la|van|von|der|den|ten|ter|bin|al|el|y|ap)"
TITLE = r"(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss|Mx|Cllrs?|Councillors?|Revd?|Sir|Dame|Lord|Lady)\b\.?\s+)"
NAME = re.compile(
    rf"{TITLE}?{NAME_WORD}\.?(?:(?:(?:(?<=Jr)\.|(?<=Sr)\.|(?<=St)\.)?\s{{1,2}}|(?<=\b[A-Z]\.))"
    rf"(?:{PARTICLE}\s{{1,2}}){{0,2}}{NAME_WORD}){{0,4}}"
)

INITIALS_TEXT = r"(?:[A-Z][a-z]?['’‘-]?){1,4}[A-Z][a-z]?(?![\w])"
INITIALS = re.compile(rf"(?<![\w]){INITIALS_TEXT}")

# Words that the names of bodies and posts hold, and those of people do not (so neither "Hall" nor "Church").
BODY_WORDS = """
    academy administrative administrator agency alliance assembly assistant association authority board body borough
    bureau cc centre chair chairman chief city clerk clinical club college commission committee community company
    consortium consultancy consultant coordinator corporate corporation council county data dc department dept
    development digital director directorate district education enterprise executive federation fire forum gov
    governing government gp group health hospital housing hub inc industries initiative innovation institute
    institution laboratory labs lep library limited llp ltd manager mbc media ministry museum network nhs office
    officer ordinator parish partner partners partnership plc police public representative representatives research
    residents resources school schools science secretariat secretary sector service services society software
    solutions studio support surgery systems team technologies technology theatre transport treasurer trust unit
    university voluntary
"""
BODIES = frozenset(BODY_WORDS.split())
SHORT_BODY = re.compile(r"[A-Z]{3,6}|[A-Z]{1,3}[a-z]{1,2}[A-Z]{1,4}")
# Words of the page, and those who are counted, not named: "The Clerk", "2 members of the public".
NOBODY_WORDS = """
    a action actions agenda all also and apologies as at attendance attendees by everybody everyone for from if in it
    item items meeting members minutes no nobody none not notes of on one other others our present received several
    she some the their there they this to update updates we welcome who with
"""
NOBODY = frozenset(NOBODY_WORDS.split())
# More than any meeting has.
MOST_PEOPLE = 1000


@dataclass
class Entry:
    """One name read from a list, and where it stands."""

    start: int
    end: int
    name: str
    organisation: str = ""
    role: str = ""
    initials: str = ""
    notes: list[str] = field(default_factory=list)
    presence: Presence | None = None
    takes_notes: bool = False


def fold_initials(initials: str) -> str:
    """The form in which two spellings of initials are equal: AB-C and ABC, PO’N and PON."""
    return re.sub(r"[^\w]", "", initials).casefold()


def initials_of(name: str) -> list[set[str]]:
    """Folded initials that a name may be given, the surest first: of every word, then of first and last."""
    words = [word for word in re.split(r"[\s.]+", name) if word and word.casefold().strip(".") not in TITLES]
    with_particles = "".join(word[0] for word in words)
    words = [word for word in words if word[0].isupper()] or words
    if not words:
        return [set(), set()]
    every = "".join(word[0] for word in words)
    parts = [[part[0] for part in re.split(r"[-'’‘]", word) if part] for word in words]
    whole = "".join("".join(part) for part in parts)
    ends = words[0][0] + words[-1][0]
    full_last = words[0][0] + "".join(parts[-1])
    sure = {every.casefold(), whole.casefold(), full_last.casefold(), with_particles.casefold()}
    if re.match(r"Ma?c[A-Z]", words[-1]):
        sure.add((words[0][0] + re.match(r"Ma?c[A-Z]", words[-1]).group()).casefold())
        sure.add((words[0][0] + "m" + words[-1][re.match(r"Ma?c", words[-1]).end()]).casefold())
    likely = {ends.casefold(), (words[0][0] + words[-1][:2]).casefold(), (words[0][:2] + words[-1][0]).casefold()}
    return [sure, likely - sure]


class People:
    """Those whom the lists name: whose initials are these, and is this one of them?"""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.names: set[str] = set()
        self._printed: dict[str, list[str]] = {}
        self._sure: dict[str, list[str]] = {}
        self._likely: dict[str, list[str]] = {}
        self.given: set[str] = set()
        self.surnames: set[str] = set()
        for entry in entries:
            self.add(entry.name, entry.initials)

    def add(self, name: str, initials: str = "") -> None:
        """Remember a name from the lists and the initials printed beside it."""
        if name in self.names or len(self.names) >= MOST_PEOPLE:
            return
        self.names.add(name)
        if not initials and name.isupper() and INITIALS.fullmatch(name):
            initials = name  # some lists give nothing but initials
        if initials:
            self._printed.setdefault(fold_initials(initials), []).append(name)
        else:
            sure, likely = initials_of(name)
            for form in sure:
                self._sure.setdefault(form, []).append(name)
            for form in likely:
                self._likely.setdefault(form, []).append(name)
        words = [word for word in name.split() if word.casefold().strip(".") not in TITLES]
        if len(words) > 1:
            self.given.add(" ".join(words[:-1]))
            self.given.add(f"{words[0]} {words[-1][0]}")
            self.given.add(words[0])
            self.surnames.add(words[-1])

    def with_initials(self, initials: str) -> list[str]:
        """The people whom these initials may mean, by the surest reading that fits anyone."""
        form = fold_initials(initials)
        return self._printed.get(form) or self._sure.get(form) or self._likely.get(form) or []

    def has(self, words: str) -> bool:
        """Whether these words are a listed name, its given names, or somebody's initials."""
        return words in self.names or words in self.given or bool(self.with_initials(words))


def looks_like_name(words: str) -> bool:
    """Two to five capitalised words and nothing else; initials and a surname will do."""
    found = NAME.fullmatch(words)
    return bool(found) and 2 <= len(words.split()) <= 6 and not words.isupper()


def is_body(words: str) -> bool:
    """Whether words name a body, not a person: one of them says so, or they are its short form ("BCC")."""
    held = re.findall(r"[^\W\d_]+", words.casefold())
    return not BODIES.isdisjoint(held) or bool(SHORT_BODY.fullmatch(words))


def is_person(words: str) -> bool:
    """Whether words can only be somebody's name: capitalised, and none of them a body's or a sentence's."""
    found = NAME.fullmatch(words)
    if not found or is_body(words):
        return False
    return NOBODY.isdisjoint(word.casefold() for word in words.split() if len(word) > 1 and not _may_be_initials(word))


def _may_be_initials(word: str) -> bool:
    """ "NO" and "AS" in capitals are Ned Orme and Ann Shaw."""
    return word.isupper() and len(word) == 2
