"""Two texts side by side."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.drafts.comparing import blocks, folded, put_together
from tests.timing import assert_linear

TEXTS = st.lists(st.sampled_from(["Present: AB", "", "1. Updates", "AB to ask", "Close"]), max_size=12).map("\n".join)


def test_it_tells_what_both_say_from_where_they_differ():
    found = blocks("Present: AB\nAB to ask\nClose", "Present: AB\nAB to write\nand to ring\nClose")

    assert [(block.number, block.first, block.second) for block in found] == [
        (0, ("Present: AB",), ("Present: AB",)),
        (1, ("AB to ask",), ("AB to write", "and to ring")),
        (0, ("Close",), ("Close",)),
    ]
    assert [(block.first_line, block.second_line) for block in found] == [(1, 1), (2, 2), (3, 4)]


@given(TEXTS, TEXTS, st.sampled_from([None, 1, 2]))
def test_either_side_gives_its_text_whole_again(first, second, most):
    found = blocks(first, second, most=most)

    assert "\n".join(line for block in found for line in block.first) == first
    assert "\n".join(line for block in found for line in block.second) == second
    assert all(block.first == block.second for block in found if block.is_same)
    numbers = [block.number for block in found if not block.is_same]
    assert numbers == list(range(1, len(numbers) + 1))
    assert most is None or len(numbers) <= most
    assert put_together(found, {}) == second
    assert put_together(found, dict.fromkeys(numbers, True)) == first


def test_one_text_is_put_together_of_both():
    found = blocks("One\nTwo\nThree", "1\nTwo\n3")
    assert put_together(found, {2: True}) == "1\nTwo\nThree"


def test_beyond_the_most_differences_all_is_one():
    found = blocks("a\nx\nb\nx\nc\nend", "1\nx\n2\nx\n3\nend", most=2)
    assert [block.number for block in found] == [1, 0, 2, 0]
    assert found[2].second == ("2", "x", "3")


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, ("123", "678", 2)),
        ({"is_first": True}, ("", "678", 5)),
        ({"is_last": True}, ("123", "", 5)),
        ({"around": 4}, ("12345678", "", 0)),
    ],
)
def test_what_is_far_from_a_difference_is_folded(where, expected):
    (block,) = blocks("\n".join("12345678"), "\n".join("12345678"))
    found = folded(block, **where)
    assert ("".join(found.head), "".join(found.tail), found.left_out) == expected


UNIQUE = [f"Line {number} of the notes, which says something." for number in range(20_000)]
ALIKE = [f"AB said the walk was long, {number % 150}." for number in range(33_000)]
CHANCE = random.Random(1)  # noqa: S311 (no secret: the same at every run)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (UNIQUE, [line.upper() if number % 2 else line for number, line in enumerate(UNIQUE)]),
        (UNIQUE, CHANCE.sample(UNIQUE, len(UNIQUE))),
        (ALIKE, CHANCE.sample(ALIKE, len(ALIKE))),
        (["a", "b"] * 250_000, ["b", "a", "c"] * 160_000),
        ([""] * 1_000_000, ["a", *[""] * 999_990, "b"]),
        ([f"{n % 2}" for n in range(500)], CHANCE.choices("01", k=500)),
    ],
    ids=["every other line", "shuffled", "alike and shuffled", "three words", "empty lines", "two words"],
)
def test_a_megabyte_takes_linear_time(first, second):
    assert_linear(lambda size: blocks("\n".join(first[:size]), "\n".join(second[:size])), len(first) // 10)
    first, second = "\n".join(first), "\n".join(second)
    assert put_together(blocks(first, second), {}) == second
