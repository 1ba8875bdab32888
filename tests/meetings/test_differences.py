"""meetings.drafts.differences: what differs, with a few lines around it."""

from hypothesis import given
from hypothesis import strategies as st

from meetings.drafts.differences import Stretch, differences

LINES = [f"line {number}" for number in range(1, 21)]


def test_what_is_the_same_is_folded_but_for_a_few_lines():
    second = [*LINES]
    second[9] = "changed"
    assert differences("\n".join(LINES), "\n".join(second)) == [
        Stretch(folded=6),
        Stretch(same=((7, "line 7"), (8, "line 8"), (9, "line 9"))),
        Stretch(number=1, taken_out=((10, "line 10"),), put_in=((10, "changed"),)),
        Stretch(same=((11, "line 11"), (12, "line 12"), (13, "line 13"))),
        Stretch(folded=7),
    ]


def test_lines_are_numbered_by_their_own_text():
    assert differences("a\nb\nc", "new\na\nc") == [
        Stretch(number=1, put_in=((1, "new"),)),
        Stretch(same=((1, "a"),)),
        Stretch(number=2, taken_out=((2, "b"),)),
        Stretch(same=((3, "c"),)),
    ]


def test_one_line_is_shown_rather_than_counted():
    first = ["out", *LINES[:7], "out"]
    assert [one.folded for one in differences("\n".join(first), "\n".join(LINES[:7]))] == [0, 0, 0]
    first = ["out", *LINES[:8], "out"]
    assert [one.folded for one in differences("\n".join(first), "\n".join(LINES[:8]))] == [0, 0, 2, 0, 0]


def test_the_same_text_is_one_folded_stretch():
    assert differences("a\nb", "a\nb") == [Stretch(folded=2)]


texts = st.lists(st.sampled_from(["a", "b", "c", "", "d"]), max_size=40).map("\n".join)


@given(first=texts, second=texts)
def test_no_difference_is_left_out(first, second):
    found = differences(first, second)
    shown = sum(len(one.same) + one.folded for one in found)
    assert sum(len(one.taken_out) for one in found) + shown == len(first.split("\n"))
    assert sum(len(one.put_in) for one in found) + shown == len(second.split("\n"))
    assert any(one.number for one in found) == (first != second)
    for one in found:
        for number, line in (*one.taken_out, *one.same):
            assert first.split("\n")[number - 1] == line
        for number, line in one.put_in:
            assert second.split("\n")[number - 1] == line
