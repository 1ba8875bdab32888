"""How the public sees people: chosen by themselves, and written into every public text, back through the archive."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from meetings import indexing, publishing
from meetings.events import publishing as event_publishing
from meetings.models import Event, Meeting, MeetingQuerySet, Mention, MinuteLine
from meetings.sight.changes import show_reasons
from meetings.sight.discretion import discretion_today, near, near_events
from meetings.sight.headings import set_event_words, set_words
from meetings.sight.mentions import ask, give
from meetings.sight.notes import show_actions, show_entries, show_notes
from members.models import Person, User
from members.naming import Discretion
from wmodf.lib.models import Revision


@transaction.atomic
def choose(*, person: Person, public_name: str, now: datetime) -> bool:
    """Let the public see the person so from now on, everywhere; whether that is new.

    `public_name` is one of `Person.PublicName`. Of two choices at once the later one counts.
    """
    Revision.objects.hold(publishing.RECORDS)
    stored = Person.objects.select_for_update().get(pk=person.pk)
    person.public_name = public_name
    if stored.public_name == public_name:
        return False
    stored.public_name = public_name
    stored.save(update_fields=["public_name"])
    rename(now=now)
    return True


@transaction.atomic
def answer(*, mentions: Collection[Mention], is_them: bool, by: User | None, now: datetime) -> None:
    """Keep what the secretary says of words that may mean somebody, and write the texts of those places anew.

    An answer may be changed: words of which it is said that they do not mean the person are shown again.
    """
    Revision.objects.hold(publishing.RECORDS)
    keys = [mention.pk for mention in mentions]
    for at in range(0, len(keys), 500):
        Mention.objects.among(keys[at : at + 500]).update(is_them=is_them, by=by, made_at=now)
    _write_anew(
        meetings={mention.meeting_id for mention in mentions if mention.meeting_id},
        events={mention.event_id for mention in mentions if mention.event_id},
        now=now,
    )


@transaction.atomic
def rename(*, now: datetime) -> None:
    """Write every public text anew: somebody's name, or their choice of how the public sees it, has changed."""
    Revision.objects.hold(publishing.RECORDS)
    _write_anew(meetings=None, events=None, now=now)
    Mention.objects.filter(is_them=None, person__public_name=Person.PublicName.FULL).delete()


def _write_anew(*, meetings: Collection[int] | None, events: Collection[int] | None, now: datetime) -> None:
    """Write the public texts of these meetings and events (None: of all) anew."""
    discretion = discretion_today()
    give(discretion, meetings=meetings)
    told = Meeting.objects.filter(Q(minutes__isnull=False) | Q(agenda_published_at__isnull=False))
    near(Meeting.objects.values_list("pk", flat=True) if meetings is None else meetings, discretion)  # for all at once
    lines = [line for meeting in _of(told, meetings) for line in show_notes(meeting, discretion)]
    for keys in _some({line.action_id for line in lines if line.action_id}):
        show_actions(keys, discretion, now=now)
        indexing.index(actions=keys)
    for keys in _some({line.entry_id for line in lines if line.entry_id}):
        show_entries(keys, discretion)
        indexing.index(entries=keys)
    _head_anew(meetings, discretion, now=now)
    for keys in _some(Meeting.objects.values_list("pk", flat=True) if meetings is None else meetings):
        indexing.index(meetings=keys)
    for event in _events_reworded(events, discretion):
        event_publishing.publish(event=event, now=now, changed=[])
    publishing.settle_agreed()
    ask(discretion, meetings=None if meetings is None else _telling_alike(meetings), events=events)


def _telling_alike(meetings: Collection[int]) -> set[int]:
    """The meetings, and those whose lines point to the same records: their words are read there too."""
    lines = MinuteLine.objects.filter(Q(action__lines__meeting__in=meetings) | Q(entry__lines__meeting__in=meetings))
    return {*meetings, *lines.order_by().values_list("meeting", flat=True).distinct()}


def _head_anew(keys: Collection[int] | None, discretion: Discretion, *, now: datetime) -> None:
    """Publish anew the meetings whose title, place or reasons read otherwise now."""
    rows = list(_of(Meeting.objects.all(), keys))
    close = near([row.pk for row in rows], discretion)
    reworded = {row.pk: row for row in rows if set_words(row, discretion, close=close[row.pk])}
    reworded |= {row.pk: row for row in show_reasons(discretion)}
    for meeting in reworded.values():
        publishing.publish(meeting=meeting, now=now, changed=[])


def _events_reworded(keys: Collection[int] | None, discretion: Discretion) -> list[Event]:
    events = list(Event.objects.all() if keys is None else Event.objects.filter(pk__in=keys))
    close = near_events(events, discretion)
    return [event for event in events if set_event_words(event, discretion, close=close[event.pk])]


def _some(keys: Iterable[int]) -> Iterator[list[int]]:
    """The keys, a few hundred at a time: more than SQLite takes in one condition may come of an archive."""
    in_order = sorted(keys)
    return (in_order[at : at + 400] for at in range(0, len(in_order), 400))


def _of(meetings: MeetingQuerySet, keys: Collection[int] | None) -> list[Meeting]:
    found = meetings.select_related("host").order_by("pk")
    return list(found if keys is None else found.filter(pk__in=keys))
