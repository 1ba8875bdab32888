"""The site itself: what knows every room."""

from django.apps import AppConfig
from django.contrib.admin import site
from django.contrib.admin.apps import AdminConfig


class SiteConfig(AppConfig):
    """Pages and commands that span the rooms."""

    name = "wmodf"
    verbose_name = "Site"

    def ready(self) -> None:
        """Register the deployment checks."""
        from wmodf import checks  # noqa: F401, PLC0415 (app ready)


class GroupAdminConfig(AdminConfig):
    """The stock admin with our own way of logging in, and without groups: memberships say who may do what."""

    default_site = "wmodf.admin_site.GroupAdminSite"

    def ready(self) -> None:
        """Find the admin pages, then drop the one for groups of logins."""
        from django.contrib.auth.models import Group  # noqa: PLC0415 (app ready)

        super().ready()
        site.unregister(Group)
