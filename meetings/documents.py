"""Documents of a meeting's notes: what one reader may see of them, in the house layout, as a file."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy, override

from meetings.composing import compose
from meetings.minutes.documents.layouts import Cover, Laid, Layout, lay_out
from meetings.minutes.documents.markdown import to_markdown
from meetings.minutes.documents.plain import to_plain
from meetings.minutes.structure import MinutesDoc
from meetings.minutes.text import to_text
from meetings.models import Meeting, Minutes
from meetings.sight.corrections import corrections_of, sentences
from members.models import Organisation
from wmodf.lib.dates import in_words
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
        name=gettext_lazy("Text"),
        content_type="text/plain; charset=utf-8",
        is_kept=False,
        write=lambda _doc, laid: to_plain(laid).encode(),
    ),
    "whole.txt": Form(
        name=gettext_lazy("Text that can be read back whole"),
        content_type="text/plain; charset=utf-8",
        is_kept=False,
        write=lambda doc, _laid: to_text(doc).encode(),
    ),
}


def document_of(minutes: Minutes, *, ending: str, user: object) -> Document:
    """The notes as this reader may see them, as a file whose ending is one of `FORMS`; needs the meeting fetched."""
    meeting, form = minutes.meeting, FORMS[ending]
    group = Organisation.objects.group()
    with override(None):  # a document speaks the notes' own language, so that it can be read back
        doc = compose(meeting, user=user)
        cover = Cover(
            group=group.name if group else "",
            status=_status(minutes),
            address=absolute(meeting.get_absolute_url()),
            corrections=sentences(corrections_of(meeting, user=user)),
        )
    laid = lay_out(doc, layout=Layout(settings.NOTES_LAYOUT), cover=cover)
    return Document(
        filename=_filename(meeting, cover.group, ending),
        form=form,
        etag=f'W/"{hashlib.sha256(repr((ending, doc, laid)).encode()).hexdigest()[:32]}"',
        write=lambda: form.write(doc, laid),
    )


def _status(minutes: Minutes) -> str:
    """How far the notes are: "circulated on 20 March 2026, not yet agreed"."""
    if on := minutes.agreed_on:
        return f"agreed at the meeting of {in_words(on)}"
    if minutes.is_circulated and minutes.circulated_at:
        on = localdate(minutes.circulated_at)
        return f"circulated on {in_words(on)}, not yet agreed"
    return str(minutes.get_status_display())


def _filename(meeting: Meeting, group: str, ending: str) -> str:
    return "-".join(part for part in (slugify(group)[:60], "minutes", meeting.slug) if part) + f".{ending}"


def sent(request: HttpRequest, document: Document) -> HttpResponse:
    """The document as an answer, or that the reader has it already."""
    response = get_conditional_response(request, etag=document.etag)
    if response is None:
        response = HttpResponse(document.write(), content_type=document.form.content_type)
        response["Content-Disposition"] = content_disposition_header(
            as_attachment=document.form.is_kept, filename=document.filename
        )
    response["ETag"] = document.etag
    # Kept, but asked for again: notes may be corrected or withdrawn, and an agenda changes until the meeting.
    response["Cache-Control"] = "no-cache"
    return response
