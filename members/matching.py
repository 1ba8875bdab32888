"""Matching the names, initials and organisations that notes use to those known."""

from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher

from members import naming
from members.models import Membership, Organisation, Person
from wmodf.lib.words import untranslated

EVERYONE = {
    "all",
    "all members",
    "all of us",
    "all present",
    "committee",
    "everybody",
    "everyone",
    "group",
    "members",
    "steering group",
    "steering group members",
}
# What old and new notes call the offices, beside the names that the site gives them.
OFFICES = {
    "chairman": "chair",
    "chairperson": "chair",
    "chairwoman": "chair",
    "clerk": "secretary",
    "hon secretary": "secretary",
    "honorary secretary": "secretary",
    "minutes secretary": "secretary",
    "vice chairman": "vice-chair",
    "deputy chair": "vice-chair",
    "hon treasurer": "treasurer",
}
# The last words of what is no person: a team, a body, people told by their office or not at all.
BODIES = {
    "authority",
    "board",
    "chair",
    "chairs",
    "clerk",
    "colleagues",
    "committee",
    "committees",
    "council",
    "department",
    "group",
    "groups",
    "individuals",
    "members",
    "office",
    "officer",
    "officers",
    "organisers",
    "partners",
    "party",
    "people",
    "representatives",
    "reps",
    "secretariat",
    "secretary",
    "staff",
    "team",
    "teams",
    "treasurer",
    "volunteers",
}
NEAR = 0.86  # alike enough to be one person misspelt (Marley, Marly); below it Ann and Jan are two
NEAR_FAMILY = 0.8  # the same of a family name beside a given name that is short for the other (Dave, David)


class Register:
    """Everyone and every organisation known, fetched once (four queries), with who is a member on a day."""

    def __init__(self, *, on: date) -> None:
        self.people = list(Person.objects.prefetch_related("other_names"))
        self._by_name: dict[str, list[Person]] = {}
        self._forms: list[tuple[str, Person]] = []
        for person in self.people:
            for name in dict.fromkeys([person.name, *(other.name for other in person.other_names.all())]):
                folded = naming.fold(name)
                self._by_name.setdefault(folded, []).append(person)
                self._forms.append((folded, person))
        self._represents = dict(
            Membership.objects.current(on=on).of_group().order_by("pk").values_list("person", "on_behalf_of")
        )
        self._organisations: dict[str, Organisation] = {}
        self._organisation_by_key: dict[int, Organisation] = {}
        for organisation in Organisation.objects.all():
            self._organisation_by_key[organisation.pk] = organisation
            for name in organisation.names():
                self._organisations.setdefault(naming.fold(name), organisation)

    def named(self, name: str) -> list[Person]:
        """Everyone with this name or other name, however it is spaced, cased or titled."""
        return self._by_name.get(naming.fold(name), [])

    def nearly_named(self, name: str) -> list[Person]:
        """Those whose name may be this one misspelt or shortened (Fred for Frederick), the likeliest first."""
        folded = naming.fold(name)
        if len(folded) < 5:
            return []
        likely = []
        for form, person in self._forms:
            likeness = alike(folded, form)
            if likeness:
                likely.append((likeness, person))
        likely.sort(key=lambda pair: (-pair[0], pair[1].pk))
        return list(dict.fromkeys(person for _, person in likely))

    def is_member(self, person: Person) -> bool:
        """Whether the person belongs to the group on the day."""
        return person.pk in self._represents

    def members_first(self, people: Iterable[Person]) -> list[Person]:
        """The people in order: the day's members before others."""
        return sorted(people, key=lambda person: (not self.is_member(person), person.sort_name, person.pk))

    def represented_by(self, person: Person) -> Organisation | None:
        """The organisation that this member speaks for on the day."""
        return self._organisation_by_key.get(self._represents.get(person.pk) or 0)

    def organisation(self, name: str) -> Organisation | None:
        """The organisation with this name or short name."""
        return self._organisations.get(naming.fold(name)) if name else None


def with_initials(initials: str, people: Iterable[Person]) -> list[Person]:
    """Those of these people whom the initials may mean; whoever prints just these goes before whoever may."""
    folded = naming.fold_initials(initials)
    found = [person for person in people if folded in person.all_initials()]
    exact = [person for person in found if naming.fold_initials(person.shown_initials()) == folded]
    return exact if len(exact) == 1 else found


def first_named(name: str, people: Iterable[Person]) -> list[Person]:
    """Those of these people whose given names are these: Mei Lin of Mei Lin Tan."""
    folded = naming.fold(name)
    return [person for person in people if folded and naming.fold(person.name).startswith(f"{folded} ")]


def called(words: str, people: Iterable[Person]) -> list[Person]:
    """Those of these people whom notes may call so: Mei Lin, Cllr Tan, M Tan, Mei T or Hana F-L.

    The first of these ways that fits anybody counts: where somebody's given name is Hill, no Mrs Hill is meant.
    """
    everyone = list(people)
    ways = (first_named, _with_family_name, _with_initial_and_family_name, _with_given_name_and_initial)
    return next((found for way in ways if (found := way(words, everyone))), [])


def _with_family_name(words: str, people: list[Person]) -> list[Person]:
    folded = naming.fold(words)
    return [person for person in people if folded and folded == naming.fold(_family_name(person.name))]


def _with_initial_and_family_name(words: str, people: list[Person]) -> list[Person]:
    initial, _, family = naming.fold(words).partition(" ")
    if len(initial) != 1:
        return []
    return [
        person
        for person in people
        if naming.fold(person.name).startswith(initial) and family == naming.fold(_family_name(person.name))
    ]


def _with_given_name_and_initial(words: str, people: list[Person]) -> list[Person]:
    given, *rest = naming.words(words)[:5] or [""]
    ends = naming.fold_initials("".join(rest))
    if not rest or len(ends) > 3 or len(given) < 2:
        return []
    found = []
    for person in people:
        first = naming.fold(person.name).partition(" ")[0]
        family = naming.derived_initials(_family_name(person.name))
        if first == naming.fold(given) and ends in {naming.fold_initials(one) for one in family}:
            found.append(person)
    return found


def _family_name(name: str) -> str:
    return naming.sort_name(name).partition(",")[0]


def role_meant(words: str) -> str:
    """The office that the words mean ("the Secretary", "Chairman"), or an empty string."""
    plain = naming.fold(words).removeprefix("the ")
    named = next(
        (role.value for role in Membership.Role if role.value and naming.fold(untranslated(role.label)) == plain), ""
    )
    return named or OFFICES.get(plain, "")


def means_everyone(words: str) -> bool:
    """Whether the words mean all members."""
    plain = naming.fold(words).removeprefix("the ")
    # "All to think of", where a list of owners runs on into what they promised.
    return plain in EVERYONE or plain.startswith("all to ")


def is_body(words: str) -> bool:
    """Whether the words name a team, a body or people of an office rather than a person: Support Team, WG Chairs."""
    folded = naming.fold(words)
    return folded.startswith("the ") or folded.rpartition(" ")[2] in BODIES


def alike(one: str, other: str) -> float:
    """How alike two folded names are, from 0 where they are two people's to 1; never a reason to merge, only to ask."""
    if _shortened(one, other):
        return 1.0
    likeness = _likeness(one, other)
    return likeness if likeness >= NEAR else 0.0


def _likeness(one: str, other: str) -> float:
    if abs(len(one) - len(other)) > 4 or one[0] != other[0]:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= NEAR else 0.0


def _shortened(one: str, other: str) -> bool:
    """Whether the family names are alike and one given name is short for the other: Fred, Dave, P for Paul."""
    ours, theirs = one.split(), other.split()
    if len(ours) < 2 or len(theirs) < 2 or ours == theirs:
        return False
    shorter, longer = sorted((ours[0], theirs[0]), key=len)
    if shorter == longer or shorter[0] != longer[0]:
        return False
    if len(shorter) == 1 or longer.startswith(shorter):
        return ours[-1] == theirs[-1]
    is_short_form = len(shorter) >= 3 and shorter[:3] == longer[:3]
    return is_short_form and SequenceMatcher(None, ours[-1], theirs[-1], autojunk=False).ratio() >= NEAR_FAMILY
