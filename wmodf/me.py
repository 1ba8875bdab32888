"""A member's own page: what they promised, the next meeting, their data, and what the site holds about them."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from actions.cards import Card, card_of
from actions.models import Action, ActionQuerySet, ActionUpdate
from meetings.models import AgendaItem, Attendance, Event, Meeting, Reply
from meetings.replies.cards import cards_of
from members.models import CalendarAddress, Person
from wishlists.models import Entry
from wishlists.suggesting import suggestions_for

MOST_ACTIONS = 50
MOST_OF_EVERYONE = 10
MOST_ENTRIES = 50
MOST_EVENTS = 6
MOST_MEETINGS = 3
MOST_PROPOSALS = 10
LATELY = timedelta(days=90)


@require_safe
@never_cache
@vary_on_headers("HX-Request")
def me(request: HttpRequest) -> HttpResponse:
    """My page, a few words for a login that is nobody's, and for htmx how many open actions there are."""
    if request.user.person is None:
        return TemplateResponse(request, "wmodf/me.html")
    if request.htmx:
        return TemplateResponse(request, "wmodf/_my_count.html", _counts(request, request.user.person))
    context = {
        **_actions(request, request.user.person),
        **_meetings(request.user.person),
        **_data(request, request.user.person),
        **_held(request, request.user.person),
    }
    return TemplateResponse(request, "wmodf/me.html", context)


def _counts(request: HttpRequest, person: Person) -> dict[str, Any]:
    """How many open actions I answer for, and how many of them are overdue."""
    mine = Action.objects.visible_to(request.user).answered_for_by(person, offices=request.user.offices)
    return {"open_count": mine.open().count(), "overdue_count": mine.overdue(on=timezone.localdate()).count()}


def _actions(request: HttpRequest, person: Person) -> dict[str, Any]:
    """What I answer for, open and lately ended, and what is everybody's."""
    today = timezone.localdate()
    seen = Action.objects.visible_to(request.user)
    mine = seen.answered_for_by(person, offices=request.user.offices)
    shared = seen.open().for_everyone().besides(mine)
    ended = mine.ended_since(today - LATELY)
    counts = _counts(request, person)
    return {
        **counts,
        "today": today,
        "more_count": max(0, counts["open_count"] - MOST_ACTIONS),
        "mine": _cards(request, mine.open().most_pressing_first()[:MOST_ACTIONS]),
        "shared": shared.with_updates().most_pressing_first()[:MOST_OF_EVERYONE],
        "ended": _cards(request, ended.order_by("-ended_on", "-number")[:MOST_ACTIONS]),
    }


def _cards(request: HttpRequest, actions: ActionQuerySet) -> list[Card]:
    """The actions with what I may do with each; the forms lead back here."""
    rows = actions.with_owners().with_lines().with_updates()
    return [card_of(action, user=request.user, following=reverse("me")) for action in rows]


def _meetings(person: Person) -> dict[str, Any]:
    """The next meetings with my answers, the events beside them, and what became of the items that I proposed."""
    today = timezone.localdate()
    meetings = Meeting.objects.published().going_ahead().with_details().upcoming(on=today)[:MOST_MEETINGS]
    return {
        "reply_cards": cards_of(meetings, person=person, on=today, following=reverse("me")),
        "proposals": AgendaItem.objects.of_proposer(person).order_by("-pk")[:MOST_PROPOSALS],
        "events": Event.objects.published().upcoming(on=today)[:MOST_EVENTS],
    }


def _data(request: HttpRequest, person: Person) -> dict[str, Any]:
    """My data used and wanted, and what may help me or be helped by me."""
    mine = Entry.objects.visible_to(request.user).of_person(person)
    entry_count = mine.count()
    return {
        "entry_count": entry_count,
        "more_entries": max(0, entry_count - MOST_ENTRIES),
        "my_entries": mine.with_people()[:MOST_ENTRIES],
        "suggestions": suggestions_for(person=person, user=request.user),
    }


def _held(request: HttpRequest, person: Person) -> dict[str, Any]:
    """What the site holds about me, and where my calendar stands."""
    attendances = Attendance.objects.visible_to(request.user).of_person(person)
    return {
        "person": person,
        "other_names": list(person.other_names.all()),
        "memberships": list(person.memberships.select_related("organisation", "on_behalf_of")),
        "there_count": attendances.there().count(),
        "apologies_count": attendances.apologies().count(),
        "update_count": ActionUpdate.objects.said_by(person).count(),
        "support_count": person.support.count(),
        "reply_count": Reply.objects.of_person(person).count(),
        "proposal_count": AgendaItem.objects.of_proposer(person).count(),
        "calendar_address": CalendarAddress.objects.of_person(person),
    }
