"""What was promised, by whom, and what became of it."""

from datetime import date

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from members.models import Membership, Organisation, Person
from wmodf.lib.access import Standing, standing_of
from wmodf.lib.sight import SightQuerySet
from wmodf.lib.words import every_word


class ActionQuerySet(SightQuerySet["Action"]):
    """Actions as the group speaks of them."""

    def open(self) -> "ActionQuerySet":
        """Those not yet done or dropped."""
        return self.filter(status__in=Action.OPEN_STATUSES)

    def overdue(self, *, on: date) -> "ActionQuerySet":
        """Open ones whose due date has passed."""
        return self.open().filter(due_on__lt=on)

    def owned_by(self, person: Person) -> "ActionQuerySet":
        """Those with this person among their owners by name."""
        return self.filter(owners__person=person).distinct()

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

    def with_owners(self) -> "ActionQuerySet":
        """With owners and their people, in one query more."""
        return self.prefetch_related(models.Prefetch("owners", ActionOwner.objects.select_related("person")))


class Action(models.Model):
    """Something that somebody promised at a meeting. Lines of the minutes point to it; it has no meeting of its own."""

    class Status(models.TextChoices):
        """What became of it."""

        OPEN = "open", "open"
        DONE = "done", "done"
        DROPPED = "dropped", "dropped"

    OPEN_STATUSES = (Status.OPEN,)

    number = models.PositiveIntegerField(unique=True, editable=False)
    text = models.TextField()
    raised_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    due_text = models.CharField("due, as minuted", max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    ended_on = models.DateField(null=True, blank=True)
    # Sight: set by publishing alone.
    is_circulated = models.BooleanField(default=False, editable=False)
    is_public = models.BooleanField(default=False, editable=False)
    public_text = models.TextField(blank=True, editable=False)

    objects = ActionQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["is_circulated", "is_public", "public_text"])

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["status", "due_on"], name="action_status_due_on")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["open", "done", "dropped"]), name="action_status_valid"),
            models.CheckConstraint(
                condition=Q(status="open", ended_on=None) | (~Q(status="open") & Q(ended_on__isnull=False)),
                name="action_ended_on_iff_not_open",
                violation_error_message="A done or dropped action has the day on which it ended; an open one has none.",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(is_circulated=True), name="action_public_only_if_circulated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.text}"

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

    def settle(self) -> None:
        """Make the status what the updates say: the latest that counts and says how the action stands."""
        said = [update for update in self.updates.all() if update.status and not update.is_draft]
        latest = max(said, key=lambda update: (update.on, update.pk), default=None)
        status = latest.status if latest else self.Status.OPEN
        ended_on = latest.on if latest and status not in self.OPEN_STATUSES else None
        if (status, ended_on) != (self.status, self.ended_on):
            self.status, self.ended_on = status, ended_on
            self.save(update_fields=["status", "ended_on"])

    def finish(self, *, on: date, by: Person | None, note: str = "") -> "ActionUpdate":
        """Say that it is done."""
        return self._update(status=self.Status.DONE, on=on, by=by, note=note)

    def drop(self, *, on: date, by: Person | None, note: str = "") -> "ActionUpdate":
        """Say that it will not be done."""
        return self._update(status=self.Status.DROPPED, on=on, by=by, note=note)

    def reopen(self, *, on: date, by: Person | None, note: str = "") -> "ActionUpdate":
        """Say that it is to be done after all."""
        return self._update(status=self.Status.OPEN, on=on, by=by, note=note)

    def _update(self, *, status: str, on: date, by: Person | None, note: str) -> "ActionUpdate":
        update = self.updates.create(status=status, on=on, by=by, note=note)
        self.settle()
        return update


class ActionOwnerQuerySet(models.QuerySet["ActionOwner"]):
    """Who answers for which action."""

    def of(self, actions: ActionQuerySet) -> "ActionOwnerQuerySet":
        """Those of the actions."""
        return self.filter(action__in=actions)


class ActionOwner(models.Model):
    """Who answers for an action: a person, whoever holds an office, all members, or words that match nobody."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="owners")
    position = models.PositiveSmallIntegerField(default=0)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="owned_actions")
    role = models.CharField(max_length=20, choices=Membership.Role, blank=True)
    is_everyone = models.BooleanField("all members", default=False)
    as_minuted = models.CharField(max_length=200)

    objects = ActionOwnerQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "person"],
                name="action_owner_once",
                violation_error_message="This person owns the action already.",
            ),
            models.CheckConstraint(
                condition=Q(person=None, is_everyone=False) | Q(role="", is_everyone=False) | Q(person=None, role=""),
                name="action_owner_one_kind",
                violation_error_message="An owner is a person, an office or all members: choose one.",
            ),
        ]

    def __str__(self) -> str:
        return self.name_for(None) if self.person is None else str(self.person)

    def name_for(self, user: object) -> str:
        """The owner as this reader may see them; needs the person fetched."""
        if self.person is not None:
            return self.person.name_for(user)
        if self.is_everyone:
            return "all members"
        return f"the {self.get_role_display()}" if self.role else self.as_minuted


class ActionUpdate(models.Model):
    """A word on how an action stands, said by somebody or heard at a meeting."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="updates")
    on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Action.Status, blank=True, help_text="Empty: no change.")
    is_draft = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["", "open", "done", "dropped"]), name="action_update_status_valid"
            )
        ]

    def __str__(self) -> str:
        return f"{self.action.reference} on {self.on}: {self.get_status_display() or self.note}"
