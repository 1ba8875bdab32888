"""The door by which files of notes come in: what it takes, what it refuses and says, and what nobody gets past it."""

import random
import subprocess
import sys
import threading
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.minutes.files import NotTakenError, Taken, child, is_page, take
from tests.documents import document_of, member, packed, paragraph, written

TYPES = "[Content_Types].xml"
WORD = written(document_of(paragraph("Said aloud")))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(name, data):
    with pytest.raises(NotTakenError) as refused:
        take(name, data)
    return str(refused.value)


@pytest.mark.parametrize("name", ["notes.txt", "notes.md", "notes"])
def test_text_is_taken_as_it_stands(name):
    text = "\ufeffPK to write to <b>all</b> members\r\n\r\n5 < 6\n"
    assert take(name, text.encode()) == Taken(text=text)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("notes.doc", OLE + bytes(600), "save it as a Word document (.docx)"),
        ("notes.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "locked by a password"),
        ("notes.pdf", b"%PDF-1.7\n...", "Copy all its text"),
        ("notes.rtf", b"{\\rtf1\\ansi Notes}", "save it as a Word document (.docx)"),
        ("notes.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n", "Save it as a web page"),
        ("notes.png", b"\x89PNG\r\n\x1a\n" + bytes(90), "is a picture"),
        ("notes.txt", b"\x00\x01\x02" * 900, "holds no text"),
        ("notes.docx", bytes(range(256)) * 9, "holds no text"),
        ("notes.docx", b"PK\x03\x04", "is damaged"),
        ("notes.docx", WORD[: len(WORD) // 2], "is damaged"),
        ("notes.docx", b"PK\x03\x04" + bytes(10_000_000), "10 MB is the most"),
        ("notes.html", b"<html>" + b"x" * 4_000_000, "4 MB is the most"),
        ("notes.docx", packed({"a.txt": "x"}), "holds no Word document"),
        ("notes.docx", packed({TYPES: "", "xl/workbook.xml": ""}), "is a spreadsheet"),
        ("notes.docx", packed({TYPES: "", "ppt/presentation.xml": ""}), "is a presentation"),
        (
            "notes.odt",
            packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}),
            "LibreOffice",
        ),
        ("notes.docx", packed({"../../etc/passwd": "x"}, WORD), "packed as no Word document is"),
        ("notes.docx", packed({"/etc/passwd": "x"}, WORD), "packed as no Word document is"),
        ("notes.docx", packed({"C:\\x": "x"}, WORD), "packed as no Word document is"),
        ("notes.docx", packed({f"word/{n}.xml": "" for n in range(2001)}, WORD), "unpacks to far more"),
        ("notes.docx", packed({"word/document.xml": bytes(2_000_000)}, WORD), "unpacks to far more"),
    ],
)
def test_what_is_no_notes_is_refused_with_what_to_do(name, data, words):
    message = refusal(name, data)
    assert words in message
    assert message.startswith(name)


def test_an_archive_within_a_document_is_never_opened():
    inner = packed({"b": bytes(30_000_000)})
    found = take("notes.docx", packed({"word/media/a.bin": inner, "word/embeddings/b.docx": WORD}, WORD))
    assert found.text == "Said aloud\n"


def bomb(depth):
    return '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' + "<w:p>" * depth


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;</w:t></w:r>
</w:p></w:body></w:document>"""


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"word/document.xml": ENTITIES}, "is written as no Word document is"),
        ({"word/document.xml": bomb(300)}, "nested too deeply"),
        ({"word/document.xml": "<w:p>"}, "is written as no Word document is"),
        ({"word/document.xml": None}, "holds no Word document"),
        (
            {TYPES: member(WORD, TYPES).replace(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")},
            "no Word",
        ),
        ({"word/document.xml": member(WORD, "word/document.xml").replace(b"Said aloud", b" ")}, "holds no words"),
    ],
)
def test_what_is_no_word_document_inside_is_refused(members, words):
    data = packed(members, WORD)
    assert words in refusal("notes.docx", data)


def test_what_a_file_holds_decides_not_its_name():
    assert take("notes.txt", WORD).text == "Said aloud\n"
    assert take("notes.docx", b"<html><body><p>Said</p></body></html>").text == "Said\n"
    assert take("notes.htm", "<p>Café</p>".encode("utf-8-sig")).text == "Café\n"
    plain = take("notes.html", b"Present: Ada Boyle\n")
    assert plain.text == "Present: Ada Boyle\n"
    assert plain.said == ("notes.html is plain text, whatever its name says: it was taken as it stands.",)


@pytest.mark.parametrize(
    ("text", "is_html"),
    [
        ("<!DOCTYPE html>\n<html lang=en>", True),
        ("\n <p>Present: Ada Boyle</p>\n<p>1. Boat</p>", True),
        ("<!-- wp:paragraph -->\n<p>Present</p>", True),
        ('<div class="a"><span>x</span></div>', True),
        ("<p>Present: Ada Boyle", False),
        ("1. <b>Boat</b>\n<p>It leaks</p>", False),
        ("<AB> said so. <p> is a tag", False),
        ("5 < 6 and 7 > 6", False),
    ],
)
def test_a_text_is_html_only_where_it_plainly_is(text, is_html):
    assert is_page(text) is is_html


def test_a_markdown_file_may_hold_tags():
    text = "<p>A centred line</p>\n\n## Notes\n"
    assert take("notes.md", text.encode()).text == text


@cache
def long():
    """Many paragraphs."""
    return written(document_of(*(paragraph(f"AB said {number} to everybody") for number in range(16_000))))


@cache
def wide():
    """Some 12 MB of text that can hardly be packed."""
    noise = random.Random(1)  # noqa: S311 (no secret)
    return written(document_of(*(paragraph(noise.randbytes(500_000).hex()) for _ in range(12))))


@pytest.mark.parametrize(
    ("name", "most", "made"),
    [
        ("MOST_MEMORY", 120_000_000, wide),
        ("MOST_CPU", 1, long),
        ("MOST_SECONDS", 0.4, long),
        ("MOST_OUT", 20_000, long),
    ],
)
def test_a_document_that_eats_memory_or_time_is_refused_with_a_word(monkeypatch, name, most, made):
    monkeypatch.setattr(child, name, most)
    assert "more time or memory" in refusal("notes.docx", made())
    if name != "MOST_SECONDS":  # which a small one may need too, on a busy machine
        assert take("notes.docx", WORD).text == "Said aloud\n"


def test_the_same_documents_are_taken_within_the_limits():
    assert len(take("notes.docx", long()).text.splitlines()) == 16_000
    assert len(take("notes.docx", wide()).text) == 12_000_012


LIMITED = "from meetings.minutes.files import child; child.limit(memory=600_000_000, cpu=5); "


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        ("open({path!r}, 'w').write('x' * 10_000)", "OSError"),
        ("bytearray(900_000_000)", "MemoryError"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other limits")
def test_the_child_can_t_write_files_nor_take_more_memory(tmp_path, attempt, error):
    code = LIMITED + f"\ntry: {attempt.format(path=str(tmp_path / 'x'))}\nexcept {error}: print('refused')"
    found = subprocess.run([sys.executable, "-B", "-c", code], capture_output=True, text=True, check=False)
    assert found.stdout == "refused\n"


def test_several_are_taken_at_once():
    found = []

    def one(number):
        data = written(document_of(paragraph(f"Said by {number}")))
        found.append((number, take("notes.docx", data).text))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [(number, f"Said by {number}\n") for number in range(4)]


STARTS = st.sampled_from([b"", b"", b"PK\x03\x04", b"<html>", b"<p>a</p>", b"\xff\xfe", OLE, b"{\\rtf"])


@given(start=STARTS, rest=st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_taken_or_refused(start, rest):
    try:
        found = take("notes.docx", start + rest)
    except NotTakenError as refused:
        assert str(refused).startswith("notes.docx ")
    else:
        assert isinstance(found.text, str)


@given(at=st.integers(30, len(WORD) - 1), bits=st.integers(1, 255))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_document_with_a_broken_byte_is_taken_or_refused(at, bits):
    broken = bytearray(WORD)
    broken[at] ^= bits
    try:
        found = take("notes.docx", bytes(broken))
    except NotTakenError as refused:
        assert str(refused).startswith("notes.docx ")
    else:
        assert found.text.strip()
