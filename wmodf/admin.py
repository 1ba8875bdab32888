"""The stock admin for what is told in several rooms: after each save, publishing sets anew what readers see."""

from django.contrib import admin
from django.utils import timezone

from actions.admin import ActionAdmin
from actions.models import Action
from meetings import indexing, publishing
from meetings.models import Meeting
from meetings.names import renaming
from members.admin import OrganisationAdmin, PersonAdmin
from members.models import Organisation, Person
from wishlists.admin import DatasetAdmin, EntryAdmin
from wishlists.models import Dataset, Entry


@admin.register(Person)
class ToldPersonAdmin(PersonAdmin):
    """People; public texts are written anew for those who withhold their names."""

    def save_related(self, request, form, formsets, change):
        """Save names and memberships too, then write public texts anew where they may differ."""
        super().save_related(request, form, formsets, change)
        choices = {form.initial.get("public_name"), form.instance.public_name} - {None, ""}
        # Names and other names are told, too: so all is written anew whether or not the choice itself is another one.
        if change and choices != {Person.PublicName.FULL}:
            renaming.rename(now=timezone.now())


@admin.register(Organisation)
class ToldOrganisationAdmin(OrganisationAdmin):
    """Organisations; the calendar follows the names of hosts."""

    def save_related(self, request, form, formsets, change):
        """Save, then publish anew the meetings that the organisation hosts."""
        super().save_related(request, form, formsets, change)
        for meeting in Meeting.objects.filter(host=form.instance).select_related("host"):
            publishing.publish(meeting=meeting, now=timezone.now())


@admin.register(Action)
class ToldActionAdmin(ActionAdmin):
    """Actions; the public reads them without the names withheld."""

    def save_related(self, request, form, formsets, change):
        """Save the owners too, then set what readers see."""
        super().save_related(request, form, formsets, change)
        publishing.show_records(actions=[form.instance.pk], now=timezone.now())

    def delete_model(self, request, obj):
        """Delete it, and what search looks in of it."""
        key = obj.pk
        super().delete_model(request, obj)
        indexing.index(actions=[key])

    def delete_queryset(self, request, queryset):
        """The same for several."""
        keys = list(queryset.values_list("pk", flat=True))
        super().delete_queryset(request, queryset)
        indexing.index(actions=keys)


@admin.register(Entry)
class ToldEntryAdmin(EntryAdmin):
    """Entries; the public reads them without the names withheld."""

    def save_related(self, request, form, formsets, change):
        """Save, then set what readers see."""
        super().save_related(request, form, formsets, change)
        publishing.show_records(entries=[form.instance.pk], now=timezone.now())

    def delete_model(self, request, obj):
        """Delete it, and what search looks in of it."""
        key = obj.pk
        super().delete_model(request, obj)
        indexing.index(entries=[key])

    def delete_queryset(self, request, queryset):
        """The same for several."""
        keys = list(queryset.values_list("pk", flat=True))
        super().delete_queryset(request, queryset)
        indexing.index(entries=keys)


admin.site.register(Dataset, DatasetAdmin)
