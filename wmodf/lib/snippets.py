"""The part of a text that says what was looked for, with it marked: made of words that the reader may read anyway."""

from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from wmodf.lib.queries import Query
from wmodf.lib.tokens import words_of

LONGEST = 260  # characters
BEFORE = 60  # of them, before the first that is marked


def marked(text: str, query: Query) -> SafeString:
    """The whole text, escaped, with what was looked for in `<mark>`."""
    return _marked(text, _spans(text, query), 0, len(text))


def snippet(text: str, query: Query) -> SafeString:
    """The text, or where it is long the part around the first that is marked."""
    text = " ".join(text.split())
    spans = _spans(text, query)
    if len(text) <= LONGEST:
        return _marked(text, spans, 0, len(text))
    first = spans[0][0] if spans else 0
    start = 0 if first <= BEFORE * 2 else text.rfind(" ", 0, first - BEFORE) + 1
    end = len(text)
    if end - start > LONGEST:
        cut = text.rfind(" ", start, start + LONGEST)
        end = cut if cut > first else start + LONGEST
    part = _marked(text, spans, start, end)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return mark_safe(f"{before}{part}{after}")  # noqa: S308 (of parts that are safe)


def _spans(text: str, query: Query) -> list[tuple[int, int]]:
    """From where to where something is marked: in order, and none over another."""
    words = list(words_of(text))
    spans: list[tuple[int, int]] = []
    for start, end in sorted({span for term in query.terms for span in term.spans_in(words)}):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _marked(text: str, spans: Iterable[tuple[int, int]], start: int, end: int) -> SafeString:
    parts, at = [], start
    for first, last in spans:
        if first >= at and last <= end:
            parts.append((text[at:first], text[first:last]))
            at = last
    body = format_html_join("", "{}<mark>{}</mark>", parts)
    return mark_safe(body + conditional_escape(text[at:end]))  # noqa: S308 (both are escaped)
