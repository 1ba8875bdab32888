"""How the project's own text form tells words from its labels and brackets: by a backslash before them."""

import re

HEAD = re.compile(r"(?P<label>Minutes of|Date|Time|Place):")
LIST = re.compile(r"(?P<label>attended|in attendance|apologies):", re.IGNORECASE)
RECORD = re.compile(
    r"(?P<label>Action|Decision|Used|Wants|Agreed|Next meeting|Left out"
    r"|Review(?: (?P<reference>[A-Z]\d{1,6}))?)(?= ?[:(])"
)
LOOKS_LABELLED = re.compile(
    rf"\\|#|- |{HEAD.pattern}|(?i:{LIST.pattern})|{RECORD.pattern}".replace("?P<label>", "?:").replace(
        "?P<reference>", "?:"
    )
)
LOOKS_HOUSE = re.compile(r"(?:present|attendance|attendees|attended by|members present)\b", re.IGNORECASE)
TAIL = re.compile(r"\[(?:(?P<confidential>confidential)|(?P<reference>[A-Z]\d{1,6}))\]")
SPECIAL = "\\|()[],;.#-:"
# Far more than any meeting's; what lies beyond is kept as it stands, so that no text takes for ever to read.
# Either an escaped character, or one of those that are looked for.
ESCAPED_OR = {
    wanted: re.compile(rf"\\[\\|()\[\],;.#: -]|[{re.escape(wanted)}]")
    for wanted in ("[(,;", ",", ")", "]", " ", ".", "|")
}


def escape(words: str, extra: str = "") -> str:
    """The words with a backslash before each character of ``extra`` and each backslash that would escape one."""
    written = []
    for index, character in enumerate(words):
        after = words[index + 1 : index + 2]
        if character in extra or (character == "\\" and (not after or after in SPECIAL or after == " ")):
            written.append("\\")
        written.append(character)
    return "".join(written)


def unescape(words: str) -> str:
    """The words without the backslashes that ``escape`` wrote."""
    return re.sub(r"\\([\\|()\[\],;.#: -]|$)", lambda found: found[1] or "\\", words)


def guard_tail(written: str, start: int) -> str:
    """Words that end as a reference does keep their bracket."""
    opened = written.rfind("[", max(start, len(written) - 16))
    if opened >= 0 and TAIL.fullmatch(written, opened) and not written.endswith("\\", 0, opened):
        return written[:opened] + "\\" + written[opened:]
    return written


def guard_start(written: str, words: str) -> str:
    """Prose that begins as something else does gets a backslash before it."""
    if words.startswith("\\") or LOOKS_LABELLED.match(words) or LOOKS_HOUSE.match(words):
        return "\\" + written
    return written


def find_plain(words: str, wanted: str, start: int = 0, end: int | None = None) -> int:
    """Where one of the wanted characters first stands with no backslash before it; -1 if nowhere."""
    pattern = ESCAPED_OR[wanted]
    position, stop = start, len(words) if end is None else end
    while found := pattern.search(words, position, stop):
        if found.group() in wanted:
            return found.start()
        position = found.end()
    return -1
