"""Archives (.zip) of files of notes, taken apart in memory: nothing in them is trusted, nothing goes to a disk."""

import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from meetings.imports.importing import LARGEST, plain_name
from meetings.minutes.files import NotTakenError

MOST_FILES = 500
MOST_BYTES = 100 * 1024 * 1024  # of all files unpacked, those that turn out broken too
RATIO = 200  # plain text packs to a twentieth, a bomb to a thousandth
SMALL = 64 * 1024  # below it a ratio says nothing
KNOWN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# One stands before each file in the list at the end of an archive; Word files are archives too, of a dozen parts each.
ENTRY = b"PK\x01\x02"
# What an operating system puts into archives beside the files.
NOISE = ("__MACOSX", ".", "~$", "Thumbs.db")


@dataclass
class Budget:
    """How many bytes may still be unpacked: one for all archives that are sent together."""

    left: int = MOST_BYTES


def is_archive(name: str) -> bool:
    """Whether the file's name says that it is an archive."""
    return PurePath(name).suffix.casefold() == ".zip"


def unpack(name: str, data: bytes, *, budget: Budget) -> Iterator[tuple[str, bytes | NotTakenError]]:
    """The files in an archive by their plain names, each with its bytes or why there are none.

    NotTakenError where the archive as a whole can't be taken, before or while its files are given.
    """
    if data.count(ENTRY) > MOST_FILES * 40:
        msg = f"{name} holds too many files: {MOST_FILES} is the most."
        raise NotTakenError(msg)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        msg = f"{name} is no archive that can be opened, or it is broken."
        raise NotTakenError(msg) from None
    with archive:
        members = [one for one in archive.infolist() if not one.is_dir() and not _is_noise(one.filename)]
        if len(members) > MOST_FILES:
            msg = f"{name} holds {len(members):,} files: {MOST_FILES} is the most."
            raise NotTakenError(msg)
        places = Counter(one.header_offset for one in members)
        for member in members:
            plain = plain_name(member.filename)
            why = _why_not(member, plain, is_shared=places[member.header_offset] > 1)
            if why:
                yield plain, NotTakenError(why)
                continue
            budget.left -= member.file_size  # no more than that is unpacked, whatever is there
            if budget.left < 0:
                msg = f"{name} is too large when it is unpacked: {MOST_BYTES:,} bytes is the most, of all archives."
                raise NotTakenError(msg)
            try:
                unpacked = _read(archive, member, plain)
            except NotTakenError as refusal:
                yield plain, refusal
                continue
            yield plain, unpacked


def _is_noise(name: str) -> bool:
    return any(part.startswith(NOISE) and part.strip(".") for part in name.replace("\\", "/").split("/"))


def _why_not(member: zipfile.ZipInfo, plain: str, *, is_shared: bool) -> str:
    """Why a file is refused by what the archive says of it, before anything is unpacked; "" where it is not."""
    mode = member.external_attr >> 16
    size = member.file_size
    refusals = {
        f"{plain} is an archive within the archive: unpack it first.": is_archive(plain),
        f"{plain} is a link or the like, and no file.": mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode),
        f"{plain} is locked with a password.": member.flag_bits & 0x1,
        f"{plain} is packed in a way that is not known here.": member.compress_type not in KNOWN,
        f"{plain} stands in the archive under several names.": is_shared,
        f"{plain} is more than {LARGEST:,} bytes large.": size > LARGEST,
        f"{plain} unpacks to more than any notes would.": size > SMALL and size > RATIO * max(member.compress_size, 1),
    }
    return next((why for why, is_so in refusals.items() if is_so), "")


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, plain: str) -> bytes:
    """The bytes of one file; one that holds more than the archive says is broken, and not unpacked further."""
    try:
        with archive.open(member) as stream:
            return stream.read(member.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        msg = f"{plain} is broken within the archive."
        raise NotTakenError(msg) from None
