"""Tables that every room writes to: counters with the time they last moved, and links that log in or act once."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from wmodf.lib.searching import SearchText  # noqa: F401 (Django finds the app's models here)


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Counting, safely for two at once."""

    def move_on(self, name: str, *, now: datetime | None = None) -> int:
        """Add one to the counter of this name, note when, and give the new number. The row is locked until commit.

        The time is at least a second later than the last one: HTTP counts in whole seconds, and no change may hide.
        """
        with transaction.atomic():
            revision = self._locked(name)
            revision.number += 1
            if now is not None:
                former = revision.revised_at
                revision.revised_at = now if former is None else max(now, former + timedelta(seconds=1))
            revision.save(update_fields=["number", "revised_at"])
            return revision.number

    def hold(self, name: str) -> None:
        """Let no other transaction that holds this name go on before this one has ended."""
        self._locked(name)

    def _locked(self, name: str) -> "Revision":
        row = self.select_for_update().filter(name=name).first()
        if row is None:
            self.get_or_create(name=name)
            row = self.select_for_update().get(name=name)
        return row


class Revision(models.Model):
    """A named number that only rises: the last reference given, or how often something public has changed."""

    name = models.CharField(max_length=40, unique=True)
    number = models.PositiveIntegerField(default=0)
    revised_at = models.DateTimeField(null=True, blank=True)

    objects = RevisionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


def digest(token: str) -> str:
    """What is stored of a token: from it nobody can make the link."""
    return hashlib.sha256(token.encode()).hexdigest()


class NarrowLinkQuerySet(models.QuerySet["NarrowLink"]):
    """Links that do one thing for a while."""

    def issue(self, *, purpose: str, subject: str, now: datetime, lifetime: timedelta) -> str:
        """Make a link and give its token (256 bits), which is stored nowhere."""
        self.filter(expires_at__lt=now).delete()
        token = secrets.token_urlsafe(32)
        self.create(purpose=purpose, subject=subject, digest=digest(token), expires_at=now + lifetime)
        return token

    def of_token(self, *, token: str, purpose: str) -> "NarrowLink | None":
        """The link of this token, used and old ones too."""
        return self.filter(digest=digest(token), purpose=purpose).first()

    def spend(self, *, token: str, purpose: str, now: datetime) -> "NarrowLink | None":
        """Use the link up and give it; None where it can't be used (any more). Of two at once, one gets it."""
        link = self.of_token(token=token, purpose=purpose)
        if link is None or not link.is_usable(now=now):
            return None
        return link if self.filter(pk=link.pk, used_at=None).update(used_at=now) else None


class NarrowLink(models.Model):
    """A link that lets one person do one thing once, without a login; only its hash is kept."""

    purpose = models.CharField(max_length=40)
    subject = models.CharField(max_length=200, help_text=_("Whom or what the link is about, as its purpose reads it."))
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = NarrowLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.purpose} for {self.subject}"

    def is_usable(self, *, now: datetime) -> bool:
        """Whether it was not used and is not too old."""
        return self.used_at is None and self.expires_at > now
