"""People, organisations, memberships, logins."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """People, organisations, memberships, logins."""

    name = "members"
    verbose_name = "Members"
