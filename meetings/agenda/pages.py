"""A meeting's agenda and papers as one reader sees them, put together for a page or a document."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from meetings.agenda.arising import Matter, matters_arising
from meetings.agenda.paper_kinds import BY_TYPE
from meetings.models import Meeting
from meetings.records.agendas import AgendaItem, Kind
from meetings.records.papers import Paper
from wmodf.lib.access import Standing, standing_of
from wmodf.lib.sight import may_see


@dataclass(frozen=True, kw_only=True)
class ShownPaper:
    """One paper: what it is called, what it is ("slides, PDF, 34 KB"), and where it is, on this site or elsewhere."""

    paper: Paper
    title: str
    what: str
    address: str

    @property
    def is_for_members(self) -> bool:
        """Whether the public does not see it though others do."""
        return self.paper.is_circulated and not self.paper.is_public


@dataclass(frozen=True, kw_only=True)
class ShownItem:
    """One item of an agenda; its number is the same for every reader. `ends` is None where nobody knows."""

    item: AgendaItem
    number: int
    title: str
    note: str
    lead: str
    starts: time | None
    papers: list[ShownPaper]
    matters: list[Matter] | None = None  # of the item that lists them
    last: Meeting | None = None  # of the item on its notes

    @property
    def minutes(self) -> int | None:
        """How long it is to take."""
        return self.item.minutes

    @property
    def is_confidential(self) -> bool:
        """Whether it is for members only."""
        return self.item.is_confidential


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """The agenda of one meeting. `published_on` is None while only the secretary sees it."""

    meeting: Meeting
    published_on: date | None
    items: list[ShownItem]
    papers: list[ShownPaper]  # of the meeting as a whole


def has_agenda(meeting: Meeting) -> bool:
    """Whether everyone may read the meeting's agenda."""
    return meeting.is_published and meeting.agenda_published_at is not None


def agenda_of(meeting: Meeting, *, user: object) -> Agenda | None:
    """The agenda as this reader may read it, in a fixed number of queries; None where there is none for them."""
    is_secretary = standing_of(user) >= Standing.SECRETARY
    if not (is_secretary or has_agenda(meeting)):
        return None
    every = list(meeting.agenda.on_agenda().with_people())
    if not every and meeting.agenda_published_at is None:
        return None
    numbered = [
        (number, item, starts)
        for (number, item), starts in zip(enumerate(every, 1), _clock(meeting, every), strict=True)
        if may_see(item, user)
    ]
    papers = papers_of(meeting, user=user)
    kinds = {item.kind for _, item, _ in numbered}
    last = _last_with_notes(meeting, user) if Kind.PREVIOUS_NOTES in kinds else None
    matters = matters_arising(meeting, user=user) if Kind.MATTERS_ARISING in kinds else None
    under, apart = defaultdict(list), []
    shown_keys = {item.pk for _, item, _ in numbered}
    for one in papers:
        (under[one.paper.item_id] if one.paper.item_id in shown_keys else apart).append(one)
    items = [
        ShownItem(
            item=item,
            number=number,
            title=item.title if standing_of(user) >= Standing.MEMBER else item.public_title,
            note=item.note_for(user),
            lead=item.lead_for(user),
            starts=starts,
            papers=under[item.pk],
            matters=matters if item.kind == Kind.MATTERS_ARISING else None,
            last=last if item.kind == Kind.PREVIOUS_NOTES else None,
        )
        for number, item, starts in numbered
    ]
    published_at = meeting.agenda_published_at
    published_on = timezone.localdate(published_at) if published_at else None
    return Agenda(meeting=meeting, published_on=published_on, items=items, papers=apart)


def papers_of(meeting: Meeting, *, user: object) -> list[ShownPaper]:
    """The meeting's papers that this reader may see, in the order in which they were added, in one query."""
    return [shown_paper(meeting, paper) for paper in meeting.papers.visible_to(user).light()]


def shown_paper(meeting: Meeting, paper: Paper) -> ShownPaper:
    """A paper that `visible_to` found: the address holds what this reader reads of it."""
    parts = [paper.get_kind_display()] if paper.kind == Paper.Kind.SLIDES or paper.link else []
    if paper.link:
        what = _("%(kind)s, link") % {"kind": parts[0]}
        return ShownPaper(paper=paper, title=paper.shown, what=what, address=paper.link)
    kind = BY_TYPE.get(paper.content_type)
    parts += [str(kind.name) if kind else _("file"), filesizeformat(paper.size)]
    address = reverse("meetings:paper_file", args=[meeting.slug, paper.pk, file_name(paper)])
    return ShownPaper(paper=paper, title=paper.shown, what=", ".join(parts), address=address)


def file_name(paper: Paper) -> str:
    """What the file is called for this reader: by its title, since the name that it came with may name somebody."""
    kind = BY_TYPE.get(paper.content_type)
    return f"{slugify(paper.shown)[:80] or 'paper'}.{kind.ending if kind else 'bin'}"


def _clock(meeting: Meeting, items: list[AgendaItem]) -> list[time | None]:
    """When each item begins: unknown without a start, and after an item of unknown length or past midnight."""
    known = datetime.combine(meeting.on, meeting.starts) if meeting.starts else None
    begins = []
    for item in items:
        begins.append(known.time() if known and known.date() == meeting.on else None)
        known = known + timedelta(minutes=item.minutes) if known and item.minutes else None
    return begins


def _last_with_notes(meeting: Meeting, user: object) -> Meeting | None:
    """The latest earlier meeting whose notes everyone may read."""
    return Meeting.objects.visible_to(user).with_notes().before(meeting.on).last()
