"""The tables as one SQLite file, with keys, and with a table each that says what tables, fields and the whole are."""

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

from django.urls import reverse

from members.editions import Edition
from members.models import Organisation
from members.naming import mask_emails
from wmodf.lib.tabular import Row
from wmodf.lib.urls import absolute
from wmodf.open_data.files import Made, Standing, etag_of, standing_of
from wmodf.open_data.package import description_of, title_of
from wmodf.open_data.structure import Digest, Field, Table
from wmodf.open_data.tables import TABLES

NAME = "open-data.sqlite3"
TYPES = {"integer": "INTEGER", "boolean": "INTEGER"}
PIECE = 1 << 16


def database(group: Organisation, *, on: date, now: datetime) -> Made:
    """The file; nothing of it stays on disk once it is closed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        connection = sqlite3.connect(path)
        try:
            _fill(connection, group, on=on, now=now)
        finally:
            connection.close()
        file = path.open("rb")
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    file.seek(0)
    edition = Edition.objects.given_out(name=NAME, digest=digest.hexdigest(), now=now)
    return Made(file=file, etag=etag_of(digest.hexdigest()), changed_at=edition.changed_at)


def _fill(connection: sqlite3.Connection, group: Organisation, *, on: date, now: datetime) -> None:
    # Whoever is cut off has nothing: no journal is needed.
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    editions = []
    for table in TABLES.values():
        connection.execute(_create(table))
        digest = Digest(table)
        rows = _values(digest.passing(table.rows(on=on)))
        marks = ", ".join("?" * len(table.fields))
        connection.executemany(f"INSERT INTO {_name(table.name)} VALUES ({marks})", rows)  # noqa: S608 (our own names)
        editions.append(Edition.objects.given_out(name=table.name, digest=str(digest), now=now))
    for table in TABLES.values():
        for field in table.fields:
            if field.refers:
                place = f"{_name(table.name)} ({_name(field.name)})"
                connection.execute(f"CREATE INDEX {_name(f'{table.name}-{field.name}')} ON {place}")
    _tell(connection, group, standing_of(editions))
    connection.commit()


def _name(name: str) -> str:
    """A table's or field's name as SQL takes it: with underscores."""
    return f'"{name.replace("-", "_")}"'


def _create(table: Table) -> str:
    fields = [_column(field, is_key=field.name == table.key) for field in table.fields]
    return f"CREATE TABLE {_name(table.name)} ({', '.join(fields)})"


def _column(field: Field, *, is_key: bool) -> str:
    words = [_name(field.name), TYPES.get(field.type, "TEXT")]
    if is_key:
        words.append("PRIMARY KEY")
    if field.required:
        words.append("NOT NULL")
    if field.refers:
        table, key = field.foreign
        words.append(f"REFERENCES {_name(table)} ({_name(key)})")
    return " ".join(words)


def _values(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows with dates and times as ISO 8601 has them."""
    for row in rows:
        yield [value.isoformat() if isinstance(value, date | time) else value for value in row]


def _tell(connection: sqlite3.Connection, group: Organisation, standing: Standing) -> None:
    """Write what the whole, its tables and their fields are."""
    licence = group.get_licence()
    about = {
        "title": title_of(group),
        "description": description_of(group),
        "publisher": mask_emails(group.name),
        "homepage": absolute(reverse("open_data")),
        "licence": licence.value,
        "licence_title": licence.label,
        "licence_url": licence.address,
        "version": standing.version,
        "changed_at": standing.changed_at.astimezone(UTC).isoformat(timespec="seconds"),
    }
    connection.execute("CREATE TABLE _about (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)")
    connection.executemany("INSERT INTO _about VALUES (?, ?)", about.items())
    connection.execute(
        "CREATE TABLE _tables (name TEXT PRIMARY KEY NOT NULL, title TEXT NOT NULL, description TEXT NOT NULL)"
    )
    connection.execute(
        "CREATE TABLE _fields (table_name TEXT NOT NULL REFERENCES _tables (name), name TEXT NOT NULL,"
        " title TEXT NOT NULL, description TEXT NOT NULL, PRIMARY KEY (table_name, name))"
    )
    for table in TABLES.values():
        name = table.name.replace("-", "_")
        connection.execute("INSERT INTO _tables VALUES (?, ?, ?)", (name, str(table.title), str(table.description)))
        connection.executemany(
            "INSERT INTO _fields VALUES (?, ?, ?, ?)",
            ((name, field.name, field.title, str(field.description)) for field in table.fields),
        )
