"""The page in the admin on which the secretary adds papers to a meeting, changes and removes them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meetings.agenda.pages import ShownPaper, shown_paper
from meetings.agenda.paper_forms import NewPaperForm, PaperForm, PaperStepForm
from meetings.agenda.papering import MOST_PAPERS, TooManyError, add_file, add_link, change_paper, remove_paper
from meetings.models import Meeting
from meetings.records.agendas import AgendaItem
from meetings.records.papers import Paper
from meetings.secretary import get_meeting, meeting_frame


@never_cache
@require_http_methods(["GET", "POST"])
def meeting_papers(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """List the meeting's papers; a POST adds one, or changes or removes the one whose button was pressed."""
    meeting = get_meeting(request, meeting_id)
    if request.method == "POST":
        return _take(request, meeting)
    return _page(request, meeting)


def _take(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    step = PaperStepForm(request.POST)
    if not step.is_valid():
        raise Http404
    if key := step.cleaned_data["remove"]:
        paper = _get_paper(meeting, key)
        remove_paper(paper=paper, now=timezone.now())
        return _back(request, meeting, _("“%(title)s” is removed.") % {"title": paper.title})
    if key := step.cleaned_data["change"]:
        return _change(request, meeting, _get_paper(meeting, key))
    return _add(request, meeting)


def _get_paper(meeting: Meeting, key: int) -> Paper:
    return get_object_or_404(meeting.papers.light().with_items(), pk=key)


def _add(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = NewPaperForm(request.POST, request.FILES, items=meeting.agenda.on_agenda())
    if not form.is_valid():
        return _page(request, meeting, new=form)
    told = {**form.told(), "meeting": meeting, "by": request.user.person, "now": timezone.now()}
    try:
        if form.cleaned_data["file"]:
            paper = add_file(upload=form.upload, **told)
        else:
            paper = add_link(link=form.cleaned_data["link"], **told)
    except TooManyError as error:
        form.add_error(None, str(error))
        return _page(request, meeting, new=form)
    return _back(request, meeting, _("“%(title)s” is added.") % {"title": paper.title})


def _change(request: HttpRequest, meeting: Meeting, paper: Paper) -> HttpResponse:
    form = PaperForm(request.POST, items=meeting.agenda.on_agenda(), prefix=f"paper{paper.pk}")
    if not form.is_valid():
        return _page(request, meeting, changed={paper.pk: form})
    change_paper(paper=paper, now=timezone.now(), **form.told())
    return _back(request, meeting, _("“%(title)s” is saved.") % {"title": paper.title})


def _page(
    request: HttpRequest,
    meeting: Meeting,
    *,
    new: NewPaperForm | None = None,
    changed: dict[int, PaperForm] | None = None,
) -> HttpResponse:
    sent = changed or {}
    items = list(meeting.agenda.on_agenda())
    papers = list(meeting.papers.visible_to(request.user).light().with_items())
    rows: list[tuple[ShownPaper, PaperForm]] = [
        (shown_paper(meeting, paper), sent.get(paper.pk) or _form_of(paper, items)) for paper in papers
    ]
    context = meeting_frame(
        request,
        meeting,
        title=_("Papers"),
        rows=rows,
        new=new or NewPaperForm(items=items),
        is_full=len(rows) >= MOST_PAPERS,
        most=MOST_PAPERS,
        has_errors=bool((new and new.errors) or sent),
    )
    status = 422 if context["has_errors"] else 200
    return TemplateResponse(request, "admin/meetings/meeting/meeting_papers.html", context, status=status)


def _form_of(paper: Paper, items: list[AgendaItem]) -> PaperForm:
    told = {"title": paper.title, "kind": paper.kind, "item": paper.item_id, "is_confidential": paper.is_confidential}
    return PaperForm(initial=told, items=items, prefix=f"paper{paper.pk}")


def _back(request: HttpRequest, meeting: Meeting, told: str) -> HttpResponse:
    messages.success(request, told)
    return HttpResponseRedirect(reverse("admin:meetings_meeting_papers", args=[meeting.pk]))
