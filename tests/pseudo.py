"""A language in which every message stands between « and »: what stands outside was never translated."""

import re
from contextlib import contextmanager
from gettext import NullTranslations
from html.parser import HTMLParser

from django.utils.translation import trans_real

READABLE = {"aria-label", "title", "placeholder", "alt", "label", "data-label", "data-unreachable"}
NO_WORDS = {"script", "style", "code"}
ADDRESS = re.compile(r"https?://[^\s«»]+")  # as a citation gives it: data, in every language
BLOCKS = {"p", "li", "h1", "h2", "h3", "dt", "dd", "th", "td", "label", "button", "option", "div", "title", "legend"}


class Pseudo(NullTranslations):
    """Translates as a catalogue does; Django puts context before a message with a mark."""

    def gettext(self, message):
        """The message, marked."""
        return f"«{message.rpartition(chr(4))[2]}»"

    def ngettext(self, singular, plural, number):
        """The message for the number, marked."""
        return self.gettext(singular if number == 1 else plural)

    def to_language(self):
        """Whose dates and numbers it uses."""
        return "en-gb"


@contextmanager
def pseudo_language():
    """All of Django's translation, with another catalogue."""
    former = getattr(trans_real._active, "value", None)
    trans_real._active.value = Pseudo()
    try:
        yield
    finally:
        if former is None:
            del trans_real._active.value
        else:
            trans_real._active.value = former


class Words(HTMLParser):
    """The words of a page: its text, and what is read out of its attributes."""

    def __init__(self, html):
        super().__init__()
        self.text, self.attributes, self.skipped = [], [], 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Note readable attributes; a block begins a new piece of text."""
        self.skipped += tag in NO_WORDS
        self.attributes += [value for name, value in attrs if name in READABLE and value]
        self.text += [" "] if tag in BLOCKS else []

    def handle_endtag(self, tag):
        """A block ends a piece of text."""
        self.skipped -= tag in NO_WORDS
        self.text += [" "] if tag in BLOCKS else []

    def handle_data(self, data):
        """Note text."""
        self.text += [] if self.skipped else [data]


def untranslated(html):
    """The words of a page outside all messages."""
    words = Words(html)
    return {word for text in ("".join(words.text), *words.attributes) for word in outside(ADDRESS.sub(" ", text))}


def outside(text):
    """The words that stand in no message; messages stand in messages where one is filled into another."""
    while (bare := re.sub(r"«[^«»]*»", " ", text)) != text:
        text = bare
    return re.findall(r"[^\W\d_][\w’'.@-]*", text)
