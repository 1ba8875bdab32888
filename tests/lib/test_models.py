"""wmodf.lib.models: counters that only rise, and links that work once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.refusing import refuse
from wmodf.lib.models import NarrowLink, Revision, digest

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


def test_a_counter_starts_at_one_and_each_has_its_own():
    assert [Revision.objects.move_on(name) for name in ("a", "a", "b", "a")] == [1, 2, 1, 3]
    assert {str(revision) for revision in Revision.objects.all()} == {"a 3", "b 1"}


def test_a_counter_notes_when_it_moved_if_told():
    Revision.objects.move_on("a", now=NOW)
    Revision.objects.move_on("a")
    assert Revision.objects.get().revised_at == NOW


def test_names_of_counters_are_unique():
    Revision.objects.create(name="a")
    refuse(Revision(name="b"), "already exists", name="a")


def issue(**changes):
    """A link's token."""
    return NarrowLink.objects.issue(**{"purpose": "login", "subject": "1", "now": NOW, "lifetime": HOUR} | changes)


def test_a_link_is_found_by_its_token_and_purpose_alone():
    token = issue()
    link = NarrowLink.objects.get()
    assert NarrowLink.objects.of_token(token=token, purpose="login") == link
    assert NarrowLink.objects.of_token(token=token, purpose="reply") is None
    assert NarrowLink.objects.of_token(token=link.digest, purpose="login") is None
    assert NarrowLink.objects.of_token(token="", purpose="login") is None


def test_a_link_is_spent_once():
    token = issue()
    spent = [NarrowLink.objects.spend(token=token, purpose="login", now=NOW) for _ in range(2)]
    assert spent == [NarrowLink.objects.get(), None]
    assert NarrowLink.objects.get().used_at == NOW


@pytest.mark.parametrize(
    ("after", "is_spent"), [(timedelta(0), True), (HOUR - timedelta(seconds=1), True), (HOUR, False), (HOUR * 2, False)]
)
def test_a_link_is_spent_in_time(after, is_spent):
    token = issue()
    assert (NarrowLink.objects.spend(token=token, purpose="login", now=NOW + after) is not None) is is_spent
    assert (NarrowLink.objects.get().used_at is not None) is is_spent


def test_a_link_for_one_thing_is_not_spent_for_another():
    token = issue(purpose="reply")
    assert NarrowLink.objects.spend(token=token, purpose="login", now=NOW) is None
    assert NarrowLink.objects.get().used_at is None


def test_of_a_token_only_its_hash_is_stored_and_no_two_are_alike():
    tokens = {issue() for _ in range(20)}
    assert len(tokens) == 20
    assert {link.digest for link in NarrowLink.objects.all()} == {digest(token) for token in tokens}
    with pytest.raises(IntegrityError), transaction.atomic():
        NarrowLink.objects.create(purpose="x", digest=digest(tokens.pop()), expires_at=NOW)
