"""Who was present, who was in attendance and who sent apologies, as the lists of the notes say."""

import re
from dataclasses import dataclass, field

from meetings.minutes.doubts import Doubt
from meetings.minutes.list_labels import MEANING
from meetings.minutes.names import TITLE, TITLES, Entry, People
from meetings.minutes.structure import Presence, Stretch

# "Gil Hart, from Quay Consulting, attended."; "Rose Hill and Gil Hart are from Quay Consulting".
FROM_BODY = re.compile(
    r"(?: and [A-Z][\w.'’-]*(?: [A-Za-z][\w'’-]*){1,3}?)?"
    r"(?:, (?:from|representing|of)|,? (?:is|are|was|were|came|comes?) (?:an? )?(?:[a-z]+ ){0,3}?(?:from|with)"
    r"|,? works? (?:[a-z]+ ){0,4}?(?:for|at)) (?:the )?"
    r"(?P<body>[A-Z][^,.;:()\n]{2,60}?)(?=[,.;\n(]|$| (?:and|who|attended|joined|was|were|is|are)\b)"
)
# Who holds an office until the meeting gives it to another, or together with another.
STANDS_FOR = r"(?:Outgoing|Co|Jt\.?|Joint)[- ]"
MOST_BARE, MOST_MENTIONS = 100, 3

STRETCH_OF = {
    Presence.ATTENDED: Stretch.ATTENDED,
    Presence.GUESTS: Stretch.GUESTS,
    Presence.APOLOGIES: Stretch.APOLOGIES,
}


@dataclass
class NameList:
    """One list: what its label says, and the people read from it."""

    label: str
    entries: list[Entry] = field(default_factory=list)
    is_unlabelled: bool = False


@dataclass
class Attendance:
    """Every list of the notes, the rows they took, and what was not clear.

    ``office_rows`` are those of the rows that name who is in office: "Chair: Ada Boyle".
    """

    lists: list[NameList] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    office_rows: set[int] = field(default_factory=set)
    headings: dict[int, tuple[str, int, int, int]] = field(default_factory=dict)
    leftovers: list[tuple[int, int, int]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def resolve(self) -> list[tuple[Entry, Presence]]:
        """Everyone with the list they stand in, and the offices as they were at this meeting."""
        people = self._everyone()
        settle_offices([entry for entry, presence in people if presence != Presence.APOLOGIES])
        return people

    def _everyone(self) -> list[tuple[Entry, Presence]]:
        """What "Present" and "In attendance" mean depends on their neighbours."""
        labels = {found.label for found in self.lists}
        people: list[tuple[Entry, Presence]] = []
        for found in self.lists:
            presence = MEANING[found.label]
            if found.label == "present" and "attended" in labels:
                presence = Presence.GUESTS
            if found.label == "beside" and not labels & {"attended", "present"}:
                presence = Presence.ATTENDED
            people += [(entry, entry.presence or presence) for entry in found.entries]
        return people

    def give_office(self, role: str, holder: Entry, *, may_add: bool) -> bool:
        """Give somebody an office that nobody has; whoever chairs or takes notes is present, listed or not."""
        everyone = [entry for found in self.lists for entry in found.entries]
        if role == "Secretary" and holder.takes_notes:
            _make_way(everyone)
        is_held = any(entry.role == role for entry in everyone)
        same = [entry for entry in everyone if is_same(entry, holder)]
        if not same and holder.name.isupper():
            people = People(everyone)
            same = [entry for entry in everyone if entry.name in people.with_initials(holder.name)]
        if len(same) == 1:
            if not same[0].role and not is_held:
                same[0].role = role
            elif not is_held:
                same[0].notes.append(f"also {role}")
            return True
        # Where the lists give first names only, so may the row of an office.
        first_names = everyone and sum(" " not in entry.name for entry in everyone) * 2 > len(everyone)
        if same or not may_add or role not in {"Chair", "Secretary"} or not (" " in holder.name or first_names):
            return False
        holder.role = "" if is_held else role
        self._main_list().entries.append(holder)
        return True

    def name_once(self) -> None:
        """Somebody named in two lists of those there is one person; who also sent apologies is asked about."""
        there: dict[str, Entry] = {}
        for found in self.lists:
            for entry in list(found.entries):
                key = entry.name.casefold()
                former = there.get(key) if " " in key else None
                if (entry.presence or MEANING[found.label]) == Presence.APOLOGIES:
                    _leave_office(entry)
                    if former:
                        message = f"{entry.name} stands among those there and among the apologies: who was away?"
                        self.doubts.append(Doubt(entry.start, entry.name, message, "name", entry.name))
                elif former:
                    _join(former, entry)
                    found.entries.remove(entry)
                else:
                    there[key] = entry

    def _main_list(self) -> NameList:
        for found in self.lists:
            if found.label in {"attended", "present"}:
                return found
        found = NameList("present", is_unlabelled=True)
        self.lists.insert(0, found)
        return found

    def hear_bodies(self, text: str) -> None:
        """ "Gil Hart, from Quay Consulting, attended." gives the body of somebody whose list gave none."""
        bare = [
            entry for found in self.lists for entry in found.entries if not entry.organisation and " " in entry.name
        ]
        names = {entry.name for found in self.lists for entry in found.entries}
        for entry in bare[:MOST_BARE]:
            name = re.sub(rf"^{TITLE}", "", entry.name)
            at = text.find(name, entry.end)
            for _ in range(MOST_MENTIONS):
                said = FROM_BODY.match(text, at + len(name)) if at >= 0 else None
                if said and said["body"] not in names:
                    entry.organisation = " ".join(said["body"].split())
                    break
                at = text.find(name, at + 1) if at >= 0 else -1


def settle_offices(there: list[Entry]) -> None:
    """Whoever takes notes is Secretary; where nobody is Chair, a joint chair or the outgoing one is."""
    if any(entry.takes_notes and entry.role == "Secretary" for entry in there):
        _make_way(there)
    chairs = [entry for entry in there if entry.role == "Chair"]
    if any(not _is_of_a_body(entry) for entry in chairs):
        for entry in filter(_is_of_a_body, chairs):
            entry.role = ""  # "Chair of Governors", where this group has its own
    for office in ("Chair", "Secretary"):
        others = [entry for entry in there if re.fullmatch(STANDS_FOR + office, entry.role, re.IGNORECASE)]
        if others and not any(entry.role == office for entry in there):
            others[0].notes.insert(0, others[0].role)
            others[0].role = office


def _is_of_a_body(entry: Entry) -> bool:
    return any(note.startswith("Chair of ") for note in entry.notes)


def _make_way(there: list[Entry]) -> None:
    """The group's secretary is none at a meeting where somebody else takes notes."""
    for entry in there:
        if entry.role == "Secretary" and not entry.takes_notes:
            entry.role = ""
            entry.notes.insert(0, "Secretary")


def is_same(one: Entry, other: Entry) -> bool:
    """Whether two names in the notes are one person's: equal, or one a first name or initial of the other."""
    first, second = (
        [word.strip(".").casefold() for word in entry.name.split() if word.strip(".").casefold() not in TITLES]
        for entry in (one, other)
    )
    if not first or not second:
        return False
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    is_initial = len(first[0]) == 1 or len(second[0]) == 1
    return first == second or (first[-1] == second[-1] and is_initial and first[0][0] == second[0][0])


def _leave_office(entry: Entry) -> None:
    """Whoever is away neither chairs nor takes notes: the office is only a remark."""
    if entry.role in {"Chair", "Secretary"}:
        entry.notes.insert(0, entry.role)
        entry.role = ""


def _join(former: Entry, entry: Entry) -> None:
    """What a second list says of somebody whom a first one names."""
    former.organisation = former.organisation or entry.organisation
    former.role = former.role or entry.role
    former.initials = former.initials or entry.initials
    former.notes += [note for note in entry.notes if note not in former.notes]
