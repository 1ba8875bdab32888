"""What every room may use and what knows no room."""

from django.apps import AppConfig
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _

from wmodf.lib.references import ActionConverter, EntryConverter, RecordConverter


class LibConfig(AppConfig):
    """Access, dates, addresses, and the tables that everyone writes to."""

    name = "wmodf.lib"
    label = "lib"
    verbose_name = _("Machinery")

    def ready(self) -> None:
        """Give addresses their converters: `<action:…>` takes A37, `<entry:…>` D12, `<record:…>` a key."""
        register_converter(ActionConverter, "action")
        register_converter(EntryConverter, "entry")
        register_converter(RecordConverter, "record")
