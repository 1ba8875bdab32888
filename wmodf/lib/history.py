"""Histories in the stock admin: read, never put back."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet, URLField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from simple_history.admin import SimpleHistoryAdmin


class HistoryAdmin(SimpleHistoryAdmin):
    """An admin page with a history that can only be read: putting an old row back would undo sight and sequence."""

    object_history_list_template = "admin/history_list.html"
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def revert_disabled(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 (the package's)
        """Offer no button."""
        return True

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """List the changes."""
        self._check_key(object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """Show an old version; a POST, which the package would still save, is refused."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        self._check_key(object_id)
        return super().history_form_view(request, object_id, version_id, extra_context)

    def get_deleted_objects(self, objs: Iterable[Model], request: HttpRequest) -> tuple:
        """Where something keeps the rows, name it, rather than permissions that nobody has."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, set() if protected else lacking, protected

    def _check_key(self, object_id: str) -> None:
        """Raise Http404 for what is no key, where the package would fail."""
        try:
            self.model._meta.pk.to_python(object_id)  # noqa: SLF001 (Django's documented interface)
        except ValidationError:
            raise Http404 from None

    def get_history_queryset(self, *args: object, **kwargs: object) -> QuerySet:
        """With whoever made each change, by a join."""
        return super().get_history_queryset(*args, **kwargs).select_related("history_user__person")


class ReadOnly:
    """A mixin for admin pages and inlines that only show."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 (Django's)
        """No."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 (Django's)
        """No."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 (Django's)
        """No."""
        return False
