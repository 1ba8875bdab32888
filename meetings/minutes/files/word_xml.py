"""Word's XML, parsed with no trust, and the few things that are asked of it again and again."""

import re
from xml.parsers import expat

from lxml import etree

from meetings.minutes.files.taken import UnreadableError

MOST_DEEP = 200  # elements within each other; a table within a table within a text box is 30 deep

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

# The same words as the stricter form of the standard has them.
STRICT = re.compile(
    rb"http://purl\.oclc\.org/ooxml/(wordprocessingml/main|officeDocument/relationships|officeDocument/math)"
)
LOOSE = {
    b"wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
ODD = "is written as no Word document is. Open it in Word, save it as a new document, and take that."
TOO_DEEP = "is nested too deeply to be read. Copy its text, and paste it into the box."


def parse(data: bytes) -> etree._Element:
    """A part's root element; UnreadableError where it declares entities, is nested too deeply, or is no XML."""
    _see(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(STRICT.sub(lambda found: LOOSE[found[1]], data), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(ODD) from error


def _see(data: bytes) -> None:
    """Go through the XML once without keeping anything of it."""
    parser = expat.ParserCreate()
    depth = 0

    def start(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEEP:
            raise UnreadableError(TOO_DEEP)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_declared: object) -> None:
        raise UnreadableError(ODD)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 (expat's own signature)
    except expat.ExpatError as error:
        raise UnreadableError(ODD) from error


def is_on(element: etree._Element | None) -> bool | None:
    """Whether a property such as ``<w:vanish/>`` is on; None where it is not said."""
    if element is None:
        return None
    return element.get(f"{W}val", "true").casefold() not in {"0", "false", "off", "none"}


def value(element: etree._Element | None) -> str:
    """An element's ``w:val``; empty where there is none."""
    return element.get(f"{W}val", "") if element is not None else ""


def words_of(element: etree._Element) -> str:
    """The words in an element, a space between paragraphs."""
    texts = {f"{W}t", f"{W}delText"}
    return "".join(
        found.text or "" if found.tag in texts else " " for found in element.iter(*texts, f"{W}p", f"{W}tab")
    )


def remove(element: etree._Element) -> None:
    """Take an element out of its parent."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
