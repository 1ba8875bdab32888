"""What a reader finds: records that they may read, by the words that they read of them.

What search looks in gives keys alone. Each record is asked for anew through `visible_to`, and what is shown of it are
the words that its own row has for this reader.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from actions.models import Action
from meetings.agenda.pages import shown_paper
from meetings.minutes.dates import find_dates
from meetings.models import Event, Item, Meeting, MinuteLine
from meetings.pages import anchor_of
from meetings.records.agendas import AgendaItem
from meetings.records.papers import Paper
from members.models import Organisation, Person
from members.naming import mask_emails
from wishlists.models import Entry
from wmodf.knowing import datasets_known_to, organisations_known_to, people_known_to
from wmodf.lib.access import Standing, standing_of
from wmodf.lib.dates import with_weekday
from wmodf.lib.queries import Query
from wmodf.lib.searching import SearchText, relevance
from wmodf.lib.sight import may_see
from wmodf.lib.snippets import marked, snippet
from wmodf.lib.tokens import tokens_of

MOST = 2_000  # texts that are put in order; of more, the latest

Texts = SearchText.Kind
PERSON, ORGANISATION, DATASET = "person", "organisation", "dataset"
# What a reader may ask for, and the kinds of record that it is.
KINDS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "notes": (_("Notes of meetings"), (Texts.LINE, Texts.ITEM)),
    "meetings": (_("Meetings"), (Texts.MEETING,)),
    "actions": (_("Actions"), (Texts.ACTION,)),
    "used": (_("Data used"), (Texts.USED,)),
    "wants": (_("Data wanted"), (Texts.WANTS,)),
    "agendas": (_("Agendas"), (Texts.AGENDA,)),
    "papers": (_("Papers and slides"), (Texts.PAPER,)),
    "events": (_("Events"), (Texts.EVENT,)),
    "people": (_("People"), (PERSON,)),
    "organisations": (_("Organisations"), (ORGANISATION,)),
    "datasets": (_("Datasets"), (DATASET,)),
}
LABELS = {
    Texts.LINE: _("Notes"),
    Texts.ITEM: _("Notes"),
    Texts.MEETING: _("Meeting"),
    Texts.ACTION: _("Action"),
    Texts.USED: _("Data used"),
    Texts.WANTS: _("Data wanted"),
    Texts.AGENDA: _("Agenda"),
    Texts.PAPER: _("Paper"),
    Texts.EVENT: _("Event"),
    PERSON: _("Person"),
    ORGANISATION: _("Organisation"),
    DATASET: _("Dataset"),
}
HEADINGS = {Texts.ITEM, Texts.MEETING, Texts.AGENDA, Texts.PAPER, Texts.EVENT, PERSON, ORGANISATION, DATASET}
ORDER = [*LABELS]
REFERENCE = re.compile(r"([ad])\s?([1-9]\d{0,8})", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is looked for, and by what it is narrowed; empty for nothing."""

    query: Query
    kind: str = ""
    year: int | None = None
    organisation: Organisation | None = None
    is_by_date: bool = False

    @property
    def kinds(self) -> set[str]:
        """The kinds of record among which is looked."""
        return set(KINDS[self.kind][1]) if self.kind else set(LABELS)


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One record that fits: which, of what day (None: of none), and how well."""

    kind: str
    key: int
    on: date | None
    score: float


@dataclass(frozen=True, kw_only=True)
class Result:
    """One record as this reader may read of it, with what was looked for marked."""

    label: str
    title: SafeString | str
    address: str
    on: date | None = None
    words: SafeString | str = ""
    meeting: str = ""


# --- what fits --------------------------------------------------------------------------------------------------------


def hits(asked: Asked, *, user: object, on: date) -> tuple[list[Hit], bool]:
    """What fits, the most fitting or the latest first, and whether there is more than is put in order."""
    if not asked.query:
        return [], False
    rows = {kind: query for kind, query in _rows(user, asked.organisation).items() if kind in asked.kinds}
    texts = SearchText.objects.readable_by(user).matching(asked.query).of_kinds(rows)
    if asked.year:
        texts = texts.in_year(asked.year)
    latest = texts.latest(MOST + 1)
    found = [
        Hit(kind=text.kind, key=text.key, on=text.on, score=_score(asked.query, text.kind, text.tokens))
        for text in latest[:MOST]
    ]
    if not asked.year:
        found += _named(asked, user=user, on=on)
    found.sort(key=_by_date if asked.is_by_date else _by_fit)
    return found, len(latest) > MOST


def _rows(user: object, organisation: Organisation | None) -> dict[str, models.QuerySet]:
    """The records of each kind that this reader may read, those that have to do with the organisation."""
    meetings, events = Meeting.objects.visible_to(user), Event.objects.visible_to(user)
    actions, entries = Action.objects.visible_to(user), Entry.objects.visible_to(user)
    of_meetings = [
        (Texts.ITEM, Item.objects.visible_to(user)),
        (Texts.LINE, MinuteLine.objects.visible_to(user)),
        (Texts.AGENDA, AgendaItem.objects.visible_to(user)),
        (Texts.PAPER, Paper.objects.visible_to(user).light()),
    ]
    if organisation is not None:
        meetings, events = meetings.with_organisation(organisation, user=user), events.none()
        actions, entries = actions.owned_from(organisation, user=user), entries.filter(organisation=organisation)
        of_meetings = [(kind, rows.filter(meeting__in=meetings.values("pk"))) for kind, rows in of_meetings]
    return {
        Texts.MEETING: meetings,
        Texts.EVENT: events,
        Texts.ACTION: actions,
        Texts.USED: entries,
        Texts.WANTS: entries,
        **dict(of_meetings),
    }


def _named(asked: Asked, *, user: object, on: date) -> Iterator[Hit]:
    """People, organisations and datasets of which this reader may know, by their names: they are few."""
    known = {}
    if PERSON in asked.kinds:
        people = people_known_to(user, on=on)
        known[PERSON] = people.speaking_for(asked.organisation) if asked.organisation else people
    if ORGANISATION in asked.kinds:
        organisations = organisations_known_to(user, on=on)
        known[ORGANISATION] = organisations.filter(pk=asked.organisation.pk) if asked.organisation else organisations
    if DATASET in asked.kinds and asked.organisation is None:
        known[DATASET] = datasets_known_to(user)
    for kind, records in known.items():
        for record in records:
            names = [record.name] if kind == PERSON else record.names()
            tokens = tokens_of(*map(mask_emails, names))  # by an address nobody is found
            if asked.query.fits(tokens.split()):
                yield Hit(kind=kind, key=record.pk, on=None, score=_score(asked.query, kind, tokens))


def _score(query: Query, kind: str, tokens: str) -> float:
    return relevance(query, tokens.split(), is_heading=kind in HEADINGS)


def _by_fit(hit: Hit) -> tuple:
    return (-hit.score, *_by_date(hit))


def _by_date(hit: Hit) -> tuple:
    return (-(hit.on or date.min).toordinal(), ORDER.index(hit.kind), -hit.key)


# --- what is shown of it ----------------------------------------------------------------------------------------------


def results(found: Iterable[Hit], *, query: Query, user: object, on: date) -> list[Result]:
    """The records found as this reader may read of them, in one query for each kind of them."""
    found = list(found)
    keys: dict[str, list[int]] = {}
    for hit in found:
        keys.setdefault(hit.kind, []).append(hit.key)
    told = {
        (kind, row.pk): _told(kind, row, query, user)
        for kind, some in keys.items()
        for row in _fetched(kind, user, on).filter(pk__in=some)
    }
    return [told[hit.kind, hit.key] for hit in found if (hit.kind, hit.key) in told]


def _fetched(kind: str, user: object, on: date) -> models.QuerySet:
    """The records of a kind that this reader may read, with what is shown of them."""
    if kind == PERSON:
        return people_known_to(user, on=on)
    if kind == ORGANISATION:
        return organisations_known_to(user, on=on)
    if kind == DATASET:
        return datasets_known_to(user)
    rows = _rows(user, None)[kind]
    if kind == Texts.MEETING:
        return rows.select_related("host")
    if kind == Texts.LINE:
        return rows.select_related("meeting__minutes", "item").defer("meeting__minutes__text")
    return rows.select_related("meeting") if kind in {Texts.ITEM, Texts.AGENDA, Texts.PAPER} else rows


def _told(kind: str, row: Any, query: Query, user: object) -> Result:  # noqa: ANN401 (a record of any kind)
    say = SAYING.get(kind, _named_record)
    title, words, address = say(row, user)
    meeting = getattr(row, "meeting", None)
    on = meeting.on if meeting is not None else getattr(row, "on", None) or getattr(row, "raised_on", None)
    return Result(
        label=LABELS[kind],
        title=marked(title, query),
        words=snippet(words, query),
        address=address,
        on=on,
        meeting=meeting.title_for(user) if meeting is not None else "",
    )


def _meeting(meeting: Meeting, user: object) -> tuple[str, str, str]:
    where = ", ".join(filter(None, [meeting.host_for(user), meeting.venue_for(user)]))
    return f"{meeting.title_for(user)}, {with_weekday(meeting.on)}", where, meeting.get_absolute_url()


def _item(item: Item, user: object) -> tuple[str, str, str]:  # noqa: ARG001 (each kind is told the reader)
    return f"{item.number} {item.shown}".strip(), "", f"{item.meeting.get_absolute_url()}#item-{item.pk}"


def _line(line: MinuteLine, user: object) -> tuple[str, str, str]:
    """A line under its heading, where the reader may read that; of a draft's highlights, on their own page."""
    item, minutes = line.item, getattr(line.meeting, "minutes", None)
    heading = ""
    if item is not None and may_see(item, user):
        heading = item.title if standing_of(user) >= Standing.MEMBER else item.public_title
    is_draft = minutes is not None and not minutes.is_circulated
    if is_draft and standing_of(user) < Standing.SECRETARY:
        return heading, line.shown, reverse("meetings:meeting_highlights", args=[line.meeting.slug])
    return heading, line.shown, f"{line.meeting.get_absolute_url()}#{anchor_of(line)}"


def _raised(record: Action | Entry, user: object) -> tuple[str, str, str]:  # noqa: ARG001 (the same)
    return record.reference, record.shown, record.get_absolute_url()


def _agenda(item: AgendaItem, user: object) -> tuple[str, str, str]:
    return item.shown, item.note_for(user), reverse("meetings:meeting_agenda", args=[item.meeting.slug])


def _paper(paper: Paper, user: object) -> tuple[str, str, str]:  # noqa: ARG001 (the same)
    shown = shown_paper(paper.meeting, paper)
    return shown.title, shown.what, shown.address


def _event(event: Event, user: object) -> tuple[str, str, str]:
    words = ". ".join(filter(None, [event.place_for(user), event.description_for(user)]))
    return event.title_for(user), words, event.get_absolute_url()


def _named_record(record: Any, user: object) -> tuple[str, str, str]:  # noqa: ANN401 (a person, organisation or dataset)
    if isinstance(record, Person):
        return mask_emails(record.name_for(user)), "", record.get_absolute_url()
    others = [*record.names()[1:], getattr(record, "publisher", "")]
    return mask_emails(record.name), mask_emails(", ".join(filter(None, others))), record.get_absolute_url()


SAYING = {
    Texts.MEETING: _meeting,
    Texts.ITEM: _item,
    Texts.LINE: _line,
    Texts.ACTION: _raised,
    Texts.USED: _raised,
    Texts.WANTS: _raised,
    Texts.AGENDA: _agenda,
    Texts.PAPER: _paper,
    Texts.EVENT: _event,
}


# --- what was called by its name --------------------------------------------------------------------------------------


def meant(text: str, *, user: object) -> Result | None:
    """The record whose reference, or the meeting whose day, is all that was typed, where this reader may know of it."""
    text = " ".join(text.split()).strip(".,;:[]()\"'")
    nothing = Query(terms=())
    if reference := REFERENCE.fullmatch(text):
        model, kind = (Action, Texts.ACTION) if reference[1] in "aA" else (Entry, None)
        record = model.objects.visible_to(user).filter(number=int(reference[2])).first()
        return _told(kind or Texts(record.kind), record, nothing, user) if record is not None else None
    day = _day(text)
    meeting = Meeting.objects.visible_to(user).select_related("host").on_day(day)
    return _told(Texts.MEETING, meeting, nothing, user) if meeting is not None else None


def _day(text: str) -> date | None:
    """The day that the text is, in one of the ways in which people write one."""
    for written in find_dates(text):
        if written.year is not None and (written.start, written.end) == (0, len(text)):
            try:
                return date(written.year, written.month, written.day)
            except ValueError:
                return None
    return None
