"""members.guesses: words that may mean somebody who withholds their name."""

import pytest

from members.guesses import Guesses
from members.naming import Discretion, Withheld

pytestmark = pytest.mark.without_database

NORA = Withheld(person_id=1, names=("Nora Bramwell-Hay", "Ruby Tuesday"), initials=("NBH", "NB"), shown="a member")
OTHERS = ("Nora Ash", "Bo Cole")


def found(text, person=NORA):
    return [words for _, words in Guesses(Discretion((person,), others=OTHERS)).found(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nora will ask.", ["Nora"]),
        ("NORA asked; then Bramwell did.", ["NORA", "Bramwell"]),
        ("Thanks to Nora’s team and to Nora's dog", ["Nora", "Nora"]),
        ("Nora Bramwel-Hay spoke", ["Nora Bramwel-Hay"]),
        ("Ms N. Bramwell spoke", ["N. Bramwell"]),
        ("Dr Bramwel spoke, Nora B. answered", ["Dr Bramwel", "Nora B."]),
        ("Nor and Ruby", ["Nor", "Ruby"]),
        ("NB and N.B.H to ask", ["NB", "N.B.H"]),
    ],
)
def test_it_finds_what_may_mean_the_person(text, words):
    assert found(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "Nora Ash will ask",
        "nora and the brambles",
        "Not now; None; North; Ash, Bo Cole",
        "a member spoke",
        "NBHX, SNB",
        "",
    ],
)
def test_it_leaves_other_words_alone(text):
    assert found(text) == []


def test_it_leaves_initials_alone_where_the_person_is_shown_by_them():
    shown = Withheld(person_id=1, names=("Nora Bramwell",), initials=("NB",), shown="NB")
    assert found("NB and Nora", shown) == ["Nora"]


def test_common_words_are_no_short_names():
    theresa = Withheld(person_id=1, names=("Theresa Willow", "William Hill"), initials=(), shown="a member")
    assert found("The chair will. Will it? They can. Then Theres and Hill", theresa) == ["Theres", "Hill"]
