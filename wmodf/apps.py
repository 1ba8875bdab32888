"""The site itself: what knows every room."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Pages and commands that span the rooms."""

    name = "wmodf"
    verbose_name = "Site"

    def ready(self) -> None:
        """Register the deployment checks."""
        from wmodf import checks  # noqa: F401, PLC0415 (app ready)
