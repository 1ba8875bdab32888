"""The page on which the secretary sees what many files hold, answers what they ask, and records them."""

import re
import zipfile
from datetime import date
from functools import partial
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from meetings import publishing
from meetings.imports.unpacking import Budget, unpack
from meetings.models import Attendance, Batch, Meeting, MinuteLine, Minutes, Original
from members.models import Person
from tests.factories import NOW, make_meeting, make_person
from wmodf.lib.models import Revision

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/meetings/meeting/import/"
JANUARY = """Notes of the EDC meeting held on Wednesday 28th January 2026.

Attendance Ada Birch, Bo Ashworth

XY to write to all members.
"""
MARCH = """Notes of the EDC meeting held on Wednesday 25th March 2026.

Attendance Ada Birch, Bo Ashwurth

XY to find a room.
"""


def upload(client, *files):
    """Send files, given as name and text or bytes; gives the batch's address."""
    sent = [
        SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode()) for name, content in files
    ]
    response = client.post(UPLOAD, {"files": sent})
    assert response.status_code == 302, response.text
    return response["Location"]


def go_on(client, address):
    """Press "Go on" until there is nothing left to do."""
    while 'name="go_on"' in client.get(address).text:
        assert client.post(address, {"go_on": "1"}).status_code == 302
    return client.get(address)


def fields_of(page):
    """The page's form as a browser would send it."""
    forms = (page.context["asked"], page.context["corrections"])
    values = {name: (form[name].value(), field) for form in forms for name, field in form.fields.items()}
    return {
        name: value
        for name, (value, field) in values.items()
        if value not in (None, False) and (not hasattr(field, "choices") or field.valid_value(value))
    }


def press(client, address, button, **changes):
    """Send the page's form with changes and one of its buttons, then go on to the end."""
    data = fields_of(client.get(address)) | {button: "1"} | changes
    response = client.post(address, data)
    assert response.status_code == 302, response.text
    return go_on(client, address)


def test_it_works(secretary_client):
    address = upload(secretary_client, ("a.txt", JANUARY), ("b.md", MARCH))
    page = secretary_client.get(address)
    assert "0 of 2 read" in page.text
    page = go_on(secretary_client, address)
    assert "2 of 2 read." in page.text
    assert "Please look at" not in page.text
    assert not Meeting.objects.exists()
    assert not Person.objects.filter(name="Ada Birch").exists()

    page = press(secretary_client, address, "record")
    assert "2 of 2 recorded as drafts." in page.text
    assert set(Minutes.objects.values_list("meeting__on", "status")) == {
        (date(2026, 1, 28), "draft"),
        (date(2026, 3, 25), "draft"),
    }
    kept = Original.objects.get(name="a.txt")
    assert (kept.meeting.on, bytes(kept.data), kept.size) == (date(2026, 1, 28), JANUARY.encode(), len(JANUARY))


def test_publish(secretary_client, anonymous_client):
    address = upload(secretary_client, ("a.txt", JANUARY))
    go_on(secretary_client, address)
    page = press(secretary_client, address, "publish")
    assert "1 of 1 recorded and published." in page.text
    assert "Ada Birch" in anonymous_client.get("/meetings/2026-01-28/").text


def test_each_question_is_asked_once_and_its_answer_given_to_every_file(secretary_client):
    address = upload(secretary_client, ("a.txt", JANUARY), ("b.txt", MARCH))
    page = go_on(secretary_client, address)
    messages = [question.message for question, *_ in page.context["questions"]]
    assert messages == [
        "Bo Ashwurth: is this Bo Ashworth, spelt another way?",
        "XY: nobody at this meeting has these initials: who is it?",
    ]
    assert "In the notes of 28 January 2026, 25 March 2026" in re.sub(r"\s+", " ", page.text)
    spelling, initials = [question.key for question, *_ in page.context["questions"]]
    choices = [choice.value for choice in page.context["questions"][0][0].choices]
    assert choices == ["new:Bo Ashworth", "new:Bo Ashwurth"]

    press(
        secretary_client, address, "save", **{f"answer:{spelling}": "new:Bo Ashworth", f"new:{initials}": "Xenia Young"}
    )
    assert Person.objects.filter(name__in=["Bo Ashworth", "Xenia Young"]).count() == 0
    press(secretary_client, address, "record")
    bo, xenia = Person.objects.get(name="Bo Ashworth"), Person.objects.get(name="Xenia Young")
    assert set(Attendance.objects.filter(person=bo).values_list("person_name", flat=True)) == {
        "Bo Ashworth",
        "Bo Ashwurth",
    }
    owners = [line.action.owners.get().person for line in MinuteLine.objects.filter(kind="action")]
    assert owners == [xenia, xenia]
    assert not Person.objects.filter(name="Bo Ashwurth").exists()
    assert [other.name for other in bo.other_names.all()] == ["Bo Ashwurth"]


def test_a_name_that_may_be_withheld_keeps_its_notes_a_draft_and_is_told_of(secretary_client, anonymous_client):
    make_person("Bo Ashworthe", public_name="member")
    address = upload(secretary_client, ("a.txt", JANUARY))
    go_on(secretary_client, address)
    press(secretary_client, address, "publish")
    page = go_on(secretary_client, address)
    assert Minutes.objects.get().status == "draft"
    assert "Bo Ashworth: this may be somebody who asked not to be named" in page.text
    assert "Ashworth" not in anonymous_client.get("/meetings/").text


def test_two_spellings_may_be_two_people_and_an_open_question_stays_open(secretary_client):
    address = upload(secretary_client, ("a.txt", JANUARY), ("b.txt", MARCH))
    page = go_on(secretary_client, address)
    (spelling, *_), _ = page.context["questions"]
    page = press(secretary_client, address, "record", **{f"answer:{spelling.key}": "new:Bo Ashwurth"})
    assert set(Person.objects.filter(name__startswith="Bo Ash").values_list("name", flat=True)) == {
        "Bo Ashworth",
        "Bo Ashwurth",
    }
    assert [line.action.owners.get().person for line in MinuteLine.objects.filter(kind="action")] == [None, None]
    assert page.text.count("1 question left open") == 2


def test_a_name_left_open_is_nobody_yet(secretary_client):
    address = upload(secretary_client, ("a.txt", JANUARY), ("b.txt", MARCH))
    go_on(secretary_client, address)
    press(secretary_client, address, "record")
    assert Attendance.objects.get(person_name="Bo Ashwurth").person is None


def test_an_answer_that_can_t_be_taken_comes_back(secretary_client):
    address = upload(secretary_client, ("a.txt", JANUARY))
    page = go_on(secretary_client, address)
    key = page.context["questions"][0][0].key
    response = secretary_client.post(address, fields_of(page) | {"record": "1", f"new:{key}": "Xenia"})
    assert response.status_code == 400
    assert "“Xenia” is not a full name" in response.text
    assert 'value="Xenia"' in response.text
    assert Batch.objects.get().goal == "read"


def test_the_date_is_put_in_where_none_was_found(secretary_client):
    address = upload(secretary_client, ("a.txt", "Attendance Ada Birch\n\nAB to write.\n"), ("b.txt", JANUARY))
    page = go_on(secretary_client, address)
    assert "Neither the text nor the file’s name says when" in page.text
    page = press(secretary_client, address, "record")
    assert set(Original.objects.values_list("name", "state")) == {("a.txt", "read"), ("b.txt", "recorded")}
    undated = Original.objects.get(name="a.txt")
    press(secretary_client, address, "save", **{f"on:{undated.pk}": "2026-02-04"})
    assert Original.objects.get(name="a.txt").meeting.on == date(2026, 2, 4)


def test_dates_that_nobody_met_on_are_refused(secretary_client):
    address = upload(secretary_client, ("a.txt", "Attendance Ada Birch\n"))
    page = go_on(secretary_client, address)
    undated = Original.objects.get()
    for day in ("9999-01-01", "yesterday"):
        response = secretary_client.post(address, fields_of(page) | {"save": "1", f"on:{undated.pk}": day})
        assert response.status_code == 400
    assert Original.objects.get().given_on is None


def test_sources_that_disagree_are_told_of(secretary_client):
    announcing = JANUARY + "\nNext meeting: Thursday 26th March 2026, 11.00-13.00\n"
    address = upload(
        secretary_client, ("edc-2026-01-27.txt", announcing), ("b.txt", MARCH), ("c.txt", MARCH.replace("room", "hall"))
    )
    page = go_on(secretary_client, address)
    told = {row.original.name: [*row.contradicted, *row.original.found["notes"]] for row in page.context["rows"]}
    assert "announce a meeting on Thursday 26 March 2026" in told["edc-2026-01-27.txt"][0]
    assert "The file's name says Tuesday 27 January 2026" in told["edc-2026-01-27.txt"][1]
    assert "announced a meeting on Thursday 26 March 2026" in told["b.txt"][0]
    assert {row.original.name for row in page.context["to_look_at"]} == set(told)
    assert any(words.startswith("b.txt gives notes of the same day") for words in told["c.txt"])

    page = press(secretary_client, address, "record")
    assert "this meeting has notes already from b.txt, and they differ from the file" in page.text
    assert "room" in Minutes.objects.get(meeting__on=date(2026, 3, 25)).text
    assert Original.objects.get(name="c.txt").meeting is None


def test_a_file_is_left_out(secretary_client):
    address = upload(secretary_client, ("b.txt", MARCH), ("c.txt", MARCH.replace("room", "hall")))
    go_on(secretary_client, address)
    first = Original.objects.get(name="b.txt")
    press(secretary_client, address, "record", **{f"leave:{first.pk}": "on"})
    assert "hall" in Minutes.objects.get().text
    assert set(Original.objects.values_list("name", "state")) == {("b.txt", "left-out"), ("c.txt", "recorded")}


def test_the_same_files_again_change_nothing(secretary_client):
    for _ in range(2):
        address = upload(secretary_client, ("a.txt", JANUARY))
        page = go_on(secretary_client, address)
        press(secretary_client, address, "record")
    assert Minutes.objects.get().revision == 1
    assert "This file is recorded already: nothing will change." in page.text
    assert list(Original.objects.values_list("state", flat=True).order_by("pk")) == ["recorded", "left-out"]


def test_a_page_closed_in_the_middle_loses_nothing(secretary_client, monkeypatch):
    address = upload(secretary_client, *((f"{day}.txt", JANUARY.replace("28th", f"{day}th")) for day in (7, 14, 28)))
    monkeypatch.setattr("meetings.imports.batches.SECONDS", 0)
    monkeypatch.setattr("meetings.imports.importing.AT_ONCE", 1)
    secretary_client.post(address, {"go_on": "1"})
    assert "1 of 3 read" in secretary_client.get(address).text
    go_on(secretary_client, address)
    secretary_client.post(address, fields_of(secretary_client.get(address)) | {"record": "1"})
    secretary_client.post(address, {"go_on": "1"})
    assert "1 of 3 recorded" in secretary_client.get(address).text
    assert Minutes.objects.count() == 1
    assert "3 of 3 recorded as drafts." in go_on(secretary_client, address).text


def test_htmx_gets_the_progress_alone_and_at_the_end_the_page(secretary_client, monkeypatch):
    monkeypatch.setattr("meetings.imports.batches.SECONDS", 0)
    monkeypatch.setattr("meetings.imports.importing.AT_ONCE", 1)
    address = upload(secretary_client, ("a.txt", JANUARY), ("b.txt", MARCH))
    headers = {"HX-Request": "true"}
    first = secretary_client.post(address, {"go_on": "1"}, headers=headers)
    assert (first.status_code, "<html" in first.text) == (200, False)
    assert "1 of 2 read" in first.text
    second = secretary_client.post(address, {"go_on": "1"}, headers=headers)
    assert (second.status_code, second["HX-Redirect"], second.text) == (200, address, "")


def test_a_file_that_nobody_foresaw_does_not_hold_up_the_others(secretary_client, monkeypatch, caplog):
    def fail(name, data):
        if name == "a.txt":
            msg = "unforeseen"
            raise KeyError(msg)
        return take(name, data)

    from meetings.imports.importing import take

    monkeypatch.setattr("meetings.imports.importing.take", fail)
    address = upload(secretary_client, ("a.txt", JANUARY), ("b.txt", MARCH))
    page = go_on(secretary_client, address)
    assert "This file could not be read: the site’s log says more." in page.text.replace("&#x27;", "’")
    assert "1 of 1 read" in page.text
    assert "unforeseen" in caplog.text


def test_clearing_away_keeps_what_was_recorded(secretary_client):
    address = upload(
        secretary_client, ("a.txt", JANUARY), ("film.mp4", b"\x00" * 99), ("c.txt", "Attendance Ada Birch\n")
    )
    go_on(secretary_client, address)
    page = press(secretary_client, address, "record")
    assert "Passed over: notes are read from" in page.text
    assert bytes(Original.objects.get(name="film.mp4").data) == b""
    response = secretary_client.post(address, {"clear_away": "1"})
    assert (response.status_code, response["Location"]) == (302, UPLOAD)
    assert list(Original.objects.values_list("name", "batch", "found")) == [("a.txt", None, {})]
    assert secretary_client.get(address).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_it_asks_the_database_as_often_for_many_files(secretary_client, django_assert_num_queries, rows):
    make_person("Ada Birch")
    texts = [
        JANUARY.replace("28th", f"{day}th").replace("XY", f"X{'YZW'[n]}") for n, day in enumerate((7, 14, 28)[:rows])
    ]
    address = upload(secretary_client, *((f"{number}.txt", text) for number, text in enumerate(texts)))
    go_on(secretary_client, address)
    with django_assert_num_queries(10):
        page = secretary_client.get(address)
    assert len(page.context["rows"]) == len(page.context["questions"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_batches_too(secretary_client, django_assert_num_queries, rows):
    for number in range(rows):
        batch = Batch.objects.create(made_at=NOW)
        Original.objects.create(batch=batch, name=f"{number}.txt", size=1, data=b"x", taken_at=NOW)
    with django_assert_num_queries(5):
        page = secretary_client.get(UPLOAD)
    assert page.text.count("1 file, 0 recorded") == rows


def test_nothing_of_what_waits_is_seen_by_others(secretary_client, member_client, anonymous_client):
    address = upload(secretary_client, ("canaryfile.txt", JANUARY.replace("Ada", "Canaryname")))
    go_on(secretary_client, address)
    for client in (member_client, anonymous_client):
        for path in ("/", "/meetings/", "/actions/", "/wishlists/", "/meetings/calendar.ics"):
            assert "anary" not in client.get(path).text


def zipped(*files):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream.getvalue()


def test_an_archive_is_taken_apart(secretary_client):
    data = zipped(
        ("2026/a.txt", JANUARY), ("2026/b.md", MARCH), ("__MACOSX/2026/._a.txt", "x"), ("2026/inner.zip", zipped())
    )
    address = upload(secretary_client, ("notes.zip", data))
    page = go_on(secretary_client, address)
    assert {(row.original.name, row.original.state) for row in page.context["rows"]} == {
        ("2026/a.txt", "read"),
        ("2026/b.md", "read"),
        ("2026/inner.zip", "refused"),
    }


def test_counters_do_not_move_by_reading(secretary_client):
    address = upload(secretary_client, ("a.txt", JANUARY))
    go_on(secretary_client, address)
    assert not Revision.objects.filter(name__in=["actions", "entries", "calendar"]).exists()


def test_a_meeting_that_is_known_gets_its_notes(secretary_client):
    meeting = make_meeting(on=date(2026, 1, 28))
    address = upload(secretary_client, ("a.txt", JANUARY))
    go_on(secretary_client, address)
    press(secretary_client, address, "record")
    assert Minutes.objects.get().meeting == meeting
    page = secretary_client.get(reverse("admin:meetings_meeting_record", args=[meeting.pk]))
    assert reverse("admin:meetings_meeting_original", args=[Original.objects.get().pk]) in page.text


def test_withdrawn_notes_stay_withdrawn_when_their_file_comes_again(secretary_client, anonymous_client):
    for _ in range(2):
        address = upload(secretary_client, ("a.txt", JANUARY))
        go_on(secretary_client, address)
        page = press(secretary_client, address, "publish")
        publishing.withdraw(minutes=Minutes.objects.get(), now=NOW)
    assert "Recorded already; its notes were withdrawn: publish them on their own page." in page.text
    assert list(Minutes.history.order_by("history_id").values_list("status", flat=True)).count("circulated") == 1
    assert "Ada Birch" not in anonymous_client.get("/meetings/").text


def test_files_of_one_name_in_one_batch_do_not_replace_each_other_and_a_later_batch_s_does(secretary_client):
    address = upload(secretary_client, ("a.zip", zipped(("one/b.txt", MARCH))), ("b.zip", zipped(("b.txt", JANUARY))))
    go_on(secretary_client, address)
    press(secretary_client, address, "publish")
    hall, attic = MARCH.replace("room", "hall"), MARCH.replace("room", "attic")
    address = upload(secretary_client, ("a.zip", zipped(("one/b.txt", hall))), ("b.zip", zipped(("one/b.txt", attic))))
    go_on(secretary_client, address)
    page = press(secretary_client, address, "publish")
    assert "this meeting has notes already from one/b.txt, one/b.txt, and they differ" in page.text
    assert "hall" in Minutes.objects.get(meeting__on=date(2026, 3, 25)).text


@pytest.mark.django_db(transaction=True)
def test_archives_are_unpacked_before_anything_is_written(secretary_client, monkeypatch):
    def note(*args, **options):
        in_transaction.append(connection.in_atomic_block)
        return unpack(*args, **options)

    in_transaction = []
    monkeypatch.setattr("meetings.imports.batches.unpack", note)
    upload(secretary_client, ("notes.zip", zipped(("a.txt", JANUARY))))
    assert (in_transaction, Original.objects.count()) == ([False], 1)


def test_one_upload_s_archives_are_unpacked_up_to_a_size_together(secretary_client, monkeypatch):
    monkeypatch.setattr("meetings.imports.batches.Budget", partial(Budget, left=len(JANUARY)))
    upload(secretary_client, ("a.zip", zipped(("a.txt", JANUARY))), ("b.zip", zipped(("b.txt", MARCH))))
    assert set(Original.objects.values_list("name", "state")) == {("a.txt", "waiting"), ("b.zip", "refused")}


def test_more_than_a_hundred_files_are_refused_in_words(secretary_client):
    files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(101)]
    response = secretary_client.post(UPLOAD, {"files": files})
    assert response.status_code == 400
    assert "These are 101 files: 100 is the most." in response.text
    assert not Batch.objects.exists()
    upload(secretary_client, *((f"{number}.txt", f"{number}") for number in range(100)))
    assert Original.objects.count() == 100
