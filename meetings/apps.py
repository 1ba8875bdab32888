"""Meetings, their minutes and their calendar."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    """Meetings, their minutes and their calendar."""

    name = "meetings"
    verbose_name = _("Meetings")
