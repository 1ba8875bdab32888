"""Pages of actions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import reselect, reswap, retarget, trigger_client_event

from actions.cards import Card, card_of
from actions.filters import ActionFilterSet
from actions.forms import UpdateForm
from actions.models import Action, ActionUpdate
from actions.permissions import powers_over
from members.forms import next_of
from wmodf.lib import typed
from wmodf.lib.access import public
from wmodf.lib.paging import page_of

STATES = {"finish": "done", "reopen": "open", "drop": "dropped"}


@public(reason="Actions that circulated notes raised are for everyone; each row holds what the public may see.")
@require_safe
def action_list(request: HttpRequest) -> HttpResponse:
    """What was promised, by whom, and how it stands."""
    today = timezone.localdate()
    actions = Action.objects.visible_to(request.user).with_owners().with_lines()
    filters = ActionFilterSet(request.GET, actions, request=request, on=today)
    context = {"filters": filters, "page": page_of(filters.qs, request.GET), "today": today}
    return TemplateResponse(request, "actions/action_list.html", context)


@public(reason="Actions that circulated notes raised are for everyone; only members read and add words on them.")
@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def action_detail(request: HttpRequest, number: int) -> HttpResponse:
    """One action with all that was said of it; a POST says how it goes, finishes it, opens it again or drops it."""
    if request.method == "POST" and not request.user.is_authenticated:
        return typed.not_logged_in(request)
    action = _get_action(request, number)
    if request.method == "POST":
        return _take(request, action)
    return _page(request, card_of(action, user=request.user))


def _get_action(request: HttpRequest, number: int) -> Action:
    """The action with all that its page shows, for whoever may know of it."""
    actions = Action.objects.visible_to(request.user).with_owners().with_lines().with_updates()
    return get_object_or_404(actions, number=number)


def _take(request: HttpRequest, action: Action) -> HttpResponse:
    """Do what was sent; whatever stands in the way, what was typed comes back."""
    form = UpdateForm(request.POST, action=action)
    following = next_of(request, request.POST)
    is_whole = form.is_valid()
    refusal = _refusal(request, action, form.verb)
    if refusal:
        return _page(
            request, card_of(action, user=request.user, following=following, refusal=refusal, sent=form), status=403
        )
    if not is_whole:
        return _page(request, card_of(action, user=request.user, following=following, sent=form), status=422)
    verb = {"comment": action.comment, "finish": action.finish, "reopen": action.reopen, "drop": action.drop}[form.verb]
    update = verb(now=timezone.now(), by=request.user.person, note=form.cleaned_data["note"])
    told = form.tell(_told(action, form.verb, update))
    if request.htmx:
        card = card_of(_get_action(request, action.number), user=request.user, following=following, told=told)
        return trigger_client_event(_page(request, card), "action-changed")
    messages.success(request, told)
    return redirect(following or action)


def _refusal(request: HttpRequest, action: Action, verb: str) -> str:
    """Why this reader may not do this; empty where they may."""
    powers = powers_over(action, request.user)
    if powers.allow(verb or "comment"):
        return ""
    if not powers.comment:
        return _(
            "%(reference)s is not your action: nothing was saved. Its owners and the secretary say how it goes."
        ) % {"reference": action.reference}
    if verb == "drop":
        return _("Only the secretary can drop an action: nothing was saved.")
    return _("Only the secretary ends an action that is everybody’s: nothing was saved. You may still say how it goes.")


def _told(action: Action, verb: str, update: ActionUpdate | None) -> str:
    """What has happened, in words."""
    if verb == "comment":
        return _("Your update of %(reference)s is saved.") % {"reference": action.reference}
    if update is not None and update.status:
        return {
            "finish": _("%(reference)s is marked as done.") % {"reference": action.reference},
            "reopen": _("%(reference)s is open again.") % {"reference": action.reference},
            "drop": _("%(reference)s is dropped.") % {"reference": action.reference},
        }[verb]
    since = f", {date_format(action.ended_on)}" if action.ended_on else ""
    added = _("nothing was changed") if update is None else _("your words were added")
    return _("%(reference)s was already %(state)s%(since)s; %(added)s.") % {
        "reference": action.reference,
        "state": STATES[verb],
        "since": since,
        "added": added,
    }


def _page(request: HttpRequest, card: Card, *, status: int = 200) -> HttpResponse:
    """The action's page, or for htmx the card in it."""
    context = {"card": card, "today": timezone.localdate()}
    if not request.htmx:
        return TemplateResponse(request, "actions/action_detail.html", context, status=status)
    response = TemplateResponse(request, "actions/_action_card.html", context, status=status)
    if card.refusal:
        # Not where answers without a card are shown: what was typed stands in this one.
        target = f"#action-{card.action.number}"
        response = reselect(reswap(retarget(response, target), "outerHTML"), target)
    return response
