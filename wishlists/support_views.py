"""What one member says to another's want, and to suggestions: each a button, in place with htmx."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_headers

from members.models import Person
from wishlists.forms import DismissForm, OfferForm
from wishlists.models import Dismissal, Entry, Support
from wishlists.pages import answer_support, back, entry_page, get_entry, person_of, support_context


def _get_want(request: HttpRequest, number: int) -> tuple[Entry, Person]:
    """A want that the reader sees and that is not their own, and the reader; 403 where they have nothing to say."""
    entry, person = get_entry(request, number), person_of(request)
    if person is None or not entry.is_want or entry.is_own_of(person):
        raise PermissionDenied
    return entry, person


@require_POST
@vary_on_headers("HX-Request")
def me_too(request: HttpRequest, number: int) -> HttpResponse:
    """Say that one wants it too; said twice, it is said once."""
    entry, person = _get_want(request, number)
    if not entry.is_unmet:
        return answer_support(
            request, entry, _("Nothing was noted: %(reference)s is no longer wanted.") % {"reference": entry.reference}
        )
    entry.support.get_or_create(person=person, kind=Support.Kind.ME_TOO, defaults={"made_at": timezone.now()})
    return answer_support(request, entry, _("Noted: you want %(reference)s too.") % {"reference": entry.reference})


@require_POST
@vary_on_headers("HX-Request")
def me_too_take_back(request: HttpRequest, number: int) -> HttpResponse:
    """No longer want it too."""
    entry, person = _get_want(request, number)
    entry.support.by(person, kind=Support.Kind.ME_TOO).delete()
    return answer_support(
        request,
        entry,
        _("Taken back: you no longer say that you want %(reference)s too.") % {"reference": entry.reference},
    )


@require_POST
@vary_on_headers("HX-Request")
def offer(request: HttpRequest, number: int) -> HttpResponse:
    """Offer the data that somebody wants, or change the words of one's offer."""
    entry, person = _get_want(request, number)
    form = OfferForm(request.POST, entry=entry)
    if not form.is_valid():
        if request.htmx:
            context = support_context(request, entry, offer_form=form)
            return TemplateResponse(request, "wishlists/_support.html", context, status=422)
        return entry_page(request, entry, today=timezone.localdate(), offer_form=form)
    words = form.cleaned_data["text"]
    _rest, is_new = entry.support.update_or_create(
        person=person,
        kind=Support.Kind.OFFER,
        defaults={"note": words},
        create_defaults={"note": words, "made_at": timezone.now()},
    )
    told = _("Thank you: members now read your offer.") if is_new else _("Your offer is changed.")
    return answer_support(request, entry, form.tell(told))


@require_POST
@vary_on_headers("HX-Request")
def offer_take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take one's offer back."""
    entry, person = _get_want(request, number)
    entry.support.by(person, kind=Support.Kind.OFFER).delete()
    return answer_support(request, entry, _("Your offer is taken back."))


@require_POST
@vary_on_headers("HX-Request")
def suggestion_dismiss(request: HttpRequest) -> HttpResponse:
    """Do not suggest to this reader again that the one may meet the other; 404 for entries that they do not see."""
    form, person = DismissForm(request.POST), person_of(request)
    if person is None:
        raise PermissionDenied
    if not form.is_valid():
        raise Http404
    entries = Entry.objects.visible_to(request.user)
    want = get_object_or_404(entries, number=form.cleaned_data["want"], kind=Entry.Kind.WANTS)
    used = get_object_or_404(entries, number=form.cleaned_data["used"], kind=Entry.Kind.USED)
    Dismissal.objects.get_or_create(person=person, want=want, used=used)
    told = _("%(reference)s is not suggested to you for %(want)s any more.") % {
        "reference": used.reference,
        "want": want.reference,
    }
    if request.htmx:
        return TemplateResponse(request, "wishlists/_dismissed.html", {"told": told})
    messages.success(request, told)
    return back(request, want)
