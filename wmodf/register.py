"""The pages on which members enter, change and withdraw their own data used and wanted."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from members.models import Organisation, Person
from wishlists.forms import EntryForm, EntryTextForm
from wishlists.models import Dataset, Entry
from wishlists.pages import back, get_entry, person_of
from wmodf.entering import StaleError, add_entry, reword
from wmodf.lib.models import digest


@require_http_methods(["GET", "HEAD", "POST"])
def entry_add(request: HttpRequest) -> HttpResponse:
    """Enter data that one used or wants."""
    person, today = person_of(request), timezone.localdate()
    if person is None:
        raise PermissionDenied
    organisation = _organisation(person, on=today)
    form = EntryForm(_sent(request), datasets=Dataset.objects.known_to(request.user))
    if not form.is_valid():
        context = {"form": form, "organisation": organisation}
        return TemplateResponse(request, "wishlists/entry_add.html", context, status=422 if form.is_bound else 200)
    entry, is_new = add_entry(
        user=request.user, person=person, organisation=organisation, now=timezone.now(), **form.cleaned_data
    )
    if is_new:
        messages.success(
            request,
            form.tell(_("%(reference)s is in the register. Members can read it.") % {"reference": entry.reference}),
        )
    else:
        messages.info(
            request,
            _("You have said this already: it is %(reference)s. Nothing was added.") % {"reference": entry.reference},
        )
    return redirect(entry)


@require_http_methods(["GET", "HEAD", "POST"])
def entry_change(request: HttpRequest, number: int) -> HttpResponse:
    """Change the words of one's own entry."""
    entry = _get_own(request, number)
    form = EntryTextForm(_sent(request), initial={"text": entry.text, "seen": digest(entry.text)})
    if not form.is_valid():
        return _change_page(request, entry, form, status=422 if form.is_bound else 200)
    text = form.cleaned_data["text"]
    try:
        is_changed = reword(entry=entry, text=text, seen=form.cleaned_data["seen"], now=timezone.now())
    except StaleError as stale:
        # Having seen the other words, their member may save these over them.
        again = EntryTextForm({"text": text, "seen": digest(stale.text)})
        return _change_page(request, entry, again, theirs=stale.text, status=409)
    if is_changed:
        messages.success(
            request, form.tell(_("The new words of %(reference)s are saved.") % {"reference": entry.reference})
        )
    else:
        messages.info(request, _("The words of %(reference)s are as they were.") % {"reference": entry.reference})
    return redirect(entry)


@require_POST
def entry_withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take one's own entry out of the register's lists."""
    entry = _get_own(request, number)
    entry.withdraw(now=timezone.now())
    messages.success(
        request,
        _("%(reference)s is withdrawn: lists leave it out. You can put it back on its page.")
        % {"reference": entry.reference},
    )
    return back(request, entry)


@require_POST
def entry_put_back(request: HttpRequest, number: int) -> HttpResponse:
    """Put one's own entry into the lists again."""
    entry = _get_own(request, number)
    entry.put_back()
    messages.success(request, _("%(reference)s is in the register again.") % {"reference": entry.reference})
    return back(request, entry)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _get_own(request: HttpRequest, number: int) -> Entry:
    """An entry of the reader's own; 404 where they may not know of it, 403 where it is another's."""
    entry = get_entry(request, number)
    if not entry.is_own_of(person_of(request)):
        raise PermissionDenied
    return entry


def _organisation(person: Person, *, on: date) -> Organisation | None:
    """For whom the person speaks in the group on this day."""
    memberships = person.memberships.current(on=on).of_group().select_related("on_behalf_of")
    return next((one.on_behalf_of for one in memberships if one.on_behalf_of is not None), None)


def _change_page(
    request: HttpRequest, entry: Entry, form: EntryTextForm, *, status: int, theirs: str = ""
) -> HttpResponse:
    # A browser drops one line end at the start of a text area: this one is for it to drop.
    context = {"entry": entry, "form": form, "theirs": f"\n{theirs}" if theirs else ""}
    return TemplateResponse(request, "wishlists/entry_change.html", context, status=status)
