"""Documents as Word files, read back with python-docx."""

import io
import re
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings

from meetings.minutes import reader
from meetings.minutes.documents.layouts import Cover, Layout, lay_out
from meetings.minutes.documents.word import MOST_CHARACTERS, to_word
from meetings.minutes.structure import ItemDoc, Kind, Line, MinutesDoc
from tests.meetings.minutes.strategies import documents
from tests.meetings.minutes.test_layouts import COVER, DOC, assert_same_records, people_of, printed_words, records_of

every_layout = pytest.mark.parametrize("layout", Layout)


def file_of(doc, *, layout=Layout.TABLE, cover=COVER):
    return to_word(lay_out(doc, layout=layout, cover=cover))


def word_of(doc, **options):
    return docx.Document(io.BytesIO(file_of(doc, **options)))


def paragraphs_of(document):
    """All paragraphs, those of the table's cells row by row."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                for cell in dict.fromkeys(row.cells):
                    yield from cell.paragraphs
        else:
            yield block


def words_of(document):
    return " ".join(" ".join(paragraph.text for paragraph in paragraphs_of(document)).split())


def test_it_brings_nothing_that_it_does_not_use():
    file = file_of(DOC)
    names = " ".join(ZipFile(io.BytesIO(file)).namelist())
    assert "stylesWithEffects" not in names
    assert "thumbnail" not in names
    assert sum("TABLE" in str(style.type) for style in docx.Document(io.BytesIO(file)).styles) == 1


@every_layout
def test_it_says_what_it_is(layout):
    about = word_of(DOC, layout=layout).core_properties
    assert (about.title, about.author, about.last_modified_by) == (
        "Canal Data Circle, 28 January 2026",
        "Canal Data Circle",
        "Canal Data Circle",
    )
    assert (about.language, about.comments, about.content_status) == ("en-GB", "", "circulated, not yet agreed")
    assert (about.created.date(), about.modified.date()) == (date(2026, 1, 28), date(2026, 1, 28))


def test_its_language_is_british_english():
    document = word_of(DOC)
    assert {tag.get(qn("w:val")) for tag in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}


@every_layout
def test_every_page_says_whose_it_is_and_which(layout):
    page = word_of(DOC, layout=layout).sections[0]
    assert page.header.paragraphs[0].text == "Canal Data Circle\tcirculated, not yet agreed"
    foot = page.footer.paragraphs[0]
    fields = [field.get(qn("w:instr")) for field in foot._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "".join(text.text for text in foot._p.iter(qn("w:t"))) == "Canal Data Circle, 28 January 2026Page 1 of 1"
    assert (page.page_width.cm, page.page_height.cm) == (pytest.approx(21, 0.01), pytest.approx(29.7, 0.01))


def headings_of(document):
    return [(found.style.name, found.text) for found in paragraphs_of(document) if found.style.name.startswith("Head")]


def test_columns_have_real_headings():
    assert headings_of(word_of(DOC, layout=Layout.COLUMNS)) == [
        ("Heading 1", "Canal Data Circle"),
        ("Heading 2", "Attended by:"),
        ("Heading 2", "Apologies:"),
        ("Heading 2", "1. Matters arising"),
        ("Heading 2", "Pay [confidential]"),
        ("Heading 2", "About these notes"),
    ]


def test_highlights_are_real_lists():
    document = word_of(DOC, layout=Layout.HIGHLIGHTS)
    assert [words for _, words in headings_of(document)[1:]] == [
        "Attended by:",
        "Apologies:",
        "Decisions",
        "Actions",
        "About these notes",
    ]
    assert [found.text for found in document.paragraphs if found.style.name == "List Bullet"] == [
        "Notes of the meeting of 3 December 2025 agreed.",
        "Decision: A second keeper is needed. [confidential]",
        "Action: NO to print the list [A12]",
        "Action point: ",
        "Book the hall (due before the thaw)",
        "Owner: the Secretary",
    ]


def test_the_table_says_which_row_is_its_head():
    (table,) = word_of(DOC).tables
    rows = [[cell.text for cell in dict.fromkeys(row.cells)] for row in table.rows]
    assert rows == [
        ["Item", "Notes", "Action"],
        ["Attended by", "Ada Boyle (AB) – Chair (Canal Trust)\nNed Orme (Towpath Ltd) – until noon"],
        ["Apologies", "Jo Marsh"],
        [
            "1. Matters arising",
            "Notes of the meeting of 3 December 2025 agreed.",
            "NO to print the list [A12]\nthe Secretary: Book the hall (due before the thaw)",
        ],
        ["", "It rained.", ""],
        ["Pay [confidential]", "Decision: A second keeper is needed.", ""],
    ]
    heads = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, *[False] * 5]
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "0")
    assert table.rows[3].cells[0].paragraphs[0].style.base_style.name == "Heading 2"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_every_word_is_printed_that_is_not_named_as_left_out(doc):
    for layout in Layout:
        written = words_of(word_of(doc, layout=layout))
        assert [words for words in printed_words(doc, layout) if words not in written] == []


def test_what_xml_can_t_hold_is_left_away():
    line = Line(kind=Kind.PROSE, text="a\x00b\x07c\ud800d\ufffee <b>&amp;</b> ]]>")
    document = word_of(MinutesDoc(title="T\x01", opening=(line,)), cover=Cover(group="G\x02\ud801", status="draft\x0b"))
    assert "a b cde <b>&amp;</b> ]]>" in words_of(document)
    assert (document.core_properties.title, document.core_properties.author) == ("T", "G")


def test_it_leads_nowhere_and_runs_nothing():
    files = ZipFile(
        io.BytesIO(file_of(MinutesDoc(opening=(Line(kind=Kind.PROSE, text='{HYPERLINK "https://x.example"}'),))))
    )
    relations = "".join(files.read(name).decode() for name in files.namelist() if name.endswith(".rels"))
    assert "External" not in relations
    assert {name for name in files.namelist() if re.search(r"vba|embeddings|activeX", name)} == set()


@pytest.mark.parametrize("layout", [Layout.COLUMNS, Layout.HIGHLIGHTS])
def test_its_paragraphs_read_back_the_same(layout):
    doc = replace(DOC, items=(*DOC.items, ItemDoc(title="Dates", lines=(Line(kind=Kind.PROSE, text="It snowed."),))))
    document = word_of(doc, layout=layout)
    text = "\n\n".join(
        ("# " if paragraph.style.name.startswith("Heading") else "") + paragraph.text.replace("\t", "    ")
        for paragraph in document.paragraphs
    )
    again = reader.read(text)
    assert people_of(again) == people_of(doc)
    assert_same_records(records_of(doc, layout=layout), records_of(again, layout=layout))


def test_what_is_too_long_ends_early_and_says_so():
    lines = tuple(Line(kind=Kind.PROSE, text="word " * 2000) for _ in range(MOST_CHARACTERS // 10_000 + 5))
    document = word_of(replace(DOC, opening=lines))
    assert document.paragraphs[-2].text.startswith("These notes are too long for this kind of file")


def test_a_document_of_nothing_can_be_made():
    assert word_of(MinutesDoc(), cover=Cover()).core_properties.title == "Notes of a meeting"
