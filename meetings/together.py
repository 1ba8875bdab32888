"""What the files of one batch ask and tell together: each question once, new people once, contradictions a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from meetings import contradictions
from meetings.models import Batch, Original
from meetings.resolving import Choice, Question, key_of
from members import matching, naming
from members.models import Person


@dataclass
class Asked:
    """One question of several files; its key is that of the group: equal questions with equal choices are one."""

    question: Question
    days: list[date] = field(default_factory=list)


@dataclass
class NewName:
    """A name that nobody known has, and the days of the meetings whose notes list it."""

    person: Person
    days: list[date] = field(default_factory=list)


def answers_for(batch: Batch, original: Original) -> dict[str, str]:
    """The batch's answers to the questions of one file, by the keys that its reading knows."""
    answers = {}
    for stored in original.found.get("questions", []):
        group = _group(stored)
        if group in batch.answers:
            answers[stored["key"]] = batch.answers[group]
    for new in original.found.get("new", []):
        key = key_of("name", new["name"])
        if batch.answers.get(_spelling(key)):
            answers[key] = batch.answers[_spelling(key)]
    return answers


def new_names(files: Iterable[Original]) -> list[NewName]:
    """The people whom recording the files would enter, each once, in the order of the files."""
    found: dict[str, NewName] = {}
    for original in files:
        for new in original.found.get("new", []):
            person = Person(name=new["name"], initials=new["initials"])
            entry = found.setdefault(naming.fold(person.name), NewName(person))
            if original.on is not None:
                entry.days.append(original.on)
    return list(found.values())


def questions(batch: Batch, files: Sequence[Original], new: Sequence[NewName]) -> list[Asked]:
    """The questions of all files in one list, each once; and whether new names of different files are one person's."""
    found: dict[str, Asked] = {}
    for original in files:
        for stored in original.found.get("questions", []):
            group = _group(stored)
            if group not in found:
                found[group] = Asked(_question(stored, group, batch, new))
            if original.on is not None:
                found[group].days.append(original.on)
    return [*_spellings(batch, new), *found.values()]


def contradicted(files: Sequence[Original]) -> dict[int, list[str]]:
    """What the notes of each file and those of other days, in the batch or recorded, say differently; by file."""
    told = {
        original.pk: contradictions.from_json(original.found["told"]) for original in files if "told" in original.found
    }
    others = [*contradictions.told_by_records(), *told.values()]
    found = {key: contradictions.between(one, others) for key, one in told.items()}
    of_day: dict[date, list[Original]] = {}
    for original in files:
        if original.on is not None:
            of_day.setdefault(original.on, []).append(original)
    for same in of_day.values():
        for original in same[1:]:
            found.setdefault(original.pk, []).append(
                _(
                    "%(name)s gives notes of the same day and is recorded first: where this one says"
                    " something else, it is not recorded. Leave out the one that you do not want."
                )
                % {"name": same[0].name}
            )
    return found


def _group(stored: dict[str, Any]) -> str:
    choices = repr(stored["choices"]).encode()
    return f"{stored['key']}~{sha256(choices).hexdigest()[:8]}"


def _spelling(key: str) -> str:
    return f"{key}~spelling"


def _question(stored: dict[str, Any], group: str, batch: Batch, new: Sequence[NewName]) -> Question:
    """A stored question, with the new people of all files among the likely answers."""
    question = Question(
        key=group,
        subject=stored["subject"],
        message=stored["message"],
        choices=tuple(Choice(value=value, label=label) for value, label in stored["choices"]),
        asks_who=stored["asks_who"],
        new_name=stored["new_name"],
        answer=batch.answers.get(group, ""),
    )
    if not question.asks_who:
        return question
    people = [one.person for one in new]
    if naming.looks_like_initials(question.subject):
        likely = matching.with_initials(question.subject, people)
    else:
        likely = matching.first_named(question.subject, people)
    known = {choice.value for choice in question.choices}
    others = (Choice(value=f"new:{one.name}", label=one.name) for one in likely)
    return replace(question, choices=(*question.choices, *(one for one in others if one.value not in known)))


def _spellings(batch: Batch, new: Sequence[NewName]) -> list[Asked]:
    """Whether a new name is an earlier new one, spelt another way."""
    asked = []
    earlier: dict[str, list[NewName]] = {}  # by the first letter, which two spellings of one name share
    for one in new:
        folded = naming.fold(one.person.name)
        days = set(one.days)
        others = earlier.setdefault(folded[:1], [])
        near = [
            other.person.name
            for other in others
            if matching.alike(folded, naming.fold(other.person.name)) and not days & set(other.days)
        ]
        others.append(one)
        if near:
            key = _spelling(key_of("name", one.person.name))
            question = Question(
                key=key,
                subject=one.person.name,
                message=_("%(name)s: is this %(names)s, spelt another way?")
                % {"name": one.person.name, "names": _(" or ").join(near[:3])},
                choices=(
                    *(Choice(value=f"new:{name}", label=name) for name in near),
                    Choice(
                        value=f"new:{one.person.name}",
                        label=_("No, %(name)s is somebody else") % {"name": one.person.name},
                    ),
                ),
                asks_who=True,
                answer=batch.answers.get(key, ""),
            )
            asked.append(Asked(question, one.days))
    return asked
