"""What every room may use and what knows no room."""

from django.apps import AppConfig
from django.urls import register_converter

from wmodf.lib.references import ActionConverter, EntryConverter


class LibConfig(AppConfig):
    """Access, dates, addresses, and the tables that everyone writes to."""

    name = "wmodf.lib"
    label = "lib"
    verbose_name = "Machinery"

    def ready(self) -> None:
        """Give addresses their converters: `<action:number>` takes A37, `<entry:number>` takes D12."""
        register_converter(ActionConverter, "action")
        register_converter(EntryConverter, "entry")
