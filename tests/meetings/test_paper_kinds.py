"""What kind of paper a file is, and which are none."""

import docx
import pytest

from meetings.agenda.paper_kinds import ALL, MOST_UNPACKED, NotAPaperError, kind_of
from tests import papers
from tests.documents import written

TAKEN = {
    "pdf": ("a.pdf", papers.PDF),
    "png": ("a.png", papers.PNG),
    "jpg": ("a.jpeg", papers.JPEG),
    "docx": ("a.docx", written(docx.Document())),
    "xlsx": ("a.xlsx", papers.office("xlsx")),
    "pptx": ("a.pptx", papers.office("pptx")),
    "odt": ("a.odt", papers.open_document("odt")),
    "ods": ("a.ods", papers.open_document("ods")),
    "odp": ("a.odp", papers.open_document("odp")),
    "csv": ("a.csv", b"a,b\n1,2\n"),
    "txt": ("a.txt", "Plain words, £5.".encode()),
    "md": ("a.md", b"# Head\n\nWords\n"),
}
BOTH = "".join(f'ContentType="{kind}.main+xml"' for kind in (papers.MAIN["docx"], papers.MAIN["xlsx"]))
REFUSED = {
    "a page named as a PDF": ("a.pdf", papers.HTML),
    "a page": ("a.html", papers.HTML),
    "a page named as text": ("a.txt", papers.HTML),
    "a page behind a mark": ("a.txt", b"\xef\xbb\xbf \n" + papers.HTML),
    "a drawing": ("a.svg", papers.SVG),
    "a drawing named as text": ("a.txt", papers.SVG),
    "XML": ("a.txt", b"<?xml version='1.0'?><a/>"),
    "a program": ("a.exe", papers.EXE),
    "a program named as a PDF": ("a.pdf", papers.EXE),
    "a program named as text": ("a.txt", papers.EXE),
    "a script": ("a.sh", b"echo hello"),
    "a script named as text": ("a.txt", b"#!/bin/sh\necho hello"),
    "a batch file": ("a.bat", b"echo hello"),
    "text named as a PDF": ("a.pdf", b"Plain words."),
    "old Word": ("a.doc", papers.OLE),
    "rich text": ("a.rtf", b"{\\rtf1 hello}"),
    "a page that ends as a picture": ("a.jpg", papers.HTML + papers.JPEG[-40:]),
    "nothing": ("a.txt", b""),
    "white space": ("a.txt", b" \n\t\n"),
    "a NUL": ("a.txt", b"words\x00words"),
    "an escape": ("a.txt", b"words \x1b[2J words"),
    "an archive": ("a.zip", papers.zipped({"a.txt": "words"})),
    "an archive named as Word": ("a.docx", papers.zipped({"a.txt": "words"})),
    "a drawing of OpenDocument": ("a.odg", papers.open_document("odg")),
    "a PDF with a program": ("a.pdf", papers.PDF.replace(b"<< >>", b"<< /S /JavaScript /JS (1) >>")),
    "a PDF that starts something": ("a.pdf", papers.PDF.replace(b"<< >>", b"<< /S /Launch >>")),
    "a PDF with something before it": ("a.pdf", b"<script>1</script>" + papers.PDF),
    "a PDF with an archive behind it": ("a.pdf", papers.PDF + papers.zipped({"a.html": "<b>"})),
    "a picture with an archive behind it": ("a.png", papers.PNG + papers.zipped({"a.html": "<b>"})),
    "macros": ("a.docm", papers.office("docm")),
    "macros named as Word": ("a.docx", papers.office("docm")),
    "macros in Word": ("a.docx", papers.office("docx", vbaProject__bin="x")),
    "macros in a folder": ("a.xlsx", papers.office("xlsx", **{"xl/vbaProject.bin": "x"})),
    "macros in OpenDocument": ("a.odt", papers.open_document("odt", **{"Basic/Standard/Module1.xml": "x"})),
    "two kinds in one": (
        "a.docx",
        papers.zipped(
            {"[Content_Types].xml": "".join(f'ContentType="{one}.main+xml"' for one in papers.MAIN.values())}
        ),
    ),
    "half an archive": ("a.docx", papers.office("docx")[:60]),
    "very many parts": ("a.docx", papers.office("docx", **{f"{number}.xml": "" for number in range(5_001)})),
}


@pytest.mark.parametrize("ending", TAKEN)
def test_papers_are_told_by_what_they_hold(ending):
    assert kind_of(*TAKEN[ending]).ending == ending


@pytest.mark.parametrize("ending", ["pdf", "png", "docx", "odp"])
def test_a_wrong_name_changes_nothing_where_the_content_is_known(ending):
    _, data = TAKEN[ending]
    assert {kind_of(name, data).ending for name in ("a.txt", "a.html", "a.exe", "")} == {ending}


def test_every_kind_is_tried():
    assert {kind.ending for kind in ALL} == set(TAKEN)


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_paper_is_refused_with_a_word(what):
    with pytest.raises(NotAPaperError, match=r"\.$"):
        kind_of(*REFUSED[what])


def test_what_unpacks_to_far_too_much_is_refused():
    bomb = papers.office("docx", **{"word/document.xml": b"\0" * (MOST_UNPACKED + 1)})
    assert len(bomb) < 400_000
    with pytest.raises(NotAPaperError, match="far more"):
        kind_of("a.docx", bomb)


def test_a_list_of_parts_that_never_ends_is_read_to_a_limit():
    listed = "x" * 30_000_000 + f'ContentType="{papers.MAIN["docx"]}.main+xml"'
    with pytest.raises(NotAPaperError):
        kind_of("a.docx", papers.zipped({"[Content_Types].xml": listed}))
