"""More messages than a minute may have: texts are kept unread, and read as one when the user says so.

A flood is told of once; then there is silence until it calms. Nothing that may hold a set is dropped: texts are kept
in the order in which they came, the first message after the flood reminds of them, and a button reads them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.usecases import pastes
from storage.models import ImportStatus
from storage.repositories.limits import Limits

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import WorkoutImportLog

KIND: Final = "held"
EDIT_KIND: Final = "held_edit"
SINCE: Final = "flood_since"
"""The preference that says since when there is a flood that the user was told of."""
SUSPICIOUS: Final = 4
"""From this part of the limit on in one process, all processes together are asked for."""
MOST_AT_ONCE: Final = 500
"""So many kept texts are read at one press."""


async def is_too_much(turn: Turn, sent: int) -> bool:
    """Tell whether the user has sent too much within a minute; `sent` is what this process knows of."""
    limit = turn.services.settings.messages_per_minute
    if sent > limit or sent * SUSPICIOUS <= limit:
        return sent > limit
    return await Limits(turn.work).updates_within(timedelta(minutes=1)) > limit


def is_told(turn: Turn) -> bool:
    return SINCE in turn.user.preferences


async def hold(turn: Turn, *, is_edit: bool) -> bool:
    """Keep what was written; True where the user has to be told of the flood."""
    if turn.text and not turn.text.startswith("/"):
        await turn.work.imports.receive(
            turn.text,
            chat_id=turn.chat_id,
            message_id=None if is_edit else turn.message_id,
            kind=EDIT_KIND if is_edit else KIND,
            status=ImportStatus.DISCARDED,
        )
    if is_told(turn):
        return False
    await turn.work.users.set_preference(SINCE, turn.now.isoformat())
    return True


async def change(turn: Turn, kept: WorkoutImportLog) -> None:
    """Let a text that waits to be read follow an edit of its message."""
    await turn.work.imports.update(kept.id, raw_text=turn.text)


async def end(turn: Turn) -> int:
    """Note that the flood is over; give how many texts are kept unread."""
    await turn.work.users.set_preference(SINCE, None)
    return await Limits(turn.work).count_kept(KIND, turn.chat_id)


async def read_kept(turn: Turn) -> tuple[list[WorkoutImportLog], bool]:
    """Put the texts that were kept together, oldest first; give what is to be read, and whether there are more."""
    limits = Limits(turn.work)
    kept = await limits.kept(KIND, turn.chat_id, MOST_AT_ONCE)
    pieces = await pastes.cut(turn, "\n".join(row.raw_text for row in kept)) if kept else []
    rows = [await turn.work.imports.receive(piece, chat_id=turn.chat_id) for piece in pieces]
    if rows:
        await limits.settle([row.id for row in kept], pastes.KIND, {"of": str(rows[-1].id)})
    return rows, len(kept) == MOST_AT_ONCE
