"""Files of notes: their bytes as text."""


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
