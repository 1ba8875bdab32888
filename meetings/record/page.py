"""The page in the admin on which the secretary records notes: the text in a large box, its reading beside it."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from meetings import contradictions, publishing, recording, waiting
from meetings.agenda import asides
from meetings.composing import text_for_editing
from meetings.corrections.correcting import said_to_be_corrected
from meetings.drafts import page as drafts_page
from meetings.drafts.forms import settled
from meetings.imports import importing
from meetings.minutes.structure import Kind, Presence
from meetings.models import Meeting, Minutes
from meetings.questions import QuestionsForm
from meetings.reading import Reading, read_for
from meetings.record import aids
from meetings.record.forms import NotesForm
from meetings.secretary import get_meeting, meeting_frame

LISTS = {
    Presence.ATTENDED: gettext_lazy("Present"),
    Presence.GUESTS: gettext_lazy("In attendance"),
    Presence.APOLOGIES: gettext_lazy("Apologies"),
}
# The reader asks about initials too; here they are asked with people to choose from.
ASKED_HERE = {"initials", "same-initials"}


@require_http_methods(["GET", "POST"])
def record_notes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show the notes with their reading; save them as a draft, or save and publish them."""
    meeting = get_meeting(request, meeting_id)
    if request.method == "POST":
        return _take(request, meeting)
    minutes = Minutes.objects.opened(meeting)
    text, notices = text_for_editing(minutes) if minutes.text else aids.begin(meeting)
    origin = drafts_page.opened(request, meeting, minutes, text)
    if origin.text != text:
        notices = []  # they tell of the text that a draft has taken the place of
    form = NotesForm(initial={"text": origin.text, "base_revision": origin.base_revision})
    reading = read_for(meeting, origin.text)
    return _page(request, meeting, form=form, reading=reading, asked=_ask(reading), notices=notices, origin=origin)


@require_POST
def preview_notes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The reading of the text as it stands in the box, without saving: the part of the page beside it."""
    meeting = get_meeting(request, meeting_id)
    form = NotesForm(request.POST, request.FILES)
    form.is_valid()
    reading, asked, _rest = _read(request, meeting, form.cleaned_data.get("text", ""))
    return TemplateResponse(
        request,
        "admin/meetings/meeting/_reading.html",
        {"form": form, "asked": asked, "is_live": True, **_summary(reading)},
    )


def _take(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Preview, save, or save and publish what was sent; whatever stands in the way, what was typed comes back."""
    form = NotesForm(settled(request.POST), request.FILES)
    is_whole = form.is_valid()
    aid = aids.answer(request, meeting, form.cleaned_data["text"]) if is_whole else None
    if aid and request.htmx:  # the page stays
        context = {"meeting": meeting, "aid": aid, "aid_box": f"\n{aid.text}", **aid.panel}
        return TemplateResponse(request, "admin/meetings/meeting/_record_attendance.html", context)
    drafts_page.sent_away(request)
    if aid:
        return _aided(request, meeting, form, aid)
    reading, asked, answers = _read(request, meeting, form.cleaned_data.get("text", ""))
    if is_whole and not asked.errors and form.is_to_be_saved():
        try:
            with transaction.atomic():
                if form.is_to_take_highlights_back():  # first: what changed since is not to be seen for a moment
                    publishing.take_back_highlights(minutes=Minutes.objects.opened(meeting), now=timezone.now())
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
                if form.is_to_show_highlights():
                    publishing.publish_highlights(minutes=recorded.minutes, now=timezone.now())
        except recording.StaleError as stale:
            sent = {name: form.cleaned_data[name] for name in ("text", "base_revision")}
            return drafts_page.stale(request, meeting, **sent, theirs=stale.minutes)
        except publishing.NotAllowedError as refusal:
            form.add_error(None, str(refusal))
        else:
            form.said += tuple(aids.still_waiting(request, meeting, form.cleaned_data["text"]))
            return _saved(request, recorded, form)
    return _page(request, meeting, form=form, reading=reading, asked=asked, notices=list(form.said))


def _aided(request: HttpRequest, meeting: Meeting, form: NotesForm, aid: aids.Aid) -> HttpResponse:
    """Give the page back with the text that the aids made, unsaved."""
    revision = form.cleaned_data["base_revision"]
    again = NotesForm(initial={"text": aid.text, "base_revision": revision})
    reading, asked, _rest = _read(request, meeting, aid.text)
    return _page(
        request, meeting, form=again, reading=reading, asked=asked, notices=[*form.said, *aid.said], panel=aid.panel
    )


def _keep_file(form: NotesForm, meeting: Meeting) -> None:
    """Keep the file, if the text came from one, with the meeting."""
    sent = form.cleaned_data.get("file")
    if sent is None:
        return
    sent.seek(0)
    name, text = importing.plain_name(sent.name), form.cleaned_data["text"]
    file = importing.File(name=name, data=sent.read(), text=text, said=tuple(form.said))
    importing.keep(meeting=meeting, file=file, now=timezone.now())


def _read(request: HttpRequest, meeting: Meeting, text: str) -> tuple[Reading, QuestionsForm, dict[str, str]]:
    """The text's reading with the answers that were sent, the form that asks what there is to ask, and the answers."""
    reading = read_for(meeting, text)
    sent = QuestionsForm(request.POST, questions=reading.questions, people=reading.resolver.register.people)
    if not sent.is_valid():
        return reading, sent, {}
    answers = sent.answers()
    if answers:
        reading = read_for(meeting, text, answers)
    return reading, _ask(reading), answers


def _ask(reading: Reading) -> QuestionsForm:
    return QuestionsForm(questions=reading.questions, people=reading.resolver.register.people)


def _saved(request: HttpRequest, recorded: recording.Recorded, form: NotesForm) -> HttpResponse:
    """Say what happened, and what was left out of a file on the way; show the page anew."""
    minutes = recorded.minutes
    if form.is_to_be_published():
        messages.success(request, _("The notes are saved and published."))
    elif minutes.is_circulated:
        messages.success(request, _("The notes are saved. They are published: everyone sees the change."))
    elif form.is_to_show_highlights():
        messages.success(
            request,
            _(
                "The notes are saved as a draft. Their highlights are published: everyone reads the actions and the"
                " next date, and nothing else of the notes."
            ),
        )
    elif form.is_to_take_highlights_back():
        messages.success(request, _("The highlights are taken back. The notes are saved as a draft that only you see."))
    elif recorded.is_changed and minutes.has_highlights:
        messages.success(
            request, _("The draft is saved. Its highlights are published: everyone sees the change there.")
        )
    elif recorded.is_changed:
        messages.success(
            request, _("The notes are saved as a draft that only you see. Publish them when they are ready.")
        )
    else:
        messages.info(request, _("Nothing had changed since the notes were saved."))
    for sentence in form.said:
        messages.warning(request, sentence)
    told = drafts_page.saved(request, minutes.meeting, is_changed=recorded.is_changed)
    return HttpResponseRedirect(reverse("admin:meetings_meeting_record", args=[minutes.meeting_id]) + told)


def _page(
    request: HttpRequest,
    meeting: Meeting,
    *,
    form: NotesForm,
    reading: Reading,
    asked: QuestionsForm,
    notices: list[str] | None = None,
    origin: drafts_page.Opened | None = None,
    panel: dict[str, Any] | None = None,
) -> HttpResponse:
    minutes = Minutes.objects.opened(meeting)
    context: dict[str, Any] = {
        **meeting_frame(request, meeting, title=_("Record notes")),
        "minutes": minutes,
        "form": form,
        # A browser drops one line end at the start of a text area: this one is for it to drop.
        "box": f"\n{form.box()}",
        # Still what was opened, whatever was saved meanwhile: only having seen the other text moves it on.
        "base_revision": form["base_revision"].value(),
        "asked": asked,
        "notices": notices or [],
        **_waiting(meeting, minutes),
        "spoken_of": said_to_be_corrected(meeting),
        "originals": meeting.originals.kept().light(),
        "preview_url": reverse("admin:meetings_meeting_preview", args=[meeting.pk]),
        **drafts_page.beside(request, meeting, origin=origin),
        **aids.beside(request, meeting, form.box(), reading.doc),
        **(panel or {}),
        **_summary(reading),
    }
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "admin/meetings/meeting/record_notes.html", context, status=status)


def _waiting(meeting: Meeting, minutes: Minutes) -> dict[str, str]:
    """How long the notes took, or the reminder that is due as long as they are not circulated."""
    days = waiting.days_taken(minutes, on=meeting.on)
    since = 0 if meeting.is_cancelled else (timezone.localdate() - meeting.on).days
    return {"days_taken": "" if days is None else waiting.days_words(days), "reminder": waiting.reminder(since)}


def _summary(reading: Reading) -> dict[str, Any]:
    """What the notes would become, as the page lists it."""
    doc, resolver = reading.doc, reading.resolver
    told = contradictions.told_by(doc, on=reading.meeting.on, moved=contradictions.moved_since(reading.meeting))
    present = len(doc.listed(Presence.ATTENDED)) + len(doc.listed(Presence.GUESTS))
    open_questions = sum(not question.answer for question in reading.questions)
    return {
        "summary": (
            _("There: %(present)s. Actions: %(actions)s. Data: %(data)s. Open questions: %(questions)s.")
            % {
                "present": present,
                "actions": len(doc.of_kind(Kind.ACTION)),
                "data": len(doc.of_kind(Kind.USED, Kind.WANTS)),
                "questions": open_questions,
            }
        ),
        "doc": doc,
        "listed": aids.listed_by_initials(doc.attendees),
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
            for label, kind in ((_("Data used"), Kind.USED), (_("Data wanted"), Kind.WANTS))
        ],
        "decisions": doc.of_kind(Kind.DECISION, Kind.AGREED),
        "next_meetings": doc.of_kind(Kind.NEXT_MEETING),
        "put_aside": asides.waiting_in(doc, on=reading.meeting.on, now=timezone.now()),
        "left_out": doc.of_kind(Kind.LEFT_OUT),
        "new_people": resolver.new_people,
    }
