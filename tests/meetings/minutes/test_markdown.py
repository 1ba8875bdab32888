"""Documents as Markdown: whatever was typed, it is shown as typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from meetings.minutes.documents.layouts import Cover, Layout, lay_out
from meetings.minutes.documents.markdown import escape, escape_line, to_markdown
from meetings.minutes.source import plain_copy, tidy
from meetings.minutes.structure import Attendee, ItemDoc, Kind, Line, MinutesDoc, Presence

SHOW = MarkdownIt("commonmark").enable("table").enable("strikethrough")
HOSTILE = [
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "![seen](https://spy.example/pixel.png)",
    "[A12](https://spy.example/)",
    "[A12]: https://spy.example/",
    "<https://spy.example/>",
    "# big",
    "ends ## big #",
    "> said",
    "- item",
    "+ item",
    "--- x",
    "1. one",
    "1986) one",
    "*bold* __bold__ ~~gone~~ `code` snake_case _i_",
    "&lt; &copy; &#60; R&D",
    "a | b",
    "=====",
    "\\",
    "\\[x](y)",
    "tail\\",
    "$x$ @ref #1",
]
MARKUP = st.text(alphabet="[]()<>*_`~#+->!|\\&;:=.1 aA", max_size=14).map(
    lambda text: tidy(plain_copy(text, hyphens=False))
)


def shown(tokens):
    """The words that a program shows, and the kinds of markup that it found."""
    words, kinds = [], set()
    for token in tokens:
        for child in token.children or [token]:
            kinds.add(child.type)
            words.append(child.content if child.type in {"text", "text_special"} else "\n" * (child.nesting < 0))
    return "".join(words), kinds


PLAIN = {"paragraph_open", "paragraph_close", "text", "text_special"}


@pytest.mark.parametrize("words", HOSTILE)
def test_a_line_is_shown_as_it_was_typed(words):
    found, kinds = shown(SHOW.parse(escape_line(words)))
    assert (found, kinds - PLAIN) == (words + "\n", set())


@settings(max_examples=500, deadline=None)
@given(MARKUP.filter(bool))
def test_any_line_is_shown_as_it_was_typed(words):
    found, kinds = shown(SHOW.parse(escape_line(words)))
    assert (found, kinds - PLAIN) == (words + "\n", set())


@settings(max_examples=300, deadline=None)
@given(MARKUP.filter(bool))
def test_any_heading_is_shown_as_it_was_typed(words):
    found, kinds = shown(SHOW.parse(f"## {escape(words)}"))
    assert (found, kinds - PLAIN) == (words + "\n", {"heading_open", "heading_close"})


@pytest.mark.parametrize("words", ["===", "---", "=", "- - -"])
def test_a_row_of_signs_makes_no_heading_of_the_line_above(words):
    _, kinds = shown(SHOW.parse(f"- Action point:  \n  {escape_line(words)}"))
    assert {kind for kind in kinds if kind.startswith(("heading", "hr"))} == set()


@pytest.mark.parametrize("layout", Layout)
def test_nothing_typed_becomes_markup(layout):
    lines = [Line(kind=kind, text=words, who=words, owners=(words,)) for words in HOSTILE for kind in Kind]
    doc = MinutesDoc(
        title=HOSTILE[0],
        place=HOSTILE[1],
        attendees=tuple(Attendee(name=words, presence=Presence.ATTENDED, organisation=words) for words in HOSTILE),
        opening=tuple(lines),
        items=tuple(ItemDoc(title=words, number=words, lines=tuple(lines[:3])) for words in HOSTILE),
    )
    cover = Cover(group=HOSTILE[2], status=HOSTILE[3], address="https://circle.example/")
    _, kinds = shown(SHOW.parse(to_markdown(lay_out(doc, layout=layout, cover=cover))))
    blocks = {f"{name}_{end}" for name in ("heading", "bullet_list", "list_item") for end in ("open", "close")}
    assert kinds - PLAIN == blocks | {"hardbreak"}


def test_ordinary_words_stay_as_they_are():
    words = "AB to e-mail R and D (at 5.30) by 5 June – £5, 10%: it's snake_case! [A12] [confidential]"
    assert escape_line(words) == words
