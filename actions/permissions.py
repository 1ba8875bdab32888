"""Who may say what of an action."""

from dataclasses import dataclass

from actions.models import Action
from wmodf.lib.access import Standing, standing_of


@dataclass(frozen=True, kw_only=True)
class Powers:
    """What one reader may do with one action. Whoever may finish it may also open it again."""

    comment: bool = False
    finish: bool = False
    drop: bool = False

    def allow(self, verb: str) -> bool:
        """Whether the verb (comment, finish, reopen or drop) is among them."""
        return {"comment": self.comment, "finish": self.finish, "reopen": self.finish, "drop": self.drop}[verb]


def powers_over(action: Action, user: object) -> Powers:
    """What this reader may do with an action that they see; needs its owners fetched.

    The secretary may do everything. An owner, by name or by an office held today, comments and finishes. What all
    members own, or nobody known, any member comments on; only the secretary ends it.
    """
    standing = standing_of(user)
    if standing >= Standing.SECRETARY:
        return Powers(comment=True, finish=True, drop=True)
    if standing < Standing.MEMBER:
        return Powers()
    owners = list(action.owners.all())
    if any(
        (owner.person_id is not None and owner.person_id == user.person_id)
        or (owner.role and owner.role in user.offices)
        for owner in owners
    ):
        return Powers(comment=True, finish=True)
    is_nobodys = not any(owner.person_id or owner.role or owner.is_everyone for owner in owners)
    return Powers(comment=is_nobodys or any(owner.is_everyone for owner in owners))
