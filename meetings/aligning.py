"""Which line of the notes as they are now is which line of the notes as recorded before. No writing."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from meetings.minutes.structure import ItemDoc, Kind, Line
from meetings.models import Item, MinuteLine
from members.naming import fold

NEAR = 0.75  # a line whose words changed by less than a quarter is the same line, changed
MOST_PAIRS = 40_000  # past that the notes were replaced, not changed: comparing all with all would take minutes
RECORD_KINDS = {Kind.ACTION, Kind.REVIEW, Kind.USED, Kind.WANTS, Kind.NEXT_MEETING, Kind.AGREED}


def align_items(docs: Sequence[ItemDoc], items: Sequence[Item]) -> list[Item | None]:
    """For each item read, the row it was before: by equal heading in order, else by a near one."""
    free = list(items)
    found: list[Item | None] = [None] * len(docs)
    for place, doc in enumerate(docs):
        found[place] = next((item for item in free if fold(item.title) == fold(doc.title[:300])), None)
        if found[place] is not None:
            free.remove(found[place])
    for place, doc in enumerate(docs):
        if found[place] is None:
            near = [item for item in free if _likeness(item.title, doc.title) >= NEAR]
            if len(near) == 1:
                found[place] = near[0]
                free.remove(near[0])
    return found


def align_lines(
    read: Sequence[tuple[Item | None, Line]], rows: Sequence[MinuteLine]
) -> tuple[list[MinuteLine | None], list[MinuteLine]]:
    """For each line read (with the row of its item), the row it was before; and the rows that are in no line any more.

    By reference first, then by equal text in the same item and order, then by equal text of one kind anywhere, then
    by one near match of one kind. Where two are near it could be either, and neither is taken.
    """
    found: list[MinuteLine | None] = [None] * len(read)
    free = {row.pk: row for row in rows}
    references: dict[tuple[str, str], list[MinuteLine]] = {}
    for row in rows:
        references.setdefault((_group(row.kind), _reference(row)), []).append(row)
    for place, (_, line) in enumerate(read):
        same = references.get((_group(line.kind), line.reference), []) if line.reference else []
        if same:
            row = next((one for one in same if one.text == line.text), same[0])
            same.remove(row)
            found[place] = free.pop(row.pk)
    for in_item in (True, False):
        waiting: dict[tuple, list[MinuteLine]] = {}
        for row in free.values():
            waiting.setdefault((row.item_id if in_item else None, row.kind, row.text), []).append(row)
        for place, item, line in _open_places(read, found):
            same = waiting.get((item if in_item else None, line.kind.value, line.text))
            if same:
                found[place] = free.pop(same.pop(0).pk)
    _align_near(read, found, free)
    _align_the_only_next_meeting(read, found, free)
    return found, list(free.values())


def _align_near(
    read: Sequence[tuple[Item | None, Line]], found: list[MinuteLine | None], free: dict[int, MinuteLine]
) -> None:
    places = list(_open_places(read, found))
    if len(places) * len(free) > MOST_PAIRS:
        return
    for place, item, line in places:
        if line.reference:
            continue  # it says which record it is, and that was another
        near = [
            row
            for row in free.values()
            if row.kind == line.kind
            and (row.item_id == item or line.kind in RECORD_KINDS)
            and _likeness(row.text, line.text) >= NEAR
        ]
        if len(near) == 1:
            found[place] = free.pop(near[0].pk)


def _align_the_only_next_meeting(
    read: Sequence[tuple[Item | None, Line]], found: list[MinuteLine | None], free: dict[int, MinuteLine]
) -> None:
    """One next meeting instead of one other: date, time and host often change together, so words are no guide."""
    places = [place for place, _, line in _open_places(read, found) if line.kind == Kind.NEXT_MEETING]
    rows = [row for row in free.values() if row.kind == Kind.NEXT_MEETING]
    if len(places) == len(rows) == 1:
        found[places[0]] = free.pop(rows[0].pk)


def _open_places(
    read: Sequence[tuple[Item | None, Line]], found: Sequence[MinuteLine | None]
) -> Iterator[tuple[int, int | None, Line]]:
    """Place, key of the item, and line, for the lines that have no row yet."""
    for place, (item, line) in enumerate(read):
        if found[place] is None:
            yield place, item.pk if item else None, line


def _group(kind: str) -> str:
    """Data used may turn out to be data wanted and keeps its reference; an action and its review are two lines."""
    return "data" if kind in {Kind.USED, Kind.WANTS} else str(kind)


def _reference(row: MinuteLine) -> str:
    if row.action is not None:
        return row.action.reference
    return row.entry.reference if row.entry is not None else ""


def _likeness(one: str, other: str) -> float:
    """From 0 to 1; long texts are compared by their words, so that two long lines cost little."""
    first, second = (one, other) if max(len(one), len(other)) < 200 else (one.split(), other.split())
    if not first or not second or min(len(first), len(second)) * 2 < max(len(first), len(second)):
        return 0.0
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= NEAR else 0.0
