"""A Word document's styles: what a run or paragraph inherits from them."""

from dataclasses import dataclass, field

from lxml import etree

from meetings.minutes.files.word_xml import W, is_on, value

TOGGLES = ("vanish", "strike", "dstrike")
MOST_STEPS = 20  # from style to style


@dataclass
class Style:
    """One style: what it is based on, what it says itself, and its place in a list."""

    based_on: str = ""
    toggles: dict[str, bool] = field(default_factory=dict)
    number: tuple[str, str] | None = None  # the list's number and the level, either may be empty


class Styles:
    """All styles of a document; one without any has none."""

    def __init__(self, part: etree._Element | None) -> None:
        self.by_id: dict[str, Style] = {}
        self.default_paragraph = ""
        self.defaults: dict[str, bool] = {}
        if part is None:
            return
        for element in part.iterfind(f"{W}style"):
            name = element.get(f"{W}styleId", "")
            self.by_id[name] = _read(element)
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default", "0") in {"1", "true", "on"}:
                self.default_paragraph = name
        self.defaults = toggles(part.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))

    def is_marked(self, run: etree._Element, paragraph: etree._Element | None, what: str) -> bool:
        """Whether a run is hidden ("vanish") or struck through: said of itself, or by its styles.

        A style that is on within a style that is on turns it off, as Word has it.
        """
        properties = run.find(f"{W}rPr")
        said = toggles(properties).get(what)
        if said is not None:
            return said
        of_run = self._inherited(value(properties.find(f"{W}rStyle")) if properties is not None else "", what)
        of_paragraph = self._inherited(self.style_of(paragraph), what)
        return self.defaults.get(what, False) or of_run != of_paragraph

    def style_of(self, paragraph: etree._Element | None) -> str:
        """The id of a paragraph's style."""
        said = value(paragraph.find(f"{W}pPr/{W}pStyle")) if paragraph is not None else ""
        return said or self.default_paragraph

    def number_of(self, style: str) -> tuple[str, str] | None:
        """The list and level that a style, or one it is based on, puts its paragraphs into."""
        return next((found.number for found in self._line(style) if found.number), None)

    def _inherited(self, style: str, what: str) -> bool:
        return next((found.toggles[what] for found in self._line(style) if what in found.toggles), False)

    def _line(self, style: str) -> list[Style]:
        """A style, what it is based on, and so on."""
        line: list[Style] = []
        while style in self.by_id and len(line) < MOST_STEPS:
            line.append(self.by_id[style])
            style = self.by_id[style].based_on
        return line


def toggles(properties: etree._Element | None) -> dict[str, bool]:
    """What a run's properties say of being hidden or struck through."""
    if properties is None:
        return {}
    said = {name: is_on(properties.find(f"{W}{name}")) for name in TOGGLES}
    return {name: on for name, on in said.items() if on is not None}


def _read(element: etree._Element) -> Style:
    number = element.find(f"{W}pPr/{W}numPr")
    return Style(
        based_on=value(element.find(f"{W}basedOn")),
        toggles=toggles(element.find(f"{W}rPr")),
        number=(value(number.find(f"{W}numId")), value(number.find(f"{W}ilvl"))) if number is not None else None,
    )
