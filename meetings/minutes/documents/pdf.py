"""A laid-out document as a tagged PDF (PDF/UA-1), set by Typst with the fonts that it brings along."""

import json
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from itertools import groupby, islice
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
# Typst gives up on a few hundred letters without a space in some scripts, and on heaps of marks above one letter: where
# it does, such a run may be broken anywhere, and of a heap the first few marks have to do.
ENDLESS = re.compile(r"\S{100,}")
BREAK = "\u200b"
BETWEEN_BREAKS = 60
MOST_MARKS = 8
FIRST_DAY = date(1970, 1, 1)  # Typst counts seconds from it


class PanicError(Exception):
    """Typst broke down over these words, even with all long runs broken."""


def to_pdf(laid: Laid) -> bytes:
    """The document as PDF: the same bytes for the same document. Notes go in as data, so none of it is markup."""
    return _compile(laid.on, _printable(_data(within(laid, MOST_CHARACTERS))), tries=MOST_TRIES)


def _data(laid: Laid) -> dict[str, Any]:
    """What the template prints."""
    return {
        "name": laid.name,
        "title": laid.heading,
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
        return _set(on, data, is_accessible=tries > 0)
    except PanicError:
        if not tries:
            raise
        return _compile(on, _broken(data), tries=0)
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


def _set(on: date | None, data: dict[str, Any], *, is_accessible: bool) -> bytes:
    """What Typst makes of it; PanicError where it breaks down, which else would take the whole process along."""
    try:
        return typst.compile(
            TEMPLATE,
            sys_inputs={"notes": json.dumps(data, ensure_ascii=False)},
            ignore_system_fonts=True,
            pdf_standards=["ua-1"] if is_accessible else [],
            timestamp=datetime.combine(max(on or FIRST_DAY, FIRST_DAY), time(12), tzinfo=UTC),
        )
    except BaseException as error:
        # What Rust calls a panic is no Exception in Python.
        if type(error).__name__ != "PanicException":
            raise
        raise PanicError(str(error)) from error


def _broken(value: Any) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """The same data with every endless run of characters broken by marks that nobody sees."""
    if isinstance(value, str):
        return ENDLESS.sub(lambda run: BREAK.join(_pieces(_with_few_marks(run.group()))), value)
    if isinstance(value, dict):
        return {name: _broken(part) for name, part in value.items()}
    return [_broken(part) for part in value] if isinstance(value, list | tuple) else value


def _with_few_marks(run: str) -> str:
    groups = groupby(run, key=lambda character: unicodedata.category(character).startswith("M"))
    return "".join("".join(islice(group, MOST_MARKS) if are_marks else group) for are_marks, group in groups)


def _pieces(run: str) -> Iterator[str]:
    return (run[start : start + BETWEEN_BREAKS] for start in range(0, len(run), BETWEEN_BREAKS))


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
