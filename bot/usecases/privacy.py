"""What is kept of a user, and its end: erasing an account is asked for twice, and done once the farewell is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.repositories.users import Holdings

ERASING: Final = "erasing_since"
"""The preference that says since when the user wants to be erased."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """How much is kept of the user; `is_erasing` where they have asked for its end."""

    holdings: Holdings
    is_erasing: bool


async def privacy(turn: Turn) -> Privacy:
    """Count what is kept of the user."""
    return Privacy(await turn.work.users.holdings(), ERASING in turn.user.preferences)


async def begin_erasing(turn: Turn) -> None:
    """Note that the account goes. The farewell is sent first: afterwards nobody knows where to send it."""
    await turn.work.dialogues.close(turn.chat_id)
    await turn.work.users.set_preference(ERASING, turn.now.isoformat())


async def erase(turn: Turn) -> bool:
    """Erase the account of this turn's user, if that was asked for."""
    if ERASING not in turn.user.preferences:
        return False
    await turn.work.users.erase()
    return True
