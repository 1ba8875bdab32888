"""The secretary's pages of a meeting's replies: who comes, who has not answered, and a list for the host."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meetings.models import Change, Meeting, Reply
from meetings.replies import replying
from meetings.replies.forms import SHORT, ChosenForm, ReplyForMemberForm
from meetings.secretary import get_meeting, meeting_frame
from members.models import Organisation, Person

MOST = 500  # far more people than any steering group has


@dataclass(frozen=True, kw_only=True)
class Row:
    """One member with the answer (None: silence), for whom they speak, and the move that came after it."""

    person: Person
    organisation: Organisation | None
    is_member: bool
    reply: Reply | None = None
    former: Change | None = None

    @property
    def deputy_for(self) -> str:
        """Which organisation the deputy comes from: their own, else the member's; may be empty."""
        return self.reply.deputy_organisation or (self.organisation.name if self.organisation else "")


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_replies(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Who comes and who has not answered; a POST enters or changes the answer of a member who rang up."""
    meeting, today = get_meeting(request, meeting_id), timezone.localdate()
    people = Person.objects.members(on=today)
    rows = _rows(meeting, on=today)
    if request.method != "POST":
        chosen = ChosenForm(request.GET).key
        row = next((row for row in rows if row.person.pk == chosen and row.is_member), None)
        form = ReplyForMemberForm(meeting=meeting, reply=row and row.reply, people=people)
        form.choose(row and row.person)
        return _page(request, meeting, rows=rows, form=form, chosen=row)
    form, refusal = ReplyForMemberForm(request.POST, meeting=meeting, people=people), ""
    if form.is_valid() or (form.is_taking_back and form.cleaned_data.get("person")):
        try:
            return _taken(request, meeting, form)
        except replying.NotAllowedError as error:
            refusal = str(error)
    return _page(request, meeting, rows=rows, form=form, refusal=refusal, status=422)


@require_safe
def meeting_replies_for_host(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Who comes, with their organisations and without notes: a list to print for the host."""
    meeting = get_meeting(request, meeting_id)
    groups = _groups(_rows(meeting, on=timezone.localdate()))
    context = meeting_frame(request, meeting, title=_("List for the host"), groups=groups)
    return TemplateResponse(request, "admin/meetings/meeting/replies_for_host.html", context)


def _taken(request: HttpRequest, meeting: Meeting, form: ReplyForMemberForm) -> HttpResponse:
    """Enter the answer, or take it back; say so on the page anew."""
    sent = form.cleaned_data
    person = sent["person"]
    if form.is_taking_back:
        replying.take_back(meeting=meeting, person=person, now=timezone.now())
        told = _("%(person)s has no answer any more.") % {"person": person}
    else:
        answers = {name: sent[name] for name in ("answer", "note", "deputy_name", "deputy_organisation", "seen")}
        answered = replying.reply(meeting=meeting, person=person, now=timezone.now(), **answers)
        told = f"{person}: {SHORT[Reply.Answer(answered.reply.answer)].lower()}."
        told = form.tell(
            told
            if answered.is_changed
            else _("%(told)s This was the answer already; nothing was changed.") % {"told": told}
        )
        if answered.overtaken:
            told += _(" It took the place of one given since you opened this page: %(overtaken)s.") % {
                "overtaken": answered.overtaken
            }
    messages.success(request, told)
    return HttpResponseRedirect(reverse("admin:meetings_meeting_replies", args=[meeting.pk]))


def _rows(meeting: Meeting, *, on: date) -> list[Row]:
    """The members of this day and whoever else has answered, by name, in four queries."""
    replies = {reply.person_id: reply for reply in meeting.replies.with_people()[:MOST]}
    moves = replying.moves_of([meeting])[meeting.pk]
    members = list(Person.objects.members(on=on).with_memberships(on=on).order_by("sort_name", "name", "pk")[:MOST])
    keys = {person.pk for person in members}
    others = [reply.person for reply in replies.values() if reply.person_id not in keys]
    rows = []
    for person in [*members, *others]:
        reply, is_member = replies.get(person.pk), person.pk in keys
        bodies = [one.on_behalf_of for one in person.memberships_today if one.on_behalf_of] if is_member else []
        former = reply and replying.moved_since(reply, meeting=meeting, moves=moves)
        organisation = next(iter(bodies), None)
        rows.append(Row(person=person, organisation=organisation, is_member=is_member, reply=reply, former=former))
    return rows


def _groups(rows: list[Row]) -> list[tuple[str, str, list[Row]]]:
    """The answers there are, in their order, with what they are called and who gave them."""
    return [
        (answer, label, [row for row in rows if row.reply is not None and row.reply.answer == answer])
        for answer, label in SHORT.items()
    ]


def _page(
    request: HttpRequest,
    meeting: Meeting,
    *,
    rows: list[Row],
    form: ReplyForMemberForm,
    chosen: Row | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    context = meeting_frame(
        request,
        meeting,
        title=_("Replies"),
        groups=_groups(rows),
        silent=[row for row in rows if row.reply is None],
        why_not=replying.why_not(meeting=meeting, on=timezone.localdate()),
        form=form,
        chosen=chosen,
        refusal=refusal,
    )
    return TemplateResponse(request, "admin/meetings/meeting/replies.html", context, status=status)
