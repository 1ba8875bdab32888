"""What a reading could not be sure of, before it becomes a problem for the secretary."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from meetings.minutes.names import INITIALS_TEXT, People, fold_initials

# "ALL" is nobody's initials.
IS_INITIALS = re.compile(rf"(?!ALL$){INITIALS_TEXT}(?<=[A-Z])")


@dataclass
class Doubt:
    """A problem to be, at a position of the text as read."""

    at: int
    text: str
    message: str
    code: str = "other"
    subject: str = ""
    choices: tuple[str, ...] = ()


def ask_initials(owned: Iterable[tuple[int, str, tuple[str, ...]]], people: People) -> list[Doubt]:
    """Initials of owners and speakers that nobody in the lists has, or that two have; each is asked once.

    ``owned`` gives for each line where it stands, its words, and those whom it names.
    """
    asked: set[str] = set()
    doubts = []
    for at, words, named in owned:
        for initials in named:
            form = fold_initials(initials)
            if form in asked or not IS_INITIALS.fullmatch(initials):
                continue
            asked.add(form)
            found = people.with_initials(initials)
            if not found:
                message = f"{initials}: nobody at this meeting has these initials: who is it?"
                doubts.append(Doubt(at, words, message, "initials", initials))
            elif len(found) > 1:
                message = f"{initials}: {' and '.join(found)} both have these initials: who is it?"
                doubts.append(Doubt(at, words, message, "same-initials", initials, tuple(found)))
    return doubts
