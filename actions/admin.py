"""The stock admin for actions; registered in `wmodf.admin`, since what is saved here is told in minutes."""

from django import forms
from django.contrib import admin, messages
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Action, ActionOwner, ActionUpdate
from members.models import Membership
from wmodf.lib.history import ReadOnly
from wmodf.lib.raised import RaisedAdmin
from wmodf.lib.words import untranslated


class ActionOwnerForm(forms.ModelForm):
    """An owner; the words as minuted are made from the choice where they are left empty."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["as_minuted"].required = False

    def clean(self):
        """Find words for the owner."""
        cleaned = super().clean()
        person, role = cleaned.get("person"), cleaned.get("role")
        if not cleaned.get("as_minuted"):
            if person is not None:
                cleaned["as_minuted"] = person.shown_initials()
            elif role:
                cleaned["as_minuted"] = f"the {untranslated(Membership.Role(role).label)}"
            elif cleaned.get("is_everyone"):
                cleaned["as_minuted"] = _("all members")
            else:
                self.add_error(None, _("Choose a person, an office or all members, or write the name."))
        return cleaned


class ActionOwnerFormSet(forms.BaseInlineFormSet):
    """Owners in their order, new ones last."""

    def save_new(self, form, commit=True):
        """Save a new owner behind the others."""
        last = self.instance.owners.aggregate(last=Max("position"))["last"]
        form.instance.position = 0 if last is None else last + 1
        return super().save_new(form, commit)


class ActionOwnerInline(admin.StackedInline):
    """Who answers for it."""

    model = ActionOwner
    form = ActionOwnerForm
    formset = ActionOwnerFormSet
    fields = [("person", "role", "as_minuted", "is_everyone")]
    autocomplete_fields = ["person"]
    extra = 1

    def get_queryset(self, request):
        """With their people."""
        return super().get_queryset(request).select_related("person")


class ActionUpdateInline(ReadOnly, admin.TabularInline):
    """What was said of it since."""

    model = ActionUpdate
    fields = readonly_fields = ["on", "by", "status", "note", "is_draft"]
    extra = 0

    def get_queryset(self, request):
        """With whoever said it."""
        return super().get_queryset(request).select_related("by", "action")


class OverdueFilter(admin.SimpleListFilter):
    """Open actions past their due date."""

    title = "overdue"
    parameter_name = "overdue"

    def lookups(self, request, model_admin):
        """One choice."""
        return [("yes", _("Yes"))]

    def queryset(self, request, queryset):
        """The overdue ones; all for any other value."""
        return queryset.overdue(on=timezone.localdate()) if self.value() == "yes" else queryset


class ActionAdmin(RaisedAdmin):
    """Actions: words, owners, due date. How one stands follows from its updates."""

    letter = "A"

    list_display = ["reference", "text", "owned_by", "due_on", "status", "raised_on"]
    list_display_links = ["reference", "text"]
    list_filter = ["status", OverdueFilter]
    search_fields = ["text"]
    search_help_text = gettext_lazy("Words, or a reference such as A37.")
    date_hierarchy = "raised_on"
    fields = ["text", "raised_on", "due_on", "due_text", "status", "ended_on", "seen_by", "minuted"]
    readonly_fields = ["status", "ended_on", "seen_by", "minuted"]
    inlines = [ActionOwnerInline, ActionUpdateInline]
    actions = ["finish", "drop", "reopen"]

    def get_queryset(self, request):
        """With owners."""
        return super().get_queryset(request).with_owners()

    @admin.display(ordering="number")
    def reference(self, action):
        """A37."""
        return action.reference

    @admin.display(description=gettext_lazy("owners"))
    def owned_by(self, action):
        """The owners in order."""
        return ", ".join(str(owner) for owner in action.owners.all()) or "–"

    @admin.display(description=gettext_lazy("seen by"))
    def seen_by(self, action):
        """Who may read it."""
        return "everyone" if action.is_public else "members" if action.is_circulated else _("the secretary")

    @admin.display(description=gettext_lazy("in the minutes"))
    def minuted(self, action):
        """The lines that point to it, as links."""
        lines = action.lines.select_related("meeting").order_by("meeting__on", "position")
        return format_html_join(
            "",
            '<p><a href="{}">{}: {}</a></p>',
            ((reverse("admin:meetings_minuteline_change", args=[line.pk]), line.meeting, line.text) for line in lines),
        )

    @admin.action(description=gettext_lazy("Mark as done, today"), permissions=["change"])
    def finish(self, request, queryset):
        """Finish those that are not done."""
        self._tell(request, queryset, Action.Status.DONE, Action.finish)

    @admin.action(description=gettext_lazy("Mark as dropped, today"), permissions=["change"])
    def drop(self, request, queryset):
        """Drop those that are not dropped."""
        self._tell(request, queryset, Action.Status.DROPPED, Action.drop)

    @admin.action(description=gettext_lazy("Open again"), permissions=["change"])
    def reopen(self, request, queryset):
        """Reopen those that are not open."""
        self._tell(request, queryset, Action.Status.OPEN, Action.reopen)

    def _tell(self, request, queryset, status, verb):
        """Say so of each action that is not in this state yet, in the user's name."""
        changed = queryset.exclude(status=status)
        count = 0
        for action in changed:
            verb(action, now=timezone.now(), by=request.user.person)
            count += 1
        self.message_user(
            request,
            _("%(count)s changed: %(status)s.") % {"count": count, "status": Action.Status(status).label},
            messages.SUCCESS,
        )
