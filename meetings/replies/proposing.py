"""Items that members propose for a meeting's agenda; the secretary answers them."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import AgendaItem, Meeting
from meetings.replies import replying
from meetings.replies.replying import NotAllowedError
from members.models import Person

MOST_OPEN = 5


@transaction.atomic
def propose(
    *, meeting: Meeting, person: Person, title: str, now: datetime, note: str = "", minutes: int | None = None
) -> tuple[AgendaItem, bool]:
    """Propose an item, and say whether it is new: the same words again propose nothing.

    NotAllowedError where the meeting is over, off or not announced, the person is no member today, or has `MOST_OPEN`
    proposals that wait for an answer.
    """
    meeting = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    replying.refuse_others(meeting=meeting, person=person, on=timezone.localdate(now))
    mine = list(AgendaItem.objects.of_proposer(person).filter(meeting=meeting).proposed())
    same = next((item for item in mine if (item.title, item.note, item.minutes) == (title, note, minutes)), None)
    if same is not None:
        return same, False
    if len(mine) >= MOST_OPEN:
        msg = _(
            "You have proposed %(count)s items for this meeting that the secretary has not answered"
            " yet: nothing was saved. Take one back on your page, or wait for an answer."
        ) % {"count": len(mine)}
        raise NotAllowedError(msg)
    item = AgendaItem.objects.create(
        meeting=meeting,
        title=title,
        note=note,
        minutes=minutes,
        status=AgendaItem.Status.PROPOSED,
        proposed_by=person,
    )
    return item, True


def take_back(*, item: AgendaItem) -> bool:
    """Take a proposal back and say whether it still was one: what the secretary has answered stays."""
    with transaction.atomic():
        still = AgendaItem.objects.select_for_update().filter(pk=item.pk, status=AgendaItem.Status.PROPOSED).first()
        if still is not None:
            still.delete()
    return still is not None
