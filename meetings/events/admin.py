"""The stock admin for events beside the meetings."""

import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings import indexing
from meetings.dates.clashes import said_of_event
from meetings.dates.planning import known_around
from meetings.events import publishing as event_publishing
from meetings.models import Event
from meetings.sight.discretion import discretion_today
from members.naming import mask_emails
from wmodf.lib.history import HistoryAdmin


class EventForm(forms.ModelForm):
    """An event, and whether it is published."""

    is_announced = forms.BooleanField(
        label=gettext_lazy("Published"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Shown to everyone beside the meetings, and in the calendar of events."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["is_announced"].initial = self.instance.is_published

    def clean(self) -> dict[str, Any]:
        """Refuse names of those who asked the public not to be told them: an event has no other words for everyone."""
        cleaned = super().clean()
        discretion = discretion_today()
        for name in ("title", "place", "description", "link"):
            words = unicodedata.normalize("NFC", mask_emails(cleaned.get(name) or ""))
            if discretion.public(words) != words:
                msg = _("Somebody is named here who asked not to be named in public: leave the name out.")
                self.add_error(name, msg)
        return cleaned


@admin.register(Event)
class EventAdmin(HistoryAdmin):
    """Events: entered once, told beside the meetings. Every save ends in publishing."""

    form = EventForm
    list_display = ["title", "kind", "on", "until", "status", "is_announced"]
    list_filter = ["kind", "status"]
    search_fields = ["title", "place"]
    date_hierarchy = "on"
    ordering = ["-on", "-pk"]
    fieldsets = [
        (None, {"fields": ["title", "kind", ("on", "until"), ("starts", "ends"), "place", "link", "description"]}),
        (
            gettext_lazy("For everyone to see"),
            {
                "fields": ["status", "is_announced"],
                "description": gettext_lazy(
                    "An event that was published is never deleted: cancel it, so that calendars say so."
                ),
            },
        ),
    ]
    actions = ["announce", "take_back", "cancel"]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without deleting several at once: each is looked at first."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_delete_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        """Only one that nobody was told of."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.revised_at is None)

    def delete_model(self, request: HttpRequest, obj: Event) -> None:
        """Delete it, and what search looks in of it."""
        key = obj.pk
        super().delete_model(request, obj)
        indexing.index_event(key)

    def save_model(self, request: HttpRequest, obj: Event, form: EventForm, change: bool) -> None:  # noqa: FBT001 (Django's)
        """Save through publishing, so that the calendar follows; say what else is on these days."""
        now = timezone.now()
        if not form.cleaned_data["is_announced"]:
            obj.published_at = None
        elif obj.published_at is None:
            obj.published_at = now
        event_publishing.publish(event=obj, now=now)
        if not change or {"on", "until"} & set(form.changed_data):
            known = known_around([obj.on, obj.last_day], today=timezone.localdate())
            for words in said_of_event(obj.on, obj.last_day, known=known, besides=obj.pk):
                self.message_user(request, f"{obj}: {words}", messages.WARNING)

    @admin.display(description=gettext_lazy("published"), boolean=True)
    def is_announced(self, event: Event) -> bool:
        """Whether everyone sees it."""
        return event.is_published

    @admin.action(description=gettext_lazy("Publish the events"), permissions=["change"])
    def announce(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Show them to everyone."""
        self._each(request, queryset, lambda event, now: event_publishing.announce(event=event, now=now))

    @admin.action(description=gettext_lazy("Take the events back"), permissions=["change"])
    def take_back(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Show them to nobody but the secretary."""
        self._each(request, queryset, lambda event, now: event_publishing.take_back(event=event, now=now))

    @admin.action(description=gettext_lazy("Cancel the events"), permissions=["change"])
    def cancel(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Say that they are called off."""
        self._each(request, queryset, lambda event, now: event_publishing.cancel(event=event, now=now))

    def _each(self, request: HttpRequest, events: QuerySet, verb: Callable[[Event, datetime], None]) -> None:
        """Do it to each, and say to how many."""
        for event in events:
            verb(event, timezone.now())
        self.message_user(request, _("Done for %(count)s.") % {"count": len(events)}, messages.SUCCESS)
