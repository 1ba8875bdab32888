"""What kind of paper a file is. What it holds decides; its name only tells one sort of plain text from another."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath

import puremagic
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.minutes.files import decode

ODF = "application/vnd.oasis.opendocument."
OOXML = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """A kind of file: its media type, the ending of its name, and what people call it."""

    content_type: str
    ending: str
    name: str


PDF = PaperKind(content_type="application/pdf", ending="pdf", name="PDF")
PNG = PaperKind(content_type="image/png", ending="png", name=gettext_lazy("picture"))
JPEG = PaperKind(content_type="image/jpeg", ending="jpg", name=gettext_lazy("picture"))
WORD = PaperKind(content_type=f"{OOXML}wordprocessingml.document", ending="docx", name="Word")
EXCEL = PaperKind(content_type=f"{OOXML}spreadsheetml.sheet", ending="xlsx", name="Excel")
POWERPOINT = PaperKind(content_type=f"{OOXML}presentationml.presentation", ending="pptx", name="PowerPoint")
ODT = PaperKind(content_type=f"{ODF}text", ending="odt", name=gettext_lazy("OpenDocument text"))
ODS = PaperKind(content_type=f"{ODF}spreadsheet", ending="ods", name=gettext_lazy("OpenDocument spreadsheet"))
ODP = PaperKind(content_type=f"{ODF}presentation", ending="odp", name=gettext_lazy("OpenDocument presentation"))
CSV = PaperKind(content_type="text/csv", ending="csv", name="CSV")
MARKDOWN = PaperKind(content_type="text/markdown", ending="md", name="Markdown")
TEXT = PaperKind(content_type="text/plain", ending="txt", name=gettext_lazy("text"))

PICTURES_AND_PDF = {kind.content_type: kind for kind in (PDF, PNG, JPEG)}
# How each begins, with nothing before it; puremagic also goes by how a file ends.
BEGINS = {PDF: b"%PDF-", PNG: b"\x89PNG\r\n\x1a\n", JPEG: b"\xff\xd8\xff"}
# By what stands before ".main+xml" in the type of an Office file's main part.
OFFICE = {kind.content_type: kind for kind in (WORD, EXCEL, POWERPOINT)}
OPEN_DOCUMENT = {kind.content_type: kind for kind in (ODT, ODS, ODP)}
TEXTS = {"csv": CSV, "md": MARKDOWN, "markdown": MARKDOWN, "txt": TEXT, "text": TEXT, "": TEXT}
ALL = (PDF, WORD, EXCEL, POWERPOINT, ODT, ODS, ODP, CSV, TEXT, MARKDOWN, PNG, JPEG)
BY_TYPE = {kind.content_type: kind for kind in ALL}
ENDINGS = [kind.ending for kind in ALL] + ["jpeg"]

ZIP = b"PK\x03\x04"
MAIN_PART = re.compile(r'ContentType="(application/[\w.+-]+)\.main\+xml"', re.IGNORECASE)
MACROS = re.compile(r"(?:^|/)(?:vbaProject\w*\.bin|vbaData\.xml|Basic/.*|Scripts/.*)$", re.IGNORECASE)
# What a PDF needs to run something; compressed streams may hide it, and no browser runs it from here.
RUNS = re.compile(rb"/(?:JavaScript|Launch)\b")
MARKUP = re.compile(r"\s*<[!?/a-z]", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
MOST_PARTS = 5_000
MOST_UNPACKED = 250_000_000  # bytes: what whoever opens the file would have to hold
MOST_LISTED = 1_000_000  # bytes of the part that says what the others are

TAKEN = gettext_lazy("PDF, Word, Excel, PowerPoint, OpenDocument, CSV, plain text, Markdown, PNG and JPEG")


class NotAPaperError(Exception):
    """A file that is no paper; the message says why and what to do, for people."""


def kind_of(name: str, data: bytes) -> PaperKind:
    """The kind of a file; NotAPaperError for any that is not taken."""
    if data.startswith(ZIP):
        return _packed(data)
    kind = _known(data)
    if kind is None:
        return _text(name, data)
    if zipfile.is_zipfile(io.BytesIO(data)):
        msg = _("This file holds another one behind it. Save it anew, and take that.")
        raise NotAPaperError(msg)
    if kind is PDF and RUNS.search(data):
        msg = _("This PDF holds a program. Print it to a new PDF, and take that.")
        raise NotAPaperError(msg)
    return kind


def _known(data: bytes) -> PaperKind | None:
    """A PDF or picture by how it begins; None for anything else."""
    try:
        found = [match.mime_type for match in puremagic.magic_string(data)]
    except (puremagic.PureError, ValueError):
        return None
    kinds = [PICTURES_AND_PDF[one] for one in found if one in PICTURES_AND_PDF]
    return next((kind for kind in kinds if data.startswith(BEGINS[kind])), None)


def _packed(data: bytes) -> PaperKind:
    """What an Office or OpenDocument file is by the part that says so; nothing else in it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                msg = _("This file unpacks to far more than a paper holds. Save it anew, smaller, and take that.")
                raise NotAPaperError(msg)
            names = {part.filename for part in parts}
            if any(MACROS.search(name) for name in names):
                msg = _("This file holds macros. Save it without them (.docx, .xlsx, .pptx), and take that.")
                raise NotAPaperError(msg)
            kind = _office(archive, names) or _open_document(archive, names)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError, OSError):
        msg = _("This file is broken. Open it in the program that made it, save it anew, and take that.")
        raise NotAPaperError(msg) from None
    if kind is None:
        raise _refusal()
    return kind


def _office(archive: zipfile.ZipFile, names: set[str]) -> PaperKind | None:
    """Word, Excel or PowerPoint; their macro-enabled kinds are none of these."""
    if "[Content_Types].xml" not in names:
        return None
    listed = _read(archive, "[Content_Types].xml").decode(errors="replace")
    kinds = {OFFICE.get(found) for found in MAIN_PART.findall(listed)}
    if "macroEnabled" in listed or len(kinds) != 1:
        return None
    return kinds.pop()


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> PaperKind | None:
    if "mimetype" not in names:
        return None
    return OPEN_DOCUMENT.get(_read(archive, "mimetype").decode(errors="replace").strip())


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part; of one that is longer than it may be, the start, whatever its length is said to be."""
    with archive.open(name) as part:
        return part.read(MOST_LISTED)


def _text(name: str, data: bytes) -> PaperKind:
    """Plain text of some sort; no page, drawing or script, and nothing with characters that no text holds."""
    kind = TEXTS.get(PurePath(name).suffix.removeprefix(".").casefold())
    try:
        text = decode(data).removeprefix("\ufeff")
    except ValueError:
        raise _refusal() from None
    if kind is None or not text.strip() or CONTROLS.search(text) or MARKUP.match(text) or text.startswith("#!"):
        raise _refusal()
    return kind


def _refusal() -> NotAPaperError:
    return NotAPaperError(_("This kind of file is not taken: papers are %(kinds)s files.") % {"kinds": TAKEN})
