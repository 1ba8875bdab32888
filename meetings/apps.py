"""Meetings, their minutes and their calendar."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings, their minutes and their calendar."""

    name = "meetings"
    verbose_name = "Meetings"
