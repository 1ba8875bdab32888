"""The numbers of a Word document's lists, which are not in its text: counted, and written before their paragraphs."""

import re
from dataclasses import dataclass, field

from lxml import etree

from meetings.minutes.files.word_styles import Styles
from meetings.minutes.files.word_xml import W, is_on, value, words_of

LEVELS = 9
BULLET = "•"
PLACE = re.compile(r"%([1-9])")
ROMANS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
MOST_ROMAN = 4000


@dataclass
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    shape: str = "decimal"
    words: str = ""  # "%1.%2." and the like
    is_legal: bool = False
    style: str = ""


@dataclass
class Numbering:
    """A list as paragraphs name it: whose levels and counters it uses, and where it begins anew."""

    kind: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Lists:
    """All lists of a document, and how far each has counted."""

    def __init__(self, part: etree._Element | None) -> None:
        self.kinds: dict[str, dict[int, Level]] = {}
        self.numberings: dict[str, Numbering] = {}
        self.counters: dict[str, list[int | None]] = {}
        for element in part.iterfind(f"{W}abstractNum") if part is not None else ():
            levels = {_ilvl(level): _level(level) for level in element.iterfind(f"{W}lvl")}
            self.kinds[element.get(f"{W}abstractNumId", "")] = levels
        for element in part.iterfind(f"{W}num") if part is not None else ():
            self.numberings[element.get(f"{W}numId", "")] = self._numbering(element)

    def _numbering(self, element: etree._Element) -> Numbering:
        kind = value(element.find(f"{W}abstractNumId"))
        found = Numbering(kind, dict(self.kinds.get(kind, {})))
        for override in element.iterfind(f"{W}lvlOverride"):
            level = override.find(f"{W}lvl")
            if level is not None:
                found.levels[_ilvl(override)] = _level(level)
            start = value(override.find(f"{W}startOverride"))
            if start.isdecimal():
                found.starts[_ilvl(override)] = int(start[:9])
        return found

    def level_of(self, number: str, style: str) -> int:
        """The level that a style has in a list that says so; the first where it does not."""
        numbering = self.numberings.get(number)
        levels = numbering.levels.items() if numbering else ()
        return next((at for at, level in levels if level.style and level.style == style), 0)

    def next_mark(self, number: str, at: int) -> str:
        """Count one paragraph of a list's level, and give its number or bullet; empty where it shows none."""
        numbering = self.numberings.get(number)
        level = numbering.levels.get(at) if numbering else None
        if not numbering or not level:
            return ""
        counter = self.counters.setdefault(numbering.kind, [None] * LEVELS)
        begun = numbering.starts.pop(at, None)
        if begun is not None:
            counter[at] = begun
        else:
            counter[at] = level.start if counter[at] is None else counter[at] + 1
        counter[at + 1 :] = [None] * (LEVELS - at - 1)
        if level.shape == "bullet":
            return BULLET
        return "" if level.shape == "none" else self._written(numbering, at, counter)

    def _written(self, numbering: Numbering, at: int, counter: list[int | None]) -> str:
        level = numbering.levels[at]

        def fill(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            of = numbering.levels.get(place, Level())
            count = counter[place] if counter[place] is not None else of.start
            return _shaped(count, "decimal" if level.is_legal else of.shape)

        mark = PLACE.sub(fill, level.words).strip()
        # "1" alone is a number of the words that follow it; "1." is an item's.
        return f"{mark}." if at == 0 and mark[-1:].isdigit() else mark


def write_numbers(body: etree._Element, styles: Styles, part: etree._Element | None) -> None:
    """Write each paragraph's number into its text, and take it out of the list."""
    lists = Lists(part)
    for paragraph in body.iter(f"{W}p"):
        number, at = _place(paragraph, styles, lists)
        properties = paragraph.find(f"{W}pPr")
        numbered = properties.find(f"{W}numPr") if properties is not None else None
        if numbered is not None:
            properties.remove(numbered)
        is_merged = properties is not None and properties.find(f"{W}rPr/{W}del") is not None
        if not number or is_merged:
            continue
        mark = lists.next_mark(number, at)
        if mark and words_of(paragraph).strip():
            run = etree.Element(f"{W}r")
            words = etree.SubElement(run, f"{W}t")
            words.text = f"{'  ' * at}{mark} "
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, run)


def _place(paragraph: etree._Element, styles: Styles, lists: Lists) -> tuple[str, int]:
    """The list that a paragraph is in, by its own word or its style's, and its level; no list: an empty number."""
    style = styles.style_of(paragraph)
    own = paragraph.find(f"{W}pPr/{W}numPr")
    by_style = styles.number_of(style) or ("", "")
    number, level = by_style
    if own is not None:
        number = value(own.find(f"{W}numId")) or number
        level = value(own.find(f"{W}ilvl")) or level
    if not number or number == "0":
        return "", 0
    at = int(level) if level.isdecimal() and len(level) == 1 else lists.level_of(number, style)
    return number, min(at, LEVELS - 1)


def _ilvl(element: etree._Element) -> int:
    written = element.get(f"{W}ilvl", "0")
    return min(int(written), LEVELS - 1) if written.isdecimal() and len(written) < 3 else 0


def _level(element: etree._Element) -> Level:
    start = value(element.find(f"{W}start"))
    text = element.find(f"{W}lvlText")
    return Level(
        start=int(start[:9]) if start.isdecimal() else 1,
        shape=value(element.find(f"{W}numFmt")) or "decimal",
        words=value(text)[:60],
        is_legal=bool(is_on(element.find(f"{W}isLgl"))),
        style=value(element.find(f"{W}pStyle")),
    )


def _shaped(count: int, shape: str) -> str:
    """A count as its level shows it: 2, b, ii."""
    if shape in {"lowerLetter", "upperLetter"} and 0 < count <= 26 * 9:
        letter = "abcdefghijklmnopqrstuvwxyz"[(count - 1) % 26] * ((count - 1) // 26 + 1)
        return letter if shape == "lowerLetter" else letter.upper()
    if shape in {"lowerRoman", "upperRoman"} and 0 < count < MOST_ROMAN:
        roman = ""
        for number, numeral in ROMANS:
            roman += numeral * (count // number)
            count %= number
        return roman if shape == "lowerRoman" else roman.upper()
    return f"{count:02}" if shape == "decimalZero" else str(count)
