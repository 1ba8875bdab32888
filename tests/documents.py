"""Word documents for tests: made with python-docx, and with what only Word itself writes put into their XML."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NAMESPACES = nsdecls("w", "r", "wp", "a", "pic", "m") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def xml(written):
    """An element of Word's own XML; the root of what is written is closed at its first name."""
    name = written[1:].split(maxsplit=1)[0].split(">", maxsplit=1)[0].rstrip("/")
    return parse_xml(written.replace(f"<{name}", f"<{name} {NAMESPACES}", 1))


def append(document, *written):
    """Put paragraphs or tables, as Word writes them, at the end of a document."""
    for one in written:
        document.element.body.insert(len(document.element.body) - 1, xml(one))


def paragraph(words):
    return f'<w:p><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def written(document):
    """A document's bytes."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def document_of(*paragraphs):
    document = Document()
    append(document, *paragraphs)
    return document


def packed(members, data=None):
    """A zip of these members, in place of, or beside, those of another one."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as target:
        if data is not None:
            with ZipFile(io.BytesIO(data)) as source:
                for name in source.namelist():
                    if name not in members:
                        target.writestr(name, source.read(name))
        for name, content in members.items():
            if content is not None:
                target.writestr(name, content)
    return file.getvalue()


def member(data, name):
    with ZipFile(io.BytesIO(data)) as source:
        return source.read(name)


def add_table(document, rows):
    made = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(made.add_row().cells, row, strict=True):
            first, *others = words.split("\n")
            cell.paragraphs[0].text = first
            for line in others:
                cell.add_paragraph(line)
    return made
