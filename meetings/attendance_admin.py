"""The stock admin for who came: rows on the meeting's page, and each one's history."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Max

from meetings.models import Attendance, Minutes
from wmodf.lib.history import HistoryAdmin, ReadOnly


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


class AttendanceInline(admin.StackedInline):
    """Who came and who sent apologies, on the meeting's page."""

    model = Attendance
    formset = AttendanceFormSet
    # Each field has its own label, and they stand beside each other as far as the window is wide.
    fields = [
        (
            "person",
            "person_name",
            "status",
            "capacity",
            "representing",
            "role",
            "arrived",
            "left",
            "deputising_for",
            "note",
        )
    ]
    autocomplete_fields = ["person", "representing", "deputising_for"]
    extra = 1
    show_change_link = True

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


@admin.register(Attendance)
class AttendanceAdmin(ReadOnly, HistoryAdmin):
    """One person's attendance and its history; it is edited on the meeting's page."""

    list_display = ["meeting", "person", "person_name", "status", "capacity", "representing"]
    list_select_related = ["meeting", "person", "representing"]

    def has_module_permission(self, request):
        """Not in the list of contents."""
        return False
