"""A member withdraws their own entry, and puts it back."""

from datetime import date

import pytest
import time_machine
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests import factories
from tests.pages import words_of
from wishlists.models import Entry

pytestmark = pytest.mark.django_db
VERBS = ["withdraw", "put-back"]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(factories.at(date(2026, 3, 10)), tick=False):
        yield


@pytest.fixture
def minuted(member):
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    entry = factories.make_entry("Tree positions", kind="wants", meeting=meeting, person=member.person)
    factories.make_minutes(meeting)
    return entry


def test_lists_leave_it_out_until_it_is_put_back(member_client, anonymous_client, member, minuted):
    for _ in range(2):
        response = member_client.post("/wishlists/D1/withdraw/", follow=True)
    assert "D1 is withdrawn: lists leave it out. You can put it back on its page." in words_of(response)
    assert "State withdrawn 10 March 2026" in words_of(response)
    for address in ("/", "/wishlists/"):
        assert "Tree positions" not in words_of(anonymous_client.get(address))
    assert "D1 Tree positions withdrawn 10 March 2026" in words_of(anonymous_client.get("/wishlists/?status=withdrawn"))
    assert "Now: withdrawn 10 March 2026" in words_of(anonymous_client.get("/meetings/2026-01-28/"))
    assert Entry.objects.get().history.first().history_user == member
    for _ in range(2):
        response = member_client.post("/wishlists/D1/put-back/", follow=True)
    assert "D1 is in the register again." in words_of(response)
    assert "Tree positions" in words_of(anonymous_client.get("/wishlists/"))


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("following", "there"),
    [("/wishlists/?kind=wants", "/wishlists/?kind=wants"), ("https://elsewhere.example/", "/wishlists/D1/")],
)
def test_it_leads_back_to_this_site_alone(member_client, minuted, verb, following, there):
    assert member_client.post(f"/wishlists/D1/{verb}/", {"next": following})["Location"] == there


@pytest.mark.parametrize("verb", VERBS)
def test_only_by_its_own_member(client, other_member, secretary, minuted, verb):
    factories.make_entry("Drafted", person=other_member.person)
    client.post(f"/wishlists/D1/{verb}/")
    for user in (secretary, other_member):
        client.force_login(user)
        assert client.post(f"/wishlists/D1/{verb}/").status_code == 403
    assert client.post(f"/wishlists/D2/{verb}/").status_code == 404
    assert client.get(f"/wishlists/D1/{verb}/").status_code == 405
    assert Entry.objects.get(number=1).withdrawn_on is None


def test_my_entries_lead_to_all_that_may_be_done_with_them(member_client, member, minuted):
    """The fragment that a member's own page includes."""
    withdrawn = factories.make_added_entry(member.person, "Benches", withdrawn_on=date(2026, 3, 1))
    request = RequestFactory().get("/me/")
    html = render_to_string("wishlists/_my_entries.html", {"my_entries": [minuted, withdrawn]}, request=request)
    for address in ("add/", "D1/", "D1/change/", "D1/withdraw/", "D2/put-back/"):
        assert f'"/wishlists/{address}"' in html
    assert '"/wishlists/D2/withdraw/"' not in html
    assert 'name="next" value="/me/"' in html
    assert "have not said yet" in render_to_string("wishlists/_my_entries.html", {"my_entries": []}, request=request)
