"""The rule of sight as every room reads it: what publishing wrote into a row says who may know of it."""

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import F

from wmodf.lib.access import Standing, standing_of

Row = TypeVar("Row", bound=models.Model)


class SightQuerySet(models.QuerySet[Row]):
    """Rows that carry `is_circulated`, `is_public` and, beside their own words, those for the public."""

    words = "text"
    public_words = "public_text"

    def visible_to(self, user: object) -> Self:
        """Those that this reader may know of, each with `shown`: its words for this reader."""
        standing = standing_of(user)
        if standing >= Standing.SECRETARY:
            return self.annotate(shown=F(self.words))
        if standing >= Standing.MEMBER:
            return self.filter(is_circulated=True).annotate(shown=F(self.words))
        return self.filter(is_public=True).annotate(shown=F(self.public_words))


def may_see(row: Any, user: object) -> bool:  # noqa: ANN401 (any row that carries its sight)
    """Whether this reader may know of one row at hand."""
    standing = standing_of(user)
    if standing >= Standing.SECRETARY:
        return True
    return row.is_circulated if standing >= Standing.MEMBER else row.is_public


def words_for(row: Any, user: object) -> str:  # noqa: ANN401 (any row that carries its sight)
    """The words of one row at hand for a reader who may know of it."""
    return row.text if standing_of(user) >= Standing.MEMBER else row.public_text
