"""Who may read of corrections and redactions, and the lists of them on pages and in documents, for one reader."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from meetings.models import Correction, Meeting
from meetings.sight.discretion import save_sight, set_sight
from members.naming import Discretion, Nearby, fold
from wmodf.lib.access import Standing, standing_of
from wmodf.lib.dates import day_words
from wmodf.lib.sight import may_see


@dataclass(frozen=True, kw_only=True)
class ShownCorrection:
    """One correction for one reader: where it was made, and the meeting that agreed it where they may know of it."""

    correction: Correction
    place: str
    decided_at: Meeting | None

    @property
    def anchor(self) -> str:
        """Where it stands on the page of the notes that it corrects."""
        return f"correction-{self.correction.pk}"

    @property
    def words(self) -> str:
        """Where the notes said what, and what they say now; of a correction, which no passage taken out is."""
        was, reads = self.correction.shown_was, self.correction.shown_reads
        if reads:
            said = _("for “%(was)s” read “%(reads)s”") % {"was": was, "reads": reads}
        else:
            said = _("“%(was)s” was struck out") % {"was": was}
        return f"{self.place}: {said}" if self.place else said


def show_corrections(meeting: Meeting, *, circulated: bool, discretion: Discretion, near: Nearby) -> None:
    """Set the sight of all corrections of the meeting's notes; publishing calls this and saves in its transaction.

    One of a line that was made confidential since is no longer for everyone either, nor is one that tells the words of
    such a line: it may have made several of one, or its own may have been taken out and put in again.
    """
    rows = list(meeting.corrections.select_related("line__item"))
    confidential = Q(is_confidential=True) | Q(item__is_confidential=True)
    kept_back = meeting.lines.filter(confidential).values_list("text", flat=True) if rows else ()
    words = [folded for text in kept_back if (folded := fold(text))]
    for row in rows:
        line = row.line
        hidden = line is not None and (line.is_confidential or (line.item is not None and line.item.is_confidential))
        told = [fold(row.was), fold(row.reads), fold(row.reason)]
        hidden = hidden or any(one in text for one in words for text in told)
        public = circulated and not row.is_confidential and not hidden
        told = public and not row.is_redaction  # why a passage was taken out is for the secretary alone
        set_sight(
            row,
            is_circulated=circulated,
            is_public=public,
            public_was=discretion.public(row.was, near=near) if told else "",
            public_reads=discretion.public(row.reads, near=near) if told else "",
            public_reason=discretion.public(row.reason, near=near) if told else "",
        )
    save_sight(Correction, rows)


def corrections_of(meeting: Meeting, *, user: object) -> list[ShownCorrection]:
    """The corrections of the meeting's notes that this reader may know of, the first first, by one query."""
    return _shown(meeting.corrections.visible_to(user).with_places(), user)


def decided_at(meeting: Meeting, *, user: object) -> list[ShownCorrection]:
    """The corrections of earlier notes that this meeting agreed, by one query."""
    rows = meeting.corrections_decided.visible_to(user).with_places()
    return _shown(rows.order_by("meeting__on", "meeting", "made_at", "pk"), user)


def _shown(rows: list[Correction], user: object) -> list[ShownCorrection]:
    is_secretary = standing_of(user) >= Standing.SECRETARY
    return [
        ShownCorrection(
            correction=row,
            place=_place(row, user),
            decided_at=row.decided_at
            if row.decided_at is not None and (is_secretary or row.decided_at.is_published)
            else None,
        )
        for row in rows
    ]


def _place(row: Correction, user: object) -> str:
    """Item 4, or the item's heading where it has no number; empty where the reader may not know, or there is none."""
    item = row.line.item if row.line is not None else None
    if item is None or not may_see(item, user):
        return ""
    if item.number:
        return _("Item %(number)s") % {"number": item.number.rstrip(".)")}
    return item.title if standing_of(user) >= Standing.MEMBER else item.public_title


def mark_lines(lines: list, corrections: list[ShownCorrection]) -> None:
    """Give each shown line the anchors of the corrections made to it, as `corrected`."""
    by_line: dict[int, list[str]] = {}
    for shown in corrections:
        if shown.correction.line_id is not None:
            by_line.setdefault(shown.correction.line_id, []).append(shown.anchor)
    for line in lines:
        line.line.corrected = by_line.get(line.line.pk, [])


def sentences(corrections: list[ShownCorrection]) -> tuple[str, ...]:
    """One sentence on each, without the words: read again as notes, these might be records."""
    said = []
    for shown in corrections:
        on = day_words(shown.correction.made_at)
        place = shown.place.lower() if shown.place.startswith("Item ") else "a passage"
        redacted = f"A passage was taken out on {on}."
        said.append(redacted if shown.correction.is_redaction else f"Corrected on {on}: {place}.")
    return tuple(dict.fromkeys(said))
