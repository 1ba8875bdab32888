"""Lists of names written anew within notes as they stand, changing no other line.

What was written is read again before it is given back: where the lists would not say just these people, or anything
else in the notes would be read differently, another way of writing them is tried, and at last none.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from meetings.minutes import reader, strict
from meetings.minutes.documents.layouts import LISTS, name_of
from meetings.minutes.structure import Attendee, MinutesDoc, Presence, Span, Stretch
from meetings.minutes.text import LISTS as OWN_LISTS
from meetings.minutes.text import written_attendee

STRETCHES = {Presence(stretch.value): stretch for stretch in (Stretch.ATTENDED, Stretch.GUESTS, Stretch.APOLOGIES)}
FRONT = {Stretch.TITLE, Stretch.DATE, Stretch.PLACE}
NO_WORDS = {Stretch.LABEL, Stretch.LEFT_OUT, Stretch.PROBLEM}


def put_lists(text: str, attendees: Sequence[Attendee], *, year_from: date | None = None) -> str | None:
    """The notes with these people in their lists, each list in the order given; None where there is no safe way."""
    doc = reader.read(text, year_from=year_from)
    if _same_lists(doc.attendees, attendees):
        return text
    notes = _Notes(text, doc)
    second_best = None
    for way in dict.fromkeys(notes.ways(attendees)):
        found = reader.read(way, year_from=year_from)
        if way == text or not _same_business(found, doc):
            continue
        if _same_lists(found.attendees, attendees):
            return way
        if second_best is None and _same_names(found.attendees, attendees):
            second_best = way
    return second_best


def _same_lists(ours: Iterable[Attendee], theirs: Iterable[Attendee]) -> bool:
    return _by_list(ours) == _by_list(theirs)


def _same_names(ours: Iterable[Attendee], theirs: Iterable[Attendee]) -> bool:
    """The same people in the same lists, whatever stands beside them."""
    return [[one.name for one in listed] for listed in _by_list(ours)] == [
        [one.name for one in listed] for listed in _by_list(theirs)
    ]


def _by_list(attendees: Iterable[Attendee]) -> list[list[Attendee]]:
    everyone = list(attendees)
    return [[one for one in everyone if one.presence == presence] for presence in Presence]


def _same_business(one: MinutesDoc, other: MinutesDoc) -> bool:
    """Whether all but the lists is read alike; owners' initials are the secretary's to ask about again."""
    return (one.title, one.on, one.starts, one.ends, one.place, one.opening, one.items) == (
        other.title,
        other.on,
        other.starts,
        other.ends,
        other.place,
        other.opening,
        other.items,
    )


@dataclass
class _List:
    """One list as it stands: the lines it has to itself, its label, what stands before each name."""

    lines: list[int]
    label: str
    bullet: str
    is_one_each_line: bool
    is_shared: bool  # a line of it holds something else too


@dataclass
class _Notes:
    """Notes whose lists are to be written anew. Lines count from 1."""

    text: str
    doc: MinutesDoc
    lists: dict[Presence, _List] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lines = self.text.split("\n")
        self.on_line: dict[int, list[Span]] = {}
        for span in self.doc.spans:
            self.on_line.setdefault(span.line, []).append(span)
        for presence in Presence:
            if found := self._list(presence):
                self.lists[presence] = found

    def ways(self, attendees: Sequence[Attendee]) -> Iterator[str]:
        """The ways to write these lists, that which changes least first."""
        if strict.is_strict(self.text):
            yield self._all_anew(attendees, style="own")
            return
        yield self._each_in_place(attendees, is_adding=True)
        yield self._each_in_place(attendees)
        usual = next(iter(self.lists.values()), None)
        first = "each" if usual is None or usual.is_one_each_line else "row"
        for style in (first, "row" if first == "each" else "each", "house"):
            yield self._all_anew(attendees, style=style)

    # --- what stands there ------------------------------------------------------------------------------------------

    def _list(self, presence: Presence) -> _List | None:
        stretch = STRETCHES[presence]
        named = [number for number, spans in self.on_line.items() if any(one.kind == stretch for one in spans)]
        if not named:
            return None
        first = min(named)
        starts = [one for one in self.on_line[first] if one.kind == stretch][:1]
        before = self.lines[first - 1][: starts[0].start]
        labels = [one for one in self.on_line[first] if one.kind == Stretch.LABEL and one.end <= starts[0].start]
        lines = sorted(named)
        label, bullet = before.rstrip(), ""
        is_one_each_line = not labels
        if not labels:
            bullet, label = before, ""
            above = self._last_written_above(first)
            if above and all(one.kind in NO_WORDS for one in self.on_line.get(above, [])) and self.on_line.get(above):
                label = self.lines[above - 1]
                lines.insert(0, above)
        others = {stretch} | NO_WORDS
        is_shared = any(one.kind not in others for number in lines for one in self.on_line[number])
        return _List(lines=lines, label=label, bullet=bullet, is_one_each_line=is_one_each_line, is_shared=is_shared)

    def _last_written_above(self, number: int) -> int:
        return next((one for one in range(number - 1, 0, -1) if self.lines[one - 1].strip()), 0)

    # --- how it may be written --------------------------------------------------------------------------------------

    def _each_in_place(self, attendees: Sequence[Attendee], *, is_adding: bool = False) -> str:
        """Only lists that changed, each where it stands; a new one behind the one before it.

        With `is_adding` what stands there is left as it is where names only come behind it.
        """
        put: dict[int, list[str]] = {}  # before the line with this number
        gone: set[int] = set()
        last = 0
        for presence in Presence:
            wanted = [one for one in attendees if one.presence == presence]
            there = self.lists.get(presence)
            if there and wanted == self.doc.listed(presence):
                last = max(last, there.lines[-1])
                continue
            listed = self.doc.listed(presence)
            if there and is_adding and wanted[: len(listed)] == listed:
                last = max(last, there.lines[-1])
                self._add(there, wanted[len(listed) :], put, gone)
            elif there:
                if there.is_shared:
                    return self.text  # another way
                gone.update(there.lines)
                if wanted:
                    put.setdefault(there.lines[0], []).extend(self._rows(presence, wanted, there))
                elif there.lines[0] > 1 and not self.lines[there.lines[0] - 2].strip():
                    gone.add(there.lines[0] - 1)  # the blank line above what is gone
                last = max(last, there.lines[-1])
            elif wanted:
                model = next(iter(self.lists.values()), None)
                place = last or (min(model.lines) - 1 if model else self._front())
                rows = self._rows(presence, wanted, model and replace(model, label=""))
                is_spaced = model is None or model.is_one_each_line
                above = [""] if is_spaced and place and self.lines[place - 1].strip() else []
                below = [""] if is_spaced and place < len(self.lines) and self.lines[place].strip() else []
                put.setdefault(place + 1, []).extend([*above, *rows, *below])
        return self._with(put, gone)

    def _add(self, there: _List, more: Sequence[Attendee], put: dict[int, list[str]], gone: set[int]) -> None:
        """Names behind those of a list."""
        last = there.lines[-1]
        if there.is_one_each_line:
            put.setdefault(last + 1, []).extend(f"{there.bullet}{name_of(one)}" for one in more)
            return
        words = self.lines[last - 1].rstrip()
        stop = "." if words.endswith(".") else ""
        names = ", ".join(str(name_of(one)) for one in more)
        put.setdefault(last, []).append(f"{words.removesuffix('.').rstrip(',')}, {names}{stop}")
        gone.add(last)

    def _all_anew(self, attendees: Sequence[Attendee], *, style: str) -> str:
        """All lists in the place of the first."""
        gone = {number for one in self.lists.values() if not one.is_shared for number in one.lines}
        blocks: list[list[str]] = []
        for presence in Presence:
            wanted = [one for one in attendees if one.presence == presence]
            if not wanted:
                continue
            there = self.lists.get(presence)
            label = there.label if there and style != "house" else ""
            bullet = there.bullet if there and there.is_one_each_line and style != "house" else "- "
            model = _List([], label, bullet, is_one_each_line=style in {"each", "house"}, is_shared=False)
            if style == "own":
                blocks.append([OWN_LISTS[presence], *map(written_attendee, wanted)])
            else:
                blocks.append(self._rows(presence, wanted, model))
        place = min(gone) if gone else self._front() + 1
        if gone:
            gone |= {number for number in range(place, max(gone)) if not self.lines[number - 1].strip()}
        rows: list[str] = []
        for block in blocks:
            rows += [""] if rows and style != "row" else []
            rows += block
        if not self.lists and rows:
            above = [""] if place > 1 and self.lines[place - 2].strip() else []
            below = [""] if place <= len(self.lines) and self.lines[place - 1].strip() else []
            rows = [*above, *rows, *below]
        return self._with({place: rows}, gone)

    def _front(self) -> int:
        """The last line of what stands at the top: title, date, place; 0 where there is none of it."""
        last = 0
        for number in sorted(self.on_line):
            kinds = {span.kind for span in self.on_line[number]}
            if not kinds <= FRONT | NO_WORDS:
                break
            if kinds & FRONT:
                last = number
        return last

    def _rows(self, presence: Presence, wanted: Sequence[Attendee], model: _List | None) -> list[str]:
        label = model.label if model and model.label else f"{LISTS[presence]}:"
        if model is None or model.is_one_each_line:
            bullet = model.bullet if model else "- "
            return [label, *(f"{bullet}{name_of(one)}" for one in wanted)]
        return [f"{label} {', '.join(str(name_of(one)) for one in wanted)}"]

    def _with(self, put: dict[int, list[str]], gone: set[int]) -> str:
        rows: list[str] = []
        for number, line in enumerate([*self.lines, None], start=1):
            rows += put.get(number, [])
            if line is not None and number not in gone:
                rows.append(line)
        return "\n".join(rows)
