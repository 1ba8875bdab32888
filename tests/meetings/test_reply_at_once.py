"""A member answers from two windows at once, on a database that lets two write: one answer stands."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from meetings.models import AgendaItem, Reply
from tests.factories import make_group, make_meeting, make_user
from tests.meetings.test_at_once import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting():
    make_group()
    return make_meeting(on=timezone.localdate() + timedelta(days=30))


def post(user, address, data):
    """A job: the user's browser sends the form."""
    client = Client()
    client.force_login(user)

    def job():
        return client.post(address, data).status_code

    return job


def test_two_answers_at_once_are_one(meeting):
    user = make_user("Ada Birch")
    address = f"/meetings/{meeting.slug}/reply/"
    for _ in range(5):
        Reply.objects.all().delete()
        codes = at_once(*(post(user, address, {"answer": answer}) for answer in ("online", "apologies")))
        assert codes == [302, 302]
        assert Reply.objects.get().answer in {"online", "apologies"}


def test_a_form_sent_twice_at_once_proposes_one_item(meeting):
    user = make_user("Ada Birch")
    address = f"/meetings/{meeting.slug}/propose/"
    for turn in range(5):
        assert at_once(*(post(user, address, {"title": f"Trees {turn}"}) for _ in range(2))) == [302, 302]
        AgendaItem.objects.filter(title=f"Trees {turn}").get().delete()
