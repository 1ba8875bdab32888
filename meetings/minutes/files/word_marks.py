"""What Word marks in a document's text, settled before it is read: changes, hidden text, boxes, pictures, fields."""

import re
from collections.abc import Iterator

from lxml import etree

from meetings.minutes.files.taken import Remarks
from meetings.minutes.files.word_styles import Styles
from meetings.minutes.files.word_xml import MC, M, W, is_on, remove, words_of

OLD_PROPERTIES = [f"{W}{of}Change" for of in ("rPr", "pPr", "sectPr", "tblPr", "tcPr", "trPr", "tblPrEx", "tblGrid")]
TAKEN_OUT = (f"{W}del", f"{W}moveFrom")
PUT_IN = (f"{W}ins", f"{W}moveTo")
# A field's own signs stay where a run is emptied: without them, what follows would be read as part of it.
SIGNS = {f"{W}rPr", f"{W}fldChar", f"{W}instrText"}
BOXED = f"{W}txbxContent"
PICTURES = (f"{W}drawing", f"{W}pict", f"{W}object")
HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,6}")
SPAN = re.compile(r"[1-9]\d?")
# What only groups text; mammoth would pass over what it does not know.
GROUPS = [f"{W}{name}" for name in ("bdo", "dir", "fldSimple", "customXml", "smartTag", "ruby", "rubyBase")]


def settle(story: etree._Element, styles: Styles, remarks: Remarks) -> None:
    """Make a story (the body, the footnotes) say only what the document shows, in the order in which it shows it."""
    for element in list(story.iter(*OLD_PROPERTIES, f"{W}bookmarkStart")):
        remove(element)
    said_something = [paragraph for paragraph in story.iter(f"{W}p") if words_of(paragraph).strip()]
    _choose_alternatives(story)
    _settle_changes(story, remarks)
    _take_out_marked(story, styles, remarks)
    _take_out_prompts(story, remarks)
    _take_out_emptied(said_something)
    _place_boxes(story, remarks)
    comments = list(story.iter(f"{W}commentReference"))
    remarks.count("comment", len(comments))
    for element in comments:
        remove(element)
    _make_plain(story, remarks)


def _choose_alternatives(story: etree._Element) -> None:
    """Of each thing that is there twice, for new and old Words, keep the new one."""
    for element in list(story.iter(f"{MC}AlternateContent")):
        parent = element.getparent()
        chosen = element.find(f"{MC}Choice")
        chosen = element.find(f"{MC}Fallback") if chosen is None else chosen
        for child in list(chosen) if chosen is not None else ():
            element.addprevious(child)
        if parent is not None:
            parent.remove(element)


def _settle_changes(story: etree._Element, remarks: Remarks) -> None:
    """Accept tracked changes: what they delete or move away goes, what they put in stays."""
    for row in list(story.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{W}del") is not None:
            remarks.count("deleted")
            remove(row)
    for element in list(story.iter(*TAKEN_OUT)):
        if element.getparent() is None or element.getparent().tag in {f"{W}rPr", f"{W}trPr"}:
            _merge_mark(element)
            continue
        if element.tag == f"{W}del" and words_of(element).strip():
            remarks.count("deleted")
        remove(element)
    for element in list(story.iter(*PUT_IN)):
        if element.tag == f"{W}ins" and words_of(element).strip():
            remarks.count("inserted")


def _merge_mark(element: etree._Element) -> None:
    """A paragraph mark that was moved away is as one that was deleted: mammoth joins what stood on its two sides."""
    if element.tag == f"{W}moveFrom":
        element.tag = f"{W}del"


def _take_out_marked(story: etree._Element, styles: Styles, remarks: Remarks) -> None:
    """Text that is hidden or struck through, a passage being runs beside each other."""
    for row in list(story.iter(f"{W}tr")):
        if is_on(row.find(f"{W}trPr/{W}hidden")):
            remarks.count("hidden")
            remove(row)
    before = ("", None)
    for run in list(story.iter(f"{W}r")):
        paragraph = next(run.iterancestors(f"{W}p"), None)
        reason = _reason(run, paragraph, styles)
        has_words = bool(words_of(run).strip())
        if reason:
            if has_words and before != (reason, paragraph):
                remarks.count(reason)
            _empty(run)
        if has_words:
            before = (reason, paragraph)


def _reason(run: etree._Element, paragraph: etree._Element | None, styles: Styles) -> str:
    if styles.is_marked(run, paragraph, "vanish"):
        return "hidden"
    if run.find(f".//{BOXED}") is not None:
        return ""
    is_struck = styles.is_marked(run, paragraph, "strike") or styles.is_marked(run, paragraph, "dstrike")
    return "struck" if is_struck else ""


def _empty(run: etree._Element) -> None:
    for child in list(run):
        if child.tag not in SIGNS:
            run.remove(child)


def _take_out_prompts(story: etree._Element, remarks: Remarks) -> None:
    """ "Click here to enter text" in a field that nobody filled in."""
    for element in list(story.iter(f"{W}sdt")):
        if is_on(element.find(f"{W}sdtPr/{W}showingPlcHdr")):
            remarks.count("prompt")
            for run in list(element.iterfind(f".//{W}r")):
                _empty(run)


def _take_out_emptied(paragraphs: list[etree._Element]) -> None:
    """Paragraphs that said something and now say nothing leave no empty line behind."""
    for paragraph in paragraphs:
        is_needed = any(True for _ in paragraph.iter(BOXED, f"{W}fldChar", f"{M}oMath", *PICTURES))
        mark = paragraph.find(f"{W}pPr/{W}rPr/{W}del")
        if not is_needed and mark is None and not words_of(paragraph).strip():
            remove(paragraph)


def _place_boxes(story: etree._Element, remarks: Remarks) -> None:
    """Put a text box's paragraphs behind the one it is beside, and count the pictures that go."""
    # The innermost box first: a box in a box comes behind its paragraph, and then goes out with it.
    for box in reversed(list(story.iter(BOXED))):
        paragraph = next(box.iterancestors(f"{W}p"), None)
        if paragraph is None:
            continue
        remarks.count("text box", bool(words_of(box).strip()))
        for child in reversed(list(box)):
            paragraph.addnext(child)
    for element in list(story.iter(*PICTURES)):
        if element.getparent() is not None and not any(True for _ in element.iterancestors(*PICTURES)):
            remarks.count("picture", element.find(f".//{BOXED}") is None)
            remove(element)


def _make_plain(story: etree._Element, remarks: Remarks) -> None:
    """Write what mammoth would pass over in ways that it reads."""
    for element in list(story.iter(f"{M}oMath")):
        words = "".join(found.text or "" for found in element.iter(f"{M}t"))
        remarks.count("formula", bool(words.strip()))
        run = etree.Element(f"{W}r")
        etree.SubElement(run, f"{W}t").text = words
        element.addprevious(run)
        remove(element)
    for element in list(story.iter(f"{M}oMathPara")):
        _unwrap(element)
    for element in list(story.iter(*GROUPS)):
        _unwrap(element)
    for element in story.iter(f"{W}br", f"{W}cr", f"{W}ptab"):
        element.tag = f"{W}tab" if element.tag == f"{W}ptab" else f"{W}br"
        element.attrib.clear()
    for element in list(story.iter(f"{W}sym", f"{W}gridSpan")):
        written = element.get(f"{W}char" if element.tag == f"{W}sym" else f"{W}val", "")
        if not (HEXADECIMAL if element.tag == f"{W}sym" else SPAN).fullmatch(written):
            remove(element)
    _fill_rows(story)


def _unwrap(element: etree._Element) -> None:
    for child in list(element):
        element.addprevious(child)
    remove(element)


def _fill_rows(story: etree._Element) -> None:
    """Cells that a row leaves out at its start keep their columns, so that the owners' column stays where it is."""
    for row in story.iter(f"{W}tr"):
        for number in _left_out(row):
            cell = etree.Element(f"{W}tc")
            etree.SubElement(etree.SubElement(cell, f"{W}tcPr"), f"{W}gridSpan").set(f"{W}val", number)
            etree.SubElement(cell, f"{W}p")
            first = row.find(f"{W}tc")
            if first is not None:
                first.addprevious(cell)


def _left_out(row: etree._Element) -> Iterator[str]:
    for element in row.iterfind(f"{W}trPr/{W}gridBefore"):
        number = element.get(f"{W}val", "")
        if number.isdecimal() and 0 < int(number) < 60:
            yield number
