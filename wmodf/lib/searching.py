"""The words of the group's records as the databases look for them. This module alone knows that there are two.

SQLite has a table of FTS5 beside `SearchText`, kept by triggers; PostgreSQL a column of `tsvector`. Both hold the same
plain tokens, so both find the same. What is found are keys: the words are read from the records themselves.
"""

from typing import Self

from django.db import connections, models, router
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from wmodf.lib.access import Standing, standing_of
from wmodf.lib.queries import Query, Term
from wmodf.lib.tokens import stem


class SearchTextQuerySet(models.QuerySet["SearchText"]):
    """Texts to look in."""

    def readable_by(self, user: object) -> Self:
        """The texts in the form that this reader reads."""
        standing = standing_of(user)
        if standing >= Standing.SECRETARY:
            return self.exclude(standing=Standing.PUBLIC)
        return self.filter(standing=standing)

    def matching(self, query: Query) -> Self:
        """Those that hold what is looked for."""
        if not query:
            return self.none()
        return MATCHING[connections[self.db].vendor](self, query)

    def of_kinds(self, kinds: dict[str, models.QuerySet]) -> Self:
        """Those of records of these kinds whose keys are in the query given for the kind."""
        condition = models.Q(pk__in=[])
        for kind, rows in kinds.items():
            condition |= models.Q(kind=kind, key__in=rows.values("pk"))
        return self.filter(condition)

    def in_year(self, year: int) -> Self:
        """Those of one calendar year."""
        return self.filter(on__year=year)

    def years(self) -> list[int]:
        """The years that they are of, the latest first."""
        return [day.year for day in self.dates("on", "year", order="DESC")]

    def latest(self, most: int) -> list["SearchText"]:
        """So many at most, the latest first."""
        return list(self.order_by("-on", "kind", "-key")[:most])


class SearchText(models.Model):
    """The words of one record in the form that some readers read: the public's, or the full ones."""

    class Kind(models.TextChoices):
        """What the record is."""

        MEETING = "meeting", _("meeting")
        ITEM = "item", _("heading of notes")
        LINE = "line", _("line of notes")
        ACTION = "action", _("action")
        USED = "used", _("data used")
        WANTS = "wants", _("data wanted")
        AGENDA = "agenda", _("item of an agenda")
        PAPER = "paper", _("paper")
        EVENT = "event", _("event")

    kind = models.CharField(max_length=10, choices=Kind)
    key = models.BigIntegerField()
    standing = models.PositiveSmallIntegerField(
        choices=[(standing.value, standing.name.lower()) for standing in Standing],
        help_text=_("Who reads these words: the public its own; members, or the secretary alone, the full ones."),
    )
    meeting = models.BigIntegerField(
        null=True, blank=True, help_text=_("The key of the meeting that the record is of.")
    )
    on = models.DateField()
    tokens = models.TextField(help_text=_("The words, folded, and their stems."))

    objects = SearchTextQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["meeting"], name="search_text_meeting"),
            models.Index(fields=["on"], name="search_text_on"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "standing"], name="search_text_once"),
            models.CheckConstraint(condition=models.Q(standing__in=[0, 1, 2]), name="search_text_standing_valid"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


def relevance(query: Query, tokens: list[str], *, is_heading: bool) -> float:
    """How well a text fits: more the oftener it says each term, the shorter it is, and twice as much for a heading.

    A term found n times counts n/(n+1), and half as much again where it stands as it was typed; all of it is divided by
    1 + words/100.
    """
    score = 0.0
    for term in query.terms:
        count = term.count_in(tokens)
        score += count / (count + 1)
        if term.by_stem and f"w{term.words[0]}" in tokens:
            score += 0.5
    length = sum(token.startswith("w") for token in tokens)
    return round(score * (2 if is_heading else 1) / (1 + length / 100), 6)


# --- the two databases ------------------------------------------------------------------------------------------------


def _in_sqlite(texts: SearchTextQuerySet, query: Query) -> SearchTextQuerySet:
    said = " AND ".join(_fts5(term) for term in query.terms)
    if query.without:
        said = f"({said}) NOT ({' OR '.join(_fts5(term) for term in query.without)})"
    keys = RawSQL("SELECT rowid FROM lib_searchtext_fts WHERE lib_searchtext_fts MATCH %s", [said])
    return texts.filter(pk__in=keys)


def _fts5(term: Term) -> str:
    if term.by_stem:
        return f'"s{stem(term.words[0])}"'
    said = '"' + " ".join(f"w{word}" for word in term.words) + '"' + ("*" if term.is_beginning else "")
    return f'({said} OR "s{stem(term.whole)}")' if term.whole else said


def _in_postgresql(texts: SearchTextQuerySet, query: Query) -> SearchTextQuerySet:
    said = " & ".join(_tsquery(term) for term in query.terms)
    if query.without:
        said = f"{said} & !({' | '.join(_tsquery(term) for term in query.without)})"
    found = RawSQL("lib_searchtext.vector @@ to_tsquery('simple', %s)", [said], output_field=models.BooleanField())
    return texts.filter(found)


def _tsquery(term: Term) -> str:
    if term.by_stem:
        return f"s{stem(term.words[0])}"
    said = " <-> ".join(f"w{word}" for word in term.words) + (":*" if term.is_beginning else "")
    return f"(({said}) | s{stem(term.whole)})" if term.whole else f"({said})"


MATCHING = {"sqlite": _in_sqlite, "postgresql": _in_postgresql}


def purge() -> None:
    """Let the database keep nothing of words that were taken out: FTS5 keeps them in its own table until it merges."""
    connection = connections[router.db_for_write(SearchText)]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO lib_searchtext_fts(lib_searchtext_fts) VALUES('rebuild')")


def is_empty() -> bool:
    """Whether there is nothing to look in."""
    return not SearchText.objects.exists()
