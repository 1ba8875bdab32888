"""Who is meant: the names and initials of one meeting's notes, matched to people, or put as questions.

Those present come first, then those who sent apologies, then the members of that day. Anyone else is offered, never
guessed: an unanswered question is a row whose person is empty beside the words as minuted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from meetings.minutes.structure import Attendee, Kind, MinutesDoc, Presence
from members import matching, naming
from members.matching import Register
from members.models import Person
from wmodf.lib.words import REDACTED


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One answer to a question: what is sent, and what people read."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """Something to ask the secretary.

    `key` stays the same from one reading to the next; `choices` are the likely answers; with `asks_who` anyone known
    may be the answer too, or somebody new. `answer` is the one that holds now, empty while left open.
    """

    key: str
    subject: str
    message: str
    choices: tuple[Choice, ...] = ()
    asks_who: bool = False
    new_name: str = ""
    answer: str = ""


def key_of(kind: str, words: str) -> str:
    """The key of a question about these words, fit for the name of a form's field."""
    return f"{kind}:{naming.fold(words).replace(' ', '-')}"


def keys_of_mention(words: str) -> tuple[str, str]:
    """The keys that a question about an owner or a speaker may have."""
    return key_of("initials", words), key_of("who", words)


@dataclass(frozen=True, kw_only=True)
class Meant:
    """Whom some words mean: a person (one without a key is new), an office, everyone; or nobody known."""

    as_minuted: str
    person: Person | None = None
    role: str = ""
    is_everyone: bool = False


@dataclass
class Resolver:
    """Resolves the names and initials of one reading. Writes nothing.

    `known` holds what was settled for this meeting before, by folded words; `answers` what the secretary says now:
    a question's key → "person:12", "new:Full Name" or "" to leave it open.
    """

    register: Register
    doc: MinutesDoc
    known: Mapping[str, Person] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.questions: dict[str, Question] = {}
        self.notes: list[str] = []
        # Spellings that the secretary says now are a known person's: saving keeps them, so that no notes ask again.
        self.other_names: list[tuple[Person, str]] = []
        self._new: dict[str, Person] = {}
        self._people = {person.pk: person for person in self.register.people}
        self._names_here = {naming.fold(attendee.name) for attendee in self.doc.attendees}
        self.attendees: list[tuple[Attendee, Meant]] = []
        taken: set[int] = set()  # by identity: a new person has no key yet
        for attendee in self.doc.attendees:
            is_redacted = REDACTED in attendee.name  # nobody is to ask who it was
            meant = Meant(as_minuted=attendee.name) if is_redacted else self._attendee(attendee)
            if meant.person is not None and id(meant.person) in taken:
                self.notes.append(_("%(name)s is listed twice: counted once.") % {"name": attendee.name})
                continue
            if meant.person is not None:
                taken.add(id(meant.person))
            self.attendees.append((attendee, meant))
        self._there = self._listed(Presence.ATTENDED) + self._listed(Presence.GUESTS)
        self._sent_apologies = self._listed(Presence.APOLOGIES)
        self.owners: dict[str, Meant] = {}
        self.speakers: dict[str, Meant] = {}
        for line in self.doc.of_kind(Kind.ACTION):
            for owner in line.owners:
                if owner not in self.owners:
                    self.owners[owner] = self._owner(owner)
        for line in self.doc.of_kind(Kind.USED, Kind.WANTS):
            if line.who and line.who not in self.speakers:
                self.speakers[line.who] = self._speaker(line.who)

    @property
    def new_people(self) -> list[Person]:
        """The people whom saving would enter, in the order of the notes."""
        return list(self._new.values())

    def _listed(self, presence: Presence) -> list[tuple[Attendee, Person]]:
        return [
            (attendee, meant.person)
            for attendee, meant in self.attendees
            if attendee.presence == presence and meant.person is not None
        ]

    def _attendee(self, attendee: Attendee) -> Meant:
        name = attendee.name
        found = self.register.named(name)
        if len(found) == 1:
            self._see_initials(attendee, found[0])
            return Meant(as_minuted=name, person=found[0])
        key = key_of("name", name)
        if len(found) > 1:
            message = _("%(name)s: %(count)s people have this name. Which of them is it?") % {
                "name": name,
                "count": len(found),
            }
            return self._ask_who(key, name, message, found)
        if naming.looks_like_initials(name):
            likely = self.register.members_first(matching.with_initials(name, self.register.people))
            return self._ask_who(key, name, _("%(name)s: whose initials are these?") % {"name": name}, likely)
        if not naming.is_full_name(name):
            likely = self.register.members_first(matching.called(name, self.register.people))
            return self._ask_who(
                key, name, _("%(name)s: who is it? The notes give one name only.") % {"name": name}, likely
            )
        if near := self._nearly_named(name):
            message = _("%(name)s: is this %(names)s, spelt another way?") % {
                "name": name,
                "names": _(" or ").join(person.name for person in near[:3]),
            }
            meant = self._ask_who(key, name, message, near, new_name=naming.without_title(name))
            if meant.person in near and self.answers.get(key):
                self.other_names.append((meant.person, naming.without_title(name)[:200]))
            return meant
        return Meant(as_minuted=name, person=self._enter(name, attendee.initials))

    def _nearly_named(self, name: str) -> list[Person]:
        """Those whom the name may mean spelt another way; whoever is listed here by the right name is somebody else."""
        return [one for one in self.register.nearly_named(name) if naming.fold(one.name) not in self._names_here]

    def _see_initials(self, attendee: Attendee, person: Person) -> None:
        """Say so where the notes print initials beside a name that nobody would find the person by."""
        printed = attendee.initials
        if naming.looks_like_initials(printed) and naming.fold_initials(printed) not in person.all_initials():
            self.notes.append(
                _(
                    "%(printed)s stands beside %(name)s, who is known here as %(shown_initials)s: add it to"
                    " the person's initials, and other notes will know it too."
                )
                % {"printed": printed, "name": attendee.name, "shown_initials": person.shown_initials()}
            )

    def _owner(self, words: str) -> Meant:
        if matching.means_everyone(words):
            return Meant(as_minuted=words, is_everyone=True)
        if role := matching.role_meant(words):
            return Meant(as_minuted=words, role=role)
        if matching.is_body(words) or self.register.organisation(words) is not None:
            return Meant(as_minuted=words)  # a team or a body: nobody to be asked about
        return self._mentioned(words, may_be_absent=True)

    def _speaker(self, words: str) -> Meant:
        return self._mentioned(words, may_be_absent=False)

    def _mentioned(self, words: str, *, may_be_absent: bool) -> Meant:
        """Whom initials or a name within the notes mean. Who speaks at the round-table must have been there."""
        is_initials = naming.looks_like_initials(words)
        key = key_of("initials" if is_initials else "who", words)
        for listed in (self._there, self._sent_apologies):
            found = _among(words, listed, is_initials=is_initials)
            if len(found) == 1:
                return Meant(as_minuted=words, person=found[0])
            if found:
                names = _(" and ").join(person.name for person in found)
                return self._ask_who(
                    key,
                    words,
                    _("%(words)s: %(names)s both fit. Who is meant?") % {"words": words, "names": names},
                    found,
                )
        if any(_may_be(words, attendee) for attendee, meant in self.attendees if meant.person is None):
            return Meant(as_minuted=words)  # somebody in the lists, about whom a question is open already
        everyone = self.register.people
        if is_initials:
            likely = matching.with_initials(words, everyone)
            message = _("%(words)s: nobody at this meeting has these initials: who is it?") % {"words": words}
        else:
            likely = self.register.named(words) or matching.called(words, everyone) or self._spelt_like(words)
            message = _("%(words)s: nobody of this name was at this meeting: who is it?") % {"words": words}
        likely = self.register.members_first(likely)
        members = [person for person in likely if self.register.is_member(person)]
        if may_be_absent and len(members) == 1 and key not in self.answers:
            return Meant(as_minuted=words, person=self.known.get(naming.fold(words), members[0]))
        if not is_initials and not likely and not words[:1].isupper():
            return Meant(as_minuted=words)  # no name: "whoever is free"
        new_name = naming.without_title(words) if not is_initials and naming.is_full_name(words) else ""
        return self._ask_who(key, words, message, likely, new_name=new_name)

    def _spelt_like(self, name: str) -> list[Person]:
        """Whoever the notes list, or anyone known, whose name may be this one spelt another way."""
        folded = naming.fold(name)
        listed = [
            one for _rest, one in self._there + self._sent_apologies if matching.alike(folded, naming.fold(one.name))
        ]
        return listed or self.register.nearly_named(name)

    def _ask_who(self, key: str, words: str, message: str, likely: Sequence[Person], *, new_name: str = "") -> Meant:
        if REDACTED in words:
            return Meant(as_minuted=words)
        settled = self.known.get(naming.fold(words))
        answer = self.answers.get(key, f"person:{settled.pk}" if settled else "")
        person = self._answered(answer)
        self.questions[key] = Question(
            key=key,
            subject=words,
            message=message,
            choices=tuple(_choice(one) for one in likely),
            asks_who=True,
            new_name=new_name,
            answer=answer if person is not None else "",
        )
        return Meant(as_minuted=words, person=person)

    def _answered(self, answer: str) -> Person | None:
        """The person whom an answer names; None where it is open, or names nobody there is."""
        kind, _rest, value = answer.partition(":")
        if kind == "person" and value.isdecimal():
            return self._people.get(int(value))
        if kind == "new" and value.strip():
            known = self.register.named(value)
            return known[0] if len(known) == 1 else self._enter(value)
        return None

    def _enter(self, name: str, initials: str = "") -> Person:
        """A person not known yet, one for each name; saving the notes saves them."""
        plain = naming.without_title(name)[:200]
        folded = naming.fold(plain)
        if folded not in self._new:
            derived = {naming.fold_initials(one) for one in naming.derived_initials(plain)}
            odd = naming.looks_like_initials(initials) and naming.fold_initials(initials) not in derived
            self._new[folded] = Person(
                name=plain, sort_name=naming.sort_name(plain)[:200], initials=initials if odd else ""
            )
        return self._new[folded]


def _choice(person: Person) -> Choice:
    """A person as an answer; who is new here has no key yet, and is named."""
    return Choice(value=f"person:{person.pk}" if person.pk else f"new:{person.name}", label=person.name)


def _among(words: str, listed: Sequence[tuple[Attendee, Person]], *, is_initials: bool) -> list[Person]:
    """Those of a list whom the words mean: by the initials printed beside a name first, then by those of the name."""
    if is_initials:
        folded = naming.fold_initials(words)
        printed = [person for attendee, person in listed if naming.fold_initials(attendee.initials) == folded]
        return printed or matching.with_initials(words, [person for _rest, person in listed])
    folded = naming.fold(words)
    named = [person for attendee, person in listed if folded in {naming.fold(attendee.name), naming.fold(person.name)}]
    return named or matching.called(words, [person for _rest, person in listed])


def _may_be(words: str, attendee: Attendee) -> bool:
    initials = [attendee.initials, *naming.derived_initials(attendee.name)]
    return naming.fold_initials(words) in map(naming.fold_initials, initials) or naming.fold(words) == naming.fold(
        attendee.name
    )
