"""The rule of sight for one row at hand; for many, querysets have `visible_to`."""

from typing import Any

from wmodf.lib.access import Standing, standing_of


def may_see(row: Any, user: object) -> bool:  # noqa: ANN401 (any row that carries its sight)
    """Whether this reader may know of a line, item, action or entry, by what publishing wrote into the row."""
    standing = standing_of(user)
    if standing >= Standing.SECRETARY:
        return True
    return row.is_circulated if standing >= Standing.MEMBER else row.is_public
