"""What a table of the open data is: described fields, and the rows that the public may read."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.functional import Promise

from members.models import Person
from members.naming import mask_emails
from wmodf.lib.tabular import Row, json_text
from wmodf.lib.urls import absolute

CHUNK = 500  # rows read at once, and the records beside them

Words = str | Promise
Value = Callable[[Any], object]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field. Types and formats are those of the Table Schema standard; `refers` is "table.field" of another key.

    `value` takes it out of a row's record. It must ask for what everyone may read.
    """

    name: str
    type: str
    description: Words
    value: Value
    format: str = "default"
    required: bool = False
    choices: Sequence[str] = ()
    refers: str = ""

    @property
    def title(self) -> str:
        """The name as people write it."""
        return self.name.removesuffix("_id").replace("_", " ").capitalize()

    @property
    def foreign(self) -> tuple[str, str]:
        """Table and field that it refers to."""
        table, _, name = self.refers.partition(".")
        return table, name


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table: what it holds, and a query for the records behind its rows, as the public may read them on a day.

    The first field is the key.
    """

    name: str
    title: Words
    description: Words
    records: Callable[[date], models.QuerySet]
    fields: Sequence[Field]

    @property
    def key(self) -> str:
        """The name of the field that tells rows apart."""
        return self.fields[0].name

    @property
    def names(self) -> list[str]:
        """The names of the fields."""
        return [one.name for one in self.fields]

    def rows(self, *, on: date) -> Iterator[Row]:
        """The rows in order, some hundreds in memory at once."""
        values = [one.value for one in self.fields]
        for record in self.records(on).iterator(chunk_size=CHUNK):
            yield [value(record) for value in values]


def text(name: str, description: Words, value: Value, *, required: bool = False) -> Field:
    """A field of words."""
    return Field(name=name, type="string", description=description, value=value, required=required)


def whole(name: str, description: Words, value: Value, *, required: bool = False) -> Field:
    """A field of whole numbers."""
    return Field(name=name, type="integer", description=description, value=value, required=required)


def day(name: str, description: Words, value: Value, *, required: bool = False) -> Field:
    """A field of dates."""
    return Field(name=name, type="date", description=description, value=value, required=required)


def clock(name: str, description: Words) -> Field:
    """A field of times of the day."""
    return Field(name=name, type="time", description=description, value=as_is(name))


def one_of(name: str, choices: Sequence[str], description: Words, value: Value, *, required: bool = True) -> Field:
    """A field of a few words."""
    return Field(name=name, type="string", choices=choices, description=description, value=value, required=required)


def address(name: str, description: Words, value: Value) -> Field:
    """A field of whole addresses."""
    return Field(name=name, type="string", format="uri", description=description, value=value, required=True)


def refers(name: str, table: str, description: Words, value: Value, *, required: bool = False) -> Field:
    """A field of keys of another table: of "actions.reference", or of the numbers of "meetings"."""
    other, _, key = table.partition(".")
    kind = "string" if key else "integer"
    return Field(
        name=name, type=kind, refers=f"{other}.{key or 'id'}", description=description, value=value, required=required
    )


class Digest:
    """Adds rows up to a digest while they pass by."""

    def __init__(self, table: Table) -> None:
        self._hash = hashlib.sha256(json_text(table.names).encode())

    def passing(self, rows: Iterator[Row]) -> Iterator[Row]:
        """The rows, each of them noted."""
        for row in rows:
            self._hash.update(json_text(row).encode())
            yield row

    def __str__(self) -> str:
        return self._hash.hexdigest()


def named(person: Person | None) -> int | None:
    """The key of a person whom everyone may know by the full name; none of anyone else, who could be followed by it."""
    return person.pk if person is not None and person.public_name == Person.PublicName.FULL else None


def plain(name: str) -> Callable[[Any], object]:
    """Takes words that are written for everyone out of a record, without e-mail addresses."""

    def value(record: Any) -> object:  # noqa: ANN401 (any record)
        return mask_emails(getattr(record, name))

    return value


def as_is(name: str) -> Callable[[Any], object]:
    """Takes a number, a date, or one of a few words out of a record."""

    def value(record: Any) -> object:  # noqa: ANN401 (any record)
        return getattr(record, name)

    return value


def page(record: Any) -> str:  # noqa: ANN401 (any record)
    """The address of a record's page."""
    return absolute(record.get_absolute_url())
