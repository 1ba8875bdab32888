"""The secretary's pages of names that people withhold, and of the places that may still name them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from meetings.models import Mention
from meetings.names import renaming
from meetings.names.forms import ANSWERED, WAITING, AnswerForm, LookForm, MentionFilter
from meetings.names.places import MOST_FOUND, by_hand, look_for, places_of
from meetings.secretary import frame, refuse_others
from members.models import Person
from wmodf.lib.paging import page_of

MOST_WORDS = 40
SIZE = 20


@never_cache
@require_safe
def withheld_names(request: HttpRequest) -> HttpResponse:
    """Everybody who withholds their name, and how many places of each wait."""
    refuse_others(request)
    counts = Mention.objects.waiting().counted_by_person()
    page = page_of(Person.objects.withheld(), request.GET, size=50)
    rows = [(person, counts.get(person.pk, 0)) for person in page]
    context = frame(request, title=_("Names withheld"), rows=rows, page=page)
    return TemplateResponse(request, "admin/meetings/meeting/withheld_names.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withheld_name(request: HttpRequest, person_id: int) -> HttpResponse:
    """The places of one person: the secretary says which words mean them, and looks for others."""
    refuse_others(request)
    person = get_object_or_404(Person.objects.withheld(), pk=person_id)
    chosen = MentionFilter(request.GET)
    state, words = chosen.value("state") or WAITING, chosen.value("words")
    of_person = Mention.objects.of_person(person)
    listed = of_person.answered() if state == ANSWERED else of_person.waiting()
    shown = listed.with_words(words) if words else listed
    answer_form, look_form = None, LookForm()
    if request.method == "POST" and "looking" in request.POST:
        look_form = LookForm(request.POST)
        if look_form.is_valid():
            return _look(request, person, look_form.cleaned_data["looking"])
    elif request.method == "POST":
        answer_form = AnswerForm(request.POST, shown=shown, is_narrowed=bool(words))
        if answer_form.is_valid():
            return _answer(request, person, answer_form, state=state)
    is_refused = bool(look_form.errors or (answer_form and answer_form.errors))
    context = frame(
        request,
        title=_("Places that may name %(name)s") % {"name": person},
        person=person,
        state=state,
        words=words,
        by_words=listed.counted_by_words()[:MOST_WORDS],
        shown_count=shown.count(),
        waiting_count=of_person.waiting().count(),
        answered_count=of_person.answered().count(),
        **_page(request, shown),
        by_hand=by_hand(person),
        look_form=look_form,
        answer_form=answer_form,
    )
    return TemplateResponse(
        request, "admin/meetings/meeting/withheld_name.html", context, status=422 if is_refused else 200
    )


def _page(request: HttpRequest, shown: Any) -> dict[str, Any]:  # noqa: ANN401 (mentions)
    page = page_of(shown.latest_first(), request.GET, size=SIZE)
    return {"page": page, "places": places_of(list(page))}


def _answer(request: HttpRequest, person: Person, form: AnswerForm, *, state: str) -> HttpResponse:
    mentions = form.chosen()
    renaming.answer(mentions=mentions, is_them=form.is_them, by=request.user, now=timezone.now())
    count = {"count": len(mentions), "name": person.public_form()}
    if form.is_them:
        message = ngettext(
            "Saved: in %(count)d place everyone now reads “%(name)s”.",
            "Saved: in %(count)d places everyone now reads “%(name)s”.",
            len(mentions),
        )
    else:
        message = ngettext(
            "Saved: %(count)d place stays as it is written.",
            "Saved: %(count)d places stay as they are written.",
            len(mentions),
        )
    messages.success(request, message % count)
    return _back(person, state=state)


def _look(request: HttpRequest, person: Person, words: str) -> HttpResponse:
    count = look_for(person=person, words=words)
    if not count:
        told = _("“%(words)s” stands nowhere that everyone reads, or is answered already.")
        messages.info(request, told % {"words": words})
        return _back(person)
    told = ngettext("%(count)d place is added to the list.", "%(count)d places are added to the list.", count)
    messages.success(request, told % {"count": count})
    if count == MOST_FOUND:
        messages.warning(request, _("There are more: answer these, then look again, or look for longer words."))
    return _back(person, words=words if Mention.objects.of_person(person).with_words(words).exists() else "")


def _back(person: Person, **query: str) -> HttpResponse:
    response = redirect("admin:meetings_meeting_withheld_name", person_id=person.pk)
    told = {name: value for name, value in query.items() if value and value != WAITING}
    if told:
        response["Location"] += f"?{urlencode(told)}"
    return response
