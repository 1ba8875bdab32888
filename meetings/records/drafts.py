"""Notes as they are typed, kept before they are saved, and who has a meeting's notes open."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Three signs of life that did not come.
GONE_AFTER = timedelta(seconds=45)


class DraftQuerySet(models.QuerySet["Draft"]):
    """Versions, the newest first."""

    def of_page(self, *, meeting_id: int, user: object, editor: object) -> "DraftQuerySet":
        """What one open page of this user kept."""
        return self.filter(meeting=meeting_id, by=user, editor=editor)

    def offered(self) -> "DraftQuerySet":
        """Those that nobody saved, dropped or typed on: one for each page at most. An empty box is no offer."""
        return self.filter(is_offered=True).exclude(text="")

    def of(self, user: object) -> "DraftQuerySet":
        """What this user typed."""
        return self.filter(by=user)

    def of_others(self, user: object) -> "DraftQuerySet":
        """What anybody else typed, somebody who has no login any more too."""
        return self.exclude(by=user, by__isnull=False)

    def before(self, moment: datetime) -> "DraftQuerySet":
        """Those kept before a moment."""
        return self.filter(kept_at__lt=moment)

    def light(self) -> "DraftQuerySet":
        """Without the text, but with its length, and with who typed it."""
        return self.defer("text").annotate(size=Length("text")).select_related("by__person")


class Draft(models.Model):
    """The text of one editor's box at one time: a version that nobody saved as notes yet. Only secretaries read it."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="drafts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # One open page: what it keeps follows one upon the other, whatever other pages keep.
    editor = models.UUIDField()
    text = models.TextField(blank=True)
    base_revision = models.PositiveIntegerField(
        help_text=gettext_lazy("The revision of the notes that the editor had opened.")
    )
    begun_at = models.DateTimeField()
    kept_at = models.DateTimeField()
    # Of two texts of one page that overtake each other on their way, the one with the higher number is the later one.
    serial = models.PositiveIntegerField(default=0)
    # Until the notes are saved, or the draft dropped or typed on: then it is a version like others.
    is_offered = models.BooleanField(default=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at", "-pk"]
        indexes = [models.Index(fields=["meeting", "kept_at"], name="draft_meeting_kept_at")]

    def __str__(self) -> str:
        return _("Draft of %(kept_at)s") % {"kept_at": f"{self.kept_at:%H:%M:%S}"}


class EditorQuerySet(models.QuerySet["Editor"]):
    """Open pages."""

    def there(self, *, now: datetime) -> "EditorQuerySet":
        """Those that gave a sign of life lately."""
        return self.filter(seen_at__gte=now - GONE_AFTER)

    def gone(self, *, now: datetime) -> "EditorQuerySet":
        """Those that gave none for long."""
        return self.filter(seen_at__lt=now - GONE_AFTER)

    def but(self, editor: object) -> "EditorQuerySet":
        """All pages but this one."""
        return self.exclude(editor=editor)


class Editor(models.Model):
    """Somebody's page on which a meeting's notes are open, and when it last gave a sign of life."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="editors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    editor = models.UUIDField(unique=True)
    seen_at = models.DateTimeField()
    typed_at = models.DateTimeField(null=True, blank=True)

    objects = EditorQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user} at {self.seen_at:%H:%M:%S}"
