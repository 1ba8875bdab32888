"""Adding, changing and removing papers."""

import pytest

from meetings.agenda.paper_kinds import PDF, TEXT, NotAPaperError
from meetings.agenda.papering import (
    MOST_PAPERS,
    TooLargeError,
    TooManyError,
    add_file,
    add_link,
    change_paper,
    clean_name,
    remove_paper,
)
from meetings.agenda.showing import publish_agenda
from meetings.records.papers import MOST_BYTES
from tests import factories, papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group):
    """A meeting whose agenda is published."""
    meeting = factories.make_meeting()
    factories.make_agenda_item(meeting)
    publish_agenda(meeting=meeting, now=factories.NOW)
    return meeting


def add(meeting, upload=("How we publish.txt", b"Plain words."), **fields):
    return add_file(meeting=meeting, upload=upload, by=None, now=factories.NOW, **fields)


def test_a_file_is_kept_and_shown_as_its_item_is(meeting):
    item = meeting.agenda.get()
    paper = add(meeting, item=item)
    paper.refresh_from_db()
    assert (paper.title, paper.name, paper.content_type) == ("How we publish", "How we publish.txt", "text/plain")
    assert (paper.size, bytes(paper.data), len(paper.sha256)) == (12, b"Plain words.", 64)
    assert (paper.is_circulated, paper.is_public, paper.public_title) == (True, True, "How we publish")


def test_a_link_is_kept_once(meeting):
    for _ in range(2):
        add_link(meeting=meeting, link="https://x.example/1", title="Slides", by=None, now=factories.NOW)
    assert meeting.papers.get().is_public


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://x.example/", "https://me:secret@x.example/", "/x", ""])
def test_other_links_are_refused(meeting, link):
    with pytest.raises(NotAPaperError):
        add_link(meeting=meeting, link=link, title="x", by=None, now=factories.NOW)
    assert not meeting.papers.exists()


def test_the_same_file_sent_twice_is_kept_once(meeting):
    assert add(meeting).pk == add(meeting).pk
    assert add(meeting, title="Another").pk != add(meeting).pk


def test_one_that_becomes_confidential_leaves_the_public_at_once(meeting):
    paper = add(meeting)
    for is_confidential in (True, False):
        change_paper(
            paper=paper, title="New", kind="slides", item=None, is_confidential=is_confidential, now=factories.NOW
        )
        paper.refresh_from_db()
        assert (paper.is_circulated, paper.is_public) == (True, not is_confidential)
        assert paper.public_title == ("" if is_confidential else "New")


def test_a_removed_one_is_gone(meeting):
    remove_paper(paper=add(meeting), now=factories.NOW)
    assert not meeting.papers.exists()


def test_ten_million_bytes_are_taken_and_not_one_more(meeting):
    add(meeting, ("a.txt", b"x" * MOST_BYTES))
    with pytest.raises(TooLargeError, match="10 MB is the most"):
        add(meeting, ("b.txt", b"x" * (MOST_BYTES + 1)))
    assert meeting.papers.count() == 1


def test_a_meeting_has_so_many_and_not_one_more(meeting):
    for number in range(MOST_PAPERS):
        add_link(meeting=meeting, link=f"https://x.example/{number}", title="One", by=None, now=factories.NOW)
    with pytest.raises(TooManyError):
        add(meeting)
    with pytest.raises(TooManyError):
        add_link(meeting=meeting, link="https://x.example/more", title="One", by=None, now=factories.NOW)
    assert meeting.papers.count() == MOST_PAPERS


def test_what_is_no_paper_leaves_nothing(meeting):
    with pytest.raises(NotAPaperError):
        add(meeting, ("a.pdf", papers.HTML))
    assert not meeting.papers.exists()


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd.txt", "passwd.pdf"),
        ("C:\\Users\\a\\plan.docx", "plan.pdf"),
        ("a\x00b\r\n.pdf", "ab.pdf"),
        ("  Grants   2026 .pdf", "Grants 2026.pdf"),
        ('x"><img src=y>.pdf', "x img src=y.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("", "paper.pdf"),
        ("...", "paper.pdf"),
        ("a" * 300 + ".pdf", "a" * 120 + ".pdf"),
    ],
)
def test_names_are_cleaned(name, cleaned):
    assert clean_name(name, PDF) == cleaned


def test_a_name_without_an_ending_gets_one():
    assert clean_name("README", TEXT) == "README.txt"
