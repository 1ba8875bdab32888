"""Words in public texts that may mean somebody who withholds their name, with what the secretary said of them."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from members.models import Person


class MentionQuerySet(models.QuerySet["Mention"]):
    """Words that were asked of the secretary."""

    def waiting(self) -> "MentionQuerySet":
        """Those that nobody has answered yet, of people who still withhold their names."""
        return self.filter(is_them=None).exclude(person__public_name=Person.PublicName.FULL)

    def answered(self) -> "MentionQuerySet":
        """Those that the secretary answered."""
        return self.exclude(is_them=None)

    def of_person(self, person: Person) -> "MentionQuerySet":
        """Those that may mean this person."""
        return self.filter(person=person)

    def with_words(self, words: str) -> "MentionQuerySet":
        """Those of these words as they are written."""
        return self.filter(words=words)

    def among(self, keys: Iterable[int]) -> "MentionQuerySet":
        """Those with these keys."""
        return self.filter(pk__in=keys)

    def latest_first(self) -> "MentionQuerySet":
        """By meeting, the latest first, events after them."""
        on = models.F("meeting__on").desc(nulls_last=True)
        return self.select_related("meeting", "event").order_by(on, "meeting", "event", "words", "pk")

    def counted_by_person(self) -> dict[int, int]:
        """How many there are of each person, by the persons' keys, in one query."""
        return dict(self.order_by().values_list("person").annotate(places=models.Count("pk")))

    def counted_by_words(self) -> list[tuple[str, int]]:
        """The words with the number of places of each, the most frequent first."""
        counted = self.order_by().values_list("words").annotate(places=models.Count("pk"))
        return list(counted.order_by("-places", "words"))


class Mention(models.Model):
    """Words that may mean a person, in the public texts of one meeting or event, and whether they do (empty: asked)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mentions")
    meeting = models.ForeignKey(
        "meetings.Meeting", on_delete=models.CASCADE, null=True, blank=True, related_name="mentions"
    )
    event = models.ForeignKey(
        "meetings.Event", on_delete=models.CASCADE, null=True, blank=True, related_name="mentions"
    )
    words = models.CharField(max_length=200)
    is_them = models.BooleanField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True, help_text=gettext_lazy("When the secretary answered."))

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "meeting", "words"], condition=Q(event=None), name="mention_once_per_meeting"
            ),
            models.UniqueConstraint(
                fields=["person", "event", "words"], condition=Q(meeting=None), name="mention_once_per_event"
            ),
            models.CheckConstraint(
                condition=Q(meeting=None, event__isnull=False) | Q(meeting__isnull=False, event=None),
                name="mention_in_a_meeting_or_an_event",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words}: {self.person}"
