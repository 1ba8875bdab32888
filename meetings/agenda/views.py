"""The page in the admin on which the secretary makes a meeting's agenda: one form, whatever button is pressed."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from meetings.agenda import arising, making, showing
from meetings.agenda.forms import AgendaFormSet, AnswersForm, FocusForm, PressedForm
from meetings.agenda.making import NotAllowedError, Row, StaleError, row_of
from meetings.models import AgendaItem, Meeting, StandingItem
from meetings.secretary import get_meeting, meeting_frame
from members.models import Person

MOST_WAITING = 100


@require_http_methods(["GET", "POST"])
def make_agenda(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show the agenda to be edited; save all of it and do what the pressed button says besides."""
    meeting = get_meeting(request, meeting_id)
    return _Page(request, meeting).answer()


class _Page:
    """One request for the page: what is on the agenda, what waits for it, and what was sent."""

    def __init__(self, request: HttpRequest, meeting: Meeting) -> None:
        self.request, self.meeting = request, meeting
        self.url = reverse("admin:meetings_meeting_agenda", args=[meeting.pk])
        self._fetch()

    def _fetch(self) -> None:
        self.items = making.items_of(self.meeting)
        open_ones = AgendaItem.objects.with_people().with_meetings()
        self.waiting = list(open_ones.aside()[: MOST_WAITING + 1])
        self.proposals = list(open_ones.proposed().for_meeting(self.meeting)[:MOST_WAITING])
        people = {person.pk: person for person in Person.objects.members(on=self.meeting.on)}
        people |= {item.lead.pk: item.lead for item in [*self.items, *self.waiting] if item.lead}
        self.people = sorted(people.values(), key=lambda person: (person.sort_name, person.name))

    def answer(self) -> HttpResponse:
        if self.request.method != "POST":
            return self._show(self._formset(map(row_of, self.items)), self._answers())
        pressed = PressedForm(self.request.POST)
        button, value = pressed.button()
        formset = AgendaFormSet(self.request.POST, prefix="item", form_kwargs={"people": self.people})
        answers = AnswersForm(self.request.POST, proposals=self.proposals)
        is_whole = all([formset.is_valid(), answers.is_valid()])
        if button == "decline" and is_whole and not answers.answer_to(value):
            is_whole = False
            if f"answer-{value}" in answers.fields:
                answers.add_error(f"answer-{value}", _("Write a word to say why not."))
        base = pressed.base()
        if not is_whole:
            return self._show(formset, answers, status=400, base=base)
        try:
            with transaction.atomic():
                done = self._do(button, value, formset, answers, base=base)
        except StaleError as stale:
            return self._stale(stale, formset, answers)
        except NotAllowedError as refusal:
            return self._show(formset, answers, status=400, base=base, refusal=str(refusal))
        return self._done(done, button, value, formset, answers)

    # --- doing ------------------------------------------------------------------------------------------------------

    def _do(
        self, button: str, value: int, formset: AgendaFormSet, answers: AnswersForm, *, base: str
    ) -> tuple[str, AgendaItem | None]:
        """Save the list, then do what the button says; gives what to tell, and the item that the page opens at."""
        meeting, now = self.meeting, timezone.now()
        filled = formset.filled()
        rows = [form.row() for _rest, form in filled]
        begun = []
        if button == "begin" and not self.items:
            begun = [row_of(item) for item in making.begin(meeting=meeting, now=now)]
        saved, is_changed = making.save_list(
            meeting=meeting, rows=[*begun, *rows], now=now, base=None if begun else base
        )
        at = dict(zip([place for place, _rest in filled], saved[len(begun) :], strict=True))
        if button in {"up", "down", "remove", "aside"} and value in at:
            return self._press(button, at[value], until=formset.forms[value].cleaned_data["not_before"])
        if button in {"take", "drop", "accept", "decline"}:
            return self._answer(button, value, answers)
        if button == "publish":
            showing.publish_agenda(meeting=meeting, now=now)
            return _("The agenda is saved and published."), None
        if button == "take_back":
            showing.take_back_agenda(meeting=meeting, now=now)
            return _("The agenda is taken back: only you see it until you publish it again."), None
        return self._saved_words(is_changed=is_changed or bool(begun)), None

    def _press(self, button: str, item: AgendaItem, *, until: date | None) -> tuple[str, AgendaItem | None]:
        """Move one item, take it off, or put it aside."""
        now = timezone.now()
        if button == "remove":
            making.remove(item=item, now=now)
            return _("“%(title)s” is off the agenda.") % {"title": item.title}, None
        if button == "aside":
            making.put_aside(item=item, not_before=until, now=now)
            return _("“%(title)s” waits for a later agenda.") % {"title": item.title}, None
        making.move(item=item, by=-1 if button == "up" else 1, now=now)
        return "", item

    def _answer(self, button: str, key: int, answers: AnswersForm) -> tuple[str, AgendaItem | None]:
        """Take up, drop, accept or decline an item that waits or was proposed."""
        meeting, now = self.meeting, timezone.now()
        item = next((one for one in [*self.waiting, *self.proposals] if one.pk == key), None)
        if item is None:
            msg = _("This item waits no more: somebody else has dealt with it.")
            raise NotAllowedError(msg)
        if button == "take":
            making.take_from_aside(item=item, meeting=meeting, now=now)
        elif button == "accept":
            making.accept(item=item, meeting=meeting, answer=answers.answer_to(key), now=now)
        elif button == "drop":
            making.drop(item=item, now=now)
            return _("“%(title)s” waits no more.") % {"title": item.title}, None
        else:
            making.decline(item=item, answer=answers.answer_to(key), now=now)
            return _("“%(title)s” is declined; %(proposed_by)s reads your word.") % {
                "title": item.title,
                "proposed_by": item.proposed_by,
            }, None
        return _("“%(title)s” is on the agenda, at the end.") % {"title": item.title}, item

    def _saved_words(self, *, is_changed: bool) -> str:
        if not is_changed:
            return _("Nothing had changed since the agenda was saved.")
        if self.meeting.agenda_published_at:
            return _("The agenda is saved. It is published: everyone sees the change.")
        return _("The agenda is saved. Only you see it until you publish it.")

    def _done(
        self, done: tuple[str, AgendaItem | None], button: str, value: int, formset: AgendaFormSet, answers: AnswersForm
    ) -> HttpResponse:
        """Lead back to the page; show it at once where something typed was no part of what the button did."""
        words, item = done
        if words:
            messages.success(self.request, words)
        used = value if button in {"accept", "decline"} else None
        typed = {f"answer-{one.pk}": answers.answer_to(one.pk) for one in self.proposals if one.pk != used}
        days = {
            form.cleaned_data["key"]: form.cleaned_data["not_before"]
            for place, form in formset.filled()
            if form.cleaned_data["not_before"] and not (button == "aside" and place == value)
        }
        if any(typed.values()) or days:
            self.meeting.refresh_from_db()
            self._fetch()
            return self._show(self._formset(map(row_of, self.items), days=days), self._answers(typed))
        at = {"at": item.pk, "by": button} if item and button in {"up", "down"} else {}
        at |= {"by": "new"} if button == "add" else {}
        return HttpResponseRedirect(f"{self.url}?{urlencode(at)}" if at else self.url)

    # --- showing ----------------------------------------------------------------------------------------------------

    def _formset(self, rows: Iterable[Row], *, days: dict[int, date] | None = None) -> AgendaFormSet:
        initial = [vars(row) | {"not_before": (days or {}).get(row.key)} for row in rows]
        return AgendaFormSet(prefix="item", initial=initial, form_kwargs={"people": self.people})

    def _answers(self, typed: dict[str, str] | None = None) -> AnswersForm:
        return AnswersForm(proposals=self.proposals, initial=typed)

    def _stale(self, stale: StaleError, formset: AgendaFormSet, answers: AnswersForm) -> HttpResponse:
        """What was typed, with what somebody else made of it meanwhile: saving again puts it in its place."""
        self.items = stale.items
        there = {item.pk: item for item in stale.items}
        typed = [form.row() for _rest, form in formset.filled()]
        keys = {row.key for row in typed}
        days = {form.cleaned_data["key"]: form.cleaned_data["not_before"] for _rest, form in formset.filled()}
        added = [row_of(item) for item in stale.items if item.pk not in keys]
        again = self._formset([*typed, *added], days=days)
        for form, row in zip(again.forms, [*typed, *added], strict=False):
            form.meanwhile = _meanwhile(row, there.get(row.key), is_added=row in added)
        return self._show(again, answers, status=409, is_stale=True)

    def _show(
        self,
        formset: AgendaFormSet,
        answers: AnswersForm,
        *,
        status: int = 200,
        base: str | None = None,
        refusal: str = "",
        is_stale: bool = False,
    ) -> HttpResponse:
        focus = FocusForm(self.request.GET)
        focus.is_valid()
        forms = formset.forms
        filled = [form for form in forms if not form.is_blank()]
        minutes = [form.minutes_now() for form in filled]
        words, is_too_long = making.adding_up(minutes, length=making.length_of(self.meeting))
        context: dict[str, Any] = {
            **meeting_frame(self.request, self.meeting, title=_("Agenda")),
            "formset": formset,
            "rows": forms[:-1] if forms and forms[-1].is_blank() else forms,
            "new": forms[-1] if forms and forms[-1].is_blank() else None,
            "answers": answers,
            # Where nothing was saved, still what was opened, whatever was saved meanwhile.
            "base": making.fingerprint(self.items) if base is None else base,
            "adds_up": words,
            "is_too_long": is_too_long,
            "is_empty": not self.items,
            "has_standing": bool(self.items) or StandingItem.objects.exists(),
            "waiting": self.waiting[:MOST_WAITING],
            "has_more_waiting": len(self.waiting) > MOST_WAITING,
            "matters": arising.matters_arising(self.meeting, user=self.request.user),
            "arises_here": any(form.arises() for form in filled),
            "errors": _errors(formset.non_form_errors() if formset.is_bound else [], refusal),
            "is_refused": status == 400,
            "is_stale": is_stale,
            "focus_at": focus.cleaned_data.get("at"),
            "focus_by": focus.cleaned_data.get("by"),
        }
        return TemplateResponse(self.request, "admin/meetings/meeting/make_agenda.html", context, status=status)


def _errors(errors: Sequence[str], refusal: str) -> list[str]:
    return [*errors, *([refusal] if refusal else [])]


def _meanwhile(row: Row, item: AgendaItem | None, *, is_added: bool) -> str:
    """What somebody else made of the item since the page was opened, in words; empty where it is as typed."""
    if is_added:
        return _("Somebody else put this on the agenda meanwhile.")
    if row.key is None:
        return ""
    if item is None:
        return _(
            "Somebody else took this off the agenda meanwhile. Saving puts it on again; remove it if it should go."
        )
    saved = row_of(item)
    if saved == row:
        return ""
    told = [_("title “%(title)s”") % {"title": saved.title}] if saved.title != row.title else []
    if saved.minutes != row.minutes:
        minutes = ngettext("%(count)s minute", "%(count)s minutes", saved.minutes or 0) % {"count": saved.minutes}
        told.append(minutes if saved.minutes else _("no minutes"))
    if (saved.lead, saved.lead_name) != (row.lead, row.lead_name):
        told.append(_("lead %(name)s") % {"name": item.lead or item.lead_name or _("nobody")})
    told += [_("note “%(note)s”") % {"note": saved.note}] if saved.note != row.note else []
    told += [item.get_kind_display()] if saved.kind != row.kind else []
    if saved.is_confidential != row.is_confidential:
        told.append(_("confidential") if saved.is_confidential else _("not confidential"))
    return _("Saved meanwhile by somebody else: %(changes)s. Saving puts what stands here in its place.") % {
        "changes": ", ".join(told)
    }
