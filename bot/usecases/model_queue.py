"""Handing a text over to a model: whether there is one, and whether it could help. `reading_worker` does the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parser import Reading
from parser.needs_llm import needs_llm
from storage.models import ImportStatus, WorkoutImportLog

if TYPE_CHECKING:
    from bot.turn import Turn

DAILY_LIMIT: Final = "daily_limit"
"""Why a model was not asked: the user's day has had its share."""


def has_model(turn: Turn) -> bool:
    return turn.services.reader.is_configured


def is_wanted(turn: Turn, reading: Reading, text: str) -> bool:
    """Tell whether a model is to read what shorthand is not sure of."""
    return has_model(turn) and needs_llm(reading, text)


async def hand_over(turn: Turn, import_row: WorkoutImportLog, shorthand: Reading) -> bool:
    """Have a model read the text of an import, if there is one and it could help; then its status is "reading"."""
    if not is_wanted(turn, shorthand, import_row.raw_text):
        return False
    await turn.work.imports.update(import_row.id, status=ImportStatus.READING, attempts=0, lease_until=None)
    turn.wake_worker()
    return True
