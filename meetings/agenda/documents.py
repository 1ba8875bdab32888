"""Documents of a meeting's agenda: what one reader may see of it, written by what writes the notes' documents."""

import hashlib
from collections.abc import Iterable

from django.utils.text import get_text_list, slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings import documents
from meetings.agenda.arising import Matter
from meetings.agenda.pages import Agenda, ShownItem, ShownPaper
from meetings.documents import Document
from meetings.minutes.documents.layouts import Cover, Laid, Layout, Row, Section, Statement
from meetings.minutes.structure import MinutesDoc
from meetings.models import Meeting
from members.models import Organisation
from members.naming import mask_emails
from wmodf.lib.dates import in_words, with_weekday
from wmodf.lib.urls import absolute

# By the ending of the file's name; of an agenda there is no text to be read back.
FORMS = {ending: form for ending, form in documents.FORMS.items() if ending != "whole.txt"}


def agenda_document_of(agenda: Agenda, *, ending: str, user: object) -> Document:
    """The agenda that was put together for this reader, as a file whose ending is one of `FORMS`."""
    group = Organisation.objects.group()
    laid = lay_out_agenda(agenda, group=group.name if group else "", user=user)
    form = FORMS[ending]
    parts = (slugify(laid.cover.group)[:60], "agenda", agenda.meeting.slug)
    return Document(
        filename="-".join(part for part in parts if part) + f".{ending}",
        form=form,
        etag=f'W/"{hashlib.sha256(repr((ending, laid)).encode()).hexdigest()[:32]}"',
        write=lambda: form.write(MinutesDoc(), laid),
    )


def lay_out_agenda(agenda: Agenda, *, group: str, user: object) -> Laid:
    """The agenda in blocks: an item is a section, with its time at the end of the heading's line."""
    meeting = agenda.meeting
    cover = Cover(group=group, status=_status(agenda), address=absolute(meeting.get_absolute_url()))
    sections = [_section(shown, user) for shown in agenda.items]
    if agenda.papers:
        sections.append(Section(heading=_("Papers"), rows=_rows(_paper(paper) for paper in agenda.papers)))
    said = " ".join(
        [*([f"{group}."] if group else []), _("Status: %(status)s.") % {"status": cover.status}, cover.address]
    )
    return Laid(
        layout=Layout.COLUMNS,
        title=_line(meeting.title_for(user)),
        on=meeting.on,
        facts=tuple(_facts(meeting, user)),
        lists=(),
        sections=tuple(sections),
        cover=cover,
        foot=(said,),
        kind=_("Agenda"),
    )


def _status(agenda: Agenda) -> str:
    """Since when it is published, or that it is not, and whether the meeting is called off."""
    published = (
        _("published on %(date)s") % {"date": in_words(agenda.published_on)}
        if agenda.published_on
        else _("draft, not published")
    )
    return (
        _("the meeting is cancelled; %(published)s") % {"published": published}
        if agenda.meeting.is_cancelled
        else published
    )


def _facts(meeting: Meeting, user: object) -> Iterable[tuple[str, str]]:
    yield _("Date"), with_weekday(meeting.on)
    if meeting.starts:
        starts = f"{meeting.starts:%H:%M}"
        until = {"starts": starts, "ends": f"{meeting.ends:%H:%M}"} if meeting.ends else {}
        yield _("Time"), _("%(starts)s to %(ends)s") % until if until else starts
    if venue := meeting.venue_for(user):
        yield _("Venue"), _line(venue)
    if host := meeting.host_for(user):
        yield _("Host"), _line(host)


def _section(shown: ShownItem, user: object) -> Section:
    statements = [Statement(label=_("Lead"), words=_line(shown.lead))] if shown.lead else []
    statements += [Statement(words=_line(words)) for words in shown.note.splitlines() if words.strip()]
    if shown.last is not None:
        where = absolute(shown.last.get_absolute_url())
        statements.append(
            Statement(
                words=_("Notes of the meeting of %(date)s: %(where)s")
                % {"date": in_words(shown.last.on), "where": where}
            )
        )
    statements += [_matter(matter, user) for matter in shown.matters or []]
    if shown.matters == []:
        statements.append(Statement(words=_("No action is carried forward.")))
    statements += [_paper(paper) for paper in shown.papers]
    beside = [f"{shown.starts:%H:%M}"] if shown.starts else []
    if shown.minutes:
        beside.append(ngettext("%(count)s minute", "%(count)s minutes", shown.minutes) % {"count": shown.minutes})
    mark = " [confidential]" if shown.is_confidential else ""
    heading = f"{shown.number}. {_line(shown.title)}{mark}"
    return Section(heading=heading, rows=_rows(statements), beside=", ".join(beside))


def _matter(matter: Matter, user: object) -> Statement:
    """ "A37: CP to ask the bus company (Cy Parr; due 1 May 2026). C/F since 11 March 2026, third time; …" """
    action = matter.action
    owners = get_text_list([mask_emails(owner.name_for(user)) for owner in action.owners.all()], _("and"))
    due = in_words(action.due_on) if action.due_on else action.due_text_for(user)
    brackets = "; ".join(part for part in (owners, _("due %(due)s") % {"due": due} if due else "") if part)
    words = _line(action.shown).rstrip(". ") + (f" ({_line(brackets)})" if brackets else "")
    return Statement(label=action.reference, words=f"{words}. {matter.words}")


def _paper(shown: ShownPaper) -> Statement:
    address = shown.address if shown.paper.link else absolute(shown.address)
    members = _(", for members only") if shown.is_for_members else ""
    return Statement(label=_("Paper"), words=f"{_line(shown.title)} ({shown.what}{members}): {address}")


def _rows(statements: Iterable[Statement]) -> tuple[Row, ...]:
    return tuple(Row(notes=(statement,)) for statement in statements)


def _line(words: str) -> str:
    """The words on one line."""
    return " ".join(words.split())
