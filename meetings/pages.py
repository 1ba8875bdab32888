"""A meeting's notes as one reader sees them, put together for a page."""

from collections import defaultdict
from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from actions.models import Action
from meetings.models import Attendance, Item, Meeting, MinuteLine, Minutes
from wishlists.models import Entry
from wmodf.lib.access import Standing, standing_of
from wmodf.lib.sight import may_see


@dataclass(frozen=True, kw_only=True)
class ShownLine:
    """One line, its anchor on the page, and what it points to where this reader may know of it.

    `names` is the meeting that the line announces or whose notes it agrees.
    """

    line: MinuteLine
    anchor: str
    action: Action | None = None
    entry: Entry | None = None
    names: Meeting | None = None

    @property
    def own_anchor(self) -> str:
        """The line's own anchor, beside that of the record that it is the first to be about: search leads there."""
        own = anchor_of(self.line)
        return "" if own == self.anchor else own


def anchor_of(line: MinuteLine) -> str:
    """The anchor of one line, which stays when the notes are recorded anew."""
    return f"line-{line.pk}"


@dataclass(frozen=True, kw_only=True)
class ShownItem:
    """One item of business with its lines; `item` is None for what comes before the first heading."""

    item: Item | None
    lines: list[ShownLine]

    @property
    def anchor(self) -> str:
        """The item's anchor, which stays when its heading, number or place changes."""
        return f"item-{self.item.pk}" if self.item is not None else ""


@dataclass(frozen=True, kw_only=True)
class Notes:
    """The notes of one meeting; `agreed_at` is the meeting that agreed them where this reader may know of it."""

    minutes: Minutes
    agreed_at: Meeting | None
    present: list[Attendance]
    in_attendance: list[Attendance]
    apologies: list[Attendance]
    items: list[ShownItem]

    @property
    def headed(self) -> list[ShownItem]:
        """The items that have a heading."""
        return [shown for shown in self.items if shown.item is not None]


def meeting_at(slug: str, *, user: object) -> Meeting:
    """The meeting at this address, or that was at it before it was moved; 404 where this reader may know of none."""
    meetings = Meeting.objects.visible_to(user).with_details()
    try:
        return meetings.get(slug=slug)
    except Meeting.DoesNotExist:
        return get_object_or_404(meetings, old_slugs__slug=slug)


def neighbours_of(meeting: Meeting, *, user: object) -> tuple[Meeting | None, Meeting | None]:
    """The meetings before and after this one that this reader may know of, in two queries."""
    meetings = Meeting.objects.visible_to(user).not_passed_over()
    return meetings.preceding(meeting).first(), meetings.following(meeting).first()


def joining_url_for(meeting: Meeting, user: object) -> str:
    """The joining link if this reader may have it; empty where there is none."""
    return meeting.joining_url if standing_of(user) >= Standing.MEMBER else meeting.public_joining_url


def minutes_for(meeting: Meeting, user: object) -> Minutes | None:
    """The meeting's minutes if this reader may read them; needs them fetched."""
    minutes = getattr(meeting, "minutes", None)
    if minutes is None or minutes.is_circulated or standing_of(user) >= Standing.SECRETARY:
        return minutes
    return None


def notes_of(meeting: Meeting, *, user: object) -> Notes | None:
    """The meeting's notes as this reader may read them, in a fixed number of queries; None where there are none."""
    minutes = minutes_for(meeting, user)
    if minutes is None:
        return None
    lines = list(meeting.lines.visible_to(user).with_records())
    # By the meeting rather than by their keys: a thousand keys are more than SQLite takes in one condition.
    of_meeting = Action.objects.visible_to(user).of_meeting(meeting.pk)
    actions = {action.pk: action for action in of_meeting.with_owners()}
    attendances = meeting.attendances.with_people()
    return Notes(
        minutes=minutes,
        agreed_at=Meeting.objects.visible_to(user).on_day(minutes.agreed_on),
        present=list(attendances.present()),
        in_attendance=list(attendances.in_attendance()),
        apologies=list(attendances.apologies()),
        items=_items(list(meeting.items.visible_to(user)), shown_lines(lines, actions, user)),
    )


def shown_lines(lines: list[MinuteLine], actions: dict[int, Action], user: object) -> list[ShownLine]:
    """The lines with their records, each with an anchor that stays when the notes are recorded anew.

    The first line about a record has the record's (`a37`), every other line its own.
    """
    shown, anchors = [], {""}
    for line in lines:
        action = actions.get(line.action_id)
        action = action if action and may_see(action, user) else None
        entry = line.entry if line.entry and may_see(line.entry, user) else None
        record = action or entry
        anchor = record.reference.lower() if record else ""
        shown.append(
            ShownLine(
                line=line,
                anchor=anchor_of(line) if anchor in anchors else anchor,
                action=action,
                entry=entry,
                names=_named(line, user),
            )
        )
        anchors.add(anchor)
    return shown


def _named(line: MinuteLine, user: object) -> Meeting | None:
    """The meeting that the line points to where this reader may know of it."""
    named = line.named_meeting
    if named is None or named.is_published or standing_of(user) >= Standing.SECRETARY:
        return named
    return None


def _items(items: list[Item], lines: list[ShownLine]) -> list[ShownItem]:
    """The lines under their items, in order; those under no item come first, if there are any."""
    under = defaultdict(list)
    for shown in lines:
        under[shown.line.item_id].append(shown)
    opening = [ShownItem(item=None, lines=under[None])] if under[None] else []
    return opening + [ShownItem(item=item, lines=under[item.pk]) for item in items]
