"""The stock admin for meetings, who came, and their notes."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.db.models import Max
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html_join

from actions.models import Action
from meetings import import_page, publishing, record_page
from meetings.models import Attendance, Item, Meeting, MinuteLine, Minutes
from wishlists.models import Entry
from wmodf.lib.history import HistoryAdmin, ReadOnly


class MeetingForm(forms.ModelForm):
    """A meeting, and whether it is published."""

    is_announced = forms.BooleanField(
        label="Published", required=False, help_text="Shown on the public pages and in the calendar."
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
        told = "; ".join(f"{one.field.replace('_', ' ')} is now {one.new}" for one in changes)
        self.data = self.data.copy()
        self.data[self.add_prefix("opened_at")] = self.latest.pk
        msg = (
            f"Somebody else changed this meeting since you opened it ({told or 'see its history'})."
            " Nothing was saved: look through the form, then save again to put yours in its place."
        )
        raise forms.ValidationError(msg)

    def clean_is_announced(self):
        """Keep a meeting whose notes are published."""
        is_announced = self.cleaned_data["is_announced"]
        if not is_announced and self.instance.pk:
            try:
                publishing.refuse_if_told(self.instance)
            except publishing.NotAllowedError as error:
                raise forms.ValidationError(str(error)) from None
        return is_announced


def _is_agreed(meeting):
    """Whether the meeting's notes, and with them its attendance, are a correct record."""
    minutes = getattr(meeting, "minutes", None) if meeting else None
    return minutes is not None and minutes.status == Minutes.Status.AGREED


class AttendanceFormSet(forms.BaseInlineFormSet):
    """Attendance in the order of the notes, new rows last."""

    def save_new(self, form, commit=True):
        """Save a new row behind the others."""
        attendance = form.instance
        attendance.position = (self.instance.attendances.aggregate(last=Max("position"))["last"] or 0) + 1
        attendance.person_name = attendance.person_name or attendance.person.name
        return super().save_new(form, commit)


class AttendanceInline(admin.TabularInline):
    """Who came and who sent apologies, on the meeting's page."""

    model = Attendance
    formset = AttendanceFormSet
    fields = [
        "person",
        "person_name",
        "status",
        "capacity",
        "representing",
        "role",
        "note",
        "arrived",
        "left",
        "deputising_for",
    ]
    autocomplete_fields = ["person", "representing", "deputising_for"]
    extra = 1
    show_change_link = True
    # Ten columns have to stand beside each other.
    formfield_overrides = {models.CharField: {"widget": forms.TextInput(attrs={"size": 16})}}

    def get_queryset(self, request):
        """With people and organisations."""
        return super().get_queryset(request).with_people()

    def has_add_permission(self, request, obj=None):
        """As long as the notes are not agreed."""
        return super().has_add_permission(request, obj) and not _is_agreed(obj)

    def has_change_permission(self, request, obj=None):
        """As long as the notes are not agreed."""
        return super().has_change_permission(request, obj) and not _is_agreed(obj)

    def has_delete_permission(self, request, obj=None):
        """As long as the notes are not agreed."""
        return super().has_delete_permission(request, obj) and not _is_agreed(obj)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Somebody new can be added here; what is there is changed on its own page."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_delete_related = field.widget.can_view_related = False
        return field


class NotesFilter(admin.SimpleListFilter):
    """Meetings by the state of their notes."""

    title = "notes"
    parameter_name = "notes"

    def lookups(self, request, model_admin):
        """The states, and none."""
        return [*Minutes.Status.choices, ("none", "none")]

    def queryset(self, request, queryset):
        """Those in the state; all for any other value."""
        if self.value() == "none":
            return queryset.filter(minutes=None)
        return queryset.filter(minutes__status=self.value()) if self.value() in Minutes.Status else queryset


class PublishedFilter(admin.SimpleListFilter):
    """Meetings that are published, or not yet."""

    title = "published"
    parameter_name = "published"

    def lookups(self, request, model_admin):
        """Two choices."""
        return [("yes", "Yes"), ("no", "No")]

    def queryset(self, request, queryset):
        """Those of the choice; all for any other value."""
        wanted = {"yes": False, "no": True}.get(self.value())
        return queryset if wanted is None else queryset.filter(published_at__isnull=wanted)


@admin.register(Meeting)
class MeetingAdmin(HistoryAdmin):
    """Meetings: when, where, who came, and what was recorded. Every save ends in publishing."""

    form = MeetingForm
    list_display = ["title", "on", "host_shown", "status", "notes", "is_announced"]
    list_filter = ["status", NotesFilter, PublishedFilter, ("host", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["title", "venue", "host__name", "host__short_names", "host_name"]
    date_hierarchy = "on"
    autocomplete_fields = ["host"]
    inlines = [AttendanceInline]
    readonly_fields = ["notes", "lines", "actions_raised", "entries_raised"]
    fieldsets = [
        (None, {"fields": ["opened_at", "title", "on", ("starts", "ends"), "host", "host_name", "venue"]}),
        ("Joining from afar", {"fields": ["joining_url", "is_joining_url_public"]}),
        (
            "For everyone to see",
            {
                "fields": ["status", "is_announced"],
                "description": "A meeting that is published or has notes is never deleted: cancel it instead.",
            },
        ),
        ("As recorded", {"fields": ["notes", "lines", "actions_raised", "entries_raised"]}),
    ]
    actions = ["circulate_notes", "withdraw_notes", "announce", "take_back", "cancel"]
    change_form_template = "admin/meetings/meeting/change_form.html"
    change_list_template = "admin/meetings/meeting/change_list.html"

    def get_urls(self):
        """With the pages on which notes are recorded."""
        return [
            path("import/", self.admin_site.admin_view(import_page.import_notes), name="meetings_meeting_import"),
            path(
                "import/<int:batch_id>/",
                self.admin_site.admin_view(import_page.import_batch),
                name="meetings_meeting_import_batch",
            ),
            path(
                "original/<int:original_id>/",
                self.admin_site.admin_view(import_page.original_file),
                name="meetings_meeting_original",
            ),
            path(
                "<int:meeting_id>/record/",
                self.admin_site.admin_view(record_page.record_notes),
                name="meetings_meeting_record",
            ),
            path(
                "<int:meeting_id>/record/preview/",
                self.admin_site.admin_view(record_page.preview_notes),
                name="meetings_meeting_preview",
            ),
            *super().get_urls(),
        ]

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

    def save_model(self, request, obj, form, change):
        """Save through publishing, so that address and calendar follow."""
        now = timezone.now()
        if not form.cleaned_data["is_announced"]:
            obj.published_at = None  # the form has refused where published notes keep the meeting
        elif obj.published_at is None:
            obj.published_at = now
        publishing.publish(meeting=obj, now=now)

    def save_related(self, request, form, formsets, change):
        """Save the attendance; then set anew what each reader sees, and which notes are agreed."""
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            publishing.attendance_changed(meeting=form.instance, now=timezone.now())
        else:
            publishing.show(meeting=form.instance, now=timezone.now())

    @admin.display(description="host")
    def host_shown(self, meeting):
        """The host's name, or the words of the notes."""
        return meeting.host_shown or "–"

    @admin.display(description="notes")
    def notes(self, meeting):
        """The state of the notes."""
        return meeting.minutes.get_status_display() if hasattr(meeting, "minutes") else "none"

    @admin.display(description="published", boolean=True)
    def is_announced(self, meeting):
        """Whether everyone sees it."""
        return meeting.is_published

    @admin.display(description="lines")
    def lines(self, meeting):
        """The lines of the notes, as links."""
        return _links("meetings_minuteline", meeting.lines.all() if meeting.pk else [])

    @admin.display(description="actions")
    def actions_raised(self, meeting):
        """The actions that its lines raised or reviewed, as links."""
        return _links("actions_action", Action.objects.filter(lines__meeting=meeting).distinct() if meeting.pk else [])

    @admin.display(description="data used and wanted")
    def entries_raised(self, meeting):
        """The entries that its lines raised, as links."""
        return _links("wishlists_entry", Entry.objects.filter(lines__meeting=meeting).distinct() if meeting.pk else [])

    @admin.action(description="Publish the notes", permissions=["change"])
    def circulate_notes(self, request, queryset):
        """Publish the notes of each meeting that has some."""
        self._each(request, _notes_of(queryset), lambda notes, now: publishing.circulate(minutes=notes, now=now))

    @admin.action(description="Withdraw the notes", permissions=["change"])
    def withdraw_notes(self, request, queryset):
        """Make the notes drafts again."""
        self._each(request, _notes_of(queryset), lambda notes, now: publishing.withdraw(minutes=notes, now=now))

    @admin.action(description="Publish the meeting", permissions=["change"])
    def announce(self, request, queryset):
        """Show the meetings to everyone."""
        self._each(request, queryset, lambda meeting, now: publishing.announce(meeting=meeting, now=now))

    @admin.action(description="Take the meeting back", permissions=["change"])
    def take_back(self, request, queryset):
        """Take the meetings off the public pages."""
        self._each(request, queryset, lambda meeting, now: publishing.take_back(meeting=meeting, now=now))

    @admin.action(description="Cancel the meeting", permissions=["change"])
    def cancel(self, request, queryset):
        """Call the meetings off."""
        self._each(request, queryset, lambda meeting, now: publishing.cancel(meeting=meeting, now=now))

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
            self.message_user(request, f"Done for {done}.", messages.SUCCESS)
        elif not rows:
            self.message_user(request, "None of these meetings has notes.", messages.WARNING)


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


@admin.register(Attendance)
class AttendanceAdmin(ReadOnly, HistoryAdmin):
    """One person's attendance and its history; it is edited on the meeting's page."""

    list_display = ["meeting", "person", "person_name", "status", "capacity", "representing"]
    list_select_related = ["meeting", "person", "representing"]

    def has_module_permission(self, request):
        """Not in the list of contents."""
        return False


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
