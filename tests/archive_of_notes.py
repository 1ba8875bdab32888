"""A made-up group's notes of ten years: sixty meetings in five layouts, and what each of them says.

The same at every run. What the generator knows is the truth that tests hold records against.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from io import BytesIO
from pathlib import Path

import docx

FIRST = date(2013, 1, 16)
COUNT = 60
EVERY = timedelta(weeks=9)
LAYOUTS = ("brackets", "columns", "numbered", "table", "highlights")
# Word files and web pages take longest to read: a few of them are enough.
SUFFIXES = (".txt", ".md", ".txt", ".md", ".html", ".txt", ".md", ".txt", ".md", ".txt", ".docx")

# Name and organisation. Gwen Stroud and Graham Selby have the same initials.
PEOPLE = [
    ("Marian Tolland", "Vale Circle"),
    ("Peter Quill", "Lantern Works Ltd"),
    ("Gwen Stroud", "Aldermere City Council"),
    ("Graham Selby", "Merefield Health"),
    ("Deborah Ashgrove", "Thornbeck Library"),
    ("Imran Fazal", "University of Wrexcombe"),
    ("Nerys Bowen", "Data Artist"),
    ("Oliver Katz", "Thornbeck Borough Council"),
    ("Leila Haddad", "Aldermere Trams"),
    ("Rosalind Everly", "Vale Fire Service"),
    ("Callum Wray", "Open Meadow"),
    ("Yusuf Lindqvist", "Vale Community Trust"),
    ("Beatrice Holm", "Merefield Archive"),
    ("Hugo Vantage", "Aldermere City Council"),
    ("Winifred Zouch", "River Watch"),
    ("Julian Ebdon", "University of Wrexcombe"),
]
# One person spelt in two ways, and how often the second is met.
CATRIONA, VARIANT = "Catriona Mackendrick", "Catriona McKendrick"
PLACES = ["Aldermere Guildhall", "Thornbeck Library", "Wrexcombe Campus", "Merefield Archive"]
GUESTS = ["Tamsin Orrell", "Viktor Pasco", "Edith Marchbank"]
TASKS = [
    "write to the tram company about its timetable file",
    "find a room for the spring workshop",
    "ask the library for its opening hours as data",
    "draft a note on licences",
    "collect examples of good charts",
    "look over the list of members",
    "invite the river trust to speak",
    "publish the counts of cyclists",
]
DATA = ["Bus stop times", "River levels", "Tree positions", "School places", "Air quality readings", "Library loans"]
NAMED_A_DAY_OFF, AGREED_A_DAY_OFF, ON_ANOTHER_WEEKDAY, ANNOUNCED_A_DAY_OFF = 15, 20, 25, 30
# By a meeting's number, a few words of each contradiction that was put into its notes.
CONTRADICTED = {
    NAMED_A_DAY_OFF: ("file's name says",),
    AGREED_A_DAY_OFF: ("agree those of",),
    ON_ANOTHER_WEEKDAY: ("is a Wednesday",),
    ANNOUNCED_A_DAY_OFF: ("announce a meeting on",),
    ANNOUNCED_A_DAY_OFF + 1: ("announced a meeting on",),
    # The first of the online meetings began an hour earlier than announced.
    47: ("announce 17:00",),
    48: ("announced 17:00",),
}


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What one file of notes says; people by full name, as written."""

    name: str
    on: date
    layout: str
    text: str
    attended: tuple[str, ...]
    apologies: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    actions: tuple[tuple[str, tuple[str, ...]], ...] = ()  # words, owners by name; "" where nobody can know who
    used: tuple[tuple[str, str], ...] = ()  # who, by name, and what
    wants: tuple[tuple[str, str], ...] = ()
    agreed: date | None = None
    announced: date | None = None
    contradictions: tuple[str, ...] = field(default=())  # a word or two that each must hold

    def data(self) -> bytes:
        """The file's bytes, in the kind that its name's ending says."""
        suffix = Path(self.name).suffix
        if suffix == ".html":
            return _as_html(self.text)
        return _as_word(self.text) if suffix == ".docx" else self.text.encode()


def archive(suffixes: tuple[str, ...] = SUFFIXES) -> list[Truth]:
    """The sixty files in the order of their meetings, their kinds taking turns."""
    return [_notes(number, suffixes[number % len(suffixes)]) for number in range(COUNT)]


def who(name: str, *, among: tuple[str, ...]) -> str:
    """The person whose initials mean one of those there; "" where two have them and nobody can know."""
    return name if [_initials(one) for one in among].count(_initials(name)) == 1 else ""


def other_version(of: Truth) -> tuple[str, bytes]:
    """A second file on the same meeting that says something else: its name and bytes."""
    return f"draft-{of.on.isoformat()}.txt", of.text.replace("agreed", "discussed").encode()


def day_of(number: int) -> date:
    """The day of a meeting by its number: always a Wednesday."""
    return FIRST + number * EVERY


def write(folder: Path, notes: list[Truth]) -> None:
    """The files, each year in a folder of its own."""
    for one in notes:
        path = folder / str(one.on.year) / one.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.data())


def _notes(number: int, suffix: str) -> Truth:
    on = day_of(number)
    layout = LAYOUTS[number * len(LAYOUTS) // COUNT]
    attended = _attended(number)
    there = [name for name, _ in attended]
    away = [name for name, _ in PEOPLE if name not in there]
    apologies = tuple(away[:3])
    guests = (GUESTS[number % 3],) if layout in {"numbered", "table"} and number % 4 == 1 else ()
    owners = [name for name in there if name not in {"Gwen Stroud", "Graham Selby"}]
    one, other = owners[number % 3], owners[3 + number % 2]
    actions = [
        (f"{_initials(one)} to {TASKS[number % len(TASKS)]}.", (one,)),
        (f"{_initials(one)}/{_initials(other)} to {TASKS[(number + 3) % len(TASKS)]}.", (one, other)),
    ]
    if number % 12 == 6:  # nobody in the lists has these initials
        actions.append((f"XQ to {TASKS[(number + 5) % len(TASKS)]}.", ("",)))
    if number % 12 == 7 and {"Gwen Stroud", "Graham Selby"} <= set(there):  # two have
        actions.append((f"GS to {TASKS[(number + 5) % len(TASKS)]}.", ("",)))
    used = ((there[number % 8], DATA[number % len(DATA)]),)
    # A want stays with its person for years, in the same words.
    wants = ((there[0], f"{DATA[number // 6 % len(DATA)]} of the whole county"),)
    agreed = day_of(number - 1) if number and layout != "highlights" else None
    announced = day_of(number + 1) if number + 1 < COUNT and layout != "highlights" else None
    if number == AGREED_A_DAY_OFF:
        agreed += timedelta(days=1)
    if number == ANNOUNCED_A_DAY_OFF:
        announced += timedelta(days=1)
    name_on = on - timedelta(days=1) if number == NAMED_A_DAY_OFF else on
    if layout == "highlights":
        actions, used, wants = [], (), ()
    truth = Truth(
        name=f"vdc-{name_on.isoformat()}{suffix}",
        on=on,
        layout=layout,
        text="",
        attended=tuple(there),
        apologies=apologies if layout != "highlights" else (),
        guests=guests,
        actions=tuple(actions),
        used=used,
        wants=wants,
        agreed=agreed,
        announced=announced,
        contradictions=CONTRADICTED.get(number, ()),
    )
    place = PLACES[number % len(PLACES)]
    host = PLACES[(number + 1) % len(PLACES)]
    text = LAYOUT[layout](truth, attended=attended, place=place, host=host)
    if number == ON_ANOTHER_WEEKDAY:
        text = text.replace(f"held on {on:%A}", "held on Monday")
    return Truth(**{**{name: getattr(truth, name) for name in Truth.__dataclass_fields__}, "text": text})


def _attended(number: int) -> list[tuple[str, str]]:
    """Eight people in turn, and now and then Catriona, whose name is spelt in two ways."""
    found = [PEOPLE[(number * 3 + step) % len(PEOPLE)] for step in range(8)]
    if number % 10 == 4:
        found.append((CATRIONA, "Merefield Archive"))
    if number % 10 == 9:
        found.append((VARIANT, "Merefield Archive"))
    return found


def _initials(name: str) -> str:
    return "".join(part[0] for part in name.split())


def _ordinal(on: date, *, weekday: bool = True, year: bool = True) -> str:
    ending = "th" if 10 < on.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(on.day % 10, "th")
    return f"{f'{on:%A} ' if weekday else ''}{on.day}{ending} {on:%B}{f' {on.year}' if year else ''}"


def _organisation(name: str) -> str:
    return dict(PEOPLE).get(name, "Merefield Archive")


def _brackets(truth: Truth, *, attended: list[tuple[str, str]], place: str, host: str) -> str:
    (chair, body), (secretary, other), *rest = attended
    lines = [
        f"Notes of the Vale Data Circle meeting held at {place} on {_ordinal(truth.on)}",
        "",
        f"Attended by: {chair} ({body}) – Chair",
        f"{secretary} ({other}) Secretary",
        *(f"{name} ({body})" for name, body in rest),
        f"Apologies: {truth.apologies[0]} ({_organisation(truth.apologies[0])})",
        *(f"{name} ({_organisation(name)})" for name in truth.apologies[1:]),
        "",
    ]
    if truth.agreed:
        lines += [f"1)    The notes of the meeting of {_ordinal(truth.agreed, weekday=False)} were agreed.", ""]
    lines += ["2)    Updates", "", "The autumn had been busy, and the website was visited more often than before.", ""]
    for words, _ in truth.actions:
        lines += [words, ""]
    lines += ["3)    Data", "", *_round_table(truth), ""]
    if truth.announced:
        lines += [f"4)    Next meeting: {_ordinal(truth.announced)}, 17.00-19.00, hosted by {host}"]
    return "\n".join(lines) + "\n"


def _columns(truth: Truth, *, attended: list[tuple[str, str]], place: str, host: str) -> str:
    (chair, body), (secretary, other), *rest = attended
    gap = "\u00a0" * 8
    lines = [
        f"NOTES of the Vale Data Circle steering group, {truth.on.day} {truth.on:%B %Y}, at {place}",
        "",
        f"ATTENDED BY:   {chair} – Chair{gap}({body})",
        "",
        f"{secretary} (Secretary){gap}({other})",
        "",
    ]
    for name, its_body in rest:
        lines += [f"{name}{gap}({its_body})", ""]
    lines += [f"APOLOGIES:   {truth.apologies[0]}{gap}({_organisation(truth.apologies[0])})", ""]
    for name in truth.apologies[1:]:
        lines += [f"{name}{gap}({_organisation(name)})", ""]
    if truth.agreed:
        lines += [f"  1. The NOTES of the meeting of {truth.agreed:%d/%m/%Y} were agreed.", ""]
    lines += ["  1. UPDATES", "", "All were glad of the new map of the canal.", ""]
    for words, _ in truth.actions:
        lines += [f"Action:    {words}", ""]
    lines += ["  1. DATA", "", *_round_table(truth), ""]
    if truth.announced:
        lines += [f"  1. NEXT MEETING: {_ordinal(truth.announced)}, 17.00-19.00, hosted by {host}"]
    return "\n".join(lines) + "\n"


def _numbered(truth: Truth, *, attended: list[tuple[str, str]], place: str, host: str) -> str:
    named = [f"{name} ({_initials(name)})" for name, _ in attended]
    lines = [
        "Vale Data Circle",
        f"Minutes of the meeting held on {_ordinal(truth.on)} at {place}",
        "",
        f"Present: {', '.join(named)}",
    ]
    if truth.guests:
        lines.append(f"In attendance: {', '.join(truth.guests)}")
    lines += [f"Apologies: {', '.join(truth.apologies)}", "", "1. Minutes of the last meeting", ""]
    if truth.agreed:
        lines += [
            f"1.1 The minutes of the meeting of {truth.agreed.day} {truth.agreed:%B %Y} were agreed a true record.",
            "",
        ]
    lines += ["2. Updates", "", "2.1 The county was said to be short of staff, and slow to answer.", ""]
    for words, _ in truth.actions:
        lines += [f"Action: {words}", ""]
    lines += ["3. Data", "", *_round_table(truth), "", "4. Date of next meeting", ""]
    if truth.announced:
        lines += [f"Next meeting: {_ordinal(truth.announced)}, 17.00-19.00, hosted by {host}"]
    return "\n".join(lines) + "\n"


def _table(truth: Truth, *, attended: list[tuple[str, str]], place: str, host: str) -> str:
    lines = [
        f"These are the notes of the VDC meeting held in {place} on {_ordinal(truth.on)}.",
        "",
        f"  Attendance {', '.join(name for name, _ in attended)}",
    ]
    if truth.guests:
        lines.append(f"  Present {', '.join(truth.guests)}")
    lines += [f"  Apologies {', '.join(truth.apologies)}"]
    if truth.agreed:
        lines += [f"  Matters Arising Notes of meeting {truth.agreed:%d/%m/%Y} agreed."]
    lines += ["  2. Updates The new site was shown and liked.", *(f"    {words}" for words, _ in truth.actions)]
    lines += ["  3. Data Usage & Wish Lists", *_round_table(truth)]
    if truth.announced:
        lines += [f"  4. AOB and FUTURE MEETINGS {_ordinal(truth.announced)}, 17.00-19.00, hosted by {host}"]
    return "\n".join(lines) + "\n"


def _highlights(truth: Truth, *, attended: list[tuple[str, str]], place: str, host: str) -> str:
    (chair, body), *rest = attended
    lines = [
        f"Date: {truth.on.day} {truth.on:%B %Y}",
        "Time: 16:00-17:00",
        "Venue: Online",
        "",
        f"{chair} – Analyst – {body} (as meeting Chair & notetaker)",
        *(f"{name} – Analyst – {its_body}" for name, its_body in rest),
        "",
        "There was one subject this time: what the group is for.",
        "",
        "Discussion included:",
        "",
        "- Members have less time than they had.",
        "- The maps are still read by many.",
    ]
    return "\n".join(lines) + "\n"


def _round_table(truth: Truth) -> list[str]:
    lines = []
    for label, told in (("Used", truth.used), ("Wants", truth.wants)):
        for name, words in told:
            lines += [f"{_initials(name)}: {label}: {words}", ""]
    return lines


LAYOUT = {
    "brackets": _brackets,
    "columns": _columns,
    "numbered": _numbered,
    "table": _table,
    "highlights": _highlights,
}


def _as_html(text: str) -> bytes:
    paragraphs = "\n".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
    return f"<!DOCTYPE html><html><head><title>Notes</title></head><body>\n{paragraphs}\n</body></html>\n".encode()


def _as_word(text: str) -> bytes:
    document = docx.Document()
    for line in text.split("\n"):
        if line.strip():
            document.add_paragraph(line)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
