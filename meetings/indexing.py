"""What search looks in, written: the words of records in the forms that their readers read.

Publishing calls this at the end of all it does, in the same transaction. What is written are differences. Who may read
a record is not decided here: the rows carry it, and search asks them again.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from actions.models import Action
from meetings.minutes.structure import Kind
from meetings.models import Event, Item, Meeting, MinuteLine
from meetings.records.agendas import AgendaItem
from meetings.records.papers import Paper
from wishlists.models import Entry
from wmodf.lib import searching
from wmodf.lib.access import Standing
from wmodf.lib.dates import in_words, with_weekday
from wmodf.lib.searching import SearchText
from wmodf.lib.tokens import tokens_of

Texts = SearchText.Kind
MOVED = {Texts.AGENDA, Texts.PAPER}  # from one meeting's agenda to another's
RAISED = {Kind.ACTION, Kind.USED, Kind.WANTS}


@dataclass(frozen=True)
class Reader:
    """Somebody of a standing: words are asked for as they read them."""

    standing: Standing


PUBLIC, MEMBER = Reader(Standing.PUBLIC), Reader(Standing.MEMBER)


def index(*, meetings: Iterable[int] = (), actions: Iterable[int] = (), entries: Iterable[int] = ()) -> None:
    """Write anew what is looked in of meetings with their notes, agendas and papers, and of actions and entries.

    They are given by their keys; of what is gone nothing stays. Lines about the actions and entries are looked at, too:
    they may say the same as their record by now, or no longer.
    """
    meetings, actions, entries = set(meetings), set(actions), set(entries)
    raising = Q(kind__in=RAISED) & (Q(action__in=actions) | Q(entry__in=entries))
    which = (Q(meeting__in=meetings) | raising) if actions or entries else Q(meeting__in=meetings)
    lines = list(_told_lines(which)) if meetings or actions or entries else []
    elsewhere = [line.pk for line in lines if line.meeting_id not in meetings]
    stored = SearchText.objects.filter(
        Q(meeting__in=meetings)
        | Q(kind=Texts.ACTION, key__in=actions)
        | Q(kind__in=[Texts.USED, Texts.WANTS], key__in=entries)
        | Q(kind=Texts.LINE, key__in=elsewhere)
    )
    texts = list(_lines(lines))
    if meetings:
        texts += _heads_and_parts(meetings)
    if actions:
        texts += _actions(Q(pk__in=actions))
    if entries:
        texts += _entries(Q(pk__in=entries))
    _write(stored, texts)


def index_agenda(key: int) -> None:
    """Write anew what is looked in of one meeting's agenda and papers."""
    texts = SearchText.objects.filter(meeting=key, kind__in=MOVED)
    days = dict(Meeting.objects.filter(pk=key).values_list("pk", "on"))
    _write(texts, [*_agenda(days), *_papers(days)])


def index_words_of(meeting: Meeting) -> None:
    """Write anew what is looked in of a meeting's title, place, host and day."""
    _write(SearchText.objects.filter(meeting=meeting.pk, kind=Texts.MEETING), _meeting(meeting))


def index_event(key: int) -> None:
    """Write anew what is looked in of an event; the same."""
    _write(SearchText.objects.filter(kind=Texts.EVENT, key=key), _events(Q(pk=key)))


def rebuild(*, said: Callable[[str], None] = lambda _: None) -> int:
    """Make everything anew, with a word on each step; gives how many texts there are."""
    SearchText.objects.all().delete()
    keys = list(Meeting.objects.order_by("pk").values_list("pk", flat=True))
    for begin in range(0, len(keys), 20):
        some = keys[begin : begin + 20]
        SearchText.objects.bulk_create(_of_meetings(some), batch_size=200)
        said(f"Meetings: {begin + len(some)} of {len(keys)}.")
    for name, texts in (("Actions", _actions), ("Data used and wanted", _entries), ("Events", _events)):
        made = SearchText.objects.bulk_create(texts(Q()), batch_size=200)
        said(f"{name}: {len({text.key for text in made})}.")
    searching.purge()
    return SearchText.objects.count()


def whole() -> list[SearchText]:
    """All that search should look in, made anew and not saved."""
    keys = list(Meeting.objects.values_list("pk", flat=True))
    return [*_of_meetings(keys), *_actions(Q()), *_entries(Q()), *_events(Q())]


def _write(stored: QuerySet[SearchText], texts: Iterable[SearchText]) -> None:
    """Make the stored texts be these, by what differs."""
    texts = list(texts)
    former = {(text.kind, text.key, text.standing): text for text in stored}
    if moved := [
        text.key for text in texts if text.kind in MOVED and (text.kind, text.key, text.standing) not in former
    ]:
        others = SearchText.objects.filter(kind__in=MOVED, key__in=moved)
        former |= {(text.kind, text.key, text.standing): text for text in others}
    new, changed = [], []
    for text in texts:
        same = former.pop((text.kind, text.key, text.standing), None)
        if same is None:
            new.append(text)
        elif (same.meeting, same.on, same.tokens) != (text.meeting, text.on, text.tokens):
            text.pk = same.pk
            changed.append(text)
    if former:
        SearchText.objects.filter(pk__in=[text.pk for text in former.values()]).delete()
    if new:
        SearchText.objects.bulk_create(new, batch_size=200)
    if changed:
        SearchText.objects.bulk_update(changed, ["meeting", "on", "tokens"], batch_size=200)


# --- the texts of each kind -------------------------------------------------------------------------------------------


def _of_meetings(keys: Iterable[int]) -> Iterator[SearchText]:
    yield from _lines(_told_lines(Q(meeting__in=keys)))
    yield from _heads_and_parts(keys)


def _heads_and_parts(keys: Iterable[int]) -> Iterator[SearchText]:
    days = {}
    for meeting in Meeting.objects.filter(pk__in=keys).select_related("host").order_by():
        days[meeting.pk] = meeting.on
        yield from _meeting(meeting)
    yield from _items(days)
    yield from _agenda(days)
    yield from _papers(days)


def _meeting(meeting: Meeting) -> Iterator[SearchText]:
    def words(reader: Reader) -> list[str]:
        said = [meeting.title_for(reader), meeting.host_for(reader), meeting.venue_for(reader)]
        return [*said, with_weekday(meeting.on), meeting.on.isoformat()]

    yield from _texts(
        Texts.MEETING,
        meeting.pk,
        meeting=meeting.pk,
        on=meeting.on,
        full=words(MEMBER),
        public=words(PUBLIC) if meeting.is_published else None,
        is_told=meeting.is_published,
    )


def _items(days: dict[int, date]) -> Iterator[SearchText]:
    for item in Item.objects.filter(meeting__in=days).order_by():
        on = days[item.meeting_id]
        yield from _carried(Texts.ITEM, item, on=on, full=[item.title], public=[item.public_title])


def _told_lines(which: Q) -> QuerySet[MinuteLine]:
    told = MinuteLine.objects.filter(which).exclude(kind=Kind.LEFT_OUT).order_by()
    said = ("kind", "text", "public_text", "is_circulated", "is_public", "meeting__on", "action__text", "entry__text")
    return told.select_related("meeting", "action", "entry").only(*said)


def _lines(lines: Iterable[MinuteLine]) -> Iterator[SearchText]:
    """Lines in words of their own: what an action or entry says in the same words is found as that record."""
    for line in lines:
        record = line.action or line.entry
        if line.kind in RAISED and record is not None and tokens_of(record.text) == tokens_of(line.text):
            continue
        yield from _carried(Texts.LINE, line, on=line.meeting.on, full=[line.text], public=[line.public_text])


def _agenda(days: dict[int, date]) -> Iterator[SearchText]:
    for item in AgendaItem.objects.filter(meeting__in=days).on_agenda().order_by():
        full, public = [item.title, item.note], [item.public_title, item.public_note]
        yield from _carried(Texts.AGENDA, item, on=days[item.meeting_id], full=full, public=public)


def _papers(days: dict[int, date]) -> Iterator[SearchText]:
    for paper in Paper.objects.filter(meeting__in=days).light().order_by():
        on = days[paper.meeting_id]
        yield from _carried(Texts.PAPER, paper, on=on, full=[paper.title], public=[paper.public_title])


def _actions(which: Q) -> Iterator[SearchText]:
    for action in Action.objects.filter(which).order_by():
        full, public = [action.text, action.reference], [action.public_text, action.reference]
        yield from _carried(Texts.ACTION, action, on=action.raised_on, full=full, public=public)


def _entries(which: Q) -> Iterator[SearchText]:
    for entry in Entry.objects.filter(which).order_by():
        full, public = [entry.text, entry.reference], [entry.public_text, entry.reference]
        yield from _carried(Texts(entry.kind), entry, on=entry.raised_on, full=full, public=public)


def _events(which: Q) -> Iterator[SearchText]:
    for event in Event.objects.filter(which):

        def words(reader: Reader, event: Event = event) -> list[str]:
            said = [event.title_for(reader), event.place_for(reader), event.description_for(reader)]
            return [*said, in_words(event.on)]

        is_told = event.is_published
        yield from _texts(
            Texts.EVENT,
            event.pk,
            on=event.on,
            full=words(MEMBER),
            public=words(PUBLIC) if is_told else None,
            is_told=is_told,
        )


def _carried(
    kind: Texts,
    row: Any,  # noqa: ANN401 (any row that carries its sight)
    *,
    on: date,
    full: list[str],
    public: list[str],
) -> Iterator[SearchText]:
    """The texts of a row that carries its sight."""
    return _texts(
        kind,
        row.pk,
        meeting=getattr(row, "meeting_id", None),
        on=on,
        full=full,
        public=public if row.is_public else None,
        is_told=row.is_circulated,
    )


def _texts(
    kind: Texts,
    key: int,
    *,
    on: date,
    full: list[str],
    public: list[str] | None,
    is_told: bool,
    meeting: int | None = None,
) -> Iterator[SearchText]:
    """The full words, for members if it is told, else for the secretary alone; and the public's, if there are any."""
    forms = [(Standing.MEMBER if is_told else Standing.SECRETARY, full)]
    if public is not None:
        forms.append((Standing.PUBLIC, public))
    for standing, words in forms:
        yield SearchText(
            kind=kind, key=key, standing=standing, meeting=meeting, on=on, tokens=tokens_of(*filter(None, words))
        )
