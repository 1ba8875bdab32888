"""The text with which empty notes open: whatever stands in it, the right people, the right items, and nothing else."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.minutes import reader
from meetings.minutes.documents.layouts import HEADS
from meetings.minutes.opening_text import Form, propose
from meetings.minutes.structure import Attendee, ItemDoc, MinutesDoc, Presence
from tests.meetings.minutes.strategies import PIECES, attendees, items, maybe_words, words

ON = date(2026, 1, 28)
DOC = MinutesDoc(
    title="Steering group meeting",
    on=ON,
    starts=time(11),
    ends=time(13),
    place="Mill Road",
    attendees=(
        Attendee(name="Ada Birch", presence=Presence.ATTENDED, organisation="Elmbridge Council", role="Chair"),
        Attendee(name="Bo Ashworth", presence=Presence.ATTENDED, note="online"),
        Attendee(name="Cleo Dunn", presence=Presence.ATTENDED, organisation="Weir Trust", note="online"),
        Attendee(name="Eli Fenn", presence=Presence.GUESTS, organisation="Lock CC", note="deputising for Gia Holt"),
        Attendee(name="Gia Holt", presence=Presence.APOLOGIES, organisation="Lock CC"),
    ),
    items=(
        ItemDoc(title="Welcome and apologies", number="1"),
        ItemDoc(title="Notes of the last meeting", number="2"),
        ItemDoc(title="Matters arising", number="3"),
        ItemDoc(title="Staffing", number="4", is_confidential=True),
        ItemDoc(title="Data usage and wish lists", number="5"),
        ItemDoc(title="AOB and future meetings", number="6"),
    ),
)
TITLES = [
    "Apologies for absence",
    "Attendance",
    "Actions",
    "AB to present the bus data",
    "Decision: new logo",
    "Agree the notes of 28 January 2026",
    "Next meeting: 25 March 2026, 11.00-13.00, hosted by Elmbridge Council",
    "Wants: more data",
    "A37: done",
    "Chair: election of officers",
    "Open Data Day: 7 March",
]
every_form = pytest.mark.parametrize("form", Form)
easy = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@every_form
def test_a_plain_meeting_is_proposed_whole(form):
    proposal = propose(DOC, form=form)
    assert proposal.said == ()
    if form is Form.HIGHLIGHTS:
        assert [item.title for item in proposal.doc.items] == list(HEADS)
        assert replace(proposal.doc, items=()) == replace(DOC, items=())
    else:
        assert proposal.doc == DOC
    assert reader.read(proposal.text, year_from=ON) == proposal.doc


@pytest.mark.parametrize("form", [Form.TABLE, Form.COLUMNS, Form.OWN])
def test_an_item_whose_title_says_something_keeps_its_number(form):
    title = "The Circle should ask every candidate about its data"
    doc = replace(DOC, items=(ItemDoc(title="Towpath", number="1"), ItemDoc(title=title, number="2")))
    proposal = propose(doc, form=form)
    assert (proposal.doc, proposal.said) == (doc, ())
    assert reader.read(proposal.text, year_from=ON) == doc


def test_the_columns_have_names_in_columns():
    text = propose(DOC, form=Form.COLUMNS).text
    assert "- Ada Birch – Chair    (Elmbridge Council)" in text
    assert "## 4. Staffing [confidential]" in text


@every_form
@pytest.mark.parametrize("title", TITLES)
def test_an_item_that_looks_like_something_else_raises_nothing(form, title):
    doc = replace(DOC, items=(ItemDoc(title=title, number="1"), ItemDoc(title="Towpath", number="2")))
    proposal = propose(doc, form=form)
    read = reader.read(proposal.text, year_from=ON)
    assert list(read.lines()) == []
    assert read.attendees == DOC.attendees
    if form is not Form.HIGHLIGHTS:
        assert read.items[-1].title == "Towpath"
        assert len(read.items) == 2 or any(title in said for said in proposal.said)


@every_form
def test_a_deputy_named_like_a_list_adds_nobody(form):
    nasty = Attendee(name="Apologies: Ned Orme, Uma Vance", presence=Presence.GUESTS)
    proposal = propose(replace(DOC, attendees=(*DOC.attendees, nasty)), form=form)
    assert set(proposal.doc.attendees) - set(DOC.attendees) <= {nasty}
    assert reader.read(proposal.text, year_from=ON).attendees == proposal.doc.attendees


made_up = st.builds(
    MinutesDoc,
    title=maybe_words,
    on=st.none() | st.dates(date(2000, 1, 1), date(2040, 12, 31)),
    starts=st.none() | st.just(time(9, 30)),
    place=maybe_words,
    attendees=st.lists(
        attendees
        | st.builds(
            Attendee,
            name=st.sampled_from(["Ada Birch", "Bo Ashworth", "Dr Cleo Dunn", "Hana Frost-Lee", "Li Wen Tam"]) | words,
            presence=st.sampled_from(Presence),
            organisation=st.sampled_from(["", "Elmbridge Council", "Weir Trust (North)", "EC"]),
            role=st.sampled_from(["", "Chair", "Secretary", "Vice-chair"]),
            note=st.sampled_from(["", "online", "deputising for Gia Holt"]),
        ),
        max_size=6,
    ).map(tuple),
    items=st.lists(
        items.map(lambda item: replace(item, lines=()))
        | st.builds(
            ItemDoc,
            title=st.sampled_from(TITLES + [piece for piece in PIECES if piece.strip()]),
            number=st.sampled_from(["", "1", "2", "3"]),
            is_confidential=st.booleans(),
        ),
        max_size=6,
    ).map(tuple),
)


@easy
@given(made_up, st.sampled_from(Form))
def test_whatever_is_proposed_reads_back_as_it_says_and_nothing_else(doc, form):
    proposal = propose(doc, form=form)
    read = reader.read(proposal.text, year_from=doc.on)
    assert read == proposal.doc
    assert list(read.lines()) == []
    assert len(read.attendees) <= len(doc.attendees)
    dropped = len(doc.attendees) - len(read.attendees)
    if form is not Form.HIGHLIGHTS:
        dropped += len(doc.items) - len(read.items)
    assert dropped <= len(proposal.said)
