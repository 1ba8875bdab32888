"""Long lists in pages."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict


class PageForm(forms.Form):
    """The number of the page that the address asks for."""

    page = forms.IntegerField(required=False, min_value=1)


@dataclass(frozen=True, kw_only=True)
class Some:
    """The first rows of a list, and whether there are more."""

    rows: list[Any]
    has_more: bool

    def __bool__(self) -> bool:
        return bool(self.rows)


def first_of(rows: QuerySet, *, most: int) -> Some:
    """So many of the rows at most."""
    found = list(rows[: most + 1])
    return Some(rows=found[:most], has_more=len(found) > most)


def page_of(rows: QuerySet, data: QueryDict, *, size: int = 25) -> Page:
    """The page asked for; the first where the number is none, the last where it is too high."""
    form = PageForm(data)
    number = form.cleaned_data["page"] if form.is_valid() else None
    return Paginator(rows, size).get_page(number or 1)
