"""Web pages as notes: what of them becomes text, what is left out and said."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.minutes import reader
from meetings.minutes.files import take, web_page
from meetings.minutes.files.taken import Remarks, UnreadableError
from meetings.minutes.structure import Kind, Presence
from tests.timing import assert_linear


def text_of(page):
    return web_page.render(page, Remarks())


def said_of(page):
    remarks = Remarks()
    web_page.render(page, remarks)
    return remarks.said()


POST = """<!DOCTYPE html><html><head><title>Notes of the Circle &#8211; Canal Circle</title>
<style>p { color: red }</style><script>alert("SECRET script")</script></head><body>
<header id="masthead"><h1>Canal Circle</h1></header><nav><a href="/">SECRET menu</a></nav>
<main id="main"><article class="post hentry">
<header class="entry-header"><h1 class="entry-title">Notes of 4 June 2019</h1></header><div class="entry-content">
<p>Present: Ada Boyle, Ned Orme<br />
Apologies: Uma Vance</p>
<!-- SECRET remark --><p hidden>SECRET one</p><p style="color: red; display:none">SECRET two</p>
<span aria-hidden="true">SECRET three</span>
<h2>Matters arising</h2><p>The boat &amp; the <b>sluice</b>&nbsp;&nbsp;&nbsp;&nbsp;AB</p>
<p>It is <del>SECRET red</del> <s>SECRET blue</s> green.</p>
<ol><li>Ring the trust</li><li>Write</li></ol><ul><li>oars</li><li>sails<ul><li>brown</li></ul></li></ul>
<p><a href="https://circle.example/s">Slides</a> <a href="javascript:alert(1)">trap</a><img src="/x.png"></p>
<div class="sharedaddy"><h3>SECRET share</h3></div></div></article>
<div id="comments"><article class="comment-body"><p>SECRET comment</p></article></div></main>
<aside><h2>SECRET archives</h2></aside><footer class="site-footer">SECRET footer</footer></body></html>"""


def test_a_post_becomes_its_notes():
    assert text_of(POST).split("\n") == [
        "Notes of 4 June 2019",
        "",
        "Present: Ada Boyle, Ned Orme",
        "Apologies: Uma Vance",
        "",
        "## Matters arising",
        "",
        "The boat & the sluice\u00a0\u00a0\u00a0\u00a0AB",
        "",
        "It is green.",
        "",
        "1. Ring the trust",
        "2. Write",
        "",
        "• oars",
        "• sails",
        "  • brown",
        "",
        "Slides (https://circle.example/s) trap",
        "",
    ]
    assert said_of(POST) == (
        "3 passages of hidden text were left out.",
        "2 passages that are struck through were left out.",
        "1 picture was left out.",
        "1 link leads to no web page or e-mail address: its words were kept, its address was left out.",
        "Of the page, the header, menu, share buttons, comments, sidebar and footer were left out.",
    )


def test_a_post_through_the_door_is_read():
    doc = reader.read(take("notes.html", POST.encode()).text)
    assert doc.on.isoformat() == "2019-06-04"
    assert [attendee.name for attendee in doc.listed(Presence.ATTENDED)] == ["Ada Boyle", "Ned Orme"]
    assert [attendee.name for attendee in doc.listed(Presence.APOLOGIES)] == ["Uma Vance"]
    assert [line.owners for line in doc.of_kind(Kind.ACTION)] == [("AB",)]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        # Nothing is marked: everything is taken.
        ("<body><div><p>Present: Ada Boyle</p></div><p>1. Boat</p></body>", "Present: Ada Boyle\n\n1. Boat\n"),
        # What is marked holds little of the page's words: everything is taken.
        (f"<article>Read on</article><div>{'<p>Said aloud.</p>' * 9}</div>", "Read on\n\n" + "Said aloud.\n\n" * 9),
        # Several posts: all of them.
        ("<article>One aloud</article><article>Two aloud</article><p>x</p>", "One aloud\nTwo aloud\n"),
        ("<main><article>One</article><article>Two</article><p>x</p></main>", "One\nTwo\n\nx\n"),
        ('<div>Edge</div><div class="entry-content">Notes of ours</div>', "Notes of ours\n"),
        ('<div class="widget-area"><p>Present: Ada Boyle</p></div>', "Present: Ada Boyle\n"),
        # A whole page within a form, as some servers write them.
        ("<form><p>Present: Ada Boyle</p><input type=text><button>SECRET</button></form>", "Present: Ada Boyle\n"),
    ],
)
def test_the_main_part_is_taken_and_notes_never_lost(page, text):
    assert text_of(page).strip() == text.strip()


def test_the_page_s_title_goes_first_where_the_notes_do_not_say_what_they_are():
    page = "<title>Notes of 4 June 2019 | Circle</title><p>Present: Ada Boyle</p>"
    assert text_of(page) == "Notes of 4 June 2019 | Circle\n\nPresent: Ada Boyle\n"
    assert said_of(page) == ("The page’s title was put first.",)
    assert text_of(page.replace("Boyle", "Boyle, 2019")) == "Present: Ada Boyle, 2019\n"
    assert text_of("<title>Untitled</title><p>Present: Ada Boyle</p>") == "Present: Ada Boyle\n"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>One<p>Two\n  lines", "One\n\nTwo lines"),
        ("<h1>One</h1><p>a</p><h1>Two</h1>", "## One\n\na\n\n## Two"),
        (
            "<h2>This is a long sentence that somebody made bold.</h2>",
            "This is a long sentence that somebody made bold.",
        ),
        ('<ol start="3"><li>c</li><li value="9">i</li><li>j</li></ol>', "3. c\n9. i\n10. j"),
        ('<ol type="a"><li>x</li><li>y</li></ol>', "a. x\nb. y"),
        ('<ol type="I"><li>x</li></ol><ol start="4" type="i"><li>x</li></ol>', "I. x\n\niv. x"),
        ("<ol><li>One<ol><li>a</li><li>b</li></ol></li><li><p>Two</p></li></ol>", "1. One\n  1.1 a\n  1.2 b\n2. Two"),
        ("<pre>a   b\n  c</pre>", "a   b\n  c"),
        ("<dl><dt>Chair</dt><dd>Ada</dd></dl>", "Chair\nAda"),
        ("<p>a\u00adb&#8209;c &lt;d&gt; &eacute;</p>", "ab\u2011c <d> é"),
        ("<p>x<a href='https://www.a.example/'>a.example</a></p>", "xa.example"),
        ("<p><a href='mailto:a@b.example'>Ada</a> <a href='/rel'>rel</a> <a name='x'>n</a></p>", "Ada rel n"),
        ("<h2><a href='https://a.example'>Boat</a></h2>", "## Boat"),
        ("<ul><li></li><li>x</li></ul>", "• x"),
        ("<table><tr><td>a<table><tr><td>b<td>c</table><td>d</table>", "a\nb    c\nd"),
        ("<tr><td>loose</td></tr>", "loose"),
        ("</p></div>x<br><br>y<br>z", "x\n\ny\nz"),
        ("<p>x</p><p>&nbsp;</p><p>y</p><p><br></p><p>z</p>", "x\n\n\ny\n\n\nz"),
    ],
)
def test_elements_become_lines(page, text):
    assert text_of(page) == text + "\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>caf\u00e9 \u2013</p>".encode(), "café –\n"),
        ("<p>caf\u00e9 \u2013</p>".encode("cp1252"), "café –\n"),
        (b'<meta charset="iso-8859-1"><p>caf\xe9 \x96</p>', "café –\n"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?><html><p>\xb1</p></html>', "ą\n"),
        (b'<meta charset="unicode_escape"><p>\\x41\xe9</p>', "\\x41é\n"),
        ("<p>caf\u00e9</p>".encode("utf-8-sig"), "café\n"),
        ("<p>caf\u00e9</p>".encode("utf-16"), "café\n"),
    ],
)
def test_characters_are_those_of_the_page(data, text):
    assert web_page.to_text(data, Remarks()) == text


def test_deep_and_long_pages_take_linear_time():
    def read(size):
        with pytest.raises(UnreadableError, match="nested too deeply"):
            text_of("<div>" * size + "x")
        assert len(text_of("<p>x</p>" * size).split("\n")) == 2 * size
        assert text_of("</div>" * (3 * size) + "<p>" * size + "x") == "x\n"

    assert text_of("<div>" * 400 + "x" + "</div>" * 400) == "x\n"
    assert_linear(read, 3_000)


HEAD = "<p>Notes of 4 June 2019</p><p>Present: Ada Boyle, Ned Orme, Uma Vance</p>"

FOUR_COLUMNS = """<tr><th>Item<th>Discussion<th>Action<th>By whom<tr><td>1. Boat<td><p>It leaks.</p><p>Badly.</p>
<td><p>Caulk it</p><p>Sell it</p><td><p>NO</p><p>AB/UV</p>"""


def actions_of(table):
    doc = reader.read(text_of(f"{HEAD}<table>{table}</table>"))
    return [(line.text, line.owners, line.due) for line in doc.of_kind(Kind.ACTION)]


@pytest.mark.parametrize(
    ("table", "actions"),
    [
        (
            "<tr><th>Item<th>Discussion<th>Action<tr><td>1<td>It leaks.<td>AB<tr><td>2<td>It is blue.<td>&nbsp;",
            [("It leaks. ACTION AB", ("AB",), "")],
        ),
        (
            "<tr><th>Action<th>By whom<th>By when<tr><td>Caulk it.<td>Ned Orme<td>3 July<tr><td>Buy oars<td>AB, UV<td>",
            [
                ("Ned Orme: Caulk it, by 3 July", ("Ned Orme",), "3 July"),
                ("AB, UV: Buy oars", ("AB", "UV"), ""),
            ],
        ),
        (
            "<tr><th>Topic<th>Notes<th>Owner<tr><td>Boat<td><p>It leaks.</p><p>It is to be caulked.</p><td>NO",
            [("It is to be caulked. ACTION NO", ("NO",), "")],
        ),
        (
            f"{FOUR_COLUMNS}<tr><td>2. Oars<td>Two gone.<td>Buy two<td>AB",
            [
                ("NO: Caulk it", ("NO",), ""),
                ("AB/UV: Sell it", ("AB", "UV"), ""),
                ("AB: Buy two", ("AB",), ""),
            ],
        ),
        (
            "<tr><th>Ref<th>Action<th>Owner<th>Due<tr><td>7<td>Caulk it<td>All<td>next meeting",
            [("All: Caulk it, by next meeting (7)", ("All",), "next meeting")],
        ),
        # No heads: owners far right are still owners.
        ("<tr><td>It leaks and is to be caulked<td>AB/NO", [("It leaks and is to be caulked AB/NO", ("AB", "NO"), "")]),
        # Somebody whom no list names is asked about, not lost.
        ("<tr><th>Discussion<th>Action<tr><td>It leaks.<td>ZZ", [("It leaks. ACTION ZZ", ("ZZ",), "")]),
        ("<tr><th>Discussion<th>Action<tr><td>It leaks.<td>Noted", []),
    ],
)
def test_a_column_of_actions_stays_one_of_owners(table, actions):
    assert actions_of(table) == actions


def test_owners_beside_no_one_paragraph_are_said():
    table = "<tr><th>Notes<th>Action<tr><td><p>It leaks.</p><p>It is blue.</p><p>It is long.</p><td><p>AB</p><p>NO</p>"
    assert text_of(f"<table>{table}</table>") == "It leaks.\nIt is blue.\nIt is long.    ACTION AB, NO\n"
    assert said_of(f"<table>{table}</table>") == (
        "In 1 row of a table no owner is beside just one paragraph: they stand with the last. Please look at it.",
        "A table’s heads (Notes, Action) were left out: its rows are written by what they say.",
    )


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("<tr><td>Date<td>4 June 2019<tr><td>Venue:<td>Lock House", "Date: 4 June 2019\nVenue: Lock House"),
        ("<tr><td>Present<td>Ada Boyle, Ned Orme", "Present    Ada Boyle, Ned Orme"),
        (
            "<tr><th>Present<th>Apologies<tr><td>Ada Boyle<td>Uma Vance<tr><td>Ned Orme<td>",
            "Present:\nAda Boyle\nNed Orme\n\nApologies:\nUma Vance",
        ),
        (
            "<tr><th>Present<th>Body<th>Role<tr><td>Ada Boyle<td>Weir Trust<td>Chair<tr><td>Ned Orme<td>Quay<td>Mason",
            "Present:\nAda Boyle – Chair (Weir Trust)\nNed Orme (Mason, Quay)",
        ),
        ("<tr><td>1.<td>Matters arising<td>None were raised.", "## 1. Matters arising\n\nNone were raised."),
        ("<tr><td>AOB<td><p>One.</p><p>Two.</p>", "## AOB\n\nOne.\nTwo."),
        (
            "<tr><th>Item<th>Notes<th>Decision<tr><td>Boat<td>It leaks.<td>Sell it<tr><th>Item<th>Notes<th>Decision",
            "## Boat\n\nIt leaks.\nDecision: Sell it",
        ),
        (
            "<tr><th>Notes<th>Action<tr><td rowspan=2>It leaks.<td>AB<tr><td>Noted<tr><td colspan=2>Long cell",
            "It leaks.    ACTION AB\nNoted\nLong cell",
        ),
    ],
)
def test_tables_go_row_by_row(table, text):
    assert text_of(f"<table>{table}</table>") == text + "\n"


WORDS = st.text(alphabet=st.characters(exclude_characters="<>&", exclude_categories=["Cs"]), max_size=8)
NAMES = st.sampled_from(
    [
        "p",
        "div",
        "table",
        "tr",
        "td",
        "ul",
        "ol",
        "li",
        "a",
        "h1",
        "h2",
        "br",
        "script",
        "style",
        "svg",
        "b",
        "pre",
        "x-y",
    ]
)
ATTRIBUTES = st.sampled_from(
    ["", " hidden", ' href="https://a.example"', ' rowspan="999999999"', ' class="comments post"', ' start="-1"', ' "<']
)
PIECES = st.one_of(
    WORDS,
    st.builds("<{}{}>".format, NAMES, ATTRIBUTES),
    st.builds("</{}>".format, NAMES),
    st.sampled_from(["<!--", "-->", "<![CDATA[", "]]>", "<!doctype", "&", "&#0;", "&nbsp;", "<"]),
)


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_html_becomes_text(page):
    try:
        text = text_of(page)
    except UnreadableError:
        return
    assert not any(f"<{name}>" in text for name in ("p", "div", "script", "td", "b"))
    assert "\x00" not in text


@given(st.lists(st.text(alphabet="abc\u00a0é–'", min_size=1, max_size=9), min_size=1, max_size=9))
@settings(deadline=None)
def test_no_word_of_paragraphs_lists_and_cells_is_lost(words):
    kinds = ["<p>{}</p>", "<li>{}</li>", "<table><tr><td>{}</td></tr></table>", "<h2>{}</h2>", "<div><b>{}</b></div>"]
    page = "".join(kinds[number % len(kinds)].format(one) for number, one in enumerate(words))
    kept = "".join(text_of(page).split())
    assert [one for one in words if "".join(one.split()) not in kept] == []


HEADS = [
    "No",
    "Item",
    "Discussion",
    "Action",
    "By whom",
    "Due",
    "Decision",
    "Status",
    "Name",
    "Organisation",
    "Role",
    "Odd",
]
CELLS = ["AB", "AB/NO", "Ned Orme", "It leaks.", "Noted", "3 July", "", "1.", "<p>Caulk it.</p><p>Sell it.</p>", "7"]


@given(
    st.lists(st.sampled_from(HEADS), min_size=1, max_size=6),
    st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=7), min_size=1, max_size=4),
)
@settings(max_examples=400, deadline=None)
def test_no_word_of_a_table_is_lost(heads, rows):
    table = "".join(f"<tr>{''.join(f'<td>{cell}' for cell in row)}" for row in (heads, *rows))
    text = text_of(f"<table>{table}</table>")
    written = Counter(re.findall(r"\w+", text))
    held = Counter(re.findall(r"\w+", " ".join(re.sub("<.*?>", " ", cell) for row in rows for cell in row)))
    assert {word: count for word, count in held.items() if written[word] < count} == {}
