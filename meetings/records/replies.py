"""What members answered before a meeting. Silence is no answer, and never an apology."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Person


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Members' replies to meetings."""

    def of_person(self, person: Person) -> "ReplyQuerySet":
        """Those of this person."""
        return self.filter(person=person)

    def of_meetings(self, meetings: Iterable) -> "ReplyQuerySet":
        """Those to these meetings, given as rows or by their keys."""
        return self.filter(meeting__in=list(meetings))

    def of_members(self, *, on: date) -> "ReplyQuerySet":
        """Those of whoever is a member of the group on this day."""
        return self.filter(person__in=Person.objects.members(on=on))

    def counted(self) -> models.QuerySet:
        """The meetings' keys, the answers, and how many have given each."""
        return self.order_by().values_list("meeting", "answer").annotate(number=models.Count("pk"))

    def with_people(self) -> "ReplyQuerySet":
        """With the person, by a join, by name."""
        return self.select_related("person").order_by("person__sort_name", "person__name", "pk")


class Reply(models.Model):
    """One member's answer to one meeting. The note is for the secretary and the member alone."""

    class Answer(models.TextChoices):
        """Whether they come, and how."""

        IN_PERSON = "in-person", _("I am coming in person")
        ONLINE = "online", _("I am joining online")
        APOLOGIES = "apologies", _("I can’t come: please record my apologies")
        DEPUTY = "deputy", _("I can’t come: I am sending a deputy")

    COMING = (Answer.IN_PERSON, Answer.ONLINE)

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="replies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="replies")
    answer = models.CharField(max_length=10, choices=Answer)
    note = models.CharField(_("a note for the secretary"), max_length=500, blank=True)
    deputy_name = models.CharField(_("your deputy’s name"), max_length=200, blank=True)
    deputy_organisation = models.CharField(_("your deputy’s organisation"), max_length=200, blank=True)
    replied_at = models.DateTimeField()

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["replied_at", "pk"]
        verbose_name_plural = _("replies")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="reply_once_per_meeting"),
            models.CheckConstraint(
                condition=Q(answer__in=["in-person", "online", "apologies", "deputy"]), name="reply_answer_valid"
            ),
            models.CheckConstraint(
                condition=(Q(answer="deputy") & ~Q(deputy_name=""))
                | (~Q(answer="deputy") & Q(deputy_name="", deputy_organisation="")),
                name="reply_deputy_iff_sent",
                violation_error_message=_("Give your deputy’s name."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_answer_display()}"
