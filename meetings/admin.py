"""The stock admin for meetings, who came, and their notes."""

from django import forms
from django.contrib import admin, messages
from django.db.models import Max
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Action
from meetings import admin_urls, indexing, publishing, waiting
from meetings.attendance_admin import AttendanceInline
from meetings.dates import rescheduling, rescheduling_views
from meetings.dates.rescheduling_forms import PUBLIC, ReasonField, ReasonForm
from meetings.events import admin as event_admin  # noqa: F401 (Django finds a room's admin pages here)
from meetings.models import Item, Meeting, MinuteLine, Minutes, StandingItem
from meetings.secretary import frame, tabs_of
from wishlists.models import Entry
from wmodf.lib.history import HistoryAdmin, ReadOnly


class MeetingForm(forms.ModelForm):
    """A meeting, and whether it is published."""

    is_announced = forms.BooleanField(
        label=gettext_lazy("Published"),
        required=False,
        help_text=gettext_lazy("Shown on the public pages and in the calendar."),
    )

    reason = ReasonField(
        label=gettext_lazy("Why it is moved or cancelled"),
        required=False,
        help_text=format_lazy(
            "{} {}", gettext_lazy("Needed when an announced meeting is cancelled or its date changes."), PUBLIC
        ),
    )
    # The change of this meeting that was the latest when the form was opened.
    opened_at = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["is_announced"].initial = self.instance.is_published
        self.latest = self.instance.history.first() if self.instance.pk else None
        self.fields["opened_at"].initial = self.latest.pk if self.latest else None

    def clean(self):
        """Refuse a form that was opened before somebody else's change; what was typed stays in it."""
        cleaned = super().clean()
        opened_at = cleaned.get("opened_at")
        if self.latest is None or opened_at in {None, self.latest.pk}:
            return cleaned
        former = self.instance.history.filter(pk=opened_at).first()
        changes = self.latest.diff_against(former).changes if former else []
        told = "; ".join(
            _("%(field)s is now %(new)s")
            % {"field": self.instance._meta.get_field(one.field).verbose_name, "new": one.new}  # noqa: SLF001 (Django's documented interface)
            for one in changes
        )
        self.data = self.data.copy()
        self.data[self.add_prefix("opened_at")] = self.latest.pk
        msg = _(
            "Somebody else changed this meeting since you opened it (%(told)s). Nothing was saved: look through the"
            " form, then save again to put yours in its place."
        ) % {"told": told or _("see its history")}
        raise forms.ValidationError(msg)

    def _post_clean(self):
        """Ask why an announced meeting is moved or cancelled, once the form says how it is to be."""
        former = Meeting.objects.get(pk=self.instance.pk) if self.instance.pk else None
        super()._post_clean()
        is_silent = former is not None and not self.errors and not self.cleaned_data["reason"]
        if is_silent and rescheduling.needs_reason(former, self.instance):
            self.add_error("reason", _("Say why: people have this date in their diaries."))

    def clean_is_announced(self):
        """Keep a meeting whose notes are published."""
        is_announced = self.cleaned_data["is_announced"]
        if not is_announced and self.instance.pk:
            try:
                publishing.refuse_if_told(self.instance)
            except publishing.NotAllowedError as error:
                raise forms.ValidationError(str(error)) from None
        return is_announced


class NotesFilter(admin.SimpleListFilter):
    """Meetings by the state of their notes."""

    title = gettext_lazy("notes")
    parameter_name = "notes"

    def lookups(self, request, model_admin):
        """The states, and none."""
        return [*Minutes.Status.choices, ("none", _("none"))]

    def queryset(self, request, queryset):
        """Those in the state; all for any other value."""
        if self.value() == "none":
            return queryset.filter(minutes=None)
        return queryset.filter(minutes__status=self.value()) if self.value() in Minutes.Status else queryset


class PublishedFilter(admin.SimpleListFilter):
    """Meetings that are published, or not yet."""

    title = gettext_lazy("published")
    parameter_name = "published"

    def lookups(self, request, model_admin):
        """Two choices."""
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request, queryset):
        """Those of the choice; all for any other value."""
        wanted = {"yes": False, "no": True}.get(self.value())
        return queryset if wanted is None else queryset.filter(published_at__isnull=wanted)


@admin.register(Meeting)
class MeetingAdmin(HistoryAdmin):
    """Meetings: when, where, who came, and what was recorded. Every save ends in publishing."""

    form = MeetingForm
    list_display = ["on", "title", "host_shown", "status", "notes", "days_to_notes", "is_announced"]
    list_filter = ["status", NotesFilter, PublishedFilter, ("host", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["title", "venue", "host__name", "host__short_names", "host_name"]
    date_hierarchy = "on"
    autocomplete_fields = ["host"]
    inlines = [AttendanceInline]
    readonly_fields = ["notes", "lines", "actions_raised", "entries_raised"]
    fieldsets = [
        (None, {"fields": ["opened_at", "title", "on", ("starts", "ends"), "host", "host_name", "venue"]}),
        (gettext_lazy("Joining from afar"), {"fields": ["joining_url", "is_joining_url_public"]}),
        (
            gettext_lazy("For everyone to see"),
            {
                "fields": ["status", "is_announced", "reason"],
                "description": gettext_lazy(
                    "A meeting that is published or has notes is never deleted: cancel it instead."
                ),
            },
        ),
        (gettext_lazy("As recorded"), {"fields": ["notes", "lines", "actions_raised", "entries_raised"]}),
    ]
    actions = [
        "circulate_notes",
        "withdraw_notes",
        "publish_highlights",
        "take_back_highlights",
        "announce",
        "take_back",
        "cancel",
    ]
    change_form_template = "admin/meetings/meeting/change_form.html"
    change_list_template = "admin/meetings/meeting/change_list.html"

    def get_urls(self):
        """With the secretary's pages of a meeting."""
        return [*admin_urls.urls(self.admin_site.admin_view), *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """With the way to the meeting's other pages."""
        tabs = tabs_of(request, obj.pk) if obj else []
        return super().render_change_form(request, {**context, "tabs": tabs}, *args, obj=obj, **kwargs)

    def get_queryset(self, request):
        """With host and notes' state."""
        return super().get_queryset(request).with_details()

    def get_actions(self, request):
        """Without deleting several at once: each meeting is looked at first."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_delete_permission(self, request, obj=None):
        """Only one that is not published and has no notes."""
        is_kept = obj is not None and (obj.is_published or Minutes.objects.filter(meeting=obj).exists())
        return super().has_delete_permission(request, obj) and not is_kept

    def delete_model(self, request, obj):
        """Delete it, and what search looks in of it."""
        key = obj.pk
        super().delete_model(request, obj)
        indexing.index(meetings=[key])

    def save_model(self, request, obj, form, change):
        """Save through publishing, so that address and calendar follow."""
        now = timezone.now()
        if not form.cleaned_data["is_announced"]:
            obj.published_at = None  # the form has refused where published notes keep the meeting
        elif obj.published_at is None:
            obj.published_at = now
        rescheduling.save(meeting=obj, reason=form.cleaned_data["reason"], by=request.user, now=now)
        if not change or "on" in form.changed_data:
            for words in rescheduling_views.said_on(obj.on, besides=obj.pk):
                self.message_user(request, f"{obj}: {words}", messages.WARNING)

    def save_related(self, request, form, formsets, change):
        """Save the attendance; then set anew what each reader sees, and which notes are agreed."""
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            publishing.attendance_changed(meeting=form.instance, now=timezone.now())
        else:
            publishing.show(meeting=form.instance, now=timezone.now())

    @admin.display(description=gettext_lazy("host"))
    def host_shown(self, meeting):
        """The host's name, or the words of the notes."""
        return meeting.host_shown or "–"

    @admin.display(description=gettext_lazy("notes"))
    def notes(self, meeting):
        """The state of the notes."""
        minutes = getattr(meeting, "minutes", None)
        if minutes is None:
            return _("none")
        state = minutes.get_status_display()
        is_ahead = minutes.has_highlights and not minutes.is_circulated
        return _("%(state)s, highlights published") % {"state": state} if is_ahead else state

    @admin.display(description=gettext_lazy("days to notes"))
    def days_to_notes(self, meeting):
        """How many days after the meeting its notes were circulated; of those awaited, how many it has been so far."""
        days = waiting.days_taken(getattr(meeting, "minutes", None), on=meeting.on)
        if days is not None:
            return days
        so_far = (timezone.localdate() - meeting.on).days
        return "–" if meeting.is_cancelled or so_far < 1 else _("%(so_far)s so far") % {"so_far": so_far}

    @admin.display(description=gettext_lazy("published"), boolean=True)
    def is_announced(self, meeting):
        """Whether everyone sees it."""
        return meeting.is_published

    @admin.display(description=gettext_lazy("lines"))
    def lines(self, meeting):
        """The lines of the notes, as links."""
        return _links("meetings_minuteline", meeting.lines.all() if meeting.pk else [])

    @admin.display(description=gettext_lazy("actions"))
    def actions_raised(self, meeting):
        """The actions that its lines raised or reviewed, as links."""
        return _links("actions_action", Action.objects.filter(lines__meeting=meeting).distinct() if meeting.pk else [])

    @admin.display(description=gettext_lazy("data used and wanted"))
    def entries_raised(self, meeting):
        """The entries that its lines raised, as links."""
        return _links("wishlists_entry", Entry.objects.filter(lines__meeting=meeting).distinct() if meeting.pk else [])

    @admin.action(description=gettext_lazy("Publish the notes"), permissions=["change"])
    def circulate_notes(self, request, queryset):
        """Publish the notes of each meeting that has some."""
        self._each(request, _notes_of(queryset), lambda notes, now: publishing.circulate(minutes=notes, now=now))

    @admin.action(description=gettext_lazy("Withdraw the notes"), permissions=["change"])
    def withdraw_notes(self, request, queryset):
        """Make the notes drafts again."""
        self._each(request, _notes_of(queryset), lambda notes, now: publishing.withdraw(minutes=notes, now=now))

    @admin.action(description=gettext_lazy("Publish the highlights (actions and next date)"), permissions=["change"])
    def publish_highlights(self, request, queryset):
        """Publish what each meeting's draft promises and the next date it names."""
        self._each(
            request, _notes_of(queryset), lambda notes, now: publishing.publish_highlights(minutes=notes, now=now)
        )

    @admin.action(description=gettext_lazy("Take the highlights back"), permissions=["change"])
    def take_back_highlights(self, request, queryset):
        """Make the highlights part of the drafts again."""
        self._each(
            request, _notes_of(queryset), lambda notes, now: publishing.take_back_highlights(minutes=notes, now=now)
        )

    @admin.action(description=gettext_lazy("Publish the meeting"), permissions=["change"])
    def announce(self, request, queryset):
        """Show the meetings to everyone."""
        self._each(request, queryset, lambda meeting, now: publishing.announce(meeting=meeting, now=now))

    @admin.action(description=gettext_lazy("Take the meeting back"), permissions=["change"])
    def take_back(self, request, queryset):
        """Take the meetings off the public pages."""
        self._each(request, queryset, lambda meeting, now: publishing.take_back(meeting=meeting, now=now))

    @admin.action(description=gettext_lazy("Cancel the meeting"), permissions=["change"])
    def cancel(self, request, queryset):
        """Call the meetings off: one on its own page, several for one reason that is asked for first."""
        if queryset.count() == 1:
            return redirect("admin:meetings_meeting_cancel", queryset.get().pk)
        form = ReasonForm(request.POST) if "cancel_all" in request.POST else ReasonForm()
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            self._each(
                request,
                queryset,
                lambda meeting, now: rescheduling.cancel(meeting=meeting, reason=reason, by=request.user, now=now),
            )
            return None
        context = frame(request, title=_("Cancel several meetings"), form=form, meetings=queryset.order_by("on", "pk"))
        return TemplateResponse(request, "admin/meetings/meeting/cancel_several.html", context)

    def _each(self, request, rows, verb):
        """Do it to each row; say how often it was done, and of each for which it can't be, why."""
        done = 0
        for row in rows:
            try:
                verb(row, timezone.now())
                done += 1
            except publishing.NotAllowedError as error:
                self.message_user(request, f"{row}: {error}", messages.ERROR)
        if done:
            self.message_user(request, _("Done for %(done)s.") % {"done": done}, messages.SUCCESS)
        elif not rows:
            self.message_user(request, _("None of these meetings has notes."), messages.WARNING)


def _notes_of(meetings):
    return Minutes.objects.filter(meeting__in=meetings.values("pk")).select_related("meeting").order_by("meeting__on")


def _links(model, rows):
    """A list of links to the rows' own admin pages."""
    return (
        format_html_join(
            "", '<p><a href="{}">{}</a></p>', ((reverse(f"admin:{model}_change", args=[row.pk]), row) for row in rows)
        )
        or "–"
    )


@admin.register(Minutes)
class MinutesAdmin(ReadOnly, HistoryAdmin):
    """Notes and their history; they are written on the meeting's page, under "Record notes"."""

    list_display = ["meeting", "status", "circulated_at", "agreed_on"]
    list_select_related = ["meeting"]
    list_filter = ["status"]
    search_fields = ["text"]
    date_hierarchy = "meeting__on"
    ordering = ["-meeting__on"]

    def get_queryset(self, request):
        """With the meeting, whose date is part of the name."""
        return super().get_queryset(request).select_related("meeting")


@admin.register(Item)
class ItemAdmin(ReadOnly, admin.ModelAdmin):
    """Items of business, as recorded."""

    list_display = ["meeting", "number", "title", "is_confidential"]
    list_display_links = ["title"]
    list_select_related = ["meeting"]
    list_filter = ["is_confidential"]
    search_fields = ["title"]
    ordering = ["-meeting__on", "position"]


@admin.register(MinuteLine)
class MinuteLineAdmin(ReadOnly, admin.ModelAdmin):
    """Lines of minutes, as recorded, with links to what they point to."""

    list_display = ["meeting", "kind", "text", "is_confidential"]
    list_display_links = ["text"]
    list_select_related = ["meeting"]
    list_filter = ["kind", "is_confidential"]
    search_fields = ["text"]
    ordering = ["-meeting__on", "position"]


@admin.register(StandingItem)
class StandingItemAdmin(admin.ModelAdmin):
    """The items with which every agenda begins; put in order by their numbers."""

    list_display = ["title", "position", "minutes", "kind"]
    list_editable = ["position", "minutes"]
    fields = ["title", "position", "minutes", "kind"]
    ordering = ["position", "pk"]

    def get_changeform_initial_data(self, request):
        """A new one comes last."""
        last = StandingItem.objects.aggregate(last=Max("position"))["last"] or 0
        return {"position": last + 1} | super().get_changeform_initial_data(request)
