"""The list of actions, where there are none but a test's own."""

from datetime import date

import pytest

from tests import factories
from tests.actions.test_action_list import TODAY
from tests.pages import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with TODAY:
        yield


def test_it_says_what_will_be_there(anonymous_client, group):
    assert "There are no actions yet." in words_of(anonymous_client.get("/actions/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(anonymous_client, group, django_assert_num_queries, rows):
    for number in range(rows):
        body = factories.make_organisation(f"Body {number}")
        owners = [
            factories.make_person(f"{name} Birch {number}", role="", on_behalf_of=body) for name in ("Ada", "Bea")
        ]
        meeting = factories.make_meeting(on=date(2026, 1, 1 + number))
        factories.make_action(f"Do {number}", owners=owners, meeting=meeting)
        factories.make_minutes(meeting)
    with django_assert_num_queries(8):
        anonymous_client.get("/actions/")
