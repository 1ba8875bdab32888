"""Logging in by a link that works once: making it, and finding whom it lets in."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from members.models import Person, User, may_log_in, user_for
from wmodf.lib.access import Standing
from wmodf.lib.models import NarrowLink
from wmodf.lib.urls import absolute

PURPOSE = "login"
LIFETIME = timedelta(minutes=30)
# The subject of a link is a person's key, or this and the key of a technical administrator who is no person.
USER = "user:"


class NoLoginError(Exception):
    """Nobody may log in with this address; the message says why and what to do."""


def link_for(address: str, *, now: datetime) -> str:
    """A whole address that logs its reader in, for a current member's or an administrator's e-mail address."""
    person = may_log_in(address, now=now)
    admin = User.objects.administrator(address)
    if person is None and admin is None:
        raise NoLoginError(_why_not(address))
    subject = str(person.pk) if person is not None else f"{USER}{admin.pk}"
    token = NarrowLink.objects.issue(purpose=PURPOSE, subject=subject, now=now, lifetime=LIFETIME)
    return absolute(reverse("login_link", args=[token]))


def _why_not(address: str) -> str:
    person = Person.objects.by_email(address).first()
    if person is None:
        return f"Nobody here has the address {address}: write it on a member's page in the admin first."
    if User.objects.filter(person=person, is_active=False).exists():
        return f"The login of {person} was switched off: a technical administrator can switch it on in the admin."
    return f"{person} has this address but is no member of the group today: add a membership in the admin first."


def user_of(link: NarrowLink, *, now: datetime) -> User | None:
    """Whom the link lets in, their login made if it is the first; None where they may not log in any more."""
    if link.subject.startswith(USER):
        user = User.objects.filter(pk=link.subject.removeprefix(USER)).first()
    else:
        people = Person.objects.members(on=timezone.localdate(now)).exclude(email="")
        person = people.filter(pk=link.subject).first()
        user = user_for(person) if person is not None else None
    if user is None or user.standing_on(timezone.localdate(now)) == Standing.PUBLIC:
        return None
    return user


def end_other_sessions(request: HttpRequest) -> None:
    """Log the user out of every browser but this one: a session is tied to the unusable password's random part."""
    request.user.set_unusable_password()
    request.user.save(update_fields=["password"])
    update_session_auth_hash(request, request.user)


def forget_second_step(address: str) -> int:
    """Take apps, passkeys and recovery codes from the login of this address, for who has lost them; says how many."""
    person = Person.objects.by_email(address).first()
    user = User.objects.filter(person=person).first() if person is not None else User.objects.administrator(address)
    if user is None:
        return 0
    return Authenticator.objects.filter(user=user).delete()[0]
