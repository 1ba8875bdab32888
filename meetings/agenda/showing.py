"""Publishing an agenda and taking it back. Every writer of agenda items and papers ends in `show_agenda`."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings import indexing, publishing
from meetings.models import Meeting, Minutes
from meetings.sight import spellings
from meetings.sight.agendas import show_rows
from meetings.sight.discretion import discretion_today, near
from meetings.sight.mentions import ask
from wmodf.lib.models import Revision


@transaction.atomic
def publish_agenda(*, meeting: Meeting, now: datetime) -> None:
    """Show the agenda and its papers to members and, but for what is confidential, to everyone; announce the meeting.

    An agenda that is published stays so since the day on which it first was. NotAllowedError where nothing is on it,
    and while it is open whether a lead's name is that of somebody who asked not to be named.
    """
    Revision.objects.hold(publishing.RECORDS)
    if not meeting.agenda.on_agenda().exists():
        msg = _("Nothing is on this agenda yet: add an item, then publish.")
        raise publishing.NotAllowedError(msg)
    if name := spellings.may_be_withheld_on_agenda(meeting):
        msg = _(
            "%(name)s: this may be somebody who asked not to be named, spelt another way. Nothing"
            " was published: choose the person as the item’s lead, or leave the name out, then"
            " publish."
        ) % {"name": name}
        raise publishing.NotAllowedError(msg)
    meeting.refresh_from_db(fields=["published_at", "agenda_published_at"])
    if not meeting.is_published:
        publishing.announce(meeting=meeting, now=now)
    meeting.agenda_published_at = meeting.agenda_published_at or now
    publishing.publish(meeting=meeting, now=now, changed=["agenda_published_at"])
    show_agenda(meeting=meeting, now=now)


@transaction.atomic
def take_back_agenda(*, meeting: Meeting, now: datetime) -> None:
    """Show the agenda to the secretary alone again; the meeting stays announced."""
    Revision.objects.hold(publishing.RECORDS)
    meeting.agenda_published_at = None
    publishing.publish(meeting=meeting, now=now, changed=["agenda_published_at"])
    show_agenda(meeting=meeting, now=now)


@transaction.atomic
def show_agenda(*, meeting: Meeting, now: datetime) -> None:  # noqa: ARG001 (every verb of publishing is told the time)
    """Set the sight of the meeting's agenda items and papers anew."""
    Revision.objects.hold(publishing.RECORDS)
    discretion = discretion_today()
    has_notes = Minutes.objects.filter(meeting=meeting, status__in=Minutes.CIRCULATED_STATUSES).exists()
    show_rows(meeting, discretion, close=near([meeting.pk], discretion)[meeting.pk], has_notes=has_notes)
    ask(discretion, meetings=[meeting.pk])
    indexing.index_agenda(meeting.pk)
