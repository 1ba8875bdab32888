"""How one text sets its headings, seen over all its rows: "1 Welcome", "Welcome: …", "- Welcome", "Welcome / …"."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from meetings.minutes import promises
from meetings.minutes.decisions import NOTES_ITEM
from meetings.minutes.headings import SPEAKER, Heading, is_sentence, is_standing, is_title, is_title_case
from meetings.minutes.names import People
from meetings.minutes.rows import Row

BARE_NUMBER = re.compile(r"(?P<number>\d{1,2})\s+(?=[A-Z])")
LABEL_COLON = re.compile(r"(?P<title>[A-Z][^:.;?!\n]{2,70}?)\s?[:;]")
STROKE = re.compile(r"(?P<title>[A-Z][^/\n.:;]{2,60}?)\s/\s(?=[A-Z])")
NO_TITLE = re.compile(
    r"(?:actions?|action by|used|wants|present|apologies|decision|resolved|agreed|note|nb|attendance"
    r"|attendees|date|time"
    r"|venue|place|in attendance|discussion included|chair|secretary|minutes by|proposed|seconded|tel|e-?mail)\b",
    re.IGNORECASE,
)
# So many rows of one shape make it how these notes set their headings.
A_FEW = 3


@dataclass
class Shapes:
    """The rows, by their index, that are or begin with a heading by what the other rows look like."""

    numbered: dict[int, Heading] = field(default_factory=dict)
    labelled: set[int] = field(default_factory=set)
    dashed: set[int] = field(default_factory=set)
    before_stroke: dict[int, Heading] = field(default_factory=dict)


@dataclass
class Survey:
    """One look over the rows of a text below its lists of names."""

    text: str
    rows: list[Row]
    people: People
    front_end: int

    def shapes(self) -> Shapes:
        """What the rows have in common."""
        return Shapes(self._numbered(), self._labelled(), self._dashed(), self._before_stroke())

    def _body(self) -> list[tuple[int, Row]]:
        return [(index, row) for index, row in enumerate(self.rows) if index > self.front_end]

    def _numbered(self) -> dict[int, Heading]:
        """ "3 Boats", "3 Boats: fourteen": numbers without a stop, if a few of them count upwards."""
        found_all: list[tuple[int, int, Heading]] = []
        for index, row in self._body():
            number = BARE_NUMBER.match(self.text, row.start, row.end)
            if not number:
                continue
            stop = number.end() + len(self.text[number.end() : row.breaks[0][1]].rstrip(" ."))
            label = LABEL_COLON.match(self.text, number.end(), stop)
            if label and is_title(self.text, number.end(), label.end("title")):
                heading = Heading(number.end(), label.end("title"), label.end(), number["number"], row.start)
            elif is_title(self.text, number.end(), stop):
                heading = Heading(number.end(), stop, row.breaks[0][1], number["number"], row.start)
            else:
                continue
            found_all.append((index, int(number["number"]), heading))
        follow = {later[0]: later[2] for before, later in pairwise(found_all) if later[1] == before[1] + 1}
        if len(follow) + 1 < A_FEW:
            return {}
        first = found_all[0]
        return follow | ({first[0]: first[2]} if first[1] < A_FEW else {})

    def _labelled(self) -> set[int]:
        """Titles with a colon: alone in their rows, or else before the text."""
        alone: set[int] = set()
        before_text: set[int] = set()
        standing: set[int] = set()
        loose: set[int] = set()
        short: set[int] = set()
        for index, row in self._body():
            label = None if row.is_bullet else self._title_label(row)
            if not label:
                continue
            is_alone = label.end() >= row.breaks[0][1] and index + 1 < len(self.rows)
            if is_standing(self.text, *label.span("title")) or NOTES_ITEM.search(label["title"]):
                standing.add(index)
            elif not is_title_case(label["title"].split()):
                is_short = len(label["title"].split()) < A_FEW
                if row.blank_before and (is_alone or is_short):
                    (loose if is_alone else short).add(index)
                continue
            (alone if is_alone else before_text).add(index)
        if len(alone) > 1 and len(standing & alone) >= len(standing & before_text):
            return alone | standing | (loose if standing & alone or len(alone) >= A_FEW else set())
        labelled = alone | before_text
        return labelled | short if len(labelled) >= A_FEW and standing else set()

    def _title_label(self, row: Row) -> re.Match[str] | None:
        label = LABEL_COLON.match(self.text, row.start, min(row.end, row.start + 80))
        if not label or NO_TITLE.match(label["title"]) or SPEAKER.match(self.text, row.start, row.end):
            return None
        is_person = self.people.has(label["title"]) or promises.subject_of(f"{label['title']} ", self.people)
        if len(label["title"].split()) > 7 or is_person or is_sentence(self.text, row.start, label.end("title")):
            return None
        return label

    def _dashed(self) -> set[int]:
        """ "- Matters arising", then its text without a dash: bullets that stand for numbers."""
        dashed: set[int] = set()
        standing = 0
        for index, row in self._body()[:-1]:
            if not row.is_bullet or self.rows[index + 1].is_bullet or row.breaks[0][1] < row.end:
                continue
            words = self.text[row.start : row.end].split()
            if not words[0][0].isupper() or len(words) > 16 or words[-1][-1] in ".,;:?!":
                continue
            if is_sentence(self.text, row.start, row.end) or promises.subject_of(" ".join(words) + " ", self.people):
                continue
            dashed.add(index)
            standing += is_standing(self.text, row.start, row.end) or bool(NOTES_ITEM.match(" ".join(words)))
        return dashed if standing and len(dashed) >= A_FEW else set()

    def _before_stroke(self) -> dict[int, Heading]:
        """ "Boats / AB said that there were fourteen": a table's first two cells."""
        found_all: dict[int, Heading] = {}
        for index, row in self._body():
            found = None if row.is_bullet else STROKE.match(self.text, row.start, row.end)
            if not found or self.people.has(found["title"]) or not is_sentence(self.text, found.end(), row.end):
                continue
            if is_title_case(found["title"].split()) and is_title(self.text, *found.span("title")):
                found_all[index] = Heading(row.start, found.end("title"), found.end())
        return found_all if len(found_all) > 1 else {}
