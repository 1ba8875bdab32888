"""Files of notes: their bytes as text, whatever program wrote them."""

from dataclasses import dataclass


class NotTakenError(ValueError):
    """A file that holds no notes which can be read; the message tells people why, and what to do."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """The text of a file, and a sentence for people on each thing that was left out or added on the way."""

    text: str
    said: tuple[str, ...] = ()


def take(name: str, data: bytes) -> Taken:
    """The text of a file of notes, by its name's ending and its bytes; NotTakenError where there is none."""
    try:
        return Taken(text=decode(data))
    except ValueError:
        msg = f"{name} holds no text that can be read. Save it as plain text (UTF-8), or paste the notes."
        raise NotTakenError(msg) from None


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
