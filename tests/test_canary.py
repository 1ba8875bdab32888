"""Marked words in every private field, looked for in every answer that the public and members get.

Each text field of each model is decided upon here: a new one fails `test_every_text_field_is_decided_upon`.
"""

import re
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.models import Action, ActionOwner, ActionUpdate
from meetings import publishing
from meetings.documents import FORMS
from meetings.minutes.structure import Kind
from meetings.models import Attendance, Batch, Item, Meeting, MinuteLine, Minutes, Original
from members.models import CalendarAddress, Membership, Organisation, OtherName, Person, User
from tests import factories
from tests.downloads import all_of
from tests.factories import NOW
from wishlists.models import Dataset, Entry, EntryUpdate
from wmodf.lib.models import NarrowLink, Revision

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
# Read by whoever may see the row, in draft, confidential and unpublished rows by the secretary alone.
AS_THE_ROW = {
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
}
# Set by publishing from the fields that they are named after, or made of a date: nothing private is typed there.
MADE = {
    "meetings.Meeting.slug",
    "meetings.Meeting.event",
    "meetings.OldSlug.slug",
    "meetings.Attendance.public_note",
    "meetings.Item.public_title",
    "meetings.MinuteLine.public_text",
    "actions.Action.public_text",
    "actions.Action.event",
    "wishlists.Entry.public_text",
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


def everything_of(meeting, mark, *, is_confidential=False):
    """Every kind of row that a meeting's notes raise, marked in every field; `is_confidential` marks its lines."""
    item = factories.make_item(meeting, mark(), number=mark(), is_confidential=is_confidential)
    fields = {"item": item, "is_confidential": is_confidential}
    for kind in (Kind.PROSE, Kind.DECISION, Kind.AGREED):
        factories.make_line(meeting, mark(), kind=kind, as_minuted={"who": mark()}, **fields)
    # One of its owners is the Chair, who has a calendar.
    owners = [mark(), Membership.Role.CHAIR]
    action = factories.make_action(
        mark(), meeting=meeting, owners=owners, due_text=mark(), due_on=date(2031, 1, 1), line=fields
    )
    action.updates.create(on=meeting.on, note=mark(), is_draft=True)
    factories.make_entry(mark(), meeting=meeting, person_name=mark(), line=fields)
    dataset = factories.make_dataset(
        mark(), other_names=mark(), publisher=mark(), url=f"https://x.example/{mark()}", licence=mark()
    )
    want = factories.make_entry(mark(), kind="wants", meeting=meeting, person_name=mark(), dataset=dataset, line=fields)
    want.updates.create(on=meeting.on, status="asked", note=mark())
    factories.make_support(want, Person.objects.get(name="Ada Open"), kind="offer", note=mark())


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


@pytest.fixture
def marks(group):
    """The site with marks in every private field; everything else about it is public."""
    marks = Marks()
    group.public_email = f"{marks.secret()}@x.example"
    group.save()
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
    factories.make_minutes(shown, text=marks.secret())
    batch = Batch.objects.create(made_at=NOW, answers={"who": marks.secret()})
    secrets = {name: marks.secret(64) for name in ("name", "sha256", "text", "trouble")}
    file = marks.secret()  # what its bytes hold
    factories.make_original(
        shown, batch=batch, data=file.encode(), said=[marks.secret()], found={"notes": [marks.secret()]}, **secrets
    )
    factories.make_meeting(on=timezone.localdate() + timedelta(days=30), joining_url=shown.joining_url, host=council)

    # A meeting that is announced, and its notes still a draft.
    draft = factories.make_meeting(on=date(2026, 2, 25))
    factories.make_attendance(draft, marks.secret(), note=marks.secret(), role=marks.secret(60))
    everything_of(draft, marks.secret)
    factories.make_minutes(draft, circulated=False, text=marks.secret())
    publishing.show(meeting=draft, now=NOW)

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


def addresses():
    """Every address that opens without a login, with every filter set to what is hidden, and some that do not exist."""
    lists = [reverse(name) for name in ("meetings:meeting_list", "actions:action_list", "wishlists:entry_list")]
    plain = ["home", "group_detail", "login", "healthz", "meetings:calendar", "meetings:calendar_feed"]
    plain += ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_confirm_login_code", "mfa_authenticate"]
    filters = [f"person={key}" for key in Person.objects.values_list("pk", flat=True)]
    filters += [f"organisation={key}" for key in Organisation.objects.values_list("pk", flat=True)]
    filters += [f"year={year}" for year in (2026, 2031)] + ["state=open", "state=overdue", "state=done", "page=2"]
    filters += [f"dataset={key}" for key in Dataset.objects.values_list("pk", flat=True)]
    filters += ["age=6", "age=older", "status=asked", "status=withdrawn"]
    filters += ["kind=used", "kind=wants", "status=wanted", "words=x", "words=%00", "person=x", "year=canary"]
    return [
        *(reverse(name) for name in plain),
        *lists,
        *(f"{address}?{query}" for address in lists for query in filters),
        *(meeting.get_absolute_url() for meeting in Meeting.objects.all()),
        *(document for meeting in Meeting.objects.all() for document in documents_of(meeting)),
        *(action.get_absolute_url() for action in Action.objects.all()),
        *(entry.get_absolute_url() for entry in Entry.objects.all()),
        *(
            reverse("admin:meetings_meeting_original", args=[key])
            for key in Original.objects.values_list("pk", flat=True)
        ),
        *(
            reverse("admin:meetings_meeting_import_batch", args=[key])
            for key in Batch.objects.values_list("pk", flat=True)
        ),
        reverse("entry_add"),
        reverse("me"),
        reverse("desk"),
        "/meetings/1999-01-01/",
        "/login-link/none/",
        "/none/",
        "/admin/",
        "/admin/login/",
    ]


def answer(client, address):
    """All that an answer says, headers too."""
    response = client.get(address)
    assert response.status_code != 500, address
    return f"{response.headers}\n{all_of(response)}"


def found_in(text, marks):
    """The marks that stand in the text, however cased."""
    folded = text.casefold()
    return {mark for mark in marks if re.search(rf"(?<!\w){mark.casefold()}(?!\w)", folded)}


def test_the_public_reads_none_of_them(marks, anonymous_client):
    told = {address: found_in(answer(anonymous_client, address), marks.public) for address in addresses()}
    assert {address: found for address, found in told.items() if found} == {}


def calendars_of_the_chair():
    """The addresses of a member's own calendar and tasks: they are read without a login."""
    chair = Person.objects.get(name="Ada Open")
    token = CalendarAddress.objects.make(person=chair, now=timezone.now())
    return [reverse(f"meetings:{name}", args=[token]) for name in ("personal_feed", "personal_tasks")]


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
    page = ActionUpdate.objects.exclude(made_at=None).first().action.get_absolute_url()
    assert len(found_in(answer(member_client, page), marks.public - marks.members)) > 5
    page = EntryUpdate.objects.exclude(made_at=None).get().entry.get_absolute_url()
    assert len(found_in(answer(member_client, page), marks.public - marks.members)) > 4
    for feed in calendars_of_the_chair():
        assert found_in(answer(member_client, feed), marks.public - marks.members)
    assert found_in(answer(secretary_client, reverse("meetings:meeting_detail", args=["2031-05-20"])), marks.members)


def looked_for(client, address, words):
    """The page that a search for these words gives, without the words themselves."""
    response = client.get(address, {"words": words})
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.text)
    return page.replace(words, "")


@pytest.mark.parametrize("address", ["/meetings/", "/actions/", "/wishlists/"])
def test_nobody_learns_by_searching_that_they_are_there(marks, anonymous_client, member_client, address):
    for client, secrets in ((anonymous_client, marks.public), (member_client, marks.members)):
        nothing = looked_for(client, address, "canary999x")
        told = {mark for mark in secrets if looked_for(client, address, mark) != nothing}
        assert told == set()


@pytest.mark.parametrize("address", ["/meetings/", "/actions/", "/wishlists/"])
def test_nobody_learns_by_filtering_that_they_are_there(marks, anonymous_client, address):
    hidden = Person.objects.filter(name__contains="canary").values_list("pk", flat=True)
    host = Organisation.objects.filter(name__contains="canary").values_list("pk", flat=True)
    datasets = Dataset.objects.filter(name__contains="canary").values_list("pk", flat=True)
    queries = [("person", key) for key in hidden] + [("organisation", key) for key in host] + [("year", 2031)]
    queries += [("dataset", key) for key in datasets]
    for name, key in queries:
        page = anonymous_client.get(address, {name: key}).text
        assert page == anonymous_client.get(address, {name: 987654}).text


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
