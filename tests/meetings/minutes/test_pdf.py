"""Documents as PDF: tagged, named, in English, and unharmed by what was typed."""

import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from pypdf import PdfReader

from meetings.minutes.documents.layouts import Cover, Layout, lay_out
from meetings.minutes.documents.pdf import MISSING, MOST_CHARACTERS, SAID_OF_MISSING, to_pdf
from meetings.minutes.structure import Attendee, ItemDoc, Kind, Line, MinutesDoc, Presence
from tests.meetings.minutes.strategies import documents
from tests.meetings.minutes.test_layouts import COVER, DOC

every_layout = pytest.mark.parametrize("layout", Layout)


def pdf_of(doc, *, layout=Layout.TABLE, cover=COVER):
    return PdfReader(io.BytesIO(to_pdf(lay_out(doc, layout=layout, cover=cover))))


def words_of(pdf):
    return " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)


def prose(words):
    """A document that says these words."""
    return MinutesDoc(title="Canal Data Circle", opening=(Line(kind=Kind.PROSE, text=words),))


def tags_of(pdf):
    """The kinds of parts in the order in which a screen reader meets them."""
    found, waiting = [], [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        part = waiting.pop().get_object()
        if isinstance(part, list):
            waiting += reversed(part)
        elif isinstance(part, dict):
            found += [part["/S"]] if "/S" in part else []
            waiting += [part["/K"]] if "/K" in part else []
    return found


@every_layout
def test_it_is_tagged_and_says_what_it_is(layout):
    pdf = pdf_of(DOC, layout=layout)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (pypdf's own boolean)
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 (the same)
    assert (pdf.metadata.title, pdf.metadata.author) == ("Canal Data Circle, 28 January 2026", "Canal Data Circle")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert {"/Document", "/H1"} <= set(tags_of(pdf))


def test_a_table_has_a_head_and_its_items_are_headings():
    tags = tags_of(pdf_of(DOC, layout=Layout.TABLE))
    assert (tags.count("/Table"), tags.count("/TH"), tags.count("/H2")) == (1, 3, 2)


def test_names_and_items_are_headings_in_columns():
    tags = tags_of(pdf_of(DOC, layout=Layout.COLUMNS))
    assert (tags.count("/Table"), tags.count("/H2")) == (0, 4)


def test_highlights_are_lists():
    tags = tags_of(pdf_of(DOC, layout=Layout.HIGHLIGHTS))
    assert (tags.count("/L"), tags.count("/LI"), tags.count("/H2")) == (2, 4, 2)


@every_layout
def test_every_page_says_which_it_is_and_whose(layout):
    lines = tuple(Line(kind=Kind.DECISION, text=f"Lock {number} opens at noon.") for number in range(150))
    pdf = pdf_of(replace(DOC, items=(ItemDoc(title="Locks", lines=lines),)), layout=layout)
    pages = [page.extract_text() for page in pdf.pages]
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Canal Data Circle" in page
        assert "circulated, not yet agreed" in page
    if layout is Layout.TABLE:
        assert all("Item" in page and "Action" in page for page in pages[:-1])


def test_it_says_everything():
    words = words_of(pdf_of(DOC))
    for said in (
        "Wednesday 28 January 2026",
        "11:00–13:00",
        "Lock House",
        "Ada Boyle (AB) – Chair (Canal Trust)",
        "1. Matters arising",
        "NO to print the list [A12]",
        "the Secretary: Book the hall (due before the thaw)",
        "Pay [confidential]",
        "Left out of this layout: 1 line",
        "https://circle.example/meetings/2026-01-28/",
    ):
        assert said in words


def test_the_same_notes_make_the_same_file():
    laid = lay_out(DOC, layout=Layout.TABLE, cover=COVER)
    assert to_pdf(laid) == to_pdf(laid)


@pytest.mark.parametrize(
    "words",
    [
        '#eval("1+1") #sys.version #read("/etc/passwd") #include "x.typ"',
        "*strong* _emph_ `raw` $x^2$ @ref <label> = heading",
        "\\u{1F600} \\ // comment /* more */ #[ ] { }",
        "Llŷn, Ŵyr, Łódź, Ελλάδα, Ольга",
    ],
)
def test_words_are_no_markup(words):
    assert words in words_of(pdf_of(prose(words)))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("漢字 and more", f"{MISSING * 2} and more"),
        ("Well done 😀!", f"Well done {MISSING}!"),
        ("a\x00b\x07c\x1fd", "a b c d"),
        ("a\ufeffb\u2028c\ufffed", "a b cd"),
        ("lone \ud800 half", "lone half"),
    ],
)
def test_what_no_font_has_is_marked(words, shown):
    pdf = pdf_of(prose(words))
    found = words_of(pdf)
    assert shown in found
    assert (SAID_OF_MISSING in found) == (MISSING in shown)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.trailer["/Root"]["/Metadata"].get_data()


def test_arabic_is_set():
    assert MISSING not in words_of(pdf_of(prose("السلام عليكم")))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_any_document_can_be_made(doc):
    for layout in Layout:
        assert to_pdf(lay_out(doc, layout=layout, cover=COVER)).startswith(b"%PDF-")


def test_a_name_may_hold_what_no_page_can():
    pdf = pdf_of(DOC, cover=replace(COVER, group="Canal\x07 Circle\ufeff 漢"))
    assert f"Canal Circle {MISSING}" in words_of(pdf)


def test_a_word_longer_than_a_page_can_be_set():
    assert "AAAA" in words_of(pdf_of(prose("A" * 100_000)))


def test_a_document_of_nothing_can_be_made():
    pdf = pdf_of(MinutesDoc(), cover=Cover())
    assert pdf.metadata.title == "Notes of a meeting"


def test_what_is_too_long_ends_early_and_says_so():
    lines = tuple(Line(kind=Kind.PROSE, text="word " * 2000) for _ in range(MOST_CHARACTERS // 10_000 + 5))
    pdf = pdf_of(replace(DOC, opening=lines))
    assert "These notes are too long for this kind of file" in pdf.pages[-1].extract_text()


def test_a_day_before_clocks_were_counted():
    day = replace(DOC, on=date(1905, 3, 1))
    assert "1 March 1905" in words_of(
        pdf_of(replace(day, attendees=(Attendee(name="A B", presence=Presence.ATTENDED),)))
    )


@every_layout
@pytest.mark.parametrize("words", ["\u0915\u094d" * 129, "e" + "\u0301" * 66_000], ids=["Devanagari", "marks"])
def test_words_over_which_typst_breaks_down_are_broken(layout, words):
    doc = replace(prose("Before."), items=(ItemDoc(title=words, lines=(Line(kind=Kind.DECISION, text=words),)),))
    assert len(pdf_of(doc, layout=layout).pages) >= 1
