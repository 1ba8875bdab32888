"""Documents of a meeting's notes: what one reader may see of them, in the house layout, as a file."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.text import slugify

from meetings.composing import compose
from meetings.minutes.documents.layouts import Cover, Laid, Layout, lay_out
from meetings.minutes.documents.markdown import to_markdown
from meetings.minutes.documents.plain import to_plain
from meetings.minutes.structure import MinutesDoc
from meetings.minutes.text import to_text
from meetings.models import Meeting, Minutes
from members.models import Organisation
from wmodf.lib.urls import absolute


@dataclass(frozen=True, kw_only=True)
class Form:
    """A kind of file: what people call it, its media type, and whether a browser keeps it rather than shows it."""

    name: str
    content_type: str
    is_kept: bool
    write: Callable[[MinutesDoc, Laid], bytes]


@dataclass(frozen=True, kw_only=True)
class Document:
    """One file, made when `write` is called; `etag` is known before, so that nobody waits for what they have."""

    filename: str
    form: Form
    etag: str
    write: Callable[[], bytes]


def _pdf(_doc: MinutesDoc, laid: Laid) -> bytes:
    from meetings.minutes.documents.pdf import to_pdf  # noqa: PLC0415 (slow import)

    return to_pdf(laid)


def _word(_doc: MinutesDoc, laid: Laid) -> bytes:
    from meetings.minutes.documents.word import to_word  # noqa: PLC0415 (slow import)

    return to_word(laid)


WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# By the ending of the file's name, in the order in which they are offered. A PDF is kept: browsers would show it in a
# page of their own making, which the site's content security policy forbids to have any style.
FORMS = {
    "pdf": Form(name="PDF", content_type="application/pdf", is_kept=True, write=_pdf),
    "docx": Form(name="Word", content_type=WORD_TYPE, is_kept=True, write=_word),
    "md": Form(
        name="Markdown",
        content_type="text/markdown; charset=utf-8",
        is_kept=True,
        write=lambda _doc, laid: to_markdown(laid).encode(),
    ),
    "txt": Form(
        name="Text",
        content_type="text/plain; charset=utf-8",
        is_kept=False,
        write=lambda _doc, laid: to_plain(laid).encode(),
    ),
    "whole.txt": Form(
        name="Text that can be read back whole",
        content_type="text/plain; charset=utf-8",
        is_kept=False,
        write=lambda doc, _laid: to_text(doc).encode(),
    ),
}


def document_of(minutes: Minutes, *, ending: str, user: object) -> Document:
    """The notes as this reader may see them, as a file whose ending is one of `FORMS`; needs the meeting fetched."""
    meeting, form = minutes.meeting, FORMS[ending]
    group = Organisation.objects.group()
    doc = compose(meeting, user=user)
    cover = Cover(
        group=group.name if group else "",
        status=_status(minutes),
        address=absolute(meeting.get_absolute_url()),
    )
    laid = lay_out(doc, layout=Layout(settings.NOTES_LAYOUT), cover=cover)
    return Document(
        filename=_filename(meeting, cover.group, ending),
        form=form,
        etag=f'W/"{hashlib.sha256(repr((ending, doc, laid)).encode()).hexdigest()[:32]}"',
        write=lambda: form.write(doc, laid),
    )


def _status(minutes: Minutes) -> str:
    """How far the notes are: "agreed at the meeting of 25 February 2026"."""
    on = minutes.agreed_on
    return f"agreed at the meeting of {on.day} {on:%B %Y}" if on else minutes.get_status_display()


def _filename(meeting: Meeting, group: str, ending: str) -> str:
    return "-".join(part for part in (slugify(group)[:60], "minutes", meeting.slug) if part) + f".{ending}"
