"""The stock admin for people, organisations and logins.

`PersonAdmin` and `OrganisationAdmin` are registered in `wmodf.admin`: what they save is told in minutes and calendar.
"""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import naming
from members.models import Membership, OtherName, Person, User
from wmodf.lib.history import HistoryAdmin, ReadOnly


class OtherNameInline(admin.StackedInline):
    """Other names, on the person's page."""

    model = OtherName
    extra = 1


class MembershipInline(admin.StackedInline):
    """Memberships, on the person's page."""

    model = Membership
    extra = 1
    fields = [("organisation", "role", "on_behalf_of", "start_date", "end_date")]
    autocomplete_fields = ["organisation", "on_behalf_of"]
    show_change_link = True


class CurrentMemberFilter(admin.SimpleListFilter):
    """Members of the group today, or everyone else."""

    title = gettext_lazy("member of the group")
    parameter_name = "member"

    def lookups(self, request, model_admin):
        """Two choices."""
        return [("yes", _("today")), ("no", _("not today"))]

    def queryset(self, request, queryset):
        """The people of the choice; everyone for any other value."""
        members = Person.objects.members(on=timezone.localdate())
        if self.value() == "yes":
            return queryset.filter(pk__in=members)
        return queryset.exclude(pk__in=members) if self.value() == "no" else queryset


class PersonAdmin(HistoryAdmin):
    """People: what they are called, how to reach them, what they belong to."""

    list_display = ["name", "organisations", "role", "public_name", "has_email"]
    list_filter = [CurrentMemberFilter, "public_name"]
    search_fields = ["name", "other_names__name", "initials"]
    fields = ["name", "sort_name", "initials", "email", "public_name"]
    inlines = [OtherNameInline, MembershipInline]

    def get_queryset(self, request):
        """With the memberships of today."""
        return super().get_queryset(request).with_memberships(on=timezone.localdate())

    @admin.display(description=gettext_lazy("organisations today"))
    def organisations(self, person):
        """Those that the person speaks for in the group, and others that they belong to."""
        bodies = [each.on_behalf_of or each.organisation for each in person.memberships_today]
        return ", ".join(dict.fromkeys(body.name for body in bodies if not body.is_group)) or "–"

    @admin.display(description=gettext_lazy("role today"))
    def role(self, person):
        """The offices of the group that the person holds, or "member"."""
        roles = [each.get_role_display() for each in person.memberships_today if each.organisation.is_group]
        return ", ".join(dict.fromkeys(roles)) or "–"

    @admin.display(description=gettext_lazy("has e-mail"), boolean=True)
    def has_email(self, person):
        """Whether there is an address; the list does not show it."""
        return bool(person.email)

    def save_model(self, request, obj, form, change):
        """Save; a sort name that was made from the former name is made anew."""
        before = form.initial
        if change and "sort_name" not in form.changed_data and before["sort_name"] == naming.sort_name(before["name"]):
            obj.sort_name = naming.sort_name(obj.name)
        super().save_model(request, obj, form, change)


@admin.register(Membership)
class MembershipAdmin(ReadOnly, HistoryAdmin):
    """One membership's history; memberships are edited on the person's page."""

    list_display = ["person", "organisation", "role", "on_behalf_of", "start_date", "end_date"]
    list_select_related = ["person", "organisation", "on_behalf_of"]

    def has_module_permission(self, request):
        """Not in the list of contents."""
        return False


class OrganisationAdmin(HistoryAdmin):
    """Organisations: the group itself and the bodies that people come from."""

    list_display = ["name", "short_names", "website", "is_group"]
    search_fields = ["name", "short_names"]
    fields = ["name", "short_names", "website", "description"]

    def get_fields(self, request, obj=None):
        """The group alone has a public address, and a licence for what it publishes."""
        return [*self.fields, "public_email", "licence"] if obj is not None and obj.is_group else self.fields

    def has_delete_permission(self, request, obj=None):
        """Not the group itself."""
        return super().has_delete_permission(request, obj) and not (obj is not None and obj.is_group)


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Logins, for a technical administrator alone: to switch one off. They are made at the first login."""

    list_display = ["email", "person", "is_superuser", "is_active", "last_login"]
    list_select_related = ["person"]
    search_fields = ["email", "person__name"]
    fields = ["email", "person", "is_superuser", "is_active", "joined_at", "last_login"]
    readonly_fields = ["email", "person", "is_superuser", "joined_at", "last_login"]

    def has_add_permission(self, request):
        """By logging in, or by `manage.py createsuperuser`."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Switched off instead, so that histories keep their names."""
        return False
