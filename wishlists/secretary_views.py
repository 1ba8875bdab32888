"""What the secretary does on an entry's page: how a want stands, and which dataset an entry is about."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
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
        told = f"{entry.reference} is {state} already, since {since}: nothing was changed."
    elif not update.status:
        told = f"Your words on {entry.reference} are saved."
    elif update.status == entry.status:
        told = f"{entry.reference} is now {state}, since {since}."
    else:
        told = f"Saved. {entry.reference} is still {state}: that was said of a later day."
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
    told = f"{entry.reference} is linked to {{}}."
    if dataset is None:
        dataset, is_new = Dataset.objects.enter(**fields)
        if not is_new:
            told += " It had been entered already: its publisher, address and licence stay as they are."
    entry.link(dataset)
    messages.success(request, told.format(dataset))
    return back(request, entry, part="#dataset")


@require_POST
@require_secretary
def dataset_suggested(request: HttpRequest, number: int) -> HttpResponse:
    """Link the entry to a dataset that its words name, by one press; a well-known one is entered if it is not yet."""
    entry = get_entry(request, number)
    form = SuggestedDatasetForm(request.POST)
    if form.is_valid():
        dataset, _ = Dataset.objects.enter(**form.fields_of_dataset())
        entry.link(dataset)
        messages.success(request, f"{entry.reference} is linked to {dataset}.")
    else:
        messages.error(request, "That dataset is not suggested any more: nothing was linked. Choose one below.")
    return back(request, entry, part="#dataset")


@require_POST
@require_secretary
def dataset_unlink(request: HttpRequest, number: int) -> HttpResponse:
    """Say that the entry is not about its dataset; the dataset stays."""
    entry = get_entry(request, number)
    entry.link(None)
    messages.success(request, f"{entry.reference} is linked to no dataset.")
    return back(request, entry, part="#dataset")
