"""Coming meetings with a member's answer to each, put together for a page; members see how many come, never who."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Change, Meeting, Reply
from meetings.replies import replying
from meetings.replies.forms import ReplyForm
from members.models import Person
from wmodf.lib.access import Standing, standing_of


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many members have answered so."""

    in_person: int = 0
    online: int = 0
    apologies: int = 0
    deputies: int = 0

    def __str__(self) -> str:
        parts = [
            _("%(in_person)s in person") % {"in_person": self.in_person} if self.in_person else "",
            _("%(online)s online") % {"online": self.online} if self.online else "",
            ngettext("%(count)s deputy", "%(count)s deputies", self.deputies) % {"count": self.deputies}
            if self.deputies
            else "",
            _("apologies from %(apologies)s") % {"apologies": self.apologies} if self.apologies else "",
        ]
        return ", ".join(filter(None, parts))


@dataclass(frozen=True, kw_only=True)
class ReplyCard:
    """One coming meeting as one member answers it.

    `reply` is None for silence; `former` is the move since which the reply is for a date that is over. `form` is None
    where the meeting takes no answer any more. `following` is the page that the form leads back to, empty for the
    meeting's own; `told` says what has just happened, `refusal` why something has not.
    """

    meeting: Meeting
    reply: Reply | None
    former: Change | None
    counts: Counts
    form: ReplyForm | None
    is_open: bool = False
    following: str = ""
    told: str = ""
    refusal: str = ""

    @property
    def joining_url(self) -> str:
        """The joining link, which every member may have."""
        return self.meeting.joining_url


def counts_of(meetings: Iterable[Meeting], *, on: date) -> dict[int, Counts]:
    """How many of the members of this day have answered what, by the meetings' keys, in one query."""
    names = {
        Reply.Answer.IN_PERSON: "in_person",
        Reply.Answer.ONLINE: "online",
        Reply.Answer.APOLOGIES: "apologies",
        Reply.Answer.DEPUTY: "deputies",
    }
    found = {meeting.pk: {} for meeting in meetings}
    for key, answer, number in Reply.objects.of_meetings(found).of_members(on=on).counted():
        found[key][names[Reply.Answer(answer)]] = number
    return {key: Counts(**numbers) for key, numbers in found.items()}


def cards_of(meetings: Iterable[Meeting], *, person: Person, on: date, following: str = "") -> list[ReplyCard]:
    """A card for each meeting that takes answers on this day, in three queries; the first unanswered one is open."""
    meetings = [meeting for meeting in meetings if not replying.why_not(meeting=meeting, on=on)]
    replies = {reply.meeting_id: reply for reply in Reply.objects.of_person(person).of_meetings(meetings)}
    counts, moves = counts_of(meetings, on=on), replying.moves_of(meetings)
    cards = []
    for meeting in meetings:
        reply = replies.get(meeting.pk)
        former = reply and replying.moved_since(reply, meeting=meeting, moves=moves[meeting.pk])
        cards.append(
            ReplyCard(
                meeting=meeting,
                reply=reply,
                former=former,
                counts=counts[meeting.pk],
                form=ReplyForm(meeting=meeting, reply=reply),
                is_open=bool(former) or (reply is None and not any(card.is_open for card in cards)),
                following=following,
            )
        )
    return cards


def card_for(meeting: Meeting, *, user: object, on: date) -> ReplyCard | None:
    """The card of one meeting for its page; None for the public, and where there is nothing to answer."""
    person = getattr(user, "person", None)
    if person is None or standing_of(user) < Standing.MEMBER:
        return None
    return next(iter(cards_of([meeting], person=person, on=on)), None)
