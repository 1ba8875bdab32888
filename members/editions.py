"""When each table of the group's open data was last found to say something else."""

from datetime import datetime, timedelta

from django.db import models, transaction


class EditionQuerySet(models.QuerySet["Edition"]):
    """What was given out last."""

    def given_out(self, *, name: str, digest: str, now: datetime) -> "Edition":
        """The edition of this digest; where the table said something else before, it has changed just now.

        Too much changes what the public may read to be told by each writer, so it is found where it is read. HTTP
        counts in whole seconds, so a change is at least one later than the last.
        """
        edition = self.filter(name=name).first()
        if edition is not None and edition.digest == digest:
            return edition
        with transaction.atomic():
            self.get_or_create(name=name, defaults={"changed_at": now})
            edition = self.select_for_update().get(name=name)
            if edition.digest != digest:
                if edition.digest:
                    edition.changed_at = max(now, edition.changed_at + timedelta(seconds=1))
                edition.digest = digest
                edition.number += 1
                edition.save(update_fields=["digest", "number", "changed_at"])
        return edition


class Edition(models.Model):
    """One table of the open data as it was last given out: a digest of its rows, and since when they say so."""

    name = models.CharField(max_length=40, unique=True)
    digest = models.CharField(max_length=64, blank=True)
    number = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = EditionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
