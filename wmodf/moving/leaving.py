"""Everything of the group in one zip: records, histories, notes to read, calendars and files."""

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.core.serializers.python import Serializer
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import feed
from meetings.documents import document_of
from meetings.events.feed import events_feed
from meetings.models import Minutes
from meetings.publishing import RECORDS
from members.models import Organisation, User
from wmodf.lib.access import Standing
from wmodf.lib.models import Revision
from wmodf.moving import ABOUT, FOLDERS, FORM, RefusedError, fields_of, kept_models, rows_of

READ_ME = """{group}: everything, as of {on}

This file holds all that the site {site} knew of the group, e-mail addresses, drafts and confidential items too: keep it
where only those come who may read all of that.

notes/      the notes of each meeting, as Markdown to read (.md) and as the secretary typed them (.txt)
papers/     the papers and slides of meetings, as they were added
originals/  the files that notes came from
data/       every record, one to a line, as JSON: a file for each kind, histories too
calendar.ics, events.ics  the calendars as the site gave them out
{about}  what the file holds, with the SHA-256 of each part that is read back

Another site of the same software, still empty, reads it with:  manage.py import_group FILE.zip
Left out are what belongs to the old site alone: open logins, second steps, secret calendar addresses.
"""


class _Counted:
    """A part of the zip that is being written, its SHA-256 with it."""

    def __init__(self, part: IO[bytes]) -> None:
        self.part, self.sha256 = part, hashlib.sha256()

    def write(self, data: bytes) -> None:
        self.sha256.update(data)
        self.part.write(data)


@transaction.atomic
def leave(into: IO[bytes], *, now: datetime, tell: Callable[[str, int], None] = lambda _what, _rows: None) -> None:
    """Write the zip. Nobody records or publishes meanwhile. RefusedError where the site has no group yet.

    `tell` is told each part and its number of rows. One row's bytes are held at a time.
    """
    group = Organisation.objects.group()
    if group is None:
        msg = _("This site has no group yet: there is nothing to take along.")
        raise RefusedError(msg)
    Revision.objects.hold(RECORDS)
    users = set(rows_of(User).values_list("pk", flat=True))
    parts: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        # What points to others comes first, so that whatever is added meanwhile can't be pointed to and missing.
        for model in reversed(kept_models()):
            parts |= _records(archive, model, users)
            tell(_path(model), parts[_path(model)]["rows"])
        tell("notes", _notes(archive))
        on = timezone.localdate(now)
        archive.writestr("calendar.ics", feed.feed(on=on).body)
        archive.writestr("events.ics", events_feed(on=on).body)
        archive.writestr(
            "README.txt", READ_ME.format(group=group, on=on.isoformat(), site=settings.SITE_URL, about=ABOUT)
        )
        about = {
            "form": FORM,
            "group": group.name,
            "site": settings.SITE_URL,
            "made_at": now.isoformat(),
            "parts": parts,
        }
        archive.writestr(ABOUT, json.dumps(about, ensure_ascii=False, indent=1))


def _path(model: type[models.Model]) -> str:
    return f"data/{model._meta.label_lower}.jsonl"  # noqa: SLF001 (Django's documented interface)


def _records(archive: zipfile.ZipFile, model: type[models.Model], users: set[int]) -> dict[str, dict[str, Any]]:
    """Write the rows of one model and the files that they hold; gives what the zip says of these parts."""
    label, names = model._meta.label, [field.name for field in fields_of(model)]  # noqa: SLF001 (the same)
    to_users = [field.name for field in fields_of(model) if field.related_model is User]
    folder, files, number = FOLDERS.get(label), {}, 0
    rows = rows_of(model)
    if folder:
        files = _files(archive, rows.select_related("meeting"), folder)
        rows = rows.defer("data")
    with archive.open(_path(model), "w") as part:
        counted = _Counted(part)
        for record in rows.iterator(chunk_size=500):
            [row] = Serializer().serialize([record], fields=names)
            number += 1
            for name in to_users:
                if row["fields"][name] not in users:  # a technical administrator, who is nobody of the group's
                    row["fields"][name] = None
            told = {"pk": row["pk"], "fields": row["fields"]}
            if row["pk"] in files:
                told["file"] = files[row["pk"]][0]
            counted.write(json.dumps(told, ensure_ascii=False, sort_keys=True, default=_plain).encode() + b"\n")
    found = {path: {"sha256": sha256} for path, sha256 in files.values()}
    return {_path(model): {"rows": number, "sha256": counted.sha256.hexdigest()}} | found


def _plain(value: object) -> str:
    """What JSON has no form for, to the microsecond, as Python reads it back."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(repr(value))


def _files(archive: zipfile.ZipFile, rows: models.QuerySet, folder: str) -> dict[int, tuple[str, str]]:
    """Write the rows' bytes; gives by key where they are and their SHA-256. Links have none."""
    found = {}
    for row in rows.iterator(chunk_size=1):
        if row.data is None:
            continue
        data = bytes(row.data)
        meeting = row.meeting.slug if row.meeting_id else "waiting"
        path = f"{folder}/{meeting}/{row.pk}-{_safe(row.name)}"
        archive.writestr(path, data)
        found[row.pk] = (path, hashlib.sha256(data).hexdigest())
    return found


def _safe(name: str) -> str:
    """A file's name without what some system can't have in one; the key before it keeps two apart."""
    plain = re.sub(r"[^\w.-]+", "-", name).strip("-.")[-80:]
    return plain or "file"


def _notes(archive: zipfile.ZipFile) -> int:
    """Write each meeting's notes to read, and as they were typed; gives how many."""
    reader = User()
    reader.standing = Standing.SECRETARY
    number = 0
    for minutes in _minutes():
        number += 1
        archive.writestr(f"notes/{minutes.meeting.slug}.md", document_of(minutes, ending="md", user=reader).write())
        archive.writestr(f"notes/{minutes.meeting.slug}.txt", minutes.text)
    return number


def _minutes() -> Iterator[Minutes]:
    return Minutes.objects.select_related("meeting__host").order_by("meeting__on", "pk").iterator(chunk_size=20)
