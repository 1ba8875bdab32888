"""Two texts of notes side by side, line by line; a megabyte of them too."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# So many pairs of lines are looked at in one stretch, and in all; what lies beyond is told as one difference.
MOST_IN_STRETCH = 250_000
MOST_IN_ALL = 2_000_000

# The lines that differ: from where to where in the first text, and in the second.
Range = tuple[int, int, int, int]


@dataclass(frozen=True, kw_only=True)
class Block:
    """A run of lines that both texts have, or one in which they differ; either side may have none there.

    `number` counts the differing blocks from 1; it is 0 where both sides are the same. `first` and `second` are the
    lines, `first_line` and `second_line` the numbers of the first of them, counted from 1.
    """

    number: int
    first: tuple[str, ...]
    second: tuple[str, ...]
    first_line: int
    second_line: int

    @property
    def is_same(self) -> bool:
        """Whether both texts say the same here."""
        return self.number == 0


def blocks(first: str, second: str, *, most: int | None = None) -> list[Block]:
    """The two texts as runs of lines in order: put together, either side gives its text whole again.

    With `most`, there are no more differing blocks than that: all from the last one on are told as one.
    """
    before, after = first.split("\n"), second.split("\n")
    found: list[Block] = []
    number = 0
    here, there = 0, 0

    def add(end: int, to: int, *, is_same: bool) -> None:
        nonlocal here, there, number
        if end > here or to > there:
            number += not is_same
            lines = {"first": tuple(before[here:end]), "second": tuple(after[there:to])}
            where = {"first_line": here + 1, "second_line": there + 1}
            found.append(Block(number=0 if is_same else number, **lines, **where))
        here, there = end, to

    for start, end, from_, to in _fewer(_joined(_differing(before, after)), most):
        add(start, from_, is_same=True)
        add(end, to, is_same=False)
    add(len(before), len(after), is_same=True)
    return found


def put_together(found: Sequence[Block], firsts: Mapping[int, bool]) -> str:
    """One text of both: of each differing block the second text's lines, or the first's where `firsts` says so."""
    return "\n".join(line for block in found for line in (block.first if firsts.get(block.number) else block.second))


@dataclass(frozen=True, kw_only=True)
class Folded:
    """A run of lines that both texts have, without its middle: `left_out` lines between `head` and `tail`."""

    head: tuple[str, ...]
    tail: tuple[str, ...]
    left_out: int


def folded(block: Block, *, around: int = 3, is_first: bool = False, is_last: bool = False) -> Folded:
    """A block without what is far from any difference; nothing is far before the first, or after the last, one."""
    lines = block.first
    before, after = 0 if is_first else around, 0 if is_last else around
    if len(lines) <= before + after + 1:  # to say that one line is left out takes a line too
        return Folded(head=lines, tail=(), left_out=0)
    tail = lines[len(lines) - after :]
    return Folded(head=lines[:before], tail=tail, left_out=len(lines) - before - after)


def _differing(before: list[str], after: list[str]) -> Iterator[Range]:
    """Where the texts differ, in order.

    Python's own comparison takes forever where many lines are much alike. So first the lines that stand once in either
    text are laid side by side, and it compares only what lies between them.
    """
    start = 0
    shorter = min(len(before), len(after))
    while start < shorter and before[start] == after[start]:
        start += 1
    same = 0
    while same < shorter - start and before[-1 - same] == after[-1 - same]:
        same += 1
    ends = (len(before) - same, len(after) - same)
    here, there = start, start
    left = MOST_IN_ALL
    for one, other in [*_anchors(before, after, start, *ends), ends]:
        size = (one - here) * (other - there)
        if size and size <= min(MOST_IN_STRETCH, left):
            left -= size
            matcher = SequenceMatcher(a=before[here:one], b=after[there:other], autojunk=False)
            for tag, start_, end, from_, to in matcher.get_opcodes():
                if tag != "equal":
                    yield here + start_, here + end, there + from_, there + to
        elif one > here or other > there:
            yield here, one, there, other
        here, there = one + 1, other + 1


def _anchors(before: list[str], after: list[str], start: int, end: int, to: int) -> list[tuple[int, int]]:
    """The most pairs of equal lines, in order in both texts, of those that stand once in either (a patience diff)."""
    times, times_after = Counter(before[start:end]), Counter(after[start:to])
    places = {line: place for place, line in enumerate(after[start:to], start) if times_after[line] == 1}
    pairs = [
        (place, places[line])
        for place, line in enumerate(before[start:end], start)
        if times[line] == 1 and line in places
    ]
    # The longest run of rising places in the second text.
    tops: list[int] = []
    indexes: list[int] = []
    former: list[int] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect_left(tops, place)
        former.append(indexes[length - 1] if length else -1)
        tops[length : length + 1] = [place]
        indexes[length : length + 1] = [index]
    found = []
    index = indexes[-1] if indexes else -1
    while index >= 0:
        found.append(pairs[index])
        index = former[index]
    return found[::-1]


def _joined(ranges: Iterator[Range]) -> list[Range]:
    """Neighbouring ranges as one."""
    found: list[Range] = []
    for range_ in ranges:
        if found and (found[-1][1], found[-1][3]) == (range_[0], range_[2]):
            range_ = (found[-1][0], range_[1], found.pop()[2], range_[3])  # noqa: PLW2901 (it takes the other's place)
        found.append(range_)
    return found


def _fewer(ranges: list[Range], most: int | None) -> list[Range]:
    """No more than `most` ranges: the last of them reaches to the end of all."""
    if most is None or len(ranges) <= most:
        return ranges
    first, last = ranges[most - 1], ranges[-1]
    return [*ranges[: most - 1], (first[0], last[1], first[2], last[3])]
