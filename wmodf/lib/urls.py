"""Whole addresses, for where there is no request: feeds, mails and commands."""

from django.conf import settings


def absolute(path: str) -> str:
    """The site's address followed by a path that starts with a slash."""
    return f"{settings.SITE_URL}{path}"
