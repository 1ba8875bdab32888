"""What differs between two texts of notes, with a few lines around each difference."""

from dataclasses import dataclass

from meetings.drafts.comparing import blocks, folded

AROUND = 3  # lines shown before and after a difference


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A run of lines: the same in both texts, or a difference, or so many lines that are the same and not shown.

    `number` counts the differences from 1. Lines come with their numbers: those taken out, or the same, by the first
    text, those put in by the second.
    """

    number: int = 0
    same: tuple[tuple[int, str], ...] = ()
    taken_out: tuple[tuple[int, str], ...] = ()
    put_in: tuple[tuple[int, str], ...] = ()
    folded: int = 0


def differences(first: str, second: str, *, around: int = AROUND) -> list[Stretch]:
    """The stretches of two texts in order; one folded stretch where they are the same."""
    found = blocks(first, second)
    stretches: list[Stretch] = []
    for place, block in enumerate(found):
        if block.is_same:
            same = folded(block, around=around, is_first=place == 0, is_last=place == len(found) - 1)
            start = block.first_line
            shown = [
                Stretch(same=tuple(enumerate(same.head, start=start))),
                Stretch(folded=same.left_out),
                Stretch(same=tuple(enumerate(same.tail, start=start + len(same.head) + same.left_out))),
            ]
            stretches += [stretch for stretch in shown if stretch.same or stretch.folded]
        else:
            taken_out = tuple(enumerate(block.first, start=block.first_line))
            put_in = tuple(enumerate(block.second, start=block.second_line))
            stretches.append(Stretch(number=block.number, taken_out=taken_out, put_in=put_in))
    return stretches
