"""The page of one entry, put together for its reader; several views answer with it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from members.forms import next_of
from members.models import Person
from wishlists.forms import DatasetForm, MoveForm, OfferForm
from wishlists.known import named_in
from wishlists.models import Entry, Support
from wishlists.suggesting import suggestions_about
from wmodf.lib.access import Standing, standing_of


def person_of(request: HttpRequest) -> Person | None:
    """Who is logged in; None for strangers and for an administrator who is no person of the group's."""
    return getattr(request.user, "person", None)


def get_entry(request: HttpRequest, number: int) -> Entry:
    """The entry of this number with all that its page shows; 404 for whoever may not know of it."""
    entries = Entry.objects.visible_to(request.user).with_people().with_lines().with_updates().with_support()
    return get_object_or_404(entries, number=number)


def entry_page(
    request: HttpRequest,
    entry: Entry,
    *,
    today: date,
    offer_form: OfferForm | None = None,
    move_form: MoveForm | None = None,
    dataset_form: DatasetForm | None = None,
) -> HttpResponse:
    """The entry's page; a form that is given was sent and could not be taken."""
    context = {
        "entry": entry,
        "is_own": entry.is_own_of(person_of(request)),
        "steps": _steps(entry, request.user),
        "suggestions": suggestions_about(entry, person=person_of(request), user=request.user),
        **support_context(request, entry, offer_form=offer_form),
    }
    if standing_of(request.user) >= Standing.SECRETARY:
        dataset_form = dataset_form or DatasetForm()
        context |= {
            "dataset_form": dataset_form,
            "guesses": [] if entry.dataset else named_in(entry.text, datasets=dataset_form.fields["dataset"].queryset),
        }
        if entry.is_want:
            context["move_form"] = move_form or MoveForm(entry=entry, today=today, initial={"on": today})
    is_refused = any(form is not None and form.errors for form in (offer_form, move_form, dataset_form))
    return TemplateResponse(request, "wishlists/entry_detail.html", context, status=422 if is_refused else 200)


def _steps(entry: Entry, user: object) -> list:
    """What was said of a want, oldest first; the public reads only how it stands since when."""
    steps = list(entry.updates.all())
    return steps if standing_of(user) >= Standing.MEMBER else [step for step in steps if step.status]


def support_context(
    request: HttpRequest, entry: Entry, *, offer_form: OfferForm | None = None, told: str = ""
) -> dict[str, Any]:
    """Who wants it too, for the public their number alone, and for members who offers it; `told` says what was done."""
    person, is_member = person_of(request), standing_of(request.user) >= Standing.MEMBER
    me_toos = [one for one in entry.support.all() if one.kind == Support.Kind.ME_TOO]
    offers = [one for one in entry.support.all() if one.kind == Support.Kind.OFFER]
    mine = next((offer for offer in offers if person is not None and offer.person_id == person.pk), None)
    may_support = entry.is_want and person is not None and is_member and not entry.is_own_of(person)
    return {
        "entry": entry,
        "me_too_count": len(me_toos),
        "me_toos": me_toos if is_member else [],
        "offers": offers if is_member else [],
        "may_support": may_support,
        "is_me_too": person is not None and any(one.person_id == person.pk for one in me_toos),
        "my_offer": mine,
        "offer_form": offer_form or OfferForm(entry=entry, initial={"text": mine.note if mine else ""}),
        "told": told,
    }


def back(request: HttpRequest, entry: Entry, *, part: str = "") -> HttpResponse:
    """To the page of this site that was asked for, else to the entry's, there to the part with this name."""
    address = reverse("wishlists:entry_detail", args=[entry.number])
    return HttpResponseRedirect(next_of(request, request.POST) or f"{address}{part}")


def answer_support(request: HttpRequest, entry: Entry, told: str) -> HttpResponse:
    """Say what was done: in place with htmx, else on the entry's page."""
    if request.htmx:
        context = support_context(request, get_entry(request, entry.number), told=told)
        return TemplateResponse(request, "wishlists/_support.html", context)
    messages.success(request, told)
    return back(request, entry, part="#support")
