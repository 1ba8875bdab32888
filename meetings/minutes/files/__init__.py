"""Files of notes: their bytes as text, whatever program wrote them. What they hold decides, not only their names."""

import re
from pathlib import PurePath

from meetings.minutes.files import child, word_in
from meetings.minutes.files.taken import NotTakenError, Taken

__all__ = ["MOST_PAGE", "MOST_WORD", "NotTakenError", "Taken", "decode", "is_page", "take"]

MOST_WORD = 10_000_000  # bytes of a Word file, most of which are pictures
MOST_PAGE = 4_000_000  # bytes of a page

PAGES = {".html", ".htm", ".xhtml"}
MARKDOWN = {".md", ".markdown"}

WHOLE_PAGE = re.compile(
    r"\ufeff?\s*(?:<\?xml[^<>]{0,200}>\s*)?(?:<!--[^>]{0,400}-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I
)
FRAGMENT = re.compile(
    r"\ufeff?\s*(?:<!--|<(?:p|div|span|h[1-6]|ul|ol|li|table|tbody|tr|article|section|main|header|blockquote|figure|dl|font"
    r"|strong|em|b|i|a|br|meta|center|pre)\b[^<>]{0,2000}/?>)",
    re.IGNORECASE,
)
BLOCK_END = re.compile(r"</(?:p|div|h[1-6]|li|td|th|table|article|section|main|blockquote|dd)\s*>", re.IGNORECASE)
ONE_FILE_PAGE = re.compile(rb"(?:\A|\n)content-type:\s*multipart/related", re.IGNORECASE)

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
PACKED = (b"PK\x03\x04", b"PK\x05\x06")
SAVE_AS_WORD = "Open it in Word or LibreOffice, save it as a Word document (.docx), and take that."


def take(name: str, data: bytes) -> Taken:
    """The text of a file of notes, by its name's ending and its bytes; NotTakenError where there is none."""
    _refuse_others(name, data)
    if data.startswith(PACKED):
        _see_size(name, data, MOST_WORD)
        word_in.check(name, data)
        return child.convert("word", name, data)
    suffix = PurePath(name).suffix.casefold()
    try:
        text = decode(data)
    except ValueError:
        msg = f"{name} holds no text that can be read. Save it as plain text (UTF-8), or paste the notes."
        raise NotTakenError(msg) from None
    if (
        WHOLE_PAGE.match(text)
        or (suffix not in MARKDOWN and is_page(text))
        or (suffix in PAGES and BLOCK_END.search(text))
    ):
        _see_size(name, data, MOST_PAGE)
        return child.convert("page", name, data)
    said = (f"{name} is plain text, whatever its name says: it was taken as it stands.",)
    return Taken(text=text, said=said if suffix in PAGES | {".docx", ".docm"} else ())


def is_page(text: str) -> bool:
    """Whether a text is plainly HTML, a whole page or a piece of one, and no notes that hold a tag or two."""
    return bool(WHOLE_PAGE.match(text) or (FRAGMENT.match(text) and BLOCK_END.search(text)))


def _refuse_others(name: str, data: bytes) -> None:
    """Refuse what other programs wrote, with a word on how to get its notes out; NotTakenError."""
    refusal = ""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        refusal = f"is a file of an old Word or another old office program. {SAVE_AS_WORD}"
        if "EncryptedPackage".encode("utf-16-le") in data:
            refusal = "is locked by a password. Open it in Word, take the password off, save it, and take it again."
    elif b"%PDF-" in data[:1024]:
        refusal = "is a PDF. Copy all its text and paste it into the box, or take the Word file it was made from."
    elif data.startswith(b"{\\rtf"):
        refusal = f"is rich text (RTF). {SAVE_AS_WORD}"
    elif ONE_FILE_PAGE.search(data[:4000]):
        refusal = (
            "is a page saved as a single file (.mht). Save it as a web page (.html), or copy its text and paste it."
        )
    elif data.startswith(PICTURES):
        refusal = "is a picture: no words can be taken from it. Type what it shows."
    if refusal:
        msg = f"{name} {refusal}"
        raise NotTakenError(msg)


def _see_size(name: str, data: bytes, most: int) -> None:
    if len(data) > most:
        msg = f"{name} is too large: {most // 1_000_000} MB is the most. Copy its text, and paste it into the box."
        raise NotTakenError(msg)


def decode(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, or what Windows wrote; ValueError where it is no text.

    A byte-order mark of UTF-8 stays, so that offsets count in the file as it is.
    """
    for encoding in ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
    msg = "no text"
    raise ValueError(msg)


def _is_text(text: str) -> bool:
    """Whether hardly any of the characters are ones that no text holds."""
    odd = sum(character < " " and character not in "\n\r\t\f\v" for character in text)
    return odd * 100 <= len(text)
