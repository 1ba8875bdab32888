"""What the log may hold: no secret that stands in an address."""

import logging
import logging.config
import re
from typing import Any

# A link that logs in, and the address of a member's own calendar, however their slashes are written.
SECRET = re.compile(r"((?:/|%2F)(?:login-link|calendar)(?:/|%2F))[^/\s?&%\"']+", re.IGNORECASE)
# What `secrets.token_urlsafe(32)` makes, wherever it stands.
TOKEN = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])", re.ASCII)


def masked(text: str) -> str:
    """The text with a star in place of every token in an address."""
    return TOKEN.sub("*", SECRET.sub(r"\1*", text))


class MaskedRecord(logging.LogRecord):
    """A record of any logger, which gives its words without secrets to whatever prints them."""

    def getMessage(self) -> str:  # noqa: N802 (logging's name for it)
        """The words, masked."""
        return masked(super().getMessage())


def configure(config: dict[str, Any]) -> None:
    """Set the log up as the settings say (Django's LOGGING_CONFIG), and mask what every logger writes from now on."""
    logging.setLogRecordFactory(MaskedRecord)
    logging.config.dictConfig(config)
