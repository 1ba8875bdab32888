"""Whether the site and its database answer."""

import pytest
from django.db import OperationalError, connection

pytestmark = pytest.mark.django_db


def test_it_says_ok_after_one_query(anonymous_client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = anonymous_client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Content-Type"] == "text/plain"
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_it_starts_no_session(anonymous_client):
    assert set(anonymous_client.get("/healthz").cookies) == set()


def test_it_says_that_the_database_does_not_answer(anonymous_client):
    def refuse(*args):
        raise OperationalError

    with connection.execute_wrapper(refuse):
        answer = anonymous_client.get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"The database does not answer.\n")


def test_it_is_only_read(anonymous_client):
    assert anonymous_client.post("/healthz").status_code == 405
