"""wishlists.known: which dataset some words name."""

import pytest

from members.naming import fold
from tests import factories
from wishlists.known import KNOWN, named_in
from wishlists.models import Dataset


def names(words, datasets=()):
    return [guess.name for guess in named_in(words, datasets=datasets)]


@pytest.mark.parametrize(
    ("words", "name", "said"),
    [
        ("We used the index of deprivation.", "English Indices of Deprivation", "Index of Deprivation"),
        ("IMD by ward", "English Indices of Deprivation", "IMD"),
        ("Broadband, from Ofcom Connected Nations", "Ofcom Connected Nations", "Ofcom Connected Nations"),
        ("the police API", "Police data (data.police.uk)", "Police API"),
        ("data.police.uk for our wards", "Police data (data.police.uk)", "data.police.uk"),
        ("stops out of NAPTAN", "NaPTAN", "NaPTAN"),
        ("benches from Open-Street-Map", "OpenStreetMap", "Open Street Map"),
    ],
)
def test_words_name_a_well_known_dataset(words, name, said):
    (guess,) = named_in(words, datasets=[])
    assert (guess.name, guess.said) == (name, said)


@pytest.mark.parametrize("words", ["", "Bus stop times", "imdb ratings", "the nomisweb", "open streets and maps"])
def test_only_whole_words_count(words):
    assert names(words) == []


def test_a_dataset_entered_already_goes_by_its_own_names(db):
    stops = factories.make_dataset("Stops of Elmbridge", other_names="stop list, ESL", publisher="Elmbridge")
    naptan = factories.make_dataset("naptan", publisher="Theirs")
    guesses = named_in("The ESL and NaPTAN", datasets=Dataset.objects.all())
    assert [(guess.name, guess.publisher, guess.said) for guess in guesses] == [
        (naptan.name, "Theirs", "naptan"),
        (stops.name, "Elmbridge", "ESL"),
    ]


def test_the_list_fits_the_rows_it_becomes(db):
    assert len(KNOWN) >= 15
    for known in KNOWN:
        Dataset(**known.fields()).full_clean()
        assert known.publisher
        assert known.url.startswith("https://")
    called = [fold(name) for known in KNOWN for name in known.names()]
    assert len(called) == len(set(called))
