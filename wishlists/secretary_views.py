"""What the secretary does on an entry's page: how a want stands, and which dataset an entry is about."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wishlists.forms import DatasetForm, MoveForm, SuggestedDatasetForm
from wishlists.models import Dataset
from wishlists.pages import back, entry_page, get_entry, person_of
from wmodf.lib.access import require_secretary


@require_POST
@require_secretary
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Say how a want stands since a day."""
    entry, today = get_entry(request, number), timezone.localdate()
    if not entry.is_want:
        raise PermissionDenied
    form = MoveForm(request.POST, entry=entry, today=today)
    if not form.is_valid():
        return entry_page(request, entry, today=today, move_form=form)
    said = form.cleaned_data
    update = entry.move(
        status=said["status"],
        way=said["way"],
        on=said["on"],
        note=said["text"],
        by=person_of(request),
        now=timezone.now(),
    )
    state = f"“{entry.get_status_display()}”"
    since = date_format(entry.stands_since or entry.raised_on)
    if update is None:
        told = _("%(reference)s is %(state)s already, since %(since)s: nothing was changed.") % {
            "reference": entry.reference,
            "state": state,
            "since": since,
        }
    elif not update.status:
        told = _("Your words on %(reference)s are saved.") % {"reference": entry.reference}
    elif update.status == entry.status:
        told = _("%(reference)s is now %(state)s, since %(since)s.") % {
            "reference": entry.reference,
            "state": state,
            "since": since,
        }
    else:
        told = _("Saved. %(reference)s is still %(state)s: that was said of a later day.") % {
            "reference": entry.reference,
            "state": state,
        }
    messages.success(request, form.tell(told))
    return back(request, entry, part="#life")


@require_POST
@require_secretary
def dataset_link(request: HttpRequest, number: int) -> HttpResponse:
    """Link the entry to a dataset entered already, or to a new one."""
    entry = get_entry(request, number)
    form = DatasetForm(request.POST)
    if not form.is_valid():
        return entry_page(request, entry, today=timezone.localdate(), dataset_form=form)
    fields = dict(form.cleaned_data)
    dataset = fields.pop("dataset")
    is_new = True
    if dataset is None:
        dataset, is_new = Dataset.objects.enter(**fields)
    entry.link(dataset)
    told = _("%(reference)s is linked to %(dataset)s.") % {"reference": entry.reference, "dataset": dataset}
    if not is_new:
        told += _(" It had been entered already: its publisher, address and licence stay as they are.")
    messages.success(request, told)
    return back(request, entry, part="#dataset")


@require_POST
@require_secretary
def dataset_suggested(request: HttpRequest, number: int) -> HttpResponse:
    """Link the entry to a dataset that its words name, by one press; a well-known one is entered if it is not yet."""
    entry = get_entry(request, number)
    form = SuggestedDatasetForm(request.POST)
    if form.is_valid():
        dataset, _rest = Dataset.objects.enter(**form.fields_of_dataset())
        entry.link(dataset)
        messages.success(
            request, _("%(reference)s is linked to %(dataset)s.") % {"reference": entry.reference, "dataset": dataset}
        )
    else:
        messages.error(request, _("That dataset is not suggested any more: nothing was linked. Choose one below."))
    return back(request, entry, part="#dataset")


@require_POST
@require_secretary
def dataset_unlink(request: HttpRequest, number: int) -> HttpResponse:
    """Say that the entry is not about its dataset; the dataset stays."""
    entry = get_entry(request, number)
    entry.link(None)
    messages.success(request, _("%(reference)s is linked to no dataset.") % {"reference": entry.reference})
    return back(request, entry, part="#dataset")
