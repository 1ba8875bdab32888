"""What a member says to a coming meeting: whether they come, and what they would like on its agenda."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from meetings.models import AgendaItem, Meeting
from meetings.pages import meeting_at
from meetings.replies import proposing, replying
from meetings.replies.cards import Counts, ReplyCard, card_for
from meetings.replies.forms import ProposalForm, ReplyForm
from meetings.replies.replying import Answered
from members.forms import next_of
from members.models import Person


def _person_of(request: HttpRequest) -> Person:
    """Who is logged in; 403 for an administrator who is nobody in the group."""
    if request.user.person is None:
        raise PermissionDenied
    return request.user.person


@require_POST
@vary_on_headers("HX-Request")
def reply(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer a meeting, change the answer or take it back; whatever stands in the way, what was typed comes back."""
    meeting, person = meeting_at(slug, user=request.user), _person_of(request)
    form, following = ReplyForm(request.POST, meeting=meeting), next_of(request, request.POST)
    try:
        if form.is_taking_back:
            answered = replying.take_back(meeting=meeting, person=person, now=timezone.now())
        elif form.is_valid():
            seen = form.cleaned_data.pop("seen")
            answers = {name: value for name, value in form.cleaned_data.items() if name != "shown_on"}
            answered = replying.reply(meeting=meeting, person=person, seen=seen, now=timezone.now(), **answers)
        else:
            return _card(request, meeting, form=form, following=following)
    except replying.NotAllowedError as refusal:
        return _card(request, meeting, form=form, following=following, refusal=str(refusal))
    told = _told(answered, form)
    if request.htmx:
        return _card(request, meeting, following=following, told=told)
    messages.success(request, told)
    return redirect(following or meeting)


def _told(answered: Answered, form: ReplyForm) -> str:
    """What has happened, in words."""
    if answered.reply is None:
        return (
            _("Your answer is taken back: the secretary sees that you have not answered.")
            if answered.is_changed
            else _("There was no answer to take back.")
        )
    said = f"“{answered.reply.get_answer_display()}”"
    if not answered.is_changed:
        return _("This is your answer already: %(said)s. Nothing was changed.") % {"said": said}
    told = form.tell(_("Your answer is saved: %(said)s.") % {"said": said})
    if answered.overtaken:
        told += _(" It took the place of one given since you opened this page: %(overtaken)s.") % {
            "overtaken": answered.overtaken
        }
    return told


def _card(
    request: HttpRequest,
    meeting: Meeting,
    *,
    following: str,
    form: ReplyForm | None = None,
    told: str = "",
    refusal: str = "",
) -> HttpResponse:
    """The meeting's card in place for htmx, else on a page of its own; with a form it was sent and not taken."""
    card = card_for(meeting, user=request.user, on=timezone.localdate())
    # A meeting that is over or off has no card any more, but what was typed into it is given back.
    card = card or ReplyCard(meeting=meeting, reply=None, former=None, counts=Counts(), form=None)
    card = replace(card, following=following, told=told, refusal=refusal, is_open=form is not None)
    if form is not None:
        card = replace(card, form=form)
    template = "meetings/_reply_card.html" if request.htmx else "meetings/reply.html"
    return TemplateResponse(request, template, {"card": card}, status=422 if form is not None else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def propose_item(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose an item for a coming meeting's agenda."""
    meeting, person = meeting_at(slug, user=request.user), _person_of(request)
    form = ProposalForm(request.POST if request.method == "POST" else None)
    why_not = replying.why_not(meeting=meeting, on=timezone.localdate())
    refusal = _("%(why_not)s: nothing can be proposed.") % {"why_not": why_not} if why_not else ""
    if not refusal and form.is_valid():
        try:
            _rest, is_new = proposing.propose(meeting=meeting, person=person, now=timezone.now(), **form.cleaned_data)
        except proposing.NotAllowedError as error:
            refusal = str(error)
        else:
            if is_new:
                messages.success(request, form.tell(_("The secretary has your proposal. Its answer will be here.")))
            else:
                messages.info(request, _("You have proposed this already. Nothing was added."))
            return redirect("me")
    context = {"meeting": meeting, "form": form, "refusal": refusal}
    is_refused = form.is_bound and (form.errors or refusal)
    return TemplateResponse(request, "meetings/propose_item.html", context, status=422 if is_refused else 200)


@require_POST
def proposal_take_back(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take one's own proposal back while it is unanswered; 404 for whatever is not one's own."""
    item = get_object_or_404(AgendaItem.objects.of_proposer(_person_of(request)), pk=item_id)
    if proposing.take_back(item=item):
        messages.success(request, _("“%(title)s” is taken back.") % {"title": item.title})
    else:
        messages.warning(
            request,
            _("The secretary has answered “%(title)s” meanwhile: it was not taken back.") % {"title": item.title},
        )
    return redirect("me")
