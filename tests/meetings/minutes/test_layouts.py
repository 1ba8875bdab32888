"""House layouts: what they print, what they say they leave out, and that notes read back from them say the same."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.minutes import reader
from meetings.minutes.documents.layouts import Cover, Layout, lay_out, left_out, within
from meetings.minutes.documents.markdown import to_markdown
from meetings.minutes.documents.plain import to_plain
from meetings.minutes.source import plain_copy, tidy
from meetings.minutes.structure import Attendee, ItemDoc, Kind, Line, MinutesDoc, Presence
from tests.meetings.minutes.strategies import documents
from tests.timing import assert_linear

NOTES = sorted((Path(__file__).parents[2] / "corpus" / "notes").glob("*.txt"))
COVER = Cover(
    group="Canal Data Circle",
    status="circulated, not yet agreed",
    address="https://circle.example/meetings/2026-01-28/",
)
IN_HIGHLIGHTS = {Kind.ACTION, Kind.DECISION, Kind.AGREED, Kind.NEXT_MEETING}
INITIALS = {
    "Ada Boyle": "AB",
    "Ned Orme": "NO",
    "Uma Vance": "UV",
    "Li Wen Tam": "LWT",
    "Jo Marsh-Kettle": "JMK",
    "Piers Quill": "PQ",
    "Rosa Iveson": "RI",
}
easy = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
every_layout = pytest.mark.parametrize("layout", Layout)


def without_backslashes(text):
    """Markdown as a program shows it: a backslash before a mark is not seen."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


WRITERS = {"plain": to_plain, "markdown": lambda laid: without_backslashes(to_markdown(laid))}
every_writer = pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS.keys())


def one_line(text):
    return tidy(plain_copy(text, hyphens=False))


def printed_words(doc, layout):
    """Every word that the layout has to print: all but those of what it names as left out."""
    yield from (doc.title, doc.place)
    for attendee in doc.attendees:
        yield from (attendee.name, attendee.organisation, attendee.role, attendee.initials, attendee.note)
    if layout is not Layout.HIGHLIGHTS:
        for item in doc.items:
            yield from (item.number, item.title)
    for _, line in doc.lines():
        is_left = line.kind is Kind.LEFT_OUT or (layout is Layout.HIGHLIGHTS and line.kind not in IN_HIGHLIGHTS)
        if not is_left:
            yield from (line.text, line.reference, line.who, line.host, line.place, line.note)


# The laws


@every_layout
@easy
@given(doc=documents)
def test_every_word_is_printed_that_is_not_named_as_left_out(doc, layout):
    laid = lay_out(doc, layout=layout, cover=COVER)
    for write in WRITERS.values():
        written = one_line(write(laid))
        # Markdown's own backslashes can't be told from those that were typed.
        assert [words for words in printed_words(doc, layout) if words not in written and "\\" not in words] == []


@every_layout
@easy
@given(doc=documents)
def test_what_is_left_out_is_counted(doc, layout):
    left = [line for _, line in doc.lines() if line.kind is Kind.LEFT_OUT]
    if layout is Layout.HIGHLIGHTS:
        left += [line for _, line in doc.lines() if line.kind not in IN_HIGHLIGHTS | {Kind.LEFT_OUT}]
        left += list(doc.items)
    assert sum(int(words.split()[0]) for words in left_out(doc, layout)) == len(left)
    foot = lay_out(doc, layout=layout, cover=Cover()).foot
    assert all(words in foot[0] for words in left_out(doc, layout))
    assert bool(foot) == bool(left)


def people_of(doc):
    """Who stands in which list; office, organisation and remark together, since an office may be read as either."""
    return Counter(
        (
            attendee.name,
            attendee.presence,
            attendee.initials,
            *sorted(", ".join(filter(None, (attendee.role, attendee.organisation, attendee.note))).split(", ")),
        )
        for attendee in doc.attendees
    )


def records_of(doc, *, layout):
    """What the notes record, as far as the layout prints it; not the words of prose."""
    kinds = IN_HIGHLIGHTS if layout is Layout.HIGHLIGHTS else set(Kind) - {Kind.PROSE, Kind.LEFT_OUT}
    found = {kind: [] for kind in kinds}
    for item, line in doc.lines():
        if line.kind in kinds:
            is_hidden = line.is_confidential or (
                layout is Layout.HIGHLIGHTS and item is not None and item.is_confidential
            )
            says = (line.reference, line.who, line.on, line.starts, line.ends, line.host, line.outcome, is_hidden)
            found[line.kind].append((line.text, *says, line.owners, line.due_on))
    return found


def assert_same_records(first, second):
    """The same records in the same order; words may have gained what stood beside them."""
    assert {kind: len(found) for kind, found in first.items()} == {kind: len(found) for kind, found in second.items()}
    for kind, found in first.items():
        for before, after in zip(found, second[kind], strict=True):
            assert before[0] in after[0]
            assert before[1:-2] == after[1:-2]
            # What nobody owns the reader may give to whom its first words look like.
            assert not before[-2] or (in_initials(before[-2]), before[-1]) == (in_initials(after[-2]), after[-1])


def in_initials(owners):
    """Owners as their words call them where the words do: Ada Boyle's action may begin "AB to"."""
    return {INITIALS.get(owner, owner) for owner in owners}


def told(path):
    """What a file of the corpus says, but for a sentence that only the project's own form can keep from being read."""
    doc = reader.read(path.read_text(encoding="utf-8"))
    return replace(doc, opening=tuple(line for line in doc.opening if not line.text.startswith("Action:")))


@every_writer
@every_layout
@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_the_corpus_reads_back_the_same_from_every_layout(path, layout, write):
    doc = told(path)
    again = reader.read(write(lay_out(doc, layout=layout, cover=COVER)))
    assert (again.title, again.on, again.starts, again.ends, again.place) == (
        doc.title,
        doc.on,
        doc.starts,
        doc.ends,
        doc.place,
    )
    assert people_of(again) == people_of(doc)
    assert_same_records(records_of(doc, layout=layout), records_of(again, layout=layout))


# Notes as people might write them, of names and sentences that look like nothing else.
plain_attendees = st.builds(
    Attendee,
    name=st.sampled_from(list(INITIALS)),
    presence=st.sampled_from(Presence),
    organisation=st.sampled_from(["", "Canal Trust", "Weirham CC, Flow Desk"]),
    role=st.sampled_from(["", "", "Chair", "Secretary"]),
    note=st.sampled_from(["", "", "until 5pm", "by phone"]),
)
owner_lists = st.lists(st.sampled_from([*INITIALS, "AB", "NO", "ZZ", "the Secretary"]), unique=True, max_size=3)
marks = {"is_confidential": st.booleans()}
plain_lines = st.one_of(
    st.builds(
        Line,
        kind=st.just(Kind.ACTION),
        text=st.sampled_from(["Book the hall", "AB to ring the lock keepers", "NO/UV to print the list"]),
        owners=owner_lists.filter(bool).map(tuple),
        due_on=st.sampled_from([None, date(2026, 6, 5), date(2026, 7, 1)]),
        reference=st.sampled_from(["", "A12", "A377"]),
        **marks,
    ),
    st.builds(Line, kind=st.just(Kind.DECISION), text=st.sampled_from(["Keep the rope", "We meet at noon."]), **marks),
    st.builds(
        Line,
        kind=st.sampled_from([Kind.USED, Kind.WANTS]),
        text=st.sampled_from(["Water levels", "Boat counts by month, as a table"]),
        who=st.sampled_from(["AB", "NO", "ZZ"]),
        reference=st.sampled_from(["", "D3"]),
        **marks,
    ),
    st.builds(
        Line,
        kind=st.just(Kind.REVIEW),
        text=st.just("The signs are up"),
        outcome=st.sampled_from(["", "done", "dropped"]),
        reference=st.just("A7"),
        **marks,
    ),
    st.builds(
        Line,
        kind=st.just(Kind.AGREED),
        text=st.sampled_from(["The notes of the meeting of 1 April 2026 were agreed.", "Agreed with thanks."]),
        on=st.just(date(2026, 4, 1)),
        **marks,
    ),
    st.builds(
        Line,
        kind=st.just(Kind.NEXT_MEETING),
        text=st.sampled_from(["8 July 2026, 11:00-13:00, hosted by Canal Trust", "In summer"]),
        on=st.just(date(2026, 7, 8)),
        starts=st.just(time(11)),
        ends=st.just(time(13)),
        host=st.just("Canal Trust"),
        **marks,
    ),
    st.builds(Line, kind=st.just(Kind.PROSE), text=st.sampled_from(["It rained.", "Rosa Iveson told of the fair"])),
)
plain_items = st.builds(
    ItemDoc,
    title=st.sampled_from(["Matters arising", "Boats", "Any other business", "The lock keepers' pay"]),
    number=st.sampled_from(["", "1", "2", "4.1"]),
    is_confidential=st.booleans(),
    lines=st.lists(plain_lines, max_size=4).map(tuple),
)
plain_documents = st.builds(
    MinutesDoc,
    title=st.sampled_from(["Canal Data Circle", "Steering group meeting"]),
    on=st.just(date(2026, 5, 6)),
    starts=st.sampled_from([None, time(11)]),
    ends=st.none(),
    place=st.sampled_from(["", "Lock House, Quay Street"]),
    attendees=st.lists(plain_attendees, max_size=5, unique_by=lambda attendee: attendee.name).map(tuple),
    items=st.lists(plain_items, max_size=3).map(tuple),
)


def headings_of(doc):
    """The headings with their numbers: "4.1" may become a part of its heading."""
    return [(re.findall(r"\w+", f"{item.number} {item.title}"), item.is_confidential) for item in doc.items]


@every_layout
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(doc=plain_documents)
def test_plain_notes_read_back_the_same_from_every_layout(doc, layout):
    laid = lay_out(doc, layout=layout, cover=COVER)
    for write in WRITERS.values():
        again = reader.read(write(laid))
        assert (again.title, again.on, again.starts, again.place) == (doc.title, doc.on, doc.starts, doc.place)
        assert people_of(again) == people_of(doc)
        assert_same_records(records_of(doc, layout=layout), records_of(again, layout=layout))
        if layout is not Layout.HIGHLIGHTS:
            assert headings_of(again) == [*headings_of(doc), (["About", "these", "notes"], False)]


@pytest.mark.parametrize(
    "status",
    ["draft", "circulated on 20 March 2026, not yet agreed", "agreed at the meeting of 25 February 2026"],
)
@every_writer
@every_layout
def test_the_foot_is_no_record(layout, write, status):
    lines = (Line(kind=Kind.ACTION, text="AB to ring", owners=("AB",)), Line(kind=Kind.LEFT_OUT, text="top of page"))
    doc = MinutesDoc(title="Canal Data Circle", items=(ItemDoc(title="Boats", lines=lines),))
    laid = lay_out(doc, layout=layout, cover=replace(COVER, status=status))
    assert len(laid.foot) == 2
    *_, business, about = reader.read(write(laid)).items
    assert [line.kind for line in business.lines] == [Kind.ACTION]
    assert (about.title, {line.kind for line in about.lines}) == ("About these notes", {Kind.PROSE})


@every_writer
@every_layout
def test_corrections_at_the_foot_are_no_records(layout, write):
    lines = (Line(kind=Kind.ACTION, text="AB to ring", owners=("AB",)),)
    doc = MinutesDoc(title="Canal Data Circle", items=(ItemDoc(title="Boats", lines=lines),))
    said = ("Corrected on 8 July 2026: item 4.", "A passage was taken out on 3 May 2026.")
    laid = lay_out(doc, layout=layout, cover=replace(COVER, corrections=said))
    assert laid.foot[-2:] == said
    again = reader.read(write(laid))
    *_, business, about = again.items
    assert [line.kind for line in business.lines] == [Kind.ACTION]
    assert (about.title, {line.kind for line in about.lines}) == ("About these notes", {Kind.PROSE})
    assert again.on is None


# What the layouts look like

DOC = MinutesDoc(
    title="Canal Data Circle",
    on=date(2026, 1, 28),
    starts=time(11),
    ends=time(13),
    place="Lock House",
    attendees=(
        Attendee(name="Ada Boyle", presence=Presence.ATTENDED, role="Chair", organisation="Canal Trust", initials="AB"),
        Attendee(name="Ned Orme", presence=Presence.ATTENDED, organisation="Towpath Ltd", note="until noon"),
        Attendee(name="Jo Marsh", presence=Presence.APOLOGIES),
    ),
    opening=(Line(kind=Kind.LEFT_OUT, text="top of page"),),
    items=(
        ItemDoc(
            title="Matters arising",
            number="1",
            lines=(
                Line(kind=Kind.AGREED, text="Notes of the meeting of 3 December 2025 agreed.", on=date(2025, 12, 3)),
                Line(kind=Kind.ACTION, text="NO to print the list", owners=("Ned Orme",), reference="A12"),
                Line(kind=Kind.ACTION, text="Book the hall", owners=("the Secretary",), due="before the thaw"),
                Line(kind=Kind.PROSE, text="It rained."),
            ),
        ),
        ItemDoc(
            title="Pay", is_confidential=True, lines=(Line(kind=Kind.DECISION, text="A second keeper is needed."),)
        ),
    ),
)


def test_columns_as_text():
    assert to_plain(lay_out(DOC, layout=Layout.COLUMNS, cover=COVER)) == (
        "Meeting: Canal Data Circle\nDate: Wednesday 28 January 2026\nTime: 11:00–13:00\nVenue: Lock House\n\n"
        "Attended by:\n- Ada Boyle (AB) – Chair    (Canal Trust)\n"
        "- Ned Orme                  (Towpath Ltd) – until noon\n\n"
        "Apologies:\n- Jo Marsh\n\n"
        "## 1. Matters arising\n\n- Notes of the meeting of 3 December 2025 agreed.\n\n"
        "- Action: NO to print the list [A12]\n\n"
        "- Action point:\n  Book the hall (due before the thaw)\n  Owner: the Secretary\n\n- It rained.\n\n"
        "## Pay [confidential]\n\n- Decision: A second keeper is needed.\n\n"
        "## About these notes\n\nLeft out of this layout: 1 line that is no part of the notes.\n\n"
        "Canal Data Circle. Status: circulated, not yet agreed. https://circle.example/meetings/2026-01-28/\n"
    )


def test_highlights_as_text_say_what_they_leave_out():
    written = to_plain(lay_out(DOC, layout=Layout.HIGHLIGHTS, cover=COVER))
    assert written.partition("## Decisions")[2] == (
        "\n\n- Notes of the meeting of 3 December 2025 agreed.\n\n"
        "- Decision: A second keeper is needed. [confidential]\n\n"
        "## Actions\n\n- Action: NO to print the list [A12]\n\n"
        "- Action point:\n  Book the hall (due before the thaw)\n  Owner: the Secretary\n\n"
        "## About these notes\n\n"
        "Left out of this layout: 1 line that is no part of the notes, 2 headings and 1 paragraph of discussion."
        "\n\n"
        "Canal Data Circle. Status: circulated, not yet agreed. https://circle.example/meetings/2026-01-28/\n"
    )


def test_a_table_puts_actions_beside_what_led_to_them():
    section = lay_out(DOC, layout=Layout.TABLE, cover=COVER).sections[0]
    assert section.heading == "1. Matters arising"
    assert [([one.words for one in row.notes], [one.words for one in row.actions]) for row in section.rows] == [
        (
            ["Notes of the meeting of 3 December 2025 agreed."],
            ["NO to print the list [A12]", "Book the hall (due before the thaw)"],
        ),
        (["It rained."], []),
    ]


@pytest.mark.parametrize("kind", [Kind.ACTION, Kind.AGREED, Kind.NEXT_MEETING, Kind.REVIEW])
def test_a_line_without_end_takes_linear_time(kind):
    def lay_out_line(size):
        line = Line(kind=kind, text="by 25 March, " * size, owners=("AB",))
        lay_out(MinutesDoc(on=date(2026, 5, 6), opening=(line,)), layout=Layout.TABLE, cover=COVER)

    assert_linear(lay_out_line, 8_000)


def test_guests_alone_are_called_guests():
    doc = MinutesDoc(attendees=(Attendee(name="Una Pike", presence=Presence.GUESTS),))
    assert [names.label for names in lay_out(doc, layout=Layout.COLUMNS, cover=COVER).lists] == ["Guests"]


def test_a_document_is_cut_where_a_file_would_be_too_large_and_says_so():
    lines = tuple(Line(kind=Kind.PROSE, text=f"{number} " + "word " * 100) for number in range(10))
    laid = lay_out(MinutesDoc(items=(ItemDoc(title="Talk", lines=lines),) * 2), layout=Layout.TABLE, cover=COVER)
    assert within(laid, 100_000) == laid
    cut = within(laid, 700)
    words = [one.words for section in cut.sections for one in section.statements]
    assert [len(each) for each in words] == [501, 200]
    assert words[1].endswith("…")
    assert cut.foot[0] == "These notes are too long for this kind of file, and end early. As plain text they are whole."
