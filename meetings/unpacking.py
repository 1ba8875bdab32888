"""Archives (.zip) of files of notes, taken apart in memory: nothing in them is trusted, nothing goes to a disk."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath

from meetings.importing import LARGEST, plain_name
from meetings.minutes.files import NotTakenError

MOST_FILES = 500
MOST_BYTES = 100 * 1024 * 1024  # of all files unpacked
RATIO = 200  # plain text packs to a twentieth, a bomb to a thousandth
SMALL = 64 * 1024  # below it a ratio says nothing
# One stands before each file in the list at the end of an archive; Word files are archives too, of a dozen parts each.
ENTRY = b"PK\x01\x02"
# What an operating system puts into archives beside the files.
NOISE = ("__MACOSX", ".", "~$", "Thumbs.db")


def is_archive(name: str) -> bool:
    """Whether the file's name says that it is an archive."""
    return PurePath(name).suffix.casefold() == ".zip"


def unpack(name: str, data: bytes) -> Iterator[tuple[str, bytes | NotTakenError]]:
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
        left = MOST_BYTES
        for member in members:
            plain = plain_name(member.filename)
            try:
                unpacked = _read(archive, member, plain)
            except NotTakenError as refusal:
                yield plain, refusal
                continue
            left -= len(unpacked)
            if left < 0:
                msg = f"{name} is more than {MOST_BYTES:,} bytes large when it is unpacked."
                raise NotTakenError(msg)
            yield plain, unpacked


def _is_noise(name: str) -> bool:
    return any(part.startswith(NOISE) and part.strip(".") for part in name.replace("\\", "/").split("/"))


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, plain: str) -> bytes:
    """The bytes of one file; what the archive says of their number is not believed."""
    if is_archive(plain):
        msg = f"{plain} is an archive within the archive: unpack it first."
        raise NotTakenError(msg)
    mode = member.external_attr >> 16
    if mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
        msg = f"{plain} is a link or the like, and no file."
        raise NotTakenError(msg)
    if member.flag_bits & 0x1:
        msg = f"{plain} is locked with a password."
        raise NotTakenError(msg)
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        msg = f"{plain} is packed in a way that is not known here."
        raise NotTakenError(msg)
    try:
        with archive.open(member) as stream:
            data = stream.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        msg = f"{plain} is broken within the archive."
        raise NotTakenError(msg) from None
    if len(data) > LARGEST:
        msg = f"{plain} is more than {LARGEST:,} bytes large."
        raise NotTakenError(msg)
    if len(data) > SMALL and len(data) > RATIO * max(member.compress_size, 1):
        msg = f"{plain} unpacks to more than any notes would."
        raise NotTakenError(msg)
    return data
