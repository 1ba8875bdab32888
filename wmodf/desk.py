"""The secretary's desk: what is overdue, what comes up next, and what waits for an answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from actions.models import Action, ActionOwner
from meetings import waiting
from meetings.models import AgendaItem, Attendance, Meeting, Mention
from members.models import Person
from wishlists.models import Entry
from wishlists.suggesting import suggestions_for_secretary
from wmodf.lib.access import require_secretary
from wmodf.lib.dates import months_before

MOST = 100
UNMOVED_MONTHS = 6


@dataclass(frozen=True, kw_only=True)
class Few:
    """The first rows of a list, and how many more there are."""

    rows: Sequence[Any]
    more: int = 0

    @property
    def count(self) -> int:
        """How many there are altogether."""
        return len(self.rows) + self.more


@dataclass(frozen=True, kw_only=True)
class Question:
    """Words of notes that match nobody, where they stand, and the meeting in whose notes they are answered, if any."""

    words: str
    where: str
    meeting: Meeting | None


@require_safe
@never_cache
@require_secretary
def desk(request: HttpRequest) -> HttpResponse:
    """All of it on one page, to be printed and taken along."""
    today = timezone.localdate()
    overdue = few(Action.objects.visible_to(request.user).overdue(on=today).with_owners().most_pressing_first())
    arising = _arising(request, today)
    awaiting = _awaiting(today, latest=arising["latest"])
    context = {
        "today": today,
        "overdue": overdue,
        "by_owner": by_owner(overdue.rows, request.user),
        **arising,
        "questions": _questions(),
        **_withheld(),
        "proposed": few(AgendaItem.objects.proposed().with_people().with_meetings()),
        "awaiting": awaiting,
        "late": sum(1 for one in awaiting.rows if one.reminder),
        "usual": waiting.usual_days(on=today),
        "unmoved": few(
            _entries(request).unmoved_since(months_before(today, UNMOVED_MONTHS)).order_by("raised_on", "number")
        ),
        "unminuted": few(_entries(request).unminuted()),
        "suggestions": suggestions_for_secretary(person=request.user.person, user=request.user),
    }
    return TemplateResponse(request, "wmodf/desk.html", context)


def few(rows: QuerySet) -> Few:
    """The first `MOST` rows, in two queries; in one where there are fewer."""
    found = list(rows[: MOST + 1])
    return Few(rows=found[:MOST], more=rows.count() - MOST if len(found) > MOST else 0)


def by_owner(actions: Iterable[Action], user: object) -> list[tuple[str, list[Action]]]:
    """The actions under each of their owners, by the owners' names; those of nobody come last. Needs owners fetched."""
    found: dict[tuple[str, int | None], list[Action]] = {}
    for action in actions:
        owners = [(owner.name_for(user), owner.person_id) for owner in action.owners.all()]
        for owner in dict.fromkeys(owners) or [("", None)]:
            found.setdefault(owner, []).append(action)
    in_order = sorted(found, key=lambda owner: (not owner[0], owner[0].casefold(), owner[1] or 0))
    return [(owner[0], found[owner]) for owner in in_order]


def _arising(request: HttpRequest, today: date) -> dict[str, Any]:
    """The next meeting, the latest one whose notes are circulated, and what has to be reported on."""
    latest = Meeting.objects.with_notes().order_by("-on", "-pk").first()
    actions = Action.objects.visible_to(request.user).arising(since=latest.on if latest else None)
    return {
        "next_meeting": Meeting.objects.going_ahead().upcoming(on=today).first(),
        "latest": latest,
        "arising": few(actions.with_owners().with_updates().order_by("number")),
    }


def _entries(request: HttpRequest) -> QuerySet:
    return Entry.objects.visible_to(request.user).with_people()


def _awaiting(today: date, *, latest: Meeting | None) -> Few:
    """Meetings whose notes are not circulated, each with the days since and the reminder that is due."""
    meetings = few(Meeting.objects.awaiting_notes(on=today).with_details())
    rows = waiting.waiting(meetings.rows, on=today, latest=latest.on if latest else None)
    return Few(rows=rows, more=meetings.more)


def _questions() -> Few:
    """Names and initials that match nobody: of those who came, of owners of open actions, of data used and wanted."""
    attendances = few(Attendance.objects.unanswered())
    owners = few(ActionOwner.objects.unanswered())
    entries = few(Entry.objects.unanswered().with_lines())
    questions = [
        *(
            Question(
                words=one.person_name,
                where=_("in the attendance, %(status)s") % {"status": one.get_status_display()},
                meeting=one.meeting,
            )
            for one in attendances.rows
        ),
        *(
            Question(
                words=one.as_minuted,
                where=_("owner of %(reference)s") % {"reference": one.action.reference},
                meeting=_raised_at(one.action),
            )
            for one in owners.rows
        ),
        *(
            Question(
                words=one.person_name,
                where=(_("%(reference)s, data wanted") if one.is_want else _("%(reference)s, data used"))
                % {"reference": one.reference},
                meeting=_raised_at(one),
            )
            for one in entries.rows
        ),
    ]
    return Few(rows=questions, more=attendances.more + owners.more + entries.more)


def _withheld() -> dict[str, Any]:
    """Those who withhold their names, each with the number of places that wait; in two queries."""
    withheld, counts = few(Person.objects.withheld()), Mention.objects.waiting().counted_by_person()
    for person in withheld.rows:
        person.waiting_count = counts.get(person.pk, 0)
    return {"withheld": withheld, "places_waiting": sum(counts.values())}


def _raised_at(record: Action | Entry) -> Meeting | None:
    """The meeting whose notes raised the record; needs its lines and their meetings fetched."""
    meetings = sorted((line.meeting for line in record.lines.all()), key=lambda meeting: (meeting.on, meeting.pk))
    return meetings[0] if meetings else None
