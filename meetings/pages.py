"""A meeting's notes as one reader sees them, put together for a page."""

from collections import defaultdict
from dataclasses import dataclass

from actions.models import Action
from meetings.models import Attendance, Item, Meeting, MinuteLine, Minutes
from wishlists.models import Entry
from wmodf.lib.access import Standing, standing_of
from wmodf.lib.sight import may_see


@dataclass(frozen=True, kw_only=True)
class ShownLine:
    """One line, its anchor on the page (may be empty), and what it points to where this reader may know of it.

    `names` is the meeting that the line announces or whose notes it agrees.
    """

    line: MinuteLine
    anchor: str = ""
    action: Action | None = None
    entry: Entry | None = None
    names: Meeting | None = None


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


def joining_url_for(meeting: Meeting, user: object) -> str:
    """The joining link if this reader may have it; empty where there is none."""
    return meeting.joining_url if meeting.is_joining_url_public or standing_of(user) >= Standing.MEMBER else ""


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
    actions = {action.pk: action for action in Action.objects.of_meeting(meeting.pk).with_owners()}
    attendances = meeting.attendances.with_people()
    return Notes(
        minutes=minutes,
        agreed_at=Meeting.objects.visible_to(user).on_day(minutes.agreed_on),
        present=list(attendances.present()),
        in_attendance=list(attendances.in_attendance()),
        apologies=list(attendances.apologies()),
        items=_items(list(meeting.items.visible_to(user)), _lines(lines, actions, user)),
    )


def _lines(lines: list[MinuteLine], actions: dict[int, Action], user: object) -> list[ShownLine]:
    """The lines with their records; of two lines about one record only the first has the anchor."""
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
                anchor="" if anchor in anchors else anchor,
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
