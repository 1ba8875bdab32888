"""The secretary's view of words that may mean somebody: each with its meeting and the sentences that everyone reads."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from meetings.models import Mention, StandingItem
from meetings.sight import mentions as mention_sight
from meetings.sight.discretion import discretion_of
from members.models import Organisation, Person
from members.naming import Discretion, name_form
from wishlists.models import Dataset

MOST_SENTENCES = 3
MOST_FOUND = 500
SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")


@dataclass(frozen=True, kw_only=True)
class Place:
    """One question: where it stands, and the first sentences, each cut into what is before the words, them, and after.

    `more` sentences are not shown.
    """

    mention: Mention
    sentences: list[tuple[str, str, str]]
    more: int


def places_of(mentions: Sequence[Mention]) -> list[Place]:
    """The mentions with their sentences, in a fixed number of queries."""
    of_meetings = _by_key(mention_sight.public_texts({one.meeting_id for one in mentions if one.meeting_id}))
    of_events = _by_key(mention_sight.event_texts({one.event_id for one in mentions if one.event_id}))
    return [
        _place(one, of_meetings.get(one.meeting_id, []) if one.meeting_id else of_events.get(one.event_id, []))
        for one in mentions
    ]


def _by_key(texts: Iterator[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key, text in texts:
        found.setdefault(key, []).append(text)
    return found


def _place(mention: Mention, texts: list[str]) -> Place:
    pattern = _as_written(mention.words)
    sentences = dict.fromkeys(
        (sentence[: found.start()], found.group(), sentence[found.end() :])
        for text in texts
        for sentence in SENTENCE.split(text)
        if (found := pattern.search(sentence))
    )
    return Place(
        mention=mention, sentences=list(sentences)[:MOST_SENTENCES], more=max(0, len(sentences) - MOST_SENTENCES)
    )


def _as_written(words: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?<!\w-){name_form(words)}(?!\w)", flags)


def look_for(*, person: Person, words: str) -> int:
    """Ask of every place with these words, however they are cased, whether they mean the person; how many there are.

    At most `MOST_FOUND` at once: whoever finds more looks for longer words, or answers these and looks again.
    """
    pattern = _as_written(words, re.IGNORECASE)
    known = set(Mention.objects.of_person(person).values_list("meeting", "event", "words"))
    found: dict[tuple[int | None, int | None, str], None] = {}
    for key, text in mention_sight.public_texts(None):
        found |= dict.fromkeys((key, None, one[: mention_sight.LONGEST]) for one in pattern.findall(text))
    for key, text in mention_sight.event_texts(None):
        found |= dict.fromkeys((None, key, one[: mention_sight.LONGEST]) for one in pattern.findall(text))
    new = [place for place in found if place not in known][:MOST_FOUND]
    Mention.objects.bulk_create(
        [Mention(person=person, meeting_id=meeting, event_id=event, words=words) for meeting, event, words in new],
        ignore_conflicts=True,
    )
    return len(new)


@dataclass(frozen=True, kw_only=True)
class ByHand:
    """A text of the secretary's own that names the person, and where to change it: nothing takes the name out."""

    what: str
    address: str


def by_hand(person: Person) -> list[ByHand]:
    """What names the person and has no other words for the public: organisations, datasets and standing items."""
    discretion = discretion_of([person])
    kinds = [
        (Organisation, "members_organisation", ["name", "short_names", "website", "description"]),
        (Dataset, "wishlists_dataset", ["name", "other_names", "publisher", "url", "licence"]),
        (StandingItem, "meetings_standingitem", ["title"]),
    ]
    return [
        ByHand(what=str(row), address=reverse(f"admin:{route}_change", args=[row.pk]))
        for model, route, fields in kinds
        for row in model.objects.all()
        if any(_names(getattr(row, field), discretion) for field in fields)
    ]


def _names(text: str, discretion: Discretion) -> bool:
    plain = Discretion(())
    return any(discretion.public(part) != plain.public(part) for part in (text, text.replace("_", " ")))
