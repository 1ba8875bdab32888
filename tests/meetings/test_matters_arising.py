"""What comes up at a meeting of what was promised before it."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from meetings import publishing
from meetings.agenda.arising import matters_arising, ordinal
from meetings.minutes.structure import Kind
from tests import factories
from wmodf.lib.access import Standing

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD, FOURTH = date(2026, 3, 11), date(2026, 5, 13), date(2026, 7, 8), date(2026, 9, 9)
PUBLIC = AnonymousUser()


@pytest.fixture
def member(member):
    """A member as a request knows them."""
    member.standing = Standing.MEMBER
    return member


@pytest.fixture
def secretary(secretary):
    """The secretary as a request knows them."""
    secretary.standing = Standing.SECRETARY
    return secretary


@pytest.fixture
def year(group):
    """Four meetings; the notes of the first three are circulated."""
    meetings = [factories.make_meeting(on=on) for on in (FIRST, SECOND, THIRD, FOURTH)]
    for meeting in meetings[:3]:
        factories.make_minutes(meeting)
    return meetings


def show(*meetings):
    for meeting in meetings:
        publishing.show(meeting=meeting, now=factories.NOW)


def texts(meeting, user=PUBLIC) -> list[str]:
    return [matter.action.shown for matter in matters_arising(meeting, user=user)]


def test_it_says_since_when_how_often_and_what_was_said_last(year, member, secretary):
    first, second, _third, fourth = year
    action = factories.make_action("Ask the bus company", meeting=first)
    factories.make_line(second, "A1: no answer yet.", kind=Kind.REVIEW, action=action)
    show(first, second)
    cy = factories.make_person("Cy Parr", role="")
    action.comment(now=factories.at(date(2026, 8, 1)), by=cy, note="they will\nanswer  soon.")
    [matter] = matters_arising(fourth, user=member)
    assert (matter.since, matter.times, matter.said) == (FIRST, 3, "they will answer soon.")
    assert (matter.by, matter.on) == ("CP", date(2026, 8, 1))
    assert matter.words == "C/F since 11 March 2026, third time; CP said “they will answer soon.”"
    [matter] = matters_arising(fourth, user=PUBLIC)
    assert matter.words == "C/F since 11 March 2026, third time; minuted 13 May 2026: no answer yet."
    [matter] = matters_arising(second, user=member)
    assert matter.words == "C/F since 11 March 2026, first time"


def test_it_holds_what_is_open_or_ended_since_the_last_meeting_with_notes(year):
    first, _second, third, fourth = year
    for text, ended in {
        "open": None,
        "ended before the last": date(2026, 7, 1),
        "ended since": date(2026, 8, 1),
        "ended later": date(2026, 10, 1),
    }.items():
        action = factories.make_action(text, meeting=first)
        if ended:
            action.finish(now=factories.at(ended), by=None)
    factories.make_action("raised later", meeting=fourth)
    show(first)
    assert texts(fourth) == ["open", "ended since", "ended later"]
    assert texts(third) == ["open", "ended before the last", "ended since", "ended later"]
    assert texts(first) == []
    ended = {matter.action.shown: (matter.status, matter.ended_on) for matter in matters_arising(fourth, user=PUBLIC)}
    assert ended == {
        "open": ("open", None),
        "ended since": ("done", date(2026, 8, 1)),
        "ended later": ("open", None),
    }
    assert "third time; done 1 August 2026" in matters_arising(fourth, user=PUBLIC)[1].words


def test_one_that_was_ended_then_and_is_open_today_does_not_arise_there(year):
    first, _second, _third, _fourth = year
    action = factories.make_action("to and fro", meeting=first)
    action.finish(now=factories.at(date(2026, 4, 1)), by=None)
    action.reopen(now=factories.at(date(2026, 8, 1)), by=None)
    show(first)
    assert [bool(texts(meeting)) for meeting in year] == [False, True, False, True]


def test_what_was_heard_at_the_meeting_itself_is_no_word_before_it(year):
    first, second, *_ = year
    action = factories.make_action("Ask", meeting=first)
    heard = action.updates.create(on=SECOND, status="done")
    factories.make_line(second, "A1: done.", kind=Kind.REVIEW, action=action, heard=heard)
    show(first, second)
    [matter] = matters_arising(second, user=PUBLIC)
    assert matter.words == "C/F since 11 March 2026, first time; done 13 May 2026"


def test_nobody_learns_of_what_they_may_not_see(year, member, secretary):
    first, *_, fourth = year
    factories.make_action("secret", meeting=first, line={"is_confidential": True})
    draft = factories.make_meeting(on=date(2026, 8, 12))
    factories.make_action("draft", meeting=draft)
    factories.make_minutes(draft, circulated=False)
    show(first, draft)
    assert (texts(fourth), texts(fourth, member), texts(fourth, secretary)) == ([], ["secret"], ["secret", "draft"])


def test_a_long_word_is_cut(year, member):
    first, *_, fourth = year
    action = factories.make_action("Ask", meeting=first)
    show(first)
    action.comment(now=factories.at(date(2026, 8, 1)), by=None, note="so " * 400)
    [matter] = matters_arising(fourth, user=member)
    assert len(matter.words) < 380
    assert matter.words.endswith("so…”")


def test_ordinals_are_words_to_the_tenth():
    assert [ordinal(number) for number in (1, 10, 11, 12, 13, 21, 22, 23, 24, 111)] == [
        "first", "tenth", "11th", "12th", "13th", "21st", "22nd", "23rd", "24th", "111th",
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
def test_it_asks_the_database_as_often_for_three_as_for_one(year, member, rows, django_assert_num_queries):
    first, second, _, fourth = year
    for number in range(rows):
        owner = factories.make_person(f"Cy Parr {number}", role="")
        action = factories.make_action(f"Ask {number}", meeting=first, owners=[owner])
        factories.make_line(second, "A1: no answer yet.", kind=Kind.REVIEW, action=action)
        action.comment(now=factories.at(date(2026, 8, 1)), by=owner, note="Soon.")
    show(first, second)
    with django_assert_num_queries(6):
        assert all(matter.words for matter in matters_arising(fourth, user=member))
