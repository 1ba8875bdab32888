"""References by which notes and people call records: A37 an action, D12 data used or wanted."""

import re


def number_in(words: str, *, letter: str) -> int | None:
    """The number of a reference, with its letter or without; None for any other words."""
    found = re.fullmatch(rf"{letter}?\s?(\d{{1,9}})", words.strip(), re.ASCII | re.IGNORECASE)
    return int(found[1]) if found else None


class ReferenceConverter:
    """A reference in an address, given to views as its number: at most nine digits, the first of them no zero.

    Addresses use the converters by the names that `wmodf.lib.apps` gives them: `<action:number>`, `<entry:number>`.
    """

    letter: str
    regex: str

    def __init_subclass__(cls, *, letter: str) -> None:
        cls.letter, cls.regex = letter, rf"{letter}[1-9][0-9]{{0,8}}"

    def to_python(self, value: str) -> int:
        """The number: "A37" is 37."""
        return int(value.removeprefix(self.letter))

    def to_url(self, value: int) -> str:
        """The reference: 37 is "A37"."""
        return f"{self.letter}{value}"


class ActionConverter(ReferenceConverter, letter="A"):
    """A37."""


class EntryConverter(ReferenceConverter, letter="D"):
    """D12."""


class RecordConverter(ReferenceConverter, letter=""):
    """The key of a record that people have no reference for: a person, an organisation, a dataset."""
