"""The highlights of a meeting: its actions and the next date, as one reader may read them, for a page and as text."""

from dataclasses import dataclass

from django import forms
from django.utils.text import get_text_list
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from actions.models import Action
from meetings.models import Meeting, Minutes
from meetings.pages import ShownLine, shown_lines
from members.naming import mask_emails
from wmodf.lib.access import Standing, standing_of
from wmodf.lib.dates import in_words, with_weekday
from wmodf.lib.urls import absolute


class ForWhomForm(forms.Form):
    """For whom the text is: a member who pastes it into a message to everyone wants what everyone may read."""

    everyone = forms.BooleanField(required=False)

    def is_for_everyone(self) -> bool:
        """Whether it was asked for as the public reads it."""
        return self.is_valid() and self.cleaned_data["everyone"]


@dataclass(frozen=True, kw_only=True)
class Highlights:
    """What one meeting promised, and the meetings that it named as the next ones."""

    meeting: Meeting
    minutes: Minutes
    actions: list[ShownLine]
    next_meetings: list[ShownLine]


def highlights_of(meeting: Meeting, *, user: object) -> Highlights | None:
    """The meeting's highlights as this reader may read them, in a fixed number of queries; None where none are out.

    The secretary reads those of a draft before anybody else does. Needs the minutes fetched.
    """
    minutes = getattr(meeting, "minutes", None)
    if minutes is None or not (minutes.has_highlights or standing_of(user) >= Standing.SECRETARY):
        return None
    rows = meeting.lines.visible_to(user).filter(kind__in=Minutes.HIGHLIGHTS)
    actions = {action.pk: action for action in Action.objects.of_meeting(meeting.pk).with_owners()}
    lines = shown_lines(list(rows.with_records().select_related("named_meeting__host")), actions, user)
    promised, named = Minutes.HIGHLIGHTS
    return Highlights(
        meeting=meeting,
        minutes=minutes,
        actions=[shown for shown in lines if shown.line.kind == promised],
        next_meetings=[shown for shown in lines if shown.line.kind == named],
    )


def to_text(highlights: Highlights, *, group: str, user: object) -> str:
    """The highlights as plain text to paste into an e-mail, one paragraph for each action and meeting."""
    meeting, minutes = highlights.meeting, highlights.minutes
    heading = _("Meeting of %(date)s: actions and next date") % {"date": with_weekday(meeting.on)}
    blocks = ["\n".join(part for part in (mask_emails(group), heading) if part)]
    if not minutes.has_highlights:
        blocks.append(_("DRAFT: only the secretary reads this."))
    blocks.append(_("ACTIONS"))
    blocks += [_promised(shown, user) for shown in highlights.actions] or [_("No actions were noted.")]
    blocks.append(_("NEXT MEETING"))
    blocks += [_announced(shown, user) for shown in highlights.next_meetings] or [_("No next meeting was named.")]
    blocks.append(f"{_whole(minutes)} {absolute(meeting.get_absolute_url())}")
    return "\n\n".join(blocks) + "\n"


def _promised(shown: ShownLine, user: object) -> str:
    """An action with its reference, owners, due date and, where it is no longer open, what became of it."""
    action = shown.action
    words = f"{_words(shown)}{' [confidential]' if _is_confidential(shown) else ''}"
    if action is None:
        return words
    lines = [f"{action.reference}  {words}"]
    if owners := [mask_emails(owner.name_for(user)) for owner in action.owners.all()]:
        lines.append(_("Owner: %(owners)s") % {"owners": get_text_list(owners, _("and"))})
    if action.due_on:
        lines.append(_("Due: %(date)s") % {"date": in_words(action.due_on)})
    elif due := action.due_text_for(user):
        lines.append(_("Due: %(due)s") % {"due": due})
    if not action.is_open:
        on = action.ended_on
        state = f"{action.get_status_display()}, {in_words(on)}" if on else action.get_status_display()
        lines.append(_("Now: %(state)s") % {"state": state})
    return "\n      ".join(lines)


def _announced(shown: ShownLine, user: object) -> str:
    """The meeting that the line names, as it stands now; the words of the notes where it names none."""
    named = shown.names
    if named is None:
        return f"{_words(shown)}{' [confidential]' if _is_confidential(shown) else ''}"
    is_tentative = named.status == Meeting.Status.TENTATIVE
    state = _(" (cancelled)") if named.is_cancelled else _(" (provisional)") if is_tentative else ""
    times = f", {named.starts:%H:%M}" if named.starts else ""
    if named.starts and named.ends:
        times = _(", %(starts)s to %(ends)s") % {"starts": f"{named.starts:%H:%M}", "ends": f"{named.ends:%H:%M}"}
    place = named.venue_for(user)
    host = named.host_for(user)
    lines = [f"{with_weekday(named.on)}{times}{state}", place, _("Hosted by %(host)s") % {"host": host} if host else ""]
    return "\n".join([*filter(None, lines), absolute(named.get_absolute_url())])


def _whole(minutes: Minutes) -> str:
    """Where the whole notes are, or will be."""
    if not minutes.is_circulated:
        return _("The whole notes follow; they will be at")
    if minutes.agreed_on:
        on = minutes.agreed_on
        return _("The whole notes, agreed at the meeting of %(date)s, are at") % {"date": in_words(on)}
    if minutes.circulated_at is None:
        return _("The whole notes, not yet agreed, are at")
    on = localdate(minutes.circulated_at)
    return _("The whole notes, circulated on %(date)s and not yet agreed, are at") % {"date": in_words(on)}


def _words(shown: ShownLine) -> str:
    return " ".join(shown.line.shown.split())


def _is_confidential(shown: ShownLine) -> bool:
    return shown.line.is_confidential or not (shown.line.is_public or not shown.line.is_circulated)
