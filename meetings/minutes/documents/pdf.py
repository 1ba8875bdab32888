"""A laid-out document as a tagged PDF (PDF/UA-1), set by Typst with the fonts that it brings along."""

import json
import re
import unicodedata
from collections.abc import Collection
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import typst

from meetings.minutes.documents.layouts import Laid, Layout, within

TEMPLATE = Path(__file__).with_name("minutes.typ")
MOST_CHARACTERS = 300_000
# What stands for a character that none of the fonts has; PDF/UA forbids to leave its place empty.
MISSING = "□"
SAID_OF_MISSING = f"The fonts of this file lack some characters: {MISSING} stands for them. The other files have them."
UNPRINTABLE = re.compile(r'(?:the text|disallowed codepoint) `"(?P<text>[^`]+)"`')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# Marks that PDF/UA forbids, and what no font draws: controls, surrogates, code points that are no characters.
FORBIDDEN = {"\ufeff", "\u2028", "\u2029"}
MOST_TRIES = 4
FIRST_DAY = date(1970, 1, 1)  # Typst counts seconds from it


def to_pdf(laid: Laid) -> bytes:
    """The document as PDF: the same bytes for the same document. Notes go in as data, so none of it is markup."""
    return _compile(laid.on, _printable(_data(within(laid, MOST_CHARACTERS))), tries=MOST_TRIES)


def _data(laid: Laid) -> dict[str, Any]:
    """What the template prints."""
    return {
        "name": laid.name,
        "title": laid.title,
        "is_table": laid.layout is Layout.TABLE,
        "is_bulleted": laid.layout is Layout.HIGHLIGHTS,
        "facts": laid.facts,
        "lists": [asdict(names) for names in laid.lists],
        "sections": [asdict(section) for section in laid.sections],
        "cover": asdict(laid.cover),
        "foot": laid.foot,
    }


def _compile(on: date | None, data: dict[str, Any], *, tries: int) -> bytes:
    """The PDF; what the fonts turn out to lack is replaced, and the last try makes no claim to PDF/UA."""
    try:
        return typst.compile(
            TEMPLATE,
            sys_inputs={"notes": json.dumps(data, ensure_ascii=False)},
            ignore_system_fonts=True,
            pdf_standards=["ua-1"] if tries else [],
            timestamp=datetime.combine(max(on or FIRST_DAY, FIRST_DAY), time(12), tzinfo=UTC),
        )
    except typst.TypstError as error:
        if not tries:
            raise
        lacking = {_unescape(found["text"]) for found in UNPRINTABLE.finditer(error.diagnostic)}
        if not lacking:
            return _compile(on, data, tries=0)
        data = _printable(data, {ord(character) for text in lacking for character in text})
        if SAID_OF_MISSING not in data["foot"]:
            data["foot"].insert(0, SAID_OF_MISSING)
        return _compile(on, data, tries=tries - 1)


def _unescape(text: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _printable(value: Any, lacking: Collection[int] = ()) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """The same data without characters that no page can hold, and with a mark for those that the fonts lack."""
    if isinstance(value, str):
        kept = value if value.isprintable() else "".join(filter(_is_printable, value))
        return kept.translate(dict.fromkeys(lacking, MISSING))
    if isinstance(value, dict):
        return {name: _printable(part, lacking) for name, part in value.items()}
    return [_printable(part, lacking) for part in value] if isinstance(value, list | tuple) else value


def _is_printable(character: str) -> bool:
    return character not in FORBIDDEN and unicodedata.category(character) not in {"Cc", "Cs", "Cn"}
