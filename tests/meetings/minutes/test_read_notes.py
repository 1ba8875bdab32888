"""The command that prints what notes say."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from docx import Document

from tests.documents import written

NOTES = (
    "Notes of the Circle held at Lock House on 4 December 2019\n\nPresent: Ada Boyle, Ned Orme\n\n1. "
    "Keepers\nAB to write.\n"
)


def run(*arguments):
    out = StringIO()
    call_command("read_notes", *arguments, stdout=out)
    return out.getvalue()


def test_it_prints_one_object_a_line(tmp_path):
    paths = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for path in paths:
        path.write_text(NOTES, encoding="utf-8")
    found = [json.loads(line) for line in run("--json", *map(str, paths)).splitlines()]
    assert [one["date"] for one in found] == ["2019-12-04"] * 2
    assert found[0]["actions"] == [{"text": "AB to write.", "owners": ["AB"], "due": None, "reference": None}]
    assert [line["number"] for line in found[0]["lines"]] == [1, 3, 5, 6]


def test_it_prints_a_summary(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text(NOTES, encoding="utf-8")
    assert "Wednesday 4 December 2019" in run(str(path))
    assert "action (AB): AB to write." in run(str(path))


def test_a_date_is_null_where_only_the_name_has_one(tmp_path):
    path = tmp_path / "circle-2020-01-29.txt"
    path.write_text("Present: Ada Boyle, Ned Orme\n\nNext meeting: 25 March\n", encoding="utf-8")
    found = json.loads(run("--json", str(path)))
    assert found["date"] is None
    assert found["next_meetings"][0]["date"] == "2020-03-25"


def test_offsets_are_those_of_the_file(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_bytes(b"Present: Ada Boyle, Ned Orme\r\n\r\nAB to write.\r\n")
    found = json.loads(run("--json", str(path)))
    assert found["lines"][1] == {"number": 3, "spans": [[0, 2, "owner"], [2, 12, "action"]]}


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.txt"):
        run(str(tmp_path / "nowhere.txt"))


def test_a_file_that_is_no_text_is_named(tmp_path):
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\xff")
    with pytest.raises(CommandError, match=r"picture\.png"):
        run(str(path))


def test_a_word_document_and_a_page_are_read_and_what_was_left_out_is_said(tmp_path, capsys):
    document = Document()
    for line in NOTES.split("\n"):
        document.add_paragraph(line)
    document.paragraphs[-1].add_run("SECRET").font.hidden = True
    (tmp_path / "notes.docx").write_bytes(written(document))
    page = "".join(f"<div>{line}</div>" for line in NOTES.split("\n")) + "<p hidden>SECRET</p>"
    (tmp_path / "notes.html").write_text(page, encoding="utf-8")
    errors = StringIO()
    out = StringIO()
    call_command(
        "read_notes",
        "--json",
        *(str(tmp_path / name) for name in ("notes.docx", "notes.html")),
        stdout=out,
        stderr=errors,
    )
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [one["date"] for one in found] == ["2019-12-04"] * 2
    assert "SECRET" not in out.getvalue()
    assert [one["actions"][0]["owners"] for one in found] == [["AB"]] * 2
    assert [line.partition(": ")[2] for line in errors.getvalue().splitlines()] == [
        "1 passage of hidden text was left out."
    ] * 2
