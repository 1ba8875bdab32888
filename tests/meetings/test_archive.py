"""A group's notes of ten years, in five layouts: recorded, published and browsed."""

import random
from datetime import date, time, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from actions.models import Action
from meetings.minutes.structure import Kind
from meetings.models import Attendance, Meeting, MinuteLine, Minutes, Original
from members.models import Person
from tests import archive_of_notes
from tests.factories import make_group
from wishlists.models import Entry

pytestmark = pytest.mark.django_db

NOTES = archive_of_notes.archive()
TRUTH = {one.on: one for one in NOTES}


def snapshot():
    """All records by what they say: no keys, no references, which follow the order of recording."""
    owners = {}
    for action in Action.objects.prefetch_related("owners__person"):
        owners[action.pk] = sorted((one.as_minuted, str(one.person)) for one in action.owners.all())
    lines = MinuteLine.objects.order_by("meeting__on", "position")
    return {
        "people": sorted(Person.objects.values_list("name", "initials")),
        "meetings": list(
            Meeting.objects.order_by("on").values_list(
                "on", "title", "starts", "ends", "host__name", "host_name", "venue", "status", "slug"
            )
        ),
        "minutes": list(Minutes.objects.order_by("meeting__on").values_list("meeting__on", "status", "agreed_on")),
        "attendance": sorted(
            Attendance.objects.values_list(
                "meeting__on", "position", "person_name", "person__name", "status", "capacity", "role"
            ),
            key=str,
        ),
        "actions": sorted(
            (one.text, one.raised_on, one.status, one.is_public, owners[one.pk]) for one in Action.objects.all()
        ),
        "entries": sorted(
            Entry.objects.values_list("kind", "text", "person__name", "raised_on", "status", "is_public"), key=str
        ),
        "lines": list(
            lines.values_list(
                "meeting__on",
                "kind",
                "text",
                "names_on",
                "named_meeting__on",
                "entry__text",
                "action__text",
                "is_public",
            )
        ),
        "originals": sorted(Original.objects.values_list("meeting__on", "name", "sha256")),
    }


def told_by(notes, data):
    """Who is known to have used or wanted what: "" where two at the meeting have the initials."""
    return [(archive_of_notes.who(name, among=notes.attended), words) for name, words in data]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The sixty files."""
    path = tmp_path_factory.mktemp("archive")
    archive_of_notes.write(path, NOTES)
    return path


@pytest.fixture
def group(db):
    return make_group(name="Vale Data Circle")


def test_counts_are_those_of_the_notes(group, folder, capsys, client):
    call_command("record_notes", str(folder), publish=True)
    said = capsys.readouterr().out
    assert Minutes.objects.count() == len(NOTES) == 60
    assert set(Minutes.objects.values_list("meeting__on", flat=True)) == set(TRUTH)
    attendances = Attendance.objects.values_list("meeting__on", "person_name", "status", "capacity")
    assert sorted(attendances) == sorted(
        (one.on, name, status, capacity)
        for one in NOTES
        for names, status, capacity in (
            (one.attended, "present", "member"),
            (one.guests, "present", "in-attendance"),
            (one.apologies, "apologies", "member"),
        )
        for name in names
    )
    raised = {}
    for line in MinuteLine.objects.filter(kind=Kind.ACTION).select_related("meeting", "action"):
        owners = sorted(str(one.person or "") for one in line.action.owners.all())
        raised.setdefault(line.meeting.on, []).append((line.text.rstrip("."), owners))
    assert raised == {
        one.on: [(words.rstrip("."), sorted(owners)) for words, owners in one.actions] for one in NOTES if one.actions
    }
    used = [(one.raised_on, str(one.person or ""), one.text) for one in Entry.objects.filter(kind="used")]
    assert sorted(used) == sorted((one.on, *told) for one in NOTES for told in told_by(one, one.used))
    first_wanted = {}
    for one in NOTES:
        for who, words in told_by(one, one.wants):
            first_wanted.setdefault((who, words) if who else (who, words, one.on), one.on)
    wants = [(one.raised_on, str(one.person or ""), one.text) for one in Entry.objects.filter(kind="wants")]
    assert sorted(wants) == sorted((on, *told[:2]) for told, on in first_wanted.items())
    assert MinuteLine.objects.filter(kind=Kind.WANTS).count() == sum(len(one.wants) for one in NOTES) > len(wants)
    agreed = Minutes.objects.filter(status="agreed").values_list("meeting__on", "agreed_on")
    assert dict(agreed) == {one.agreed: one.on for one in NOTES if one.agreed in TRUTH}
    assert len(agreed) == 46

    # Announced before, held then: with the host and the hour of the announcement, where its own notes give none.
    held = Meeting.objects.filter(minutes__isnull=False)
    assert set(held.values_list("status", flat=True)) == {"confirmed"}
    announced = held.filter(on__in=[one.announced for one in NOTES if one.announced in TRUTH])
    assert announced.filter(starts=time(17)).exclude(host_name="").count() == announced.count() - 1 > 40
    assert Meeting.objects.get(on=archive_of_notes.day_of(48)).starts == time(16)  # what its own notes say

    # Each contradiction that was put in is told of under its file, and no other.
    blocks = {block.partition(":")[0].rpartition("/")[2]: block for block in said.split("\n2")}
    told = {one.name: one.contradictions for one in NOTES if one.contradictions}
    assert len(told) == 7
    for name, block in blocks.items():
        lines = [line for line in block.splitlines() if "Contradiction:" in line or "  Line " in line]
        expected = told.get(name, ())
        assert len(lines) == len(expected), block
        assert all(words in line for words, line in zip(expected, lines, strict=True))

    # Browsed: the archive by year, each meeting's page, actions and data.
    for year in range(2013, 2024):
        page = client.get(reverse("meetings:meeting_list"), {"year": year}).text
        days = [on for on in TRUTH if on.year == year]
        assert all(f"/meetings/{on.isoformat()}/" in page for on in days)
        assert page.count('href="/meetings/20') == len(days)
    for one in NOTES:
        page = client.get(f"/meetings/{one.on.isoformat()}/").text
        assert all(name in page for name in one.attended)
        assert all(words.rstrip(".") in page for words, _ in one.actions)
    assert client.get(reverse("actions:action_list"), {"words": "tram company"}).status_code == 200
    assert "River levels of the whole county" in client.get(reverse("wishlists:entry_list"), {"kind": "wants"}).text


# Of the years in the middle, where somebody announced a day on which then nobody met.
SOME = archive_of_notes.archive((".txt", ".md"))[24:36]


def test_the_same_again_changes_no_row(group, tmp_path, client, capsys):
    archive_of_notes.write(tmp_path, SOME)
    call_command("record_notes", str(tmp_path), publish=True)
    capsys.readouterr()
    before = snapshot(), list(Minutes.objects.values_list("pk", "revision")), Meeting.history.count()
    call_command("record_notes", str(tmp_path), publish=True)
    said = capsys.readouterr().out
    assert said.count(": no change. Meeting of ") == len(SOME)
    assert ": recorded." not in said
    assert (snapshot(), list(Minutes.objects.values_list("pk", "revision")), Meeting.history.count()) == before

    # Nobody met on the day announced: the secretary is asked for its notes, and the archive leaves it out.
    announced = archive_of_notes.day_of(31) + timedelta(days=1)
    meeting = Meeting.objects.get(on=announced)
    assert (meeting.status, Minutes.objects.filter(meeting=meeting).exists()) == ("tentative", False)
    assert meeting in Meeting.objects.awaiting_notes(on=date(2026, 1, 1))
    page = client.get("/meetings/", {"year": announced.year}).text
    assert f"/meetings/{announced.isoformat()}/" not in page
    assert f"/meetings/{archive_of_notes.day_of(31).isoformat()}/" in page


@pytest.mark.once
def test_any_order_ends_in_equal_records(group, tmp_path, capsys):
    # Which of two spellings comes first is a person, and the other is asked about: here there is one.
    notes = [
        one for one in archive_of_notes.archive((".txt", ".md"))[20:42] if archive_of_notes.VARIANT not in one.attended
    ]
    archive_of_notes.write(tmp_path, notes)
    paths = [str(path) for path in sorted(tmp_path.rglob("*.*"))]
    shots = []
    for seed in (None, 1):
        in_order = list(paths)
        if seed is not None:
            random.Random(seed).shuffle(in_order)  # noqa: S311 (the same at every run)
        for path in in_order:  # one at a time, or the command would put them in order
            call_command("record_notes", path, publish=True)
        shots.append(snapshot())
        for model in (Original, MinuteLine, Attendance, Entry):
            model.objects.all().delete()
        Action.objects.all().delete()
        Minutes.objects.all().delete()
        for meeting in Meeting.objects.all():
            meeting.items.all().delete()
        Meeting.objects.all().delete()
        Person.objects.all().delete()
    assert {key: shots[1][key] for key in shots[0] if shots[0][key] != shots[1][key]} == {}
    assert len(shots[0]["minutes"]) == len(notes)
