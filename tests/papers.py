"""Files for tests of papers: the smallest of each kind, and hostile ones."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20) + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(20) + b"\xff\xd9"
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXE = b"MZ\x90\x00" + bytes(200)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docm": "application/vnd.ms-word.document.macroEnabled",
}
OPEN_DOCUMENT = {"odt": "text", "ods": "spreadsheet", "odp": "presentation", "odg": "graphics"}


def zipped(members):
    """A zip of these members."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return file.getvalue()


def office(ending, **more):
    """An Office file of the kind; `more` are members beside what it needs, dots in their names written as `__`."""
    types = f'<Types><Override PartName="/main.xml" ContentType="{MAIN[ending]}.main+xml"/></Types>'
    return zipped({"[Content_Types].xml": types} | {name.replace("__", "."): text for name, text in more.items()})


def open_document(ending, **more):
    """An OpenDocument file of the kind."""
    mimetype = f"application/vnd.oasis.opendocument.{OPEN_DOCUMENT[ending]}"
    return zipped({"mimetype": mimetype, "content.xml": "<x/>"} | more)
