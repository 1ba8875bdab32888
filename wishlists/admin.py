"""The stock admin for data used and wanted; registered in `wmodf.admin`, since its words are told in minutes."""

from django.contrib import admin
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wmodf.lib.history import HistoryAdmin
from wmodf.lib.raised import RaisedAdmin


class EntryAdmin(RaisedAdmin):
    """Entries: whose, which data and, for a want, how it stands."""

    letter = "D"

    list_display = ["reference", "kind", "text", "who", "organisation", "status", "raised_on"]
    list_display_links = ["reference", "text"]
    list_filter = ["kind", "status", ("organisation", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["person", "organisation"]
    search_fields = ["text", "person__name", "person_name", "organisation__name", "organisation__short_names"]
    search_help_text = gettext_lazy("Words, people, organisations, or a reference such as D12.")
    date_hierarchy = "raised_on"
    fields = [
        "kind",
        "text",
        "person",
        "person_name",
        "organisation",
        "raised_on",
        "dataset",
        "life",
        "withdrawn_on",
        "added_by",
        "seen_by",
        "minuted",
    ]
    readonly_fields = ["kind", "dataset", "life", "withdrawn_on", "added_by", "seen_by", "minuted"]
    autocomplete_fields = ["person", "organisation"]

    @admin.display(description=gettext_lazy("how it stands"))
    def life(self, entry):
        """The state, and where it is moved."""
        state = _("Withdrawn") if entry.withdrawn_on else (entry.get_status_display() if entry.is_want else _("used"))
        words = (
            _("Move it, or link its dataset, on its own page")
            if entry.is_want
            else _("Link its dataset on its own page")
        )
        return format_html('{}. <a href="{}">{}</a>', state.capitalize(), entry.get_absolute_url(), words)

    @admin.display(ordering="number")
    def reference(self, entry):
        """D12."""
        return entry.reference

    @admin.display(description=gettext_lazy("person"))
    def who(self, entry):
        """The person, or the words of the notes."""
        return (entry.person.name if entry.person is not None else entry.person_name) or "–"

    @admin.display(description=gettext_lazy("seen by"))
    def seen_by(self, entry):
        """Who may read it."""
        return "everyone" if entry.is_public else "members" if entry.is_circulated else _("the secretary")

    @admin.display(description=gettext_lazy("in the minutes"))
    def minuted(self, entry):
        """The lines that point to it, as links."""
        lines = entry.lines.select_related("meeting").order_by("meeting__on", "position")
        return format_html_join(
            "",
            '<p><a href="{}">{}: {}</a></p>',
            ((reverse("admin:meetings_minuteline_change", args=[line.pk]), line.meeting, line.text) for line in lines),
        )


class DatasetAdmin(HistoryAdmin):
    """Datasets to which entries are linked; none is deleted while one is."""

    list_display = ["name", "publisher", "licence", "linked"]
    search_fields = ["name", "other_names", "publisher"]
    search_help_text = gettext_lazy("Names, other names, publishers.")
    fields = ["name", "other_names", "publisher", "url", "licence"]

    def get_queryset(self, request):
        """With the number of entries."""
        return super().get_queryset(request).annotate(entry_count=Count("entries"))

    @admin.display(description=gettext_lazy("entries"), ordering="entry_count")
    def linked(self, dataset):
        """How many entries are linked to it."""
        return dataset.entry_count
