"""System checks for a site that is deployed: `manage.py check --deploy`."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 (Django's name for it)
from django.db import DatabaseError
from django.http.request import validate_host
from django.utils import timezone

from members.models import Membership, Person


@register(deploy=True)
def site_url_is_allowed(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 (Django's signature)
    """E001: the site would refuse the very address that its feeds and mails give."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    if validate_host(host, settings.ALLOWED_HOSTS):
        return []
    return [
        Error(
            f"The site answers at {', '.join(settings.ALLOWED_HOSTS) or 'no address'}, but SITE_URL says {host}.",
            hint="Add the host of SITE_URL to ALLOWED_HOSTS.",
            id="wmodf.E001",
        )
    ]


@register(deploy=True)
def mail_is_sent(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 (Django's signature)
    """W001: mail would only be printed, and nobody could log in without the log."""
    if settings.EMAIL_HOST:
        return []
    return [
        Warning(
            "No mail server: mail is only printed, also the codes that members log in with.",
            hint="Set EMAIL_HOST.",
            id="wmodf.W001",
        )
    ]


@register(deploy=True)
def database_is_a_server(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 (Django's signature)
    """W002: SQLite will do for one group and one process, no further."""
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        return []
    return [
        Warning(
            "The database is SQLite, which serves one process on one machine.",
            hint="Set DATABASE_URL to a PostgreSQL database, or keep SQLite and back up its file.",
            id="wmodf.W002",
        )
    ]


@register(deploy=True)
def there_is_a_secretary(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 (Django's signature)
    """W003: nobody could publish anything."""
    try:
        found = Person.objects.holding(Membership.Role.SECRETARY, on=timezone.localdate()).exclude(email="").exists()
    except DatabaseError:  # not migrated yet
        found = False
    if found:
        return []
    return [
        Warning(
            "Nobody with an e-mail address holds the secretary's office today.",
            hint='Run: manage.py start_group "NAME OF THE GROUP" --secretary E-MAIL',
            id="wmodf.W003",
        )
    ]


@register(deploy=True)
def secretary_has_a_second_step(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 (Django's signature)
    """W004: whoever reads the secretary's mail could publish."""
    if settings.SECRETARY_NEEDS_SECOND_STEP:
        return []
    return [
        Warning(
            "A code by e-mail is all that the secretary needs to log in.",
            hint="Set SECRETARY_NEEDS_SECOND_STEP=1 to ask for an app or a passkey too.",
            id="wmodf.W004",
        )
    ]
