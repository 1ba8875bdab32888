"""A laid-out document as a Word file (.docx) with real headings, lists and a table whose first row says what it is."""

import io
import unicodedata
from datetime import datetime, time

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from meetings.minutes.documents.layouts import Laid, Layout, NameList, Row, Section, Statement, within

MOST_CHARACTERS = 300_000
COLUMNS = {"Item": Cm(3.3), "Notes": Cm(8.8), "Action": Cm(4.3)}
# A row of no more lines and characters stays on one page.
SHORT_ROW = (4, 500)
SECOND_COLUMN = Cm(7.5)  # where names in columns go on
LINE_END = Cm(16.6)
INK, SOFT, ACCENT, RULE, SHADE = "1C2226", "4C565D", "0F4C5C", "C9C4B8", "ECEAE3"
# Style: size in points, colour, space before and after.
LOOKS = {
    "Normal": (10.5, INK, 0, 6),
    "Heading 1": (20, ACCENT, 0, 8),
    "Heading 2": (12.5, ACCENT, 14, 4),
    "List Bullet": (10.5, INK, 0, 4),
    "Header": (8.5, SOFT, 0, 0),
    "Footer": (8.5, SOFT, 0, 0),
    "Facts": (10.5, INK, 0, 2),
    "Item": (10.5, ACCENT, 0, 6),
    "Foot": (9, SOFT, 0, 4),
}


def to_word(laid: Laid) -> bytes:
    """The document as .docx, without the characters that XML has no place for."""
    laid = within(laid, MOST_CHARACTERS)
    document = docx.Document()
    _set_up(document, laid)
    _add(document, laid.heading, style="Heading 1")
    for label, words in laid.facts:
        _labelled(_add(document, style="Facts"), label, words)
    document.paragraphs[-1].paragraph_format.space_after = Pt(10)
    if laid.layout is Layout.TABLE:
        _fill_table(document, laid)
    else:
        for names in laid.lists:
            _add_names(document, names, is_in_columns=laid.layout is Layout.COLUMNS)
        for section in laid.sections:
            _add_section(document, section, style="List Bullet" if laid.layout is Layout.HIGHLIGHTS else None)
    if laid.foot:
        _add(document, laid.about, style="Heading 2")
    for sentence in laid.foot:
        _add(document, sentence, style="Foot")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _clean(words: str) -> str:
    return "".join(
        character
        for character in words
        if unicodedata.category(character) not in {"Cc", "Cs"} and ord(character) & 0xFFFE != 0xFFFE
    )


# The document as a whole


def _set_up(document: Document, laid: Laid) -> None:
    """Paper, type, language, properties, and what stands on every page."""
    _drop_ballast(document)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.2)
    _set_styles(document)
    about = document.core_properties
    about.title = _clean(laid.name)[:255]
    about.author = about.last_modified_by = _clean(laid.cover.group)[:255]
    about.content_status = _clean(laid.cover.status)[:255]
    about.language, about.comments = "en-GB", ""
    if laid.on and laid.on.year >= 1900:
        about.created = about.modified = datetime.combine(laid.on, time(12))
    _tab_line(page.header.paragraphs[0], laid.cover.group, laid.cover.status)
    numbers = _tab_line(page.footer.paragraphs[0], laid.name, "Page ")
    _add_field(numbers, "PAGE")
    numbers.add_run(" of ")
    _add_field(numbers, "NUMPAGES")


def _drop_ballast(document: Document) -> None:
    """Take out what python-docx's template brings and nothing here uses, most of the file: a hundred styles of tables,
    all styles once more for Word 2010, and a small picture of the template.
    """
    plain = document.styles.default(WD_STYLE_TYPE.TABLE).element  # looked for once: it takes a look at every style
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.element is not plain:
            style.delete()
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(("/stylesWithEffects", "/thumbnail"))]:
            del rels[key]


def _set_styles(document: Document) -> None:
    styles = document.styles
    for name in ("Facts", "Foot"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    styles.add_style("Item", WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Heading 2"]
    styles["Item"].paragraph_format.keep_with_next = False  # else no page could end between two items of the table
    for name in ("Header", "Footer"):
        stops = styles[name].paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(LINE_END, WD_TAB_ALIGNMENT.RIGHT)
    for name, (size, colour, before, after) in LOOKS.items():
        style = styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), RGBColor.from_string(colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        # The template's headings take their font from a theme, which would win over the name.
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _tab_line(paragraph: Paragraph, left: str, right: str) -> Paragraph:
    """Words at the left edge and at the right one."""
    paragraph.text = f"{_clean(left)}\t{_clean(right)}"
    return paragraph


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    """A field that Word fills in, such as the page's number."""
    field, run, text = _element("fldSimple", instr=instruction), _element("r"), _element("t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 (python-docx has no fields of its own)


# Lists of names, items and lines


def _add(place: Document | _Cell, words: str = "", *, style: str | None = None) -> Paragraph:
    """A paragraph at the end of the document or cell; a cell's first, which it always has, is used first."""
    if not isinstance(place, _Cell):
        return place.add_paragraph(_clean(words), style=style)
    first = place.paragraphs[0]
    paragraph = place.add_paragraph() if first.runs else first
    if style:  # each look-up of a style goes through all of them
        paragraph.style = style
    paragraph.add_run(_clean(words))
    return paragraph


def _labelled(paragraph: Paragraph, label: str, words: str) -> Paragraph:
    """ "Label: words", the label in bold."""
    if label:
        paragraph.add_run(_clean(f"{label}: ")).bold = True
    paragraph.add_run(_clean(words))
    return paragraph


def _add_statement(place: Document | _Cell, one: Statement, *, style: str | None = None) -> None:
    """One line; owners whom it doesn't name get lines of their own, as the reader knows them."""
    if one.owners:
        _labelled(_add(place, style=style), f"{one.label} point", "")
    _labelled(_add(place, style=style), "" if one.owners else one.label, one.words)
    if one.owners:
        _labelled(_add(place, style=style), "Owner", one.owners)


def _add_names(document: Document, names: NameList, *, is_in_columns: bool) -> None:
    """A list as a heading and a line for each name; what stands beside the names begins at one place in columns."""
    _add(document, f"{names.label}:", style="Heading 2")
    for name in names.names:
        paragraph = _add(document, name.who if is_in_columns else str(name), style="Facts")
        if is_in_columns and name.beside:
            paragraph.add_run(f"\t{_clean(name.beside)}")
            paragraph.paragraph_format.tab_stops.add_tab_stop(SECOND_COLUMN)
            paragraph.paragraph_format.left_indent = SECOND_COLUMN
            paragraph.paragraph_format.first_line_indent = -SECOND_COLUMN


def _add_section(document: Document, section: Section, *, style: str | None) -> None:
    if section.heading:
        heading = _add(document, section.heading, style="Heading 2")
        if section.beside:
            beside = heading.add_run(f"\t{_clean(section.beside)}")
            beside.font.size, beside.font.color.rgb, beside.bold = Pt(9), RGBColor.from_string(SOFT), False
            heading.paragraph_format.tab_stops.add_tab_stop(LINE_END, WD_TAB_ALIGNMENT.RIGHT)
    for statement in section.statements:
        _add_statement(document, statement, style=style)


# The table


def _fill_table(document: Document, laid: Laid) -> None:
    """Lists of names on top, then every item: what was said, and beside it what is to be done."""
    table = document.add_table(rows=1, cols=len(COLUMNS))
    _rule(table)
    head = table.rows[0]
    # Printed again at the top of each page that the table goes on to, and read aloud as headings.
    head._tr.get_or_add_trPr().append(_element("tblHeader"))  # noqa: SLF001 (python-docx has no header rows)
    for cell, words in zip(head.cells, COLUMNS, strict=True):
        _add(cell).add_run(words).bold = True
        cell._tc.get_or_add_tcPr().append(_element("shd", val="clear", fill=SHADE))  # noqa: SLF001 (nor shades)
    for names in laid.lists:
        item, notes, action = _row(table)
        _add(item).add_run(names.label).bold = True
        cell = notes.merge(action)
        for name in names.names:
            _add(cell, str(name), style="Facts")
    for section in laid.sections:
        heading = section.heading
        for row in section.rows or (Row(),):
            item, notes, action = _row(table, is_short=_is_short(row), has_line=bool(heading) or row is section.rows[0])
            if heading:
                _add(item, heading, style="Item")
            heading = ""
            for statement in row.notes:
                _add_statement(notes, statement)
            for statement in row.actions:
                _labelled(_add(action), statement.owners, statement.words)


def _is_short(row: Row) -> bool:
    lines, characters = SHORT_ROW
    return len(row.statements) <= lines and sum(len(one.words) for one in row.statements) <= characters


def _row(table: Table, *, is_short: bool = True, has_line: bool = True) -> tuple[_Cell, ...]:
    """A new row's cells, with a line above them but within an item."""
    row = table.add_row()
    for cell, width in zip(row.cells, COLUMNS.values(), strict=True):
        cell.width = width
        if has_line:
            borders = _element("tcBorders")
            borders.append(_line("top"))
            cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001 (python-docx has no borders)
    if is_short:
        row._tr.get_or_add_trPr().append(_element("cantSplit"))  # noqa: SLF001 (python-docx can't say so)
    return row.cells


def _rule(table: Table) -> None:
    """Fixed widths, a line above and below, and a first row that programs that read aloud take for the headings."""
    table.autofit = False
    for column, width in zip(table.columns, COLUMNS.values(), strict=True):
        column.width = width
    borders = _element("tblBorders")
    for side in ("top", "bottom"):
        borders.append(_line(side))
    margins = _element("tblCellMar")
    margins.append(_element("top", w="70", type="dxa"))
    properties = table._tbl.tblPr  # noqa: SLF001 (python-docx has no borders)
    # The words in the table begin where the text above it does.
    for element in (_element("tblInd", w="108", type="dxa"), borders):
        properties.insert_element_before(element, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    properties.insert_element_before(margins, "w:tblLook")
    look = properties.find(qn("w:tblLook"))
    for name, value in (("firstRow", "1"), ("firstColumn", "0"), ("noHBand", "1"), ("noVBand", "1")):
        look.set(qn(f"w:{name}"), value)


def _line(side: str) -> BaseOxmlElement:
    return _element(side, val="single", sz="4", space="0", color=RULE)


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    """An element of Word's own, for what python-docx has no word for."""
    element = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element
