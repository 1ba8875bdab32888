"""Archives of notes, and what hostile ones try."""

import stat
import struct
import zipfile
from io import BytesIO

import pytest

from meetings.imports import unpacking
from meetings.imports.unpacking import MOST_BYTES, Budget, is_archive, unpack
from meetings.minutes.files import NotTakenError


def zipped(*files, compression=zipfile.ZIP_DEFLATED):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream.getvalue()


def taken(data, budget=None):
    """The archive's files by name: their bytes, or why there are none."""
    found = unpack("n.zip", data, budget=budget or Budget())
    return {name: str(one) if isinstance(one, NotTakenError) else one for name, one in found}


def test_it_works():
    data = zipped(("2014/a.txt", "A"), ("2014/", ""), ("b.md", "B"))
    assert taken(data) == {"2014/a.txt": b"A", "b.md": b"B"}
    assert [name for name in ("a.ZIP", "a.zip", "a.docx", "zip") if is_archive(name)] == ["a.ZIP", "a.zip"]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/a.txt", "etc/a.txt"),
        ("/etc/a.txt", "etc/a.txt"),
        ("..\\..\\a.txt", "a.txt"),
        ("C:\\notes\\a.txt", "C:/notes/a.txt"),
        ("a\x01\x1f\u202etxt.exe\u202c.txt", "atxt.exe.txt"),
        ("  a \n b.txt", "a b.txt"),
        ("..", "file"),
    ],
)
def test_names_are_made_plain(name, plain):
    assert set(taken(zipped((name, "A")))) == {plain}


def test_a_long_name_keeps_its_start_and_its_ending():
    (name,) = taken(zipped((f"2014-03-11{'x' * 5000}.txt", "A")))
    assert len(name) == 200
    assert (name[:10], name[-4:]) == ("2014-03-11", ".txt")


def test_what_systems_put_beside_the_files_is_left_out():
    data = zipped(("__MACOSX/._a.txt", "x"), (".DS_Store", "x"), ("~$a.docx", "x"), ("Thumbs.db", "x"), ("a.txt", "A"))
    assert taken(data) == {"a.txt": b"A"}


def test_archives_in_archives_links_and_locked_files_are_refused_and_the_others_go_on():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("in.zip", zipped(("a.txt", "A")))
        archive.writestr("locked.txt", "A")
        archive.writestr("z.txt", "Z")
    data = bytearray(stream.getvalue())
    at = data.rindex(b"locked.txt") - 46  # its place in the list at the archive's end
    struct.pack_into("<H", data, at + 8, 1)  # the flag that says encrypted
    found = taken(bytes(data))
    assert found.pop("z.txt") == b"Z"
    assert found == {
        "link.txt": "link.txt is a link or the like, and no file.",
        "in.zip": "in.zip is an archive within the archive: unpack it first.",
        "locked.txt": "locked.txt is locked with a password.",
    }


def test_a_bomb_is_not_unpacked():
    assert "unpacks to more than any notes would" in taken(zipped(("a.txt", b"\x00" * 10_000_000)))["a.txt"]
    small = taken(zipped(("a.txt", b"A" * 60_000)))["a.txt"]
    assert small == b"A" * 60_000


def test_large_files_are_not_unpacked(monkeypatch):
    monkeypatch.setattr(unpacking, "LARGEST", 1000)
    found = taken(zipped(("a.txt", b"\x01" * 1001), ("b.txt", b"\x01" * 1000), compression=zipfile.ZIP_STORED))
    assert found == {"a.txt": "a.txt is more than 1,000 bytes large.", "b.txt": b"\x01" * 1000}


def test_what_an_archive_says_of_a_size_is_not_believed(monkeypatch):
    monkeypatch.setattr(unpacking, "LARGEST", 1000)
    data = bytearray(zipped(("a.txt", b"ab" * 2000)))
    at = data.index(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 10)  # it says that it unpacks to ten bytes
    assert "is broken" in taken(bytes(data))["a.txt"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no archive", "is no archive that can be opened"),
        (b"", "is no archive that can be opened"),
        (zipped(("a.txt", "A"))[:-10], "is no archive that can be opened"),
        (zipped(*((f"{number}.txt", "") for number in range(501))), "holds 501 files: 500 is the most"),
        (b"PK\x01\x02" * 30_000, "holds too many files"),
    ],
)
def test_whole_archives_that_are_refused(data, words):
    with pytest.raises(NotTakenError, match=words):
        taken(data)


def test_together_the_files_of_all_archives_may_not_be_too_large():
    budget = Budget(left=1500)
    data = zipped(("a.txt", b"\x01" * 1000), compression=zipfile.ZIP_STORED)
    taken(data, budget)
    with pytest.raises(NotTakenError, match="too large when it is unpacked"):
        taken(data, budget)


def test_what_is_refused_before_it_is_opened_is_not_unpacked():
    budget = Budget()
    data = zipped(*((f"{number}.txt", b"\x00" * 10_000_000) for number in range(20)))
    assert all("unpacks to more than any notes would" in why for why in taken(data, budget).values())
    assert budget.left == MOST_BYTES


def test_one_body_under_many_names_is_refused():
    data = bytearray(zipped(*((f"{number}.txt", "A" * 999) for number in range(3)), ("b.txt", "B")))
    for number in range(3):
        at = data.rindex(f"{number}.txt".encode()) - 46  # its place in the list at the archive's end
        struct.pack_into("<L", data, at + 42, 0)  # where its body is to be found
    assert taken(bytes(data)) == {
        **{f"{number}.txt": f"{number}.txt stands in the archive under several names." for number in range(3)},
        "b.txt": b"B",
    }


def test_broken_files_count_as_unpacked():
    budget = Budget()
    data = bytearray(zipped(("a.txt", "A" * 5000), compression=zipfile.ZIP_STORED))
    data[data.index(b"AAAA")] = 0
    assert "is broken" in taken(bytes(data), budget)["a.txt"]
    assert budget.left == MOST_BYTES - 5000


def test_broken_files_are_refused_and_the_others_go_on():
    data = bytearray(zipped(("a.txt", "A" * 50), ("b.txt", "B"), compression=zipfile.ZIP_STORED))
    data[data.index(b"AAAA")] = 0
    assert taken(bytes(data)) == {"a.txt": "a.txt is broken within the archive.", "b.txt": b"B"}


def test_unknown_packing_is_refused():
    assert "packed in a way" in taken(zipped(("a.txt", "A" * 99), compression=zipfile.ZIP_BZIP2))["a.txt"]
