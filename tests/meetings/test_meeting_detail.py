"""One meeting's page."""

import copy
import re
from datetime import date, time

import pytest
import time_machine

from meetings import publishing
from meetings.minutes.structure import Kind
from meetings.models import Meeting, Minutes
from meetings.recording import record
from tests import factories
from tests.pages import addresses_of, words_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


# The same rows for all these tests.
@pytest.fixture(scope="module", autouse=True)
@time_machine.travel(TODAY, tick=False)
def told_once(kept_group):
    council = factories.make_organisation("Elmbridge Council")
    meeting = factories.make_meeting(
        on=date(2026, 1, 28),
        starts=time(11),
        ends=time(13),
        host=council,
        venue="Old Mill, write to mill@private.example",
    )
    named = factories.make_person("Ada Birch", email="ada@private.example")
    hidden = factories.make_person("Zed Quietly", public_name="member")
    factories.make_attendance(meeting, named, representing=council, role="Chair", note="ask ada@private.example")
    factories.make_attendance(meeting, hidden, arrived=time(11, 20), deputising_for=named, capacity="deputy")
    factories.make_attendance(meeting, "Gus Guest", capacity="in-attendance")
    factories.make_attendance(meeting, factories.make_person("Una Away"), status="apologies")
    item = factories.make_item(meeting, "Matters arising", number="1")
    other = factories.make_item(meeting, "Round-table", number="2")
    closed = factories.make_item(meeting, "Closed session", is_confidential=True)
    before = factories.make_meeting(on=date(2025, 11, 26))
    coming = factories.make_meeting(on=date(2026, 4, 22), status="tentative")
    factories.make_line(meeting, "Zed Quietly welcomed all.")
    factories.make_line(meeting, "Notes agreed.", kind=Kind.AGREED, item=item, named_meeting=before, names_on=before.on)
    factories.make_action(
        "Ask the bus company", owners=[named, hidden, "Facilities"], meeting=meeting, line={"item": item},
        due_on=date(2026, 2, 20),
    )  # fmt: skip
    factories.make_line(meeting, "Members agreed to write.", kind=Kind.DECISION, item=item)
    factories.make_entry("Bus stop times", meeting=meeting, line={"item": other}, person=named, organisation=council)
    factories.make_entry(
        "Tree register", kind="wants", status="refused", meeting=meeting, line={"item": other}, person=hidden
    )
    factories.make_line(meeting, "22nd April.", kind=Kind.NEXT_MEETING, item=other, named_meeting=coming)
    factories.make_line(meeting, "Page 1 of 2", kind=Kind.LEFT_OUT, item=other)
    factories.make_line(meeting, "The secret tender.", item=item, is_confidential=True)
    factories.make_line(meeting, "Nobody may hear.", item=closed)
    factories.make_minutes(meeting)
    return meeting


@pytest.fixture
def told(told_once):
    """A meeting of 28 January 2026 with notes that hold a line of every kind, circulated."""
    return copy.deepcopy(told_once)


def test_it_shows_when_where_and_who(anonymous_client, told):
    words = words_of(anonymous_client.get("/meetings/2026-01-28/"))
    assert "Wednesday 28 January 2026" in words
    assert "When 28 January 2026, 11:00 to 13:00" in words
    assert "Where Old Mill, write to (address withheld) Host Elmbridge Council" in words
    assert (
        "Present Ada Birch , Chair , Elmbridge Council (ask (address withheld)) "
        "a member , deputising for Ada Birch , from 11:20 In attendance Gus Guest Apologies Una Away" in words
    )


def test_it_shows_the_lines_in_order_each_by_its_kind(anonymous_client, told):
    notes = words_of(anonymous_client.get("/meetings/2026-01-28/")).partition("Apologies Una Away ")[2]
    assert notes.startswith(
        "a member welcomed all. 1 Matters arising "
        "Notes agreed Notes agreed. Meeting of 26 November 2025 "
        "Action A1 Ask the bus company Owner: Ada Birch , a member and Facilities Due: 20 February 2026 "
        "Now: overdue since 20 February 2026 "
        "Decision Members agreed to write. "
        "2 Round-table "
        "Used D1 Ada Birch Elmbridge Council : Bus stop times "
        "Wants D2 a member : Tree register Now: refused "
        "Next meeting 22nd April. Meeting of 22 April 2026 Provisional "
    )


def test_the_public_reads_nothing_withheld(anonymous_client, told):
    page = anonymous_client.get("/meetings/2026-01-28/").content.decode()
    withheld = ["Quietly", "private.example", "tender", "Closed session", "Nobody may hear", "Page 1 of 2"]
    assert {word for word in withheld if word in page} == set()


def test_members_read_confidential_lines_marked_and_full_names(member_client, told):
    page = member_client.get("/meetings/2026-01-28/")
    words = words_of(page)
    assert "Owner: Ada Birch , Zed Quietly and Facilities" in words
    assert "Confidential The secret tender." in words
    assert "Closed session Confidential Nobody may hear." in words
    assert "Page 1 of 2" not in words
    assert "Page 1 of 2" not in page.content.decode()


def test_the_contents_lead_to_every_item_and_records_have_anchors(anonymous_client, told):
    page = anonymous_client.get("/meetings/2026-01-28/").content.decode()
    anchors = set(re.findall(r' id="([^"]+)"', page))
    items = {f"item-{item.pk}" for item in told.items.all() if not item.is_confidential}
    kept = told.lines.filter(is_public=True, action=None, entry=None).exclude(kind=Kind.LEFT_OUT)
    lines = {"a1", "d1", "d2", *(f"line-{line.pk}" for line in kept)}
    assert len(lines) == 3 + 4
    assert set(re.findall(r'href="#([^"]+)"', page)) == {"main", "attendance"} | items | lines
    contents = page.partition('<nav class="contents"')[2].partition("</nav>")[0]
    assert set(re.findall(r'href="#([^"]+)"', contents)) == {"attendance"} | items
    records = {"/actions/A1/", "/wishlists/D1/", "/wishlists/D2/"}
    assert {path for path in re.findall(r'href="([^"]+)"', page) if re.search(r"/[AD]\d+/$", path)} == records
    assert anchors >= {"attendance"} | items | lines
    assert {anchor for anchor in anchors if anchor.startswith("item-")} == items


def test_an_action_says_what_became_of_it(anonymous_client, told):
    told.lines.get(kind=Kind.ACTION).action.finish(now=factories.at(date(2026, 2, 28)), by=None)
    assert "Now: done 28 February 2026" in words_of(anonymous_client.get("/meetings/2026-01-28/"))


def test_a_record_heard_twice_has_one_anchor(anonymous_client, told):
    action = told.lines.get(kind=Kind.ACTION).action
    factories.make_line(told, "Bus company asked.", kind=Kind.REVIEW, action=action)
    publishing.show(meeting=told, now=factories.NOW)
    page = anonymous_client.get("/meetings/2026-01-28/")
    assert page.content.decode().count('id="a1"') == 1
    assert "Matter arising A1 Ask the bus company Bus company asked." in words_of(page)


def test_a_public_review_of_a_confidential_action_says_nothing_else_of_it(anonymous_client, member_client, group):
    first = factories.make_meeting(on=date(2025, 12, 10))
    owner = factories.make_person("Ada Birch")
    action = factories.make_action("Hush", owners=[owner], meeting=first, line={"is_confidential": True})
    factories.make_minutes(first)
    later = factories.make_meeting(on=date(2026, 2, 11))
    factories.make_line(later, "One matter was heard.", kind=Kind.REVIEW, action=action)
    factories.make_minutes(later)
    words = words_of(anonymous_client.get("/meetings/2026-02-11/"))
    assert "Matter arising One matter was heard." in words
    assert {word for word in (action.reference, "Hush", "Ada Birch", "Now:") if word in words} == set()
    assert f"Matter arising {action.reference} Hush One matter was heard. Owner: Ada Birch" in words_of(
        member_client.get("/meetings/2026-02-11/")
    )


def test_a_named_meeting_taken_back_is_no_link(anonymous_client, secretary_client, told):
    coming = told.lines.get(kind=Kind.NEXT_MEETING).named_meeting
    publishing.take_back(meeting=coming, now=factories.NOW)
    links = r"/meetings/[\d-]+/$"
    assert addresses_of(anonymous_client.get("/meetings/2026-01-28/"), links) == {"/meetings/2025-11-26/"}
    assert addresses_of(secretary_client.get("/meetings/2026-01-28/"), links) == {
        "/meetings/2025-11-26/",
        "/meetings/2026-04-22/",
    }


def test_circulated_notes_say_that_they_are_not_agreed(anonymous_client, told):
    assert "Circulated on 2 March 2026, not yet agreed." in words_of(anonymous_client.get("/meetings/2026-01-28/"))


def test_agreed_notes_say_by_which_meeting(anonymous_client, told):
    later = factories.make_meeting(on=date(2026, 2, 25))
    factories.make_line(later, "Agreed.", kind=Kind.AGREED, names_on=told.on)
    factories.make_minutes(later)
    page = anonymous_client.get("/meetings/2026-01-28/")
    assert "Agreed at the meeting of 25 February 2026" in words_of(page)
    assert "/meetings/2026-02-25/" in addresses_of(page, r"/meetings/\d")
    assert "not yet agreed" not in words_of(page)


def test_a_draft_is_for_the_secretary_alone(anonymous_client, member_client, secretary_client, told):
    publishing.withdraw(minutes=Minutes.objects.get(meeting=told), now=factories.NOW)
    drafted = ["Ask the bus company", "Una Away", "Matters arising", "Members agreed"]
    for client in (anonymous_client, member_client):
        words = words_of(client.get("/meetings/2026-01-28/"))
        assert "The notes of this meeting are not here yet" in words
        assert {word for word in [*drafted, "Draft"] if word in words} == set()
    words = words_of(secretary_client.get("/meetings/2026-01-28/"))
    assert "Draft: only the secretary sees these notes." in words
    assert {word for word in drafted if word in words} == set(drafted)
    assert "Left out Page 1 of 2" in words


def test_a_coming_meeting_says_what_will_be_there(anonymous_client, group):
    factories.make_meeting(on=date(2026, 5, 20), starts=None)
    words = words_of(anonymous_client.get("/meetings/2026-05-20/"))
    assert "When 20 May 2026, time to be announced" in words
    assert "After the meeting its notes will be here" in words


@pytest.mark.parametrize(
    ("status", "said"),
    [("cancelled", "Cancelled. This meeting will not take place."), ("tentative", "Provisional. The date is not")],
)
def test_it_says_the_status_in_words(anonymous_client, group, status, said):
    factories.make_meeting(on=date(2026, 5, 20), status=status)
    assert said in words_of(anonymous_client.get("/meetings/2026-05-20/"))


def test_a_past_meeting_is_not_called_provisional(anonymous_client, group):
    Meeting.objects.update(published_at=None)  # the list then knows of this one alone
    factories.make_meeting(on=date(2026, 2, 11), status="tentative")
    assert "Provisional" not in words_of(anonymous_client.get("/meetings/2026-02-11/"))
    assert "Provisional" not in words_of(anonymous_client.get("/meetings/"))


@pytest.mark.parametrize(("is_public", "seen"), [(False, {"member"}), (True, {"member", "anonymous"})])
def test_the_joining_link_is_for_members_unless_public(anonymous_client, member_client, group, is_public, seen):
    factories.make_meeting(
        on=date(2026, 5, 20), joining_url="https://meet.example/abc", is_joining_url_public=is_public
    )
    clients = {"anonymous": anonymous_client, "member": member_client}
    found = {who for who, client in clients.items() if b"meet.example" in client.get("/meetings/2026-05-20/").content}
    assert found == seen


@pytest.mark.parametrize("fields", [{"on": date(2026, 1, 28)}, {"on": date(2026, 4, 22), "status": "cancelled"}])
def test_nobody_can_join_a_meeting_that_is_over_or_off(member_client, group, fields):
    meeting = factories.make_meeting(joining_url="https://meet.example/abc", is_joining_url_public=True, **fields)
    assert b"meet.example" not in member_client.get(meeting.get_absolute_url()).content


def test_an_old_address_redirects_for_as_long_as_no_live_meeting_holds_it(anonymous_client, group):
    meeting = factories.make_meeting(on=date(2026, 5, 20))
    meeting.on = date(2026, 5, 27)
    publishing.publish(meeting=meeting, now=factories.NOW)
    answer = anonymous_client.get("/meetings/2026-05-20/")
    assert (answer.status_code, answer["Location"]) == (302, "/meetings/2026-05-27/")
    factories.make_meeting(on=date(2026, 5, 20))
    assert anonymous_client.get("/meetings/2026-05-20/").status_code == 200


def test_an_old_address_of_a_meeting_taken_back_is_not_known(anonymous_client, secretary_client, group):
    meeting = factories.make_meeting(on=date(2026, 5, 20))
    meeting.on = date(2026, 5, 27)
    publishing.publish(meeting=meeting, now=factories.NOW)
    publishing.take_back(meeting=meeting, now=factories.NOW)
    assert anonymous_client.get("/meetings/2026-05-20/").status_code == 404
    assert secretary_client.get("/meetings/2026-05-20/").status_code == 302


def test_it_hides_what_is_not_announced(anonymous_client, member_client, secretary_client, group):
    factories.make_meeting(on=date(2026, 5, 20), published=False)
    assert anonymous_client.get("/meetings/2026-05-20/").status_code == 404
    assert member_client.get("/meetings/2026-05-20/").status_code == 404
    page = secretary_client.get("/meetings/2026-05-20/")
    assert page.status_code == 200
    assert "Not announced: only the secretary sees this meeting." in words_of(page)


@pytest.mark.parametrize("slug", ["2026-01-29", "nothing", "2026-13-45", "1" * 300])
def test_an_unknown_meeting_is_not_found(anonymous_client, told, slug):
    page = anonymous_client.get(f"/meetings/{slug}/")
    assert page.status_code == 404
    assert "There is nothing at this address" in words_of(page)


def test_it_is_only_read(anonymous_client, told):
    assert anonymous_client.post("/meetings/2026-01-28/").status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(anonymous_client, group, django_assert_num_queries, rows):
    meeting = factories.make_meeting(on=date(2026, 2, 11))
    for number in range(rows):
        person = factories.make_person(f"Ada Birch {number}")
        body = factories.make_organisation(f"Body {number}")
        item = factories.make_item(meeting, f"Item {number}")
        for status, capacity in (("present", "member"), ("present", "in-attendance"), ("apologies", "member")):
            factories.make_attendance(
                meeting, factories.make_person(f"{status} {capacity} {number}"), status=status, capacity=capacity,
                representing=body, deputising_for=person,
            )  # fmt: skip
        factories.make_action(f"Do {number}", owners=[person, "GH"], meeting=meeting, line={"item": item})
        factories.make_entry(f"Data {number}", meeting=meeting, person=person, organisation=body)
        named = factories.make_meeting(on=date(2026, 4, 1 + number))
        factories.make_line(meeting, "Next.", kind=Kind.NEXT_MEETING, named_meeting=named)
    factories.make_minutes(meeting)
    with django_assert_num_queries(16):
        assert anonymous_client.get("/meetings/2026-02-11/").status_code == 200


def test_it_leads_to_the_meetings_before_and_after_that_the_reader_knows_of(anonymous_client, secretary_client, told):
    factories.make_meeting(on=date(2026, 2, 11), published=False)
    for client, following in ((anonymous_client, "2026-04-22"), (secretary_client, "2026-02-11")):
        page = client.get("/meetings/2026-01-28/").content.decode()
        assert set(re.findall(r'rel="prev" href="([^"]+)"', page)) == {"/meetings/2025-11-26/"}
        assert set(re.findall(r'rel="next" href="([^"]+)"', page)) == {f"/meetings/{following}/"}
    assert "Previous meeting" not in words_of(anonymous_client.get("/meetings/2025-11-26/"))


def test_two_meetings_of_one_day_come_one_after_the_other(anonymous_client, group):
    Meeting.objects.update(published_at=None)  # there is then none before them, and none after
    for _ in range(2):
        factories.make_meeting(on=date(2026, 2, 11))
    first = anonymous_client.get("/meetings/2026-02-11/").content.decode()
    second = anonymous_client.get("/meetings/2026-02-11-2/").content.decode()
    assert ('rel="next" href="/meetings/2026-02-11-2/"' in first, 'rel="prev"' in first) == (True, False)
    assert ('rel="prev" href="/meetings/2026-02-11/"' in second, 'rel="next"' in second) == (True, False)


def test_a_line_keeps_its_anchor_when_the_notes_are_recorded_anew(anonymous_client, group):
    meeting = factories.make_meeting(on=date(2026, 2, 11))
    text = "Minutes of: Circle\nDate: 11 February 2026\n\n# Trees\nDecision: To plant.\nBirds sang.\n"
    publishing.circulate(minutes=record(meeting=meeting, text=text, now=factories.NOW).minutes, now=factories.NOW)
    before = {line.text: f'id="line-{line.pk}"' for line in meeting.lines.all()}
    page = anonymous_client.get("/meetings/2026-02-11/").content.decode()
    assert [anchor for anchor in before.values() if anchor not in page] == []
    longer = text.replace("# Trees\n", "# Paths\nA path was cut.\n\n# Trees\nRain fell.\n")
    record(meeting=meeting, text=longer, now=factories.NOW)
    page = anonymous_client.get("/meetings/2026-02-11/").content.decode()
    assert "Rain fell." in page
    assert [anchor for anchor in before.values() if anchor not in page] == []


def test_it_says_how_to_cite_the_notes(anonymous_client, secretary_client, told, settings):
    settings.SITE_URL = "https://circle.example"
    said = "“Steering group meeting, 28 January 2026”, notes, circulated on 2 March 2026 and not yet agreed,"
    assert f"{said} https://circle.example/meetings/2026-01-28/" in words_of(
        anonymous_client.get("/meetings/2026-01-28/")
    )
    later = factories.make_meeting(on=date(2026, 2, 25))
    factories.make_line(later, "Agreed.", kind=Kind.AGREED, names_on=told.on)
    factories.make_minutes(later)
    words = words_of(anonymous_client.get("/meetings/2026-01-28/"))
    assert "notes, agreed on 25 February 2026, https://circle.example/meetings/2026-01-28/" in words
    publishing.withdraw(minutes=Minutes.objects.get(meeting=later), now=factories.NOW)
    publishing.withdraw(minutes=Minutes.objects.get(meeting=told), now=factories.NOW)
    assert "Cite this" not in words_of(secretary_client.get("/meetings/2026-01-28/"))
