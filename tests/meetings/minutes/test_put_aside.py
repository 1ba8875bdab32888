"""What notes put aside for the agenda of a later meeting, and what only speaks of an agenda."""

from datetime import date

import pytest

from meetings.minutes import reader
from meetings.minutes.put_aside import LONGEST_TITLE, in_line, put_aside_in

ON = date(2026, 1, 28)


def put_aside(words, **options):
    return [(one.title, one.not_before) for one in in_line(words, **{"on": ON} | options)]


@pytest.mark.parametrize(
    ("words", "title", "not_before"),
    [
        ("Agenda item for next meeting: the licence of the maps.", "The licence of the maps", None),
        ("Licence of the maps – agenda item for the next meeting.", "Licence of the maps", None),
        ("Bus stop names (agenda item for next mtg)", "Bus stop names", None),
        ("The tree survey to be an agenda item at the next meeting.", "The tree survey", None),
        ("It was agreed that the budget should be an agenda item at the May meeting.", "The budget", date(2026, 5, 1)),
        ("AB to put the gritting routes on the agenda for May.", "The gritting routes", date(2026, 5, 1)),
        ("Put data ethics on the agenda for the next meeting.", "Data ethics", None),
        ("Secretary to add the constitution to the next agenda.", "The constitution", None),
        ("Please add parking tariffs to the agenda for our March meeting.", "Parking tariffs", date(2026, 3, 1)),
        ("Membership will be put on the agenda for the next meeting.", "Membership", None),
        ("The website to go back on the agenda for October 2027.", "The website", date(2027, 10, 1)),
        ("Invite the maps team to speak in the autumn.", "Invite the maps team to speak", date(2026, 9, 1)),
        (
            "Invite the maps team to update re licences in Autumn",
            "Invite the maps team to update re licences",
            date(2026, 9, 1),
        ),
        (
            "CP to invite Ms Holt to talk about noise maps at the next meeting.",
            "Invite Ms Holt to talk about noise maps",
            None,
        ),
        ("Dr Cleo Dunn to be invited to present in the spring.", "Invite Dr Cleo Dunn to present", date(2026, 3, 1)),
        (
            "Invite Mr Fenn to come and speak on trams in May.",
            "Invite Mr Fenn to come and speak on trams",
            date(2026, 5, 1),
        ),
        ("Invite Mr Fenn to the next meeting to speak on trams.", "Invite Mr Fenn to speak on trams", None),
        ("Defer the election of officers to the September meeting.", "The election of officers", date(2026, 9, 1)),
        ("The report on air quality was deferred until the next meeting.", "The report on air quality", None),
        ("Agreed to hold over the accounts until the meeting in June.", "The accounts", date(2026, 6, 1)),
        ("Carry the review of licences forward to next meeting’s agenda.", "The review of licences", None),
        ("Street lights: carry forward to next meeting's agenda.", "Street lights", None),
        ("Review of terms to be carried forward to the agenda for winter.", "Review of terms", date(2026, 12, 1)),
        ("Open data policy to be an item on the agenda for the January meeting.", "Open data policy", date(2027, 1, 1)),
        ("Floods to be put on the agenda for the new year.", "Floods", date(2027, 1, 1)),
    ],
)
def test_it_is_put_aside(words, title, not_before):
    assert put_aside(words) == [(title, not_before)]


@pytest.mark.parametrize(
    "words",
    [
        "AB to circulate the agenda for the next meeting.",
        "The agenda for the next meeting will be sent out a week before.",
        "Please send items for the next agenda to the Secretary by 4 March.",
        "Members were asked for any other items for the agenda of the May meeting.",
        "Parking was an agenda item at the last meeting.",
        "CP asked whether parking should be on the agenda for May.",
        "Should this be an agenda item for the next meeting?",
        "Parking is not to be an agenda item for the next meeting.",
        "The council will put the cuts on its agenda for May.",
        "The council deferred its decision to the September meeting.",
        "The plan was deferred to the next meeting of the planning committee.",
        "The open data walk was postponed until the spring.",
        "The election was postponed to May.",
        "The agenda was long and we finished at 1pm.",
        "Open data is high on the agenda for the council this year.",
        "The council invited members to visit in the autumn.",
        "AB to invite all members to the fair in May.",
        "A1 carried forward to the next meeting.",
        "RP will put the notes on the website before the next meeting.",
        "CD to add the dates to the calendar for May.",
        "If the licence changes it should be on the agenda for May.",
        "GO had put the survey on the agenda for the last meeting.",
        "The item put on the agenda for May was withdrawn.",
        "The funder’s agenda for the autumn is unknown.",
        "The next meeting is in May; the agenda follows.",
        "An agenda item took too long.",
        "IV to present the figures at the next meeting.",
        "The trust will invite firms to tender in the spring.",
        "The deadline was deferred to 4 May.",
        "A hidden agenda for the next meeting was suspected.",
    ],
)
def test_prose_that_only_speaks_of_an_agenda_puts_nothing_aside(words):
    assert put_aside(words) == []


@pytest.mark.parametrize(
    ("words", "heading", "title"),
    [
        ("Agenda item for next meeting.", "Parking data", "Parking data"),
        ("This should be an agenda item at the next meeting.", "Parking data", "Parking data"),
        ("Deferred to the September meeting.", "Parking data", "Parking data"),
        ("Put on the agenda for May.", "Parking data", "Parking data"),
        ("The tariffs are out of date. This to be put on the agenda for May.", "", "The tariffs are out of date"),
        ("Agenda item for next meeting.", "", "Agenda item for next meeting"),
    ],
)
def test_a_sentence_without_a_name_takes_its_heading_s(words, heading, title):
    assert [found for found, _ in put_aside(words, heading=heading)] == [title]


def test_who_is_to_do_it_is_no_name_of_anything():
    ((title, _),) = put_aside("AB agenda item for next meeting.", owners=("AB",), before="Two things. The weir is low.")
    assert title == "The weir is low"


def test_a_month_is_the_coming_one():
    assert put_aside("Put trees on the agenda for January.", on=date(2026, 1, 1)) == [("Trees", date(2027, 1, 1))]
    assert put_aside("Put trees on the agenda for February.", on=date(2026, 1, 31)) == [("Trees", date(2026, 2, 1))]


def test_a_long_title_is_cut_between_words():
    ((title, _),) = put_aside(f"Put {'very ' * 60}old maps on the agenda for the next meeting.")
    assert len(title) <= LONGEST_TITLE
    assert title.endswith("very…")


@pytest.mark.parametrize("words", ["", "agenda " * 9_000, "put " * 9_000, "invite x to " * 9_000, "(" * 9_000])
def test_hostile_words_take_no_time(words):
    assert put_aside(words) == []


NOTES = """Notes of the meeting held on Wednesday 28th January 2026
Present: Ada Birch, Bo Ashworth

1. Maps
The maps are bought in. Agenda item for next meeting.
AB to put the tree survey on the agenda for May.

2. Staff [confidential]
Invite the director to speak in the autumn.

3. Any other business
AB: Wants: better agenda item for next meeting

4. Updates
The walk went well.
Elections follow in May. Members agreed the Circle should ask every candidate Agenda item for next mtg
Bo is ill. [confidential]
Agenda item for May mtg
"""


def test_notes_are_looked_through_line_by_line():
    found = put_aside_in(reader.read(NOTES, year_from=ON), on=ON)
    assert [(one.title, one.words, one.is_confidential) for one in found] == [
        ("Maps", "Agenda item for next meeting.", False),
        ("The tree survey", "AB to put the tree survey on the agenda for May.", False),
        ("Invite the director to speak", "Invite the director to speak in the autumn.", True),
        (
            "The Circle should ask every candidate",
            "Members agreed the Circle should ask every candidate Agenda item for next mtg",
            False,
        ),
        ("Agenda item for May mtg", "Agenda item for May mtg", False),
    ]
