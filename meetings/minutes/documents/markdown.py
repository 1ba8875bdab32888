"""A laid-out document as Markdown (CommonMark), in which no word of the notes is markup."""

import re

from meetings.minutes.documents.layouts import Laid

# What is markup anywhere in a line, and what only where a line begins. Our own marks ("[A12]") stay as they are where
# they can be no link.
MARKUP = re.compile(r"[\\`*<~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w)|(?<!\S)#|\[(?!(?:[AD]\d{1,6}|confidential)\](?!\())")
NUMBERED = re.compile(r"(\d{1,9})([.)](?:\s|$))")
OPENS = re.compile(r"[>\[=]|[+-](?=[\s-]|$)")


def to_markdown(laid: Laid) -> str:
    """The document as Markdown. What a table has in its column of actions stands in lines that begin "Action:"."""
    blocks = [f"# {laid.kind or 'Meeting'}: {escape(laid.title)}"] if laid.title else []
    blocks += [f"{label}: {escape(words)}" for label, words in laid.facts]
    for names in laid.lists:
        blocks += [f"{names.label}:", "\n".join(f"- {escape_line(str(name))}" for name in names.names)]
    for section in laid.sections:
        heading = section.heading + (f" – {section.beside}" if section.beside else "")
        blocks += [f"## {escape(heading)}"] if heading else []
        # Two spaces at a line's end keep the lines apart.
        blocks += ["- " + "  \n  ".join(map(escape_line, statement.lines)) for statement in section.statements]
    if laid.foot:
        blocks += [f"## {laid.about}", *(escape_line(sentence) for sentence in laid.foot)]
    return "\n\n".join(blocks) + "\n"


def escape(words: str) -> str:
    """Words within a line, with a backslash before each character that would be markup."""
    return MARKUP.sub(lambda found: "\\" + found.group(), words)


def escape_line(words: str) -> str:
    """Words that begin a line, where a number or a sign would open a list or a quotation, or make a heading above."""
    escaped = escape(words)
    if OPENS.match(escaped):
        return "\\" + escaped
    return NUMBERED.sub(r"\1\\\2", escaped, count=1) if NUMBERED.match(escaped) else escaped
