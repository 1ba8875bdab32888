"""What was promised, by whom, and what became of it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActionsConfig(AppConfig):
    """What was promised, by whom, and what became of it."""

    name = "actions"
    verbose_name = _("Actions")
