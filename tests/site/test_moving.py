"""The group leaves with everything, and arrives on an empty site of either database."""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.models import Action
from meetings import publishing, recording
from meetings.corrections import correcting, redacting
from meetings.models import Meeting, Mention, Minutes, Paper
from members.models import OtherName, Person, User, user_for
from tests import factories
from tests.downloads import all_of
from tests.factories import NOW
from wishlists.models import Dismissal, Entry
from wmodf import demonstration
from wmodf.moving import ABOUT, KEPT, LEFT, arriving, fields_of, kept_models

ROOT = Path(__file__).parent.parent.parent


def test_every_model_leaves_or_has_a_reason_to_stay():
    assert {model._meta.label for model in apps.get_models()} == set(KEPT) | set(LEFT)
    assert set(KEPT) & set(LEFT) == set()


def test_every_field_of_them_leaves():
    """But for the keys, which stand beside them, the bytes, which are files, and what belongs to a login alone."""
    left = {
        f"{model._meta.label}.{field.name}"
        for model in kept_models()
        for field in set(model._meta.concrete_fields) - set(fields_of(model))
        if not field.primary_key
    }
    logins = {f"members.User.{name}" for name in ("password", "last_login", "is_superuser")}
    assert left == {"meetings.Paper.data", "meetings.Original.data"} | logins
    assert not any(model._meta.many_to_many for model in kept_models() if model is not User)


def enrich():
    """Rows of the kinds that the demonstration has none of, and some that are hard to carry."""
    ada, ben = Person.objects.order_by("pk")[:2]
    secretary = user_for(Person.objects.get(memberships__role="secretary"))
    OtherName.objects.create(person=ada, name="Adi")
    meeting = Meeting.objects.filter(minutes__status="circulated").order_by("on").first()
    Mention.objects.create(person=ada, meeting=meeting, words="Adi", is_them=False, by=secretary, made_at=NOW)
    factories.make_original(meeting, name="Notes – März (2).docx", data=bytes(range(256)), sha256="0" * 64)
    factories.make_paper(meeting, "Slides", name="../../etc/passwd.txt", data=b"Words\r\n")
    factories.make_paper(meeting, "Elsewhere", link="https://example.org/paper")
    publishing.show(meeting=meeting, now=NOW)
    factories.make_draft(meeting, secretary)
    text = f"Present: {ada.name}, {ben.name}\n\n1. Trees\nThe oak is ill.\nThe elm too.\nACTION: plant one\n"
    corrected = factories.make_meeting(on=date(2019, 5, 8), title="Trees & “elms” 🌳")
    publishing.circulate(minutes=recording.record(meeting=corrected, text=text, now=NOW).minutes, now=NOW)
    minutes = Minutes.objects.get(meeting=corrected)
    minutes.history.update(history_user=secretary)
    _, passages = correcting.passages_of(corrected, minutes)
    said = next(passage for passage in passages if "elm" in passage.words)
    correcting.correct(
        meeting=corrected, passage=said, reads="The elms too.", reason="There are two.", decided_at=None, by=secretary,
        now=NOW,
    )  # fmt: skip
    redacting.redact(meeting=corrected, words="ill", reason="Their wish.", by=secretary, now=NOW)
    want, used = Entry.objects.filter(kind="wants").first(), Entry.objects.filter(kind="used").first()
    Dismissal.objects.create(person=ada, want=want, used=used)
    administrator = User.objects.create_superuser("admin@private.example")
    Action.objects.first().history.update(history_user=administrator)
    return secretary


# What no two answers share: tokens, and when somebody last logged in.
ONCE = re.compile(r'(csrfmiddlewaretoken" value|data-editor)="[^"]+"|last on [^<]+')


def pages(secretary):
    """What the site answers: to the public, to a member, to the secretary."""
    public = [reverse(name) for name in ("home", "group_detail", "meetings:calendar", "meetings:event_list")]
    public += [reverse(name) for name in ("meetings:calendar_feed", "meetings:event_feed", "actions:action_list")]
    public += [reverse(name) for name in ("wishlists:entry_list", "meetings:meeting_list")]
    for model in (Meeting, Action, Entry, Person):
        public += [row.get_absolute_url() for row in model.objects.order_by("pk")[:8]]
    meeting = Meeting.objects.get(on=date(2019, 5, 8))
    public.append(reverse("meetings:minutes_document", args=[meeting.slug, "txt"]))
    own = [reverse("me"), reverse("desk"), reverse("admin:meetings_meeting_versions", args=[meeting.pk])]
    own += [reverse(f"admin:meetings_meeting_{name}", args=[meeting.pk]) for name in ("history", "change", "correct")]
    told = {}
    member = user_for(Person.objects.exclude(pk=secretary.person_id).exclude(email="").first())
    for who, addresses in ((None, public), (member, [*public, reverse("me")]), (secretary, public + own)):
        client = Client()
        if who:
            client.force_login(who)
        for address in addresses:
            response = client.get(address)
            assert response.status_code in {200, 404}, address
            told[who and who.pk, address] = ONCE.sub("", all_of(response))
    return told


def parts_of(file):
    """The parts of a zip that are the group's: not when it was made."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name not in {ABOUT, "README.txt"}}


def elsewhere(command, file, database):
    """Run one of the commands on another database, as another site would."""
    environment = os.environ | {"DATABASE_URL": database, "DEBUG": "1"}
    run = [sys.executable, "manage.py", *command, *([str(file)] if file else [])]
    return subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.outside
@pytest.mark.django_db(transaction=True)
def test_a_group_leaves_and_arrives_with_equal_records_and_pages(tmp_path):
    demonstration.load(today=timezone.localdate(), now=timezone.now())
    secretary = enrich()
    empty = [model._meta.label for model in kept_models() if not model._base_manager.exists()]
    assert empty == ["meetings.Batch"]
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    before = pages(secretary)
    call_command("export_group", str(first), stderr=io.StringIO())
    assert first.stat().st_mode & 0o077 == 0

    # To another site: an SQLite file, whichever database this one has.
    database = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    assert elsewhere(["migrate", "-v0"], None, database).returncode == 0
    arrived = elsewhere(["import_group"], first, database)
    assert arrived.returncode == 0, arrived.stderr
    assert elsewhere(["export_group"], second, database).returncode == 0
    assert parts_of(second) == parts_of(first)
    assert "not empty" in elsewhere(["import_group"], first, database).stderr

    # And back, where nothing is left of it.
    call_command("flush", interactive=False, verbosity=0)
    call_command("import_group", str(second), stderr=io.StringIO())
    assert pages(User.objects.get(pk=secretary.pk)) == before
    assert not User.objects.filter(is_superuser=True).exists()
    third = tmp_path / "third.zip"
    call_command("export_group", str(third), stderr=io.StringIO())
    assert parts_of(third) == parts_of(first)

    # New rows get new keys.
    assert Person.objects.latest("pk").pk < factories.make_person("Nia New").pk
    publishing.announce(meeting=Meeting(on=timezone.localdate() + timedelta(days=99)), now=timezone.now())


@pytest.fixture(scope="module")
def parts(django_db_setup, django_db_blocker, tmp_path_factory):
    """What the file of a small group holds, by name; the database is empty again."""
    file = tmp_path_factory.mktemp("left") / "group.zip"
    with django_db_blocker.unblock(), transaction.atomic():
        person = factories.make_person("Ada Birch", role="", email="ada@private.example")
        meeting = factories.make_meeting()
        factories.make_action(meeting=meeting, owners=[person])
        factories.make_paper(meeting)
        factories.make_minutes(meeting)
        call_command("export_group", str(file), stderr=io.StringIO())
        transaction.set_rollback(True)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def left(db, parts, tmp_path):
    """The parts, which a test can spoil, and a function that lets some arrive."""
    file = tmp_path / "group.zip"

    def arrive(parts, *, sign=True):
        """Let these parts arrive; with `sign`, the file says that they are what they should be."""
        if sign and ABOUT in parts:
            about = json.loads(parts[ABOUT])
            for name, said in about["parts"].items():
                said["sha256"] = hashlib.sha256(parts.get(name, b"")).hexdigest()
            parts = parts | {ABOUT: json.dumps(about)}
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        return arrive_from(file)

    return parts, arrive


def arrive_from(file):
    call_command("import_group", str(file), stderr=io.StringIO())


def changed(parts, name, change):
    """The parts with each record of one changed."""
    path = f"data/{name}.jsonl"
    rows = [json.loads(line) for line in parts[path].splitlines()]
    assert rows
    for row in rows:
        change(row)
    return parts | {path: b"".join(json.dumps(row).encode() + b"\n" for row in rows)}


def test_what_was_not_spoilt_arrives(left):
    parts, arrive = left
    arrive(parts)
    assert Person.objects.get().name == "Ada Birch"
    assert bytes(Paper.objects.get().data) == factories.make_paper(factories.make_meeting(on=date(2026, 5, 5))).data


SPOILT = {
    "another field": ("members.person", lambda row: row["fields"].update(password="x")),
    "a field too few": ("members.person", lambda row: row["fields"].pop("email")),
    "no key": ("members.person", lambda row: row.update(pk="1; DROP TABLE members_person")),
    "a huge key": ("members.person", lambda row: row.update(pk=10**40)),
    "a key of another kind": ("members.person", lambda row: row.update(pk=True)),
    "no fields": ("members.person", lambda row: row.pop("fields")),
    "fields that are none": ("members.person", lambda row: row.update(fields=[1])),
    "a name that is none": ("members.person", lambda row: row["fields"].update(name=None)),
    "a name that is too long": ("members.person", lambda row: row["fields"].update(name="x" * 201)),
    "what no text holds": ("members.person", lambda row: row["fields"].update(name="A\x00B")),
    "half a character": ("members.person", lambda row: row["fields"].update(name="\ud800")),
    "a choice that is none": ("members.person", lambda row: row["fields"].update(public_name="x")),
    "a day that is none": ("meetings.meeting", lambda row: row["fields"].update(on="2026-02-30")),
    "a huge number": ("meetings.meeting", lambda row: row["fields"].update(sequence=10**30)),
    "a number below all": ("meetings.meeting", lambda row: row["fields"].update(sequence=-1)),
    "a person who is not there": ("actions.actionowner", lambda row: row["fields"].update(person=999)),
    "a meeting that is not there": ("meetings.minuteline", lambda row: row["fields"].update(meeting=999)),
    "a path out of the zip": ("meetings.paper", lambda row: row.update(file="../../etc/passwd")),
    "a path to another part": ("meetings.paper", lambda row: row.update(file="data/members.person.jsonl")),
    "a page as a paper": ("meetings.paper", lambda row: row["fields"].update(content_type="text/html")),
    "a header in a paper": ("meetings.paper", lambda row: row["fields"].update(content_type="text/plain\r\nX: y")),
    "a link that runs a script": (
        "members.organisation",
        lambda row: row["fields"].update(website="java\tscript:alert(1)"),
    ),
    "an address that is none": ("meetings.meeting", lambda row: row["fields"].update(slug="../x")),
    "no text in JSON": ("meetings.minuteline", lambda row: row["fields"].update(as_minuted={"who": "\x00"})),
    "no group": ("members.organisation", lambda row: row["fields"].update(is_group=False)),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_record_is_refused_and_nothing_saved(left, name):
    parts, arrive = left
    with pytest.raises(CommandError, match=r"Nothing was saved\."):
        arrive(changed(parts, *SPOILT[name]))
    assert not any(model._base_manager.exists() for model in kept_models())


def nested(parts):
    return parts | {"data/members.person.jsonl": b"[" * 100_000 + b"\n"}


FILES = {
    "no description": lambda parts: {name: data for name, data in parts.items() if name != ABOUT},
    "a description that is none": lambda parts: parts | {ABOUT: b'{"form": 1, "parts": {}}'},
    "a description of another kind": lambda parts: parts | {ABOUT: b'{"form": 1, "parts": [1]}'},
    "a part too few": lambda parts: {name: data for name, data in parts.items() if "person" not in name},
    "a record twice": lambda parts: parts | {"data/members.person.jsonl": parts["data/members.person.jsonl"] * 2},
    "half a record": lambda parts: parts | {"data/members.person.jsonl": parts["data/members.person.jsonl"][:40]},
    "what is nested without end": nested,
    "what unpacks to far too much": lambda parts: parts | {"papers/x": bytes(30_000_000)},
}


@pytest.mark.parametrize("name", FILES)
def test_a_spoilt_file_is_refused_and_nothing_saved(left, name, monkeypatch):
    parts, arrive = left
    monkeypatch.setattr("wmodf.moving.arriving.MOST_UNPACKED", 20_000_000)
    spoilt = FILES[name](parts)
    with pytest.raises(CommandError, match=r"Nothing was saved\."):
        arrive(spoilt, sign="description" not in name)
    assert not any(model._base_manager.exists() for model in kept_models())


def test_a_part_changed_since_is_refused(left):
    parts, arrive = left
    paper = next(name for name in parts if name.startswith("papers/"))
    records = parts["data/members.person.jsonl"].replace(b"Ada", b"Eda")
    for spoilt in ({"data/members.person.jsonl": records}, {paper: parts[paper] + b"\n"}):
        with pytest.raises(CommandError, match="changed"):
            arrive(parts | spoilt, sign=False)


def test_a_file_of_another_form_says_what_to_do(left):
    parts, arrive = left
    newer = json.loads(parts[ABOUT]) | {"form": 2}
    with pytest.raises(CommandError, match="Update this site"):
        arrive(parts | {ABOUT: json.dumps(newer).encode()}, sign=False)


def test_a_name_in_the_zip_that_is_no_text_is_refused(left, tmp_path):
    parts, arrive = left
    arrive(parts | {"papers/Ü": b""})
    file = tmp_path / "group.zip"
    file.write_bytes(file.read_bytes().replace("papers/Ü".encode(), b"papers/\xff\xff"))
    with pytest.raises(CommandError, match="no whole zip"):
        arrive_from(file)


def test_rows_are_saved_in_lots_that_memory_holds(left, monkeypatch):
    parts, arrive = left
    monkeypatch.setattr("wmodf.moving.arriving.MOST_IN_A_LOT", 1)
    sizes = []
    lots = arriving._lots
    monkeypatch.setattr(arriving, "_lots", lambda *args: (sizes.append(len(lot)) or lot for lot in lots(*args)))
    arrive(parts)
    assert set(sizes) == {1}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\x00" * 5000])
def test_what_is_no_zip_is_refused(db, tmp_path, data):
    file = tmp_path / "x.zip"
    file.write_bytes(data)
    with pytest.raises(CommandError, match="no whole zip"):
        arrive_from(file)


def test_who_sees_what_is_not_taken_from_the_file(left):
    parts, arrive = left
    spoilt = changed(parts, "meetings.minutes", lambda row: row["fields"].update(status="draft", circulated_at=None))
    arrive(spoilt)
    assert not Action.objects.filter(is_public=True).exists()


def test_a_file_that_is_there_is_not_overwritten(group, tmp_path):
    file = tmp_path / "mine.zip"
    file.write_text("mine")
    with pytest.raises(CommandError, match="Give a name that no file has yet"):
        call_command("export_group", str(file))
    assert file.read_text() == "mine"


def test_a_site_without_a_group_has_nothing_to_leave_with(db, tmp_path):
    with pytest.raises(CommandError, match="no group yet"):
        call_command("export_group", str(tmp_path / "x.zip"))
    assert not (tmp_path / "x.zip").exists()


def test_the_secretary_presses_the_button(group, secretary_client):
    factories.make_minutes(factories.make_meeting())
    page = secretary_client.get(reverse("leave"))
    assert "Keep the file safe." in page.text
    assert reverse("leave") in secretary_client.get(reverse("desk")).text
    response = secretary_client.post(reverse("leave"))
    assert "attachment" in response["Content-Disposition"]
    assert "elmbridge-data-circle-" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(b"".join(response))) as archive:
        assert archive.testzip() is None
        assert {"README.txt", ABOUT, "calendar.ics", "notes/2026-01-28.md", "notes/2026-01-28.txt"} <= set(
            archive.namelist()
        )


@pytest.mark.parametrize("papers", [1, 3])
def test_the_queries_do_not_grow_with_the_rows(group, papers, tmp_path, django_assert_num_queries):
    meeting = factories.make_meeting()
    for number in range(papers):
        factories.make_paper(meeting)
        factories.make_person(f"Ada Birch {number}")
    with django_assert_num_queries(55):
        call_command("export_group", str(tmp_path / "x.zip"), stderr=io.StringIO())
