"""A Word file looked at from outside, before anything of it is unpacked: is it one, and no larger than it should be."""

import io
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from meetings.minutes.files.taken import NotTakenError

MOST_MEMBERS = 2_000
MOST_XML = 40_000_000  # bytes of one part, unpacked; a part of a megabyte is a book
MOST_UNPACKED = 200_000_000  # bytes of all, pictures among them, none of which is unpacked
MOST_RATIO = (
    150  # how far a part may be packed down; where prose goes to a tenth, the emptiest table goes to a hundredth
)
SMALL = 1_000_000  # bytes: what is smaller may be packed as it likes

OTHERS = {
    "xl/workbook.xml": "is a spreadsheet. Copy its cells, and paste them into the box.",
    "ppt/presentation.xml": "is a presentation. Copy its text, and paste it into the box.",
}
OPEN_DOCUMENT = "is an OpenDocument file. Open it in LibreOffice, save it as a Word document (.docx), and take that."
NO_WORD = "is a packed file that holds no Word document. Unpack it, and take the files in it."
DAMAGED = "is damaged: it can't be unpacked. Open it in Word, save it again, and take that."
ODD = "is packed as no Word document is. Open it in Word, save it as a new document, and take that."
TOO_LARGE = "unpacks to far more than notes are. Copy its text, and paste it into the box."
LOCKED = "is locked by a password. Save it without one, and take it again."


def check(name: str, data: bytes) -> None:
    """NotTakenError where the file is no Word document that may be unpacked."""
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            refusal = _refusal(packed.infolist())
    except (BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError):
        refusal = DAMAGED
    if refusal:
        msg = f"{name} {refusal}"
        raise NotTakenError(msg)


def _refusal(members: list[ZipInfo]) -> str:
    """Why these members are not unpacked; empty if they may be."""
    names = [member.filename for member in members]
    for other, refusal in OTHERS.items():
        if other in names:
            return refusal
    if "mimetype" in names and "content.xml" in names:
        return OPEN_DOCUMENT
    if "[Content_Types].xml" not in names:
        return NO_WORD
    if any(member.flag_bits & 1 for member in members):
        return LOCKED
    if len(set(names)) < len(names) or any(_is_odd(member) for member in members):
        return ODD
    return TOO_LARGE if _are_too_large(members) else ""


def _are_too_large(members: list[ZipInfo]) -> bool:
    unpacked = sum(member.file_size for member in members)
    return len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or any(map(_is_too_large, members))


def _is_odd(member: ZipInfo) -> bool:
    """A name that leads out of the archive, or a way of packing that Word never uses."""
    name = member.filename
    return (
        name.startswith(("/", "\\"))
        or "\\" in name
        or ":" in name
        or ".." in name.split("/")
        or member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}
    )


def _is_too_large(member: ZipInfo) -> bool:
    is_xml = member.filename.casefold().endswith((".xml", ".rels"))
    return (is_xml and member.file_size > MOST_XML) or (
        member.file_size > SMALL and member.file_size > MOST_RATIO * member.compress_size
    )
