"""What an agenda's items and papers may show, written into their rows. `publishing` and `agenda.showing` use this."""

from meetings.models import Meeting
from meetings.records.agendas import AgendaItem
from meetings.records.papers import Paper
from meetings.sight import spellings
from meetings.sight.discretion import save_sight, set_sight
from members.naming import Discretion, Nearby


def show_rows(meeting: Meeting, discretion: Discretion, *, close: Nearby, has_notes: bool) -> None:
    """Set the sight of the meeting's items and papers, which follow their item here; in a fixed number of queries.

    `close` are the people whom the meeting's texts may mean by initials; `has_notes` says whether its notes are
    circulated. Whether it is announced and its agenda published is asked of the database, whatever the caller
    remembers.
    """
    published = Meeting.objects.filter(pk=meeting.pk).values_list("published_at", "agenda_published_at").first()
    is_shown = published is not None and None not in published
    items = _show_items(meeting, discretion, close=close, is_shown=is_shown)
    if any(item.status == AgendaItem.Status.ON for item in items):
        Paper.objects.of_agenda_elsewhere(meeting.pk).update(meeting=meeting)
    _show_papers(meeting, discretion, close=close, is_shown=is_shown or has_notes)


def _show_items(meeting: Meeting, discretion: Discretion, *, close: Nearby, is_shown: bool) -> list[AgendaItem]:
    items = list(meeting.agenda.all())
    # A later change of a published agenda may bring in what publishing refused: the public does not read that name.
    open_names = spellings.nearly_withheld([item.lead_name for item in items if is_shown and item.lead_id is None])
    for item in items:
        told = is_shown and item.status == AgendaItem.Status.ON
        public = told and not item.is_confidential
        leads = public and item.lead_id is None and item.lead_name not in open_names
        set_sight(
            item,
            is_circulated=told,
            is_public=public,
            public_title=discretion.public(item.title, near=close)[:300] if public else "",
            public_note=discretion.public(item.note, near=close) if public else "",
            public_lead_name=discretion.public(item.lead_name, near=close)[:200] if leads else "",
        )
    save_sight(AgendaItem, items)
    return items


def _show_papers(meeting: Meeting, discretion: Discretion, *, close: Nearby, is_shown: bool) -> None:
    """Papers of an item that left this agenda are shown to nobody. A link that names somebody is for members."""
    papers = list(meeting.papers.light().select_related("item"))
    for paper in papers:
        item = paper.item
        told = is_shown and (item is None or (item.status == AgendaItem.Status.ON and item.meeting_id == meeting.pk))
        hidden = paper.is_confidential or (item is not None and item.is_confidential)
        public = told and not hidden and discretion.public(paper.link, near=close) == paper.link
        set_sight(
            paper,
            is_circulated=told,
            is_public=public,
            public_title=discretion.public(paper.title, near=close)[:200] if public else "",
        )
    save_sight(Paper, papers)
