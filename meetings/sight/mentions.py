"""Where public texts may still mean somebody who withholds their name: found whenever publishing writes them anew.

What is found is asked of the secretary as rows (`Mention`). What the secretary confirmed is taken out by `Discretion`,
and rows that have just these words and nobody behind them mean the person from then on.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.db.models import F, Q, QuerySet

from actions.models import Action, ActionOwner
from meetings.models import (
    AgendaItem,
    Attendance,
    Change,
    Correction,
    Event,
    Item,
    Meeting,
    Mention,
    MinuteLine,
    Minutes,
    Paper,
)
from members.guesses import Guesses
from members.naming import Discretion, Nearby, fold
from wishlists.models import Entry

LONGEST = 200  # characters of words that are asked

# A place in the words of everyone: its meeting or event, and the words.
Text = tuple[int, str]


def public_texts(meetings: Collection[int] | None) -> Iterator[Text]:
    """Every text of these meetings (None: of all) that the public reads, with its meeting; one query a kind."""
    circulated = Q(meeting__minutes__status__in=Minutes.CIRCULATED_STATUSES)
    public = Q(is_public=True)
    nobody = Q(person=None)
    owners = ActionOwner.objects.filter(nobody, role="", is_everyone=False, action__is_public=True)
    yield from _texts(Meeting.objects.published(), meetings, "pk", "public_title", "public_venue", "public_host_name")
    yield from _texts(Item.objects.filter(public), meetings, "meeting", "public_title")
    yield from _texts(MinuteLine.objects.filter(public), meetings, "meeting", "public_text")
    agenda = ("public_title", "public_note", "public_lead_name")
    yield from _texts(AgendaItem.objects.filter(public), meetings, "meeting", *agenda)
    yield from _texts(Paper.objects.filter(public), meetings, "meeting", "public_title")
    corrections = ("public_was", "public_reads", "public_reason")
    yield from _texts(Correction.objects.filter(public), meetings, "meeting", *corrections)
    told = Change.objects.filter(meeting__published_at__isnull=False)
    yield from _texts(told, meetings, "meeting", "public_reason")
    beside = ("public_note", "public_role", "public_representing_name")
    yield from _texts(Attendance.objects.filter(circulated), meetings, "meeting", *beside)
    yield from _texts(Attendance.objects.filter(circulated, nobody), meetings, "meeting", "public_person_name")
    yield from _texts(Action.objects.filter(public), meetings, "lines__meeting", "public_text")
    yield from _texts(owners, meetings, "action__lines__meeting", "as_minuted")
    yield from _texts(Entry.objects.filter(public), meetings, "lines__meeting", "public_text")
    yield from _texts(Entry.objects.filter(public, nobody), meetings, "lines__meeting", "person_name")


def _texts(rows: QuerySet, meetings: Collection[int] | None, where: str, *fields: str) -> Iterator[Text]:
    if meetings is not None:
        rows = rows.filter(**{f"{where}__in": meetings})
    for meeting, *texts in rows.order_by().values_list(where, *fields).distinct():
        if meeting is not None:
            yield from ((meeting, text) for text in texts if text)


def event_texts(events: Collection[int] | None) -> Iterator[Text]:
    """The same of events."""
    rows = Event.objects.published()
    rows = rows if events is None else rows.filter(pk__in=events)
    for event, *texts in rows.order_by().values_list("pk", "public_title", "public_place", "public_description"):
        yield from ((event, text) for text in texts if text)


def ask(discretion: Discretion, *, meetings: Collection[int] | None = (), events: Collection[int] | None = ()) -> None:
    """Keep as questions what may still mean somebody in the public texts of these meetings and events (None: all).

    Questions on what stands there no more are over; what the secretary answered stays.
    """
    if not discretion.withheld:
        return
    guesses = Guesses(discretion)
    if meetings is None or meetings:
        _ask("meeting", public_texts(meetings), meetings, guesses)
    if events is None or events:
        _ask("event", event_texts(events), events, guesses)


def _ask(where: str, texts: Iterator[Text], keys: Collection[int] | None, guesses: Guesses) -> None:
    found = {
        (key, person, words) for key, text in texts for person, words in guesses.found(text) if len(words) <= LONGEST
    }
    rows = Mention.objects.exclude(**{where: None})
    rows = rows if keys is None else rows.filter(**{f"{where}__in": keys})
    known, over = set(), []
    for pk, is_them, *place in rows.values_list("pk", "is_them", where, "person", "words"):
        known.add(tuple(place))
        if is_them is None and tuple(place) not in found:
            over.append(pk)
    Mention.objects.bulk_create(
        Mention(**{f"{where}_id": key}, person_id=person, words=words) for key, person, words in sorted(found - known)
    )
    for at in range(0, len(over), 500):
        Mention.objects.among(over[at : at + 500]).delete()


def give(discretion: Discretion, *, meetings: Collection[int] | None) -> None:
    """Let rows of these meetings (None: of all) with just the confirmed words, and nobody behind them, mean the person.

    So do owners and people of entries whose words hold the person's name among others, "Ada Example or a deputy": they
    have no other words for the public. Whoever owns an action twice then owns it once.
    """
    if not discretion.withheld:
        return
    confirmed = Mention.objects.filter(is_them=True, person__in=discretion.person_ids).exclude(meeting=None)
    confirmed = confirmed if meetings is None else confirmed.filter(meeting__in=meetings)
    said = defaultdict(set)
    for meeting, person, words in confirmed.values_list("meeting", "person", "words"):
        _give(meeting, person, fold(words))
        said[meeting].add((person, words))
    nobody = ActionOwner.objects.filter(person=None, role="", is_everyone=False)
    for owner in _of_meetings(nobody, "action__lines__meeting", meetings):
        if person := discretion.whom(owner.as_minuted, near=Nearby(confirmed=frozenset(said[owner.told_at]))):
            _own(owner, person)
    for entry in _of_meetings(Entry.objects.filter(person=None), "lines__meeting", meetings):
        if person := discretion.whom(entry.person_name, near=Nearby(confirmed=frozenset(said[entry.told_at]))):
            _name(entry, person)


def _of_meetings(rows: QuerySet, where: str, meetings: Collection[int] | None) -> list:
    """The rows of these meetings (None: of all), once for each meeting that tells of them, which is their `told_at`."""
    rows = rows.filter(**({f"{where}__isnull": False} if meetings is None else {f"{where}__in": meetings}))
    return list(rows.annotate(told_at=F(where)).order_by("pk", "told_at").distinct())


def _give(meeting: int, person: int, words: str) -> None:
    attendances = Attendance.objects.filter(meeting=meeting)
    for row in attendances.filter(person=None):
        if fold(row.person_name) == words and not attendances.filter(person=person).exists():
            _name(row, person)
    owners = ActionOwner.objects.filter(person=None, role="", is_everyone=False, action__lines__meeting=meeting)
    for owner in owners.distinct():
        if fold(owner.as_minuted) == words:
            _own(owner, person)
    for entry in Entry.objects.filter(person=None, lines__meeting=meeting).distinct():
        if fold(entry.person_name) == words:
            _name(entry, person)


def _own(owner: ActionOwner, person: int) -> None:
    if ActionOwner.objects.filter(action=owner.action_id, person=person).exclude(pk=owner.pk).exists():
        ActionOwner.objects.filter(pk=owner.pk).delete()
    else:
        _name(owner, person)


def _name(row: Attendance | ActionOwner | Entry, person: int) -> None:
    row.person_id = person
    row.save(update_fields=["person"])
