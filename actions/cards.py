"""An action with what one reader may do with it, put together for a page."""

from dataclasses import dataclass

from actions.forms import UpdateForm
from actions.models import Action
from actions.permissions import Powers, powers_over


@dataclass(frozen=True, kw_only=True)
class Card:
    """One action as one reader sees it.

    `form` is None where they may say nothing of it. `following` is the page that the form leads back to, empty for the
    action's own; `told` says what has just happened, `refusal` why something has not, `unsaved` what was typed then.
    """

    action: Action
    powers: Powers
    form: UpdateForm | None
    following: str = ""
    told: str = ""
    refusal: str = ""
    unsaved: str = ""


def card_of(
    action: Action,
    *,
    user: object,
    following: str = "",
    told: str = "",
    refusal: str = "",
    sent: UpdateForm | None = None,
) -> Card:
    """The card of an action that this reader sees, with the form as it was sent, if it was; needs owners fetched."""
    powers = powers_over(action, user)
    form = (sent or UpdateForm(action=action)) if powers.comment else None
    return Card(
        action=action,
        powers=powers,
        form=form,
        following=following,
        told=told,
        refusal=refusal,
        # A browser drops one line end at the start of a text area: this one is for it to drop.
        unsaved="\n" + sent["note"].value() if sent and form is None and sent["note"].value() else "",
    )
