"""Adding, changing and removing papers. Each ends in `show_agenda`: a paper is seen by whoever may see its item."""

import hashlib
import re
import unicodedata
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meetings.agenda.paper_kinds import NotAPaperError, PaperKind, kind_of
from meetings.agenda.showing import show_agenda
from meetings.models import Meeting
from meetings.publishing import RECORDS
from meetings.records.agendas import AgendaItem
from meetings.records.papers import LONGEST_TITLE, MOST_BYTES, Paper
from members.models import Person
from wmodf.lib.models import Revision

MOST_PAPERS = 20  # of one meeting
LONGEST_NAME = 120


class TooManyError(Exception):
    """The meeting has as many papers as it may have; the message says so, for people."""


class TooLargeError(Exception):
    """The file is larger than a paper may be; the message says so, for people."""


def refuse_too_large(size: int) -> None:
    """Raise TooLargeError for a file of so many bytes that it is no paper."""
    if size > MOST_BYTES:
        msg = _(
            "This file is %(size)s MB large: %(most)s MB is the most. Make it smaller, or put it"
            " elsewhere and give a link."
        ) % {"size": f"{size / 1_000_000:,.1f}", "most": MOST_BYTES // 1_000_000}
        raise TooLargeError(msg)


def refuse_link(link: str) -> None:
    """Raise NotAPaperError for a link that leads to no page: another scheme, or a password in it."""
    parts = urlsplit(link)
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc:
        msg = _("A link begins with https:// or http:// and holds no password.")
        raise NotAPaperError(msg)


@transaction.atomic
def add_file(
    *,
    meeting: Meeting,
    upload: tuple[str, bytes],
    title: str = "",
    kind: str = Paper.Kind.PAPER,
    item: AgendaItem | None = None,
    is_confidential: bool = False,
    by: Person | None,
    now: datetime,
) -> Paper:
    """Keep a file as a paper. `upload` is its name and its bytes; without a title it is called by its name.

    NotAPaperError, TooLargeError or TooManyError where it can't be kept. The same file with the same title, sent
    twice, is kept once.
    """
    Revision.objects.hold(RECORDS)
    name, data = upload
    refuse_too_large(len(data))
    found = kind_of(name, data)
    name = clean_name(name, found)
    title = (title or PurePosixPath(name).stem.replace("-", " ").replace("_", " "))[:LONGEST_TITLE]
    sha256 = hashlib.sha256(data).hexdigest()
    return _keep(
        meeting,
        meeting.papers.of_bytes(sha256),
        title=title,
        kind=kind,
        item=item,
        is_confidential=is_confidential,
        by=by,
        now=now,
        name=name,
        content_type=found.content_type,
        size=len(data),
        sha256=sha256,
        data=data,
    )


@transaction.atomic
def add_link(
    *,
    meeting: Meeting,
    link: str,
    title: str,
    kind: str = Paper.Kind.PAPER,
    item: AgendaItem | None = None,
    is_confidential: bool = False,
    by: Person | None,
    now: datetime,
) -> Paper:
    """Keep a link as a paper; NotAPaperError and TooManyError as above. The same link sent twice is kept once."""
    refuse_link(link)
    Revision.objects.hold(RECORDS)
    return _keep(
        meeting,
        meeting.papers.filter(link=link),
        title=title,
        kind=kind,
        item=item,
        is_confidential=is_confidential,
        by=by,
        now=now,
        link=link,
    )


def _keep(
    meeting: Meeting,
    alike: QuerySet[Paper],
    *,
    title: str,
    item: AgendaItem | None,
    by: Person | None,
    now: datetime,
    **fields: object,
) -> Paper:
    """The paper among those alike that has this title and item already; else a new one."""
    if (same := alike.light().filter(title=title, item=item).first()) is not None:
        return same
    _refuse_too_many(meeting)
    paper = Paper.objects.create(meeting=meeting, title=title, item=item, added_by=by, added_at=now, **fields)
    show_agenda(meeting=meeting, now=now)
    return paper


@transaction.atomic
def change_paper(
    *, paper: Paper, title: str, kind: str, item: AgendaItem | None, is_confidential: bool, now: datetime
) -> None:
    """Call a paper otherwise, put it under another item, or change who may see it."""
    Revision.objects.hold(RECORDS)
    paper.title, paper.kind, paper.item, paper.is_confidential = title, kind, item, is_confidential
    changed = ["title", "kind", "item", "is_confidential"]
    if is_confidential:
        paper.is_public, paper.public_title = False, ""
        changed += ["is_public", "public_title"]
    paper.save(update_fields=changed)
    show_agenda(meeting=paper.meeting, now=now)


@transaction.atomic
def remove_paper(*, paper: Paper, now: datetime) -> None:
    """Remove a paper with its bytes, for good."""
    Revision.objects.hold(RECORDS)
    meeting = paper.meeting
    paper.delete()
    show_agenda(meeting=meeting, now=now)


def clean_name(name: str, kind: PaperKind) -> str:
    """A file's name without folders, marks that nobody sees and what systems forbid; with the ending of its kind."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(character for character in plain if character.isprintable())
    stem = re.sub(r'[<>:"|?*%#&;]+', " ", PurePosixPath(kept).stem if "." in kept.strip(".") else kept)
    stem = " ".join(stem.split()).strip(". ")[:LONGEST_NAME].rstrip(". ")
    return f"{stem or 'paper'}.{kind.ending}"


def _refuse_too_many(meeting: Meeting) -> None:
    if meeting.papers.count() >= MOST_PAPERS:
        msg = _("This meeting has %(most)s papers, which is the most: remove one, or put several into one file.") % {
            "most": MOST_PAPERS
        }
        raise TooManyError(msg)
