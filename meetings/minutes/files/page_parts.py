"""The part of a page that holds the notes, and what stands around and within it that is none of them."""

import re
from collections import Counter

from meetings.minutes.files.page_writer import Token
from meetings.minutes.files.taken import Remarks

HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
STRUCK_STYLE = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)

# What pages call their parts: by element, role, and the classes and ids that WordPress and its themes give.
PARTS = {
    "menu": {"nav", "navigation", "menu", "main-navigation", "site-navigation", "post-navigation", "breadcrumbs"}
    | {"skip-link", "screen-reader-text", "nav-links", "nav-menu", "primary-menu", "search", "search-form"},
    "sidebar": {"aside", "complementary", "sidebar", "widget-area", "widget", "secondary"},
    "share buttons": {
        "sharedaddy",
        "sd-sharing-enabled",
        "jp-relatedposts",
        "sd-like",
        "share-buttons",
        "addtoany_share_save_container",
    },
    "comments": {"comments", "comments-area", "comment-respond", "comment-form", "respond", "comment-list"},
    "header": {"banner", "site-header", "masthead"},
    "footer": {"contentinfo", "site-footer", "colophon", "entry-footer", "entry-meta", "post-meta"},
}
PART_OF = {name: part for part, names in PARTS.items() for name in names}

POST = {"hentry", "post"}
CONTENT = {"entry-content", "post-content", "article-content"}
COMMENT = {"comment", "comment-body"}
# A part that holds less of a page's words than this is no main part, whatever its name.
LEAST_SHARE = 1 / 3
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
MOST_BEGINNING = 400  # characters

TITLE_OF_NOTES = re.compile(r"\d|\bmeeting\b|\bnotes\b|\bminutes\b", re.IGNORECASE)


def main_part(tokens: list[Token], remarks: Remarks) -> list[Token]:
    """The notes' own tokens, hidden text and page furniture taken out and said.

    The main part is what the page marks so: its only article or post, else its ``<main>``, else its content block. A
    page that marks none, or marks one that holds few of its words, is taken whole.
    """
    title, tokens = _take_title(tokens)
    kept, counts = _without(tokens, PART_OF)
    if not _length(kept):
        # The whole page stands in what is named as one of its edges: better too much of it than nothing.
        kept, counts = _without(tokens, {})
    for reason in ("hidden", "struck"):
        remarks.count(reason, counts.pop(reason, 0))
    left_out = [f"the {part}" if number == 0 else part for number, part in enumerate(counts)]
    spans = _chosen(kept)
    words = _length(kept)
    chosen = [token for start, end in spans for token in kept[start:end]]
    is_part = bool(spans) and _length(chosen) >= words * LEAST_SHARE
    if is_part and _length(chosen) < words:
        left_out.append("what else stands around its main part")
    if left_out:
        remarks.say(f"Of the page, {_listed(left_out)} {'was' if len(left_out) == 1 else 'were'} left out.")
    found = chosen if is_part else kept
    if title and TITLE_OF_NOTES.search(title) and not _says_what_it_is(found):
        remarks.say("The page’s title was put first.")
        found = [("start", "h1", {}), ("words", title, {}), ("end", "h1", {}), *found]
    return found


def _says_what_it_is(tokens: list[Token]) -> bool:
    """Whether the notes begin with a heading, or soon name a year."""
    if any(kind == "start" and name in {"h1", "h2"} for kind, name, _ in tokens):
        return True
    beginning = " ".join(name for kind, name, _ in tokens[:200] if kind == "words")[:MOST_BEGINNING]
    return bool(YEAR.search(beginning))


def _take_title(tokens: list[Token]) -> tuple[str, list[Token]]:
    """The page's title, and the tokens without it."""
    title: list[str] = []
    rest: list[Token] = []
    is_title = False
    for token in tokens:
        kind, name, _ = token
        if name == "title" and kind != "words":
            is_title = kind == "start"
        elif is_title:
            title.append(name)
        else:
            rest.append(token)
    return " ".join("".join(title).split())[:300], rest


def _without(tokens: list[Token], part_of: dict[str, str]) -> tuple[list[Token], Counter[str]]:
    """The tokens without what is hidden, struck through, or a part of the page by its name; and what these were."""
    kept: list[Token] = []
    counts: Counter[str] = Counter()
    reason, depth, has_words = "", 0, False
    for token in tokens:
        kind, name, attributes = token
        if not reason:
            reason = _reason(name, attributes, part_of) if kind == "start" else ""
            depth, has_words = 1, False
            if not reason:
                kept.append(token)
            continue
        depth += {"start": 1, "end": -1, "words": 0}[kind]
        has_words = has_words or (kind == "words" and bool(name.strip()))
        if not depth:
            if has_words:
                counts[reason] += 1
            reason = ""
    return kept, counts


def _reason(name: str, attributes: dict[str, str], part_of: dict[str, str]) -> str:
    """Why an element is left out; empty if it is not."""
    style = attributes.get("style", "")
    is_hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true" or HIDDEN_STYLE.search(style)
    if is_hidden:
        return "hidden"
    if name in {"del", "s", "strike"} or STRUCK_STYLE.search(style):
        return "struck"
    marks = [name, attributes.get("role", ""), attributes.get("id", ""), *attributes.get("class", "").split()]
    return next((part_of[mark] for mark in marks if mark in part_of), "")


def _chosen(tokens: list[Token]) -> list[tuple[int, int]]:
    """Where the main part stands: one stretch, or several posts; none where nothing is marked."""
    posts, mains, contents = [], [], []
    opened: list[tuple[int, list[tuple[int, int]] | None]] = []
    inside = 0
    for index, (kind, name, attributes) in enumerate(tokens):
        if kind == "start":
            found = None
            classes = set(attributes.get("class", "").split())
            if (name == "article" or classes & POST) and not classes & COMMENT and not inside:
                found = posts
                inside = len(opened) + 1
            elif name == "main" or attributes.get("role") == "main":
                found = mains
            elif classes & CONTENT:
                found = contents
            opened.append((index, found))
        elif kind == "end" and opened:
            if len(opened) == inside:
                inside = 0
            start, found = opened.pop()
            if found is not None:
                found.append((start, index + 1))
    if len(posts) == 1:
        return posts
    return mains[:1] or posts or contents[:1]


def _length(tokens: list[Token]) -> int:
    return sum(len(name.strip()) for kind, name, _ in tokens if kind == "words")


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
