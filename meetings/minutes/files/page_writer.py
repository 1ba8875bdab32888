"""Lines of text written from a page's elements, one after the other."""

import re
from dataclasses import dataclass, field

from meetings.minutes.files.table_rows import Cell, write_table
from meetings.minutes.files.taken import Remarks

Token = tuple[str, str, dict[str, str]]  # "start", "end" or "words"; the element's name or the words; its attributes

SPACES = re.compile(r"[ \t\n\r\f]+")
NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\u00ad]")
PARAGRAPHS = {"p", "blockquote", "pre", "ul", "ol", "dl", "table", "figure", "address", "fieldset", "caption"}
BLOCKS = PARAGRAPHS | {"div", "section", "article", "main", "header", "footer", "nav", "aside", "li", "dt", "dd"}
BLOCKS |= {"figcaption", "details", "summary", "legend", "form", "center", "hr", "thead", "tbody", "tfoot"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
NOTE = re.compile(r"(?:footnote|endnote)-")
BACK = re.compile(r"#(?:footnote|endnote)-ref-")  # the way back from a note to where it is called
MOST_HEADING = 14  # words; a longer one is a paragraph that somebody made bold
MOST_SPAN = 1_000  # columns or rows that a cell reaches over
ROMANS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass
class Lines:
    """Lines while they are written: those that are done, and the words of the one that is not."""

    keeps_spaces: bool
    keeps_blanks: bool = True
    done: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    mark: str = ""

    def add(self, words: str, *, is_set: bool = False) -> None:
        """Words of the line; those that are set with their spaces keep them."""
        keeps_spaces = is_set or self.keeps_spaces
        words = NO_TEXT.sub("", words.replace("\n", " ") if keeps_spaces else SPACES.sub(" ", words))
        if not keeps_spaces and (not self.words or self.words[-1].endswith(" ")):
            words = words.removeprefix(" ")
        if words:
            self.words.append(words)

    def end_line(self) -> None:
        """The line ends, if it has begun."""
        line = "".join(self.words).rstrip(" \t")
        self.words = []
        if line.strip():
            self.done.append(self.mark + (line.lstrip(" \t") if self.mark else line))
            self.mark = ""
        elif line:
            self.done.append("")

    def blank(self) -> None:
        """What follows stands apart."""
        self.end_line()
        if self.keeps_blanks and self.done and self.done[-1] and not self.mark:
            self.done.append("")


@dataclass
class List:
    """A list: how its points are marked."""

    is_numbered: bool
    style: str
    next: int
    before: str = ""

    def mark(self, value: str) -> str:
        """The next point's number, within that of the point it belongs to: "2.1" in a browser is "1." below "2."."""
        if not self.is_numbered:
            return "• "
        number = int(value) if re.fullmatch(r"\d{1,6}", value) else self.next
        self.next = number + 1
        written = _number(number, self.style)
        return f"{self.before}{written} " if self.before and self.style == "1" else f"{written}. "


@dataclass
class Table:
    """A table while it is read."""

    rows: list[list[Cell]] = field(default_factory=list)


class PageWriter:
    """Takes a page's tokens in order; gives the text."""

    def __init__(self, remarks: Remarks, *, is_word: bool, has_one_h1: bool) -> None:
        self.remarks = remarks
        self.is_word = is_word
        self.has_one_h1 = has_one_h1
        self.lines = Lines(keeps_spaces=is_word)
        # What is open: tables and the lines they interrupt, lists, links, headings; each at most as deep as the page.
        self.tables: list[Table] = []
        self.outer: list[Lines] = []
        self.lists: list[List] = []
        self.links: list[tuple[dict[str, str], int, Lines]] = []
        self.heading: int | None = None
        self.begun: list[tuple[int, int]] = []
        self.pre = 0

    def text(self) -> str:
        """Everything taken, as text that ends with a line end."""
        self.lines.end_line()
        return "\n".join(self.lines.done).strip("\n") + "\n"

    def take(self, token: Token) -> None:
        """One token more."""
        kind, name, attributes = token
        if kind == "words":
            self._words(name)
        elif kind == "start":
            self._start(name, attributes)
        else:
            self._end(name)

    def _words(self, words: str) -> None:
        if not self.pre:
            self.lines.add(words)
            return
        first, *others = words.split("\n")
        self.lines.add(first, is_set=True)
        for line in others:
            self.lines.end_line()
            self.lines.add(line, is_set=True)

    # Elements that begin

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in HEADINGS:
            self.lines.blank()
            self.heading = len(self.lines.done)
        elif name in {"ul", "ol"}:
            self._start_list(name, attributes)
        elif name == "li":
            self._start_point(attributes)
        elif name == "table":
            self.lines.blank()
            self.tables.append(Table())
        elif name in {"tr", "td", "th"} and self.tables:
            self._start_cell(name, attributes)
        elif name == "a":
            self.links.append((attributes, len(self.lines.words), self.lines))
        elif name in BLOCKS:
            self._start_block(name)
        else:
            self._single(name, attributes)

    def _single(self, name: str, attributes: dict[str, str]) -> None:
        """An element that holds nothing."""
        if name == "br":
            self._break_line()
        elif name == "img":
            self.remarks.count("picture")
        elif attributes.get("type") == "checkbox":
            self.lines.add("☑ " if "checked" in attributes else "☐ ")

    def _break_line(self) -> None:
        if self.heading is not None:
            self.lines.add(" ")
        elif self.lines.words:
            self.lines.end_line()
        else:
            self.lines.done.append("")

    def _start_block(self, name: str) -> None:
        self.pre += name == "pre"
        if name in PARAGRAPHS and not self.is_word and not self.lists:
            self.lines.blank()
        else:
            self.lines.end_line()
        if name == "p":
            self.begun.append((id(self.lines), len(self.lines.done)))

    def _start_list(self, name: str, attributes: dict[str, str]) -> None:
        if self.lists or self.is_word:
            self.lines.end_line()
        else:
            self.lines.blank()
        start = attributes.get("start", "")
        # A point within a point is numbered within it, where that is numbered too.
        before = self.lists[-1].before if self.lists else ""
        if self.lists and self.lists[-1].is_numbered and self.lists[-1].style == "1":
            before = f"{before}{self.lists[-1].next - 1}."
        first = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
        self.lists.append(List(name == "ol", attributes.get("type") or "1", first, before))

    def _start_point(self, attributes: dict[str, str]) -> None:
        self.lines.end_line()
        within = self.lists[-1] if self.lists else List(is_numbered=False, style="", next=1)
        mark = within.mark(attributes.get("value", ""))
        if self.is_word and NOTE.match(attributes.get("id", "")):
            self.remarks.count("note")
            mark = f"[{within.next - 1}] "
            if not self.lines.done or self.lines.done[-1]:
                self.lines.done.append("")
        self.lines.mark = "  " * (len(self.lists) - 1) + mark

    def _start_cell(self, name: str, attributes: dict[str, str]) -> None:
        table = self.tables[-1]
        if name == "tr":
            table.rows.append([])
            return
        if not table.rows:
            table.rows.append([])
        cell = Cell(columns=_span(attributes.get("colspan")), rows=_span(attributes.get("rowspan")))
        table.rows[-1].append(cell)
        self.outer.append(self.lines)
        self.lines = Lines(keeps_spaces=self.is_word, keeps_blanks=False)

    # Elements that end

    def _end(self, name: str) -> None:
        if name in HEADINGS:
            self._end_heading(name)
        elif name in {"ul", "ol"} and self.lists:
            self.lists.pop()
            self.lines.mark = ""
            self._apart()
        elif name == "table" and self.tables:
            self._end_table()
        elif name in {"td", "th"} and self.tables and self.outer:
            self._end_cell()
        elif name == "a" and self.links:
            self._end_link()
        elif name in BLOCKS:
            self._end_block(name)

    def _apart(self) -> None:
        if self.lists or self.is_word:
            self.lines.end_line()
        else:
            self.lines.blank()

    def _end_block(self, name: str) -> None:
        self.pre -= name == "pre"
        if name in PARAGRAPHS:
            self._apart()
        else:
            self.lines.end_line()
        if name == "li":
            self.lines.mark = ""
        # An empty paragraph in Word is an empty line.
        if name == "p" and self.begun.pop() == (id(self.lines), len(self.lines.done)) and self.is_word:
            self.lines.done.append("")

    def _end_heading(self, name: str) -> None:
        self.lines.end_line()
        if self.heading is None:
            return
        words = " ".join(" ".join(self.lines.done[self.heading :]).split())
        del self.lines.done[self.heading :]
        self.heading = None
        is_title = name == "h1" and self.has_one_h1
        is_plain = is_title or self.outer or len(words.split()) > MOST_HEADING or words.endswith(".")
        if words:
            self.lines.done.append(words if is_plain else f"## {words}")
            self.lines.blank()

    def _end_table(self) -> None:
        table = self.tables.pop()
        for line in write_table(table.rows, self.remarks):
            if line or (self.lines.done and self.lines.done[-1]):
                self.lines.done.append(line)
        self._apart()

    def _end_cell(self) -> None:
        self.lines.end_line()
        cell = self.tables[-1].rows[-1][-1]
        cell.lines = self.lines.done
        self.lines = self.outer.pop()

    def _end_link(self) -> None:
        """A link's address goes into brackets behind its words, unless they are the address."""
        attributes, start, lines = self.links.pop()
        words = "".join(self.lines.words[start:]).strip() if lines is self.lines else ""
        address = re.sub(r"\s", "", attributes.get("href", ""))
        if self.is_word and BACK.match(address):
            del self.lines.words[start:]
        if not words or self.heading is not None or address.startswith("#"):
            return
        if not re.match(r"(?:https?|mailto):", address, re.IGNORECASE):
            if address or not attributes.keys() & {"id", "name"}:
                self.remarks.count("address")
            return
        if address.casefold().startswith("mailto:"):
            # Notes are published: an address that was not in their words is not put there.
            self.remarks.count("e-mail", address[7:].partition("?")[0].casefold() not in words.casefold())
            return
        plain = re.sub(r"^https?://(?:www\.)?", "", address.casefold()).rstrip("/")
        if address and plain not in words.casefold() and len(address) <= 500:
            space = " " if self.lines.words[-1].endswith((" ", "\u00a0")) else ""
            if space:
                self.lines.words[-1] = self.lines.words[-1].rstrip(" \u00a0")
            self.lines.words.append(f" ({address}){space}")


def _span(written: str | None) -> int:
    return min(int(written), MOST_SPAN) if written and re.fullmatch(r"[1-9]\d{0,4}", written) else 1


def _number(number: int, style: str) -> str:
    """A number as a list shows it."""
    if style.casefold() == "a" and 1 <= number <= 26:
        letter = "abcdefghijklmnopqrstuvwxyz"[number - 1]
        return letter if style == "a" else letter.upper()
    if style.casefold() == "i" and 1 <= number < 40:
        written = ""
        for value, numeral in ROMANS:
            while number >= value:
                written += numeral
                number -= value
        return written if style == "i" else written.upper()
    return str(number)
