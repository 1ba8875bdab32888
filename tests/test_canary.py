"""Marked words in every private field, looked for in every answer that the public and members get.

Each text field of each model is decided upon here: a new one fails `test_every_text_field_is_decided_upon`.
"""

import re
import uuid
from datetime import date, timedelta
from itertools import islice

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.models import Action, ActionOwner, ActionUpdate
from meetings import publishing, recording
from meetings.agenda.documents import FORMS as AGENDA_FORMS
from meetings.agenda.showing import show_agenda
from meetings.corrections import correcting, redacting
from meetings.dates import rescheduling
from meetings.documents import FORMS
from meetings.minutes.structure import Kind
from meetings.models import Attendance, Batch, Correction, Draft, Item, Meeting, Mention, MinuteLine, Minutes, Original
from meetings.names import renaming
from members.models import CalendarAddress, Membership, Organisation, OtherName, Person, User
from tests import factories
from tests.downloads import all_of
from tests.factories import NOW
from wishlists.models import Dataset, Entry, EntryUpdate
from wmodf.figures import all_figures
from wmodf.finding import Asked, hits
from wmodf.lib.access import Standing
from wmodf.lib.models import NarrowLink, Revision
from wmodf.lib.queries import read_query
from wmodf.lib.searching import SearchText
from wmodf.open_data.tables import TABLES

pytestmark = pytest.mark.django_db

ROOMS = {"members", "meetings", "actions", "wishlists", "lib", "wmodf", "account", "mfa"}
TEXT = (models.CharField, models.TextField, models.JSONField, models.FileField)

# Nobody but the secretary ever reads these, or (the public address) on one page alone.
PRIVATE = {
    "members.Organisation.public_email",
    "members.Person.email",
    "members.User.email",
    "members.User.password",
    "members.CalendarAddress.digest",
    "members.CalendarAddress.etag",
    "members.CalendarAddress.tasks_etag",
    "meetings.Meeting.joining_url",
    "meetings.Minutes.text",
    "meetings.Original.name",
    "meetings.Original.sha256",
    "meetings.Original.text",
    "meetings.Original.said",
    "meetings.Original.trouble",
    "meetings.Original.found",
    "meetings.Batch.answers",
    "meetings.Draft.text",
    "meetings.Mention.words",
    "meetings.Reply.note",
    "meetings.Reply.deputy_name",
    "meetings.Reply.deputy_organisation",
    "lib.SearchText.tokens",
    "meetings.AgendaItem.answer",
    "meetings.AgendaItem.as_minuted",
    "meetings.Paper.sha256",
    "lib.Revision.name",
    "lib.NarrowLink.purpose",
    "lib.NarrowLink.subject",
    "lib.NarrowLink.digest",
    "account.EmailAddress.email",
    "account.EmailConfirmation.key",
    "mfa.Authenticator.data",
}
# Names, read as the person chose; what says them in other words is never read by the public.
NAMES = {
    "members.Person.name",
    "members.Person.sort_name",
    "members.Person.initials",
    "members.OtherName.name",
}
# The words for everyone of meetings, of who came and of events: publishing makes them of the private ones.
TOLD = {
    "meetings.Meeting.public_title",
    "meetings.Meeting.public_host_name",
    "meetings.Meeting.public_venue",
    "meetings.Meeting.public_joining_url",
    "meetings.Attendance.public_person_name",
    "meetings.Attendance.public_representing_name",
    "meetings.Attendance.public_role",
    "meetings.Event.public_title",
    "meetings.Event.public_place",
    "meetings.Event.public_link",
    "meetings.Event.public_description",
}
# Read by whoever may see the row, in draft, confidential and unpublished rows by the secretary alone.
AS_THE_ROW = TOLD | {
    "meetings.Meeting.title",
    "meetings.Meeting.host_name",
    "meetings.Meeting.venue",
    "meetings.Meeting.slug",
    "meetings.Meeting.event",
    "meetings.OldSlug.slug",
    "meetings.Attendance.person_name",
    "meetings.Attendance.representing_name",
    "meetings.Attendance.role",
    "meetings.Attendance.initials",
    "meetings.Attendance.note",
    "meetings.Attendance.public_note",
    "meetings.Item.number",
    "meetings.Item.title",
    "meetings.Item.public_title",
    "meetings.MinuteLine.text",
    "meetings.MinuteLine.public_text",
    "meetings.MinuteLine.as_minuted",
    "meetings.AgendaItem.title",
    "meetings.AgendaItem.public_title",
    "meetings.AgendaItem.note",
    "meetings.AgendaItem.public_note",
    "meetings.AgendaItem.lead_name",
    "meetings.AgendaItem.public_lead_name",
    "meetings.Paper.title",
    "meetings.Paper.public_title",
    "meetings.Paper.link",
    "meetings.Paper.name",
    "meetings.Paper.content_type",
    "meetings.Correction.was",
    "meetings.Correction.public_was",
    "meetings.Correction.reads",
    "meetings.Correction.public_reads",
    "meetings.Correction.reason",
    "meetings.Correction.public_reason",
    "meetings.Change.reason",
    "meetings.Change.public_reason",
    "meetings.Event.title",
    "meetings.Event.place",
    "meetings.Event.link",
    "meetings.Event.description",
    "meetings.Event.event",
    "actions.Action.text",
    "actions.Action.public_text",
    "actions.Action.due_text",
    "actions.Action.event",
    "actions.ActionOwner.as_minuted",
    "actions.ActionUpdate.note",
    "wishlists.Entry.person_name",
    "wishlists.Entry.text",
    "wishlists.Entry.public_text",
    "wishlists.EntryUpdate.note",
    "wishlists.Support.note",
    "wishlists.Dataset.name",
    "wishlists.Dataset.other_names",
    "wishlists.Dataset.publisher",
    "wishlists.Dataset.url",
    "wishlists.Dataset.licence",
}
# Written for everyone to read.
FOR_EVERYONE = {
    "members.Organisation.name",
    "members.Organisation.short_names",
    "members.Organisation.website",
    "members.Organisation.description",
    "members.Edition.name",
    "members.Edition.digest",
    "meetings.StandingItem.title",
}
# Set by publishing from the fields that they are named after, or made of a date: nothing private is typed there.
MADE = TOLD | {
    "meetings.Meeting.slug",
    "meetings.Meeting.event",
    "meetings.OldSlug.slug",
    "meetings.Attendance.public_note",
    "meetings.Item.public_title",
    "meetings.MinuteLine.public_text",
    "actions.Action.public_text",
    "actions.Action.event",
    "wishlists.Entry.public_text",
    "meetings.AgendaItem.public_title",
    "meetings.AgendaItem.public_note",
    "meetings.AgendaItem.public_lead_name",
    "meetings.Paper.public_title",
    "meetings.Paper.content_type",
    "meetings.Correction.public_was",
    "meetings.Correction.public_reads",
    "meetings.Correction.public_reason",
    "meetings.Change.public_reason",
    "meetings.Event.event",
}


def text_fields():
    """Every field of the rooms' models that holds text of people's own, histories apart."""
    return {
        f"{model._meta.app_label}.{model.__name__}.{field.name}": field
        for model in apps.get_models()
        if model._meta.app_label in ROOMS and not model.__name__.startswith("Historical")
        for field in model._meta.concrete_fields
        if isinstance(field, TEXT) and not field.choices
    }


def test_every_text_field_is_decided_upon():
    decided = [PRIVATE, NAMES, AS_THE_ROW, FOR_EVERYONE]
    assert set(text_fields()) == set().union(*decided)
    assert sum(map(len, decided)) == len(text_fields())


class Marks:
    """Words that stand nowhere else: those that the public must not read, and of them those that members must not."""

    def __init__(self):
        self.public, self.members = set(), set()

    def secret(self, length=200):
        """A mark that only the secretary may read."""
        mark = self.confidential(length)
        self.members.add(mark)
        return mark

    def confidential(self, length=200):
        """A mark that members may read too."""
        mark = f"canary{len(self.public):03}x"[:length]
        self.public.add(mark)
        return mark


def everything_of(meeting, mark, *, is_confidential=False, promise=None):
    """Every kind of row that a meeting's notes raise, marked in every field; `is_confidential` marks its lines.

    `promise` gives the words of its action where they have another mark than the rest.
    """
    promise = promise or mark
    item = factories.make_item(meeting, mark(), number=mark(), is_confidential=is_confidential)
    fields = {"item": item, "is_confidential": is_confidential}
    for kind in (Kind.PROSE, Kind.DECISION, Kind.AGREED):
        factories.make_line(meeting, mark(), kind=kind, as_minuted={"who": mark()}, **fields)
    # One of its owners is the Chair, who has a calendar.
    owners = [promise(), Membership.Role.CHAIR]
    action = factories.make_action(
        promise(), meeting=meeting, owners=owners, due_text=promise(), due_on=date(2031, 1, 1), line=fields
    )
    action.updates.create(on=meeting.on, note=mark(), is_draft=True)
    factories.make_entry(mark(), meeting=meeting, person_name=mark(), line=fields)
    dataset = factories.make_dataset(
        mark(), other_names=mark(), publisher=mark(), url=f"https://x.example/{mark()}", licence=mark()
    )
    want = factories.make_entry(mark(), kind="wants", meeting=meeting, person_name=mark(), dataset=dataset, line=fields)
    want.updates.create(on=meeting.on, status="asked", note=mark())
    factories.make_support(want, Person.objects.get(name="Ada Open"), kind="offer", note=mark())


def around(meeting, mark, secret, *, is_confidential=False):
    """Everything around a meeting's notes, marked in every field: agenda, papers, replies, drafts and changes.

    `mark` makes what whoever may see the row may read, `secret` what only the secretary may.
    """
    fields = {"is_confidential": is_confidential}
    words = {"note": mark(), "lead_name": mark(), "answer": secret(), "as_minuted": secret()}
    item = factories.make_agenda_item(meeting, mark(), **words, **fields)
    for status in ("proposed", "declined", "aside"):
        words = {"note": secret(), "lead_name": secret(), "answer": secret(), "as_minuted": secret()}
        factories.make_agenda_item(meeting, secret(), status=status, **words)
    factories.make_paper(
        meeting, mark(), item=item, name=f"{mark()}.txt", data=mark().encode(), sha256=secret(64), **fields
    )
    factories.make_paper(meeting, mark(), link=f"https://x.example/{mark()}", **fields)
    sender = factories.make_person("Cy Sender")
    factories.make_reply(meeting, sender, "deputy", note=secret(), deputy_name=secret(), deputy_organisation=secret())
    Draft.objects.create(
        meeting=meeting, editor=uuid.uuid4(), text=secret(), base_revision=0, begun_at=NOW, kept_at=NOW
    )
    Correction.objects.create(meeting=meeting, was=mark(), reads=mark(), reason=mark(), made_at=NOW, **fields)
    Correction.objects.create(meeting=meeting, kind="redaction", reason=secret(), made_at=NOW, **fields)
    meeting.changes.create(kind="moved", was_on=meeting.on, reason=secret(), made_at=NOW)


def before(meeting, secret):
    """What members said to a coming meeting that everyone knows of, for the secretary alone."""
    for answer in ("in-person", "deputy"):
        deputy = {"deputy_name": secret(), "deputy_organisation": secret()} if answer == "deputy" else {}
        person = factories.make_person(f"{secret()} {secret()}", role="")
        factories.make_reply(meeting, person, answer, note=secret(), **deputy)
        words = {"note": secret(), "answer": secret()}
        factories.make_agenda_item(meeting, secret(), status="proposed", proposed_by=person, **words)


def data_of(meeting, words, person, mark):
    """Data used and wanted that everyone reads of, with all that only members read of it."""
    for kind in ("used", "wants"):
        entry = factories.make_entry(words, kind=kind, meeting=meeting, person=person, person_name=person.name)
    entry.move(status="asked", way="foi", on=meeting.on, by=person, now=NOW, note=mark())
    factories.make_support(entry, person)
    factories.make_support(entry, person, kind="offer", note=mark())
    factories.make_added_entry(person, mark())


def say_something(action, *, by, mark):
    """What a member says of an action on the site, for members alone."""
    action.comment(now=NOW, by=by, note=mark())
    action.finish(now=NOW, by=by, note=mark())


def kept_beside(shown, marks, words):
    """Events that nobody was told of, the file that the notes came from, meetings moved and cancelled, corrections."""
    moved_and_called_off(words)
    corrected(shown, words, marks)
    place, link = marks.secret(), f"https://x.example/{marks.secret()}"
    for on in (date(2026, 1, 30), timezone.localdate() + timedelta(days=29)):  # events that nobody was told of
        factories.make_event(marks.secret(), on=on, place=place, link=link, description=marks.secret())
    batch = Batch.objects.create(made_at=NOW, answers={"who": marks.secret()})
    secrets = {name: marks.secret(64) for name in ("name", "sha256", "text", "trouble")}
    file = marks.secret()  # what its bytes hold
    factories.make_original(
        shown, batch=batch, data=file.encode(), said=[marks.secret()], found={"notes": [marks.secret()]}, **secrets
    )


def corrected(meeting, words, marks):
    """Corrections that everyone reads of, with words that withhold names; one of a line made confidential since; why a
    passage was taken out, which only the secretary reads.
    """
    fields = {"meeting": meeting, "decided_at": factories.make_meeting(on=date(2026, 2, 11)), "made_at": NOW}
    Correction.objects.create(was=words, reads=words, reason=words, **fields)
    line = meeting.lines.filter(is_confidential=True).first()
    said = {name: marks.confidential() for name in ("was", "reads", "reason")}
    Correction.objects.create(line=line, **said, **fields)
    Correction.objects.create(kind="redaction", reason=marks.secret(), meeting=meeting, made_at=NOW)


def draft_notes(marks):
    """A meeting that is announced, and its notes still a draft."""
    draft = factories.make_meeting(on=date(2026, 2, 25))
    factories.make_attendance(draft, marks.secret(), note=marks.secret(), role=marks.secret(60))
    everything_of(draft, marks.secret)
    around(draft, marks.secret, marks.secret)
    factories.make_minutes(draft, circulated=False, text=marks.secret())
    publishing.show(meeting=draft, now=NOW)


def highlights_of_a_draft(marks):
    """A meeting whose notes are still a draft, while their highlights are out: they alone may be read."""
    ahead = factories.make_meeting(on=date(2026, 2, 26))
    factories.make_attendance(ahead, marks.secret(), note=marks.secret(), role=marks.secret(60))
    everything_of(ahead, marks.secret, promise=lambda: "Everyone may read this promise")
    everything_of(ahead, marks.secret, promise=marks.confidential, is_confidential=True)
    factories.make_action("Everyone may read this too", meeting=ahead, due_text=marks.confidential())
    named = factories.make_meeting(on=timezone.localdate() + timedelta(days=33), starts=None)
    line = {"kind": Kind.NEXT_MEETING, "named_meeting": named}
    factories.make_line(ahead, "Everyone may read this date", as_minuted={"note": marks.confidential()}, **line)
    told = {name: marks.confidential() for name in ("host", "place", "note")}
    factories.make_line(ahead, marks.confidential(), as_minuted=told, is_confidential=True, **line)
    minutes = factories.make_minutes(ahead, circulated=False, text=marks.secret())
    publishing.publish_highlights(minutes=minutes, now=NOW)


def moved_and_called_off(words):
    """Coming meetings that were moved and cancelled for a reason that names somebody who asked not to be named."""
    today = timezone.localdate()
    moved = factories.make_meeting(on=today + timedelta(days=37))
    rescheduling.move(
        meeting=moved, on=today + timedelta(days=38), starts=None, ends=None, host=None, venue="Elsewhere",
        reason=words, by=None, now=NOW,
    )  # fmt: skip
    rescheduling.cancel(meeting=factories.make_meeting(on=today + timedelta(days=44)), reason=words, by=None, now=NOW)


def named_in_prose(marks):
    """Somebody who chose on their own page that the public does not read their name, after years of notes.

    Called by full name, and, as the secretary confirmed, by first name, family name and a misspelling; in titles,
    places, lists and events, and in what a paper's file and a link are called.
    """
    name = "Xanthe Zephyrine"
    chooser = factories.make_user(name)
    marks.public |= {"Xanthe", "Zephyrine", "Zephirine", "XZ"}
    words = f"{name}, or XZ; then Xanthe, Zephyrine and Zephirine."
    meeting = factories.make_meeting(
        on=date(2026, 2, 5), title=words, venue=words, host_name=words,
        joining_url="https://x.example/xanthe-zephyrine", is_joining_url_public=True,
    )  # fmt: skip
    beside = {"note": words, "role": words[:60], "representing_name": words}
    factories.make_attendance(meeting, "Zephirine", **beside)
    item = factories.make_item(meeting, words)
    factories.make_line(meeting, words, item=item)
    factories.make_action(words, owners=["Xanthe", "Zephirine"], meeting=meeting, due_text=words)
    factories.make_entry(words, kind="wants", person_name="Zephirine", meeting=meeting)
    meeting.changes.create(kind="moved", was_on=meeting.on, reason=words, made_at=NOW)
    Correction.objects.create(meeting=meeting, was=words, reads=words, reason=words, made_at=NOW)
    agenda = factories.make_agenda_item(meeting, words, note=words, lead_name="Xanthe")
    factories.make_paper(meeting, words, item=agenda, name="xanthe-zephyrine.txt")
    Meeting.objects.filter(pk=meeting.pk).update(agenda_published_at=NOW)
    factories.make_minutes(meeting, text=words)
    link = "https://x.example/xanthe-zephyrine"
    for on in (date(2026, 1, 31), timezone.localdate() + timedelta(days=28)):
        factories.make_event(words, on=on, place=words, description=words, link=link, published=True)
    coming = factories.make_meeting(on=timezone.localdate() + timedelta(days=46), title=words, venue=words)
    rescheduling.cancel(meeting=coming, reason=words, by=None, now=NOW)
    client = Client()
    client.force_login(chooser)
    assert client.post(reverse("my_name"), {"public_name": "member"}).status_code == 302
    renaming.answer(mentions=list(Mention.objects.waiting()), is_them=True, by=None, now=NOW)
    assert not Mention.objects.waiting().exists()


def publish_all_of(shown, words, hidden, *, text):
    """Publish a meeting's notes, and an agenda with items and papers that everyone reads of, but for whom they name."""
    factories.make_minutes(shown, text=text)
    item = factories.make_agenda_item(shown, words[:300], note=words, lead=hidden, kind="matters-arising")
    factories.make_agenda_item(shown, words[:300], note=words, lead_name=words[:200])
    factories.make_paper(shown, words[:200], item=item, data=b"Plain words.")
    factories.make_paper(shown, "Linked", link=f"https://x.example/{hidden.name.replace(' ', '-')}")
    # By hand: publishing itself refuses a lead in words who has the name of somebody who asked not to be named.
    Meeting.objects.filter(pk=shown.pk).update(agenda_published_at=NOW)
    show_agenda(meeting=shown, now=NOW)


@pytest.fixture(scope="module")
def marks(kept_group):
    """The site with marks in every private field; everything else about it is public."""
    marks = Marks()
    kept_group.public_email = f"{marks.secret()}@x.example"
    kept_group.save()
    NarrowLink.objects.create(
        purpose=marks.secret(40),
        subject=marks.secret(),
        digest=marks.secret(64),
        expires_at=timezone.now() + timedelta(days=1),
    )
    Revision.objects.create(name=marks.secret(40))

    council = factories.make_organisation("Elmbridge Council")
    host = factories.make_organisation(marks.secret())
    ada = factories.make_user("Ada Open", email=f"{marks.secret()}@x.example", role="chair")
    User.objects.filter(pk=ada.pk).update(password=marks.secret(), email=f"{marks.secret()}@x.example")
    stale = EmailAddress.objects.create(user=ada, email=f"{marks.secret()}@x.example", verified=True)
    EmailConfirmation.objects.create(email_address=stale, key=marks.secret(64))
    Authenticator.objects.create(user=ada, type="webauthn", data={"name": marks.secret(), "credential": {}})

    named_in_prose(marks)  # first: it writes all public reasons anew, and those below are put in behind its back
    # Somebody whom the public knows as "a member", in every place where a name may stand.
    name, other = f"{marks.confidential()} {marks.confidential()}", f"{marks.confidential()} {marks.confidential()}"
    initials = "QXZ"
    marks.public.add(initials)
    hidden = factories.make_person(
        name, initials=initials, role="secretary", public_name="member", on_behalf_of=council, sort_name=name
    )
    OtherName.objects.create(person=hidden, name=other)
    CalendarAddress.objects.make(person=hidden, now=NOW)
    CalendarAddress.objects.update(digest=marks.secret(64), etag=marks.secret(40), tasks_etag=marks.secret(40))
    words = f"{name} and {other} ({initials}) will write to {marks.confidential()}@x.example."
    shown = factories.make_meeting(
        on=date(2026, 1, 28), host=council, joining_url=f"https://x.example/{marks.confidential()}"
    )
    factories.make_attendance(shown, hidden, note=words, initials=initials, representing=council)
    factories.make_attendance(shown, "Bo Open", deputising_for=hidden, note=words)
    item = factories.make_item(shown, words)
    for kind in (Kind.PROSE, Kind.REVIEW, Kind.DECISION, Kind.NEXT_MEETING, Kind.AGREED):
        factories.make_line(shown, words, kind=kind, item=item, as_minuted={"who": words, "host": words})
    action = factories.make_action(
        words, meeting=shown, owners=[hidden, "the Chair"], due_text=words, line={"item": item}
    )
    action.updates.create(on=shown.on, by=hidden, note=words)
    say_something(action, by=hidden, mark=marks.confidential)
    data_of(shown, words, hidden, marks.confidential)
    factories.make_line(shown, marks.secret(), kind=Kind.LEFT_OUT, item=item)
    everything_of(shown, marks.confidential, is_confidential=True)
    around(shown, marks.confidential, marks.secret, is_confidential=True)
    publish_all_of(shown, words, hidden, text=marks.secret())
    kept_beside(shown, marks, words)
    before(
        factories.make_meeting(
            on=timezone.localdate() + timedelta(days=30), joining_url=shown.joining_url, host=council
        ),
        marks.secret,
    )

    draft_notes(marks)
    highlights_of_a_draft(marks)

    # A meeting that nobody knows of, in a year and with people and a host of its own.
    unknown = factories.make_person(f"{marks.secret()} {marks.secret()}", initials=marks.secret(60))
    for on in (date(2031, 5, 20), timezone.localdate() + timedelta(days=31)):
        secret = factories.make_meeting(
            on=on,
            published=False,
            title=marks.secret(),
            venue=marks.secret(),
            host=host,
            host_name=marks.secret(),
            joining_url=f"https://x.example/{marks.secret()}",
            is_joining_url_public=True,
        )
        factories.make_attendance(secret, unknown, note=marks.secret(), representing_name=marks.secret())
        factories.make_attendance(
            secret, marks.secret(), initials=marks.secret(20), role=marks.secret(60), representing=host
        )
        everything_of(secret, marks.secret)
        around(secret, marks.secret, marks.secret)
        factories.make_minutes(secret, circulated=False, text=marks.secret())
        publishing.show(meeting=secret, now=NOW)
    return marks


def test_a_canary_sits_in_every_field_that_somebody_types_private_words_in(marks):
    empty = set()
    for name in (PRIVATE | NAMES | AS_THE_ROW) - MADE:
        model = apps.get_model(*name.split(".")[:2])
        texts = [str(value) for value in model._default_manager.values_list(name.split(".")[2], flat=True)]
        if not any(mark in text for text in texts for mark in marks.public):
            empty.add(name)
    assert empty == set()
    historical = [model for model in apps.get_models() if model.__name__.startswith("Historical")]
    assert {model.__name__ for model in historical if model._default_manager.count()} >= {
        "HistoricalPerson",
        "HistoricalMeeting",
        "HistoricalMinutes",
        "HistoricalAction",
        "HistoricalEntry",
        "HistoricalAttendance",
    }


def documents_of(meeting):
    """Where the meeting's notes are as files."""
    return [reverse("meetings:minutes_document", args=[meeting.slug, ending]) for ending in FORMS]


def agenda_of(meeting):
    """Where the meeting's agenda is, as a page and as files."""
    files = [reverse("meetings:agenda_document", args=[meeting.slug, ending]) for ending in AGENDA_FORMS]
    return [reverse("meetings:meeting_agenda", args=[meeting.slug]), *files]


def papers_of(meeting):
    """Where the files of the meeting's papers are; under any name, the right one is told to whoever may see them."""
    return [reverse("meetings:paper_file", args=[meeting.slug, paper.pk, "x"]) for paper in meeting.papers.files()]


# What finds nearly every row of some kind, of those that the reader may read.
LOOKED_FOR = [
    "canary*",
    "write",
    "will",
    "everyone",
    "A1",
    "A*",
    "d*",
    "2031-05-20",
    "2026-01-28",
    "elmbridge",
    "agenda",
]


def data_files():
    """Where everything public is as data."""
    wholes = ("open_data", "open_data_package", "open_data_popolo", "open_data_catalogue", "open_data_database")
    tables = [reverse("open_data_table", args=[name, ending]) for name in TABLES for ending in ("csv", "json")]
    return [*(reverse(name) for name in wholes), *tables]


def addresses(*, narrowed=True):
    """Every address that opens without a login, and some that do not exist.

    With every filter set to what is hidden, unless it is enough to look through the lists as a whole.
    """
    lists = [reverse(name) for name in ("meetings:meeting_list", "actions:action_list", "wishlists:entry_list")]
    found = [f"{reverse('search')}?q={words}" for words in LOOKED_FOR]
    plain = ["home", "group_detail", "login", "healthz", "meetings:calendar", "meetings:calendar_feed"]
    plain += ["meetings:event_list", "meetings:event_feed", "organisation_list", "dataset_list", "figures"]
    plain += ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_confirm_login_code", "mfa_authenticate"]
    plain += ["accessibility", "privacy", "notes_feed", "actions_feed", "wants_feed", "sitemap", "robots"]
    filters = [f"person={key}" for key in Person.objects.values_list("pk", flat=True)]
    filters += [f"organisation={key}" for key in Organisation.objects.values_list("pk", flat=True)]
    filters += [f"year={year}" for year in (2026, 2031)] + ["state=open", "state=overdue", "state=done", "page=2"]
    filters += [f"dataset={key}" for key in Dataset.objects.values_list("pk", flat=True)]
    filters += ["age=6", "age=older", "status=asked", "status=withdrawn"]
    filters += ["kind=used", "kind=wants", "status=wanted", "words=x", "words=%00", "person=x", "year=canary"]
    return [
        *(reverse(name) for name in plain),
        *lists,
        *found,
        *(f"{address}?{query}" for address in lists for query in filters if narrowed),
        *(f"{found[0]}&{query}" for query in filters if narrowed),
        *(meeting.get_absolute_url() for meeting in Meeting.objects.all()),
        *(reverse("meetings:propose_item", args=[meeting.slug]) for meeting in Meeting.objects.all()),
        *(reverse("admin:meetings_meeting_replies", args=[meeting.pk]) for meeting in Meeting.objects.all()),
        *(reverse("meetings:meeting_calendar", args=[meeting.slug]) for meeting in Meeting.objects.all()),
        *(document for meeting in Meeting.objects.all() for document in documents_of(meeting)),
        *(
            reverse(f"meetings:{name}", args=[meeting.slug])
            for name in ("meeting_highlights", "highlights_text")
            for meeting in Meeting.objects.all()
        ),
        *(address for meeting in Meeting.objects.all() for address in agenda_of(meeting) + papers_of(meeting)),
        *(action.get_absolute_url() for action in Action.objects.all()),
        *(entry.get_absolute_url() for entry in Entry.objects.all()),
        *(row.get_absolute_url() for model in (Person, Organisation, Dataset) for row in model.objects.all()),
        *(
            reverse("admin:meetings_meeting_original", args=[key])
            for key in Original.objects.values_list("pk", flat=True)
        ),
        *(
            reverse("admin:meetings_meeting_import_batch", args=[key])
            for key in Batch.objects.values_list("pk", flat=True)
        ),
        *(
            reverse(f"admin:meetings_meeting_{name}", args=[key])
            for name in ("correct", "redact")
            for key in Meeting.objects.values_list("pk", flat=True)
        ),
        *(
            reverse("admin:meetings_meeting_draft_detail", args=keys)
            for keys in Draft.objects.values_list("meeting", "pk")
        ),
        *(reverse("admin:meetings_meeting_drafts", args=[key]) for key in Meeting.objects.values_list("pk", flat=True)),
        *(reverse("figure_csv", args=[figure.name]) for figure in all_figures(on=timezone.localdate())),
        *data_files(),
        reverse("entry_add"),
        reverse("me"),
        reverse("my_name"),
        reverse("admin:meetings_meeting_names"),
        *(
            reverse("admin:meetings_meeting_withheld_name", args=[key])
            for key in Person.objects.values_list("pk", flat=True)
        ),
        reverse("desk"),
        reverse("leave"),
        "/meetings/1999-01-01/",
        "/login-link/none/",
        "/none/",
        "/admin/",
        "/admin/login/",
    ]


def answer(client, address):
    """All that an answer says, headers too."""
    response = client.get(address, follow="/papers/" in address)
    assert response.status_code != 500, address
    return f"{response.headers}\n{all_of(response)}"


def found_in(text, marks):
    """The marks that stand in the text, however cased."""
    folded = text.casefold()
    words = set(re.findall(r"\w+", folded))  # one look for all: there are hundreds of marks and of pages

    def stands(mark):
        return mark in words if mark.isalnum() else re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", folded)

    return {mark for mark in marks if stands(mark.casefold())}


def test_the_public_reads_none_of_them(marks, anonymous_client):
    told = {address: found_in(answer(anonymous_client, address), marks.public) for address in addresses()}
    assert {address: found for address, found in told.items() if found} == {}


def calendars_of_the_chair():
    """The addresses of a member's own calendar and tasks: they are read without a login."""
    chair = Person.objects.get(name="Ada Open")
    token = CalendarAddress.objects.make(person=chair, now=timezone.now())
    return [reverse(f"meetings:{name}", args=[token]) for name in ("personal_feed", "personal_tasks")]


@pytest.mark.once
def test_members_read_none_that_is_the_secretarys(marks, member_client):
    mine = [reverse("meetings:personal_calendar"), *calendars_of_the_chair()]
    told = {address: found_in(answer(member_client, address), marks.members) for address in [*addresses(), *mine]}
    assert {address: found for address, found in told.items() if found} == {}


def test_the_address_for_the_public_stands_on_one_page(marks, anonymous_client, group):
    found = found_in(answer(anonymous_client, reverse("contact")), marks.public)
    assert found == {group.public_email.partition("@")[0]}


def test_the_canaries_can_be_found(marks, member_client, secretary_client):
    """The test above would find them: the secretary and members read what is theirs."""
    page = reverse("meetings:meeting_detail", args=["2026-01-28"])
    assert len(found_in(answer(member_client, page), marks.public - marks.members)) > 10
    for document in documents_of(Meeting.objects.get(on=date(2026, 1, 28))):
        assert len(found_in(answer(member_client, document), marks.public - marks.members)) > 10, document
    for address in agenda_of(Meeting.objects.get(on=date(2026, 1, 28))):
        assert len(found_in(answer(member_client, address), marks.public - marks.members)) > 4, address
    papers = papers_of(Meeting.objects.get(on=date(2026, 1, 28)))
    told = [found_in(answer(member_client, address), marks.public - marks.members) for address in papers]
    assert len(papers) == 2
    assert all(told)
    page = ActionUpdate.objects.exclude(made_at=None).first().action.get_absolute_url()
    assert len(found_in(answer(member_client, page), marks.public - marks.members)) > 5
    page = EntryUpdate.objects.exclude(made_at=None).get().entry.get_absolute_url()
    assert len(found_in(answer(member_client, page), marks.public - marks.members)) > 4
    coming = Meeting.objects.get(on=timezone.localdate() + timedelta(days=30))
    replies = reverse("admin:meetings_meeting_replies", args=[coming.pk])
    assert len(found_in(answer(secretary_client, replies), marks.members)) > 5
    assert "Members so far: 1 in person, 1 deputy." in answer(member_client, coming.get_absolute_url())
    for feed in calendars_of_the_chair():
        assert found_in(answer(member_client, feed), marks.public - marks.members)
    assert found_in(answer(secretary_client, reverse("meetings:meeting_detail", args=["2031-05-20"])), marks.members)
    for file in data_files():  # the public words around them are there, so that the marks would be too
        shown = "will write to (address withheld)" if "/lines." in file or "sqlite3" in file else ""
        assert shown in answer(member_client, file), file
    for name in ("meeting_highlights", "highlights_text"):
        page = reverse(f"meetings:{name}", args=["2026-02-26"])
        assert len(found_in(answer(member_client, page), marks.public - marks.members)) > 2


@pytest.mark.once
def test_nobody_reads_a_passage_that_was_taken_out(marks, secretary_client):
    """Not even the secretary, on any page, nor in the histories that the admin shows."""
    mark = "redacted000x"
    text = f"Present: Ada Open, {mark} Quill\n\n1. On {mark}\nAO to write to {mark}\nA word of {mark}. [confidential]\n"
    meeting = factories.make_meeting(on=date(2026, 2, 4))
    publishing.circulate(minutes=recording.record(meeting=meeting, text=text, now=NOW).minutes, now=NOW)
    minutes, attendance = Minutes.objects.get(meeting=meeting), meeting.attendances.first()
    _, passages = correcting.passages_of(meeting, minutes)
    correcting.correct(
        meeting=meeting, passage=passages[-1], reads=f"No word of {mark}.", reason=f"{mark} asked.", decided_at=None,
        by=None, now=NOW,
    )  # fmt: skip
    kept = [("meeting", meeting), ("minutes", minutes), ("attendance", attendance)]
    places = [reverse(f"admin:meetings_{name}_history", args=[row.pk]) for name, row in kept]
    places += [
        reverse(f"admin:meetings_{name}_simple_history", args=[row.pk, past])
        for name, row in kept
        for past in row.history.values_list("pk", flat=True)
    ]
    places += [reverse(f"admin:meetings_meeting_{name}", args=[meeting.pk]) for name in ("record", "change")]
    everywhere = [*places, *addresses(narrowed=False)]  # no filter adds words to a list
    telling = (address for address in everywhere if found_in(answer(secretary_client, address), {mark}))
    assert len([*islice(telling, 13)]) == 13
    redacting.redact(meeting=meeting, words=mark, reason="Their wish.", by=None, now=NOW)
    told = [address for address in everywhere if found_in(answer(secretary_client, address), {mark})]
    assert told == []


# What the lists ask for words.
MENTIONING = {
    "/meetings/": lambda words, user: Meeting.objects.visible_to(user).mentioning(words, user=user),
    "/actions/": lambda words, user: Action.objects.visible_to(user).mentioning(words),
    "/wishlists/": lambda words, user: Entry.objects.visible_to(user).mentioning(words),
}


def looked_for(client, address, words):
    """The page that a search for these words gives, without the words themselves."""
    response = client.get(address, {"words": words})
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.text)
    return page.replace(words, "")


@pytest.mark.once
@pytest.mark.parametrize("address", ["/meetings/", "/actions/", "/wishlists/"])
def test_nobody_learns_by_searching_that_they_are_there(marks, anonymous_client, member_client, member, address):
    """None is looked for in vain by the list's own verb; of some, the page is read too: it tells nothing beside."""
    member.standing = Standing.MEMBER
    readers = ((anonymous_client, None, marks.public), (member_client, member, marks.members))
    for client, user, secrets in readers:
        assert {mark for mark in secrets if MENTIONING[address](mark, user).exists()} == set()
        nothing = looked_for(client, address, "canary999x")
        told = {mark for mark in sorted(secrets)[::8] if looked_for(client, address, mark) != nothing}
        assert told == set()


def found_by(client, words, **filters):
    """The page that search gives for these words, without what was typed and chosen itself."""
    return without_what_was_asked(client.get(reverse("search"), {"q": words} | filters).text, words, **filters)


def without_what_was_asked(page, words="", **filters):
    """The page without the words, the filters and the form's token, which it says back."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    for name, value in filters.items():
        page = page.replace(f"{name}={value}", "")
    return " ".join((page.replace(words, "") if words else page).split())


def held_for(user, marks):
    """The marks that stand in what search looks in for this reader."""
    held = set(" ".join(SearchText.objects.readable_by(user).values_list("tokens", flat=True)).split())
    return {mark for mark in marks if f"w{mark.casefold()}" in held}


@pytest.mark.once
def test_nobody_learns_from_search_that_they_are_there(*, marks, anonymous_client, member_client, member, secretary):
    """By the word, by its beginning, nor by leaving it out of what is found."""
    member.standing, secretary.standing = Standing.MEMBER, Standing.SECRETARY
    assert len(held_for(secretary, marks.members)) > 40
    readers = ((anonymous_client, None, marks.public), (member_client, member, marks.members))
    for client, user, secrets in readers:
        # None is in what is looked in for this reader, whichever way it is looked for.
        assert held_for(user, secrets) == set()
        nothing = found_by(client, "canary999x")
        assert {mark for mark in sorted(secrets)[::8] if found_by(client, mark) != nothing} == set()
        # A beginning finds what the whole word does; so every mark is looked for by it, and some in the other ways.
        for way, step in (("{}*", 1), ("{}", 8), ('"{}"', 8), ("everyone -{}", 8)):
            asked = [Asked(query=read_query(way.format(mark))) for mark in ["canary999x", *sorted(secrets)[::step]]]
            nothing, *told = [hits(one, user=user, on=timezone.localdate()) for one in asked]
            assert [one for one in told if one != nothing] == [], way


def test_nobody_learns_from_the_filters_of_search_that_they_are_there(marks, anonymous_client):
    hosts = Organisation.objects.filter(name__contains="canary").values_list("pk", flat=True)
    for name, value in [*(("organisation", key) for key in hosts), ("year", 2031)]:
        told = found_by(anonymous_client, "everyone", **{name: value})
        assert told == found_by(anonymous_client, "everyone", **{name: 987654})
    for address in (Meeting.objects.get(on=date(2031, 5, 20)).on.isoformat(), "20 May 2031"):
        assert found_by(anonymous_client, address) == found_by(anonymous_client, "1 May 2099")


def test_the_canaries_can_be_searched_for(marks, member_client, secretary_client):
    """The tests above would find them: members and the secretary find what is theirs."""
    kinds = ("notes", "actions", "used", "wants", "agendas", "papers")
    for kind in kinds:
        page = {"q": "canary*", "kind": kind}
        assert found_in(member_client.get(reverse("search"), page).text, marks.public - marks.members), kind
        assert found_in(secretary_client.get(reverse("search"), page).text, marks.members), kind


@pytest.mark.parametrize("address", ["/meetings/", "/actions/", "/wishlists/"])
def test_nobody_learns_by_filtering_that_they_are_there(marks, anonymous_client, address):
    hidden = Person.objects.filter(name__contains="canary").values_list("pk", flat=True)
    host = Organisation.objects.filter(name__contains="canary").values_list("pk", flat=True)
    datasets = Dataset.objects.filter(name__contains="canary").values_list("pk", flat=True)
    queries = [("person", key) for key in hidden] + [("organisation", key) for key in host] + [("year", 2031)]
    queries += [("dataset", key) for key in datasets]
    for name, key in queries:
        told, nothing = (
            without_what_was_asked(anonymous_client.get(address, {name: value}).text, **{name: value})
            for value in (key, 987654)
        )
        assert told == nothing


def test_a_former_address_of_a_hidden_meeting_leads_nowhere(marks, anonymous_client, member_client):
    meeting = Meeting.objects.get(on=date(2031, 5, 20))
    publishing.announce(meeting=meeting, now=NOW)
    meeting.on = date(2031, 5, 27)
    publishing.publish(meeting=meeting, now=NOW)
    publishing.take_back(meeting=meeting, now=NOW)
    for client in (anonymous_client, member_client):
        for day in ("2031-05-20", "2031-05-27"):
            response = client.get(reverse("meetings:meeting_detail", args=[day]))
            assert response.status_code == 404
            assert found_in(f"{response.headers}{response.text}", marks.members) == set()
    assert found_in(answer(anonymous_client, reverse("meetings:calendar_feed")), marks.public) == set()


def test_rows_of_every_kind_are_hidden_and_shown(marks):
    """The canaries sit where there is something public beside them, else the test above would prove nothing."""
    for model in (Item, MinuteLine, Action, Entry):
        assert set(model.objects.values_list("is_circulated", "is_public")) >= {
            (False, False),
            (True, False),
            (True, True),
        }
    assert Attendance.objects.exclude(public_note="").exists()
    assert ActionOwner.objects.filter(person=None).exists()
    assert ActionUpdate.objects.count() > 2
    assert set(Minutes.objects.values_list("status", flat=True)) == {"draft", "circulated"}
    assert Client().get("/").status_code == 200
