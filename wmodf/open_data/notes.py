"""Tables of what notes say: items, lines and corrections; and of agendas and papers."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.agenda.pages import shown_paper
from meetings.minutes.structure import Kind
from meetings.models import AgendaItem, Correction, Item, MinuteLine, Paper
from meetings.records.agendas import Kind as AgendaKind
from members.naming import mask_emails
from wmodf.lib.sight import may_see
from wmodf.lib.urls import absolute
from wmodf.open_data.meetings import key, of_announced, of_meeting
from wmodf.open_data.structure import Field, Table, address, as_is, day, one_of, plain, refers, text, whole

LINE_KINDS = [kind.value for kind in Kind if kind != Kind.LEFT_OUT]


def _position() -> Field:
    return whole("position", _("The place in order; some numbers are left out."), as_is("position"), required=True)


ITEMS = Table(
    name="items",
    title=_("Items of business"),
    description=_("The headings of circulated notes."),
    records=lambda _on: of_announced(Item.objects.visible_to(None)).order_by("meeting", "position"),
    fields=[
        key(_("The number of the item on this site.")),
        of_meeting(),
        _position(),
        text("number", _("The number before the heading, as minuted."), plain("number")),
        text("title", _("The heading."), plain("shown")),
    ],
)

LINES = Table(
    name="lines",
    title=_("Lines of the notes"),
    description=_(
        "What the notes say, a line a row, in order: prose, actions raised and reviewed, decisions, data used and"
        " wanted, coming meetings, notes agreed."
    ),
    records=lambda _on: (
        of_announced(MinuteLine.objects.visible_to(None))
        .filter(kind__in=LINE_KINDS)
        .select_related("item", "action", "entry", "named_meeting")
        .order_by("meeting", "position")
    ),
    fields=[
        key(_("The number of the line on this site. It stays when the line is corrected.")),
        of_meeting(),
        refers(
            "item_id",
            "items",
            _("The item of business under which it stands."),
            lambda one: one.item_id if one.item and may_see(one.item, None) else None,
        ),
        _position(),
        one_of("kind", LINE_KINDS, _("What the line is. Decisions have the kind “decision”."), as_is("kind")),
        text("text", _("The words, as everyone may read them."), plain("shown")),
        refers(
            "action",
            "actions.reference",
            _("The action that the line raised or reviewed."),
            lambda one: one.action.reference if one.action and may_see(one.action, None) else None,
        ),
        refers(
            "entry",
            "entries.reference",
            _("The entry of data used or wanted that the line raised or named."),
            lambda one: one.entry.reference if one.entry and may_see(one.entry, None) else None,
        ),
        refers(
            "names_meeting_id",
            "meetings",
            _("The meeting that the line announces, or whose notes it agrees."),
            lambda one: one.named_meeting_id if one.named_meeting and one.named_meeting.is_published else None,
        ),
    ],
)

CORRECTIONS = Table(
    name="corrections",
    title=_("Corrections"),
    description=_("Changes to published notes. Where a passage was taken out, no words are kept."),
    records=lambda _on: (
        of_announced(Correction.objects.visible_to(None)).with_places().order_by("meeting", "made_at", "pk")
    ),
    fields=[
        key(_("The number of the correction on this site.")),
        of_meeting(),
        refers(
            "line_id",
            "lines",
            _("The line that was corrected, where it is still there."),
            lambda one: one.line_id if one.line and may_see(one.line, None) else None,
        ),
        one_of(
            "kind",
            Correction.Kind.values,
            _("A correction, or a redaction: a passage was taken out."),
            as_is("kind"),
        ),
        day("date", _("The day on which it was made."), lambda one: timezone.localdate(one.made_at), required=True),
        text("was", _("What the notes said."), plain("shown_was")),
        text("reads", _("What they say now."), plain("shown_reads")),
        text("reason", _("Why."), plain("shown")),
        refers(
            "decided_at_id",
            "meetings",
            _("The meeting that agreed it."),
            lambda one: one.decided_at_id if one.decided_at and one.decided_at.is_published else None,
        ),
    ],
)

AGENDA_ITEMS = Table(
    name="agenda-items",
    title=_("Items of agendas"),
    description=_("What stands on published agendas."),
    records=lambda _on: (
        of_announced(AgendaItem.objects.visible_to(None).on_agenda())
        .filter(meeting__agenda_published_at__isnull=False)
        .with_people()
        .order_by("meeting", "position", "pk")
    ),
    fields=[
        key(_("The number of the item on this site.")),
        of_meeting(),
        _position(),
        one_of(
            "kind",
            AgendaKind.values,
            _("An item of business, the notes of the last meeting, or matters arising."),
            as_is("kind"),
        ),
        text("title", _("What it is called."), plain("shown")),
        text("note", _("What it is about."), lambda one: mask_emails(one.note_for(None))),
        text("lead", _("Who leads it, as everyone may read it."), lambda one: mask_emails(one.lead_for(None))),
        whole("minutes", _("How many minutes it is to take."), as_is("minutes")),
    ],
)


def _agenda_item(paper: Paper) -> int | None:
    """The item where it is in the table of those."""
    item, meeting = paper.item, paper.meeting
    if item is None or item.meeting_id != meeting.pk or meeting.agenda_published_at is None:
        return None
    return item.pk if item.status == AgendaItem.Status.ON and may_see(item, None) else None


def _where(paper: Paper) -> str:
    found = shown_paper(paper.meeting, paper).address
    return found if paper.link else absolute(found)


PAPERS = Table(
    name="papers",
    title=_("Papers"),
    description=_("Papers for meetings and slides shown there: files on this site, and links."),
    records=lambda _on: (
        of_announced(Paper.objects.visible_to(None))
        .light()
        .select_related("meeting", "item")
        .order_by("meeting", "added_at", "pk")
    ),
    fields=[
        key(_("The number of the paper on this site.")),
        of_meeting(),
        refers(
            "agenda_item_id",
            "agenda-items",
            _("The item of the agenda to which it belongs. Empty where it is of the whole meeting."),
            _agenda_item,
        ),
        one_of("kind", Paper.Kind.values, _("A paper, or slides."), as_is("kind")),
        text("title", _("What it is called."), plain("shown")),
        address("url", _("Where it is."), _where),
        text("media_type", _("What kind of file it is (an IANA media type). Empty for links."), as_is("content_type")),
        whole("bytes", _("How large the file is. Empty for links."), lambda one: None if one.link else one.size),
    ],
)
