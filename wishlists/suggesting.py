"""Suggestions "A wants what B uses": which want may be met by which data used, and why."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from members.models import Person
from members.naming import fold
from wishlists.models import Dismissal, Entry
from wmodf.lib.access import Standing, standing_of

NEWEST = 500  # rows looked at, of wants and of data used
MOST = 20  # suggestions at once
MOST_WORDS = 4  # words that a reason names
ENOUGH = 2  # shared words; or all words of the shorter side

# Words that say nothing of what the data is about.
EMPTY_WORDS = """
    a about all also an and any are as at available be been better but by can could data dataset detail each every
    file find for from full get good had has have help how i if in info information into is it its know latest like
    list local many map mapping more most need new no not now number of on one open or other our out over per please
    record same see should show so some source such than that the their them then there these they this those to under
    up us use used useful using via want wanted was way we were what when where which who why will with within would
    year you your
"""


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A want that may be met by what somebody else used, and why. Both entries carry `shown` and their people."""

    want: Entry
    used: Entry
    reason: str


def suggestions_for(*, person: Person, user: object) -> list[Suggestion]:
    """What the person wants and others use, and what they use and others want, but for what they dismissed.

    Three queries; of wants and of data used the newest `NEWEST` are looked at, and at most `MOST` are given.
    """
    wants, used = list(_newest_wants(user)), list(_newest_used(user))
    wanted_by_them = _matches([want for want in wants if want.person_id == person.pk], used)
    used_by_them = _matches(wants, [entry for entry in used if entry.person_id == person.pk])
    return _best(chain(wanted_by_them, used_by_them), person=person)


def suggestions_for_secretary(*, person: Person | None, user: object) -> list[Suggestion]:
    """All that there are, but for what the person dismissed; an administrator may be no person. As bounded as above."""
    return _best(_matches(_newest_wants(user), _newest_used(user)), person=person)


def suggestions_about(entry: Entry, *, person: Person | None, user: object) -> list[Suggestion]:
    """Those with one entry, which carries `shown`: for the secretary all, for a member those that concern them."""
    is_secretary = standing_of(user) >= Standing.SECRETARY
    is_over = entry.withdrawn_on is not None or (entry.is_want and not entry.is_unmet)
    if is_over or (person is None and not is_secretary):
        return []
    wants = [entry] if entry.is_want else _newest_wants(user)
    matches = _matches(wants, _newest_used(user) if entry.is_want else [entry])
    if person is not None and not is_secretary:
        matches = (match for match in matches if match.concerns(person))
    return _best(matches, person=person)


@dataclass(frozen=True, kw_only=True)
class _Match:
    """A want and data used that have something in common: their dataset, or so many words."""

    want: Entry
    used: Entry
    is_same_dataset: bool
    word_count: int

    def concerns(self, person: Person) -> bool:
        """Whether one of the two is this person's."""
        return person.pk in {self.want.person_id, self.used.person_id}

    def order(self) -> tuple:
        """Sorts the likeliest first: by dataset, by how many words, the newest want."""
        age = -self.want.raised_on.toordinal()
        return (not self.is_same_dataset, -self.word_count, age, self.want.pk, self.used.pk)

    def reason(self) -> str:
        """What the two have in common, in words, as the shorter spelling has them."""
        if self.is_same_dataset:
            return _("both name the dataset %(dataset)s") % {"dataset": self.want.dataset}
        wanted, used = significant(self.want.shown), significant(self.used.shown)
        both = [min(word, used[stem], key=len) for stem, word in wanted.items() if stem in used]
        return _("both say %(words)s") % {"words": get_text_list([f"“{word}”" for word in both[:MOST_WORDS]], _("and"))}


def _newest_wants(user: object) -> Iterable[Entry]:
    return Entry.objects.visible_to(user).wanted().with_people()[:NEWEST]


def _newest_used(user: object) -> Iterable[Entry]:
    return Entry.objects.visible_to(user).used().with_people()[:NEWEST]


def _best(matches: Iterable[_Match], *, person: Person | None) -> list[Suggestion]:
    """The likeliest that the person has not dismissed, by one query."""
    dismissed = Dismissal.objects.pairs_of(person) if person is not None else set()
    kept = (match for match in matches if (match.want.pk, match.used.pk) not in dismissed)
    return [
        Suggestion(want=match.want, used=match.used, reason=match.reason())
        for match in nsmallest(MOST, kept, key=_Match.order)
    ]


def _matches(wants: Iterable[Entry], used: Iterable[Entry]) -> Iterator[_Match]:
    """Every want with the data used by somebody else that may meet it."""
    offered = {entry.pk: entry for entry in used}
    words_of = {key: significant(entry.shown) for key, entry in offered.items()}
    by_word, by_dataset = defaultdict(list), defaultdict(list)
    for key, entry in offered.items():
        by_dataset[entry.dataset_id].append(key)
        for stem in words_of[key]:
            by_word[stem].append(key)
    for want in wants:
        words = significant(want.shown)
        shared = Counter(key for stem in words for key in by_word[stem])
        same = set(by_dataset[want.dataset_id]) if want.dataset_id is not None else set()
        for key in same | set(shared):
            is_enough = shared[key] >= ENOUGH or 0 < shared[key] == min(len(words), len(words_of[key]))
            if (key in same or is_enough) and not _is_same_person(want, offered[key]):
                yield _Match(want=want, used=offered[key], is_same_dataset=key in same, word_count=shared[key])


def _is_same_person(one: Entry, other: Entry) -> bool:
    """Whether two entries are one person's; where notes left open who, the names as minuted tell."""
    if one.person_id is not None and other.person_id is not None:
        return one.person_id == other.person_id
    return fold(_name(one)) == fold(_name(other))


def _name(entry: Entry) -> str:
    return entry.person.name if entry.person is not None else entry.person_name


def significant(text: str) -> dict[str, str]:
    """The words that say what the text is about: the form in which two spellings are equal → the word as spelt."""
    found: dict[str, str] = {}
    for word in re.findall(r"[^\W_]+", text.replace("'", "").replace("’", "")):
        stem = _stem(fold(word))
        if len(stem) > 1 and stem not in EMPTY and not stem.isdigit():
            found.setdefault(stem, word if word.isupper() else word.lower())
    return found


def _stem(word: str) -> str:
    """The word without the ending of a plural, as far as English is simple: stops, stop; boundaries, boundary."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


EMPTY = frozenset(_stem(word) for word in EMPTY_WORDS.split())
