"""Everything public as data: what is in it, that it is right, and that real programs read it by its address."""

import csv
import io
import json
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from actions.models import Action
from meetings import publishing
from meetings.minutes.structure import Kind
from meetings.models import Correction, Meeting, MinuteLine
from meetings.names import renaming
from members.licences import Licence
from members.models import Edition, Membership
from tests import factories
from tests.factories import NOW
from wishlists.models import Entry
from wmodf.open_data.tables import TABLES

HOME = "/open-data/"
ROOMS = {"members", "meetings", "actions", "wishlists", "lib", "wmodf"}
WHOLES = ["datapackage.json", "popolo.json", "catalogue.jsonld", "open-data.sqlite3"]
FILES = [f"{name}.{ending}" for name in TABLES for ending in ("csv", "json")] + WHOLES

# What stands in a table, as it is or as everyone may read it; for each model, the names of its fields.
PUBLIC_FIELDS = {
    "meetings.StandingItem": "",
    "meetings.AgendaItem": "id meeting position kind title note minutes lead lead_name is_public public_title"
    " public_note public_lead_name status",
    "meetings.Minutes": "meeting status circulated_at agreed_on highlights_at",
    "meetings.Attendance": "id meeting position person public_person_name status capacity representing"
    " public_representing_name public_role public_note arrived left deputising_for",
    "meetings.Change": "meeting kind was_on was_starts public_reason",
    "meetings.Correction": "id meeting decided_at line kind made_at is_public public_was public_reads public_reason",
    "meetings.Draft": "",
    "meetings.Editor": "",
    "meetings.Event": "id kind public_title on until starts ends public_place public_link public_description status"
    " published_at uid",
    "meetings.Batch": "",
    "meetings.Original": "",
    "meetings.Paper": "id meeting item kind title link content_type size is_public public_title",
    "meetings.Reply": "",
    "meetings.Meeting": "id public_title on starts ends host public_host_name public_venue status published_at"
    " agenda_published_at slug uid",
    "meetings.OldSlug": "",
    "meetings.Item": "id meeting position number is_public public_title",
    "meetings.MinuteLine": "id meeting item position kind action entry named_meeting heard is_public public_text",
    "actions.Action": "number raised_on due_on due_text status ended_on is_public public_text",
    "actions.ActionOwner": "id action position person role is_everyone as_minuted",
    "actions.ActionUpdate": "id action on status",
    "wishlists.Dataset": "id name other_names publisher url licence",
    "wishlists.Entry": "number kind person person_name organisation raised_on status dataset stands_since withdrawn_on"
    " is_public public_text",
    "wishlists.EntryUpdate": "id entry on status",
    "wishlists.Support": "entry kind",
    "wishlists.Dismissal": "",
    "members.Organisation": "id name short_names website description is_group licence",
    "members.Person": "id name sort_name initials public_name",
    "members.OtherName": "",
    "members.Membership": "id person organisation role on_behalf_of start_date end_date",
    "members.User": "",
    "members.CalendarAddress": "",
    "members.Edition": "digest number changed_at",
    "meetings.Mention": "",
    "lib.Revision": "",
    "lib.NarrowLink": "",
    "lib.SearchText": "",
}
# What stands in none: private words, words before they are made fit for everyone, and what only the site itself needs.
PRIVATE_FIELDS = {
    "meetings.StandingItem": "id position kind title minutes",
    "meetings.AgendaItem": "is_confidential proposed_by answer not_before raised_at as_minuted is_circulated",
    "meetings.Minutes": "id text revision",
    "meetings.Attendance": "person_name representing_name role initials note",
    "meetings.Change": "id reason by made_at",
    "meetings.Correction": "was reads reason is_confidential by is_circulated",
    "meetings.Draft": "id meeting by editor text base_revision begun_at kept_at serial is_offered",
    "meetings.Editor": "id meeting user editor seen_at typed_at",
    "meetings.Event": "title place link description sequence revised_at event",
    "meetings.Batch": "id made_at goal answers",
    "meetings.Original": "id batch meeting name sha256 size data text said taken_at state trouble given_on on found",
    "meetings.Paper": "name sha256 data is_confidential added_by added_at is_circulated",
    "meetings.Reply": "id meeting person answer note deputy_name deputy_organisation replied_at",
    # A link by which strangers could come in stands on the meeting's page alone, until it is over.
    "meetings.Meeting": "title host_name venue joining_url is_joining_url_public public_joining_url sequence revised_at"
    " event",
    "meetings.OldSlug": "id slug meeting",
    "meetings.Item": "title is_confidential is_circulated",
    "meetings.MinuteLine": "text is_confidential names_on as_minuted is_circulated",
    "actions.Action": "id text is_circulated uid sequence revised_at event",
    "actions.ActionOwner": "",
    "actions.ActionUpdate": "by note is_draft made_at",
    "wishlists.Dataset": "",
    "wishlists.Entry": "id text added_by is_reworded is_circulated",
    "wishlists.EntryUpdate": "by way note made_at",
    "wishlists.Support": "id person note made_at",
    "wishlists.Dismissal": "id person want used",
    "members.Organisation": "public_email is_demonstration",
    "members.Person": "email",
    "members.OtherName": "id person name",
    "members.Membership": "",
    "members.User": "id password last_login is_superuser email person is_active joined_at",
    "members.CalendarAddress": "id person digest made_at etag revised_at tasks_etag tasks_revised_at",
    "members.Edition": "id name",
    "meetings.Mention": "id person meeting event words is_them by made_at",
    "lib.Revision": "id name number revised_at",
    "lib.SearchText": "id kind key standing meeting on tokens",
    "lib.NarrowLink": "id purpose subject digest expires_at used_at",
}


def in_full(fields):
    return [f"{model}.{name}" for model, names in fields.items() for name in names.split()]


@pytest.mark.without_database
def test_every_field_of_a_model_is_decided_upon():
    fields = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ROOMS and not model.__name__.startswith("Historical")
        for field in model._meta.concrete_fields
    }
    decided = in_full(PUBLIC_FIELDS) + in_full(PRIVATE_FIELDS)
    assert sorted(decided) == sorted(fields)


@pytest.mark.without_database
def test_every_field_of_a_table_is_described_and_refers_to_a_key():
    for table in TABLES.values():
        assert str(table.description).endswith(".")
        assert len(set(table.names)) == len(table.names)
        assert table.fields[0].required
        for field in table.fields:
            assert str(field.description).endswith("."), f"{table.name}.{field.name}"
            if field.refers:
                other, key = field.foreign
                assert TABLES[other].key == key
                assert TABLES[other].fields[0].type == field.type


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def answered(client, address, **headers):
    """The answer, read to its end as programs do, with its bytes as `data`."""
    response = client.get(address, headers=headers)
    response.data = body(response)
    return response


def rows_of(client, name):
    return list(csv.DictReader(io.StringIO(body(client.get(f"{HOME}{name}.csv")).decode(), newline="")))


@pytest.fixture
def notes(group):
    """One meeting with a row in most tables; somebody in it asked not to be named."""
    council = factories.make_organisation(
        "Elmbridge Council", short_names="EC, Elmbridge", website="https://ec.example"
    )
    ada = factories.make_person("Ada Birch", role="chair", on_behalf_of=council)
    hidden = factories.make_person("Hilda Hidden", role="", public_name="initials", on_behalf_of=council)
    meeting = factories.make_meeting(on=date(2026, 1, 28), host=council, venue="Room 4")
    factories.make_attendance(meeting, ada, representing=council, role="Chair")
    factories.make_attendance(meeting, hidden, representing=council, status="apologies")
    factories.make_attendance(meeting, "Bo Nobody", deputising_for=hidden)
    item = factories.make_item(meeting, "Buses", number="1.")
    factories.make_line(meeting, "=1+1 is what Hilda Hidden said", item=item)
    factories.make_line(meeting, "It was agreed.", kind=Kind.DECISION, item=item)
    action = factories.make_action(
        "HH to write", meeting=meeting, owners=[hidden, Membership.Role.CHAIR], line={"item": item}
    )
    action.finish(now=NOW, by=ada, note="Said among members")
    dataset = factories.make_dataset("Bus stops", publisher="Buses Ltd", licence="OGL", url="https://x.example/stops")
    factories.make_entry(meeting=meeting, person=ada, person_name="AB", organisation=council, dataset=dataset)
    want = factories.make_entry("Trees", kind="wants", meeting=meeting, person=hidden, person_name="HH")
    want.move(status="asked", way="foi", on=meeting.on + timedelta(days=3), by=ada, now=NOW, note="For members")
    factories.make_support(want, ada)
    factories.make_minutes(meeting)
    Correction.objects.create(meeting=meeting, was="Room 3", reads="Room 4", reason="Misheard", made_at=NOW)
    factories.make_agenda_item(meeting, "Trees", lead=hidden, minutes=20)
    factories.make_paper(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(agenda_published_at=NOW)
    renaming.rename(now=NOW)
    publishing.show(meeting=meeting, now=NOW)
    factories.make_event(published=True)
    return meeting


def test_each_table_has_the_rows_of_its_pages(notes, anonymous_client):
    counts = {name: len(rows_of(anonymous_client, name)) for name in TABLES}
    assert counts == {
        "meetings": 1,
        "attendances": 3,
        "items": 1,
        "lines": 5,
        "corrections": 1,
        "actions": 1,
        "action-owners": 2,
        "action-updates": 1,
        "entries": 2,
        "entry-updates": 1,
        "datasets": 1,
        "organisations": 2,
        "people": 1,
        "memberships": 1,
        "agenda-items": 1,
        "papers": 1,
        "events": 1,
    }


def test_a_meeting_as_data(notes, anonymous_client):
    (row,) = rows_of(anonymous_client, "meetings")
    assert row.pop("host_id") == str(notes.host_id)
    assert row == {
        "id": str(notes.pk),
        "url": "http://127.0.0.1:8000/meetings/2026-01-28/" if "8000" in row["url"] else row["url"],
        "title": "Steering group meeting",
        "date": "2026-01-28",
        "starts": "11:00:00",
        "ends": "13:00:00",
        "host": "Elmbridge Council",
        "venue": "Room 4",
        "status": "confirmed",
        "change": "",
        "notes": "circulated",
        "circulated_on": "2026-03-02",
        "agreed_on": "",
        "agenda_published_on": "2026-03-02",
        "uid": str(notes.uid),
    }
    assert row["url"].endswith("/meetings/2026-01-28/")


def test_records_as_data(notes, anonymous_client):
    (action,) = rows_of(anonymous_client, "actions")
    assert (action["reference"], action["text"], action["owners"]) == ("A1", "HH to write", "HH and the Chair")
    assert (action["status"], action["ended_on"]) == ("done", "2026-03-02")
    used, want = rows_of(anonymous_client, "entries")
    assert (used["reference"], used["person"], used["organisation"]) == ("D1", "Ada Birch", "Elmbridge Council")
    assert (want["status"], want["stands_since"], want["wanted_too"]) == ("asked", "2026-01-31", "1")
    lines = rows_of(anonymous_client, "lines")
    assert [line["kind"] for line in lines] == ["prose", "decision", "action", "used", "wants"]
    assert [line["action"] for line in lines] == ["", "", "A1", "", ""]
    assert [line["entry"] for line in lines] == ["", "", "", "D1", "D2"]
    (membership,) = rows_of(anonymous_client, "memberships")
    assert (membership["role"], membership["start_date"], membership["end_date"]) == ("chair", "2020-01-01", "")


def test_words_that_a_spreadsheet_would_run_stay_words(notes, anonymous_client):
    line = rows_of(anonymous_client, "lines")[0]
    assert line["text"] == "'=1+1 is what HH said"
    (first, *_) = json.loads(body(anonymous_client.get(f"{HOME}lines.json")))
    assert first["text"] == "=1+1 is what HH said"


def test_somebody_not_named_can_not_be_followed(notes, anonymous_client):
    """No key of theirs stands in any file, and nothing of theirs tells one "a member" from another."""
    key = str(Membership.objects.get(person__name="Hilda Hidden").person_id)
    for name, table in TABLES.items():
        of_people = [field.name for field in table.fields if field.refers == "people.id"]
        rows = rows_of(anonymous_client, name)
        assert [row for row in rows for field in of_people if row[field] == key] == []
    assert [row["id"] for row in rows_of(anonymous_client, "people")] != [key]
    named = {row["name"]: row["person_id"] for row in rows_of(anonymous_client, "attendances")}
    assert (named["HH"], named["Bo Nobody"]) == ("", "")
    assert named["Ada Birch"] != ""
    for file in FILES:
        data = body(anonymous_client.get(f"{HOME}{file}"))
        assert b"Hilda" not in data, file
        assert b"Hidden" not in data, file
        assert b"among members" not in data, file


def test_a_membership_that_has_not_begun_or_means_to_end_is_nobodys_business(notes, anonymous_client):
    membership = Membership.objects.get(person__name="Ada Birch")
    tomorrow = timezone.localdate() + timedelta(days=1)
    Membership.objects.filter(pk=membership.pk).update(end_date=tomorrow)
    Membership.objects.create(
        person=membership.person, organisation=membership.organisation, role="treasurer", start_date=tomorrow
    )
    (row,) = rows_of(anonymous_client, "memberships")
    assert (row["id"], row["role"], row["end_date"]) == (str(membership.pk), "chair", "")
    Membership.objects.filter(pk=membership.pk).update(end_date=date(2026, 2, 1))
    (row,) = rows_of(anonymous_client, "memberships")
    assert row["end_date"] == "2026-02-01"


def test_drafts_and_what_is_confidential_are_in_no_table(notes, anonymous_client):
    before = {file: body(anonymous_client.get(f"{HOME}{file}")) for file in FILES}
    draft = factories.make_meeting(on=date(2026, 3, 25), published=False)
    secret = factories.make_person("Sid Secret")
    factories.make_attendance(draft, secret)
    factories.make_action(meeting=draft, owners=[secret])
    factories.make_minutes(draft, circulated=False)
    item = factories.make_item(notes, "Staff", is_confidential=True)
    factories.make_action("Secretly", meeting=notes, line={"item": item, "is_confidential": True})
    factories.make_agenda_item(notes, "Staff", is_confidential=True)
    factories.make_event("Not told")
    for meeting in (draft, notes):
        publishing.show(meeting=meeting, now=NOW)
    assert {file: body(anonymous_client.get(f"{HOME}{file}")) for file in FILES} == before


def test_every_file_is_the_same_for_everyone(notes, anonymous_client, member_client, secretary_client):
    for file in FILES:
        clients = (anonymous_client, member_client, secretary_client)
        answers = [answered(client, f"{HOME}{file}") for client in clients]
        assert {answer.status_code for answer in answers} == {200}, file
        assert len({answer.data for answer in answers}) == 1, file
        for answer in answers:
            assert answer.headers.get("Vary") is None, file
            assert not answer.cookies, file
            assert answer["Cache-Control"] == "public, max-age=60"
            assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("file", ["lines.csv", "lines.json", *WHOLES])
def test_whoever_has_it_already_gets_nothing(notes, anonymous_client, file):
    first = answered(anonymous_client, f"{HOME}{file}")
    assert re.fullmatch(r'W/"[0-9a-f]{32}"', first["ETag"])
    again = anonymous_client.get(f"{HOME}{file}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Access-Control-Allow-Origin"] == "*"
    since = anonymous_client.get(f"{HOME}{file}", headers={"If-Modified-Since": first["Last-Modified"]})
    assert since.status_code == 304
    head = anonymous_client.head(f"{HOME}{file}")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])
    assert int(head["Content-Length"]) == len(first.data)
    assert head["Content-Type"] == first["Content-Type"]


def test_a_change_of_one_line_is_noticed(notes, anonymous_client, time_machine):
    cache.clear()  # the table of what is kept for a minute outlives a test, and this one's clock stands in the past
    time_machine.move_to("2026-06-10T11:00:00Z", tick=False)
    files = ["lines.csv", "items.csv", "open-data.sqlite3"]
    before = {file: answered(anonymous_client, f"{HOME}{file}") for file in files}
    MinuteLine.objects.filter(kind="decision").update(text="It was not agreed.")
    publishing.show(meeting=notes, now=NOW)
    time_machine.move_to("2026-06-11T11:00:00Z", tick=False)
    changed = {}
    for file, former in before.items():
        headers = {"If-None-Match": former["ETag"], "If-Modified-Since": former["Last-Modified"]}
        answer = answered(anonymous_client, f"{HOME}{file}", **headers)
        changed[file] = (answer.status_code, answer["Last-Modified"])
    assert changed == {
        "lines.csv": (200, "Thu, 11 Jun 2026 11:00:00 GMT"),
        "items.csv": (304, "Wed, 10 Jun 2026 11:00:00 GMT"),
        "open-data.sqlite3": (200, "Thu, 11 Jun 2026 11:00:00 GMT"),
    }
    package = json.loads(body(anonymous_client.get(f"{HOME}datapackage.json")))
    assert package["created"] == "2026-06-11T11:00:00Z"
    assert package["version"] == f"1.0.{sum(Edition.objects.filter(name__in=TABLES).values_list('number', flat=True))}"


@pytest.mark.parametrize("rows", [1, 3])
def test_a_table_takes_as_many_queries_for_many_rows(notes, rows, django_assert_num_queries):
    for number in range(rows - 1):
        person = factories.make_person(f"Bo Birch{number}", role="")
        meeting = factories.make_meeting(on=date(2026, 2, 1) + timedelta(days=number))
        factories.make_attendance(meeting, person, representing=factories.make_organisation(f"Body {number}"))
        factories.make_action(meeting=meeting, owners=[person]).finish(now=NOW, by=None)
        dataset = factories.make_dataset(f"Stops {number}")
        want = factories.make_entry(kind="wants", meeting=meeting, person=person, dataset=dataset)
        want.move(status="asked", on=meeting.on, by=None, now=NOW)
        factories.make_item(meeting)
        factories.make_minutes(meeting)
        factories.make_agenda_item(meeting)
        factories.make_paper(meeting)
        Correction.objects.create(meeting=meeting, was="a", reads="b", made_at=NOW)
        Meeting.objects.filter(pk=meeting.pk).update(agenda_published_at=NOW)
        publishing.show(meeting=meeting, now=NOW)
        factories.make_event(published=True, on=meeting.on)
    for name, table in TABLES.items():
        with django_assert_num_queries(2 if name in {"meetings", "actions", "action-updates"} else 1):
            found = list(table.rows(on=timezone.localdate()))
        assert len(found) >= rows, name


def test_another_sites_page_may_read_it(anonymous_client, group):
    answer = anonymous_client.options(f"{HOME}lines.csv", headers={"Origin": "https://x.example"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]
    assert answered(anonymous_client, f"{HOME}lines.csv")["Access-Control-Expose-Headers"].startswith("ETag")
    assert "Access-Control-Allow-Origin" not in anonymous_client.get(HOME)
    assert anonymous_client.post(f"{HOME}lines.csv").status_code == 405


@pytest.mark.parametrize("file", ["none.csv", "lines.xml", "lines.csv.json", "lines"])
def test_what_is_none_is_not_found(anonymous_client, group, file):
    assert anonymous_client.get(f"{HOME}{file}").status_code == 404


def test_before_the_site_is_set_up_files_are_there(anonymous_client):
    codes = {file: answered(anonymous_client, f"{HOME}{file}").status_code for file in FILES}
    assert set(codes.values()) == {200}
    assert json.loads(body(anonymous_client.get(f"{HOME}lines.json"))) == []
    assert anonymous_client.get(HOME).status_code == 200


def test_the_page_tells_what_there_is(notes, anonymous_client, group):
    group.description = "</script><script>alert(1)</script>"
    group.name = "Data & <b>Circle</b>"
    group.save()
    page = anonymous_client.get(HOME).text
    for file in FILES:
        assert f'href="{HOME}{file}"' in page
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    told = json.loads(block)
    assert (told["@type"], told["license"]) == ("Dataset", Licence.OGL.address)
    assert told["creator"]["name"] == "Data & <b>Circle</b>"
    assert "<b>Circle" not in page
    assert "alert(1)" not in page
    for name, table in TABLES.items():
        assert f'id="{name}"' in page
        assert str(table.fields[-1].description) in page
    assert f'<a href="{HOME}">Open data</a>' in anonymous_client.get("/").text


def test_the_secretary_chooses_the_licence(notes, secretary_client, anonymous_client, group):
    address = reverse("admin:members_organisation_change", args=[group.pk])
    form = {"name": group.name, "licence": "CC0-1.0", "public_email": group.public_email}
    assert secretary_client.post(address, form).status_code == 302
    package = json.loads(body(anonymous_client.get(f"{HOME}datapackage.json")))
    assert [licence["name"] for licence in package["licenses"]] == ["CC0-1.0"]
    page = anonymous_client.get(HOME).text
    assert "CC0 1.0 Universal" in page
    assert "The licence asks for nothing." in page


def test_popolo_joins(notes, anonymous_client):
    found = json.loads(body(anonymous_client.get(f"{HOME}popolo.json")))
    people = {one["id"]: one for one in found["persons"]}
    organisations = {one["id"]: one for one in found["organizations"]}
    (membership,) = found["memberships"]
    assert people[membership["person_id"]]["name"] == "Ada Birch"
    assert organisations[membership["organization_id"]]["name"] == "Elmbridge Data Circle"
    council = organisations[membership["on_behalf_of_id"]]
    assert council["other_names"] == [{"name": "EC"}, {"name": "Elmbridge"}]
    assert council["links"] == [{"url": "https://ec.example", "note": "website"}]
    assert (membership["role"], membership["start_date"]) == ("chair", "2020-01-01")
    assert "end_date" not in membership


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its reader of JSON-LD uses its own old class
def test_the_catalogue_is_a_graph(notes, anonymous_client):
    import rdflib
    from rdflib.namespace import DCAT, DCTERMS, RDF

    graph = rdflib.Graph().parse(data=body(anonymous_client.get(f"{HOME}catalogue.jsonld")), format="json-ld")
    (whole,) = graph.subjects(RDF.type, DCAT.Catalog)
    datasets = set(graph.objects(whole, DCAT.dataset))
    assert datasets == set(graph.subjects(RDF.type, DCAT.Dataset))
    titles = {str(graph.value(dataset, DCTERMS.title)) for dataset in datasets}
    assert len(datasets) == len(TABLES) + 2
    assert {"Bus stops", "Meetings", "Open data of Elmbridge Data Circle"} <= titles
    files = {str(address).rpartition("/")[2] for address in graph.objects(None, DCAT.downloadURL)}
    assert files == set(FILES) - {"catalogue.jsonld"}
    assert {str(one) for one in graph.objects(None, DCTERMS.license)} == {Licence.OGL.address}
    (stops,) = [one for one in datasets if str(graph.value(one, DCTERMS.title)) == "Bus stops"]
    assert rdflib.URIRef("https://x.example/stops") in set(graph.objects(stops, DCAT.landingPage))
    assert graph.value(stops, DCTERMS.license) is None


def saved(client, tmp_path):
    path = tmp_path / "open-data.sqlite3"
    path.write_bytes(body(client.get(f"{HOME}open-data.sqlite3")))
    return path


def test_the_database_holds_the_tables_and_their_keys(notes, anonymous_client, tmp_path):
    with sqlite3.connect(saved(anonymous_client, tmp_path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for name, table in TABLES.items():
            found = connection.execute(f'SELECT * FROM "{name.replace("-", "_")}"')  # noqa: S608 (our own names)
            assert [column[0] for column in found.description] == table.names
            told = json.loads(body(anonymous_client.get(f"{HOME}{name}.json")))
            assert found.fetchall() == [tuple(row.values()) for row in told]
        joined = "SELECT a.text, o.name FROM actions a JOIN action_owners o ON o.action = a.reference ORDER BY o.id"
        assert connection.execute(joined).fetchall() == [("HH to write", "HH"), ("HH to write", "the Chair")]
        about = dict(connection.execute("SELECT name, value FROM _about"))
        assert (about["licence"], about["publisher"]) == ("OGL-UK-3.0", "Elmbridge Data Circle")
        described = connection.execute("SELECT count(*) FROM _fields").fetchone()
        assert described == (sum(len(table.fields) for table in TABLES.values()),)


@pytest.mark.once
def test_programs_read_it_by_its_address(notes, live_server):
    """Frictionless finds the package valid, keys too, and pandas reads each table with the types that it tells."""
    import frictionless
    import pandas
    import requests

    address = f"{live_server.url}{HOME}"
    with requests.Session() as session, frictionless.system.use_context(http_session=session):
        package = frictionless.Package(f"{address}datapackage.json")
        report = package.validate()
    assert report.valid, report.to_summary()
    assert {"meetings", "lines", "actions", "entries", "organisations"} <= set(package.resource_names)
    lengths = {task.name: task.stats["rows"] for task in report.tasks}
    assert min(lengths[name] for name in ("meetings", "lines", "actions", "entries", "organisations", "people")) > 0
    for resource in package.resources:
        days = [field.name for field in resource.schema.fields if field.type == "date"]
        table = pandas.read_csv(f"{address}{resource.path}", parse_dates=days)
        assert len(table) == lengths[resource.name]
        assert list(table.columns) == [field.name for field in resource.schema.fields]
        same = pandas.read_json(f"{address}{resource.name}.json")
        assert len(same) == len(table)
        for field in resource.schema.fields:
            if field.type == "integer" and field.required:
                assert pandas.api.types.is_integer_dtype(table[field.name])
            if field.type == "date" and len(table) and table[field.name].notna().any():
                assert pandas.api.types.is_datetime64_any_dtype(table[field.name])
    lines = pandas.read_csv(f"{address}lines.csv")
    assert lines["text"][0] == "'=1+1 is what HH said"
    actions = pandas.read_csv(f"{address}actions.csv")
    assert len(actions) == Action.objects.visible_to(None).count()
    assert len(pandas.read_csv(f"{address}entries.csv")) == Entry.objects.visible_to(None).count()
    owners = pandas.read_csv(f"{address}action-owners.csv")
    assert len(owners.merge(actions, left_on="action", right_on="reference")) == len(owners)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.mark.outside
def test_datasette_serves_the_database(notes, anonymous_client, tmp_path):
    import requests

    datasette = shutil.which("datasette") or Path(sys.executable).with_name("datasette")
    path, port = saved(anonymous_client, tmp_path), free_port()
    process = subprocess.Popen(
        [datasette, "serve", "--immutable", path, "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=tmp_path,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    try:
        address = f"http://127.0.0.1:{port}/open-data"
        for _ in range(150):
            try:
                tables = requests.get(f"{address}.json", timeout=5).json()["tables"]
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        found = {table["name"]: table for table in tables}
        assert {name.replace("-", "_") for name in TABLES} | {"_about", "_tables", "_fields"} <= set(found)
        assert found["lines"]["primary_keys"] == ["id"]
        assert {key["other_table"] for key in found["lines"]["foreign_keys"]["outgoing"]} == {
            "meetings",
            "items",
            "actions",
            "entries",
        }
        rows = requests.get(f"{address}/actions.json?_shape=array", timeout=5).json()
        assert [row["reference"] for row in rows] == ["A1"]
        assert "HH to write" in requests.get(f"{address}/actions/A1", timeout=5).text
    finally:
        process.terminate()
        process.wait(timeout=10)
