"""members.backends: today's standing at every request, and what a secretary may do."""

from datetime import date

import pytest
from django.contrib.auth import get_user
from django.test import RequestFactory
from django.utils import timezone

from members.backends import MembershipBackend
from tests import factories
from wmodf.lib.access import Standing


def test_get_user_brings_todays_standing(member, secretary, admin):
    found = [MembershipBackend().get_user(user.pk) for user in (member, secretary, admin)]
    assert [user.standing for user in found] == [Standing.MEMBER, Standing.SECRETARY, Standing.SECRETARY]


def test_get_user_knows_nobody_whose_membership_ended_or_login_is_off(member, other_member):
    member.person.memberships.update(end_date=date(2020, 2, 1))
    other_member.is_active = False
    other_member.save()
    assert [MembershipBackend().get_user(user.pk) for user in (member, other_member)] == [None, None]
    assert MembershipBackend().get_user(0) is None


def test_the_last_day_still_counts(member):
    member.person.memberships.update(end_date=timezone.localdate())
    assert MembershipBackend().get_user(member.pk) == member


def test_somebody_whose_membership_ends_is_the_public_at_the_next_request(member_client, member):
    request = RequestFactory().get("/")
    request.session = member_client.session
    assert get_user(request) == member
    member.person.memberships.update(end_date=date(2020, 2, 1))
    assert get_user(request).is_anonymous


@pytest.mark.parametrize(
    ("perm", "is_allowed"),
    [
        ("meetings.change_meeting", True),
        ("members.delete_person", True),
        ("actions.view_action", True),
        ("wishlists.change_entry", True),
        ("members.view_user", False),
        ("members.change_user", False),
        ("lib.view_narrowlink", False),
        ("auth.change_group", False),
        ("admin.view_logentry", False),
        ("sessions.view_session", False),
    ],
)
def test_what_a_secretary_may_do(secretary, member, perm, is_allowed):
    backend = MembershipBackend()
    secretary, member = backend.get_user(secretary.pk), backend.get_user(member.pk)
    assert secretary.has_perm(perm) is is_allowed
    assert member.has_perm(perm) is False


def test_which_rooms_a_secretary_sees(secretary, member):
    backend = MembershipBackend()
    rooms = ["meetings", "actions", "wishlists", "members", "lib", "auth"]
    secretary, member = backend.get_user(secretary.pk), backend.get_user(member.pk)
    assert {room for room in rooms if secretary.has_module_perms(room)} == {
        "meetings",
        "actions",
        "wishlists",
        "members",
    }
    assert not any(member.has_module_perms(room) for room in rooms)


def test_a_user_from_elsewhere_may_do_nothing(db):
    user = factories.make_user("Ada Birch", role="secretary")
    assert user.standing == Standing.PUBLIC
    assert not user.is_staff
