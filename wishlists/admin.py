"""The stock admin for data used and wanted; registered in `wmodf.admin`, since its words are told in minutes."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html_join

from wishlists.models import Entry
from wmodf.lib.raised import RaisedAdmin


class EntryAdmin(RaisedAdmin):
    """Entries: whose, which data and, for a want, how it stands."""

    letter = "D"

    list_display = ["reference", "kind", "text", "who", "organisation", "status", "raised_on"]
    list_display_links = ["reference", "text"]
    list_filter = ["kind", "status", ("organisation", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["person", "organisation"]
    search_fields = ["text", "person__name", "person_name", "organisation__name", "organisation__short_names"]
    search_help_text = "Words, people, organisations, or a reference such as D12."
    date_hierarchy = "raised_on"
    fields = ["kind", "text", "person", "person_name", "organisation", "status", "raised_on", "seen_by", "minuted"]
    readonly_fields = ["kind", "seen_by", "minuted"]
    autocomplete_fields = ["person", "organisation"]

    def get_readonly_fields(self, request, obj=None):
        """A want has a state; data used has none."""
        is_want = obj is not None and obj.kind == Entry.Kind.WANTS
        return self.readonly_fields if is_want else [*self.readonly_fields, "status"]

    def get_form(self, request, obj=None, **kwargs):
        """With the states of a want alone."""
        form = super().get_form(request, obj, **kwargs)
        if "status" in form.base_fields:
            form.base_fields["status"].choices = [choice for choice in Entry.Status.choices if choice[0]]
            form.base_fields["status"].required = True
        return form

    @admin.display(ordering="number")
    def reference(self, entry):
        """D12."""
        return entry.reference

    @admin.display(description="person")
    def who(self, entry):
        """The person, or the words of the notes."""
        return (entry.person.name if entry.person is not None else entry.person_name) or "–"

    @admin.display(description="seen by")
    def seen_by(self, entry):
        """Who may read it."""
        return "everyone" if entry.is_public else "members" if entry.is_circulated else "the secretary"

    @admin.display(description="in the minutes")
    def minuted(self, entry):
        """The lines that point to it, as links."""
        lines = entry.lines.select_related("meeting").order_by("meeting__on", "position")
        return format_html_join(
            "",
            '<p><a href="{}">{}: {}</a></p>',
            ((reverse("admin:meetings_minuteline_change", args=[line.pk]), line.meeting, line.text) for line in lines),
        )
