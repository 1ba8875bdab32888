"""A Word document as text. Runs in the child process.

Word's file is read twice: first what mammoth does not look at is settled in its XML (hidden, deleted and struck-through
text goes, lists get their numbers, text boxes and fields their places: see ``word_marks`` and ``word_lists``), then
mammoth makes HTML of it, and that becomes text as any page does.
"""

import io
import posixpath
import re
import sys
from collections.abc import Iterator
from zipfile import BadZipFile, ZipFile
from zlib import error as UnpackError  # noqa: N812 (as an exception is named)

import mammoth
from lxml import etree

from meetings.minutes.files import web_page, word_lists, word_marks
from meetings.minutes.files.taken import Remarks, UnreadableError
from meetings.minutes.files.word_in import MOST_XML
from meetings.minutes.files.word_styles import Styles
from meetings.minutes.files.word_xml import R, W, parse, remove, words_of

MAIN = re.compile(
    r"application/(?:vnd\.openxmlformats-officedocument\.wordprocessingml\.(?:document|template)"
    r"|vnd\.ms-word\.(?:document|template)\.macroEnabled(?:Template)?)\.main\+xml"
)
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
NO_WORD = "is a packed file that holds no Word document. Unpack it, and take the files in it."
DAMAGED = "is damaged: it can't be unpacked. Open it in Word, save it again, and take that."
MOST_EDGE = 120  # characters of a header that are told


def to_text(data: bytes, remarks: Remarks) -> str:
    """The text of a Word file's bytes; what is left out is said in ``remarks``. UnreadableError where it is none."""
    # As deep as XML may be (word_xml.MOST_DEEP), a few calls each: far within what the stack holds.
    sys.setrecursionlimit(10_000)
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            document = _Package(packed)
            return web_page.render(_html(document, remarks), remarks, is_word=True)
    except (BadZipFile, UnpackError, EOFError, KeyError, NotImplementedError) as error:
        raise UnreadableError(DAMAGED) from error


class _Package:
    """The parts of a Word file that are read: by their types and relations, not by their usual names."""

    def __init__(self, packed: ZipFile) -> None:
        self.packed = packed
        self.names = set(packed.namelist())
        types = {
            entry.get("PartName", "").lstrip("/"): entry.get("ContentType", "")
            for entry in self.read("[Content_Types].xml").iter(f"{TYPES}Override")
        }
        self.main = next((name for name, of in types.items() if MAIN.fullmatch(of) and name in self.names), "")
        if not self.main:
            raise UnreadableError(NO_WORD)
        self.has_macros = "macroEnabled" in types[self.main]
        self.edges = [name for name, of in types.items() if re.search(r"\.(?:header|footer)\+xml$", of)]

    def read(self, name: str) -> etree._Element:
        """A part's XML; UnreadableError where it is unsafe or none."""
        with self.packed.open(name) as part:
            data = part.read(MOST_XML + 1)
        if len(data) > MOST_XML:
            msg = "unpacks to far more than notes are. Copy its text, and paste it into the box."
            raise UnreadableError(msg)
        return parse(data)

    def maybe(self, name: str) -> etree._Element | None:
        """A part's XML if there is such a part."""
        return self.read(name) if name in self.names else None

    def related(self, kind: str) -> str:
        """The name of the part that the document calls its styles, its footnotes and so on; empty if there is none."""
        for entry in self._relations(self.main):
            if entry.get("Type", "").endswith(f"/relationships/{kind}") and entry.get("TargetMode") != "External":
                # A target that begins at the root stands for itself, others are beside the document.
                path = posixpath.normpath(posixpath.join("/", posixpath.dirname(self.main), entry.get("Target", "")))
                return path.lstrip("/") if path.lstrip("/") in self.names else ""
        return ""

    def links_of(self, name: str) -> dict[str, str]:
        """The addresses that a part's links lead to, by their ids."""
        return {
            entry.get("Id", ""): entry.get("Target", "")
            for entry in self._relations(name)
            if entry.get("Type", "").endswith("/hyperlink")
        }

    def _relations(self, name: str) -> Iterator[etree._Element]:
        folder, base = posixpath.split(name)
        part = self.maybe(posixpath.join(folder, "_rels", f"{base}.rels"))
        return part.iter(f"{RELATIONS}Relationship") if part is not None else iter(())


def _html(document: _Package, remarks: Remarks) -> str:
    """What mammoth makes of the document once it is settled."""
    body = document.read(document.main)
    styles_part = document.maybe(document.related("styles"))
    styles = Styles(styles_part)
    word_marks.settle(body, styles, remarks)
    word_lists.write_numbers(body, styles, document.maybe(document.related("numbering")))
    parts = {"document": (body, document.links_of(document.main))}
    if styles_part is not None:
        parts["styles"] = (styles_part, {})
    for kind in ("footnote", "endnote"):
        name = document.related(f"{kind}s")
        story = document.maybe(name)
        known = {element.get(f"{W}id") for element in story.iter(f"{W}{kind}")} if story is not None else set()
        for reference in list(body.iter(f"{W}{kind}Reference")):
            if reference.get(f"{W}id") not in known:
                remove(reference)
        if story is not None:
            word_marks.settle(story, styles, remarks)
            parts[f"{kind}s"] = (story, document.links_of(name))
    _say_the_rest(document, remarks)
    packed = _packed_anew(parts)
    return mammoth.convert_to_html(packed, ignore_empty_paragraphs=False, include_embedded_style_map=False).value


def _say_the_rest(document: _Package, remarks: Remarks) -> None:
    if document.has_macros:
        remarks.say("The document’s macros were left out.")
    told: dict[str, None] = {}
    for name in document.edges:
        part = document.maybe(name)
        words = " ".join(words_of(part).split()) if part is not None else ""
        # "Page 2 of 3" is nothing that anybody misses.
        if re.search(r"[^\W\d]", re.sub(r"\b(?:page|of)\b", "", words, flags=re.IGNORECASE)):
            told[words[:MOST_EDGE]] = None
    if told:
        remarks.say(f"The headers and footers of its pages were left out: {'; '.join(f'“{words}”' for words in told)}.")


def _packed_anew(parts: dict[str, tuple[etree._Element, dict[str, str]]]) -> io.BytesIO:
    """A Word file of these parts alone, with the addresses of their links, for mammoth to read."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as file:
        for name, (part, links) in parts.items():
            for link in part.iter(f"{W}hyperlink"):
                if link.get(f"{R}id") not in links:
                    link.attrib.pop(f"{R}id", None)
            related = etree.Element(f"{RELATIONS}Relationships")
            for number, target in links.items():
                etree.SubElement(related, f"{RELATIONS}Relationship", Id=number, Type=LINK, Target=target)
            file.writestr(f"word/{name}.xml", etree.tostring(part, encoding="utf-8"))
            file.writestr(f"word/_rels/{name}.xml.rels", etree.tostring(related, encoding="utf-8"))
    packed.seek(0)
    return packed
