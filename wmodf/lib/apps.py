"""What every room may use and what knows no room."""

from django.apps import AppConfig


class LibConfig(AppConfig):
    """Access, dates, addresses, and the tables that everyone writes to."""

    name = "wmodf.lib"
    label = "lib"
    verbose_name = "Machinery"
