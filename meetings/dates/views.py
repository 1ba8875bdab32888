"""The page in the admin on which a year's dates are entered as one list."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meetings.dates import announced, planning
from meetings.dates.clashes import Known, Planned, said_of
from meetings.dates.forms import (
    MOST_DATES,
    BaseDateFormSet,
    ChoicesForm,
    DateForm,
    LinesForm,
    heard,
    read_lines,
    rows_sent,
    table,
    with_lines,
)
from meetings.models import Meeting
from meetings.secretary import frame, refuse_others
from members.models import Organisation


@dataclass
class Row:
    """One row of the table with what is to be said of it; `there` is the meeting that day already, if any."""

    form: DateForm
    said: list[str] = field(default_factory=list)
    there: Meeting | None = None
    lacks: list[str] = field(default_factory=list)


@never_cache
@require_http_methods(["GET", "POST"])
def meeting_dates(request: HttpRequest) -> HttpResponse:
    """Read lines into a table, show what is to be said of each day, and make the meetings once asked to."""
    refuse_others(request)
    if request.method == "GET":
        return _page(request, lines=LinesForm(), choices=ChoicesForm(), rows=[])
    organisations = Organisation.objects.by_words()
    lines, data, trouble = LinesForm(request.POST), request.POST, ""
    choices = ChoicesForm(data if "status" in data else None)  # the first page has no choices yet
    is_new = "look" in data
    if not lines.is_valid():
        trouble = _("Nothing was read.")
    elif lines.cleaned_data["lines"].strip():
        found = read_lines(lines.cleaned_data["lines"], today=timezone.localdate(), organisations=organisations)
        is_new = True  # rows that nobody has looked through are not saved
        if rows_sent(data) + len(found) > MOST_DATES:
            trouble = _("Nothing was read: %(most)s dates are the most at a time. Save some, then go on.") % {
                "most": MOST_DATES
            }
        else:
            data = with_lines(data, found)
            lines = LinesForm()
    formset = table(data, organisations=organisations)
    is_right = formset.is_valid()
    rows = _rows(formset)
    can_save = choices.is_valid() and is_right and rows and not is_new and not trouble
    if can_save and choices.cleaned_data["heard"] == heard([words for row in rows for words in row.said]):
        listed = planning.plan(
            formset.listed(status=choices.cleaned_data["status"]),
            is_announced=choices.cleaned_data["announced"] == "yes",
            now=timezone.now(),
        )
        return _done(request, listed)
    if not rows and not trouble and not lines.errors:
        trouble = _("There is nothing in the list yet: write a date into the box.")
    status = 200 if is_new and not trouble else 400
    return _page(request, lines=lines, choices=choices, rows=rows, trouble=trouble, formset=formset, status=status)


def _rows(formset: BaseDateFormSet) -> list[Row]:
    """The rows of the table with what is to be said of each, in a fixed number of queries."""
    today = timezone.localdate()
    days = sorted({form.meeting.on for form in formset.forms if form.meeting is not None})
    known = planning.known_around(days, today=today)
    there = announced.meetings_by_day(days)
    listed = [Planned(name=_("in this list"), on=day, until=day) for day in days if day not in there]
    known = Known(planned=[*known.planned, *listed], met_on=known.met_on)
    rows, named = [], set()
    for form in formset.forms:
        row = Row(form=form)
        rows.append(row)
        if form.meeting is None:
            continue
        row.there = there.get(form.meeting.on)
        if row.there is not None:
            row.lacks = planning.lacking(row.there, form.meeting)
            continue
        if form.meeting.on in named:
            row.said = [_("The list names this day twice: only the first line becomes a meeting.")]
            continue
        named.add(form.meeting.on)
        others = [one for one in known.planned if one not in listed or one.on != form.meeting.on]
        row.said = said_of(form.meeting.on, known=Known(planned=others, met_on=known.met_on), today=today)
        if form.meeting.host_name:
            row.said.append(
                _("“%(host_name)s” is no organisation known here: it is kept as you wrote it.")
                % {"host_name": form.meeting.host_name}
            )
    return rows


def _page(request: HttpRequest, *, rows: list[Row], status: int = 200, **more: Any) -> HttpResponse:  # noqa: ANN401 (a template's context)
    said = [words for row in rows for words in row.said]
    counted = sum(1 for row in rows if row.form.meeting is not None and row.there is None)
    context = frame(
        request, title=_("A year’s dates"), rows=rows, heard=heard(said), most=MOST_DATES, new_count=counted, **more
    )
    return TemplateResponse(request, "admin/meetings/meeting/dates.html", context, status=status)


def _done(request: HttpRequest, listed: planning.Listed) -> HttpResponse:
    """Say what was made and what was there already, on the list of meetings."""
    count = len(listed.made)
    if count:
        messages.success(
            request, ngettext("%(count)s meeting entered.", "%(count)s meetings entered.", count) % {"count": count}
        )
    for meeting in listed.filled:
        messages.success(
            request, _("%(meeting)s was there already: what it lacked was filled in.") % {"meeting": meeting}
        )
    for meeting in listed.there:
        messages.info(request, _("%(meeting)s was there already: nothing changed.") % {"meeting": meeting})
    if not (count or listed.filled or listed.there):
        messages.warning(request, _("Every line was left out: nothing was entered."))
    return HttpResponseRedirect(reverse("admin:meetings_meeting_changelist"))
