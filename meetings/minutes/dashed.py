"""Reads a row of a list whose fields stand between dashes: "Ada Boyle – Head of Counting – Canal Trust"."""

import re

from meetings.minutes.brackets import AT_BODY, add_remark, is_remark, read_beside, tidy_role
from meetings.minutes.name_lists import LAST_BRACKETS
from meetings.minutes.names import Entry

OFFICE_IN_FIELD = re.compile(r"(?<!-)\b(?:secretary|chair)\b", re.IGNORECASE)
POST_OF = re.compile(
    r"(?:(?:deputy|assistant|interim) )?(?:head|director|manager|chair|lead) (?:of|for)\b", re.IGNORECASE
)


def read_dashed(text: str, start: int, end: int) -> Entry:
    """ "Name – post – organisation", or "Name – organisation", with an office in brackets at the end, if any."""
    words = re.sub(r"\s[-–—]\s", " – ", text[start:end])
    remark = LAST_BRACKETS.search(words[-90:])
    bracket = remark.group().strip() if remark and is_office_within(remark.group()) else ""
    if bracket:
        words = words.rstrip().removesuffix(bracket)
    name, *fields = [" ".join(part.split()) for part in words.split(" – ")]
    entry = Entry(start, end, name)
    read_beside(entry, bracket, 0, len(bracket))
    others = []
    for said in fields:
        office = OFFICE_IN_FIELD.search(said)
        if office and len(said.split()) <= 3:
            entry.role = entry.role or tidy_role(office.group())
            entry.organisation = entry.organisation or said[: office.start()].strip()
        elif is_remark(said):
            add_remark(entry, said)
        else:
            others.append(said)
    if len(others) >= 2:
        post, body, *more = others
        entry.notes = [post, *more, *entry.notes]
        entry.organisation = entry.organisation or _body_in(entry, body)
    elif others and not entry.organisation:
        entry.organisation = _body_in(entry, others[0])
    return entry


def is_office_within(words: str) -> bool:
    """Whether a bracket tells of an office: "(as meeting Chair & notetaker)"."""
    return bool(re.search(r"chair|note|secretary|minute", words, re.IGNORECASE))


def _body_in(entry: Entry, words: str) -> str:
    """The body of "Lecturer in Maps at Weirham University / Head of Charts"; the posts are notes."""
    fields = [said for said in words.split(" / ") if said]
    bodies = [said for said in fields if not POST_OF.match(said)] or fields
    at = AT_BODY.search(bodies[0])
    if len(bodies) == len(fields) and not at:
        return words
    entry.notes += [said for said in fields if said not in bodies]
    if at:
        entry.notes.append(bodies[0][: at.start()])
        bodies[0] = bodies[0][at.end() :]
    return " / ".join(bodies)
