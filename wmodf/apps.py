"""The site itself: what knows every room."""

from django.apps import AppConfig, apps
from django.contrib.admin import site
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    """Pages and commands that span the rooms."""

    name = "wmodf"
    verbose_name = _("Site")

    def ready(self) -> None:
        """Register the deployment checks."""
        from wmodf import checks  # noqa: F401, PLC0415 (app ready)


class GroupAdminConfig(AdminConfig):
    """The stock admin with our own way of logging in, and without what is nobody's to look at there.

    Memberships say who may do what, so there are no groups; a second step is its owner's alone.
    """

    default_site = "wmodf.admin_site.GroupAdminSite"

    def ready(self) -> None:
        """Find the admin pages, then drop those for groups of logins, and for codes and secrets of logging in."""
        super().ready()
        for label in ("auth", "account", "mfa"):
            for model in apps.get_app_config(label).get_models():
                if site.is_registered(model):
                    site.unregister(model)
