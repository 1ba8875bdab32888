"""A group that left another site, read into this one while it is empty: all of it or nothing.

The file may come from anywhere: nothing in it is trusted, nothing of it is written to the disk, and who may see what is
worked out anew.
"""

import hashlib
import json
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import FieldError, ValidationError
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.core.serializers.python import Deserializer
from django.db import DatabaseError, connection, models, transaction

from actions.models import Action
from meetings import feed, indexing, publishing
from meetings.agenda.paper_kinds import BY_TYPE
from meetings.events import feed as event_feed
from meetings.events import publishing as event_publishing
from meetings.models import Event, Meeting, Paper
from meetings.names import renaming
from members.models import Organisation, User
from wishlists.models import Entry
from wmodf.lib.models import Revision
from wmodf.lib.words import shortened
from wmodf.moving import ABOUT, FOLDERS, FORM, RefusedError, fields_of, kept_models

MOST_PARTS = 50_000
MOST_UNPACKED = 8_000_000_000  # bytes of all parts together
MOST_PACKED = 1_500  # times: what deflate can't exceed by honest means is a little over a thousand
MOST_ABOUT = 20_000_000  # bytes
MOST_IN_A_LINE = 50_000_000  # bytes of one record
MOST_IN_A_LOT = 8_000_000  # bytes of the records saved together, but for the last of them
MOST_IN_A_FILE = 100_000_000  # bytes of one paper or original
KEYS = range(1, 2**63)
SCHEMES = {"", "http", "https", "ftp", "ftps"}  # what links lead to, as forms take them

# What wrong contents may raise while rows are made of them and saved.
WRONG = (DeserializationError, ValidationError, DatabaseError, FieldError, ValueError, TypeError, KeyError)
WRONG += (AttributeError, OverflowError, RecursionError)
# What the zip itself may raise: cut off, packed in another way, encrypted, nested without end, names that are no text.
BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError)
BROKEN += (UnicodeDecodeError,)


def arrive(file: Path, *, now: datetime, tell: Callable[[str, int], None] = lambda _what, _rows: None) -> Organisation:
    """Read the group from the zip and give it. RefusedError, and nothing is saved, where anything is amiss."""
    try:
        with zipfile.ZipFile(file) as archive:
            _measure(archive)
            parts = _about(archive)
            with transaction.atomic():
                return _read(archive, parts, now=now, tell=tell)
    except BROKEN as error:
        if isinstance(error, RecursionError):
            raise RefusedError(_not_ours("it is nested too deeply")) from None
        raise RefusedError(_not_ours("it is no whole zip file")) from None


def _not_ours(why: str) -> str:
    return f"This is not a file that export_group made: {why}. Nothing was saved."


def _measure(archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks to far too much, before it is unpacked, and parts of the same name."""
    infos = archive.infolist()
    unpacked, packed = sum(one.file_size for one in infos), sum(one.compress_size for one in infos)
    if len(infos) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > MOST_PACKED * max(packed, 1):
        raise RefusedError(_not_ours("it unpacks to far too much"))
    if len({one.filename for one in infos}) < len(infos):
        raise RefusedError(_not_ours("two of its parts have the same name"))


def _about(archive: zipfile.ZipFile) -> dict[str, Any]:
    """What the file says that it holds: its parts, each with its SHA-256."""
    try:
        about = json.loads(_bytes(archive, ABOUT, most=MOST_ABOUT))
        form, parts = about["form"], about["parts"]
        whole = isinstance(form, int) and all(isinstance(part["sha256"], str) for part in parts.values())
    except (KeyError, ValueError, TypeError, AttributeError):
        raise RefusedError(_not_ours(f"{ABOUT} is missing or damaged")) from None
    if not whole:
        raise RefusedError(_not_ours(f"{ABOUT} is damaged"))
    if form != FORM:
        msg = (
            f"This file has form {form}; this site reads form {FORM}. Update this site to the version that wrote the"
            " file, or export the group again there. Nothing was saved."
        )
        raise RefusedError(msg)
    return parts


def _bytes(archive: zipfile.ZipFile, path: str, *, most: int) -> bytes:
    with archive.open(path) as part:
        data = part.read(most + 1)
    if len(data) > most:
        raise RefusedError(_not_ours(f"{path} is too long"))
    return data


def _read(
    archive: zipfile.ZipFile, parts: dict[str, Any], *, now: datetime, tell: Callable[[str, int], None]
) -> Organisation:
    kept = kept_models()
    Revision.objects.hold(publishing.RECORDS)
    _refuse_unless_empty(kept)
    Revision.objects.all().delete()
    for model in kept:
        label = model._meta.label_lower  # noqa: SLF001 (Django's documented interface)
        path = f"data/{label}.jsonl"
        if path not in parts:
            raise RefusedError(_not_ours(f"{path} is missing"))
        tell(path, _records(archive, model, path, parts))
    try:
        connection.check_constraints()
    except DatabaseError:
        raise RefusedError(_not_ours("a record in it points to one that it does not hold")) from None
    group = Organisation.objects.group()
    if group is None:
        raise RefusedError(_not_ours("it holds no group"))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept):
            cursor.execute(statement)
    _show(now=now)
    return group


def _refuse_unless_empty(kept: list[type[models.Model]]) -> None:
    for model in kept:
        if model is not Revision and model._base_manager.exists():  # noqa: SLF001 (Django's documented interface)
            msg = (
                "This site is not empty: a group arrives only on a site without any records or logins. Give it an empty"
                " database (a new DATABASE_URL), run manage.py migrate, then import again. Nothing was saved."
            )
            raise RefusedError(msg)


def _records(archive: zipfile.ZipFile, model: type[models.Model], path: str, parts: dict[str, Any]) -> int:
    """Save the rows of one model; gives how many."""
    number = 0
    size = 1 if model._meta.label in FOLDERS else 500  # noqa: SLF001 (Django's documented interface)
    where = f"{path}, line"
    try:
        for some in _lots(_rows(archive, model, path, parts), size):
            model._base_manager.bulk_create(some)  # noqa: SLF001 (the same)
            number += len(some)
    except RefusedError:
        raise
    except WRONG as error:
        why = shortened(" ".join(str(error).split()), 200)
        raise RefusedError(_not_ours(f"{where} {number + 1} or a little later can't be read ({why})")) from None
    return number


def _lots(rows: Iterator[tuple[models.Model, int]], most: int) -> Iterator[list[models.Model]]:
    """The rows in lists that memory holds, whatever the file says: of at most so many, and of not too many bytes."""
    some, size = [], 0
    for row, length in rows:
        some.append(row)
        size += length
        if len(some) == most or size >= MOST_IN_A_LOT:
            yield some
            some, size = [], 0
    if some:
        yield some


def _rows(
    archive: zipfile.ZipFile, model: type[models.Model], path: str, parts: dict[str, Any]
) -> Iterator[tuple[models.Model, int]]:
    """The rows of a part with their bytes in it, which has to be whole: the same to the last bit as the file says."""
    try:
        part = archive.open(path)
    except KeyError:
        raise RefusedError(_not_ours(f"{path} is missing")) from None
    sha256 = hashlib.sha256()
    with part:
        while line := part.readline(MOST_IN_A_LINE + 1):
            if len(line) > MOST_IN_A_LINE:
                raise RefusedError(_not_ours(f"{path} has a line that is too long"))
            sha256.update(line)
            yield _row(archive, model, json.loads(line), parts), len(line)
    if sha256.hexdigest() != parts[path]["sha256"]:
        raise RefusedError(_not_ours(f"{path} was changed or cut off since it was written"))


def _row(
    archive: zipfile.ZipFile, model: type[models.Model], told: dict[str, Any], parts: dict[str, Any]
) -> models.Model:
    """One row, with exactly the fields that it has to have; raises one of `WRONG` for anything else."""
    fields = fields_of(model)
    if set(told["fields"]) != {field.name for field in fields}:
        msg = "it has other fields than this site's"
        raise ValueError(msg)
    if isinstance(told["pk"], bool) or not isinstance(told["pk"], int) or told["pk"] not in KEYS:
        msg = f"{told['pk']!r} is no key"
        raise ValueError(msg)
    label = model._meta.label  # noqa: SLF001 (Django's documented interface)
    [made] = Deserializer([{"model": label, "pk": told["pk"], "fields": told["fields"]}])
    row = made.object
    for field in fields:
        _check(field, getattr(row, field.attname))
    if label in FOLDERS:
        row.data = _file(archive, told.get("file"), FOLDERS[label], parts)
    if isinstance(row, Paper) and row.content_type and row.content_type not in BY_TYPE:
        msg = f"{row.content_type!r} is no kind of paper"
        raise ValueError(msg)
    if isinstance(row, User):
        row.set_unusable_password()
    return row


def _check(field: models.Field, value: object) -> None:
    """Refuse what one of the two databases would not take, or would cut."""
    if value is None and not field.null:
        msg = f"{field.name} is empty"
        raise ValueError(msg)
    if isinstance(value, str):
        value.encode()  # half a character raises
        if "\x00" in value or (field.max_length and len(value) > field.max_length):
            msg = f"{field.name} is too long, or holds what no text holds"
            raise ValueError(msg)
    if isinstance(field, models.JSONField) and "\\u0000" in json.dumps(value):
        msg = f"{field.name} holds what no text holds"
        raise ValueError(msg)
    if isinstance(field, models.URLField) and urlsplit(str(value or "")).scheme not in SCHEMES:
        msg = f"{field.name} is no address of the web"  # but a link that would run a script, for one
        raise ValueError(msg)
    if value and isinstance(field, models.SlugField):
        field.run_validators(value)
    if value is not None and isinstance(field, models.IntegerField):
        field.run_validators(value)  # what the field holds on either database


def _file(archive: zipfile.ZipFile, path: object, folder: str, parts: dict[str, Any]) -> bytes | None:
    """The bytes of a paper or an original; None for a link."""
    if path is None:
        return None
    if not isinstance(path, str) or not path.startswith(f"{folder}/") or path not in parts:
        msg = f"{path!r} is no file of this zip"
        raise ValueError(msg)
    data = _bytes(archive, path, most=MOST_IN_A_FILE)
    if hashlib.sha256(data).hexdigest() != parts[path]["sha256"]:
        raise RefusedError(_not_ours(f"{path} was changed since it was written"))
    return data


def _show(*, now: datetime) -> None:
    """Work out anew who may see what, and what calendars are told: the file is not asked."""
    for meeting in Meeting.objects.order_by("on", "pk"):
        publishing.show(meeting=meeting, now=now)
    publishing.show_records(
        now=now,
        actions=Action.objects.values_list("pk", flat=True),
        entries=Entry.objects.values_list("pk", flat=True),
    )
    renaming.rename(now=now)
    # Only what differs is saved: what is as it was has no new version in its history.
    for meeting in Meeting.objects.select_related("host").order_by("on", "pk"):
        if meeting.event != (feed.event_text(meeting) if meeting.is_published else ""):
            publishing.publish(meeting=meeting, now=now, changed=[])
    for event in Event.objects.order_by("pk"):
        if event.event != (event_feed.event_text(event) if event.is_published else ""):
            event_publishing.publish(event=event, now=now, changed=[])
    indexing.rebuild()
