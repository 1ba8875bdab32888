"""Rows that can only be somebody's place in a list: a name with something in brackets or behind a dash beside it."""

import re

from meetings.minutes.headings import STANDING, VERBS
from meetings.minutes.names import NAME, is_person, looks_like_name
from meetings.minutes.rows import Row
from meetings.minutes.source import tidy

# Longer than what a list says of one person.
LONGEST_ENTRY = 400
MOST_WORDS = 24
INITIALS_BESIDE = re.compile(r"[(\[][A-Z]{2,3}[)\]]")
# "Ada Boyle – to write" is an action.
PROMISES = re.compile(r"(?:to|will|would|is|was|has|had|agreed|said|asked|reported)\b", re.IGNORECASE)
DASH = re.compile(r"\s[-–—]\s")


def is_told_of(text: str, row: Row) -> bool:
    """Whether a row names somebody and says where they come from or what they are."""
    return is_dashed(text, row) or is_bracketed(text, row)


def is_bare_name(text: str, row: Row) -> bool:
    """Whether a row is a first name and surname, and nothing else."""
    words = tidy(text[row.start : min(row.end, row.start + LONGEST_ENTRY)])
    return looks_like_name(words) and is_person(words) and not STANDING.fullmatch(words)


def is_bracketed(text: str, row: Row) -> bool:
    """ "Ada Boyle (Canal Trust)", "Ada (AB) – Chair"."""
    found = NAME.match(text, row.start, row.end)
    name = tidy(found.group()) if found else ""
    words = text[found.end() : min(row.end, row.start + LONGEST_ENTRY)].split() if found else []
    if not words or words[0][0] not in "([" or not is_person(name):
        return False
    if not looks_like_name(name) and not INITIALS_BESIDE.fullmatch(words[0]):
        return False
    return len(words) <= MOST_WORDS and not any(word.strip(".,;") in VERBS for word in words)


def is_dashed(text: str, row: Row) -> bool:
    """ "Ada Boyle – Head of Counting – Canal Trust"."""
    words = text[row.start : min(row.end, row.start + LONGEST_ENTRY)]
    dash = DASH.search(words)
    name = tidy(words[: dash.start()]) if dash else ""
    if not dash or not looks_like_name(name) or not is_person(name):
        return False
    rest = words[dash.end() :]
    return not rest.endswith(".") and not PROMISES.match(rest) and len(rest.split()) <= MOST_WORDS
