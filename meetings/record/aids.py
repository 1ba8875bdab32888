"""The aids of the record page: who is there, agenda and matters arising to read out, a text to begin with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from meetings.agenda.arising import matters_arising
from meetings.minutes import reader
from meetings.minutes.list_writing import put_lists
from meetings.minutes.structure import Attendee, MinutesDoc
from meetings.models import Meeting
from meetings.record import attending, opening
from meetings.record.aid_forms import AidsForm, WalkInFormSet, WhoForm
from meetings.record.attending import Seat, WalkIn
from meetings.secretary import frame, refuse_others
from members.models import Organisation
from members.naming import derived_initials, fold, looks_like_initials
from wmodf.lib.dates import in_words

WALK_INS = "walkins"
NO_SAFE_WAY = gettext_lazy(
    "The lists could not be put into these notes without changing what else is read in them, so nothing was changed:"
    " write the names into the lists yourself."
)
NOT_EMPTY = gettext_lazy(
    "The box is not empty, so nothing was put in its place: take the text out first (keep a copy), then choose the"
    " layout again."
)


@dataclass(kw_only=True)
class Aid:
    """What a button of the aids did: the text for the box, sentences to say, and the panel as it now stands."""

    text: str
    said: list[str]
    panel: dict[str, Any]


def begin(meeting: Meeting) -> tuple[str, list[str]]:
    """The text with which a meeting's empty notes open, and what to say of it; nothing where nothing is known."""
    seats = attending.seats_of(meeting)
    if not opening.is_worth_opening(meeting, seats=seats):
        return "", []
    proposal = opening.opening_of(meeting, seats=seats)
    return proposal.text, [opening.SAID, *proposal.said]


def beside(request: HttpRequest, meeting: Meeting, text: str, doc: MinutesDoc | None = None) -> dict[str, Any]:
    """The context of the aids beside a text; `doc` is the text's reading where there is one already."""
    doc = doc or reader.read(text, year_from=meeting.on)
    seats = attending.seats_of(meeting)
    sent = request.POST if request.method == "POST" else {}
    if f"{WALK_INS}-TOTAL_FORMS" in sent:  # refused, or a preview: what was chosen stays
        who = WhoForm(sent, seats=seats, choices={})
        walk_ins = WalkInFormSet(sent, prefix=WALK_INS)
        panel = {"who": who, "walk_ins": walk_ins, "last_meeting": attending.last_with_notes(meeting)}
        panel["is_open"] = walk_ins.has_changed()
    else:
        panel = _panel(meeting, seats, attending.choices_in(doc.attendees, seats), [])
    return {
        **panel,
        "aids": AidsForm(initial={"layout": opening.house_form()}),
        "agenda": opening.agenda_of(meeting),
        "matters": matters_arising(meeting, user=request.user),
        "known": known_by_initials(seats),
        "not_initials": _names_like_initials(),
        "keys": KEYS,
        "kinds_of_line": LINES,
    }


def answer(request: HttpRequest, meeting: Meeting, text: str) -> Aid | None:
    """Do what the pressed button of the aids asks; None where the button was none of theirs. Writes nothing."""
    form = AidsForm(request.POST)
    form.is_valid()
    pressed = form.pressed()
    if not pressed:
        return None
    seats = attending.seats_of(meeting)
    if pressed == "begin":
        return _begin_anew(form, meeting, text, seats)
    doc = reader.read(text, year_from=meeting.on)
    who = WhoForm(request.POST, seats=seats, choices=attending.choices_in(doc.attendees, seats))
    walk_ins = WalkInFormSet(request.POST, prefix=WALK_INS)
    if not (who.is_valid() and walk_ins.is_valid()):
        panel = {"who": who, "walk_ins": walk_ins, "last_meeting": attending.last_with_notes(meeting), "is_open": True}
        return Aid(text=text, said=[_("Nothing was changed: see who is there, below.")], panel=panel)
    choices = who.chosen()
    visitors = [one for form in walk_ins if (one := form.walk_in())]
    said = []
    if pressed == "same_as_last":
        last = attending.last_with_notes(meeting)
        if last is None:
            said.append(_("No earlier meeting has notes."))
        else:
            choices, visitors = attending.same_as(last, seats=seats, choices=choices, walk_ins=visitors)
            said.append(
                _("Marked present: who was there on %(date)s. Look through, then put in.") % {"date": in_words(last.on)}
            )
    elif pressed == "put_lists":
        wanted = attending.chosen(doc.attendees, seats=seats, choices=choices, walk_ins=visitors)
        text, said, visitors = _put(text, wanted, visitors, meeting)
    panel = _panel(meeting, seats, choices, visitors) | {"is_open": True}
    if pressed == "more_walk_ins":
        panel["walk_ins"].extra += sum(form.walk_in() is None for form in walk_ins)
    return Aid(text=text, said=said, panel=panel)


def still_waiting(request: HttpRequest, meeting: Meeting, text: str) -> list[str]:
    """A word on walk-ins that were typed beside the notes and are in none of their lists."""
    if f"{WALK_INS}-TOTAL_FORMS" not in request.POST:
        return []
    listed = {fold(one.name) for one in reader.read(text, year_from=meeting.on).attendees}
    walk_ins = WalkInFormSet(request.POST, prefix=WALK_INS)
    walk_ins.is_valid()
    names = [name for form in walk_ins if (name := form.cleaned_data.get("name")) and fold(name) not in listed]
    return [_("Not in the notes’ lists, and so not saved: %(names)s.") % {"names": ", ".join(names)}] if names else []


def known_by_initials(seats: Sequence[Seat]) -> list[dict[str, Any]]:
    """Members and others who answered, with their initials, for the box to complete; each of their names once."""
    return [
        {"name": name, "initials": seat.person.initials.split() or derived_initials(seat.person.name)}
        for seat in seats
        for name in (seat.person.name, *seat.other_names)
    ]


def listed_by_initials(attendees: Sequence[Attendee]) -> list[dict[str, Any]]:
    """Those whom the notes list, in the same form."""
    return [
        {"name": one.name, "initials": [one.initials] if one.initials else derived_initials(one.name)}
        for one in attendees
    ]


@require_GET
def writing_help(request: HttpRequest) -> TemplateResponse:
    """How to write so that it is understood, and the keys: one page, to be printed."""
    refuse_others(request)
    context = frame(request, title=_("How to write notes"), keys=KEYS, kinds_of_line=LINES)
    return TemplateResponse(request, "admin/meetings/meeting/writing_help.html", context)


def _names_like_initials() -> list[str]:
    """Organisations' names that look like initials, and mean nobody."""
    return [name for one in Organisation.objects.all() for name in one.names() if looks_like_initials(name)]


def _begin_anew(form: AidsForm, meeting: Meeting, text: str, seats: list[Seat]) -> Aid:
    layout = form.cleaned_data.get("layout") or opening.house_form()
    may_replace = form.cleaned_data.get("replace") or not text.strip() or opening.is_opening(text, meeting, seats=seats)
    said = [NOT_EMPTY]
    if may_replace:
        proposal = opening.opening_of(meeting, seats=seats, form=layout)
        text, said = proposal.text, [opening.SAID, *proposal.said]
    doc = reader.read(text, year_from=meeting.on)
    return Aid(text=text, said=said, panel=_panel(meeting, seats, attending.choices_in(doc.attendees, seats), []))


def _put(
    text: str, wanted: list[Attendee], visitors: list[WalkIn], meeting: Meeting
) -> tuple[str, list[str], list[WalkIn]]:
    """The text with the lists, what to say, and the walk-ins who still wait for a place in it."""
    new = put_lists(text, wanted, year_from=meeting.on)
    if new is None:
        return text, [NO_SAFE_WAY], visitors
    if new == text:
        return text, [_("The lists in the notes say this already.")], []
    count = sum(one.presence != "apologies" for one in wanted)
    return new, [_("The lists are in the notes, with %(count)s there. Nothing is saved yet.") % {"count": count}], []


def _panel(
    meeting: Meeting, seats: Sequence[Seat], choices: Mapping[int, str], visitors: Sequence[WalkIn]
) -> dict[str, Any]:
    initial = [
        {"name": one.name, "organisation": one.organisation, "capacity": "member" if one.is_member else "guest"}
        for one in visitors
    ]
    return {
        "who": WhoForm(seats=seats, choices=choices),
        "walk_ins": WalkInFormSet(initial=initial, prefix=WALK_INS),
        "last_meeting": attending.last_with_notes(meeting),
    }


# The keys of the box, as the script has them: the key, and what it does.
KEYS = (
    ("Ctrl + S", gettext_lazy("save the draft; once the notes are published, go to the button that saves")),
    ("Ctrl + Enter", gettext_lazy("read the notes now, without waiting")),
    ("F2", gettext_lazy("go to the box")),
    ("F4", gettext_lazy("insert a line: action, decision, used, wants, next meeting")),
    ("F8", gettext_lazy("go to the next question; with Shift to the one before")),
    ("F9", gettext_lazy("open or close this help")),
    ("↓ and ↑", gettext_lazy("in a list of names: choose; Enter or Tab takes, Escape closes")),
)
# One example of each kind of line, and what becomes of it.
LINES = (
    ("Present: Ada Boyle (Lock Council), Ned Orme – Chair", gettext_lazy("who was there, for whom, in which office")),
    ("Apologies: Jo Marsh", gettext_lazy("who sent apologies")),
    ("In attendance: Una Pike (Weir Trust)", gettext_lazy("who was there and is no member")),
    ("3. Towpath", gettext_lazy("an item of business; also ## Towpath")),
    ("AB to write to the council by 14 February", gettext_lazy("an action, its owner, and when it is due")),
    ("Action: AB/NO to count the boats", gettext_lazy("an action of two")),
    ("A37: done", gettext_lazy("how an action stands; A37: AB is waiting")),
    ("It was agreed to meet monthly.", gettext_lazy("a decision; also Decision: …")),
    ("Notes of the meeting of 27/11/2025 agreed", gettext_lazy("those notes are agreed")),
    ("AB: Used: bus stop times", gettext_lazy("data that somebody used")),
    ("NO: Wants: tree positions", gettext_lazy("data that somebody wants")),
    ("- Next meeting: 25 March, 11.00-13.00, hosted by Lock Council", gettext_lazy("a meeting to come")),
    ("4. Staffing [confidential]", gettext_lazy("kept from the public; also at a line’s end")),
)
