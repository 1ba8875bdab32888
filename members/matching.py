"""Matching the names, initials and organisations that notes use to those known."""

from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher

from members import naming
from members.models import Membership, Organisation, Person

EVERYONE = {"all", "all members", "members", "everyone", "everybody", "all of us", "all present"}
NEAR = 0.86  # alike enough to be one person misspelt (Marley, Marly); below it Ann and Jan are two


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
            likeness = 1.0 if _shortened(folded, form) else _likeness(folded, form)
            if likeness >= NEAR:
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


def role_meant(words: str) -> str:
    """The office that the words mean ("the Secretary"), or an empty string."""
    plain = naming.fold(words).removeprefix("the ")
    return next((role.value for role in Membership.Role if role.value and naming.fold(role.label) == plain), "")


def means_everyone(words: str) -> bool:
    """Whether the words mean all members."""
    return naming.fold(words).removeprefix("the ") in EVERYONE


def _likeness(one: str, other: str) -> float:
    if abs(len(one) - len(other)) > 4 or one[0] != other[0]:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= NEAR else 0.0


def _shortened(one: str, other: str) -> bool:
    """Whether the names share the family name and one given name begins the other, by three letters at least."""
    ours, theirs = one.split(), other.split()
    if len(ours) < 2 or len(theirs) < 2 or ours[-1] != theirs[-1] or ours == theirs:
        return False
    shorter, longer = sorted((ours[0], theirs[0]), key=len)
    return len(shorter) >= 3 and longer.startswith(shorter)
