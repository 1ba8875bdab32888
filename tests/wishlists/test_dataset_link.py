"""The secretary links entries to datasets: listed, new or suggested ones."""

from datetime import date

import pytest

from tests import factories
from tests.pages import words_of
from wishlists.known import known_dataset
from wishlists.models import Dataset, Entry

pytestmark = pytest.mark.django_db
NEW = {
    "dataset": "",
    "name": "Trees of Elmbridge",
    "publisher": "Elmbridge",
    "url": "https://x.example/trees",
    "licence": "CC BY 4.0",
}


@pytest.fixture
def entry(group):
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    entry = factories.make_entry("Stops from NaPTAN", meeting=meeting)
    factories.make_minutes(meeting)
    return entry


def test_a_listed_dataset_is_linked_and_unlinked(secretary_client, secretary, entry):
    trees = factories.make_dataset("Trees")
    response = secretary_client.post("/wishlists/D1/dataset/", {"dataset": trees.pk}, follow=True)
    assert response.redirect_chain == [("/wishlists/D1/#dataset", 302)]
    assert "D1 is linked to Trees." in words_of(response)
    assert Entry.objects.get().dataset == trees
    response = secretary_client.post("/wishlists/D1/dataset/unlink/", follow=True)
    assert "D1 is linked to no dataset." in words_of(response)
    assert Entry.objects.get().dataset is None
    assert Dataset.objects.get() == trees
    assert Entry.objects.get().history.first().history_user == secretary


def test_a_new_dataset_is_entered(secretary_client, entry):
    secretary_client.post("/wishlists/D1/dataset/", NEW | {"name": "  Trees  of\x07 Elmbridge "})
    dataset = Entry.objects.get().dataset
    assert {name: getattr(dataset, name) for name in NEW if name != "dataset"} == {
        name: value for name, value in NEW.items() if name != "dataset"
    }


def test_one_that_is_there_is_taken_however_it_is_cased(secretary_client, entry):
    factories.make_dataset("TREES of Elmbridge", publisher="First")
    response = secretary_client.post("/wishlists/D1/dataset/", NEW, follow=True)
    assert "It had been entered already: its publisher, address and licence stay as they are." in words_of(response)
    assert Entry.objects.get().dataset.publisher == "First"
    assert Dataset.objects.count() == 1


def test_a_suggestion_is_taken_by_one_press(secretary_client, entry):
    words = words_of(secretary_client.get("/wishlists/D1/"))
    assert "NaPTAN, Department for Transport : the words say “NaPTAN”" in words
    for _ in range(2):
        response = secretary_client.post("/wishlists/D1/dataset/suggested/", {"name": "NaPTAN"}, follow=True)
    assert "D1 is linked to NaPTAN." in words_of(response)
    assert "It may be one of these" not in words_of(response)
    dataset = Dataset.objects.get()
    assert {name: getattr(dataset, name) for name in known_dataset("NaPTAN").fields()} == known_dataset(
        "NaPTAN"
    ).fields()
    assert Entry.objects.get().dataset == dataset


def test_a_dataset_entered_already_is_suggested_by_its_own_names(secretary_client, entry):
    stops = factories.make_dataset("All the stops", other_names="stops")
    assert "All the stops: the words say “stops”" in words_of(secretary_client.get("/wishlists/D1/"))
    secretary_client.post("/wishlists/D1/dataset/suggested/", {"name": stops.name})
    assert Entry.objects.get().dataset == stops


@pytest.mark.parametrize("name", ["", "Forged", "x" * 100_000, "\x00"])
def test_a_forged_suggestion_links_nothing(secretary_client, entry, name):
    response = secretary_client.post("/wishlists/D1/dataset/suggested/", {"name": name}, follow=True)
    assert "nothing was linked" in words_of(response)
    assert not Dataset.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Choose a dataset, or write the name of a new one."),
        ({"dataset": "1"}, "Choose one of the datasets listed."),
        ({"dataset": "x" * 1000}, "Choose one of the datasets listed."),
        ({"dataset": "TREES"}, "Choose a dataset from the list or write the name of a new one, not both."),
        ({"name": "n" * 100_000}, "A name has at most 200 characters."),
        ({"url": "javascript:x()"}, "Write a whole address, such as https://data.example.org/stops."),
        ({"url": "trees"}, "Write a whole address, such as https://data.example.org/stops."),
        ({"publisher": "p" * 300}, "Ensure this value has at most 200 characters"),
        ({"name": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_bad_input_comes_back_with_a_word_on_what_to_do(secretary_client, entry, changes, message):
    if changes.get("dataset") == "TREES":
        changes = {"dataset": factories.make_dataset("Trees").pk}
    before = Dataset.objects.count()
    response = secretary_client.post("/wishlists/D1/dataset/", NEW | changes)
    assert response.status_code == 422
    assert message in words_of(response)
    assert 'value="CC BY 4.0"' in response.text
    assert (Dataset.objects.count(), Entry.objects.get().dataset) == (before, None)


@pytest.mark.parametrize("address", ["dataset/", "dataset/suggested/", "dataset/unlink/"])
def test_only_the_secretary_links(anonymous_client, member_client, secretary_client, entry, address):
    entry.link(factories.make_dataset("Trees"))
    data = NEW | {"name": "NaPTAN"}
    assert member_client.post(f"/wishlists/D1/{address}", data).status_code == 403
    anonymous_client.post(f"/wishlists/D1/{address}", data)
    assert Entry.objects.get().dataset.name == "Trees"
    assert secretary_client.post(f"/wishlists/D9/{address}", data).status_code == 404
    assert secretary_client.get(f"/wishlists/D1/{address}").status_code == 405
