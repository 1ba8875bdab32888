"""A page as text: HTML that somebody saved or copied, or that a Word document became. Runs in the child process.

Blocks become lines, headings ``## ``, lists get their numbers and bullets, tables go row by row (see ``table_rows``).
Nothing here recurses: pages may be nested as deeply as their writer liked.
"""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

import nh3

from meetings.minutes.files import page_parts
from meetings.minutes.files.page_writer import PageWriter, Token
from meetings.minutes.files.taken import Remarks, UnreadableError

MOST_DEEP = 500  # elements within each other; browsers stop at about as many

VOID = {"br", "hr", "img", "input"}
# Marks of emphasis and the like are no business of notes; nh3 takes them off and keeps their words.
TAGS = (
    {"p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "address", "blockquote", "pre"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "title", "ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "a", "span", "del", "s", "strike"}
    | {"details", "summary", "fieldset", "legend", "form", "center"}
    | VOID
)
WITH_CONTENT = {
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "object",
    "svg",
    "math",
    "video",
    "audio",
    "canvas",
}
WITH_CONTENT |= {"button", "select", "textarea"}
ATTRIBUTES = {
    "*": {"hidden", "aria-hidden", "style", "class", "id", "role"},
    "a": {"href", "name"},
    "ol": {"start", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "input": {"type", "checked"},
    "img": {"alt"},
}
SCHEMES = {"http", "https", "mailto"}

TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
# What HTML closes by itself, and what is empty anyway, is not nested by being left open.
SELF_CLOSING = VOID | {
    "p",
    "li",
    "td",
    "th",
    "tr",
    "thead",
    "tbody",
    "tfoot",
    "dt",
    "dd",
    "option",
    "html",
    "head",
    "body",
}
SELF_CLOSING |= {"link", "meta", "source", "wbr", "area", "base", "col", "colgroup", "embed", "param", "track"}

CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([a-z0-9_-]{2,20})", re.IGNORECASE)
KNOWN_CHARSET = re.compile(r"iso-8859-(?!1$)\d{1,2}|windows-125\d|koi8-[ru]|macintosh", re.IGNORECASE)


def to_text(data: bytes, remarks: Remarks) -> str:
    """The text of a page's bytes; what is left out is said in ``remarks``. UnreadableError where it is no page."""
    return render(_decode(data), remarks)


def render(page: str, remarks: Remarks, *, is_word: bool = False) -> str:
    """The text of a page. What Word made keeps its spaces, tabs and empty lines, and all of it is notes."""
    if _depth(page) > MOST_DEEP:
        msg = "is nested too deeply to be read. Open it in a browser, copy its text, and paste it into the box."
        raise UnreadableError(msg)
    clean = nh3.clean(
        page,
        tags=TAGS,
        clean_content_tags=WITH_CONTENT,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    parser = _Tokens()
    parser.feed(clean)
    parser.close()
    tokens = parser.tokens
    if not is_word:
        tokens = page_parts.main_part(tokens, remarks)
    writer = PageWriter(remarks, is_word=is_word, has_one_h1=sum(token[:2] == ("start", "h1") for token in tokens) == 1)
    for token in tokens:
        writer.take(token)
    return writer.text()


class _Tokens(HTMLParser):
    """What nh3 left, which is whole and well nested, as a flat list."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[Token] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins; one that is empty by nature ends at once."""
        self.tokens.append(("start", tag, {name: value or "" for name, value in attrs}))
        if tag in VOID:
            self.tokens.append(("end", tag, {}))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The same for one that closes itself."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag not in VOID:
            self.tokens.append(("end", tag, {}))

    def handle_data(self, data: str) -> None:
        """Words."""
        self.tokens.append(("words", data, {}))


def _depth(page: str) -> int:
    """About how deep the page's elements are nested: a measure, taken before anything builds a tree of them."""
    opened: Counter[str] = Counter()
    depth = deepest = 0
    for is_end, name in _tags(page):
        if name in SELF_CLOSING:
            continue
        if not is_end:
            opened[name] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
    return deepest


def _tags(page: str) -> Iterator[tuple[bool, str]]:
    return ((bool(found[1]), found[2].lower()) for found in TAG.finditer(page))


def _decode(data: bytes) -> str:
    """A page's characters: by its mark, as UTF-8 where it is that, else by what it says of itself."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    said = CHARSET.search(data[:4000])
    name = said[1].decode() if said else ""
    return data.decode(name if KNOWN_CHARSET.fullmatch(name) else "cp1252", errors="replace")
