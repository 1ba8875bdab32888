"""What the log may hold: no secret that stands in an address."""

import logging
import logging.config
import re
from typing import Any

# A link that logs in, and the address of a member's own calendar.
SECRET = re.compile(r"/(login-link|calendar)/[^/\s?\"']+")


def masked(text: str) -> str:
    """The text with a star in place of every token in an address."""
    return SECRET.sub(r"/\1/*", text)


class MaskedRecord(logging.LogRecord):
    """A record of any logger, which gives its words without secrets to whatever prints them."""

    def getMessage(self) -> str:  # noqa: N802 (logging's name for it)
        """The words, masked."""
        return masked(super().getMessage())


def configure(config: dict[str, Any]) -> None:
    """Set the log up as the settings say (Django's LOGGING_CONFIG), and mask what every logger writes from now on."""
    logging.setLogRecordFactory(MaskedRecord)
    logging.config.dictConfig(config)
