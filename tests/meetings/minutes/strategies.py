"""Made-up notes and documents for the laws' tests."""

from datetime import date, time

from hypothesis import strategies as st

from meetings.minutes.source import plain_copy, tidy
from meetings.minutes.structure import Attendee, ItemDoc, Kind, Line, MinutesDoc, Presence

# Pieces of notes, nasty ones too: labels within prose, marks, debris, every kind of space.
PIECES = [
    "Attendance Ada Boyle, Ned Orme",
    "Present: Ada Boyle (AB), Ned Orme",
    "Apologies: Jo Marsh (Lock CC)",
    "Present: Ada Boyle, Rose Hill Gil Hart, Ned",
    "Attendees:\n- Ada Boyle, Lock CC\nTowpath\n- Ned Orme – Keeper – Lock CC\n",
    "Present\tApologies\nAda Boyle\tJo Marsh\n",
    "Present / Ada Boyle / Ned Orme",
    "In attendance: The Clerk, J Boot and 2 members of the public",
    "Ned Orme/Uma Vance (Lock CC)",
    "Ada Boyle (Chair)\nNed Orme (notes)\nUma Vance [UV] / Lock CC\n",
    "Ada Boyle, Uma Vance (Lock CC) (Weir Trust)",
    "Jo Marsh sent her apologies.",
    "Apologies had been received from Jo Marsh. Uma Vance arrived late.",
    "Chair: Ada Boyle   Minutes: Ned",
    "The meeting was chaired by Una Pike",
    "Notes of a meeting held at",
    "| Date | 5 May 2020 |",
    "Thursday5 May 2020, Lock House",
    "VENUE –",
    "AB to write.",
    "NO will go",
    "Used: tolls",
    "Wants: more",
    "AB: Used: x",
    "Action: AB to do",
    "Actions:",
    "1. Heading",
    "2. Notes of the last meeting of 3/4/2020 agreed.",
    "[A37]",
    "A37: done",
    "[D12]",
    " [confidential]",
    "(",
    "( ",
    "\n",
    "\n\n",
    " ",
    "   ",
    "\t",
    "\u00a0",
    "\u2028",
    "\r\n",
    "\f",
    "\x00",
    "·",
    "- ",
    "– AB",
    "16th July, 10.00-12.00, hosted by X",
    "Next meeting: 25 March 2021",
    "%d bloggers like this:",
    "It was agreed to go.",
    "Minutes of: X\n",
    "Date: 5 May 2020\n",
    "Action Point 1\n",
    "Owner: Ada Boyle",
    "Dredging Programme",
    "Word",
    "# ",
    "## Head",
    "\u2011",
    "Venue: Hall",
    "|",
    "£5",
    "☺",
    "e.g.",
    "Hello there.",
    "’",
    "“",
    "Decision: yes",
    "Next meeting:",
    "Time: 25:00",
    "31 February 2020",
    "a. ",
    "Agenda item for July mtg",
    "Invite QSC to go",
    "day Suggestions to AB",
    "4. AOB and FUTURE MEETINGS",
    "Agenda\n",
    "[Action: NO]",
    "NO/UV",
    "Action: Ned",
    "Action | Owner | By when\n",
    "Ring the Trust | NO | 3 June",
    "She will ring the Trust.",
    "AB was using toll data and wanted maps",
    "It would like data; NO wanted tolls",
    "The group will next meet on 16 July at 7pm; AB to book",
    "16th July, 4.30, Weirham DC (NO to confirm)",
    "Both at 7pm in the Hall",
    "Data wanted:",
    "Used\n",
    "3\n",
    "2 / Locks / All",
    "6.1 Ducklings",
    "**Boats**",
    "Welcome: AB spoke. Matters arising: None.",
    "Ring the Trust   NO   DONE",
    "NO to ring. Done.",
    "it NO/UV to talk",
    "The notes of the last meeting (12/3) were agreed.",
]
pieces = st.sampled_from(PIECES)
notes = (
    st.lists(pieces | st.text(max_size=6), max_size=25).map("".join)
    | st.lists(pieces, max_size=25).map(" ".join)
    | st.lists(pieces, max_size=25).map("\n".join)
)

# Words that a document may hold, and that look like something else in the text form.
LOOKS_LIKE = [
    "Action: x",
    "Action (AB): x",
    "Review A37: x",
    "Used (",
    "# 1. Heading",
    "- item",
    "Attended:",
    "Present: Ada",
    "Date: 5 May",
    "Next meeting: 5 May",
    "x [A37]",
    "x [confidential]",
    "[D12]",
    "a | due: b",
    "a\\",
    "\\",
    "\\\\ b",
    "\\Action: x",
    "a, (b); [c]",
    "AB to do by 5 June 2020",
    "1. one",
    "4.1",
    "A. B",
    "16 July 2020, 10.00-12.00, hosted by X at Y with Z",
    "done",
    "not done",
    "by the next meeting",
    "none",
    "not known",
    "a\u00a0b",
    "a\u2011b",
    ":",
    "|",
    "Minutes of: x",
    "\u202eabc",
    "e\u0301",
    "☺",
]
words = (
    (
        st.sampled_from(LOOKS_LIKE)
        | st.text(max_size=20)
        | st.lists(st.sampled_from(LOOKS_LIKE), max_size=3).map(" ".join)
    )
    .map(lambda text: tidy(plain_copy(text, hyphens=False)))
    .filter(bool)
)
maybe_words = st.just("") | words
days = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(2000, 1, 1), date(2040, 12, 31))
clocks = st.none() | st.times().map(lambda clock: time(clock.hour, clock.minute))
references = st.just("") | st.from_regex(r"[AD][1-9][0-9]{0,4}", fullmatch=True)


def lines() -> st.SearchStrategy[Line]:
    """Lines of every kind, each with the fields that have a meaning for it."""
    common = {"text": words, "is_confidential": st.booleans()}
    plain = st.sampled_from([Kind.PROSE, Kind.DECISION, Kind.LEFT_OUT])
    return st.one_of(
        st.builds(Line, kind=plain, **common),
        st.builds(
            Line,
            kind=st.just(Kind.ACTION),
            owners=st.lists(words, max_size=3).map(tuple),
            due=maybe_words,
            due_on=days,
            reference=references,
            **common,
        ),
        st.builds(
            Line,
            kind=st.just(Kind.REVIEW),
            outcome=st.sampled_from(["", "done", "dropped"]),
            reference=references,
            **common,
        ),
        st.builds(Line, kind=st.sampled_from([Kind.USED, Kind.WANTS]), who=maybe_words, reference=references, **common),
        st.builds(Line, kind=st.just(Kind.AGREED), on=days, **common),
        st.builds(
            Line,
            kind=st.just(Kind.NEXT_MEETING),
            on=days,
            starts=clocks,
            ends=clocks,
            host=maybe_words,
            place=maybe_words,
            note=maybe_words,
            **common,
        ),
    )


attendees = st.builds(
    Attendee,
    name=words,
    presence=st.sampled_from(Presence),
    organisation=maybe_words,
    role=maybe_words,
    initials=maybe_words,
    note=maybe_words,
)
items = st.builds(
    ItemDoc,
    title=words,
    number=maybe_words,
    is_confidential=st.booleans(),
    lines=st.lists(lines(), max_size=5).map(tuple),
)
documents = st.builds(
    MinutesDoc,
    title=maybe_words,
    on=days,
    starts=clocks,
    ends=clocks,
    place=maybe_words,
    attendees=st.lists(attendees, max_size=5).map(tuple),
    opening=st.lists(lines(), max_size=4).map(tuple),
    items=st.lists(items, max_size=4).map(tuple),
)
