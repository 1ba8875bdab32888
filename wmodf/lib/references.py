"""References by which notes and people call records: A37 an action, D12 data used or wanted."""

import re


def number_in(words: str, *, letter: str) -> int | None:
    """The number of a reference, with its letter or without; None for any other words."""
    found = re.fullmatch(rf"{letter}?\s?(\d{{1,9}})", words.strip(), re.ASCII | re.IGNORECASE)
    return int(found[1]) if found else None
