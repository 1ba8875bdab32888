"""A year of the group in a real browser: three meetings, from a list of dates to what is agreed, moved and called off.

The server's clock goes on from day to day of the story. Whoever comes back logs in anew, as people do.
"""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from meetings.models import Draft, Meeting
from members.models import User
from tests.factories import make_group, make_organisation, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DATES = """13 January 2027, 11:00–13:00, Elmbridge Council
10 March 2027, 11:00–13:00, Weir Trust
12 May 2027, 11:00–13:00, Lock CC
14 July 2027, 11:00–13:00, Elmbridge Council
"""
DAYS = ["Wednesday 13 January 2027", "Wednesday 10 March 2027", "Wednesday 12 May 2027", "Wednesday 14 July 2027"]
HALL, STOPS = "A hall for the open data day", "Bus stops"
NOTE_OF_REPLY = "I am in hospital that week."
DISCUSSION = "The county puts the stops up and forgets where they stand."
FEE, FEE_CORRECTED = "The fee for the hall is £500.", "The fee for the hall is £5,000."
TO_BOOK, TO_ASK = "BA to book the hall by 1 February.", "AB to ask the county for its list of stops by 1 March."
AGREED = "Notes of 13 January 2027 agreed with one correction: item 5 should read £5,000."
UPDATE = "The county wants a letter first."
FLOODED, ELECTIONS = "The room is flooded.", "Elections are held that week."


@dataclass
class Story:
    """The group's members by their first names, and how they and everyone else come to the pages."""

    users: dict[str, User]
    log_in: Callable
    open_page: Callable
    clock: object

    def go_to(self, day, hour="09:00"):
        """Let it be this hour of this day, by UTC."""
        self.clock.move_to(f"{day}T{hour}:00Z")

    @contextmanager
    def secretary_at(self, name, *args):
        """The secretary at one of their pages in the admin, which is left at the end."""
        with self.member_at("sefa", reverse(f"admin:meetings_meeting_{name}", args=args)) as page:
            yield page

    @contextmanager
    def member_at(self, name, path):
        """A member who logs in and goes to a page, which is left at the end."""
        page = self.log_in(self.users[name])
        page.goto(path)
        yield page
        page.context.close()


@pytest.fixture
def story(transactional_db, time_machine, log_in, open_page):
    time_machine.move_to("2026-11-30T10:00:00Z")
    make_group()
    users = {"sefa": make_user("Sefa Stone", role="secretary")}
    for name, body in (("Ada Birch", "Elmbridge Council"), ("Bo Ashworth", "Weir Trust"), ("Gia Holt", "Lock CC")):
        users[name.partition(" ")[0].lower()] = make_user(name, on_behalf_of=make_organisation(body))
    return Story(users=users, log_in=log_in, open_page=open_page, clock=time_machine)


@pytest.mark.smoke
def test_a_year_of_three_meetings(story):
    public = story.open_page("/")
    january, march, may = dates_are_entered(story, public)
    agenda_is_made(story, public, january)
    members_answer(story, january)
    notes_are_taken(story, january)
    highlights_are_published(story, public, january)
    notes_are_published(story, public, january)
    meeting_is_moved(story, public, march)
    agenda_has_what_arises(story, public, march)
    later_meeting_agrees(story, public, march, agreed=january)
    correction_is_entered(story, public, january, decided_at=march)
    action_is_done(story, public, january)
    meeting_is_cancelled(story, public, may)
    note_of_reply_is_nowhere(public, january, march)


# --- before the first meeting ---------------------------------------------------------------------------------------


def dates_are_entered(story, public):
    with story.secretary_at("changelist") as page:
        page.get_by_role("link", name="A year’s dates").click()
        page.get_by_label("Dates, one a line").fill(DATES)
        page.get_by_role("button", name="Read the dates").click()
        page.get_by_label("The dates are").select_option(label="confirmed")
        page.get_by_role("button", name="Enter these 4 meetings").click()
        page.get_by_text("4 meetings entered.").wait_for()
    for path in ("/meetings/", "/calendar/"):
        public.goto(path)
        rows = public.locator("section[aria-labelledby=coming] .row")
        assert [" ".join(said.split()) for said in rows.get_by_role("heading").all_inner_texts()] == DAYS
        assert "Hosted by Weir Trust" in rows.nth(1).inner_text()
    return list(Meeting.objects.order_by("on")[:3])


def agenda_is_made(story, public, meeting):
    story.go_to("2026-12-14")
    with story.member_at("ada", "/me/") as ada:
        ada.get_by_role("link", name="Propose an item for the agenda of 13 January 2027").click()
        ada.get_by_label("What should the meeting talk about?").fill(STOPS)
        ada.get_by_label("How many minutes").fill("20")
        ada.get_by_role("button", name="Propose it").click()
        ada.get_by_text("The secretary has not answered yet.").wait_for()

    with story.secretary_at("agenda", meeting.pk) as page:
        page.get_by_role("button", name="Begin with the standing items").click()
        new = page.get_by_role("group", name="A new item")
        new.get_by_label("Title").fill(HALL)
        new.get_by_label("Minutes").fill("15")
        new.get_by_label("Lead", exact=True).select_option(label="Bo Ashworth")
        new.get_by_role("button", name="Add and go on").click()
        page.get_by_label("Your word to Ada Birch").fill("Gladly.")
        page.get_by_role("button", name=f"Put on the agenda : {STOPS}").click()
        page.get_by_text(f"“{STOPS}” is on the agenda, at the end.").wait_for()
        for title in (HALL, STOPS):  # before any other business and the next meeting
            for _ in range(2):
                with page.expect_navigation():
                    page.get_by_role("button", name=f"Up : {title}").click()
        public.goto(meeting.get_absolute_url())
        expect(public.get_by_text(STOPS)).to_have_count(0)
        page.get_by_role("button", name="Save and publish").click()
        page.get_by_text("The agenda is saved and published.").wait_for()

    public.reload()
    public.get_by_role("link", name="Agenda", exact=True).click()
    public.get_by_role("heading", level=1, name="Agenda").wait_for()
    items = public.locator(".agenda-item").all_inner_texts()
    assert len(items) == 8
    assert [part in items[4] for part in (HALL, "11:55", "15 minutes", "Lead: Bo Ashworth")] == [True] * 4
    assert [part in items[5] for part in (STOPS, "12:10", "20 minutes", "Lead: Ada Birch")] == [True] * 4


def members_answer(story, meeting):
    story.go_to("2027-01-06", "18:00")
    with story.member_at("ada", "/me/") as ada:
        expect(ada.get_by_role("region", name="Items that you proposed")).to_contain_text("The secretary: Gladly.")
        card = ada.locator(f"#reply-{meeting.pk}")
        card.get_by_label("I am coming in person").check()
        card.get_by_role("button", name="Send your answer").click()
        card.get_by_text("Your answer is saved").wait_for()
    with story.member_at("bo", meeting.get_absolute_url()) as bo:
        bo.get_by_label("I can’t come: please record my apologies").check()
        bo.get_by_label("A note for the secretary").fill(NOTE_OF_REPLY)
        bo.get_by_role("button", name="Send your answer").click()
        bo.get_by_text("Your answer is saved").wait_for()
    with story.member_at("gia", meeting.get_absolute_url()) as gia:
        gia.get_by_label("I can’t come: I am sending a deputy").check()
        gia.get_by_label("Your deputy’s name").fill("Eli Fenn")
        gia.get_by_role("button", name="Send your answer").click()
        gia.get_by_text("Your answer is saved").wait_for()
        assert NOTE_OF_REPLY not in gia.content()


# --- the first meeting ----------------------------------------------------------------------------------------------


def notes_are_taken(story, meeting):
    story.go_to("2027-01-13", "11:05")
    with story.secretary_at("record", meeting.pk) as page:
        box = page.get_by_label("Notes", exact=True)
        opening = box.input_value()
        assert "Attended by:\n- Ada Birch (Elmbridge Council)\n" in opening
        assert "In attendance:\n- Eli Fenn (deputising for Gia Holt)\n" in opening
        assert "Apologies:\n- Bo Ashworth (Weir Trust)\n- Gia Holt (Lock CC)\n" in opening
        assert "Sefa" not in opening  # silence stays silence
        assert NOTE_OF_REPLY not in opening
        type_under(page, "Data used and wanted", "AB: Used: Bus timetables", "Wants: Tree positions, street by street")
        type_under(page, HALL, FEE, TO_BOOK)
        type_under(page, STOPS, DISCUSSION, TO_ASK)
        type_under(page, "Next meeting", "10 March 2027, 11:00–13:00, hosted by Weir Trust.")
        typed = box.input_value()
        deadline = monotonic() + 15
        while not Draft.objects.offered().filter(text=typed).exists():
            assert monotonic() < deadline
            page.wait_for_timeout(200)
    # The tab was closed before anything was saved; another browser has it all.
    with story.secretary_at("record", meeting.pk) as page:
        expect(page.get_by_label("Notes", exact=True)).to_have_value(typed)


def type_under(page, heading, *lines):
    """Put the caret behind a heading in the box, and type lines below it."""
    page.get_by_label("Notes", exact=True).evaluate(
        """(box, heading) => {
          const end = box.value.indexOf("\\n", box.value.indexOf(`. ${heading}`));
          box.focus();
          box.setSelectionRange(end < 0 ? box.value.length : end, end < 0 ? box.value.length : end);
        }""",
        heading,
    )
    page.keyboard.type("".join(f"\n{line}" for line in lines))


def highlights_are_published(story, public, meeting):
    story.go_to("2027-01-13", "20:00")
    with story.secretary_at("record", meeting.pk) as page:
        page.get_by_role("button", name="Publish the highlights").click()
        page.get_by_text("Draft, its highlights published").wait_for()
    public.goto(meeting.get_absolute_url())
    assert DISCUSSION not in public.content()
    assert "its notes will be here" not in public.content()  # it is said already that they follow
    public.get_by_role("link", name="Read the highlights").click()
    public.get_by_role("heading", level=1, name="Highlights: actions and next date").wait_for()
    main = public.locator("main").inner_text()
    assert [part in main for part in (TO_BOOK, TO_ASK, "10 March 2027")] == [True] * 3
    assert [part in public.content() for part in (DISCUSSION, FEE, "Tree positions")] == [False] * 3


def notes_are_published(story, public, meeting):
    story.go_to("2027-01-15")
    with story.secretary_at("record", meeting.pk) as page:
        page.get_by_role("button", name="Save and publish").click()
        page.get_by_text("The notes are saved and published.").wait_for()
    public.goto(meeting.get_absolute_url())
    public.get_by_text("Circulated on 15 January 2027, not yet agreed.").wait_for()
    notes = public.get_by_role("article", name="Notes").inner_text()
    parts = (DISCUSSION, FEE, TO_BOOK, "Bus timetables", "Tree positions, street by street", "Eli Fenn")
    assert [part for part in parts if part not in notes] == []


# --- the second meeting ---------------------------------------------------------------------------------------------


def meeting_is_moved(story, public, meeting):
    story.go_to("2027-02-22")
    former = meeting.get_absolute_url()
    with story.secretary_at("move", meeting.pk) as page:
        page.get_by_label("New date").fill("2027-03-17")
        page.get_by_label("Why").fill(FLOODED)
        page.get_by_role("button", name="Move the meeting").click()
        page.get_by_text("The meeting is moved").wait_for()
    meeting.refresh_from_db()
    public.goto(former)
    assert public.url.endswith("/meetings/2027-03-17/")
    expect(public.get_by_text(f"Moved from 10 March 2027: {FLOODED}")).to_be_visible()
    assert f"Moved from Wednesday 10 March 2027: {FLOODED}" in feed(public)


def feed(public):
    """The group's calendar as calendars fetch it, its long lines joined."""
    return public.request.get("/calendar.ics").text().replace("\r\n ", "")


def agenda_has_what_arises(story, public, meeting):
    story.go_to("2027-03-03")
    with story.member_at("ada", "/me/") as ada:
        card = ada.locator("#action-2")
        card.get_by_label("How is it going?").fill(UPDATE)
        card.get_by_role("button", name="Add an update").click()
        ada.get_by_text("Your update of A2 is saved.").wait_for()
    with story.secretary_at("agenda", meeting.pk) as page:
        page.get_by_role("button", name="Begin with the standing items").click()
        page.get_by_text("2 matters arising, as of today").click()
        page.get_by_text(f"AB said “{UPDATE}”").first.wait_for()
        page.get_by_role("button", name="Save and publish").click()
        page.get_by_text("The agenda is saved and published.").wait_for()
    public.goto(f"{meeting.get_absolute_url()}agenda/")
    matters = public.locator(".matters > li").all_inner_texts()
    assert [TO_BOOK in matters[0], TO_ASK in matters[1], len(matters)] == [True, True, 2]
    assert all("C/F since 13 January 2027, first time" in matter for matter in matters)
    assert UPDATE not in public.content()  # for members


def later_meeting_agrees(story, public, meeting, *, agreed):
    story.go_to("2027-03-17", "11:00")
    with story.secretary_at("record", meeting.pk) as page:
        page.get_by_text("Who is there").click()
        page.get_by_role("button", name="Same as last time").click()
        page.get_by_text("Marked present").wait_for()
        page.get_by_role("button", name="Put the lists into the notes").click()
        page.get_by_text("The lists are in the notes").wait_for()
        type_under(page, "Notes of the last meeting", AGREED)
        type_under(page, "Matters arising", "A1: BA has booked the hall. Done.")
        reading = page.locator("#reading")
        reading.get_by_text("agrees the notes of 13 January 2027").wait_for()
        # The move has said why the day is another.
        expect(reading.get_by_text("announced a meeting on")).to_have_count(0)
        page.get_by_role("button", name="Save and publish").click()
        page.get_by_text("The notes are saved and published.").wait_for()
        page.get_by_text("speak of a correction to those of 13 January 2027").wait_for()
    public.goto(agreed.get_absolute_url())
    expect(public.get_by_text("Agreed at the meeting of 17 March 2027.")).to_be_visible()
    expect(public.locator("#a1")).to_contain_text("done 17 March 2027")


def correction_is_entered(story, public, meeting, *, decided_at):
    story.go_to("2027-03-18")
    with story.secretary_at("correct", meeting.pk) as page:
        page.get_by_role("link", name="Enter it").click()
        page.get_by_role("link", name=f"Correct “{FEE}").click()
        page.get_by_label("What it should read").fill(FEE_CORRECTED)
        page.get_by_role("button", name="Show what changes").click()
        page.get_by_role("button", name="Save the correction").click()
        page.get_by_text("The correction is saved").wait_for()
    public.goto(meeting.get_absolute_url())
    told = f"Item 5: for “{FEE}” read “{FEE_CORRECTED}”"
    own = public.get_by_role("region", name="Corrections", exact=True).inner_text()
    assert f"{told}, agreed at the meeting of 17 March 2027" in own
    assert FEE_CORRECTED in public.get_by_role("article", name="Notes").inner_text()
    public.goto(decided_at.get_absolute_url())
    assert told in public.get_by_role("region", name="Corrections to the notes of 13 January 2027").inner_text()


def action_is_done(story, public, meeting):
    story.go_to("2027-04-08", "19:00")
    with story.member_at("ada", "/me/") as ada:
        card = ada.locator("#action-2")
        card.get_by_label("How is it going?").fill("The list came today.")
        card.get_by_role("button", name="Mark as done").click()
        ada.get_by_text("A2 is marked as done.").wait_for()
    public.goto(meeting.get_absolute_url())
    expect(public.locator("#a2")).to_contain_text("done 8 April 2027")


# --- the third meeting ----------------------------------------------------------------------------------------------


def meeting_is_cancelled(story, public, meeting):
    story.go_to("2027-04-20")
    with story.secretary_at("cancel", meeting.pk) as page:
        page.get_by_label("Why").fill(ELECTIONS)
        page.get_by_role("button", name="Cancel the meeting").click()
        page.get_by_text("The meeting is cancelled").wait_for()
    public.goto(meeting.get_absolute_url())
    expect(public.get_by_text(f"Cancelled: {ELECTIONS}")).to_be_visible()
    for path in ("/meetings/", "/calendar/"):
        public.goto(path)
        row = public.locator("section[aria-labelledby=coming] .row", has_text=DAYS[2])
        assert f"Cancelled: {ELECTIONS}" in row.inner_text()
    (event,) = (one for one in feed(public).split("BEGIN:VEVENT") if ":20270512T" in one)
    assert "STATUS:CANCELLED" in event
    assert f"DESCRIPTION:Cancelled: {ELECTIONS}" in event


def note_of_reply_is_nowhere(public, *meetings):
    """What a member told the secretary alone is on no public page, whatever became of the meeting."""
    addresses = [f"{meeting.get_absolute_url()}{end}" for meeting in meetings for end in ("", "agenda/", "highlights/")]
    for address in ("/", "/meetings/", "/actions/", "/calendar/", "/calendar.ics", *addresses):
        answer = public.request.get(address)
        assert answer.ok
        assert "hospital" not in answer.text()
