"""Notes kept while they are typed: versions of a box that nobody saved yet, and who has it open beside whom."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Correction, Meeting, Minutes
from meetings.records.drafts import Draft, Editor
from members.models import User
from wmodf.lib.dates import in_words

# So long a version is written over by what follows it; then the next one begins.
IN_HAND = timedelta(minutes=1)
MOST = 50  # versions of one user at one meeting
KEPT_FOR = timedelta(days=90)


class NotKeptError(Exception):
    """What was typed can't be kept as a draft; the message says why, for people."""


@transaction.atomic
def keep(
    *, meeting: Meeting, by: User, editor: UUID, text: str, base_revision: int, now: datetime, serial: int = 0
) -> Draft:
    """Keep tidy text as what this user's page holds now, and give the version that holds it.

    `editor` is the page, `serial` how often it had sent its text: an earlier text that comes later changes nothing.
    NotKeptError where the notes were agreed meanwhile, or a passage was taken out of what the page had opened.
    """
    notes = Minutes.objects.filter(meeting=meeting).values("status").first()
    if notes and notes["status"] == Minutes.Status.AGREED:
        msg = _("Not kept: these notes were agreed meanwhile and are not changed any more. Copy what you typed.")
        raise NotKeptError(msg)
    if notes and is_redacted_since(meeting, base_revision=base_revision):
        msg = _(
            "Not kept: a passage was taken out of these notes since you opened them, and this text may still have it."
            " Copy what you added, open the page anew and put it in."
        )
        raise NotKeptError(msg)
    draft = Draft.objects.of_page(meeting_id=meeting.pk, user=by, editor=editor).select_for_update().first()
    if draft is not None and serial and serial <= draft.serial:
        return draft
    serial = max(serial, draft.serial if draft is not None else 0)  # a form that comes between has none
    latest = draft or meeting.drafts.of(by).select_for_update().first()
    if latest is not None and latest.text == text:
        draft = latest  # another page's too: what is the same is no new version
    elif draft is None or now - draft.begun_at >= IN_HAND:
        draft = Draft(meeting=meeting, by=by, begun_at=now)
    draft.editor, draft.serial, draft.text, draft.base_revision = editor, serial, text, base_revision
    draft.kept_at, draft.is_offered = now, True
    is_new = draft.pk is None
    draft.save()
    if is_new:
        Draft.objects.of_page(meeting_id=meeting.pk, user=by, editor=editor).exclude(pk=draft.pk).update(
            is_offered=False
        )
        _tidy_up(meeting, by, now=now)
    return draft


def is_redacted_since(meeting: Meeting, *, base_revision: int) -> bool:
    """Whether a passage was taken out of the notes since somebody opened this revision of them."""
    redactions = meeting.corrections.filter(kind=Correction.Kind.REDACTION)
    taken_out = redactions.aggregate(last=Max("made_at"))["last"]
    return taken_out is not None and base_revision < _first_since(meeting, taken_out)


def _first_since(meeting: Meeting, moment: datetime) -> int:
    """The first revision of the notes that was saved from this moment on; 0 where none was."""
    since = Minutes.history.filter(meeting=meeting.pk, history_date__gte=moment)
    return since.aggregate(first=Min("revision"))["first"] or 0


def _tidy_up(meeting: Meeting, by: User, *, now: datetime) -> None:
    """Let the oldest versions go where there are too many, and those of all meetings that are too old."""
    surplus = list(meeting.drafts.of(by).values_list("pk", flat=True)[MOST:])
    Draft.objects.filter(pk__in=surplus).delete()
    Draft.objects.before(now - KEPT_FOR).delete()


def put_away(*, meeting: Meeting, by: User, editor: UUID | None = None, serial: int = 0) -> None:
    """Offer this user's drafts no more: their notes were saved, or they want the saved ones. The versions stay.

    What the page `editor` had sent before its form, which was its text number `serial`, changes nothing any more.
    """
    Draft.objects.of_page(meeting_id=meeting.pk, user=by, editor=editor).filter(serial__lt=serial).update(serial=serial)
    meeting.drafts.of(by).filter(is_offered=True).update(is_offered=False)


def forget(*, meeting: Meeting) -> None:
    """Delete all drafts of the meeting: its notes were agreed, or a passage was redacted."""
    meeting.drafts.all().delete()


def offered(meeting: Meeting, *, by: User, text: str) -> Draft | None:
    """The user's latest draft that was never saved, where it differs from the text that would be in the box."""
    draft = meeting.drafts.of(by).offered().first()
    return draft if draft is not None and draft.text.strip() != text.strip() else None


def is_newer(draft: Draft, minutes: Minutes) -> bool:
    """Whether it was typed after the notes were last saved, by whomever."""
    if draft.base_revision == minutes.revision:
        return True
    saved_at = minutes.history.values_list("history_date", flat=True).first() if minutes.pk else None
    return saved_at is None or draft.kept_at > saved_at


def last_saved(minutes: Minutes, *, user: User, now: datetime) -> str:
    """A sentence on who saved the notes as they are, and when; nothing where that is not known."""
    row = minutes.history.select_related("history_user__person").first()
    if row is None or row.revision != minutes.revision or row.history_user is None:
        return ""
    who = (
        _("You saved them on another page")
        if row.history_user == user
        else _("%(history_user)s saved them") % {"history_user": row.history_user}
    )
    return _("%(who)s at %(moment)s.") % {"who": who, "moment": clock(row.history_date, now=now)}


def of_others(meeting: Meeting, *, user: User) -> list[Draft]:
    """The latest unsaved draft of each other secretary, without its text."""
    latest: dict[int | None, Draft] = {}
    for draft in meeting.drafts.of_others(user).offered().light()[:100]:
        latest.setdefault(draft.by_id, draft)
    return list(latest.values())


# --- who has the notes open -----------------------------------------------------------------------------------------


@transaction.atomic
def give_sign(*, meeting: Meeting, user: User, editor: UUID, is_typing: bool, now: datetime) -> None:
    """Note that this page is open, and whether its user typed; pages that gave no sign for long are forgotten.

    NotKeptError where the page's number is that of somebody else's page.
    """
    Editor.objects.gone(now=now).delete()
    values = {"seen_at": now, "typed_at": now} if is_typing else {"seen_at": now}
    row, _rest = Editor.objects.get_or_create(editor=editor, defaults={"meeting": meeting, "user": user, **values})
    if (row.meeting_id, row.user_id) != (meeting.pk, user.pk):
        msg = _("Not kept: this page was opened by somebody else. Copy what you typed, then open the page again.")
        raise NotKeptError(msg)
    Editor.objects.filter(pk=row.pk).update(**values)


def leave(*, user: User, editor: UUID | None) -> None:
    """The user's page was closed, or gave way to another one."""
    Editor.objects.filter(user=user, editor=editor).delete()


def editors(meeting: Meeting, *, user: User, editor: UUID | None, now: datetime) -> list[str]:
    """A sentence on each other page on which these notes are open now."""
    rows = list(meeting.editors.there(now=now).but(editor).select_related("user__person")[:20])
    said = []
    for row in rows:
        typed = (
            _(", last typing %(ago)s ago") % {"ago": ago(now - row.typed_at)} if row.typed_at else _(", not typing yet")
        )
        if row.user_id == user.pk:
            said.append(_("You have these notes open on another page too%(typed)s.") % {"typed": typed})
        else:
            said.append(_("%(user)s has these notes open too%(typed)s.") % {"user": row.user, "typed": typed})
    return said


def left_behind(meeting: Meeting, *, user: User, editor: UUID | None, now: datetime) -> list[str]:
    """The names of others who have the notes open as they were before they were just saved, each once."""
    rows = meeting.editors.there(now=now).but(editor).exclude(user=user).select_related("user__person")[:20]
    return list(dict.fromkeys(str(row.user) for row in rows))


def ago(time: timedelta) -> str:
    """How long that is, in the largest whole unit."""
    seconds = max(0, int(time.total_seconds()))
    minutes, hours = seconds // 60, seconds // 3600
    if hours:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    if minutes:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}


def clock(moment: datetime, *, now: datetime) -> str:
    """A moment by London's clocks, as people say it: with its day where that is not today."""
    local, today = timezone.localtime(moment), timezone.localdate(now)
    if local.date() == today:
        return f"{local:%H:%M:%S}"
    return _("%(time)s on %(date)s") % {"time": f"{local:%H:%M}", "date": in_words(local)}
