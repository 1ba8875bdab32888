"""Tables as files: written to disk a row at a time, so that no table is in memory whole, and given a name for HTTP."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from members.editions import Edition
from wmodf.lib.tabular import Row, csv_lines, json_objects
from wmodf.open_data.structure import Digest, Table
from wmodf.open_data.tables import TABLES

FORMS: dict[str, Callable[[Iterable[str], Iterable[Row]], Iterator[str]]] = {"csv": csv_lines, "json": json_objects}
CSV, JSON = "text/csv; charset=utf-8", "application/json"
LINKED_JSON, SQLITE = "application/ld+json", "application/vnd.sqlite3"
MEDIA_TYPES = {"csv": CSV, "json": JSON}


@dataclass(frozen=True, kw_only=True)
class Made:
    """A file that was made just now, open for reading; its ETag names what it says."""

    file: IO[bytes]
    etag: str
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Since when all tables together say what they say, and how often that has changed."""

    changed_at: datetime
    number: int

    @property
    def version(self) -> str:
        """The version of the data: the first number rises when fields go away, the second when some come."""
        return f"1.0.{self.number}"


def etag_of(digest: str) -> str:
    """A weak ETag: proxies may pack what they pass on, which changes the bytes and not what they say."""
    return f'W/"{digest[:32]}"'


def made_of(pieces: Iterable[str], *, edition: Callable[[str], Edition]) -> Made:
    """A file of the pieces; `edition` is asked once they have all passed, with the digest of the whole."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (whoever sends it closes it)
    try:
        digest = hashlib.sha256()
        for piece in pieces:
            encoded = piece.encode()
            digest.update(encoded)
            file.write(encoded)
        file.seek(0)
        found = digest.hexdigest()
        return Made(file=file, etag=etag_of(found), changed_at=edition(found).changed_at)
    except BaseException:
        file.close()
        raise


def table_file(table: Table, *, ending: str, on: date, now: datetime) -> Made:
    """A table as CSV or JSON, as everyone may read it on a day."""
    digest = Digest(table)
    pieces = FORMS[ending](table.names, digest.passing(table.rows(on=on)))
    return made_of(
        pieces, edition=lambda _whole: Edition.objects.given_out(name=table.name, digest=str(digest), now=now)
    )


def document(pieces: Iterable[str], *, name: str, now: datetime) -> Made:
    """A file that describes or joins tables."""
    return made_of(pieces, edition=lambda whole: Edition.objects.given_out(name=name, digest=whole, now=now))


def looked_at(table: Table, *, on: date, now: datetime) -> Edition:
    """The edition of a table as it stands, by reading it."""
    digest = Digest(table)
    for _row in digest.passing(table.rows(on=on)):
        pass
    return Edition.objects.given_out(name=table.name, digest=str(digest), now=now)


def standing_of(editions: Iterable[Edition]) -> Standing:
    """How the tables of these editions stand together."""
    found = list(editions)
    return Standing(
        changed_at=max(edition.changed_at for edition in found), number=sum(edition.number for edition in found)
    )


def standing(*, on: date, now: datetime) -> Standing:
    """How all tables stand, by reading them."""
    return standing_of(looked_at(table, on=on, now=now) for table in TABLES.values())
