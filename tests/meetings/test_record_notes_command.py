"""`manage.py record_notes`: notes from files."""

import hashlib
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from docx import Document

from meetings import publishing, recording
from meetings.imports import importing
from meetings.models import Meeting, MinuteLine, Minutes, Original
from members.models import Person
from tests.documents import written
from tests.factories import NOW, make_group

pytestmark = pytest.mark.django_db

DATED = (
    "These are the notes of the EDC meeting held in Mill Road on Wednesday 28th January 2026.\n\nAttendance Ada Birch\n"
)
UNDATED = "Attendance Ada Birch\n\nAB to write to all members.\n"


@pytest.fixture(autouse=True)
def group(db):
    return make_group()


@pytest.fixture
def file(tmp_path):
    def make(text, name="notes.txt"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return make


def run(capsys, *arguments, **options):
    call_command("record_notes", *arguments, **options)
    return capsys.readouterr().out


def test_it_works(capsys, file):
    said = run(capsys, file(DATED))
    minutes = Minutes.objects.get()
    assert (minutes.meeting.on, minutes.status, minutes.meeting.published_at) == (date(2026, 1, 28), "draft", None)
    assert "recorded. New meeting of 28 January 2026 (by its text); draft." in said
    assert "New here: Ada Birch" in said


def test_the_same_file_again_changes_nothing(capsys, file):
    path = file(DATED)
    run(capsys, path)
    assert "no change. Meeting of 28 January 2026" in run(capsys, path)
    assert Minutes.objects.get().revision == 1


def test_the_date_in_the_file_s_name_serves_and_is_said(capsys, file):
    said = run(capsys, file(UNDATED, "edc-2026-02-04.txt"))
    assert "of 4 February 2026 (by the file's name)" in said
    assert Meeting.objects.get().on == date(2026, 2, 4)


def test_the_date_given_goes_before_all(capsys, file):
    run(capsys, file(DATED, "edc-2026-02-04.txt"), date="2026-02-05")
    assert Meeting.objects.get().on == date(2026, 2, 5)


def test_publish(capsys, file):
    run(capsys, file(DATED), publish=True)
    assert Minutes.objects.get().status == "circulated"


def test_published_notes_are_not_replaced_by_accident(capsys, file):
    run(capsys, file(DATED), publish=True)
    changed = file(DATED + "\nSomething more.\n")
    with pytest.raises(CommandError):
        run(capsys, changed)
    assert "Give --publish to replace them" in capsys.readouterr().err
    assert "Something more" not in Minutes.objects.get().text
    run(capsys, changed, publish=True)
    assert "Something more" in Minutes.objects.get().text


def test_a_dry_run_writes_nothing_and_tells_what_the_real_one_does(capsys, file):
    first, second = file(UNDATED, "a-2026-02-04.txt"), file(UNDATED, "b-2026-04-01.txt")
    dry = run(capsys, first, second, dry_run=True)
    assert not Meeting.objects.exists()
    assert not Person.objects.exists()
    assert dry == run(capsys, first, second) + "Nothing was written: this was a dry run.\n"


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        (UNDATED, {}, "neither the text nor the file's name says when"),
        (b"\x00\x01\x02" * 99, {}, "holds no text"),
        ("x" * 1_000_001, {}, "is the most"),
        (UNDATED, {"date": "2026-02-30"}, "write it as 2020-01-29"),
        (UNDATED, {"date": "20260205"}, "write it as 2020-01-29"),
        (UNDATED, {"date": "9999-12-31"}, "write it as 2020-01-29"),
    ],
)
def test_what_can_t_be_recorded_is_said(capsys, file, content, options, words):
    with pytest.raises(CommandError) as refusal:
        run(capsys, file(content), **options)
    assert words in capsys.readouterr().err + str(refusal.value)
    assert not Meeting.objects.exists()


def test_a_missing_file_does_not_stop_the_others(capsys, file, tmp_path):
    with pytest.raises(CommandError, match="1 of 2 files"):
        run(capsys, str(tmp_path / "missing.txt"), file(DATED))
    assert "missing.txt: can't be opened" in capsys.readouterr().err
    assert Meeting.objects.count() == 1


def test_one_date_goes_with_one_file(capsys, file):
    with pytest.raises(CommandError, match="--date goes with one file"):
        run(capsys, file(DATED), file(UNDATED, "b.txt"), date="2026-01-28")


def test_a_folder_is_recorded_with_all_below_it_by_the_days_of_the_meetings(capsys, file, tmp_path):
    below = tmp_path / "2026" / "spring"
    below.mkdir(parents=True)
    (below / "b.md").write_text(DATED)
    (tmp_path / "z-2025-12-03.txt").write_text(UNDATED)
    for name in ("plan.xlsx", ".hidden.txt", "~$b.docx"):
        (tmp_path / name).write_bytes(b"\x00")
    said = run(capsys, str(tmp_path))
    assert said.index("z-2025-12-03.txt: recorded.") < said.index("2026/spring/b.md: recorded.")
    assert "plan.xlsx: passed over, as this kind of file holds no notes" in said
    assert "hidden" not in said
    assert "b.docx" not in said
    assert set(Original.objects.values_list("name", "meeting__on")) == {
        ("2026/spring/b.md", date(2026, 1, 28)),
        ("z-2025-12-03.txt", date(2025, 12, 3)),
    }


def test_the_file_is_kept_with_its_meeting_once(capsys, file):
    path = file(DATED, "Notes ü.txt")
    for _ in range(2):
        run(capsys, path)
    original = Original.objects.get()
    assert (original.name, bytes(original.data), original.state) == ("Notes ü.txt", DATED.encode(), "recorded")
    assert original.sha256 == hashlib.sha256(DATED.encode()).hexdigest()
    assert original.meeting.on == date(2026, 1, 28)


def test_a_dry_run_keeps_no_file(capsys, file):
    run(capsys, file(DATED), dry_run=True)
    assert not Original.objects.exists()


def test_a_second_file_on_one_meeting_is_never_recorded_in_silence(capsys, file):
    first, second = file(DATED, "a.txt"), file(DATED + "\nMore.\n", "b.txt")
    with pytest.raises(CommandError, match="1 of 2 files"):
        run(capsys, first, second)
    refused = capsys.readouterr().err
    assert refused == (
        "b.txt: this meeting has notes already from a.txt, and they differ from the file."
        " Give --replace to replace them.\n"
    )
    assert "More" not in Minutes.objects.get().text
    assert set(Original.objects.values_list("name", flat=True)) == {"a.txt"}
    run(capsys, second, replace=True)
    assert "More" in Minutes.objects.get().text


def test_a_second_file_that_says_the_same_changes_nothing_and_is_kept(capsys, file):
    said = run(capsys, file(DATED, "a.txt"), file(DATED.replace("\n", "\r\n"), "b.txt"))
    assert "b.txt: no change." in said
    assert Minutes.objects.get().revision == 1
    assert set(Original.objects.values_list("name", flat=True)) == {"a.txt", "b.txt"}


def test_a_newer_file_of_the_same_name_takes_the_place_of_the_older(capsys, file):
    run(capsys, file(DATED))
    assert "recorded." in run(capsys, file(DATED + "\nMore.\n"))
    assert "More" in Minutes.objects.get().text


def test_notes_changed_by_hand_since_stand(capsys, file):
    path = file(DATED)
    run(capsys, path)
    meeting = Meeting.objects.get()
    recording.record(meeting=meeting, text=DATED + "\nBy hand.\n", now=NOW)
    assert "no change." in run(capsys, path)
    with pytest.raises(CommandError):
        run(capsys, file(DATED + "\nNewer.\n"))
    assert "By hand" in Minutes.objects.get().text


def test_contradictions_are_told_of_with_each_file(capsys, file):
    said = run(capsys, file(DATED, "edc-2026-01-27.txt"))
    assert "  Contradiction: The file's name says Tuesday 27 January 2026, its text Wednesday 28 January 2026" in said


def test_no_progress_bar_where_nobody_watches(capsys, file):
    run(capsys, file(DATED))
    assert capsys.readouterr().err == ""


def test_a_word_document_and_a_page_are_recorded(capsys, file):
    notes = DATED + "\n" + "AB to write to all members."
    document = Document()
    for line in notes.split("\n"):
        document.add_paragraph(line)
    page = "".join(f"<p>{line}</p>" for line in notes.split("\n\n"))
    run(capsys, file(written(document), "notes.docx"))
    recorded = list(MinuteLine.objects.order_by("position").values_list("kind", "text"))
    assert ("action", "AB to write to all members.") in recorded
    run(capsys, file(page, "notes.html"))
    assert list(MinuteLine.objects.order_by("position").values_list("kind", "text")) == recorded
    assert Meeting.objects.count() == 1


def test_withdrawn_notes_are_not_published_by_the_same_file_again(capsys, file):
    path = file(DATED)
    run(capsys, path, publish=True)
    publishing.withdraw(minutes=Minutes.objects.get(), now=NOW)
    for again in (path, file(DATED.replace("\n", "\r\n"), "other.txt")):
        assert "its notes were withdrawn: publish them on their own page" in run(capsys, again, publish=True)
        assert (Minutes.objects.get().status, Minutes.objects.get().circulated_at) == ("draft", None)


def test_a_draft_changed_by_hand_is_not_published_by_the_same_file_again(capsys, file):
    path = file(DATED)
    run(capsys, path)
    recording.record(meeting=Meeting.objects.get(), text=DATED + "\nHalf a", now=NOW)
    assert "its notes were changed since: publish them on their own page" in run(capsys, path, publish=True)
    assert Minutes.objects.get().status == "draft"


def test_a_draft_that_was_never_published_is_published_by_the_same_file_again(capsys, file):
    path = file(DATED)
    run(capsys, path)
    assert "Recorded already" not in run(capsys, path, publish=True)
    assert Minutes.objects.get().status == "circulated"


def test_an_older_file_again_does_not_undo_the_newer(capsys, file):
    run(capsys, file(DATED, "a.txt"))
    run(capsys, file(DATED + "\nMore.\n", "b.txt"), replace=True)
    assert "no change." in run(capsys, file(DATED, "a.txt"))
    assert "More" in Minutes.objects.get().text


def test_files_of_one_name_in_two_folders_are_two_files(capsys, tmp_path):
    for folder, text in (("one", DATED), ("two", DATED + "\nMore.\n")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "notes.txt").write_text(text)
    with pytest.raises(CommandError, match="1 of 2 files"):
        run(capsys, str(tmp_path), publish=True)
    assert "two/notes.txt: this meeting has notes already from one/notes.txt" in capsys.readouterr().err
    assert "More" not in Minutes.objects.get().text
    with pytest.raises(CommandError, match="1 of 2 files"):  # nor is one newer because it comes later
        run(capsys, str(tmp_path), publish=True)
    (tmp_path / "one" / "notes.txt").write_text(DATED + "\nNewer.\n")
    (tmp_path / "two" / "notes.txt").unlink()
    run(capsys, str(tmp_path), publish=True)
    assert "Newer" in Minutes.objects.get().text


def test_files_of_one_name_given_in_one_run_do_not_replace_each_other(capsys, file, tmp_path):
    (tmp_path / "two").mkdir()
    second = file(DATED + "\nMore.\n", "two/notes.txt")
    with pytest.raises(CommandError, match="1 of 2 files"):
        run(capsys, file(DATED), second)
    assert "More" not in Minutes.objects.get().text


def test_a_file_that_is_too_large_is_not_read(capsys, tmp_path, monkeypatch):
    with (tmp_path / "notes.txt").open("wb") as stream:
        stream.truncate(importing.LARGEST + 1)  # takes no room on the disk
    read = []
    monkeypatch.setattr(Path, "read_bytes", read.append)
    with pytest.raises(CommandError):
        run(capsys, str(tmp_path / "notes.txt"))
    assert capsys.readouterr().err == "notes.txt: is 10,000,001 bytes large; 10,000,000 is the most.\n"
    assert read == []


def test_links_in_a_folder_are_passed_over_and_said(capsys, tmp_path):
    folder, elsewhere = tmp_path / "notes", tmp_path / "elsewhere"
    for path in (folder, elsewhere):
        path.mkdir()
    (elsewhere / "secret-2026-02-04.txt").write_text(UNDATED)
    (folder / "a.txt").symlink_to(elsewhere / "secret-2026-02-04.txt")
    (folder / "b").symlink_to(elsewhere)
    (folder / "c.txt").symlink_to("c.txt")
    (folder / "d.txt").write_text(DATED)
    (folder / "0.txt").symlink_to("d.txt")
    said = run(capsys, str(folder))
    for name in ("0.txt", "a.txt", "b", "c.txt"):
        assert f"{name}: passed over, as it is a link: give the file itself." in said
    assert set(Original.objects.values_list("name", flat=True)) == {"d.txt"}


def test_a_link_given_is_followed_and_one_that_leads_nowhere_is_said(capsys, file, tmp_path):
    (tmp_path / "link.txt").symlink_to(file(DATED))
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    with pytest.raises(CommandError, match="1 of 2 files"):
        run(capsys, str(tmp_path / "link.txt"), str(tmp_path / "loop.txt"))
    assert capsys.readouterr().err == "loop.txt: can't be opened (Too many levels of symbolic links).\n"
    assert set(Original.objects.values_list("name", flat=True)) == {"link.txt"}
