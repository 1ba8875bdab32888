"""What was promised, by whom, and what became of it."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """What was promised, by whom, and what became of it."""

    name = "actions"
    verbose_name = "Actions"
