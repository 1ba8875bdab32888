"""Members' own entries of data used and wanted, written: who may read them is for `meetings.publishing` to say."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from meetings import publishing
from members.models import Organisation, Person
from wishlists.models import Dataset, Entry
from wmodf.lib.models import Revision, digest


class StaleError(Exception):
    """The words to be changed are others than those that were on the page; `text` are the stored ones."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@transaction.atomic
def add_entry(
    *,
    user: object,
    person: Person,
    organisation: Organisation | None,
    kind: str,
    text: str,
    dataset: Dataset | None,
    now: datetime,
) -> tuple[Entry, bool]:
    """Enter what a member says; gives the entry and whether it is new.

    The same words of the same person, as after a button pressed twice, are one entry.
    """
    Revision.objects.hold(publishing.RECORDS)
    said = Entry.objects.visible_to(user).like(person=person, kind=kind, text=text)
    if said is not None:
        return said, False
    entry = Entry.objects.create(
        number=Revision.objects.move_on("entries"),
        kind=kind,
        text=text,
        status=Entry.Status.WANTED if kind == Entry.Kind.WANTS else Entry.Status.NONE,
        person=person,
        person_name=person.name,
        organisation=organisation,
        dataset=dataset,
        added_by=person,
        raised_on=timezone.localdate(now),
    )
    publishing.show_records(entries=[entry.pk], now=now)
    return entry, True


@transaction.atomic
def reword(*, entry: Entry, text: str, seen: str, now: datetime) -> bool:
    """Give the entry new words; gives whether they are new.

    `seen` is the digest of the words that were to be changed: raises StaleError where others are stored by now.
    """
    Revision.objects.hold(publishing.RECORDS)
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    if entry.text == text:
        return False
    if digest(entry.text) != seen:
        raise StaleError(entry.text)
    entry.text, entry.is_reworded = text, True
    entry.save(update_fields=["text", "is_reworded"])
    publishing.show_records(entries=[entry.pk], now=now)
    return True
