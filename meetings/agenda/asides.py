"""What a meeting's notes put aside for a later agenda, kept as items that wait. Recording calls this."""

from datetime import date, datetime
from difflib import SequenceMatcher

from django.utils import timezone

from meetings.minutes import reader
from meetings.minutes.put_aside import PutAside, put_aside_in
from meetings.minutes.structure import MinutesDoc
from meetings.models import AgendaItem, Meeting
from meetings.records.agendas import LONGEST_TITLE
from wmodf.lib.dates import months_before

NEAR = 0.75  # as much of the words must be the same for a changed line to be the same one
# What notes older than this put aside was dealt with long ago: an archive would bury the list.
MONTHS = 13
MOST = 100  # of one meeting's notes


def waiting_in(doc: MinutesDoc, *, on: date, now: datetime) -> list[PutAside]:
    """What these notes of a meeting on this day put aside; nothing where they are of long ago."""
    if on < months_before(timezone.localdate(now), MONTHS):
        return []
    return put_aside_in(doc, on=on)[:MOST]


def record_asides(*, meeting: Meeting, doc: MinutesDoc, former: str, now: datetime) -> None:
    """Keep what the notes put aside; within the transaction that records them, under its lock.

    The same words make no second item, wherever the first is by now. Words that are gone take their item away unless
    the secretary touched it: `former` is the notes' text as saved before, which tells how recording left it.
    """
    if meeting.on < months_before(timezone.localdate(now), MONTHS):
        return
    free = list(meeting.items_put_aside.exclude(as_minuted="").order_by("pk"))
    waiting = waiting_in(doc, on=meeting.on, now=now)
    if [_values_of(item) for item in free] == [_values(aside) for aside in waiting]:
        return
    left_alone = _untouched(free, former, meeting)
    for is_same in (_says_the_same, _says_nearly_the_same):
        for aside in list(waiting):
            item = next((one for one in free if is_same(one, aside)), None)
            if item is not None:
                free.remove(item)
                waiting.remove(aside)
                _follow(item, aside, is_untouched=item.pk in left_alone)
    for aside in waiting:
        AgendaItem.objects.create(status=AgendaItem.Status.ASIDE, raised_at=meeting, **_values(aside))
    for item in free:
        if item.pk in left_alone:
            item.delete()


def _values(aside: PutAside) -> dict[str, object]:
    return {
        "as_minuted": aside.words,
        "title": aside.title[:LONGEST_TITLE],
        "not_before": aside.not_before,
        "is_confidential": aside.is_confidential,
    }


def _values_of(item: AgendaItem) -> dict[str, object]:
    return {name: getattr(item, name) for name in ("as_minuted", "title", "not_before", "is_confidential")}


def _says_the_same(item: AgendaItem, aside: PutAside) -> bool:
    return item.as_minuted == aside.words


def _says_nearly_the_same(item: AgendaItem, aside: PutAside) -> bool:
    return SequenceMatcher(a=item.as_minuted, b=aside.words, autojunk=False).ratio() >= NEAR


def _follow(item: AgendaItem, aside: PutAside, *, is_untouched: bool) -> None:
    """Let the item say what its line says now; once the secretary has touched it, only note the line's new words."""
    values = _values(aside) if is_untouched else {"as_minuted": aside.words}
    changed = [name for name, value in values.items() if getattr(item, name) != value]
    for name in changed:
        setattr(item, name, values[name])
    if changed:
        item.save(update_fields=changed)


def _untouched(items: list[AgendaItem], former: str, meeting: Meeting) -> set[int]:
    """The keys of those that are as recording left them: they wait, were on no agenda, and say what their line said."""
    if not items:
        return set()
    said = [_values(aside) for aside in put_aside_in(reader.read(former, year_from=meeting.on), on=meeting.on)]
    return {
        item.pk
        for item in items
        if item.status == AgendaItem.Status.ASIDE
        and item.meeting_id is None
        and not (item.position or item.note or item.minutes or item.lead_id or item.lead_name)
        and _values_of(item) in said
    }
