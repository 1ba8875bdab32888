"""What the project adds to notes in their own layout: references, "[confidential]"; and debris of removed links."""

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from meetings.minutes.sentences import Piece
from meetings.minutes.structure import Kind, Stretch

if TYPE_CHECKING:
    from meetings.minutes.house import HouseReader, ItemDraft

MARK = re.compile(r"\[(?:[AD]\d{1,6}|confidential)\]", re.IGNORECASE)
# A link that was removed leaves its opening bracket, with a space, a stop or nothing after it.
DEBRIS = re.compile(r"\((?!\s{0,3}\[[AD]\d)(?=[\s,;.]|\Z)")
BULLETS = "·•▪●◦‣*-–\uf0b7"
TAKES = {"A": {Kind.ACTION}, "D": {Kind.USED, Kind.WANTS}}

Cut = tuple[int, int, str, Stretch]


def find_marks(text: str, limit: int) -> list[Cut]:
    """Everything that is cut out before notes are read, in order; a mark that opens its line is left where it is.

    Beyond ``limit`` nothing is read, so nothing is cut.
    """
    cuts: list[Cut] = []
    position = 0
    found_all = [(found.start(), found.end(), found.group(), Stretch.LABEL) for found in MARK.finditer(text, 0, limit)]
    found_all += [(at, at + 1, "(", Stretch.LEFT_OUT) for at in _debris(text, limit)]
    for start, end, words, stretch in sorted(found_all):
        begun = start
        while begun > position and text[begun - 1] != "\n" and text[begun - 1].isspace():
            begun -= 1
        # Cut out between two letters, a mark would join two words: it leaves its space, if it has one.
        before = cuts[-1][0] if cuts and begun == position else begun
        joins_words = text[max(0, before - 1) : before].isalnum() and text[end : end + 1].isalnum()
        if (joins_words and begun == start) or (_opens_line(text, begun) and not (cuts and cuts[-1][1] == begun)):
            continue
        begun = start if joins_words else begun
        cuts.append((begun, end, words.strip("[]"), stretch))
        position = end
    return cuts


def _opens_line(text: str, position: int) -> bool:
    """Whether nothing but a bullet stands before a position in its line."""
    before = text[max(0, position - 200) : position].rpartition("\n")[2].strip()
    return len(before) < 2 and before.strip(BULLETS) == ""


def _debris(text: str, limit: int) -> list[int]:
    """Brackets that nothing follows and nothing closes."""
    found_all = []
    for found in DEBRIS.finditer(text, 0, limit):
        stop = text.find("\n", found.end(), found.end() + 400)
        rest = text[found.end() : stop if stop >= 0 else found.end() + 400]
        opened, closed = rest.find("("), rest.find(")")
        if closed < 0 or 0 <= opened < closed:
            found_all.append(found.start())
    return found_all


def place_marks(reader: "HouseReader") -> set[tuple[int, int]]:
    """Give every mark to the line that it stands behind; returns those that belong to none.

    Where a "[confidential]" belongs to none, only such are returned: with it left in the text, references may find
    theirs.
    """
    lines = sorted(((piece.start, piece) for _, piece in reader.pieces()), key=lambda pair: pair[0])
    starts = [start for start, _ in lines]
    headings = sorted((item.start, item) for item in reader.items if item.start >= 0) if reader.items else []
    heading_starts = [start for start, _ in headings]
    lost: set[tuple[int, int]] = set()
    lost_secrets: set[tuple[int, int]] = set()
    for mark in reader.source.marks:
        if mark.words == "(":
            continue
        index = bisect_right(starts, mark.at) - 1
        # A mark stands behind its line, so a line that begins just there is the next one.
        while index >= 0 and starts[index] >= mark.at:
            index -= 1
        piece = lines[index][1] if index >= 0 else None
        if mark.words.lower() == "confidential":
            heading_index = bisect_right(heading_starts, mark.at - 1) - 1
            heading = headings[heading_index][1] if heading_index >= 0 else None
            if not _make_confidential(reader, mark.at, piece, heading):
                lost_secrets.add((mark.start, mark.end))
        elif not _give_reference(reader, mark.at, mark.words, piece):
            lost.add((mark.start, mark.end))
    return lost_secrets or lost


def _make_confidential(reader: "HouseReader", at: int, piece: Piece | None, heading: "ItemDraft | None") -> bool:
    text = reader.source.plain
    if heading and (not piece or heading.start >= piece.start) and "\n" not in text[heading.end : at]:
        heading.is_confidential = True
        return True
    if not piece or "\n" in text[piece.end : at]:
        return False
    if piece.is_confidential:
        return True
    piece.is_confidential = True
    if piece.end > at + 1 and reader.source.plain[at : piece.end].strip(" .;,"):
        reader.doubt_mark(at, piece)
    return True


def _give_reference(reader: "HouseReader", at: int, words: str, piece: Piece | None) -> bool:
    if not piece or piece.reference or piece.kind not in TAKES[words[0].upper()]:
        return False
    between = reader.source.plain[min(piece.end, at) : max(piece.end, at)]
    if any(character.isalnum() for character in between) or "\n" in between:
        return False
    piece.reference = words.upper()
    return True
