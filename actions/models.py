"""What was promised, by whom, and what became of it."""

import json
import uuid
from collections.abc import Collection
from datetime import date, datetime

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from members.models import Membership, Organisation, Person
from wmodf.lib.access import Standing, standing_of
from wmodf.lib.sight import SightQuerySet
from wmodf.lib.words import REDACTED, every_word


class ActionQuerySet(SightQuerySet["Action"]):
    """Actions as the group speaks of them."""

    def open(self) -> "ActionQuerySet":
        """Those not yet done or dropped."""
        return self.filter(status__in=Action.OPEN_STATUSES)

    def ended(self) -> "ActionQuerySet":
        """Those done or dropped, the latest to end first."""
        return self.exclude(status__in=Action.OPEN_STATUSES).order_by("-ended_on", "-number")

    def spans(self) -> list[tuple[date, date | None, str]]:
        """Of each, the day it was raised, the day it ended and how it stands."""
        return list(self.order_by("raised_on", "number").values_list("raised_on", "ended_on", "status"))

    def overdue(self, *, on: date) -> "ActionQuerySet":
        """Open ones whose due date has passed."""
        return self.open().filter(due_on__lt=on)

    def owned_by(self, person: Person) -> "ActionQuerySet":
        """Those with this person among their owners by name."""
        return self.filter(owners__person=person).distinct()

    def answered_for_by(self, person: Person, *, offices: Collection[str]) -> "ActionQuerySet":
        """Those that this person owns by name, or by an office that they hold."""
        return self.filter(pk__in=ActionOwner.objects.answering(person, offices=offices).values("action"))

    def for_everyone(self) -> "ActionQuerySet":
        """Those owned by all members, and those of which nobody knows whose they are."""
        owners = ActionOwner.objects
        return self.filter(Q(pk__in=owners.everyone().values("action")) | ~Q(pk__in=owners.known().values("action")))

    def ended_since(self, on: date) -> "ActionQuerySet":
        """Those done or dropped on this day or later."""
        return self.filter(ended_on__gte=on)

    def arising(self, *, since: date | None) -> "ActionQuerySet":
        """Matters arising: open ones, and those done or dropped since the meeting of a day, without those heard there.

        Only open ones where there was no meeting yet.
        """
        if since is None:
            return self.open()
        said = ActionUpdate.objects.filter(made_at__isnull=False, on=since, is_draft=False)
        after = said.filter(status=F("action__status")).values("action")
        return self.filter(Q(status__in=Action.OPEN_STATUSES) | Q(ended_on__gt=since) | Q(ended_on=since, pk__in=after))

    def raised_before(self, on: date) -> "ActionQuerySet":
        """Those raised on an earlier day, the oldest first."""
        return self.filter(raised_on__lt=on).order_by("raised_on", "number")

    def besides(self, actions: "ActionQuerySet") -> "ActionQuerySet":
        """Those that are not among the others."""
        return self.exclude(pk__in=actions.values("pk"))

    def most_pressing_first(self) -> "ActionQuerySet":
        """By due date, those without one last, the oldest first."""
        return self.order_by(F("due_on").asc(nulls_last=True), "number")

    def latest_changed_first(self) -> "ActionQuerySet":
        """By when what is told of them last changed."""
        return self.order_by(F("revised_at").desc(nulls_last=True), "-number")

    def in_state(self, state: str, *, on: date) -> "ActionQuerySet":
        """Those in one of the states, or "overdue"."""
        return self.overdue(on=on) if state == "overdue" else self.filter(status=state)

    def owned_from(self, organisation: Organisation, *, user: object) -> "ActionQuerySet":
        """Those with an owner whom this reader may name and who speaks, or spoke, for the organisation."""
        owners = Person.objects.named_to(user).speaking_for(organisation)
        return self.filter(owners__person__in=owners).distinct()

    def mentioning(self, words: str) -> "ActionQuerySet":
        """Those with all the words in what this reader may read of them: call `visible_to` first."""
        return self.filter(every_word("shown", words))

    def of_meeting(self, meeting: int) -> "ActionQuerySet":
        """Those that a line of the meeting with this key raised, heard or named."""
        return self.filter(lines__meeting=meeting).distinct()

    def with_lines(self) -> "ActionQuerySet":
        """With their lines and those lines' meetings, in two queries more; not every line is for everyone."""
        return self.prefetch_related("lines__meeting")

    def with_updates(self) -> "ActionQuerySet":
        """With what was said of them, oldest first, and by whom, in one query more; drafts are for the secretary."""
        return self.prefetch_related(models.Prefetch("updates", ActionUpdate.objects.select_related("by")))

    def with_owners(self) -> "ActionQuerySet":
        """With owners and their people, in one query more."""
        return self.prefetch_related(models.Prefetch("owners", ActionOwner.objects.select_related("person")))


class Action(models.Model):
    """Something that somebody promised at a meeting. Lines of the minutes point to it; it has no meeting of its own."""

    class Status(models.TextChoices):
        """What became of it."""

        OPEN = "open", gettext_lazy("open")
        DONE = "done", gettext_lazy("done")
        DROPPED = "dropped", gettext_lazy("dropped")

    OPEN_STATUSES = (Status.OPEN,)

    number = models.PositiveIntegerField(unique=True, editable=False)
    text = models.TextField()
    raised_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    due_text = models.CharField(gettext_lazy("due, as minuted"), max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    ended_on = models.DateField(null=True, blank=True)
    # Sight: set by publishing alone.
    is_circulated = models.BooleanField(default=False, editable=False)
    is_public = models.BooleanField(default=False, editable=False)
    public_text = models.TextField(blank=True, editable=False)
    # What its owners' calendars say of it: kept by `settle` alone.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    revised_at = models.DateTimeField(null=True, blank=True, editable=False)
    event = models.TextField(
        blank=True, editable=False, help_text=gettext_lazy("What calendars say of it, as last told.")
    )

    objects = ActionQuerySet.as_manager()
    history = HistoricalRecords(
        excluded_fields=["is_circulated", "is_public", "public_text", "uid", "sequence", "revised_at", "event"]
    )

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["status", "due_on"], name="action_status_due_on")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["open", "done", "dropped"]), name="action_status_valid"),
            models.CheckConstraint(
                condition=Q(status="open", ended_on=None) | (~Q(status="open") & Q(ended_on__isnull=False)),
                name="action_ended_on_iff_not_open",
                violation_error_message=gettext_lazy(
                    "A done or dropped action has the day on which it ended; an open one has none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(is_circulated=True), name="action_public_only_if_circulated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.text}"

    def get_absolute_url(self) -> str:
        """The action's one permanent address."""
        return reverse("actions:action_detail", args=[self.number])

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor dropped."""
        return self.status in self.OPEN_STATUSES

    @property
    def reference(self) -> str:
        """How notes and people call it: A37."""
        return f"A{self.number}"

    def due_text_for(self, user: object) -> str:
        """The due date in words as this reader may see it: the public only where the public words hold it too."""
        is_told = standing_of(user) >= Standing.MEMBER or self.due_text in self.public_text
        return self.due_text if is_told else ""

    def is_overdue(self, *, on: date) -> bool:
        """Whether it is open though its due date has passed."""
        return self.status in self.OPEN_STATUSES and self.due_on is not None and self.due_on < on

    def settle(self, *, now: datetime) -> None:
        """Make the status what the updates that count say, and note when calendars have something new to tell.

        The latest update that says how the action stands decides; it ended when the first of those that agree with it
        was said. Needs the row locked, or two at once might each miss the other's update.
        """
        said = [update for update in self.updates.all() if update.status and not update.is_draft]
        said.sort(key=lambda update: (update.on, update.pk))
        status = said[-1].status if said else self.Status.OPEN
        ended_on = None
        for update in reversed(said if status not in self.OPEN_STATUSES else []):
            if update.status != status:
                break
            ended_on = update.on
        if (status, ended_on) != (self.status, self.ended_on):
            self.status, self.ended_on = status, ended_on
            self.save(update_fields=["status", "ended_on"])
        self._revise(now)

    def _revise(self, now: datetime) -> None:
        """Write anew what calendars say; `sequence` and `revised_at` move only where it differs (RFC 5545, 3.8.7.4)."""
        told = [self.text, self.due_on, self.status, self.ended_on]
        event = json.dumps(told, default=str, ensure_ascii=False) if self.is_circulated else ""
        if event == self.event:
            return
        if event and self.revised_at is not None:
            self.sequence += 1
        if event:
            self.revised_at = now
        self.event = event
        # Not by `save`: the history is of what people said and did, not of what calendars were told.
        Action.objects.filter(pk=self.pk).update(event=self.event, sequence=self.sequence, revised_at=self.revised_at)

    def finish(self, *, now: datetime, by: Person | None, note: str = "") -> "ActionUpdate | None":
        """Say that it is done."""
        return self._say(status=self.Status.DONE, now=now, by=by, note=note)

    def drop(self, *, now: datetime, by: Person | None, note: str = "") -> "ActionUpdate | None":
        """Say that it will not be done."""
        return self._say(status=self.Status.DROPPED, now=now, by=by, note=note)

    def reopen(self, *, now: datetime, by: Person | None, note: str = "") -> "ActionUpdate | None":
        """Say that it is to be done after all."""
        return self._say(status=self.Status.OPEN, now=now, by=by, note=note)

    def comment(self, *, now: datetime, by: Person | None, note: str) -> "ActionUpdate | None":
        """Say how it goes."""
        return self._say(status="", now=now, by=by, note=note)

    @transaction.atomic
    def _say(self, *, status: str, now: datetime, by: Person | None, note: str) -> "ActionUpdate | None":
        """Add a word; of two at once the second waits until the first is saved, and both are kept.

        Where the action stands so already, what is added has the words and no status; nothing is where there are no
        words either. The same words sent twice by one person (a second press of the button) are kept once.
        """
        action = Action.objects.select_for_update().get(pk=self.pk)
        self.status, self.ended_on = action.status, action.ended_on
        if status == action.status:
            status = ""
        if not status and not note:
            return None
        on = timezone.localdate(now)
        last = action.updates.last()
        is_same = last is not None and (last.on, last.by_id, last.note) == (on, by and by.pk, note)
        if is_same and not status and last.made_at is not None:
            return last
        update = action.updates.create(status=status, on=on, by=by, note=note, made_at=now)
        action.settle(now=now)
        self.status, self.ended_on = action.status, action.ended_on
        return update


class ActionOwnerQuerySet(models.QuerySet["ActionOwner"]):
    """Who answers for which action."""

    def of(self, actions: ActionQuerySet) -> "ActionOwnerQuerySet":
        """Those of the actions."""
        return self.filter(action__in=actions)

    def answering(self, person: Person, *, offices: Collection[str]) -> "ActionOwnerQuerySet":
        """Where this person is the owner, by name or by an office that they hold."""
        return self.filter(Q(person=person) | Q(role__in=[office for office in offices if office]))

    def everyone(self) -> "ActionOwnerQuerySet":
        """Where all members are the owner."""
        return self.filter(is_everyone=True)

    def unanswered(self) -> "ActionOwnerQuerySet":
        """Words that match nobody, beside open actions; the latest action first, with its lines and their meetings."""
        nobody = self.filter(person=None, role="", is_everyone=False, action__status__in=Action.OPEN_STATUSES)
        nobody = nobody.exclude(as_minuted=REDACTED).select_related("action")
        return nobody.prefetch_related("action__lines__meeting").order_by("-action__number")

    def known(self) -> "ActionOwnerQuerySet":
        """Where the owner is a person, an office or all members; not words that match nobody."""
        return self.exclude(person=None, role="", is_everyone=False)


class ActionOwner(models.Model):
    """Who answers for an action: a person, whoever holds an office, all members, or words that match nobody."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="owners")
    position = models.PositiveSmallIntegerField(default=0)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="owned_actions")
    role = models.CharField(max_length=20, choices=Membership.Role, blank=True)
    is_everyone = models.BooleanField(gettext_lazy("all members"), default=False)
    as_minuted = models.CharField(max_length=200)

    objects = ActionOwnerQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "person"],
                name="action_owner_once",
                violation_error_message=gettext_lazy("This person owns the action already."),
            ),
            models.CheckConstraint(
                condition=Q(person=None, is_everyone=False) | Q(role="", is_everyone=False) | Q(person=None, role=""),
                name="action_owner_one_kind",
                violation_error_message=gettext_lazy("An owner is a person, an office or all members: choose one."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_for(None) if self.person is None else str(self.person)

    def name_for(self, user: object) -> str:
        """The owner as this reader may see them; needs the person fetched."""
        if self.person is not None:
            return self.person.name_for(user)
        if self.is_everyone:
            return _("all members")
        return _("the %(office)s") % {"office": self.get_role_display()} if self.role else self.as_minuted


class ActionUpdateQuerySet(models.QuerySet["ActionUpdate"]):
    """What was said of actions."""

    def said_by(self, person: Person) -> "ActionUpdateQuerySet":
        """What this person said on the site."""
        return self.filter(by=person)


class ActionUpdate(models.Model):
    """A word on how an action stands, said by somebody or heard at a meeting."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="updates")
    on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)
    status = models.CharField(
        max_length=10, choices=Action.Status, blank=True, help_text=gettext_lazy("Empty: no change.")
    )
    is_draft = models.BooleanField(default=False, editable=False)
    made_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=gettext_lazy("Empty: heard at a meeting.")
    )

    objects = ActionUpdateQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["", "open", "done", "dropped"]), name="action_update_status_valid"
            )
        ]

    def __str__(self) -> str:
        return _("%(reference)s on %(date)s: %(words)s") % {
            "reference": self.action.reference,
            "date": self.on,
            "words": self.get_status_display() or self.note,
        }
