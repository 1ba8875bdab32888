"""Tables of meetings, of who came to them, and of events."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.feed import told_of
from meetings.models import Attendance, Event, Meeting, Minutes
from members.naming import mask_emails
from wmodf.open_data.structure import (
    Field,
    Table,
    address,
    as_is,
    clock,
    day,
    named,
    one_of,
    page,
    refers,
    text,
    whole,
)

IN_A_LIST = (Attendance.Status.PRESENT, Attendance.Status.APOLOGIES)  # no list of the notes has a place for the absent


def of_announced(rows: QuerySet) -> QuerySet:
    """Those of meetings that everyone may know of."""
    return rows.filter(meeting__in=Meeting.objects.visible_to(None).values("pk"))


def key(description: str) -> Field:
    """A row's own number."""
    return whole("id", description, as_is("pk"), required=True)


def of_meeting() -> Field:
    """The meeting to which a row belongs."""
    return refers("meeting_id", "meetings", _("The meeting."), as_is("meeting_id"), required=True)


def _minutes(meeting: Meeting) -> Minutes | None:
    """The notes that everyone may read; needs them fetched."""
    minutes = getattr(meeting, "minutes", None)
    return minutes if minutes is not None and minutes.is_circulated else None


def _notes(meeting: Meeting) -> str:
    """How far the notes are, as everyone is told."""
    if minutes := _minutes(meeting):
        return minutes.status
    minutes = getattr(meeting, "minutes", None)
    return "highlights" if minutes is not None and minutes.has_highlights else ""


def _circulated_on(meeting: Meeting) -> date | None:
    minutes = _minutes(meeting)
    return timezone.localdate(minutes.circulated_at) if minutes and minutes.circulated_at else None


def _agreed_on(meeting: Meeting) -> date | None:
    minutes = _minutes(meeting)
    return minutes.agreed_on if minutes else None


def _agenda_on(meeting: Meeting) -> date | None:
    at = meeting.agenda_published_at
    return timezone.localdate(at) if at else None


MEETINGS = Table(
    name="meetings",
    title=_("Meetings"),
    description=_("Meetings that the group has announced, past and to come."),
    records=lambda _on: (
        Meeting.objects.visible_to(None).with_details().prefetch_related("changes").order_by("on", "pk")
    ),
    fields=[
        key(_("The number of the meeting on this site. It stays when the meeting is moved.")),
        address("url", _("The meeting’s page."), page),
        text("title", _("What it is called."), lambda one: one.title_for(None)),
        day("date", _("The day."), as_is("on"), required=True),
        clock("starts", _("When it begins, by the clocks of Europe/London. Empty where nobody knows.")),
        clock("ends", _("When it ends, by the same clocks.")),
        refers(
            "host_id",
            "organisations",
            _("The organisation in whose building it is. Empty where only a name is known."),
            as_is("host_id"),
        ),
        text("host", _("The host’s name."), lambda one: one.host_for(None)),
        text("venue", _("The place."), lambda one: one.venue_for(None)),
        one_of("status", Meeting.Status.values, _("Whether it is certain."), as_is("status")),
        text(
            "change",
            _("What everyone was told of its move or cancellation, with the reason."),
            lambda one: mask_emails(told_of(one, one.changes.all())),
        ),
        one_of(
            "notes",
            ["highlights", *Minutes.CIRCULATED_STATUSES],
            _(
                "How far its notes are: highlights (only actions and the next date are out), circulated, or agreed by a"
                " later meeting. Empty where there are none yet."
            ),
            _notes,
            required=False,
        ),
        day("circulated_on", _("The day on which the notes were circulated."), _circulated_on),
        day("agreed_on", _("The day of the meeting that agreed the notes."), _agreed_on),
        day("agenda_published_on", _("The day on which the agenda was published."), _agenda_on),
        text(
            "uid", _("What calendars call the meeting (the UID of RFC 5545)."), lambda one: str(one.uid), required=True
        ),
    ],
)

ATTENDANCES = Table(
    name="attendances",
    title=_("Attendances"),
    description=_(
        "Who was at a meeting and who sent apologies, as circulated notes say. Somebody who asked not to be named is"
        " listed by initials or as “a member”, without a key."
    ),
    records=lambda _on: (
        of_announced(Attendance.objects.visible_to(None))
        .filter(status__in=IN_A_LIST)
        .with_people()
        .order_by("meeting", "position", "pk")
    ),
    fields=[
        key(_("The number of the entry in the list.")),
        of_meeting(),
        refers(
            "person_id",
            "people",
            _("The person. Empty for those who asked not to be named, and for names that are nobody’s yet."),
            lambda one: named(one.person),
        ),
        text("name", _("The name, as everyone may read it."), lambda one: mask_emails(one.name_for(None))),
        one_of("status", IN_A_LIST, _("Whether they were there, or sent apologies."), as_is("status")),
        one_of("capacity", Attendance.Capacity.values, _("In which capacity they came."), as_is("capacity")),
        refers(
            "organisation_id",
            "organisations",
            _("The organisation for which they spoke that day."),
            as_is("representing_id"),
        ),
        text("organisation", _("The name of that organisation."), lambda one: one.representing_for(None)),
        text("role", _("Their office that day."), lambda one: mask_emails(one.role_for(None))),
        refers("deputising_for_id", "people", _("Whose deputy they were."), lambda one: named(one.deputising_for)),
        text(
            "deputising_for",
            _("The name of that person, as everyone may read it."),
            lambda one: mask_emails(one.deputising_for.name_for(None)) if one.deputising_for else "",
        ),
        clock("arrived", _("When they came, if late.")),
        clock("left", _("When they left, if early.")),
        text("note", _("A remark in the notes."), lambda one: mask_emails(one.note_for(None))),
    ],
)

EVENTS = Table(
    name="events",
    title=_("Events"),
    description=_("Events beside the meetings: open data days, sprints, deadlines and elections."),
    records=lambda _on: Event.objects.visible_to(None).order_by("on", "pk"),
    fields=[
        key(_("The number of the event on this site.")),
        address("url", _("Its place in the list of events."), page),
        one_of("kind", Event.Kind.values, _("What it is."), as_is("kind")),
        text("title", _("What it is called."), lambda one: one.title_for(None)),
        day("date", _("The first day."), as_is("on"), required=True),
        day("until", _("The last day: the first where it lasts one day."), as_is("last_day"), required=True),
        clock("starts", _("When it begins, by the clocks of Europe/London. Empty for the whole day.")),
        clock("ends", _("When it ends, by the same clocks.")),
        text("place", _("Where it is."), lambda one: one.place_for(None)),
        text("link", _("A page about it elsewhere."), lambda one: one.link_for(None)),
        text("description", _("What it is about."), lambda one: one.description_for(None)),
        one_of("status", Event.Status.values, _("Whether it takes place."), as_is("status")),
        text("uid", _("What calendars call it (the UID of RFC 5545)."), lambda one: str(one.uid), required=True),
    ],
)
