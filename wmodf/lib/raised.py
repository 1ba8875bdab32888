"""The stock admin's pages for records that a meeting's notes raise."""

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from wmodf.lib.history import HistoryAdmin
from wmodf.lib.references import number_in


class RaisedAdmin(HistoryAdmin):
    """Found by reference too; never added by hand, nor deleted while a line of any minutes points to it."""

    letter = ""  # the reference's first

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 (Django's)
        """No: notes raise it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only one that no line points to."""
        return super().has_delete_permission(request, obj) and not (obj is not None and obj.lines.exists())

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Look for the words, and for a reference, with its letter or without, by number."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        number = number_in(search_term, letter=self.letter)
        return (found if number is None else found | queryset.filter(number=number)), may_repeat
