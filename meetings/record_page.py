"""The page in the admin on which the secretary records notes: the text in a large box, its reading beside it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from meetings import contradictions, importing, publishing, recording
from meetings.composing import text_for_editing
from meetings.forms import AnswersForm, NotesForm
from meetings.minutes.structure import Kind, Presence
from meetings.models import Meeting, Minutes
from meetings.reading import Reading, read_for

LISTS = {
    Presence.ATTENDED: "Present",
    Presence.GUESTS: "In attendance",
    Presence.APOLOGIES: "Apologies",
}
# The reader asks about initials too; here they are asked with people to choose from.
ASKED_HERE = {"initials", "same-initials"}


def _get_meeting(request: HttpRequest, meeting_id: int) -> Meeting:
    """The meeting, for somebody who may change its notes."""
    if not request.user.has_perm("meetings.change_minutes"):
        raise PermissionDenied
    return get_object_or_404(Meeting, pk=meeting_id)


@require_http_methods(["GET", "POST"])
def record_notes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show the notes with their reading; save them as a draft, or save and publish them."""
    meeting = _get_meeting(request, meeting_id)
    if request.method == "POST":
        return _take(request, meeting)
    minutes = _minutes_of(meeting)
    text, notices = text_for_editing(minutes)
    form = NotesForm(initial={"text": text, "base_revision": minutes.revision})
    reading = read_for(meeting, text)
    return _page(request, meeting, form=form, reading=reading, asked=_ask(reading), notices=notices)


@require_POST
def preview_notes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The reading of the text as it stands in the box, without saving: the part of the page beside it."""
    meeting = _get_meeting(request, meeting_id)
    form = NotesForm(request.POST, request.FILES)
    form.is_valid()
    reading, asked, _ = _read(request, meeting, form.cleaned_data.get("text", ""))
    return TemplateResponse(
        request,
        "admin/meetings/meeting/_reading.html",
        {"form": form, "asked": asked, "is_live": True, **_summary(reading)},
    )


def _take(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Preview, save, or save and publish what was sent; whatever stands in the way, what was typed comes back."""
    form = NotesForm(request.POST, request.FILES)
    is_whole = form.is_valid()
    reading, asked, answers = _read(request, meeting, form.cleaned_data.get("text", ""))
    theirs = None
    if is_whole and not asked.errors and form.is_to_be_saved():
        try:
            with transaction.atomic():
                recorded = recording.record(
                    meeting=meeting,
                    text=form.cleaned_data["text"],
                    answers=answers,
                    base_revision=form.cleaned_data["base_revision"],
                    now=timezone.now(),
                )
                _keep_file(form, meeting)
                if form.is_to_be_published():
                    publishing.circulate(minutes=recorded.minutes, now=timezone.now())
        except recording.StaleError as stale:
            theirs = stale.minutes
        except publishing.NotAllowedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, recorded, form.said, is_published=form.is_to_be_published())
    return _page(request, meeting, form=form, reading=reading, asked=asked, notices=list(form.said), theirs=theirs)


def _keep_file(form: NotesForm, meeting: Meeting) -> None:
    """Keep the file, if the text came from one, with the meeting."""
    sent = form.cleaned_data.get("file")
    if sent is None:
        return
    sent.seek(0)
    name, text = importing.plain_name(sent.name), form.cleaned_data["text"]
    file = importing.File(name=name, data=sent.read(), text=text, said=tuple(form.said))
    importing.keep(meeting=meeting, file=file, now=timezone.now())


def _read(request: HttpRequest, meeting: Meeting, text: str) -> tuple[Reading, AnswersForm, dict[str, str]]:
    """The text's reading with the answers that were sent, the form that asks what there is to ask, and the answers."""
    reading = read_for(meeting, text)
    sent = AnswersForm(request.POST, questions=reading.questions, people=reading.resolver.register.people)
    if not sent.is_valid():
        return reading, sent, {}
    answers = sent.answers()
    if answers:
        reading = read_for(meeting, text, answers)
    return reading, _ask(reading), answers


def _ask(reading: Reading) -> AnswersForm:
    return AnswersForm(questions=reading.questions, people=reading.resolver.register.people)


def _saved(
    request: HttpRequest, recorded: recording.Recorded, said: tuple[str, ...], *, is_published: bool
) -> HttpResponse:
    """Say what happened, and what was left out of a file on the way; show the page anew."""
    minutes = recorded.minutes
    if is_published:
        messages.success(request, "The notes are saved and published.")
    elif minutes.is_circulated:
        messages.success(request, "The notes are saved. They are published: everyone sees the change.")
    elif recorded.is_changed:
        messages.success(request, "The notes are saved as a draft that only you see. Publish them when they are ready.")
    else:
        messages.info(request, "Nothing had changed since the notes were saved.")
    for sentence in said:
        messages.warning(request, sentence)
    return HttpResponseRedirect(reverse("admin:meetings_meeting_record", args=[minutes.meeting_id]))


def _minutes_of(meeting: Meeting) -> Minutes:
    return Minutes.objects.filter(meeting=meeting).first() or Minutes(meeting=meeting)


def _page(
    request: HttpRequest,
    meeting: Meeting,
    *,
    form: NotesForm,
    reading: Reading,
    asked: AnswersForm,
    notices: list[str] | None = None,
    theirs: Minutes | None = None,
) -> HttpResponse:
    minutes = theirs or _minutes_of(meeting)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Record notes",
        "subtitle": str(meeting),
        "opts": Meeting._meta,  # noqa: SLF001 (Django's documented interface)
        "meeting": meeting,
        "minutes": minutes,
        "form": form,
        # A browser drops one line end at the start of a text area: this one is for it to drop.
        "box": f"\n{form.box()}",
        "their_box": f"\n{theirs.text}" if theirs else "",
        # Still what was opened, whatever was saved meanwhile: only having seen the other text moves it on.
        "base_revision": theirs.revision if theirs else form["base_revision"].value(),
        "asked": asked,
        "notices": notices or [],
        "theirs": theirs,
        "originals": meeting.originals.kept().light(),
        "preview_url": reverse("admin:meetings_meeting_preview", args=[meeting.pk]),
        **_summary(reading),
    }
    request.current_app = admin.site.name
    status = 409 if theirs else 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "admin/meetings/meeting/record_notes.html", context, status=status)


def _summary(reading: Reading) -> dict[str, Any]:
    """What the notes would become, as the page lists it."""
    doc, resolver = reading.doc, reading.resolver
    told = contradictions.told_by(doc, on=reading.meeting.on)
    present = len(doc.listed(Presence.ATTENDED)) + len(doc.listed(Presence.GUESTS))
    open_questions = sum(not question.answer for question in reading.questions)
    return {
        "summary": (
            f"There: {present}. Actions: {len(doc.of_kind(Kind.ACTION))}."
            f" Data: {len(doc.of_kind(Kind.USED, Kind.WANTS))}. Open questions: {open_questions}."
        ),
        "doc": doc,
        "notes": [*reading.notes, *contradictions.between(told, contradictions.told_by_records())],
        "problems": [problem for problem in doc.problems if problem.code not in ASKED_HERE],
        "lists": [
            (label, [pair for pair in resolver.attendees if pair[0].presence == presence])
            for presence, label in LISTS.items()
        ],
        "actions": [(line, [resolver.owners[owner] for owner in line.owners]) for line in doc.of_kind(Kind.ACTION)],
        "reviews": doc.of_kind(Kind.REVIEW),
        "data": [
            (label, [(line, resolver.speakers.get(line.who)) for line in doc.of_kind(kind)])
            for label, kind in (("Data used", Kind.USED), ("Data wanted", Kind.WANTS))
        ],
        "decisions": doc.of_kind(Kind.DECISION, Kind.AGREED),
        "next_meetings": doc.of_kind(Kind.NEXT_MEETING),
        "left_out": doc.of_kind(Kind.LEFT_OUT),
        "new_people": resolver.new_people,
    }
