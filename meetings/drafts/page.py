"""Beside the record page: drafts kept as they are typed, their versions, and two texts that were to be saved."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meetings.drafts import comparing, drafting
from meetings.drafts.differences import differences
from meetings.drafts.forms import LARGEST, DraftForm, WantedForm, answers_in, compared, new_page, page_of, serial_of
from meetings.models import Meeting, Minutes
from meetings.records.drafts import Draft
from meetings.secretary import get_meeting, meeting_frame

MOST_LISTED = 200
# Of one side of a difference so many lines are shown at once.
MOST_LINES = 20


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Keep what an open page holds, and tell it what it should know. A GET gives the token with which to send it."""
    meeting = get_meeting(request, meeting_id)
    if request.method == "GET":
        return JsonResponse({"token": get_token(request), "user": request.user.pk})
    form = DraftForm(request.POST)
    if not form.is_valid():
        words = [str(error) for error in form.errors.get("text", [])] or [
            _("Not kept: the page did not say what it is.")
        ]
        return JsonResponse({"said": " ".join(words)}, status=400)
    try:
        return JsonResponse(_take(request, meeting, form.cleaned_data, has_text=form.has_text()))
    except drafting.NotKeptError as refusal:
        return JsonResponse({"said": str(refusal)}, status=409)


def _take(request: HttpRequest, meeting: Meeting, sent: dict[str, Any], *, has_text: bool) -> dict[str, Any]:
    now, editor = timezone.now(), sent["editor"]
    if sent["is_leaving"]:
        drafting.leave(user=request.user, editor=editor)
    else:
        drafting.give_sign(meeting=meeting, user=request.user, editor=editor, is_typing=has_text, now=now)
    if has_text:
        drafting.keep(
            meeting=meeting,
            by=request.user,
            editor=editor,
            serial=sent["serial"] or 0,
            text=sent["text"],
            base_revision=sent["base_revision"],
            now=now,
        )
    return {
        "kept": drafting.clock(now, now=now) if has_text else "",
        "revision": meeting.minutes.revision if hasattr(meeting, "minutes") else 0,
        "editors": drafting.editors(meeting, user=request.user, editor=editor, now=now),
    }


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What the record page opens with: the text in the box, the revision it stands on, and where it is from.

    `draft` is in the box where `is_in_box`; else it is older than the saved notes, and only told of.
    """

    text: str
    base_revision: int
    draft: Draft | None = None
    is_in_box: bool = False
    is_wanted: bool = False


def opened(request: HttpRequest, meeting: Meeting, minutes: Minutes, text: str) -> Opened:
    """The text to open with: a version that was asked for, one's own unsaved draft, or else the one that was given."""
    wanted = WantedForm(request.GET)
    if not wanted.is_valid():
        raise Http404
    if key := wanted.cleaned_data["draft"]:
        found = get_object_or_404(meeting.drafts.all(), pk=key)
        # It was chosen with the saved notes before one's eyes.
        return Opened(text=found.text, base_revision=minutes.revision, draft=found, is_in_box=True, is_wanted=True)
    found = None if minutes.status == Minutes.Status.AGREED else drafting.offered(meeting, by=request.user, text=text)
    if found is None:
        return Opened(text=text, base_revision=minutes.revision)
    if not drafting.is_newer(found, minutes):
        return Opened(text=text, base_revision=minutes.revision, draft=found)
    return Opened(text=found.text, base_revision=found.base_revision, draft=found, is_in_box=True)


def beside(request: HttpRequest, meeting: Meeting, *, origin: Opened | None) -> dict[str, Any]:
    """What the record page needs for its drafts: `origin` is what it opened with, None for a form that came back."""
    now, editor = timezone.now(), new_page()
    found = origin.draft if origin else None
    return {
        "editor": editor,
        # What came with a form, or was made of it, no draft holds yet.
        "is_unkept": request.method == "POST",
        "former": page_of(request.POST),
        "editors": drafting.editors(meeting, user=request.user, editor=editor, now=now),
        "origin": origin,
        "origin_at": drafting.clock(found.kept_at, now=now) if found else "",
        "others_drafts": [
            (other, drafting.clock(other.kept_at, now=now)) for other in drafting.of_others(meeting, user=request.user)
        ],
    }


def sent_away(request: HttpRequest) -> None:
    """Forget the page that sent its form: the next one takes its place."""
    drafting.leave(user=request.user, editor=page_of(request.POST))


def saved(request: HttpRequest, meeting: Meeting, *, is_changed: bool) -> str:
    """After saving: offer no drafts any more, and tell who has the older notes open. Gives what to add to the address.

    The browser learns by it that its own copy was saved.
    """
    editor, now = page_of(request.POST), timezone.now()
    drafting.put_away(meeting=meeting, by=request.user, editor=editor, serial=serial_of(request.POST))
    behind = drafting.left_behind(meeting, user=request.user, editor=editor, now=now) if is_changed else []
    if behind:
        names = get_text_list(behind, _("and"))
        messages.warning(
            request,
            ngettext(
                "%(names)s still has the notes open as they were before. Their page says so within 15 seconds, and"
                " nothing they typed is lost.",
                "%(names)s still have the notes open as they were before. Their page says so within 15 seconds, and"
                " nothing they typed is lost.",
                len(behind),
            )
            % {"names": names},
        )
    return f"?saved={editor}" if editor else ""


@require_POST
def put_away(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Drop the unsaved changes and open the saved notes: what was typed stays among the versions."""
    meeting = get_meeting(request, meeting_id)
    sent_away(request)
    form = DraftForm(request.POST)
    if form.has_text() and form.is_valid():
        _keep(request, meeting, text=form.cleaned_data["text"], base_revision=form.cleaned_data["base_revision"])
    drafting.put_away(meeting=meeting, by=request.user)
    messages.info(request, _("These are the saved notes. What you had typed is among the versions of drafts."))
    editor = page_of(request.POST)
    address = reverse("admin:meetings_meeting_record", args=[meeting.pk])
    return HttpResponseRedirect(f"{address}?saved={editor}" if editor else address)


def _keep(request: HttpRequest, meeting: Meeting, *, text: str, base_revision: int) -> None:
    """Keep what came with a form; where it can't be kept, the page that answers still shows it."""
    editor = page_of(request.POST) or new_page()
    now = timezone.now()
    try:
        drafting.keep(
            meeting=meeting,
            by=request.user,
            editor=editor,
            text=text,
            base_revision=min(base_revision, LARGEST),
            now=now,
        )
    except drafting.NotKeptError:
        return


# --- two texts ------------------------------------------------------------------------------------------------------


def stale(request: HttpRequest, meeting: Meeting, *, text: str, base_revision: int, theirs: Minutes) -> HttpResponse:
    """Both texts and where they differ, for the secretary to choose: somebody saved the notes meanwhile."""
    _keep(request, meeting, text=text, base_revision=base_revision)
    found = compared(theirs.text, text)
    is_redacted = drafting.is_redacted_since(meeting, base_revision=base_revision)
    context = {
        **meeting_frame(request, meeting, title=_("Two texts of these notes")),
        "theirs": theirs,
        "saved": drafting.last_saved(theirs, user=request.user, now=timezone.now()),
        "box": f"\n{text}",
        "their_box": f"\n{theirs.text}",
        "base_revision": theirs.revision,
        "editor": page_of(request.POST) or new_page(),
        "shown": shown(found),
        "number": sum(not block.is_same for block in found),
        "answers": answers_in(request.POST),
        # What was taken out since the page was opened may still stand in its text.
        "suggested": "theirs" if is_redacted else "mine",
        "is_redacted": is_redacted,
    }
    return TemplateResponse(request, "admin/meetings/meeting/record_stale.html", context, status=409)


@dataclass(frozen=True, kw_only=True)
class Side:
    """One side of a difference: its first lines, and those that are shown when asked for."""

    head: str
    rest: str
    number: int
    first_line: int
    more: int

    @property
    def where(self) -> str:
        """Which lines these are."""
        if not self.number:
            return _("nothing here")
        if self.number == 1:
            return _("line %(first)s") % {"first": self.first_line}
        return _("lines %(first)s–%(last)s") % {"first": f"{self.first_line:,}", "last": f"{self.last_line:,}"}

    @property
    def last_line(self) -> int:
        """The number of the last of them."""
        return self.first_line + self.number - 1


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A block as the page shows it: lines that both have, folded; or the two sides of a difference."""

    number: int
    head: str = ""
    tail: str = ""
    left_out: int = 0
    theirs: Side | None = None
    mine: Side | None = None


def shown(found: list[comparing.Block]) -> list[Shown]:
    """The blocks for a page: unchanged stretches folded to a few lines, long differences to their first lines."""
    rows = []
    for index, block in enumerate(found):
        if block.is_same:
            same = comparing.folded(block, is_first=index == 0, is_last=index == len(found) - 1)
            rows.append(Shown(number=0, head=_pre(same.head), tail=_pre(same.tail), left_out=same.left_out))
        else:
            theirs, mine = _side(block.first, block.first_line), _side(block.second, block.second_line)
            rows.append(Shown(number=block.number, theirs=theirs, mine=mine))
    return rows


def _pre(lines: tuple[str, ...]) -> str:
    """The lines for a `pre`: a browser drops one line end at its start, and this one is for it to drop."""
    return "\n".join(["", *lines]) if lines else ""


def _side(lines: tuple[str, ...], first_line: int) -> Side:
    most = MOST_LINES if len(lines) > MOST_LINES + 5 else len(lines)
    return Side(
        head=_pre(lines[:most]),
        rest=_pre(lines[most:]),
        number=len(lines),
        first_line=first_line,
        more=len(lines) - most,
    )


# --- versions -------------------------------------------------------------------------------------------------------


@require_GET
def drafts(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """All versions of what was typed and not saved yet, by whomever, the newest first."""
    meeting = get_meeting(request, meeting_id)
    context = {
        **meeting_frame(request, meeting, title=_("Drafts")),
        "drafts": meeting.drafts.light()[:MOST_LISTED],
        "most": drafting.MOST,
        "days": drafting.KEPT_FOR.days,
    }
    return TemplateResponse(request, "admin/meetings/meeting/drafts.html", context)


@require_GET
def draft_detail(request: HttpRequest, meeting_id: int, draft_id: int) -> HttpResponse:
    """One version: beside the saved notes, and whole."""
    meeting = get_meeting(request, meeting_id)
    found = get_object_or_404(meeting.drafts.select_related("by__person"), pk=draft_id)
    notes = meeting.minutes.text if hasattr(meeting, "minutes") else ""
    differing = differences(notes, found.text)
    context = {
        **meeting_frame(request, meeting, title=_("One draft")),
        "draft": found,
        "differences": differing,
        "number": sum(1 for stretch in differing if stretch.number),
        "has_notes": bool(notes),
        "is_agreed": hasattr(meeting, "minutes") and meeting.minutes.status == Minutes.Status.AGREED,
    }
    return TemplateResponse(request, "admin/meetings/meeting/draft_detail.html", context)
